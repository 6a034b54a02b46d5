package dev.golive.time;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The next instant at which a launch may start, and what must be answered before it does.
 *
 * @param at the instant
 * @param unanswered the open-ended blackouts that nobody has answered for on that day; the launch starts only once they
 *     are said not to be in force
 * @param sentence when that is in the zone of the launch, and what it still needs
 */
public record WindowOpening(Instant at, List<Blackout> unanswered, String sentence) {

    /**
     * Refuses a blank sentence.
     *
     * @param at the instant
     * @param unanswered the open-ended blackouts that nobody has answered for on that day; the launch starts only once
     *     they are said not to be in force
     * @param sentence when that is in the zone of the launch, and what it still needs
     */
    public WindowOpening {
        Objects.requireNonNull(at, "at must not be null");
        unanswered = List.copyOf(Objects.requireNonNull(unanswered, "unanswered must not be null"));
        Objects.requireNonNull(sentence, "sentence must not be null");
        if (sentence.isBlank()) {
            throw new IllegalArgumentException("sentence must not be blank");
        }
    }

    /**
     * Whether a launch may start then by what is known now.
     *
     * @return whether no answer is missing
     */
    public boolean certain() {
        return unanswered.isEmpty();
    }

    @Override
    public String toString() {
        return sentence;
    }
}
