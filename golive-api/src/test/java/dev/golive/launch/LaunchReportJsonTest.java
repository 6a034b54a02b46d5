package dev.golive.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.golive.GoLiveException;
import dev.golive.SampleReports;
import dev.golive.journal.Journal;
import dev.golive.report.LaunchReports;
import dev.golive.report.ReportFormat;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again, and whatever else is handed in is refused with a reason. */
class LaunchReportJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(LaunchReports.jsonSchema());
    private static final List<Journal.Draft> DRAFTS = SampleLaunches.rolledBack();
    private static final String WHOLE = SampleLaunches.report(DRAFTS).toJson();

    @Property(tries = 20)
    void the_beginning_of_every_launch_can_be_reported_and_read_back(@ForAll @IntRange(min = 0, max = 200) int length)
            throws Exception {
        LaunchReport report = SampleLaunches.report(DRAFTS.subList(0, Math.min(length, DRAFTS.size())));
        String json = report.toJson();
        assertThat(LaunchReport.fromJson(json).toJson()).isEqualTo(json);
        assertThat(SCHEMA.validate(JSON.readTree(json))).isEmpty();
        assertThat(SCHEMA.validate(JSON.readTree(report.forSharing().toJson()))).isEmpty();
        assertThat(report.explain()).isNotBlank();
    }

    @Test
    void the_schema_refuses_what_is_no_report_of_a_launch() throws Exception {
        assertThat(SCHEMA.validate(JSON.readTree("{\"format\":\"golive-launch-report\",\"version\":2}")))
                .isNotEmpty();
        assertThat(SCHEMA.validate(JSON.readTree(WHOLE.replace("\"NO_GO\"", "\"MAYBE\""))))
                .isNotEmpty();
        assertThat(SCHEMA.validate(JSON.readTree(WHOLE.replace("\"PT", "\"")))).isNotEmpty();
        assertThat(SCHEMA.validate(JSON.readTree(WHOLE.replace("\"processes\" : 2", "\"processes\" : -2"))))
                .isNotEmpty();
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.of(SampleReports.HOSTILE), SampleReports.text());
    }

    @Property(tries = 12)
    void hostile_texts_round_trip(@ForAll("texts") String text) {
        // the journal itself refuses half of a surrogate pair
        String whole = text.replaceAll("[\\uD800-\\uDFFF]", "");
        String json = SampleLaunches.report(SampleLaunches.rolledBack(whole)).toJson();
        assertThat(LaunchReport.fromJson(json).toJson()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"format\":\"golive-report\",\"version\":1}",
                "{\"format\":\"golive-launch-report\",\"version\":2}",
                "{\"format\":\"golive-launch-report\",\"version\":\"1\"}",
                "{\"format\":\"golive-launch-report\",\"version\":1}",
                "{\"format\":\"golive-launch-report\",\"format\":\"golive-launch-report\",\"version\":1}",
                "not json"
            })
    void what_is_no_report_is_refused(String json) {
        assertThatThrownBy(() -> LaunchReport.fromJson(json))
                .isInstanceOf(GoLiveException.class)
                .hasMessageStartingWith("This");
    }

    @Test
    void deep_nesting_is_refused() {
        String deep = "[".repeat(200_000);
        assertThatThrownBy(() -> LaunchReport.fromJson(deep)).isInstanceOf(GoLiveException.class);
        String open = "{\"format\":\"golive-launch-report\",\"version\":1,\"more\":" + deep;
        assertThatThrownBy(() -> LaunchReport.fromJson(open)).isInstanceOf(GoLiveException.class);
    }

    @Test
    void a_second_document_behind_it_is_refused() {
        assertThatThrownBy(() -> LaunchReport.fromJson(WHOLE + "{}")).isInstanceOf(GoLiveException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"processes\" : 2=>\"processes\" : -1",
                "\"processes\" : 2=>\"processes\" : \"2\"",
                "\"processes\" : 2=>\"processes\" : null",
                "\"processes\" : 2=>\"processes\" : 2.5",
                "\"durable\" : true=>\"durable\" : \"yes\"",
                "\"NO_GO\"=>\"MAYBE\"",
                "\"NO_GO\"=>3",
                "\"uptime\" : 84.0=>\"uptime\" : 184.0",
                "\"uptime\" : 84.0=>\"uptime\" : \"NaN\"",
                "\"median\" : 320.0=>\"median\" : \"NaN\"",
                "PT2M\"=>two minutes\"",
                "\"2027-03-02T09:02:00Z\"=>\"yesterday\"",
                "\"2027-03-02T09:02:00Z\"=>12",
                "\"intact\" : true=>\"intact\" : false"
            })
    void a_value_that_cannot_be_is_refused(String change) {
        String[] parts = change.split("=>", 2);
        assertThat(WHOLE).contains(parts[0]);
        String changed = WHOLE.replace(parts[0], parts[1]);
        assertThatThrownBy(() -> LaunchReport.fromJson(changed))
                .isInstanceOf(GoLiveException.class)
                .hasMessageStartingWith("This is no report of a launch: ");
    }

    @Property(tries = 60)
    void whatever_is_replaced_or_left_out_is_refused_or_read_and_never_breaks(
            @ForAll @IntRange(min = 0, max = 100_000) int where, @ForAll @IntRange(min = 0, max = 6) int what)
            throws Exception {
        ObjectNode root = (ObjectNode) JSON.readTree(WHOLE);
        List<Runnable> changes = new ArrayList<>();
        changes(root, what, changes);
        changes.get(where % changes.size()).run();
        String changed = root.toString();
        LaunchReport report;
        try {
            report = LaunchReport.fromJson(changed);
        } catch (GoLiveException refused) {
            assertThat(refused).hasMessageStartingWith("This");
            return;
        }
        for (LaunchReports.View view : LaunchReports.View.values()) {
            if (view != LaunchReports.View.INCIDENT || report.hasIncident()) {
                assertThat(LaunchReports.render(report, view, ReportFormat.TEXT))
                        .isNotBlank();
            }
        }
        assertThat(LaunchReports.render(report, LaunchReports.View.LAUNCH, ReportFormat.HTML))
                .isNotBlank();
        assertThat(report.forSharing().toJson()).isNotBlank();
        assertThat(report.explain()).isNotBlank();
    }

    private static void changes(JsonNode node, int what, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            for (String name : object.properties().stream()
                    .map(java.util.Map.Entry::getKey)
                    .toList()) {
                changes.add(() -> {
                    switch (what) {
                        case 0 -> object.remove(name);
                        case 1 -> object.putNull(name);
                        case 2 -> object.put(name, Long.MAX_VALUE);
                        case 3 -> object.put(name, "");
                        case 4 -> object.put(name, "+1000000000-12-31T23:59:59.999999999Z");
                        case 5 -> object.put(name, "PT2562047788015215H30M7.999999999S");
                        default -> object.putArray(name).addNull();
                    }
                });
                changes(object.get(name), what, changes);
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(one -> changes(one, what, changes));
        }
    }
}
