package dev.golive.railway.internal;

import dev.golive.provider.Given;
import java.net.IDN;
import java.util.Locale;

/** Names of hosts, in the one form in which they are compared. */
public final class HostName {

    private HostName() {}

    /**
     * The name of a host or of all hosts of a domain, as somebody wrote it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String given(String name, String argument) {
        String text = Given.text(name, argument);
        try {
            return ascii(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(argument + " must be the name of a host but was " + text, e);
        }
    }

    /** What a provider calls a host; what is no name of a host is like no other. */
    static String told(String name) {
        try {
            return ascii(name);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static String ascii(String name) {
        String star = name.startsWith("*.") ? "*." : "";
        String rest = name.substring(star.length());
        String host = rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest;
        String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        if (ascii.isEmpty()) {
            throw new IllegalArgumentException("no name");
        }
        return star + ascii;
    }

    /** Whether a name of a certificate is for a host, or for the same names of hosts (RFC 6125, section 6.4.3). */
    public static boolean covers(String pattern, String host) {
        if (pattern.equals(host)) {
            return true;
        }
        int dot = host.indexOf('.');
        return pattern.startsWith("*.")
                && !host.startsWith("*")
                && dot > 0
                && host.substring(dot).equals(pattern.substring(1));
    }
}
