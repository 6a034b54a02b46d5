package dev.golive.aws;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricValueTest extends OnFakeAws {

    private static final Instant NOW = Instant.parse("2027-03-02T09:00:00Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final MetricValue cpu =
            aws.metrics("AWS/RDS").dimension("DBInstanceIdentifier", "shop-db").metric("CPUUtilization");

    private FakeMetric metric() {
        return fake.metric("AWS/RDS", "CPUUtilization", Map.of("DBInstanceIdentifier", "shop-db"));
    }

    /** A value in each minute of the window, which ends at 8:58. */
    private FakeMetric everyMinute(double value) {
        FakeMetric metric = metric();
        for (int i = 3; i <= 17; i++) {
            metric.add(NOW.minus(Duration.ofMinutes(i)), value);
        }
        return metric;
    }

    @Test
    void a_metric_within_its_limit_passes() {
        everyMinute(40);

        Outcome outcome = examine(cpu.maximum(atMost(80.0), QUARTER));

        assertThat(outcome).matches(found -> found.finding() == Finding.PASSED);
        assertThat(outcome.facts())
                .extracting(Object::toString)
                .containsExactly(
                        "maximum: 40.0 (expected at most 80.0)",
                        "window: 2027-03-02T08:43:00Z to 2027-03-02T08:58:00Z");
    }

    @Test
    void one_value_above_the_limit_fails() {
        everyMinute(40).add(NOW.minus(Duration.ofMinutes(9)), 81);

        assertThat(examine(cpu.maximum(atMost(80.0), QUARTER))).matches(found -> found.finding() == Finding.FAILED);
    }

    @Test
    void what_lies_outside_of_the_window_does_not_count() {
        everyMinute(40).add(NOW.minus(Duration.ofMinutes(2)), 99).add(NOW.minus(Duration.ofMinutes(18)), 99);

        assertThat(examine(cpu.maximum(atMost(80.0), QUARTER))).matches(found -> found.finding() == Finding.PASSED);
    }

    @Test
    void a_minute_without_data_leaves_it_unknown() {
        FakeMetric metric = metric();
        for (int i = 4; i <= 17; i++) {
            metric.add(NOW.minus(Duration.ofMinutes(i)), 10);
        }

        Outcome outcome = examine(cpu.maximum(atMost(80.0), QUARTER));

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).contains("CloudWatch has data for 14 of 15 intervals");
    }

    @Test
    void a_metric_that_is_not_there_is_unknown() {
        assertThat(examine(cpu.maximum(atMost(80.0), QUARTER))).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(examine(cpu.minimum(atLeast(0.0), QUARTER))).matches(found -> found.finding() == Finding.UNKNOWN);
    }

    @Test
    void a_metric_that_is_written_only_when_there_is_something_to_count_is_zero_otherwise() {
        metric().add(NOW.minus(Duration.ofMinutes(5)), 3, 4);

        assertThat(examine(cpu.absentIsZero().sum(atMost(7.0), QUARTER)))
                .matches(found -> found.finding() == Finding.PASSED);
        assertThat(examine(cpu.absentIsZero().sum(atMost(6.0), QUARTER)))
                .matches(found -> found.finding() == Finding.FAILED);
        assertThat(examine(cpu.absentIsZero().minimum(atLeast(1.0), QUARTER)))
                .matches(found -> found.finding() == Finding.FAILED);
    }

    @Test
    void an_average_counts_each_value_once() {
        everyMinute(10).add(NOW.minus(Duration.ofMinutes(5)), 100, 100, 100, 100, 100);

        Outcome outcome = examine(cpu.average(atMost(32.5), QUARTER));

        assertThat(outcome).matches(found -> found.finding() == Finding.PASSED);
        assertThat(outcome.facts().get(0).found()).isEqualTo("32.5");
    }

    @Test
    void an_average_of_nothing_is_unknown() {
        assertThat(examine(cpu.absentIsZero().average(atMost(80.0), QUARTER)))
                .matches(found -> found.finding() == Finding.UNKNOWN);
    }

    @Test
    void a_metric_of_every_five_minutes_has_data_in_each_of_them() {
        for (int i = 0; i < 3; i++) {
            metric().add(Instant.parse("2027-03-02T08:40:00Z").plusSeconds(300 * i + 60), 10);
        }

        assertThat(examine(cpu.every(Duration.ofMinutes(5)).maximum(atMost(80.0), QUARTER)))
                .matches(found -> found.finding() == Finding.PASSED);
        assertThat(examine(cpu.maximum(atMost(80.0), QUARTER))).matches(found -> found.finding() == Finding.UNKNOWN);
    }

    @Test
    void data_on_many_pages_are_all_judged() {
        everyMinute(40).add(NOW.minus(Duration.ofMinutes(17)), 81);
        fake.pageSize(5);

        assertThat(examine(cpu.maximum(atMost(80.0), QUARTER))).matches(found -> found.finding() == Finding.FAILED);
        assertThat(fake.requests("monitoring:GetMetricData")).hasSize(3);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        everyMinute(40);

        Check check = cpu.maximum(atMost(80.0), QUARTER);

        assertThat(notUnknown("monitoring", check)).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        everyMinute(40);
        fake.faultNext(2, "monitoring:GetMetricData", AwsFault.throttled());

        assertThat(examine(cpu.maximum(atMost(80.0), QUARTER))).matches(found -> found.finding() == Finding.PASSED);
    }

    @Test
    void a_window_is_whole_intervals() {
        assertThatIllegalArgumentException().isThrownBy(() -> cpu.sum(atMost(1.0), Duration.ofSeconds(90)));
        assertThatIllegalArgumentException().isThrownBy(() -> cpu.sum(atMost(1.0), Duration.ofDays(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cpu.every(Duration.ofMinutes(10)).sum(atMost(1.0), QUARTER));
    }
}
