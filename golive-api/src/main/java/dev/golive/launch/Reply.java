package dev.golive.launch;

import dev.golive.internal.Arguments;

/**
 * What a launch says to what a person told it.
 *
 * @param accepted whether it does what was asked
 * @param because why not; if it does, what else there is to say, mostly nothing
 */
public record Reply(boolean accepted, String because) {

    /**
     * Refuses a missing reason.
     *
     * @param accepted whether it does what was asked
     * @param because why not; if it does, what else there is to say
     */
    public Reply {
        Arguments.given(because, "because");
    }

    @Override
    public String toString() {
        return (accepted ? "accepted" : "refused") + (because.isBlank() ? "" : ": " + because);
    }
}
