package dev.golive.launch;

import dev.golive.Observation;
import dev.golive.Receipt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far an action has come. Not changed once it is part of a {@link State}. */
final class ActionState {

    static final ActionState NEW = new ActionState();

    /** Which attempt is the current one; 0 if nothing was sent yet. */
    int attempt;

    /** Whether anything was ever sent, also if a person had it tried again since: then there is something to take back. */
    boolean everSent;

    /** When the current attempt was begun. */
    @Nullable
    Instant startedAt;

    /** When the engine first looked. */
    @Nullable
    Instant begunAt;

    /** What the platform answered to the current attempt. */
    @Nullable
    Receipt receipt;

    /** Why sending failed, if it did; it may have had its effect all the same. */
    @Nullable
    String applyFailed;

    @Nullable
    Observation seen;

    @Nullable
    Instant seenAt;

    /** The alternative that was chosen. */
    @Nullable
    String way;

    @Nullable
    ActionStatus ended;

    @Nullable
    Instant endedAt;

    String why = "";

    /** How often a person wanted it tried again. */
    int reopened;

    private ActionState() {}

    ActionState(ActionState a) {
        attempt = a.attempt;
        everSent = a.everSent;
        startedAt = a.startedAt;
        begunAt = a.begunAt;
        receipt = a.receipt;
        applyFailed = a.applyFailed;
        seen = a.seen;
        seenAt = a.seenAt;
        way = a.way;
        ended = a.ended;
        endedAt = a.endedAt;
        why = a.why;
        reopened = a.reopened;
    }

    boolean isOver() {
        return ended != null;
    }

    boolean isGood() {
        return ended != null && ended.isGood();
    }

    /** Whether it was sent, or may have been, since it was last begun or reopened. */
    boolean isSent() {
        return attempt > 0;
    }
}
