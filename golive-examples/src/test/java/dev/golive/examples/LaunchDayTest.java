package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Verdict;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The launch of the README, as a user runs it, with each of its endings. */
class LaunchDayTest {

    @TempDir
    Path reports;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) throws Exception {
        return LaunchDay.run(List.of(args), reports, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private LaunchReport report() {
        return LaunchReport.of(reports.resolve("tern.journal"));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, COMPLETED, GO, 0",
        "error-rate, ROLLED_BACK, NO_GO, 1",
        "smoke-test-fails, ROLLED_BACK, NO_GO, 1",
        "old-version-served, ROLLED_BACK, NO_GO, 1",
        "crash, ROLLED_BACK, NO_GO, 1",
        "nobody-decides, CANCELLED, NO_GO, 2",
        "image-deleted, ROLLBACK_FAILED, NO_GO, 2",
        "stays-red, ROLLBACK_FAILED, NO_GO, 2",
        "redeployed, ROLLBACK_FAILED, NO_GO, 2",
        "metrics-refused, COMPLETED, UNDECIDED, 2",
    })
    void every_mishap_has_its_ending(String mishap, LaunchState state, Verdict verdict, int exit) throws Exception {
        assertThat(run("--break", mishap)).as(output()).isEqualTo(exit);
        assertThat(report().state()).contains(state);
        assertThat(report().verdict()).contains(verdict);
        assertThat(reports.resolve("golive-launch.html")).isNotEmptyFile();
        boolean incident = state != LaunchState.COMPLETED && state != LaunchState.CANCELLED;
        assertThat(Files.exists(reports.resolve("golive-incident.html"))).isEqualTo(incident);
    }

    @Test
    void without_arguments_the_error_rate_climbs_and_the_incident_report_says_why() throws Exception {
        assertThat(run()).isEqualTo(1);
        assertThat(Files.readString(reports.resolve("golive-incident.txt")))
                .contains("exceeds 5 % within 5 min", "159 of 3000 requests", "ROLLED_BACK", "web 40");
        assertThat(output()).contains("is rolled back and verified");
    }

    @Test
    void what_it_does_not_understand_it_explains() throws Exception {
        assertThat(run("--break", "the-bank")).isEqualTo(64);
        assertThat(run("--help")).isZero();
        assertThat(output()).contains("usage:", "error-rate");
    }

    @ParameterizedTest
    @EnumSource
    void every_mishap_is_in_the_help(Mishap mishap) throws Exception {
        run("--help");
        assertThat(output()).contains(mishap.word(), mishap.sentence());
    }
}
