package dev.golive.checks.internal.dns;

import dev.golive.checks.internal.Given;
import dev.golive.checks.internal.net.Addresses;
import java.net.IDN;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;

/** Domain names as people write them, and as the wire has them. */
public final class Names {

    /** What may be in a name: hosts, services (RFC 8552), wildcards, and reverse zones of small blocks (RFC 2317). */
    private static final Pattern ALLOWED =
            Pattern.compile("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|[0-9/-]+(\\.[0-9/-]+)*\\.in-addr\\.arpa");

    private static final int MAX_OCTETS = 253;
    private static final int MAX_LABEL_OCTETS = 63;

    private Names() {}

    /**
     * The name that a text spells out, relative to the root (RFC 1035, section 2.3.1; other scripts by IDNA).
     *
     * @param text the name, with or without a final dot
     * @param argument names the argument in messages
     * @throws IllegalArgumentException if it is not a domain name
     */
    public static Name parse(String text, String argument) {
        Given.given(text, argument);
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        String ascii;
        try {
            ascii = toAscii(bare).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw refused(text, argument, e);
        }
        if (ascii.length() > MAX_OCTETS
                || !ALLOWED.matcher(ascii).matches()
                || Addresses.literal(bare).isPresent()) {
            throw refused(text, argument, null);
        }
        for (String label : ascii.split("\\.")) {
            if (label.length() > MAX_LABEL_OCTETS) {
                throw refused(text, argument, null);
            }
        }
        try {
            return Name.fromString(ascii, Name.root);
        } catch (TextParseException e) {
            throw refused(text, argument, e);
        }
    }

    /** A name in ASCII (RFC 3490). What is ASCII already stays as it is, without loading the tables. */
    static String toAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > 127) {
                return IDN.toASCII(name);
            }
        }
        return name;
    }

    private static IllegalArgumentException refused(String text, String argument, @Nullable Exception e) {
        return new IllegalArgumentException(
                argument + " must be a domain name such as shop.example, with labels of at most " + MAX_LABEL_OCTETS
                        + " and in all at most " + MAX_OCTETS + " octets, but was \"" + text + '"',
                e);
    }

    /** The name under which the PTR records of an address are (RFC 1035, section 3.5; RFC 3596, section 2.5). */
    public static Name reverse(InetAddress address) {
        return ReverseMap.fromAddress(address);
    }

    /** The name that {@link #text} gave this text for. */
    static Name ofText(String text) {
        return Name.fromConstantString(text.equals(".") ? text : text + ".");
    }

    /** A name as people write it: in lower case, without the final dot. */
    public static String text(Name name) {
        return name.equals(Name.root) ? "." : name.toString(true).toLowerCase(Locale.ROOT);
    }

    /**
     * The host that a name belongs to: without the labels that begin with an underscore and all to the left of them, as
     * {@code _dmarc.shop.example} and {@code key._domainkey.shop.example} are records of {@code shop.example}.
     */
    public static String host(String name) {
        Optional<InetAddress> address = Addresses.literal(name);
        if (address.isPresent()) {
            return Addresses.text(address.get());
        }
        String[] labels = name.split("\\.");
        int from = 0;
        for (int i = 0; i < labels.length - 1; i++) {
            if (labels[i].startsWith("_")) {
                from = i + 1;
            }
        }
        return String.join(".", Arrays.asList(labels).subList(from, labels.length));
    }
}
