package dev.golive.checks.internal.net;

import dev.golive.CheckContext;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a name. Stateless or thread-safe. */
public interface NameResolver {

    /**
     * The addresses of a name, in the order in which they are to be tried.
     *
     * @return at least one address of the family
     * @throws NoAddressException if it is certain that there is none
     * @throws UnresolvedException if it could not be found out
     * @throws Exception if the attempt was given up
     */
    List<InetAddress> resolve(CheckContext context, String host, Family family) throws Exception;
}
