package dev.golive.checks.internal.net;

import dev.golive.CheckContext;

/** Finds the addresses of a name. Stateless or thread-safe. */
public interface NameResolver {

    /**
     * The addresses of a name.
     *
     * @return at least one address of the family
     * @throws NoAddressException if it is certain that there is none
     * @throws UnresolvedException if it could not be found out
     * @throws Exception if the attempt was given up
     */
    Resolved resolve(CheckContext context, String host, Family family) throws Exception;
}
