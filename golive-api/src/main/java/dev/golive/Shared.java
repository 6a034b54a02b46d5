package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.time.TimeSource;

/**
 * Something that many checks use together, such as a connection pool or a client: made at first use, once per
 * {@link GoLive}, and closed with it, in reverse order of making.
 *
 * <p>Two shared resources are the same only if they are the same {@code Shared} object: keep it in a constant or in the
 * value that hands out the checks. Immutable and thread-safe.
 *
 * @param <R> the type of the resource; must be thread-safe
 */
public final class Shared<R extends AutoCloseable> {

    /**
     * Makes the resource.
     *
     * @param <R> the type of the resource
     */
    @FunctionalInterface
    public interface Maker<R extends AutoCloseable> {

        /**
         * Makes the resource; called once per {@link GoLive}, does no input or output itself.
         *
         * @param network the way to the world
         * @param time the clock and timer
         * @return the resource
         * @throws Exception if it cannot be made; the check that asked for it is then unknown
         */
        R make(Network network, TimeSource time) throws Exception;
    }

    private final String name;
    private final Maker<R> maker;

    private Shared(String name, Maker<R> maker) {
        this.name = name;
        this.maker = maker;
    }

    /**
     * A resource that is made at first use.
     *
     * @param name names the resource in diagnostics
     * @param maker makes it
     * @param <R> the type of the resource
     * @return a new shared resource
     */
    public static <R extends AutoCloseable> Shared<R> of(String name, Maker<R> maker) {
        return new Shared<>(Arguments.text(name, "name"), Arguments.given(maker, "maker"));
    }

    Maker<R> maker() {
        return maker;
    }

    @Override
    public String toString() {
        return name;
    }
}
