package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A metric of CloudWatch in {@link FakeAws}: single values at instants, of which CloudWatch makes its statistics.
 *
 * <pre>{@code
 * fake.metric("AWS/AppRunner", "Requests", Map.of("ServiceName", "shop-web")).add(at, 120);
 * }</pre>
 *
 * <p>What nothing was added to has no data, which is not zero. Options change this object and return it. Thread-safe.
 */
public final class FakeMetric {

    /** A value, and since when CloudWatch tells it. */
    private record Point(Instant at, double value, Instant visibleFrom) {}

    private final FakeAws aws;
    private final String namespace;
    private final String name;
    private final Map<String, String> dimensions;
    private final List<Point> points = new ArrayList<>();
    private Duration delay = Duration.ZERO;
    private String status = "Complete";

    FakeMetric(FakeAws aws, String namespace, String name, Map<String, String> dimensions) {
        this.aws = aws;
        this.namespace = namespace;
        this.name = name;
        this.dimensions = dimensions;
    }

    /**
     * Adds values at an instant.
     *
     * @param at the instant
     * @param values the values, each a sample of its own
     * @return this
     */
    public FakeMetric add(Instant at, double... values) {
        Objects.requireNonNull(at, "at must not be null");
        double[] copy = values.clone();
        return aws.within(() -> {
            for (double value : copy) {
                points.add(new Point(at, value, at.plus(delay)));
            }
            return this;
        });
    }

    /**
     * How long after its instant a value is told; it concerns what is added from now on. At once unless said otherwise.
     *
     * @param span how long
     * @return this
     */
    public FakeMetric arrivesAfter(Duration span) {
        Objects.requireNonNull(span, "span must not be null");
        return aws.within(() -> {
            delay = span;
            return this;
        });
    }

    /**
     * What CloudWatch says of its data: {@code Complete} unless said otherwise.
     *
     * @param code for example {@code InternalError}, {@code Forbidden} or {@code PartialData}
     * @return this
     */
    public FakeMetric status(String code) {
        Objects.requireNonNull(code, "code must not be null");
        return aws.within(() -> {
            status = code;
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    boolean is(String otherNamespace, String otherName, Map<String, String> otherDimensions) {
        return namespace.equals(otherNamespace) && name.equals(otherName) && dimensions.equals(otherDimensions);
    }

    String statusCode() {
        return status;
    }

    /** The values from an instant on and before another that were told by now, in order of size. */
    double[] values(Instant from, Instant to, Instant now) {
        return points.stream()
                .filter(point -> !point.at().isBefore(from)
                        && point.at().isBefore(to)
                        && !point.visibleFrom().isAfter(now))
                .mapToDouble(Point::value)
                .sorted()
                .toArray();
    }
}
