package dev.golive.launch;

import dev.golive.Answer;
import dev.golive.Person;
import dev.golive.internal.Arguments;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person tells a launch, through whichever door.
 *
 * @param id tells commands apart; one that arrives twice is carried out once
 * @param kind what is wanted
 * @param by who wants it
 * @param reason why
 * @param details what the kind needs besides
 * @param answer the answer, if that is what it is
 */
record Command(
        String id,
        Kind kind,
        Person by,
        String reason,
        Map<String, String> details,
        @Nullable Answer answer) {

    enum Kind {
        ANSWER,
        DECIDE,
        HOLD,
        RESUME,
        ABORT,
        REPORT,
        ROLL_BACK,
        APPROVE,
        DENY,
        PERMIT,
        ACKNOWLEDGE,
        OVERRIDE,
        SETTLE,
        RECHECK,
        RESCHEDULE,
        CHECKPOINT,
        EMERGENCY,
        FOLLOWED_UP,
        BLACKOUT,
        WAIVE,
        MAINTENANCE,
        DRILL
    }

    Command {
        Arguments.text(id, "id");
        Arguments.given(kind, "kind");
        Arguments.given(by, "by");
        Arguments.given(reason, "reason");
        Map<String, String> sorted = new TreeMap<>(Arguments.given(details, "details"));
        details = Collections.unmodifiableMap(sorted);
    }

    String detail(String name) {
        return details.getOrDefault(name, "");
    }
}
