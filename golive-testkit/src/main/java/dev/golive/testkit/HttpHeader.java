package dev.golive.testkit;

import java.util.List;
import java.util.Objects;

/**
 * One header field of a message, as it was or will be on the wire.
 *
 * @param name its name; compared without regard to case
 * @param value its value
 */
public record HttpHeader(String name, String value) {

    /**
     * A header field.
     *
     * @param name its name; not blank
     * @param value its value
     * @throws IllegalArgumentException if the name is blank, or one of them has a line break
     */
    public HttpHeader {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        Objects.requireNonNull(value, "value");
        for (String text : List.of(name, value)) {
            if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a header must not have a line break, was " + name + ": " + value);
            }
        }
    }

    boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    /**
     * The field as in HTTP/1.1.
     *
     * @return name, colon and value
     */
    @Override
    public String toString() {
        return name + ": " + value;
    }
}
