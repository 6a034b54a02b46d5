package dev.golive.rollback;

/**
 * What it means for a trigger that its signal says nothing. Never a default value: the same silence has opposite
 * meanings for different signals.
 *
 * <p>This is about {@link Sample.Kind#MISSING} and about slots without any sample. A {@link Sample.Kind#CHECK_ERROR} is
 * our own failure and never counts as a breach or as good, whatever is chosen here, and too few requests are no silence.
 */
public enum MissingData {
    /** The trigger becomes unknown; after {@link Trigger#maxUnknown} somebody is told. The default. */
    INCONCLUSIVE,
    /** Silence is a breach; for signals that always report. */
    BREACHING,
    /** Silence is good; for metrics that only count events. */
    NOT_BREACHING,
    /** The trigger stays as it is, and its clock stands still. */
    IGNORE
}
