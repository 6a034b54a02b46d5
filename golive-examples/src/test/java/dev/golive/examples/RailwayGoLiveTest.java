package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger on Railway: as it should be, and with each of its faults. */
class RailwayGoLiveTest {

    /** The lists in the order in which they are examined. */
    private static final List<String> LISTS = List.of(
            "the-ledger-in-staging", "the-ledger-on-railway", "the-ledger-after-its-launch", "the-worker-after-a-push");

    @TempDir
    Path reports;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) throws Exception {
        return RailwayGoLive.run(List.of(args), reports, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Report report(String list) throws IOException {
        return Report.fromJson(Files.readString(reports.resolve(list).resolve("golive-report.json")));
    }

    private Report lastReport() throws IOException {
        Report last = null;
        for (String list : LISTS) {
            last = Files.exists(reports.resolve(list)) ? report(list) : last;
        }
        assertThat(last).as(output()).isNotNull();
        return last;
    }

    private static Set<String> blamed(Report report) {
        return report.results().stream()
                .filter(result -> result.status() == Status.FAILED || result.status() == Status.UNKNOWN)
                .map(ItemResult::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void as_it_should_be_everything_goes_live() throws Exception {
        assertThat(run()).as(output()).isZero();
        assertThat(output())
                .contains("The ledger ended COMPLETED", "The API runs cccc333, with RELEASE_NAME")
                .contains("The practice ended ROLLED_BACK", "The data of staging are those of the backup");
        for (String list : LISTS) {
            assertThat(report(list).results())
                    .extracting(ItemResult::status)
                    .as(list)
                    .containsOnly(Status.PASSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fault_is_no_go_and_the_right_item_is_blamed(RailwayMishap mishap) throws Exception {
        if (mishap.isShownByDoing() || mishap.isUndecided()) {
            // these are found by doing, not by looking, or not at all: see below
            return;
        }
        int exit = run("--break", mishap.word());

        Report report = lastReport();
        assertThat(blamed(report)).as(output()).containsExactlyInAnyOrderElementsOf(mishap.items());
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(exit).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_DATABASE", "SEALED_KEY", "REVOKED_TOKEN"})
    void what_nobody_can_know_is_not_decided(RailwayMishap mishap) throws Exception {
        assertThat(run("--break", mishap.word())).as(output()).isEqualTo(1);

        assertThat(mishap.isUndecided()).isTrue();
        assertThat(lastReport().verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(blamed(lastReport())).as(output()).containsAll(mishap.items());
    }

    @ParameterizedTest
    @CsvSource({
        "backup-fails, The ledger ended ROLLED_BACK, bbbb222",
    })
    void what_fails_on_the_day_ends_the_launch(String mishap, String ending, String runs) throws Exception {
        assertThat(run("--break", mishap)).as(output()).isEqualTo(1);
        assertThat(output()).contains(ending, "The API runs " + runs).endsWith("NO_GO" + System.lineSeparator());
    }

    @Test
    void what_is_rolled_back_is_verified_and_its_log_is_kept() throws Exception {
        run("--break", "unwell");

        assertThat(LaunchReport.of(reports.resolve("ledger.journal")).state()).contains(LaunchState.ROLLED_BACK);
        assertThat(reports.resolve("api.log")).content().contains("GET /health");
    }

    @Test
    void the_first_line_of_a_list_says_what_it_takes_of_the_quota() throws Exception {
        run("--break", "no-mail-key");

        assertThat(output()).containsPattern("The ledger on Railway takes [1-9][0-9]* requests to Railway");
    }

    @Test
    void every_fault_is_in_the_help() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(output())
                .contains(Arrays.stream(RailwayMishap.values())
                        .map(RailwayMishap::word)
                        .toList());
    }

    @Test
    void an_unknown_fault_is_answered_with_those_there_are() throws Exception {
        assertThat(run("--break", "the-bank")).isEqualTo(64);
        assertThat(output()).contains("open-database");
    }
}
