package dev.golive.checks.internal.dns;

import dev.golive.checks.internal.net.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A name server.
 *
 * @param address its logical address
 * @param label how it is called in facts: its address, and its name where it has one
 * @param host its name, blank for a resolver; several servers may be the addresses of one host
 * @param recursive whether it is asked as a resolver, rather than for what it serves
 */
public record Server(InetSocketAddress address, String label, String host, boolean recursive) {

    private static final int PORT = 53;

    /** A resolver. */
    public static Server resolver(InetSocketAddress address) {
        return new Server(address, text(address), "", true);
    }

    /** A resolver on the usual port. */
    public static Server resolver(InetAddress address) {
        return resolver(new InetSocketAddress(address, PORT));
    }

    /** A name server of a zone. */
    public static Server authoritative(InetAddress address, String name) {
        return new Server(
                new InetSocketAddress(address, PORT), Addresses.text(address) + " (" + name + ")", name, false);
    }

    private static String text(InetSocketAddress address) {
        InetAddress known = address.getAddress();
        String host = known == null ? address.getHostString() : Addresses.text(known);
        return address.getPort() == PORT ? host : host + " port " + address.getPort();
    }

    /** Whether this is another address of the same name server. */
    boolean isAlso(Server other) {
        return !host.isEmpty() && host.equals(other.host) && !address.equals(other.address);
    }
}
