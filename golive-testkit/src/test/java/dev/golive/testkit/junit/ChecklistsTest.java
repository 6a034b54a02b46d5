package dev.golive.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.golive.Approval;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.InvalidChecklistException;
import dev.golive.Item;
import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.Waiver;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ChecklistsTest {

    private static final Environment STAGING = Environment.named("staging");

    private static Check gives(String sentence, Outcome outcome) {
        return Check.that(sentence, context -> outcome);
    }

    /** What each test came to, in order. */
    private static Map<String, Throwable> executed(Stream<DynamicTest> tests) {
        Map<String, Throwable> executed = new LinkedHashMap<>();
        tests.forEach(test -> executed.put(
                test.getDisplayName(), catchThrowable(() -> test.getExecutable().execute())));
        return executed;
    }

    @Test
    void each_item_is_one_test_in_list_order_by_its_status() {
        Item failed = gives("failed", Outcome.failed("answered 503", Fact.of("status", 200, 503)))
                .as("F")
                .because("customers ask");
        Item waived = gives("waived", Outcome.failed("known")).as("V");
        Checklist list = Checklist.named("x")
                .given(gives("the account is ours", Outcome.passed()))
                .require(gives("passed", Outcome.passed()).as("P"))
                .require(gives("warned", Outcome.warned("few days left")).as("W"))
                .require(failed)
                .require(gives("unknown", Outcome.unknown("dark")).as("U"))
                .require(gives("blocked", Outcome.passed()).as("B").after(failed))
                .require(gives("does not apply", Outcome.passed())
                        .as("N")
                        .onlyIf(gives("it is Sunday", Outcome.failed("it is Monday"))))
                .require(waived)
                .require(Confirmation.of("K", "somebody looked").freshFor(Duration.ofDays(1)))
                .recommend(gives("recommended", Outcome.failed("missing")).as("R"))
                .build();
        Map<String, Throwable> executed;
        try (GoLive golive = GoLive.builder()
                .waivers(Waiver.of(
                        waived,
                        Person.human("ann", "boss"),
                        "harmless",
                        Instant.now().plusSeconds(900)))
                .build()) {
            executed = executed(Checklists.tests(list, STAGING, golive));
        }
        List<String> names = List.copyOf(executed.keySet());
        assertThat(names).hasSize(9);
        assertThat(names.get(0)).isEqualTo("P: passed");
        assertThat(names.get(1)).isEqualTo("W: warned (WARNED: few days left)");
        assertThat(names.get(6)).startsWith("V: waived (WAIVED: waived by ann (boss) until ");
        List<Throwable> thrown = List.copyOf(executed.values().stream()
                .map(one -> one == null ? new Throwable("passed") : one)
                .toList());
        assertThat(thrown.get(0)).hasMessage("passed");
        assertThat(thrown.get(1)).hasMessage("passed");
        assertThat(thrown.get(2))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("FAILED in staging: failed\n  answered 503\n  matters because customers ask\n"
                        + "  - status: 503 (expected 200)");
        assertThat(thrown.get(3)).isInstanceOf(AssertionFailedError.class).hasMessageContaining("UNKNOWN", "dark");
        assertThat(thrown.get(4))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("BLOCKED in staging")
                .hasMessageContaining("root cause: FAILED F: failed - answered 503");
        assertThat(thrown.get(5))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("NOT_APPLICABLE: applies only if it is Sunday, but it is Monday");
        assertThat(thrown.get(6)).hasMessage("passed");
        assertThat(thrown.get(7))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("PENDING: waits for a person");
        assertThat(thrown.get(8))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAILED (recommended) in staging: recommended");
    }

    @Test
    void a_list_of_which_nothing_was_examined_fails() {
        Checklist list = Checklist.named("x")
                .require(Approval.named("W").by("boss").freshFor(Duration.ofDays(1)))
                .build();
        Map<String, Throwable> executed = executed(Checklists.tests(list, STAGING));
        assertThat(executed).hasSize(2);
        assertThat(executed.get("something of x was examined"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("nothing was examined")
                .hasMessageContaining("W PENDING");
    }

    @Test
    void the_list_is_run_once() {
        AtomicInteger count = new AtomicInteger();
        Checklist.Builder list = Checklist.named("x");
        for (int i = 0; i < 5; i++) {
            list.require(Check.that("a" + i, context -> {
                count.incrementAndGet();
                return Outcome.passed();
            }));
        }
        assertThat(executed(Checklists.tests(list.build(), STAGING)).values()).containsOnlyNulls();
        assertThat(count).hasValue(5);
    }

    @Test
    void stale_evidence_fails() {
        Checklist list = Checklist.named("x")
                .require(gives("a", Outcome.passed()))
                .require(Approval.named("W").by("boss").freshFor(Duration.ofDays(1)))
                .build();
        try (GoLive golive = GoLive.builder()
                .answers(question -> List.of(new dev.golive.Answer(
                        "W",
                        dev.golive.Answer.Kind.APPROVED,
                        Person.human("ann", "boss"),
                        Instant.now(),
                        "another state",
                        "")))
                .build()) {
            assertThat(executed(Checklists.tests(list, STAGING, golive)).get("W: Approved by boss"))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("STALE");
        }
    }

    @Test
    void a_list_that_cannot_work_is_refused_as_a_whole() {
        Checklist list = Checklist.named("x")
                .require(gives("a", Outcome.passed()).eventually(Duration.ofHours(5)))
                .build();
        assertThatThrownBy(() -> Checklists.tests(list, STAGING)).isInstanceOf(InvalidChecklistException.class);
    }

    @TestFactory
    Stream<DynamicTest> it_works_as_a_test_factory() {
        return Checklists.tests(
                Checklist.named("x")
                        .require(gives("one", Outcome.passed()))
                        .require(gives("two", Outcome.warned("hm")))
                        .build(),
                STAGING);
    }
}
