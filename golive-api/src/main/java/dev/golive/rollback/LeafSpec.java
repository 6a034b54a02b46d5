package dev.golive.rollback;

import java.time.Duration;

/** What a trigger on one signal needs to know again and again. */
record LeafSpec(
        Signal signal,
        String id,
        Duration every,
        Duration arrivesAfter,
        MissingData missing,
        Duration maxGap,
        Duration maxUnknown,
        Setting setting) {

    /** In seconds; so many nanoseconds fit into a number. */
    private static final long SHORT = 9_000_000_000L;

    static LeafSpec of(Signal signal, Trigger.Options options, Setting setting) {
        Duration gap = options.maxGap();
        return new LeafSpec(
                signal,
                signal.id(),
                signal.every(),
                signal.arrivesAfter(),
                options.missing(),
                gap == null ? signal.every().multipliedBy(2) : gap,
                options.maxUnknown(),
                setting);
    }

    /** How many whole slots fit into a time. */
    long slots(Duration time) {
        return whole(time, every);
    }

    /** How many slots a time is nearest to. */
    long nearestSlots(Duration time) {
        return whole(time.plus(every.dividedBy(2)), every);
    }

    /** Division of durations by the JDK is exact for any length and slow; nearly all are short. */
    private static long whole(Duration time, Duration every) {
        if (time.isNegative()) {
            return 0;
        }
        return time.toSeconds() < SHORT && every.toSeconds() < SHORT
                ? time.toNanos() / every.toNanos()
                : time.dividedBy(every);
    }
}
