package dev.golive;

import static dev.golive.Canned.counting;
import static dev.golive.Canned.failing;
import static dev.golive.Canned.hanging;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static dev.golive.Canned.throwing;
import static dev.golive.Canned.touching;
import static dev.golive.Canned.unknown;
import static dev.golive.Canned.warning;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConditionTest {

    private static Report runWith(Check condition) {
        return runWith(GoLive.builder(), condition);
    }

    private static Report runWith(GoLive.Builder builder, Check condition) {
        return run(
                builder,
                Checklist.named("list")
                        .require(passing("a"))
                        .require(passing("b").as("B").onlyIf(condition))
                        .build());
    }

    @Test
    void a_condition_that_passes_lets_the_item_be_examined() {
        assertThat(result(runWith(passing("the old shop is up")), "B").status()).isEqualTo(Status.PASSED);
        assertThat(result(runWith(warning("the old shop is up")), "B").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void a_condition_that_fails_makes_the_item_not_applicable_with_the_reason() {
        Report report = runWith(failing("the old shop is up"));
        ItemResult b = result(report, "B");
        assertThat(b.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(b.why()).isEqualTo("applies only if the old shop is up, but the old shop is up is wrong");
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void a_condition_that_met_disorder_is_no_answer() {
        Check disorder =
                Check.that("c", context -> Outcome.failed("status was 503").inconclusive());
        Report report = runWith(disorder);
        assertThat(result(report, "B").status()).isEqualTo(Status.UNKNOWN);
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);

        assertThat(result(run(Checklist.named("list").require(disorder.as("C")).build()), "C")
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void a_condition_that_could_not_be_evaluated_makes_the_item_unknown() {
        for (Check condition : List.of(unknown("c"), throwing("c"))) {
            Report report = runWith(condition);
            assertThat(result(report, "B").status()).isEqualTo(Status.UNKNOWN);
            assertThat(result(report, "B").why()).contains("could not be found out");
            assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        }
    }

    @Test
    void a_condition_that_gave_no_answer_was_not_evaluated_even_if_our_own_network_works() {
        Check silent = touching(Check.that("the old shop is up", context -> Outcome.unreachable("refused")));
        Report report = runWith(GoLive.builder().witness(passing("the witness answers")), silent);
        assertThat(result(report, "B").status()).isEqualTo(Status.UNKNOWN);

        Check slow = touching(hanging("the old shop is up")).timeout(Duration.ofMillis(50));
        Report late = runWith(GoLive.builder().witness(passing("the witness answers")), slow);
        assertThat(result(late, "B").status()).isEqualTo(Status.UNKNOWN);
        assertThat(late.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void a_blocked_condition_blocks_its_item() {
        Check condition = new Check() {
            @Override
            public String sentence() {
                return "the old shop is up";
            }

            @Override
            public Outcome examine(CheckContext context) {
                return Outcome.failed("no");
            }

            @Override
            public List<Check> preconditions() {
                return List.of(failing("there is an old shop"));
            }
        };
        Report report = runWith(condition);
        assertThat(result(report, "B").status()).isEqualTo(Status.BLOCKED);
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void a_condition_is_evaluated_once_however_many_items_share_it() {
        AtomicInteger count = new AtomicInteger();
        Check condition = counting(count, failing("it is Sunday"));
        Report report = run(Checklist.named("list")
                .require(passing("a"))
                .require(passing("b").as("B").onlyIf(condition))
                .require(passing("c").as("C").onlyIf(condition))
                .build());
        assertThat(report.results(Status.NOT_APPLICABLE)).hasSize(2);
        assertThat(report.results()).hasSize(3);
        assertThat(count).hasValue(1);
    }

    @Test
    void an_item_whose_condition_does_not_hold_is_never_examined() {
        AtomicInteger count = new AtomicInteger();
        run(Checklist.named("list")
                .require(counting(count, passing("b")).as("B").onlyIf(failing("it is Sunday")))
                .build());
        assertThat(count).hasValue(0);
    }

    @Test
    void what_does_not_apply_lets_what_comes_after_it_go_ahead() {
        Item a = passing("a").as("A").onlyIf(failing("it is Sunday"));
        Report report = run(Checklist.named("list")
                .require(a)
                .require(passing("b").as("B").after(a))
                .build());
        assertThat(result(report, "B").status()).isEqualTo(Status.PASSED);
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void conditions_with_one_sentence_are_evaluated_each() {
        Report report = run(Checklist.named("x")
                .require(passing("always"))
                .require(failing("a").as("A").onlyIf(failing("the feature is on")))
                .require(failing("b").as("B").onlyIf(passing("the feature is on")))
                .build());
        assertThat(result(report, "A").status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(result(report, "B").status()).isEqualTo(Status.FAILED);
    }
}
