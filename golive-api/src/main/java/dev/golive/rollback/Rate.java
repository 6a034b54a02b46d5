package dev.golive.rollback;

import dev.golive.internal.Arguments;
import dev.golive.time.Spans;
import java.time.Duration;

/**
 * The share of requests that a metric source counts as bad.
 *
 * <pre>{@code
 * Rate.of(metrics).exceeds(percent(5)).within(minutes(5)).atLeastRequests(20)
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Rate {

    private final MetricSource source;

    private Rate(MetricSource source) {
        this.source = source;
    }

    /**
     * The rate of a source.
     *
     * @param source where the numbers come from
     * @return the rate
     */
    public static Rate of(MetricSource source) {
        return new Rate(Arguments.given(source, "source"));
    }

    /**
     * More than this share.
     *
     * @param limit the largest share that is accepted
     * @return a limit that needs a window
     */
    public Above exceeds(Percent limit) {
        Arguments.given(limit, "limit");
        return window -> new RateTrigger(source, limit, Arguments.positive(window, "window"));
    }

    /** A limit that needs a window. */
    public interface Above {

        /**
         * The window that slides over the slots.
         *
         * @param window how long it is, longer than zero
         * @return the trigger
         */
        RateTrigger within(Duration window);
    }

    @Override
    public String toString() {
        return "the bad share of " + source.id() + " by slots of " + Spans.text(source.slot());
    }
}
