package dev.golive.launch;

import dev.golive.Checklist;
import dev.golive.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whom a plan speaks of, and as what. */
final class Roles {

    private final Map<String, Set<String>> uses = new LinkedHashMap<>();

    private Roles() {}

    /** What each role does in a plan, in the order in which the plan speaks of it. */
    static Map<String, List<String>> of(LaunchPlan plan) {
        Roles roles = new Roles();
        plan.decidedBy().ifPresent(role -> roles.add(role, "decides"));
        for (Moment moment : plan.moments()) {
            moment.owner().ifPresent(role -> roles.add(role, "owns " + moment));
            moment.steps().forEach(step -> roles.list(step));
        }
        plan.watch().ifPresent(watch -> {
            watch.phases().forEach(phase -> roles.items(phase.list()));
            watch.daily().forEach(daily -> roles.items(daily.list()));
        });
        plan.policy().ifPresent(policy -> {
            policy.approvers().forEach(role -> roles.add(role, "approves a rollback"));
            policy.destructiveApprovers().forEach(role -> roles.add(role, "permits what destroys something"));
            policy.reports()
                    .forEach(report -> report.roles().forEach(role -> roles.add(role, "may report " + report.code())));
            policy.followUps().forEach(one -> roles.add(one.role(), "afterwards: " + one.what()));
            policy.fixForwardOnly().ifPresent(role -> roles.add(role, "accepts that there is no way back"));
        });
        plan.emergency().ifPresent(path -> roles.add(path.role(), "declares an emergency"));
        Map<String, List<String>> all = new LinkedHashMap<>();
        roles.uses.forEach((role, what) -> all.put(role, new ArrayList<>(what)));
        return all;
    }

    private void list(Moment.Step step) {
        if (step instanceof Moment.Step.Examine examine) {
            items(examine.list());
        } else if (step instanceof Moment.Step.Gate gate) {
            items(gate.list());
        }
    }

    private void items(Checklist list) {
        for (Item item : list.items()) {
            item.owner().ifPresent(role -> add(role, "owns " + item.id()));
            item.approver().ifPresent(role -> add(role, "approves " + item.id()));
        }
    }

    private void add(String role, String what) {
        uses.computeIfAbsent(role, any -> new LinkedHashSet<>()).add(what);
    }
}
