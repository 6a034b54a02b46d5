package dev.golive.checks.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/**
 * A body as JSON.
 *
 * @param root the document, missing if it is none
 * @param problem why it is none, blank if it is one
 */
record Document(JsonNode root, String problem) {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // of two members of one name, one reader takes the first and another the last (RFC 8259 section 4)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    static Document read(Response response) {
        try {
            JsonNode root = READER.readTree(response.body().bytes());
            return root.isMissingNode() ? new Document(root, "it is empty") : new Document(root, "");
        } catch (JsonProcessingException e) {
            return new Document(
                    MissingNode.getInstance(),
                    e.getOriginalMessage().lines().findFirst().orElse("malformed"));
        } catch (IOException e) {
            return new Document(MissingNode.getInstance(), String.valueOf(e.getMessage()));
        }
    }
}
