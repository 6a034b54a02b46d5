package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * A metric of CloudWatch in {@link FakeAws}: single values at instants, of which CloudWatch makes its statistics.
 *
 * <pre>{@code
 * fake.metric("AWS/AppRunner", "Requests", Map.of("ServiceName", "shop-web")).add(at, 120);
 * }</pre>
 *
 * <p>What nothing was added to has no data, which is not zero. A {@link #steady} one has data at all times without keeping
 * any: days and weeks of the clock cost nothing. Options change this object and return it. Thread-safe.
 */
public final class FakeMetric {

    /** A value, and since when CloudWatch tells it. */
    private record Point(Instant at, double value, Instant visibleFrom) {}

    /** The same values over and over. */
    @SuppressWarnings("ArrayRecordComponent") // kept inside, never compared
    private record Steady(Duration every, Duration delay, double... values) {

        Steady otherwise(double times, double plus) {
            return new Steady(
                    every,
                    delay,
                    DoubleStream.of(values).map(value -> value * times + plus).toArray());
        }

        Steady silent() {
            return new Steady(every, delay);
        }
    }

    private final FakeAws aws;
    private final String namespace;
    private final String name;
    private final Map<String, String> dimensions;
    private final List<Point> points = new ArrayList<>();
    private final TreeMap<Instant, Steady> steady = new TreeMap<>();
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
     * Has the same values at all times, past and future ones, besides those that are added.
     *
     * @param every how far the instants with values are apart, counted from the epoch; at least a second, for example that of
     *     the metric's period
     * @param values the values of each of them, each a sample of its own
     * @return this
     * @throws IllegalArgumentException if it is less than a second
     */
    public FakeMetric steady(Duration every, double... values) {
        return steady(Instant.MIN, every, values);
    }

    /**
     * Has the same values from an instant on, instead of those that it was said to have then.
     *
     * <pre>{@code
     * fake.metric("AWS/AppRunner", "5xxStatusResponses", dimensions)
     *         .steady(Duration.ofMinutes(1), 0)
     *         .steady(launch.plusSeconds(600), Duration.ofMinutes(1), 25);
     * }</pre>
     *
     * @param since from when on
     * @param every how far the instants with values are apart, counted from the epoch; at least a second
     * @param values the values of each of them, each a sample of its own; with none it has no data from then on
     * @return this
     * @throws IllegalArgumentException if it is less than a second
     */
    public FakeMetric steady(Instant since, Duration every, double... values) {
        Objects.requireNonNull(since, "since must not be null");
        if (Objects.requireNonNull(every, "every must not be null").compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("every must be at least a second but was " + every);
        }
        double[] copy = values.clone();
        return aws.within(() -> {
            steady.put(since, new Steady(every, delay, copy));
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

    /** Lists what may become otherwise. */
    void drifts(Drifts drifts) {
        Instant since = drifts.now().minus(Duration.ofDays(1));
        String of = dimensions.isEmpty() ? "" : " of " + String.join(", ", new TreeMap<>(dimensions).values());
        Drifts.Of own = drifts.of("monitoring", name + of, "metric " + name + of, namespace + "/" + name, name);
        boolean hasData = !points.isEmpty() || !steady.isEmpty();
        if (hasData) {
            own.add("silent", "has had no data for a day", () -> otherwise(since, 0, 0, false))
                    .add("zero", "has been zero for a day", () -> otherwise(since, 0, 0, true))
                    .add("tenfold", "has been ten times as high for a day", () -> otherwise(since, 10, 0, true));
        }
        own.add("high", "has been higher by 1000 for a day", () -> otherwise(since, 1, 1000, true));
    }

    /** The values since an instant are times and plus something, or there are none. */
    private void otherwise(Instant since, double times, double plus, boolean any) {
        aws.within(() -> {
            points.replaceAll(point -> point.at.isBefore(since)
                    ? point
                    : new Point(point.at, point.value * times + plus, point.visibleFrom));
            if (!any) {
                points.removeIf(point -> !point.at.isBefore(since));
            }
            Map.Entry<Instant, Steady> before = steady.floorEntry(since);
            if (before != null) {
                steady.put(since, before.getValue());
            } else if (points.isEmpty() && plus > 0) {
                steady.put(since, new Steady(Duration.ofMinutes(1), delay, 0));
            }
            steady.tailMap(since).replaceAll((at, series) -> any ? series.otherwise(times, plus) : series.silent());
            return this;
        });
    }

    boolean is(String otherNamespace, String otherName, Map<String, String> otherDimensions) {
        return namespace.equals(otherNamespace) && name.equals(otherName) && dimensions.equals(otherDimensions);
    }

    String statusCode() {
        return status;
    }

    /** The values from an instant on and before another that were told by now, in order of size. */
    double[] values(Instant from, Instant to, Instant now) {
        DoubleStream single = points.stream()
                .filter(point -> !point.at().isBefore(from)
                        && point.at().isBefore(to)
                        && !point.visibleFrom().isAfter(now))
                .mapToDouble(Point::value);
        return DoubleStream.concat(single, steadyValues(from, to, now)).sorted().toArray();
    }

    private DoubleStream steadyValues(Instant from, Instant to, Instant now) {
        DoubleStream.Builder all = DoubleStream.builder();
        for (Map.Entry<Instant, Steady> entry : steady.entrySet()) {
            Steady series = entry.getValue();
            Instant until = steady.higherKey(entry.getKey());
            Instant begin = entry.getKey().isAfter(from) ? entry.getKey() : from;
            Instant end = until == null || until.isAfter(to) ? to : until;
            // what was said is also told in the period in which the clock stands
            Instant told = now.minus(series.delay()).plusMillis(1);
            long count = Ticks.between(begin, end.isBefore(told) ? end : told, series.every());
            for (long i = 0; i < count; i++) {
                for (double value : series.values()) {
                    all.add(value);
                }
            }
        }
        return all.build();
    }
}
