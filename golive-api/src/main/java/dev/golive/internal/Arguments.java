package dev.golive.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The argument rules of every public method: the message names the argument and says what is allowed. */
public final class Arguments {

    /** Between these, every sum of an instant and an accepted duration is still an instant. */
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

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

    /** A collection that holds so many elements at least. */
    public static <T> List<T> all(@Nullable Collection<T> values, String name, int least) {
        List<T> all = all(values, name);
        if (all.size() < least) {
            throw new IllegalArgumentException(name + " must have at least " + least + " but had " + all.size());
        }
        return all;
    }

    /** A first argument and the varargs after it, none of which may be missing. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> List<T> all(@Nullable T first, String name, T @Nullable ... more) {
        List<T> all = new ArrayList<>();
        all.add(given(first, name));
        all.addAll(all(more, "more"));
        return Collections.unmodifiableList(all);
    }

    public static String text(@Nullable String value, String name) {
        String text = given(value, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }

    /** Tags, each once and in their order. */
    public static Set<String> tags(@Nullable Collection<String> tags) {
        return tags(tags, new String[0]);
    }

    /** Tags and more of them, each once and in their order. */
    public static Set<String> tags(@Nullable Collection<String> before, String @Nullable ... more) {
        Set<String> all = new LinkedHashSet<>();
        all(before, "tags").forEach(tag -> all.add(text(tag, "tags")));
        all(more, "tags").forEach(tag -> all.add(text(tag, "tags")));
        return Collections.unmodifiableSet(all);
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

    public static Duration notNegative(@Nullable Duration value, String name) {
        Duration span = given(value, name);
        if (span.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative but was " + span);
        }
        return span.isZero() ? span : positive(span, name);
    }

    public static Instant instant(@Nullable Instant value, String name) {
        Instant instant = given(value, name);
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    name + " must be between " + EARLIEST + " and " + LATEST + " but was " + instant);
        }
        return instant;
    }

    /** The UTF-8 bytes of a text; half of a surrogate pair has none, and would become a question mark. */
    public static byte[] utf8(String text, String name) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(given(text, name)));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + " must not have half of a surrogate pair", e);
        }
    }

    public static int between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + " but was " + value);
        }
        return value;
    }
}
