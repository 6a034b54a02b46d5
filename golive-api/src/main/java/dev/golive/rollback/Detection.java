package dev.golive.rollback;

import java.time.Duration;

/** How long it takes to find a failure that begins just after a sample was taken, and lasts. */
final class Detection {

    private Detection() {}

    static Duration worst(Trigger trigger) {
        if (trigger instanceof CombinedTrigger combined) {
            return combined.conditions.stream()
                    .map(Detection::worst)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
        Signal signal = trigger.signals().iterator().next();
        return signal.every().plus(lasting(trigger, signal.every())).plus(signal.arrivesAfter());
    }

    private static Duration lasting(Trigger trigger, Duration every) {
        if (trigger instanceof LastingTrigger lasting) {
            Duration samples = every.multipliedBy(lasting.minSamples - 1L);
            return lasting.span.compareTo(samples) >= 0 ? lasting.span : samples;
        }
        if (trigger instanceof RateTrigger rate) {
            return rate.window;
        }
        return every.multipliedBy(Math.max(0, ((SlotsTrigger) trigger).m - 1L));
    }
}
