package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunbooksTest {

    @TempDir
    Path reports;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int run(String... args) throws Exception {
        return Runbooks.run(List.of(args), reports, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void every_line_of_both_pages_that_golive_reaches_became_something() throws Exception {
        assertThat(run("coverage")).as(said()).isZero();
        assertThat(said())
                .contains("81 of 81 lines are covered")
                .contains("67 of 84 lines are covered")
                .doesNotContain("PROBLEM");
    }

    @Test
    void who_asks_for_something_else_is_told_what_there_is() throws Exception {
        assertThat(run("cover")).isEqualTo(64);
        assertThat(run()).isEqualTo(64);
        assertThat(run("coverage", "another")).isEqualTo(64);
        assertThat(said()).contains("usage: coverage|rehearse|rollback|drill");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"fintech", "accounting"})
    void every_way_back_ends_as_it_should(String runbook) throws Exception {
        assertThat(run("rollback", runbook)).as(said()).isZero();
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"fintech", "accounting"})
    void nothing_that_the_fakes_can_break_is_missed_without_a_reason(String runbook) throws Exception {
        assertThat(run("drill", runbook)).as(said()).isZero();
        assertThat(reports.resolve(runbook).resolve("drill.md")).isNotEmptyFile();
    }
}
