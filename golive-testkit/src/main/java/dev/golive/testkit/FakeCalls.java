package dev.golive.testkit;

import dev.golive.CheckContext;
import dev.golive.Secret;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door of a fake: what was asked, and what goes wrong. Thread-safe. */
final class FakeCalls {

    private static final Duration FOREVER = Duration.ofDays(365);

    /** A fault that is there, for so many times or, if negative, until it is mended. */
    private static final class Active {
        private final LaunchFault fault;
        private int times;

        Active(LaunchFault fault, int times) {
            this.fault = fault;
            this.times = times;
        }
    }

    private final String who;
    private final TimeSource time;
    private final List<Call> calls = new ArrayList<>();
    private final List<Active> faults = new ArrayList<>();
    private CallLog log = new CallLog();
    private @Nullable Secret secret;

    FakeCalls(String who, TimeSource time) {
        this.who = requireText(who, "name");
        this.time = Objects.requireNonNull(time, "time must not be null");
    }

    static String requireText(String value, String name) {
        Objects.requireNonNull(value, name + " must not be null");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return value;
    }

    static Duration requireNotNegative(Duration value, String name) {
        Objects.requireNonNull(value, name + " must not be null");
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
        return value;
    }

    synchronized void logging(CallLog shared) {
        this.log = Objects.requireNonNull(shared, "shared must not be null");
    }

    synchronized void secret(Secret token) {
        this.secret = Objects.requireNonNull(token, "token must not be null");
    }

    synchronized Set<Secret> secrets() {
        return secret == null ? Set.of() : Set.of(secret);
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    List<Call> calls(Call.Kind kind) {
        return calls().stream().filter(call -> call.kind() == kind).toList();
    }

    /** The calls as what was asked. */
    List<Asked> asked() {
        return calls().stream()
                .map(call -> new Asked(
                        LaunchTroubles.what(call.kind(), who), call.kind().writes(), call.at()))
                .toList();
    }

    /** A fault until it is mended. */
    synchronized void fault(LaunchFault fault) {
        add(fault, -1);
    }

    /** A fault that goes away by itself; those come before the others. */
    synchronized void faultNext(int times, LaunchFault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, was " + times);
        }
        add(fault, times);
    }

    private void add(LaunchFault fault, int times) {
        Objects.requireNonNull(fault, "fault must not be null");
        if (fault instanceof LaunchFault.Leaks && secret == null) {
            throw new IllegalStateException(who + " has no secret to leak: give it one before");
        }
        faults.add(new Active(fault, times));
    }

    synchronized void mend() {
        faults.clear();
    }

    /**
     * Records a call, and lets go wrong what is to go wrong with it.
     *
     * @return the instant of the call
     */
    Instant enter(Call.Kind kind, String target, @Nullable String key, CheckContext context) throws Exception {
        Objects.requireNonNull(context, "context must not be null");
        // the clock may hand the turn to somebody else, so it is read outside of every lock
        Instant now = time.now();
        Secret token;
        LaunchFault.OfCall fault;
        synchronized (this) {
            Call call = new Call(who, kind, target, key, now);
            calls.add(call);
            log.add(call);
            token = secret;
            fault = next(kind);
        }
        String revealed = token == null ? "" : context.reveal(token);
        if (fault instanceof LaunchFault.Refuses) {
            throw new IOException("503: " + who + " cannot answer now");
        }
        if (fault instanceof LaunchFault.Leaks) {
            throw new IOException("401: " + who + " does not accept the token " + revealed);
        }
        if (fault instanceof LaunchFault.Hangs) {
            TimeSource waiting = context.time();
            waiting.sleepUntil(waiting.now().plus(FOREVER));
            throw new SocketTimeoutException(who + " has not answered for " + FOREVER);
        }
        return now;
    }

    /** The fault of a call of that kind, the last one but not used up. */
    private LaunchFault.@Nullable OfCall next(Call.Kind kind) {
        for (Active active : inOrder()) {
            if (active.fault instanceof LaunchFault.OfCall fault
                    && !(fault instanceof LaunchFault.FailsAfterEffect)
                    && (fault.kinds().isEmpty() || fault.kinds().contains(kind))) {
                use(active);
                return fault;
            }
        }
        return null;
    }

    /** A fault of that type, if there is one; uses it up once. */
    synchronized <F extends LaunchFault> Optional<F> take(Class<F> type) {
        for (Active active : inOrder()) {
            if (type.isInstance(active.fault)) {
                use(active);
                return Optional.of(type.cast(active.fault));
            }
        }
        return Optional.empty();
    }

    /** A fault of that type, if there is one; it stays as it is. */
    synchronized <F extends LaunchFault> Optional<F> has(Class<F> type) {
        return inOrder().stream()
                .map(active -> active.fault)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private List<Active> inOrder() {
        List<Active> all = new ArrayList<>();
        faults.stream().filter(active -> active.times > 0).forEach(all::add);
        faults.stream().filter(active -> active.times < 0).forEach(all::add);
        return all;
    }

    private void use(Active active) {
        if (active.times > 0) {
            active.times--;
            if (active.times == 0) {
                faults.remove(active);
            }
        }
    }

    /** Throws what a client sees whose answer is lost, if that is to go wrong. */
    void answer() throws IOException {
        if (take(LaunchFault.FailsAfterEffect.class).isPresent()) {
            throw new SocketTimeoutException("no answer from " + who);
        }
    }
}
