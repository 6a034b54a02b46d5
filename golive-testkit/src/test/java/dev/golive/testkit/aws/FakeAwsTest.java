package dev.golive.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** The fake as the plain SDK sees it, without anything of golive in between. */
class FakeAwsTest {

    private static final String SECRET = "fake-secret-access-key-of-the-testkit";
    private static final String WHO = "Action=GetCallerIdentity&Version=2011-06-15";

    private final FakeAws fake = FakeAws.start(TimeSource.system());
    private final SdkHttpClient http = UrlConnectionHttpClient.create();

    @AfterEach
    void stop() {
        http.close();
        fake.close();
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder, String secret) {
        return builder.region(Region.of(fake.region()))
                .endpointOverride(fake.uri())
                .httpClient(http)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(fake.accessKeyId(), secret)))
                .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @Test
    void the_sdk_is_answered_and_its_requests_are_kept() {
        try (StsClient sts = client(StsClient.builder(), SECRET)) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo(fake.account());
        }

        assertThat(fake.requests()).singleElement().satisfies(request -> {
            assertThat(request).hasToString("sts:GetCallerIdentity");
            assertThat(request.region()).isEqualTo("eu-north-1");
        });
        fake.verify();
    }

    @Test
    void a_request_signed_with_another_key_is_refused() {
        try (StsClient sts = client(StsClient.builder(), "another-secret")) {
            assertThatThrownBy(sts::getCallerIdentity).isInstanceOfSatisfying(StsException.class, refused -> {
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
            });
        }
    }

    @Test
    void a_request_without_a_signature_is_refused() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(fake.uri())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(WHO))
                .build());

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void a_request_that_was_altered_after_it_was_signed_is_refused() throws Exception {
        assertThat(send(signed(WHO, WHO)).statusCode()).isEqualTo(200);
        assertThat(send(signed(WHO, WHO + "&More=1"))).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("SignatureDoesNotMatch");
        });
    }

    @Test
    void an_operation_that_the_fake_lacks_is_named_and_fails_verification() {
        try (StsClient sts = client(StsClient.builder(), SECRET)) {
            AwsServiceException refused = catchThrowableOfType(AwsServiceException.class, sts::getSessionToken);

            assertThat(refused.statusCode()).isEqualTo(501);
            assertThat(refused.awsErrorDetails().errorMessage())
                    .isEqualTo("FakeAws does not know the operation GetSessionToken of sts");
        }
        assertThatThrownBy(fake::verify).hasMessageContaining("GetSessionToken");
    }

    @Test
    void an_error_of_a_service_is_the_sdks_own_exception() {
        try (AppRunnerClient client = client(AppRunnerClient.builder(), SECRET)) {
            assertThatThrownBy(() -> client.describeService(request -> request.serviceArn("arn:aws:apprunner:x")))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    @Test
    void a_fault_lasts_as_long_as_it_was_said_to() {
        fake.faultNext(2, "sts", AwsFault.throttled());
        try (StsClient sts = client(StsClient.builder(), SECRET)) {
            for (int i = 0; i < 2; i++) {
                AwsServiceException busy = catchThrowableOfType(AwsServiceException.class, sts::getCallerIdentity);
                assertThat(busy.isThrottlingException()).isTrue();
            }
            assertThat(sts.getCallerIdentity().account()).isEqualTo(fake.account());
        }
    }

    @Test
    void a_fault_of_one_service_is_none_of_another() {
        fake.fault("apprunner", AwsFault.denied());
        try (StsClient sts = client(StsClient.builder(), SECRET)) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo(fake.account());
        }
    }

    @Test
    void a_lost_answer_is_lost_after_it_had_its_effect() {
        fake.appRunner("shop-web").deploysIn(Duration.ZERO);
        fake.faultNext(1, "apprunner:PauseService", AwsFault.lostAnswer());
        try (AppRunnerClient client = client(AppRunnerClient.builder(), SECRET)) {
            String arn = fake.appRunner("shop-web").arn();

            assertThatThrownBy(() -> client.pauseService(request -> request.serviceArn(arn)))
                    .isInstanceOf(SdkClientException.class);

            assertThat(client.describeService(request -> request.serviceArn(arn))
                            .service()
                            .statusAsString())
                    .isEqualTo("PAUSED");
        }
    }

    @Test
    void a_token_that_no_page_ended_with_is_refused() {
        fake.appRunner("shop-web");
        try (AppRunnerClient client = client(AppRunnerClient.builder(), SECRET)) {
            assertThatThrownBy(() -> client.listServices(request -> request.nextToken("made-up")))
                    .hasMessageContaining("made-up");
        }
    }

    private HttpRequest signed(String body, String sent) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(fake.uri())
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(options -> options.identity(AwsBasicCredentials.create(fake.accessKeyId(), SECRET))
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body.getBytes(StandardCharsets.UTF_8)))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-north-1"));
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(fake.uri().toString()))
                .POST(HttpRequest.BodyPublishers.ofString(sent));
        signed.request().forEachHeader((name, values) -> {
            if (!Set.of("host", "content-length").contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return builder.build();
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }
}
