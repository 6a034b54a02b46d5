package dev.golive.rollback;

import dev.golive.internal.Arguments;
import java.time.Duration;

/**
 * A percentile of what a metric source measures in each slot, for example the latency that 99 % of the requests stay
 * below. Percentiles are never averaged over slots.
 *
 * <pre>{@code
 * Percentile.of(metrics, 99).above(2000).lastingFor(minutes(5))
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Percentile {

    private final MetricSource source;
    private final double percentile;

    private Percentile(MetricSource source, double percentile) {
        this.source = source;
        this.percentile = percentile;
    }

    /**
     * A percentile of a source.
     *
     * @param source where the numbers come from
     * @param percentile which one, more than 0 and less than 100
     * @return the percentile
     */
    public static Percentile of(MetricSource source, double percentile) {
        if (!(percentile > 0 && percentile < 100)) {
            throw new IllegalArgumentException(
                    "percentile must be more than 0 and less than 100 but was " + percentile);
        }
        return new Percentile(Arguments.given(source, "source"), percentile);
    }

    /**
     * More than this value.
     *
     * @param limit the largest value that is accepted, in the unit of the source
     * @return a limit that needs a time
     */
    public Above above(double limit) {
        if (!Double.isFinite(limit)) {
            throw new IllegalArgumentException("limit must be a number but was " + limit);
        }
        return new Above(new Breaches.Slow(source, percentile, limit, Breaches.Slow.least(percentile)));
    }

    /** A limit that needs a time. Immutable. */
    public static final class Above {

        private final Breaches.Slow slow;

        private Above(Breaches.Slow slow) {
            this.slow = slow;
        }

        /**
         * How many requests a slot must hold to say anything; a slot with fewer says nothing. Default ten of those that
         * may be slower: 1000 for the 99th percentile.
         *
         * @param n how many, at least 1
         * @return the new limit
         * @throws IllegalArgumentException if {@code n} is less than 1
         */
        public Above atLeastRequests(int n) {
            return new Above(new Breaches.Slow(
                    slow.signal(), slow.percentile(), slow.limit(), Arguments.between(n, 1, Integer.MAX_VALUE, "n")));
        }

        /**
         * Fires when the newest slots are all above the limit and the last began at least so long after the first.
         *
         * @param span how long, longer than zero
         * @return the trigger
         * @throws IllegalArgumentException if {@code span} is not longer than zero
         */
        public LastingTrigger lastingFor(Duration span) {
            return new LastingTrigger(slow, Arguments.positive(span, "span"), false);
        }

        /**
         * Fires when the newest slots are all above the limit and the last began more than so long after the first.
         *
         * @param span how long, longer than zero
         * @return the trigger
         * @throws IllegalArgumentException if {@code span} is not longer than zero
         */
        public LastingTrigger lastingLongerThan(Duration span) {
            return new LastingTrigger(slow, Arguments.positive(span, "span"), true);
        }

        /**
         * Fires when so many of the last slots are above the limit.
         *
         * @param m how many
         * @param n of how many slots, at most 1000
         * @return the trigger; a policy with one that can never or always fire is refused
         * @throws IllegalArgumentException if {@code m} is negative or {@code n} is not between 1 and 1000
         */
        public Trigger inSlots(int m, int n) {
            return new SlotsTrigger(
                    slow,
                    Arguments.between(m, 0, Integer.MAX_VALUE, "m"),
                    Arguments.between(n, 1, SlotsTrigger.MOST, "n"));
        }
    }

    @Override
    public String toString() {
        return "p" + Breaches.plain(percentile) + " of " + source.id();
    }
}
