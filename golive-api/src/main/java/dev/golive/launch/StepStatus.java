package dev.golive.launch;

/** How far a step of a plan has come. */
enum StepStatus {
    /** Not begun. */
    PENDING,
    /** Begun. */
    RUNNING,
    /** A list was examined and not everything is in order yet. */
    OPEN,
    /** Done. */
    DONE,
    /** Failed; what becomes of the launch is up to the ending. */
    FAILED,
    /** Not carried out, with the reason. */
    SKIPPED;

    boolean isOver() {
        return this == DONE || this == SKIPPED;
    }
}
