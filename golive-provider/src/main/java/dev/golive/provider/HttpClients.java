package dev.golive.provider;

import dev.golive.GoLiveException;
import dev.golive.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client with few threads of its own, which end with it, with the certificate authorities of a network,
 * and with bodies of bounded length. Thread-safe.
 */
public final class HttpClients implements AutoCloseable {

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** They only carry bytes on; whoever waits for an answer does so on a thread of its own. */
    private static final int THREADS = 4;

    private final AtomicInteger numbers = new AtomicInteger();
    private final ThreadPoolExecutor threads;
    private final HttpClient client;
    private final int longest;

    /**
     * A client that has sent nothing yet.
     *
     * @param name how the names of its threads begin
     * @param network the way to the world, of which the certificate authorities are trusted
     * @param longest how many bytes a body may have
     */
    public HttpClients(String name, Network network, int longest) {
        this.longest = longest;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, CONNECTING.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name + "-" + numbers.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECTING)
                .executor(threads)
                .sslContext(trusting(network.anchors()))
                .build();
    }

    private static SSLContext trusting(Set<TrustAnchor> anchors) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (TrustAnchor anchor : anchors) {
                store.setCertificateEntry("anchor-" + number++, anchor.getTrustedCert());
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new GoLiveException("The certificate authorities cannot be used", e);
        }
    }

    /**
     * Sends a request. The request itself has no time limit: whoever sends it gives it up.
     *
     * @param request the request
     * @return the exchange; cancelling it ends it at once, whatever it waits for
     */
    public CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        return client.sendAsync(request, head -> new Whole(longest));
    }

    /** The whole body, which must have a bounded length. */
    private static final class Whole implements BodySubscriber<byte[]> {

        private final int longest;
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        Whole(int longest) {
            this.longest = longest;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (bytes.size() + buffer.remaining() > longest) {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    body.completeExceptionally(new TooLongException(longest));
                    return;
                }
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                bytes.writeBytes(piece);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            body.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }

    /** A body that is longer than it may be. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLongException(int longest) {
            super("the answer is longer than " + longest + " bytes");
        }
    }

    /**
     * Ends its threads. Whoever is left in an exchange was given up before, and is not waited for, as closing the JDK's
     * client would do; that client ends when nobody refers to it any more.
     */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
