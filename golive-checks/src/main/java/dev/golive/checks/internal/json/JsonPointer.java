package dev.golive.checks.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON pointer (RFC 6901). */
final class JsonPointer implements JsonPlace {

    private final String text;
    private final List<String> tokens;

    private JsonPointer(String text, List<String> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    static JsonPointer parse(String text, String argument) {
        List<String> tokens = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String token : text.substring(1).split("/", -1)) {
                for (int tilde = token.indexOf('~'); tilde >= 0; tilde = token.indexOf('~', tilde + 1)) {
                    if (tilde + 1 == token.length() || "01".indexOf(token.charAt(tilde + 1)) < 0) {
                        throw new IllegalArgumentException(
                                argument + " must have ~0 for ~ and ~1 for / in a JSON pointer, but was " + text);
                    }
                }
                tokens.add(token.replace("~1", "/").replace("~0", "~"));
            }
        }
        return new JsonPointer(text, List.copyOf(tokens));
    }

    @Override
    public List<JsonNode> select(JsonNode document) {
        JsonNode node = document;
        for (String token : tokens) {
            node = child(node, token);
            if (node == null) {
                return List.of();
            }
        }
        return List.of(node);
    }

    @Override
    public boolean singular() {
        return true;
    }

    private static @Nullable JsonNode child(JsonNode node, String token) {
        if (node.isObject()) {
            return node.get(token);
        }
        // leading zeros are no index, and neither is anything that does not fit an int
        return node.isArray() && token.matches("0|[1-9]\\d{0,8}") ? node.get(Integer.parseInt(token)) : null;
    }

    @Override
    public String toString() {
        return text;
    }
}
