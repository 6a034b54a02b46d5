package dev.golive.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the samples of one signal into the order of their slots, each slot once. Immutable.
 *
 * <p>A sample that follows the one before it without a hole goes on at once. One after a hole waits until the hole is
 * filled or can no longer be filled in time: until something more than two slots after the hole was heard.
 * What comes later than that is too late and has no effect.
 */
record Lane(
        Signal signal,
        Duration hole,
        @Nullable Instant last,
        List<Sample> waiting,
        @Nullable Instant heard) {

    /**
     * What comes of something that was heard.
     *
     * @param lane the lane afterwards
     * @param released the samples that go on
     * @param changed whether anything is different now
     */
    record Step(Lane lane, List<Sample> released, boolean changed) {}

    static Lane of(Signal signal) {
        // half an interval is allowed for slots that are not quite regular
        return new Lane(signal, signal.every().multipliedBy(3).dividedBy(2), null, List.of(), null);
    }

    Step with(Sample sample, Downtimes down) {
        if (last == null || waiting.isEmpty() && follows(last, sample, down)) {
            return new Step(new Lane(signal, hole, sample.slotAt(), List.of(), heard), List.of(sample), true);
        }
        if (!sample.slotAt().isAfter(last)) {
            return new Step(this, List.of(), false);
        }
        List<Sample> all = new ArrayList<>(waiting);
        int at = all.size();
        while (at > 0 && !all.get(at - 1).slotAt().isBefore(sample.slotAt())) {
            at--;
        }
        if (at < all.size() && all.get(at).slotAt().equals(sample.slotAt())) {
            return new Step(this, List.of(), false);
        }
        all.add(at, sample);
        return release(all, last, all.get(all.size() - 1).slotAt(), down);
    }

    /** Time has passed; silence is heard up to when all samples would be there, or to one that still waits. */
    Step at(Instant now, Downtimes down) {
        Instant expected = now.minus(signal.arrivesAfter());
        Step step = last == null || waiting.isEmpty()
                ? new Step(this, List.of(), false)
                : release(new ArrayList<>(waiting), last, expected, down);
        Lane later = step.lane();
        Instant until = later.until(expected);
        return later.heard != null && !until.isAfter(later.heard)
                ? step
                : new Step(later.heardUntil(until), step.released(), true);
    }

    private Instant until(Instant expected) {
        return waiting.isEmpty() || waiting.get(0).startedAt().isAfter(expected)
                ? expected
                : waiting.get(0).startedAt();
    }

    Lane heardUntil(Instant until) {
        return new Lane(signal, hole, last, waiting, until);
    }

    private Step release(List<Sample> all, Instant from, Instant newest, Downtimes down) {
        List<Sample> released = new ArrayList<>();
        Instant to = from;
        while (!all.isEmpty()) {
            Sample next = all.get(0);
            if (!follows(to, next, down) && !tooFar(next.slotAt(), newest, down)) {
                break;
            }
            released.add(all.remove(0));
            to = next.slotAt();
        }
        return new Step(new Lane(signal, hole, to, List.copyOf(all), heard), released, true);
    }

    /** Whether no slot lies between. */
    private boolean follows(Instant before, Sample sample, Downtimes down) {
        return sample.slotAt().isAfter(before)
                && apart(before, sample.slotAt(), down).compareTo(hole) < 0;
    }

    /** Whether the slot before this one can no longer come in time: the next but one after it is there. */
    private boolean tooFar(Instant slot, Instant newest, Downtimes down) {
        return newest.isAfter(slot) && apart(slot, newest, down).compareTo(hole) >= 0;
    }

    private static Duration apart(Instant from, Instant to, Downtimes down) {
        return Duration.between(down.clock(from), down.clock(to));
    }
}
