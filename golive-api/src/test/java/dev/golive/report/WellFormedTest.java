package dev.golive.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.golive.Report;
import dev.golive.SampleReports;
import dev.golive.Status;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Whatever a report says, it is the format that decides how it is read. */
class WellFormedTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Reports.jsonSchema());
    private static final Path XSD = Path.of(
            "../../shared/conformance/junit-xsd/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd");

    /** {@code exposition_formats.md} of Prometheus, text format 0.0.4. */
    private static final Pattern SAMPLE = Pattern.compile(
            "[a-z_]+(\\{[a-z_]+=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\"(,[a-z_]+=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\")*\\}) -?[0-9]+(\\.[0-9]+)?");

    private static final Pattern COMMENT = Pattern.compile("# (HELP [a-z_]+ .+|TYPE [a-z_]+ gauge)");

    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-zA-Z-]+)(?:=\"([^\"]*)\")?");
    private static final Set<String> ATTRIBUTES =
            Set.of(("aria-label aria-labelledby aria-live aria-pressed autocomplete charset checked class content"
                            + " data-name datetime dir for height hidden href http-equiv id lang name open placeholder"
                            + " preserveAspectRatio rel role scope spellcheck tabindex type value viewBox width x")
                    .split(" "));
    private static final Pattern TAG = Pattern.compile(
            "</?(a|b|bdi|body|button|dd|details|div|dl|dt|fieldset|footer|form|h1|h2|h3|head|header|html"
                    + "|input|label|legend|li|link|main|meta|ol|output|p|rect|section|span|summary|svg|table|tbody|td"
                    + "|th|thead|time|title|tr|ul)( [a-zA-Z-]+(=\"[^\"<>]*\")?)*>");

    @Provide
    static Arbitrary<Report> reports() {
        return Arbitraries.oneOf(
                SampleReports.any(),
                SampleReports.text().list().ofMinSize(1).ofMaxSize(10).map(SampleReports::hostile));
    }

    @Property(tries = 200)
    void json_reports_round_trip(@ForAll("reports") Report report) {
        String json = ReportFormat.JSON.render(report);
        Report read = Report.fromJson(json);
        assertThat(read.toJson()).isEqualTo(json);
        assertThat(read.verdict()).isEqualTo(report.verdict());
        assertThat(read.reasons()).isEqualTo(report.reasons());
        assertThat(read.results()).hasSameSizeAs(report.results());
    }

    @Property(tries = 100)
    void json_conforms_to_its_schema(@ForAll("reports") Report report) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(ReportFormat.JSON.render(report));
        assertThat(SCHEMA.validate(tree)).isEmpty();
    }

    @Test
    void the_schema_refuses_what_is_no_report() throws JsonProcessingException {
        assertThat(SCHEMA.validate(JSON.readTree("{\"format\": \"golive-report\", \"version\": 2}")))
                .isNotEmpty();
        String json = ReportFormat.JSON.render(SampleReports.launch());
        assertThat(SCHEMA.validate(JSON.readTree(json.replace("\"FAILED\"", "\"RED\""))))
                .isNotEmpty();
        assertThat(SCHEMA.validate(JSON.readTree(json.replace("\"PT", "\"")))).isNotEmpty();
    }

    @Property(tries = 100)
    void xml_parses_and_has_a_case_for_each_item(@ForAll("reports") Report report) throws Exception {
        NodeList cases = parse(ReportFormat.JUNIT_XML.render(report)).getElementsByTagName("testcase");
        assertThat(cases.getLength())
                .isBetween(report.results().size(), report.results().size() + 1);
    }

    @Test
    void xml_is_valid_by_the_schema_of_jenkins() throws Exception {
        assumeThat(XSD)
                .as("this test needs the JUnit schema at " + XSD.toAbsolutePath())
                .exists();
        Schema schema =
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(XSD.toFile());
        List<Report> reports =
                new ArrayList<>(List.of(SampleReports.launch(), SampleReports.large(200), SampleReports.hostile()));
        SampleReports.HOSTILE.forEach(text -> reports.add(SampleReports.hostile(List.of(text))));
        for (Status status : Status.values()) {
            reports.add(SampleReports.of(status, true));
        }
        for (Report report : reports) {
            String xml = ReportFormat.JUNIT_XML.render(report);
            schema.newValidator().validate(new StreamSource(new StringReader(xml)));
        }
    }

    @Test
    void counts_in_xml_are_those_of_its_cases() throws Exception {
        Document xml = parse(ReportFormat.JUNIT_XML.render(SampleReports.launch()));
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("17");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(suite.getAttribute("errors")).isEqualTo("6");
        assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(6);
        assertThat(suite.getAttribute("skipped")).isEqualTo("4");
        assertThat(xml.getElementsByTagName("skipped").getLength()).isEqualTo(4);
        assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-20T11:40:02");
        NodeList cases = xml.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            assertThat(((Element) cases.item(i)).getAttribute("classname"))
                    .isEqualTo("golive.production.Shop 1_0 on App Runner");
        }
    }

    @Test
    void xml_of_a_report_that_is_no_go_is_never_green() throws Exception {
        for (Status status : Status.values()) {
            for (boolean required : new boolean[] {true, false}) {
                Report report = SampleReports.of(status, required);
                Document xml = parse(ReportFormat.JUNIT_XML.render(report));
                int red = xml.getElementsByTagName("failure").getLength()
                        + xml.getElementsByTagName("error").getLength();
                if (report.exitCode() != 0) {
                    assertThat(red).as("%s: %s", status, report).isPositive();
                }
            }
        }
    }

    @Property(tries = 100)
    void every_line_for_prometheus_matches_the_grammar_and_no_series_comes_twice(@ForAll("reports") Report report) {
        String text = ReportFormat.PROMETHEUS.render(report);
        assertThat(text).endsWith("\n");
        List<String> series = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("#")) {
                assertThat(line).matches(COMMENT);
            } else if (!line.isEmpty()) {
                assertThat(line).matches(SAMPLE);
                series.add(line.substring(0, line.lastIndexOf(' ')));
            }
        }
        assertThat(series).doesNotHaveDuplicates();
    }

    @Test
    void metrics_carry_the_verdict_the_statuses_and_times_in_seconds() {
        String where = "{report=\"Shop 1.0 on App Runner\",environment=\"production\"";
        assertThat(ReportFormat.PROMETHEUS.render(SampleReports.launch()).lines())
                .contains(
                        "golive_verdict" + where + ",verdict=\"NO_GO\"} 1",
                        "golive_verdict" + where + ",verdict=\"GO\"} 0",
                        "golive_items" + where + ",status=\"BLOCKED\"} 3",
                        "golive_report_duration_seconds" + where + "} 6.318",
                        "golive_report_started_timestamp_seconds" + where + "} 1795174802.318",
                        "golive_item_status" + where
                                + ",list=\"Shop 1.0 on App Runner\",item=\"health\",status=\"FAILED\",required=\"true\",kind=\"CHECK\"} 1");
    }

    @Property(tries = 100)
    void markdown_has_one_row_for_each_item_and_no_tag(@ForAll("reports") Report report) {
        String text = ReportFormat.MARKDOWN.render(report);
        assertThat(text).doesNotContain("<", ">");
        List<String> lines = List.of(text.split("\n", -1));
        List<String> rows = lines.subList(lines.indexOf("|---|---|---|---|---|---|") + 1, lines.size() - 1);
        assertThat(rows).hasSameSizeAs(report.results());
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.replaceAll("\\\\[\\\\|]", "").split("\\|", -1))
                        .as(row)
                        .hasSize(8));
        assertThat(lines)
                .allMatch(line -> line.isEmpty()
                        || line.startsWith("# ")
                        || line.startsWith("## ")
                        || line.startsWith("| ")
                        || line.startsWith("|---")
                        || line.startsWith("- ")
                        || line.startsWith("  - ")
                        || line.startsWith("Examined: ")
                        || line.startsWith("**")
                        || line.matches("[0-9]+ items?.*"));
    }

    @Property(tries = 100)
    void text_steers_no_terminal(@ForAll("reports") Report report) {
        assertThat(ReportFormat.TEXT.render(report).codePoints())
                .allMatch(c -> c == '\n' || c >= ' ' && !(c >= 0x7F && c <= 0x9F) && !(c >= 0x202A && c <= 0x202E));
    }

    @Property(tries = 100)
    void a_page_has_no_tag_and_no_attribute_that_its_template_does_not_have(@ForAll("reports") Report report) {
        String page = ReportFormat.HTML.render(report);
        assertThat(page.split("<li class=\"item ", -1)).hasSize(report.results().size() + 1);
        assertThat(page.split("<(script|style)", -1)).hasSize(3);
        String body = page.replace("<!doctype html>", "").replaceAll("(?s)<(script|style)>.*?</\\1>", "");
        Matcher tags = Pattern.compile("<[^ >]*([^>]*)>").matcher(body);
        while (tags.find()) {
            assertThat(tags.group()).matches(TAG);
            for (Matcher name = ATTRIBUTE.matcher(tags.group(1)); name.find(); ) {
                assertThat(name.group(1)).isIn(ATTRIBUTES);
                if (name.group(1).equals("href")) {
                    assertThat(name.group(2)).matches("#[A-Za-z0-9._-]+|data:image/svg.*");
                }
            }
        }
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
