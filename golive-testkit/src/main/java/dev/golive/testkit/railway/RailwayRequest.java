package dev.golive.testkit.railway;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that {@link FakeRailway} understood. Immutable.
 *
 * @param operation the name of the operation, empty if it has none
 * @param mutation whether it may change something
 * @param fields the names of the root fields, in their order
 * @param variables the variables that were given, without the values of a service's variables and without passwords
 * @param document the document as it was sent
 * @param header the header that brought the token: {@code Authorization}, {@code Project-Access-Token}, or empty
 * @param query the query string of the URL, empty if there was none
 * @param at when it arrived
 */
public record RailwayRequest(
        String operation,
        boolean mutation,
        List<String> fields,
        Map<String, @Nullable Object> variables,
        String document,
        String header,
        String query,
        Instant at) {

    /**
     * Refuses missing parts.
     *
     * @param operation the name of the operation, empty if it has none
     * @param mutation whether it may change something
     * @param fields the names of the root fields, in their order
     * @param variables the variables that were given, without the values of a service's variables and without passwords
     * @param document the document as it was sent
     * @param header the header that brought the token: {@code Authorization}, {@code Project-Access-Token}, or empty
     * @param query the query string of the URL, empty if there was none
     * @param at when it arrived
     */
    public RailwayRequest {
        Objects.requireNonNull(operation, "operation must not be null");
        fields = List.copyOf(fields);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        Objects.requireNonNull(document, "document must not be null");
        Objects.requireNonNull(header, "header must not be null");
        Objects.requireNonNull(query, "query must not be null");
        Objects.requireNonNull(at, "at must not be null");
    }

    /**
     * The first root field, which usually is the only one.
     *
     * @return for example {@code deploymentRollback}
     */
    public String field() {
        return fields.isEmpty() ? "" : fields.get(0);
    }

    /**
     * A variable.
     *
     * @param path its name, with those of what is inside after dots, for example {@code input.serviceId}
     * @return its value, empty if it was not given
     */
    public Optional<Object> variable(String path) {
        Object value = variables;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            value = map.get(name);
        }
        return Optional.ofNullable(value);
    }

    /**
     * What was asked.
     *
     * @return for example {@code mutation deploymentRollback}
     */
    @Override
    public String toString() {
        return (mutation ? "mutation " : "query ") + String.join(", ", fields);
    }
}
