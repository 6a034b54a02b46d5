package dev.golive.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.golive.Fact;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The whole answer of a provider. Its text shows the status alone. Immutable and thread-safe. */
public final class ApiResponse {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(100).build())
                    // an error of the parser must not repeat what was in the answer
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String provider;
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    ApiResponse(String provider, int status, Map<String, List<String>> headers, byte[] body) {
        this.provider = provider;
        this.status = status;
        this.body = body;
        Map<String, String> first = new TreeMap<>();
        headers.forEach((name, values) -> {
            if (!values.isEmpty()) {
                first.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        this.headers = Map.copyOf(first);
    }

    /**
     * The status.
     *
     * @return between 100 and 599
     */
    public int status() {
        return status;
    }

    /**
     * A header field.
     *
     * @param name its name, in any case
     * @return its first value
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(Given.notNull(name, "name").toLowerCase(Locale.ROOT)));
    }

    /**
     * The body as text.
     *
     * @return the text; what is no UTF-8 is replaced
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON.
     *
     * @return the value
     * @throws ApiProblem if it is none, has names twice, is nested deeper than 100 levels, or is followed by anything
     */
    public ApiJson json() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonNode read = JSON.readTree(text);
            if (read == null || read.isMissingNode()) {
                throw ApiProblem.incomplete(provider, "a body").with(Fact.of("status", status));
            }
            return new ApiJson(provider, "", read);
        } catch (CharacterCodingException | JsonProcessingException e) {
            throw ApiProblem.undecided(provider + " gave an answer that cannot be read")
                    // without its cause, of which the words repeat what was in the answer
                    .with(Fact.of("status", status));
        }
    }

    @Override
    public String toString() {
        return provider + " answered with status " + status;
    }
}
