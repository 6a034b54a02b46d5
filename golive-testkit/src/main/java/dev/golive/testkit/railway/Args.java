package dev.golive.testkit.railway;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of a field, which have been checked against the schema. */
final class Args {

    private final Map<?, ?> given;

    Args(Map<?, ?> given) {
        this.given = given;
    }

    /** Whether a value other than null was given. */
    boolean has(String name) {
        return given.get(name) != null;
    }

    @Nullable
    Object value(String name) {
        return given.get(name);
    }

    /** A text that the schema requires. */
    String text(String name) {
        return Objects.requireNonNull(maybe(name), name);
    }

    /** A text, null if it was not given. */
    @Nullable
    String maybe(String name) {
        Object value = given.get(name);
        return value == null ? null : value.toString();
    }

    /** A number, null if it was not given. */
    @Nullable
    Integer number(String name) {
        return given.get(name) instanceof Number number ? number.intValue() : null;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(given.get(name));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (given.get(name) instanceof List<?> list) {
            list.forEach(text -> texts.add(String.valueOf(text)));
        }
        return texts;
    }

    /** What is inside of an argument; nothing if it was not given. */
    Args inside(String name) {
        return new Args(map(name));
    }

    Map<?, ?> map(String name) {
        return given.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** All that was given, under its names. */
    Map<?, ?> all() {
        return given;
    }

    /** An instant, or what stands for it where it was not given; a bad one is what Railway does not explain. */
    Instant instant(String name, Instant otherwise) {
        String text = maybe(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw RailwayError.problem();
        }
    }
}
