package dev.golive.launch;

import java.time.Instant;

/** What is due, overdue and next. */
final class Explanation {

    private Explanation() {}

    static String of(Course course, State state, Instant now) {
        return String.join("\n", state.needs.keySet());
    }
}
