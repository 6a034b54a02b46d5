package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that {@link FakeAws} understood. Immutable.
 *
 * @param service the name that the service signs with, for example {@code apprunner}
 * @param operation the name of the operation, for example {@code DescribeService}
 * @param region the region it was signed for
 * @param parameters what was given, as maps, lists, texts, numbers and booleans under the names of the SDK's model
 * @param at when it arrived
 */
public record AwsRequest(String service, String operation, String region, Map<String, Object> parameters, Instant at) {

    /**
     * Refuses missing parts.
     *
     * @param service the name that the service signs with, for example {@code apprunner}
     * @param operation the name of the operation, for example {@code DescribeService}
     * @param region the region it was signed for
     * @param parameters what was given, as maps, lists, texts, numbers and booleans under the names of the SDK's model
     * @param at when it arrived
     */
    public AwsRequest {
        Objects.requireNonNull(service, "service must not be null");
        Objects.requireNonNull(operation, "operation must not be null");
        Objects.requireNonNull(region, "region must not be null");
        parameters = Map.copyOf(parameters);
        Objects.requireNonNull(at, "at must not be null");
    }

    /**
     * A parameter.
     *
     * @param path its name, with those of what is inside after dots, for example {@code SourceConfiguration.ImageRepository}
     * @return its value, empty if it was not given
     */
    public Optional<Object> parameter(String path) {
        Object value = parameters;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            value = map.get(name);
        }
        return Optional.ofNullable(value);
    }

    /**
     * The service and the operation.
     *
     * @return for example {@code apprunner:DescribeService}
     */
    @Override
    public String toString() {
        return service + ":" + operation;
    }
}
