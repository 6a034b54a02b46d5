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

/** A shop on AWS: as it should be, and with each of its faults. */
class CloudGoLiveTest {

    private static final Set<String> BY_LAUNCHES = Set.of("B19", "B31", "B32");

    @TempDir
    Path reports;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) throws Exception {
        return CloudGoLive.run(List.of(args), reports, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Report report(String list) throws IOException {
        return Report.fromJson(Files.readString(reports.resolve(list).resolve("golive-report.json")));
    }

    @Test
    void as_it_should_be_everything_goes_live() throws Exception {
        assertThat(run()).as(output()).isZero();
        assertThat(output()).contains("The shop's frontend ended COMPLETED");
        assertThat(report("tern-on-aws").results())
                .extracting(ItemResult::status)
                .containsOnly(Status.PASSED);
    }

    @ParameterizedTest
    @EnumSource
    void a_fault_is_no_go_and_the_right_item_is_blamed(CloudFault fault) throws Exception {
        if (BY_LAUNCHES.containsAll(fault.items())) {
            // shown below: these are found by doing, not by looking
            return;
        }
        int exit = run("--break", fault.word());

        Report report = report("tern-on-aws");
        Set<String> blamed = report.results().stream()
                .filter(result -> result.status() == Status.FAILED || result.status() == Status.UNKNOWN)
                .map(ItemResult::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(blamed).as(output()).containsExactlyInAnyOrderElementsOf(fault.items());
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(exit).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "no-upload, The shop's frontend ended CANCELLED",
        "nothing-to-restore, The shop's frontend ended CANCELLED",
        "no-restore, The shop's frontend ended CANCELLED",
    })
    void what_fails_on_the_day_ends_the_launch(String fault, String ending) throws Exception {
        assertThat(run("--break", fault)).as(output()).isEqualTo(1);
        assertThat(output()).contains(ending).endsWith("NO_GO" + System.lineSeparator());
    }

    @Test
    void every_fault_is_in_the_help() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(output())
                .contains(
                        Arrays.stream(CloudFault.values()).map(CloudFault::word).toList());
    }

    @Test
    void an_unknown_fault_is_answered_with_those_there_are() throws Exception {
        assertThat(run("--break", "the-bank")).isEqualTo(64);
        assertThat(output()).contains("ssh-for-all");
    }
}
