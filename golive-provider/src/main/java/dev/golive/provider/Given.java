package dev.golive.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Arguments of the public methods of a provider, refused where they are given. */
public final class Given {

    private Given() {}

    /**
     * What must not be null.
     *
     * @param value the argument
     * @param name its name
     * @param <T> its type
     * @return the same
     * @throws NullPointerException if it is null
     */
    public static <T> T notNull(@Nullable T value, String name) {
        return Objects.requireNonNull(value, () -> name + " must not be null");
    }

    /**
     * What must say something.
     *
     * @param value the argument
     * @param name its name
     * @return the same
     * @throws IllegalArgumentException if it is blank
     */
    public static String text(@Nullable String value, String name) {
        String text = notNull(value, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }

    /**
     * What must have a form.
     *
     * @param value the argument
     * @param name its name
     * @param form the whole of what is allowed
     * @param words the same in words
     * @return the same
     * @throws IllegalArgumentException if it has another form
     */
    public static String form(@Nullable String value, String name, Pattern form, String words) {
        String text = notNull(value, name);
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException(name + " must be " + words + " but was " + text);
        }
        return text;
    }

    /**
     * A duration above zero.
     *
     * @param value the argument
     * @param name its name
     * @return the same
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public static Duration positive(@Nullable Duration value, String name) {
        Duration span = notNull(value, name);
        if (span.isZero() || span.isNegative()) {
            throw new IllegalArgumentException(name + " must be longer than zero but was " + span);
        }
        return span;
    }

    /**
     * A number within bounds.
     *
     * @param value the argument
     * @param least the lower bound, allowed
     * @param most the upper bound, allowed
     * @param name its name
     * @return the same
     * @throws IllegalArgumentException if it is out of bounds
     */
    public static int between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + " but was " + value);
        }
        return value;
    }

    /**
     * All of them, none null.
     *
     * @param values the argument
     * @param name its name
     * @param <T> the type of its elements
     * @return a copy
     * @throws NullPointerException if one is null
     */
    public static <T> List<T> all(@Nullable Collection<T> values, String name) {
        List<T> all = new ArrayList<>();
        for (T one : notNull(values, name)) {
            all.add(notNull(one, "an element of " + name));
        }
        return List.copyOf(all);
    }

    /**
     * One and more of them, none null.
     *
     * @param first the first argument
     * @param name its name
     * @param more the others
     * @param <T> their type
     * @return a copy
     * @throws NullPointerException if one is null
     */
    @SafeVarargs
    public static <T> List<T> all(@Nullable T first, String name, @Nullable T... more) {
        List<T> all = new ArrayList<>();
        all.add(notNull(first, name));
        for (T one : notNull(more, "more")) {
            all.add(notNull(one, "more"));
        }
        return List.copyOf(all);
    }
}
