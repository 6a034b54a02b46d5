package dev.golive;

import static dev.golive.Canned.STAGING;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TrialTest {

    /** Notes what is done with it. */
    private static final class Logged implements Trial {
        private final String sentence;
        private final Check.Examination perform;
        private final List<String> log;
        private boolean exhausts;
        private boolean dirty;
        private Duration cleaning = Duration.ZERO;
        private Duration timeout = Duration.ofSeconds(30);

        Logged(String sentence, List<String> log, Check.Examination perform) {
            this.sentence = sentence;
            this.log = log;
            this.perform = perform;
        }

        @Override
        public String sentence() {
            return sentence;
        }

        @Override
        public String writes() {
            return "a session of shop-test";
        }

        @Override
        public String cost() {
            return "one login";
        }

        @Override
        public Outcome perform(CheckContext context) throws Exception {
            log.add("perform " + sentence);
            try {
                return perform.examine(context);
            } finally {
                log.add("performed " + sentence);
            }
        }

        @Override
        public void cleanUp(CheckContext context) throws Exception {
            if (!cleaning.isZero()) {
                context.time().sleepUntil(context.time().now().plus(cleaning));
            }
            log.add("clean " + sentence);
            if (dirty) {
                throw new IllegalStateException("the session is still there");
            }
        }

        @Override
        public boolean exhaustsLimit() {
            return exhausts;
        }

        @Override
        public Duration timeout() {
            return timeout;
        }

        Item item(String id) {
            return as(id).freshFor(Duration.ofDays(1));
        }
    }

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private Logged trial(Check.Examination perform) {
        return new Logged("login works", log, perform);
    }

    private Report runTrial(Logged trial) {
        return run(
                GoLive.builder().allowTrials(STAGING),
                Checklist.named("list").require(trial.item("T")).build());
    }

    @Test
    void a_trial_is_pending_where_trials_are_not_allowed_and_nothing_is_written() {
        Report report = run(Checklist.named("list")
                .require(trial(c -> Outcome.passed()).item("T"))
                .build());
        assertThat(result(report, "T").status()).isEqualTo(Status.PENDING);
        assertThat(result(report, "T").why())
                .isEqualTo("writes a session of shop-test, and trials are not allowed in staging");
        assertThat(log).isEmpty();
    }

    @Test
    void permission_for_one_environment_is_none_for_another() {
        Report report = run(
                GoLive.builder().allowTrials(Environment.named("staging")),
                Checklist.named("list")
                        .require(trial(c -> Outcome.passed()).item("T"))
                        .build());
        assertThat(result(report, "T").status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_trial_that_passes_is_cleaned_up() {
        Report report = runTrial(trial(c -> Outcome.passed()));
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
        assertThat(log).containsExactly("perform login works", "performed login works", "clean login works");
    }

    @Test
    void a_trial_that_fails_or_throws_is_cleaned_up_and_never_repeated() {
        assertThat(result(runTrial(trial(c -> Outcome.failed("no"))), "T").status())
                .isEqualTo(Status.FAILED);
        assertThat(result(
                                runTrial(trial(c -> {
                                    throw new IllegalStateException("bug");
                                })),
                                "T")
                        .status())
                .isEqualTo(Status.UNKNOWN);
        assertThat(log).filteredOn(line -> line.startsWith("clean")).hasSize(2);
        assertThat(log).filteredOn(line -> line.startsWith("perform ")).hasSize(2);
    }

    @Test
    void a_trial_that_hangs_is_cleaned_up() {
        Logged trial = trial(c -> {
            c.time().sleepUntil(c.time().now().plusSeconds(60));
            return Outcome.passed();
        });
        trial.timeout = Duration.ofMillis(80);
        Report report = runTrial(trial);
        assertThat(result(report, "T").status()).isEqualTo(Status.UNKNOWN);
        assertThat(log).contains("clean login works");
    }

    @Test
    void what_could_not_be_cleaned_up_makes_a_pass_a_warning() {
        Logged trial = trial(c -> Outcome.passed());
        trial.dirty = true;
        ItemResult result = result(runTrial(trial), "T");
        assertThat(result.status()).isEqualTo(Status.WARNED);
        assertThat(result.why()).contains("what it wrote may remain", "the session is still there");
    }

    @Test
    void what_could_not_be_cleaned_up_after_a_failure_is_a_fact() {
        Logged trial = trial(c -> Outcome.failed("no"));
        trial.dirty = true;
        ItemResult result = result(runTrial(trial), "T");
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.fact("cleaning up")).get().asString().contains("the session is still there");
    }

    @Test
    void a_cancelled_run_still_cleans_up_before_it_ends() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Logged trial = trial(c -> {
            begun.countDown();
            c.time().sleepUntil(c.time().now().plusSeconds(60));
            return Outcome.passed();
        });
        trial.cleaning = Duration.ofMillis(100);
        try (GoLive golive = GoLive.builder().allowTrials(STAGING).build()) {
            Execution run = golive.start(
                    Checklist.named("list").require(trial.item("T")).build(), STAGING);
            begun.await();
            run.cancel("enough");
            Report report = run.report();
            assertThat(log).contains("clean login works");
            assertThat(result(report, "T").why()).contains("the run was cancelled, enough");
        }
    }

    @Test
    void the_deadline_of_the_run_does_not_keep_a_trial_from_cleaning_up() {
        Logged trial = trial(c -> {
            c.time().sleepUntil(c.time().now().plusSeconds(60));
            return Outcome.passed();
        });
        trial.cleaning = Duration.ofMillis(100);
        Report report = run(
                GoLive.builder().allowTrials(STAGING).deadline(Duration.ofMillis(150)),
                Checklist.named("list").require(trial.item("T")).build());
        assertThat(log).contains("clean login works");
        assertThat(result(report, "T").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void closing_the_runner_waits_until_trials_have_cleaned_up() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Logged trial = trial(c -> {
            begun.countDown();
            c.time().sleepUntil(c.time().now().plusSeconds(60));
            return Outcome.passed();
        });
        trial.cleaning = Duration.ofMillis(200);
        GoLive golive = GoLive.builder().allowTrials(STAGING).build();
        Execution run =
                golive.start(Checklist.named("list").require(trial.item("T")).build(), STAGING);
        begun.await();
        golive.close();
        assertThat(log).contains("clean login works");
        assertThat(run.isDone()).isTrue();
    }

    @Test
    void trials_that_exhaust_a_limit_run_last_and_alone() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Check.Examination alone = c -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            c.time().sleepUntil(c.time().now().plusMillis(30));
            inside.decrementAndGet();
            return Outcome.passed();
        };
        Logged first = new Logged("x1", log, alone);
        Logged second = new Logged("x2", log, alone);
        first.exhausts = true;
        second.exhausts = true;
        Checklist.Builder list =
                Checklist.named("list").require(first.item("X1")).require(second.item("X2"));
        for (int i = 0; i < 10; i++) {
            String name = "a" + i;
            list.require(Check.that(name, c -> {
                c.time().sleepUntil(c.time().now().plusMillis(20));
                log.add(name);
                return Outcome.passed();
            }));
        }
        run(GoLive.builder().allowTrials(STAGING), list.build());
        assertThat(log.subList(0, 10)).allMatch(line -> line.startsWith("a"));
        assertThat(most).hasValue(1);
        assertThat(log.subList(10, 16))
                .containsExactly("perform x1", "performed x1", "clean x1", "perform x2", "performed x2", "clean x2");
    }

    @Test
    void a_blocked_trial_writes_nothing() {
        Item broken = Canned.failing("b").as("B");
        Report report = run(
                GoLive.builder().allowTrials(STAGING),
                Checklist.named("list")
                        .require(broken)
                        .require(trial(c -> Outcome.passed()).item("T").after(broken))
                        .build());
        assertThat(result(report, "T").status()).isEqualTo(Status.BLOCKED);
        assertThat(log).isEmpty();
    }

    @Test
    void trials_have_no_place_in_readiness() {
        Checklist list = Checklist.named("list")
                .require(passing("a"))
                .require(trial(c -> Outcome.passed()).item("T"))
                .build();
        assertThatThrownBy(() -> Readiness.of(list, STAGING, Duration.ofSeconds(1)))
                .isInstanceOf(InvalidChecklistException.class)
                .hasMessageContaining("T is a trial");
    }
}
