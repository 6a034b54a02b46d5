package dev.golive.testkit;

import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** A clock that stands still until a test moves it, and shows who sleeps on it. */
final class SettableTime implements TimeSource {

    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private final boolean cooperative;
    private final Object lock = new Object();
    private final Queue<Instant> sleeps = new ConcurrentLinkedQueue<>();
    private Instant now = START;

    private SettableTime(boolean cooperative) {
        this.cooperative = cooperative;
    }

    static SettableTime create() {
        return new SettableTime(false);
    }

    static SettableTime whereThreadsTakeTurns() {
        return new SettableTime(true);
    }

    void pass(Duration duration) {
        synchronized (lock) {
            now = now.plus(duration);
            lock.notifyAll();
        }
    }

    /** Waits until so many sleeps have begun, and says until when they were. */
    java.util.List<Instant> sleeps(int count) throws InterruptedException {
        synchronized (lock) {
            while (sleeps.size() < count) {
                lock.wait();
            }
            return java.util.List.copyOf(sleeps);
        }
    }

    @Override
    public Instant now() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public Duration elapsed() {
        return Duration.between(START, now());
    }

    @Override
    public void sleepUntil(Instant due) throws InterruptedException {
        synchronized (lock) {
            sleeps.add(due);
            lock.notifyAll();
            while (now.isBefore(due)) {
                lock.wait();
            }
        }
    }

    @Override
    public Alarm at(Instant due, Runnable action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T within(Instant due, Runnable abort, Callable<T> call) throws Exception {
        return call.call();
    }

    @Override
    public Gate gate() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start(Executor executor, String name, Runnable work) {
        executor.execute(work);
    }

    @Override
    public Turn join(String name) {
        return () -> {};
    }

    @Override
    public boolean cooperative() {
        return cooperative;
    }
}
