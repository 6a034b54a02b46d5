package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Channel;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Item;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Signal;
import dev.golive.time.LaunchWindows;
import dev.golive.time.Offset;
import dev.golive.time.Spans;
import dev.golive.time.Window;
import dev.golive.time.WindowOpening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a plan, and what deserves a second look. What only the platforms can tell (whether there is a
 * previous release, and how long it is kept) is asked when a launch is armed.
 */
final class PlanRules {

    static final String WARNING = "warning: ";

    /** A watch of so many checkpoints looks at nothing else. */
    private static final long CHECKPOINTS = 10_000;

    /** The beginning of some weeks in which hardly any clock is changed. */
    private static final Instant ORDINARY = Instant.parse("2024-01-08T00:00:00Z");

    private static final Duration UNATTENDED = Duration.ofHours(1);

    private final LaunchPlan plan;
    private final Course course;
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    private PlanRules(LaunchPlan plan) {
        this.plan = plan;
        this.course = plan.course();
    }

    /** The problems, then the warnings. */
    static List<String> of(LaunchPlan plan) {
        PlanRules rules = new PlanRules(plan);
        rules.moments();
        rules.order();
        rules.decision();
        rules.identities();
        rules.actions();
        rules.names();
        rules.pendingItems();
        rules.roles();
        rules.announcements();
        rules.watch();
        rules.windows();
        rules.emergency();
        rules.migrations();
        rules.wayBack();
        rules.recovery();
        List<String> all = new ArrayList<>(rules.problems);
        rules.warnings.forEach(warning -> all.add(WARNING + warning));
        return List.copyOf(all);
    }

    private void problem(String text) {
        problems.add(text);
    }

    private void warn(String text) {
        warnings.add(text);
    }

    // ---- moments

    private void moments() {
        if (plan.moments().isEmpty()) {
            problem("the plan has no moments");
        }
        Course.Step first = course.firstPerforming().orElse(null);
        if (first == null) {
            return;
        }
        boolean listed = course.steps().stream()
                .filter(step -> step.index() < first.index())
                .anyMatch(step -> step.list().isPresent());
        if (!listed && plan.recoveryPoint().isEmpty()) {
            problem("no list is examined before the first action, step " + first.id() + " at "
                    + first.of().offset() + ", so that there is nothing to decide on");
        }
    }

    private void order() {
        Map<Offset.Anchor, Moment> before = new LinkedHashMap<>();
        for (Moment moment : plan.moments()) {
            Offset offset = moment.offset();
            Moment same = before.get(offset.anchor());
            Moment launched = before.get(Offset.Anchor.H);
            if (same != null && Slots.after(offset).compareTo(Slots.after(same.offset())) < 0) {
                problem("the moment " + moment + " comes after " + same + ", and is due before it");
            } else if (offset.anchor() == Offset.Anchor.T && launched != null) {
                problem("the moment " + moment + " is counted from T and comes after " + launched
                        + ", which is counted from H; count what follows the launch from H");
            }
            before.put(offset.anchor(), moment);
        }
        int launching = course.deploys().isEmpty() ? course.lastLaunching() : firstDeploying();
        for (int m = 0; m < plan.moments().size(); m++) {
            Moment moment = plan.moments().get(m);
            if (moment.offset().anchor() == Offset.Anchor.H && m <= launching) {
                problem("the moment " + moment + " is counted from H, and nothing is deployed before it, so that H is"
                        + " never known");
            }
        }
    }

    private int firstDeploying() {
        return course.steps().stream()
                .filter(Course.Step::deploys)
                .mapToInt(Course.Step::moment)
                .findFirst()
                .orElse(-1);
    }

    private void decision() {
        Course.Step first = course.firstPerforming().orElse(null);
        plan.decisionAt().ifPresent(at -> {
            if (first == null) {
                warn("a decision is asked for at " + at + ", and the plan performs no action");
            } else if (first.of().offset().anchor() == Offset.Anchor.T
                    && Slots.after(at).compareTo(Slots.after(first.of().offset())) > 0) {
                problem("the decision is asked for at " + at + ", after the first action at "
                        + first.of().offset());
            }
        });
    }

    // ---- what is deployed, and its proof

    private void identities() {
        Map<String, Integer> deployed = new LinkedHashMap<>();
        Map<String, Integer> proven = new LinkedHashMap<>();
        for (Course.Step step : course.steps()) {
            if (step.what() instanceof Moment.Step.Perform perform) {
                for (Action action : perform.actions()) {
                    if (action instanceof Deploy deploy) {
                        deployed.put(deploy.component().name(), step.index());
                    }
                }
            } else if (step.what() instanceof Moment.Step.Identity identity) {
                String component = identity.of().component().name();
                proven.put(component, step.index());
                if (!course.deploys().containsKey(component)) {
                    problem("step " + step.id() + " proves the identity of " + component
                            + ", which the plan does not deploy");
                } else if (!deployed.containsKey(component)) {
                    problem("step " + step.id() + " proves the identity of " + component
                            + " before it is deployed, and would never pass");
                }
            }
        }
        deployed.forEach((component, index) -> {
            if (proven.getOrDefault(component, -1) < index) {
                problem("the plan \"" + plan.name() + "\" deploys " + component
                        + " and has no identity step after it: nobody would know whether the new release is what is"
                        + " served");
            }
        });
    }

    private void actions() {
        Map<String, Action> known = new LinkedHashMap<>();
        for (Course.Step step : course.steps()) {
            for (Action action : step.actions()) {
                Action twin = known.putIfAbsent(action.id(), action);
                if (twin != null) {
                    problem("the id " + action.id() + " is given to two actions, \"" + twin.sentence() + "\" and \""
                            + action.sentence() + "\"; an action is performed once, give the other one an id with"
                            + " as(\"...\")");
                }
                if (action.kind() == Action.Kind.DESTRUCTIVE && step.of().lost().isEmpty()) {
                    warn("the action " + action.id() + " destroys something, and the moment " + step.of()
                            + " does not say with losing(..) what going back loses");
                }
                if (action.alternatives().stream().anyMatch(Deploy.class::isInstance)) {
                    warn("the action " + action.id() + " has a deployment among its alternatives, whose release is"
                            + " neither proven nor taken back as one");
                }
            }
        }
    }

    // ---- names

    private void names() {
        Map<String, Component> components = new LinkedHashMap<>();
        everyComponent().forEach(component -> {
            Component twin = components.putIfAbsent(component.name(), component);
            if (twin != null && !twin.equals(component)) {
                problem("two different components are called " + component.name());
            }
        });
        Map<String, Channel> channels = new LinkedHashMap<>();
        everyChannel().forEach(channel -> {
            Channel twin = channels.putIfAbsent(channel.name(), channel);
            if (twin != null && !twin.equals(channel)) {
                problem("two different channels are called " + channel.name());
            }
        });
        Map<String, Signal> signals = new LinkedHashMap<>();
        everySignal().forEach(signal -> {
            Signal twin = signals.putIfAbsent(signal.id(), signal);
            if (twin != null && !twin.equals(signal)) {
                problem("two different signals are called " + signal.id()
                        + ", and the samples of one would be taken for those of the other");
            }
        });
        Map<String, String> lists = new LinkedHashMap<>();
        everyList().forEach(list -> {
            String digest = lists.putIfAbsent(list.name(), list.digest());
            if (digest != null && !digest.equals(list.digest())) {
                problem("two different lists are called \"" + list.name()
                        + "\", and the result of one would be taken for that of the other");
            }
        });
    }

    /** What waits for an action that is never performed is never due, and nobody would notice. */
    private void pendingItems() {
        Set<String> performed = course.actions().keySet();
        for (Checklist list : everyList()) {
            for (Item item : list.items()) {
                item.until()
                        .filter(action -> !performed.contains(action.id()))
                        .ifPresent(action -> problem("the item " + item.id() + " of \"" + list.name()
                                + "\" is not due until the action " + action.id()
                                + ", which the plan never performs"));
            }
        }
    }

    private List<Signal> everySignal() {
        List<Signal> all = new ArrayList<>();
        plan.watch().ifPresent(watch -> {
            all.addAll(watch.probes());
            all.addAll(watch.sources());
        });
        plan.policy().ifPresent(policy -> all.addAll(policy.signals()));
        return all;
    }

    private List<Component> everyComponent() {
        List<Component> all = new ArrayList<>();
        for (Course.Step step : course.steps()) {
            if (step.what() instanceof Moment.Step.Perform perform) {
                perform.actions().forEach(action -> {
                    if (action instanceof Deploy deploy) {
                        all.add(deploy.component());
                    }
                });
            } else if (step.what() instanceof Moment.Step.Identity identity) {
                all.add(identity.of().component());
            }
        }
        plan.policy().ifPresent(policy -> {
            all.addAll(policy.components());
            policy.rules().forEach(rule -> all.addAll(rule.components()));
        });
        return all;
    }

    private List<Channel> everyChannel() {
        List<Channel> all = new ArrayList<>(plan.informed());
        plan.policy().ifPresent(policy -> all.addAll(policy.channels()));
        plan.escalations().forEach(level -> all.add(level.to()));
        plan.headsTo().ifPresent(all::add);
        plan.watch().flatMap(Watch::heartbeat).ifPresent(all::add);
        course.steps().forEach(step -> {
            if (step.what() instanceof Moment.Step.Announce announce) {
                all.add(announce.announcement().channel());
            }
        });
        return all;
    }

    private List<Checklist> everyList() {
        List<Checklist> all = new ArrayList<>();
        course.steps().forEach(step -> step.list().ifPresent(all::add));
        plan.watch().ifPresent(watch -> {
            watch.phases().forEach(phase -> all.add(phase.list()));
            watch.daily().forEach(daily -> all.add(daily.list()));
        });
        return all;
    }

    private void roles() {
        Map<String, List<String>> uses = Roles.of(plan);
        uses.keySet().removeAll(plan.roles().keySet());
        if (uses.isEmpty()) {
            return;
        }
        if (plan.roles().isEmpty()) {
            warn("the plan declares no roles with role(..) and speaks of " + String.join(", ", uses.keySet()));
            return;
        }
        uses.forEach((role, what) ->
                problem("the role " + role + " (" + String.join(", ", what) + ") is not declared with role(..)"));
    }

    private void announcements() {
        int launched = course.deploys().isEmpty() ? course.lastLaunching() : firstDeploying();
        for (Course.Step step : course.steps()) {
            if (!(step.what() instanceof Moment.Step.Announce announce) || step.moment() >= launched) {
                continue;
            }
            for (String place : List.of("{release}", "{H}")) {
                if (announce.announcement().template().contains(place)) {
                    warn("the announcement of step " + step.id() + " speaks of " + place
                            + " before anything is launched");
                }
            }
        }
    }

    // ---- the watch

    private void watch() {
        Watch watch = plan.watch().orElse(null);
        if (watch == null) {
            if (plan.policy().isPresent()) {
                warn("there is a rollback policy and no watch: the launch is over, and nothing goes back any more, as"
                        + " soon as its last step is");
            }
            return;
        }
        Duration end = Slots.after(watch.end());
        if (end.isZero() || end.isNegative()) {
            warn("the watch has no end after H: the launch is over as soon as its last step is; say until(..)");
        }
        for (Slots phase : Slots.of(watch)) {
            String name = "the checkpoints every " + Spans.text(phase.phase().every()) + " until "
                    + phase.phase().until();
            if (phase.count() == 0) {
                problem(name + " are none: the phase ends before its first one, at H+" + Spans.text(phase.first()));
            } else if (phase.count() > CHECKPOINTS) {
                problem(name + " are " + phase.count() + ", more than " + CHECKPOINTS);
            } else if (phase.last().compareTo(end) > 0) {
                problem("the watch ends at " + watch.end() + ", before the last of " + name);
            }
        }
        watch.probingUntil().map(Slots::after).ifPresent(probing -> {
            if (probing.isZero() || probing.isNegative() || probing.compareTo(end) > 0) {
                problem("the continuous part of the watch must end after H and not after the watch, at " + watch.end()
                        + ", but ends at " + watch.probingUntil().orElseThrow());
            }
        });
        if (end.compareTo(UNATTENDED) > 0 && watch.heartbeat().isEmpty()) {
            warn("the watch lasts " + Spans.text(end) + " and has no heartbeat(..): nobody would notice that the"
                    + " process has died");
        }
    }

    // ---- windows

    private void windows() {
        if (plan.windows().windows().isEmpty()) {
            return;
        }
        Duration back = plan.policy().flatMap(RollbackPolicy::budget).orElse(Duration.ZERO);
        Duration needed = course.length().plus(back);
        Duration longest = longestWindow();
        if (longest != null && needed.compareTo(longest) > 0) {
            problem("the plan takes " + Spans.text(course.length()) + " and its way back " + Spans.text(back)
                    + ", together " + Spans.text(needed) + ", and the longest window lasts " + Spans.text(longest));
        }
    }

    /** The longest time in which windows are open without a break in an ordinary week; {@code null} if they always are. */
    private @Nullable Duration longestWindow() {
        LaunchWindows open = LaunchWindows.in(plan.zone());
        for (Window window : plan.windows().windows()) {
            open = open.allow(window);
        }
        Duration longest = Duration.ZERO;
        Instant end = ORDINARY.plus(Duration.ofDays(21));
        Instant at = ORDINARY;
        while (at.isBefore(end)) {
            Instant opens = open.nextPermitted(at).map(WindowOpening::at).orElse(end);
            Instant closes = open.endOfWindow(opens).orElse(end);
            if (closes.equals(Instant.MAX)) {
                return null;
            }
            Duration length = Duration.between(opens, closes);
            longest = length.compareTo(longest) > 0 ? length : longest;
            at = closes.isAfter(opens) ? closes : end;
        }
        return longest;
    }

    // ---- emergency

    private void emergency() {
        Emergency path = plan.emergency().orElse(null);
        if (path == null) {
            return;
        }
        Set<String> known = new LinkedHashSet<>(Set.of(Course.RECOVERY_POINT_ITEM));
        for (Course.Step step : course.steps()) {
            step.list().ifPresent(list -> list.items().stream().map(Item::id).forEach(known::add));
        }
        path.neverSkipped().stream()
                .filter(id -> !known.contains(id))
                .forEach(id ->
                        problem("the item " + id + ", which an emergency never skips, is in no list of the" + " plan"));
    }

    // ---- going back

    private void migrations() {
        Map<String, Action> actions = course.actions();
        actions.forEach((id, action) -> {
            if (action.migratesSchema() && !plan.migrations().containsKey(id)) {
                problem("the action " + id + " migrates a schema, and the plan does not say with migration(..) what"
                        + " that means for going back");
            }
        });
        boolean automatic = plan.policy().map(RollbackPolicy::isAutomatic).orElse(false);
        plan.migrations().forEach((id, meaning) -> {
            if (!actions.containsKey(id)) {
                problem("the compatibility of " + id + " is declared, which is no action of the plan");
            }
            if (automatic && meaning.kind() == Compatibility.Kind.FIX_FORWARD_ONLY) {
                problem("the action " + id + " can only be fixed forward, and the rollback policy is automatic; use"
                        + " RollbackPolicy.of(..)");
            }
        });
    }

    private void drilled(RollbackPolicy policy) {
        if (plan.isDrill()) {
            return;
        }
        LaunchPlan.Drilled drilled = plan.drilled().orElse(null);
        if (drilled == null) {
            warn("the rollback was never drilled; arm plan.drill(..) in an environment that is not production");
        } else if (policy.budget().isPresent() && policy.budget().get().compareTo(drilled.took()) < 0) {
            warn("the budget of the rollback is " + Spans.text(policy.budget().get()) + ", and the drill of "
                    + drilled.at() + " took " + Spans.text(drilled.took()));
        }
    }

    private void wayBack() {
        Map<String, Action> actions = course.actions();
        RollbackPolicy policy = plan.policy().orElse(null);
        if (policy == null) {
            if (!actions.isEmpty()) {
                warn("the plan performs actions and has no rollback policy");
            }
            return;
        }
        policy.validate().forEach(this::warn);
        drilled(policy);
        Set<String> covered = new LinkedHashSet<>();
        for (Component component : policy.components()) {
            covered.add(component.name());
            if (!course.deploys().containsKey(component.name())) {
                warn("the rollback policy takes back " + component.name() + ", which the plan does not deploy");
            }
        }
        actions.forEach((id, action) -> {
            boolean back = action instanceof Deploy deploy
                    && covered.contains(deploy.component().name());
            boolean declared = policy.undoes().containsKey(id)
                    || policy.leaves().containsKey(id)
                    || plan.migrations().containsKey(id);
            if (!back && !declared) {
                problem("the rollback neither undoes the action " + id
                        + " nor declares that it is left; use undoes(..) or leaves(..) of the policy"
                        + (action instanceof Deploy deploy
                                ? ", or let it take back " + deploy.component().name()
                                : ""));
            }
        });
        Set<String> gates = new LinkedHashSet<>();
        course.steps().forEach(step -> {
            if (step.what() instanceof Moment.Step.Gate gate) {
                gates.add(gate.list().name());
            }
        });
        for (RollbackPolicy.Gate gate : policy.gates()) {
            if (!gates.contains(gate.list())) {
                problem("the rollback policy names the gate \"" + gate.list() + "\", which no moment has");
            }
        }
        if (policy.isAutomatic()) {
            plan.moments().stream()
                    .filter(Moment::isPointOfNoReturn)
                    .findFirst()
                    .ifPresent(moment -> warn("the rollback policy is automatic, and from " + moment
                            + ", the point of no return, on it asks a person"));
        }
    }

    private void recovery() {
        plan.recoveryTime().ifPresent(most -> {
            Optional<Recovery> recovery = Recovery.of(plan);
            if (recovery.isEmpty()) {
                warn("the recovery time is to be " + Spans.text(most) + " at most, and there is no rollback policy that"
                        + " could keep it");
            } else if (recovery.get().sum().compareTo(most) > 0) {
                warn("the recovery time is to be " + Spans.text(most) + " at most, and may be " + recovery.get());
            }
        });
    }
}
