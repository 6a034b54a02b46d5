package dev.golive.checks.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A JSONPath query (RFC 9535). */
public final class JsonPath implements JsonPlace {

    private final String text;
    private final List<Segment> segments;

    private JsonPath(String text, List<Segment> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * Reads a query.
     *
     * @param text the query, which begins with {@code $}
     * @param argument names it in messages
     * @throws IllegalArgumentException if it is not well-formed or not well-typed
     */
    public static JsonPath parse(String text, String argument) {
        return new JsonPath(text, new PathParser(text, argument).query());
    }

    /**
     * The values that it selects.
     *
     * @throws TooManyNodesException if there are too many of them
     */
    @Override
    public List<JsonNode> select(JsonNode document) {
        return Segment.all(segments, document, document);
    }

    @Override
    public boolean singular() {
        return segments.stream().allMatch(Segment::singular);
    }

    @Override
    public String toString() {
        return text;
    }
}
