package dev.golive.launch;

import dev.golive.Component;
import dev.golive.Release;
import dev.golive.Report;
import dev.golive.Verdict;
import dev.golive.rollback.Consequence;
import dev.golive.rollback.Judgement;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Sample;
import dev.golive.rollback.Signal;
import dev.golive.rollback.Truth;
import dev.golive.time.Offset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How signals are sampled, triggers judged and checkpoints held. */
final class Watching {

    private static final String PROBE = "probe:";
    private static final String MEASURE = "measure:";
    private static final String CHECKPOINT = "checkpoint:";
    private static final String LOOK = "look:";
    private static final String BEAT = "beat";

    /** How many slots of a metric are asked for after a pause at most. */
    private static final int CATCHING_UP = 60;

    private Watching() {}

    // ---- samples

    static void sample(Turn t) {
        if (t.state.probingSince == null) {
            begin(t);
        }
        Instant anchor = t.state.probingSince;
        if (anchor == null) {
            return;
        }
        if (t.state.probingEnded == null) {
            for (Probe probe : t.course.probes().values()) {
                probe(t, probe, anchor);
            }
            for (MetricSource source : t.course.sources().values()) {
                measure(t, source, anchor);
            }
        }
        beat(t);
    }

    /**
     * Whether the continuous part is over, all of it was watched, and nothing in it is left open: not what a trigger says,
     * nor what it cannot tell. While nobody was there, and during a maintenance, nothing was watched.
     */
    private static boolean hasSeenEnough(Turn t) {
        Instant h = t.state.h;
        Offset until = t.plan().watch().flatMap(Watch::probingUntil).orElse(null);
        if (h == null || until == null || t.state.phase != LaunchState.WATCHING || t.state.isLatched()) {
            return false;
        }
        Instant from = t.state.counted(h);
        Instant maintained = t.state.maintenanceUntil;
        if (maintained != null && maintained.isAfter(from)) {
            from = maintained;
        }
        Instant end = until.from(from, t.plan().zone());
        if (!t.passed(end)) {
            return false;
        }
        boolean sampling = t.state.inFlight.stream().anyMatch(key -> key.startsWith(PROBE) || key.startsWith(MEASURE));
        return !sampling
                && t.course.probes().values().stream().allMatch(probe -> isSampled(t, probe, end.minus(probe.every())))
                && t.course.sources().values().stream()
                        .allMatch(source ->
                                isSampled(t, source, end.minus(source.slot().multipliedBy(2))))
                && t.state.judgements().stream().noneMatch(Watching::isLeftOpen);
    }

    private static boolean isLeftOpen(Judgement j) {
        boolean untold = j.truth() == Truth.UNKNOWN || j.isNeverJudged();
        return j.isBreaching() || j.isInconclusive() || (untold && !j.isLowSample());
    }

    /** Whether the last slot that began so late was sampled, and said something. */
    private static boolean isSampled(Turn t, Signal signal, Instant from) {
        Instant last = t.state.lastSlot.get(signal.id());
        return last != null && !last.isBefore(from) && !t.state.silent.contains(signal.id());
    }

    /** Signals are sampled from a while before the first action on, to see what was red before. */
    private static void begin(Turn t) {
        Duration baseline = baseline(t);
        Instant first = t.course
                .firstInWindow(t.state)
                .map(step -> t.course.due(step.of().offset(), t.state))
                .orElse(null);
        boolean begun =
                t.state.phase != LaunchState.ARMED || t.course.firstPerforming().isEmpty();
        if (begun || (first != null && t.passed(first.minus(baseline)))) {
            t.emit(new Event.ProbingBegan(t.now));
        }
    }

    static Duration baseline(Turn t) {
        return t.plan().watch().map(Watch::baseline).orElse(Duration.ofMinutes(10));
    }

    private static void probe(Turn t, Probe probe, Instant anchor) {
        long every = probe.every().toNanos();
        long slots = Duration.between(anchor, t.now).toNanos() / every;
        Instant slot = anchor.plusNanos(slots * every);
        t.wake(slot.plusNanos(every));
        String key = PROBE + probe.id();
        Instant last = t.state.lastSlot.get(probe.id());
        Instant tried = t.state.tried.get(key);
        boolean had = (last != null && !last.isBefore(slot)) || (tried != null && !tried.isBefore(slot));
        if (!had && !t.flying(key)) {
            t.fly(new Effect.Take(key, probe, slot), slot);
        }
    }

    private static void measure(Turn t, MetricSource source, Instant anchor) {
        long slot = source.slot().toMillis();
        long first = anchor.toEpochMilli() / slot;
        long newest = (t.now.toEpochMilli() - source.settlesAfter().toMillis()) / slot - 1;
        Instant last = t.state.lastSlot.get(source.id());
        long next = last == null ? first : last.toEpochMilli() / slot + 1;
        next = Math.max(next, newest - CATCHING_UP);
        if (next > newest) {
            t.wake(Instant.ofEpochMilli((next + 1) * slot).plus(source.settlesAfter()));
            return;
        }
        String key = MEASURE + source.id();
        if (!t.flying(key)) {
            t.fly(new Effect.Measure(
                    key, source, Instant.ofEpochMilli(next * slot), Instant.ofEpochMilli((next + 1) * slot)));
        }
    }

    private static void beat(Turn t) {
        t.plan()
                .watch()
                .ifPresent(watch -> watch.heartbeat().ifPresent(channel -> {
                    Instant last = t.state.tried.get(BEAT);
                    if (!t.flying(BEAT) && (last == null || t.passed(last.plus(watch.heartbeatEvery())))) {
                        t.fly(new Effect.Beat(BEAT, channel, t.plan().name() + " is watched: " + t.state.state()));
                    } else if (last != null && !t.flying(BEAT)) {
                        t.wake(last.plus(watch.heartbeatEvery()));
                    }
                }));
    }

    static boolean isMine(String key) {
        return key.startsWith(PROBE) || key.startsWith(MEASURE) || key.startsWith(CHECKPOINT) || key.startsWith(LOOK);
    }

    static void sampled(Turn t, Sample sample) {
        Instant until = t.state.maintenanceUntil;
        boolean maintained = until != null && t.now.isBefore(until);
        t.emit(new Event.Sampled(List.of(maintained ? sample.duringMaintenance() : sample)));
    }

    // ---- triggers

    /** What a rollback because of a trigger is called. */
    static String cause(Judgement judgement) {
        return "trigger " + judgement.triggerId();
    }

    static void judge(Turn t) {
        if (t.state.probingEnded != null) {
            // what is no longer sampled is not missing
            return;
        }
        t.state = t.state.evaluated(t.now);
        List<Judgement> hasFired = t.state.fired;
        t.state = t.state.acted();
        for (Judgement j : t.state.judgements()) {
            String id = j.triggerId();
            String before = t.state.turned.getOrDefault(id, "");
            String now = j.truth()
                    + (j.isBreaching() && j.truth() != Truth.TRUE ? " (partly)" : "")
                    + (j.isInconclusive() ? " (inconclusive)" : "");
            boolean rising = j.truth() == Truth.TRUE && !before.startsWith(Truth.TRUE.name());
            if (!now.equals(before) && !(before.isEmpty() && j.truth() == Truth.FALSE && !j.isBreaching())) {
                t.emit(new Event.TriggerTurned(id, now, j.why()));
            }
            if (j.isPreExisting()) {
                preExisting(t, j);
                continue;
            }
            t.noLonger(Needs.PRE_EXISTING + id, "cleared");
            inconclusive(t, j);
            boolean passed = j.truth() != Truth.TRUE
                    && hasFired.stream().anyMatch(one -> one.triggerId().equals(id));
            if (passed) {
                // so late a sample that it is over already has happened all the same
                hasFired.stream()
                        .filter(one -> one.triggerId().equals(id) && !isOnlyShown(one))
                        .findFirst()
                        .ifPresent(one -> fired(t, one, true));
            } else if (j.truth() == Truth.TRUE && !isOnlyShown(j)) {
                fired(t, j, rising);
            } else if (j.truth() == Truth.FALSE) {
                t.noLonger(Needs.TRIGGER + id, "cleared");
            }
        }
        if (hasSeenEnough(t)) {
            // only after everything that they say now was told
            t.emit(new Event.ProbingEnded());
        }
    }

    /** A dry run of a whole policy decides, and performs nothing; one of a trigger does not decide. */
    private static boolean isOnlyShown(Judgement j) {
        return j.rule().trigger().isDryRun() || (j.isDryRun() && j.consequence() != Consequence.ROLL_BACK);
    }

    private static void preExisting(Turn t, Judgement j) {
        String key = Needs.PRE_EXISTING + j.triggerId();
        if (j.blocksLaunch() && !j.isDryRun() && t.state.phase == LaunchState.ARMED) {
            t.need(key, "already so before anything was done: " + j.sentence() + " (" + j.why() + ")", "");
        }
    }

    private static void inconclusive(Turn t, Judgement j) {
        String key = Needs.INCONCLUSIVE + j.triggerId();
        if (j.isInconclusive()) {
            if (!t.state.needs.containsKey(key)) {
                t.need(key, "cannot be judged: " + j.sentence() + " (" + j.why() + ")", "");
                t.inform(key + t.now, t.plan().name() + ": cannot be judged: " + j.sentence() + " (" + j.why() + ")");
            }
        } else {
            t.noLonger(key, "judged again");
        }
    }

    private static void fired(Turn t, Judgement j, boolean rising) {
        if (j.consequence() == Consequence.ROLL_BACK) {
            if (!Commands.canGoBack(t)) {
                // it still holds once there is something to take back
                return;
            }
            if (t.state.isLatched()) {
                if (rising) {
                    // before anything is performed, what it concerns goes back too
                    Rollbacks.decide(
                            t,
                            cause(j),
                            j.why(),
                            j.rule().components().stream().map(Component::name).toList(),
                            j.deciding(),
                            null,
                            true);
                }
            } else if (!coolsDown(t, j)) {
                Rollbacks.decide(
                        t,
                        cause(j),
                        j.sentence() + ": " + j.why(),
                        j.rule().components().stream().map(Component::name).toList(),
                        j.deciding(),
                        null,
                        true);
            }
        } else if (j.consequence() == Consequence.ASK) {
            if (rising && t.state.isRollingBack()) {
                t.emit(new Event.EvidenceAdded(cause(j), j.why()));
            } else if (rising) {
                String text = j.sentence() + " (" + j.why() + "); roll back?";
                t.need(Needs.TRIGGER + j.triggerId(), text, "");
                t.inform(Needs.TRIGGER + j.triggerId() + t.now, t.plan().name() + ": " + text);
            }
        } else if (rising) {
            t.inform(
                    Needs.TRIGGER + j.triggerId() + t.now,
                    t.plan().name() + ": " + j.sentence() + " (" + j.why() + ")");
        }
    }

    /** The same evidence does not ask again for a while; other evidence does. */
    private static boolean coolsDown(Turn t, Judgement j) {
        Duration coolDown = t.course.policy().map(policy -> policy.coolDown()).orElse(Duration.ZERO);
        for (State.Refused refused : t.state.refused) {
            // a look that did not bear it out is repeated once there is a new sample, and not at once for ever
            Duration pause = refused.isUnconfirmed() ? interval(j) : coolDown;
            if (refused.cause().equals(cause(j)) && !t.passed(refused.at().plus(pause))) {
                return true;
            }
        }
        return false;
    }

    private static Duration interval(Judgement j) {
        return j.rule().trigger().signals().stream()
                .map(Signal::every)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    // ---- checkpoints

    static void checkpoints(Turn t) {
        Instant h = t.state.h;
        if (h == null
                || t.state.isHeld()
                || t.state.isLatched() && t.state.row != null && t.state.row.status != Row.Status.WOULD_ROLL_BACK) {
            return;
        }
        NavigableMap<Instant, List<Effect.Listed>> slots = t.course.checkpoints(h);
        boolean flying = t.state.inFlight.stream().anyMatch(key -> key.startsWith(CHECKPOINT));
        NavigableMap<Instant, List<Effect.Listed>> due = slots.headMap(t.now, true);
        Instant next = slots.higherKey(t.now);
        if (next != null) {
            t.wake(next);
        }
        if (flying || due.isEmpty() || !mayHold(t)) {
            return;
        }
        Instant newest = due.lastKey();
        List<Instant> missed = new ArrayList<>();
        for (Instant slot : due.headMap(newest, false).keySet()) {
            if (!t.state.checkpoints.containsKey(slot)) {
                missed.add(slot);
            }
        }
        if (!missed.isEmpty()) {
            t.emit(new Event.CheckpointMissed(missed, "nobody was there, or the one before took too long"));
        }
        if (!t.state.checkpoints.containsKey(newest)) {
            t.fly(new Effect.Examine(CHECKPOINT + newest, due.lastEntry().getValue()));
            for (Component component : launched(t)) {
                t.fly(new Effect.Look(LOOK + component.name(), component));
            }
        }
    }

    private static boolean mayHold(Turn t) {
        // before the release is proven there is nothing to hold a checkpoint about
        return t.state.phase == LaunchState.WATCHING;
    }

    private static List<Component> launched(Turn t) {
        return t.course.components().values().stream()
                .filter(component -> t.state.launched.containsKey(component.name()))
                .toList();
    }

    static void examined(Turn t, String key, List<Input.ListResult> results) {
        Instant slot = Instant.parse(key.substring(CHECKPOINT.length()));
        if (t.state.checkpoints.containsKey(slot)) {
            return;
        }
        Verdict verdict = Steps.worst(results);
        List<String> open = results.stream()
                .flatMap(result -> result.open().stream())
                .distinct()
                .toList();
        boolean waits = results.stream().anyMatch(Input.ListResult::waits);
        t.emit(new Event.CheckpointExamined(slot, verdict, open, waits, together(results)));
        if (!Steps.isGood(verdict)) {
            String text = "checkpoint " + slot + " is " + verdict + ": " + String.join("; ", open);
            t.need(Needs.CHECKPOINT + slot, text, "");
            t.inform(Needs.CHECKPOINT + slot, t.plan().name() + ": " + text);
        }
    }

    /** The reports of a checkpoint as one. */
    private static String together(List<Input.ListResult> results) {
        List<Report> reports = results.stream()
                .filter(result -> !result.report().isEmpty())
                .map(result -> Report.fromJson(result.report()))
                .toList();
        return reports.isEmpty() ? "" : Report.merge(reports).toJson();
    }

    // ---- what is live

    static void looked(Turn t, String component) {
        Event.LiveSeen seen = t.state.live.get(component);
        Release launched = t.state.launched.get(component);
        if (seen == null || launched == null || t.state.isLatched()) {
            return;
        }
        String key = Needs.LIVE + component;
        Release live = seen.release();
        if (t.state.acknowledged.contains(key)) {
            // somebody knows; the watch says at its end that it was not kept for what was launched
            return;
        }
        if (live != null && !live.id().equals(launched.id())) {
            boolean back = t.state
                    .frozen(component)
                    .map(frozen -> frozen.id().equals(live.id()))
                    .orElse(false);
            String text = live + " is live, and not " + launched + " that was launched: "
                    + (back ? "somebody took it back by hand" : "somebody deployed another one");
            if (!t.state.needs.containsKey(key)) {
                t.need(key, text, "");
                t.alarm(key + t.now, t.plan().name() + ": " + text);
            }
        } else if (live != null) {
            t.noLonger(key, launched + " is live again");
        } else if (t.course
                .endOfWatch(t.state)
                .filter(end -> !t.now.isBefore(end))
                .isPresent()) {
            t.need(key, "the watch cannot end before " + launched + " is seen live: " + seen.why(), "");
        }
    }

    // ---- the end

    static void end(Turn t) {
        if (t.state.isOver() || t.state.phase != LaunchState.WATCHING || t.state.isHeld()) {
            return;
        }
        boolean stepsOver = t.course.steps().stream()
                .allMatch(step -> t.state.step(step.id()).status().isOver());
        Instant end = t.course.endOfWatch(t.state).orElse(t.state.h);
        boolean latched = t.state.row != null && t.state.row.status != Row.Status.WOULD_ROLL_BACK;
        if (!stepsOver || end == null || !t.passed(end) || latched) {
            return;
        }
        if (t.state.maintenanceUntil != null && !t.passed(t.state.maintenanceUntil)) {
            // what is not looked at says nothing about how it ends
            return;
        }
        // what a dry run has decided does not clear, since nothing is rolled back
        boolean red = t.state.row == null && t.state.judgements().stream().anyMatch(j -> isRed(j) && !isSettled(t, j));
        boolean examining = t.state.inFlight.stream()
                .anyMatch(key -> key.startsWith(CHECKPOINT)
                        // a sample that was begun after the end is of no more interest
                        || ((key.startsWith(PROBE) || key.startsWith(MEASURE))
                                && !t.state.tried.getOrDefault(key, end).isAfter(end)));
        if (red || examining || !liveAtTheEnd(t, end)) {
            return;
        }
        Kept kept = Kept.of(t);
        Rollbacks.complete(t, kept.verdict(), kept.why());
    }

    /** Whether a trigger says, or begins to say, that the launch should go back. */
    private static boolean isRed(Judgement j) {
        return j.isBreaching() && !j.isPreExisting() && !j.isDryRun() && j.consequence() != Consequence.NOTIFY;
    }

    /** Whether people have decided not to roll back because of what a trigger says now. */
    private static boolean isSettled(Turn t, Judgement j) {
        if (j.truth() != Truth.TRUE) {
            return false;
        }
        String key = Needs.TRIGGER + j.triggerId();
        if (j.consequence() == Consequence.ASK) {
            return t.state.acknowledged.contains(key) && !t.state.needs.containsKey(key);
        }
        return coolsDown(t, j)
                && t.state.refused.stream()
                        .filter(refused -> refused.cause().equals(cause(j)))
                        .reduce((former, latter) -> latter)
                        .map(State.Refused::isDenied)
                        .orElse(false);
    }

    /** The watch is not kept for a release that is not live. */
    private static boolean liveAtTheEnd(Turn t, Instant end) {
        boolean all = true;
        for (Component component : launched(t)) {
            Event.LiveSeen seen = t.state.live.get(component.name());
            Instant tried = t.state.tried.get(LOOK + component.name());
            boolean asked = tried != null && !tried.isBefore(end);
            if (tried == null || !asked || t.passed(tried.plus(Duration.ofMinutes(1)))) {
                t.fly(new Effect.Look(LOOK + component.name(), component));
            }
            Release launched = t.state.launched.get(component.name());
            all &= asked
                    && !t.flying(LOOK + component.name())
                    && seen != null
                    && launched != null
                    && (t.state.acknowledged.contains(Needs.LIVE + component.name())
                            || (seen.release() != null && seen.release().id().equals(launched.id())));
        }
        return all;
    }

    /** What a watch comes to. */
    record Kept(Verdict verdict, String why) {

        static Kept of(Turn t) {
            List<String> undecided = new ArrayList<>();
            List<String> conditions = new ArrayList<>();
            State s = t.state;
            for (Judgement j : s.judgements()) {
                if (j.isInconclusive()) {
                    undecided.add("at the end it could not be judged whether " + j.sentence());
                } else if (j.isNeverJudged()) {
                    (j.isLowSample() ? conditions : undecided).add("it was never judged whether " + j.sentence());
                }
            }
            for (String signal : t.course.probes().keySet()) {
                if (!s.said.containsKey(signal)) {
                    undecided.add("the signal " + signal + " never said anything");
                } else if (s.said.get(signal) == Sample.Reading.BREACH) {
                    conditions.add("the signal " + signal + " was red "
                            + (s.probingEnded == null ? "at the end" : "when it was sampled last"));
                }
            }
            for (String signal : t.course.sources().keySet()) {
                if (!s.said.containsKey(signal)) {
                    undecided.add("the signal " + signal + " never said anything");
                }
            }
            s.actions.forEach((key, action) -> {
                if (key.startsWith(Course.LAUNCH) && action.isOver() && !action.isGood()) {
                    conditions.add(key.substring(Course.LAUNCH.length()) + " is " + action.ended + ": " + action.why);
                }
            });
            s.live.forEach((component, seen) -> {
                Release launched = s.launched.get(component);
                Release live = seen.release();
                if (launched != null && (live == null || !live.id().equals(launched.id()))) {
                    undecided.add(launched + " is not what is live at the end: " + (live == null ? seen.why() : live));
                }
            });
            Instant h = s.h;
            NavigableMap<Instant, List<Effect.Listed>> slots = h == null ? new TreeMap<>() : t.course.checkpoints(h);
            List<Instant> missed = slots.keySet().stream()
                    .filter(slot -> !s.checkpoints.containsKey(slot)
                            || s.checkpoints.get(slot).outcome().equals("MISSED"))
                    .toList();
            if (!missed.isEmpty() && missed.size() == slots.size()) {
                undecided.add("none of " + slots.size() + " checkpoints was held");
            } else if (!missed.isEmpty()) {
                // a watch that was not kept most of the time has seen nothing, whatever it saw in between
                boolean most = 2 * missed.size() > slots.size();
                (most ? undecided : conditions).add(missed.size() + " of " + slots.size() + " checkpoints were missed");
            }
            List<String> failures = new ArrayList<>();
            for (Judgement j : s.judgements()) {
                if (isRed(j)) {
                    failures.add("at the end it was so that " + j.sentence());
                } else if (j.isBreaching() && !j.isDryRun()) {
                    conditions.add((j.isPreExisting() ? "before the launch already and at the end" : "at the end")
                            + " it was so that " + j.sentence());
                }
            }
            for (State.Refused refused : s.refused) {
                if (refused.isDenied()) {
                    conditions.add("a rollback because of " + refused.cause() + " was " + refused.how());
                }
            }
            for (Map.Entry<Instant, State.Checkpoint> entry : s.checkpoints.entrySet()) {
                State.Checkpoint c = entry.getValue();
                boolean last = !slots.isEmpty() && entry.getKey().equals(slots.lastKey());
                boolean seenByNobodyElse = c.verdict() == null || c.verdict() == Verdict.NO_GO;
                if (c.outcome().startsWith("OK") && seenByNobodyElse) {
                    conditions.add("checkpoint " + entry.getKey() + " was " + (c.verdict() == null ? "missed" : "NO_GO")
                            + " and then " + c.outcome());
                } else if (c.outcome().startsWith("ISSUE") || c.outcome().startsWith("SKIPPED")) {
                    conditions.add("checkpoint " + entry.getKey() + ": " + c.outcome());
                } else if (c.verdict() == Verdict.NO_GO && c.outcome().isEmpty()) {
                    if (last) {
                        failures.add("the last checkpoint failed, at " + entry.getKey());
                    } else {
                        conditions.add("checkpoint " + entry.getKey() + " was NO_GO");
                    }
                } else if (c.verdict() == Verdict.UNDECIDED && c.outcome().isEmpty()) {
                    (last ? undecided : conditions).add("checkpoint " + entry.getKey() + " was UNDECIDED");
                }
            }
            if (slots.isEmpty()
                    && t.course.probes().isEmpty()
                    && t.plan().watch().isPresent()) {
                undecided.add("the watch looked at nothing");
            }
            Instant probed = s.probingEnded;
            boolean mattered = probed == null || s.maintenanceSince == null || s.maintenanceSince.isBefore(probed);
            if (h != null && s.maintenanceUntil != null && s.maintenanceUntil.isAfter(h) && mattered) {
                conditions.add("samples of a maintenance until " + s.maintenanceUntil + " did not count");
            }
            s.followUps.keySet().forEach(what -> conditions.add("still to be done: " + what));
            if (!s.arming().durableJournal()) {
                conditions.add("the journal was kept in memory only");
            }
            if (s.row != null) {
                failures.add(0, "the dry run would have rolled back: " + s.row.why);
            }
            if (!failures.isEmpty()) {
                failures.addAll(undecided);
                failures.addAll(conditions);
                return new Kept(Verdict.NO_GO, String.join("; ", failures));
            }
            if (!undecided.isEmpty()) {
                undecided.addAll(conditions);
                return new Kept(Verdict.UNDECIDED, String.join("; ", undecided));
            }
            return conditions.isEmpty()
                    ? new Kept(Verdict.GO, "the watch has ended, and nothing stands against it")
                    : new Kept(Verdict.CONDITIONAL_GO, String.join("; ", conditions));
        }
    }
}
