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

/** What is done with a ledger on Railway between its launches: as it should be, and with each of its faults. */
class RailwayGoLiveTest {

    /** The lists in the order in which they are examined. */
    private static final List<String> LISTS =
            List.of("the-ledger-in-staging", "the-costs-of-the-team", "the-worker-after-a-push");

    /** What fails when it is done: how the practice ends, what the API runs then, and what it shows at. */
    private static final String ENDINGS = """
            no-variables,  CANCELLED,             'bbbb222, without', launch:D20
            build-fails,   ROLLED_BACK,           'bbbb222, with',    launch:D47
            old-is-served, ROLLED_BACK,           'bbbb222, without', identity
            no-logs,       PARTIALLY_ROLLED_BACK, 'bbbb222, without', then:B40 then:D49 then:D52
            no-restore,    PARTIALLY_ROLLED_BACK, 'bbbb222, without', then:B40 then:D49
            no-way-back,   PARTIALLY_ROLLED_BACK, 'aaaa111, with',    back:api then:B40 then:D49
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
    void as_it_should_be_everything_is_in_order() throws Exception {
        assertThat(run()).as(output()).isZero();
        assertThat(output())
                .contains("The practice ended ROLLED_BACK", "The API runs bbbb222")
                .contains("The data of staging are those of the backup")
                .containsPattern("The ledger in staging takes [1-9][0-9]* requests to Railway");
        assertThat(reports.resolve("api.log")).content().contains("GET /health");
        for (String list : LISTS) {
            assertThat(report(list).results())
                    .extracting(ItemResult::status)
                    .as(list)
                    .containsOnly(Status.PASSED);
        }
    }

    static Stream<RailwayMishap> what_is_found_by_looking() {
        Set<RailwayMishap> others = EnumSet.copyOf(RailwayMishap.undecided());
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
    void what_fails_in_the_practice_shows_where(String mishap, LaunchState ending, String runs, String shownAt)
            throws Exception {
        int exit = run("--break", mishap);

        LaunchReport report = practice();
        assertThat(report.state()).as(output()).contains(ending);
        assertThat(String.join(" ", shownAt(report))).as(output()).isEqualTo(shownAt);
        assertThat(output()).contains("The API runs " + runs + " RELEASE_NAME");
        assertThat(exit).isEqualTo(ending == LaunchState.ROLLED_BACK ? 0 : 1);
    }

    @Test
    void the_ending_of_every_fault_of_the_practice_is_known() {
        assertThat(ENDINGS.lines().map(line -> line.split(",")[0]))
                .containsExactlyElementsOf(RailwayMishap.inPractice().stream()
                        .map(RailwayMishap::word)
                        .toList());
    }

    private LaunchReport practice() {
        return LaunchReport.of(reports.resolve("practice.journal"));
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
    void the_practice_goes_back_within_two_minutes_and_restores_what_somebody_permits() throws Exception {
        run();

        LaunchReport report = practice();
        assertThat(report.rollback().orElseThrow().total())
                .hasValueSatisfying(total -> assertThat(total).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(2)));
        assertThat(report.actions())
                .extracting(LaunchReport.ActionResult::key, LaunchReport.ActionResult::status)
                .containsExactlyInAnyOrder(
                        tuple("launch:D20", "DONE"),
                        tuple("launch:D47", "DONE"),
                        tuple("back:api", "DONE"),
                        tuple("then:D52", "DONE"),
                        tuple("then:B40", "DONE"),
                        tuple("then:D49", "DONE"));
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
        assertThat(output()).contains("worker-asleep");
    }
}
