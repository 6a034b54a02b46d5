package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Checklist;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.internal.Ids;
import dev.golive.rollback.Consequence;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.Offset;
import dev.golive.time.Spans;
import dev.golive.time.WindowDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the steps of a plan are carried out, one after the other. */
final class Steps {

    /** How old what was found may be when something is done because of it. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** How often lists are examined again that keep something from being done. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    /** How often, and for how long, a new release is looked for where it is served. */
    private static final Duration IDENTITY_EVERY = Duration.ofSeconds(10);

    /** How often, and for how long, a gate is asked again that cannot tell yet: what it is about may be on its way. */
    private static final Duration UNSURE_EVERY = Duration.ofSeconds(10);

    private static final Duration UNSURE_FOR = Duration.ofMinutes(1);

    private static final Duration IDENTITY_WITHIN = Duration.ofMinutes(10);

    private static final String EXAMINE = "examine:";
    private static final String CLEAR = "clear:";
    private static final String GATE = "gate:";

    /** A gate that failed once and counts only if it fails twice. */
    private static final String AGAIN = "again:";

    static final String IDENTITY = "identity:";

    private Steps() {}

    static void progress(Turn t) {
        askForDecision(t);
        boolean barred = false;
        int moment = -1;
        boolean momentBarred = false;
        boolean deployed = false;
        for (Course.Step step : t.course.steps()) {
            if (step.moment() != moment) {
                moment = step.moment();
                momentBarred = false;
            }
            StepStatus status = t.state.step(step.id()).status();
            Instant due = t.course.due(step.of().offset(), t.state);
            boolean waitsForIdentity = deployed && barred;
            if (due != null && t.passed(due) && !status.isOver() && !momentBarred && !t.state.isOver()) {
                boolean examines = step.what() instanceof Moment.Step.Examine;
                if (examines ? !waitsForIdentity : !barred) {
                    carryOut(t, step);
                    status = t.state.step(step.id()).status();
                }
                overdue(t, step, due);
            }
            deployed |= step.deploys() && status != StepStatus.PENDING;
            boolean passable = status.isOver() || status == StepStatus.OPEN;
            momentBarred |= !passable;
            barred |= step.bars() && !status.isOver();
        }
        late(t);
        watchFromHere(t);
    }

    /**
     * Says from T on, whatever is in the way, that what was planned for T has not begun: that T has passed, and when the
     * latest start has passed, that it cannot begin any more as planned. What keeps it waiting need not tell.
     */
    static void late(Turn t) {
        Course.Step first = t.course.firstInWindow(t.state).orElse(null);
        if (first == null || t.state.isOver() || t.state.step(first.id()).status() != StepStatus.PENDING) {
            return;
        }
        Instant due = t.course.due(first.of().offset(), t.state);
        if (due == null || !t.passed(due)) {
            return;
        }
        withinWindow(t, first);
        t.course.steps().stream()
                .filter(step -> step.index() < first.index())
                .map(step -> t.state.needs.get(Needs.STEP + step.id()))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(need -> t.inform(
                        "late:" + t.state.planned,
                        t.plan().name() + ": T has passed and this is in the way: " + need.what()));
    }

    /** From the moment on at which every deployment is proven and its gates have passed, the launch is watched. */
    private static void watchFromHere(Turn t) {
        if (t.state.phase != LaunchState.LAUNCHING) {
            if (t.state.phase == LaunchState.ARMED && t.course.lastLaunching() < 0 && !t.state.isOver()) {
                // nothing is changed by this plan, so it watches what is there
                t.emit(new Event.Launched(t.now));
                t.state.arming().live().forEach((name, live) -> t.emit(new Event.IdentitySeen(name, live)));
                t.emit(new Event.TriggersArmed(t.now));
                t.emit(new Event.Phase(LaunchState.WATCHING));
            }
            return;
        }
        boolean over = t.course.steps().stream()
                .filter(step -> step.moment() <= t.course.lastLaunching())
                .allMatch(step -> t.state.step(step.id()).status().isOver()
                        || t.state.step(step.id()).status() == StepStatus.OPEN);
        if (over && t.state.h != null) {
            if (t.state.triggersArmed == null) {
                t.emit(new Event.TriggersArmed(t.now));
            }
            t.emit(new Event.Phase(LaunchState.WATCHING));
            t.inform(
                    "watching",
                    t.plan().name() + " is launched and watched in "
                            + t.state.arming().environment());
        }
    }

    private static void carryOut(Turn t, Course.Step step) {
        Moment.Step what = step.what();
        if (what instanceof Moment.Step.Examine examine) {
            examine(t, step, examine.list());
        } else if (what instanceof Moment.Step.Perform perform) {
            perform(t, step, perform.actions());
        } else if (what instanceof Moment.Step.Identity identity) {
            identity(t, step, identity);
        } else if (what instanceof Moment.Step.Gate gate) {
            gate(t, step, gate.list());
        } else if (what instanceof Moment.Step.Announce announce) {
            announce(t, step, announce.announcement());
        }
    }

    /** Says once that something is late, and to whom it belongs. */
    private static void overdue(Turn t, Course.Step step, Instant due) {
        State.StepState now = t.state.step(step.id());
        if (now.status() == StepStatus.OPEN && step.list().isPresent()) {
            State.ListState list = t.state.lists.get(step.id());
            String open = list == null ? "not examined" : String.join("; ", list.open());
            t.need(
                    Needs.LIST + step.id(),
                    step.list().get().name() + ", due at " + step.of().offset() + " (" + due + "), is not in order: "
                            + open,
                    step.of().owner().orElse(""));
        } else if (now.status().isOver()) {
            t.noLonger(Needs.LIST + step.id(), "in order");
        }
    }

    // ---- lists

    private static void examine(Turn t, Course.Step step, Checklist list) {
        State.StepState state = t.state.step(step.id());
        if (state.status() == StepStatus.PENDING) {
            t.emit(new Event.StepBegan(step.id()));
        }
        if (state.status() != StepStatus.OPEN || t.state.toldSince(EXAMINE + step.id())) {
            t.fly(new Effect.Examine(EXAMINE + step.id(), List.of(new Effect.Listed(step.id(), list))));
        }
    }

    static boolean isMine(String key) {
        return key.startsWith(EXAMINE)
                || key.startsWith(CLEAR)
                || key.startsWith(GATE)
                || key.startsWith(AGAIN)
                || key.startsWith(IDENTITY);
    }

    static void examined(Turn t, String key, List<Input.ListResult> results) {
        String id = key.substring(key.indexOf(':') + 1);
        Course.Step step = t.course.steps().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElse(null);
        if (step == null && !id.equals(Needs.DECISION)) {
            return;
        }
        String purpose = key.substring(0, key.indexOf(':'));
        for (Input.ListResult result : results) {
            t.emit(new Event.Examined(result.step(), purpose, result.verdict(), result.open(), result.report()));
            settleList(t, result);
        }
        if (key.startsWith(CLEAR) || step == null) {
            List<String> open = open(results);
            Verdict verdict = worst(results);
            t.emit(new Event.Cleared(id, verdict, digest(t, open), open, details(results)));
        } else if (key.startsWith(GATE) || key.startsWith(AGAIN)) {
            gateEnded(t, step, key.startsWith(AGAIN), results);
        } else if (key.startsWith(IDENTITY)) {
            identityLooked(t, step, results.get(0));
        }
    }

    private static void settleList(Turn t, Input.ListResult result) {
        State.StepState state = t.state.step(result.step());
        boolean isList = t.course.steps().stream()
                .anyMatch(one -> one.id().equals(result.step()) && one.what() instanceof Moment.Step.Examine);
        if (!isList) {
            return;
        }
        boolean good = isGood(result.verdict());
        if (good && !state.status().isOver()) {
            t.emit(new Event.StepEnded(result.step(), StepStatus.DONE, ""));
            t.noLonger(Needs.LIST + result.step(), "in order");
        } else if (!good && state.status() != StepStatus.PENDING && state.status() != StepStatus.OPEN) {
            t.emit(new Event.StepEnded(result.step(), StepStatus.OPEN, String.join("; ", result.open())));
        }
    }

    static boolean isGood(Verdict verdict) {
        return verdict == Verdict.GO || verdict == Verdict.CONDITIONAL_GO;
    }

    static Verdict worst(List<Input.ListResult> results) {
        return results.stream()
                .map(Input.ListResult::verdict)
                .max(Enum::compareTo)
                .orElse(Verdict.UNDECIDED);
    }

    private static List<String> open(List<Input.ListResult> results) {
        return results.stream()
                .flatMap(result -> result.open().stream())
                .sorted()
                .distinct()
                .toList();
    }

    private static List<String> details(List<Input.ListResult> results) {
        return results.stream()
                .flatMap(result -> result.details().stream())
                .distinct()
                .toList();
    }

    /** What a decision is bound to: the plan, the environment, T, and every item that is not in order. */
    static String digest(Turn t, List<String> open) {
        Event.Armed armed = t.state.arming();
        return Ids.digest(String.join(
                "\n",
                t.course.digest(),
                armed.environment(),
                String.valueOf(armed.production()),
                t.state.planned.toString(),
                String.join("\n", open)));
    }

    // ---- the decision

    private static void askForDecision(Turn t) {
        Offset at = t.plan().decisionAt().orElse(null);
        Course.Step first = t.course.firstPerforming().orElse(null);
        if (at == null || first == null || t.state.decision != null || t.state.isOver()) {
            return;
        }
        Instant due = t.course.due(at, t.state);
        if (due != null && t.passed(due) && t.state.step(first.id()).status() == StepStatus.PENDING) {
            State.Clearance clearance = cleared(t, first);
            if (clearance != null && mayBeDecided(t, clearance)) {
                needDecision(t, clearance);
            } else if (clearance != null) {
                t.noLonger(Needs.DECISION, "the verdict is " + clearance.verdict());
            }
        }
    }

    private static void needDecision(Turn t, State.Clearance clearance) {
        String stale = t.state.staleDecision;
        t.need(
                Needs.DECISION,
                (stale == null ? "" : "the decision no longer stands (" + stale + "); ") + "the verdict is "
                        + clearance.verdict() + "; say GO on its digest " + clearance.digest()
                        + (clearance.open().isEmpty() ? "" : ", knowing: " + String.join("; ", clearance.open())),
                t.plan().decidedBy().orElse(""));
    }

    /** What everything before a step came to, if that is fresh enough to go by; asks for it otherwise. */
    private static State.@Nullable Clearance cleared(Turn t, Course.Step step) {
        if (t.flying(CLEAR + step.id())) {
            // nothing is done on what is being looked at again
            return null;
        }
        State.Clearance c = t.state.clearances.get(step.id());
        boolean good = c != null && isGood(c.verdict());
        boolean waitsForDecision = good && t.state.decision == null;
        Duration lasts = good && !waitsForDecision ? FRESH : LOOK_AGAIN;
        boolean told = t.state.toldSince(CLEAR + step.id());
        boolean decidedSince = c != null
                && t.state.decision != null
                && c.at().isBefore(t.state.decision.at())
                && t.now.isAfter(c.at().plus(FRESH));
        boolean old = c == null || told || decidedSince || !t.now.isBefore(c.at().plus(lasts));
        if (waitsForDecision && !told) {
            // asking people takes its time; it is examined again once they have decided
            old = false;
        }
        if (!old) {
            if (!good && c != null) {
                t.wake(c.at().plus(LOOK_AGAIN));
            }
            return c;
        }
        t.fly(new Effect.Examine(CLEAR + step.id(), t.course.listsBefore(step, t.state)));
        return null;
    }

    /** Whether an action may be performed now. If not, people know what it waits for. */
    private static boolean mayAct(Turn t, Course.Step step) {
        if (t.state.changedPlan != null
                || t.state.needs.containsKey(Needs.PLAN_CHANGED)
                || t.state.needs.containsKey(Needs.ANOTHER_ARMED)
                || t.state.needs.keySet().stream().anyMatch(key -> key.startsWith(Needs.PRE_EXISTING))
                || !withinWindow(t, step)
                || !knowsWhatWasBefore(t)) {
            return false;
        }
        State.Clearance c = cleared(t, step);
        if (c == null) {
            return false;
        }
        if (!mayBeDecided(t, c)) {
            t.noLonger(Needs.DECISION, "the verdict is " + c.verdict());
            t.need(
                    Needs.VERDICT,
                    "before step " + step.id() + " the verdict is " + c.verdict() + ": "
                            + String.join("; ", c.details()),
                    step.of().owner().orElse(""));
            return false;
        }
        t.noLonger(Needs.VERDICT, "the verdict is " + c.verdict());
        State.Decision decision = t.state.decision;
        if (decision == null) {
            if (!t.state.needs.containsKey(Needs.DECISION)) {
                t.inform(
                        "decision-asked:" + c.digest(),
                        t.plan().name() + " waits for a decision: " + c.verdict() + ", digest " + c.digest());
            }
            needDecision(t, c);
            return false;
        }
        if (!decision.digest().equals(c.digest())) {
            String changed = whatChanged(t, decision, c);
            if (changed != null) {
                t.emit(new Event.DecisionStale(changed));
                needDecision(t, c);
                return false;
            }
        }
        t.noLonger(Needs.DECISION, "decided by " + decision.by().id());
        return true;
    }

    /** Why a decision no longer stands; {@code null} if there is nothing that it did not know of. */
    private static @Nullable String whatChanged(Turn t, State.Decision decision, State.Clearance c) {
        if (!digest(t, decision.open()).equals(decision.digest())) {
            return "the plan, the environment or T has changed";
        }
        Set<String> more = new TreeSet<>(c.open());
        decision.open().forEach(more::remove);
        return more.isEmpty() ? null : "not in order since: " + String.join("; ", more);
    }

    /** Whether a verdict is one on which a person can say GO. */
    static boolean mayBeDecided(Turn t, State.Clearance c) {
        return isGood(c.verdict()) || letsEmergency(t, c);
    }

    private static boolean letsEmergency(Turn t, State.Clearance c) {
        Emergency path = t.plan().emergency().orElse(null);
        if (t.state.emergency == null || path == null) {
            return false;
        }
        return path.neverSkipped().isEmpty() || c.open().stream().noneMatch(line -> forbids(t, path, line));
    }

    /** Whether a line names what even an emergency does not skip, or a list that may hold it and was not examined. */
    private static boolean forbids(Turn t, Emergency path, String openLine) {
        int space = openLine.lastIndexOf(' ');
        String name = openLine.substring(0, Math.max(space, 0));
        return switch (openLine.substring(space + 1)) {
            case "WARNED", "WAIVED" -> false;
            case "NOT_RUN", "NOT_EXAMINED" ->
                t.course.itemsOf(name).stream()
                        .anyMatch(item -> path.neverSkipped().contains(item));
            default -> path.neverSkipped().contains(name);
        };
    }

    private static boolean withinWindow(Turn t, Course.Step step) {
        Course.Step first = t.course.firstInWindow(t.state).orElse(null);
        if (first == null
                || !first.id().equals(step.id())
                || t.state.step(step.id()).status().isOver()
                || t.state.overridden.contains(Needs.WINDOW)
                || t.state.emergency != null) {
            return true;
        }
        WindowDecision decision = t.plan().windows().at(t.now, t.state.blackouts);
        decision.until().ifPresent(t::wake);
        if (decision.state() == WindowDecision.State.ALLOWED) {
            Duration back = t.course.policy().flatMap(RollbackPolicy::budget).orElse(Duration.ZERO);
            Instant end = t.plan()
                    .windows()
                    .answered(t.state.blackouts)
                    .endOfWindow(t.now)
                    .orElse(null);
            Instant latest =
                    end == null ? Instant.MAX : end.minus(t.course.length()).minus(back);
            if (end == null || !t.now.isAfter(latest)) {
                t.noLonger(Needs.WINDOW, "within the window");
                if (end != null) {
                    t.wake(latest.plusNanos(1));
                }
                return true;
            }
            t.wake(end);
            String text = "too late for this window; " + whatThen(t) + ": the latest start was " + latest
                    + ", since the plan and its way back must end by " + end;
            if (!t.state.needs.containsKey(Needs.WINDOW)) {
                t.inform("too-late:" + latest, t.plan().name() + ": " + text);
            }
            t.need(Needs.WINDOW, text, "");
            return false;
        }
        boolean missed = t.now.isAfter(t.state.planned)
                && t.plan().windows().at(t.state.planned, t.state.blackouts).state() == WindowDecision.State.ALLOWED;
        t.need(
                Needs.WINDOW,
                "not now: " + decision.because() + (missed ? "; the window of T is over; " + whatThen(t) : ""),
                "");
        return false;
    }

    /** What people can do about a launch that cannot begin any more as planned. */
    private static String whatThen(Turn t) {
        return (t.state.phase == LaunchState.ARMED ? "reschedule(..), " : "")
                + "override(..), abort(..) or wait for the next";
    }

    /**
     * Whether the signals of what others run were sampled for long enough to tell what was red before the launch: a
     * launch that is armed late would take it for its own doing.
     */
    private static boolean knowsWhatWasBefore(Turn t) {
        boolean others = t.course
                .policy()
                .map(policy ->
                        policy.rules().stream().anyMatch(rule -> rule.trigger().isOnSomethingElse()))
                .orElse(false);
        Instant since = t.state.probingSince;
        if (!others || since == null || t.state.phase != LaunchState.ARMED || t.state.emergency != null) {
            return true;
        }
        Duration baseline = Watching.baseline(t);
        if (t.passed(since.plus(baseline))) {
            t.noLonger(Needs.BASELINE, "sampled for " + Spans.text(baseline));
            return true;
        }
        t.need(Needs.BASELINE, "what was red before is found out until " + since.plus(baseline), "");
        return false;
    }

    // ---- actions

    static List<Course.Planned> planned(List<Action> actions) {
        return actions.stream()
                .map(action -> Course.Planned.of(Course.key(action), action, true))
                .toList();
    }

    private static void perform(Turn t, Course.Step step, List<Action> actions) {
        StepStatus status = t.state.step(step.id()).status();
        if (status == StepStatus.FAILED) {
            waitsForPeople(t, step);
            return;
        }
        List<Course.Planned> group = planned(actions);
        if (status == StepStatus.PENDING) {
            if (needsClearance(t, step) && !mayAct(t, step)) {
                return;
            }
            t.noLonger(Needs.WINDOW, "begun");
            if (t.state.phase == LaunchState.ARMED) {
                t.emit(new Event.Phase(LaunchState.LAUNCHING));
                t.inform(
                        "launching",
                        t.plan().name() + " is being launched in "
                                + t.state.arming().environment());
            }
            t.emit(new Event.StepBegan(step.id()));
        } else if (wasOnlyBegun(t, step, group) && !mayAct(t, step)) {
            return;
        }
        for (Course.Planned planned : group) {
            Performing.progress(t, planned);
        }
        if (Performing.allOver(t, group)) {
            performed(t, step, group);
        }
    }

    /** Whether a step was begun before the launch was taken up again or resumed, and nothing of it was ever sent. */
    private static boolean wasOnlyBegun(Turn t, Course.Step step, List<Course.Planned> group) {
        return t.state.step(step.id()).since().isBefore(t.state.clockFrom)
                && group.stream().noneMatch(planned -> t.state.action(planned.key()).everSent)
                && !Performing.allOver(t, group);
    }

    /**
     * Everything before is looked at again before the first group of a moment. The next ones follow at once, unless the
     * launch was taken up again or resumed since then: what was in order may be so no more.
     */
    private static boolean needsClearance(Turn t, Course.Step step) {
        return t.course.steps().stream()
                .filter(other -> other.moment() == step.moment() && other.index() < step.index() && other.performs())
                .map(other -> t.state.clearances.get(other.id()))
                .noneMatch(cleared -> cleared != null && !cleared.at().isBefore(t.state.clockFrom));
    }

    private static void performed(Turn t, Course.Step step, List<Course.Planned> group) {
        if (t.state.h == null) {
            boolean deploys = !t.course.deploys().isEmpty();
            boolean first = group.stream()
                    .filter(planned -> !deploys || planned.action() instanceof Deploy)
                    .anyMatch(planned -> t.state.action(planned.key()).isGood());
            boolean last = step.moment() == t.course.lastLaunching();
            if (first && (deploys || last)) {
                t.emit(new Event.Launched(t.now));
            }
        }
        List<String> bad = new ArrayList<>();
        boolean goesOn = true;
        boolean deployFailed = false;
        for (Course.Planned planned : group) {
            ActionState a = t.state.action(planned.key());
            if (!a.isGood()) {
                bad.add(planned.action().id() + " " + a.ended + ": " + a.why);
                // what a person leaves out does not fail the step again
                goesOn &= a.ended == ActionStatus.SKIPPED
                        || (planned.action().conduct().onFailure() == Action.OnFailure.CONTINUE
                                && a.ended != null
                                && !a.ended.isUnsettled());
                deployFailed |= planned.action() instanceof Deploy;
                if (a.ended != null && a.ended.isUnsettled()) {
                    t.need(
                            Needs.ACTION + planned.key(),
                            planned.action().sentence() + ": " + a.why,
                            step.of().owner().orElse(""));
                }
            }
        }
        if (bad.isEmpty() || goesOn) {
            t.emit(new Event.StepEnded(step.id(), StepStatus.DONE, String.join("; ", bad)));
            return;
        }
        failed(t, step, String.join("; ", bad), deployFailed && mixed(t, step));
    }

    /** Whether a new release of one component stands beside an old one of another that does not go with it. */
    private static boolean mixed(Turn t, Course.Step step) {
        List<String> failed = new ArrayList<>();
        for (Action action : step.actions()) {
            if (action instanceof Deploy deploy
                    && !t.state.action(Course.key(action)).isGood()) {
                failed.add(deploy.component().name());
            }
        }
        return t.state.launched.keySet().stream()
                .filter(live -> !failed.contains(live))
                .anyMatch(live -> failed.stream().anyMatch(other -> !t.plan().compatible(live, other)));
    }

    // ---- proving what is served

    private static void identity(Turn t, Course.Step step, Moment.Step.Identity identity) {
        State.StepState state = t.state.step(step.id());
        if (state.status() == StepStatus.FAILED) {
            waitsForPeople(t, step);
            return;
        }
        if (state.status() == StepStatus.PENDING) {
            t.emit(new Event.StepBegan(step.id()));
        }
        String key = IDENTITY + step.id();
        Instant last = t.state.tried.get(key);
        if (!t.flying(key) && (last == null || t.passed(last.plus(IDENTITY_EVERY)))) {
            Checklist list = Checklist.named(
                            "identity of " + identity.of().component().name())
                    .require(identity.served().as("identity"))
                    .build();
            t.fly(new Effect.Examine(key, List.of(new Effect.Listed(step.id(), list))));
        }
    }

    private static void identityLooked(Turn t, Course.Step step, Input.ListResult result) {
        if (!(step.what() instanceof Moment.Step.Identity identity)
                || t.state.step(step.id()).status() != StepStatus.RUNNING) {
            return;
        }
        String component = identity.of().component().name();
        Release release = t.state.launched.get(component);
        if (isGood(result.verdict()) && release != null) {
            t.emit(new Event.IdentitySeen(component, release));
            t.emit(new Event.StepEnded(step.id(), StepStatus.DONE, release + " is what is served"));
            boolean all = t.course.deploys().keySet().stream().allMatch(t.state.proven::contains);
            if (all && t.state.triggersArmed == null) {
                t.emit(new Event.TriggersArmed(t.now));
            }
            return;
        }
        Instant since = t.state.step(step.id()).since();
        if (!t.now.isBefore(t.state.counted(since).plus(IDENTITY_WITHIN))) {
            failed(
                    t,
                    step,
                    "the release of " + component + " is not what is served: " + String.join("; ", result.details()),
                    false);
        }
    }

    // ---- gates

    private static void gate(Turn t, Course.Step step, Checklist list) {
        State.StepState state = t.state.step(step.id());
        if (state.status() == StepStatus.FAILED) {
            waitsForPeople(t, step);
            return;
        }
        if (t.flying(GATE + step.id()) || t.flying(AGAIN + step.id())) {
            return;
        }
        if (state.status() == StepStatus.PENDING) {
            t.emit(new Event.StepBegan(step.id()));
        }
        boolean again = hasFailedOnce(t, step, list);
        String key = (again ? AGAIN : GATE) + step.id();
        Instant last = lastTry(t, step);
        Duration pause = last != null && mayStillTell(t, step, last) ? UNSURE_EVERY : LOOK_AGAIN;
        if (again || last == null || t.state.toldSince(key) || t.passed(last.plus(pause))) {
            Map<String, Effect.Listed> lists = new LinkedHashMap<>();
            for (Effect.Listed before : t.course.listsBefore(step, t.state)) {
                lists.put(before.list().digest(), before);
            }
            lists.put(list.digest(), new Effect.Listed(step.id(), list));
            t.fly(new Effect.Examine(key, List.copyOf(lists.values())));
        }
    }

    /** Whether a gate that could not tell has at an instant still some of its minute left. */
    private static boolean mayStillTell(Turn t, Course.Step step, Instant at) {
        Instant since = t.state.unsureSince.get(step.id());
        return since != null && at.isBefore(t.state.counted(since).plus(UNSURE_FOR));
    }

    private static @Nullable Instant lastTry(Turn t, Course.Step step) {
        Instant first = t.state.tried.get(GATE + step.id());
        Instant again = t.state.tried.get(AGAIN + step.id());
        return again != null && (first == null || again.isAfter(first)) ? again : first;
    }

    private static Optional<RollbackPolicy.Gate> policyOf(Turn t, Checklist gate) {
        return t.course
                .policy()
                .flatMap(policy -> policy.gates().stream()
                        .filter(one -> one.list().equals(gate.name()))
                        .findFirst());
    }

    /** Whether the newest run of a gate that counts only if it fails twice was its first failure. */
    private static boolean hasFailedOnce(Turn t, Course.Step step, Checklist gate) {
        State.ListState run = t.state.lists.get(step.id());
        return run != null
                && t.state.step(step.id()).status() == StepStatus.RUNNING
                && !run.at().isBefore(t.state.step(step.id()).since())
                && GATE.equals(run.purpose() + ":")
                && run.verdict() == Verdict.NO_GO
                && policyOf(t, gate).map(RollbackPolicy.Gate::confirmed).orElse(false);
    }

    private static void gateEnded(Turn t, Course.Step step, boolean again, List<Input.ListResult> results) {
        if (t.state.step(step.id()).status() != StepStatus.RUNNING) {
            // told twice, or too late
            return;
        }
        Input.ListResult own = results.stream()
                .filter(result -> result.step().equals(step.id()))
                .findFirst()
                .orElseThrow();
        String name = own.list();
        Verdict verdict = worst(results);
        boolean waitsForPeople = results.stream().allMatch(one -> isGood(one.verdict()) || one.waits());
        boolean unsure = !isGood(verdict) && verdict != Verdict.NO_GO && !waitsForPeople;
        boolean isRunOnceMore = verdict == Verdict.NO_GO
                && !again
                && step.list()
                        .flatMap(list -> policyOf(t, list))
                        .filter(RollbackPolicy.Gate::confirmed)
                        .isPresent();
        t.state = t.state.unsure(step.id(), unsure || isRunOnceMore, t.now);
        if (isGood(verdict)) {
            t.noLonger(Needs.STEP + step.id(), "passed");
            t.emit(new Event.StepEnded(step.id(), StepStatus.DONE, name + " is in order"));
            return;
        }
        String open = String.join("; ", details(results));
        if (verdict == Verdict.NO_GO) {
            RollbackPolicy.Gate rule =
                    own.verdict() == Verdict.NO_GO && step.list().isPresent()
                            ? policyOf(t, step.list().get()).orElse(null)
                            : null;
            if (rule != null && rule.confirmed() && !again) {
                // it is run once more before it counts
                return;
            }
            if (rule != null && rule.consequence() == Consequence.ROLL_BACK && Commands.somethingToTakeBack(t)) {
                t.emit(new Event.StepEnded(step.id(), StepStatus.FAILED, open));
                Rollbacks.decide(
                        t,
                        "gate " + name,
                        "the gate " + name + " failed: " + open,
                        t.course.everything(),
                        List.of(),
                        null,
                        false);
            } else {
                failed(t, step, "the gate " + name + " failed: " + open, false);
            }
            return;
        }
        if (mayStillTell(t, step, t.now)) {
            // what is on its way may have come by then, and nobody need be asked
            return;
        }
        // nobody is punished for what could not be found out: people look, and so does the engine again
        String text = "the gate " + name + " is " + verdict + ": " + open;
        if (!t.state.needs.containsKey(Needs.STEP + step.id())) {
            t.inform("undecided:" + step.id() + "@" + t.now, t.plan().name() + ": " + text);
        }
        t.need(Needs.STEP + step.id(), text, step.of().owner().orElse(""));
    }

    // ---- announcements

    private static void announce(Turn t, Course.Step step, Announcement announcement) {
        if (speaksTooEarly(t, step)) {
            return;
        }
        t.post("announce:" + step.id(), announcement.channel(), announcement.filled(places(t)), false);
        t.emit(new Event.StepEnded(
                step.id(),
                StepStatus.DONE,
                "posted to " + announcement.channel().name()));
    }

    /** Nobody is told that something begins as long as it may not begin. */
    private static boolean speaksTooEarly(Turn t, Course.Step step) {
        for (Course.Step next : t.course.steps()) {
            if (next.moment() == step.moment() && next.index() > step.index() && next.performs()) {
                return t.state.step(next.id()).status() == StepStatus.PENDING
                        && needsClearance(t, next)
                        && !mayAct(t, next);
            }
        }
        return false;
    }

    static Map<String, String> places(Turn t) {
        State s = t.state;
        Map<String, String> places = new LinkedHashMap<>();
        places.put("plan", t.plan().name());
        places.put("environment", s.arming().environment());
        places.put(
                "release", s.launched.values().stream().map(Release::toString).collect(Collectors.joining(", ")));
        places.put("state", s.state().name());
        List<State.ListState> lists = List.copyOf(s.lists.values());
        Verdict verdict = lists.stream()
                .map(State.ListState::verdict)
                .max(Enum::compareTo)
                .orElse(Verdict.UNDECIDED);
        places.put("verdict", verdict.name());
        places.put(
                "reasons",
                lists.stream().flatMap(list -> list.open().stream()).distinct().collect(Collectors.joining("; ")));
        places.put("T", s.planned.atZone(t.plan().zone()).toString());
        places.put("H", s.h == null ? "not yet" : s.h.atZone(t.plan().zone()).toString());
        places.put("now", t.now.atZone(t.plan().zone()).toString());
        return places;
    }

    // ---- endings

    private static void failed(Turn t, Course.Step step, String why, boolean mixed) {
        t.emit(new Event.StepEnded(step.id(), StepStatus.FAILED, why));
        String text = t.plan().name() + ": step " + step.id() + " failed: " + why;
        Ending ending = mixed && t.course.policy().isPresent() && step.of().ending() == Ending.ASK
                ? Ending.ROLL_BACK
                : step.of().ending();
        if (ending == Ending.ROLL_BACK && !Commands.somethingToTakeBack(t)) {
            // there is nothing to take back yet
            ending = Ending.ASK;
        }
        switch (ending) {
            case HOLD -> {
                t.emit(new Event.Held(Turn.ENGINE, text));
                t.need(
                        Needs.HELD,
                        text + "; resume to try it again",
                        step.of().owner().orElse(""));
                t.inform("failed:" + step.id() + "@" + t.now, text);
            }
            case ROLL_BACK ->
                Rollbacks.decide(t, "step " + step.id(), text, t.course.everything(), List.of(), null, false);
            case ASK -> {
                waitsForPeople(t, step);
                t.inform("failed:" + step.id() + "@" + t.now, text);
            }
        }
    }

    /** What has failed stays with people until they have it tried again, also when a rollback was denied. */
    private static void waitsForPeople(Turn t, Course.Step step) {
        t.need(
                Needs.STEP + step.id(),
                t.plan().name() + ": step " + step.id() + " failed: "
                        + t.state.step(step.id()).why() + "; look again, roll back or abort" + passed(t, step),
                step.of().owner().orElse(""));
    }

    /** Says of what has failed how it stands with the new T. */
    static void rescheduled(Turn t) {
        t.course.steps().stream()
                .filter(step -> t.state.needs.containsKey(Needs.STEP + step.id()))
                .filter(step -> t.state.step(step.id()).status() == StepStatus.FAILED)
                .forEach(step -> waitsForPeople(t, step));
    }

    /** That T has passed, if a step that was due before it is still in its way. */
    private static String passed(Turn t, Course.Step step) {
        Instant due = t.course.due(step.of().offset(), t.state);
        boolean inTheWay = due != null && due.isBefore(t.state.planned) && !t.now.isBefore(t.state.planned);
        return inTheWay ? "; T has passed since (" + t.state.planned + ")" : "";
    }

    /** Carries out again what failed. */
    static void reopen(Turn t) {
        for (Course.Step step : t.course.steps()) {
            if (t.state.step(step.id()).status() != StepStatus.FAILED) {
                continue;
            }
            for (Action action : step.actions()) {
                ActionState a = t.state.action(Course.key(action));
                if (a.isOver() && !a.isGood() && a.ended != ActionStatus.SKIPPED) {
                    t.emit(new Event.ActionReopened(Course.key(action)));
                    t.noLonger(Needs.ACTION + Course.key(action), "tried again");
                }
            }
            t.emit(new Event.StepReopened(step.id()));
            t.noLonger(Needs.STEP + step.id(), "tried again");
        }
    }
}
