package dev.golive.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private static final Instant NOW = Instant.parse("2027-03-02T09:00:00Z");
    private static final Check CHECK = Check.that("the shop answers", context -> Outcome.passed());
    private static final Probe HEALTH = Probe.of("health", CHECK).every(Duration.ofSeconds(30));

    private record Metrics(String id) implements MetricSource {
        @Override
        public Duration slot() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration settlesAfter() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Counts between(Instant from, Instant to, CheckContext context) {
            return Counts.of(0, 0);
        }
    }

    @Test
    void a_probe_is_the_check_that_it_asks() throws Exception {
        assertThat(HEALTH.sentence()).isEqualTo("the shop answers");
        assertThat(HEALTH.timing()).isEqualTo(CHECK.timing());
        assertThat(HEALTH.id()).isEqualTo("health");
        assertThat(HEALTH.every()).isEqualTo(Duration.ofSeconds(30));
        assertThat(HEALTH).hasToString("health every 30 s: the shop answers");
        assertThat(HEALTH).isEqualTo(Probe.of("health", CHECK).every(Duration.ofSeconds(30)));
        assertThat(HEALTH).isNotEqualTo(Probe.of("health", CHECK).every(Duration.ofSeconds(31)));
        assertThat(HEALTH).hasSameHashCodeAs(Probe.of("health", CHECK).every(Duration.ofSeconds(30)));
    }

    @Test
    void a_sample_may_take_as_long_as_its_check_or_its_numbers() {
        assertThat(HEALTH.arrivesAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Probe.of("slow", CHECK.timeout(Duration.ofSeconds(5)).retrying(2))
                        .every(Duration.ofSeconds(30))
                        .arrivesAfter())
                .isEqualTo(Duration.ofSeconds(15));
        assertThat(new Metrics("m").arrivesAfter()).isEqualTo(Duration.ofMinutes(3));
        assertThat(new Metrics("m").every()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void triggers_are_sentences_with_ids() {
        Trigger red = HEALTH.failingLongerThan(Duration.ofMinutes(3));
        assertThat(red.sentence()).isEqualTo("health fails for longer than 3 min");
        assertThat(red.id()).isEqualTo("health-fails-for-longer-than-3-min");
        assertThat(red.as("red").id()).isEqualTo("red");
        assertThat(HEALTH.failingFor(Duration.ofSeconds(90)).sentence())
                .isEqualTo("health fails for at least 1 min 30 s");
        assertThat(HEALTH.failing(3, 5)).hasToString("health fails in 3 of 5 slots");
        Trigger rate = Rate.of(new Metrics("api")).exceeds(Percent.percent(5)).within(Duration.ofMinutes(5));
        assertThat(rate.sentence()).isEqualTo("the bad share of api exceeds 5 % within 5 min");
        assertThat(rate.id()).isEqualTo("the-bad-share-of-api-exceeds-5-percent-within-5-min");
        assertThat(Percentile.of(new Metrics("api"), 99.9).above(2000).lastingFor(Duration.ofMinutes(5)))
                .hasToString("p99.9 of api is above 2000 for at least 5 min");
        assertThat(Percentile.of(new Metrics("api"), 50).above(0.5).inSlots(3, 5))
                .hasToString("p50 of api is above 0.5 in 3 of 5 slots");
        assertThat(Trigger.anyOf(red, Trigger.allOf(Duration.ofMinutes(2), HEALTH.failing(1, 2), Trigger.not(red))))
                .hasToString("health fails for longer than 3 min or (health fails in 1 of 2 slots and not (health fails"
                        + " for longer than 3 min), within 2 min)");
        assertThat(Trigger.anyOf(red, HEALTH.failing(3, 5)).id())
                .hasSizeLessThanOrEqualTo(64)
                .startsWith("health-fails");
    }

    @Test
    void an_option_gives_a_new_trigger_of_the_same_kind() {
        RateTrigger rate = Rate.of(new Metrics("api"))
                .exceeds(Percent.percent(5))
                .within(Duration.ofMinutes(5))
                .whenMissing(MissingData.IGNORE)
                .maxGap(Duration.ofMinutes(4))
                .clearFor(Duration.ZERO)
                .afterWarmUp(Duration.ofMinutes(1))
                .maxUnknown(Duration.ofMinutes(9))
                .onSomethingElse()
                .dryRun()
                .as("rate")
                .atLeastRequests(7)
                .atLeastBad(3);
        assertThat(rate.id()).isEqualTo("rate");
        assertThat(rate.isDryRun()).isTrue();
        LastingTrigger red = HEALTH.failingFor(Duration.ofMinutes(3))
                .whenMissing(MissingData.BREACHING)
                .maxGap(Duration.ofMinutes(4))
                .clearFor(Duration.ZERO)
                .afterWarmUp(Duration.ofMinutes(1))
                .maxUnknown(Duration.ofMinutes(9))
                .onSomethingElse(PreExisting.BLOCK_LAUNCH)
                .minSamples(5);
        assertThat(red.isDryRun()).isFalse();
        assertThat(red.dryRun().isDryRun()).isTrue();
    }

    @Test
    void bad_arguments_are_refused_where_they_are_given() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Probe.of(" ", CHECK))
                .withMessageContaining("id");
        assertThatNullPointerException().isThrownBy(() -> Probe.of("a", null)).withMessageContaining("check");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Probe.of("a", CHECK).every(Duration.ZERO))
                .withMessageContaining("interval");
        assertThatIllegalArgumentException().isThrownBy(() -> HEALTH.failingFor(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HEALTH.failing(-1, 3))
                .withMessageContaining("m must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HEALTH.failing(1, 0))
                .withMessageContaining("n must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HEALTH.failing(1, 1001))
                .withMessageContaining("1001");
        for (double no : new double[] {-0.1, 100.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Percent.percent(no))
                    .withMessageContaining("value");
        }
        for (double no : new double[] {0, 100, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Percentile.of(new Metrics("m"), no))
                    .withMessageContaining("percentile");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Percentile.of(new Metrics("m"), 99).above(Double.NaN));
        assertThatNullPointerException().isThrownBy(() -> Trigger.anyOf(HEALTH.failing(1, 2), null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HEALTH.failing(1, 2).as(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HEALTH.failingFor(Duration.ofDays(4000)))
                .withMessageContaining("3650");
    }

    @Test
    void a_sample_that_contradicts_itself_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Sample("s", NOW, NOW, NOW, Sample.Reading.OK, Sample.Kind.MISSING, "", null, false))
                .withMessageContaining("kind");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample("s", NOW, NOW, NOW, Sample.Reading.UNKNOWN, null, "x", null, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.breach("s", NOW, " "))
                .withMessageContaining("why");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.ok("s", Instant.MAX))
                .withMessageContaining("slotAt");
        assertThatIllegalArgumentException().isThrownBy(() -> new MetricSource.Counts(2, 1, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new MetricSource.Counts(-1, 1, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new MetricSource.Counts(0, 1, Map.of(101.0, 1.0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricSource.Counts(0, 1, Map.of(99.0, Double.NaN)))
                .withMessageContaining("99");
        assertThatIllegalArgumentException().isThrownBy(() -> new Downtime(NOW, NOW.minusSeconds(1)));
    }

    @Test
    void a_sample_prints_what_was_seen() {
        assertThat(Sample.breach("health", NOW, "status was 500").duringMaintenance())
                .hasToString("health at 2027-03-02T09:00:00Z BREACH: status was 500 (maintenance)");
        assertThat(Sample.counts("api", NOW, Duration.ofMinutes(1), new MetricSource.Counts(5, 100, Map.of(99.0, 2.5))))
                .hasToString("api at 2027-03-02T09:00:00Z OK 5/100 {99.0=2.5}");
    }

    @Property(tries = 500)
    void scenario_11_a_counter_never_yields_less_than_nothing_nor_more_than_it_shows(
            @ForAll @LongRange(min = 0) long before, @ForAll @LongRange(min = 0) long after) {
        assertThat(Counter.delta(before, after)).isBetween(0L, after);
    }

    @Property(tries = 500)
    void scenario_11_two_counters_of_a_process_yield_counts(
            @ForAll @LongRange(min = 0, max = 50) long bad,
            @ForAll @LongRange(min = 0, max = 50) long good,
            @ForAll @LongRange(min = 0, max = 50) long laterBad,
            @ForAll @LongRange(min = 0, max = 50) long laterGood) {
        MetricSource.Counts after = MetricSource.Counts.of(laterBad, laterBad + laterGood);
        MetricSource.Counts delta = Counter.delta(MetricSource.Counts.of(bad, bad + good), after);

        assertThat(delta.total()).isBetween(0L, after.total());
        assertThat(delta.bad()).isBetween(0L, after.bad());
    }

    @Property(tries = 50)
    void scenario_17_truth_is_kleenes(@ForAll Truth a, @ForAll Truth b) {
        // as numbers: false 0, unknown 1, true 2
        List<Truth> order = List.of(Truth.FALSE, Truth.UNKNOWN, Truth.TRUE);
        int x = order.indexOf(a);
        int y = order.indexOf(b);
        assertThat(a.and(b)).isEqualTo(order.get(Math.min(x, y)));
        assertThat(a.or(b)).isEqualTo(order.get(Math.max(x, y)));
        assertThat(a.not()).isEqualTo(order.get(2 - x));
    }
}
