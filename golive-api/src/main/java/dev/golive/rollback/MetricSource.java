package dev.golive.rollback;

import dev.golive.CheckContext;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.internal.Arguments;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Numbers that somebody else keeps: requests and errors, and how long requests took, slot by slot. A port that is
 * implemented by those who can ask a provider. Implementations are thread-safe.
 */
public non-sealed interface MetricSource extends Signal {

    /**
     * How long a slot is. Slots follow each other without a gap.
     *
     * @return the length, at least 1 ms
     */
    Duration slot();

    /**
     * How long after the end of a slot its numbers may still change.
     *
     * @return the time after which they are final, not negative
     */
    Duration settlesAfter();

    /**
     * The numbers of a span.
     *
     * @param from the beginning, included
     * @param to the end, not included
     * @param context everything the source may use
     * @return what was counted between them, not since the start of a process; see {@link Counter} where the provider
     *     has only that
     * @throws Exception if they cannot be had; the sample is then unknown, which is not the same as no request
     */
    Counts between(Instant from, Instant to, CheckContext context) throws Exception;

    @Override
    default Duration every() {
        return slot();
    }

    @Override
    default Duration arrivesAfter() {
        return slot().plus(settlesAfter());
    }

    /**
     * What must be allowed at a provider.
     *
     * @return the permissions needed
     */
    default Set<Permission> permissions() {
        return Set.of();
    }

    /**
     * The hosts and accounts that are touched.
     *
     * @return what is touched
     */
    default Set<Subject> touches() {
        return Set.of();
    }

    /**
     * The secrets that are revealed.
     *
     * @return the secrets needed
     */
    default Set<Secret> secrets() {
        return Set.of();
    }

    /**
     * What was counted in a slot.
     *
     * @param bad how many went wrong
     * @param total how many there were; with none there is nothing to judge, which is not 0 % bad
     * @param percentiles the values at percentiles between 0 and 100, in the unit of the source; empty where it knows
     *     none
     */
    record Counts(long bad, long total, Map<Double, Double> percentiles) {

        /**
         * Refuses numbers that cannot be.
         *
         * @param bad how many went wrong
         * @param total how many there were
         * @param percentiles the values at percentiles between 0 and 100
         */
        public Counts {
            if (bad < 0 || total < bad) {
                throw new IllegalArgumentException("bad must be between 0 and total but was " + bad + " of " + total);
            }
            Map<Double, Double> copy = new TreeMap<>();
            Arguments.given(percentiles, "percentiles").forEach((percentile, value) -> {
                if (!(Arguments.given(percentile, "percentiles") >= 0 && percentile <= 100)) {
                    throw new IllegalArgumentException(
                            "percentiles must be between 0 and 100 but one was " + percentile);
                }
                if (!Double.isFinite(Arguments.given(value, "percentiles"))) {
                    throw new IllegalArgumentException(
                            "percentiles must have numbers as values but " + percentile + " had " + value);
                }
                copy.put(percentile, value);
            });
            percentiles = Collections.unmodifiableMap(copy);
        }

        /**
         * Counts without percentiles.
         *
         * @param bad how many went wrong
         * @param total how many there were
         * @return the counts
         */
        public static Counts of(long bad, long total) {
            return new Counts(bad, total, Map.of());
        }
    }
}
