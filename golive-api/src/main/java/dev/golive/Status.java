package dev.golive;

/** Where an item of a checklist stands after a run. */
public enum Status {

    /** It was examined, and it is as it should be. */
    PASSED,

    /** It was examined and will do, with a reservation. */
    WARNED,

    /** It was examined, and it is not as it should be. */
    FAILED,

    /** It could not be found out; that is neither good nor bad news. */
    UNKNOWN,

    /** It waits for a person, for its time, or for a run from another vantage point. */
    PENDING,

    /** It was not examined because something it needs did not pass. */
    BLOCKED,

    /** An evaluated condition says that it does not apply here. */
    NOT_APPLICABLE,

    /** It is not as it should be, and a named person in another role accepts that until an instant. */
    WAIVED,

    /** Its evidence is too old, or belongs to another release, environment or state of the checklist. */
    STALE;

    /**
     * Whether what comes after such an item may go ahead.
     *
     * @return {@code true} for PASSED, WARNED, WAIVED and NOT_APPLICABLE
     */
    public boolean lets() {
        return this == PASSED || this == WARNED || this == WAIVED || this == NOT_APPLICABLE;
    }

    /**
     * Whether the world was looked at.
     *
     * @return {@code true} for PASSED, WARNED and FAILED
     */
    public boolean examined() {
        return this == PASSED || this == WARNED || this == FAILED;
    }
}
