package dev.golive.testkit;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.testkit.Operations.Operation;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An action on a world that exists in memory only: it is at its target some time after it was applied.
 *
 * <pre>{@code
 * FakeAction migrate = FakeAction.named("migrate", time).takes(Duration.ofMinutes(3)).migratingSchema();
 * migrate.faultNext(1, LaunchFault.fails("lock wait timeout"));
 *
 * // ... a launch performs it ...
 *
 * assertThat(migrate.effects()).hasSize(1);
 * }</pre>
 *
 * <ul>
 *   <li>Unless said otherwise it can be taken back, is convergent, and takes no time.
 *   <li>A request is accepted at once and takes effect at its end. Another one that comes meanwhile is refused, like by a
 *       platform that answers 409.
 *   <li>Requests under one idempotency key are one operation, unless it failed: then the next one begins another.
 *   <li>It has no timer: where it stands is a function of the requests so far and of the time source's clock.
 * </ul>
 *
 * <p>Options change this object and return it; they are meant for the beginning of a test. Thread-safe.
 */
public final class FakeAction implements Action, Fake {

    private static final Set<Call.Kind> ASKED = Set.of(Call.Kind.OBSERVE, Call.Kind.APPLY);

    private final String id;
    private final TimeSource time;
    private final FakeCalls calls;
    private final Operations operations;
    private final Object lock = new Object();
    private final List<Instant> effects = new ArrayList<>();
    private final Set<Subject> touches = new LinkedHashSet<>();
    private Kind kind = Kind.REVERSIBLE;
    private boolean convergent = true;
    private boolean idempotent = true;
    private boolean migratesSchema;
    private boolean atTarget;
    private @Nullable Observation found;
    private Duration takes = Duration.ZERO;

    private FakeAction(String id, TimeSource time) {
        this.id = id;
        this.time = time;
        this.calls = new FakeCalls(id, time);
        this.operations = new Operations(id, calls, (operation, at) -> {
            effects.add(at);
            atTarget = true;
            return null;
        });
    }

    /**
     * An action that was not performed yet.
     *
     * @param id its id, of which its sentence is made; not blank
     * @param time the clock that it goes by
     * @return a new action
     * @throws IllegalArgumentException if the id is blank
     */
    public static FakeAction named(String id, TimeSource time) {
        return new FakeAction(id, time);
    }

    // ---- what it is like

    /**
     * How long it takes.
     *
     * @param length from the request until it is at its target; not negative
     * @return this action
     * @throws IllegalArgumentException if it is negative
     */
    public FakeAction takes(Duration length) {
        FakeCalls.requireNotNegative(length, "length");
        synchronized (lock) {
            takes = length;
        }
        return this;
    }

    /**
     * Makes it one that cannot be taken back.
     *
     * @return this action
     */
    public FakeAction destructive() {
        synchronized (lock) {
            kind = Kind.DESTRUCTIVE;
        }
        return this;
    }

    /**
     * Makes it one that has another effect each time it is applied, and says so.
     *
     * @return this action
     */
    public FakeAction notConvergent() {
        synchronized (lock) {
            convergent = false;
        }
        return withoutIdempotency();
    }

    /**
     * Takes every request for a new one: repeated ones are operations of their own, one after the other.
     *
     * @return this action
     */
    public FakeAction withoutIdempotency() {
        synchronized (lock) {
            idempotent = false;
        }
        return this;
    }

    /**
     * Makes it one that says that it changes the schema of a database.
     *
     * @return this action
     */
    public FakeAction migratingSchema() {
        synchronized (lock) {
            migratesSchema = true;
        }
        return this;
    }

    /**
     * What it touches; nothing unless said otherwise.
     *
     * @param more hosts and accounts
     * @return this action
     */
    public FakeAction touching(Subject... more) {
        synchronized (lock) {
            touches.addAll(List.of(more));
        }
        return this;
    }

    /**
     * The secret that it declares, and reveals in every call.
     *
     * @param token the secret
     * @return this action
     */
    public FakeAction secret(Secret token) {
        calls.secret(token);
        return this;
    }

    /**
     * Records its calls in a log together with others.
     *
     * @param shared the log
     * @return this action
     */
    public FakeAction logging(CallLog shared) {
        calls.logging(shared);
        return this;
    }

    // ---- what goes wrong, and what others do

    /**
     * Lets something go wrong from now on, until {@link #mend}.
     *
     * @param what the fault
     * @return this action
     * @throws IllegalStateException if the fault shows a secret and there is none
     */
    public FakeAction fault(LaunchFault.OfCall what) {
        calls.fault(what);
        return this;
    }

    /**
     * Lets something go wrong from now on, until {@link #mend}.
     *
     * @param what the fault
     * @return this action
     */
    public FakeAction fault(LaunchFault.OfOperation what) {
        calls.fault(what);
        return this;
    }

    /**
     * Lets something go wrong with the next calls that it concerns; before anything that {@link #fault} said.
     *
     * @param times how many calls; at least 1
     * @param what the fault
     * @return this action
     * @throws IllegalArgumentException if it is less than 1
     * @throws IllegalStateException if the fault shows a secret and there is none
     */
    public FakeAction faultNext(int times, LaunchFault.OfCall what) {
        calls.faultNext(times, what);
        return this;
    }

    /**
     * Lets something go wrong with the next operations; before anything that {@link #fault} said.
     *
     * @param times how many operations; at least 1
     * @param what the fault
     * @return this action
     * @throws IllegalArgumentException if it is less than 1
     */
    public FakeAction faultNext(int times, LaunchFault.OfOperation what) {
        calls.faultNext(times, what);
        return this;
    }

    /**
     * Lets it find something whatever is there, until {@link #mend}: that it is refused, or that somebody else acted.
     *
     * @param observation what it finds
     * @return this action
     */
    public FakeAction finding(Observation observation) {
        Objects.requireNonNull(observation, "observation must not be null");
        synchronized (lock) {
            found = observation;
        }
        return this;
    }

    /**
     * Ends everything that goes wrong. What does not end, or is merely shown as being in progress, ends now.
     *
     * @return this action
     */
    public FakeAction mend() {
        Instant now = settled();
        calls.mend();
        synchronized (lock) {
            found = null;
            operations.mend(now);
        }
        return this;
    }

    /**
     * Somebody else brings the world to the target, now.
     *
     * @return this action
     */
    public FakeAction doneBySomebody() {
        settled();
        synchronized (lock) {
            atTarget = true;
        }
        return this;
    }

    /**
     * Somebody else brings the world back to what it was before, now.
     *
     * @return this action
     */
    public FakeAction undoneBySomebody() {
        settled();
        synchronized (lock) {
            atTarget = false;
        }
        return this;
    }

    // ---- what has become of it

    /**
     * Whether the world is at the target, without a call that would be recorded.
     *
     * @return whether it is
     */
    public boolean isAtTarget() {
        settled();
        synchronized (lock) {
            return atTarget;
        }
    }

    /**
     * When it really had an effect. More than one means that it was not performed once.
     *
     * @return the instants in their order
     */
    public List<Instant> effects() {
        settled();
        synchronized (lock) {
            return List.copyOf(effects);
        }
    }

    /**
     * What was asked of it, also what was then refused.
     *
     * @return the calls in the order in which they arrived
     */
    public List<Call> calls() {
        return calls.calls();
    }

    /**
     * What was asked of it in order to change something, also what was then refused.
     *
     * @return the calls of {@link #apply} in the order in which they arrived
     */
    public List<Call> applied() {
        return calls.calls(Call.Kind.APPLY);
    }

    // ---- what a fire drill lets happen to it

    @Override
    public String plays() {
        return id;
    }

    /**
     * What it was asked: {@code observe warm-up} and {@code apply warm-up}.
     *
     * @return a copy
     */
    @Override
    public List<Asked> asked() {
        return calls.asked();
    }

    /**
     * The faults of calls and operations in {@link LaunchFault#catalogue} that concern what is asked.
     *
     * @param asked what is going to be asked
     * @return the faults; that which shows the secret only if it was given one
     */
    @Override
    public List<Trouble> troubles(Set<String> asked) {
        LaunchTroubles troubles = new LaunchTroubles(id, calls, ASKED);
        List<Trouble> all = new ArrayList<>();
        all.addAll(troubles.among(LaunchTroubles.catalogue(LaunchFault.OfCall.class), asked, this::fault));
        all.addAll(troubles.among(LaunchTroubles.catalogue(LaunchFault.OfOperation.class), asked, this::fault));
        return List.copyOf(all);
    }

    // ---- the action

    @Override
    public String id() {
        return id;
    }

    @Override
    public String sentence() {
        return "perform " + id;
    }

    @Override
    public Kind kind() {
        synchronized (lock) {
            return kind;
        }
    }

    @Override
    public boolean isConvergent() {
        synchronized (lock) {
            return convergent;
        }
    }

    @Override
    public boolean migratesSchema() {
        synchronized (lock) {
            return migratesSchema;
        }
    }

    @Override
    public Set<Subject> touches() {
        synchronized (lock) {
            return Set.copyOf(touches);
        }
    }

    @Override
    public Set<Secret> secrets() {
        return calls.secrets();
    }

    @Override
    public Observation observe(ActionContext context) throws Exception {
        String key = context.idempotencyKey();
        Instant now = calls.enter(Call.Kind.OBSERVE, "", key, context);
        synchronized (lock) {
            operations.settle(now);
            if (found != null) {
                return found;
            }
            Optional<Operation> underWay = operations.inProgress();
            if (underWay.isPresent()) {
                return Observation.underWay(underWay.get().toString());
            }
            if (atTarget) {
                return Observation.atTarget(id + " is done");
            }
            Optional<Operation> failed = operations.of(key).filter(own -> own.state() == Operations.State.FAILED);
            return failed.isPresent()
                    ? Observation.refused(id + " failed: " + failed.get().failure())
                    : Observation.notAtTarget(id + " is not done");
        }
    }

    @Override
    public Receipt apply(ActionContext context) throws Exception {
        String key = context.idempotencyKey();
        Instant now = calls.enter(Call.Kind.APPLY, "", key, context);
        Operation operation;
        synchronized (lock) {
            operations.settle(now);
            operation = begun(key, now);
        }
        calls.answer();
        return operation.receipt();
    }

    private Operation begun(String key, Instant now) throws IOException {
        Optional<Operation> same =
                operations.of(key).filter(own -> idempotent && own.state() != Operations.State.FAILED);
        if (same.isPresent()) {
            return same.get();
        }
        Optional<Operation> other = operations.inProgress();
        if (idempotent && other.isPresent()) {
            throw new IOException("409: " + other.get());
        }
        return operations.start("perform", id, key, key, now, takes, operations.last());
    }

    /** Lets happen what is due, and says when that was. */
    private Instant settled() {
        // the clock may hand the turn to somebody else, so it is read outside of every lock
        Instant now = time.now();
        synchronized (lock) {
            operations.settle(now);
        }
        return now;
    }

    @Override
    public String toString() {
        return sentence();
    }
}
