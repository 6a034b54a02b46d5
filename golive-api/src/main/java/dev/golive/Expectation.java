package dev.golive;

import java.util.Set;

/**
 * What a value should be: a sentence, and a function that says whether a value meets it. It carries the type of the
 * values that it can judge, so that comparing with what can never be equal is refused when a check is built.
 *
 * <p>Implementations are immutable and thread-safe.
 *
 * @param <V> the type of the values
 */
public interface Expectation<V> {

    /**
     * What is expected, to follow "should be": {@code 200}, {@code at least 21 d}, {@code one of 301, 308}.
     *
     * @return the words, never blank
     */
    String sentence();

    /**
     * The type of the values that this can judge.
     *
     * @return the type
     */
    Class<V> type();

    /**
     * Judges a value.
     *
     * @param value the value
     * @return whether it meets the expectation
     */
    boolean accepts(V value);

    /**
     * The values of earlier items that this expectation reads.
     *
     * @return the captures read
     */
    default Set<Capture<?>> reads() {
        return Set.of();
    }

    /**
     * The expectation with captured values filled in; a check calls this before it judges.
     *
     * @param context where captured values are read
     * @return an expectation that reads nothing any more
     */
    default Expectation<V> resolved(CheckContext context) {
        return this;
    }
}
