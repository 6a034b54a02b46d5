package dev.golive.checks.internal.net;

import dev.golive.Outcome;
import org.jspecify.annotations.Nullable;

/** Says why there is no connection, as the outcome of the check that wanted one. */
public final class NotConnectedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The step that did not succeed. */
    public enum Step {
        /** Finding the address. */
        RESOLVE,
        /** Connecting. */
        CONNECT,
        /** The TLS handshake. */
        HANDSHAKE
    }

    private final transient Outcome outcome;
    private final Step step;

    /** The cause is what the step threw, if it threw. */
    public NotConnectedException(Step step, Outcome outcome, @Nullable Throwable cause) {
        super(outcome.why(), cause);
        this.step = step;
        this.outcome = outcome;
    }

    /** What a check that needs the connection answers. */
    public Outcome outcome() {
        return outcome;
    }

    /** The step that did not succeed. */
    public Step step() {
        return step;
    }
}
