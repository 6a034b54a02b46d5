package dev.golive.rollback;

import dev.golive.internal.Arguments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the triggers of a policy make of the samples so far. Immutable: everything that is heard gives a new evaluation;
 * it remembers no more than the windows of its triggers need.
 *
 * <ul>
 *   <li>Samples of one signal are judged in the order of their slots, each slot once. A sample that came before the one
 *       of an earlier slot waits for that one: until it comes, or until a sample or the clock ({@link #at}) is more than
 *       two intervals past the missing slot. What comes later than that, or before the first sample of its signal, has
 *       no effect. So samples that come in any order and any number of times, but no more than two intervals late, lead
 *       to the same judgement as the sorted ones.
 *   <li>Samples of different signals are judged as they come.
 *   <li>Triggers on the launched system count samples that began at or after {@link #armed}; those
 *       {@linkplain Trigger#onSomethingElse() on something else} count from the beginning.
 *   <li>Time in which nobody watched ({@link #down}) is not counted.
 *   <li>A clock that is set back by more than a minute, as {@link #at} shows, does not lead time back: what comes after
 *       is taken as later by that much.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Evaluation {

    /** Two readings of a clock by two threads may come in the wrong order; that is no clock that was set back. */
    private static final Duration STEP = Duration.ofMinutes(1);

    private final RollbackPolicy policy;
    private final Map<String, Lane> lanes;
    private final List<Top> tops;
    private final Downtimes down;
    private final Moments moments;
    private final List<Judgement> fired;

    /** Where a trigger stands. */
    private record Top(
            Rule rule,
            Progress progress,
            Judgement.Standing standing,
            @Nullable Instant clearSince,
            Instant heard) {}

    /**
     * The times that all triggers share.
     *
     * @param began when something was heard first
     * @param launching whether what becomes true now may come from the launch
     * @param armedAt when triggers on the launched system began to count
     * @param armed whether triggers fire
     * @param clock the newest time that was heard
     * @param newest when the newest sample began
     * @param shift by how much the clock was set back in all
     * @param shiftBefore the same without the last time
     */
    private record Moments(
            @Nullable Instant began,
            boolean launching,
            @Nullable Instant armedAt,
            boolean armed,
            Instant clock,
            Instant newest,
            Duration shift,
            Duration shiftBefore) {

        static final Moments NONE =
                new Moments(null, false, null, false, Instant.MIN, Instant.MIN, Duration.ZERO, Duration.ZERO);

        Moments began(Instant at) {
            return new Moments(at, launching, armedAt, armed, clock, newest, shift, shiftBefore);
        }

        Moments launched() {
            return new Moments(began, true, armedAt, armed, clock, newest, shift, shiftBefore);
        }

        Moments armed(@Nullable Instant at, boolean now) {
            return new Moments(began, launching, at, now, clock, newest, shift, shiftBefore);
        }

        Moments heard(Instant at) {
            return new Moments(
                    began, launching, armedAt, armed, at.isAfter(clock) ? at : clock, newest, shift, shiftBefore);
        }

        Moments sampled(Instant at) {
            return new Moments(
                    began, launching, armedAt, armed, clock, at.isAfter(newest) ? at : newest, shift, shiftBefore);
        }

        /** A clock that shows less than it did before by more than a step was set back. */
        Moments noticing(Instant now) {
            return clock.isAfter(now.plus(shift).plus(STEP))
                    ? new Moments(began, launching, armedAt, armed, clock, newest, Duration.between(now, clock), shift)
                    : this;
        }

        /** A sample may have begun before the clock was set back. */
        Sample placed(Sample sample) {
            boolean before =
                    !shift.equals(shiftBefore) && sample.startedAt().plus(shift).isAfter(clock.plus(STEP));
            return sample.later(before ? shiftBefore : shift);
        }
    }

    private Evaluation(
            RollbackPolicy policy,
            Map<String, Lane> lanes,
            List<Top> tops,
            Downtimes down,
            Moments moments,
            List<Judgement> fired) {
        this.policy = policy;
        this.lanes = lanes;
        this.tops = tops;
        this.down = down;
        this.moments = moments;
        this.fired = fired;
    }

    /**
     * Nothing heard yet.
     *
     * @param policy whose triggers are judged
     * @return the evaluation, not armed
     */
    public static Evaluation of(RollbackPolicy policy) {
        Map<String, Lane> lanes = new HashMap<>();
        List<Top> tops = new ArrayList<>();
        for (Rule rule : Arguments.given(policy, "policy").rules()) {
            rule.trigger().signals().forEach(signal -> lanes.put(signal.id(), Lane.of(signal)));
            tops.add(new Top(
                    rule,
                    rule.trigger().begin(Setting.OUTSIDE),
                    new Judgement.Standing(false, false, false, false),
                    null,
                    Instant.MIN));
        }
        return new Evaluation(policy, lanes, tops, Downtimes.NONE, Moments.NONE, List.of());
    }

    /**
     * The launch begins. Triggers on something else that are true now were so before it.
     *
     * @param at when
     * @return the new evaluation
     */
    public Evaluation launching(Instant at) {
        Evaluation now = at(at);
        return new Evaluation(policy, now.lanes, now.tops, now.down, now.moments.launched(), now.fired);
    }

    /**
     * The launched release was seen live: triggers on it count from now. If {@link #launching} was not said before, the
     * launch begins now.
     *
     * @param at when it was seen
     * @return the new evaluation
     */
    public Evaluation armed(Instant at) {
        Evaluation now = moments.launching() ? at(at) : launching(at);
        Instant from = at.plus(now.moments.shift());
        return now.moved(now.lanes, now.moments.armed(from, true), from, progress -> progress.arm(from, now.down));
    }

    /**
     * Nothing fires from now on; samples are still judged and shown.
     *
     * @return the new evaluation
     */
    public Evaluation disarmed() {
        return new Evaluation(policy, lanes, tops, down, moments.armed(moments.armedAt(), false), List.of());
    }

    /**
     * A sample. One of a signal that no trigger refers to has no effect.
     *
     * @param sample the sample
     * @return the new evaluation
     */
    public Evaluation with(Sample sample) {
        Lane lane = lanes.get(Arguments.given(sample, "sample").signal());
        if (lane == null) {
            return this;
        }
        Sample placed = moments.placed(sample);
        Evaluation next = unfired().begun(placed.startedAt());
        Lane.Step step = lane.with(placed, down);
        if (!step.changed()) {
            return next;
        }
        return next.in(step).released(step.released());
    }

    /**
     * Time has passed. Say so at least once in each of the shortest intervals, since silence is heard by the clock only.
     *
     * @param now what the clock shows
     * @return the new evaluation
     */
    public Evaluation at(Instant now) {
        Arguments.instant(now, "now");
        Moments noticed = moments.noticing(now);
        Instant at = now.plus(noticed.shift());
        Evaluation next = new Evaluation(policy, lanes, tops, down, noticed.heard(at), List.of()).begun(at);
        for (Lane lane : lanes.values()) {
            Lane.Step step = lane.at(next.moments.clock(), down);
            if (step.changed()) {
                next = next.in(step).released(step.released());
            }
        }
        Instant clock = next.moments.clock();
        Passed time = new Passed(clock, down, next.lanes);
        return next.moved(next.lanes, next.moments, clock, progress -> progress.at(time));
    }

    /**
     * Nobody watched. Say so before anything that was heard afterwards; it counts from the newest sample on.
     *
     * @param from when watching ended
     * @param to when it went on; nothing changes unless that is later
     * @return the new evaluation
     */
    public Evaluation down(Instant from, Instant to) {
        Instant begin = Arguments.instant(from, "from").plus(moments.shift());
        Instant end = Arguments.instant(to, "to").plus(moments.shift());
        Instant later = begin.isBefore(moments.newest()) ? moments.newest() : begin;
        return new Evaluation(policy, lanes, tops, down.and(later, end), moments, List.of());
    }

    /**
     * Somebody has taken note that a trigger was true before the launch. It is ignored until it has been cleared.
     *
     * @param triggerId the id of the trigger
     * @return the new evaluation
     * @throws IllegalArgumentException if the policy has no such trigger, or it was not true before the launch
     */
    public Evaluation acknowledge(String triggerId) {
        Arguments.text(triggerId, "triggerId");
        List<Top> next = new ArrayList<>();
        boolean found = false;
        for (Top top : tops) {
            boolean meant = top.rule().trigger().id().equals(triggerId)
                    && top.standing().preExisting();
            found |= meant;
            Judgement.Standing s = top.standing();
            next.add(
                    meant
                            ? new Top(
                                    top.rule(),
                                    top.progress(),
                                    new Judgement.Standing(s.breaching(), true, true, s.judged()),
                                    top.clearSince(),
                                    top.heard())
                            : top);
        }
        if (!found) {
            throw new IllegalArgumentException(
                    "triggerId must be the id of a trigger that was true before the launch but was " + triggerId);
        }
        return new Evaluation(policy, lanes, next, down, moments, List.of());
    }

    /**
     * Whose triggers are judged.
     *
     * @return the policy
     */
    public RollbackPolicy policy() {
        return policy;
    }

    /**
     * Whether triggers fire.
     *
     * @return {@code true} between {@link #armed} and {@link #disarmed}
     */
    public boolean isArmed() {
        return moments.armed();
    }

    /**
     * When triggers on the launched system began to count.
     *
     * @return the instant, empty before
     */
    public Optional<Instant> armedAt() {
        return Optional.ofNullable(moments.armedAt());
    }

    /**
     * Where the triggers stand.
     *
     * @return one judgement for each rule, in the order of the policy
     */
    public List<Judgement> judgements() {
        List<Judgement> all = new ArrayList<>(tops.size());
        for (int i = 0; i < tops.size(); i++) {
            all.add(judgement(i));
        }
        return all;
    }

    /**
     * Where one trigger stands.
     *
     * @param triggerId the id of the trigger
     * @return its judgement
     * @throws IllegalArgumentException if the policy has no such trigger
     */
    public Judgement judgement(String triggerId) {
        Arguments.text(triggerId, "triggerId");
        return judgements().stream()
                .filter(judgement -> judgement.triggerId().equals(triggerId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "triggerId must be the id of a trigger of the policy but was " + triggerId));
    }

    /**
     * The triggers whose consequence is due.
     *
     * @return those that fire, in the order of the policy
     */
    public List<Judgement> firing() {
        return judgements().stream().filter(Judgement::fires).toList();
    }

    /**
     * What has just begun to fire, each as it stood at that moment. A late sample may complete several slots at once, in
     * the middle of which a trigger fired; looking only at {@link #firing()} would miss that.
     *
     * @return the triggers that began to fire, or would have if they were no dry run, with the last call of {@link #with},
     *     {@link #at}, {@link #armed} or {@link #launching}
     */
    public List<Judgement> fired() {
        return fired;
    }

    Evidence evidence(Trigger trigger, List<Sample> samples) {
        Instant began = moments.began() == null ? Instant.EPOCH : moments.began();
        Instant from = samples.isEmpty() ? began : samples.get(0).startedAt();
        Map<String, Instant> heardUntil = new LinkedHashMap<>();
        for (Signal signal : trigger.signals()) {
            Lane lane = lanes.get(signal.id());
            if (lane != null && lane.heard() != null) {
                heardUntil.put(signal.id(), lane.heard());
            }
        }
        Instant at = moments.clock().isBefore(began) ? began : moments.clock();
        return new Evidence(trigger.id(), began, moments.armedAt(), at, heardUntil, samples, down.since(from));
    }

    /** What some evidence says, told in one go and in its order. */
    static Judgement of(RollbackPolicy policy, Evidence evidence) {
        Evaluation evaluation = of(policy).begun(evidence.beganAt());
        Downtimes down = evidence.downtimes().stream()
                .reduce(Downtimes.NONE, (all, one) -> all.and(one.from(), one.to()), (a, b) -> b);
        evaluation = new Evaluation(policy, evaluation.lanes, evaluation.tops, down, evaluation.moments, List.of());
        Instant armedAt = evidence.armedAt();
        if (armedAt != null) {
            evaluation = evaluation.moved(
                    evaluation.lanes,
                    evaluation.moments.launched().armed(armedAt, true),
                    armedAt,
                    progress -> progress.arm(armedAt, down));
        }
        Map<String, Lane> heard = new HashMap<>(evaluation.lanes);
        evidence.heardUntil()
                .forEach((id, until) -> heard.computeIfPresent(id, (same, lane) -> lane.heardUntil(until)));
        Passed time = new Passed(evidence.at(), down, heard);
        evaluation = evaluation.released(evidence.samples());
        return evaluation
                .moved(heard, evaluation.moments, evidence.at(), progress -> progress.at(time))
                .judgement(evidence.trigger());
    }

    private Evaluation begun(Instant at) {
        return moments.began() != null
                ? this
                : moved(lanes, moments.began(at), at, progress -> progress.begin(at, down));
    }

    private Evaluation in(Lane.Step step) {
        Map<String, Lane> next = new HashMap<>(lanes);
        next.put(step.lane().signal().id(), step.lane());
        return new Evaluation(policy, next, tops, down, moments, fired);
    }

    private Evaluation released(List<Sample> samples) {
        Evaluation next = this;
        for (Sample sample : samples) {
            next = next.heeded(
                    next.moments.sampled(sample.startedAt()),
                    sample.startedAt(),
                    progress -> progress.with(sample, down));
        }
        return next;
    }

    /** Triggers that do not heed what was heard stay as they are, so that the order between signals does not matter. */
    private Evaluation heeded(Moments nextMoments, Instant at, UnaryOperator<Progress> step) {
        Top[] next = tops.toArray(Top[]::new);
        for (int i = 0; i < next.length; i++) {
            Progress progress = step.apply(next[i].progress());
            if (progress != next[i].progress()) {
                next[i] = stepped(next[i], progress, at, nextMoments);
            }
        }
        return fired(new Evaluation(policy, lanes, List.of(next), down, nextMoments, fired));
    }

    private Evaluation moved(
            Map<String, Lane> nextLanes, Moments nextMoments, Instant at, UnaryOperator<Progress> step) {
        List<Top> next = new ArrayList<>(tops.size());
        for (Top top : tops) {
            next.add(stepped(top, step.apply(top.progress()), at, nextMoments));
        }
        return fired(new Evaluation(policy, nextLanes, next, down, nextMoments, fired));
    }

    /** Keeps what has just begun to fire, as it stood then, also if it has stopped before anybody looks. */
    private Evaluation fired(Evaluation next) {
        List<Judgement> all = null;
        for (int i = 0; i < tops.size(); i++) {
            if (next.tops.get(i).progress().truth() == Truth.TRUE
                    && next.judgement(i).isDue()
                    && !judgement(i).isDue()) {
                all = all == null ? new ArrayList<>(fired) : all;
                all.add(next.judgement(i));
            }
        }
        return all == null
                ? next
                : new Evaluation(policy, next.lanes, next.tops, next.down, next.moments, List.copyOf(all));
    }

    private Judgement judgement(int index) {
        Top top = tops.get(index);
        return new Judgement(top.rule(), top.progress(), this, top.standing());
    }

    private Evaluation unfired() {
        return fired.isEmpty() ? this : new Evaluation(policy, lanes, tops, down, moments, List.of());
    }

    private static Top stepped(Top top, Progress progress, Instant at, Moments now) {
        Instant heard = at.isAfter(top.heard()) ? at : top.heard();
        Duration clearFor = top.rule().trigger().options.clearFor();
        Truth truth = progress.truth();
        boolean satisfied = truth == Truth.TRUE || progress.partly();
        Instant clearSince = top.clearSince();
        // the pause that ends now may have been long enough, although nobody said anything at the right moment
        boolean cleared = clearSince != null && !clearSince.plus(clearFor).isAfter(heard);
        if (satisfied || truth == Truth.UNKNOWN) {
            clearSince = null;
        } else {
            clearSince = clearSince == null ? heard : clearSince;
            cleared |= !clearSince.plus(clearFor).isAfter(heard);
        }
        Judgement.Standing before = top.standing();
        Judgement.Standing after = new Judgement.Standing(
                satisfied || !cleared && before.breaching(),
                !cleared && before.preExisting() || truth == Truth.TRUE && !now.launching(),
                !cleared && before.acknowledged(),
                before.judged() || truth != Truth.UNKNOWN);
        return new Top(top.rule(), progress, after, clearSince, heard);
    }
}
