package dev.golive.rollback;

import java.time.Duration;

/**
 * Something that is sampled again and again: a {@link Probe} that asks, or a {@link MetricSource} that counts. Whoever
 * refers to a signal in a policy makes the watch sample it, once for each id.
 */
public sealed interface Signal permits Probe, MetricSource {

    /**
     * What samples, triggers and people call it.
     *
     * @return the id, one of a kind within a policy
     */
    String id();

    /**
     * How far its slots are apart.
     *
     * @return the interval, longer than zero
     */
    Duration every();

    /**
     * How long after the beginning of its slot a sample may still be on its way, because the check takes its time or
     * the numbers settle late. Silence counts as such only after that.
     *
     * @return the delay, not negative
     */
    Duration arrivesAfter();
}
