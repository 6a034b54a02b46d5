package dev.golive.checks.internal.net;

import java.net.InetAddress;
import java.util.List;

/**
 * The addresses of a name.
 *
 * @param addresses at least one, in the order in which they are to be tried
 * @param shared whether they were looked up for another check, a moment ago
 */
public record Resolved(List<InetAddress> addresses, boolean shared) {

    /** Copies the list. */
    public Resolved {
        addresses = List.copyOf(addresses);
    }
}
