package dev.golive.checks.internal.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be said of addresses and names without asking anyone. */
public final class Addresses {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /** Top-level names that are never in the public DNS (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
    private static final Set<String> NEVER_PUBLIC = Set.of("localhost", "local", "internal", "home.arpa", "lan");

    private Addresses() {}

    /**
     * The address that a text spells out.
     *
     * @param text an IPv4 or IPv6 address, the latter with or without brackets; anything else is not looked up
     * @return the address, empty if the text is none
     */
    public static Optional<InetAddress> literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            // both patterns exclude names, so this never asks a resolver
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The address as people write it: without a host name, IPv6 compressed as in RFC 5952. */
    public static String text(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : compressed(address.getAddress());
    }

    private static String compressed(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** Whether an address can only be reached from within: private, loopback, link-local or carrier-grade NAT. */
    public static boolean isPrivate(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        return bytes.length == 4
                // 100.64.0.0/10, RFC 6598; 0.0.0.0/8, RFC 791
                ? first == 100 && (bytes[1] & 0xc0) == 64 || first == 0
                // fc00::/7, RFC 4193
                : (first & 0xfe) == 0xfc;
    }

    /** Whether a name is one of the public DNS, judging by its form. */
    public static boolean isPublicName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (name.indexOf('.') < 0 || literal(name).isPresent()) {
            return false;
        }
        String wanted = name;
        return NEVER_PUBLIC.stream().noneMatch(end -> wanted.endsWith("." + end));
    }
}
