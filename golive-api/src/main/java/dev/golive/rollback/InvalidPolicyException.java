package dev.golive.rollback;

import dev.golive.GoLiveException;
import java.util.List;

/** A rollback policy that can never work as it is meant. It names all problems at once. */
public final class InvalidPolicyException extends GoLiveException {

    private static final long serialVersionUID = 1L;

    /** Every problem, a sentence each. */
    @SuppressWarnings("serial") // always an immutable JDK list of strings
    private final List<String> problems;

    InvalidPolicyException(List<String> problems) {
        super("The rollback policy has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
                + ":\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Every problem: the name of the rule, a colon, and a sentence.
     *
     * @return the problems, never empty
     */
    public List<String> problems() {
        return problems;
    }
}
