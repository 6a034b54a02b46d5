package dev.golive;

import static dev.golive.Canned.STAGING;
import static dev.golive.Canned.failing;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static dev.golive.Canned.runRequired;
import static dev.golive.Canned.throwing;
import static dev.golive.Canned.unknown;
import static dev.golive.Canned.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.Offset;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void everything_required_passed_is_a_go_without_reasons() {
        Report report = runRequired(passing("a"));
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
        assertThat(report.reasons()).isEmpty();
        assertThat(report.headline()).isEqualTo("GO: 1 passed");
        assertThat(report.orThrow()).isSameAs(report);
    }

    @Test
    void something_required_that_failed_is_a_no_go_with_its_reason() {
        Report report = run(Checklist.named("list")
                .require(passing("a"))
                .require(failing("b").as("B"))
                .build());
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(report.reasons()).containsExactly("B FAILED: b - b is wrong");
        assertThatThrownBy(report::orThrow)
                .isInstanceOf(NotGoException.class)
                .hasMessageContaining("NO GO: 1 failed")
                .hasMessageContaining("B FAILED: b - b is wrong");
    }

    @Test
    void an_exception_in_a_check_is_unknown_and_the_verdict_undecided() {
        Report report = runRequired(throwing("a"));
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(result(report, "C1").status()).isEqualTo(Status.UNKNOWN);
        assertThat(result(report, "C1").why()).isEqualTo("the check threw IllegalStateException: a bug in a");
        assertThat(report.headline()).isEqualTo("NOT YET: 1 not examined");
    }

    @Test
    void an_error_in_a_check_is_unknown_too() {
        Report report = runRequired(Check.that("a", context -> {
            throw new StackOverflowError("deep");
        }));
        assertThat(result(report, "C1").status()).isEqualTo(Status.UNKNOWN);
        assertThat(result(report, "C1").why()).contains("StackOverflowError: deep");
    }

    @Test
    void a_check_that_returns_nothing_is_unknown() {
        @SuppressWarnings("NullAway")
        Check careless = Check.that("a", context -> null);
        assertThat(result(runRequired(careless), "C1").why()).isEqualTo("the check returned nothing");
    }

    @Test
    void a_failure_outweighs_what_is_unknown() {
        Report report = run(Checklist.named("list")
                .require(unknown("a"))
                .require(failing("b"))
                .build());
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void a_warning_makes_it_conditional() {
        Report report = runRequired(warning("a"));
        assertThat(report.verdict()).isEqualTo(Verdict.CONDITIONAL_GO);
        assertThat(report.orThrow()).isSameAs(report);
    }

    @Test
    void a_recommended_item_that_failed_makes_it_conditional_only() {
        Report report = run(Checklist.named("list")
                .require(passing("a"))
                .recommend(failing("b").as("B"))
                .build());
        assertThat(report.verdict()).isEqualTo(Verdict.CONDITIONAL_GO);
        assertThat(report.reasons()).containsExactly("B FAILED (recommended): b - b is wrong");
    }

    @Test
    void recommended_items_alone_never_come_to_a_go() {
        Report report = run(Checklist.named("list").recommend(passing("a")).build());
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.reasons()).containsExactly("nothing required was examined");
    }

    @Test
    void a_list_in_which_nothing_applies_never_comes_to_a_go() {
        Report report = run(Checklist.named("list")
                .require(passing("a").as("A").onlyIf(failing("it is Sunday")))
                .build());
        assertThat(result(report, "A").status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void what_failed_blocks_and_the_blocked_name_the_root_cause() {
        Item first = failing("a").as("A");
        Item second = passing("b").as("B").after(first);
        Item third = passing("c").as("C").after(second);
        Report report = run(Checklist.named("list")
                .recommend(first)
                .recommend(second)
                .require(third)
                .build());
        assertThat(result(report, "C").status()).isEqualTo(Status.BLOCKED);
        assertThat(result(report, "C").blockedBy()).containsExactly("A");
        assertThat(result(report, "C").isBlockedByFailure()).isTrue();
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void what_is_unknown_blocks_without_making_it_a_no_go() {
        Item first = unknown("a").as("A");
        Report report = run(Checklist.named("list")
                .recommend(first)
                .require(passing("b").as("B").after(first))
                .require(passing("c"))
                .build());
        assertThat(result(report, "B").status()).isEqualTo(Status.BLOCKED);
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void a_warning_lets_what_comes_after_it_go_ahead() {
        Item first = warning("a").as("A");
        Report report = run(Checklist.named("list")
                .require(first)
                .require(passing("b").as("B").after(first))
                .build());
        assertThat(result(report, "B").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void what_is_not_yet_due_leaves_the_verdict_alone() {
        ZonedDateTime launch = ZonedDateTime.now(ZoneOffset.UTC).plusDays(3);
        Checklist list = Checklist.named("list")
                .require(passing("a"))
                .require(failing("b").as("B").due(Offset.T.minusDays(1)))
                .require(failing("c").as("C").due(Offset.H.plusHours(1)))
                .build();
        Report report = run(GoLive.builder().launchAt(launch), list);
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
        assertThat(report.headline()).isEqualTo("GO: 1 passed, 2 not yet due");
        assertThat(result(report, "C").why()).contains("nothing has been launched yet");
        Report later = run(GoLive.builder().launchAt(launch.minusDays(3)).launchedAt(Instant.now()), list);
        assertThat(result(later, "B").status()).isEqualTo(Status.FAILED);
        assertThat(result(later, "C").isNotYetDue()).isTrue();
    }

    @Test
    void a_run_that_does_not_know_the_launch_holds_everything_due() {
        Report report = run(Checklist.named("list")
                .require(failing("b").as("B").due(Offset.T.plusDays(100)))
                .build());
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void an_item_for_another_place_is_pending_here() {
        Checklist list = Checklist.named("list")
                .require(passing("a"))
                .require(passing("b").as("B").from("vpc"))
                .build();
        Report here = run(list);
        assertThat(here.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(result(here, "B").status()).isEqualTo(Status.PENDING);
        assertThat(result(here, "B").elsewhere()).contains("vpc");
        assertThat(run(GoLive.builder().vantagePoint("vpc"), list).verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void the_headline_counts_what_was_not_examined_and_what_waits() {
        Report report = run(Checklist.named("list")
                .require(unknown("a"))
                .require(Confirmation.of("K", "somebody looked").freshFor(java.time.Duration.ofDays(1)))
                .build());
        assertThat(report.headline()).isEqualTo("NOT YET: 1 not examined, 1 waiting");
        assertThat(report.environment()).isEqualTo(STAGING);
    }
}
