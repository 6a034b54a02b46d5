package dev.golive.launch;

import dev.golive.Answer;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.rollback.Evaluation;
import dev.golive.rollback.Judgement;
import dev.golive.rollback.Sample;
import dev.golive.time.BlackoutAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a launch stands: what its events add up to. Immutable; {@link #after} gives the next one.
 *
 * <p>Copies are shallow and a collection is copied only when it changes, so that an event costs what it changes.
 */
final class State {

    record StepState(StepStatus status, Instant since, String why) {}

    record ListState(String step, String purpose, Verdict verdict, List<String> open, String report, Instant at) {}

    record Clearance(Verdict verdict, String digest, List<String> open, List<String> details, Instant at) {}

    record Decision(Person by, String digest, List<String> open, Instant at) {}

    record Need(String key, String what, String owner, Instant since, int level) {}

    record Post(String channel, String text, boolean done, int failures, Instant lastTry) {}

    record Checkpoint(@Nullable Verdict verdict, List<String> open, boolean waits, String outcome) {}

    record Permission(Person by, String operator, Instant expires) {}

    /** A rollback that was asked for and not carried out. */
    record Refused(String cause, Instant at, String how) {

        private static final String UNCONFIRMED = "not confirmed: ";
        private static final String DENIED = "denied by ";

        /** Whether a fresh look did not bear it out. */
        boolean isUnconfirmed() {
            return how.startsWith(UNCONFIRMED);
        }

        /** Whether a person said no. */
        boolean isDenied() {
            return how.startsWith(DENIED);
        }
    }

    // ---- what events add up to

    Event.@Nullable Armed armed;
    Instant armedAt = Instant.EPOCH;
    int opened;
    String instance = "";
    LaunchState phase = LaunchState.ARMED;
    Instant planned = Instant.EPOCH;

    @Nullable
    Instant h;

    Event.@Nullable Held held;
    Event.@Nullable Aborted aborted;
    Event.@Nullable Ended end;
    Map<String, StepState> steps = Map.of();
    Map<String, ListState> lists = Map.of();
    Map<String, Clearance> clearances = Map.of();

    @Nullable
    Decision decision;

    @Nullable
    String staleDecision;

    List<Answer> answers = List.of();
    List<Event.Waived> waived = List.of();
    List<BlackoutAnswer> blackouts = List.of();
    Set<String> overridden = Set.of();
    Set<String> acknowledged = Set.of();
    Event.@Nullable EmergencyDeclared emergency;
    Map<String, Instant> followUps = Map.of();

    /** Whether what follows a rollback is waited for. */
    boolean followUpsBegan;

    Map<String, ActionState> actions = Map.of();
    Map<String, Permission> permissions = Map.of();
    Map<String, Release> launched = Map.of();
    Set<String> proven = Set.of();

    @Nullable
    Instant triggersArmed;

    Map<String, Need> needs = Map.of();
    Map<String, Post> posts = Map.of();

    @Nullable
    Instant probingSince;

    @Nullable
    Instant probingEnded;

    @Nullable
    Instant maintenanceSince;

    /** The signals that could not be asked the last time. */
    Set<String> silent = Set.of();

    @Nullable
    Evaluation evaluation;

    Map<String, Instant> lastSlot = Map.of();

    /** What each signal said last, when it had something to say. */
    Map<String, Sample.Reading> said = Map.of();

    /** What fired since it was last acted on, also if it is no longer so: a late sample completes several slots at once. */
    List<Judgement> fired = List.of();

    Map<String, String> turned = Map.of();
    Map<Instant, Checkpoint> checkpoints = Map.of();
    Map<String, Event.LiveSeen> live = Map.of();

    @Nullable
    Instant maintenanceUntil;

    @Nullable
    Row row;

    List<Refused> refused = List.of();
    Set<String> broken = Set.of();
    Map<String, Event.Commanded> commands = Map.of();

    /** The digest of the plan that this launch goes by. */
    String plan = "";

    /** The digest of another plan that the launch was taken up with, until somebody acknowledges it. */
    @Nullable
    String changedPlan;

    Instant last = Instant.EPOCH;

    /** What happened last, the newest at the end. */
    List<News> news = List.of();

    /** Since when this process, not held up by anybody, has been at it: limits of time begin here at the earliest. */
    Instant clockFrom = Instant.EPOCH;

    /** How often people have said something that can change what a list comes to. */
    int told;

    /** What the steps of the plan do that the launch goes by, and of one that nobody has acknowledged yet. */
    Map<String, String> laid = Map.of();

    Map<String, String> laidAnew = Map.of();

    // ---- what is under way in this process; begins empty after a crash

    Set<String> inFlight = Set.of();
    Map<String, Instant> tried = Map.of();
    Map<String, Integer> toldWhenTried = Map.of();

    /** Since when the looks at a gate have not been able to tell, by the id of its step. */
    Map<String, Instant> unsureSince = Map.of();

    State(@Nullable Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    private State(State s) {
        armed = s.armed;
        armedAt = s.armedAt;
        opened = s.opened;
        instance = s.instance;
        phase = s.phase;
        planned = s.planned;
        h = s.h;
        held = s.held;
        aborted = s.aborted;
        end = s.end;
        steps = s.steps;
        lists = s.lists;
        clearances = s.clearances;
        decision = s.decision;
        staleDecision = s.staleDecision;
        answers = s.answers;
        waived = s.waived;
        blackouts = s.blackouts;
        overridden = s.overridden;
        acknowledged = s.acknowledged;
        emergency = s.emergency;
        followUps = s.followUps;
        followUpsBegan = s.followUpsBegan;
        actions = s.actions;
        permissions = s.permissions;
        launched = s.launched;
        proven = s.proven;
        triggersArmed = s.triggersArmed;
        needs = s.needs;
        posts = s.posts;
        probingSince = s.probingSince;
        probingEnded = s.probingEnded;
        maintenanceSince = s.maintenanceSince;
        silent = s.silent;
        evaluation = s.evaluation;
        lastSlot = s.lastSlot;
        fired = s.fired;
        said = s.said;
        turned = s.turned;
        checkpoints = s.checkpoints;
        live = s.live;
        maintenanceUntil = s.maintenanceUntil;
        row = s.row;
        refused = s.refused;
        broken = s.broken;
        commands = s.commands;
        plan = s.plan;
        changedPlan = s.changedPlan;
        last = s.last;
        news = s.news;
        clockFrom = s.clockFrom;
        told = s.told;
        laid = s.laid;
        laidAnew = s.laidAnew;
        inFlight = s.inFlight;
        tried = s.tried;
        toldWhenTried = s.toldWhenTried;
        unsureSince = s.unsureSince;
    }

    // ---- questions

    LaunchState state() {
        if (end != null) {
            return end.state();
        }
        if (row != null && row.status != Row.Status.WOULD_ROLL_BACK) {
            return switch (row.status) {
                case CONFIRMING, WOULD_ROLL_BACK -> LaunchState.DECIDING;
                case AWAITING_APPROVAL -> LaunchState.AWAITING_APPROVAL;
                case ROLLING_BACK -> LaunchState.ROLLING_BACK;
                case VERIFYING -> LaunchState.VERIFYING;
                case AFTERCARE -> LaunchState.AFTERCARE;
            };
        }
        if (aborted != null) {
            return LaunchState.ABORTING;
        }
        if (isHeld()) {
            return LaunchState.HELD;
        }
        if (phase == LaunchState.WATCHING && isBreaching()) {
            return LaunchState.BREACHING;
        }
        return phase;
    }

    /** Whether no step goes on: somebody said so, or the launch was taken up with a plan that nobody has acknowledged. */
    boolean isHeld() {
        return held != null || changedPlan != null;
    }

    boolean isBreaching() {
        return judgements().stream().anyMatch(Judgement::isBreaching);
    }

    List<Judgement> judgements() {
        return evaluation == null ? List.of() : evaluation.judgements();
    }

    /** Changes what the triggers are judged by, if there are any. */
    private void judging(UnaryOperator<Evaluation> change) {
        if (evaluation != null) {
            evaluation = change.apply(evaluation);
        }
    }

    boolean isOver() {
        return end != null;
    }

    /** Whether the launch itself goes on, which nobody has held, aborted or begun to roll back. */
    boolean goesOn() {
        boolean undecided = row != null && row.status != Row.Status.WOULD_ROLL_BACK;
        return !undecided && !isHeld() && aborted == null && !isOver();
    }

    /** Whether a person's permission covers an action; one that was begun under it is not stopped when it expires. */
    boolean isPermitted(String key, Instant now) {
        Permission permission = permissions.get(key);
        return permission != null && (action(key).isSent() || now.isBefore(permission.expires()));
    }

    /** Whether a rollback was decided and is not settled otherwise; from then on there is no second one. */
    boolean isLatched() {
        return row != null;
    }

    /** Whether a rollback was approved and is being carried out. */
    boolean isRollingBack() {
        return state().isRollingBack();
    }

    StepState step(String id) {
        return steps.getOrDefault(id, new StepState(StepStatus.PENDING, Instant.EPOCH, ""));
    }

    ActionState action(String key) {
        return actions.getOrDefault(key, ActionState.NEW);
    }

    Optional<Release> frozen(String component) {
        return armed == null
                ? Optional.empty()
                : Optional.ofNullable(armed.frozen().get(component));
    }

    Event.Armed arming() {
        if (armed == null) {
            throw new IllegalStateException("nothing is armed yet");
        }
        return armed;
    }

    /** From when a limit of time counts for what began then: not while nobody was there or it was held up. */
    Instant counted(Instant begun) {
        return begun.isBefore(clockFrom) ? clockFrom : begun;
    }

    // ---- in this process

    State flying(String key, Instant at) {
        State next = new State(this);
        next.inFlight = with(inFlight, key);
        next.tried = with(tried, key, at);
        next.toldWhenTried = with(toldWhenTried, key, told);
        return next;
    }

    /** Whether people have said something since an effect was begun, or it was begun by a process before this one. */
    boolean toldSince(String key) {
        return toldWhenTried.getOrDefault(key, -1) < told;
    }

    State landed(String key) {
        State next = new State(this);
        Set<String> rest = new LinkedHashSet<>(inFlight);
        rest.remove(key);
        next.inFlight = rest;
        return next;
    }

    /** The same, after a look at a gate could not tell, or could. */
    State unsure(String step, boolean unsure, Instant at) {
        if (unsure == unsureSince.containsKey(step)) {
            return this;
        }
        State next = new State(this);
        next.unsureSince = unsure ? with(unsureSince, step, at) : without(unsureSince, step);
        return next;
    }

    State evaluated(Instant now) {
        if (evaluation == null) {
            return this;
        }
        State next = new State(this);
        next.judging(one -> one.at(now));
        next.noteWhatFired();
        return next;
    }

    /** The same, after what fired was acted on. */
    State acted() {
        State next = new State(this);
        next.fired = List.of();
        return next;
    }

    private void noteWhatFired() {
        if (evaluation != null && !evaluation.fired().isEmpty()) {
            List<Judgement> all = new ArrayList<>(fired);
            all.addAll(evaluation.fired());
            fired = all;
        }
    }

    // ---- the next one

    State after(Event event, Instant at) {
        State next = new State(this);
        next.apply(event, at);
        next.last = at;
        String what = News.of(event);
        if (!what.isEmpty()) {
            next.news = with(news.size() < News.LATEST ? news : news.subList(1, news.size()), new News(at, what));
        }
        return next;
    }

    private void apply(Event event, Instant at) {
        if (event instanceof Event.Armed e) {
            armed = e;
            armedAt = at;
            plan = e.digest();
            planned = e.planned();
        } else if (event instanceof Event.Opened e) {
            opened++;
            instance = e.instance();
            clockFrom = at;
            if (e.silentSince() != null) {
                Instant silent = e.silentSince();
                judging(one -> one.down(silent, at));
                notByDowntime(Duration.between(silent, at));
            }
        } else if (event instanceof Event.PlanChanged e) {
            changedPlan = e.after().equals(plan) ? null : e.after();
        } else if (event instanceof Event.Laid e) {
            if (changedPlan == null) {
                laid = e.steps();
            } else {
                laidAnew = e.steps();
            }
        } else if (event instanceof Event.Phase e) {
            phase = e.state();
            if (phase == LaunchState.LAUNCHING) {
                judging(one -> one.launching(at));
            }
        } else if (event instanceof Event.Launched e) {
            h = e.at();
        } else if (event instanceof Event.Ended e) {
            end = e;
            needs = Map.of();
        } else if (event instanceof Event.Commanded e) {
            commands = with(commands, e.command().id(), e);
        } else if (event instanceof Event.Answered e) {
            answers = with(answers, e.answer());
            told++;
        } else if (event instanceof Event.Waived e) {
            waived = with(waived, e);
            told++;
        } else if (event instanceof Event.Decided e) {
            decision = new Decision(e.by(), e.digest(), e.open(), at);
            staleDecision = null;
        } else if (event instanceof Event.DecisionStale e) {
            decision = null;
            staleDecision = e.because();
        } else if (event instanceof Event.Held e) {
            held = e;
        } else if (event instanceof Event.Resumed) {
            held = null;
            clockFrom = at;
            needs = without(needs, Needs.HELD);
        } else if (event instanceof Event.Aborted e) {
            aborted = e;
        } else if (event instanceof Event.Overridden e) {
            overridden = with(overridden, e.what());
        } else if (event instanceof Event.Rescheduled e) {
            planned = e.planned();
            // what was found, decided and overridden was for another T
            clearances = Map.of();
            overridden = Set.of();
        } else if (event instanceof Event.Acknowledged e) {
            acknowledged(e, at);
        } else if (event instanceof Event.Rechecked) {
            told++;
        } else if (event instanceof Event.BlackoutAnswered e) {
            told++;
            blackouts = with(blackouts, new BlackoutAnswer(e.blackout(), LocalDate.parse(e.day()), e.inForce()));
        } else if (event instanceof Event.EmergencyDeclared e) {
            emergency = e;
            e.followUps().forEach((what, due) -> followUps = with(followUps, what, due));
        } else if (event instanceof Event.FollowUpsBegan e) {
            followUpsBegan = true;
            e.due().forEach((what, due) -> followUps = with(followUps, what, due));
        } else if (event instanceof Event.FollowedUp e) {
            followUps = without(followUps, e.what());
        } else if (event instanceof Event.Needed e) {
            Need before = needs.get(e.key());
            // said in other words it still waits since then, and who was told is not told again
            needs = with(
                    needs,
                    e.key(),
                    before == null
                            ? new Need(e.key(), e.what(), e.owner(), at, 0)
                            : new Need(e.key(), e.what(), e.owner(), before.since(), before.level()));
        } else if (event instanceof Event.NoLongerNeeded e) {
            needs = without(needs, e.key());
        } else if (event instanceof Event.Escalated e) {
            Need need = needs.get(e.key());
            if (need != null) {
                needs = with(needs, e.key(), new Need(need.key(), need.what(), need.owner(), need.since(), e.level()));
            }
        } else {
            applyToTheWork(event, at);
        }
    }

    /** Nobody could answer while no process was there: what waits for a person waits as long as it did. */
    private void notByDowntime(Duration down) {
        if (row == null || down.isNegative()) {
            return;
        }
        Row r = new Row(row);
        r.expires = r.expires == null ? null : r.expires.plus(down);
        r.redSince = null;
        row = r;
    }

    /** A step of another plan under the same id has not been carried out. */
    private void keepWhatIsTheSame() {
        for (String step : List.copyOf(steps.keySet())) {
            if (!Objects.equals(laid.get(step), laidAnew.get(step))) {
                steps = without(steps, step);
                clearances = without(clearances, step);
                lists = without(lists, step);
            }
        }
        laid = laidAnew;
    }

    private void acknowledged(Event.Acknowledged e, Instant at) {
        acknowledged = with(acknowledged, e.what());
        needs = without(needs, e.what());
        if (e.what().startsWith(Needs.PRE_EXISTING)) {
            String trigger = e.what().substring(Needs.PRE_EXISTING.length());
            // ticks of the clock are not journaled, and one of them may have made it so
            judging(one -> one.at(at));
            if (judgements().stream().anyMatch(j -> j.triggerId().equals(trigger) && j.isPreExisting())) {
                judging(one -> one.acknowledge(trigger));
            }
        }
        if (e.what().equals(Needs.PLAN_CHANGED) && changedPlan != null) {
            plan = changedPlan;
            changedPlan = null;
            keepWhatIsTheSame();
            clockFrom = at;
            // another plan means another policy: what the old one counted says nothing about it
            judging(one -> Evaluation.of(one.policy()));
            probingEnded = null;
            if (phase != LaunchState.ARMED) {
                judging(one -> one.launching(at));
            }
            if (triggersArmed != null) {
                judging(one -> one.armed(at));
            }
            if (row != null && row.status.compareTo(Row.Status.ROLLING_BACK) >= 0) {
                judging(Evaluation::disarmed);
            }
        }
    }

    private void applyToTheWork(Event event, Instant at) {
        if (event instanceof Event.StepBegan e) {
            steps = with(steps, e.step(), new StepState(StepStatus.RUNNING, at, ""));
        } else if (event instanceof Event.StepReopened e) {
            steps = without(steps, e.step());
            clearances = without(clearances, e.step());
            told++;
        } else if (event instanceof Event.StepEnded e) {
            steps = with(steps, e.step(), new StepState(e.status(), at, e.why()));
        } else if (event instanceof Event.Examined e) {
            lists = with(lists, e.step(), new ListState(e.step(), e.purpose(), e.verdict(), e.open(), e.report(), at));
        } else if (event instanceof Event.Cleared e) {
            clearances = with(clearances, e.step(), new Clearance(e.verdict(), e.digest(), e.open(), e.details(), at));
        } else if (event instanceof Event.IdentitySeen e) {
            proven = with(proven, e.component());
            launched = with(launched, e.component(), e.release());
        } else if (event instanceof Event.TriggersArmed e) {
            triggersArmed = e.since();
            judging(one -> one.armed(e.since()));
        } else if (event instanceof Event.ActionStarted e) {
            ActionState a = changing(e.action(), at);
            a.attempt = e.attempt();
            a.everSent = true;
            a.startedAt = at;
            a.receipt = null;
            a.applyFailed = null;
        } else if (event instanceof Event.ActionApplied e) {
            changing(e.action(), at).receipt = e.receipt();
        } else if (event instanceof Event.ApplyFailed e) {
            changing(e.action(), at).applyFailed = e.why();
        } else if (event instanceof Event.ActionObserved e) {
            ActionState a = changing(e.action(), at);
            a.seen = e.observation();
            a.seenAt = at;
        } else if (event instanceof Event.Chosen e) {
            ActionState a = changing(e.action(), at);
            a.way = e.way();
            a.attempt = 0;
            a.startedAt = null;
            a.receipt = null;
            a.applyFailed = null;
            a.seen = null;
            a.seenAt = null;
        } else if (event instanceof Event.ActionReopened e) {
            ActionState a = changing(e.action(), at);
            a.ended = null;
            a.endedAt = null;
            a.why = "";
            a.attempt = 0;
            a.startedAt = null;
            a.receipt = null;
            a.applyFailed = null;
            a.seen = null;
            a.seenAt = null;
            a.begunAt = at;
            a.reopened++;
        } else if (event instanceof Event.ActionEnded e) {
            ActionState a = changing(e.action(), at);
            a.ended = e.status();
            a.endedAt = at;
            a.why = e.why();
            if (e.release() != null) {
                launched = with(launched, e.release().component(), e.release());
            }
        } else if (event instanceof Event.Posting e) {
            posts = with(posts, e.key(), new Post(e.channel(), e.text(), false, 0, at));
        } else if (event instanceof Event.Posted e) {
            Post p = posts.get(e.key());
            if (p != null) {
                posts = with(posts, e.key(), new Post(p.channel(), "", true, p.failures(), at));
            }
        } else if (event instanceof Event.PostFailed e) {
            Post p = posts.get(e.key());
            if (p != null) {
                posts = with(posts, e.key(), new Post(p.channel(), p.text(), false, p.failures() + 1, at));
            }
        } else {
            applyToTheWatch(event, at);
        }
    }

    private void applyToTheWatch(Event event, Instant at) {
        if (event instanceof Event.ProbingBegan e) {
            probingSince = e.anchor();
        } else if (event instanceof Event.ProbingEnded) {
            probingEnded = at;
        } else if (event instanceof Event.Sampled e) {
            for (Sample sample : e.samples()) {
                if (sample.reading() != Sample.Reading.UNKNOWN) {
                    said = with(said, sample.signal(), sample.reading());
                    silent = lacking(silent, sample.signal());
                } else {
                    silent = with(silent, sample.signal());
                }
                judging(one -> one.with(sample));
                noteWhatFired();
                Instant before = lastSlot.get(sample.signal());
                if (before == null || before.isBefore(sample.slotAt())) {
                    lastSlot = with(lastSlot, sample.signal(), sample.slotAt());
                }
            }
        } else if (event instanceof Event.TriggerTurned e) {
            turned = with(turned, e.trigger(), e.truth());
        } else if (event instanceof Event.CheckpointExamined e) {
            checkpoints = with(checkpoints, e.slot(), new Checkpoint(e.verdict(), e.open(), e.waits(), ""));
        } else if (event instanceof Event.CheckpointMissed e) {
            for (Instant slot : e.slots()) {
                checkpoints = with(checkpoints, slot, new Checkpoint(null, List.of(), false, "MISSED"));
            }
        } else if (event instanceof Event.CheckpointSettled e) {
            Checkpoint c = checkpoints.get(e.slot());
            checkpoints = with(
                    checkpoints,
                    e.slot(),
                    new Checkpoint(
                            c == null ? null : c.verdict(), c == null ? List.of() : c.open(), false, e.outcome()));
        } else if (event instanceof Event.LiveSeen e) {
            live = with(live, e.component(), e);
        } else if (event instanceof Event.MaintenanceSet e) {
            maintenanceUntil = e.until();
            maintenanceSince = at;
        } else {
            applyToTheRollback(event, at);
        }
    }

    private void applyToTheRollback(Event event, Instant at) {
        if (event instanceof Event.Deciding e) {
            row = new Row(e, at);
            return;
        }
        if (event instanceof Event.BudgetExceeded e) {
            broken = with(broken, e.what());
            return;
        }
        if (event instanceof Event.Permitted e) {
            permissions = with(permissions, e.action(), new Permission(e.by(), e.operator(), e.expires()));
            return;
        }
        if (row == null) {
            return;
        }
        Row r = new Row(row);
        row = r;
        if (event instanceof Event.EvidenceAdded e) {
            r.furtherCause |= !e.cause().equals(r.cause);
            boolean begun = r.status != Row.Status.CONFIRMING && r.status != Row.Status.AWAITING_APPROVAL;
            if (!begun && !e.components().isEmpty()) {
                r.components = e.components();
            }
        } else if (event instanceof Event.NotConfirmed e) {
            refused(Refused.UNCONFIRMED + e.why(), at);
        } else if (event instanceof Event.RollbackDenied e) {
            refused(Refused.DENIED + e.by().id() + ": " + e.reason(), at);
        } else if (event instanceof Event.RollbackExpired) {
            refused("not approved in time", at);
        } else if (event instanceof Event.RollbackWithdrawn e) {
            refused("withdrawn: " + e.why(), at);
        } else if (event instanceof Event.ApprovalAsked e) {
            r.status = Row.Status.AWAITING_APPROVAL;
            r.token = e.token();
            r.expires = e.expires();
        } else if (event instanceof Event.RollbackApproved) {
            r.status = Row.Status.ROLLING_BACK;
            r.executingSince = at;
            judging(Evaluation::disarmed);
        } else if (event instanceof Event.Suppressed) {
            r.status = Row.Status.WOULD_ROLL_BACK;
        } else if (event instanceof Event.Verifying) {
            r.status = Row.Status.VERIFYING;
            r.verifyingSince = at;
        } else if (event instanceof Event.Verified e) {
            if (e.verdict() != Verdict.NO_GO) {
                r.redSince = null;
            } else if (r.redSince == null) {
                r.redSince = at;
            }
            r.verified = e.verdict();
            r.verifiedWhy = e.why();
            r.verifiedAt = at;
        } else if (event instanceof Event.AftercareBegan e) {
            r.status = Row.Status.AFTERCARE;
            r.aftercareUntil = e.until();
            r.redSince = null;
            // what was seen before it was taken back does not tell that it was undone
            live = Map.of();
        }
    }

    private void refused(String how, Instant at) {
        refused = with(refused, new Refused(row == null ? "" : row.cause, at, how));
        row = null;
        aborted = null;
    }

    /** A copy of an action's state that may be changed, in its place. */
    private ActionState changing(String key, Instant at) {
        ActionState a = new ActionState(action(key));
        if (a.begunAt == null) {
            a.begunAt = at;
        }
        actions = with(actions, key, a);
        return a;
    }

    // ---- collections that change by being copied

    private static Set<String> lacking(Set<String> all, String one) {
        if (!all.contains(one)) {
            return all;
        }
        Set<String> fewer = new LinkedHashSet<>(all);
        fewer.remove(one);
        return Set.copyOf(fewer);
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static <K, V> Map<K, V> without(Map<K, V> map, K key) {
        Map<K, V> copy = new LinkedHashMap<>(map);
        copy.remove(key);
        return copy;
    }

    private static <E> List<E> with(List<E> list, E element) {
        List<E> copy = new ArrayList<>(list);
        copy.add(element);
        return copy;
    }

    private static <E> Set<E> with(Set<E> set, E element) {
        Set<E> copy = new LinkedHashSet<>(set);
        copy.add(element);
        return copy;
    }
}
