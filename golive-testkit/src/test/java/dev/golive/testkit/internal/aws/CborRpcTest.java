package dev.golive.testkit.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.golive.testkit.HttpHeader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** The protocol that newer clients of CloudWatch speak; its bytes are written by hand, as the SDK in use has none. */
class CborRpcTest {

    private static final List<HttpHeader> HEADERS = List.of(
            new HttpHeader("smithy-protocol", "rpc-v2-cbor"),
            new HttpHeader("Content-Type", "application/cbor"),
            new HttpHeader("X-Amzn-Query-Mode", "true"));

    private static WireRequest request(String hex) {
        byte[] body = new byte[hex.length() / 2];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return new WireRequest(
                "POST", "/service/GraniteServiceVersion20100801/operation/GetMetricData", "", HEADERS, body);
    }

    /** A map of one entry without a length: the way clients write structures. */
    private static String structure(String name, String value) {
        StringBuilder hex = new StringBuilder("bf").append(String.format("%02x", 0x60 + name.length()));
        name.chars().forEach(c -> hex.append(String.format("%02x", c)));
        return hex.append(value).append("ff").toString();
    }

    @ParameterizedTest
    @CsvSource({
        "c11a4ed5ff1b, 1322647323000", // an integer
        "c1fa4e9dabfe, 1322647296000", // 32 bits, as Java sends them when they suffice
        "c1fb41d3b57fc6c0b439, 1322647323011", // 64 bits
        "c1f93c00, 1000", // 16 bits
        "1a4ed5ff1b, 1322647323000", // without its tag
        "c120, -1000"
    })
    void timestamps_are_read_however_they_are_written(String value, long millis) {
        GetMetricDataRequest.Builder read = GetMetricDataRequest.builder();
        WireProtocol.CBOR.read(request(structure("StartTime", value)), Map.of(), read);
        assertThat(read.build().startTime().toEpochMilli()).isEqualTo(millis);
    }

    @Test
    void text_in_pieces_maps_with_a_length_and_unknown_members_are_read() {
        GetMetricDataRequest.Builder read = GetMetricDataRequest.builder();
        // {"NextToken": (_ "ab", "c"), "Unknown": [1, {}], "MaxDatapoints": null}
        WireProtocol.CBOR.read(
                request("a3694e657874546f6b656e7f6261626163ff67556e6b6e6f776e8201a06d4d617844617461706f696e7473f6"),
                Map.of(),
                read);
        assertThat(read.build())
                .isEqualTo(GetMetricDataRequest.builder().nextToken("abc").build());
    }

    @Test
    void no_body_is_a_structure_without_members() {
        GetMetricDataRequest.Builder read = GetMetricDataRequest.builder();
        WireProtocol.CBOR.read(request(""), Map.of(), read);
        assertThat(read.build()).isEqualTo(GetMetricDataRequest.builder().build());
    }

    @Test
    void half_floats_are_numbers() {
        PutMetricAlarmRequest.Builder read = PutMetricAlarmRequest.builder();
        WireProtocol.CBOR.read(request(structure("Threshold", "f93e00")), Map.of(), read);
        assertThat(read.build().threshold()).isEqualTo(1.5);
    }

    @ParameterizedTest
    @CsvSource({"c1f97e00", "c1fb7ff0000000000000", "c1646e6f6f6e", "c11bffffffffffffffff", "c1a0"})
    void what_is_no_timestamp_is_malformed(String value) {
        GetMetricDataRequest.Builder read = GetMetricDataRequest.builder();
        WireRequest request = request(structure("StartTime", value));
        assertThatThrownBy(() -> WireProtocol.CBOR.read(request, Map.of(), read))
                .isInstanceOf(MalformedRequestException.class);
    }

    @Test
    void the_operation_is_in_the_path() {
        assertThat(WireProtocol.naming(request("bfff"), "monitoring")).contains(WireProtocol.CBOR);
        assertThat(WireProtocol.CBOR.operation(request("bfff"))).contains("GetMetricData");
    }

    @Test
    void timestamps_are_written_with_their_tag() throws IOException {
        WireAnswer answer = WireProtocol.CBOR.write(
                "GetMetricData",
                "",
                GetMetricDataResponse.builder()
                        .metricDataResults(MetricDataResult.builder()
                                .timestamps(Instant.ofEpochSecond(5), Instant.ofEpochMilli(5500))
                                .values(1.5)
                                .build())
                        .build(),
                null,
                "id");
        int tagged = 0;
        try (CBORParser parser = new CBORFactory().createParser(answer.body())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tagged += parser.getCurrentTag() == 1 ? 1 : 0;
            }
        }
        assertThat(tagged).isEqualTo(2);
        assertThat(answer.headers())
                .contains(new HttpHeader("smithy-protocol", "rpc-v2-cbor"))
                .contains(new HttpHeader("Content-Type", "application/cbor"));
    }

    @Test
    void an_error_has_its_code_in_the_header_that_old_clients_read() throws IOException {
        WireAnswer answer =
                WireProtocol.CBOR.error(new WireError(404, "ResourceNotFound", "No such alarm", true), "id");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers()).contains(new HttpHeader("x-amzn-query-error", "ResourceNotFound;Sender"));
        assertThat(Trees.read(true, answer.body()).get("message").asText()).isEqualTo("No such alarm");
        assertThat(Trees.read(true, answer.body()).get("__type").asText()).isEqualTo("ResourceNotFound");
    }
}
