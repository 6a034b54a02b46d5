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
        return time.isNegative() ? 0 : time.dividedBy(every);
    }

    /** How many slots a time is nearest to. */
    long nearestSlots(Duration time) {
        return slots(time.plus(every.dividedBy(2)));
    }
}
