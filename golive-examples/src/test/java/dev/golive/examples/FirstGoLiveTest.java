package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program of the README, as a user runs it: the stage as it should be, and with each of its faults. */
class FirstGoLiveTest {

    /** Faults of the certificate of the apex: whatever is asked of it over TLS fails, and says why. */
    private static final Set<Fault> EVERYTHING_BEHIND_THE_EDGE =
            EnumSet.of(Fault.EXPIRED_CERTIFICATE, Fault.MISSING_INTERMEDIATE);

    @TempDir
    Path reports;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) {
        return FirstGoLive.run(List.of(args), reports, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private Report report() throws IOException {
        return Report.fromJson(Files.readString(reports.resolve("golive-report.json")));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_stage_as_it_should_be_is_a_go() throws IOException {
        int exit = run();

        assertThat(output()).contains("GO").doesNotContain("NO_GO", "NO GO");
        assertThat(exit).isZero();
        assertThat(report().verdict()).isEqualTo(Verdict.GO);
        assertThat(report().results()).extracting(ItemResult::status).containsOnly(Status.PASSED);
        try (Stream<Path> files = Files.list(reports)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains(
                            "golive-report.html",
                            "golive-report.json",
                            "golive-report.md",
                            "golive-report.xml",
                            "golive-report.prom",
                            "golive-report.txt");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fault_keeps_the_verdict_from_go_and_the_right_item_is_blamed(Fault fault) throws IOException {
        int exit = run("--break", fault.word());

        Report report = report();
        assertThat(report.verdict()).as(report.summary()).isEqualTo(expectedVerdict(fault));
        assertThat(exit).isEqualTo(report.exitCode());
        Set<String> blamed = report.results().stream()
                .filter(result -> result.status() == Status.FAILED || result.status() == Status.UNKNOWN)
                .map(ItemResult::id)
                .collect(Collectors.toSet());
        if (EVERYTHING_BEHIND_THE_EDGE.contains(fault)) {
            assertThat(blamed).contains("C05", "C38", "A10");
        } else {
            assertThat(blamed).as(report.summary()).containsExactlyInAnyOrder(blamed(fault));
        }
    }

    private static Verdict expectedVerdict(Fault fault) {
        return switch (fault) {
            case SILENT_NAME_SERVER -> Verdict.UNDECIDED;
            case NO_STATUS_PAGE -> Verdict.CONDITIONAL_GO;
            default -> Verdict.NO_GO;
        };
    }

    private static String[] blamed(Fault fault) {
        return switch (fault) {
            case EXPIRED_CERTIFICATE, MISSING_INTERMEDIATE -> new String[0];
            case WRONG_NAME -> new String[] {"C28", "A11"};
            case ORIGIN_CERTIFICATE -> new String[] {"A18-origin"};
            case REVOKED_CERTIFICATE -> new String[] {"A19"};
            case NO_HSTS -> new String[] {"C30"};
            case NO_REDIRECT -> new String[] {"C29"};
            case HTTP_1_ONLY -> new String[] {"A20"};
            case BYPASSED_PROXY -> new String[] {"A10", "A11"};
            case PROXIED_API -> new String[] {"A12"};
            case STALE_NAME_SERVER -> new String[] {"A15-address"};
            case SILENT_NAME_SERVER -> new String[] {"A15", "A15-address"};
            case HEALTH_DOWN -> new String[] {"C15", "C38"};
            case DATABASE_DOWN -> new String[] {"C38"};
            case NO_STATUS_PAGE -> new String[] {"C36"};
            case NO_TERMS -> new String[] {"C69"};
            case LAX_COOKIE -> new String[] {"E65"};
            case FIVE_RATES -> new String[] {"E68"};
        };
    }

    @Test
    void an_unknown_fault_is_answered_with_those_there_are() {
        assertThat(run("--break", "the-bank")).isEqualTo(64);
        assertThat(output()).contains("There is no fault the-bank", "expired-certificate");
    }

    @Test
    void it_explains_itself() {
        assertThat(run("--help")).isZero();
        assertThat(output()).startsWith("usage:").contains("no-terms");
    }

    @Test
    void only_the_stage_can_be_broken() {
        assertThat(run("--break", "no-hsts", "shop.example")).isEqualTo(64);
        assertThat(output()).contains("Only the stage can be broken");
    }
}
