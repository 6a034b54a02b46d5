package dev.golive.testkit.internal.aws;

import dev.golive.testkit.HttpHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** awsQuery and ec2Query: a form asks, XML answers. */
final class FormRpc implements Codec {

    static final String ACTION = "Action";
    static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    /** Where EC2 differs: no level for lists in the form, none for the result in the answer, other errors. */
    private final boolean ec2;

    FormRpc(boolean ec2) {
        this.ec2 = ec2;
    }

    @Override
    public Optional<String> operation(WireRequest request) {
        return request.isOfType(MEDIA_TYPE)
                ? new Form(request.body(), ec2).value(ACTION).filter(operation -> !operation.isEmpty())
                : Optional.empty();
    }

    @Override
    public void read(WireRequest request, Map<String, String> pathLabels, SdkPojo builder) {
        new Form(request.body(), ec2).readInto(builder);
    }

    @Override
    public WireAnswer write(
            String operation, String namespace, SdkPojo output, byte @Nullable [] streamed, String requestId) {
        String response = operation + "Response";
        String result = operation + "Result";
        XmlWriter xml = new XmlWriter().startRoot(response, namespace);
        if (ec2) {
            xml.element("requestId", requestId).fields(output);
        } else {
            xml.start(result)
                    .fields(output)
                    .end(result)
                    .start("ResponseMetadata")
                    .element("RequestId", requestId)
                    .end("ResponseMetadata");
        }
        return answer(200, xml.end(response), requestId);
    }

    @Override
    public WireAnswer error(WireError error, String requestId) {
        XmlWriter xml = ec2 ? ec2Error(error, requestId) : error(new XmlWriter(), error, requestId);
        return answer(error.status(), xml, requestId);
    }

    /** The error of most protocols with XML. */
    static XmlWriter error(XmlWriter xml, WireError error, String requestId) {
        return xml.start("ErrorResponse")
                .start("Error")
                .element("Type", error.sender() ? "Sender" : "Receiver")
                .element("Code", error.code())
                .element("Message", error.message())
                .end("Error")
                .element("RequestId", requestId)
                .end("ErrorResponse");
    }

    private static XmlWriter ec2Error(WireError error, String requestId) {
        return new XmlWriter()
                .start("Response")
                .start("Errors")
                .start("Error")
                .element("Code", error.code())
                .element("Message", error.message())
                .end("Error")
                .end("Errors")
                .element("RequestID", requestId)
                .end("Response");
    }

    private WireAnswer answer(int status, XmlWriter xml, String requestId) {
        return new WireAnswer(
                status,
                List.of(
                        new HttpHeader(JsonRpc.REQUEST_ID, requestId),
                        new HttpHeader("Content-Type", ec2 ? "text/xml;charset=UTF-8" : "text/xml")),
                xml.bytes());
    }
}
