package dev.golive.aws.internal;

import dev.golive.GoLiveException;
import dev.golive.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The JDK's HTTP client for the SDK. Unlike the SDK's own client without dependencies, an exchange that is aborted ends
 * at once, whatever it waits for, and nothing of it is shared by the whole virtual machine.
 */
final class JdkHttpClient implements SdkHttpClient {

    /** More than any answer that golive asks for; a description of a thousand things has about a megabyte. */
    static final int LONGEST_ANSWER = 32 << 20;

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** They only carry bytes on; whoever waits for an answer does so on a thread of its own. */
    private static final int THREADS = 4;

    /** What the JDK's client says itself, from the URL and the body. */
    private static final Set<String> ITS_OWN = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final AtomicInteger numbers = new AtomicInteger();
    private final ThreadPoolExecutor threads;
    private final HttpClient client;

    JdkHttpClient(Network network) {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, CONNECTING.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "golive-aws-" + numbers.incrementAndGet());
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

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Exchange(request);
    }

    private final class Exchange implements ExecutableHttpRequest {

        private final HttpExecuteRequest request;
        private @Nullable CompletableFuture<HttpResponse<byte[]>> answer;
        private boolean aborted;

        Exchange(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            CompletableFuture<HttpResponse<byte[]>> waited;
            synchronized (this) {
                if (aborted) {
                    throw new IOException("given up");
                }
                waited = client.sendAsync(ofJdk(request), head -> new Whole());
                answer = waited;
            }
            try {
                return ofSdk(waited.get());
            } catch (InterruptedException e) {
                waited.cancel(true);
                Thread.currentThread().interrupt();
                throw new IOException("given up", e);
            } catch (CancellationException | ExecutionException e) {
                if (wasAborted()) {
                    // without its cause: that is the exchange's end, not the end of the run
                    throw new IOException("no answer in time");
                }
                throw e.getCause() instanceof IOException io ? io : new IOException(e);
            }
        }

        private synchronized boolean wasAborted() {
            return aborted;
        }

        @Override
        public synchronized void abort() {
            aborted = true;
            if (answer != null) {
                answer.cancel(true);
            }
        }
    }

    private static HttpRequest ofJdk(HttpExecuteRequest request) throws IOException {
        SdkHttpRequest head = request.httpRequest();
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(head.getUri()).method(head.method().name(), body(request));
        head.forEachHeader((name, values) -> {
            if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return builder.build();
    }

    private static BodyPublisher body(HttpExecuteRequest request) throws IOException {
        ContentStreamProvider content = request.contentStreamProvider().orElse(null);
        if (content == null) {
            return BodyPublishers.noBody();
        }
        try (InputStream body = content.newStream()) {
            byte[] bytes = body.readAllBytes();
            return bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes);
        }
    }

    private static HttpExecuteResponse ofSdk(HttpResponse<byte[]> answer) {
        SdkHttpFullResponse.Builder head = SdkHttpFullResponse.builder().statusCode(answer.statusCode());
        answer.headers().map().forEach((name, values) -> head.putHeader(name, values));
        return HttpExecuteResponse.builder()
                .response(head.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                .build();
    }

    /** The whole body, which must have a bounded length. */
    private static final class Whole implements BodySubscriber<byte[]> {

        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

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
                if (bytes.size() + buffer.remaining() > LONGEST_ANSWER) {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    body.completeExceptionally(
                            new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes"));
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

    @Override
    public String clientName() {
        return "jdk";
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
