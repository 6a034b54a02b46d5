package dev.golive.launch;

import dev.golive.Person;
import dev.golive.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** A launch of which only the events exist. */
final class Going {

    static final Instant T =
            LocalDateTime.of(2027, 3, 2, 10, 0).atZone(Shop.ZONE).toInstant();
    static final Instant ARMED = T.minus(Duration.ofDays(8));
    static final Person ANN = Person.human("ann", "engineer");

    final Course course;
    State state = new State(null);

    private Going(Course course) {
        this.course = course;
    }

    static Going of(LaunchPlan plan) {
        Going going = new Going(plan.course());
        return going.at(
                ARMED,
                new Event.Armed(
                        plan.name(),
                        plan.digest(),
                        "staging",
                        false,
                        T,
                        plan.zone().getId(),
                        ANN,
                        plan.isDrill(),
                        true,
                        Map.of("web", Release.of("web", "40"), "api", new Release("api", "7", "c0ffee", "sha256:12")),
                        Map.of("web", Release.of("web", "40"), "api", Release.of("api", "7")),
                        Map.of("web", List.of("a push to main deploys")),
                        List.of()));
    }

    Going at(Instant at, Event... events) {
        for (Event event : events) {
            state = state.after(event, at);
        }
        return this;
    }

    Going before(Duration span, Event... events) {
        return at(T.minus(span), events);
    }

    Going after(Duration span, Event... events) {
        return at(T.plus(span), events);
    }

    String explained(Instant now) {
        return Explanation.of(course, state, now);
    }
}
