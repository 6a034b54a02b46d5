package dev.golive.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The argument rules of every public method: the message names the argument and says what is allowed. */
public final class Arguments {

    private Arguments() {}

    public static <T> T given(@Nullable T value, String name) {
        return Objects.requireNonNull(value, () -> name + " must not be null");
    }

    /** Every element of a varargs argument, none of which may be missing. */
    public static <T> List<T> all(T @Nullable [] values, String name) {
        List<T> all = new ArrayList<>();
        for (T value : given(values, name)) {
            all.add(given(value, name));
        }
        return Collections.unmodifiableList(all);
    }

    public static <T> List<T> all(@Nullable Collection<T> values, String name) {
        List<T> all = new ArrayList<>();
        for (T value : given(values, name)) {
            all.add(given(value, name));
        }
        return Collections.unmodifiableList(all);
    }

    public static String text(@Nullable String value, String name) {
        String text = given(value, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }

    public static Duration positive(@Nullable Duration value, String name) {
        Duration span = given(value, name);
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero but was " + span);
        }
        if (span.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException(name + " must be at most 3650 days but was " + span);
        }
        return span;
    }

    public static int between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + " but was " + value);
        }
        return value;
    }
}
