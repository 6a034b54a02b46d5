package dev.golive.testkit;

import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The waiting of one exchange, all of it on the time source, and its end when nobody waits for the answer any more.
 *
 * <p>Whoever abandons interrupts the waiting thread only while it really waits here: threads are pooled, and an interrupt
 * that came late would hit somebody else's exchange.
 */
final class Pauses {

    private static final Duration FOREVER = Duration.ofDays(365);

    private final TimeSource time;
    private final Runnable watch;
    private @Nullable Thread sleeper;
    private boolean abandoned;

    /**
     * Pauses on a time source.
     *
     * @param watch run at the beginning of each pause, to have somebody notice when the client goes; must not block
     */
    Pauses(TimeSource time, Runnable watch) {
        this.time = time;
        this.watch = watch;
    }

    void pauseFor(Duration length) throws AbandonedException {
        pauseUntil(time.now().plus(length));
    }

    /** Waits for what never comes. */
    AbandonedException hang() throws AbandonedException {
        pauseFor(FOREVER);
        return new AbandonedException("the fault has hung for " + FOREVER, null);
    }

    private void pauseUntil(Instant due) throws AbandonedException {
        synchronized (this) {
            if (abandoned) {
                throw new AbandonedException("nobody waits for this answer", null);
            }
            sleeper = Thread.currentThread();
        }
        try {
            watch.run();
            time.sleepUntil(due);
        } catch (InterruptedException e) {
            throw new AbandonedException("nobody waits for this answer", e);
        } finally {
            synchronized (this) {
                sleeper = null;
                if (abandoned) {
                    // The interrupt was for this pause, which is over.
                    Thread.interrupted();
                }
            }
        }
    }

    synchronized boolean isWaiting() {
        return sleeper != null;
    }

    synchronized void abandon() {
        if (!abandoned) {
            abandoned = true;
            if (sleeper != null) {
                sleeper.interrupt();
            }
        }
    }
}
