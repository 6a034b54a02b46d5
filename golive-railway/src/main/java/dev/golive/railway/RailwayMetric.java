package dev.golive.railway;

import dev.golive.Check;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import dev.golive.provider.Slots;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.MetricPort;
import dev.golive.railway.internal.Operation;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a service, and whether it is within limits.
 *
 * <pre>{@code
 * RailwayService api = railway.service("api");
 *
 * api.cpu().percentOfLimit().average(lessThan(50.0), minutes(15));
 * api.memory().maximum(lessThan(1.0), minutes(15));
 * Probe.of("memory", api.memory().percentOfLimit().maximum(lessThan(80.0), minutes(5))).every(minutes(1));
 * }</pre>
 *
 * <ul>
 *   <li>A window ends 2 minutes ago, on a whole minute: what is younger may still change.
 *   <li>Every minute of it must have a sample, otherwise the check is unknown: what stopped reporting is not within limits.
 *       {@link #every} is for longer windows, of which Railway may not keep each minute.
 *   <li>A GB has 1024 MB.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class RailwayMetric {

    private static final Duration SETTLES = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** What is measured. */
    private record Measured(
            String name,
            String unit,
            String usage,
            @Nullable String limit) {}

    private final RailwayService service;
    private final Measured measured;
    private final boolean percent;
    private final Duration period;

    private RailwayMetric(RailwayService service, Measured measured, boolean percent, Duration period) {
        this.service = service;
        this.measured = measured;
        this.percent = percent;
        this.period = period;
    }

    static RailwayMetric of(RailwayService service, String name, String unit, String usage, @Nullable String limit) {
        return new RailwayMetric(service, new Measured(name, unit, usage, limit), false, Duration.ofMinutes(1));
    }

    /**
     * The same in percent of what the service may use at most, at the time of each sample.
     *
     * @return the new metric
     * @throws IllegalStateException if Railway knows no limit of it
     */
    public RailwayMetric percentOfLimit() {
        if (measured.limit() == null) {
            throw new IllegalStateException("Railway tells no limit of " + measured.name());
        }
        return new RailwayMetric(service, measured, true, period);
    }

    /**
     * The same with fewer samples.
     *
     * @param interval how long from one to the next, whole minutes and a day at most
     * @return the new metric
     * @throws IllegalArgumentException if it is not
     */
    public RailwayMetric every(Duration interval) {
        wholeMinutes(interval, "interval");
        if (interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("interval must be a day at most but was " + interval);
        }
        return new RailwayMetric(service, measured, percent, interval);
    }

    static Duration wholeMinutes(Duration value, String name) {
        Given.positive(value, name);
        if (!Duration.ofMinutes(value.toMinutes()).equals(value)) {
            throw new IllegalArgumentException(name + " must be whole minutes but was " + value);
        }
        return value;
    }

    /**
     * The largest value in a window.
     *
     * @param expected what it should be
     * @param window how long the window is, whole minutes or intervals, a day at most
     * @return the check
     * @throws IllegalArgumentException if the window is another
     */
    public Check maximum(Expectation<Double> expected, Duration window) {
        return check("maximum", expected, window, Collections::max);
    }

    /**
     * The smallest value in a window.
     *
     * @param expected what it should be
     * @param window how long the window is, whole minutes or intervals, a day at most
     * @return the check
     * @throws IllegalArgumentException if the window is another
     */
    public Check minimum(Expectation<Double> expected, Duration window) {
        return check("minimum", expected, window, Collections::min);
    }

    /**
     * The average of all values in a window, each counted once.
     *
     * @param expected what it should be
     * @param window how long the window is, whole minutes or intervals, a day at most
     * @return the check
     * @throws IllegalArgumentException if the window is another
     */
    public Check average(Expectation<Double> expected, Duration window) {
        return check(
                "average",
                expected,
                window,
                values -> values.stream().mapToDouble(Double::doubleValue).sum() / values.size());
    }

    /** Puts the values together, of which there is one at least. */
    @FunctionalInterface
    private interface Summary {
        double of(List<Double> values);
    }

    private Check check(String what, Expectation<Double> expected, Duration window, Summary summary) {
        Given.notNull(expected, "expected");
        Given.positive(window, "window");
        int periods = window.compareTo(LONGEST) > 0 ? 0 : (int) window.dividedBy(period);
        if (!period.multipliedBy(periods).equals(window)) {
            throw new IllegalArgumentException(
                    "window must be whole intervals of " + Spans.text(period) + ", a day at most, but was " + window);
        }
        return service.asking(
                        "the " + what + " of " + this + " in each " + Spans.text(period) + " within "
                                + Spans.text(window) + " is " + expected.sentence(),
                        (calls, instance) -> {
                            Instant to =
                                    Slots.floor(calls.context().time().now().minus(SETTLES), period);
                            Instant from = to.minus(window);
                            double value = summary.of(values(calls, instance.serviceId(), from, to, periods));
                            if (!Double.isFinite(value)) {
                                throw ApiProblem.undecided("the samples are too large to be true");
                            }
                            return Judge.value(
                                            what + (percent ? " in percent" : " in " + measured.unit()),
                                            expected,
                                            value,
                                            calls.context())
                                    .with(Fact.of("window", from + " to " + to));
                        },
                        Operation.METRICS)
                .reading(expected);
    }

    private List<Double> values(Calls calls, String serviceId, Instant from, Instant to, int periods)
            throws InterruptedException {
        String limit = percent ? measured.limit() : null;
        Map<String, SortedMap<Instant, Double>> found = MetricPort.of(calls)
                .samples(
                        serviceId,
                        limit == null ? List.of(measured.usage()) : List.of(measured.usage(), limit),
                        from,
                        to,
                        period);
        SortedMap<Instant, Double> usage = found.getOrDefault(measured.usage(), Collections.emptySortedMap());
        if (usage.isEmpty()) {
            throw ApiProblem.undecided("Railway has no samples of " + this + " from " + from);
        }
        Set<Instant> covered = new HashSet<>();
        usage.keySet().forEach(at -> covered.add(Slots.floor(at, period)));
        if (covered.size() < periods) {
            throw ApiProblem.undecided("Railway has samples for " + covered.size() + " of " + periods + " intervals of "
                    + Spans.text(period) + " from " + from);
        }
        return limit == null
                ? List.copyOf(usage.values())
                : shares(usage, found.getOrDefault(limit, Collections.emptySortedMap()));
    }

    private static List<Double> shares(SortedMap<Instant, Double> usage, SortedMap<Instant, Double> limits) {
        List<Double> shares = new ArrayList<>();
        usage.forEach((at, used) -> {
            Double limit = limits.get(at);
            if (limit == null || limit <= 0) {
                throw ApiProblem.undecided("Railway tells no limit of " + at);
            }
            shares.add(used / limit * 100);
        });
        return shares;
    }

    /**
     * What it is.
     *
     * @return for example {@code memory of Railway service api of shop/production in GB}
     */
    @Override
    public String toString() {
        return measured.name() + " of " + service + " in " + (percent ? "percent of its limit" : measured.unit());
    }
}
