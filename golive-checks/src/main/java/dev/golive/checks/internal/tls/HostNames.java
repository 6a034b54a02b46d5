package dev.golive.checks.internal.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Host names as RFC 9525 compares them with the names in a certificate. */
public final class HostNames {

    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

    private HostNames() {}

    /**
     * A host in the form in which it is compared: lower case, A-labels, without a dot at the end; an address as it is.
     *
     * @param host a name or a literal address, without port; IPv6 may stand in brackets
     * @param argument names the argument in the message
     * @return the canonical form
     * @throws IllegalArgumentException if it is neither
     */
    public static String canonical(String host, String argument) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (address(bare).isPresent()) {
            return bare.toLowerCase(Locale.ROOT);
        }
        try {
            String ascii = IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            if (isName(name)) {
                return name;
            }
        } catch (IllegalArgumentException e) {
            throw refused(host, argument, e);
        }
        throw refused(host, argument, null);
    }

    private static IllegalArgumentException refused(
            String host, String argument, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                argument + " must be a host name or a literal address, without scheme, port or wildcard, but was \""
                        + host + '"',
                cause);
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > 253) {
            return false;
        }
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        // "1.2.3" or "300.1.1.1" is an address with a mistake in it, never a name
        return !labels[labels.length - 1].matches("\\d+");
    }

    /**
     * A literal address.
     *
     * @param host a name or a literal address
     * @return the address, empty for a name; nothing is resolved
     */
    public static Optional<InetAddress> address(String host) {
        if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            // colons and hexadecimal digits, but no address
            return Optional.empty();
        }
    }

    /**
     * Whether a certificate is for a host.
     *
     * @param names the DNS names in the certificate
     * @param addresses the IP addresses in the certificate
     * @param host the host, canonical
     * @return whether one of them is the host's
     */
    public static boolean cover(Collection<String> names, Collection<InetAddress> addresses, String host) {
        Optional<InetAddress> address = address(host);
        if (address.isPresent()) {
            return addresses.contains(address.get());
        }
        return names.stream().anyMatch(name -> covers(name, host));
    }

    /**
     * Whether one DNS name of a certificate stands for a host. A wildcard is a whole left-most label, stands for exactly
     * one label, and needs two labels after it, so that it never covers all of a top-level domain.
     *
     * @param presented the name in the certificate
     * @param host the host, canonical
     * @return whether it does
     */
    static boolean covers(String presented, String host) {
        String name = presented.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (!name.startsWith("*.")) {
            return !name.isEmpty() && name.equals(host);
        }
        String parent = name.substring(2);
        int dot = host.indexOf('.');
        return dot > 0
                && isName(parent)
                && parent.contains(".")
                && host.substring(dot + 1).equals(parent);
    }

    /**
     * A few names as a person lists them.
     *
     * @param names the names
     * @return the first three and the number of others
     */
    static String listed(List<String> names) {
        if (names.isEmpty()) {
            return "no name";
        }
        List<String> first = names.subList(0, Math.min(3, names.size()));
        String text = String.join(", ", first);
        return names.size() > 3 ? text + " and " + (names.size() - 3) + " more" : text;
    }
}
