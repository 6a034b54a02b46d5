package dev.golive;

import static dev.golive.Canned.hanging;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.resultOf;
import static dev.golive.Canned.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs on the real clock. */
@Timeout(20)
class TimeoutTest {

    @Test
    void an_attempt_ends_by_its_timeout_and_is_unknown() {
        ItemResult result = resultOf(hanging("a").timeout(Spans.millis(100)));
        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.why()).isEqualTo("no result within 100 ms");
        assertThat(result.took()).isBetween(Duration.ofMillis(90), Duration.ofSeconds(3));
    }

    @Test
    void a_check_that_ignores_every_interrupt_does_not_hold_the_run() {
        Check stubborn = Check.that("a", context -> {
            Instant end = Instant.now().plusMillis(800);
            while (Instant.now().isBefore(end)) {
                Thread.onSpinWait();
            }
            return Outcome.passed();
        });
        Report report = run(Checklist.named("x")
                .require(stubborn.timeout(Spans.millis(50)).as("C1"))
                .build());
        assertThat(result(report, "C1").status()).isEqualTo(Status.UNKNOWN);
        assertThat(report.took()).isLessThan(Duration.ofMillis(700));
    }

    @Test
    void a_late_result_is_dropped() {
        Check late = Check.that("a", context -> {
            try {
                context.time().sleepUntil(context.time().now().plusSeconds(60));
            } catch (InterruptedException e) {
                return Outcome.passed();
            }
            return Outcome.passed();
        });
        assertThat(resultOf(late.timeout(Spans.millis(50))).status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void a_timeout_after_a_real_failure_shows_that_failure() {
        AtomicReference<Integer> attempts = new AtomicReference<>(0);
        Check check = Check.that("a", context -> {
            attempts.set(context.attempt());
            if (context.attempt() == 1) {
                return Outcome.failed("answered 503", Fact.of("status", 503));
            }
            context.time().sleepUntil(context.time().now().plusSeconds(60));
            return Outcome.passed();
        });
        ItemResult result = resultOf(check.timeout(Spans.millis(80)).retrying(1));
        assertThat(attempts).hasValue(2);
        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.why()).isEqualTo("no result within 80 ms; before that: answered 503");
        assertThat(result.fact("status")).contains("503");
    }

    @Test
    void one_hanging_check_does_not_slow_the_others() {
        Checklist.Builder list = Checklist.named("x");
        list.require(hanging("dead").timeout(Spans.millis(300)));
        for (int i = 0; i < 200; i++) {
            list.require(passing("a" + i));
        }
        Report report = run(GoLive.builder().concurrency(2), list.build());
        assertThat(report.results(Status.PASSED)).hasSize(200);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void as_many_hanging_checks_as_there_are_threads_do_not_stop_the_rest() {
        Report report = run(
                GoLive.builder().concurrency(2),
                Checklist.named("x")
                        .require(hanging("a").timeout(Spans.millis(60)))
                        .require(hanging("b").timeout(Spans.millis(60)))
                        .require(hanging("c").timeout(Spans.millis(60)))
                        .require(passing("d").as("D"))
                        .build());
        assertThat(result(report, "D").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void at_the_deadline_of_the_run_what_is_not_finished_is_unknown() {
        Item first = hanging("a").timeout(Spans.seconds(1)).as("A");
        Report report = run(
                GoLive.builder().deadline(Spans.seconds(1)).concurrency(1),
                Checklist.named("x")
                        .require(first)
                        .require(hanging("b").timeout(Spans.seconds(1)).as("B"))
                        .require(passing("c").timeout(Spans.seconds(1)).as("C").after(first))
                        .build());
        assertThat(report.results(Status.UNKNOWN).stream().map(ItemResult::id)).contains("A", "B");
        assertThat(result(report, "B").why()).contains("deadline of 1 s");
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void a_check_that_cannot_end_before_the_deadline_is_refused_before_it_begins() {
        Checklist list = Checklist.named("x")
                .require(passing("a").eventually(Duration.ofHours(1)).as("A"))
                .build();
        try (GoLive golive = GoLive.create()) {
            assertThat(golive.problems(list, Canned.STAGING))
                    .singleElement()
                    .asString()
                    .contains("A may take 1 h", "longer than the run's deadline of 10 min");
            assertThatThrownBy(() -> golive.run(list, Canned.STAGING)).isInstanceOf(InvalidChecklistException.class);
        }
    }

    @Test
    void the_context_says_when_the_attempt_ends() {
        AtomicReference<Duration> left = new AtomicReference<>();
        resultOf(Check.that("a", context -> {
                    left.set(Duration.between(context.time().now(), context.deadline()));
                    return Outcome.passed();
                })
                .timeout(Spans.seconds(7)));
        assertThat(left.get()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
    }

    @Test
    void a_thread_that_a_check_left_interrupted_does_not_disturb_the_next_check() {
        Check rude = Check.that("a", context -> {
            Thread.currentThread().interrupt();
            return Outcome.passed();
        });
        Check sleeping = Check.that("b", context -> {
            context.time().sleepUntil(context.time().now().plusMillis(5));
            return Outcome.passed();
        });
        Report report = run(
                GoLive.builder().concurrency(1),
                Checklist.named("x")
                        .require(rude.as("A"))
                        .require(sleeping.as("B"))
                        .build());
        assertThat(result(report, "B").status()).isEqualTo(Status.PASSED);
    }
}
