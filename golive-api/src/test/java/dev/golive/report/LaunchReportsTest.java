package dev.golive.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.SampleReports;
import dev.golive.journal.Journal;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.SampleLaunches;
import dev.golive.report.LaunchReports.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launch in every view and format. */
class LaunchReportsTest {

    private static final LaunchReport ROLLED_BACK = SampleLaunches.report(SampleLaunches.rolledBack());
    private static final LaunchReport COMPLETED = SampleLaunches.report(SampleLaunches.completed());
    private static final List<ReportFormat> WRITTEN =
            List.of(ReportFormat.TEXT, ReportFormat.MARKDOWN, ReportFormat.HTML);

    private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+(?:=\"[^\"<>]*\")?)*)>");
    private static final Pattern ANY_TAG = Pattern.compile("<(?!!doctype)[^>]*>?");
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-zA-Z-]+)(?:=\"([^\"]*)\")?");

    @TempDir
    Path directory;

    private static String render(LaunchReport report, View view, ReportFormat format) {
        return LaunchReports.render(report, view, format);
    }

    /** Without the line breaks of plain text. */
    private static String words(LaunchReport report, View view, ReportFormat format) {
        return render(report, view, format).replaceAll("\\s+", " ");
    }

    @Test
    void every_format_tells_the_launch() {
        for (ReportFormat format : WRITTEN) {
            assertThat(words(ROLLED_BACK, View.LAUNCH, format))
                    .as(format.name())
                    .contains("Shop 2.0", "PARTIALLY ROLLED BACK", ROLLED_BACK.launchId(), "kim.lee", "req-77")
                    .contains("health fails in 4 samples in a row", "dpl-41", "dpl-42", "beef01")
                    .contains("kim.lee does not act as release-manager", "Shop 2.0 goes live at 10:00", "429")
                    .contains("C12 days left: 20 -")
                    .contains(ROLLED_BACK.journal().head())
                    .doesNotContain("secret-token");
        }
    }

    @Test
    void every_format_of_an_incident_begins_with_the_first_bad_sample() {
        for (ReportFormat format : WRITTEN) {
            assertThat(words(ROLLED_BACK, View.INCIDENT, format))
                    .as(format.name())
                    .contains("2027-03-02 09:08:20 UTC", "4 min 15 s", "2 min 50 s", "customers see it", "known")
                    .contains("undo:flag is FAILED: 403", "1 announcement could not be posted")
                    .doesNotContain("step 1.1 began", "Shop 2.0 goes live at 10:00");
        }
    }

    @Test
    void every_format_of_the_service_level_keeps_unknown_apart() {
        for (ReportFormat format : WRITTEN) {
            assertThat(words(ROLLED_BACK, View.SLA, format))
                    .as(format.name())
                    .contains("84 %", "3 min 50 s from 2027-03-02 09:08:20 UTC", "1 %", "orders p99", "320", "400")
                    .contains("Unknown samples count neither as up nor as down", "cannot be averaged")
                    .doesNotContain("beef01");
        }
        assertThat(render(ROLLED_BACK, View.SLA, ReportFormat.MARKDOWN))
                .contains("| 84 % | health | 21 | 4 | 1 | 1 | 3 min 50 s from");
    }

    @Test
    void uptime_is_never_rounded_up_to_all() {
        LaunchReport report = LaunchReport.fromJson(ROLLED_BACK.toJson().replace("84.0", "99.99999"));
        assertThat(render(report, View.SLA, ReportFormat.TEXT))
                .contains("99.999 %")
                .doesNotContain("100 %");
    }

    @Test
    void json_is_the_whole_report_whatever_the_view() {
        for (View view : View.values()) {
            assertThat(render(ROLLED_BACK, view, ReportFormat.JSON)).isEqualTo(ROLLED_BACK.toJson());
        }
    }

    @Test
    void an_incident_that_was_none_is_refused() {
        assertThatThrownBy(() -> render(COMPLETED, View.INCIDENT, ReportFormat.TEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("view must be LAUNCH or SLA, since no rollback was decided and no gate failed, but was"
                        + " INCIDENT");
    }

    @Test
    void a_format_that_does_not_fit_is_refused() {
        for (ReportFormat format : List.of(ReportFormat.JUNIT_XML, ReportFormat.PROMETHEUS)) {
            assertThatThrownBy(() -> render(ROLLED_BACK, View.LAUNCH, format))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "format must be one of HTML, JSON, Markdown, text for a launch, but was " + format.name());
            assertThatThrownBy(() -> LaunchReports.writeAll(ROLLED_BACK, directory, format))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void everything_is_written_beside_each_other() throws Exception {
        assertThat(LaunchReports.writeAll(ROLLED_BACK, directory.resolve("new")))
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "golive-launch.html",
                        "golive-launch.json",
                        "golive-launch.md",
                        "golive-launch.txt",
                        "golive-incident.html",
                        "golive-incident.md",
                        "golive-incident.txt",
                        "golive-sla.html",
                        "golive-sla.md",
                        "golive-sla.txt");
        assertThat(LaunchReports.writeAll(COMPLETED, directory, ReportFormat.TEXT))
                .hasSize(2);
        Path one = LaunchReports.write(ROLLED_BACK, View.SLA, ReportFormat.TEXT, directory.resolve("sla.txt"));
        assertThat(Files.readString(one)).isEqualTo(render(ROLLED_BACK, View.SLA, ReportFormat.TEXT));
    }

    @Test
    void the_service_level_of_a_launch_in_memory_as_markdown() {
        LaunchReport.ServiceLevel level = COMPLETED.serviceLevel().orElseThrow();
        assertThat(level.services().get(0).ok()).isEqualTo(120);
        assertThat(render(COMPLETED, View.SLA, ReportFormat.MARKDOWN)).isEqualTo("""
                        # Service level report: COMPLETED

                        **Shop 2.0** in **production**, T 2027-03-02 09:00:00 UTC, H 2027-03-02 09:02:00 UTC, ended 2027-03-02 09:40:00 UTC

                        **Why**: CONDITIONAL GO: kept in memory only

                        - Note: The state was not durable: the journal was kept in memory, and a restart would have lost the launch

                        ## Service level

                        - **from**: 2027-03-02 09:02:00 UTC (H)
                        - **until**: 2027-03-02 09:40:00 UTC
                        - **length**: 38 min

                        | Uptime | Probe | OK | Breach | Unknown | Maintenance | Longest outage |
                        |---|---|---|---|---|---|---|
                        | 100 % | health | 120 | 0 | 0 | 0 | none |

                        - Note: Uptime is OK / (OK + BREACH). Unknown samples count neither as up nor as down, and samples taken during maintenance are left out.
                        - Note: An outage lasts from its first breach to the next OK; what was unknown in between does not end it.

                        ## Samples

                        From 2027-03-02 09:02:00 UTC to 2027-03-02 09:31:55 UTC: `.` OK, `X` breach, `?` unknown, `m` maintenance

                        | Signal | Samples | Counts |
                        |---|---|---|
                        | health | `............................................................` |  |

                        - **H**: 2027-03-02 09:02:00 UTC
                        """);
    }

    @Test
    void a_journal_in_memory_is_said_to_have_been_one() {
        for (ReportFormat format : WRITTEN) {
            assertThat(words(COMPLETED, View.LAUNCH, format))
                    .as(format.name())
                    .contains("The state was not durable", "intact, not durable");
        }
    }

    @Test
    void an_empty_journal_has_a_report_too() {
        LaunchReport empty = LaunchReport.of(Journal.inMemory());
        for (ReportFormat format : WRITTEN) {
            assertThat(render(empty, View.LAUNCH, format)).contains("NOTHING ARMED");
            assertThat(render(empty, View.SLA, format)).contains("there is nothing to measure");
        }
    }

    @Test
    void a_failed_gate_is_an_incident_without_a_rollback() {
        LaunchReport report = SampleLaunches.report(SampleLaunches.failedGate());
        for (ReportFormat format : WRITTEN) {
            assertThat(words(report, View.INCIDENT, format))
                    .as(format.name())
                    .contains(
                            "WATCHING",
                            "still running",
                            "home FAILED",
                            "look again or abort",
                            "2027-03-02 09:03:00 UTC")
                    .doesNotContain("step 1.1 began");
        }
    }

    @Property(tries = 15)
    void a_launch_can_be_reported_at_every_moment(@ForAll @IntRange(min = 0, max = 97) int length) {
        LaunchReport report = SampleLaunches.report(SampleLaunches.rolledBack().subList(0, length));
        for (View view : View.values()) {
            if (view != View.INCIDENT || report.hasIncident()) {
                WRITTEN.forEach(
                        format -> assertThat(render(report, view, format)).isNotBlank());
            }
        }
    }

    @Test
    void the_samples_are_a_strip_in_a_text() {
        assertThat(render(ROLLED_BACK, View.LAUNCH, ReportFormat.TEXT))
                .containsPattern("health  \\|[.]+ ?[.?mX ]+\\|\n")
                .contains("decided 2027-03-02 09:09:10 UTC");
    }

    // ---- hostile texts

    @Provide
    static Arbitrary<String> texts() {
        // a journal holds no half of a surrogate pair
        return Arbitraries.oneOf(Arbitraries.of(SampleReports.HOSTILE), SampleReports.text())
                .map(text -> text.replaceAll("[\\uD800-\\uDFFF]", ""));
    }

    @Property(tries = 12)
    void whatever_a_launch_says_its_page_keeps_its_tags(@ForAll("texts") String text) {
        LaunchReport plain = ROLLED_BACK;
        LaunchReport hostile = SampleLaunches.report(SampleLaunches.rolledBack(text));
        for (View view : View.values()) {
            String page = render(hostile, view, ReportFormat.HTML);
            assertThat(tags(page)).isEqualTo(tags(render(plain, view, ReportFormat.HTML)));
        }
    }

    @Property(tries = 12)
    void whatever_a_launch_says_text_and_markdown_keep_their_lines(@ForAll("texts") String text) {
        LaunchReport hostile = SampleLaunches.report(SampleLaunches.rolledBack(text));
        String markdown = render(hostile, View.LAUNCH, ReportFormat.MARKDOWN);
        assertThat(markdown.lines().count())
                .isEqualTo(render(ROLLED_BACK, View.LAUNCH, ReportFormat.MARKDOWN)
                        .lines()
                        .count());
        assertThat(markdown).doesNotContain("<", "\u001B", "\u202E");
        assertThat(markdown.lines()).allMatch(line -> line.isEmpty() || "#*|-F".indexOf(line.charAt(0)) >= 0);
        assertThat(render(hostile, View.LAUNCH, ReportFormat.TEXT)).doesNotContain("\u001B", "\u202E", "\u0007");
    }

    /** The names of the tags in their order, each of which must be well formed and harmless. */
    private static List<String> tags(String page) {
        String body = page.replaceAll("(?s)<style>.*?</style>", "<style></style>");
        List<String> names = new ArrayList<>();
        Matcher any = ANY_TAG.matcher(body);
        while (any.find()) {
            Matcher tag = TAG.matcher(any.group());
            assertThat(tag.matches()).as(any.group()).isTrue();
            names.add(tag.group(1) + tag.group(2));
            Matcher attribute = ATTRIBUTE.matcher(tag.group(3));
            while (attribute.find()) {
                assertThat(attribute.group(1))
                        .as(any.group())
                        .doesNotStartWith("on")
                        .isNotEqualTo("style");
                if (attribute.group(1).equals("href") || attribute.group(1).equals("src")) {
                    assertThat(attribute.group(2))
                            .startsWithIgnoringCase(tag.group(2).equals("link") ? "data:" : "#");
                }
            }
        }
        assertThat(names).doesNotContain("script", "img", "iframe", "object");
        return names;
    }
}
