package dev.golive.aws.internal;

import dev.golive.CheckContext;
import dev.golive.Network;
import dev.golive.Secret;
import dev.golive.provider.Memory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * The clients of one {@code Aws} within one {@code GoLive}: one HTTP client, one source of credentials, and one client
 * for each service and region, made when it is first needed. Closing it closes what it made, and nothing that was given.
 * Thread-safe.
 */
public final class Session implements AutoCloseable {

    /** The engine's limits come first; these only keep a thread from being lost should an abort have no effect. */
    private static final Duration LONGEST_EXCHANGE = Duration.ofHours(1);

    private static final Duration LONGEST_CALL = Duration.ofHours(2);

    /**
     * How the clients are made.
     *
     * @param credentials who signs, {@code null} for where the SDK looks by itself
     * @param accessKeyId the id of an access key, {@code null} if it is not given
     * @param secretAccessKey the key itself, {@code null} if it is not given
     * @param endpoint where all services are, {@code null} for where AWS has them
     * @param http sends the requests, {@code null} for a client of the session's own
     */
    public record Settings(
            @Nullable AwsCredentialsProvider credentials,
            @Nullable String accessKeyId,
            @Nullable Secret secretAccessKey,
            @Nullable URI endpoint,
            @Nullable SdkHttpClient http) {}

    /** How much is remembered. */
    private static final int LARGEST_MEMORY = 256;

    private record Key(Service service, String region) {}

    private final Settings settings;
    private final Network network;
    private final Map<Key, AutoCloseable> clients = new HashMap<>();
    private final Deque<AutoCloseable> made = new ArrayDeque<>();
    private final Memory memory = new Memory(LARGEST_MEMORY);
    private final Object lock = new Object();
    private @Nullable SdkHttpClient http;
    private @Nullable ScheduledThreadPoolExecutor limits;
    private @Nullable AwsCredentialsProvider credentials;
    private volatile @Nullable AwsCredentials revealed;
    private boolean closed;

    /** A session without clients yet. */
    public Session(Settings settings, Network network) {
        this.settings = settings;
        this.network = network;
    }

    /** Tells the attempt which secret is used, so that it is taken out of everything that leaves it. */
    void reveal(CheckContext context) {
        Secret secret = settings.secretAccessKey();
        String id = settings.accessKeyId();
        if (secret != null && id != null) {
            String key = context.reveal(secret);
            if (revealed == null) {
                revealed = AwsBasicCredentials.create(id, key);
            }
        }
    }

    <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(ClientType<B, C> type, String region) {
        Key key = new Key(type.service(), region);
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            AutoCloseable known = clients.get(key);
            if (known == null) {
                known = (AutoCloseable) made(type, region);
                clients.put(key, known);
                made.push(known);
            }
            @SuppressWarnings("unchecked") // a service has one type of client
            C client = (C) known;
            return client;
        }
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C made(
            ClientType<B, C> type, String region) {
        Region where = Region.of(region);
        B builder = type.builder()
                .get()
                .region(where)
                .credentialsProvider(credentials())
                .httpClient(http())
                .overrideConfiguration(options -> options.retryStrategy(WaitingRetryStrategy.standard())
                        .apiCallAttemptTimeout(LONGEST_EXCHANGE)
                        .apiCallTimeout(LONGEST_CALL)
                        .scheduledExecutorService(limits()));
        URI stated = settings.endpoint();
        URI logical = stated == null ? URI.create("https://" + type.metadata().endpointFor(where)) : stated;
        URI actual = network.endpoint(logical);
        boolean elsewhere = stated != null || !actual.equals(logical);
        if (elsewhere) {
            builder.endpointOverride(actual);
        }
        type.options().accept(builder, elsewhere);
        return builder.build();
    }

    Memory memory() {
        return memory;
    }

    /** One thread for the limits of all clients; each would have five of its own. */
    private ScheduledExecutorService limits() {
        ScheduledThreadPoolExecutor known = limits;
        if (known == null) {
            ScheduledThreadPoolExecutor own = new ScheduledThreadPoolExecutor(1, work -> {
                Thread thread = new Thread(work, "golive-aws-limits");
                thread.setDaemon(true);
                return thread;
            });
            own.setRemoveOnCancelPolicy(true);
            made.push(own::shutdownNow);
            limits = own;
            known = own;
        }
        return known;
    }

    private SdkHttpClient http() {
        SdkHttpClient known = http;
        if (known == null) {
            SdkHttpClient given = settings.http();
            if (given == null) {
                SdkHttpClient own = new JdkHttpClient(network);
                made.push(own);
                given = own;
            }
            known = new GuardedHttpClient(given);
            http = known;
        }
        return known;
    }

    private AwsCredentialsProvider credentials() {
        AwsCredentialsProvider known = credentials;
        if (known == null) {
            known = settings.credentials();
            if (settings.secretAccessKey() != null) {
                known = this::revealed;
            } else if (known == null) {
                DefaultCredentialsProvider own =
                        DefaultCredentialsProvider.builder().build();
                made.push(own);
                known = own;
            }
            credentials = known;
        }
        return known;
    }

    private AwsCredentials revealed() {
        AwsCredentials known = revealed;
        if (known == null) {
            throw new IllegalStateException("the access key was not revealed");
        }
        return known;
    }

    @Override
    public void close() throws Exception {
        List<AutoCloseable> all;
        synchronized (lock) {
            closed = true;
            clients.clear();
            all = List.copyOf(made);
            made.clear();
        }
        // outside of the lock: closing may wait
        Exception failure = null;
        for (AutoCloseable one : all) {
            try {
                one.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
