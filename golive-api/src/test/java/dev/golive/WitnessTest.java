package dev.golive;

import static dev.golive.Canned.STAGING;
import static dev.golive.Canned.counting;
import static dev.golive.Canned.failing;
import static dev.golive.Canned.hanging;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static dev.golive.Canned.throwing;
import static dev.golive.Canned.touching;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.time.Spans;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WitnessTest {

    private static final Check REFUSED =
            touching(Check.that("the shop answers", context -> Outcome.unreachable("connection refused")));

    private static Report runWith(Check check, Check... witness) {
        return run(
                GoLive.builder().witness(witness),
                Checklist.named("list").require(check.as("A")).build());
    }

    @Test
    void a_target_that_cannot_be_reached_is_unknown_without_a_witness() {
        ItemResult result = result(runWith(REFUSED), "A");
        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.fact("own network")).contains("not known to work: the run has no witness");
    }

    @Test
    void a_target_that_cannot_be_reached_failed_if_the_witness_is_good() {
        ItemResult result = result(runWith(REFUSED, passing("the world is there")), "A");
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("connection refused");
        assertThat(result.fact("own network")).get().asString().startsWith("works");
    }

    @Test
    void a_timeout_of_a_check_that_touches_a_host_failed_if_the_witness_is_good() {
        Check slow = touching(hanging("a")).timeout(Spans.millis(60));
        assertThat(result(runWith(slow, passing("w")), "A").status()).isEqualTo(Status.FAILED);
        Check own = hanging("a").timeout(Spans.millis(60));
        assertThat(result(runWith(own, passing("w")), "A").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void while_the_witness_does_not_pass_what_depends_on_the_network_is_unknown_with_that_cause() {
        for (Check witness : Set.of(failing("the world is there"), throwing("the world is there"))) {
            Report report = runWith(touching(failing("a")), witness);
            ItemResult result = result(report, "A");
            assertThat(result.status()).isEqualTo(Status.UNKNOWN);
            assertThat(result.why()).startsWith("our own network does not work: the world is there - ");
            assertThat(result.fact("seen nevertheless")).contains("a is wrong");
            assertThat(report.remarks()).singleElement().asString().startsWith("Our own network did not work");
        }
    }

    @Test
    void a_bad_witness_does_not_touch_what_needs_no_network() {
        assertThat(result(runWith(failing("a"), failing("w")), "A").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void a_bad_witness_does_not_touch_what_passed() {
        assertThat(result(runWith(touching(passing("a")), failing("w")), "A").status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void one_bad_witness_of_two_is_enough() {
        assertThat(result(runWith(REFUSED, passing("w1"), failing("w2")), "A").status())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void a_fresh_witness_is_not_asked_for_every_item() {
        AtomicInteger count = new AtomicInteger();
        Checklist.Builder list = Checklist.named("list");
        for (int i = 0; i < 50; i++) {
            list.require(touching(Check.that("a" + i, context -> Outcome.unreachable("refused"))));
        }
        Report report = run(GoLive.builder().witness(counting(count, passing("w"))), list.build());
        assertThat(report.results(Status.FAILED)).hasSize(50);
        assertThat(count.get()).isBetween(1, 3);
    }

    @Test
    void a_witness_that_hangs_is_a_bad_witness() {
        assertThat(result(runWith(REFUSED, hanging("w").timeout(Spans.millis(80))), "A")
                        .status())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void a_witness_need_not_be_in_the_environment() {
        Check elsewhere = new Check() {
            @Override
            public String sentence() {
                return "the world is there";
            }

            @Override
            public Outcome examine(CheckContext context) {
                try {
                    context.network()
                            .route("elsewhere.example", InetSocketAddress.createUnresolved("elsewhere.example", 443));
                    return Outcome.passed();
                } catch (IOException e) {
                    return Outcome.failed(e.toString());
                }
            }

            @Override
            public Set<Subject> touches() {
                return Set.of(Subject.host("elsewhere.example"));
            }
        };
        try (GoLive golive = GoLive.builder().witness(elsewhere).build()) {
            Checklist list = Checklist.named("x").require(passing("a")).build();
            assertThat(golive.problems(list, STAGING)).isEmpty();
            assertThat(golive.run(list, STAGING).verdict()).isEqualTo(Verdict.GO);
        }
    }

    @Test
    void what_little_time_was_left_for_the_last_attempt_is_not_held_against_the_target() {
        Check dark = touching(Check.that("a", context -> {
            if (context.attempt() > 1) {
                context.time().sleepUntil(context.time().now().plusSeconds(60));
            }
            return Outcome.unknown("SERVFAIL");
        }));
        Check within = dark.with(dark.timing().eventually(Spans.millis(300)).every(Spans.millis(100)));
        ItemResult result = result(runWith(within, passing("w")), "A");
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.UNKNOWN);
        assertThat(result.why())
                .startsWith("not within 300 ms: no result within ")
                .endsWith("before that: SERVFAIL");

        Check hung = touching(hanging("a"));
        Check always = hung.with(hung.timing().eventually(Spans.millis(100)).every(Spans.millis(20)));
        assertThat(result(runWith(always, passing("w")), "A").status()).isEqualTo(Status.FAILED);
    }
}
