package dev.golive.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.GoLiveException;
import dev.golive.Report;
import dev.golive.SampleReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFormatTest {

    private final Report report = SampleReports.launch();

    @TempDir
    Path directory;

    @Test
    void all_formats_are_written_in_one_go() {
        assertThat(Reports.writeAll(report, directory.resolve("new/reports")))
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "golive-report.html",
                        "golive-report.json",
                        "golive-report.md",
                        "golive-report.xml",
                        "golive-report.prom",
                        "golive-report.txt");
        assertThat(directory.resolve("new/reports/golive-report.txt"))
                .hasContent(ReportFormat.TEXT.render(report).stripTrailing());
    }

    @Test
    void only_the_chosen_formats_are_written_and_nothing_else_is_left_behind() throws IOException {
        Reports.writeAll(report, directory, ReportFormat.MARKDOWN);
        Reports.writeAll(report, directory, ReportFormat.MARKDOWN, ReportFormat.JSON);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("golive-report.md", "golive-report.json");
        }
    }

    @Test
    void a_file_is_replaced_as_a_whole() throws IOException {
        Path file = Files.writeString(directory.resolve("status.txt"), "x".repeat(100_000));
        assertThat(ReportFormat.TEXT.write(report, file)).isEqualTo(file);
        assertThat(file).hasContent(ReportFormat.TEXT.render(report).stripTrailing());
    }

    @Test
    void two_formats_with_the_same_extension_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reports.writeAll(report, directory, ReportFormat.TEXT, ReportFormat.TEXT))
                .withMessageContaining("file extensions");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_place_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> Reports.writeAll(report, file))
                .isInstanceOf(GoLiveException.class)
                .hasMessageContaining("golive-report.html");
    }

    @Test
    void missing_arguments_are_named() {
        assertThatNullPointerException()
                .isThrownBy(() -> Reports.writeAll(null, directory))
                .withMessageContaining("report");
        assertThatNullPointerException()
                .isThrownBy(() -> Reports.writeAll(report, null))
                .withMessageContaining("directory");
        for (ReportFormat format : ReportFormat.all()) {
            assertThatNullPointerException()
                    .isThrownBy(() -> format.render(null))
                    .withMessageContaining("report");
        }
    }

    @Test
    void a_report_rendered_twice_gives_the_same_text() {
        for (ReportFormat format : ReportFormat.all()) {
            assertThat(format.render(report)).isEqualTo(format.render(report)).isNotBlank();
        }
    }

    @Test
    void a_format_of_ones_own_is_written_beside_the_others() {
        ReportFormat headline = ReportFormat.of("headline", "headline", Report::headline);
        Reports.writeAll(report, directory, headline, ReportFormat.TEXT);
        assertThat(directory.resolve("golive-report.headline")).hasContent("NO GO: 1 failed, 3 blocked, 1 not yet due");
    }

    @Test
    void an_extension_that_would_lead_elsewhere_is_refused() {
        for (String extension : List.of("", " ", ".txt", "../txt", "a/b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReportFormat.of("mine", extension, Report::headline))
                    .withMessageContaining("fileExtension");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportFormat.of(" ", "txt", Report::headline))
                .withMessageContaining("name");
    }

    @Test
    void text_begins_with_the_verdict_and_shows_the_facts_of_what_is_not_good() {
        assertThat(ReportFormat.TEXT.render(report))
                .startsWith("NO GO: 1 failed, 3 blocked, 1 not yet due\nShop 1.0 on App Runner in production")
                .contains("release shop-web v42, from office")
                .containsSubsequence(
                        "FAILED          health  GET https://shop.example/api/health answers 200\n",
                        "status was 503, expected 200\n",
                        "status           503, expected 200\n",
                        "BLOCKED         3 items by health:\n",
                        "Note: The waiver of health does not count",
                        "17 items: 1 failed, 3 blocked",
                        "1 not yet due",
                        "flaky]");
    }

    @Test
    void lines_of_text_keep_within_100_columns_where_words_allow_it() {
        assertThat(ReportFormat.TEXT.render(report).lines()).allMatch(line -> line.length() <= 100);
    }
}
