package dev.golive.aws;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.Subject;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeLogGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogGroupTest extends OnFakeAws {

    private static final String NAME = "/aws/apprunner/shop-web/1/application";
    private static final Instant NOW = Instant.parse("2027-03-02T09:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final LogGroup log = aws.logGroup(NAME);

    private FakeLogGroup group() {
        return fake.logGroup(NAME);
    }

    private Check request() {
        return Check.that("the shop answers", context -> {
            group().log("GET /health 200 token=abc123");
            return Outcome.passed();
        });
    }

    @Test
    void a_group_whose_name_only_begins_alike_is_another() {
        fake.logGroup(NAME + "-old");

        assertThat(examine(log.exists())).matches(outcome -> outcome.finding() == Finding.FAILED);

        group();
        fake.pageSize(1);

        assertThat(examine(log.exists())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_group_that_is_not_there_fails_every_check() {
        for (Check check : List.of(
                log.exists(),
                log.retentionDays(atLeast(1)),
                log.isStreaming(HOUR),
                log.isStreaming(TWO_MINUTES, Check.that("the shop answers", context -> Outcome.passed())),
                log.hasNoMatch("ERROR", HOUR))) {
            Outcome outcome = examine(check);

            assertThat(outcome).matches(found -> found.finding() == Finding.FAILED, check.sentence());
            assertThat(outcome.why()).isEqualTo("there is no log group " + NAME + " in eu-north-1");
        }
    }

    @Test
    void what_is_kept_for_ever_is_kept_long_enough_and_too_long() {
        group();

        assertThat(examine(log.retentionDays(atLeast(90)))).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(log.retentionDays(atMost(365)))).matches(outcome -> outcome.finding() == Finding.FAILED);

        group().retention(30);

        assertThat(examine(log.retentionDays(atLeast(90)))).matches(outcome -> outcome.finding() == Finding.FAILED);
        assertThat(examine(log.retentionDays(atMost(365)))).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_recent_event_shows_that_it_streams() {
        group().log(NOW.minusSeconds(200), "instance/1", "hello");

        assertThat(examine(log.isStreaming(Duration.ofMinutes(5))))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void silence_of_a_group_that_nobody_provoked_is_unknown() {
        group().log(NOW.minusSeconds(301), "instance/1", "hello");

        assertThat(examine(log.isStreaming(Duration.ofMinutes(5))))
                .matches(outcome -> outcome.finding() == Finding.UNKNOWN);
    }

    @Test
    void a_request_that_is_logged_after_a_while_shows_that_it_streams() {
        group().arrivesAfter(Duration.ofSeconds(47));

        Outcome outcome = examine(log.isStreaming(TWO_MINUTES, request()));

        assertThat(outcome).matches(found -> found.finding() == Finding.PASSED);
        assertThat(time.now()).isBetween(NOW.plusSeconds(47), NOW.plusSeconds(60));
        assertThat(outcome.facts().toString()).contains("instance/1").doesNotContain("token", "abc123", "GET");
    }

    @Test
    void a_request_that_was_served_and_is_not_logged_fails() {
        group().arrivesAfter(Duration.ofMinutes(3));

        Outcome outcome = examine(log.isStreaming(TWO_MINUTES, request()));

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("nothing arrived within 2 min");
        assertThat(time.now()).isBetween(NOW.plusSeconds(120), NOW.plusSeconds(125));
    }

    @Test
    void an_event_that_arrives_at_the_last_moment_counts() {
        group().arrivesAfter(TWO_MINUTES);

        assertThat(examine(log.isStreaming(TWO_MINUTES, request())))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void what_arrived_before_the_request_proves_nothing() {
        group().log(NOW.minusSeconds(2), "instance/1", "earlier").arrivesAfter(HOUR);

        assertThat(examine(log.isStreaming(TWO_MINUTES, request())))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void an_event_dated_ahead_that_arrived_before_proves_nothing() {
        group().arrivesAfter(Duration.ofMinutes(-3)).log(NOW.plusSeconds(90), "instance/1", "a clock that is fast");

        Check silent = Check.that("the shop answers", context -> Outcome.passed());

        assertThat(examine(log.isStreaming(TWO_MINUTES, silent)))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_request_that_did_not_pass_provoked_nothing() {
        group();

        Outcome outcome = examine(log.isStreaming(
                TWO_MINUTES, Check.that("the shop answers", context -> Outcome.failed("it answers 503"))));

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).isEqualTo("nothing was provoked that could be logged: it answers 503");
        assertThat(fake.requests("logs:FilterLogEvents")).hasSize(1);
    }

    @Test
    void nothing_is_provoked_of_which_the_log_could_not_be_read() {
        group();
        Check never = Check.that("the shop answers", context -> {
            throw new AssertionError("it was examined");
        });

        fake.fault("logs:FilterLogEvents", AwsFault.denied());

        assertThat(examine(log.isStreaming(TWO_MINUTES, never)))
                .matches(outcome -> outcome.finding() == Finding.UNKNOWN)
                .matches(outcome -> !outcome.why().contains("it was examined"));
    }

    @Test
    void a_group_that_is_made_with_its_first_event_streams() {
        assertThat(examine(log.isStreaming(TWO_MINUTES, request())))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    /** A request that is logged when it is made, by clocks that are ahead of ours. */
    private Check requestDated(Duration ahead) {
        return Check.that("the shop answers", context -> {
            group().clockAhead(ahead)
                    .arrivesAfter(ahead.negated())
                    .log(time.now().plus(ahead), "instance/1", "GET /health 200");
            return Outcome.passed();
        });
    }

    @Test
    void a_new_event_is_new_however_wrong_our_clock_is() throws InterruptedException {
        for (int minutes : List.of(-4, -2, 0, 2, 4)) {
            time.advance(TWO_MINUTES);
            Duration ahead = Duration.ofMinutes(minutes);
            fake.logGroup(NAME)
                    .clockAhead(ahead)
                    .arrivesAfter(ahead.negated())
                    .log(time.now().plus(ahead).minusSeconds(2), "instance/1", "earlier");

            assertThat(examine(log.isStreaming(TWO_MINUTES, requestDated(ahead))))
                    .as("ahead by %s", ahead)
                    .matches(outcome -> outcome.finding() == Finding.PASSED);
        }
    }

    @Test
    void an_event_that_arrived_before_is_never_new_however_wrong_our_clock_is() {
        Check silent = Check.that("the shop answers", context -> Outcome.passed());
        for (int minutes : List.of(-4, 0, 4)) {
            Duration ahead = Duration.ofMinutes(minutes);
            group().clockAhead(ahead)
                    .arrivesAfter(ahead.negated())
                    .log(time.now().plus(ahead).minusSeconds(2), "instance/1", "earlier");

            assertThat(examine(log.isStreaming(TWO_MINUTES, silent)))
                    .as("ahead by %s", ahead)
                    .matches(outcome -> outcome.finding() == Finding.FAILED);
        }
    }

    @Test
    void a_provoked_check_declares_what_the_provocation_needs() {
        Check check =
                log.isStreaming(TWO_MINUTES, aws.in("eu-west-1").alarm("a").isOk());

        assertThat(check.permissions())
                .extracting(permission -> permission.action())
                .containsExactlyInAnyOrder("logs:FilterLogEvents", "cloudwatch:DescribeAlarms");
        assertThat(check.touches()).containsExactly(new Subject("aws", "123456789012"));
        assertThat(check.preconditions()).hasSize(1);
        assertThat(check.timing().timeout()).isGreaterThan(TWO_MINUTES);
        assertThat(check.timeout(Duration.ofMinutes(9)).timing().timeout()).isEqualTo(Duration.ofMinutes(9));
    }

    @Test
    void no_match_among_events_passes() {
        group().log(NOW.minusSeconds(20), "instance/1", "INFO started").emptyPages(3);

        assertThat(examine(log.hasNoMatch("?ERROR ?Exception", HOUR)))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void no_match_in_silence_is_unknown() {
        group().log(NOW.minusSeconds(3601), "instance/1", "INFO started");

        Outcome outcome = examine(log.hasNoMatch("?ERROR ?Exception", HOUR));

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).isEqualTo("nothing at all was logged, so that nothing can be told");
    }

    @Test
    void a_match_after_empty_pages_is_found_and_not_shown() {
        group().log(NOW.minusSeconds(20), "instance/2", "INFO fine")
                .log(NOW.minusSeconds(10), "instance/1", "ERROR password=hunter2 of jane@shop.example")
                .log(NOW.minusSeconds(5), "instance/1", "java.lang.Exception: jane")
                .emptyPages(3);

        Outcome outcome = examine(log.hasNoMatch("?ERROR ?Exception", HOUR));

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("2 events match");
        assertThat(outcome.toString())
                .contains("first: 2027-03-02T08:59:50Z", "stream: instance/1")
                .doesNotContain("hunter2", "jane", "password");
        assertThat(fake.requests("logs:FilterLogEvents")).hasSize(4);
    }

    @Test
    void many_matches_are_counted_no_further_than_a_thousand() {
        FakeLogGroup group = group();
        for (int i = 0; i < 1100; i++) {
            group.log(NOW.minusSeconds(60), "instance/1", "ERROR");
        }

        assertThat(examine(log.hasNoMatch("ERROR", HOUR)).why()).isEqualTo("1000 or more events match");
    }

    @Test
    void a_property_of_an_object_can_be_matched() {
        group().log("{\"level\": \"INFO\", \"text\": \"no ERROR here\"}");

        assertThat(examine(log.hasNoMatch("{ $.level = \"ERROR\" }", HOUR)))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(log.hasNoMatch("{ $.level = \"INFO\" }", HOUR)))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_pattern_that_cloudwatch_refuses_is_unknown() {
        group().log("x");

        assertThat(examine(log.hasNoMatch("{ $.level", HOUR))).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        group().log("INFO");

        for (Check check : List.of(
                log.exists(),
                log.retentionDays(atLeast(1)),
                log.isStreaming(HOUR),
                log.isStreaming(TWO_MINUTES, request()),
                log.hasNoMatch("ERROR", HOUR))) {
            assertThat(notUnknown("logs", check)).as(check.sentence()).isEmpty();
        }
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        group().log("INFO");
        fake.faultNext(2, "logs:FilterLogEvents", AwsFault.throttled());

        assertThat(examine(log.hasNoMatch("ERROR", HOUR))).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_time_is_longer_than_zero() {
        assertThatIllegalArgumentException().isThrownBy(() -> log.isStreaming(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> log.hasNoMatch("ERROR", Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> log.hasNoMatch(" ", HOUR));
    }
}
