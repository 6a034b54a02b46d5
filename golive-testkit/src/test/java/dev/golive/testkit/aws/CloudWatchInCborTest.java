package dev.golive.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * CloudWatch answers in the protocol of the request: forms, as the SDK of this build sends them, and CBOR, as later ones
 * do, here in the bytes that such a client sends.
 */
class CloudWatchInCborTest {

    private static final ObjectMapper CBOR = new CBORMapper();

    private final FakeAws fake = FakeAws.start(TimeSource.system());
    private final AwsBasicCredentials key =
            AwsBasicCredentials.create(fake.accessKeyId(), "fake-secret-access-key-of-the-testkit");

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void the_same_alarm_is_told_in_forms_and_in_cbor() throws Exception {
        fake.alarm("errors").state("ALARM");

        HttpResponse<byte[]> inCbor = ask("DescribeAlarms", Map.of("AlarmNames", new String[] {"errors"}));
        String inForms;
        try (SdkHttpClient http = UrlConnectionHttpClient.create();
                CloudWatchClient client = CloudWatchClient.builder()
                        .region(Region.EU_NORTH_1)
                        .endpointOverride(fake.uri())
                        .httpClient(http)
                        .credentialsProvider(StaticCredentialsProvider.create(key))
                        .build()) {
            inForms = client.describeAlarms(request -> request.alarmNames("errors"))
                    .metricAlarms()
                    .get(0)
                    .stateValueAsString();
        }

        assertThat(inCbor.statusCode()).isEqualTo(200);
        assertThat(inCbor.headers().firstValue("smithy-protocol")).contains("rpc-v2-cbor");
        JsonNode alarm = CBOR.readTree(inCbor.body()).path("MetricAlarms").path(0);
        assertThat(alarm.path("AlarmName").asText()).isEqualTo("errors");
        assertThat(alarm.path("StateValue").asText()).isEqualTo("ALARM").isEqualTo(inForms);
        assertThat(fake.requests("monitoring:DescribeAlarms")).hasSize(2);
        fake.verify();
    }

    @Test
    void an_error_in_cbor_carries_the_code_of_the_older_protocol_too() throws Exception {
        fake.fault("monitoring", AwsFault.throttled());

        HttpResponse<byte[]> answer = ask("DescribeAlarms", Map.of());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-query-error").orElse("")).startsWith("Throttling;");
        assertThat(CBOR.readTree(answer.body()).path("__type").asText()).isNotEmpty();
    }

    private HttpResponse<byte[]> ask(String operation, Map<String, ?> input) throws IOException, InterruptedException {
        byte[] body = CBOR.writeValueAsBytes(input);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create(fake.uri() + "service/GraniteServiceVersion20100801/operation/" + operation))
                .putHeader("Content-Type", "application/cbor")
                .putHeader("Accept", "application/cbor")
                .putHeader("Smithy-Protocol", "rpc-v2-cbor")
                .putHeader("X-Amzn-Query-Mode", "true")
                .build();
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request.getUri()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        AwsV4HttpSigner.create()
                .sign(options -> options.identity(key)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "monitoring")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-north-1"))
                .request()
                .forEachHeader((name, values) -> {
                    if (!Set.of("host", "content-length").contains(name.toLowerCase(Locale.ROOT))) {
                        values.forEach(value -> builder.header(name, value));
                    }
                });
        return HttpClient.newHttpClient().send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
