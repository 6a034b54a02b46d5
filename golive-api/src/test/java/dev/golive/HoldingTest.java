package dev.golive;

import static dev.golive.Canned.failing;
import static dev.golive.Canned.inTurn;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.time.Spans;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs on the real clock. */
@Timeout(20)
class HoldingTest {

    private static Check holding(Check check, Duration span) {
        return check.with(check.timing().holdingFor(span).every(Spans.millis(20)));
    }

    @Test
    void it_passes_once_it_has_gone_on_passing() {
        ItemResult result = resultOf(holding(passing("a"), Spans.millis(150)));
        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.took()).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        assertThat(result.attempts()).isGreaterThan(2);
        assertThat(result.fact("held for")).isPresent();
    }

    @Test
    void one_failure_in_between_fails_it_and_says_how_long_it_held() {
        ItemResult result = resultOf(holding(
                inTurn("a", Outcome.passed(), Outcome.passed(), Outcome.failed("gone"), Outcome.passed()),
                Spans.millis(300)));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why())
                .startsWith("did not hold for 300 ms, only for ")
                .endsWith(": gone");
    }

    @Test
    void what_never_passes_fails_at_once() {
        ItemResult result = resultOf(holding(failing("a"), Spans.seconds(5)));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.attempts()).isEqualTo(1);
    }

    @Test
    void with_eventually_a_relapse_begins_the_wait_anew() {
        Check check =
                inTurn("a", Outcome.failed("starting"), Outcome.passed(), Outcome.failed("relapse"), Outcome.passed());
        ItemResult result = resultOf(check.with(Timing.standard()
                .eventually(Spans.seconds(10))
                .holdingFor(Spans.millis(100))
                .every(Spans.millis(20))));
        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.attempts()).isGreaterThan(5);
    }

    @Test
    void warnings_hold_too() {
        assertThat(resultOf(holding(Canned.warning("a"), Spans.millis(60))).status())
                .isEqualTo(Status.WARNED);
    }
}
