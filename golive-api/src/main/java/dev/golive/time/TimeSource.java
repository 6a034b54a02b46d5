package dev.golive.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/**
 * The only clock, the only timer and the only place to wait.
 *
 * <p>Production code uses {@link #system()}. Tests and rehearsals use a virtual time, in which a week passes in
 * milliseconds and every run of the same program gives the same sequence of events. For that to work, everything that
 * waits does it here: no {@code Thread.sleep}, no {@code Instant.now()}, no timed wait of the JDK elsewhere.
 *
 * <p>Code that merely reads the clock or sleeps needs {@link #now()}, {@link #elapsed()} and {@link #sleepUntil}. The
 * other methods are for code that starts threads or gives up on a blocking call, that is the engine and the transports.
 *
 * <p>Implementations are thread-safe.
 */
public interface TimeSource {

    /**
     * The current instant; may step when the machine's clock is corrected, so it is never used to measure a duration.
     *
     * @return the current instant
     */
    Instant now();

    /**
     * The time since an arbitrary fixed origin; never goes back. Two readings subtracted give a duration.
     *
     * @return the monotonic time since the origin of this time source
     */
    Duration elapsed();

    /**
     * Waits until the given instant; returns at once when it has passed.
     *
     * @param due when to return
     * @throws InterruptedException if the thread is interrupted while waiting, or what it works for was abandoned
     */
    void sleepUntil(Instant due) throws InterruptedException;

    /**
     * Runs something short and non-blocking once, at the given instant, unless the returned alarm is closed before.
     *
     * @param due when to run it; an instant in the past means as soon as possible
     * @param action what to run; must not block and must not throw
     * @return the alarm; closing it cancels, any number of times
     */
    Alarm at(Instant due, Runnable action);

    /**
     * Calls something that blocks outside this time source (a socket, a process), and gives up on it at an instant.
     *
     * <p>When the instant comes before the call has returned, {@code abort} runs once; it must make the call return or
     * throw soon, for example by closing the socket. What the call then returns or throws is passed on.
     *
     * @param due when to give up
     * @param abort what ends the call; must not block and must not throw
     * @param call the blocking call, run on the calling thread
     * @param <T> what the call returns
     * @return what the call returned
     * @throws Exception what the call threw
     */
    <T> T within(Instant due, Runnable abort, Callable<T> call) throws Exception;

    /**
     * A new closed gate, on which threads of this time source wait for each other.
     *
     * @return a new closed gate
     */
    Gate gate();

    /**
     * Runs work on another thread that this time source knows of. In virtual time such threads run one at a time, in
     * the order in which they were started.
     *
     * @param executor where the work runs; must not run it on the calling thread
     * @param name names the work in diagnostics
     * @param work what to run
     */
    void start(Executor executor, String name, Runnable work);

    /**
     * Makes the calling thread one that this time source knows of, until the returned turn is closed by that thread.
     * Joining again while joined is allowed and has no effect.
     *
     * @param name names the thread's work in diagnostics
     * @return the turn, to be closed by the same thread
     */
    Turn join(String name);

    /**
     * Gives up on a thread: wakes it with an interrupt and no longer waits for what it does.
     *
     * @param thread a thread that runs work begun with {@link #start}
     */
    default void abandon(Thread thread) {
        thread.interrupt();
    }

    /**
     * Whether threads of this time source run one at a time, as in virtual time. Code that would spread independent
     * work over threads does it in order on one thread instead, so that the result is the same every time.
     *
     * @return {@code true} in virtual time
     */
    default boolean cooperative() {
        return false;
    }

    /**
     * The machine's clock.
     *
     * @return the one system time source; it has no thread while no alarm is set
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** Something that will run at an instant. Closing cancels it and never throws. */
    interface Alarm extends AutoCloseable {
        @Override
        void close();
    }

    /** The membership of a thread in a time source. Closing ends it and never throws. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** A latch that opens once. Thread-safe. */
    interface Gate {

        /** Opens the gate and lets everyone through; opening again has no effect. */
        void open();

        /**
         * Waits until the gate is open.
         *
         * @param due when to stop waiting
         * @return whether the gate is open
         * @throws InterruptedException if the thread is interrupted while waiting, or its work was abandoned
         */
        boolean await(Instant due) throws InterruptedException;
    }
}
