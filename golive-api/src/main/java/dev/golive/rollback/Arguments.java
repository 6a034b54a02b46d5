package dev.golive.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The argument rules of every public method: the message names the argument and says what is allowed. */
final class Arguments {

    /** Between these, every sum of an instant and an accepted duration is still an instant. */
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private Arguments() {}

    static <T> T given(@Nullable T value, String name) {
        return Objects.requireNonNull(value, () -> name + " must not be null");
    }

    static <T> List<T> all(T @Nullable [] values, String name) {
        return all(List.of(given(values, name)), name, 0);
    }

    static <T> List<T> all(@Nullable Collection<T> values, String name, int least) {
        List<T> all = new ArrayList<>();
        for (T value : given(values, name)) {
            all.add(given(value, name));
        }
        if (all.size() < least) {
            throw new IllegalArgumentException(name + " must have at least " + least + " but had " + all.size());
        }
        return Collections.unmodifiableList(all);
    }

    /** A first argument and the varargs after it, none of which may be missing. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    static <T> List<T> all(@Nullable T first, String name, T @Nullable ... more) {
        List<T> all = new ArrayList<>();
        all.add(given(first, name));
        for (T value : given(more, "more")) {
            all.add(given(value, "more"));
        }
        return Collections.unmodifiableList(all);
    }

    static String text(@Nullable String value, String name) {
        String text = given(value, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }

    static Duration positive(@Nullable Duration value, String name) {
        Duration span = given(value, name);
        if (span.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero but was " + span);
        }
        return notNegative(span, name);
    }

    static Duration notNegative(@Nullable Duration value, String name) {
        Duration span = given(value, name);
        if (span.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative but was " + span);
        }
        if (span.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException(name + " must be at most 3650 days but was " + span);
        }
        return span;
    }

    static Instant instant(@Nullable Instant value, String name) {
        Instant instant = given(value, name);
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    name + " must be between " + EARLIEST + " and " + LATEST + " but was " + instant);
        }
        return instant;
    }

    static int between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + " but was " + value);
        }
        return value;
    }
}
