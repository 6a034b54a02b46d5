package dev.golive.launch;

/** A plan as a Markdown runbook. */
final class Runbook {

    private Runbook() {}

    static String of(LaunchPlan plan) {
        StringBuilder text = new StringBuilder("# ").append(plan.name()).append("\n");
        for (Moment moment : plan.moments()) {
            text.append("\n## ").append(moment).append('\n');
            moment.steps().forEach(step -> text.append("- ").append(step).append('\n'));
        }
        return text.toString();
    }
}
