package dev.golive.checks.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Where values stand in a JSON document. Immutable. */
public interface JsonPlace {

    /** The values that stand there, in document order; empty if there are none. */
    List<JsonNode> select(JsonNode document);

    /** Whether one value at most can stand there, whatever the document. */
    boolean singular();

    /**
     * Reads a place: a JSON pointer (RFC 6901), which is empty or begins with a slash, or a JSONPath (RFC 9535), which
     * begins with {@code $}.
     *
     * @param text the pointer or path; {@code toString()} of the place gives it back
     * @param argument names it in messages
     * @throws IllegalArgumentException if it is neither
     */
    static JsonPlace of(String text, String argument) {
        if (text.isEmpty() || text.startsWith("/")) {
            return JsonPointer.parse(text, argument);
        }
        if (text.startsWith("$")) {
            return JsonPath.parse(text, argument);
        }
        throw new IllegalArgumentException(
                argument + " must be a JSON pointer such as /data/status or a JSONPath such as"
                        + " $.data.status, but was " + text);
    }
}
