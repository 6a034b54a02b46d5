package dev.golive.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value in the answer of a provider. What it must be and is not is a problem that names the place and never the value:
 * an answer that says less than it must proves nothing. Immutable and thread-safe.
 */
public final class ApiJson {

    private static final int MOST_DIGITS = 100;

    private final String provider;
    private final String path;
    private final JsonNode node;

    ApiJson(String provider, String path, JsonNode node) {
        this.provider = provider;
        this.path = path;
        this.node = node;
    }

    /**
     * A member of an object.
     *
     * @param name its name
     * @return the member, which may be absent
     */
    public ApiJson get(String name) {
        return new ApiJson(provider, path.isEmpty() ? name : path + "." + name, node.path(name));
    }

    /**
     * The same, or what a text holds if it is JSON in quotes: some providers answer with either.
     *
     * @return the value
     * @throws ApiProblem if it is a text that is no JSON
     */
    public ApiJson unquoted() {
        return node.isTextual()
                ? new ApiResponse(provider, 200, Map.of(), node.textValue().getBytes(StandardCharsets.UTF_8))
                        .json()
                        .under(path)
                : this;
    }

    private ApiJson under(String where) {
        return new ApiJson(provider, where, node);
    }

    /**
     * Whether there is something here.
     *
     * @return {@code false} if it is absent or null
     */
    public boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    /**
     * Whether it is an object.
     *
     * @return {@code true} for an object, also an empty one
     */
    public boolean isObject() {
        return node.isObject();
    }

    /**
     * The same if there is something here.
     *
     * @return empty if it is absent or null
     */
    public Optional<ApiJson> maybe() {
        return isPresent() ? Optional.of(this) : Optional.empty();
    }

    /**
     * The same, which must be there.
     *
     * @return this
     * @throws ApiProblem if it is absent or null
     */
    public ApiJson said() {
        if (!isPresent()) {
            throw missing("");
        }
        return this;
    }

    /**
     * A text, which must be there.
     *
     * @return the text, not empty
     * @throws ApiProblem if it is absent, empty or no text
     */
    public String text() {
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw missing(" as a text");
        }
        return node.textValue();
    }

    /**
     * A text if there is one.
     *
     * @return the text; empty if it is absent, null or empty
     * @throws ApiProblem if it is something else
     */
    public Optional<String> textIfAny() {
        return isPresent() && !(node.isTextual() && node.textValue().isEmpty())
                ? Optional.of(text())
                : Optional.empty();
    }

    /**
     * A number, which must be there.
     *
     * @return the number, finite
     * @throws ApiProblem if it is absent or no number
     */
    public double number() {
        double value = node.doubleValue();
        if (!node.isNumber() || !Double.isFinite(value)) {
            throw missing(" as a number");
        }
        return value;
    }

    /**
     * A number as it was written, which must be there.
     *
     * @return the number
     * @throws ApiProblem if it is absent or no number
     */
    public BigDecimal decimal() {
        number();
        BigDecimal value = node.decimalValue();
        if (Math.abs(value.scale()) > MOST_DIGITS || value.precision() > MOST_DIGITS) {
            throw missing(" as a number that people write");
        }
        return value;
    }

    /**
     * A whole number, which must be there.
     *
     * @return the number
     * @throws ApiProblem if it is absent, or no whole number of 64 bits
     */
    public long integer() {
        if (!node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToLong()) {
            throw missing(" as a whole number");
        }
        return node.longValue();
    }

    /**
     * A truth value, which must be there.
     *
     * @return the value
     * @throws ApiProblem if it is absent or none
     */
    public boolean flag() {
        if (!node.isBoolean()) {
            throw missing(" as true or false");
        }
        return node.booleanValue();
    }

    /**
     * An instant of RFC 3339, which must be there.
     *
     * @return the instant
     * @throws ApiProblem if it is absent or none
     */
    public Instant instant() {
        String text = text();
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // without its cause, of which the words repeat the text
            throw missing(" as an instant");
        }
    }

    /**
     * The elements of a list, which must be there.
     *
     * @return the elements, none if it is empty
     * @throws ApiProblem if it is absent or no list
     */
    public List<ApiJson> list() {
        if (!node.isArray()) {
            throw missing(" as a list");
        }
        List<ApiJson> all = new ArrayList<>();
        for (JsonNode element : node) {
            all.add(new ApiJson(provider, path + "[" + all.size() + "]", element));
        }
        return List.copyOf(all);
    }

    /**
     * The members of an object, which must be there.
     *
     * @return the members by their names, in the order of the answer
     * @throws ApiProblem if it is absent or no object
     */
    public Map<String, ApiJson> members() {
        if (!node.isObject()) {
            throw missing(" as an object");
        }
        Map<String, ApiJson> all = new LinkedHashMap<>();
        node.properties().forEach(member -> all.put(member.getKey(), get(member.getKey())));
        return all;
    }

    /**
     * What is wrong with it: the answer lacks what it must have.
     *
     * @param as in which form it must be there, with a blank before, or empty
     * @return the problem, to be thrown
     */
    public ApiProblem missing(String as) {
        return ApiProblem.incomplete(provider, (path.isEmpty() ? "anything" : path) + as);
    }

    /**
     * Where it stands.
     *
     * @return the path, without the value
     */
    @Override
    public String toString() {
        return path;
    }
}
