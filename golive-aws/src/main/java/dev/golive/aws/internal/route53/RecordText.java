package dev.golive.aws.internal.route53;

import java.util.Locale;
import java.util.Set;

/** Names and values of records, written in one way, so that they can be compared. */
public final class RecordText {

    private static final Set<String> NAMES = Set.of("CNAME", "NS", "PTR", "MX", "SRV");

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
