package dev.golive;

import dev.golive.internal.Arguments;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A typed key for a value that one check finds and later ones use, such as a token or a release id.
 *
 * <p>Whoever reads a capture runs after the one item that writes it; a checklist in which nobody or more than one item
 * writes it does not build. There are no globals: the value lives as long as the run. Two captures are the same only if
 * they are the same object, so a capture is kept in a variable.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <V> the type of the value
 */
public final class Capture<V> {

    private final String name;
    private final Class<V> type;
    private final boolean given;
    private final @Nullable Capture<?> source;
    private final Function<Object, Object> derivation;

    private Capture(
            String name,
            Class<V> type,
            boolean given,
            @Nullable Capture<?> source,
            Function<Object, Object> derivation) {
        this.name = name;
        this.type = type;
        this.given = given;
        this.source = source;
        this.derivation = derivation;
    }

    /**
     * A key for a value that may be shown.
     *
     * @param name names the value in reports and messages
     * @param type the type of the value
     * @param <V> the type of the value
     * @return a new key
     */
    public static <V> Capture<V> of(String name, Class<V> type) {
        return new Capture<>(Arguments.text(name, "name"), Arguments.given(type, "type"), false, null, v -> v);
    }

    /**
     * A key for a value that no item captures but that is {@linkplain GoLive.Builder#given given} to the run, such as
     * the release that a deployment yields. An item that reads it is unknown as long as the value is not known.
     *
     * @param name names the value in reports and messages
     * @param type the type of the value
     * @param <V> the type of the value
     * @return a new key
     */
    public static <V> Capture<V> given(String name, Class<V> type) {
        return new Capture<>(Arguments.text(name, "name"), Arguments.given(type, "type"), true, null, v -> v);
    }

    /**
     * A key for a value that must never be shown; it is redacted from the moment it is captured, and in the whole
     * report.
     *
     * @param name names the value in reports and messages
     * @return a new key
     */
    public static Capture<Secret> secret(String name) {
        return of(name, Secret.class);
    }

    /**
     * A key for something computed from the value.
     *
     * @param newType the type of the computed value
     * @param function computes it; must not return {@code null} and must not block
     * @param <W> the type of the computed value
     * @return a new key, readable only
     */
    public <W> Capture<W> map(Class<W> newType, Function<? super V, ? extends W> function) {
        Arguments.given(newType, "newType");
        Arguments.given(function, "function");
        return new Capture<>(
                name,
                newType,
                given,
                source == null ? this : source,
                v -> function.apply(type.cast(derivation.apply(v))));
    }

    /**
     * What names the value.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The type of the value.
     *
     * @return the type
     */
    public Class<V> type() {
        return type;
    }

    /**
     * Whether the value is given to the run and not captured by one of its items.
     *
     * @return whether this key, or the one it is computed from, was made by {@link #given(String, Class)}
     */
    public boolean isGiven() {
        return given;
    }

    boolean derived() {
        return source != null;
    }

    /** The capture that an item writes. */
    Capture<?> root() {
        return source == null ? this : source;
    }

    V from(Object written) {
        return type.cast(derivation.apply(written));
    }

    @Override
    public String toString() {
        return "captured " + name;
    }
}
