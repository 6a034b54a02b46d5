package dev.golive;

import dev.golive.internal.Arguments;

/**
 * Something in the world that a check touches, which the {@link Environment} of the run must list.
 *
 * @param system {@link #HOST} for a host name, otherwise the provider's name, for example {@code aws}
 * @param name the host name, or the account or project id at the provider
 */
public record Subject(String system, String name) {

    /** The {@link #system()} of host names. */
    public static final String HOST = "host";

    /**
     * Refuses blank parts.
     *
     * @param system {@link #HOST} for a host name, otherwise the provider's name, for example {@code aws}
     * @param name the host name, or the account or project id at the provider
     */
    public Subject {
        Arguments.text(system, "system");
        Arguments.text(name, "name");
    }

    /**
     * A host.
     *
     * @param name the host name or address
     * @return the subject
     */
    public static Subject host(String name) {
        return new Subject(HOST, name);
    }

    /**
     * Whether this is a host.
     *
     * @return {@code true} for a host
     */
    public boolean isHost() {
        return system.equals(HOST);
    }
}
