package dev.golive.rollback;

import dev.golive.internal.Arguments;

/** What a trigger says, in Kleene's logic: what is not known is neither true nor false, and never fires. */
public enum Truth {
    /** It fires. */
    TRUE,
    /** It does not. */
    FALSE,
    /** It cannot be told. */
    UNKNOWN;

    /**
     * The opposite.
     *
     * @return {@link #UNKNOWN} for itself
     */
    public Truth not() {
        return this == TRUE ? FALSE : this == FALSE ? TRUE : UNKNOWN;
    }

    /**
     * Both.
     *
     * @param other the other
     * @return {@link #FALSE} if one of them is, else {@link #UNKNOWN} if one of them is
     */
    public Truth and(Truth other) {
        Arguments.given(other, "other");
        return this == FALSE || other == FALSE ? FALSE : this == TRUE && other == TRUE ? TRUE : UNKNOWN;
    }

    /**
     * At least one.
     *
     * @param other the other
     * @return {@link #TRUE} if one of them is, else {@link #UNKNOWN} if one of them is
     */
    public Truth or(Truth other) {
        Arguments.given(other, "other");
        return this == TRUE || other == TRUE ? TRUE : this == FALSE && other == FALSE ? FALSE : UNKNOWN;
    }

    static Truth of(boolean satisfied) {
        return satisfied ? TRUE : FALSE;
    }
}
