package dev.golive.testkit.aws;

import dev.golive.testkit.internal.aws.UriPattern;
import dev.golive.testkit.internal.aws.WireRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * One service of {@link FakeAws}: what it keeps, and what each of its operations does with it. The operations are called
 * one at a time, so that a service needs no lock of its own; what tests change, they change within {@link
 * FakeAws#within}.
 */
abstract class FakeService {

    /**
     * What an operation does.
     *
     * @param <R> the SDK's type of its request
     */
    @FunctionalInterface
    interface Handler<R> {

        /**
         * Does it.
         *
         * @param request what was asked
         * @param now the instant as of which it is answered, which lies in the past for a stale read
         * @return the SDK's response
         * @throws AwsError what the service refuses it with
         */
        SdkPojo answer(R request, Instant now);
    }

    /** What is sent and received besides the model: the body of an object, or a header that the model does not know. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Streamed(SdkPojo response, byte[] body) {}

    /**
     * What an operation with a body of its own does.
     *
     * @param <R> the SDK's type of its request
     */
    @FunctionalInterface
    interface StreamHandler<R> {

        /** Does it; see {@link Handler#answer}. */
        Streamed answer(R request, byte[] body, Instant now);
    }

    /** An operation: how its request is read, and what it does. */
    record Operation(
            String name,
            boolean changes,
            @Nullable String method,
            @Nullable UriPattern route,
            Supplier<SdkPojo> input,
            Run run) {}

    /** An operation, called with its request. */
    interface Run {
        Streamed answer(SdkPojo request, byte[] body, Instant now);
    }

    /** A page of a list. */
    record Page<T>(List<T> items, @Nullable String next) {}

    private static final byte[] NO_BODY = {};

    private final FakeAws aws;
    private final String signingName;
    private final String namespace;
    private final Map<String, Operation> operations = new HashMap<>();

    /**
     * A service without operations yet.
     *
     * @param aws where it belongs
     * @param signingName the name that its requests are signed with
     * @param namespace of its XML answers, empty for other protocols
     */
    FakeService(FakeAws aws, String signingName, String namespace) {
        this.aws = aws;
        this.signingName = signingName;
        this.namespace = namespace;
    }

    /** An operation that only looks, called by its name. */
    final <R, B extends SdkPojo & SdkBuilder<B, R>> void reads(String name, Supplier<B> input, Handler<R> handler) {
        add(name, false, null, input, (request, body, now) -> new Streamed(handler.answer(request, now), NO_BODY));
    }

    /** An operation that changes something, called by its name. */
    final <R, B extends SdkPojo & SdkBuilder<B, R>> void changes(String name, Supplier<B> input, Handler<R> handler) {
        add(name, true, null, input, (request, body, now) -> new Streamed(handler.answer(request, now), NO_BODY));
    }

    /**
     * An operation of a REST protocol, called by method and path.
     *
     * @param route for example {@code GET /2020-05-31/distribution/{Id}}
     */
    final <R, B extends SdkPojo & SdkBuilder<B, R>> void rest(
            String name, String route, Supplier<B> input, Handler<R> handler) {
        boolean changes = !route.startsWith("GET ") && !route.startsWith("HEAD ");
        add(name, changes, route, input, (request, body, now) -> new Streamed(handler.answer(request, now), NO_BODY));
    }

    /** An operation of a REST protocol that has a body of its own, in its request or in its answer. */
    final <R, B extends SdkPojo & SdkBuilder<B, R>> void stream(
            String name, String route, Supplier<B> input, StreamHandler<R> handler) {
        add(name, !route.startsWith("GET ") && !route.startsWith("HEAD "), route, input, handler);
    }

    private <R, B extends SdkPojo & SdkBuilder<B, R>> void add(
            String name, boolean changes, @Nullable String route, Supplier<B> input, StreamHandler<R> handler) {
        int space = route == null ? 0 : route.indexOf(' ');
        operations.put(
                name,
                new Operation(
                        name,
                        changes,
                        route == null ? null : route.substring(0, space),
                        route == null ? null : UriPattern.of(route.substring(space + 1)),
                        input::get,
                        (request, body, now) -> {
                            @SuppressWarnings("unchecked") // built by what input gives
                            R read = (R) request;
                            return handler.answer(read, body, now);
                        }));
    }

    final Optional<Operation> operation(String name) {
        return Optional.ofNullable(operations.get(name));
    }

    /** The operations that are called by method and path. */
    final List<Operation> routed() {
        List<Operation> routed = new ArrayList<>();
        for (Operation operation : operations.values()) {
            if (operation.route() != null) {
                routed.add(operation);
            }
        }
        routed.sort(Comparator.comparing(
                operation -> Objects.requireNonNull(operation.route()), UriPattern.MOST_SPECIFIC_FIRST));
        return routed;
    }

    /** Whether a request is for an operation, given that its method and path are; some are told by a header field. */
    boolean isFor(Operation operation, WireRequest request) {
        return true;
    }

    /** Lists what may become otherwise with what this service keeps. */
    void drifts(Drifts drifts) {}

    final FakeAws aws() {
        return aws;
    }

    final String signingName() {
        return signingName;
    }

    final String namespace() {
        return namespace;
    }

    /** The ARN of something of this service. */
    final String arn(String resource) {
        return "arn:aws:" + signingName + ":" + aws.region() + ":" + aws.account() + ":" + resource;
    }

    /** Whether a request without a signature is answered: only what is public is. */
    boolean admitsAnonymous(WireRequest request) {
        return false;
    }

    /** How this service says that there were too many requests. */
    AwsError throttled() {
        return new AwsError(400, namespace.isEmpty() ? "ThrottlingException" : "Throttling", "Rate exceeded");
    }

    /** How this service says that the caller may not do that. */
    AwsError denied(String operation) {
        return new AwsError(
                namespace.isEmpty() ? 400 : 403,
                namespace.isEmpty() ? "AccessDeniedException" : "AccessDenied",
                "User: arn:aws:iam::" + aws.account() + ":user/operator is not authorized to perform: " + signingName
                        + ":" + operation);
    }

    /** How this service says that the credentials have expired. */
    AwsError expired() {
        return new AwsError(
                namespace.isEmpty() ? 400 : 403,
                namespace.isEmpty() ? "ExpiredTokenException" : "ExpiredToken",
                "The security token included in the request is expired");
    }

    /** How this service says that it failed. */
    AwsError broken() {
        return new AwsError(500, namespace.isEmpty() ? "InternalServerError" : "InternalFailure", "Internal error");
    }

    /** How this service says that it does not know an access key. */
    String unknownKey() {
        return namespace.isEmpty() ? "UnrecognizedClientException" : "InvalidClientTokenId";
    }

    /** How this service says that a signature is wrong. */
    String badSignature() {
        return namespace.isEmpty() ? "InvalidSignatureException" : "SignatureDoesNotMatch";
    }

    /**
     * One page of a list, of the size that the client or the test wants.
     *
     * @param all the whole list
     * @param token where to go on, {@code null} for the beginning
     * @param wanted how many the client wants, {@code null} for as many as the service likes
     * @param invalid the code with which this service refuses a token that it did not give
     */
    final <T> Page<T> page(List<T> all, @Nullable String token, @Nullable Integer wanted, String invalid) {
        int from = 0;
        if (token != null && !token.isEmpty()) {
            if (!token.matches("page-[0-9]{1,6}") || Integer.parseInt(token.substring(5)) > all.size()) {
                throw new AwsError(400, invalid, "The token is not one of this service's: " + token);
            }
            from = Integer.parseInt(token.substring(5));
        }
        int size = Math.min(wanted == null ? Integer.MAX_VALUE : wanted, aws.pageSize());
        int to = (int) Math.min(all.size(), (long) from + size);
        return new Page<>(all.subList(from, to), to < all.size() ? "page-" + to : null);
    }
}
