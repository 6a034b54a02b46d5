package dev.golive.checks.internal.net;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect: a host and a port, and which of the host's addresses.
 *
 * @param host the host name in ASCII, or a literal address without brackets
 * @param port the logical port
 * @param family which addresses of the host are wanted
 * @param pinned the one address to ask instead of those that the name has
 */
public record Endpoint(
        String host, int port, Family family, @Nullable InetAddress pinned) {

    /** Any address of the host. */
    public static Endpoint of(String host, int port) {
        return new Endpoint(host, port, Family.ANY, null);
    }
}
