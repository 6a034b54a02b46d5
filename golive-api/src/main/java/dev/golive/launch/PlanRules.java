package dev.golive.launch;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a plan. */
final class PlanRules {

    static final String WARNING = "warning: ";

    private PlanRules() {}

    static List<String> of(LaunchPlan plan) {
        List<String> lines = new ArrayList<>();
        if (plan.moments().isEmpty()) {
            lines.add("the plan has no moments");
        }
        return lines;
    }
}
