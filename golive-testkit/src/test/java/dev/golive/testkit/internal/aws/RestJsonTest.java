package dev.golive.testkit.internal.aws;

import static dev.golive.testkit.internal.aws.WireClient.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.lambda.model.UntagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UntagResourceResponse;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasResponse;

@SuppressWarnings("unchecked") // the builders of the SDK take consumers as varargs
class RestJsonTest {

    private static LambdaClient lambda(String pattern, SdkPojo builder, String operation, SdkPojo output) {
        return new WireClient(request -> {
                    Map<String, String> labels = UriPattern.of(pattern)
                            .match(request.rawPath(), request.rawQuery())
                            .orElseThrow();
                    WireProtocol.REST_JSON.read(request, labels, builder);
                    return WireProtocol.REST_JSON.write(operation, "", output, null, WireClient.REQUEST_ID);
                })
                .as(LambdaClient.builder());
    }

    @Test
    void labels_and_bodies_arrive_whole() {
        UpdateAliasRequest asked = UpdateAliasRequest.builder()
                .functionName("arn:aws:lambda:eu-central-1:123456789012:function:shop")
                .name("live")
                .functionVersion("42")
                .routingConfig(r -> r.additionalVersionWeights(Map.of("41", 0.1)))
                .build();
        UpdateAliasResponse answered = UpdateAliasResponse.builder()
                .name("live")
                .functionVersion("42")
                .revisionId("r2")
                .routingConfig(asked.routingConfig())
                .build();
        UpdateAliasRequest.Builder read = UpdateAliasRequest.builder();
        assertSame(
                lambda("/2015-03-31/functions/{FunctionName}/aliases/{Name}", read, "UpdateAlias", answered)
                        .updateAlias(asked),
                answered);
        assertThat(read.build()).isEqualTo(asked);
    }

    @Test
    void parameters_are_read_alone_and_in_lists() {
        ListVersionsByFunctionRequest asked = ListVersionsByFunctionRequest.builder()
                .functionName("shop")
                .marker("a/b c+d")
                .maxItems(5)
                .build();
        ListVersionsByFunctionResponse answered = ListVersionsByFunctionResponse.builder()
                .versions(v -> v.version("41").codeSize(7L), v -> v.version("42"))
                .nextMarker("m")
                .build();
        ListVersionsByFunctionRequest.Builder read = ListVersionsByFunctionRequest.builder();
        assertSame(
                lambda("/2015-03-31/functions/{FunctionName}/versions", read, "ListVersionsByFunction", answered)
                        .listVersionsByFunction(asked),
                answered);
        assertThat(read.build()).isEqualTo(asked);

        UntagResourceRequest untag = UntagResourceRequest.builder()
                .resource("arn:aws:lambda:x")
                .tagKeys("a", "b,c")
                .build();
        UntagResourceRequest.Builder untagged = UntagResourceRequest.builder();
        lambda(
                        "/2017-03-31/tags/{Resource}",
                        untagged,
                        "UntagResource",
                        UntagResourceResponse.builder().build())
                .untagResource(untag);
        assertThat(untagged.build()).isEqualTo(untag);
    }

    @Test
    void payloads_status_and_headers_are_outside_of_json() {
        InvokeRequest asked = InvokeRequest.builder()
                .functionName("shop")
                .qualifier("live")
                .invocationType("RequestResponse")
                .payload(SdkBytes.fromUtf8String("{\"ask\":1}"))
                .build();
        InvokeResponse answered = InvokeResponse.builder()
                .statusCode(202)
                .executedVersion("42")
                .functionError("Unhandled")
                .payload(SdkBytes.fromUtf8String("{\"errorMessage\":\"no\"}"))
                .build();
        InvokeRequest.Builder read = InvokeRequest.builder();
        assertSame(
                lambda("/2015-03-31/functions/{FunctionName}/invocations", read, "Invoke", answered)
                        .invoke(asked),
                answered);
        assertThat(read.build()).isEqualTo(asked);
    }

    @Test
    void an_error_arrives_as_the_exception_of_its_code() {
        LambdaClient lambda = new WireClient(request -> WireProtocol.REST_JSON.error(
                        new WireError(429, "TooManyRequestsException", "Rate exceeded", true), WireClient.REQUEST_ID))
                .as(LambdaClient.builder());
        assertThatThrownBy(() -> lambda.getAlias(g -> g.functionName("shop").name("live")))
                .isInstanceOfSatisfying(TooManyRequestsException.class, e -> {
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
                    assertThat(e.isThrottlingException()).isTrue();
                    assertThat(e.requestId()).isEqualTo(WireClient.REQUEST_ID);
                });
    }
}
