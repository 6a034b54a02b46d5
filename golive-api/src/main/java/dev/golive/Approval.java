package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Duration;

/**
 * A role takes responsibility: one person in it, or two different ones, sign the state of the whole checklist.
 * Immutable.
 *
 * <p>An approval is bound to the digest of the checklist, the environment, the release, the items not in order and the
 * waivers; any change of those makes it {@link Status#STALE}. One refusal by a person in the role fails it.
 */
public final class Approval implements Unfresh {

    private final String id;
    private final String role;
    private final int persons;
    private final Assurance atLeast;

    private Approval(String id, String role, int persons, Assurance atLeast) {
        this.id = id;
        this.role = role;
        this.persons = persons;
        this.atLeast = atLeast;
    }

    /**
     * An approval, not yet saying whose.
     *
     * @param id what answers and other items call it
     * @return who may sign is said next
     */
    public static Signed named(String id) {
        Arguments.text(id, "id");
        return new Signed() {
            @Override
            public Approval by(String role) {
                return new Approval(id, Arguments.text(role, "role"), 1, Assurance.ASSERTED);
            }

            @Override
            public Approval byTwoOf(String role) {
                return new Approval(id, Arguments.text(role, "role"), 2, Assurance.ASSERTED);
            }

            @Override
            public String toString() {
                return id + ": an approval that does not say yet by whom";
            }
        };
    }

    /** Says who may sign. */
    public interface Signed {

        /**
         * One person in a role.
         *
         * @param role the role
         * @return the approval
         */
        Approval by(String role);

        /**
         * Two different persons in a role.
         *
         * @param role the role
         * @return the approval
         */
        Approval byTwoOf(String role);
    }

    /**
     * The same, counting only answers that are known to come from the person in this way or better.
     *
     * @param assurance how well the person must be known; any answer counts unless said otherwise
     * @return the new approval
     */
    public Approval atLeast(Assurance assurance) {
        return new Approval(id, role, persons, Arguments.given(assurance, "assurance"));
    }

    @Override
    public Item freshFor(Duration age) {
        return Item.approval(id, this, Arguments.positive(age, "age"));
    }

    /**
     * Whose approval it is.
     *
     * @return the id and a sentence
     */
    @Override
    public String toString() {
        return id + ": " + sentence();
    }

    String role() {
        return role;
    }

    int persons() {
        return persons;
    }

    Assurance atLeast() {
        return atLeast;
    }

    String sentence() {
        return "Approved by " + (persons == 1 ? "" : "two of ") + role
                + (atLeast == Assurance.ASSERTED ? "" : ", " + atLeast.name().toLowerCase(java.util.Locale.ROOT));
    }
}
