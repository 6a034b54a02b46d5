package dev.golive.provider;

import java.time.Instant;

/**
 * How many requests a provider still takes in a window.
 *
 * @param limit how many in the whole window
 * @param left how many are left
 * @param resetsAt when the window ends
 */
public record RateLimit(long limit, long left, Instant resetsAt) {

    /**
     * Refuses what cannot be.
     *
     * @param limit how many in the whole window
     * @param left how many are left
     * @param resetsAt when the window ends
     */
    public RateLimit {
        if (limit < 1 || left < 0) {
            throw new IllegalArgumentException(
                    "limit must be positive and left not negative but they were " + limit + " and " + left);
        }
        Given.notNull(resetsAt, "resetsAt");
    }
}
