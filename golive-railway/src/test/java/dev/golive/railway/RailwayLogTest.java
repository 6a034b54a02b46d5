package dev.golive.railway;

import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.Check;
import dev.golive.Outcome;
import dev.golive.testkit.railway.RailwayFault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayLogTest extends OnFakeRailway {

    private static final Instant NOW = Instant.parse("2027-03-02T09:00:00Z");
    private static final String SECRET = "password=hunter2";

    private final RailwayLog log = railway.service("api").log();

    @BeforeEach
    void deploy() {
        fake.service("api").deployed("aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1");
    }

    private String say(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome.toString() + outcome.facts()).doesNotContain("hunter2");
        return outcome.finding() + (outcome.why().isEmpty() ? "" : ": " + outcome.why());
    }

    private void line(Instant at, String severity, String message) {
        fake.service("api").log(at, severity, message, Map.of());
    }

    private void lines(int count, Instant from, long stepNanos) {
        for (int i = 0; i < count; i++) {
            line(from.plusNanos(i * stepNanos), "info", "GET / 200 " + i);
        }
    }

    private void told(String json) {
        fake.mend().fault("deploymentLogs", RailwayFault.saying(json));
    }

    @Test
    void nothing_that_matches_passes_also_if_nothing_was_said() {
        assertThat(say(log.hasNoMatch("OutOfMemory"))).isEqualTo("PASSED");
        assertThat(say(log.hasNoErrors())).isEqualTo("PASSED");

        line(NOW.minusSeconds(60), "info", "started");
        assertThat(say(log.hasNoMatch("OutOfMemory"))).isEqualTo("PASSED");
        assertThat(say(log.hasNoErrors())).isEqualTo("PASSED");
        assertThat(examine(log.hasNoErrors()).facts().toString()).contains("lines read", "aaaa111");
    }

    @Test
    void what_matches_fails_with_number_and_time_and_without_the_line() {
        line(NOW.minusSeconds(60), "error", "java.lang.OutOfMemoryError " + SECRET);
        line(NOW.minusSeconds(30), "error", "java.lang.OutOfMemoryError " + SECRET);
        line(NOW.minusSeconds(10), "info", "fine " + SECRET);

        assertThat(say(log.hasNoMatch("OutOfMemory"))).isEqualTo("FAILED: there are 2 such lines");
        assertThat(say(log.hasNoMatch(Pattern.compile("OutOf\\w+Error")))).isEqualTo("FAILED: there are 2 such lines");
        assertThat(say(log.hasNoMatch(Pattern.compile("^fine")))).isEqualTo("FAILED: there is 1 such line");
        assertThat(say(log.hasNoErrors())).isEqualTo("FAILED: there are 2 such lines");
        assertThat(examine(log.hasNoErrors()).facts().toString())
                .contains("2027-03-02T08:59:00Z", "2027-03-02T08:59:30Z");
        assertThat(say(log.hasNoMatch("outofmemory"))).isEqualTo("PASSED");
    }

    @Test
    void only_the_window_counts() {
        line(NOW.minusSeconds(11 * 60), "error", "long ago");

        assertThat(say(log.hasNoErrors())).isEqualTo("PASSED");
        assertThat(say(log.within(minutes(12)).hasNoErrors())).startsWith("FAILED");
        line(NOW.minusSeconds(600), "error", "at the beginning");
        assertThat(say(log.hasNoErrors())).isEqualTo("FAILED: there is 1 such line");
    }

    @Test
    void colours_do_not_hide_a_word() {
        line(NOW.minusSeconds(60), "info", "\u001b[31mOutOf\u001b[0mMemory");

        assertThat(say(log.hasNoMatch("OutOfMemory"))).startsWith("FAILED");
    }

    @Test
    void more_lines_than_one_answer_holds_are_read_in_parts() {
        line(NOW.minusSeconds(590), "error", "the oldest, which the first answer leaves out");
        lines(7000, NOW.minusSeconds(580), 70_000_000);

        assertThat(say(log.hasNoMatch("the oldest"))).isEqualTo("FAILED: there is 1 such line");
        assertThat(say(log.hasNoErrors())).isEqualTo("FAILED: there is 1 such line");
        assertThat(say(log.hasNoMatch("no such words"))).isEqualTo("PASSED");
        assertThat(examine(log.hasNoMatch("no such words")).facts().toString()).contains("7001");
    }

    @Test
    void lines_of_one_instant_that_are_too_many_prove_nothing_but_a_match() {
        for (int i = 0; i < 2600; i++) {
            line(NOW.minusSeconds(60), "info", "burst " + i);
        }

        assertThat(say(log.hasNoMatch("no such words"))).isEqualTo("UNKNOWN: more was logged than golive reads");
        assertThat(say(log.hasNoMatch("burst 0"))).startsWith("FAILED");
        assertThat(say(log.hasNoMatch("burst 2599"))).startsWith("FAILED");
    }

    @Test
    void what_ends_at_no_time_is_unknown_and_does_not_last_for_ever() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 2600; i++) {
            all.append(i == 0 ? "[" : ",")
                    .append("{\"timestamp\":\"2027-03-02T08:5")
                    .append(i % 10)
                    .append(":00.00000000")
                    .append(i % 7)
                    .append("Z\",\"message\":\"x\",\"severity\":\"info\"}");
        }
        told(all.append("]").toString());

        assertThat(say(log.hasNoMatch("no such words"))).isEqualTo("UNKNOWN: more was logged than golive reads");
        assertThat(fake.requests("deploymentLogs")).hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void a_text_with_quotation_marks_is_looked_for_as_it_is() {
        line(NOW.minusSeconds(60), "info", "say \"no\" \\ more");

        assertThat(say(log.hasNoMatch("say \"no\" \\"))).startsWith("FAILED");
    }

    @Test
    void silence_of_what_is_not_live_proves_nothing() {
        fake.service("api").stoppedBySomebody();
        assertThat(say(log.hasNoErrors())).startsWith("UNKNOWN: no deployment is live");

        fake.service("worker")
                .deployed("cccc333cccc333cccc333cccc333cccc333cccc3")
                .crashed();
        assertThat(say(railway.service("worker").log().hasNoErrors())).startsWith("UNKNOWN: no deployment is live");
        fake.service("worker").log(NOW.minusSeconds(5), "error", "it broke", Map.of());
        assertThat(say(railway.service("worker").log().hasNoErrors())).startsWith("FAILED");
        assertThat(say(railway.service("nobody").log().hasNoErrors()))
                .startsWith("FAILED: there is no Railway service");
    }

    @Test
    void a_line_of_which_nobody_says_how_bad_it_is_may_be_an_error() {
        for (String severity : List.of("null", "\"\"", "\"dreadful\"")) {
            told("[{\"timestamp\":\"2027-03-02T08:59:00Z\",\"message\":\"x\",\"severity\":" + severity + "}]");
            assertThat(say(log.hasNoErrors())).startsWith("UNKNOWN: Railway does not say of 1 of 1 lines");
            assertThat(say(log.hasNoMatch("y"))).isEqualTo("PASSED");
        }
        for (String severity : List.of("ERROR", "fatal", "Critical", "err", "panic")) {
            told("[{\"timestamp\":\"2027-03-02T08:59:00Z\",\"message\":\"x\",\"severity\":\"" + severity + "\"}]");
            assertThat(say(log.hasNoErrors())).as(severity).startsWith("FAILED");
        }
    }

    @Test
    void nanoseconds_are_understood_and_lines_of_other_times_are_left_out() {
        told("[{\"timestamp\":\"2027-03-02T08:59:59.999999999Z\",\"message\":\"x\",\"severity\":\"error\"},"
                + "{\"timestamp\":\"2027-03-02T09:00:00.000000000Z\",\"message\":\"x\",\"severity\":\"error\"},"
                + "{\"timestamp\":\"2027-03-02T08:49:59.999999999Z\",\"message\":\"x\",\"severity\":\"error\"}]");

        assertThat(say(log.hasNoErrors())).isEqualTo("FAILED: there is 1 such line");
    }

    @Test
    void an_answer_that_says_less_than_it_must_proves_nothing() {
        for (String bad : List.of(
                "null",
                "{}",
                "\"\"",
                "[null]",
                "[{\"message\":\"x\",\"severity\":\"info\"}]",
                "[{\"timestamp\":\"yesterday\",\"message\":\"x\",\"severity\":\"info\"}]",
                "[{\"timestamp\":\"2027-03-02T08:59:00Z\",\"severity\":\"info\"}]",
                "[{\"timestamp\":\"2027-03-02T08:59:00Z\",\"message\":7,\"severity\":\"info\"}]",
                "[{\"timestamp\":\"2027-03-02T08:59:00Z\",\"message\":\"x\",\"severity\":7}]")) {
            told(bad);
            assertThat(say(log.hasNoMatch("y"))).as(bad).startsWith("UNKNOWN");
            assertThat(say(log.hasNoErrors())).as(bad).startsWith("UNKNOWN");
        }
        fake.mend();
        assertThat(notUnknown(log.hasNoMatch("y"))).isEmpty();
        assertThat(notUnknown(log.hasNoErrors())).isEmpty();
    }

    @Test
    void sentences_tell_questions_apart_and_bad_arguments_are_refused() {
        assertThat(log.within(hours(1)).hasNoMatch("Out").sentence())
                .isEqualTo(
                        "log of Railway service api of shop/production does not have a line with \"Out\" within 1 h");
        assertThat(log.hasNoErrors().sentence()).endsWith("does not have an error within 10 min");
        assertThatIllegalArgumentException().isThrownBy(() -> log.within(minutes(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> log.hasNoMatch(" "));
        assertThatNullPointerException().isThrownBy(() -> log.hasNoMatch((Pattern) null));
    }
}
