package dev.golive;

import static dev.golive.Canned.STAGING;
import static dev.golive.Canned.failing;
import static dev.golive.Canned.passing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs on the real clock. */
@Timeout(20)
class ReadinessTest {

    private static final Duration OFTEN = Spans.millis(20);

    private static Checklist list(Check check) {
        return Checklist.named("own").require(check.as("A")).build();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(10);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited in vain").isBefore(end);
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @Test
    void before_the_first_run_has_ended_nothing_is_ready_and_everything_pending() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Check slow = Check.that("a", context -> {
            release.await();
            return Outcome.passed();
        });
        try (Readiness readiness = Readiness.of(list(slow), STAGING, OFTEN)) {
            assertThat(readiness.isReady()).isFalse();
            assertThat(readiness.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(readiness.isTooOld()).isTrue();
            assertThat(readiness.last().results(Status.PENDING)).hasSize(1);
            assertThat(readiness).hasToString("own: UNDECIDED, not yet run");
            release.countDown();
            until(readiness::isReady);
            assertThat(readiness.last().verdict()).isEqualTo(Verdict.GO);
            assertThat(readiness.age()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void it_follows_what_its_checks_find() throws Exception {
        AtomicBoolean up = new AtomicBoolean(true);
        Check check = Check.that("a", context -> up.get() ? Outcome.passed() : Outcome.failed("down"));
        try (Readiness readiness = Readiness.of(list(check), STAGING, OFTEN)) {
            until(readiness::isReady);
            up.set(false);
            until(() -> readiness.verdict() == Verdict.NO_GO);
            up.set(true);
            until(readiness::isReady);
        }
    }

    @Test
    void reading_never_runs_a_check() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (Readiness readiness = Readiness.of(list(Canned.counting(count, passing("a"))), STAGING, Spans.hours(1))) {
            until(readiness::isReady);
            for (int i = 0; i < 100; i++) {
                readiness.last();
                readiness.verdict();
            }
            assertThat(count).hasValue(1);
        }
    }

    @Test
    void a_report_that_is_too_old_no_longer_counts() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Check check = Check.that("a", context -> {
            if (runs.incrementAndGet() > 1) {
                never.await();
            }
            return Outcome.passed();
        });
        try (GoLive golive = GoLive.create();
                Readiness readiness = Readiness.of(golive, list(check), STAGING, OFTEN, Spans.millis(100))) {
            until(() -> runs.get() > 1);
            until(readiness::isTooOld);
            assertThat(readiness.last().verdict()).isEqualTo(Verdict.GO);
            assertThat(readiness.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(readiness.isReady()).isFalse();
        }
    }

    @Test
    void one_run_is_under_way_at_a_time() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        Check check = Check.that("a", context -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            context.time().sleepUntil(context.time().now().plusMillis(30));
            inside.decrementAndGet();
            runs.incrementAndGet();
            return Outcome.passed();
        });
        try (Readiness readiness = Readiness.of(list(check), STAGING, Spans.millis(1))) {
            until(() -> runs.get() > 4);
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void a_list_of_which_nothing_is_examined_here_goes_on_being_run() throws Exception {
        Checklist elsewhere =
                Checklist.named("own").require(passing("a").as("A").from("vpc")).build();
        AtomicInteger ended = new AtomicInteger();
        RunListener listener = new RunListener() {
            @Override
            public void ended(Report report) {
                ended.incrementAndGet();
            }
        };
        try (GoLive golive = GoLive.builder().listener(listener).build();
                Readiness readiness = Readiness.of(golive, elsewhere, STAGING, OFTEN, Spans.seconds(5))) {
            until(() -> ended.get() > 3);
            assertThat(readiness.isReady()).isFalse();
        }
    }

    @Test
    void after_closing_nothing_runs_any_more_and_the_last_report_stays() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Readiness readiness = Readiness.of(list(Canned.counting(count, passing("a"))), STAGING, OFTEN);
        until(readiness::isReady);
        readiness.close();
        int then = count.get();
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(count.get()).isEqualTo(then);
        assertThat(readiness.last().verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void a_list_that_cannot_work_is_refused_when_it_is_given() {
        assertThatThrownBy(() -> Readiness.of(list(Canned.touching(failing("a"))), Environment.named("empty"), OFTEN))
                .isInstanceOf(InvalidChecklistException.class)
                .hasMessageContaining("does not list the host shop.example");
        try (GoLive golive = GoLive.create()) {
            assertThatThrownBy(() -> Readiness.of(golive, list(passing("a")), STAGING, OFTEN, OFTEN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxAge must be longer than every");
        }
    }
}
