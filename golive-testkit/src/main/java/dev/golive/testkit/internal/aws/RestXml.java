package dev.golive.testkit.internal.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** restXml, and the way S3 speaks it. */
final class RestXml extends RestCodec {

    /** S3 does not wrap its errors. */
    private final boolean s3;

    RestXml(boolean s3) {
        super(s3 ? "x-amz-request-id" : JsonRpc.REQUEST_ID, s3 ? "application/xml" : "text/xml");
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
