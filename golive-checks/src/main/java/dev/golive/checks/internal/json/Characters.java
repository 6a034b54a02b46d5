package dev.golive.checks.internal.json;

/** The characters of a query and the words that they make. */
final class Characters {

    private static final int END = -1;

    private final String text;
    private final String argument;
    private int at;

    Characters(String text, String argument) {
        this.text = text;
        this.argument = argument;
    }

    int position() {
        return at;
    }

    void backTo(int position) {
        at = position;
    }

    boolean atEnd() {
        return at == text.length();
    }

    int peek() {
        return atEnd() ? END : text.charAt(at);
    }

    boolean accept(String token) {
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    boolean acceptAfterBlanks(String token) {
        int before = at;
        skipBlanks();
        if (accept(token)) {
            return true;
        }
        at = before;
        return false;
    }

    void require(char c) {
        if (peek() != c) {
            throw wrong("" + c);
        }
        at++;
    }

    void skipBlanks() {
        while (" \t\n\r".indexOf(peek()) >= 0) {
            at++;
        }
    }

    IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException(
                argument + " must be a JSONPath (RFC 9535) with " + expected + " at index " + at + ", but was " + text);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** A name that needs no quotation marks. */
    String memberName() {
        int start = at;
        while (!atEnd()) {
            int c = text.codePointAt(at);
            boolean first = isLetter(c) || c == '_' || c >= 0x80 && !(c >= 0xd800 && c <= 0xdfff);
            if (!first && !(at > start && isDigit(c))) {
                break;
            }
            at += Character.charCount(c);
        }
        if (at == start) {
            throw wrong("a name or *");
        }
        return text.substring(start, at);
    }

    /** The name of a function or of a literal. */
    String word() {
        int start = at;
        while (peek() >= 'a' && peek() <= 'z' || at > start && (peek() == '_' || isDigit(peek()))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** An integer as it is written, without leading zeros. */
    String integer() {
        int start = at;
        accept("-");
        int digits = at;
        skipDigits();
        if (at == digits || text.charAt(digits) == '0' && at > digits + 1) {
            at = digits;
            throw wrong("an integer without leading zeros");
        }
        return text.substring(start, at);
    }

    /** A number as it is written. */
    String number() {
        int start = at;
        integer();
        if (accept(".")) {
            requireDigits();
        }
        if (accept("e") || accept("E")) {
            if (!accept("-")) {
                accept("+");
            }
            requireDigits();
        }
        return text.substring(start, at);
    }

    private void requireDigits() {
        int start = at;
        skipDigits();
        if (at == start) {
            throw wrong("a digit");
        }
    }

    private void skipDigits() {
        while (isDigit(peek())) {
            at++;
        }
    }

    /** A text in quotation marks of either kind. */
    String string() {
        char quote = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        while (peek() != quote) {
            if (atEnd()) {
                throw wrong("" + quote);
            }
            int c = text.codePointAt(at);
            if (c < 0x20 || c >= 0xd800 && c <= 0xdfff) {
                throw wrong("characters that may stand in a text");
            }
            at += Character.charCount(c);
            if (c == '\\') {
                escape(quote, value);
            } else {
                value.appendCodePoint(c);
            }
        }
        at++;
        return value.toString();
    }

    private void escape(char quote, StringBuilder value) {
        int c = peek();
        at++;
        switch (c) {
            case 'b' -> value.append('\b');
            case 't' -> value.append('\t');
            case 'n' -> value.append('\n');
            case 'f' -> value.append('\f');
            case 'r' -> value.append('\r');
            case '/', '\\' -> value.append((char) c);
            case 'u' -> unicode(value);
            default -> {
                if (c != quote) {
                    at--;
                    throw wrong("an escape that exists");
                }
                value.append(quote);
            }
        }
    }

    private void unicode(StringBuilder value) {
        char unit = hex();
        value.append(unit);
        if (Character.isLowSurrogate(unit)) {
            throw wrong("surrogates in pairs");
        }
        if (Character.isHighSurrogate(unit)) {
            if (!accept("\\u")) {
                throw wrong("surrogates in pairs");
            }
            char low = hex();
            if (!Character.isLowSurrogate(low)) {
                throw wrong("surrogates in pairs");
            }
            value.append(low);
        }
    }

    private char hex() {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9A-Fa-f]{4}")) {
            throw wrong("four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
}
