package dev.golive.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The machine's clock. Its one daemon thread lives only while an alarm is set. */
final class SystemTime implements TimeSource {

    static final SystemTime INSTANCE = new SystemTime();

    private static final Turn NO_TURN = () -> {};

    /** Longest single wait: a stepped wall clock is noticed after at most this long. */
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long origin = System.nanoTime();
    private final Object lock = new Object();
    private final PriorityQueue<Entry> alarms =
            new PriorityQueue<>(Comparator.<Entry>comparingLong(e -> e.dueNanos).thenComparingLong(e -> e.number));
    private long numbers;
    private @Nullable Thread timer;

    private SystemTime() {}

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - origin);
    }

    @Override
    public void sleepUntil(Instant due) throws InterruptedException {
        for (long left = nanosUntil(due); left > 0; left = nanosUntil(due)) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, SLICE_NANOS));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public Alarm at(Instant due, Runnable action) {
        long dueNanos = System.nanoTime() - origin + Math.max(0, nanosUntil(due));
        Entry entry;
        synchronized (lock) {
            entry = new Entry(dueNanos, numbers++, action);
            alarms.add(entry);
            if (timer == null) {
                Thread thread = new Thread(this::ring, "golive-time");
                thread.setDaemon(true);
                // kept only if it starts: on a machine without threads the next alarm tries again
                thread.start();
                timer = thread;
            } else if (entry.equals(alarms.peek())) {
                lock.notifyAll();
            }
        }
        return () -> {
            synchronized (lock) {
                if (alarms.remove(entry) && alarms.isEmpty()) {
                    lock.notifyAll();
                }
            }
        };
    }

    private void ring() {
        while (true) {
            Entry next;
            synchronized (lock) {
                next = alarms.peek();
                if (next == null) {
                    timer = null;
                    return;
                }
                long left = next.dueNanos - (System.nanoTime() - origin);
                if (left > 0) {
                    try {
                        TimeUnit.NANOSECONDS.timedWait(lock, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
                    } catch (InterruptedException e) {
                        // nobody owns this thread; an interrupt from outside must not lose alarms
                        continue;
                    }
                    continue;
                }
                alarms.remove(next);
            }
            try {
                next.action.run();
            } catch (Throwable e) { // an error too: without this thread no deadline would ever come
                System.getLogger(TimeSource.class.getName())
                        .log(System.Logger.Level.ERROR, "An alarm threw, which alarms must not do", e);
            }
        }
    }

    @Override
    public <T> T within(Instant due, Runnable abort, Callable<T> call) throws Exception {
        try (Alarm alarm = at(due, abort)) {
            return call.call();
        }
    }

    @Override
    public Gate gate() {
        return new LatchGate();
    }

    @Override
    public void start(Executor executor, String name, Runnable work) {
        executor.execute(work);
    }

    @Override
    public Turn join(String name) {
        return NO_TURN;
    }

    private static long nanosUntil(Instant due) {
        Duration left = Duration.between(Instant.now(), due);
        if (left.isNegative()) {
            return 0;
        }
        // far beyond any deadline, and safe from overflow when added to the monotonic clock
        return left.toDays() > 36_500 ? TimeUnit.DAYS.toNanos(36_500) : left.toNanos();
    }

    private static final class LatchGate implements Gate {
        private final CountDownLatch latch = new CountDownLatch(1);

        @Override
        public void open() {
            latch.countDown();
        }

        @Override
        public boolean await(Instant due) throws InterruptedException {
            for (long left = nanosUntil(due); ; left = nanosUntil(due)) {
                if (latch.await(Math.min(left, SLICE_NANOS), TimeUnit.NANOSECONDS)) {
                    return true;
                }
                if (left == 0) {
                    return false;
                }
            }
        }
    }

    private record Entry(long dueNanos, long number, Runnable action) {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
