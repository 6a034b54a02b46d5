package dev.golive;

import java.util.List;

/**
 * A checklist that cannot work: duplicate ids, unknown dependencies, cycles, missing inputs, hosts that the environment
 * does not list. It names all problems at once and is thrown before the first request.
 */
public final class InvalidChecklistException extends GoLiveException {

    private static final long serialVersionUID = 1L;

    /** Every problem, a sentence each. */
    @SuppressWarnings("serial") // always an immutable JDK list of strings
    private final List<String> problems;

    InvalidChecklistException(String name, List<String> problems) {
        super("Checklist \"" + name + "\" has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
                + ":\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Every problem, a sentence each.
     *
     * @return the problems, never empty
     */
    public List<String> problems() {
        return problems;
    }
}
