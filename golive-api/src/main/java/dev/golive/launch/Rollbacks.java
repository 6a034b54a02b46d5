package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.Observation;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.internal.Ids;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Sample;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one rollback of a launch: decided once, approved if a person has to, performed in order, verified, and watched for
 * a while.
 */
final class Rollbacks {

    /** How long a verification may be red before it counts: what was just brought back has to start. */
    private static final Duration RED_FOR = Duration.ofMinutes(1);

    private static final Duration VERIFY_EVERY = Duration.ofSeconds(15);
    private static final Duration AFTERCARE_EVERY = Duration.ofMinutes(1);

    private static final String CONFIRM = "confirm:";
    private static final String VERIFY = "verify";
    private static final String LOOK = "aftercare:";

    private Rollbacks() {}

    // ---- the decision

    /**
     * Decides to roll back, unless that was done before: then this is one more piece of evidence.
     *
     * @param confirm whether the signals are sampled once more before anything is done
     */
    static void decide(
            Turn t,
            String cause,
            String why,
            List<String> components,
            List<Sample> evidence,
            @Nullable Person by,
            boolean confirm) {
        if (t.state.isOver()) {
            return;
        }
        if (t.state.isLatched()) {
            further(t, cause, why, components, by, confirm);
            return;
        }
        RollbackPolicy policy = t.course.policy().orElse(null);
        if (policy == null) {
            t.need(Needs.ROLLBACK, why + "; the plan has no way back: people decide", "");
            t.alarm("no-way-back:" + cause, t.plan().name() + ": " + why + "; the plan has no way back");
            return;
        }
        List<String> back = components.isEmpty() ? t.course.everything() : components;
        String id = Ids.digest(t.course.digest() + t.state.armedAt + "rollback" + t.state.refused.size())
                .substring(0, 12);
        boolean automatic = isAutomatic(t, policy);
        boolean looksAgain = confirm && automatic && !probesOf(t, evidence).isEmpty();
        t.emit(new Event.Deciding(id, cause, why, back, evidence, by, looksAgain));
        if (policy.isDryRun()) {
            suppress(t);
        } else if (!looksAgain) {
            authorise(t, policy, by, why);
        } else {
            probesOf(t, evidence).forEach(probe -> t.fly(new Effect.Take(CONFIRM + probe.id(), probe, t.now)));
        }
    }

    /** A rollback that waits for a fresh look or for an approval need not wait for a cause that needs neither. */
    private static void further(
            Turn t, String cause, String why, List<String> components, @Nullable Person by, boolean confirm) {
        List<String> before = row(t).components;
        evidence(t, cause, why, components);
        Row row = row(t);
        RollbackPolicy policy = t.course.policy().orElse(null);
        if (policy == null || policy.isDryRun()) {
            return;
        }
        if (row.status == Row.Status.CONFIRMING && !confirm) {
            authorise(t, policy, by == null ? row.by : by, row.why + "; " + why);
        } else if (row.status == Row.Status.AWAITING_APPROVAL && by != null && mayApprove(policy, by)) {
            approve(t, by, why);
        } else if (row.status == Row.Status.AWAITING_APPROVAL && !row.components.equals(before)) {
            State.Need asked = t.state.needs.get(Needs.APPROVAL);
            if (asked != null) {
                // who approves is to know that more goes back than was asked first
                t.need(Needs.APPROVAL, asked.what() + "; also " + why, asked.owner());
            }
        }
    }

    /** One more reason to roll back. As long as nothing has begun, what it concerns goes back too. */
    static void evidence(Turn t, String cause, String why, List<String> components) {
        Row row = row(t);
        List<String> more = components.isEmpty() ? t.course.everything() : components;
        List<String> back = t.course.everything().stream()
                .filter(one -> row.components.contains(one) || more.contains(one))
                .toList();
        t.emit(new Event.EvidenceAdded(cause, why, back));
    }

    private static Set<Probe> probesOf(Turn t, List<Sample> evidence) {
        Set<Probe> probes = new LinkedHashSet<>();
        for (Sample sample : evidence) {
            Probe probe = t.course.probes().get(sample.signal());
            if (probe != null) {
                probes.add(probe);
            }
        }
        return probes;
    }

    /** Whether nobody needs to be asked: the policy says so, and nothing has happened that takes it back. */
    private static boolean isAutomatic(Turn t, RollbackPolicy policy) {
        return policy.isAutomatic()
                && t.state.arming().durableJournal()
                && t.state.changedPlan == null
                && pointOfNoReturn(t) == null;
    }

    private static @Nullable String pointOfNoReturn(Turn t) {
        for (Course.Step step : t.course.steps()) {
            if (step.of().isPointOfNoReturn() && t.state.step(step.id()).status() != StepStatus.PENDING) {
                return step.of().toString();
            }
        }
        return null;
    }

    /** A dry run goes on as if nothing was decided, and remembers what it would have done. */
    private static void suppress(Turn t) {
        List<String> would = new ArrayList<>();
        for (List<Course.Planned> group : t.course.wayBack(Objects.requireNonNull(t.state.row).components, t.state)) {
            for (Course.Planned planned : group) {
                would.add(planned.action().sentence());
                t.fly(new Effect.Observe(
                        "would:" + planned.key(), planned.key(), planned.ways().get(0)));
            }
        }
        t.emit(new Event.Suppressed(would));
        t.inform("would-roll-back", t.plan().name() + " would have been rolled back (dry run): " + t.state.row.why);
    }

    private static void authorise(Turn t, RollbackPolicy policy, @Nullable Person by, String because) {
        Row row = row(t);
        if (by != null && mayApprove(policy, by)) {
            approve(t, by, because);
        } else if (isAutomatic(t, policy)) {
            approve(t, null, "automatic");
        } else {
            String noReturn = pointOfNoReturn(t);
            String why = because + (noReturn == null ? "" : "; past the point of no return (" + noReturn + ")");
            Instant expires = t.now.plus(policy.approvalTimeout());
            t.emit(new Event.ApprovalAsked(Ids.digest(row.id + "token").substring(0, 12), expires, why));
            t.need(Needs.APPROVAL, "approve or deny the rollback " + row.id + ": " + why, roles(policy));
            t.inform("approve:" + row.id, t.plan().name() + ": roll back? " + why + " (answer by " + expires + ")");
        }
    }

    static String roles(RollbackPolicy policy) {
        return String.join(" or ", policy.approvers());
    }

    /** Whether a person's word is enough to roll back. */
    static boolean mayApprove(RollbackPolicy policy, Person by) {
        return !by.automation()
                && (policy.approvers().isEmpty() || policy.approvers().stream().anyMatch(by::isIn));
    }

    static void approve(Turn t, @Nullable Person by, String reason) {
        t.emit(new Event.RollbackApproved(by, reason));
        t.noLonger(Needs.APPROVAL, "approved");
        for (String key : List.copyOf(t.state.needs.keySet())) {
            if (key.startsWith(Needs.STEP)
                    || key.startsWith(Needs.TRIGGER)
                    || key.startsWith(Needs.REPORT)
                    || key.startsWith(Needs.ACTION)
                    || key.equals(Needs.ROLLBACK)
                    || key.equals(Needs.HELD)) {
                t.noLonger(key, "rolled back instead");
            }
        }
        t.inform(
                "rolling-back:" + row(t).id,
                t.plan().name() + " is being rolled back in " + t.state.arming().environment() + ": " + row(t).why);
    }

    private static Row row(Turn t) {
        return Objects.requireNonNull(t.state.row);
    }

    // ---- what comes back

    static boolean isMine(String key) {
        return key.startsWith(CONFIRM) || key.equals(VERIFY) || key.startsWith(LOOK);
    }

    static void confirmed(Turn t, Sample fresh) {
        Row row = t.state.row;
        RollbackPolicy policy = t.course.policy().orElse(null);
        if (row == null || policy == null || row.status != Row.Status.CONFIRMING) {
            return;
        }
        if (fresh.reading() == Sample.Reading.BREACH) {
            authorise(t, policy, row.by, row.why);
            return;
        }
        if (t.state.inFlight.stream().anyMatch(key -> key.startsWith(CONFIRM))) {
            // another signal may still bear it out
            return;
        }
        String why = "a fresh sample of " + fresh.signal() + " was " + fresh.reading()
                + (fresh.why().isEmpty() ? "" : ": " + fresh.why());
        refused(t, Turn.ENGINE, new Event.NotConfirmed(why), "not confirmed");
        if (fresh.reading() != Sample.Reading.OK) {
            t.need(Needs.INCONCLUSIVE + fresh.signal(), "a rollback was not borne out: " + why, roles(policy));
            t.inform("not-confirmed:" + t.now, t.plan().name() + ": " + why + "; nothing was rolled back");
        }
    }

    // ---- what is due

    static void progress(Turn t) {
        Row row = t.state.row;
        RollbackPolicy policy = t.course.policy().orElse(null);
        if (row == null || policy == null) {
            return;
        }
        if (row.status == Row.Status.ROLLING_BACK
                && !t.state.followUpsBegan
                && !policy.followUps().isEmpty()) {
            Map<String, Instant> due = new LinkedHashMap<>();
            policy.followUps().forEach(one -> due.put(one.what(), t.now.plus(one.within())));
            t.emit(new Event.FollowUpsBegan(due));
        }
        switch (row.status) {
            case CONFIRMING -> confirmAgain(t, row, policy);
            case AWAITING_APPROVAL -> awaiting(t, row, policy);
            case ROLLING_BACK -> rollBack(t, row, policy);
            case VERIFYING -> verify(t, row, policy);
            case AFTERCARE -> aftercare(t, row, policy);
            case WOULD_ROLL_BACK -> {}
        }
    }

    /** After a crash between the decision and the fresh look. */
    private static void confirmAgain(Turn t, Row row, RollbackPolicy policy) {
        Set<Probe> probes = probesOf(t, row.evidence);
        if (policy.isDryRun()) {
            suppress(t);
        } else if (probes.isEmpty() || !isAutomatic(t, policy) || row.by != null) {
            authorise(t, policy, row.by, row.why);
        } else if (probes.stream().noneMatch(probe -> t.tried(CONFIRM + probe.id()))) {
            probes.forEach(probe -> t.fly(new Effect.Take(CONFIRM + probe.id(), probe, t.now)));
        }
    }

    private static void awaiting(Turn t, Row row, RollbackPolicy policy) {
        if (policy.onClear() == RollbackPolicy.OnClear.WITHDRAW && !row.furtherCause && hasCleared(t, row)) {
            refused(t, Turn.ENGINE, new Event.RollbackWithdrawn(row.cause + " has cleared"), "withdrawn");
            t.inform(
                    "withdrawn:" + row.id,
                    t.plan().name() + ": no rollback is asked for any more, " + row.cause + " has cleared");
            return;
        }
        Instant expires = Objects.requireNonNull(row.expires);
        if (!t.passed(expires)) {
            return;
        }
        String late = t.plan().name() + ": nobody approved or denied the rollback in "
                + Spans.text(policy.approvalTimeout()) + ": " + row.why;
        switch (policy.onTimeout()) {
            case PROCEED -> approve(t, null, "nobody answered in time, and the policy says to proceed then");
            case DENY -> {
                refused(
                        t,
                        Turn.ENGINE,
                        new Event.RollbackExpired("nobody answered in time, and the policy says to deny then"),
                        "expired");
                t.inform("expired:" + row.id, late);
            }
            case ESCALATE -> {
                refused(t, Turn.ENGINE, new Event.RollbackExpired("nobody answered in time"), "expired");
                t.need(Needs.ROLLBACK, late + "; decide by hand", roles(policy));
                t.alarm("expired:" + row.id, late);
            }
        }
    }

    /** The rollback that was asked for is not carried out. A launch that somebody wanted to abort stays held then. */
    static void refused(Turn t, Person by, Event how, String settled) {
        boolean aborting = t.state.aborted != null;
        t.emit(how);
        t.noLonger(Needs.APPROVAL, settled);
        if (aborting && t.state.held == null) {
            String why = "held, since the rollback of an aborted launch was " + settled;
            t.emit(new Event.Held(by, why));
            t.need(Needs.HELD, why, "");
        }
    }

    private static boolean hasCleared(Turn t, Row row) {
        return t.state.judgements().stream()
                .filter(judgement -> row.cause.equals(Watching.cause(judgement)))
                .anyMatch(judgement -> !judgement.isBreaching());
    }

    // ---- performing

    private static void rollBack(Turn t, Row row, RollbackPolicy policy) {
        if (t.state.changedPlan != null) {
            // what was approved is not what this plan would perform
            return;
        }
        if (Performing.isSendingForTheLaunch(t)) {
            // what is still being sent would overtake what takes it back; each call has its own limit of time
            return;
        }
        giveUpLaunchActions(t, "given up: the launch is rolled back");
        List<List<Course.Planned>> groups = t.course.wayBack(row.components, t.state);
        budgets(t, row, policy, groups);
        String stopped = null;
        for (List<Course.Planned> group : groups) {
            for (Course.Planned planned : group) {
                ActionState a = t.state.action(planned.key());
                if (a.isOver()) {
                    unsettled(t, planned, a, policy);
                } else if (stopped != null) {
                    t.emit(new Event.ActionEnded(planned.key(), ActionStatus.SKIPPED, stopped, null));
                } else if (mayDestroy(t, planned, groups, policy) && isPermitted(t, planned, policy)) {
                    Performing.progress(t, planned);
                }
            }
            if (group.stream().anyMatch(planned -> holdsUp(t, planned, groups, policy))) {
                return;
            }
            for (Course.Planned planned : group) {
                ActionState a = t.state.action(planned.key());
                if (a.isOver() && !a.isGood() && stops(planned, a)) {
                    stopped = "needs " + planned.action().id() + ", which is " + a.ended;
                }
            }
        }
        if (groups.stream().allMatch(group -> Performing.allOver(t, group)) && lookedLate(t, policy, groups)) {
            performed(t, policy, groups);
        }
    }

    /** Whether what comes after an action waits for it. */
    private static boolean holdsUp(
            Turn t, Course.Planned planned, List<List<Course.Planned>> groups, RollbackPolicy policy) {
        ActionState a = t.state.action(planned.key());
        if (a.isOver()) {
            return stops(planned, a) && mayBeSettled(t, a, policy);
        }
        // what waits for a permission, or for what comes before it, holds up nobody else, but code does not go back
        // before its schema
        return isDown(planned)
                || !(t.state.needs.containsKey(Needs.PERMIT + planned.key()) || waitsForOthers(t, planned, groups));
    }

    // ---- what destroys something comes after what is in order

    /**
     * Whether everything before a destructive action is where it belongs: what it destroys may be what those that were
     * not brought back still run on. A person who wants it all the same has it tried again.
     */
    private static boolean mayDestroy(
            Turn t, Course.Planned planned, List<List<Course.Planned>> groups, RollbackPolicy policy) {
        if (!waitsForOthers(t, planned, groups)) {
            return true;
        }
        List<Course.Planned> before = before(planned, groups);
        boolean lost = false;
        for (Course.Planned one : before) {
            ActionState a = t.state.action(one.key());
            boolean mayCome = a.ended == ActionStatus.TIMED_OUT
                    ? !Performing.lookedLate(t, one, policy.verifyTimeout())
                    : !isUnpermitted(t, one, a, groups) && mayBeSettled(t, a, policy);
            lost |= a.isOver() && !a.isGood() && !mayCome;
        }
        if (lost && Performing.allOver(t, before)) {
            t.emit(new Event.ActionEnded(
                    planned.key(),
                    ActionStatus.NEEDS_HUMAN,
                    "destructive, and not everything before it was brought back: " + bad(t, before)
                            + "; settle it with AGAIN to have it done all the same, or with SKIP",
                    null));
        }
        return false;
    }

    /** Whether a destructive action that was not begun is kept from it by what comes before it. */
    private static boolean waitsForOthers(Turn t, Course.Planned planned, List<List<Course.Planned>> groups) {
        ActionState a = t.state.action(planned.key());
        return planned.action().kind() == Action.Kind.DESTRUCTIVE
                && !a.isSent()
                && a.reopened == 0
                && before(planned, groups).stream()
                        .anyMatch(one -> !t.state.action(one.key()).isGood());
    }

    private static List<Course.Planned> before(Course.Planned planned, List<List<Course.Planned>> groups) {
        return groups.stream()
                .takeWhile(group -> !group.contains(planned))
                .flatMap(List::stream)
                .toList();
    }

    /** Whether it waits for nobody any more, since nobody permitted it in time. */
    private static boolean isUnpermitted(
            Turn t, Course.Planned planned, ActionState a, List<List<Course.Planned>> groups) {
        return a.ended == ActionStatus.NEEDS_HUMAN && !isSomebodyElse(a) && !waitsForOthers(t, planned, groups);
    }

    /** Whether nothing is done after an action that was not brought to its target. */
    private static boolean stops(Course.Planned planned, ActionState a) {
        if (a.ended == ActionStatus.NEEDS_HUMAN) {
            // where somebody else is at work, nothing more is touched; a missing permission stops nobody else
            return isSomebodyElse(a) || isDown(planned);
        }
        return !planned.goesOn();
    }

    private static boolean isDown(Course.Planned planned) {
        return planned.key().startsWith(Course.DOWN);
    }

    private static boolean isSomebodyElse(ActionState a) {
        return a.seen != null && a.seen.state() == Observation.State.SOMEWHERE_ELSE;
    }

    /** Whether a person still has time to settle an action. */
    private static boolean mayBeSettled(Turn t, ActionState a, RollbackPolicy policy) {
        return a.ended != null
                && a.ended.isUnsettled()
                && !t.passed(Objects.requireNonNull(a.endedAt)
                        .plus(policy.approvalTimeout())
                        .plus(policy.verifyTimeout()));
    }

    /** What the launch itself was still doing is given up. */
    static void giveUpLaunchActions(Turn t, String why) {
        for (Map.Entry<String, ActionState> entry : t.state.actions.entrySet()) {
            if (entry.getKey().startsWith(Course.LAUNCH) && !entry.getValue().isOver()) {
                t.emit(new Event.ActionEnded(entry.getKey(), ActionStatus.SKIPPED, why, null));
            }
        }
    }

    private static boolean isPermitted(Turn t, Course.Planned planned, RollbackPolicy policy) {
        if (planned.action().kind() != Action.Kind.DESTRUCTIVE) {
            return true;
        }
        String key = Needs.PERMIT + planned.key();
        State.Permission permission = t.state.permissions.get(planned.key());
        if (permission != null && t.state.isPermitted(planned.key(), t.now)) {
            t.noLonger(key, "permitted by " + permission.by().id());
            return true;
        }
        String owner = String.join(" or ", policy.destructiveApprovers());
        t.need(
                key,
                "permit the destructive action " + planned.key() + ": "
                        + planned.action().sentence(),
                owner);
        Instant since = Objects.requireNonNull(t.state.needs.get(key)).since();
        if (t.passed(since.plus(policy.approvalTimeout()))) {
            t.emit(new Event.ActionEnded(
                    planned.key(), ActionStatus.NEEDS_HUMAN, "destructive, and nobody permitted it in time", null));
            t.noLonger(key, "not permitted in time");
        }
        return false;
    }

    private static void unsettled(Turn t, Course.Planned planned, ActionState a, RollbackPolicy policy) {
        String key = Needs.ACTION + planned.key();
        if (a.ended != null && a.ended.isUnsettled()) {
            if (!t.state.needs.containsKey(key)) {
                t.need(key, planned.action().sentence() + ": " + a.why, roles(policy));
                t.alarm(
                        "unsettled:" + planned.key() + a.endedAt,
                        t.plan().name() + ": a person has to settle \""
                                + planned.action().sentence() + "\": " + a.why);
            }
        } else {
            t.noLonger(key, "settled");
            if (a.ended == ActionStatus.FAILED || a.ended == ActionStatus.TIMED_OUT) {
                t.alarm(
                        "failed:" + planned.key() + a.endedAt,
                        t.plan().name() + ": " + planned.key() + " is " + a.ended + ": " + a.why);
            }
        }
    }

    private static void budgets(Turn t, Row row, RollbackPolicy policy, List<List<Course.Planned>> groups) {
        if (!groups.stream().allMatch(group -> Performing.allOver(t, group))) {
            policy.budget().ifPresent(limit -> budget(t, row, "the rollback", limit));
        }
        for (List<Course.Planned> group : groups) {
            for (Course.Planned planned : group) {
                if (t.state.action(planned.key()).isOver()) {
                    continue;
                }
                Duration limit = budget(t, planned, policy);
                if (limit != null) {
                    budget(t, row, planned.key(), limit);
                }
            }
        }
    }

    /** How long an action should take: the long way, once it is taken, by its own word. */
    private static @Nullable Duration budget(Turn t, Course.Planned planned, RollbackPolicy policy) {
        Action way = Performing.way(planned, t.state.action(planned.key()));
        Duration own = way.conduct().budget().orElse(null);
        if (!planned.key().startsWith(Course.BACK)
                || (own != null && planned.ways().indexOf(way) > 0)) {
            return own;
        }
        Component component = t.course.components().get(planned.key().substring(Course.BACK.length()));
        return component == null ? own : policy.budget(component).orElse(own);
    }

    /** A budget that is used up is announced, and ends nothing. */
    private static void budget(Turn t, Row row, String what, Duration limit) {
        if (!t.state.broken.contains(what) && t.passed(row.decidedAt.plus(limit))) {
            Duration measured = Duration.between(row.decidedAt, t.now);
            t.emit(new Event.BudgetExceeded(what, limit, measured));
            t.alarm(
                    "budget:" + what,
                    t.plan().name() + ": " + what + " is over its budget of " + Spans.text(limit) + " and goes on");
        }
    }

    /** What did not arrive in time may arrive late: it is looked at as long as a verification would take. */
    private static boolean lookedLate(Turn t, RollbackPolicy policy, List<List<Course.Planned>> groups) {
        boolean all = true;
        for (List<Course.Planned> group : groups) {
            for (Course.Planned planned : group) {
                if (t.state.action(planned.key()).ended == ActionStatus.TIMED_OUT) {
                    all &= Performing.lookedLate(t, planned, policy.verifyTimeout());
                }
            }
        }
        return all;
    }

    private static void performed(Turn t, RollbackPolicy policy, List<List<Course.Planned>> groups) {
        List<Course.Planned> all = groups.stream().flatMap(List::stream).toList();
        for (Course.Planned planned : all) {
            ActionState a = t.state.action(planned.key());
            if (!isUnpermitted(t, planned, a, groups) && mayBeSettled(t, a, policy)) {
                // a person settles it; verifying what is half done would say nothing
                return;
            }
        }
        if (all.stream().noneMatch(planned -> t.state.action(planned.key()).isGood())) {
            end(t, LaunchState.ROLLBACK_FAILED, "nothing was rolled back: " + bad(t, all));
            return;
        }
        t.emit(new Event.Verifying());
    }

    private static String bad(Turn t, List<Course.Planned> all) {
        List<String> lines = new ArrayList<>();
        for (Course.Planned planned : all) {
            ActionState a = t.state.action(planned.key());
            if (!a.isGood()) {
                lines.add(planned.key() + " " + a.ended + " (" + a.why + ")");
            }
        }
        return String.join("; ", lines);
    }

    // ---- verifying

    private static void verify(Turn t, Row row, RollbackPolicy policy) {
        // first, since a run that takes long is followed by another at once
        Instant since = Objects.requireNonNull(row.verifyingSince);
        Instant until = t.state.counted(since).plus(policy.verifyTimeout());
        if (!t.flying(VERIFY) && row.verified != null && t.passed(until)) {
            end(
                    t,
                    LaunchState.TIMED_OUT,
                    soFar(t) + "whether it worked could not be found out in " + Spans.text(policy.verifyTimeout())
                            + ": " + row.verifiedWhy);
            return;
        }
        Instant last = t.state.tried.get(VERIFY);
        if (!t.flying(VERIFY) && (last == null || t.passed(last.plus(VERIFY_EVERY)))) {
            t.fly(new Effect.Examine(VERIFY, List.of(new Effect.Listed(VERIFY, verification(policy)))));
        }
    }

    static Checklist verification(RollbackPolicy policy) {
        Checklist.Builder list = Checklist.named("rollback verification");
        policy.verification().forEach(list::require);
        return list.build();
    }

    static void examined(Turn t, Input.ListResult result) {
        Row row = t.state.row;
        RollbackPolicy policy = t.course.policy().orElse(null);
        if (row == null || policy == null) {
            return;
        }
        String why = String.join("; ", result.details());
        if (row.status == Row.Status.VERIFYING) {
            t.emit(new Event.Verified(result.verdict(), why, result.report()));
            if (Steps.isGood(result.verdict())) {
                verified(t, policy);
            } else if (result.verdict() == Verdict.NO_GO
                    && !t.now.isBefore(Objects.requireNonNull(row(t).redSince).plus(RED_FOR))) {
                end(t, LaunchState.ROLLBACK_FAILED, soFar(t) + "the verification is red: " + why);
            }
        } else if (row.status == Row.Status.AFTERCARE) {
            t.emit(new Event.Verified(result.verdict(), why, result.report()));
            if (result.verdict() == Verdict.NO_GO) {
                t.need(Needs.ROLLBACK, "after the rollback the verification is red again: " + why, roles(policy));
                t.alarm("red-again", t.plan().name() + " was rolled back and is red again: " + why);
            } else if (Steps.isGood(result.verdict())) {
                t.noLonger(Needs.ROLLBACK, "green again");
            }
        }
    }

    /** What became of the way back, as the beginning of what its verification says. */
    private static String soFar(Turn t) {
        String bad = bad(t, all(t));
        return bad.isEmpty() ? "rolled back, but " : "not everything was rolled back: " + bad + "; and ";
    }

    private static List<Course.Planned> all(Turn t) {
        return t.course.wayBack(row(t).components, t.state).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static void verified(Turn t, RollbackPolicy policy) {
        String bad = bad(t, all(t));
        if (!bad.isEmpty()) {
            end(t, LaunchState.PARTIALLY_ROLLED_BACK, "verified, but not everything was rolled back: " + bad);
            return;
        }
        t.inform(
                "rolled-back:" + row(t).id,
                t.plan().name() + " is rolled back and verified in "
                        + t.state.arming().environment());
        t.emit(new Event.AftercareBegan(t.now.plus(policy.aftercare())));
    }

    // ---- aftercare

    private static void aftercare(Turn t, Row row, RollbackPolicy policy) {
        Instant last = t.state.tried.get(VERIFY);
        Instant until = Objects.requireNonNull(row.aftercareUntil);
        boolean verifiedAtTheEnd = t.passed(until) && row.verifiedAt != null && !row.verifiedAt.isBefore(until);
        if (!verifiedAtTheEnd && !t.flying(VERIFY) && (last == null || t.passed(last.plus(AFTERCARE_EVERY)))) {
            t.fly(new Effect.Examine(VERIFY, List.of(new Effect.Listed(VERIFY, verification(policy)))));
        }
        for (Component component : policy.components()) {
            String key = LOOK + component.name();
            Instant looked = t.state.tried.get(key);
            // once at least, however short it is
            if (row.components.contains(component.name())
                    && !t.flying(key)
                    && (looked == null || t.passed(looked.plus(AFTERCARE_EVERY)))) {
                t.fly(new Effect.Look(key, component));
            }
        }
        if (!t.passed(until) || t.flying(VERIFY) || looking(t)) {
            return;
        }
        String undone = undone(t, row);
        if (undone != null) {
            end(t, LaunchState.ROLLBACK_FAILED, undone);
        } else if (row.verified == Verdict.NO_GO) {
            end(t, LaunchState.ROLLBACK_FAILED, "red again after the rollback: " + row.verifiedWhy);
        } else if (row.verified == Verdict.UNDECIDED) {
            end(t, LaunchState.TIMED_OUT, "rolled back and verified once, and not seen well since: " + row.verifiedWhy);
        } else {
            end(t, LaunchState.ROLLED_BACK, "rolled back and verified: " + row.why);
        }
    }

    private static boolean looking(Turn t) {
        return t.state.inFlight.stream().anyMatch(key -> key.startsWith(LOOK));
    }

    static void looked(Turn t, String component) {
        Row row = t.state.row;
        if (row == null || row.status != Row.Status.AFTERCARE) {
            return;
        }
        String undone = undone(t, row, component);
        if (undone == null) {
            t.noLonger(Needs.LIVE + component, "brought back is live");
        } else {
            List<String> holds = t.state.arming().holds().getOrDefault(component, List.of());
            String by = holds.isEmpty() ? "" : "; known to do that: " + String.join(", ", holds);
            t.need(Needs.LIVE + component, undone + by, "");
            t.alarm("undone:" + component, t.plan().name() + ": " + undone + by);
        }
    }

    /** What has become live instead of what was brought back. */
    private static @Nullable String undone(Turn t, Row row) {
        for (String component : row.components) {
            String undone = undone(t, row, component);
            if (undone != null) {
                return undone;
            }
        }
        return null;
    }

    private static @Nullable String undone(Turn t, Row row, String component) {
        Event.LiveSeen live = t.state.live.get(component);
        Release frozen = t.state.frozen(component).orElse(null);
        Observation seen = t.state.action(Course.BACK + component).seen;
        boolean broughtBack = seen != null && seen.state() == Observation.State.AT_TARGET;
        if (live == null || frozen == null || live.release() == null || !broughtBack) {
            // what a person settled otherwise is not where the rollback would have brought it
            return null;
        }
        if (!row.components.contains(component) || live.release().id().equals(frozen.id())) {
            return null;
        }
        Release bad = t.state.launched.get(component);
        boolean same = bad != null && bad.id().equals(live.release().id());
        return "the rollback of " + component + " was undone: " + live.release()
                + (same ? ", the release that was rolled back," : "") + " is live instead of " + frozen;
    }

    // ---- the end

    static void end(Turn t, LaunchState state, String why) {
        for (String key : List.copyOf(t.state.needs.keySet())) {
            t.noLonger(key, "the launch is over");
        }
        Set<String> open = t.state.followUps.keySet();
        String reason = open.isEmpty() ? why : why + "; still to be done: " + String.join("; ", open);
        t.emit(new Event.Ended(state, Verdict.NO_GO, reason));
        String text = t.plan().name() + " in " + t.state.arming().environment() + " ended " + state + ": " + reason;
        if (state == LaunchState.ROLLED_BACK || state == LaunchState.CANCELLED || state == LaunchState.COMPLETED) {
            t.inform("ended", text);
        } else {
            t.alarm("ended", text);
        }
        postHead(t, "head:end", text);
    }

    /** The end of a launch that was not rolled back. */
    static void complete(Turn t, Verdict verdict, String why) {
        boolean would = t.state.row != null;
        LaunchState state = would ? LaunchState.WOULD_ROLL_BACK : LaunchState.COMPLETED;
        t.emit(new Event.Ended(state, verdict, why));
        String text = t.plan().name() + " in " + t.state.arming().environment() + " ended " + state + ", " + verdict
                + ": " + why;
        t.inform("ended", text);
        postHead(t, "head:end", text);
    }

    static void postHead(Turn t, String key, String text) {
        t.plan().headsTo().ifPresent(channel -> t.post(key, channel, text + " [journal {head}]", true));
    }
}
