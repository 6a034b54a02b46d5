package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Component;
import dev.golive.Item;
import dev.golive.Release;
import dev.golive.internal.Texts;
import dev.golive.rollback.RollbackPolicy;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a person needs to take everything back by hand, on one page of plain text: it is posted when the launch is armed,
 * since whoever needs it may have nothing else.
 */
final class BreakGlass {

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm xxx", Locale.ENGLISH);

    private final Course course;
    private final State state;
    private final List<String> lines = new ArrayList<>();
    private int number;

    private BreakGlass(Course course, State state) {
        this.course = course;
        this.state = state;
    }

    static String card(Course course, State state) {
        BreakGlass card = new BreakGlass(course, state);
        card.write();
        return String.join("\n", card.lines);
    }

    private void write() {
        Event.Armed armed = state.arming();
        line("BREAK GLASS" + (armed.drill() ? " (a drill)" : "") + ": " + armed.plan() + " in " + armed.environment()
                + (armed.production() ? " (production)" : ""));
        line("Launch " + Commands.launchId(state) + ", operated by "
                + armed.operator().id() + ", T "
                + WRITTEN.format(state.planned.atZone(course.plan().zone())) + " = " + state.planned);
        RollbackPolicy policy = course.policy().orElse(null);
        if (policy == null) {
            line("The plan has no way back. What was live when it was armed:");
            course.components().values().forEach(component -> component(component, "- "));
            return;
        }
        line("Approved by: " + or(policy.approvers()) + "; what destroys something: "
                + or(policy.destructiveApprovers()));
        line("");
        line("THE WAY BACK" + (policy.isInParallel() ? " (the components side by side)" : ", in this order"));
        order(policy);
        if (!policy.leaves().isEmpty()) {
            line("Left as it is:");
            policy.leaves().forEach((action, why) -> line("- " + action + ": " + why));
        }
        line("VERIFY");
        for (Item item : policy.verification()) {
            line("- " + item.sentence());
        }
        line("REPORT, here and to the operator: who did what when, the release that is live now, and what was verified."
                + " Tell the launch too (hold, or roll back now), so that it does not act against you.");
    }

    private void order(RollbackPolicy policy) {
        course.actions().forEach((id, action) -> {
            Compatibility meaning = course.plan().migrations().get(id);
            if (meaning != null) {
                line(next() + "If " + id + " was done: "
                        + meaning.down().map(BreakGlass::text).orElse(meaning.toString()));
            }
        });
        boolean first = false;
        for (Component component : policy.components()) {
            component(component, next());
            first |= state.frozen(component.name()).isEmpty();
        }
        if (first) {
            policy.noPreviousRelease().forEach(action -> line(next() + "Take down: " + text(action)));
        }
        policy.groups().forEach(group -> group.forEach(action -> line(next() + "Then: " + text(action))));
        List<String> launched = new ArrayList<>(course.actions().keySet());
        // as in Course.wayBack: the last one first
        for (int i = launched.size() - 1; i >= 0; i--) {
            Action by = policy.undoes().get(launched.get(i));
            if (by != null) {
                line(next() + "If " + launched.get(i) + " was done: " + text(by));
            }
        }
    }

    private void component(Component component, String marker) {
        String name = component.name();
        Release frozen = state.frozen(name).orElse(null);
        Release live = state.arming().live().get(name);
        Release launched = state.launched.get(name);
        line(marker + name + ": back to " + (frozen == null ? "nothing, none was live before" : text(frozen))
                + "; live when armed: " + (live == null ? "nothing" : live.id()) + "; launched: "
                + (launched == null ? "not yet" : launched.id()));
        if (frozen != null) {
            line("   by hand: " + component.driver().byHand(frozen));
        }
        List<String> holds = state.arming().holds().getOrDefault(name, List.of());
        if (!holds.isEmpty()) {
            line("   first stop what would undo it: " + String.join("; ", holds));
        }
    }

    private static String text(Release release) {
        return release.id()
                + (release.commit() == null ? "" : ", commit " + release.commit())
                + (release.digest() == null ? "" : ", image " + release.digest());
    }

    private static String text(Action action) {
        return action.sentence() + (action.kind() == Action.Kind.DESTRUCTIVE ? " (DESTRUCTIVE)" : "");
    }

    private static String or(Set<String> roles) {
        return roles.isEmpty() ? "any person" : String.join(" or ", roles);
    }

    private String next() {
        return ++number + ". ";
    }

    /** A line of its own, whatever is in it. */
    private void line(String text) {
        String indent = text.startsWith("   ") ? "   " : "";
        lines.add(indent + Texts.line(text));
    }
}
