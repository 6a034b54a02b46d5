package dev.golive.testkit.internal.aws;

import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** restJson1. */
final class RestJson extends RestCodec {

    RestJson() {
        super(JsonRpc.REQUEST_ID, "application/json");
    }

    @Override
    void readBody(SdkPojo builder, byte[] body) {
        JsonTrees.JSON.readInto(builder, body);
    }

    @Override
    void readPayload(SdkPojo builder, SdkField<?> payload, byte[] body) {
        JsonTrees.JSON.readPayload(builder, payload, body);
    }

    @Override
    byte[] body(String operation, String namespace, SdkPojo output) {
        return JsonTrees.JSON.written(output);
    }

    @Override
    byte[] payload(String operation, String namespace, SdkField<?> payload, Object value) {
        return JsonTrees.JSON.written(payload, value);
    }

    @Override
    public WireAnswer error(WireError error, String requestId) {
        return error(error, requestId, JsonTrees.JSON.written(Map.of("message", error.message())))
                .header("x-amzn-ErrorType", error.code());
    }
}
