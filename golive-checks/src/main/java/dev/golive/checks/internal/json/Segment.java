package dev.golive.checks.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a query: selectors, applied to each value that the step before has selected.
 *
 * @param descending whether they are applied to everything below it, too
 * @param selectors the selectors, whose results follow each other
 */
record Segment(boolean descending, List<Selector> selectors) {

    /** What a query selects, from where it begins. */
    static List<JsonNode> all(List<Segment> segments, JsonNode root, JsonNode from) {
        List<JsonNode> nodes = List.of(from);
        for (Segment segment : segments) {
            Found found = new Found();
            for (JsonNode node : nodes) {
                segment.select(root, node, found);
            }
            nodes = found.nodes;
        }
        return nodes;
    }

    /** Whether it selects one value at most, whatever the document. */
    boolean singular() {
        return !descending && selectors.size() == 1 && selectors.get(0).singular();
    }

    private void select(JsonNode root, JsonNode node, Found found) {
        for (Selector selector : selectors) {
            selector.select(root, node, found);
        }
        if (descending) {
            for (JsonNode child : node) {
                select(root, child, found);
            }
        }
    }

    /** What was selected so far. */
    static final class Found {
        private final List<JsonNode> nodes = new ArrayList<>();

        void add(JsonNode node) {
            if (nodes.size() == TooManyNodesException.MOST) {
                throw new TooManyNodesException();
            }
            nodes.add(node);
        }
    }
}
