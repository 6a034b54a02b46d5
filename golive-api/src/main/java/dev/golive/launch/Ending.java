package dev.golive.launch;

/** What becomes of a launch when a step of a {@link Moment} fails. */
public enum Ending {
    /** Nothing goes on but probes and rollback, until a person resumes; the step is then tried again. */
    HOLD,
    /** The launch stays where it is, and people are asked: look again, roll back or abort. */
    ASK,
    /** What was applied is rolled back, with the authority that the rollback policy states. */
    ROLL_BACK
}
