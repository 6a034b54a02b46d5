package dev.golive;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads of one {@link GoLive}: how many run is decided by its runs, which are bounded. */
final class Workers implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int SIDE_THREADS = 64;

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ThreadPoolExecutor own;
    private final Executor checks;
    private final Semaphore side = new Semaphore(SIDE_THREADS);

    Workers(@Nullable Executor hostExecutor) {
        own = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
        checks = hostExecutor == null ? own : hostExecutor;
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "golive-" + numbers.incrementAndGet());
        thread.setDaemon(true);
        // a thread takes itself off no list: it would still be alive for a moment after that
        threads.removeIf(one -> one.getState() == Thread.State.TERMINATED);
        threads.add(thread);
        return thread;
    }

    /** Where checks run. */
    Executor checks() {
        return checks;
    }

    /** Where hooks run; never the host's executor, all of whose threads may be stuck in what the hooks break. */
    Executor hooks() {
        return own;
    }

    /** A place for a helping thread of {@link CheckContext#parallel}, if there is one left. */
    boolean tryHelp() {
        return side.tryAcquire();
    }

    void helped() {
        side.release();
    }

    /** Interrupts what still runs, waits a little, and says which threads did not end. */
    @Override
    public void close() {
        own.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        try {
            ended = own.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            for (Thread thread : threads) {
                // the pool counts a thread as ended a moment before it is
                thread.join(ended ? GRACE.toMillis() : 1);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        List<String> left = threads.stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .sorted()
                .toList();
        if (!left.isEmpty()) {
            System.getLogger(GoLive.class.getName())
                    .log(System.Logger.Level.WARNING, "Closed, but these threads ignore interrupts: {0}", left);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
