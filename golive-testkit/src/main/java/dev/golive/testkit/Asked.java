package dev.golive.testkit;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that a {@link Fake} was asked.
 *
 * @param what what, always the same for the same question: an operation, a method with host and path, a name with its type
 * @param changes whether it asked for a change, and did not only look
 * @param at when it arrived
 */
public record Asked(String what, boolean changes, Instant at) {

    /**
     * Refuses missing parts.
     *
     * @param what what, always the same for the same question
     * @param changes whether it asked for a change
     * @param at when it arrived
     */
    public Asked {
        Objects.requireNonNull(what, "what must not be null");
        Objects.requireNonNull(at, "at must not be null");
    }

    @Override
    public String toString() {
        return what;
    }
}
