package dev.golive.aws.internal;

import dev.golive.Fact;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.ApiProblem.Kind;
import dev.golive.provider.Words;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;

/** What an error of the SDK means; the only place where that is decided. */
final class Problems {

    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");

    private static final Set<String> NOT_ACCEPTED = Set.of(
            "AuthFailure",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "RequestInTheFuture",
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "AllAccessDisabled",
            "AuthorizationError",
            "Forbidden",
            "NotAuthorized",
            "OptInRequired",
            "UnauthorizedAccess",
            "UnauthorizedOperation");

    private static final Set<String> BROKEN = Set.of(
            "InternalError",
            "InternalFailure",
            "InternalServerError",
            "InternalServiceError",
            "InternalServiceErrorException",
            "PriorRequestNotComplete",
            "RequestTimeout",
            "RequestTimeoutException",
            "ServiceUnavailable",
            "ServiceUnavailableException");

    private static final Map<Kind, String> WORDS = Map.of(
            Kind.DENIED, "denies the request",
            Kind.EXPIRED, "says that the credentials have expired",
            Kind.NOT_ACCEPTED, "does not accept the credentials",
            Kind.THROTTLED, "has had too many requests",
            Kind.REFUSED, "refuses the request",
            Kind.BROKEN, "failed itself");

    private Problems() {}

    /** What an exception from a call means. Cancellation is no problem of AWS and goes on as it is. */
    static ApiProblem of(Service service, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CancellationException cancelled) {
                throw cancelled;
            } else if (cause instanceof ApiProblem problem) {
                return problem;
            }
        }
        if (thrown instanceof AwsServiceException answer) {
            return answered(service, answer);
        }
        if (thrown instanceof LinkageError) {
            return ApiProblem.of(
                            Kind.MODULE_MISSING,
                            service.title() + " needs " + service.module()
                                    + " on the class path, which is missing or of a version that does not fit")
                    .because(thrown);
        }
        String message = String.valueOf(thrown.getMessage());
        if (isUnreadable(thrown, message)) {
            return ApiProblem.of(Kind.UNREADABLE, service.title() + " gave an answer that cannot be read")
                    .because(thrown);
        }
        IOException io = io(thrown);
        if (io != null) {
            return ApiProblem.of(Kind.UNREACHABLE, service.title() + " could not be reached: " + said(io))
                    .with(Fact.of("error", io.getClass().getSimpleName()))
                    .because(thrown);
        }
        if (message.contains("Unable to load credentials")) {
            return ApiProblem.of(
                            Kind.NO_CREDENTIAL,
                            "there are no AWS credentials: give them to Aws.credentials(..), or where the SDK looks for them")
                    .because(thrown);
        }
        return ApiProblem.of(Kind.UNREADABLE, service.title() + " could not be asked: " + Words.line(message))
                .because(thrown);
    }

    private static ApiProblem answered(Service service, AwsServiceException answer) {
        Kind kind = kind(answer);
        String code = code(answer);
        AwsErrorDetails details = answer.awsErrorDetails();
        String said = details == null || details.errorMessage() == null ? "" : Words.line(details.errorMessage());
        String named = code.isEmpty() ? "status " + answer.statusCode() : code;
        ApiProblem problem = ApiProblem.of(kind, sentence(service, kind, named) + (said.isEmpty() ? "" : ": " + said))
                .code(code)
                .because(answer)
                .with(Fact.of("status", answer.statusCode()));
        if (!code.isEmpty()) {
            problem = problem.with(Fact.of("error code", code));
        }
        return answer.requestId() == null
                ? problem
                : problem.with(Fact.of("request id", Words.line(answer.requestId())));
    }

    /** The same without what AWS said, and without its cause. */
    static ApiProblem withoutWords(Service service, ApiProblem problem) {
        return problem.reworded(
                problem.code().isEmpty()
                        ? service.title() + " did not take what was sent"
                        : sentence(service, problem.kind(), problem.code()));
    }

    /** What happened, in golive's words. */
    static String sentence(Service service, Kind kind, String code) {
        return service.title() + " " + WORDS.getOrDefault(kind, "gave no answer") + " (" + code + ")";
    }

    private static Kind kind(AwsServiceException answer) {
        String code = code(answer);
        int status = answer.statusCode();
        if (EXPIRED.contains(code)) {
            return Kind.EXPIRED;
        } else if (NOT_ACCEPTED.contains(code)) {
            return Kind.NOT_ACCEPTED;
        } else if (isThrottling(answer)) {
            return Kind.THROTTLED;
        } else if (DENIED.contains(code) || status == 403) {
            return Kind.DENIED;
        } else if (status == 401) {
            return Kind.NOT_ACCEPTED;
        } else if (status >= 500 || BROKEN.contains(code)) {
            return Kind.BROKEN;
        }
        return Kind.REFUSED;
    }

    /** The service's own code, empty if it gave none. */
    static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "" : Words.line(code);
    }

    static boolean isThrottling(Throwable thrown) {
        return thrown instanceof SdkException answer && RetryUtils.isThrottlingException(answer);
    }

    /** Bytes that are no text are an exception of input to the parser, and no trouble of the network. */
    private static boolean isUnreadable(Throwable thrown, String message) {
        if (message.contains("Unable to unmarshall") || message.contains("Unable to parse")) {
            return true;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharConversionException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable IOException io(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        return null;
    }

    private static String said(IOException io) {
        String message = io.getMessage();
        return message == null ? io.getClass().getSimpleName() : Words.line(message);
    }

    /** Whether something comes from the SDK or from the network below it. */
    static boolean isOfSdk(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SdkException || cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
