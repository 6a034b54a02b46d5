package dev.golive.testkit;

import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** A clock that jumps to where somebody wants to sleep, and remembers the sleeps. */
final class JumpTime implements TimeSource {

    private final Instant origin;
    private final List<Duration> sleeps = new ArrayList<>();
    private Instant now;

    JumpTime(Instant origin) {
        this.origin = origin;
        this.now = origin;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Duration elapsed() {
        return Duration.between(origin, now);
    }

    @Override
    public synchronized void sleepUntil(Instant due) throws InterruptedException {
        if (due.isAfter(now)) {
            sleeps.add(Duration.between(now, due));
            now = due;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    @Override
    public boolean cooperative() {
        return true;
    }

    @Override
    public Alarm at(Instant due, Runnable action) {
        throw new UnsupportedOperationException("a fake sets no alarm");
    }

    @Override
    public <T> T within(Instant due, Runnable abort, Callable<T> call) {
        throw new UnsupportedOperationException("a fake gives up on nothing");
    }

    @Override
    public Gate gate() {
        throw new UnsupportedOperationException("a fake has no gate");
    }

    @Override
    public void start(Executor executor, String name, Runnable work) {
        throw new UnsupportedOperationException("a fake's threads are no participants");
    }

    @Override
    public Turn join(String name) {
        throw new UnsupportedOperationException("a fake's threads are no participants");
    }
}
