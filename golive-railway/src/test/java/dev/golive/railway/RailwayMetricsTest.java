package dev.golive.railway;

import static dev.golive.Expect.lessThan;
import static dev.golive.time.Spans.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Outcome;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.MetricSource.Counts;
import dev.golive.testkit.Examine;
import dev.golive.testkit.Sampling;
import dev.golive.testkit.railway.RailwayFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayMetricsTest extends OnFakeRailway {

    private static final Instant SLOT = Instant.parse("2027-03-02T08:55:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RailwayService api = railway.service("api");
    private final RailwayHttpMetrics http = api.http();

    @BeforeEach
    void deploy() {
        fake.service("api").deployed("aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1");
    }

    private String say(Check check) {
        Outcome outcome = examine(check);
        return outcome.finding() + (outcome.why().isEmpty() ? "" : ": " + outcome.why());
    }

    private String sample(MetricSource of) {
        Sampling sampling = Sampling.of(of, SLOT, SLOT.plus(of.slot()));
        Outcome outcome =
                Examine.once(sampling).through(fake.network()).on(time).outcome();
        Counts found = sampling.counts().orElse(null);
        return found == null
                ? outcome.why()
                : found.bad() + "/" + found.total() + (found.percentiles().isEmpty() ? "" : " " + found.percentiles());
    }

    @Test
    void memory_is_judged_in_gb_and_in_percent_of_its_limit() {
        Instant from = Instant.parse("2027-03-02T08:53:00Z");
        fake.service("api").metric("MEMORY_USAGE_GB", from, MINUTE, 0.5, 0.5, 0.5, 0.5, 0.9);
        fake.service("api").metric("MEMORY_LIMIT_GB", from, MINUTE, 1, 1, 1, 1, 1);

        assertThat(say(api.memory().maximum(lessThan(1.0), minutes(5)))).isEqualTo("PASSED");
        assertThat(say(api.memory().maximum(lessThan(0.9), minutes(5)))).startsWith("FAILED");
        assertThat(say(api.memory().average(lessThan(0.6), minutes(5)))).isEqualTo("PASSED");
        assertThat(say(api.memory().percentOfLimit().maximum(lessThan(80.0), minutes(5))))
                .startsWith("FAILED");
        assertThat(say(api.memory().maximum(lessThan(1.0), minutes(6)))).startsWith("UNKNOWN");
        assertThat(say(api.cpu().average(lessThan(1.0), minutes(5)))).startsWith("UNKNOWN: Railway has no samples");
        assertThat(notUnknown(api.memory().maximum(lessThan(1.0), minutes(5)))).isEmpty();
    }

    @Test
    void requests_of_a_slot_are_counted_and_silence_is_not_none() {
        assertThat(sample(http)).contains("Railway has no data of requests");
        assertThat(sample(http.silentWhenIdle())).isEqualTo("0/0");
        fake.service("api")
                .served(SLOT.minusSeconds(1), 500, 1000)
                .served(SLOT, 200, 90)
                .served(SLOT.plusSeconds(30), 404, 4)
                .served(SLOT.plusSeconds(59), 503, 6)
                .served(SLOT.plusSeconds(60), 500, 1000);
        assertThat(sample(http.countsOnly())).isEqualTo("6/100");
        assertThat(sample(http)).isEqualTo("6/100 {50.0=20.0, 90.0=20.0, 95.0=20.0, 99.0=20.0}");
        assertThat(sample(http.countsOnly().countingBad(400, 599))).isEqualTo("10/100");
        assertThat(sample(http.path("/other"))).contains("no data");
    }

    @Test
    void what_cannot_be_a_count_is_no_count() {
        long at = SLOT.getEpochSecond();
        for (String samples : List.of(
                "{\"ts\":" + at + ",\"value\":-1}",
                "{\"ts\":" + at + ",\"value\":1.5}",
                "{\"ts\":" + at + ",\"value\":1e300}",
                "{\"ts\":" + at + ",\"value\":\"NaN\"}",
                "{\"ts\":" + at + ",\"value\":null}",
                "{\"ts\":" + (at + 7) + ",\"value\":1}",
                "{\"ts\":" + at + ",\"value\":1},{\"ts\":" + at + ",\"value\":1}",
                "{\"ts\":9223372036854775807,\"value\":1}")) {
            fake.mend()
                    .fault(
                            "httpMetricsGroupedByStatus",
                            RailwayFault.saying("[{\"statusCode\":200,\"samples\":[" + samples + "]}]"));
            assertThat(sample(http.countsOnly())).as(samples).doesNotContainPattern("^[0-9]+/");
        }
    }
}
