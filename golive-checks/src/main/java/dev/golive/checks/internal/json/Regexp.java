package dev.golive.checks.internal.json;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions that mean the same everywhere (I-Regexp, RFC 9485). */
final class Regexp {

    private static final String ESCAPABLE = "()*+-.?[\\]^nrt{|}";

    private Regexp() {}

    /** Whether a text matches; nothing matches what is not such an expression. */
    static boolean matches(String regex, String text, boolean whole) {
        try {
            var matcher = Pattern.compile(inJava(regex)).matcher(text);
            return whole ? matcher.matches() : matcher.find();
        } catch (PatternSyntaxException e) {
            // RFC 9535 section 2.4.6: the result is false then, not an error
            return false;
        }
    }

    /** The same in the dialect of Java, where more characters and escapes have a meaning. */
    private static String inJava(String regex) {
        StringBuilder java = new StringBuilder(regex.length() + 16);
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
                char escaped = i < regex.length() ? regex.charAt(i) : ' ';
                if (escaped == 'p' || escaped == 'P') {
                    int end = regex.indexOf('}', i);
                    if (end < 0 || !regex.substring(i + 1, end + 1).matches("\\{[LMNPZSC][a-z]?\\}")) {
                        throw new PatternSyntaxException("not a category", regex, i);
                    }
                    java.append('\\').append(regex, i, end + 1);
                    i = end;
                } else if (ESCAPABLE.indexOf(escaped) >= 0) {
                    java.append('\\').append(escaped);
                } else {
                    throw new PatternSyntaxException("not an escape", regex, i);
                }
            } else if (inClass) {
                inClass = c != ']';
                // Java has unions, nested classes and intersections
                java.append(c == '[' || c == '&' ? "\\" : "").append(c);
            } else if (c == '[') {
                inClass = true;
                java.append(c);
                if (i + 1 < regex.length() && regex.charAt(i + 1) == '^') {
                    java.append('^');
                    i++;
                }
            } else if (c == '.') {
                java.append("[^\\n\\r]");
            } else if (c == '(' && i + 1 < regex.length() && regex.charAt(i + 1) == '?'
                    || "?*+}".indexOf(c) >= 0 && i + 1 < regex.length() && "?+".indexOf(regex.charAt(i + 1)) >= 0) {
                throw new PatternSyntaxException("an extension", regex, i);
            } else {
                java.append(c);
            }
        }
        return java.toString();
    }
}
