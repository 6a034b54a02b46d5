package dev.golive.testkit.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.testkit.HttpHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;

/** The real SDK on a wire that ends in a function. */
final class WireClient implements SdkHttpClient {

    static final String REQUEST_ID = "6f1c8b1e-2f0a-4b7e-9a39-d2f0a1b2c3d4";

    private final Function<WireRequest, WireAnswer> service;
    final List<WireRequest> requests = new ArrayList<>();

    WireClient(Function<WireRequest, WireAnswer> service) {
        this.service = service;
    }

    /** A service that reads every request into this builder and answers with this output. */
    static WireClient of(WireProtocol protocol, SdkPojo builder, String operation, SdkPojo output) {
        return new WireClient(request -> {
            protocol.read(request, Map.of(), builder);
            return protocol.write(operation, "https://api.example/", output, null, REQUEST_ID);
        });
    }

    /** Equal in all fields of the model; responses also differ in their metadata. */
    static void assertSame(SdkPojo actual, SdkPojo expected) {
        assertThat(actual.equalsBySdkFields(expected))
                .as("%s instead of %s", actual, expected)
                .isTrue();
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C as(B builder) {
        return builder.httpClient(this)
                .endpointOverride(URI.create("http://127.0.0.1:9"))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    static WireRequest request(HttpExecuteRequest execute) throws IOException {
        SdkHttpRequest http = execute.httpRequest();
        List<HttpHeader> headers = new ArrayList<>();
        http.forEachHeader((name, values) -> values.forEach(value -> headers.add(new HttpHeader(name, value))));
        byte[] body = new byte[0];
        if (execute.contentStreamProvider().isPresent()) {
            body = execute.contentStreamProvider().get().newStream().readAllBytes();
        }
        return new WireRequest(
                http.method().name(),
                http.encodedPath().isEmpty() ? "/" : http.encodedPath(),
                http.encodedQueryParameters().orElse(""),
                headers,
                body);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest execute) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                WireRequest request = request(execute);
                requests.add(request);
                WireAnswer answer = service.apply(request);
                SdkHttpFullResponse.Builder response =
                        SdkHttpFullResponse.builder().statusCode(answer.status());
                answer.headers().forEach(header -> response.appendHeader(header.name(), header.value()));
                return HttpExecuteResponse.builder()
                        .response(response.build())
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                        .build();
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}
}
