package dev.golive.rollback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Conditions joined in Kleene's logic, with when each was last true. */
final class CombinedProgress extends Progress {

    /**
     * A condition.
     *
     * @param progress where it stands
     * @param counts whether it may make the combination true
     * @param lastTrue when it was last true
     * @param then where it stood then, so that it can be shown
     */
    private record Condition(
            Progress progress,
            boolean counts,
            @Nullable Instant lastTrue,
            @Nullable Progress then) {

        Truth truth() {
            return counts ? progress.truth() : Truth.UNKNOWN;
        }
    }

    private final CombinedTrigger trigger;
    private final List<Condition> conditions;
    private final Set<String> signals;
    private final @Nullable Instant heard;

    private CombinedProgress(
            CombinedTrigger trigger, List<Condition> conditions, Set<String> signals, @Nullable Instant heard) {
        this.trigger = trigger;
        this.conditions = conditions;
        this.signals = signals;
        this.heard = heard;
    }

    static CombinedProgress begin(CombinedTrigger trigger, List<Progress> conditions, Setting setting) {
        List<Condition> begun = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            boolean counts = setting.dry() || !trigger.conditions.get(i).isDryRun();
            begun.add(new Condition(conditions.get(i), counts, null, null));
        }
        return new CombinedProgress(
                trigger,
                begun,
                trigger.signals().stream().map(Signal::id).collect(Collectors.toUnmodifiableSet()),
                null);
    }

    @Override
    Progress begin(Instant at, Downtimes down) {
        return each(progress -> progress.begin(at, down), at, false);
    }

    @Override
    Progress arm(Instant at, Downtimes down) {
        return each(progress -> progress.arm(at, down), at, false);
    }

    @Override
    Progress with(Sample sample, Downtimes down) {
        return signals.contains(sample.signal())
                ? each(progress -> progress.with(sample, down), sample.startedAt(), true)
                : this;
    }

    @Override
    Progress at(Passed time) {
        return each(progress -> progress.at(time), time.now(), false);
    }

    /** What is true because of silence counts while it is; only what a sample showed counts for a while after it. */
    private CombinedProgress each(UnaryOperator<Progress> step, Instant at, boolean seen) {
        List<Condition> next = new ArrayList<>(conditions.size());
        for (Condition before : conditions) {
            Progress progress = step.apply(before.progress());
            Condition after = new Condition(progress, before.counts(), before.lastTrue(), before.then());
            if (seen && progress != before.progress() && after.truth() == Truth.TRUE) {
                Instant last = before.lastTrue();
                after = new Condition(
                        progress, before.counts(), last == null || at.isAfter(last) ? at : last, progress);
            }
            next.add(after);
        }
        return new CombinedProgress(trigger, next, signals, heard == null || at.isAfter(heard) ? at : heard);
    }

    @Override
    Truth truth() {
        return switch (trigger.kind) {
            case NOT -> conditions.get(0).truth().not();
            case ANY -> conditions.stream().map(Condition::truth).reduce(Truth.FALSE, Truth::or);
            case ALL -> conditions.stream().map(this::recently).reduce(Truth.TRUE, Truth::and);
        };
    }

    private Truth recently(Condition condition) {
        Instant last = condition.lastTrue();
        return last != null && heard != null && !last.plus(trigger.within).isBefore(heard)
                ? Truth.TRUE
                : condition.truth();
    }

    @Override
    boolean partly() {
        return trigger.kind != CombinedTrigger.Kind.NOT
                && conditions.stream()
                        .anyMatch(condition -> condition.counts()
                                && (condition.progress().partly() || recently(condition) == Truth.TRUE));
    }

    @Override
    boolean inconclusive() {
        return truth() == Truth.UNKNOWN
                && conditions.stream()
                        .anyMatch(condition -> condition.progress().inconclusive());
    }

    @Override
    boolean tooFew() {
        List<Condition> unknown = conditions.stream()
                .filter(condition -> condition.counts() && condition.truth() == Truth.UNKNOWN)
                .toList();
        return truth() == Truth.UNKNOWN
                && !unknown.isEmpty()
                && unknown.stream().allMatch(condition -> condition.progress().tooFew());
    }

    @Override
    String why() {
        return conditions.stream()
                .map(condition -> (condition.counts()
                                ? condition.truth()
                                : condition.progress().truth() + " (dry run)") + " ("
                        + condition.progress().why() + ")")
                .collect(Collectors.joining(trigger.kind == CombinedTrigger.Kind.ANY ? " or " : " and "));
    }

    @Override
    List<Sample> deciding() {
        return conditions.stream()
                .flatMap(condition -> condition.then() == null || condition.then() == condition.progress()
                        ? condition.progress().deciding().stream()
                        : Stream.concat(condition.then().deciding().stream(), condition.progress().deciding().stream()))
                .distinct()
                .sorted(Comparator.comparing(Sample::startedAt))
                .toList();
    }
}
