package dev.golive.testkit.internal.aws;

import static dev.golive.testkit.internal.aws.WireClient.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ListCertificatesResponse;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

@SuppressWarnings("unchecked") // the builders of the SDK take consumers as varargs
class JsonRpcTest {

    private static final Map<String, AttributeValue> ITEM = Map.of(
            "id", AttributeValue.fromS("42 \u20ac \"quoted\""),
            "count", AttributeValue.fromN("7"),
            "raw", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 127})),
            "nested",
                    AttributeValue.fromM(Map.of("list", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))))),
            "none", AttributeValue.fromNul(true),
            "empty", AttributeValue.fromL(List.of()));

    @Test
    void what_app_runner_is_sent_and_answers_arrives_whole() {
        CreateServiceRequest asked = CreateServiceRequest.builder()
                .serviceName("shop")
                .sourceConfiguration(s -> s.autoDeploymentsEnabled(false)
                        .imageRepository(i -> i.imageIdentifier("registry.example/shop:1")
                                .imageRepositoryType("ECR")
                                .imageConfiguration(
                                        c -> c.port("8080").runtimeEnvironmentVariables(Map.of("A", "1", "B", "")))))
                .tags(t -> t.key("k").value("v"))
                .build();
        CreateServiceResponse answered = CreateServiceResponse.builder()
                .operationId("op-1")
                .service(s -> s.serviceName("shop")
                        .status("RUNNING")
                        .createdAt(Instant.parse("2027-03-01T09:00:00.250Z"))
                        .healthCheckConfiguration(h -> h.interval(5)))
                .build();
        CreateServiceRequest.Builder read = CreateServiceRequest.builder();
        WireClient wire = WireClient.of(WireProtocol.JSON_1_0, read, "CreateService", answered);

        CreateServiceResponse got = wire.as(AppRunnerClient.builder()).createService(asked);

        assertThat(read.build()).isEqualTo(asked);
        assertSame(got, answered);
        assertThat(got.responseMetadata().requestId()).isEqualTo(WireClient.REQUEST_ID);
        assertThat(WireProtocol.naming(wire.requests.get(0), "apprunner")).contains(WireProtocol.JSON_1_0);
        assertThat(WireProtocol.JSON_1_0.operation(wire.requests.get(0))).contains("CreateService");
    }

    @Test
    void unions_bytes_and_nesting_survive() {
        PutItemRequest asked =
                PutItemRequest.builder().tableName("orders").item(ITEM).build();
        PutItemRequest.Builder read = PutItemRequest.builder();
        WireClient.of(
                        WireProtocol.JSON_1_0,
                        read,
                        "PutItem",
                        PutItemResponse.builder().build())
                .as(DynamoDbClient.builder())
                .putItem(asked);
        assertThat(read.build()).isEqualTo(asked);

        GetItemResponse answered = GetItemResponse.builder().item(ITEM).build();
        WireClient answering = new WireClient(
                request -> WireProtocol.JSON_1_0.write("GetItem", "", answered, null, WireClient.REQUEST_ID));
        assertSame(
                answering
                        .as(DynamoDbClient.builder())
                        .getItem(g -> g.tableName("orders").key(Map.of("id", AttributeValue.fromS("42")))),
                answered);
    }

    @Test
    void version_1_1_is_told_by_its_content_type() {
        ListCertificatesRequest.Builder read = ListCertificatesRequest.builder();
        ListCertificatesResponse answered = ListCertificatesResponse.builder()
                .certificateSummaryList(c -> c.domainName("shop.example")
                        .notAfter(Instant.parse("2028-01-01T00:00:00Z"))
                        .keyUsagesWithStrings("DIGITAL_SIGNATURE"))
                .nextToken("more")
                .build();
        WireClient wire = WireClient.of(WireProtocol.JSON_1_1, read, "ListCertificates", answered);

        assertSame(
                wire.as(AcmClient.builder())
                        .listCertificates(
                                l -> l.maxItems(3).includes(f -> f.keyTypesWithStrings("RSA_2048", "something-new"))),
                answered);
        assertThat(read.build().maxItems()).isEqualTo(3);
        assertThat(read.build().includes().keyTypesAsStrings()).containsExactly("RSA_2048", "something-new");
        assertThat(WireProtocol.naming(wire.requests.get(0), "acm")).contains(WireProtocol.JSON_1_1);
    }

    @Test
    void an_absent_list_is_not_an_empty_one() {
        WireClient absent = new WireClient(request -> WireProtocol.JSON_1_1.write(
                "ListCertificates", "", ListCertificatesResponse.builder().build(), null, "id"));
        WireClient empty = new WireClient(request -> WireProtocol.JSON_1_1.write(
                "ListCertificates",
                "",
                ListCertificatesResponse.builder()
                        .certificateSummaryList(List.of())
                        .build(),
                null,
                "id"));
        assertThat(absent.as(AcmClient.builder()).listCertificates().hasCertificateSummaryList())
                .isFalse();
        assertThat(empty.as(AcmClient.builder()).listCertificates().hasCertificateSummaryList())
                .isTrue();
    }

    @Test
    void an_error_arrives_as_the_exception_of_its_code() {
        WireClient wire = new WireClient(request -> WireProtocol.JSON_1_0.error(
                new WireError(400, "ResourceNotFoundException", "No such service", true), WireClient.REQUEST_ID));
        AppRunnerClient client = wire.as(AppRunnerClient.builder());
        assertThatThrownBy(() -> client.describeService(d -> d.serviceArn("arn:aws:apprunner:x")))
                .isInstanceOfSatisfying(ResourceNotFoundException.class, e -> {
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("No such service");
                    assertThat(e.requestId()).isEqualTo(WireClient.REQUEST_ID);
                    assertThat(e.statusCode()).isEqualTo(400);
                });
    }
}
