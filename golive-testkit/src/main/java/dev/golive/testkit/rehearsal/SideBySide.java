package dev.golive.testkit.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work on several stages side by side, so much at once; what it comes to is in the order in which it was given. */
final class SideBySide implements AutoCloseable {

    /** What some work came to: a value, or else why there is none. */
    record Came<V>(@Nullable V value, @Nullable Throwable failure) {}

    private final String name;
    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final ExecutorService threads;

    SideBySide(String name, int most) {
        this.name = name;
        this.threads = Executors.newFixedThreadPool(most, work -> {
            Thread thread = new Thread(work, name + "-" + (started.size() + 1));
            thread.setDaemon(true);
            started.add(thread);
            return thread;
        });
    }

    /** One piece of work alone. */
    <V> Came<V> one(Callable<V> work) throws InterruptedException {
        return all(List.of(work)).get(0);
    }

    <V> List<Came<V>> all(List<Callable<V>> work) throws InterruptedException {
        List<Future<V>> running = new ArrayList<>();
        for (Callable<V> one : work) {
            running.add(threads.submit(one));
        }
        List<Came<V>> all = new ArrayList<>();
        for (Future<V> one : running) {
            try {
                all.add(new Came<>(one.get(), null));
            } catch (ExecutionException e) {
                all.add(new Came<>(null, Objects.requireNonNullElse(e.getCause(), e)));
            }
        }
        return all;
    }

    /** Ends what still runs, and waits for it: nothing goes on after it. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("something of the " + name + " does not end");
            }
            for (Thread thread : started) {
                // the pool counts a thread as ended a moment before it is
                thread.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
