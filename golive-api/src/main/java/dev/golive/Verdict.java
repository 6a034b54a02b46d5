package dev.golive;

/** What a report comes to, from good to bad. */
public enum Verdict {

    /** Every required item passed or is not applicable by an evaluated condition, and at least one passed. */
    GO,

    /** Nothing required stands in the way, but there are warnings, waivers, or recommended items that did not pass. */
    CONDITIONAL_GO,

    /** Something required is unknown, pending, stale or blocked only by such; or nothing required was examined. */
    UNDECIDED,

    /** Something required failed, or is blocked by something that failed. */
    NO_GO
}
