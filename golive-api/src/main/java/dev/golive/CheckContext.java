package dev.golive;

import dev.golive.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Everything that a check may use while it runs: its clock, its way to the world, and what it shares with others.
 *
 * <p>A context is good for one attempt of one check. Its methods may be called from the thread that runs the check and
 * from those of {@link #parallel}. After the attempt's deadline, or when the run was cancelled, they throw
 * {@link java.util.concurrent.CancellationException}.
 */
public interface CheckContext {

    /**
     * The only clock and the only place to wait.
     *
     * @return the time source of the run
     */
    TimeSource time();

    /**
     * The only way to the world. Sockets connected through it are closed when the attempt is cancelled.
     *
     * @return the network of the run
     */
    Network network();

    /**
     * Where the run takes place.
     *
     * @return the environment
     */
    Environment environment();

    /**
     * When this attempt ends at the latest. A check that can answer sooner with what it has should.
     *
     * @return the deadline of this attempt
     */
    Instant deadline();

    /**
     * Which attempt this is.
     *
     * @return 1 for the first
     */
    int attempt();

    /**
     * A source of random numbers that is the same for the same seed of the run, item and attempt.
     *
     * @return the generator, to be used by one thread
     */
    RandomGenerator random();

    /**
     * A value that an earlier item captured. The check must name the capture in {@link Check#reads()}.
     *
     * @param capture the key
     * @param <V> the type of the value
     * @return the value
     * @throws IllegalArgumentException if the check does not declare that it reads this capture
     */
    <V> V read(Capture<V> capture);

    /**
     * The value of a secret; from now on it is redacted from everything that leaves the engine.
     *
     * @param secret the secret
     * @return its value, to be kept no longer than needed
     * @throws GoLiveException if the secret cannot be obtained
     */
    String reveal(Secret secret);

    /**
     * Something used together with other checks.
     *
     * @param resource what is wanted
     * @param <R> its type
     * @return the one instance of this {@link GoLive}
     * @throws Exception what its maker threw
     */
    <R extends AutoCloseable> R shared(Shared<R> resource) throws Exception;

    /**
     * Registers what breaks a blocking call when this attempt is given up: closing a socket, destroying a process. Runs
     * at once if the attempt was given up already. The hook runs on another thread, must be quick and must not throw.
     *
     * @param abort what to do
     * @return closing it takes the hook back
     */
    TimeSource.Alarm onCancel(Runnable abort);

    /**
     * Applies a function to each element, side by side as far as threads are free, in order in virtual time.
     *
     * @param in the elements
     * @param width how many at once at most, between 1 and 64
     * @param function what to do with each
     * @param <A> the type of the elements
     * @param <B> the type of the results
     * @return the results in the order of the elements
     * @throws Exception the first exception in that order, after all have ended
     */
    <A, B> List<B> parallel(List<A> in, int width, Each<A, B> function) throws Exception;

    /**
     * What is done with one element.
     *
     * @param <A> the type of the element
     * @param <B> the type of the result
     */
    @FunctionalInterface
    interface Each<A, B> {

        /**
         * Does it.
         *
         * @param element the element
         * @return the result, not {@code null}
         * @throws Exception if it cannot be done
         */
        B apply(A element) throws Exception;
    }
}
