package dev.golive.launch;

import dev.golive.journal.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What an operator looks at. */
final class Board {

    private Board() {}

    static List<String> of(Course course, State state, Journal journal, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(course.plan().name() + " " + state.state());
        state.needs.values().forEach(need -> lines.add(need.key() + ": " + need.what()));
        return lines;
    }
}
