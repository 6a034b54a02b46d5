package dev.golive.launch;

/** What became of an action. */
enum ActionStatus {
    /** Brought to its target by this launch. */
    DONE,
    /** Was at its target already; nothing was sent. */
    ALREADY,
    /** Not brought to its target. */
    FAILED,
    /** Sent, and not at its target in time. */
    TIMED_OUT,
    /** Not performed, with the reason. */
    SKIPPED,
    /** A crash left open whether it was sent, and sending it again could do harm. */
    IN_DOUBT,
    /** Somebody else acted, or a permission is missing: a person has to settle it. */
    NEEDS_HUMAN;

    boolean isGood() {
        return this == DONE || this == ALREADY;
    }

    /** Whether a person can still turn it into something else. */
    boolean isUnsettled() {
        return this == IN_DOUBT || this == NEEDS_HUMAN;
    }
}
