package dev.golive.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.golive.GoLiveException;
import dev.golive.internal.Arguments;
import java.time.DateTimeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The JSON in which signatures travel. It comes from outside, so nothing in it is taken on trust. */
final class SignedJson {

    private static final int LARGEST = 1 << 20;
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder(Canonical.JSON)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SignedJson() {}

    static String beginning(String format) {
        return "{\"format\":\"" + format + "\",\"version\":" + VERSION;
    }

    static <T> T read(String json, String format, String what, Function<JsonNode, T> content) {
        Arguments.given(json, "json");
        String no = "This is no " + what + ": ";
        if (json.length() > LARGEST) {
            throw new GoLiveException(no + "it is longer than " + LARGEST + " characters");
        }
        try {
            JsonNode root = JSON.readTree(json);
            if (!root.isObject() || !format.equals(root.path("format").textValue())) {
                throw new GoLiveException(no + "its \"format\" is not \"" + format + "\"");
            }
            if (!root.path("version").isInt() || root.path("version").intValue() != VERSION) {
                throw new GoLiveException("This " + what + " has version "
                        + root.path("version").asText() + "; this release of golive reads version " + VERSION);
            }
            return content.apply(root);
        } catch (JsonProcessingException e) {
            throw new GoLiveException(no + "it is not JSON, " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new GoLiveException(no + e.getMessage(), e);
        }
    }

    /** Refuses members that nobody reads: whoever sent them may believe that they are signed. */
    static void only(JsonNode root, String... names) {
        Set<String> known = new HashSet<>(List.of(names));
        known.add("format");
        known.add("version");
        root.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("it has a member that it must not have, \"" + name + "\"");
            }
        });
    }

    static String text(JsonNode root, String name) {
        String text = root.path(name).textValue();
        if (text == null) {
            throw new IllegalArgumentException("\"" + name + "\" must be a string");
        }
        return text;
    }
}
