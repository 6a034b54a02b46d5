package dev.golive.internal;

/** Texts that come from people, made fit for places where some characters have a meaning. */
public final class Texts {

    private static final char REPLACEMENT = '\uFFFD';
    private static final String SPECIAL = "\\`*[]|~$";

    private Texts() {}

    /** A text in one line that every format and every terminal can carry. */
    public static String line(String text) {
        return visible(text).strip().replaceAll("\\s*\\n\\s*", " ").replace('\t', ' ');
    }

    /**
     * A text that every format and every terminal can carry: line breaks are {@code \n}, and what would steer a
     * terminal, reverse the reading direction or be refused by XML 1.0 (section 2.2) is replaced.
     */
    public static String visible(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\r') {
                if (i >= text.length() || text.charAt(i) != '\n') {
                    out.append('\n');
                }
            } else if (c == '\u2028' || c == '\u2029') {
                out.append('\n');
            } else if (c == '\n' || c == '\t' || shows(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(REPLACEMENT);
            }
        }
        return out.toString();
    }

    private static boolean shows(int c) {
        boolean control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
        boolean steersDirection = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        boolean noCharacter = (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFE) == 0xFFFE;
        return !control && !steersDirection && !noCharacter;
    }

    /**
     * A text in one line of GitHub Flavored Markdown that shows as it is, for places that do not begin a line. An
     * underscore within a word means nothing and stays, since some readers take the backslash before it for a part of a
     * link.
     */
    public static String markdown(String text) {
        String line = line(text);
        StringBuilder escaped = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '_' -> escaped.append(isInWord(line, i) ? "_" : "\\_");
                default -> {
                    if (SPECIAL.indexOf(c) >= 0) {
                        escaped.append('\\');
                    }
                    escaped.append(c);
                }
            }
        }
        return escaped.toString();
    }

    private static boolean isInWord(String line, int i) {
        return i > 0
                && i + 1 < line.length()
                && Character.isLetterOrDigit(line.charAt(i - 1))
                && Character.isLetterOrDigit(line.charAt(i + 1));
    }
}
