package dev.golive.checks.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in a filter, by the three types of RFC 9535 section 2.4.1. */
interface Expression {

    /** True or false. */
    interface Logical extends Expression {
        boolean holds(JsonNode root, JsonNode current);
    }

    /** A value, or nothing. */
    interface Value extends Expression {
        @Nullable
        JsonNode of(JsonNode root, JsonNode current);
    }

    /** Values, found by a query that begins at the document or at the value under examination. */
    record Query(boolean absolute, List<Segment> segments) implements Expression {

        List<JsonNode> nodes(JsonNode root, JsonNode current) {
            return Segment.all(segments, root, absolute ? root : current);
        }

        boolean singular() {
            return segments.stream().allMatch(Segment::singular);
        }

        Value value() {
            return (root, current) -> {
                List<JsonNode> nodes = nodes(root, current);
                return nodes.size() == 1 ? nodes.get(0) : null;
            };
        }

        Logical exists() {
            return (root, current) -> !nodes(root, current).isEmpty();
        }
    }

    /** The number of characters, elements or members of a value. */
    static Value length(Value argument) {
        return (root, current) -> {
            JsonNode node = argument.of(root, current);
            if (node == null) {
                return null;
            }
            if (node.isTextual()) {
                String text = node.textValue();
                return IntNode.valueOf(text.codePointCount(0, text.length()));
            }
            return node.isContainerNode() ? IntNode.valueOf(node.size()) : null;
        };
    }

    /** The number of values that a query finds. */
    static Value count(Query argument) {
        return (root, current) -> IntNode.valueOf(argument.nodes(root, current).size());
    }

    /** Whether a text matches a regular expression (RFC 9485), as a whole or in a part. */
    static Logical matches(Value text, Value regex, boolean whole) {
        return (root, current) -> {
            JsonNode value = text.of(root, current);
            JsonNode pattern = regex.of(root, current);
            return value != null
                    && pattern != null
                    && value.isTextual()
                    && pattern.isTextual()
                    && Regexp.matches(pattern.textValue(), value.textValue(), whole);
        };
    }

    /** Compares two values. */
    static Logical compare(Value left, String operator, Value right) {
        return (root, current) -> {
            JsonNode a = left.of(root, current);
            JsonNode b = right.of(root, current);
            return switch (operator) {
                case "==" -> same(a, b);
                case "!=" -> !same(a, b);
                case "<" -> less(a, b);
                case ">" -> less(b, a);
                case "<=" -> less(a, b) || same(a, b);
                default -> less(b, a) || same(a, b);
            };
        };
    }

    private static boolean less(@Nullable JsonNode a, @Nullable JsonNode b) {
        if (a == null || b == null) {
            return false;
        }
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) < 0;
        }
        return a.isTextual() && b.isTextual() && compareText(a.textValue(), b.textValue()) < 0;
    }

    /** By Unicode scalar values, which is not the order of UTF-16. */
    private static int compareText(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int left = a.codePointAt(i);
            int right = b.codePointAt(i);
            if (left != right) {
                return Integer.compare(left, right);
            }
            i += Character.charCount(left);
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Equal as JSON values: numbers by their value, objects without regard to order; nothing is equal to nothing. */
    private static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) {
            return false;
        }
        if (a.isArray()) {
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a.isObject()) {
            for (Map.Entry<String, JsonNode> field : a.properties()) {
                if (!b.has(field.getKey()) || !same(field.getValue(), b.get(field.getKey()))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }
}
