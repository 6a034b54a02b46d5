package dev.golive.aws.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Arguments of public methods, refused where they are given. */
public final class Given {

    private Given() {}

    /** What must not be null. */
    public static <T> T notNull(@Nullable T value, String name) {
        return Objects.requireNonNull(value, () -> name + " must not be null");
    }

    /** What must say something. */
    public static String text(@Nullable String value, String name) {
        String text = notNull(value, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }

    /** What must have a form, which is said in words. */
    public static String form(@Nullable String value, String name, Pattern form, String words) {
        String text = notNull(value, name);
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException(name + " must be " + words + " but was " + text);
        }
        return text;
    }

    /** The name of something in the account that is asked: an ARN might be of another one. */
    public static String name(@Nullable String value, String name) {
        String text = text(value, name);
        if (text.startsWith("arn:")) {
            throw new IllegalArgumentException(name + " must be a name and no ARN but was " + text);
        }
        return text;
    }

    /** A duration above zero. */
    public static Duration positive(@Nullable Duration value, String name) {
        Duration span = notNull(value, name);
        if (span.isZero() || span.isNegative()) {
            throw new IllegalArgumentException(name + " must be longer than zero but was " + span);
        }
        return span;
    }

    /** A number within bounds. */
    public static int between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + " but was " + value);
        }
        return value;
    }

    /** All of them, none null. */
    public static <T> List<T> all(@Nullable Collection<T> values, String name) {
        List<T> all = new ArrayList<>();
        for (T one : notNull(values, name)) {
            all.add(notNull(one, "an element of " + name));
        }
        return List.copyOf(all);
    }

    /** One and more of them, none null. */
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
