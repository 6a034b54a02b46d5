package dev.golive.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.SampleReports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private static final Environment STAGING = Environment.named("staging");
    private static final String ESCAPE = "\u001B";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void a_log_gets_a_line_for_each_item_and_then_the_verdict() {
        run(progress -> progress);
        assertThat(lines())
                .startsWith("Launch in staging")
                .anyMatch(line -> line.matches("\\[[12]/2] PASSED          The page is served \\[.*]"))
                .anyMatch(line -> line.matches("\\[[12]/2] FAILED          The API is up - status was 503 \\[.*]"))
                .containsSubsequence(
                        "",
                        "NO GO: 1 failed",
                        "FAILED          The API is up",
                        "                status was 503",
                        "                status  503, expected 200",
                        "",
                        "2 items: 1 failed, 1 passed");
        assertThat(text()).doesNotContain(ESCAPE, "\r");
    }

    @Test
    void a_terminal_gets_one_line_that_is_redrawn_and_a_line_for_what_is_not_good() {
        run(ConsoleProgress::live);
        assertThat(text())
                .contains("\r" + ESCAPE + "[K")
                .contains("[==========          ] 1/2")
                .contains("[====================] 2/2  1 failed")
                .contains("now: ");
        assertThat(lines()).noneMatch(line -> line.contains("PASSED"));
        assertThat(lines())
                .anyMatch(line -> line.contains(ESCAPE + "[1;31mFAILED          " + ESCAPE + "[0mThe API is up"))
                .contains(ESCAPE + "[1;31mNO GO" + ESCAPE + "[0m: 1 failed");
    }

    @Test
    void colours_can_be_had_without_redrawing_and_the_other_way_round() {
        run(progress -> progress.colours(true));
        assertThat(text()).contains(ESCAPE + "[32m").doesNotContain("\r");
        bytes.reset();
        run(progress -> progress.live().colours(false));
        assertThat(text()).contains("\r").doesNotContain(ESCAPE + "[32m", ESCAPE + "[1;31m");
    }

    @Test
    void a_live_line_is_never_as_wide_as_the_terminal() {
        ConsoleProgress progress = ConsoleProgress.on(out).live().width(40);
        for (int i = 0; i < 30; i++) {
            progress.attempting("an item with a rather long name, 漢字 " + i, i + 1);
        }
        for (String drawn : text().split("\r" + ESCAPE + "\\[K")) {
            assertThat(PlainText.columns(drawn)).isLessThan(40);
        }
    }

    @Test
    void blocks_keep_within_the_width() {
        Report report = SampleReports.launch();
        ConsoleProgress.on(out).width(72).ended(report);
        // a word that is longer than the rest of the line stays whole
        assertThat(lines()).allMatch(line -> line.length() <= 72 || line.lastIndexOf(' ') < 36);
    }

    @Test
    void text_of_the_run_cannot_steer_the_terminal() {
        Report report = SampleReports.hostile();
        ConsoleProgress progress = ConsoleProgress.on(out);
        int done = 0;
        for (ItemResult result : report.results()) {
            progress.attempting(result.id(), 1);
            progress.finished(result, ++done, report.results().size());
        }
        progress.ended(report);
        assertThat(text().codePoints()).noneMatch(c -> c < ' ' && c != '\n');
        assertThat(lines())
                .filteredOn(line -> line.matches("\\[[ 0-9]+/12] .*"))
                .hasSize(12);
    }

    @Test
    void a_value_can_show_one_run_after_another() {
        ConsoleProgress progress = ConsoleProgress.on(out).live();
        run(one -> progress);
        bytes.reset();
        run(one -> progress);
        assertThat(text()).contains("[==========          ] 1/2").doesNotContain("2 failed");
    }

    @Test
    void bad_arguments_are_named() {
        assertThatNullPointerException()
                .isThrownBy(() -> ConsoleProgress.on(null))
                .withMessageContaining("out");
        for (int columns : new int[] {-1, 0, 39, 1001}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ConsoleProgress.on(out).width(columns))
                    .withMessageContaining("columns")
                    .withMessageContaining("between 40 and 1000");
        }
    }

    private void run(UnaryOperator<ConsoleProgress> options) {
        Checklist list = Checklist.named("Launch")
                .require(Check.that("The page is served", context -> Outcome.passed(Fact.of("status", "200"))))
                .require(Check.that(
                        "The API is up", context -> Outcome.failed("status was 503", Fact.of("status", "200", "503"))))
                .build();
        try (GoLive golive = GoLive.builder()
                .listener(options.apply(ConsoleProgress.on(out)))
                .build()) {
            golive.run(list, STAGING);
        }
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return text().lines().toList();
    }
}
