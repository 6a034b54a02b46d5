package dev.golive.launch;

import dev.golive.time.Offset;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The checkpoints of a phase, told from H. A day counts 24 hours here, since a plan does not know H; they are counted
 * and not listed, since there may be very many.
 */
record Slots(Watch.Phase phase, Duration first, long count) {

    private static final Instant ANCHOR = Instant.parse("2024-01-01T00:00:00Z");

    /** How long after its anchor an offset is, if a day has 24 hours. */
    static Duration after(Offset offset) {
        return Duration.between(ANCHOR, offset.from(ANCHOR, ZoneOffset.UTC));
    }

    static List<Slots> of(Watch watch) {
        List<Slots> all = new ArrayList<>();
        Duration from = Duration.ZERO;
        for (Watch.Phase phase : watch.phases()) {
            Duration until = after(phase.until());
            Duration first = all.isEmpty() ? from : from.plus(phase.every());
            all.add(new Slots(phase, first, until.compareTo(first) < 0 ? 0 : steps(until.minus(first), phase) + 1));
            from = until;
        }
        return all;
    }

    private static long steps(Duration span, Watch.Phase phase) {
        // nanoseconds within centuries do not fit into a number, and nobody counts them
        return phase.every().compareTo(Duration.ofMillis(1)) < 0 ? span.toSeconds() : span.dividedBy(phase.every());
    }

    Duration at(long index) {
        return first.plus(phase.every().multipliedBy(index));
    }

    Duration last() {
        return at(count - 1);
    }
}
