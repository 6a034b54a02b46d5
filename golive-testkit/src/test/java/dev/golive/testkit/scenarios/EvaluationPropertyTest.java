package dev.golive.testkit.scenarios;

import static dev.golive.rollback.Percent.percent;
import static dev.golive.testkit.scenarios.Watching.HALF_MINUTE;
import static dev.golive.testkit.scenarios.Watching.HEALTH;
import static dev.golive.testkit.scenarios.Watching.REQUESTS;
import static dev.golive.testkit.scenarios.Watching.START;
import static dev.golive.testkit.scenarios.Watching.armed;
import static dev.golive.testkit.scenarios.Watching.only;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.rollback.Evaluation;
import dev.golive.rollback.Judgement;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.MissingData;
import dev.golive.rollback.Rate;
import dev.golive.rollback.Sample;
import dev.golive.rollback.Trigger;
import dev.golive.rollback.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What an evaluation says after each step equals what the rules say about the whole history. */
class EvaluationPropertyTest {

    private static final long INTERVAL = 30;

    /** How long the check of the probe may take, so that silence is heard so much later. */
    private static final long DELAY = 10;

    /**
     * What happens in a slot.
     *
     * @param kind what is seen, or {@code _} for no sample at all
     * @param twice whether the sample is told twice
     * @param tick so many seconds after the slot the clock is told; not at all if negative
     * @param down for so many slots after this one nobody watches
     * @param bad for metrics, how many of 10 requests were bad
     */
    record Step(char kind, boolean twice, int tick, int down, int bad) {}

    @Provide
    Arbitrary<List<Step>> streams() {
        Arbitrary<Character> kinds = Arbitraries.frequency(
                Tuple.of(10, 'B'),
                Tuple.of(3, 'O'),
                Tuple.of(3, '?'),
                Tuple.of(2, 'E'),
                Tuple.of(1, 'L'),
                Tuple.of(1, 'W'),
                Tuple.of(1, 'M'),
                Tuple.of(3, '_'));
        return Combinators.combine(
                        kinds,
                        Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true)),
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.just(-1)),
                                Tuple.of(1, Arbitraries.integers().between(0, 29))),
                        Arbitraries.frequency(Tuple.of(12, 0), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(1, 9)),
                        Arbitraries.integers().between(0, 10))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    private static Sample probed(Step step, Instant at) {
        Sample red = Sample.breach("health", at, "500");
        return switch (step.kind()) {
            case 'O' -> Sample.ok("health", at);
            case 'B' -> red;
            case 'M' -> red.duringMaintenance();
            default -> Sample.unknown("health", at, kind(step.kind()), "nothing seen");
        };
    }

    private static Sample.Kind kind(char kind) {
        return switch (kind) {
            case 'E' -> Sample.Kind.CHECK_ERROR;
            case 'L' -> Sample.Kind.LOW_SAMPLE;
            case 'W' -> Sample.Kind.WARM_UP;
            default -> Sample.Kind.MISSING;
        };
    }

    private static Sample counted(Step step, Instant at) {
        MetricSource.Counts counts = new MetricSource.Counts(step.bad(), 10, Map.of());
        Sample some = Sample.counts("requests", at, HALF_MINUTE, counts);
        return switch (step.kind()) {
            case 'O', 'B' -> some;
            case 'M' -> some.duringMaintenance();
            default -> Sample.unknown("requests", at, kind(step.kind()), "nothing seen");
        };
    }

    /** Tells a stream and compares after everything that was told. */
    private static void compare(
            List<Step> steps,
            Trigger trigger,
            Oracle oracle,
            long delay,
            BiFunction<Step, Instant, Sample> samples,
            BiFunction<List<Oracle.Seen>, Long, Oracle.Answer> rules) {
        Evaluation evaluation = armed(trigger);
        boolean metrics = delay != DELAY;
        List<Oracle.Seen> arrived = new ArrayList<>();
        StringBuilder told = new StringBuilder(trigger.sentence());
        long at = 0;
        // up to when silence was heard; what waits for an earlier sample is no silence
        long now = -delay;
        for (Step step : steps) {
            if (step.kind() != '_') {
                Sample sample = samples.apply(step, START.plusSeconds(at));
                char kind = metrics && step.kind() == 'B' ? 'O' : step.kind();
                arrived.add(new Oracle.Seen(at, kind, step.bad(), 10));
                evaluation = evaluation.with(sample);
                told.append('\n').append(at).append(' ').append(sample);
                check(evaluation, oracle, arrived, now, rules, told);
                if (step.twice()) {
                    evaluation = evaluation.with(sample);
                    check(evaluation, oracle, arrived, now, rules, told);
                }
            }
            if (step.tick() >= 0) {
                evaluation = evaluation.at(START.plusSeconds(at + step.tick()));
                now = Math.max(now, oracle.clock(arrived, at + step.tick() - delay));
                told.append('\n').append(at + step.tick()).append(" clock");
                check(evaluation, oracle, arrived, now, rules, told);
            }
            if (step.down() > 0) {
                long from = at + 29;
                long to = at + INTERVAL * (step.down() + 1) - 7;
                oracle.down(from, to);
                evaluation = evaluation.down(START.plusSeconds(from), START.plusSeconds(to));
                told.append('\n').append(from).append(" nobody watches until ").append(to);
            }
            at += INTERVAL * (step.down() + 1);
        }
        evaluation = evaluation.at(START.plusSeconds(at + 300));
        check(evaluation, oracle, arrived, at + 300 - delay, rules, told.append("\n300 s later"));
    }

    private static void check(
            Evaluation evaluation,
            Oracle oracle,
            List<Oracle.Seen> arrived,
            long now,
            BiFunction<List<Oracle.Seen>, Long, Oracle.Answer> rules,
            CharSequence told) {
        List<Oracle.Seen> judged = oracle.judged(arrived, now);
        Oracle.Answer expected = rules.apply(judged, now);
        Judgement judgement = only(evaluation);
        assertThat(new Oracle.Answer(judgement.truth(), judgement.isInconclusive()))
                .as("%s\n%s", told, judgement.why())
                .isEqualTo(expected);
    }

    @Property(tries = 150)
    void scenario_29_lasting_triggers_say_what_the_whole_history_says(
            @ForAll("streams") List<Step> steps,
            @ForAll MissingData missing,
            @ForAll boolean longer,
            @ForAll @IntRange(min = 1, max = 6) int samples,
            @ForAll @IntRange(min = 60, max = 200) int span,
            @ForAll @IntRange(min = 30, max = 130) int gap) {
        Oracle oracle = new Oracle(INTERVAL, gap, 120, missing);
        Trigger trigger = (longer ? HEALTH.failingLongerThan(seconds(span)) : HEALTH.failingFor(seconds(span)))
                .minSamples(samples)
                .maxGap(seconds(gap))
                .whenMissing(missing)
                .maxUnknown(seconds(120));
        compare(
                steps,
                trigger,
                oracle,
                DELAY,
                EvaluationPropertyTest::probed,
                (all, now) -> oracle.lasting(all, now, span, longer, samples));
    }

    @Property(tries = 150)
    void scenario_14_m_of_n_says_what_a_naive_count_says(
            @ForAll("streams") List<Step> steps,
            @ForAll MissingData missing,
            @ForAll @IntRange(min = 1, max = 5) int m,
            @ForAll @IntRange(min = 0, max = 4) int more) {
        Oracle oracle = new Oracle(INTERVAL, 60, 120, missing);
        Trigger trigger = HEALTH.failing(m, m + more).whenMissing(missing).maxUnknown(seconds(120));
        compare(
                steps,
                trigger,
                oracle,
                DELAY,
                EvaluationPropertyTest::probed,
                (all, now) -> oracle.slots(all, now, m, m + more));
    }

    @Property(tries = 150)
    void scenario_29_rates_say_what_the_whole_history_says(
            @ForAll("streams") List<Step> steps,
            @ForAll MissingData missing,
            @ForAll @IntRange(min = 1, max = 99) int limit,
            @ForAll @IntRange(min = 60, max = 300) int window,
            @ForAll @IntRange(min = 1, max = 60) int requests,
            @ForAll @IntRange(min = 1, max = 30) int bad) {
        Oracle oracle = new Oracle(INTERVAL, 60, 120, missing);
        Trigger trigger = Rate.of(REQUESTS)
                .exceeds(percent(limit))
                .within(seconds(window))
                .atLeastRequests(requests)
                .atLeastBad(bad)
                .whenMissing(missing)
                .maxUnknown(seconds(120));
        compare(
                steps,
                trigger,
                oracle,
                INTERVAL,
                EvaluationPropertyTest::counted,
                (all, now) -> oracle.rate(all, now, limit, window, requests, bad));
    }

    /** What fired, with its reasons, and where the trigger stands in the end. */
    private static List<String> story(Trigger trigger, List<Sample> samples) {
        Evaluation evaluation = armed(trigger);
        List<String> story = new ArrayList<>();
        for (Sample sample : samples) {
            evaluation = evaluation.with(sample);
            evaluation.fired().forEach(fired -> story.add(fired.explain()));
        }
        Judgement end = only(evaluation);
        story.add(end.explain() + end.isBreaching() + end.isInconclusive() + end.isNeverJudged());
        return story;
    }

    @Property(tries = 150)
    void scenario_27_samples_that_come_late_or_twice_lead_to_the_same_decisions(
            @ForAll("streams") List<Step> steps, @ForAll MissingData missing, @ForAll Random random) {
        List<Sample> sorted = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).kind() != '_') {
                sorted.add(probed(steps.get(i), START.plusSeconds(INTERVAL * i)));
            }
        }
        // each comes before any that is more than two intervals newer
        List<Sample> mixed = new ArrayList<>();
        List<Sample> left = new ArrayList<>(sorted);
        while (!left.isEmpty()) {
            Instant limit = left.get(0).slotAt().plusSeconds(2 * INTERVAL);
            List<Sample> open = left.stream()
                    .filter(sample -> !sample.slotAt().isAfter(limit))
                    .toList();
            // what comes first is where the history begins
            Sample next = mixed.isEmpty() ? left.get(0) : open.get(random.nextInt(open.size()));
            mixed.add(next);
            left.remove(next);
            if (random.nextInt(4) == 0) {
                mixed.add(mixed.get(random.nextInt(mixed.size())));
            }
        }

        for (Trigger trigger : List.of(
                HEALTH.failingFor(seconds(90)).whenMissing(missing),
                HEALTH.failing(2, 4).whenMissing(missing),
                Trigger.anyOf(HEALTH.failing(3, 3), Trigger.not(HEALTH.failing(1, 2)))
                        .whenMissing(missing))) {
            assertThat(story(trigger, mixed)).isEqualTo(story(trigger, sorted));
        }
    }

    @Property(tries = 150)
    void what_is_not_known_never_fires(@ForAll("streams") List<Step> steps, @ForAll MissingData missing) {
        Trigger lasting = HEALTH.failingFor(seconds(90)).whenMissing(missing).as("a");
        Trigger slots = HEALTH.failing(2, 3).whenMissing(missing).as("b");
        Trigger any = Trigger.anyOf(lasting, slots).as("c");
        Trigger all = Trigger.allOf(seconds(60), lasting, slots).as("d");
        Evaluation evaluation = armed(lasting, slots, any, all);
        long at = 0;
        for (Step step : steps) {
            if (step.kind() != '_') {
                Evaluation before = evaluation;
                // told one after the other without a hole, so that none has to wait
                evaluation = evaluation.with(probed(step, START.plusSeconds(at)));
                at += INTERVAL;
                boolean breach = step.kind() == 'B' || step.kind() == '?' && missing == MissingData.BREACHING;
                for (int i = 0; i < 4; i++) {
                    Judgement now = evaluation.judgements().get(i);
                    boolean began = now.fires() && !before.judgements().get(i).fires();
                    assertThat(began && !breach).as("%s by %s", now, step).isFalse();
                }
            }
        }
    }

    @Property(tries = 150)
    void scenario_74_a_judgement_is_the_same_when_judged_again_from_its_evidence(
            @ForAll("streams") List<Step> steps, @ForAll MissingData missing) {
        Trigger lasting = HEALTH.failingFor(seconds(90)).whenMissing(missing).as("a");
        Trigger slots = HEALTH.failing(2, 4).whenMissing(missing).as("b");
        Trigger rate = Rate.of(REQUESTS)
                .exceeds(percent(40))
                .within(seconds(120))
                .atLeastBad(1)
                .whenMissing(missing)
                .as("c");
        Trigger both = Trigger.allOf(seconds(60), lasting, slots).as("d");
        Evaluation evaluation = armed(lasting, slots, rate, both);
        long at = 0;
        for (Step step : steps) {
            if (step.kind() != '_') {
                evaluation =
                        evaluation.with(probed(step, START.plusSeconds(at))).with(counted(step, START.plusSeconds(at)));
            }
            if (step.tick() >= 0) {
                evaluation = evaluation.at(START.plusSeconds(at + step.tick()));
            }
            if (step.down() > 0) {
                evaluation = evaluation.down(
                        START.plusSeconds(at + 29), START.plusSeconds(at + INTERVAL * (step.down() + 1) - 7));
            }
            at += INTERVAL * (step.down() + 1);
            for (Judgement judgement : evaluation.judgements()) {
                if (judgement.truth() == Truth.TRUE) {
                    Judgement again = evaluation.policy().judge(judgement.evidence());
                    assertThat(again.truth())
                            .as("%s\n%s\n%s", judgement.explain(), judgement.evidence(), again.why())
                            .isEqualTo(Truth.TRUE);
                }
            }
        }
    }
}
