package dev.golive.checks.internal.http;

import dev.golive.Shared;
import dev.golive.time.TimeSource;
import java.net.InetAddress;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that the checks of one {@link dev.golive.GoLive} share: at most {@value #MOST} for each origin, address
 * and way of trusting. Whoever finds none free waits in line.
 *
 * <p>Thread-safe. It has no thread: a connection that was idle for too long is closed by the next one who looks.
 */
final class Pool implements AutoCloseable {

    static final int MOST = 8;

    /** Below what servers commonly allow (5 s and more), so that most reused connections are alive. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(2);

    static final Shared<Pool> SHARED = Shared.of("http connections", (network, time) -> new Pool(time));

    /** What two requests must have in common to share a connection. */
    record Key(boolean secure, String host, int port, InetAddress address, Set<TrustAnchor> anchors) {}

    private record Idle(Wire wire, Duration since) {}

    private static final class Line {
        private int used;
        private final Deque<Idle> idle = new ArrayDeque<>();
        private final Deque<TimeSource.Gate> waiting = new ArrayDeque<>();
    }

    private final TimeSource time;
    private final Map<Key, Line> lines = new HashMap<>();
    private boolean closed;

    Pool(TimeSource time) {
        this.time = time;
    }

    /** The right to one connection, and the connection if one was free. */
    record Slot(@Nullable Wire wire) {}

    /**
     * Waits for a connection or the right to open one. Each slot must be given back once.
     *
     * @return {@code null} if none was free in time
     */
    @Nullable
    Slot take(Key key, Instant due) throws InterruptedException {
        while (true) {
            TimeSource.Gate gate;
            synchronized (this) {
                Line line = lines.computeIfAbsent(key, any -> new Line());
                Wire wire = freshest(line);
                if (wire != null || line.used < MOST) {
                    line.used++;
                    return new Slot(wire);
                }
                gate = time.gate();
                line.waiting.add(gate);
            }
            boolean called = false;
            try {
                called = gate.await(due);
            } finally {
                if (!called) {
                    leave(key, gate);
                }
            }
            if (!called) {
                return null;
            }
        }
    }

    private @Nullable Wire freshest(Line line) {
        Duration now = time.elapsed();
        for (Idle idle = line.idle.pollLast(); idle != null; idle = line.idle.pollLast()) {
            if (now.minus(idle.since).compareTo(LONGEST_IDLE) <= 0 && idle.wire.reusable()) {
                return idle.wire;
            }
            idle.wire.close();
        }
        return null;
    }

    /** Gives a slot back, with its connection if that is good for more. */
    void giveBack(Key key, @Nullable Wire wire) {
        boolean kept = wire != null && wire.reusable();
        TimeSource.Gate next;
        synchronized (this) {
            Line line = lines.computeIfAbsent(key, any -> new Line());
            line.used--;
            if (wire != null && kept && !closed) {
                line.idle.addLast(new Idle(wire, time.elapsed()));
            } else {
                kept = false;
            }
            next = line.waiting.poll();
        }
        if (wire != null && !kept) {
            wire.close();
        }
        if (next != null) {
            next.open();
        }
    }

    /** Whoever no longer waits may have been called all the same, and then calls the next. */
    private void leave(Key key, TimeSource.Gate gate) {
        TimeSource.Gate next = null;
        synchronized (this) {
            Line line = lines.computeIfAbsent(key, any -> new Line());
            if (!line.waiting.remove(gate)) {
                next = line.waiting.poll();
            }
        }
        if (next != null) {
            next.open();
        }
    }

    @Override
    public void close() {
        Deque<Idle> all = new ArrayDeque<>();
        synchronized (this) {
            closed = true;
            for (Line line : lines.values()) {
                all.addAll(line.idle);
                line.idle.clear();
            }
        }
        all.forEach(idle -> idle.wire.close());
    }
}
