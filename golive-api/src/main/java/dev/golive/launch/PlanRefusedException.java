package dev.golive.launch;

import dev.golive.GoLiveException;
import java.util.List;

/** A plan that cannot be armed, with every reason. */
public final class PlanRefusedException extends GoLiveException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    PlanRefusedException(String plan, List<String> problems) {
        super(plan + " cannot be armed:\n- " + String.join("\n- ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Everything that is in the way.
     *
     * @return a sentence for each problem
     */
    public List<String> problems() {
        return problems == null ? List.of() : problems;
    }
}
