package dev.golive.testkit.scenarios;

import static dev.golive.rollback.Percent.percent;
import static dev.golive.testkit.scenarios.Watching.HALF_MINUTE;
import static dev.golive.testkit.scenarios.Watching.HEALTH;
import static dev.golive.testkit.scenarios.Watching.HEALTHY;
import static dev.golive.testkit.scenarios.Watching.LATENCY;
import static dev.golive.testkit.scenarios.Watching.REQUESTS;
import static dev.golive.testkit.scenarios.Watching.START;
import static dev.golive.testkit.scenarios.Watching.after;
import static dev.golive.testkit.scenarios.Watching.armed;
import static dev.golive.testkit.scenarios.Watching.at;
import static dev.golive.testkit.scenarios.Watching.firedAfter;
import static dev.golive.testkit.scenarios.Watching.health;
import static dev.golive.testkit.scenarios.Watching.latency;
import static dev.golive.testkit.scenarios.Watching.only;
import static dev.golive.testkit.scenarios.Watching.requests;
import static dev.golive.testkit.scenarios.Watching.truth;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Outcome;
import dev.golive.rollback.Counter;
import dev.golive.rollback.Evaluation;
import dev.golive.rollback.Judgement;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.MissingData;
import dev.golive.rollback.Percentile;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Rate;
import dev.golive.rollback.RateTrigger;
import dev.golive.rollback.Sample;
import dev.golive.rollback.Trigger;
import dev.golive.rollback.Truth;
import dev.golive.testkit.SampleSeries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scenarios of single triggers, by their numbers. */
class TriggerScenariosTest {

    private static final RateTrigger FIVE_PERCENT = Rate.of(REQUESTS)
            .exceeds(percent(5))
            .within(minutes(5))
            .atLeastRequests(20)
            .atLeastBad(1);

    @Test
    void scenario_01_failing_for_three_minutes_fires_at_three_and_longer_than_at_three_thirty() {
        assertThat(firedAfter(HEALTH.failingFor(minutes(3)), health("20xB"))).contains(minutes(3));
        assertThat(firedAfter(HEALTH.failingLongerThan(minutes(3)), health("20xB")))
                .contains(seconds(210));
        assertThat(firedAfter(HEALTH.failingLongerThan(minutes(3)), health("7xB")))
                .isEmpty();
    }

    @Test
    void scenario_02_one_good_sample_begins_the_run_anew() {
        assertThat(firedAfter(HEALTH.failingFor(minutes(3)), health("5xB OK 20xB")))
                .contains(minutes(6));
        assertThat(firedAfter(HEALTH.failingFor(minutes(3)), health("5xB OK 6xB")))
                .isEmpty();
    }

    @Test
    void scenario_03_two_samples_over_three_minutes_are_too_few() {
        Probe slow = Probe.of("health", HEALTHY).every(minutes(1));
        Trigger trigger = slow.failingFor(minutes(3)).maxGap(minutes(3));
        List<Sample> three =
                SampleSeries.of("health", START, minutes(3), "B B B").samples();

        assertThat(truth(trigger, three.subList(0, 2))).isEqualTo(Truth.FALSE);
        assertThat(truth(
                        slow.failingFor(minutes(3)).maxGap(minutes(3)).minSamples(2),
                        List.of(
                                Sample.breach("health", START, "500"),
                                Sample.unknown("health", at(minutes(1)), Sample.Kind.MISSING, "skipped"),
                                Sample.unknown("health", at(minutes(2)), Sample.Kind.MISSING, "skipped"),
                                Sample.breach("health", at(minutes(3)), "500"))))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(
                        trigger,
                        List.of(
                                Sample.breach("health", START, "500"),
                                Sample.unknown("health", at(minutes(1)), Sample.Kind.MISSING, "skipped"),
                                Sample.unknown("health", at(minutes(2)), Sample.Kind.MISSING, "skipped"),
                                Sample.breach("health", at(minutes(3)), "500"))))
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void scenario_04_time_in_which_nobody_watched_is_not_counted() {
        Trigger trigger = HEALTH.failingFor(minutes(3));
        Evaluation before = after(armed(trigger), health("3xB")).down(at(seconds(60)), at(seconds(180)));
        List<Sample> later =
                SampleSeries.of("health", at(minutes(3)), HALF_MINUTE, "20xB").samples();

        Evaluation next = before;
        Instant fired = null;
        for (Sample sample : later) {
            next = next.with(sample);
            if (fired == null && only(next).fires()) {
                fired = sample.startedAt();
            }
        }

        assertThat(fired).isEqualTo(at(minutes(5)));
        assertThat(firedAfter(trigger, health("3xB 3x_ 20xB"))).isNotEqualTo(minutes(5));
    }

    @Test
    void scenario_05_a_long_gap_is_judged_by_the_missing_data_policy() {
        List<Sample> gap = health("4xB 4x? 3xB");

        assertThat(truth(trigger(MissingData.BREACHING), gap)).isEqualTo(Truth.TRUE);
        assertThat(firedAfter(trigger(MissingData.BREACHING), gap)).contains(minutes(3));

        assertThat(truth(trigger(MissingData.NOT_BREACHING), gap)).isEqualTo(Truth.FALSE);
        assertThat(firedAfter(trigger(MissingData.NOT_BREACHING), health("4xB 4x? 20xB")))
                .contains(minutes(7));

        assertThat(truth(trigger(MissingData.IGNORE), gap)).isEqualTo(Truth.FALSE);
        // 90 s before the gap, then from the first sample after it another 90 s
        assertThat(firedAfter(trigger(MissingData.IGNORE), health("4xB 4x? 20xB")))
                .contains(seconds(330));

        Trigger inconclusive = trigger(MissingData.INCONCLUSIVE).maxUnknown(seconds(90));
        assertThat(truth(inconclusive, health("4xB 3x?"))).isEqualTo(Truth.UNKNOWN);
        assertThat(only(after(armed(inconclusive), health("4xB 3x?"))).isInconclusive())
                .isFalse();
        assertThat(only(after(armed(inconclusive), health("4xB 4x?"))).isInconclusive())
                .isTrue();
        assertThat(firedAfter(inconclusive, health("4xB 4x? 20xB"))).contains(minutes(7));
    }

    @Test
    void scenario_05_the_same_holds_where_there_are_no_samples_at_all() {
        assertThat(only(after(armed(trigger(MissingData.BREACHING)), health("4xB"))
                                .at(at(minutes(4))))
                        .truth())
                .isEqualTo(Truth.TRUE);
        assertThat(only(after(armed(trigger(MissingData.NOT_BREACHING)), health("4xB"))
                                .at(at(minutes(4))))
                        .isPartly())
                .isFalse();
        assertThat(only(after(armed(trigger(MissingData.IGNORE)), health("4xB")).at(at(minutes(4))))
                        .isPartly())
                .isTrue();
        assertThat(only(after(armed(trigger(MissingData.INCONCLUSIVE)), health("4xB"))
                                .at(at(minutes(4))))
                        .truth())
                .isEqualTo(Truth.UNKNOWN);
    }

    private static Trigger trigger(MissingData missing) {
        return HEALTH.failingFor(minutes(3)).whenMissing(missing);
    }

    @Test
    void scenario_06_five_bad_of_99_fires_and_five_of_100_does_not() {
        assertThat(truth(FIVE_PERCENT.atLeastBad(5), requests("2/49 3/50"))).isEqualTo(Truth.TRUE);
        assertThat(truth(FIVE_PERCENT.atLeastBad(5), requests("2/50 3/50"))).isEqualTo(Truth.FALSE);
        Trigger tenth =
                Rate.of(REQUESTS).exceeds(percent(0.1)).within(minutes(5)).atLeastBad(1);
        assertThat(truth(tenth, requests("1/1000"))).isEqualTo(Truth.FALSE);
        assertThat(truth(tenth, requests("1/999"))).isEqualTo(Truth.TRUE);
    }

    @Test
    void scenario_07_three_bad_of_four_requests_are_too_few_and_it_says_so() {
        Judgement judgement = only(after(armed(FIVE_PERCENT), requests("3/4")));

        assertThat(judgement.truth()).isEqualTo(Truth.UNKNOWN);
        assertThat(judgement.fires()).isFalse();
        assertThat(judgement.isNeverJudged()).isTrue();
        assertThat(judgement.why()).contains("3 of 4 requests were bad").contains("LOW_SAMPLE");
    }

    @Test
    void scenario_07_too_few_requests_are_shown_and_escalate_to_nobody() {
        Judgement judgement =
                only(after(armed(FIVE_PERCENT), requests("40x0/1")).at(at(minutes(20))));

        assertThat(judgement.truth()).isEqualTo(Truth.UNKNOWN);
        assertThat(judgement.isInconclusive()).isFalse();
        assertThat(judgement.isBreaching()).isFalse();
    }

    @Test
    void scenario_08_a_burst_across_two_fixed_windows_fills_a_sliding_one() {
        // 0:00-5:00 and 5:00-10:00 hold 4 % each; 2:30-7:30 holds 8 %
        List<Sample> burst = requests("5x0/10 5x8/100 5x8/100 5x0/1000");

        assertThat(firedAfter(Rate.of(REQUESTS).exceeds(percent(7.9)).within(minutes(5)), burst))
                .isPresent();
        assertThat(firedAfter(Rate.of(REQUESTS).exceeds(percent(8)).within(minutes(5)), burst))
                .isEmpty();
    }

    @Test
    void scenario_09_a_burst_leaves_the_window_and_the_breach_is_cleared_after_a_while() {
        Trigger trigger = FIVE_PERCENT.clearFor(minutes(2));
        Evaluation burst = after(armed(trigger), requests("2x60/100"));
        assertThat(only(burst).truth()).isEqualTo(Truth.TRUE);

        // the burst is out of the window with the sample of 5:30
        Evaluation falling = after(burst, requests("2x_ 10x0/100"));
        assertThat(only(falling).truth()).isEqualTo(Truth.FALSE);
        assertThat(only(falling).isBreaching()).isTrue();

        assertThat(only(after(falling, requests("12x_ 3x0/100"))).isBreaching()).isTrue();
        assertThat(only(after(falling, requests("12x_ 4x0/100"))).isBreaching()).isFalse();
    }

    @Test
    void scenario_10_no_request_for_ten_minutes_is_not_zero_percent() {
        Evaluation quiet = after(armed(FIVE_PERCENT), requests("0/100 20x0/0"));

        assertThat(only(quiet).truth()).isEqualTo(Truth.UNKNOWN);
        assertThat(only(quiet).isInconclusive()).isTrue();
        assertThat(only(after(armed(FIVE_PERCENT), requests("0/100 10x0/0"))).isInconclusive())
                .isFalse();
        assertThat(only(after(armed(FIVE_PERCENT), requests("0/100 11x0/0"))).isInconclusive())
                .isTrue();
    }

    @Test
    void scenario_11_a_counter_that_was_reset_gives_no_negative_or_inflated_rate() {
        assertThat(Counter.delta(1000, 1010)).isEqualTo(10);
        assertThat(Counter.delta(1000, 7)).isEqualTo(7);
        assertThat(Counter.deltas(List.of(
                        MetricSource.Counts.of(90, 1000),
                        MetricSource.Counts.of(91, 1010),
                        MetricSource.Counts.of(0, 7),
                        MetricSource.Counts.of(0, 17))))
                .containsExactly(
                        MetricSource.Counts.of(1, 10), MetricSource.Counts.of(0, 7), MetricSource.Counts.of(0, 10));
    }

    @Test
    void scenario_12_a_percentile_of_few_requests_says_nothing() {
        Trigger trigger = Percentile.of(LATENCY, 99).above(2000).lastingFor(minutes(5));

        Judgement few = only(after(armed(trigger), latency("20x0/200,p99=2500")));
        assertThat(few.truth()).isEqualTo(Truth.UNKNOWN);
        assertThat(few.isNeverJudged()).isTrue();
        assertThat(few.isInconclusive()).isFalse();

        assertThat(firedAfter(trigger, latency("20x0/1500,p99=2500"))).contains(minutes(5));
        assertThat(firedAfter(
                        Percentile.of(LATENCY, 99)
                                .above(2000)
                                .atLeastRequests(200)
                                .lastingFor(minutes(5)),
                        latency("20x0/200,p99=2500")))
                .contains(minutes(5));
        assertThat(firedAfter(trigger, latency("20x0/1500,p99=2000"))).isEmpty();
    }

    @Test
    void scenario_13_an_alternating_percentile_never_lasts_but_is_found_by_m_of_n() {
        List<Sample> alternating = latency(("0/1500,p99=2100 0/1500,p99=1900 ").repeat(30));

        assertThat(firedAfter(Percentile.of(LATENCY, 99).above(2000).lastingFor(minutes(5)), alternating))
                .isEmpty();
        assertThat(firedAfter(Percentile.of(LATENCY, 99).above(2000).inSlots(3, 5), alternating))
                .contains(minutes(4));
    }

    @Test
    void scenario_14_two_of_three_is_what_the_published_table_says() throws IOException {
        List<MissingData> policies =
                List.of(MissingData.INCONCLUSIVE, MissingData.BREACHING, MissingData.NOT_BREACHING, MissingData.IGNORE);
        int rows = 0;
        for (String line : table("two-of-three.txt")) {
            String[] cells = line.split(" +");
            String slots = String.join(" ", cells[0].split("")).replace("O", "OK");
            for (int i = 0; i < policies.size(); i++) {
                Trigger trigger = HEALTH.failing(2, 3).whenMissing(policies.get(i));
                assertThat(truth(trigger, health(slots)))
                        .as("%s with %s", slots, policies.get(i))
                        .isEqualTo(Truth.valueOf(cells[i + 1]));
            }
            rows++;
        }
        assertThat(rows).isEqualTo(27);
    }

    private static List<String> table(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TriggerScenariosTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void scenario_17_combinations_follow_kleene() {
        Trigger yes = HEALTH.failing(1, 2).as("yes");
        Trigger unknown = Rate.of(REQUESTS).exceeds(percent(5)).within(minutes(5));

        assertThat(truth(Trigger.anyOf(yes, unknown), health("B"))).isEqualTo(Truth.TRUE);
        assertThat(truth(Trigger.allOf(minutes(2), yes, unknown), health("B"))).isEqualTo(Truth.UNKNOWN);
        assertThat(truth(Trigger.not(unknown), requests("3/4"))).isEqualTo(Truth.UNKNOWN);
        assertThat(truth(Trigger.not(yes), health("OK OK"))).isEqualTo(Truth.TRUE);
    }

    @Test
    void scenario_18_the_second_condition_comes_too_late() {
        Trigger red = HEALTH.failing(1, 1).as("red");
        Trigger bad = FIVE_PERCENT.as("bad");
        Trigger both = Trigger.allOf(minutes(2), red, bad);
        List<Sample> late = SampleSeries.of("requests", at(minutes(3)), HALF_MINUTE, "50/100")
                .samples();
        List<Sample> inTime = SampleSeries.of("requests", at(minutes(2)), HALF_MINUTE, "50/100")
                .samples();

        assertThat(only(after(after(armed(both), health("B OK OK OK")), inTime)).truth())
                .isEqualTo(Truth.TRUE);
        assertThat(only(after(after(armed(both), health("B 6xOK")), late)).truth())
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void scenario_25_what_is_true_before_the_launch_blocks_it_and_fires_only_after_it_was_cleared() {
        Trigger elsewhere = HEALTH.failing(2, 2).as("payment").onSomethingElse().clearFor(minutes(1));
        Evaluation before = after(Evaluation.of(Watching.policy(elsewhere)), health("B B B"));

        assertThat(only(before).isPreExisting()).isTrue();
        assertThat(only(before).blocksLaunch()).isTrue();
        assertThat(only(before).fires()).isFalse();

        Evaluation known = before.acknowledge("payment");
        assertThat(only(known).blocksLaunch()).isFalse();
        Evaluation live = known.launching(at(seconds(65))).armed(at(seconds(70)));
        Evaluation still = after(live, health("3x_ B B B"));
        assertThat(only(still).truth()).isEqualTo(Truth.TRUE);
        assertThat(only(still).fires()).isFalse();

        Evaluation cleared = after(still, health("6x_ 4xOK"));
        assertThat(only(cleared).isPreExisting()).isFalse();
        assertThat(only(after(cleared, health("10x_ B B"))).fires()).isTrue();
    }

    @Test
    void scenario_25_a_short_recovery_is_not_cleared() {
        Trigger elsewhere = HEALTH.failing(2, 2).as("payment").onSomethingElse().clearFor(minutes(2));
        Evaluation live = after(Evaluation.of(Watching.policy(elsewhere)), health("B B"))
                .acknowledge("payment")
                .armed(at(seconds(50)));

        assertThat(only(after(live, health("2x_ OK OK B B"))).fires()).isFalse();
    }

    @Test
    void scenario_25_acknowledging_does_not_help_where_the_launch_must_wait() {
        Trigger elsewhere =
                HEALTH.failing(2, 2).as("payment").onSomethingElse(dev.golive.rollback.PreExisting.BLOCK_LAUNCH);
        Evaluation known =
                after(Evaluation.of(Watching.policy(elsewhere)), health("B B")).acknowledge("payment");

        assertThat(only(known).isAcknowledged()).isTrue();
        assertThat(only(known).blocksLaunch()).isTrue();
    }

    @Test
    void scenario_26_errors_of_a_metric_api_are_inconclusive_under_every_policy() {
        for (MissingData missing : MissingData.values()) {
            for (Trigger trigger : List.of(
                    HEALTH.failingFor(minutes(3)).whenMissing(missing),
                    HEALTH.failing(3, 5).whenMissing(missing))) {
                Evaluation end = after(armed(trigger), health("3xOK 60xE")).at(at(minutes(32)));
                assertThat(firedAfter(trigger, health("3xOK 60xE")))
                        .as("%s %s", trigger, missing)
                        .isEmpty();
                assertThat(only(end).truth()).as("%s %s", trigger, missing).isNotEqualTo(Truth.TRUE);
                assertThat(only(end).isInconclusive())
                        .as("%s %s", trigger, missing)
                        .isTrue();
            }
            Trigger rate = FIVE_PERCENT.whenMissing(missing);
            Evaluation end = after(armed(rate), requests("3x0/100 60xE"));
            assertThat(firedAfter(rate, requests("3x0/100 60xE")))
                    .as("%s", missing)
                    .isEmpty();
            assertThat(only(end).isInconclusive()).as("%s", missing).isTrue();
        }
    }

    @Test
    void scenario_28_a_clock_that_is_set_back_by_an_hour_skips_and_repeats_nothing() {
        Trigger trigger = HEALTH.failingFor(minutes(3));
        Evaluation next = armed(trigger);
        List<Instant> fired = new java.util.ArrayList<>();
        for (int i = 0; i < 20; i++) {
            // four samples by the old clock, the others by the one that was set back
            Instant clock = at(HALF_MINUTE.multipliedBy(i)).minus(i < 4 ? Duration.ZERO : hours(1));
            next = next.at(clock).with(Sample.breach("health", clock, "500"));
            if (only(next).fires()) {
                fired.add(clock);
            }
        }

        // the time between the last reading of the old clock and the first of the new one is not known, nor counted
        assertThat(fired).hasSize(13).startsWith(at(seconds(210)).minus(hours(1)));
    }

    @Test
    void scenario_28_a_sample_from_before_the_clock_was_set_back_may_still_come() {
        Trigger trigger = HEALTH.failingFor(minutes(3));
        Evaluation next = after(armed(trigger), health("3xB")).at(at(seconds(90)));
        next = next.at(at(seconds(95)).minus(hours(1)))
                .with(Sample.breach("health", at(seconds(90)), "500"))
                .with(Sample.breach("health", at(seconds(120)).minus(hours(1)), "500"));

        assertThat(only(next).why()).contains("5 breaches in a row over 1 min 55 s");
    }

    @Test
    void scenario_28_summer_time_changes_nothing() {
        Instant spring = Instant.parse("2027-03-28T00:58:00Z");
        List<Sample> night =
                SampleSeries.of("health", spring, HALF_MINUTE, "10xB").samples();
        Evaluation next =
                Evaluation.of(Watching.policy(HEALTH.failingFor(minutes(3)))).armed(spring);
        int fired = 0;
        for (Sample sample : night) {
            next = next.with(sample);
            fired += only(next).fires() ? 1 : 0;
        }

        assertThat(fired).isEqualTo(4);
    }

    @Test
    void scenario_77_red_before_the_release_is_live_does_not_count() {
        Trigger trigger = HEALTH.failingLongerThan(minutes(3));
        Evaluation before = after(Evaluation.of(Watching.policy(trigger)), health("40xB"));
        assertThat(only(before).truth()).isEqualTo(Truth.UNKNOWN);
        assertThat(only(before).fires()).isFalse();

        Evaluation live = before.armed(at(minutes(20)));
        assertThat(only(after(live, health("40x_ 7xB"))).fires()).isFalse();
        assertThat(only(after(live, health("40x_ 8xB"))).fires()).isTrue();
        assertThat(only(after(live, health("40x_ 8xB")).disarmed()).fires()).isFalse();
    }

    @Test
    void scenario_77_samples_within_the_warm_up_do_not_count() {
        Trigger trigger = HEALTH.failingFor(minutes(3)).afterWarmUp(minutes(2));

        assertThat(firedAfter(trigger, health("30xB"))).contains(minutes(5));
        assertThat(only(after(armed(trigger), health("4xB"))).isNeverJudged()).isTrue();
    }

    @Test
    void scenario_81_our_own_network_is_down_and_nothing_fires_then_or_afterwards() {
        for (MissingData missing : MissingData.values()) {
            Trigger trigger = HEALTH.failingFor(minutes(3)).whenMissing(missing);
            assertThat(firedAfter(trigger, health("5xOK 8xE 10xOK")))
                    .as("%s", missing)
                    .isEmpty();
            assertThat(firedAfter(trigger, health("B 8xE B B B")))
                    .as("%s", missing)
                    .isEmpty();
        }
        Sample unreachable =
                Sample.of("health", START, START, START.plusSeconds(10), Outcome.unreachable("connection refused"));
        assertThat(unreachable.kind()).isEqualTo(Sample.Kind.CHECK_ERROR);
    }

    @Test
    void scenario_82_refused_while_the_witness_answers_is_a_breach() {
        assertThat(Sample.of("health", START, START, START, Outcome.failed("connection refused"))
                        .reading())
                .isEqualTo(Sample.Reading.BREACH);
        assertThat(Sample.of("health", START, START, START, Outcome.warned("slow"))
                        .reading())
                .isEqualTo(Sample.Reading.OK);
        assertThat(Sample.of("health", START, START, START, Outcome.unknown("no credentials"))
                        .kind())
                .isEqualTo(Sample.Kind.CHECK_ERROR);
    }

    @Test
    void scenario_93_red_during_announced_maintenance_is_no_breach_and_counts_afterwards() {
        Trigger trigger = HEALTH.failingFor(minutes(3));

        assertThat(firedAfter(trigger, health("30x(B)"))).isEmpty();
        assertThat(firedAfter(trigger, health("10x(B) 20xB"))).contains(minutes(8));
        assertThat(firedAfter(HEALTH.failing(2, 3), health("30x(B) 5xOK"))).isEmpty();
        assertThat(firedAfter(FIVE_PERCENT, requests("10x(50/100) 5x0/100"))).isEmpty();
        assertThat(firedAfter(FIVE_PERCENT, requests("10x(50/100) 50/100"))).contains(minutes(5));
        assertThat(only(after(armed(trigger), health("40x(E)"))).isInconclusive())
                .isFalse();
    }

    @Test
    void one_second_samples_of_two_days_take_ten_triggers_less_than_five_seconds_of_real_time() {
        MetricSource second = new Watching.Metrics("requests", seconds(1), Duration.ZERO);
        Probe probe = Probe.of("health", HEALTHY).every(seconds(1));
        Trigger[] triggers = IntStream.range(0, 10)
                .mapToObj(i -> switch (i % 3) {
                    case 0 ->
                        Rate.of(second)
                                .exceeds(percent(5 + i))
                                .within(minutes(5))
                                .as("t" + i);
                    case 1 -> probe.failingFor(minutes(5)).as("t" + i);
                    default -> probe.failing(3, 5).as("t" + i);
                })
                .toArray(Trigger[]::new);
        Evaluation next = armed(triggers);
        long begin = System.nanoTime();
        Instant slot = START;
        for (int i = 0; i < 2 * 2 * 86_400; i++) {
            next = next.with(
                    i % 2 == 0
                            ? Sample.counts("requests", slot, seconds(1), new MetricSource.Counts(i % 3, 100, Map.of()))
                            : Sample.ok("health", slot));
            slot = i % 2 == 0 ? slot : slot.plusSeconds(1);
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertThat(next.firing()).isEmpty();
        assertThat(millis).isLessThan(5_000);
    }
}
