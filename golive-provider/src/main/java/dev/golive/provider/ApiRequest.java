package dev.golive.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API of a provider. Its text shows where it goes, and nothing of its header fields and its body. No
 * secret belongs into its URI. Immutable and thread-safe.
 */
public final class ApiRequest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private final @Nullable String body;
    private final boolean writing;

    private ApiRequest(String method, URI uri, Map<String, String> headers, @Nullable String body, boolean writing) {
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
        this.writing = writing;
    }

    /**
     * A request that only looks.
     *
     * @param method the method, for example {@code GET}; one that posts a query looks too
     * @param uri the public URI
     * @return the request
     */
    public static ApiRequest reading(String method, URI uri) {
        return new ApiRequest(Given.text(method, "method"), Given.notNull(uri, "uri"), Map.of(), null, false);
    }

    /**
     * A request that changes something: it is repeated only if the provider says that it did not look at it.
     *
     * @param method the method
     * @param uri the public URI
     * @return the request
     */
    public static ApiRequest writing(String method, URI uri) {
        return new ApiRequest(Given.text(method, "method"), Given.notNull(uri, "uri"), Map.of(), null, true);
    }

    /**
     * The same with a header field.
     *
     * @param name its name
     * @param value its value, which may be secret
     * @return the new request
     */
    public ApiRequest header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(Given.text(name, "name").toLowerCase(Locale.ROOT), Given.notNull(value, "value"));
        return new ApiRequest(method, uri, Map.copyOf(more), body, writing);
    }

    /**
     * The same with a body in JSON.
     *
     * @param content maps, lists, texts, numbers, truth values and nulls
     * @return the new request
     * @throws IllegalArgumentException if it cannot be written as JSON
     */
    public ApiRequest json(Map<String, ?> content) {
        try {
            return new ApiRequest(method, uri, headers, JSON.writeValueAsString(content), writing)
                    .header("content-type", "application/json");
        } catch (JsonProcessingException e) {
            // without its words, which may repeat a secret
            throw new IllegalArgumentException("content cannot be written as JSON");
        }
    }

    String method() {
        return method;
    }

    URI uri() {
        return uri;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Whether it changes something.
     *
     * @return {@code true} if it may be repeated only when the provider did not look at it
     */
    public boolean isWriting() {
        return writing;
    }

    /**
     * Where it goes.
     *
     * @return for example {@code POST https://api.example/graphql}, without query
     */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
