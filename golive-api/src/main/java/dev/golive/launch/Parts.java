package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Checklist;
import dev.golive.Deploy;
import dev.golive.Item;
import dev.golive.launch.Part.Draft;
import dev.golive.launch.Part.Kind;
import dev.golive.launch.Part.Phase;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Rule;
import dev.golive.time.Offset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan taken apart. */
final class Parts {

    private final LaunchPlan plan;
    private final List<Part> all = new ArrayList<>();

    private Parts(LaunchPlan plan) {
        this.plan = plan;
    }

    static List<Part> of(LaunchPlan plan) {
        Parts parts = new Parts(plan);
        parts.whole();
        parts.moments();
        parts.watch();
        plan.policy().ifPresent(parts::rollback);
        return List.copyOf(parts.all);
    }

    private void add(Draft draft) {
        all.add(new Part(draft));
    }

    private void whole() {
        add(new Draft(
                Kind.PLAN,
                Phase.BEFORE,
                "plan",
                plan.name() + ", with the roles "
                        + String.join(", ", plan.roles().keySet()),
                plan.tags()));
    }

    private void moments() {
        Course course = plan.course();
        int deployed = course.steps().stream()
                .filter(Course.Step::deploys)
                .findFirst()
                .or(course::firstPerforming)
                .map(Course.Step::index)
                .orElse(Integer.MAX_VALUE);
        Set<Moment> begun = new HashSet<>();
        for (Course.Step step : course.steps()) {
            Phase phase = step.moment() > course.lastLaunching()
                    ? Phase.WATCH
                    : step.index() < deployed ? Phase.BEFORE : Phase.LAUNCH;
            if (begun.add(step.of())) {
                moment(step.of(), phase);
            }
            step(step, phase);
        }
        for (Moment moment : plan.moments()) {
            if (begun.add(moment)) {
                moment(moment, Phase.BEFORE);
            }
        }
    }

    private void moment(Moment moment, Phase phase) {
        add(new Draft(Kind.MOMENT, phase, moment.name(), moment.toString(), moment.tags()).at(moment.offset()));
    }

    private void step(Course.Step step, Phase phase) {
        Offset at = step.of().offset();
        Moment.Step what = step.what();
        if (what instanceof Moment.Step.Examine examine) {
            items(examine.list(), false, phase, at);
        } else if (what instanceof Moment.Step.Gate gate) {
            items(gate.list(), true, phase, at);
        } else if (what instanceof Moment.Step.Perform perform) {
            perform.actions().forEach(action -> action(action, phase, at));
        } else if (what instanceof Moment.Step.Identity identity) {
            add(new Draft(
                            Kind.IDENTITY,
                            phase,
                            identity.of().id(),
                            identity.served().sentence(),
                            Set.of())
                    .at(at)
                    .check(identity.served()));
        } else if (what instanceof Moment.Step.Announce announce) {
            Announcement text = announce.announcement();
            add(new Draft(Kind.ANNOUNCEMENT, phase, text.channel().name(), text.template(), text.tags()).at(at));
        }
    }

    private void items(Checklist list, boolean gate, Phase phase, @Nullable Offset at) {
        for (Item item : list.items()) {
            Draft draft = new Draft(kind(item), phase, item.id(), item.sentence(), item.tags())
                    .of(list, gate)
                    .item(item);
            add(at == null ? draft : draft.at(at));
        }
    }

    private static Kind kind(Item item) {
        return switch (item.kind()) {
            case CHECK, PRECONDITION -> Kind.CHECK;
            case TRIAL -> Kind.TRIAL;
            case CONFIRMATION -> Kind.CONFIRMATION;
            case APPROVAL -> Kind.APPROVAL;
        };
    }

    private void action(Action action, Phase phase, @Nullable Offset at) {
        Kind kind = action instanceof Deploy ? Kind.DEPLOYMENT : Kind.ACTION;
        Draft draft = new Draft(kind, phase, action.id(), action.sentence(), action.tags()).action(action);
        add(at == null ? draft : draft.at(at));
    }

    private void watch() {
        plan.watch().ifPresent(watch -> {
            add(new Draft(Kind.WATCH, Phase.WATCH, "watch", "watched until " + watch.end(), watch.tags()));
        });
        for (Probe probe : plan.course().probes().values()) {
            add(new Draft(Kind.PROBE, Phase.WATCH, probe.id(), probe.sentence(), probe.tags()).check(probe));
        }
        plan.watch().ifPresent(watch -> {
            watch.phases().forEach(phase -> items(phase.list(), false, Phase.WATCH, null));
            watch.daily().forEach(daily -> items(daily.list(), false, Phase.WATCH, null));
        });
    }

    private void rollback(RollbackPolicy policy) {
        for (Rule rule : policy.rules()) {
            add(new Draft(
                            Kind.TRIGGER,
                            Phase.WATCH,
                            rule.trigger().id(),
                            rule.trigger().sentence(),
                            rule.trigger().tags())
                    .trigger(rule.trigger()));
        }
        for (RollbackPolicy.Reported report : policy.reports()) {
            add(new Draft(
                    Kind.REPORT,
                    Phase.WATCH,
                    report.code(),
                    String.join(" or ", report.roles()) + " reports " + report.code() + ": "
                            + report.consequence()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', ' '),
                    report.tags()));
        }
        add(new Draft(Kind.ROLLBACK, Phase.ROLLBACK, "rollback", policy.toString(), policy.tags()));
        policy.groups().forEach(group -> group.forEach(action -> action(action, Phase.ROLLBACK, null)));
        policy.undoes().values().forEach(action -> action(action, Phase.ROLLBACK, null));
        policy.noPreviousRelease().forEach(action -> action(action, Phase.ROLLBACK, null));
        for (Item item : policy.verification()) {
            add(new Draft(Kind.VERIFICATION, Phase.ROLLBACK, item.id(), item.sentence(), item.tags()).item(item));
        }
        for (RollbackPolicy.FollowUp one : policy.followUps()) {
            add(new Draft(Kind.FOLLOW_UP, Phase.ROLLBACK, one.role(), one.what(), one.tags()));
        }
    }
}
