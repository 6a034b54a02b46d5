package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.cloudwatch.CloudWatchPort;
import dev.golive.aws.internal.cloudwatch.CloudWatchPort.Metric;
import dev.golive.aws.internal.cloudwatch.CloudWatchPort.Query;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import dev.golive.provider.Slots;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * A metric of CloudWatch, and whether it is within limits.
 *
 * <pre>{@code
 * aws.metrics("AWS/RDS").dimension("DBInstanceIdentifier", "shop-db").metric("CPUUtilization")
 *         .maximum(atMost(80.0), minutes(15));
 * }</pre>
 *
 * <ul>
 *   <li>A window ends 2 minutes ago, on a whole minute: what is younger is not complete in CloudWatch.
 *   <li>Every minute of it must have data, otherwise the check is unknown: what stopped reporting is not within limits.
 *       {@link #every} is for metrics that are written less often, {@link #absentIsZero()} for those that are written
 *       only when there is something to count.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class MetricValue {

    private static final Duration SETTLES = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Aws aws;
    private final Metric metric;
    private final Duration period;
    private final boolean absentIsZero;

    MetricValue(Aws aws, Metric metric) {
        this(aws, metric, Duration.ofMinutes(1), false);
    }

    private MetricValue(Aws aws, Metric metric, Duration period, boolean absentIsZero) {
        this.aws = aws;
        this.metric = metric;
        this.period = period;
        this.absentIsZero = absentIsZero;
    }

    /**
     * The same of a metric that is written less often than every minute.
     *
     * @param interval how often, whole minutes and a day at most
     * @return the new metric
     * @throws IllegalArgumentException if it is not
     */
    public MetricValue every(Duration interval) {
        CloudWatchMetric.wholeMinutes(interval, "interval");
        if (interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("interval must be a day at most but was " + interval);
        }
        return new MetricValue(aws, metric, interval, absentIsZero);
    }

    /**
     * The same of a metric that is not written while there is nothing to count. A misspelled name looks the same.
     *
     * @return the new metric
     */
    public MetricValue absentIsZero() {
        return new MetricValue(aws, metric, period, true);
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
        return check("maximum", expected, window, Collections::max, "Maximum");
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
        return check("minimum", expected, window, Collections::min, "Minimum");
    }

    /**
     * The sum of all values in a window.
     *
     * @param expected what it should be
     * @param window how long the window is, whole minutes or intervals, a day at most
     * @return the check
     * @throws IllegalArgumentException if the window is another
     */
    public Check sum(Expectation<Double> expected, Duration window) {
        return check("sum", expected, window, MetricValue::sum, "Sum");
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
        return check("average", expected, window, MetricValue::sum, "Sum", "SampleCount");
    }

    /** Puts the values of the periods together. */
    @FunctionalInterface
    private interface Summary {
        double of(List<Double> values);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    private Check check(
            String what, Expectation<Double> expected, Duration window, Summary summary, String... statistics) {
        Given.notNull(expected, "expected");
        Given.positive(window, "window");
        int periods = window.compareTo(LONGEST) > 0 ? 0 : (int) window.dividedBy(period);
        if (!period.multipliedBy(periods).equals(window)) {
            throw new IllegalArgumentException(
                    "window must be whole intervals of " + Spans.text(period) + ", a day at most, but was " + window);
        }
        return AwsCheck.of(
                        aws,
                        Service.CLOUD_WATCH,
                        "the " + what + " of " + this + " in each " + Spans.text(period) + " within "
                                + Spans.text(window) + (absentIsZero ? ", absent for 0," : "") + " is "
                                + expected.sentence(),
                        calls -> {
                            Instant to =
                                    Slots.floor(calls.context().time().now().minus(SETTLES), period);
                            Instant from = to.minus(window);
                            List<Double> sums = new ArrayList<>();
                            for (List<Double> values : data(calls, from, to, periods, statistics)) {
                                sums.add(summary.of(values));
                            }
                            double value = sums.get(0);
                            if (sums.size() > 1) {
                                if (sums.get(1) <= 0) {
                                    throw ApiProblem.undecided("there is nothing to take the average of");
                                }
                                value /= sums.get(1);
                            }
                            return Judge.value(what, expected, value, calls.context())
                                    .with(Fact.of("window", from + " to " + to));
                        })
                .reading(expected)
                .needing("cloudwatch:GetMetricData", "*");
    }

    /** The values of all periods, for each statistic. */
    private List<List<Double>> data(Calls calls, Instant from, Instant to, int periods, String... statistics)
            throws Exception {
        List<Query> queries = Arrays.stream(statistics)
                .map(statistic -> new Query(metric, statistic))
                .toList();
        List<List<Double>> all = new ArrayList<>();
        for (SortedMap<Instant, Double> found : CloudWatchPort.of(calls).data(queries, from, to, period)) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < periods; i++) {
                Double value = found.get(from.plus(period.multipliedBy(i)));
                if (value != null) {
                    values.add(value);
                } else if (absentIsZero) {
                    values.add(0.0);
                }
            }
            if (values.size() < periods) {
                throw ApiProblem.undecided("CloudWatch has data for " + values.size() + " of " + periods
                        + " intervals of " + Spans.text(period) + " from " + from);
            }
            all.add(values);
        }
        return all;
    }

    /**
     * What it is.
     *
     * @return for example {@code metric CPUUtilization of AWS/RDS DBInstanceIdentifier=shop-db in eu-north-1}
     */
    @Override
    public String toString() {
        return "metric " + metric.name() + " of " + metric.namespace() + MetricNamespace.text(metric.dimensions())
                + " in " + aws.region();
    }
}
