package dev.golive;

import dev.golive.internal.Arguments;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who gave an answer. People are told apart by their id: one person in three roles counts once, and automation never
 * counts as a person. Immutable.
 *
 * @param id what identifies the person, for example a user name; the same id is the same person
 * @param roles the roles the person acts in, for example {@code engineer}
 * @param known how it is known that it is this person
 * @param automation whether this is a program and not a human being
 */
public record Person(String id, Set<String> roles, Assurance known, boolean automation) {

    /**
     * Refuses a blank id and blank roles.
     *
     * @param id what identifies the person, for example a user name; the same id is the same person
     * @param roles the roles the person acts in, for example {@code engineer}
     * @param known how it is known that it is this person
     * @param automation whether this is a program and not a human being
     */
    public Person {
        Arguments.text(id, "id");
        Arguments.given(known, "known");
        Set<String> copy = new TreeSet<>(Arguments.all(roles, "roles"));
        copy.forEach(role -> Arguments.text(role, "roles"));
        roles = java.util.Collections.unmodifiableSet(copy);
    }

    /**
     * A human being whose name was typed.
     *
     * @param id what identifies the person
     * @param roles the roles the person acts in
     * @return the person
     */
    public static Person human(String id, String... roles) {
        return new Person(id, new LinkedHashSet<>(Arguments.all(roles, "roles")), Assurance.ASSERTED, false);
    }

    /**
     * A program.
     *
     * @param id what identifies the program
     * @param roles the roles it acts in
     * @return the person that is none
     */
    public static Person automation(String id, String... roles) {
        return new Person(id, new LinkedHashSet<>(Arguments.all(roles, "roles")), Assurance.ASSERTED, true);
    }

    /**
     * The same, known in another way.
     *
     * @param assurance how it is known that it is this person
     * @return the person
     */
    public Person known(Assurance assurance) {
        return new Person(id, roles, Arguments.given(assurance, "assurance"), automation);
    }

    /**
     * Whether the person acts in a role.
     *
     * @param role the role
     * @return whether it is one of {@link #roles()}
     */
    public boolean isIn(String role) {
        return roles.contains(Arguments.given(role, "role"));
    }

    @Override
    public String toString() {
        return id
                + (roles.isEmpty() ? "" : " (" + String.join(", ", roles) + ")")
                + (automation ? " [automation]" : "");
    }
}
