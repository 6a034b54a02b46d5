package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A ledger on Railway: as it should be, and with each of its faults. */
class RailwayGoLiveTest {

    /** The lists in the order in which they are examined. */
    private static final List<String> LISTS = List.of(
            "the-ledger-in-staging",
            "the-ledger-on-railway",
            "the-costs-of-the-ledger",
            "the-ledger-after-its-launch",
            "the-worker-after-a-push");

    /** What fails when it is done: how its launch ends, what the API runs then, and what it shows at. */
    private static final String ENDINGS = """
            backup-fails,           ledger,   CANCELLED,             'bbbb222, without', launch:A41
            no-variables,           ledger,   CANCELLED,             'bbbb222, without', launch:D20
            build-fails,            ledger,   ROLLED_BACK,           'bbbb222, with',    launch:A53
            never-healthy,          ledger,   ROLLED_BACK,           'bbbb222, with',    launch:A53
            old-is-served,          ledger,   ROLLED_BACK,           'bbbb222, without', identity
            errors-while-building,  ledger,   ROLLED_BACK,           'bbbb222, without', A54-log
            another-fails,          ledger,   ROLLED_BACK,           'bbbb222, without', A54 A54-log
            crashes-at-once,        ledger,   ROLLED_BACK,           'bbbb222, without', A53-branch A54 A54-log A55 D20-live
            other-branch,           ledger,   ROLLED_BACK,           'bbbb222, without', A52 A53-branch
            variable-not-live,      ledger,   ROLLED_BACK,           'bbbb222, without', D20-live
            unwell,                 ledger,   ROLLED_BACK,           'bbbb222, without', ''
            error-rate,             ledger,   ROLLED_BACK,           'bbbb222, without', ''
            memory-runs-out,        ledger,   ROLLED_BACK,           'bbbb222, without', ''
            rollback-refused,       ledger,   ROLLBACK_FAILED,       'cccc333, with',    back:api
            nothing-to-go-back-to,  ledger,   ROLLBACK_FAILED,       'cccc333, with',    back:api
            no-logs,                ledger,   PARTIALLY_ROLLED_BACK, 'bbbb222, without', then:D52
            no-restore,             practice, PARTIALLY_ROLLED_BACK, 'cccc333, with',    then:B40 then:D49
            no-way-back-in-staging, practice, ROLLBACK_FAILED,       'cccc333, with',    back:api then:B40 then:D49
            """;

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

    static Stream<RailwayMishap> what_is_found_by_looking() {
        Set<RailwayMishap> others = EnumSet.copyOf(RailwayMishap.undecided());
        others.addAll(RailwayMishap.onTheDay());
        others.addAll(RailwayMishap.inPractice());
        return EnumSet.complementOf(EnumSet.copyOf(others)).stream();
    }

    @ParameterizedTest
    @MethodSource("what_is_found_by_looking")
    void a_fault_is_no_go_and_the_right_item_is_blamed(RailwayMishap mishap) throws Exception {
        int exit = run("--break", mishap.word());

        Report report = lastReport();
        assertThat(blamed(report)).as(output()).containsExactlyInAnyOrderElementsOf(mishap.items());
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(exit).isEqualTo(1);
    }

    static Set<RailwayMishap> what_nobody_can_know() {
        return RailwayMishap.undecided();
    }

    @ParameterizedTest
    @MethodSource("what_nobody_can_know")
    void what_nobody_can_know_is_not_decided(RailwayMishap mishap) throws Exception {
        assertThat(run("--break", mishap.word())).as(output()).isEqualTo(1);

        assertThat(lastReport().verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(blamed(lastReport())).as(output()).containsAll(mishap.items());
    }

    @ParameterizedTest
    @CsvSource(textBlock = ENDINGS)
    void what_fails_on_the_day_ends_the_launch(
            String mishap, String launch, LaunchState ending, String runs, String shownAt) throws Exception {
        assertThat(run("--break", mishap)).as(output()).isEqualTo(1);

        LaunchReport report = launch(launch);
        assertThat(report.state()).as(output()).contains(ending);
        assertThat(report.verdict()).contains(Verdict.NO_GO);
        assertThat(String.join(" ", shownAt(report))).isEqualTo(shownAt);
        assertThat(output())
                .contains("The API runs " + runs + " RELEASE_NAME")
                .endsWith("NO_GO" + System.lineSeparator());
    }

    @Test
    void the_ending_of_every_fault_of_a_launch_is_known() {
        assertThat(ENDINGS.lines().map(line -> line.split(",")[0]))
                .containsExactlyElementsOf(Stream.of(RailwayMishap.onTheDay(), RailwayMishap.inPractice())
                        .flatMap(Set::stream)
                        .map(RailwayMishap::word)
                        .toList());
    }

    private LaunchReport launch(String name) {
        return LaunchReport.of(reports.resolve(name + ".journal"));
    }

    /** The items of gates, what is served, and the actions, that did not end well. */
    private static Set<String> shownAt(LaunchReport report) {
        Set<String> shown = new TreeSet<>();
        if (report.lists().stream().anyMatch(list -> list.open().contains("identity FAILED"))) {
            shown.add("identity");
        }
        report.failedGates().forEach(gate -> gate.open().forEach(item -> shown.add(item.split(" ")[0])));
        report.actions().stream()
                .filter(action -> !Set.of("DONE", "ALREADY").contains(action.status()))
                .forEach(action -> shown.add(action.key()));
        return shown;
    }

    @Test
    void what_was_not_backed_up_is_not_deployed() throws Exception {
        run("--break", "backup-fails");

        assertThat(launch("ledger").actions())
                .extracting(LaunchReport.ActionResult::key)
                .contains("launch:A41")
                .doesNotContain("launch:D20", "launch:A53");
    }

    @Test
    void what_is_unwell_is_rolled_back_within_its_budget_and_its_log_is_kept() throws Exception {
        run("--break", "unwell");

        LaunchReport report = launch("ledger");
        assertThat(report.rollback().orElseThrow().cause()).startsWith("trigger health");
        assertThat(report.rollback().orElseThrow().total())
                .hasValueSatisfying(total -> assertThat(total).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5)));
        assertThat(report.budgets()).isEmpty();
        assertThat(reports.resolve("api.log")).content().contains("GET /health");
    }

    @ParameterizedTest
    @CsvSource({"error-rate, trigger the-bad-share-of-requests, policy", "memory-runs-out, person eve, eve"})
    void a_trigger_takes_the_launch_back_or_asks_whether_to(String mishap, String cause, String authority)
            throws Exception {
        run("--break", mishap);

        LaunchReport.Rollback rollback = launch("ledger").rollback().orElseThrow();
        assertThat(rollback.cause()).startsWith(cause);
        assertThat(rollback.authority()).contains(authority);
    }

    @Test
    void what_cannot_go_back_says_why_and_is_no_success() throws Exception {
        run("--break", "rollback-refused");

        assertThat(launch("ledger").timeline())
                .extracting(LaunchReport.Line::text)
                .anySatisfy(
                        text -> assertThat(text).contains("back:api is FAILED", "no deployment came of the request"));
    }

    @Test
    void the_practice_goes_back_within_two_minutes_and_restores_what_somebody_permits() throws Exception {
        run();

        LaunchReport report = launch("practice");
        assertThat(report.rollback().orElseThrow().total())
                .hasValueSatisfying(total -> assertThat(total).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(2)));
        assertThat(report.actions())
                .extracting(LaunchReport.ActionResult::key, LaunchReport.ActionResult::status)
                .containsExactlyInAnyOrder(
                        tuple("launch:D47", "DONE"),
                        tuple("back:api", "DONE"),
                        tuple("then:B40", "DONE"),
                        tuple("then:D49", "DONE"));
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
