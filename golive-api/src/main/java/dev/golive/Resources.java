package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.time.TimeSource;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What checks share: made once, closed in reverse order. */
final class Resources implements AutoCloseable {

    private static final class Slot {
        private final TimeSource.Gate made;
        private @Nullable AutoCloseable resource;
        private @Nullable Exception failure;

        Slot(TimeSource.Gate made) {
            this.made = made;
        }
    }

    private final TimeSource time;
    private final Network network;
    private final IdentityHashMap<Shared<?>, Slot> slots = new IdentityHashMap<>();
    private final Deque<Slot> order = new ArrayDeque<>();
    private boolean closed;

    Resources(TimeSource time, Network network) {
        this.time = time;
        this.network = network;
    }

    @SuppressWarnings("unchecked") // a slot holds what the maker of its own key made
    <R extends AutoCloseable> R get(Shared<R> shared, Instant deadline) throws Exception {
        Slot slot;
        boolean mine = false;
        synchronized (this) {
            if (closed) {
                throw new CancellationException("closed");
            }
            slot = slots.get(shared);
            if (slot == null) {
                slot = new Slot(time.gate());
                slots.put(shared, slot);
                mine = true;
            }
        }
        if (mine) {
            make(shared, slot);
        } else if (!slot.made.await(deadline)) {
            throw new GoLiveException(shared + " was not ready in time");
        }
        synchronized (this) {
            if (slot.failure != null) {
                throw slot.failure;
            }
            return (R) Arguments.given(slot.resource, shared.toString());
        }
    }

    private void make(Shared<?> shared, Slot slot) {
        AutoCloseable made = null;
        Exception failure = null;
        try {
            made = shared.maker().make(network, time);
            if (made == null) {
                failure = new GoLiveException("The maker of " + shared + " made nothing");
            }
        } catch (Exception e) {
            failure = e;
        } catch (Error e) {
            // whoever waits for the resource must not wait until the deadline
            failure = new GoLiveException("The maker of " + shared + " failed: " + e, e);
        }
        synchronized (this) {
            if (made != null && !closed) {
                slot.resource = made;
                order.push(slot);
                made = null;
            } else {
                slot.failure = failure == null ? new CancellationException("closed") : failure;
                // the next one who asks tries again
                slots.remove(shared);
            }
        }
        slot.made.open();
        if (made != null) {
            closeQuietly(made);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (Slot slot = order.poll(); slot != null; slot = order.poll()) {
            AutoCloseable resource = slot.resource;
            if (resource != null) {
                closeQuietly(resource);
            }
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.getLogger(GoLive.class.getName())
                    .log(System.Logger.Level.WARNING, "A shared resource did not close: " + resource, e);
        }
    }
}
