package dev.golive.testkit.railway;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A value that changes, and what it was before, so that a read can lag behind a write. */
final class History<T> {

    private final NavigableMap<Instant, T> values = new TreeMap<>();

    History(T first) {
        values.put(Instant.MIN, first);
    }

    /** What it was at an instant. */
    T at(Instant when) {
        return values.floorEntry(when).getValue();
    }

    /** What it is from an instant on; what was to come later is off. */
    void put(Instant from, T value) {
        values.tailMap(from, false).clear();
        values.put(from, value);
    }

    /** When it changed. */
    Set<Instant> changes() {
        return values.tailMap(Instant.MIN, false).keySet();
    }

    /** Changes what it is, and what it was: an option of a test has held all along. */
    void always(UnaryOperator<T> change) {
        values.replaceAll((from, value) -> change.apply(value));
    }
}
