package dev.golive;

/** What an examination found. */
public enum Finding {

    /** As it should be. */
    PASSED,

    /** Will do, with a reservation that a person should read. */
    WARNED,

    /** Not as it should be. */
    FAILED,

    /** Could not be found out. */
    UNKNOWN;

    /**
     * Whether the finding is good enough to go on.
     *
     * @return {@code true} for PASSED and WARNED
     */
    public boolean good() {
        return this == PASSED || this == WARNED;
    }
}
