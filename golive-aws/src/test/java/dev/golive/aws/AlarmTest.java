package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmTest extends OnFakeAws {

    private static final String TOPIC = "arn:aws:sns:eu-north-1:123456789012:alarms";

    private final Alarm alarm = aws.alarm("shop-5xx");

    @Test
    void an_alarm_that_is_ok_passes() {
        fake.alarm("shop-5xx").state("OK");

        assertThat(examine(alarm.isOk())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(alarm.exists())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void an_alarm_that_goes_off_fails_from_then_on() throws InterruptedException {
        fake.alarm("shop-5xx").state("OK").state("ALARM", Instant.parse("2027-03-02T09:05:00Z"));

        assertThat(examine(alarm.isOk())).matches(outcome -> outcome.finding() == Finding.PASSED);

        time.advance(Duration.ofMinutes(5));
        Outcome outcome = examine(alarm.isOk());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("alarm shop-5xx is in state ALARM");
        assertThat(outcome.facts())
                .extracting(Object::toString)
                .containsExactly("shop-5xx: ALARM since 2027-03-02T09:05:00Z (expected OK)");
    }

    @Test
    void an_alarm_without_data_is_not_ok() {
        fake.alarm("shop-5xx");

        Outcome outcome = examine(alarm.isOk());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("alarm shop-5xx is in state INSUFFICIENT_DATA");
    }

    @Test
    void an_alarm_that_is_not_there_fails() {
        fake.alarm("another").state("OK");

        for (Check check : List.of(alarm.exists(), alarm.isOk(), alarm.hasActions())) {
            Outcome outcome = examine(check);

            assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
            assertThat(outcome.why()).isEqualTo("there is no alarm shop-5xx");
        }
    }

    @Test
    void a_composite_alarm_counts() {
        fake.alarm("shop-5xx").composite().state("OK").action(TOPIC);

        assertThat(examine(alarm.isOk())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(alarm.hasActions())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void an_alarm_without_an_action_tells_nobody() {
        fake.alarm("shop-5xx").state("OK");

        assertThat(examine(alarm.hasActions())).matches(outcome -> outcome.finding() == Finding.FAILED);

        fake.alarm("shop-5xx").action(TOPIC);

        assertThat(examine(alarm.hasActions())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void an_alarm_whose_actions_are_disabled_tells_nobody() {
        fake.alarm("shop-5xx").state("OK").action(TOPIC).actionsEnabled(false);

        Outcome outcome = examine(alarm.hasActions());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("alarm shop-5xx has its actions disabled");
    }

    @Test
    void one_of_several_is_enough_to_fail() {
        fake.alarm("a").state("OK");
        fake.alarm("b").composite().state("ALARM");
        Alarm alarms = aws.alarms("a", "b", "c");

        Outcome outcome = examine(alarms.isOk());

        assertThat(alarms.isOk().sentence()).isEqualTo("alarms a, b, c in eu-north-1 are OK");
        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("alarm b is in state ALARM, there is no alarm c");
        assertThat(outcome.facts()).hasSize(3);
        assertThat(fake.requests("monitoring:DescribeAlarms")).hasSize(1);
    }

    @Test
    void several_alarms_are_found_on_three_pages() {
        for (String name : List.of("a", "b", "c")) {
            fake.alarm(name).state("OK");
        }
        fake.pageSize(1);

        assertThat(examine(aws.alarms("a", "b", "c").isOk())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("monitoring:DescribeAlarms")).hasSize(3);
    }

    @Test
    void more_than_a_hundred_alarms_are_asked_for_in_parts() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 205; i++) {
            names.add("alarm-" + i);
            fake.alarm("alarm-" + i).state("OK");
        }

        assertThat(examine(aws.alarms(names.get(0), names.subList(1, 205).toArray(String[]::new))
                        .isOk()))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("monitoring:DescribeAlarms")).hasSize(3);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.alarm("shop-5xx").state("OK").action(TOPIC);

        for (Check check : List.of(alarm.exists(), alarm.isOk(), alarm.hasActions())) {
            assertThat(notUnknown("monitoring", check)).as(check.sentence()).isEmpty();
        }
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.alarm("shop-5xx").state("OK");
        fake.faultNext(2, "monitoring:DescribeAlarms", AwsFault.throttled());

        assertThat(examine(alarm.isOk())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }
}
