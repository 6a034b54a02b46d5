package dev.golive.launch;

import dev.golive.internal.Arguments;

/**
 * What a launch says to what a person told it.
 *
 * @param accepted whether it does what was asked
 * @param because why not; blank if it does
 */
public record Reply(boolean accepted, String because) {

    /**
     * Refuses a missing reason.
     *
     * @param accepted whether it does what was asked
     * @param because why not; blank if it does
     */
    public Reply {
        Arguments.given(because, "because");
    }

    @Override
    public String toString() {
        return accepted ? "accepted" : "refused: " + because;
    }
}
