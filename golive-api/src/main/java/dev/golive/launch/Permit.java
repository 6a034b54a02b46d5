package dev.golive.launch;

import dev.golive.internal.Arguments;
import java.time.Instant;

/**
 * The permission for one destructive action of one launch. It is good for nothing else: not for another launch, another
 * action (a restore of another backup is another action) or another operator, and not after it expired.
 *
 * @param launch the id of the launch, as the board shows it
 * @param action the key of the action, as the board shows it
 * @param operator the id of the person who operates the launch
 * @param expires when it is no longer good
 */
public record Permit(String launch, String action, String operator, Instant expires) {

    /**
     * Refuses missing parts.
     *
     * @param launch the id of the launch, as the board shows it
     * @param action the key of the action, as the board shows it
     * @param operator the id of the person who operates the launch
     * @param expires when it is no longer good
     */
    public Permit {
        Arguments.text(launch, "launch");
        Arguments.text(action, "action");
        Arguments.text(operator, "operator");
        Arguments.given(expires, "expires");
    }
}
