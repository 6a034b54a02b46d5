package dev.golive.launch;

import dev.golive.Channel;
import dev.golive.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One application of the launch's function: the state as it was and as it becomes, what happened, what is to be done,
 * and when to look again. Lives for one call and has no thread, clock, file or network.
 */
final class Turn {

    /** Who does what nobody told the launch to do. */
    static final Person ENGINE = Person.automation("golive");

    final Course course;
    final Instant now;
    final List<Event> events = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    State state;
    Instant wake = Instant.MAX;

    Turn(Course course, State state, Instant now) {
        this.course = course;
        this.state = state;
        this.now = now;
    }

    LaunchPlan plan() {
        return course.plan();
    }

    void emit(Event event) {
        events.add(event);
        state = state.after(event, now);
    }

    /** Begins an effect, once as long as it is under way. */
    void fly(Effect effect) {
        fly(effect, now);
    }

    void fly(Effect effect, Instant triedAt) {
        if (!state.inFlight.contains(effect.key())) {
            state = state.flying(effect.key(), triedAt);
            effects.add(effect);
        }
    }

    boolean flying(String key) {
        return state.inFlight.contains(key);
    }

    boolean tried(String key) {
        return state.tried.containsKey(key);
    }

    /** Asks to be called again at an instant. */
    void wake(Instant at) {
        if (at.isBefore(wake)) {
            wake = at;
        }
    }

    boolean passed(Instant due) {
        if (now.isBefore(due)) {
            wake(due);
            return false;
        }
        return true;
    }

    // ---- people

    void need(String key, String what, String owner) {
        State.Need need = state.needs.get(key);
        if (need == null || !need.what().equals(what)) {
            emit(new Event.Needed(key, what, owner));
        }
    }

    void noLonger(String key, String how) {
        if (state.needs.containsKey(key)) {
            emit(new Event.NoLongerNeeded(key, how));
        }
    }

    // ---- announcements

    /** Posts a text to a channel, once for each key. */
    void post(String key, Channel channel, String text, boolean withHead) {
        String full = key + "@" + channel.name();
        if (!state.posts.containsKey(full)) {
            emit(new Event.Posting(full, channel.name(), text));
            fly(new Effect.Post(full, channel, text, withHead));
        }
    }

    /** Tells everybody who is to be informed. */
    void inform(String key, String text) {
        plan().informed().forEach(channel -> post(key, channel, text, false));
    }

    /** Tells everybody who is to be informed and everybody on the way up, at once. */
    void alarm(String key, String text) {
        inform(key, text);
        plan().escalations().forEach(escalation -> post(key, escalation.to(), text, false));
    }
}
