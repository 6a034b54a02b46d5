package dev.golive.rollback;

import dev.golive.internal.Arguments;
import java.time.Instant;

/**
 * A time in which nobody watched: a restart, a machine that slept. It is not counted as time in which a signal failed or
 * was silent.
 *
 * @param from when watching ended
 * @param to when it went on
 */
public record Downtime(Instant from, Instant to) {

    /**
     * Refuses a time that ends before it begins.
     *
     * @param from when watching ended
     * @param to when it went on
     */
    public Downtime {
        Arguments.instant(from, "from");
        if (Arguments.instant(to, "to").isBefore(from)) {
            throw new IllegalArgumentException("to must not be before from but was " + to + " and " + from);
        }
    }
}
