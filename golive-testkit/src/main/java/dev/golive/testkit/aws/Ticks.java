package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;

/** Instants that are equally far apart, counted from the epoch: what goes on steadily is not kept but computed. */
final class Ticks {

    private Ticks() {}

    /** The first instant that is not before another. */
    static Instant first(Instant from, Duration every) {
        long step = every.toMillis();
        // a part of a millisecond is the next millisecond
        long millis = from.plusNanos(999_999).toEpochMilli();
        return Instant.ofEpochMilli(-Math.floorDiv(-millis, step) * step);
    }

    /** How many there are from an instant on and before another. */
    static long between(Instant from, Instant to, Duration every) {
        Instant first = first(from, every);
        return first.isBefore(to)
                ? (Duration.between(first, to).toMillis() + every.toMillis() - 1) / every.toMillis()
                : 0;
    }
}
