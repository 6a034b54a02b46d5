package dev.golive.journal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The argument rules of the public methods here: the message names the argument and says what is allowed. */
final class Arguments {

    private Arguments() {}

    static <T> T given(@Nullable T value, String name) {
        return Objects.requireNonNull(value, () -> name + " must not be null");
    }

    /** Every element of a varargs argument, none of which may be missing. */
    static <T> List<T> all(T @Nullable [] values, String name) {
        List<T> all = new ArrayList<>();
        for (T value : given(values, name)) {
            all.add(given(value, name));
        }
        return Collections.unmodifiableList(all);
    }

    static <T> List<T> all(@Nullable Collection<? extends T> values, String name) {
        List<T> all = new ArrayList<>();
        for (T value : given(values, name)) {
            all.add(given(value, name));
        }
        return Collections.unmodifiableList(all);
    }

    /** The UTF-8 bytes of a text; half of a surrogate pair has none, and would become a question mark. */
    static byte[] utf8(String text, String name) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(given(text, name)));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + " must not have half of a surrogate pair", e);
        }
    }

    static String text(@Nullable String value, String name) {
        String text = given(value, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }
}
