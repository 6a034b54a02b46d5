package dev.golive.aws.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Exchanges that end with the attempt they are made for: connecting, sending and the whole answer, which is read here
 * and not later, when nobody watches the time.
 */
final class GuardedHttpClient implements SdkHttpClient {

    private final SdkHttpClient client;

    GuardedHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return exchange(prepared);
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private static HttpExecuteResponse exchange(ExecutableHttpRequest prepared) throws IOException {
        Guard guard = Guard.current();
        try {
            return guard.context().time().within(guard.exchangeUntil(), prepared::abort, () -> whole(prepared.call()));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("given up", e);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static HttpExecuteResponse whole(HttpExecuteResponse response) throws IOException {
        AbortableInputStream body = response.responseBody().orElse(null);
        if (body == null) {
            return response;
        }
        byte[] bytes;
        try (body) {
            bytes = body.readNBytes(JdkHttpClient.LONGEST_ANSWER + 1);
            if (bytes.length > JdkHttpClient.LONGEST_ANSWER) {
                body.abort();
                throw new IOException("the answer is longer than " + JdkHttpClient.LONGEST_ANSWER + " bytes");
            }
        }
        return HttpExecuteResponse.builder()
                .response(response.httpResponse())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                .build();
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    /** Whoever made the client closes it. */
    @Override
    public void close() {}
}
