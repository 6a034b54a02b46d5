package dev.golive.launch;

import dev.golive.internal.Arguments;
import java.time.Instant;

/**
 * Something that waits for a person.
 *
 * @param key under which it waits; what {@link LaunchControl} is told to acknowledge, settle or permit
 * @param what what is wanted, in words
 * @param owner whose it is: a role, or blank if anybody may
 * @param since since when it waits
 */
public record Waiting(String key, String what, String owner, Instant since) {

    /**
     * Refuses missing parts.
     *
     * @param key under which it waits
     * @param what what is wanted, in words
     * @param owner whose it is: a role, or blank if anybody may
     * @param since since when it waits
     */
    public Waiting {
        Arguments.text(key, "key");
        Arguments.text(what, "what");
        Arguments.given(owner, "owner");
        Arguments.given(since, "since");
    }

    @Override
    public String toString() {
        return key + ": " + what + (owner.isEmpty() ? "" : " (" + owner + ")");
    }
}
