package dev.golive.time;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a launch may start at an instant, and why.
 *
 * @param state allowed, refused, or not known
 * @param because why, in a sentence that names all that stands against it
 * @param window the open window that the instant is in, absent if it is in none, or where any time is allowed
 * @param blackouts where it is refused, the blackouts that are in force; where it is unknown, those that nobody has
 *     answered for; else none
 * @param until the first later instant at which the state changes, given the same answers, absent if it never does; an
 *     unknown state ends with its calendar day at the latest, since the next day is another question
 */
public record WindowDecision(
        State state, String because, Optional<Window> window, List<Blackout> blackouts, Optional<Instant> until) {

    /** What was decided. */
    public enum State {
        /** A launch may start. */
        ALLOWED,
        /** A launch may not start: no window is open, or a blackout is in force. */
        REFUSED,
        /** A launch may not start, because nobody has said whether a blackout is in force. */
        UNKNOWN
    }

    /**
     * Refuses a blank reason.
     *
     * @param state allowed, refused, or not known
     * @param because why, in a sentence that names all that stands against it
     * @param window the open window that the instant is in, absent if it is in none, or where any time is allowed
     * @param blackouts where it is refused, the blackouts that are in force; where it is unknown, those that nobody has
     *     answered for; else none
     * @param until the first later instant at which the state changes, given the same answers, absent if it never does;
     *     an unknown state ends with its calendar day at the latest, since the next day is another question
     */
    public WindowDecision {
        Objects.requireNonNull(state, "state must not be null");
        Objects.requireNonNull(because, "because must not be null");
        if (because.isBlank()) {
            throw new IllegalArgumentException("because must not be blank");
        }
        Objects.requireNonNull(window, "window must not be null");
        blackouts = List.copyOf(Objects.requireNonNull(blackouts, "blackouts must not be null"));
        Objects.requireNonNull(until, "until must not be null");
    }

    /**
     * Whether a launch may start. What is not known is not allowed.
     *
     * @return whether the state is {@link State#ALLOWED}
     */
    public boolean allowed() {
        return state == State.ALLOWED;
    }

    /**
     * The decision as one sentence.
     *
     * @return for example {@code refused: the blackout "Christmas freeze" (2026-12-18 to 2027-01-06) is in force; not
     *     before Thu 2027-01-07 09:00 +01:00}
     */
    @Override
    public String toString() {
        return state.name().toLowerCase(Locale.ROOT) + ": " + because;
    }
}
