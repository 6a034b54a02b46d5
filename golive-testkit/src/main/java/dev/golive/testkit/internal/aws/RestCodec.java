package dev.golive.testkit.internal.aws;

import dev.golive.testkit.HttpHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** What the REST protocols have in common: the operation is a method and a path, fields are all over the message. */
abstract class RestCodec implements Codec {

    private static final byte[] NOTHING = {};

    private final String requestIdHeader;
    private final String mediaType;

    RestCodec(String requestIdHeader, String mediaType) {
        this.requestIdHeader = requestIdHeader;
        this.mediaType = mediaType;
    }

    /** Reads the fields that are in the body. */
    abstract void readBody(SdkPojo builder, byte[] body);

    /** Reads the field that is the body. */
    abstract void readPayload(SdkPojo builder, SdkField<?> payload, byte[] body);

    /** The fields that are in the body; null for no body. */
    abstract byte @Nullable [] body(String operation, String namespace, SdkPojo output);

    /** The field that is the body. */
    abstract byte[] payload(String operation, String namespace, SdkField<?> payload, Object value);

    @Override
    public Optional<String> operation(WireRequest request) {
        return Optional.empty();
    }

    @Override
    public void read(WireRequest request, Map<String, String> pathLabels, SdkPojo builder) {
        HttpBindings.readInto(builder, request, pathLabels);
        byte[] body = request.body();
        Optional<SdkField<?>> payload = Fields.payload(builder);
        if (body.length == 0) {
            return;
        }
        if (payload.isEmpty()) {
            if (Fields.hasBody(builder)) {
                readBody(builder, body);
            }
        } else if (payload.get().marshallingType().equals(MarshallingType.SDK_BYTES)) {
            payload.get().set(builder, SdkBytes.fromByteArray(body));
        } else if (payload.get().marshallingType().equals(MarshallingType.STRING)) {
            payload.get().set(builder, Scalars.utf8(body, "body"));
        } else {
            readPayload(builder, payload.get(), body);
        }
    }

    @Override
    public WireAnswer write(
            String operation, String namespace, SdkPojo output, byte @Nullable [] streamed, String requestId) {
        Optional<SdkField<?>> payload = Fields.payload(output);
        byte[] body;
        String type;
        if (streamed != null) {
            body = streamed;
            type = "application/octet-stream";
        } else if (payload.isEmpty()) {
            body = body(operation, namespace, output);
            type = mediaType;
        } else {
            SdkField<?> field = payload.get();
            Object value = Fields.get(field, output);
            body = value == null ? null : content(operation, namespace, field, value);
            type = value instanceof SdkBytes
                    ? "application/octet-stream"
                    : value instanceof String ? "text/plain" : mediaType;
        }
        List<HttpHeader> headers = new ArrayList<>(HttpBindings.headers(output));
        headers.add(new HttpHeader(requestIdHeader, requestId));
        if ((body != null || payload.isEmpty())
                && headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("Content-Type"))) {
            headers.add(new HttpHeader("Content-Type", type));
        }
        return new WireAnswer(HttpBindings.status(output), headers, body == null ? NOTHING : body);
    }

    private byte[] content(String operation, String namespace, SdkField<?> field, Object value) {
        if (value instanceof SdkBytes bytes) {
            return bytes.asByteArray();
        }
        return value instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : payload(operation, namespace, field, value);
    }

    WireAnswer error(WireError error, String requestId, byte[] body) {
        return new WireAnswer(
                error.status(),
                List.of(new HttpHeader(requestIdHeader, requestId), new HttpHeader("Content-Type", mediaType)),
                body);
    }
}
