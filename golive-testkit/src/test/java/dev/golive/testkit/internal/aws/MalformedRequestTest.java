package dev.golive.testkit.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.golive.testkit.HttpHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudfront.model.UpdateDistributionRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** Whatever comes over the wire is read or refused, and refused in one way only. */
class MalformedRequestTest {

    private static final String JSON =
            "{\"TableName\":\"t\",\"Item\":{\"a\":{\"S\":\"x\"},\"b\":{\"L\":[{\"N\":\"1\"},{\"B\":\"AAE=\"}]},"
                    + "\"c\":{\"M\":{\"d\":{\"BOOL\":true},\"e\":{\"NULL\":false},\"f\":{\"SS\":[\"1\",null]}}}},\"ReturnValues\":\"NONE\"}";
    private static final String LAMBDA =
            "{\"FunctionName\":\"f\",\"Code\":{\"ZipFile\":\"AAEC\"},\"Timeout\":3,\"Publish\":true,\"Environment\":"
                    + "{\"Variables\":{\"A\":\"1\"}},\"Layers\":[\"l\"],\"Tags\":{\"k\":\"v\"},\"MemorySize\":100}";
    private static final String RDS =
            "Action=RestoreDBInstanceToPointInTime&Version=2014-10-31&SourceDBInstanceIdentifier=a"
                    + "&RestoreTime=2027-03-01T09%3A00%3A00.5Z&MultiAZ=true&Port=5432&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-1"
                    + "&VpcSecurityGroupIds.VpcSecurityGroupId.10=sg-2&Tags.Tag.1.Key=k&Tags.Tag.1.Value=v+w&ProcessorFeatures=";
    private static final String EC2 =
            "Action=RunInstances&Version=2016-11-15&MaxCount=1&SecurityGroupId.1=sg-1&EbsOptimized=true"
                    + "&BlockDeviceMapping.1.DeviceName=x&BlockDeviceMapping.1.Ebs.VolumeSize=3&BlockDeviceMapping.2.Ebs.Iops=4"
                    + "&TagSpecification.1.Tag.1.Key=k&TagSpecification.1.Tag.1.Value=v&InstanceMarketOptions.SpotOptions.ValidUntil=2027-03-01T09%3A00%3A00Z";
    private static final String S3 =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                    + "<Rule><ID>a &amp; b</ID><Filter><And><Prefix>p</Prefix><Tag><Key>k</Key><Value/></Tag></And></Filter><Status>Enabled</Status>"
                    + "<Transition><Days>30</Days><StorageClass>GLACIER</StorageClass></Transition><Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration></Rule></LifecycleConfiguration>";
    private static final String CLOUDFRONT =
            "<DistributionConfig><CallerReference>r</CallerReference><Enabled>true</Enabled><Aliases><Quantity>1</Quantity>"
                    + "<Items><CNAME>shop.example</CNAME></Items></Aliases><Comment><![CDATA[x]]></Comment><!-- c --></DistributionConfig>";

    /** A request that is right, and what reads it. */
    private static final class Given {
        private final WireProtocol protocol;
        private final Supplier<SdkPojo> builder;
        private final byte[] body;
        private final String contentType;

        private Given(WireProtocol protocol, Supplier<SdkPojo> builder, byte[] body, String contentType) {
            this.protocol = protocol;
            this.builder = builder;
            this.body = body;
            this.contentType = contentType;
        }

        @Override
        public String toString() {
            return protocol + " " + builder.get().getClass().getName();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cbor() {
        try {
            return new ObjectMapper(new CBORFactory())
                    .writeValueAsBytes(Map.of(
                            "StartTime",
                            1.5e9,
                            "MaxDatapoints",
                            5,
                            "LabelOptions",
                            Map.of("Timezone", "+0100"),
                            "MetricDataQueries",
                            List.of(Map.of(
                                    "Id",
                                    "m1",
                                    "ReturnData",
                                    true,
                                    "MetricStat",
                                    Map.of(
                                            "Period",
                                            60,
                                            "Metric",
                                            Map.of("Dimensions", List.of(Map.of("Name", "n"))))))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Given> given() {
        String form = "application/x-www-form-urlencoded; charset=utf-8";
        return List.of(
                new Given(WireProtocol.JSON_1_0, PutItemRequest::builder, bytes(JSON), "application/x-amz-json-1.0"),
                new Given(WireProtocol.JSON_1_1, PutItemRequest::builder, bytes(JSON), "application/x-amz-json-1.1"),
                new Given(WireProtocol.QUERY, RestoreDbInstanceToPointInTimeRequest::builder, bytes(RDS), form),
                new Given(WireProtocol.EC2_QUERY, RunInstancesRequest::builder, bytes(EC2), form),
                new Given(WireProtocol.REST_JSON, CreateFunctionRequest::builder, bytes(LAMBDA), "application/json"),
                new Given(WireProtocol.REST_XML, UpdateDistributionRequest::builder, bytes(CLOUDFRONT), "text/xml"),
                new Given(
                        WireProtocol.REST_XML_S3,
                        PutBucketLifecycleConfigurationRequest::builder,
                        bytes(S3),
                        "application/xml"),
                new Given(WireProtocol.CBOR, GetMetricDataRequest::builder, cbor(), "application/cbor"));
    }

    private static WireRequest request(Given given, byte[] body) {
        return new WireRequest(
                "POST", "/service/x/operation/y", "", List.of(new HttpHeader("Content-Type", given.contentType)), body);
    }

    /** Reads; whether it was read or refused is not the question. */
    private static boolean reads(Given given, WireRequest request) {
        SdkPojo builder = given.builder.get();
        try {
            WireProtocol.naming(request, "ec2");
            given.protocol.operation(request);
            given.protocol.read(request, Map.of(), builder);
            return true;
        } catch (MalformedRequestException e) {
            assertThat(e).hasMessageMatching("(?s).{1,400}");
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("given")
    void what_is_right_is_read(Given given) {
        SdkPojo builder = given.builder.get();
        given.protocol.read(request(given, given.body), Map.of(), builder);
        SdkPojo read = (SdkPojo) ((Buildable) builder).build();
        assertThat(read.equalsBySdkFields(((Buildable) given.builder.get()).build()))
                .isFalse();
        assertThat(reads(given, request(given, given.body))).isTrue();
    }

    @Provide
    Arbitrary<byte[]> noise() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void noise_is_read_or_refused(@ForAll("noise") byte[] noise) {
        for (Given given : given()) {
            reads(given, request(given, noise));
        }
    }

    /** Bytes that are more likely to matter than others. */
    @Provide
    Arbitrary<Byte> telling() {
        return Arbitraries.oneOf(
                Arbitraries.bytes(),
                Arbitraries.of("\"{}[]:,<>/&;%=.+-0123456789eENx!?' \u0000"
                        .chars()
                        .mapToObj(c -> (byte) c)
                        .toArray(Byte[]::new)),
                Arbitraries.of(
                        (byte) 0xff,
                        (byte) 0x9f,
                        (byte) 0xbf,
                        (byte) 0x5f,
                        (byte) 0x7f,
                        (byte) 0xc1,
                        (byte) 0xfb,
                        (byte) 0x1b));
    }

    @Provide
    Arbitrary<Spoiling> spoilings() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 1).list().ofMinSize(1).ofMaxSize(5),
                        telling().list().ofSize(5),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.of(0, 0, 1, 2, 3))
                .as(Spoiling::new);
    }

    /** What is done to the bytes of a right request. */
    record Spoiling(List<Double> places, List<Byte> values, double cut, int kind) {

        byte[] of(byte[] right) {
            byte[] spoilt = right.clone();
            if (kind == 1) {
                return Arrays.copyOf(right, (int) (cut * right.length));
            }
            if (kind == 2) { // a piece of it twice
                int from = (int) (cut * right.length);
                int to = Math.min(right.length, from + 20);
                byte[] longer = Arrays.copyOf(right, right.length + to - from);
                System.arraycopy(right, from, longer, to, right.length - from);
                return longer;
            }
            for (int i = 0; i < places.size(); i++) {
                spoilt[(int) (places.get(i) * (right.length - 1))] = values.get(i);
            }
            return spoilt;
        }
    }

    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void a_spoilt_request_is_read_or_refused(@ForAll("spoilings") Spoiling spoiling) {
        for (Given given : given()) {
            reads(given, request(given, spoiling.of(given.body)));
        }
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void values_of_any_type_in_any_place_are_read_or_refused(@ForAll long seed) {
        for (Given given : given()) {
            byte[] body = new AnyBody(seed).of(given.protocol, given.builder.get());
            reads(given, request(given, body));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("%+&=?/,\"\\ GMTSun019-:;.aZ\u20ac\ud800")
                .ofMaxLength(40);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void headers_queries_and_labels_are_read_or_refused(@ForAll("texts") String text, @ForAll("texts") String other) {
        List<HttpHeader> headers = new ArrayList<>();
        for (String name : List.of(
                "Expires",
                "Content-Length",
                "x-amz-server-side-encryption-bucket-key-enabled",
                "x-amz-object-lock-retain-until-date",
                "x-amz-meta-a",
                "Content-Type",
                "X-Amz-Target",
                "smithy-protocol")) {
            headers.add(new HttpHeader(name, text));
        }
        WireRequest request = new WireRequest("PUT", "/" + text, other, headers, bytes(other));
        for (Given given : given()) {
            reads(given, request);
        }
        try {
            WireProtocol.REST_XML_S3.read(request, Map.of("Bucket", text, "Key", other), PutObjectRequest.builder());
            Optional<Map<String, String>> labels =
                    UriPattern.of("/{Bucket}/{Key+}?a").match("/" + text, other);
            assertThat(labels).isNotNull();
        } catch (MalformedRequestException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
        try {
            HttpBindings.split(text, true);
            HttpBindings.split(text, false);
        } catch (MalformedRequestException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static byte[] nestedItem(int lists) {
        String item = "{\"L\":[".repeat(lists) + "]}".repeat(lists);
        return bytes("{\"TableName\":\"t\",\"Item\":{\"a\":" + item + "}}");
    }

    @Test
    void json_nested_too_deep_is_refused() {
        PutItemRequest.Builder read = PutItemRequest.builder();
        WireProtocol.JSON_1_0.read(new WireRequest("POST", "/", "", List.of(), nestedItem(40)), Map.of(), read);
        assertThat(read.build().item()).containsKey("a");
        assertRefused(WireProtocol.JSON_1_0, PutItemRequest.builder(), nestedItem(60));
        assertRefused(WireProtocol.JSON_1_0, PutItemRequest.builder(), nestedItem(50_000));
        assertRefused(WireProtocol.JSON_1_0, PutItemRequest.builder(), "[".repeat(200_000));
    }

    private static String nestedElements(int depth) {
        return "<DistributionConfig><Comment>c</Comment>" + "<a>".repeat(depth) + "</a>".repeat(depth)
                + "</DistributionConfig>";
    }

    @Test
    void xml_nested_too_deep_is_refused() {
        UpdateDistributionRequest.Builder read = UpdateDistributionRequest.builder();
        WireProtocol.REST_XML.read(
                new WireRequest("PUT", "/", "", List.of(), bytes(nestedElements(99))), Map.of(), read);
        assertThat(read.build().distributionConfig().comment()).isEqualTo("c");
        assertRefused(WireProtocol.REST_XML, UpdateDistributionRequest.builder(), nestedElements(100));
        assertRefused(WireProtocol.REST_XML, UpdateDistributionRequest.builder(), "<a>".repeat(200_000));
    }

    @Test
    void forms_nested_too_deep_are_refused() {
        assertRefused(
                WireProtocol.QUERY, GetMetricDataRequest.builder(), "MetricDataQueries" + ".1".repeat(200_000) + "=1");
    }

    @Test
    void cbor_nested_too_deep_is_refused() {
        byte[] body = new byte[200_000];
        Arrays.fill(body, (byte) 0x9f);
        assertRefused(WireProtocol.CBOR, GetMetricDataRequest.builder(), body);
        Arrays.fill(body, (byte) 0xc1);
        assertRefused(WireProtocol.CBOR, GetMetricDataRequest.builder(), body);
    }

    @Test
    void a_length_that_is_a_lie_costs_nothing() {
        for (String hex : List.of(
                "5b7fffffffffffffff",
                "7b7fffffffffffffff",
                "9b7fffffffffffffff",
                "bb7fffffffffffffff",
                "5a7fffffff",
                "c25a7fffffff")) {
            byte[] body = new byte[hex.length() / 2];
            for (int i = 0; i < body.length; i++) {
                body[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
            }
            assertRefused(WireProtocol.CBOR, GetMetricDataRequest.builder(), body);
        }
    }

    @Test
    void entities_and_type_definitions_are_refused() {
        String bomb = "<!DOCTYPE a [<!ENTITY x \"" + "y".repeat(1000) + "\"><!ENTITY z \"" + "&x;".repeat(1000)
                + "\">]>" + "<DistributionConfig><Comment>" + "&z;".repeat(1000) + "</Comment></DistributionConfig>";
        assertRefused(WireProtocol.REST_XML, UpdateDistributionRequest.builder(), bomb);
        assertRefused(
                WireProtocol.REST_XML,
                UpdateDistributionRequest.builder(),
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/\"><DistributionConfig/>");
        assertRefused(
                WireProtocol.REST_XML,
                UpdateDistributionRequest.builder(),
                "<DistributionConfig>&x;</DistributionConfig>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e999999999",
                "9999999999999999999999",
                "\"2027-03-01T09:00:00Z\"",
                "true",
                "{}",
                "[]"
            })
    void what_is_no_timestamp_in_json_is_refused(String value) {
        assertRefused(WireProtocol.JSON_1_0, ListBackupsRequest.builder(), "{\"TimeRangeLowerBound\":" + value + "}");
    }

    @Test
    void a_timestamp_too_small_to_matter_is_read_at_once() {
        ListBackupsRequest.Builder read = ListBackupsRequest.builder();
        byte[] body = bytes("{\"TimeRangeLowerBound\":1e-999,\"TimeRangeUpperBound\":1.5}");
        WireProtocol.JSON_1_0.read(new WireRequest("POST", "/", "", List.of(), body), Map.of(), read);
        assertThat(read.build().timeRangeLowerBound()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(read.build().timeRangeUpperBound()).isEqualTo("1970-01-01T00:00:01.5Z");
    }

    private static void assertRefused(WireProtocol protocol, SdkPojo builder, String body) {
        assertRefused(protocol, builder, bytes(body));
    }

    private static void assertRefused(WireProtocol protocol, SdkPojo builder, byte[] body) {
        WireRequest request = new WireRequest("POST", "/", "", List.of(), body);
        assertThatThrownBy(() -> protocol.read(request, Map.of(), builder))
                .isInstanceOf(MalformedRequestException.class);
    }
}
