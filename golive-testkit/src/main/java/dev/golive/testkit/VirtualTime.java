package dev.golive.testkit;

import dev.golive.time.Spans;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still while anybody works and jumps when everybody waits: a week passes in milliseconds, on real
 * threads and real sockets, and the same program gives the same sequence of events every time.
 *
 * <p>Time is cooperative. Threads that take part hold one baton between them; who holds it runs, the others are parked
 * in this time source. The baton goes to those who are ready, first come, first served; when nobody is ready, time
 * moves to the earliest instant that somebody waits for, ties in the order in which they were asked for. Time never
 * moves while no participant waits, so an alarm alone does not drive it.
 *
 * <p>A participant that is blocked in a socket still holds the baton: a fake answers it at the same instant. A fake that
 * wants to be slow sleeps on this time source in its own handler thread; since that thread takes no part, the sleep
 * parks the participant that holds the baton. If that participant gives up meanwhile, the sleep ends with an
 * {@link InterruptedException}, and the fake closes the connection without an answer.
 *
 * <p>If the baton is not given back within 20 s of real time, every waiting thread gets an
 * {@link IllegalStateException} with the stack of the thread that holds it.
 *
 * <p>Several virtual times are independent of each other. Thread-safe.
 */
public final class VirtualTime implements TimeSource {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Patience with threads is measured in real time; everything else here is virtual. */
    private static final TimeSource REAL = TimeSource.system();

    private static final Turn NESTED = () -> {};

    private enum State {
        READY,
        RUNNING,
        PARKED
    }

    private enum Wake {
        GRANTED,
        ABANDONED
    }

    /** A thread that takes part, from before it has a thread until it leaves. */
    private final class Participant {
        private final String name;
        private final Condition granted = lock.newCondition();
        private State state = State.READY;
        private @Nullable Thread thread;
        private @Nullable Exchange exchange;
        private @Nullable Entry entry;
        private boolean abandoned;
        private boolean opened;

        Participant(String name) {
            this.name = name;
        }
    }

    /** A fake's sleep, which parks the participant that waits for the fake's answer. */
    private final class Exchange {
        private final Condition resumed = lock.newCondition();
        private @Nullable Participant owner;
        private @Nullable Wake wake;

        Exchange(Participant owner) {
            this.owner = owner;
        }
    }

    /** Something due. Exactly one of the three is given. */
    private record Entry(
            Instant due,
            long number,
            @Nullable Participant participant,
            @Nullable Exchange exchange,
            @Nullable Runnable alarm) {}

    private final Instant start;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Participant> ready = new ArrayDeque<>();
    private final List<Participant> parked = new ArrayList<>();
    private final Map<Thread, Participant> members = new HashMap<>();
    private final Set<Thread> abandonedThreads = Collections.newSetFromMap(new WeakHashMap<>());
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::number));
    private final Participant clock = new Participant("an alarm");
    private volatile Instant now;
    private long numbers;
    private @Nullable Participant holder;
    private Duration heldSince = REAL.elapsed();
    private @Nullable String stuck;

    private VirtualTime(Instant start, Duration patience) {
        this.start = start;
        this.now = start;
        this.patience = patience;
    }

    /** For tests of the patience itself, which should not need so much of it. */
    static VirtualTime impatient(Instant start, Duration patience) {
        return new VirtualTime(start, patience);
    }

    /**
     * A clock that stands at an instant.
     *
     * @param start the first instant
     * @return a new virtual time
     */
    public static VirtualTime startingAt(Instant start) {
        return new VirtualTime(start, PATIENCE);
    }

    /**
     * A clock that stands at an instant given as text.
     *
     * @param start for example {@code 2027-03-02T09:00:00Z}
     * @return a new virtual time
     * @throws java.time.format.DateTimeParseException if the text is no instant
     */
    public static VirtualTime startingAt(String start) {
        return new VirtualTime(Instant.parse(start), PATIENCE);
    }

    /**
     * Lets time pass, with everything that is due meanwhile, and returns when it has.
     *
     * @param span how long
     * @throws InterruptedException if the thread is interrupted
     */
    public void advance(Duration span) throws InterruptedException {
        try (Turn turn = join("advance")) {
            sleepUntil(now.plus(span));
        }
    }

    @Override
    public Instant now() {
        Participant me;
        lock.lock();
        try {
            me = members.get(Thread.currentThread());
        } finally {
            lock.unlock();
        }
        if (me != null) {
            regain(me);
        }
        return now;
    }

    @Override
    public Duration elapsed() {
        return Duration.between(start, now);
    }

    @Override
    public boolean cooperative() {
        return true;
    }

    // ---- taking part

    @Override
    public Turn join(String name) {
        Thread thread = Thread.currentThread();
        Participant participant;
        lock.lock();
        try {
            if (members.containsKey(thread)) {
                return NESTED;
            }
            participant = new Participant(name);
            participant.thread = thread;
            members.put(thread, participant);
            ready.add(participant);
        } finally {
            lock.unlock();
        }
        dispatch();
        awaitBaton(participant);
        return () -> leave(participant);
    }

    @Override
    public void start(Executor executor, String name, Runnable work) {
        Participant participant = new Participant(name);
        lock.lock();
        try {
            ready.add(participant);
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(() -> {
                Thread thread = Thread.currentThread();
                lock.lock();
                try {
                    participant.thread = thread;
                    members.put(thread, participant);
                } finally {
                    lock.unlock();
                }
                try {
                    awaitBaton(participant);
                    work.run();
                } finally {
                    leave(participant);
                }
            });
        } catch (RejectedExecutionException e) {
            leave(participant);
            throw e;
        }
        dispatch();
    }

    private void leave(Participant participant) {
        lock.lock();
        try {
            Thread thread = participant.thread;
            if (thread != null) {
                members.remove(thread, participant);
                abandonedThreads.remove(thread);
            }
            forget(participant);
        } finally {
            lock.unlock();
        }
        dispatch();
    }

    /** Takes a participant out of every queue, and the baton from it. */
    private void forget(Participant participant) {
        ready.remove(participant);
        parked.remove(participant);
        if (participant.entry != null) {
            entries.remove(participant.entry);
            participant.entry = null;
        }
        Exchange exchange = participant.exchange;
        if (exchange != null) {
            participant.exchange = null;
            end(exchange, Wake.ABANDONED);
        }
        if (holder == participant) {
            holder = null;
        }
    }

    private void end(Exchange exchange, Wake wake) {
        entries.removeIf(entry -> entry.exchange == exchange);
        exchange.owner = null;
        exchange.wake = wake;
        exchange.resumed.signalAll();
    }

    @Override
    public void abandon(Thread thread) {
        lock.lock();
        try {
            Participant participant = members.remove(thread);
            if (participant != null) {
                participant.abandoned = true;
                abandonedThreads.add(thread);
                forget(participant);
                participant.granted.signalAll();
            }
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        dispatch();
    }

    // ---- the baton

    /** Waits for the baton; an interrupt is kept for later. */
    private void awaitBaton(Participant participant) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (participant.state != State.RUNNING && !participant.abandoned) {
                if (stuck != null) {
                    throw new IllegalStateException(stuck);
                }
                try {
                    participant.granted.await(200, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                watchBaton();
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void watchBaton() {
        if (stuck != null || REAL.elapsed().minus(heldSince).compareTo(patience) < 0) {
            return;
        }
        Participant at = holder;
        StringBuilder text = new StringBuilder();
        if (at == null) {
            text.append("Everybody waits in virtual time, and nothing is due:");
            parked.forEach(one -> text.append("\n  ").append(one.name));
        } else {
            text.append(at.name)
                    .append(" has not come back to virtual time for ")
                    .append(Spans.text(patience))
                    .append(" of real time; it is here:");
            Thread thread = at.thread;
            for (StackTraceElement element : thread == null ? new StackTraceElement[0] : thread.getStackTrace()) {
                text.append("\n  at ").append(element);
            }
        }
        stuck = text.toString();
        ready.forEach(one -> one.granted.signalAll());
        parked.forEach(one -> {
            one.granted.signalAll();
            if (one.exchange != null) {
                one.exchange.resumed.signalAll();
            }
        });
    }

    /** Gives the baton on, moving time as far as needed; alarms run here, on whichever thread comes by. */
    private void dispatch() {
        while (true) {
            Runnable alarm;
            lock.lock();
            try {
                alarm = next();
                if (alarm == null) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            try {
                alarm.run();
            } finally {
                lock.lock();
                try {
                    holder = null;
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** Grants the baton to somebody, or returns the alarm that is to run first. Called with the lock held. */
    private @Nullable Runnable next() {
        while (holder == null) {
            Participant first = ready.poll();
            if (first != null) {
                grant(first);
                return null;
            }
            Entry due = parked.isEmpty() ? null : entries.poll();
            if (due == null) {
                heldSince = REAL.elapsed();
                return null;
            }
            if (due.due.isAfter(now)) {
                now = due.due;
            }
            if (due.participant != null) {
                due.participant.entry = null;
                makeReady(due.participant);
            } else if (due.exchange != null) {
                resume(due.exchange);
            } else {
                hold(clock);
                return due.alarm;
            }
        }
        return null;
    }

    private void resume(Exchange exchange) {
        Participant owner = exchange.owner;
        end(exchange, Wake.GRANTED);
        if (owner != null) {
            owner.exchange = null;
            parked.remove(owner);
            // its thread is in a socket, not in here: it has the baton the moment the fake goes on
            owner.state = State.RUNNING;
            hold(owner);
        }
    }

    private void makeReady(Participant participant) {
        parked.remove(participant);
        participant.state = State.READY;
        ready.add(participant);
    }

    private void grant(Participant participant) {
        participant.state = State.RUNNING;
        hold(participant);
        participant.granted.signalAll();
    }

    private void hold(Participant participant) {
        holder = participant;
        heldSince = REAL.elapsed();
    }

    // ---- waiting

    @Override
    public void sleepUntil(Instant due) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Participant me;
        Participant current;
        lock.lock();
        try {
            refuseAbandoned();
            me = members.get(Thread.currentThread());
            current = holder;
            if (!due.isAfter(now)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        if (me != null) {
            regain(me);
            park(me, due);
        } else if (current != null && current != clock) {
            parkExchange(current, due);
        } else {
            try (Turn turn = join("a sleeping thread that takes no part")) {
                sleepUntil(due);
            }
        }
    }

    private void refuseAbandoned() throws InterruptedException {
        if (abandonedThreads.contains(Thread.currentThread())) {
            throw new InterruptedException("given up");
        }
    }

    /** A participant that moved on although a fake still sleeps for it takes its place in the queue again. */
    private void regain(Participant participant) {
        lock.lock();
        try {
            Exchange exchange = participant.exchange;
            if (holder == participant || exchange == null) {
                return;
            }
            exchange.owner = null;
            participant.exchange = null;
            makeReady(participant);
        } finally {
            lock.unlock();
        }
        dispatch();
        awaitBaton(participant);
    }

    private void park(Participant participant, Instant due) throws InterruptedException {
        lock.lock();
        try {
            Entry entry = new Entry(due, numbers++, participant, null, null);
            participant.entry = entry;
            entries.add(entry);
            participant.state = State.PARKED;
            parked.add(participant);
            holder = null;
        } finally {
            lock.unlock();
        }
        dispatch();
        boolean interrupted = false;
        lock.lock();
        try {
            while (participant.state != State.RUNNING && !participant.abandoned) {
                if (stuck != null) {
                    throw new IllegalStateException(stuck);
                }
                try {
                    participant.granted.await(200, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (participant.state == State.PARKED) {
                        entries.remove(participant.entry);
                        participant.entry = null;
                        makeReady(participant);
                        lock.unlock();
                        dispatch();
                        lock.lock();
                    }
                }
                watchBaton();
            }
            if (interrupted || participant.abandoned) {
                throw new InterruptedException();
            }
        } finally {
            lock.unlock();
        }
    }

    private void parkExchange(Participant owner, Instant due) throws InterruptedException {
        Exchange exchange;
        lock.lock();
        try {
            if (holder != owner) {
                // the baton went on between two looks: whoever it was for has given up on the fake
                throw new InterruptedException("given up");
            }
            exchange = new Exchange(owner);
            entries.add(new Entry(due, numbers++, null, exchange, null));
            owner.exchange = exchange;
            owner.state = State.PARKED;
            parked.add(owner);
            holder = null;
        } finally {
            lock.unlock();
        }
        dispatch();
        lock.lock();
        try {
            while (exchange.wake == null) {
                if (stuck != null) {
                    throw new IllegalStateException(stuck);
                }
                exchange.resumed.await(200, TimeUnit.MILLISECONDS);
                watchBaton();
            }
            if (exchange.wake == Wake.ABANDONED) {
                throw new InterruptedException("given up");
            }
        } catch (InterruptedException e) {
            Participant waiting = exchange.owner;
            if (waiting != null) {
                // the fake is being closed: its client finds out by itself
                waiting.exchange = null;
                end(exchange, Wake.ABANDONED);
                parked.remove(waiting);
                waiting.state = State.READY;
                ready.add(waiting);
            }
            throw e;
        } finally {
            lock.unlock();
            dispatch();
        }
    }

    // ---- alarms, limits and gates

    @Override
    public Alarm at(Instant due, Runnable action) {
        Entry entry;
        lock.lock();
        try {
            entry = new Entry(due, numbers++, null, null, action);
            entries.add(entry);
        } finally {
            lock.unlock();
        }
        return () -> {
            lock.lock();
            try {
                entries.remove(entry);
            } finally {
                lock.unlock();
            }
        };
    }

    @Override
    public <T> T within(Instant due, Runnable abort, Callable<T> call) throws Exception {
        Participant me;
        lock.lock();
        try {
            me = members.get(Thread.currentThread());
        } finally {
            lock.unlock();
        }
        try (Alarm alarm = at(due, () -> {
            abort.run();
            if (me != null) {
                unpark(me);
            }
        })) {
            return call.call();
        } finally {
            if (me != null) {
                regain(me);
                // a limit that struck made it ready again: it goes on only with the baton
                awaitBaton(me);
            }
        }
    }

    /** Gives up on a fake's sleep; the participant that waited for it is ready again. */
    private void unpark(Participant participant) {
        lock.lock();
        try {
            Exchange exchange = participant.exchange;
            if (exchange != null) {
                participant.exchange = null;
                end(exchange, Wake.ABANDONED);
                makeReady(participant);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Gate gate() {
        return new VirtualGate();
    }

    private final class VirtualGate implements Gate {
        private final List<Participant> waiting = new ArrayList<>();
        private boolean open;

        @Override
        public void open() {
            lock.lock();
            try {
                if (open) {
                    return;
                }
                open = true;
                for (Participant participant : waiting) {
                    if (participant.state == State.PARKED && participant.entry != null) {
                        entries.remove(participant.entry);
                        participant.entry = null;
                        participant.opened = true;
                        makeReady(participant);
                    }
                }
                waiting.clear();
            } finally {
                lock.unlock();
            }
            dispatch();
        }

        @Override
        public boolean await(Instant due) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Participant me;
            lock.lock();
            try {
                refuseAbandoned();
                if (open) {
                    return true;
                }
                me = members.get(Thread.currentThread());
            } finally {
                lock.unlock();
            }
            if (me == null) {
                try (Turn turn = join("a waiting thread that takes no part")) {
                    return await(due);
                }
            }
            regain(me);
            lock.lock();
            try {
                if (open || !due.isAfter(now)) {
                    return open;
                }
                waiting.add(me);
                me.opened = false;
            } finally {
                lock.unlock();
            }
            try {
                park(me, due);
            } finally {
                lock.lock();
                try {
                    waiting.remove(me);
                } finally {
                    lock.unlock();
                }
            }
            return me.opened;
        }
    }

    /**
     * Where it stands.
     *
     * @return the current instant
     */
    @Override
    public String toString() {
        return "virtual time " + now;
    }
}
