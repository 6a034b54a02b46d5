package dev.golive.rollback;

import dev.golive.internal.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * For sources that know only what was counted since a process began: what was counted between two readings. A process
 * that begins anew counts from zero again; that yields neither a negative number nor everything counted before.
 */
public final class Counter {

    private Counter() {}

    /**
     * What was counted between two readings.
     *
     * @param before the earlier reading, not negative
     * @param after the later reading, not negative
     * @return the difference; after a reset, recognised by a lower reading, what was counted since then
     * @throws IllegalArgumentException if a reading is negative
     */
    public static long delta(long before, long after) {
        if (before < 0 || after < 0) {
            throw new IllegalArgumentException(
                    "before and after must not be negative but were " + before + " and " + after);
        }
        return after >= before ? after - before : after;
    }

    /**
     * What was counted between two readings of a pair of counters of one process: either both were reset or none.
     *
     * @param before the earlier reading
     * @param after the later reading
     * @return the counts between them, with the percentiles of the later reading
     */
    public static MetricSource.Counts delta(MetricSource.Counts before, MetricSource.Counts after) {
        boolean reset = Arguments.given(after, "after").total()
                        < Arguments.given(before, "before").total()
                || after.bad() < before.bad();
        if (reset) {
            return after;
        }
        long total = after.total() - before.total();
        // a reading taken between two increments may show an error before its request
        return new MetricSource.Counts(Math.min(after.bad() - before.bad(), total), total, after.percentiles());
    }

    /**
     * What was counted from each reading to the next.
     *
     * @param readings the readings in the order of time
     * @return one element fewer; empty for fewer than two readings
     */
    public static List<MetricSource.Counts> deltas(List<MetricSource.Counts> readings) {
        List<MetricSource.Counts> all = Arguments.all(readings, "readings", 0);
        List<MetricSource.Counts> deltas = new ArrayList<>();
        for (int i = 1; i < all.size(); i++) {
            deltas.add(delta(all.get(i - 1), all.get(i)));
        }
        return List.copyOf(deltas);
    }
}
