package dev.golive.testkit.internal.aws;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** restXml, and the way S3 speaks it. */
final class RestXml extends RestCodec {

    private static final String LOCATION = "GetBucketLocation";

    /** S3 does not wrap its errors. */
    private final boolean s3;

    RestXml(boolean s3) {
        super(s3 ? "x-amz-request-id" : JsonRpc.REQUEST_ID, "application/xml");
        this.s3 = s3;
    }

    @Override
    void readBody(SdkPojo builder, byte[] body) {
        XmlReader.readInto(builder, XmlElement.parse(body));
    }

    @Override
    void readPayload(SdkPojo builder, SdkField<?> payload, byte[] body) {
        payload.set(builder, XmlReader.value(payload, XmlElement.parse(body)));
    }

    @Override
    public WireAnswer write(
            String operation, String namespace, SdkPojo output, byte @Nullable [] streamed, String requestId) {
        return super.write(
                operation,
                namespace,
                output,
                s3 && operation.equals(LOCATION) ? location(namespace, output) : streamed,
                requestId);
    }

    /** The one answer whose only field is the root, though models do not say so; empty for the oldest region. */
    private static byte[] location(String namespace, SdkPojo output) {
        Object location = output.sdkFields().stream()
                .map(field -> Fields.get(field, output))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        return new XmlWriter()
                .startRoot("LocationConstraint", namespace)
                .text(location.toString())
                .end("LocationConstraint")
                .bytes();
    }

    @Override
    byte @Nullable [] body(String operation, String namespace, SdkPojo output) {
        return Fields.hasBody(output)
                ? new XmlWriter()
                        .root(operation + "Response", namespace, output)
                        .bytes()
                : null;
    }

    @Override
    byte[] payload(String operation, String namespace, SdkField<?> payload, Object value) {
        return new XmlWriter()
                .root(payload.unmarshallLocationName(), namespace, (SdkPojo) value)
                .bytes();
    }

    @Override
    public WireAnswer error(WireError error, String requestId) {
        XmlWriter xml = new XmlWriter();
        if (s3) {
            xml.start("Error")
                    .element("Code", error.code())
                    .element("Message", error.message())
                    .element("RequestId", requestId)
                    .end("Error");
        } else {
            FormRpc.error(xml, error, requestId);
        }
        return error(error, requestId, xml.bytes());
    }
}
