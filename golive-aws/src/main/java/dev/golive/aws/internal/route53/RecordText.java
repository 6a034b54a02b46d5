package dev.golive.aws.internal.route53;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and values of records, written in one way, so that they can be compared. */
public final class RecordText {

    private static final Set<String> NAMES = Set.of("CNAME", "NS", "PTR", "MX", "SRV");

    private static final String DUALSTACK = "dualstack.";
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

    private RecordText() {}

    /** A name in lower case with a dot at its end, without the escapes that Route 53 writes. */
    public static String name(String name) {
        String plain = unescaped(name).toLowerCase(Locale.ROOT);
        return plain.endsWith(".") ? plain : plain + ".";
    }

    /** A value: names in it as above but without the dot, texts without their quotation marks and put together. */
    public static String value(String type, String value) {
        if (type.equals("TXT") || type.equals("SPF")) {
            return text(value.strip());
        }
        String plain = value.strip();
        if (!NAMES.contains(type)) {
            return plain;
        }
        plain = unescaped(plain).toLowerCase(Locale.ROOT);
        return plain.length() > 1 && plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** The target of an alias: the console writes a name before that of a load balancer, which means the same. */
    public static String alias(String target) {
        String name = name(target);
        return name.startsWith(DUALSTACK) ? name.substring(DUALSTACK.length()) : name;
    }

    /** A value in the one form in which equal ones are the same: an IPv6 address has several. */
    public static String comparable(String type, String value) {
        String plain = value(type, value);
        if (!type.equals("AAAA") || !IPV6.matcher(plain).matches()) {
            return plain;
        }
        try {
            // with a colon in it, it is an address or nothing, and no name is looked up
            return shortest(InetAddress.getByName(plain).getAddress());
        } catch (UnknownHostException e) {
            return plain;
        }
    }

    /** As RFC 5952 writes it: the longest run of zeros, the first of several, becomes two colons. */
    private static String shortest(byte[] address) {
        int[] groups = new int[address.length / 2];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
        }
        int from = 0;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (length > 1 && i == from) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** A backslash and three octal digits stand for a character. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\'
                    && i + 3 < text.length()
                    && text.substring(i + 1, i + 4).matches("[0-3][0-7]{2}")) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static String text(String value) {
        if (!value.startsWith("\"")) {
            return value;
        }
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\' && i + 1 < value.length()) {
                char next = value.charAt(i + 1);
                if (next == '"' || next == '\\') {
                    plain.append(next);
                    i++;
                } else {
                    plain.append(c);
                }
            } else if (quoted) {
                plain.append(c);
            }
        }
        return unescaped(plain.toString());
    }
}
