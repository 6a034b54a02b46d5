package dev.golive.testkit;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked of a fake component, action or channel, recorded when it arrived.
 *
 * @param who the name of the component or the channel, or the id of the action
 * @param kind what was asked
 * @param target the release that it is about, the text to be posted, or blank if it is about none
 * @param key the idempotency key, or {@code null} for a question that has none
 * @param at when it arrived
 */
public record Call(
        String who, Kind kind, String target, @Nullable String key, Instant at) {

    /** What can be asked. */
    public enum Kind {
        /** What runs. */
        LIVE,
        /** What ran before. */
        PREVIOUS,
        /** Whether a release can be brought back. */
        AVAILABLE,
        /** What would undo a rollback. */
        HOLDS,
        /** How long a release is kept. */
        KEPT_UNTIL,
        /** Whether an action is at its target. */
        OBSERVE,
        /** That an action is performed. */
        APPLY,
        /** That a text is posted. */
        POST;

        /**
         * Whether it is meant to change something.
         *
         * @return {@code true} for {@link #APPLY} and {@link #POST}
         */
        public boolean writes() {
            return this == APPLY || this == POST;
        }

        /**
         * The kind in words.
         *
         * @return for example {@code kept until}
         */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * Refuses missing parts.
     *
     * @param who the name of the component or the channel, or the id of the action
     * @param kind what was asked
     * @param target the release that it is about, the text to be posted, or blank if it is about none
     * @param key the idempotency key, or {@code null} for a question that has none
     * @param at when it arrived
     */
    public Call {
        Objects.requireNonNull(who, "who must not be null");
        Objects.requireNonNull(kind, "kind must not be null");
        Objects.requireNonNull(target, "target must not be null");
        Objects.requireNonNull(at, "at must not be null");
    }

    /**
     * For people, and for comparing an order of calls.
     *
     * @return for example {@code web apply 40}
     */
    @Override
    public String toString() {
        return who + " " + kind + (target.isBlank() ? "" : " " + target);
    }
}
