package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Instant;

/**
 * What a person said about an item. An answer counts only for the {@link Question#digest() digest} it was given to.
 *
 * @param itemId the id of the item
 * @param kind what was said
 * @param by who said it
 * @param at when it was said
 * @param digest the digest of what the person was shown
 * @param comment anything the person added, may be blank; a refusal states its reason here
 */
public record Answer(String itemId, Kind kind, Person by, Instant at, String digest, String comment) {

    /** What can be said. */
    public enum Kind {
        /** It is so. */
        CONFIRMED,
        /** I take responsibility for it. */
        APPROVED,
        /** No. */
        REFUSED,
        /** I take back what I said before. */
        WITHDRAWN
    }

    /**
     * Refuses missing parts.
     *
     * @param itemId the id of the item
     * @param kind what was said
     * @param by who said it
     * @param at when it was said
     * @param digest the digest of what the person was shown
     * @param comment anything the person added, may be blank; a refusal states its reason here
     */
    public Answer {
        Arguments.text(itemId, "itemId");
        Arguments.given(kind, "kind");
        Arguments.given(by, "by");
        Arguments.given(at, "at");
        Arguments.given(digest, "digest");
        Arguments.given(comment, "comment");
    }
}
