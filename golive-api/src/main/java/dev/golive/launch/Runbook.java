package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Item;
import dev.golive.Subject;
import dev.golive.Timing;
import dev.golive.internal.Texts;
import dev.golive.rollback.Consequence;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Rule;
import dev.golive.rollback.Signal;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A plan as GitHub Flavored Markdown that a person would print. Text from a plan never begins a line, so that only what
 * works within a line needs to be escaped.
 *
 * <p>It is made before the plan is laid out as a {@link Course}, whose digest covers it: whatever a plan holds that
 * changes what is done belongs in here.
 */
final class Runbook {

    /** So many checkpoints of a phase are listed; of more, the first ones and the last. */
    private static final int LISTED = 48;

    private static final String NOBODY = "anybody";

    private final LaunchPlan plan;
    private final StringBuilder out = new StringBuilder();
    private Block last = Block.HEADING;

    private Runbook(LaunchPlan plan) {
        this.plan = plan;
    }

    static String of(LaunchPlan plan) {
        Runbook book = new Runbook(plan);
        book.write();
        return book.out.toString();
    }

    private void write() {
        title("# ", md(plan.name()));
        paragraph("**T** is the planned instant, **H** the instant at which the first deployment was confirmed. A day"
                + " (d) is a calendar day at the same wall time; hours and minutes are exact. Local times are those of "
                + md(plan.zone().getId()) + ".");
        if (plan.isDrill()) {
            paragraph(
                    "**This is a drill**: production refuses it, it speaks to one channel of its own, and its rollback"
                            + " can be forced.");
        }
        subject();
        roles();
        windows();
        decision();
        moments();
        communication();
        escalation();
        emergency();
        compatibility();
        budgets();
        watch();
        rollback();
    }

    // ---- what, who, when

    private void subject() {
        section("What and where");
        Map<String, List<String>> launched = new LinkedHashMap<>();
        Set<String> touched = new TreeSet<>();
        actions().forEach(action -> {
            if (action instanceof Deploy deploy) {
                launched.computeIfAbsent(deploy.component().name(), any -> new ArrayList<>())
                        .add(deploy.sentence());
            }
            touch(touched, action.touches());
        });
        launched.forEach((component, how) -> bullet("Component **" + md(component) + "**: " + all(how, "; ")));
        if (launched.isEmpty()) {
            bullet("Nothing is deployed.");
        }
        components().forEach(component -> touch(touched, component.driver().touches()));
        lists().forEach(list -> touch(touched, list.touches()));
        channels().forEach(channel -> touch(touched, channel.touches()));
        bullet("Touches: " + (touched.isEmpty() ? "nothing that was declared" : all(touched, ", "))
                + ". The environment of the launch must list all of it.");
    }

    private static void touch(Set<String> touched, Collection<Subject> subjects) {
        subjects.forEach(
                one -> touched.add(one.isHost() ? "host " + one.name() : one.system() + " account " + one.name()));
    }

    private void roles() {
        section("Roles");
        Map<String, List<String>> uses = Roles.of(plan);
        Set<String> all = new LinkedHashSet<>(plan.roles().keySet());
        all.addAll(uses.keySet());
        if (all.isEmpty()) {
            paragraph("The plan names no roles.");
            return;
        }
        table("Role", "Duty", "In this plan");
        all.forEach(role -> row(
                role,
                plan.roles().getOrDefault(role, "not declared"),
                String.join("; ", uses.getOrDefault(role, List.of("none")))));
    }

    private void windows() {
        section("When");
        if (plan.windows().windows().isEmpty()) {
            bullet("Window: any time.");
        }
        plan.windows().windows().forEach(window -> bullet("Window: " + md(window.toString()) + "."));
        plan.windows().blackouts().forEach(blackout -> bullet("Blackout: " + md(blackout.toString()) + "."));
    }

    private void decision() {
        section("Decision");
        paragraph(
                "No action runs before a named person has said GO on the digest of a verdict. Whatever is no longer in"
                        + " order after that makes the decision void. "
                        + plan.decisionAt()
                                .map(at -> "It is asked for at **" + md(at.toString()) + "**")
                                .orElse("It is asked for when the first action is due")
                        + ", of **" + md(plan.decidedBy().orElse("any person")) + "**.");
    }

    // ---- moments

    private void moments() {
        section("Moments");
        int first = firstPerforming();
        Set<String> lost = new LinkedHashSet<>();
        String noReturn = "";
        for (int m = 0; m < plan.moments().size(); m++) {
            Moment moment = plan.moments().get(m);
            subsection((m + 1) + ". " + md(moment.toString()));
            paragraph("Owner: **" + md(moment.owner().orElse(NOBODY)) + "**. If a step fails: "
                    + ending(moment.ending()) + ".");
            if (moment.steps().isEmpty()) {
                paragraph("Nothing is done.");
            }
            for (int s = 0; s < moment.steps().size(); s++) {
                step((m + 1) + "." + (s + 1), moment.steps().get(s));
            }
            if (!moment.lost().isEmpty()) {
                lost.add(moment.lost() + " (since " + moment + ")");
            }
            if (moment.isPointOfNoReturn()) {
                noReturn = moment.toString();
                paragraph("**Point of no return**: once this has begun, nothing goes back before a person approves.");
            }
            if ((first >= 0 && m >= first) || !lost.isEmpty()) {
                paragraph("Lost by going back from here on: **"
                        + (lost.isEmpty() ? "nothing" : all(lost, "; ")) + "**"
                        + (noReturn.isEmpty() || moment.isPointOfNoReturn()
                                ? ""
                                : ", past the point of no return (" + md(noReturn) + ")")
                        + ".");
            }
        }
        if (plan.moments().isEmpty()) {
            paragraph("There are none.");
        }
    }

    private static String ending(Ending ending) {
        return switch (ending) {
            case HOLD -> "hold; probes and rollback go on, nothing else, until a person resumes";
            case ASK -> "ask people to look again, roll back or abort";
            case ROLL_BACK -> "roll back what was applied";
        };
    }

    private void step(String id, Moment.Step step) {
        String begin = "- [ ] **" + id + "** ";
        if (step instanceof Moment.Step.Examine examine) {
            item(begin + "Examine the list **" + md(examine.list().name())
                    + "**. What is not in order holds up every action and gate after it.");
            items(examine.list());
        } else if (step instanceof Moment.Step.Perform perform) {
            boolean one = perform.actions().size() == 1;
            item(begin + (one ? "Perform:" : "Perform side by side:"));
            perform.actions().forEach(this::action);
        } else if (step instanceof Moment.Step.Identity identity) {
            item(begin + "Prove that what is served of **"
                    + md(identity.of().component().name()) + "** is what "
                    + md(identity.of().id())
                    + " put live:");
            item("  - [ ] " + check(identity.served()));
        } else if (step instanceof Moment.Step.Gate gate) {
            item(begin + "Gate **" + md(gate.list().name())
                    + "**: nothing goes on unless it is in order. Every list before is examined again with it.");
            items(gate.list());
        } else if (step instanceof Moment.Step.Announce announce) {
            Announcement what = announce.announcement();
            item(begin + "Announce in **" + md(what.channel().name()) + "**"
                    + (what.audience().isEmpty() ? "" : " to " + md(what.audience())) + ": " + md(what.template()));
        }
    }

    private void items(Checklist list) {
        for (Item item : list.items()) {
            List<String> details = new ArrayList<>();
            details.add(item.id());
            details.add(list.requires(item.id()) ? "required" : "recommended");
            switch (item.kind()) {
                case CONFIRMATION -> details.add("confirmed by " + item.owner().orElse("a person"));
                case APPROVAL -> details.add("an approval");
                case TRIAL -> details.add("a trial");
                case CHECK, PRECONDITION -> {}
            }
            if (item.kind() != Item.Kind.CONFIRMATION) {
                item.owner().ifPresent(owner -> details.add("owner " + owner));
            }
            item.due().ifPresent(due -> details.add("due " + due));
            item.until().ifPresent(action -> details.add("not before " + action.id()));
            item.from().ifPresent(from -> details.add("from " + from));
            item.freshFor().ifPresent(age -> details.add("fresh for " + Spans.text(age)));
            if (!item.isWaivable()) {
                details.add("not waivable");
            }
            if (!item.after().isEmpty()) {
                details.add("after " + String.join(", ", item.after()));
            }
            item("  - [ ] " + md(item.sentence()) + " (" + all(details, ", ") + ")");
            if (!item.because().isEmpty()) {
                item("    - Because: " + md(item.because()));
            }
            item.condition().ifPresent(condition -> item("    - Only if: " + md(condition.sentence())));
            item.check()
                    .ifPresent(check ->
                            check.preconditions().forEach(given -> item("    - Given: " + md(given.sentence()))));
            item.check()
                    .filter(check -> !check.timing().equals(Timing.standard()))
                    .ifPresent(
                            check -> item("    - Timing: " + md(check.timing().toString())));
            item.trial()
                    .ifPresent(trial -> item("    - Writes: " + md(trial.writes()) + "; costs: " + md(trial.cost())));
        }
    }

    private void action(Action action) {
        List<String> details = new ArrayList<>();
        details.add(action.id());
        details.add(action.kind().name());
        details.add(action.conduct().toString());
        if (action instanceof Deploy deploy) {
            details.add("deploys " + deploy.component().name());
        }
        if (action.migratesSchema()) {
            details.add("migrates a schema");
        }
        if (!action.isConvergent()) {
            details.add("must not be sent twice");
        }
        item("  - [ ] " + md(action.sentence()) + " (" + all(details, "; ") + ")");
        action.alternatives()
                .forEach(way -> item("    - One of: " + md(way.sentence()) + " (" + md(way.id()) + "; " + way.kind()
                        + "; " + md(way.conduct().toString()) + ")"));
    }

    private static String check(Check check) {
        return md(check.sentence())
                + (check.timing().equals(Timing.standard())
                        ? ""
                        : " (" + md(check.timing().toString()) + ")");
    }

    // ---- who hears what

    private void communication() {
        section("Communication");
        table("When", "For whom", "Channel", "Text");
        for (Moment moment : plan.moments()) {
            for (Moment.Step step : moment.steps()) {
                if (step instanceof Moment.Step.Announce announce) {
                    Announcement what = announce.announcement();
                    row(moment.toString(), what.audience(), what.channel().name(), what.template());
                }
            }
        }
        for (Channel channel : plan.informed()) {
            row(
                    "whenever it is armed, begins, waits, is held, fails, is rolled back or ends",
                    "",
                    channel.name(),
                    "what has happened");
        }
        plan.headsTo()
                .ifPresent(channel -> row(
                        "when it is armed, decided and over",
                        "whoever checks the journal later",
                        channel.name(),
                        "the head of the journal"));
        plan.watch()
                .ifPresent(watch -> watch.heartbeat()
                        .ifPresent(channel -> row(
                                "every " + Spans.text(watch.heartbeatEvery()) + " while it is watched",
                                "whoever raises the alarm when it stops",
                                channel.name(),
                                "a sign of life")));
    }

    private void escalation() {
        section("Escalation");
        if (plan.escalations().isEmpty()) {
            paragraph("Nobody else is told when something waits for a person.");
        }
        plan.escalations().stream()
                .sorted(Comparator.comparing(LaunchPlan.Escalation::after))
                .forEach(level -> bullet("What has waited for a person for **" + Spans.text(level.after())
                        + "** is told in **" + md(level.to().name()) + "**."));
    }

    private void emergency() {
        section("Emergency");
        Emergency path = plan.emergency().orElse(null);
        if (path == null) {
            paragraph("There is no emergency path.");
            return;
        }
        bullet("Declared by: **" + md(path.role()) + "**. Windows and open items no longer hold up an action then; a"
                + " decision is needed all the same.");
        bullet("Never skipped: "
                + (path.neverSkipped().isEmpty() ? "nothing" : all(new TreeSet<>(path.neverSkipped()), ", ")) + ".");
        path.followUps()
                .forEach((what, within) -> item("- [ ] Afterwards, within " + Spans.text(within) + ": " + md(what)));
    }

    private void compatibility() {
        section("Migrations and compatibility");
        boolean none = true;
        for (Action action : actions()) {
            Compatibility meaning = plan.migrations().get(action.id());
            if (action.migratesSchema() || meaning != null) {
                none = false;
                bullet("Action **" + md(action.id()) + "**: "
                        + (meaning == null
                                ? "migrates a schema, and nothing says what that means for going back"
                                : md(meaning.toString()))
                        + ".");
                if (meaning != null) {
                    meaning.down().ifPresent(this::action);
                }
            }
        }
        for (Set<String> pair : plan.compatiblePairs()) {
            none = false;
            bullet("Compatible, old with new: " + all(new TreeSet<>(pair), " and ") + ".");
        }
        if (none) {
            paragraph("No schema is migrated, and no two components are said to be compatible.");
        }
    }

    // ---- how long, how much

    private void budgets() {
        section("Budgets");
        Recovery recovery = Recovery.of(plan).orElse(null);
        if (recovery == null) {
            bullet("Recovery time: there is no rollback policy to add up"
                    + plan.recoveryTime()
                            .map(most -> "; the objective is " + Spans.text(most))
                            .orElse("")
                    + ".");
        } else {
            table("Until users are served as before", "At most", "Because");
            recovery.parts().forEach(part -> row(part.what(), Spans.text(part.atMost()), part.because()));
            row("together", Spans.text(recovery.sum()), objective(recovery));
        }
        bullet("Recovery point: "
                + plan.recoveryPoint()
                        .map(point -> "at most **" + Spans.text(point.atMost()) + "** of data may be lost; examined"
                                + " before every action and gate: " + check(point.backup()))
                        .orElse("no objective is stated")
                + ".");
    }

    private String objective(Recovery recovery) {
        return plan.recoveryTime()
                .map(most -> "the objective is " + Spans.text(most)
                        + (recovery.sum().compareTo(most) > 0
                                ? ", which is exceeded by "
                                        + Spans.text(recovery.sum().minus(most))
                                : ""))
                .orElse("no objective is stated");
    }

    // ---- the watch

    private void watch() {
        section("Watch");
        Watch watch = plan.watch().orElse(null);
        if (watch == null) {
            paragraph("Nothing is watched afterwards"
                    + (plan.policy().isEmpty() ? "." : " but what the rollback policy refers to."));
            signals(plan.policy().map(RollbackPolicy::signals).orElse(List.of()));
            return;
        }
        Map<String, Signal> signals = new LinkedHashMap<>();
        watch.probes().forEach(probe -> signals.putIfAbsent(probe.id(), probe));
        watch.sources().forEach(source -> signals.putIfAbsent(source.id(), source));
        plan.policy().ifPresent(policy -> policy.signals().forEach(signal -> signals.putIfAbsent(signal.id(), signal)));
        signals(signals.values());
        List<Slots> phases = Slots.of(watch);
        Set<Checklist> lists = new LinkedHashSet<>();
        long checkpoints = 0;
        for (Slots phase : phases) {
            checkpoints += phase.count();
            lists.add(phase.phase().list());
            bullet(number(phase.count(), "checkpoint") + " of **"
                    + md(phase.phase().list().name()) + "**, every "
                    + Spans.text(phase.phase().every()) + " until "
                    + md(phase.phase().until().toString())
                    + (phase.count() == 0 ? "" : ": H+ " + offsets(phase)) + ".");
        }
        for (Watch.Daily daily : watch.daily()) {
            lists.add(daily.list());
            bullet("Every day at "
                    + all(daily.times().stream().map(LocalTime::toString).toList(), ", ") + ": **"
                    + md(daily.list().name()) + "**.");
        }
        bullet("Baseline: signals are sampled from " + Spans.text(watch.baseline())
                + " before the first action on, to see what is red before.");
        watch.probingUntil()
                .ifPresent(end -> bullet("Probes and metrics until **" + md(end.toString())
                        + "**, or longer while a trigger is in breach or cannot be judged."));
        bullet("End: **" + md(watch.end().toString()) + "**, after " + number(checkpoints, "checkpoint")
                + (watch.daily().isEmpty() ? "" : " and the daily ones") + ".");
        bullet("Heartbeat: "
                + watch.heartbeat()
                        .map(channel ->
                                "every " + Spans.text(watch.heartbeatEvery()) + " to **" + md(channel.name()) + "**")
                        .orElse("none")
                + ".");
        for (Checklist list : lists) {
            item("- [ ] Checkpoint list **" + md(list.name()) + "**:");
            items(list);
        }
    }

    private void signals(Collection<Signal> signals) {
        for (Signal signal : signals) {
            if (signal instanceof Probe probe) {
                bullet("Probe **" + md(probe.id()) + "** every " + Spans.text(probe.every()) + ": " + check(probe));
            } else if (signal instanceof MetricSource source) {
                bullet("Metric **" + md(source.id()) + "** in slots of " + Spans.text(source.slot())
                        + ", settled after " + Spans.text(source.settlesAfter()));
            }
        }
    }

    private static String offsets(Slots phase) {
        List<String> all = new ArrayList<>();
        if (phase.count() <= LISTED) {
            for (long i = 0; i < phase.count(); i++) {
                all.add(clock(phase.at(i)));
            }
        } else {
            all.addAll(List.of(clock(phase.at(0)), clock(phase.at(1)), clock(phase.at(2)), "...", clock(phase.last())));
        }
        return String.join(", ", all);
    }

    private static String clock(Duration span) {
        return span.toHours()
                + String.format(Locale.ROOT, ":%02d", span.toMinutesPart())
                + (span.toSecondsPart() == 0 ? "" : String.format(Locale.ROOT, ":%02d", span.toSecondsPart()));
    }

    // ---- the way back

    private void rollback() {
        section("Rollback");
        RollbackPolicy policy = plan.policy().orElse(null);
        if (policy == null) {
            paragraph("The plan has no way back.");
            return;
        }
        List<String> names = policy.components().stream().map(Component::name).toList();
        paragraph((policy.isDryRun() ? "**Dry run**: it is decided and shown, and nothing is performed. " : "")
                + (policy.isAutomatic()
                        ? "It goes back **without asking**"
                                + (hasPointOfNoReturn() ? " until the point of no return" : "")
                        : "It goes back **once a person has approved it**")
                + ". There is one rollback: once it is decided, everything further is evidence. The release to go back"
                + " to is written down when the launch is armed.");
        triggers(policy);
        subsection("The way back");
        order(policy, names);
        subsection("Approval, verification and aftercare");
        approval(policy);
    }

    private boolean hasPointOfNoReturn() {
        return plan.moments().stream().anyMatch(Moment::isPointOfNoReturn);
    }

    private void triggers(RollbackPolicy policy) {
        subsection("What leads to it");
        table("When", "Then");
        for (Rule rule : policy.rules()) {
            row(
                    rule.trigger().sentence() + " (" + rule.trigger().id() + ")",
                    consequence(
                                    rule.consequence(),
                                    rule.components().stream()
                                            .map(Component::name)
                                            .toList())
                            + (rule.trigger().isDryRun() ? " (dry run: shown only)" : ""));
        }
        List<String> everything =
                policy.components().stream().map(Component::name).toList();
        for (RollbackPolicy.Gate gate : policy.gates()) {
            row(
                    "the gate " + gate.list() + " fails" + (gate.confirmed() ? " twice" : ""),
                    consequence(gate.consequence(), everything));
        }
        for (RollbackPolicy.Reported report : policy.reports()) {
            row(
                    report.code() + " is reported by " + String.join(" or ", report.roles()),
                    consequence(report.consequence(), everything));
        }
        policy.neverFor()
                .forEach((code, instead) ->
                        row(code + " is reported", "never a reason to roll back; instead: " + instead));
        policy.expectedTraffic().ifPresent(traffic -> paragraph("Expected: " + traffic + " requests per minute."));
    }

    private static String consequence(Consequence consequence, List<String> components) {
        return switch (consequence) {
            case NOTIFY -> "people are told";
            case ASK -> "people are asked whether to roll back " + String.join(", ", components);
            case ROLL_BACK -> "roll back " + String.join(", ", components);
        };
    }

    private void order(RollbackPolicy policy, List<String> names) {
        List<String> steps = new ArrayList<>();
        for (Action action : actions()) {
            Compatibility meaning = plan.migrations().get(action.id());
            if (meaning != null && meaning.down().isPresent()) {
                steps.add("If " + md(action.id()) + " was sent: "
                        + performed(meaning.down().get()));
            }
        }
        List<String> back = new ArrayList<>();
        for (Component component : policy.components()) {
            back.add("Bring back **" + md(component.name()) + "** to the release that was written down"
                    + policy.budget(component)
                            .map(budget -> ", within " + Spans.text(budget))
                            .orElse("")
                    + policy.rebuild(component)
                            .map(rebuild -> "; if that is gone: " + performed(rebuild))
                            .orElse(""));
        }
        if (policy.isInParallel()) {
            steps.add("Side by side: " + String.join("; ", back));
        } else {
            steps.addAll(back);
        }
        if (!policy.noPreviousRelease().isEmpty()) {
            steps.add("Where nothing was live before: "
                    + String.join(
                            "; then ",
                            policy.noPreviousRelease().stream()
                                    .map(Runbook::performed)
                                    .toList()));
        }
        policy.groups()
                .forEach(group -> steps.add("Then: "
                        + String.join(
                                ", side by side with ",
                                group.stream().map(Runbook::performed).toList())));
        List<Action> launched = actions();
        // as in Course.wayBack: the last one first
        for (int i = launched.size() - 1; i >= 0; i--) {
            Action action = launched.get(i);
            Action by = policy.undoes().get(action.id());
            if (by != null) {
                steps.add("If " + md(action.id()) + " was sent: " + performed(by));
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            item((i + 1) + ". " + steps.get(i) + ".");
        }
        // a list of another kind
        last = Block.PARAGRAPH;
        policy.leaves()
                .forEach((action, why) -> bullet("Left as it is: **" + md(action) + "**, because " + md(why) + "."));
        policy.fixForwardOnly()
                .ifPresent(role -> bullet(
                        "Fix forward only, accepted by **" + md(role) + "**, where nothing was live" + " before."));
        if (policy.leaves().isEmpty()) {
            bullet("Left as it is: nothing that was declared.");
        }
        bullet("Gates, reports and people take back all of: " + all(names, ", ") + ".");
    }

    private static String performed(Action action) {
        return md(action.sentence()) + " (" + md(action.id()) + "; " + action.kind() + "; "
                + md(action.conduct().toString()) + ")";
    }

    private void approval(RollbackPolicy policy) {
        bullet("Approved by: **" + or(policy.approvers()) + "**, within " + Spans.text(policy.approvalTimeout())
                + "; otherwise "
                + switch (policy.onTimeout()) {
                    case ESCALATE -> "the question goes up";
                    case PROCEED -> "it is rolled back";
                    case DENY -> "it is not rolled back";
                }
                + ". When what led to it clears meanwhile, "
                + switch (policy.onClear()) {
                    case KEEP_ASKING -> "the question stands";
                    case WITHDRAW -> "the question is withdrawn";
                }
                + ". After a denial the same evidence does not ask again for " + Spans.text(policy.coolDown()) + ".");
        bullet("What destroys something is permitted by: **" + or(policy.destructiveApprovers())
                + "**, each action for itself.");
        bullet("Budget: "
                + policy.budget()
                        .map(budget -> "**" + Spans.text(budget) + "**, announced when exceeded")
                        .orElse("none")
                + ".");
        item("- [ ] Verified within " + Spans.text(policy.verifyTimeout()) + ":");
        policy.verification().stream()
                .flatMap(one -> one.check().stream())
                .forEach(check -> item("  - [ ] " + check(check)));
        policy.followUps()
                .forEach(one -> item("- [ ] Afterwards, within " + Spans.text(one.within()) + ", " + md(one.role())
                        + ": " + md(one.what())));
        bullet("Aftercare: watched for " + Spans.text(policy.aftercare()) + " that nothing undoes it.");
        bullet("Announced in: "
                + (plan.informed().isEmpty()
                        ? "no channel"
                        : all(plan.informed().stream().map(Channel::name).toList(), ", "))
                + ".");
    }

    private static String or(Set<String> roles) {
        return roles.isEmpty() ? "any person" : all(roles, " or ");
    }

    // ---- what the plan holds

    private List<Action> actions() {
        List<Action> all = new ArrayList<>();
        for (Moment moment : plan.moments()) {
            moment.steps().forEach(step -> all.addAll(step.actions()));
        }
        return all;
    }

    private List<Component> components() {
        Map<String, Component> all = new LinkedHashMap<>();
        for (Action action : actions()) {
            if (action instanceof Deploy deploy) {
                all.putIfAbsent(deploy.component().name(), deploy.component());
            }
        }
        plan.policy().ifPresent(policy -> policy.components().forEach(one -> all.putIfAbsent(one.name(), one)));
        return List.copyOf(all.values());
    }

    private List<Checklist> lists() {
        List<Checklist> all = new ArrayList<>();
        for (Moment moment : plan.moments()) {
            for (Moment.Step step : moment.steps()) {
                if (step instanceof Moment.Step.Examine examine) {
                    all.add(examine.list());
                } else if (step instanceof Moment.Step.Gate gate) {
                    all.add(gate.list());
                }
            }
        }
        plan.watch().ifPresent(watch -> {
            watch.phases().forEach(phase -> all.add(phase.list()));
            watch.daily().forEach(daily -> all.add(daily.list()));
        });
        return all;
    }

    private List<Channel> channels() {
        List<Channel> all = new ArrayList<>(plan.informed());
        plan.escalations().forEach(level -> all.add(level.to()));
        plan.headsTo().ifPresent(all::add);
        plan.watch().ifPresent(watch -> watch.heartbeat().ifPresent(all::add));
        for (Moment moment : plan.moments()) {
            for (Moment.Step step : moment.steps()) {
                if (step instanceof Moment.Step.Announce announce) {
                    all.add(announce.announcement().channel());
                }
            }
        }
        return all;
    }

    private int firstPerforming() {
        for (int m = 0; m < plan.moments().size(); m++) {
            if (plan.moments().get(m).steps().stream().anyMatch(Moment.Step.Perform.class::isInstance)) {
                return m;
            }
        }
        return -1;
    }

    // ---- Markdown

    private enum Block {
        HEADING,
        PARAGRAPH,
        LIST,
        TABLE
    }

    private void section(String title) {
        title("## ", title);
    }

    private void subsection(String title) {
        title("### ", title);
    }

    /** In a heading, number signs at the end would be taken for a part of it. */
    private void title(String level, String text) {
        begin(Block.HEADING);
        line(level + text.replace("#", "\\#"));
    }

    private void paragraph(String text) {
        begin(Block.PARAGRAPH);
        line(text);
    }

    private void bullet(String text) {
        item("- " + text);
    }

    /** A line of a list, with its marker. */
    private void item(String text) {
        if (last != Block.LIST) {
            begin(Block.LIST);
        }
        line(text);
    }

    private void table(String... names) {
        begin(Block.TABLE);
        line("| " + String.join(" | ", names) + " |");
        line("|" + "---|".repeat(names.length));
    }

    private void row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(md(cell)).append(" |");
        }
        line(row.toString());
    }

    private void begin(Block block) {
        if (out.length() > 0) {
            out.append('\n');
        }
        last = block;
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String number(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String all(Collection<String> texts, String between) {
        return String.join(between, texts.stream().map(Runbook::md).toList());
    }

    private static String md(String text) {
        return Texts.markdown(text);
    }
}
