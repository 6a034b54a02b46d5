package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Instant;

/**
 * A person accepts that an item is not as it should be, for a reason and until an instant.
 *
 * <p>The person must act in a role, be human, and not be the item's owner. An expired waiver says so and no longer
 * helps; an item that is {@linkplain Item#notWaivable() not waivable} is not helped at all. A waived item leaves the
 * verdict at best conditional. Immutable.
 */
public final class Waiver {

    private final String itemId;
    private final Person by;
    private final String reason;
    private final Instant until;

    private Waiver(String itemId, Person by, String reason, Instant until) {
        this.itemId = itemId;
        this.by = by;
        this.reason = reason;
        this.until = until;
    }

    /**
     * A waiver of an item.
     *
     * @param item the item; needs an explicit id
     * @param by who accepts it
     * @param reason why that is acceptable
     * @param until the instant at which it ends
     * @return the waiver
     */
    public static Waiver of(Item item, Person by, String reason, Instant until) {
        if (!Arguments.given(item, "item").hasExplicitId()) {
            throw new IllegalArgumentException(
                    "item must have an explicit id to be waived, give it one with as(\"...\"): " + item.sentence());
        }
        return of(item.id(), by, reason, until);
    }

    /**
     * A waiver of the item with an id.
     *
     * @param itemId the id
     * @param by who accepts it
     * @param reason why that is acceptable
     * @param until the instant at which it ends
     * @return the waiver
     */
    public static Waiver of(String itemId, Person by, String reason, Instant until) {
        return new Waiver(
                Arguments.text(itemId, "itemId"),
                Arguments.given(by, "by"),
                Arguments.text(reason, "reason"),
                Arguments.given(until, "until"));
    }

    /**
     * The item that is waived.
     *
     * @return its id
     */
    public String itemId() {
        return itemId;
    }

    /**
     * Who accepts it.
     *
     * @return the person
     */
    public Person by() {
        return by;
    }

    /**
     * Why that is acceptable.
     *
     * @return the reason
     */
    public String reason() {
        return reason;
    }

    /**
     * When it ends.
     *
     * @return the first instant at which it no longer helps
     */
    public Instant until() {
        return until;
    }

    @Override
    public String toString() {
        return itemId + " waived by " + by + " until " + until + ": " + reason;
    }
}
