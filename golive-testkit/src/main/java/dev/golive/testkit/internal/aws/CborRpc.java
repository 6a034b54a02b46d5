package dev.golive.testkit.internal.aws;

import dev.golive.testkit.HttpHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** rpcv2Cbor: the operation in the path, structures of CBOR. */
final class CborRpc implements Codec {

    static final String PROTOCOL = "Smithy-Protocol";
    static final String NAME = "rpc-v2-cbor";

    private static final Pattern PATH = Pattern.compile("/service/[^/]+/operation/([^/]+)/?$");

    @Override
    public Optional<String> operation(WireRequest request) {
        Matcher path = PATH.matcher(request.rawPath());
        return path.find() ? Optional.of(path.group(1)) : Optional.empty();
    }

    @Override
    public void read(WireRequest request, Map<String, String> pathLabels, SdkPojo builder) {
        JsonTrees.CBOR.readInto(builder, request.body());
    }

    @Override
    public WireAnswer write(
            String operation, String namespace, SdkPojo output, byte @Nullable [] streamed, String requestId) {
        return answer(200, requestId, JsonTrees.CBOR.written(output));
    }

    @Override
    public WireAnswer error(WireError error, String requestId) {
        // Clients of services that used to speak query take the code from the header.
        return answer(error.status(), requestId, JsonTrees.CBOR.written(JsonRpc.structure(error)))
                .header("x-amzn-query-error", error.code() + (error.sender() ? ";Sender" : ";Receiver"));
    }

    private static WireAnswer answer(int status, String requestId, byte[] body) {
        return new WireAnswer(
                status,
                List.of(
                        new HttpHeader("smithy-protocol", NAME),
                        new HttpHeader(JsonRpc.REQUEST_ID, requestId),
                        new HttpHeader("Content-Type", "application/cbor")),
                body);
    }
}
