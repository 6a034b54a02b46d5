package dev.golive.checks.internal;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The argument rules of the public methods: the message names the argument and says what is allowed. */
public final class Given {

    private Given() {}

    /** Refuses {@code null}. */
    public static <T> T given(@Nullable T value, String name) {
        return Objects.requireNonNull(value, () -> name + " must not be null");
    }

    /** Refuses {@code null} and blank texts. */
    public static String text(@Nullable String value, String name) {
        String text = given(value, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }

    /** Refuses {@code null} and what is not longer than zero. */
    public static Duration positive(@Nullable Duration value, String name) {
        Duration span = given(value, name);
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero but was " + span);
        }
        return span;
    }

    /** Refuses what is outside of a range. */
    public static int between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + " but was " + value);
        }
        return value;
    }
}
