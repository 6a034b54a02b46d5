package dev.golive.launch;

import dev.golive.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The function that a launch is: from a state, an input and an instant to the next state, what happened, and what is to
 * be done. It has no thread, clock, file or network; the same arguments give the same result.
 */
final class Machine {

    /** How often what was found to be due can cause something else to be due at once. */
    private static final int ROUNDS = 1_000;

    private static final Duration RETRY_POST = Duration.ofSeconds(30);
    private static final int POSTS_AT_MOST = 20;

    /** What one step of a launch comes to. */
    record Result(State state, List<Event> events, List<Effect> effects, Instant wake) {}

    private final Course course;

    Machine(Course course) {
        this.course = course;
    }

    Result step(State state, Input input, Instant now) {
        Turn t = new Turn(course, state, now);
        take(t, input);
        int before;
        int rounds = 0;
        do {
            before = t.events.size() + t.effects.size();
            t.wake = Instant.MAX;
            progress(t);
            if (++rounds > ROUNDS) {
                throw new IllegalStateException(
                        "the launch does not come to rest; the last event was " + t.events.get(t.events.size() - 1));
            }
        } while (t.events.size() + t.effects.size() > before);
        return new Result(t.state, List.copyOf(t.events), List.copyOf(t.effects), t.wake);
    }

    // ---- what comes in

    private void take(Turn t, Input input) {
        if (input instanceof Input.Armed armed) {
            t.emit(armed.event());
        } else if (input instanceof Input.Opened opened) {
            opened(t, opened);
        } else if (input instanceof Input.Commanded commanded) {
            Commands.accept(t, commanded.command());
        } else if (input instanceof Input.Examined examined) {
            landed(t, examined.key());
            examined(t, examined);
        } else if (input instanceof Input.Observed observed) {
            landed(t, observed.key());
            if (Performing.isMine(observed.key())) {
                planned(t, observed.key(), one -> Performing.observed(t, one, observed.key(), observed.observation()));
            }
        } else if (input instanceof Input.Applied applied) {
            landed(t, applied.key());
            planned(t, applied.key(), one -> Performing.applied(t, one, applied.receipt()));
        } else if (input instanceof Input.ApplyFailed failed) {
            landed(t, failed.key());
            planned(t, failed.key(), one -> Performing.applyFailed(t, one, failed.why()));
        } else if (input instanceof Input.Posted posted) {
            landed(t, posted.key());
            if (t.state.posts.containsKey(posted.key())) {
                t.emit(new Event.Posted(posted.key(), posted.receipt()));
            }
        } else if (input instanceof Input.PostFailed failed) {
            landed(t, failed.key());
            if (t.state.posts.containsKey(failed.key())) {
                t.emit(new Event.PostFailed(failed.key(), failed.why()));
            }
        } else if (input instanceof Input.Sampled sampled) {
            landed(t, sampled.key());
            if (Rollbacks.isMine(sampled.key())) {
                Rollbacks.confirmed(t, sampled.sample());
            } else {
                Watching.sampled(t, sampled.sample());
            }
        } else if (input instanceof Input.Looked looked) {
            landed(t, looked.key());
            t.emit(new Event.LiveSeen(looked.component(), looked.release(), looked.unknown()));
            if (Rollbacks.isMine(looked.key())) {
                Rollbacks.looked(t, looked.component());
            } else {
                Watching.looked(t, looked.component());
            }
        }
    }

    private static void landed(Turn t, String key) {
        t.state = t.state.landed(key);
    }

    private static void opened(Turn t, Input.Opened opened) {
        boolean first = t.state.opened == 0;
        t.emit(new Event.Opened(opened.instance(), opened.host(), opened.silentSince()));
        Event.Armed armed = t.state.arming();
        planIs(t, opened.digest());
        if (first) {
            t.emit(new Event.Laid(t.course.contents()));
            String text = armed.plan() + " is armed in " + armed.environment()
                    + (armed.production() ? " (production)" : "") + " for "
                    + armed.planned().atZone(t.plan().zone()) + " by " + opened.host() + ", instance "
                    + opened.instance() + (armed.durableJournal() ? "" : "; its journal is kept in memory only");
            t.inform("armed", text);
            t.inform("card", BreakGlass.card(t.course, t.state));
            Rollbacks.postHead(t, "head:armed", text);
        } else {
            t.inform(
                    "taken-up:" + t.state.opened,
                    armed.plan() + " in " + armed.environment() + " was taken up by " + opened.host() + ", instance "
                            + opened.instance());
        }
        if (!opened.others().isEmpty() && !t.state.acknowledged.contains(Needs.ANOTHER_ARMED)) {
            t.need(
                    Needs.ANOTHER_ARMED,
                    "another launch is armed in " + armed.environment() + ": " + String.join("; ", opened.others()),
                    "");
        }
    }

    /** Another plan than the one that the launch goes by holds everything up until a person has acknowledged it. */
    private static void planIs(Turn t, String digest) {
        String before = t.state.plan;
        if (digest.equals(before)) {
            if (t.state.changedPlan != null) {
                t.emit(new Event.PlanChanged(t.state.changedPlan, digest));
                t.noLonger(Needs.PLAN_CHANGED, "the plan is again the one that the launch goes by");
            }
        } else if (!digest.equals(t.state.changedPlan)) {
            t.emit(new Event.PlanChanged(before, digest));
            t.emit(new Event.Laid(t.course.contents()));
            t.need(
                    Needs.PLAN_CHANGED,
                    "the plan is not the one that the launch went by; acknowledge that it goes on with " + digest,
                    "");
        }
    }

    private static void examined(Turn t, Input.Examined examined) {
        if (t.state.isOver()) {
            return;
        }
        if (Steps.isMine(examined.key())) {
            Steps.examined(t, examined.key(), examined.results());
        } else if (Rollbacks.isMine(examined.key())) {
            Rollbacks.examined(t, examined.results().get(0));
        } else {
            Watching.examined(t, examined.key(), examined.results());
        }
    }

    private void planned(Turn t, String inputKey, Consumer<Course.Planned> then) {
        String key = Performing.actionOf(inputKey);
        for (Course.Step step : course.steps()) {
            for (Course.Planned planned : Steps.planned(step.actions())) {
                if (planned.key().equals(key)) {
                    then.accept(planned);
                    return;
                }
            }
        }
        Row row = t.state.row;
        if (row != null) {
            course.wayBack(row.components, t.state).stream()
                    .flatMap(List::stream)
                    .filter(planned -> planned.key().equals(key))
                    .findFirst()
                    .ifPresent(then);
        }
    }

    // ---- what is due

    private static void progress(Turn t) {
        if (t.state.armed == null || t.state.opened == 0) {
            return;
        }
        if (!t.state.isOver()) {
            Watching.sample(t);
            Watching.judge(t);
            Rollbacks.progress(t);
            boolean rolling = t.state.row != null
                    && t.state.row.status != Row.Status.WOULD_ROLL_BACK
                    && t.state.row.status != Row.Status.CONFIRMING
                    && t.state.row.status != Row.Status.AWAITING_APPROVAL;
            if (t.state.goesOn()) {
                Steps.progress(t);
            } else if (t.state.isHeld() && !t.state.isLatched()) {
                Steps.late(t);
            }
            if (!rolling) {
                Watching.checkpoints(t);
                Watching.end(t);
            }
            followUps(t);
            escalate(t);
        }
        outbox(t);
    }

    private static void followUps(Turn t) {
        for (Map.Entry<String, Instant> entry : t.state.followUps.entrySet()) {
            if (t.passed(entry.getValue())) {
                t.need(
                        Needs.FOLLOW_UP + entry.getKey(),
                        "overdue " + t.course.follows(entry.getKey()) + ": " + entry.getKey(),
                        t.course.follower(entry.getKey()));
            }
        }
    }

    /** Tells the next one up, once for each thing and level. */
    private static void escalate(Turn t) {
        List<LaunchPlan.Escalation> levels = t.course.levels();
        for (State.Need need : List.copyOf(t.state.needs.values())) {
            for (int level = need.level() + 1; level <= levels.size(); level++) {
                LaunchPlan.Escalation escalation = levels.get(level - 1);
                if (!t.passed(need.since().plus(escalation.after()))) {
                    break;
                }
                t.emit(new Event.Escalated(need.key(), level));
                t.post(
                        "escalation:" + level + ":" + need.key() + "@" + need.since(),
                        escalation.to(),
                        t.plan().name() + " has waited since "
                                + need.since().atZone(t.plan().zone())
                                + (need.owner().isEmpty() ? "" : " for " + need.owner()) + ": " + need.what(),
                        false);
            }
        }
    }

    /** What could not be posted is posted again, and holds up nothing. */
    private static void outbox(Turn t) {
        for (Map.Entry<String, State.Post> entry : t.state.posts.entrySet()) {
            State.Post post = entry.getValue();
            if (post.done() || t.flying(entry.getKey()) || post.failures() >= POSTS_AT_MOST) {
                continue;
            }
            Channel channel = t.course.channels().get(post.channel());
            boolean begun = t.tried(entry.getKey());
            Duration pause = RETRY_POST.multipliedBy(1L << Math.min(post.failures(), 5));
            if (channel != null && (!begun || t.passed(post.lastTry().plus(pause)))) {
                t.fly(new Effect.Post(
                        entry.getKey(), channel, post.text(), entry.getKey().startsWith("head:")));
            }
        }
    }
}
