package dev.golive.checks.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Selects children of a value. */
interface Selector {

    void select(JsonNode root, JsonNode node, Segment.Found found);

    default boolean singular() {
        return false;
    }

    /** The member of a name. */
    record Name(String name) implements Selector {
        @Override
        public void select(JsonNode root, JsonNode node, Segment.Found found) {
            JsonNode child = node.isObject() ? node.get(name) : null;
            if (child != null) {
                found.add(child);
            }
        }

        @Override
        public boolean singular() {
            return true;
        }
    }

    /** The element at an index, from the end if it is negative. */
    record Index(long index) implements Selector {
        @Override
        public void select(JsonNode root, JsonNode node, Segment.Found found) {
            long at = index < 0 ? node.size() + index : index;
            if (node.isArray() && at >= 0 && at < node.size()) {
                found.add(node.get((int) at));
            }
        }

        @Override
        public boolean singular() {
            return true;
        }
    }

    /** All children. */
    record Wildcard() implements Selector {
        @Override
        public void select(JsonNode root, JsonNode node, Segment.Found found) {
            for (JsonNode child : node) {
                found.add(child);
            }
        }
    }

    /** The elements of a range, as RFC 9535 section 2.3.4 computes its bounds. */
    record Slice(@Nullable Long start, @Nullable Long end, long step) implements Selector {
        @Override
        public void select(JsonNode root, JsonNode node, Segment.Found found) {
            if (!node.isArray() || step == 0) {
                return;
            }
            long size = node.size();
            long from = start == null ? (step > 0 ? 0 : size - 1) : start < 0 ? size + start : start;
            long to = end == null ? (step > 0 ? size : -size - 1) : end;
            to = to < 0 ? size + to : to;
            if (step > 0) {
                long upper = Math.min(Math.max(to, 0), size);
                for (long i = Math.min(Math.max(from, 0), size); i < upper; i += step) {
                    found.add(node.get((int) i));
                }
            } else {
                long lower = Math.min(Math.max(to, -1), size - 1);
                for (long i = Math.min(Math.max(from, -1), size - 1); i > lower; i += step) {
                    found.add(node.get((int) i));
                }
            }
        }
    }

    /** The children for which an expression holds. */
    record Filter(Expression.Logical condition) implements Selector {
        @Override
        public void select(JsonNode root, JsonNode node, Segment.Found found) {
            for (JsonNode child : node) {
                if (condition.holds(root, child)) {
                    found.add(child);
                }
            }
        }
    }
}
