package dev.golive.aws.internal;

import dev.golive.Network;
import dev.golive.provider.HttpClients;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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

    /** What the JDK's client says itself, from the URL and the body. */
    private static final Set<String> ITS_OWN = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final HttpClients client;

    JdkHttpClient(Network network) {
        client = new HttpClients("golive-aws", network, LONGEST_ANSWER);
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
                waited = client.send(ofJdk(request));
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

    @Override
    public String clientName() {
        return "jdk";
    }

    @Override
    public void close() {
        client.close();
    }
}
