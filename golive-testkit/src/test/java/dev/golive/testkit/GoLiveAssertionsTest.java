package dev.golive.testkit;

import static dev.golive.testkit.GoLiveAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.GoLive;
import dev.golive.Item;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

class GoLiveAssertionsTest {

    private static final Item A = Check.that(
                    "the shop is up", c -> Outcome.failed("answered 503", Fact.of("status", 200, 503)))
            .as("A");
    private static final Outcome OUTCOME = Outcome.warned("few days left", Fact.of("days left", 20));

    private static Report report;

    @BeforeAll
    static void run() {
        // not in the static initializer: a check whose class is being initialized by another thread waits for that
        try (GoLive golive = GoLive.create()) {
            report = golive.run(
                    Checklist.named("x")
                            .require(A)
                            .require(Check.that("b", c -> Outcome.passed())
                                    .as("B")
                                    .after(A))
                            .build(),
                    Environment.named("staging"));
        }
    }

    @Test
    void what_is_so_is_accepted() {
        assertThat(report)
                .isNoGo()
                .hasVerdict(Verdict.NO_GO)
                .hasStatus("A", Status.FAILED)
                .hasCount(1, Status.BLOCKED)
                .hasReasonContaining("503")
                .hasNoRemarks()
                .item("A")
                .hasStatus(Status.FAILED)
                .hasWhyContaining("503")
                .hasFact("status", 503)
                .hasFactContaining("status", "50")
                .hasNoFact("days left")
                .hasAttempts(1);
        assertThat(report).item("B").isBlockedBy("A");
        assertThat(OUTCOME)
                .hasWarned()
                .hasFinding(Finding.WARNED)
                .hasWhyContaining("few")
                .hasFact("days left", 20)
                .hasFactContaining("days left", "2")
                .hasNoFact("status");
        assertThat(Outcome.passed()).hasPassed();
        assertThat(Outcome.failed("no")).hasFailed();
        assertThat(Outcome.unknown("dark")).isUnknown();
    }

    @TestFactory
    Stream<DynamicTest> what_is_not_so_is_refused_with_what_was_there() {
        return Stream.<Executable>of(
                        () -> assertThat(report).isGo(),
                        () -> assertThat(report).isConditionalGo(),
                        () -> assertThat(report).isUndecided(),
                        () -> assertThat(report).hasStatus("A", Status.PASSED),
                        () -> assertThat(report).hasStatus("Z", Status.PASSED),
                        () -> assertThat(report).hasOnly(Status.FAILED),
                        () -> assertThat(report).hasCount(2, Status.FAILED),
                        () -> assertThat(report).hasReasonContaining("404"),
                        () -> assertThat(report).hasRemarkContaining("waiver"),
                        () -> assertThat(report).item("Z"),
                        () -> assertThat(report).item("A").hasStatus(Status.PASSED),
                        () -> assertThat(report).item("A").hasWhyContaining("404"),
                        () -> assertThat(report).item("A").hasFact("status", 200),
                        () -> assertThat(report).item("A").hasFactContaining("status", "404"),
                        () -> assertThat(report).item("A").hasNoFact("status"),
                        () -> assertThat(report).item("A").hasAttempts(2),
                        () -> assertThat(report).item("A").isBlockedBy("B"))
                .map(wrong -> DynamicTest.dynamicTest(
                        "refused",
                        () -> assertThatThrownBy(wrong::execute)
                                .isInstanceOf(AssertionError.class)
                                .hasMessageStartingWith("expected ")
                                .hasMessageContaining("There was:")
                                .hasMessageContaining("answered 503")));
    }

    @TestFactory
    Stream<DynamicTest> wrong_words_about_an_outcome_are_refused_with_its_facts() {
        return Stream.<Executable>of(
                        () -> assertThat(OUTCOME).hasPassed(),
                        () -> assertThat(OUTCOME).hasFailed(),
                        () -> assertThat(OUTCOME).isUnknown(),
                        () -> assertThat(OUTCOME).hasWhyContaining("many"),
                        () -> assertThat(OUTCOME).hasFact("days left", 21),
                        () -> assertThat(OUTCOME).hasFactContaining("days left", "9"),
                        () -> assertThat(OUTCOME).hasNoFact("days left"))
                .map(wrong -> DynamicTest.dynamicTest(
                        "refused",
                        () -> assertThatThrownBy(wrong::execute)
                                .isInstanceOf(AssertionError.class)
                                .hasMessageContaining("There was: WARNED: few days left\n  days left: 20")));
    }

    @Test
    void it_stands_beside_another_assertion_library() {
        assertThat("text").isEqualTo("text");
        assertThat(report.results()).hasSize(2);
        assertThatNullPointerException()
                .isThrownBy(() -> assertThat(report).item(null))
                .withMessage("id must not be null");
    }
}
