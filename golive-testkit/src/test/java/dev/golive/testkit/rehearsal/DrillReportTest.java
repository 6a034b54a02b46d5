package dev.golive.testkit.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.golive.testkit.Trouble;
import dev.golive.testkit.rehearsal.DrillReport.Line;
import dev.golive.testkit.rehearsal.DrillReport.Outcome;
import dev.golive.testkit.rehearsal.DrillReport.Red;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillReportTest {

    private final List<Line> lines = new ArrayList<>();

    private void line(String id, Outcome outcome, boolean rightly, String explanation) {
        List<Red> red = outcome == Outcome.NOBODY || outcome == Outcome.SURVIVED
                ? List.of()
                : List.of(new Red("C1", "FAILED", "it is public | everybody can read it"));
        Trouble trouble = Trouble.drift(id, "it is otherwise", what -> true, () -> {});
        lines.add(new Line("AWS", trouble, outcome, red, rightly, "", explanation));
    }

    private DrillReport report() {
        return new DrillReport("Fire drill of Shop 1.0", lines);
    }

    @Test
    void the_score_is_what_was_noticed_in_time_of_what_somebody_had_to_notice() {
        line("a", Outcome.BEFORE, true, "");
        line("b", Outcome.BEFORE, false, "");
        line("c", Outcome.LAUNCH, true, "");
        line("d", Outcome.WATCH, true, "");
        line("e", Outcome.NOBODY, true, "");
        line("f", Outcome.NOBODY, true, "nobody need know");
        line("g", Outcome.SURVIVED, true, "");
        assertThat(report().score()).isCloseTo(20, within(0.001));
        assertThat(report().scoreWithWatch()).isCloseTo(60, within(0.001));
        assertThat(report().missed()).extracting(Line::id).containsExactly("e");
        assertThat(report().wronglyBlamed()).extracting(Line::id).containsExactly("b");
        assertThat(report().survived()).extracting(Line::id).containsExactly("g");
        assertThat(report().explained()).extracting(Line::id).containsExactly("f");
        assertThat(report().toString())
                .contains("7 troubles, 5 of them drifts that somebody has to notice")
                .contains("(20.0 %)")
                .contains("(60.0 % by then)")
                .contains("1, and 1 of which nobody need");
    }

    @Test
    void a_drill_with_nothing_to_notice_has_noticed_all() {
        line("a", Outcome.SURVIVED, true, "");
        assertThat(report().score()).isEqualTo(100);
        assertThat(report().scoreWithWatch()).isEqualTo(100);
    }

    @Test
    void what_is_not_all_does_not_read_as_all() {
        for (int i = 0; i < 2999; i++) {
            line("a" + i, Outcome.BEFORE, true, "");
        }
        line("z", Outcome.NOBODY, true, "");
        assertThat(report().toString()).contains("99.9 %").doesNotContain("100.0 %");
    }

    @Test
    void the_text_fits_a_terminal_of_120_columns_and_loses_nothing_of_an_id() {
        String id = "GET https://wallet.example/" + "a".repeat(90) + " reset";
        line(id, Outcome.NOBODY, true, "");
        line(id.replace('a', 'b'), Outcome.LAUNCH, true, "");
        assertThat(report().toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        String letters = report().toString().replaceAll("[^a]", "");
        assertThat(letters.length()).isGreaterThanOrEqualTo(90);
    }

    @Test
    void markdown_keeps_to_its_columns_whatever_is_in_it() {
        line("a|b", Outcome.LAUNCH, true, "");
        line("<script>", Outcome.NOBODY, true, "");
        String text = report().toMarkdown();
        assertThat(text)
                .startsWith("# Fire drill of Shop 1.0\n")
                .contains("| AWS | a\\|b | C1 FAILED: it is public \\| everybody can read it |\n")
                .contains("&lt;script>")
                .contains("- noticed by nobody: 1\n");
    }
}
