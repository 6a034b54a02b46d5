package dev.golive.checks.internal.http;

import dev.golive.Outcome;

/** Says why there is no response, as the outcome of the check that wanted one. */
final class BrokenExchangeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;
    private final boolean unanswered;

    /** Unanswered means that not one byte of a response had come. */
    BrokenExchangeException(Outcome outcome, boolean unanswered, Throwable cause) {
        super(outcome.why(), cause);
        this.outcome = outcome;
        this.unanswered = unanswered;
    }

    Outcome outcome() {
        return outcome;
    }

    boolean unanswered() {
        return unanswered;
    }
}
