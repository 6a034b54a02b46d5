package dev.golive.launch;

import dev.golive.Checklist;
import dev.golive.time.Spans;
import dev.golive.time.WindowDecision;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is under way, late and still to come in a launch. Reads a state and changes nothing. */
final class Agenda {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    /** Something to do; {@code at} is missing where it is counted from an instant that is not known yet. */
    record Entry(String what, String owner, @Nullable Instant at) {

        String owned() {
            return what + (owner.isEmpty() ? "" : ", " + owner);
        }
    }

    private final Course course;
    private final State state;
    private final Instant now;
    private final List<Entry> underWay = new ArrayList<>();
    private final List<Entry> overdue = new ArrayList<>();
    private final List<Entry> next = new ArrayList<>();
    private final List<Entry> later = new ArrayList<>();

    private Agenda(Course course, State state, Instant now) {
        this.course = course;
        this.state = state;
        this.now = now;
    }

    static Agenda of(Course course, State state, Instant now) {
        Agenda agenda = new Agenda(course, state, now);
        if (state.armed != null && !state.isOver()) {
            if (state.row != null && state.row.status != Row.Status.WOULD_ROLL_BACK) {
                agenda.rollback(state.row);
            } else {
                agenda.steps();
                agenda.decision();
                agenda.watch();
                agenda.window();
            }
            agenda.people();
            Comparator<Entry> byTime =
                    Comparator.comparing(Entry::at, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));
            agenda.underWay.sort(byTime);
            agenda.overdue.sort(byTime);
            agenda.next.sort(byTime);
            agenda.next.addAll(agenda.later);
        }
        return agenda;
    }

    /** What is being done, or could be. */
    List<Entry> underWay() {
        return underWay;
    }

    /** What should have been done, the oldest first. */
    List<Entry> overdue() {
        return overdue;
    }

    /** What comes, the nearest first; what has no known time comes last. */
    List<Entry> next() {
        return next;
    }

    /** A time of day in the zone of the plan, with its day unless that is today. */
    String time(Instant at) {
        try {
            boolean today = at.atZone(course.plan().zone())
                    .toLocalDate()
                    .equals(now.atZone(course.plan().zone()).toLocalDate());
            return (today ? TIME : DAY).format(at.atZone(course.plan().zone()));
        } catch (DateTimeException e) {
            // the ends of all time have no date in a zone
            return at.toString();
        }
    }

    /** A day and a time of day in the zone of the plan. */
    String date(Instant at) {
        return DAY.format(at.atZone(course.plan().zone()));
    }

    // ---- steps

    private void steps() {
        List<Course.Step> steps = course.steps();
        for (int m = 0; m < course.plan().moments().size(); m++) {
            int moment = m;
            List<Course.Step> open = steps.stream()
                    .filter(step -> step.moment() == moment)
                    .filter(step -> !state.step(step.id()).status().isOver())
                    .toList();
            if (open.isEmpty()) {
                continue;
            }
            Moment of = course.plan().moments().get(m);
            String owner = of.owner().orElse("");
            Instant due = course.due(of.offset(), state);
            if (due == null) {
                later.add(new Entry(of + ": " + sentence(open.get(0).what()), owner, null));
            } else if (due.isAfter(now)) {
                next.add(new Entry(of + ": " + sentence(open.get(0).what()), owner, due));
            } else {
                due(open, owner, due);
            }
        }
    }

    private void due(List<Course.Step> open, String owner, Instant due) {
        boolean first = true;
        for (Course.Step step : open) {
            StepStatus status = state.step(step.id()).status();
            String what = "step " + step.id() + " " + sentence(step.what());
            if (status == StepStatus.RUNNING || (status == StepStatus.PENDING && first && !due.isBefore(now))) {
                underWay.add(new Entry(what, owner, due));
            } else if (status != StepStatus.PENDING || first) {
                overdue.add(new Entry(what + " (" + status.name().toLowerCase(Locale.ROOT) + ")", owner, due));
            }
            first &= status == StepStatus.OPEN;
        }
    }

    private static String sentence(Moment.Step step) {
        if (step instanceof Moment.Step.Examine examine) {
            return "examine " + examine.list().name();
        } else if (step instanceof Moment.Step.Perform perform) {
            return perform.actions().stream().map(action -> action.sentence()).collect(Collectors.joining(", "));
        } else if (step instanceof Moment.Step.Identity identity) {
            return "prove the identity of " + identity.of().component().name();
        } else if (step instanceof Moment.Step.Gate gate) {
            return "gate " + gate.list().name();
        }
        return "announce in "
                + ((Moment.Step.Announce) step).announcement().channel().name();
    }

    private void decision() {
        course.plan().decisionAt().ifPresent(at -> {
            Instant due = course.due(at, state);
            boolean open = state.decision == null
                    && course.firstPerforming()
                            .filter(step -> state.step(step.id()).status() == StepStatus.PENDING)
                            .isPresent();
            if (due != null && open) {
                Entry entry =
                        new Entry("the decision", course.plan().decidedBy().orElse(""), due);
                (due.isAfter(now) ? next : due.isBefore(now) ? overdue : underWay).add(entry);
            }
        });
    }

    // ---- the watch

    private void watch() {
        Instant h = state.h;
        if (h != null) {
            Map.Entry<Instant, List<Effect.Listed>> checkpoint =
                    course.checkpoints(h).higherEntry(now);
            if (checkpoint != null) {
                next.add(new Entry(
                        "checkpoint of "
                                + checkpoint.getValue().stream()
                                        .map(Effect.Listed::list)
                                        .map(Checklist::name)
                                        .collect(Collectors.joining(", ")),
                        "",
                        checkpoint.getKey()));
            }
            course.endOfWatch(state)
                    .filter(end -> end.isAfter(now))
                    .ifPresent(end -> next.add(new Entry("the watch ends", "", end)));
        }
        if (state.phase == LaunchState.WATCHING) {
            String what = state.probingEnded == null
                    ? "watching " + String.join(", ", course.probes().keySet())
                    : "watching, at its checkpoints";
            underWay.add(new Entry(what, "", null));
        }
        Instant maintenance = state.maintenanceUntil;
        if (maintenance != null && maintenance.isAfter(now)) {
            next.add(new Entry("the maintenance ends", "", maintenance));
        }
    }

    /** When the windows count: now, or when the first action that they bind is due. */
    Instant windowCountsAt() {
        Instant due = course.firstInWindow(state)
                .filter(step -> state.step(step.id()).status() == StepStatus.PENDING)
                .map(step -> course.due(step.of().offset(), state))
                .orElse(null);
        return due == null || due.isBefore(now) ? now : due;
    }

    private void window() {
        boolean begun = course.firstInWindow(state)
                .map(step -> state.step(step.id()).status() != StepStatus.PENDING)
                .orElse(true);
        if (begun) {
            return;
        }
        WindowDecision decision = course.plan().windows().at(windowCountsAt(), state.blackouts);
        decision.until()
                .ifPresent(until -> next.add(
                        new Entry(decision.allowed() ? "the window closes" : "the window may open", "", until)));
    }

    // ---- the rollback

    private void rollback(Row row) {
        String owner = course.policy()
                .map(policy -> String.join(" or ", policy.approvers()))
                .orElse("");
        switch (row.status) {
            case CONFIRMING -> underWay.add(new Entry("the signals are sampled once more", "", row.decidedAt));
            case AWAITING_APPROVAL -> {
                underWay.add(new Entry("the rollback waits for an approval", owner, row.decidedAt));
                deadline("the question to approve the rollback expires", owner, row.expires);
            }
            case ROLLING_BACK -> {
                for (List<Course.Planned> group : course.wayBack(row.components, state)) {
                    for (Course.Planned planned : group) {
                        ActionState action = state.action(planned.key());
                        if (!action.isOver() && action.begunAt != null) {
                            underWay.add(new Entry(
                                    planned.key() + " " + planned.action().sentence(), "", action.begunAt));
                        }
                    }
                }
                course.policy()
                        .flatMap(policy -> policy.budget())
                        .ifPresent(budget ->
                                deadline("the budget of the rollback is used up", owner, row.decidedAt.plus(budget)));
            }
            case VERIFYING -> {
                underWay.add(new Entry("the rollback is verified", "", row.verifyingSince));
                Instant since = row.verifyingSince;
                course.policy().ifPresent(policy -> {
                    if (since != null) {
                        deadline("the verification ends", owner, since.plus(policy.verifyTimeout()));
                    }
                });
            }
            case AFTERCARE -> {
                underWay.add(new Entry("watched that nothing undoes the rollback", "", row.verifiedAt));
                deadline("the aftercare ends", "", row.aftercareUntil);
            }
            case WOULD_ROLL_BACK -> {}
        }
    }

    private void deadline(String what, String owner, @Nullable Instant at) {
        if (at != null) {
            (at.isAfter(now) ? next : overdue).add(new Entry(what, owner, at));
        }
    }

    // ---- people

    private void people() {
        state.followUps.forEach(
                (what, due) -> deadline(course.follows(what) + ": " + what, course.follower(what), due));
        List<LaunchPlan.Escalation> levels = course.levels();
        for (State.Need need : state.needs.values()) {
            if (need.level() < levels.size()) {
                LaunchPlan.Escalation level = levels.get(need.level());
                Instant at = need.since().plus(level.after());
                if (at.isAfter(now)) {
                    next.add(new Entry(need.key() + " goes up to " + level.to().name(), "", at));
                }
            }
        }
    }

    // ---- for people

    /** How long from now, or ago. */
    String distance(Instant at) {
        Duration span = Duration.between(now, at);
        return span.isNegative() ? Spans.text(span.negated()) + " ago" : "in " + Spans.text(span);
    }
}
