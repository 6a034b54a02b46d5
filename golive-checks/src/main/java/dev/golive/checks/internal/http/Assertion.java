package dev.golive.checks.internal.http;

import dev.golive.Capture;
import java.util.Set;

/** Something that is asserted of a response, or taken from it for later checks. Immutable; opens no socket. */
public interface Assertion {

    /** What holds when it is met, to stand in a list after the request: {@code answers 200}. */
    String sentence();

    /**
     * The request as it must be for this to be judged.
     *
     * @throws IllegalArgumentException if the request is one of which this can never hold
     */
    default RequestPlan prepare(RequestPlan plan) {
        return plan;
    }

    /** Looks at a response and tells the judge what it finds. */
    void judge(Response response, Judge judge);

    /** The values of earlier items that are needed to judge. */
    default Set<Capture<?>> reads() {
        return Set.of();
    }

    /** The values that are taken from the response. */
    default Set<Capture<?>> writes() {
        return Set.of();
    }
}
