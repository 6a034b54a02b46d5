package dev.golive;

import static dev.golive.Canned.failing;
import static dev.golive.Canned.inTurn;
import static dev.golive.Canned.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.time.Spans;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs on the real clock. */
@Timeout(20)
class EventuallyTest {

    private static Check within(Check check, Duration within) {
        return check.with(check.timing().eventually(within).every(Spans.millis(20)));
    }

    @Test
    void it_is_tried_until_it_passes() {
        ItemResult result = resultOf(within(
                inTurn("a", Outcome.failed("not yet"), Outcome.unknown("dark"), Outcome.passed()), Spans.seconds(10)));
        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.attempts()).isEqualTo(3);
        assertThat(result.took()).isLessThan(Duration.ofSeconds(5));
        assertThat(result.fact("earlier attempt")).contains("not yet");
    }

    @Test
    void when_its_time_is_up_the_last_outcome_stands() {
        ItemResult result = resultOf(within(failing("a"), Spans.millis(150)));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("not within 150 ms: a is wrong");
        assertThat(result.attempts()).isBetween(2, 8);
    }

    @Test
    void an_attempt_that_hangs_ends_with_the_time_that_was_given_and_says_so() {
        ItemResult result = resultOf(within(Canned.hanging("a"), Spans.millis(150)));
        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.took()).isLessThan(Duration.ofSeconds(5));
        assertThat(result.why()).isEqualTo("not within 150 ms: no result within 150 ms");
    }

    @Test
    void what_was_seen_before_a_hanging_attempt_is_shown() {
        Check check = Check.that("a", context -> {
            if (context.attempt() == 1) {
                return Outcome.failed("the old version");
            }
            context.time().sleepUntil(context.time().now().plusSeconds(60));
            return Outcome.passed();
        });
        ItemResult result = resultOf(within(check, Spans.millis(150)));
        assertThat(result.why()).startsWith("not within 150 ms: ").endsWith("before that: the old version");
    }
}
