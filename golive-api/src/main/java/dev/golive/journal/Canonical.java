package dev.golive.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.golive.internal.Arguments;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** JSON that is written in one way only, so that the same value always has the same hash. */
final class Canonical {

    /** How deep the objects and arrays of data may lie within each other; the data of an entry lies in its line. */
    private static final int DEEPEST = 500;

    static final JsonFactory JSON = JsonFactory.builder()
            // of two members of one name, the one that is not read may be the one that says no
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // names come from outside; interned they would stay in the virtual machine
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // said here, and not taken from the host's defaults: what is written must be readable everywhere
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST + 10)
                    .maxStringLength(Lines.LONGEST)
                    .maxNumberLength(1000)
                    .maxNameLength(50_000)
                    .build())
            .build();

    private Canonical() {}

    /** The canonical text of a JSON object. */
    static String object(String json, String name) {
        Arguments.given(json, name);
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException(name + " must be a JSON object but was " + excerpt(json));
            }
            StringBuilder text = new StringBuilder(json.length());
            copy(parser, text);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException(
                        name + " must be one JSON object but something follows it: " + excerpt(json));
            }
            return text.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    name + " must be a JSON object but is not JSON, " + e.getOriginalMessage() + ": " + excerpt(json),
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("a string can always be read", e);
        }
    }

    private static String excerpt(String json) {
        return json.length() <= 60 ? json : json.substring(0, 60) + "...";
    }

    /** Appends the object or array at which the parser stands, and leaves the parser at its end. */
    static void copy(JsonParser parser, StringBuilder to) throws IOException {
        int depth = 0;
        boolean first = true;
        JsonToken token = parser.currentToken();
        while (true) {
            if (token == null) {
                throw new IllegalStateException("a parser refuses text that ends within an object");
            }
            boolean closes = token.isStructEnd();
            if (!first && !closes) {
                to.append(',');
            }
            first = false;
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    to.append(token.asString());
                    depth++;
                    if (depth > DEEPEST) {
                        throw new IllegalArgumentException("JSON must be at most " + DEEPEST + " levels deep");
                    }
                    first = true;
                }
                case END_OBJECT, END_ARRAY -> {
                    to.append(token.asString());
                    depth--;
                }
                case FIELD_NAME -> {
                    string(parser.currentName(), to);
                    to.append(':');
                    first = true;
                }
                case VALUE_STRING -> string(parser.getText(), to);
                // numbers keep their notation: as a double, many a one would be another
                default -> to.append(parser.getText());
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }

    /** Appends a string with its quotation marks. */
    static StringBuilder string(String value, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> to.append('\\').append(c);
                case '\b' -> to.append("\\b");
                case '\t' -> to.append("\\t");
                case '\n' -> to.append("\\n");
                case '\f' -> to.append("\\f");
                case '\r' -> to.append("\\r");
                default -> {
                    if (c < ' ') {
                        unicode(c, to);
                    } else if (!Character.isSurrogate(c)) {
                        to.append(c);
                    } else if (Character.isHighSurrogate(c)
                            && i + 1 < value.length()
                            && Character.isLowSurrogate(value.charAt(i + 1))) {
                        to.append(c).append(value.charAt(++i));
                    } else {
                        // UTF-8 has no bytes for half a character; as it stands it would come back as another
                        unicode(c, to);
                    }
                }
            }
        }
        return to.append('"');
    }

    private static void unicode(char c, StringBuilder to) {
        to.append("\\u").append(HexFormat.of().toHexDigits(c));
    }

    /** The SHA-256, in hexadecimal. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
