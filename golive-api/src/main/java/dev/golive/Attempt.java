package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one item: what the check sees as its context, and what the engine holds on to in order to give up on
 * it.
 */
final class Attempt implements CheckContext {

    private final Run run;
    private final Run.Node node;
    private final int number;
    private final Instant begun;
    private final Instant deadline;
    private final Set<Capture<?>> readable;
    private final Object monitor = new Object();
    private final Set<Runnable> hooks = new LinkedHashSet<>();
    private final Set<Thread> threads = new HashSet<>();
    private boolean abandoned;
    private boolean ended;

    Attempt(Run run, Run.Node node, int number, Instant begun, Instant deadline, Set<Capture<?>> readable) {
        this.run = run;
        this.node = node;
        this.number = number;
        this.begun = begun;
        this.deadline = deadline;
        this.readable = readable;
    }

    Run.Node node() {
        return node;
    }

    boolean isWitness() {
        return node.isWitness();
    }

    /** How long it may take. */
    Duration limit() {
        return begun.isBefore(deadline) ? Duration.between(begun, deadline) : Duration.ZERO;
    }

    // ---- the life of an attempt

    /** Called on the thread that is about to run the check. */
    boolean enter() {
        synchronized (monitor) {
            if (abandoned || ended) {
                return false;
            }
            threads.add(Thread.currentThread());
            return true;
        }
    }

    /** Called on the same thread when the check has returned, in whatever way. */
    void leave() {
        synchronized (monitor) {
            threads.remove(Thread.currentThread());
            // an interrupt was meant for the check, or left by it: not for what the thread does next
            Thread.interrupted();
        }
    }

    void end() {
        synchronized (monitor) {
            ended = true;
            hooks.clear();
        }
    }

    /** Fixes that this attempt no longer counts. What is to be broken off is broken off by {@link #breakOff()}. */
    void abandon() {
        synchronized (monitor) {
            abandoned = true;
        }
    }

    /** Runs the hooks, then interrupts. A hook runs outside the monitor, since it may block in spite of its contract. */
    void breakOff() {
        List<Runnable> toRun;
        synchronized (monitor) {
            toRun = new ArrayList<>(hooks);
            hooks.clear();
        }
        for (Runnable hook : toRun) {
            runHook(hook);
        }
        synchronized (monitor) {
            threads.forEach(run.time()::abandon);
        }
    }

    /** The names of the threads that are still in the check although it was given up. */
    List<String> stuck() {
        synchronized (monitor) {
            return abandoned ? threads.stream().map(Thread::getName).sorted().toList() : List.of();
        }
    }

    private void runHook(Runnable hook) {
        try {
            hook.run();
        } catch (Throwable e) { // the other hooks and the interrupt are still owed
            System.getLogger(GoLive.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            run.engine().redactor().clean("A cancel hook of " + node.id + " threw " + e));
        }
    }

    private void alive() {
        synchronized (monitor) {
            if (abandoned || ended) {
                throw new CancellationException(node.id + " is no longer being examined");
            }
        }
    }

    // ---- what the check sees

    @Override
    public TimeSource time() {
        return run.time();
    }

    @Override
    public Network network() {
        return new GuardedNetwork(this, run.engine().settings().network());
    }

    @Override
    public Environment environment() {
        return run.environment();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public RandomGenerator random() {
        return run.random(node, number);
    }

    @Override
    public <V> V read(Capture<V> capture) {
        alive();
        if (readable.stream().noneMatch(one -> one.root() == capture.root())) {
            throw new IllegalArgumentException(
                    "capture must be one that the check declares in reads(), but was " + capture.name());
        }
        return capture.from(run.captured(capture.root()));
    }

    @Override
    public String reveal(Secret secret) {
        alive();
        String value = Arguments.given(secret, "secret").value();
        run.engine().redactor().add(value);
        return value;
    }

    @Override
    public <R extends AutoCloseable> R shared(Shared<R> resource) throws Exception {
        alive();
        return run.engine().resources().get(Arguments.given(resource, "resource"), deadline);
    }

    @Override
    public TimeSource.Alarm onCancel(Runnable abort) {
        Arguments.given(abort, "abort");
        // a fresh object, so that the same hook may be registered twice and taken back once
        Runnable hook = new Runnable() {
            @Override
            public void run() {
                abort.run();
            }
        };
        synchronized (monitor) {
            if (!abandoned) {
                hooks.add(hook);
                return () -> {
                    synchronized (monitor) {
                        hooks.remove(hook);
                    }
                };
            }
        }
        runHook(hook);
        return () -> {};
    }

    @Override
    public <A, B> List<B> parallel(List<A> in, int width, Each<A, B> function) throws Exception {
        List<A> elements = List.copyOf(Arguments.given(in, "in"));
        Arguments.given(function, "function");
        int threadsWanted = Math.min(Arguments.between(width, 1, 64, "width"), elements.size());
        Fan<A, B> fan = new Fan<>(elements, function, run.time().gate());
        if (!run.time().cooperative()) {
            for (int i = 1; i < threadsWanted && run.engine().workers().tryHelp(); i++) {
                fan.helpers.incrementAndGet();
                run.time().start(run.engine().workers().hooks(), node.id, () -> {
                    try {
                        if (enter()) {
                            try {
                                fan.work();
                            } finally {
                                leave();
                            }
                        }
                    } finally {
                        run.engine().workers().helped();
                        fan.leave();
                    }
                });
            }
        }
        fan.work();
        fan.leave();
        // the helpers hold elements that the caller did not get; the hooks break what they hang in
        while (!fan.done.await(deadline.plus(Duration.ofDays(1)))) {
            alive();
        }
        return fan.results();
    }

    /** Elements spread over threads: each thread takes the next one until none is left. */
    private final class Fan<A, B> {
        private final List<A> elements;
        private final Each<A, B> function;
        private final TimeSource.Gate done;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger helpers = new AtomicInteger(1);
        private final List<@Nullable B> results;
        private final List<@Nullable Throwable> failures;

        Fan(List<A> elements, Each<A, B> function, TimeSource.Gate done) {
            this.elements = elements;
            this.function = function;
            this.done = done;
            this.results = new ArrayList<@Nullable B>(Collections.nCopies(elements.size(), null));
            this.failures = new ArrayList<@Nullable Throwable>(Collections.nCopies(elements.size(), null));
        }

        void work() {
            for (int i = next.getAndIncrement(); i < elements.size(); i = next.getAndIncrement()) {
                B result = null;
                Throwable failure = null;
                try {
                    alive();
                    result = Arguments.given(function.apply(elements.get(i)), "the result of function");
                } catch (Throwable e) { // an error on a helping thread belongs to the check too
                    failure = e;
                }
                synchronized (this) {
                    results.set(i, result);
                    failures.set(i, failure);
                }
            }
        }

        void leave() {
            if (helpers.decrementAndGet() == 0) {
                done.open();
            }
        }

        synchronized List<B> results() throws Exception {
            List<B> all = new ArrayList<>(results.size());
            for (int i = 0; i < results.size(); i++) {
                Throwable failure = failures.get(i);
                if (failure instanceof Error error) {
                    throw error;
                }
                if (failure != null) {
                    throw (Exception) failure;
                }
                all.add(Arguments.given(results.get(i), "result"));
            }
            return all;
        }
    }
}
