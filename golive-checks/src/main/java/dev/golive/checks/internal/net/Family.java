package dev.golive.checks.internal.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses of a name are wanted. */
public enum Family {
    /** The IPv4 addresses; the IPv6 addresses where there are none. */
    ANY,
    /** IPv4 only. */
    IPV4,
    /** IPv6 only. */
    IPV6;

    /** Whether an address is of this family. */
    public boolean includes(InetAddress address) {
        return switch (this) {
            case ANY -> true;
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> address instanceof Inet6Address;
        };
    }

    @Override
    public String toString() {
        return switch (this) {
            case ANY -> "any address";
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
        };
    }
}
