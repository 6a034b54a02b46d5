package dev.golive;

import dev.golive.internal.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * A piece of evidence: what was there, and where it matters, what was expected.
 *
 * <p>Values are text in the form in which a person reads them; durations and sizes carry their unit. Immutable.
 *
 * @param name what was looked at, in lower case, for example {@code status} or {@code days left}
 * @param expected what was expected, or {@code null} where nothing was
 * @param found what was there
 */
public record Fact(String name, @Nullable String expected, String found) {

    /**
     * Refuses a blank name and a missing value.
     *
     * @param name what was looked at, in lower case, for example {@code status} or {@code days left}
     * @param expected what was expected, or {@code null} where nothing was
     * @param found what was there
     */
    public Fact {
        Arguments.text(name, "name");
        Arguments.given(found, "found");
    }

    /**
     * A fact that nobody had an expectation of.
     *
     * @param name what was looked at
     * @param found what was there
     * @return the fact
     */
    public static Fact of(String name, Object found) {
        return new Fact(name, null, Arguments.given(found, "found").toString());
    }

    /**
     * A fact beside its expectation.
     *
     * @param name what was looked at
     * @param expected what was expected
     * @param found what was there
     * @return the fact
     */
    public static Fact of(String name, Object expected, Object found) {
        return new Fact(
                name,
                Arguments.given(expected, "expected").toString(),
                Arguments.given(found, "found").toString());
    }

    @Override
    public String toString() {
        return expected == null ? name + ": " + found : name + ": " + found + " (expected " + expected + ")";
    }
}
