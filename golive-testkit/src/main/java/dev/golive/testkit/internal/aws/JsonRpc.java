package dev.golive.testkit.internal.aws;

import dev.golive.testkit.HttpHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** awsJson1_0 and awsJson1_1: one address, the operation in a header, structures of JSON. */
final class JsonRpc implements Codec {

    static final String TARGET = "X-Amz-Target";
    static final String REQUEST_ID = "x-amzn-RequestId";

    private final String mediaType;

    JsonRpc(String mediaType) {
        this.mediaType = mediaType;
    }

    @Override
    public Optional<String> operation(WireRequest request) {
        return request.header(TARGET)
                .map(target -> target.substring(target.lastIndexOf('.') + 1).strip())
                .filter(operation -> !operation.isEmpty());
    }

    @Override
    public void read(WireRequest request, Map<String, String> pathLabels, SdkPojo builder) {
        JsonTrees.JSON.readInto(builder, request.body());
    }

    @Override
    public WireAnswer write(
            String operation, String namespace, SdkPojo output, byte @Nullable [] streamed, String requestId) {
        return new WireAnswer(200, headers(requestId), JsonTrees.JSON.written(output));
    }

    @Override
    public WireAnswer error(WireError error, String requestId) {
        return new WireAnswer(error.status(), headers(requestId), JsonTrees.JSON.written(structure(error)));
    }

    /** An error as a structure that says its own type. */
    static Map<String, String> structure(WireError error) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("__type", error.code());
        texts.put("message", error.message());
        return texts;
    }

    private List<HttpHeader> headers(String requestId) {
        return List.of(new HttpHeader(REQUEST_ID, requestId), new HttpHeader("Content-Type", mediaType));
    }
}
