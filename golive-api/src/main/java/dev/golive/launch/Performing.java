package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.internal.Ids;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How one action is brought to its target: observe, apply if need be, observe until it is there.
 *
 * <p>Nothing is sent without a look before. After a crash the look comes first again, and what may have been sent is sent
 * again only if that does no harm.
 */
final class Performing {

    private static final String OBSERVE = "observe:";
    private static final String APPLY = "apply:";
    private static final String LATE = "late:";

    private Performing() {}

    /** Does what is due for an action that is not over. */
    static void progress(Turn t, Course.Planned planned) {
        String key = planned.key();
        ActionState a = t.state.action(key);
        if (a.isOver() || t.flying(OBSERVE + key) || t.flying(APPLY + key)) {
            return;
        }
        if (!t.tried(OBSERVE + key) || a.seenAt == null) {
            observe(t, planned);
            return;
        }
        if (t.passed(a.seenAt.plus(way(planned, a).conduct().every()))) {
            observe(t, planned);
        }
    }

    private static void observe(Turn t, Course.Planned planned) {
        Action way = way(planned, t.state.action(planned.key()));
        t.fly(new Effect.Observe(OBSERVE + planned.key(), planned.key(), way));
    }

    /** Goes on looking at an action that did not make it in time; returns whether the time for that is over too. */
    static boolean lookedLate(Turn t, Course.Planned planned, Duration within) {
        String key = LATE + planned.key();
        if (t.flying(key)) {
            return false;
        }
        ActionState a = t.state.action(planned.key());
        Action way = way(planned, a);
        Instant ended = a.endedAt == null ? t.now : a.endedAt;
        Instant from = t.state.counted(ended);
        Instant until = from.plus(within);
        Instant last = t.state.tried.get(key);
        if (last != null && !last.isBefore(until)) {
            return true;
        }
        Instant next = last == null || last.isBefore(from)
                ? from
                : last.plus(way.conduct().every());
        if (t.passed(next.isBefore(until) ? next : until)) {
            t.fly(new Effect.Observe(key, planned.key(), way));
        }
        return false;
    }

    static Action way(Course.Planned planned, ActionState a) {
        for (Action way : planned.ways()) {
            if (way.id().equals(a.way)) {
                return way;
            }
        }
        return planned.ways().get(0);
    }

    /** Whether an action of the launch itself, and not of its way back, is being sent. */
    static boolean isSendingForTheLaunch(Turn t) {
        return t.state.inFlight.stream().anyMatch(key -> key.startsWith(APPLY + Course.LAUNCH));
    }

    static boolean isMine(String inputKey) {
        return inputKey.startsWith(OBSERVE) || inputKey.startsWith(APPLY) || inputKey.startsWith(LATE);
    }

    static String actionOf(String inputKey) {
        return inputKey.substring(inputKey.indexOf(':') + 1);
    }

    static void observed(Turn t, Course.Planned planned, String inputKey, Observation seen) {
        String key = planned.key();
        ActionState a = t.state.action(key);
        if (inputKey.startsWith(LATE)) {
            if (seen.state() == Observation.State.AT_TARGET && isTimedOut(a)) {
                t.emit(new Event.ActionObserved(key, seen));
                end(t, key, ActionStatus.DONE, "late: " + seen.found(), seen);
            } else if (seen.state() == Observation.State.NOT_AT_TARGET && !a.isSent() && isTimedOut(a)) {
                // nothing was sent, since something else was under way; that has ended
                t.emit(new Event.ActionReopened(key));
            }
            return;
        }
        if (a.isOver()) {
            return;
        }
        t.emit(new Event.ActionObserved(key, seen));
        a = t.state.action(key);
        Action way = way(planned, a);
        boolean late = !t.now.isBefore(start(t, a).plus(way.conduct().deadline()));
        switch (seen.state()) {
            case AT_TARGET -> {
                choose(t, planned, way);
                end(t, key, a.isSent() ? ActionStatus.DONE : ActionStatus.ALREADY, seen.found(), seen);
            }
            case UNDER_WAY -> {
                if (late) {
                    end(t, key, ActionStatus.TIMED_OUT, tooLate(way) + seen.found(), seen);
                }
            }
            case NOT_AT_TARGET -> notThere(t, planned, way, seen, late);
            case SOMEWHERE_ELSE -> end(t, key, ActionStatus.NEEDS_HUMAN, "somebody else acted: " + seen.found(), seen);
            case REFUSED -> refused(t, planned, way, seen);
            case UNKNOWN -> {
                if (late) {
                    end(
                            t,
                            key,
                            a.isSent() ? ActionStatus.TIMED_OUT : ActionStatus.FAILED,
                            tooLate(way) + "could not be observed: " + seen.found(),
                            seen);
                }
            }
        }
    }

    private static void notThere(Turn t, Course.Planned planned, Action way, Observation seen, boolean late) {
        String key = planned.key();
        ActionState a = t.state.action(key);
        if (!a.isSent()) {
            apply(t, planned, way, 1);
        } else if (a.receipt != null) {
            if (late) {
                again(t, planned, way, ActionStatus.TIMED_OUT, tooLate(way) + seen.found(), seen);
            }
        } else if (a.applyFailed != null) {
            if (way.isConvergent()) {
                again(t, planned, way, ActionStatus.FAILED, a.applyFailed, seen);
            } else {
                end(
                        t,
                        key,
                        ActionStatus.IN_DOUBT,
                        "sending it failed (" + a.applyFailed + "), it may still take effect, and sending it again"
                                + " could do harm",
                        seen);
            }
        } else if (way.isConvergent()) {
            // a crash came between the journal and the answer; the same key makes it the same request
            apply(t, planned, way, a.attempt);
        } else {
            end(
                    t,
                    key,
                    ActionStatus.IN_DOUBT,
                    "a crash left open whether it was sent, and sending it again could do harm",
                    seen);
        }
    }

    private static void refused(Turn t, Course.Planned planned, Action way, Observation seen) {
        ActionState a = t.state.action(planned.key());
        if (!a.isSent()) {
            int next = planned.ways().indexOf(way) + 1;
            if (next < planned.ways().size()) {
                t.emit(new Event.Chosen(planned.key(), planned.ways().get(next).id()));
                observe(t, planned);
            } else {
                end(t, planned.key(), ActionStatus.FAILED, seen.found(), seen);
            }
        } else {
            again(t, planned, way, ActionStatus.FAILED, seen.found(), seen);
        }
    }

    private static void again(
            Turn t, Course.Planned planned, Action way, ActionStatus otherwise, String why, Observation seen) {
        int attempt = t.state.action(planned.key()).attempt;
        if (attempt < way.conduct().attempts() && way.isConvergent()) {
            apply(t, planned, way, attempt + 1);
        } else {
            end(t, planned.key(), otherwise, why, seen);
        }
    }

    private static void apply(Turn t, Course.Planned planned, Action way, int attempt) {
        boolean launches = planned.key().startsWith(Course.LAUNCH);
        boolean permitted = launches
                || planned.action().kind() != Action.Kind.DESTRUCTIVE
                || t.state.isPermitted(planned.key(), t.now);
        if (!permitted || (launches && !t.state.goesOn())) {
            // while this was looked at, a permission expired or somebody said hold; it is looked at again later
            return;
        }
        choose(t, planned, way);
        String idempotencyKey = idempotencyKey(t.state, planned.key(), way);
        t.emit(new Event.ActionStarted(planned.key(), attempt, idempotencyKey));
        t.fly(new Effect.Apply(APPLY + planned.key(), planned.key(), way, idempotencyKey));
    }

    /**
     * The same for all attempts of an action of a launch, so that the platform takes them for one request; another one
     * after a person wanted it tried again, since a platform that remembers a failure would only repeat it.
     */
    static String idempotencyKey(State state, String key, Action way) {
        int reopened = state.action(key).reopened;
        return Ids.digest(state.arming().digest()
                + state.armedAt
                + key
                + way.id()
                + (reopened == 0 ? "" : " reopened " + reopened));
    }

    /** Which way is taken is journaled before it is taken, so that a crash in between leads to the same one. */
    private static void choose(Turn t, Course.Planned planned, Action way) {
        if (planned.ways().size() > 1 && !way.id().equals(t.state.action(planned.key()).way)) {
            t.emit(new Event.Chosen(planned.key(), way.id()));
        }
    }

    static void applied(Turn t, Course.Planned planned, Receipt receipt) {
        if (!t.state.action(planned.key()).isOver()) {
            t.emit(new Event.ActionApplied(planned.key(), receipt));
            observe(t, planned);
        }
    }

    static void applyFailed(Turn t, Course.Planned planned, String why) {
        if (!t.state.action(planned.key()).isOver()) {
            t.emit(new Event.ApplyFailed(planned.key(), why));
            observe(t, planned);
        }
    }

    private static void end(Turn t, String key, ActionStatus status, String why, Observation seen) {
        // what a way back brings live is not what this launch put live
        Release release = status.isGood() && key.startsWith(Course.LAUNCH) ? seen.release() : null;
        t.emit(new Event.ActionEnded(key, status, why, release));
    }

    /** When the current attempt began; the time in which no process was there does not count. */
    private static Instant start(Turn t, ActionState a) {
        Instant begun = a.startedAt != null ? a.startedAt : a.begunAt != null ? a.begunAt : t.now;
        return t.state.counted(begun);
    }

    private static String tooLate(Action way) {
        return "not within " + Spans.text(way.conduct().deadline()) + ": ";
    }

    private static boolean isTimedOut(ActionState a) {
        return a.ended == ActionStatus.TIMED_OUT;
    }

    static boolean allOver(Turn t, List<Course.Planned> group) {
        return group.stream().allMatch(planned -> t.state.action(planned.key()).isOver());
    }
}
