package dev.golive.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the texts, numbers, truth values and nulls of a JSON object (RFC 8259), with where they stand, so that one of
 * them can be replaced and everything else stays as it was written. Arrays are passed over.
 */
final class JsonScalars {

    /** Deeper than any answer of a service; shallower than what the stack bears. */
    private static final int DEEPEST = 64;

    /**
     * One value.
     *
     * @param path the names that lead to it, joined by dots
     * @param start where it begins
     * @param end behind its last character
     * @param text as it is written, texts with their quotes
     */
    record Scalar(String path, int start, int end, String text) {

        /** Another value of the same type, which no service gives that is well. */
        String otherwise() {
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true") ? "false" : "true";
            }
            if (text.equals("null") || text.startsWith("\"")) {
                return text.equals("\"fail\"") ? "\"failing\"" : "\"fail\"";
            }
            return text.equals("999999") ? "-1" : "999999";
        }
    }

    /** The text is not JSON. */
    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final String json;
    private final List<Scalar> found = new ArrayList<>();
    private int at;

    private JsonScalars(String json) {
        this.json = json;
    }

    /** The values in the order in which they stand; none if it is no object or not JSON. */
    static List<Scalar> of(String json) {
        JsonScalars scalars = new JsonScalars(json);
        try {
            scalars.blanks();
            if (!scalars.follows('{')) {
                return List.of();
            }
            scalars.value("", 0);
            scalars.blanks();
            return scalars.at == json.length() ? List.copyOf(scalars.found) : List.of();
        } catch (MalformedException e) {
            return List.of();
        }
    }

    /** The same text with the value of that path otherwise; as it is if it has none. */
    static String distorted(String json, String path) {
        for (Scalar scalar : of(json)) {
            if (scalar.path().equals(path)) {
                return json.substring(0, scalar.start()) + scalar.otherwise() + json.substring(scalar.end());
            }
        }
        return json;
    }

    /** Reads a value; without a path, it is passed over. */
    private void value(@Nullable String path, int depth) throws MalformedException {
        if (depth > DEEPEST) {
            throw new MalformedException();
        }
        blanks();
        int start = at;
        if (follows('{')) {
            object(path, depth);
            return;
        }
        if (follows('[')) {
            array(depth);
            return;
        }
        if (follows('"')) {
            text();
        } else {
            while (at < json.length() && isOfWord(json.charAt(at))) {
                at++;
            }
            if (!json.substring(start, at).matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
                throw new MalformedException();
            }
        }
        if (path != null) {
            found.add(new Scalar(path, start, at, json.substring(start, at)));
        }
    }

    private void object(@Nullable String path, int depth) throws MalformedException {
        at++;
        blanks();
        if (taken('}')) {
            return;
        }
        do {
            blanks();
            int start = at;
            text();
            String name = json.substring(start + 1, at - 1);
            blanks();
            require(':');
            value(path == null ? null : path.isEmpty() ? name : path + "." + name, depth + 1);
            blanks();
        } while (taken(','));
        require('}');
    }

    private void array(int depth) throws MalformedException {
        at++;
        blanks();
        if (taken(']')) {
            return;
        }
        do {
            value(null, depth + 1);
            blanks();
        } while (taken(','));
        require(']');
    }

    private void text() throws MalformedException {
        require('"');
        while (!follows('"')) {
            at += follows('\\') ? 2 : 1;
            if (at >= json.length()) {
                throw new MalformedException();
            }
        }
        at++;
    }

    private static boolean isOfWord(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == 'E' || c == '+' || c == '-' || c == '.';
    }

    private void blanks() {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean follows(char c) {
        return at < json.length() && json.charAt(at) == c;
    }

    private boolean taken(char c) {
        if (follows(c)) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char c) throws MalformedException {
        if (!taken(c)) {
            throw new MalformedException();
        }
    }
}
