package dev.golive.testkit.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.golive.testkit.HttpHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.smithy.aws.traits.protocols.AwsQueryErrorTrait;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.node.StringNode;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.model.traits.HttpPayloadTrait;
import software.amazon.smithy.model.traits.HttpQueryParamsTrait;
import software.amazon.smithy.model.traits.HttpTrait;
import software.amazon.smithy.model.traits.XmlNamespaceTrait;
import software.amazon.smithy.protocoltests.traits.AppliesTo;
import software.amazon.smithy.protocoltests.traits.HttpMalformedRequestDefinition;
import software.amazon.smithy.protocoltests.traits.HttpMalformedRequestTestCase;
import software.amazon.smithy.protocoltests.traits.HttpMalformedRequestTestsTrait;
import software.amazon.smithy.protocoltests.traits.HttpMessageTestCase;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestCase;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestsTrait;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestCase;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestsTrait;

/** The official vectors of the protocols, as far as a service is concerned. */
class ProtocolVectorsTest {

    private static final Model MODEL =
            Model.assembler().discoverModels().disableValidation().assemble().unwrap();

    private static final Map<String, WireProtocol> PROTOCOLS = Map.of(
            "aws.protocols#awsJson1_0", WireProtocol.JSON_1_0,
            "aws.protocols#awsJson1_1", WireProtocol.JSON_1_1,
            "aws.protocols#awsQuery", WireProtocol.QUERY,
            "aws.protocols#ec2Query", WireProtocol.EC2_QUERY,
            "aws.protocols#restJson1", WireProtocol.REST_JSON,
            "aws.protocols#restXml", WireProtocol.REST_XML,
            "smithy.protocols#rpcv2Cbor", WireProtocol.CBOR);

    private static final String COMPRESSION = "compressing requests is not read back: no operation in use has it";
    private static final String DEFAULTS = "defaults of the model are not in the classes of the SDK";
    private static final String SAME_ON_WIRE = "what was empty for the client is not on the wire";
    private static final String OFFSETS = "clients must read offsets; services write UTC";
    private static final String MEDIA_TYPE = "media types of members are not in the classes of the SDK";
    private static final String NO_OUTPUT = "the SDK has a class for no output too: an empty object is written";

    /** What every answer has, though some vectors leave it out. */
    private static final List<String> METADATA = List.of(
            "\n<ResponseMetadata>\n<RequestId>requestid</RequestId></ResponseMetadata>",
            "\n<requestId>requestid</requestId>");

    /** Vectors of requests that are not run, with the reason. */
    private static final Map<String, String> EXCLUDED_REQUESTS = reasons(Map.of(
            COMPRESSION,
            List.of(
                    "SDKAppliedContentEncoding_awsJson1_0",
                    "SDKAppliedContentEncoding_awsJson1_1",
                    "SDKAppliedContentEncoding_awsQuery",
                    "SDKAppliedContentEncoding_ec2Query",
                    "SDKAppliedContentEncoding_restJson1",
                    "SDKAppliedContentEncoding_restXml",
                    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0",
                    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1",
                    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery",
                    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query",
                    "SDKAppendedGzipAfterProvidedEncoding_restJson1",
                    "SDKAppendedGzipAfterProvidedEncoding_restXml"),
            DEFAULTS,
            List.of(
                    "AwsJson10ServerPopulatesDefaultsWhenMissingInRequestBody",
                    "AwsJson10ServerPopulatesNestedDefaultsWhenMissingInRequestBody",
                    "RestJsonServerPopulatesDefaultsWhenMissingInRequestBody",
                    "RestJsonServerPopulatesNestedDefaultsWhenMissingInRequestBody",
                    "RpcV2CborServerPopulatesDefaultsWhenMissingInRequestBody"),
            SAME_ON_WIRE,
            List.of(
                    "Ec2EmptyQueryLists",
                    "QueryEmptyQueryMaps",
                    "RestJsonOmitsEmptyListQueryValues",
                    "RestJsonHttpWithEmptyStructurePayload",
                    "RestJsonHttpWithHeadersButNoPayload")));

    /** Vectors of responses that are not run, with the reason. */
    private static final Map<String, String> EXCLUDED_RESPONSES = reasons(Map.of(
            DEFAULTS,
            List.of(
                    "AwsJson10ServerPopulatesDefaultsInResponseWhenMissingInParams",
                    "AwsJson10ServerPopulatesNestedDefaultValuesWhenMissingInInResponseParams",
                    "RestJsonServerPopulatesDefaultsInResponseWhenMissingInParams",
                    "RestJsonServerPopulatesNestedDefaultValuesWhenMissingInInResponseParams",
                    "RpcV2CborServerPopulatesDefaultsInResponseWhenMissingInParams"),
            OFFSETS,
            List.of(
                    "Ec2QueryDateTimeWithNegativeOffset",
                    "Ec2QueryDateTimeWithPositiveOffset",
                    "RestXmlDateTimeWithNegativeOffset",
                    "RestXmlDateTimeWithPositiveOffset"),
            MEDIA_TYPE,
            List.of(
                    "HttpPayloadTraitsWithMediaTypeWithBlob",
                    "RestJsonHttpPayloadTraitsWithMediaTypeWithBlob",
                    "RestJsonStreamingTraitsWithMediaTypeWithBlob"),
            NO_OUTPUT,
            List.of(
                    "AwsJson10ServiceRespondsWithNoPayload",
                    "json_1_1_service_responds_with_no_payload",
                    "RestJsonNoInputAndNoOutput",
                    "RestJsonUnitInputAndOutputNoOutput",
                    "no_output"),
            "it wants the header of a request on its response",
            List.of("AwsJson11IntEnums")));

    /** Vectors of malformed requests that are not run, with the reason. */
    private static final Map<String, String> EXCLUDED_MALFORMED = reasons(Map.of(
            "the classes of the SDK do not say which lists and maps may have nulls",
            List.of("RestJsonBodyMalformedListNullItem", "RestJsonBodyMalformedMapNullValue"),
            "the classes of the SDK do not say what is a union",
            List.of(
                    "RestJsonMalformedUnionMultipleFieldsSet",
                    "RestJsonMalformedUnionKnownAndUnknownFieldsSet",
                    "RestJsonMalformedUnionNoFieldsSet",
                    "RestJsonMalformedUnionEmptyObjectNoFieldsSet",
                    "RestJsonMalformedUnionUnknownMember")));

    private static Map<String, String> reasons(Map<String, List<String>> ids) {
        Map<String, String> reasons = new TreeMap<>();
        ids.forEach((reason, list) -> list.forEach(id -> reasons.put(id, reason)));
        return reasons;
    }

    /** One vector with the operation or the error it is about. */
    record Vector<T extends HttpMessageTestCase>(WireProtocol protocol, Shape shape, T test) {
        @Override
        public String toString() {
            return protocol + " " + test.getId();
        }
    }

    private static <T extends HttpMessageTestCase> Stream<Vector<T>> vectors(Shape shape, List<T> tests) {
        return tests.stream()
                .filter(test ->
                        test.getAppliesTo().filter(AppliesTo.CLIENT::equals).isEmpty())
                .filter(test -> PROTOCOLS.containsKey(test.getProtocol().toString()))
                .map(test -> new Vector<>(protocol(shape, test), shape, test));
    }

    private static WireProtocol protocol(Shape shape, HttpMessageTestCase test) {
        return shape.getId().getNamespace().equals("com.amazonaws.s3")
                ? WireProtocol.REST_XML_S3
                : PROTOCOLS.get(test.getProtocol().toString());
    }

    static Stream<Vector<HttpRequestTestCase>> requests() {
        return allRequests()
                .filter(vector -> !EXCLUDED_REQUESTS.containsKey(vector.test().getId()));
    }

    private static Stream<Vector<HttpRequestTestCase>> allRequests() {
        return MODEL.shapes(OperationShape.class)
                .sorted()
                .flatMap(operation -> operation.getTrait(HttpRequestTestsTrait.class).stream()
                        .flatMap(trait -> vectors(operation, trait.getTestCases())));
    }

    static Stream<Vector<HttpResponseTestCase>> responses() {
        return allResponses()
                .filter(vector -> !EXCLUDED_RESPONSES.containsKey(vector.test().getId()));
    }

    private static Stream<Vector<HttpResponseTestCase>> allResponses() {
        return MODEL.shapes(OperationShape.class)
                .sorted()
                .flatMap(operation -> operation.getTrait(HttpResponseTestsTrait.class).stream()
                        .flatMap(trait -> vectors(operation, trait.getTestCases())));
    }

    @Test
    void as_many_vectors_are_run_as_there_were_when_they_were_counted() {
        Map<WireProtocol, List<Long>> counts = new EnumMap<>(WireProtocol.class);
        for (WireProtocol protocol : WireProtocol.values()) {
            counts.put(
                    protocol,
                    Stream.of(requests(), responses(), errors())
                            .map(vectors -> vectors.filter(vector -> vector.protocol() == protocol)
                                    .count())
                            .collect(Collectors.toList()));
        }
        assertThat(counts)
                .isEqualTo(Map.of(
                        WireProtocol.JSON_1_0, List.of(20L, 15L, 3L),
                        WireProtocol.JSON_1_1, List.of(56L, 40L, 3L),
                        WireProtocol.QUERY, List.of(32L, 27L, 3L),
                        WireProtocol.EC2_QUERY, List.of(23L, 22L, 2L),
                        WireProtocol.REST_JSON, List.of(128L, 80L, 3L),
                        WireProtocol.REST_XML, List.of(86L, 68L, 2L),
                        WireProtocol.REST_XML_S3, List.of(11L, 1L, 1L),
                        WireProtocol.CBOR, List.of(34L, 20L, 3L)));
        assertThat(malformed()).hasSize(511);
    }

    @Test
    void no_exclusion_outlives_its_vector() {
        assertThat(allRequests().map(vector -> vector.test().getId())).containsAll(EXCLUDED_REQUESTS.keySet());
        assertThat(allResponses().map(vector -> vector.test().getId())).containsAll(EXCLUDED_RESPONSES.keySet());
        assertThat(allMalformed().map(Malformed::toString)).containsAll(EXCLUDED_MALFORMED.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void a_request_is_read(Vector<HttpRequestTestCase> vector) {
        HttpRequestTestCase test = vector.test();
        OperationShape operation = (OperationShape) vector.shape();
        Shapes shapes = new Shapes(MODEL, vector.protocol(), true);
        ShapePojo builder = shapes.pojo(operation.getInputShape());
        WireRequest request = request(vector);

        vector.protocol().read(request, labels(operation, request), builder);

        ShapePojo expected = shapes.pojo(operation.getInputShape(), test.getParams());
        for (MemberShape member : MODEL.expectShape(operation.getInputShape()).members()) {
            if (member.hasTrait(HttpQueryParamsTrait.class) && !expected.values.containsKey(member.getMemberName())) {
                builder.values.remove(member.getMemberName()); // a map of all parameters, which only services fill
            }
        }
        assertThat(builder).isEqualTo(expected);
        if (!test.getUri().equals("/") || request.header("X-Amz-Target").isPresent()) {
            assertThat(WireProtocol.naming(request, vector.protocol() == WireProtocol.EC2_QUERY ? "ec2" : "x"))
                    .isEqualTo(isRest(vector.protocol()) ? Optional.empty() : Optional.of(vector.protocol()));
        }
        if (!isRest(vector.protocol())
                && (!test.getUri().equals("/") || request.header("X-Amz-Target").isPresent())) {
            assertThat(vector.protocol().operation(request))
                    .contains(operation.getId().getName());
        }
    }

    private static WireRequest request(Vector<HttpRequestTestCase> vector) {
        HttpRequestTestCase test = vector.test();
        List<HttpHeader> headers = new ArrayList<>();
        test.getHeaders().forEach((name, value) -> headers.add(new HttpHeader(name, value)));
        String bucket = test.getParams().getStringMemberOrDefault("Bucket", "");
        boolean bucketInHost = vector.protocol() == WireProtocol.REST_XML_S3
                && !bucket.isEmpty()
                && !test.getUri().startsWith("/" + bucket);
        return new WireRequest(
                test.getMethod(),
                bucketInHost ? "/" + bucket + test.getUri() : test.getUri(),
                String.join("&", test.getQueryParams()),
                headers,
                body(vector.protocol(), test));
    }

    private static boolean isRest(WireProtocol protocol) {
        return protocol.name().startsWith("REST");
    }

    private static byte[] body(WireProtocol protocol, HttpMessageTestCase test) {
        String body = test.getBody().orElse("");
        return protocol == WireProtocol.CBOR ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> labels(OperationShape operation, WireRequest request) {
        Optional<HttpTrait> http = operation.getTrait(HttpTrait.class);
        return http.isEmpty()
                ? Map.of()
                : UriPattern.of(http.get().getUri().toString())
                        .match(request.rawPath(), request.rawQuery())
                        .orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("responses")
    void a_response_is_written(Vector<HttpResponseTestCase> vector) throws IOException {
        HttpResponseTestCase test = vector.test();
        OperationShape operation = (OperationShape) vector.shape();
        Shapes shapes = new Shapes(MODEL, vector.protocol(), false);
        ShapePojo output = shapes.pojo(operation.getOutputShape(), test.getParams());
        Optional<MemberShape> stream = shapes.stream(operation.getOutputShape());
        byte[] streamed = stream.flatMap(member -> test.getParams().getStringMember(member.getMemberName()))
                .map(node -> node.getValue().getBytes(StandardCharsets.UTF_8))
                .orElse(stream.isPresent() ? new byte[0] : null);

        String requestId = test.getHeaders().getOrDefault("X-Amzn-Requestid", "requestid");
        WireAnswer answer = vector.protocol()
                .write(
                        operation.getId().getName(),
                        namespace(vector.protocol(), operation),
                        output,
                        streamed,
                        requestId);

        int declared =
                operation.getTrait(HttpTrait.class).map(HttpTrait::getCode).orElse(200);
        assertThat(declared == 200 ? answer.status() : declared).isEqualTo(test.getCode());
        test.getHeaders().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Content-Length")) { // which is the business of the HTTP server
                assertThat(header(answer, name)).as(name).isEqualTo(value);
            }
        });
        test.getForbidHeaders()
                .forEach(name -> assertThat(header(answer, name)).as(name).isEmpty());
        if (test.getBody().isPresent()) {
            boolean payload = MODEL.expectShape(operation.getOutputShape()).members().stream()
                    .anyMatch(member -> member.hasTrait(HttpPayloadTrait.class));
            boolean rest = vector.protocol() == WireProtocol.REST_XML || vector.protocol() == WireProtocol.REST_XML_S3;
            assertBody(
                    answer.body(),
                    body(vector.protocol(), test),
                    test.getBodyMediaType().orElse(""),
                    payload || !rest);
        }
    }

    private static void assertBody(byte[] actual, byte[] expected, String mediaType, boolean rootName)
            throws IOException {
        if (expected.length == 0 || actual.length == 0) {
            assertThat(new String(actual, StandardCharsets.UTF_8))
                    .isEqualTo(new String(expected, StandardCharsets.UTF_8));
        } else if (mediaType.endsWith("json")) {
            assertThat(Trees.json(actual)).isEqualTo(Trees.json(expected));
        } else if (mediaType.endsWith("xml")) {
            String wanted = Trees.xml(expected, rootName);
            String written = Trees.xml(actual, rootName);
            for (String metadata : METADATA) {
                written = wanted.contains(metadata) ? written : written.replace(metadata, "");
            }
            assertThat(written).isEqualTo(wanted);
            assertThat(Trees.namespace(actual)).isEqualTo(Trees.namespace(expected));
        } else if (mediaType.endsWith("cbor")) {
            assertThat(Trees.cbor(actual)).isEqualTo(Trees.cbor(expected));
        } else {
            assertThat(new String(actual, StandardCharsets.UTF_8))
                    .isEqualTo(new String(expected, StandardCharsets.UTF_8));
        }
    }

    private static String header(WireAnswer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HttpHeader::value)
                .collect(Collectors.joining(", "));
    }

    /** What a fake would say the namespace is: that of the root, or that of the service. */
    private static String namespace(WireProtocol protocol, OperationShape operation) {
        Shape output = MODEL.expectShape(operation.getOutputShape());
        Shape root = output.members().stream()
                .filter(member -> member.hasTrait(HttpPayloadTrait.class))
                .findFirst()
                .map(member -> MODEL.expectShape(member.getTarget()))
                .orElse(output);
        Stream<ServiceShape> services = MODEL.shapes(ServiceShape.class)
                .filter(service -> service.getOperations().contains(operation.getId()));
        return Stream.concat(isRest(protocol) ? Stream.of(root) : Stream.empty(), services)
                .flatMap(shape -> shape.getTrait(XmlNamespaceTrait.class).stream())
                .filter(namespace -> namespace.getPrefix().isEmpty())
                .map(XmlNamespaceTrait::getUri)
                .findFirst()
                .orElse("");
    }

    static Stream<Vector<HttpResponseTestCase>> errors() {
        return MODEL.shapes(StructureShape.class)
                .filter(shape -> shape.hasTrait(ErrorTrait.class))
                .sorted()
                .flatMap(error -> error.getTrait(HttpResponseTestsTrait.class).stream()
                        .flatMap(trait -> vectors(error, trait.getTestCases())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void an_error_is_written(Vector<HttpResponseTestCase> vector) throws IOException {
        HttpResponseTestCase test = vector.test();
        String code = vector.shape()
                .getTrait(AwsQueryErrorTrait.class)
                .filter(trait -> vector.protocol() == WireProtocol.QUERY)
                .map(AwsQueryErrorTrait::getCode)
                .orElse(vector.shape().getId().getName());
        String message = test.getParams()
                .getStringMember("message")
                .or(() -> test.getParams().getStringMember("Message"))
                .map(StringNode::getValue)
                .orElse("");
        boolean sender = vector.shape().expectTrait(ErrorTrait.class).isClientError();

        WireAnswer answer = vector.protocol().error(new WireError(test.getCode(), code, message, sender), "foo-id");

        assertThat(answer.status()).isEqualTo(test.getCode());
        test.getHeaders().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("X-Amzn-Errortype")) {
                assertThat(header(answer, name)).as(name).isEqualTo(value);
            }
        });
        if (test.getBody().isPresent()) {
            Map<String, String> expected = said(vector.protocol(), body(vector.protocol(), test));
            Map<String, String> actual = new TreeMap<>(said(vector.protocol(), answer.body()));
            actual.keySet().retainAll(expected.keySet());
            if (message.isEmpty()) { // a structure of its own, of which only the type is ours
                List.of("message", "Message").forEach(name -> {
                    expected.remove(name);
                    actual.remove(name);
                });
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    /** One vector of a request that a service cannot read. */
    record Malformed(OperationShape operation, HttpMalformedRequestTestCase test) {
        @Override
        public String toString() {
            return test.getId();
        }
    }

    static Stream<Malformed> malformed() {
        return allMalformed()
                .filter(vector -> !EXCLUDED_MALFORMED.containsKey(vector.test().getId()));
    }

    private static Stream<Malformed> allMalformed() {
        return MODEL.shapes(OperationShape.class)
                .filter(operation -> operation.getId().getNamespace().equals("aws.protocoltests.restjson"))
                .sorted()
                .flatMap(operation -> operation.getTrait(HttpMalformedRequestTestsTrait.class).stream()
                        .flatMap(trait -> trait.getTestCases().stream())
                        .filter(test -> "SerializationException"
                                .equals(test.getResponse().getHeaders().get("x-amzn-errortype")))
                        .map(test -> new Malformed(operation, test)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void a_request_that_contradicts_the_model_is_refused(Malformed vector) {
        HttpMalformedRequestDefinition definition = vector.test().getRequest();
        List<HttpHeader> headers = new ArrayList<>();
        definition.getHeaders().forEach((name, value) -> headers.add(new HttpHeader(name, value)));
        WireRequest request = new WireRequest(
                definition.getMethod(),
                definition.expectUri(),
                String.join("&", definition.getQueryParams()),
                headers,
                definition.getBody().orElse("").getBytes(StandardCharsets.UTF_8));
        ShapePojo builder = new Shapes(MODEL, WireProtocol.REST_JSON, true)
                .pojo(vector.operation().getInputShape());
        assertThatThrownBy(() -> WireProtocol.REST_JSON.read(request, labels(vector.operation(), request), builder))
                .as(
                        "%s %s?%s %s read as %s",
                        headers, request.rawPath(), request.rawQuery(), definition.getBody(), builder)
                .isInstanceOf(MalformedRequestException.class);
    }

    /** What clients read of an error; an error of ours has no further members. */
    private static Map<String, String> said(WireProtocol protocol, byte[] body) throws IOException {
        Map<String, String> said = new TreeMap<>();
        if (body.length == 0) {
            return said;
        }
        if (protocol == WireProtocol.QUERY
                || protocol == WireProtocol.EC2_QUERY
                || protocol == WireProtocol.REST_XML
                || protocol == WireProtocol.REST_XML_S3) {
            boolean s3 = protocol == WireProtocol.REST_XML_S3; // whose errors have no type, though its vector has
            for (String name : List.of("Code", "Message", s3 ? "Code" : "Type", "RequestId", "RequestID")) {
                Trees.text(body, name).ifPresent(text -> said.put(name, text));
            }
        } else {
            JsonNode tree = Trees.read(protocol == WireProtocol.CBOR, body);
            if (tree.has("__type")) {
                said.put("code", tree.get("__type").asText().replaceFirst(".*#", ""));
            }
            for (String name : List.of("message", "Message")) {
                if (tree.has(name)) {
                    said.put("message", tree.get(name).asText());
                }
            }
        }
        return said;
    }
}
