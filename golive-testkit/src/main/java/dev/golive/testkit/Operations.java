package dev.golive.testkit;

import dev.golive.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a fake platform, each of which takes its time. Nothing happens by itself: what is due happens, in
 * its order, when somebody asks. Not thread-safe; its fake guards it.
 */
final class Operations {

    /** How far an operation is. */
    enum State {
        UNDER_WAY,
        DONE,
        FAILED
    }

    /** What an operation does when it ends well. */
    interface Effect {

        /** Changes the world; returns why it cannot be changed, or {@code null}. */
        @Nullable
        String take(Operation operation, Instant at);
    }

    /** One request that was accepted. */
    static final class Operation {
        private final String id;
        private final String what;
        private final String target;
        private final String by;
        private final @Nullable String key;
        private final Instant startedAt;
        private @Nullable Instant endsAt;
        private @Nullable String failure;
        private boolean shownInProgress;
        private State state = State.UNDER_WAY;

        private Operation(String id, String what, String target, String by, @Nullable String key, Instant startedAt) {
            this.id = id;
            this.what = what;
            this.target = target;
            this.by = by;
            this.key = key;
            this.startedAt = startedAt;
        }

        String what() {
            return what;
        }

        String target() {
            return target;
        }

        String by() {
            return by;
        }

        State state() {
            return state;
        }

        String failure() {
            return failure == null ? "no reason is given" : failure;
        }

        Receipt receipt() {
            return new Receipt(id, Map.of("target", target));
        }

        private boolean inProgress() {
            return state == State.UNDER_WAY || shownInProgress;
        }

        @Override
        public String toString() {
            return what + " " + target + " is in progress since " + startedAt + " (operation " + id + ")";
        }
    }

    private record Due(Instant at, long number, Consumer<Instant> happens) {}

    private final String prefix;
    private final FakeCalls calls;
    private final Effect effect;
    private final List<Operation> all = new ArrayList<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
    private long numbers;

    Operations(String prefix, FakeCalls calls, Effect effect) {
        this.prefix = prefix;
        this.calls = calls;
        this.effect = effect;
    }

    /** Lets happen what is due. */
    void settle(Instant now) {
        for (Due first = due.peek(); first != null && !first.at.isAfter(now); first = due.peek()) {
            due.remove(first);
            first.happens.accept(first.at);
        }
    }

    /** Something that happens at an instant, when somebody asks then or later. */
    void at(Instant instant, Consumer<Instant> happens) {
        due.add(new Due(instant, numbers++, happens));
    }

    /**
     * Accepts a request, with the faults that are there now.
     *
     * @param after what has to end first, or {@code null}
     */
    Operation start(
            String what,
            String target,
            String by,
            @Nullable String key,
            Instant now,
            Duration takes,
            @Nullable Operation after) {
        Operation operation = new Operation(prefix + "-" + (all.size() + 1), what, target, by, key, now);
        all.add(operation);
        Duration length = takes.plus(
                calls.take(LaunchFault.Slow.class).map(LaunchFault.Slow::more).orElse(Duration.ZERO));
        operation.failure =
                calls.take(LaunchFault.Fails.class).map(LaunchFault.Fails::why).orElse(null);
        operation.shownInProgress =
                calls.take(LaunchFault.StaysInProgress.class).isPresent();
        boolean endless = calls.take(LaunchFault.NeverEnds.class).isPresent();
        Instant begins = after == null ? now : after.endsAt;
        if (!endless && begins != null) {
            end(operation, begins.plus(length));
        }
        settle(now);
        return operation;
    }

    private void end(Operation operation, Instant at) {
        operation.endsAt = at;
        at(at, instant -> {
            if (operation.failure == null) {
                operation.failure = effect.take(operation, instant);
            }
            operation.state = operation.failure == null ? State.DONE : State.FAILED;
        });
    }

    /** What is stuck ends now. */
    void mend(Instant now) {
        for (Operation operation : all) {
            operation.shownInProgress = false;
            if (operation.endsAt == null) {
                end(operation, now);
            }
        }
        settle(now);
    }

    /** The operation that the platform shows as being in progress, the oldest one if there are several. */
    Optional<Operation> inProgress() {
        return all.stream().filter(Operation::inProgress).findFirst();
    }

    /** The operation that the next one has to wait for. */
    @Nullable
    Operation last() {
        return all.stream()
                .filter(operation -> operation.state == State.UNDER_WAY)
                .reduce((former, latter) -> latter)
                .orElse(null);
    }

    /** The newest operation that was begun under a key. */
    Optional<Operation> of(String key) {
        return all.stream().filter(operation -> key.equals(operation.key)).reduce((former, latter) -> latter);
    }
}
