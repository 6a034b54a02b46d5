package dev.golive;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Hands what happened to the listeners, one event at a time and in order, without any monitor held. Whoever comes to
 * deliver while another thread delivers leaves its events to that thread.
 */
final class Events {

    private final List<RunListener> listeners;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean delivering;

    Events(List<RunListener> listeners) {
        this.listeners = listeners;
    }

    void add(Consumer<RunListener> event) {
        if (listeners.isEmpty()) {
            return;
        }
        afterwards(() -> listeners.forEach(listener -> tell(listener, event)));
    }

    /** Runs something after every event that was added before. */
    synchronized void afterwards(Runnable action) {
        waiting.add(action);
    }

    void deliver() {
        while (true) {
            Runnable next;
            synchronized (this) {
                if (delivering) {
                    return;
                }
                next = waiting.poll();
                if (next == null) {
                    return;
                }
                delivering = true;
            }
            try {
                next.run();
            } finally {
                synchronized (this) {
                    delivering = false;
                }
            }
        }
    }

    private static void tell(RunListener listener, Consumer<RunListener> event) {
        try {
            event.accept(listener);
        } catch (Throwable e) { // an error too: a failed assertion of a listener must not end a thread of the run
            System.getLogger(GoLive.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "A listener threw: " + listener.getClass().getName(),
                            e);
        }
    }
}
