package dev.golive;

import static dev.golive.Canned.inTurn;
import static dev.golive.Canned.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTest {

    @Test
    void a_pass_after_a_failed_attempt_says_so() {
        ItemResult result = resultOf(inTurn("a", Outcome.failed("503"), Outcome.passed(Fact.of("status", 200)))
                .retrying(2));
        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.attempts()).isEqualTo(2);
        assertThat(result.isFlaky()).isTrue();
        assertThat(result.fact("earlier attempt")).contains("503");
        assertThat(result.fact("attempts")).contains("2");
        assertThat(result.fact("status")).contains("200");
    }

    @Test
    void the_last_attempt_decides_after_as_many_as_were_asked_for() {
        ItemResult result = resultOf(inTurn("a", Outcome.unknown("dark"), Outcome.failed("wrong"), Outcome.passed())
                .retrying(1));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.attempts()).isEqualTo(2);
        assertThat(result.why()).isEqualTo("wrong");
    }

    @Test
    void nothing_is_retried_unless_asked_for() {
        ItemResult result = resultOf(inTurn("a", Outcome.failed("wrong"), Outcome.passed()));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.facts()).isEmpty();
    }

    @Test
    void a_warning_is_good_enough_not_to_be_retried() {
        ItemResult result =
                resultOf(inTurn("a", Outcome.warned("hm"), Outcome.passed()).retrying(3));
        assertThat(result.status()).isEqualTo(Status.WARNED);
        assertThat(result.attempts()).isEqualTo(1);
    }

    @Test
    void each_attempt_knows_its_number_and_draws_other_random_numbers_that_a_seed_repeats() {
        StringBuffer drawn = new StringBuffer();
        Check check = Check.that("a", context -> {
            drawn.append(context.attempt())
                    .append(':')
                    .append(context.random().nextInt(1_000_000))
                    .append(' ');
            return Outcome.failed("again");
        });
        resultOf(check.retrying(1));
        String first = drawn.toString();
        drawn.setLength(0);
        resultOf(check.retrying(1));
        assertThat(drawn).hasToString(first);
        String[] words = first.split("[: ]");
        assertThat(words[0] + words[2]).isEqualTo("12");
        assertThat(words[1]).isNotEqualTo(words[3]);
    }

    @Test
    void pauses_grow_up_to_a_limit() {
        assertThat(Timing.pauseMillis(1)).isEqualTo(200);
        assertThat(Timing.pauseMillis(2)).isEqualTo(400);
        assertThat(Timing.pauseMillis(100)).isEqualTo(5_000);
    }

    @Test
    void retries_and_eventually_exclude_each_other_in_any_order() {
        Check check = Canned.passing("a");
        assertThatThrownBy(() -> check.retrying(1).eventually(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retries and eventually exclude each other");
        assertThatThrownBy(() -> check.eventually(Duration.ofSeconds(1)).retrying(1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
