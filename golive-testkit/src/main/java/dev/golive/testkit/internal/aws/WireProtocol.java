package dev.golive.testkit.internal.aws;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A protocol in which AWS is spoken to, from the side of the service: reads requests into the SDK's request classes and
 * writes its response classes. The names and places on the wire are those that the classes themselves declare.
 *
 * <ul>
 *   <li>A client may speak any protocol its version of the SDK prefers: the protocol belongs to a request, not to a
 *       service ({@link #naming}).
 *   <li>What a request has beyond the model is ignored; what contradicts the model is a
 *       {@link MalformedRequestException}, and nothing else is ever thrown because of a request.
 *   <li>A field that is null is absent; an empty list or map is there and empty.
 * </ul>
 *
 * <p>Thread-safe.
 */
public enum WireProtocol {

    /** awsJson1_0. */
    JSON_1_0(new JsonRpc("application/x-amz-json-1.0")),
    /** awsJson1_1. */
    JSON_1_1(new JsonRpc("application/x-amz-json-1.1")),
    /** awsQuery. */
    QUERY(new FormRpc(false)),
    /** ec2Query. */
    EC2_QUERY(new FormRpc(true)),
    /** restJson1. */
    REST_JSON(new RestJson()),
    /** restXml, for example of CloudFront and Route 53. */
    REST_XML(new RestXml(false)),
    /** restXml as S3 speaks it: its errors have no wrapper, and its request id another name. */
    REST_XML_S3(new RestXml(true)),
    /** rpcv2Cbor. */
    CBOR(new CborRpc());

    @SuppressWarnings("ImmutableEnumChecker") // codecs have no state
    private final Codec codec;

    WireProtocol(Codec codec) {
        this.codec = codec;
    }

    /**
     * The protocol of a request that names its operation.
     *
     * @param request the request
     * @param signingName the name of the service in the signature, for example {@code rds}
     * @return the protocol; empty for a request of a REST protocol, which is told by method and path
     * @throws MalformedRequestException if it is a form that cannot be read
     */
    public static Optional<WireProtocol> naming(WireRequest request, String signingName) {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(signingName, "signingName");
        if (request.header(CborRpc.PROTOCOL).filter(CborRpc.NAME::equals).isPresent()) {
            return CBOR.operation(request).map(operation -> CBOR);
        }
        if (request.header(JsonRpc.TARGET).isPresent()) {
            if (request.isOfType("application/x-amz-json-1.0")) {
                return Optional.of(JSON_1_0);
            }
            return request.isOfType("application/x-amz-json-1.1") ? Optional.of(JSON_1_1) : Optional.empty();
        }
        WireProtocol form = signingName.equals("ec2") ? EC2_QUERY : QUERY;
        return form.operation(request).map(operation -> form);
    }

    /**
     * The operation that a request names.
     *
     * @param request the request
     * @return the operation, for example {@code DescribeDBInstances}; empty if none is named, as in REST protocols
     * @throws MalformedRequestException if it cannot be read
     */
    public Optional<String> operation(WireRequest request) {
        return codec.operation(Objects.requireNonNull(request, "request"));
    }

    /**
     * Reads a request.
     *
     * @param request the request
     * @param pathLabels the decoded variable parts of the path by their names on the wire ({@link UriPattern}); not
     *     used by protocols that name the operation
     * @param builder a builder of the SDK's class for this request; what the request says is set in it. If the request
     *     is malformed, it may have been filled in part
     * @throws MalformedRequestException if the request cannot be read
     */
    public void read(WireRequest request, Map<String, String> pathLabels, SdkPojo builder) {
        codec.read(
                Objects.requireNonNull(request, "request"),
                Objects.requireNonNull(pathLabels, "pathLabels"),
                Objects.requireNonNull(builder, "builder"));
    }

    /**
     * Writes an answer.
     *
     * @param operation the name of the operation
     * @param namespace the XML namespace of answers in XML; empty for none
     * @param output an object of the SDK's class for this response
     * @param streamed the body, if it is a stream that is no part of the output; null if it is none
     * @param requestId what the service calls this request
     * @return the answer, with status 200 unless the output has a field for the status
     */
    public WireAnswer write(
            String operation, String namespace, SdkPojo output, byte @Nullable [] streamed, String requestId) {
        return codec.write(
                Objects.requireNonNull(operation, "operation"),
                Objects.requireNonNull(namespace, "namespace"),
                Objects.requireNonNull(output, "output"),
                streamed,
                Objects.requireNonNull(requestId, "requestId"));
    }

    /**
     * Writes an error.
     *
     * @param error the error
     * @param requestId what the service calls this request
     * @return the answer
     */
    public WireAnswer error(WireError error, String requestId) {
        return codec.error(Objects.requireNonNull(error, "error"), Objects.requireNonNull(requestId, "requestId"));
    }
}
