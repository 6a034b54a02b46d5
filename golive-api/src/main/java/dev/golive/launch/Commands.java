package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Answer;
import dev.golive.Deploy;
import dev.golive.Person;
import dev.golive.internal.Ids;
import dev.golive.rollback.Consequence;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.Blackout;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people tell a launch: each is accepted, or refused with the reason, and journaled either way. */
final class Commands {

    private Commands() {}

    static void accept(Turn t, Command command) {
        if (t.state.commands.containsKey(command.id())) {
            // it came through two doors, or again after a crash
            return;
        }
        String refused = refusal(t, command);
        t.emit(new Event.Commanded(command, refused == null, refused == null ? answer(t, command) : refused));
        if (refused == null) {
            carryOut(t, command);
        }
    }

    // ---- whether

    private static @Nullable String refusal(Turn t, Command c) {
        if (t.state.isOver() && c.kind() != Command.Kind.FOLLOWED_UP) {
            return "the launch is over";
        }
        Person by = c.by();
        if (by.automation() && c.kind() != Command.Kind.RECHECK && c.kind() != Command.Kind.HOLD) {
            return by.id() + " is automation and does not count as a person";
        }
        if (c.reason().isBlank() && needsReason(c.kind())) {
            return "a reason is needed";
        }
        RollbackPolicy policy = t.course.policy().orElse(null);
        return switch (c.kind()) {
            case ANSWER -> c.answer() == null ? "there is no answer in it" : notSame(c.answer(), by);
            case DECIDE -> decide(t, c);
            case HOLD -> t.state.held != null ? "it is held already" : null;
            case RESUME ->
                t.state.held != null
                        ? null
                        : t.state.changedPlan == null
                                ? "it is not held"
                                : "acknowledge " + Needs.PLAN_CHANGED + " instead";
            case ABORT -> t.state.aborted != null ? "it is being aborted already" : null;
            case REPORT -> report(policy, c);
            case ROLL_BACK -> rollBack(t, policy, by);
            case APPROVE, DENY -> approval(t, policy, c);
            case PERMIT -> permit(t, policy, c);
            case ACKNOWLEDGE -> acknowledge(t, c);
            case OVERRIDE -> t.state.needs.containsKey(Needs.WINDOW) ? null : "no window is in the way";
            case SETTLE -> settle(t, c);
            case RECHECK, WAIVE -> c.kind() == Command.Kind.WAIVE ? waive(c) : null;
            case RESCHEDULE ->
                t.state.phase != LaunchState.ARMED
                        ? "it has begun"
                        : isInstant(c.detail("planned"))
                                ? null
                                : "planned must be an instant but was " + c.detail("planned");
            case CHECKPOINT -> checkpoint(t, c);
            case EMERGENCY -> emergency(t, by);
            case FOLLOWED_UP ->
                t.state.followUps.containsKey(c.detail("what"))
                        ? null
                        : "there is nothing to follow up called " + c.detail("what");
            case BLACKOUT -> blackout(t, c);
            case DRILL -> drill(t);
            case MAINTENANCE ->
                c.detail("until").isEmpty() || isInstant(c.detail("until"))
                        ? null
                        : "until must be an instant but was " + c.detail("until");
        };
    }

    private static boolean needsReason(Command.Kind kind) {
        return switch (kind) {
            case ANSWER, APPROVE, RESUME, RECHECK, BLACKOUT, DECIDE, CHECKPOINT, FOLLOWED_UP -> false;
            default -> true;
        };
    }

    private static @Nullable String notSame(Answer answer, Person by) {
        return answer.by().equals(by)
                ? null
                : "it is the answer of " + answer.by().id() + ", not of " + by.id();
    }

    /** To take note of something is an answer only where nothing else is wanted. */
    private static @Nullable String acknowledge(Turn t, Command c) {
        String what = c.detail("what");
        if (!t.state.needs.containsKey(what)) {
            return "nothing waits under " + what + "; what waits: " + t.state.needs.keySet();
        }
        String instead = insteadOfNoting(what);
        return instead == null ? null : "to take note of " + what + " is no answer; " + instead;
    }

    private static @Nullable String insteadOfNoting(String what) {
        int end = what.indexOf(':') + 1;
        return switch (end == 0 ? what : what.substring(0, end)) {
            case Needs.DECISION -> "decide(..) on the verdict, or abort(..)";
            case Needs.APPROVAL -> "approveRollback(..) or denyRollback(..)";
            case Needs.HELD -> "resume(..), or abort(..)";
            case Needs.WINDOW -> "wait for it, reschedule(..) or override(..)";
            case Needs.VERDICT -> "put it in order and recheck(..), or waive(..) an item";
            case Needs.BASELINE -> "it ends by itself";
            case Needs.BLACKOUT -> "say with blackout(..) whether it is in force";
            case Needs.ACTION -> "settle(..) the action";
            case Needs.PERMIT -> "permit(..) the action";
            case Needs.LIST, Needs.STEP -> "put it in order and recheck(..), waive(..) an item or abort(..)";
            case Needs.FOLLOW_UP -> "say followedUp(..) when it is done";
            default -> null;
        };
    }

    /** A key as people are shown it or as the engine has it. */
    private static String without(String prefix, String key) {
        return key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    }

    private static @Nullable String decide(Turn t, Command c) {
        String role = t.plan().decidedBy().orElse(null);
        if (role != null && !c.by().isIn(role)) {
            return c.by().id() + " does not act as " + role;
        }
        State.Clearance asked = asked(t.state).orElse(null);
        if (asked == null) {
            return "nothing waits for a decision";
        }
        if (!Steps.mayBeDecided(t, asked)) {
            return "the verdict is " + asked.verdict() + ": " + String.join("; ", asked.details());
        }
        return asked.digest().equals(c.detail("digest"))
                ? null
                : "the digest " + c.detail("digest") + " is not that of the verdict, which is " + asked.digest();
    }

    /** The verdict that waits for a decision. */
    static Optional<State.Clearance> asked(State state) {
        return state.needs.containsKey(Needs.DECISION)
                ? state.clearances.values().stream().max(Comparator.comparing(State.Clearance::at))
                : Optional.empty();
    }

    private static @Nullable String report(@Nullable RollbackPolicy policy, Command c) {
        String code = c.detail("code");
        if (policy == null) {
            return "the plan has no rollback policy";
        }
        if (policy.neverFor().containsKey(code)) {
            return null;
        }
        RollbackPolicy.Reported known = policy.report(code).orElse(null);
        if (known == null) {
            return "the code " + code + " is not known; known are "
                    + policy.reports().stream()
                            .map(RollbackPolicy.Reported::code)
                            .toList() + " and "
                    + policy.neverFor().keySet();
        }
        Set<String> roles = known.roles();
        return roles.stream().anyMatch(c.by()::isIn)
                ? null
                : c.by().id() + " does not act as " + String.join(" or ", roles);
    }

    private static @Nullable String rollBack(Turn t, @Nullable RollbackPolicy policy, Person by) {
        if (policy == null) {
            return "the plan has no rollback policy";
        }
        if (policy.isDryRun()) {
            return "the policy is a dry run and rolls nothing back; take it back by hand";
        }
        if (t.state.row != null && t.state.row.status.compareTo(Row.Status.ROLLING_BACK) >= 0) {
            return "it is being rolled back already";
        }
        if (!canGoBack(t)) {
            return "nothing was applied yet; abort instead";
        }
        return Rollbacks.mayApprove(policy, by)
                ? null
                : by.id() + " does not act as " + String.join(" or ", policy.approvers());
    }

    private static @Nullable String approval(Turn t, @Nullable RollbackPolicy policy, Command c) {
        Row row = t.state.row;
        if (policy == null || row == null || row.status != Row.Status.AWAITING_APPROVAL) {
            return "no rollback waits for an approval" + insteadOfAnswering(t, c)
                    + (t.state.refused.isEmpty()
                            ? row == null ? "" : "; it was answered already"
                            : "; the last one was "
                                    + t.state
                                            .refused
                                            .get(t.state.refused.size() - 1)
                                            .how());
        }
        String token = c.detail("token");
        if (!token.isEmpty() && !token.equals(row.token)) {
            return "the token " + token + " is that of another rollback";
        }
        if (!t.now.isBefore(Objects.requireNonNull(row.expires))) {
            return "it expired at " + row.expires;
        }
        return Rollbacks.mayApprove(policy, c.by())
                ? null
                : c.by().id() + " does not act as " + String.join(" or ", policy.approvers());
    }

    /** What is asked of people whether to roll back, without a rollback that was decided, has another answer. */
    private static String insteadOfAnswering(Turn t, Command c) {
        List<String> asking = t.state.needs.keySet().stream()
                .filter(key ->
                        key.startsWith(Needs.TRIGGER) || key.startsWith(Needs.REPORT) || key.equals(Needs.ROLLBACK))
                .toList();
        if (asking.isEmpty() || (t.state.row != null && t.state.row.status != Row.Status.WOULD_ROLL_BACK)) {
            return "";
        }
        return "; to " + String.join(" and ", asking)
                + (c.kind() == Command.Kind.APPROVE
                        ? " the answer is rollBackNow(..), or acknowledge(..) to leave it"
                        : " the answer is acknowledge(..), or rollBackNow(..) to roll back");
    }

    private static @Nullable String permit(Turn t, @Nullable RollbackPolicy policy, Command c) {
        String action = without(Needs.PERMIT, c.detail("action"));
        State.Permission inForce = inForce(t, action);
        if (policy == null || !(t.state.needs.containsKey(Needs.PERMIT + action) || inForce != null)) {
            return "no destructive action waits for a permission under " + action;
        }
        if (!c.detail("launch").equals(launchId(t))) {
            return "it is a permission for the launch " + c.detail("launch") + ", and this one is " + launchId(t);
        }
        String operator = t.state.arming().operator().id();
        if (!c.detail("operator").equals(operator)) {
            return "it is a permission for " + c.detail("operator") + ", and " + operator + " operates";
        }
        if (!isInstant(c.detail("expires")) || !t.now.isBefore(Instant.parse(c.detail("expires")))) {
            return "it expired at " + c.detail("expires");
        }
        Set<String> roles = policy.destructiveApprovers();
        if (!roles.isEmpty() && roles.stream().noneMatch(c.by()::isIn)) {
            return c.by().id() + " does not act as " + String.join(" or ", roles);
        }
        return inForce == null || Instant.parse(c.detail("expires")).isAfter(inForce.expires())
                ? null
                : "it is permitted already until " + inForce.expires() + " by "
                        + inForce.by().id();
    }

    /** The permission of an action that has yet to be performed, if it has one that has not expired. */
    private static State.@Nullable Permission inForce(Turn t, String action) {
        State.Permission permission = t.state.permissions.get(action);
        boolean performing = t.state.row != null && t.state.row.status == Row.Status.ROLLING_BACK;
        boolean counts = permission != null && t.now.isBefore(permission.expires());
        return counts && performing && !t.state.action(action).isOver() ? permission : null;
    }

    /** What tells this launch from every other one. */
    static String launchId(Turn t) {
        return launchId(t.state);
    }

    static String launchId(State state) {
        return Ids.digest(state.arming().digest() + state.arming().environment() + state.armedAt)
                .substring(0, 12);
    }

    private static @Nullable String settle(Turn t, Command c) {
        String key = without(Needs.ACTION, c.detail("action"));
        ActionState a = t.state.actions.get(key);
        if (a == null || a.ended == null || !a.ended.isUnsettled()) {
            return "the action " + key + " does not wait for a person";
        }
        boolean launches = key.startsWith(Course.LAUNCH);
        boolean performing = t.state.row != null && t.state.row.status == Row.Status.ROLLING_BACK;
        return switch (c.detail("how")) {
            case "AGAIN" -> launches || performing ? null : "the rollback is being verified already";
            case "DONE" ->
                isDeployment(t, key)
                        ? "which release is live is known only by looking: settle it with AGAIN, and it is looked at"
                        : null;
            case "SKIP" -> null;
            default -> "how must be AGAIN, DONE or SKIP but was " + c.detail("how");
        };
    }

    private static boolean isDeployment(Turn t, String key) {
        return t.course.deploys().values().stream()
                .anyMatch(deploy -> Course.key(deploy).equals(key));
    }

    private static @Nullable String waive(Command c) {
        if (!isInstant(c.detail("until"))) {
            return "until must be an instant but was " + c.detail("until");
        }
        return c.detail("item").isBlank() ? "item must not be blank" : null;
    }

    private static @Nullable String checkpoint(Turn t, Command c) {
        if (!isInstant(c.detail("slot")) || !t.state.checkpoints.containsKey(Instant.parse(c.detail("slot")))) {
            return "there was no checkpoint at " + c.detail("slot");
        }
        return switch (c.detail("outcome")) {
            case "OK", "ISSUE", "SKIPPED" -> null;
            default -> "outcome must be OK, ISSUE or SKIPPED but was " + c.detail("outcome");
        };
    }

    private static @Nullable String emergency(Turn t, Person by) {
        Emergency path = t.plan().emergency().orElse(null);
        if (path == null) {
            return "the plan has no emergency path";
        }
        if (t.state.emergency != null) {
            return "it is declared already";
        }
        return by.isIn(path.role()) ? null : by.id() + " does not act as " + path.role();
    }

    private static @Nullable String drill(Turn t) {
        if (!t.plan().isDrill() || t.state.arming().production()) {
            return "this is in earnest; only a drill can be forced";
        }
        if (t.course.policy().isEmpty()) {
            return "the plan has no rollback policy";
        }
        if (t.state.isLatched()) {
            return "a rollback is decided already";
        }
        return somethingApplied(t) ? null : "nothing was applied yet that could be rolled back";
    }

    private static @Nullable String blackout(Turn t, Command c) {
        boolean known = t.plan().windows().blackouts().stream()
                .filter(Blackout::isOpenEnded)
                .anyMatch(blackout -> blackout.name().equals(c.detail("blackout")));
        if (!known) {
            return "there is no open-ended blackout called " + c.detail("blackout");
        }
        try {
            LocalDate.parse(c.detail("day"));
            return null;
        } catch (DateTimeException e) {
            return "day must be a date but was " + c.detail("day");
        }
    }

    private static boolean isInstant(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Whether there is something to take back: what this launch applied, or what was there if it applies nothing. */
    static boolean canGoBack(Turn t) {
        return somethingApplied(t) || t.course.firstPerforming().isEmpty();
    }

    static boolean somethingApplied(Turn t) {
        return !applied(t).isEmpty();
    }

    /** The keys of the actions of the launch of which anything was sent. */
    private static List<String> applied(Turn t) {
        return t.state.actions.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(Course.LAUNCH) && entry.getValue().everSent)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Whether anything was sent that a rollback would take back. What failed counts as well, since it may have taken
     * effect all the same; only what was never sent has certainly had none.
     */
    static boolean somethingToTakeBack(Turn t) {
        return applied(t).stream().anyMatch(key -> mayBeTakenBack(t, key.substring(Course.LAUNCH.length())));
    }

    private static boolean mayBeTakenBack(Turn t, String id) {
        Action action = t.course.actions().get(id);
        RollbackPolicy policy = t.course.policy().orElse(null);
        if (action == null || policy == null) {
            // of an action that another plan had, nobody here knows what it did
            return true;
        }
        boolean otherwiseDeployed = policy.components().stream()
                .anyMatch(component -> !t.course.deploys().containsKey(component.name()));
        Compatibility meaning = t.plan().migrations().get(id);
        return otherwiseDeployed
                || policy.undoes().containsKey(id)
                || (meaning != null && meaning.down().isPresent())
                || (action instanceof Deploy && !policy.leaves().containsKey(id));
    }

    /** What was sent and stays, with what came of it and why that is fine. */
    private static String left(Turn t) {
        Map<String, String> reasons =
                t.course.policy().map(RollbackPolicy::leaves).orElse(Map.of());
        List<String> lines = new ArrayList<>();
        for (String key : applied(t)) {
            String id = key.substring(Course.LAUNCH.length());
            ActionState a = t.state.action(key);
            String why = reasons.get(id);
            lines.add(id + " "
                    + (a.ended != null ? a.ended : "was sent, and what came of it was not waited for")
                    + (why == null ? "" : " (left, because " + why + ")"));
        }
        return String.join(", ", lines);
    }

    /** What there is to say to a command that is taken. */
    private static String answer(Turn t, Command c) {
        if (c.kind() != Command.Kind.REPORT) {
            return "";
        }
        RollbackPolicy policy = t.course.policy().orElseThrow();
        String code = c.detail("code");
        String instead = policy.neverFor().get(code);
        if (instead != null) {
            return "not a reason to roll back: " + instead;
        }
        return switch (policy.report(code).orElseThrow().consequence()) {
            case ROLL_BACK -> "a reason to roll back";
            case ASK -> "somebody is asked whether to roll back";
            case NOTIFY -> "passed on";
        };
    }

    // ---- what then

    private static void carryOut(Turn t, Command c) {
        Person by = c.by();
        switch (c.kind()) {
            case ANSWER -> t.emit(new Event.Answered(Objects.requireNonNull(c.answer())));
            case DECIDE -> {
                State.Clearance asked = asked(t.state).orElseThrow();
                t.emit(new Event.Decided(by, asked.digest(), asked.open(), c.reason()));
                t.noLonger(Needs.DECISION, "decided by " + by.id());
                Rollbacks.postHead(t, "head:decided:" + asked.digest(), t.plan().name() + " is decided by " + by.id());
            }
            case HOLD -> {
                t.emit(new Event.Held(by, c.reason()));
                t.need(Needs.HELD, "held by " + by.id() + ": " + c.reason(), "");
                t.inform("held:" + c.id(), t.plan().name() + " is held by " + by.id() + ": " + c.reason());
            }
            case RESUME -> {
                t.emit(new Event.Resumed(by, c.reason()));
                t.inform("resumed:" + c.id(), t.plan().name() + " is resumed by " + by.id());
                Steps.reopen(t);
            }
            case ABORT -> abort(t, c);
            case REPORT -> reported(t, c);
            case ROLL_BACK -> rollBackNow(t, c);
            case APPROVE -> Rollbacks.approve(t, by, c.reason());
            case DENY -> {
                Row row = Objects.requireNonNull(t.state.row);
                Rollbacks.refused(t, by, new Event.RollbackDenied(by, c.reason()), "denied");
                t.inform(
                        "denied:" + row.id,
                        t.plan().name() + ": the rollback was denied by " + by.id() + ": " + c.reason());
            }
            case PERMIT ->
                t.emit(new Event.Permitted(
                        without(Needs.PERMIT, c.detail("action")),
                        by,
                        c.detail("operator"),
                        c.reason(),
                        Instant.parse(c.detail("expires"))));
            case ACKNOWLEDGE -> t.emit(new Event.Acknowledged(c.detail("what"), by, c.reason()));
            case OVERRIDE -> {
                t.emit(new Event.Overridden(by, c.reason(), Needs.WINDOW));
                t.noLonger(Needs.WINDOW, "overridden by " + by.id() + ": " + c.reason());
                t.inform(
                        "overridden:" + c.id(),
                        t.plan().name() + ": the window is overridden by " + by.id() + ": " + c.reason());
            }
            case SETTLE -> settled(t, c);
            case RECHECK -> {
                t.emit(new Event.Rechecked());
                Steps.reopen(t);
            }
            case RESCHEDULE -> {
                t.emit(new Event.Rescheduled(Instant.parse(c.detail("planned")), by, c.reason()));
                if (t.state.decision != null) {
                    t.emit(new Event.DecisionStale("T has changed"));
                }
                t.noLonger(Needs.WINDOW, "rescheduled");
                t.noLonger(Needs.VERDICT, "rescheduled");
                t.noLonger(Needs.DECISION, "rescheduled");
                Steps.rescheduled(t);
                t.inform(
                        "rescheduled:" + c.id(),
                        t.plan().name() + " is planned for " + c.detail("planned") + ": " + c.reason());
            }
            case CHECKPOINT -> {
                String outcome =
                        c.detail("outcome") + (c.reason().isBlank() ? "" : " (" + c.reason() + ")") + " by " + by.id();
                Instant slot = Instant.parse(c.detail("slot"));
                t.emit(new Event.CheckpointSettled(slot, outcome, by, c.reason()));
                t.noLonger(Needs.CHECKPOINT + slot, outcome);
            }
            case EMERGENCY -> {
                Map<String, Instant> due = new LinkedHashMap<>();
                t.plan()
                        .emergency()
                        .ifPresent(
                                path -> path.followUps().forEach((what, within) -> due.put(what, t.now.plus(within))));
                t.emit(new Event.EmergencyDeclared(by, c.reason(), due));
                t.noLonger(Needs.WINDOW, "an emergency opens it");
                t.alarm("emergency", t.plan().name() + ": emergency declared by " + by.id() + ": " + c.reason());
            }
            case FOLLOWED_UP -> {
                t.emit(new Event.FollowedUp(c.detail("what"), by, c.reason()));
                t.noLonger(Needs.FOLLOW_UP + c.detail("what"), "done by " + by.id());
            }
            case BLACKOUT -> {
                t.emit(new Event.BlackoutAnswered(
                        c.detail("blackout"), c.detail("day"), Boolean.parseBoolean(c.detail("inForce")), by));
                t.noLonger(Needs.WINDOW, "answered");
            }
            case WAIVE -> t.emit(new Event.Waived(c.detail("item"), by, c.reason(), Instant.parse(c.detail("until"))));
            case DRILL ->
                Rollbacks.decide(
                        t,
                        "drill",
                        "a drill, forced by " + by.id() + ": " + c.reason(),
                        t.course.everything(),
                        List.of(),
                        null,
                        false);
            case MAINTENANCE -> {
                t.emit(new Event.MaintenanceSet(
                        c.detail("until").isEmpty() ? null : Instant.parse(c.detail("until")), by, c.reason()));
                t.inform(
                        "maintenance:" + c.id(),
                        t.plan().name() + ": maintenance until " + c.detail("until") + ", announced by " + by.id()
                                + ": " + c.reason());
            }
        }
    }

    private static void abort(Turn t, Command c) {
        Person by = c.by();
        t.emit(new Event.Aborted(by, c.reason()));
        String why = "aborted by " + by.id() + ": " + c.reason();
        Row row = t.state.row;
        RollbackPolicy policy = t.course.policy().orElse(null);
        if (row != null && row.status != Row.Status.WOULD_ROLL_BACK) {
            // one more reason for what is decided already
            Rollbacks.decide(t, "abort", why, t.course.everything(), List.of(), by, false);
        } else if (!somethingApplied(t)) {
            Rollbacks.end(t, LaunchState.CANCELLED, why);
        } else if (policy == null) {
            cancel(t, why + "; something was applied, and the plan has no way back: " + left(t));
        } else if (!somethingToTakeBack(t)) {
            cancel(t, why + "; nothing was sent that a rollback would take back, and this stays: " + left(t));
        } else if (policy.isDryRun()) {
            cancel(
                    t,
                    why + "; something was applied and has to be taken back by hand, since the policy is a dry run: "
                            + left(t));
        } else {
            Rollbacks.decide(t, "abort", why, t.course.everything(), List.of(), by, false);
        }
    }

    /** Ends the launch where it is. What it was doing is not carried on. */
    private static void cancel(Turn t, String why) {
        Rollbacks.giveUpLaunchActions(t, "given up: the launch is aborted");
        Rollbacks.end(t, LaunchState.CANCELLED, why);
    }

    private static void reported(Turn t, Command c) {
        RollbackPolicy policy = t.course.policy().orElseThrow();
        String code = c.detail("code");
        t.emit(new Event.Reported(code, c.by(), c.reason(), answer(t, c)));
        if (policy.neverFor().containsKey(code)) {
            return;
        }
        Consequence consequence = policy.report(code).orElseThrow().consequence();
        if (consequence != Consequence.ROLL_BACK) {
            asked(t, policy, c, consequence);
            return;
        }
        if (!canGoBack(t)) {
            t.need(Needs.ROLLBACK, code + " was reported before anything was applied: " + c.reason(), "");
            return;
        }
        Rollbacks.decide(
                t,
                "report " + code,
                code + " reported by " + c.by().id() + ": " + c.reason(),
                t.course.everything(),
                List.of(),
                c.by(),
                false);
    }

    /** A report that by itself takes nothing back: somebody is told, and asked if that is what the policy says. */
    private static void asked(Turn t, RollbackPolicy policy, Command c, Consequence consequence) {
        String code = c.detail("code");
        String text = code + " reported by " + c.by().id() + ": " + c.reason();
        if (consequence == Consequence.ASK && t.state.isRollingBack()) {
            t.emit(new Event.EvidenceAdded("report " + code, text));
        } else if (consequence == Consequence.ASK) {
            text += "; roll back?";
            t.need(Needs.REPORT + code, text, Rollbacks.roles(policy));
        }
        t.inform(Needs.REPORT + c.id(), t.plan().name() + ": " + text);
    }

    private static void rollBackNow(Turn t, Command c) {
        Row row = t.state.row;
        if (row != null && row.status != Row.Status.WOULD_ROLL_BACK) {
            // it was decided and waits: this is the word that it waits for
            Rollbacks.evidence(t, "person " + c.by().id(), c.reason(), t.course.everything());
            Rollbacks.approve(t, c.by(), c.reason());
            return;
        }
        Rollbacks.decide(
                t,
                "person " + c.by().id(),
                "rolled back by " + c.by().id() + ": " + c.reason(),
                t.course.everything(),
                List.of(),
                c.by(),
                false);
    }

    private static void settled(Turn t, Command c) {
        String key = without(Needs.ACTION, c.detail("action"));
        String why = c.detail("how").toLowerCase(Locale.ROOT) + ", says " + c.by().id() + ": " + c.reason();
        t.noLonger(Needs.ACTION + key, why);
        switch (c.detail("how")) {
            case "AGAIN" -> t.emit(new Event.ActionReopened(key));
            case "DONE" -> t.emit(new Event.ActionEnded(key, ActionStatus.DONE, why, null));
            default -> t.emit(new Event.ActionEnded(key, ActionStatus.SKIPPED, why, null));
        }
        if (key.startsWith(Course.LAUNCH)) {
            for (Course.Step step : t.course.steps()) {
                boolean its = step.actions().stream()
                        .anyMatch(action -> Course.key(action).equals(key));
                if (its && t.state.step(step.id()).status() == StepStatus.FAILED) {
                    t.emit(new Event.StepReopened(step.id()));
                    t.noLonger(Needs.STEP + step.id(), "settled");
                }
            }
        }
    }
}
