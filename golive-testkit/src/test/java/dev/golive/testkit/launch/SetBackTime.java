package dev.golive.testkit.launch;

import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** A time source whose clock somebody sets: what was waited for is waited for as long as it was meant. */
final class SetBackTime implements TimeSource {

    private final TimeSource inner;
    private volatile Duration offset = Duration.ZERO;

    SetBackTime(TimeSource inner) {
        this.inner = inner;
    }

    void set(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant now() {
        return inner.now().plus(offset);
    }

    private Instant inner(Instant due) {
        return due.equals(Instant.MAX) || due.equals(Instant.MIN) ? due : due.minus(offset);
    }

    @Override
    public Duration elapsed() {
        return inner.elapsed();
    }

    @Override
    public void sleepUntil(Instant due) throws InterruptedException {
        inner.sleepUntil(inner(due));
    }

    @Override
    public Alarm at(Instant due, Runnable action) {
        return inner.at(inner(due), action);
    }

    @Override
    public <T> T within(Instant due, Runnable abort, Callable<T> call) throws Exception {
        return inner.within(inner(due), abort, call);
    }

    @Override
    public Gate gate() {
        Gate gate = inner.gate();
        return new Gate() {
            @Override
            public void open() {
                gate.open();
            }

            @Override
            public boolean await(Instant due) throws InterruptedException {
                return gate.await(inner(due));
            }
        };
    }

    @Override
    public void start(Executor executor, String name, Runnable work) {
        inner.start(executor, name, work);
    }

    @Override
    public Turn join(String name) {
        return inner.join(name);
    }

    @Override
    public void abandon(Thread thread) {
        inner.abandon(thread);
    }

    @Override
    public boolean cooperative() {
        return inner.cooperative();
    }
}
