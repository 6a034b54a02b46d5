package dev.golive.aws;

import static dev.golive.rollback.Percent.percent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Outcome;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.MetricSource.Counts;
import dev.golive.rollback.Percentile;
import dev.golive.rollback.Rate;
import dev.golive.testkit.Examine;
import dev.golive.testkit.Sampling;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudWatchMetricTest extends OnFakeAws {

    private static final Map<String, String> SHOP = Map.of("ServiceName", "shop-web");
    private static final Instant SLOT = Instant.parse("2027-03-02T08:55:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CloudWatchMetric source = aws.metrics("AWS/AppRunner")
            .dimension("ServiceName", "shop-web")
            .errors("5xxStatusResponses")
            .of("Requests");

    private FakeMetric requests;
    private FakeMetric errors;
    private FakeMetric latency;

    @BeforeEach
    void metrics() {
        requests = fake.metric("AWS/AppRunner", "Requests", SHOP);
        errors = fake.metric("AWS/AppRunner", "5xxStatusResponses", SHOP);
        latency = fake.metric("AWS/AppRunner", "RequestLatency", SHOP);
    }

    private String sample(MetricSource of) {
        return sample(of, SLOT, SLOT.plus(of.slot()));
    }

    private String sample(MetricSource of, Instant from, Instant to) {
        Sampling sampling = Sampling.of(of, from, to);
        Outcome outcome =
                Examine.once(sampling).through(fake.network()).on(time).outcome();
        Counts found = sampling.counts().orElse(null);
        return found == null
                ? outcome.why()
                : found.bad() + "/" + found.total() + (found.percentiles().isEmpty() ? "" : " " + found.percentiles());
    }

    @Test
    void requests_and_errors_of_a_slot_are_counted() {
        requests.add(SLOT.minusSeconds(1), 1000).add(SLOT, 100).add(SLOT.plusSeconds(59), 20);
        errors.add(SLOT.plusSeconds(30), 6).add(SLOT.plusSeconds(60), 500);

        assertThat(sample(source)).isEqualTo("6/120");
    }

    @Test
    void latency_has_its_percentiles() {
        requests.add(SLOT, 100);
        errors.add(SLOT, 0);
        for (int i = 1; i <= 100; i++) {
            latency.add(SLOT.plusSeconds(i % 60), i * 10);
        }

        assertThat(sample(source.latency("RequestLatency")))
                .isEqualTo("0/100 {50.0=500.0, 90.0=900.0, 95.0=950.0, 99.0=990.0}");
        assertThat(sample(source.latency("RequestLatency").percentiles(99.9, 75)))
                .isEqualTo("0/100 {75.0=750.0, 99.9=1000.0}");
    }

    @Test
    void no_data_of_requests_is_not_known_and_not_none() {
        errors.add(SLOT, 0);

        assertThat(sample(source)).contains("CloudWatch has no data of Requests in AWS/AppRunner ServiceName=shop-web");
    }

    @Test
    void a_service_that_is_silent_when_idle_had_no_requests() {
        assertThat(sample(source.silentWhenIdle())).isEqualTo("0/0");
        assertThat(sample(source.silentWhenIdle().latency("RequestLatency"))).isEqualTo("0/0");
    }

    @Test
    void no_data_of_errors_is_not_known_and_not_none() {
        requests.add(SLOT, 100);

        assertThat(sample(source)).contains("CloudWatch has no data of 5xxStatusResponses");
        assertThat(sample(source.silentWhenIdle())).contains("CloudWatch has no data of 5xxStatusResponses");
    }

    @Test
    void a_service_that_is_silent_when_fine_had_no_errors() {
        requests.add(SLOT, 100);

        assertThat(sample(source.silentWhenFine())).isEqualTo("0/100");
    }

    @Test
    void errors_without_requests_contradict_each_other() {
        errors.add(SLOT, 3);

        assertThat(sample(source.silentWhenIdle())).contains("more errors (3) than requests (0)");
    }

    @Test
    void another_dimension_is_another_metric() {
        requests.add(SLOT, 100);
        errors.add(SLOT, 0);

        assertThat(sample(aws.metrics("AWS/AppRunner")
                        .dimension("ServiceName", "shop-web")
                        .dimension("ServiceID", "1")
                        .errors("5xxStatusResponses")
                        .of("Requests")))
                .contains("has no data");
    }

    @Test
    void a_percentage_is_a_share_of_the_requests() {
        fake.metric("AWS/CloudFront", "5xxErrorRate", Map.of()).add(SLOT, 2, 3);
        fake.metric("AWS/CloudFront", "Requests", Map.of()).add(SLOT, 1000);

        assertThat(sample(aws.metrics("AWS/CloudFront")
                        .errorPercentage("5xxErrorRate")
                        .of("Requests")))
                .isEqualTo("25/1000");
    }

    @Test
    void latency_that_is_missing_is_missing_for_itself_only() {
        requests.add(SLOT, 100);
        errors.add(SLOT, 7);

        assertThat(sample(source.latency("RequestLatency"))).isEqualTo("7/100");
    }

    @Test
    void another_account_with_a_service_of_the_same_name_is_not_watched() {
        requests.add(SLOT, 100);
        errors.add(SLOT, 0);
        fake.callerOf("999999999999");

        assertThat(sample(source)).contains("the credentials belong to account 999999999999");
    }

    @Test
    void data_that_are_not_complete_are_not_known() {
        requests.add(SLOT, 100);
        errors.add(SLOT, 0);
        for (String status : new String[] {"PartialData", "InternalError", "Forbidden"}) {
            errors.status(status);

            assertThat(sample(source)).contains(status);
        }
    }

    @Test
    void what_has_not_arrived_is_not_there_yet() throws InterruptedException {
        requests.add(SLOT, 100);
        errors.arrivesAfter(Duration.ofMinutes(10)).add(SLOT, 5);

        assertThat(sample(source)).contains("no data of 5xxStatusResponses");

        time.advance(Duration.ofMinutes(10));

        assertThat(sample(source)).isEqualTo("5/100");
    }

    @Test
    void data_on_many_pages_are_put_together() {
        CloudWatchMetric long5 = source.latency("RequestLatency");
        requests.add(SLOT, 100);
        errors.add(SLOT, 4);
        latency.add(SLOT, 10);
        fake.pageSize(1);

        assertThat(sample(long5)).startsWith("4/100 {50.0=10.0");
        assertThat(fake.requests("monitoring:GetMetricData")).hasSize(6);
    }

    @Test
    void several_slots_are_summed_if_all_have_data() {
        for (int i = 0; i < 3; i++) {
            requests.add(SLOT.plusSeconds(60 * i), 10);
            errors.add(SLOT.plusSeconds(60 * i), i);
        }

        assertThat(sample(source, SLOT, SLOT.plusSeconds(180))).isEqualTo("3/30");
        assertThat(sample(source, SLOT, SLOT.plusSeconds(240))).contains("has no data");
    }

    @Test
    void a_slot_of_five_minutes_is_one_period() {
        requests.add(SLOT.plusSeconds(250), 10);
        errors.add(SLOT.plusSeconds(10), 1);

        assertThat(sample(source.slot(Duration.ofMinutes(5)))).isEqualTo("1/10");
        assertThat(fake.requests("monitoring:GetMetricData").get(0).parameters().toString())
                .contains("Period=300");
    }

    @Test
    void a_slot_that_begins_off_the_minute_is_that_of_cloudwatch() {
        requests.add(SLOT, 10);
        errors.add(SLOT, 1);

        assertThat(sample(source, SLOT.plusMillis(700), SLOT.plusMillis(60_700)))
                .isEqualTo("1/10");
    }

    @Test
    void what_stands_between_us_and_an_answer_leaves_a_sample_unknown() {
        requests.add(SLOT, 10);
        errors.add(SLOT, 0);
        for (AwsFault fault : AwsFault.noAnswers()) {
            fake.fault("monitoring", fault);
            assertThat(sample(source)).as(fault.toString()).isNotBlank().isNotEqualTo("0/10");
            fake.mend();
        }
    }

    @Test
    void sources_with_the_same_metrics_and_options_are_equal() {
        MetricNamespace again = aws.metrics("AWS/AppRunner").dimension("ServiceName", "shop-web");

        assertThat(again.errors("5xxStatusResponses").of("Requests"))
                .isEqualTo(source)
                .hasSameHashCodeAs(source);
        assertThat(again.errors("4xxStatusResponses").of("Requests")).isNotEqualTo(source);
        assertThat(source.latency("RequestLatency")).isNotEqualTo(source);
        assertThat(source.id())
                .isEqualTo("5xxStatusResponses of Requests in AWS/AppRunner ServiceName=shop-web in eu-north-1");
        assertThat(source.as("traffic").id()).isEqualTo("traffic");
    }

    @Test
    void triggers_take_it() {
        assertThat(Rate.of(source.as("traffic"))
                        .exceeds(percent(5))
                        .within(Duration.ofMinutes(5))
                        .sentence())
                .contains("traffic");
        assertThat(Percentile.of(source.latency("RequestLatency"), 99)
                        .above(2000)
                        .lastingFor(Duration.ofMinutes(5))
                        .signals())
                .hasSize(1);
        assertThat(source.arrivesAfter()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void slots_are_whole_minutes() {
        assertThatIllegalArgumentException().isThrownBy(() -> source.slot(Duration.ofSeconds(90)));
        assertThatIllegalArgumentException().isThrownBy(() -> source.slot(Duration.ofHours(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> source.slot(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> source.percentiles(100));
        assertThatIllegalArgumentException().isThrownBy(() -> source.settlesAfter(MINUTE.negated()));
    }
}
