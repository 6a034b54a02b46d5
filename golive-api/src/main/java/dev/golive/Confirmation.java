package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Duration;

/**
 * Something that only a person can see: the person says that it is so. Immutable.
 *
 * <p>Where the item has an {@linkplain Item#ownedBy owner}, the answer of a person in that role counts; otherwise
 * anybody's. Automation never counts.
 */
public final class Confirmation implements Unfresh {

    private final String id;
    private final String question;

    private Confirmation(String id, String question) {
        this.id = id;
        this.question = question;
    }

    /**
     * A confirmation.
     *
     * @param id what answers and other items call it
     * @param question what the person confirms, as a statement
     * @return what becomes an item through {@link #freshFor}
     */
    public static Confirmation of(String id, String question) {
        return new Confirmation(Arguments.text(id, "id"), Arguments.text(question, "question"));
    }

    @Override
    public Item freshFor(Duration age) {
        return Item.confirmation(id, this, Arguments.positive(age, "age"));
    }

    /**
     * What is confirmed.
     *
     * @return the id and the question
     */
    @Override
    public String toString() {
        return id + ": " + question;
    }

    String question() {
        return question;
    }
}
