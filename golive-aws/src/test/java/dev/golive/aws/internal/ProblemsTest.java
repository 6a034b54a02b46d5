package dev.golive.aws.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.provider.ApiProblem;
import dev.golive.provider.ApiProblem.Kind;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class ProblemsTest {

    private static AwsServiceException answer(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException, DENIED",
        "403, AccessDenied, DENIED",
        "403, UnauthorizedOperation, DENIED",
        "403, SomethingNew, DENIED",
        "403, , DENIED",
        "400, ExpiredTokenException, EXPIRED",
        "403, ExpiredToken, EXPIRED",
        "400, UnrecognizedClientException, NOT_ACCEPTED",
        "403, InvalidClientTokenId, NOT_ACCEPTED",
        "403, SignatureDoesNotMatch, NOT_ACCEPTED",
        "403, InvalidAccessKeyId, NOT_ACCEPTED",
        "403, RequestTimeTooSkewed, NOT_ACCEPTED",
        "401, Whatever, NOT_ACCEPTED",
        "400, ThrottlingException, THROTTLED",
        "400, Throttling, THROTTLED",
        "503, RequestLimitExceeded, THROTTLED",
        "503, SlowDown, THROTTLED",
        "429, , THROTTLED",
        "500, InternalFailure, BROKEN",
        "503, , BROKEN",
        "400, InternalError, BROKEN",
        "400, ValidationException, REFUSED",
        "400, InvalidStateException, REFUSED",
        "404, DBInstanceNotFound, REFUSED",
    })
    void an_error_of_a_service_has_one_meaning(int status, String code, Kind kind) {
        assertThat(Problems.of(Service.RDS, answer(status, code, "words")).kind())
                .isEqualTo(kind);
    }

    @Test
    void what_helps_to_find_the_request_is_a_fact() {
        AwsServiceException thrown = AwsServiceException.builder()
                .statusCode(403)
                .requestId("12345")
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("AccessDenied").build())
                .build();

        assertThat(Problems.of(Service.S3, thrown).facts())
                .extracting(Object::toString)
                .containsExactly("status: 403", "error code: AccessDenied", "request id: 12345");
    }

    @Test
    void words_of_others_are_one_line_of_bounded_length() {
        ApiProblem problem = Problems.of(Service.EC2, answer(400, "X", "line\none\t" + "long ".repeat(1_000)));

        assertThat(problem.getMessage())
                .startsWith("EC2 refuses the request (X): line one long")
                .hasSizeLessThan(360);
    }

    @Test
    void what_happens_on_the_way_is_unreachable() {
        assertThat(Problems.of(Service.SNS, SdkClientException.create("Unable", new IOException("Connection reset"))))
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
                    assertThat(problem).hasMessage("SNS could not be reached: Connection reset");
                });
    }

    @Test
    void the_end_of_a_run_is_no_problem_of_aws() {
        assertThatThrownBy(() -> Problems.of(
                        Service.SNS, SdkClientException.create("x", new CancellationException("the run is over"))))
                .isInstanceOf(CancellationException.class)
                .hasMessage("the run is over");
    }

    @Test
    void a_missing_module_is_named() {
        assertThat(Problems.of(Service.LAMBDA, new NoClassDefFoundError("software/amazon/awssdk/services/lambda/X")))
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Kind.MODULE_MISSING);
                    assertThat(problem.getMessage()).contains("software.amazon.awssdk:lambda");
                });
    }
}
