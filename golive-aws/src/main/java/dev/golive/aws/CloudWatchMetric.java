package dev.golive.aws;

import dev.golive.CheckContext;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.cloudwatch.CloudWatchPort;
import dev.golive.aws.internal.cloudwatch.CloudWatchPort.Metric;
import dev.golive.aws.internal.cloudwatch.CloudWatchPort.Query;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Slots;
import dev.golive.rollback.MetricSource;
import dev.golive.time.Spans;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests, errors and latency as CloudWatch counts them, for the triggers of a rollback.
 *
 * <pre>{@code
 * CloudWatchMetric traffic = aws.metrics("AWS/AppRunner")
 *         .dimension("ServiceName", "shop-web")
 *         .errors("5xxStatusResponses").of("Requests")
 *         .latency("RequestLatency");
 *
 * Rate.of(traffic).exceeds(percent(5)).within(minutes(5));
 * Percentile.of(traffic, 99).above(2000).lastingFor(minutes(5));
 * }</pre>
 *
 * <ul>
 *   <li>A slot is a minute unless said otherwise, and is read 2 minutes after its end unless {@link #settlesAfter(Duration)
 *       said otherwise}: what CloudWatch tells sooner may be too little.
 *   <li>A metric without data in a slot leaves the sample unknown, since a metric that is misspelled, or not written any
 *       more, looks the same as one without anything to count. A service that writes nothing while there is nothing to
 *       count must be declared: {@link #silentWhenIdle()} for its requests, {@link #silentWhenFine()} for its errors.
 *   <li>Data that CloudWatch calls partial, forbidden or broken leave the sample unknown, as does an error.
 *   <li>Percentiles are those of CloudWatch over the slot, in the unit of the metric; App Runner's latency is in
 *       milliseconds, that of a load balancer in seconds. One that CloudWatch does not
 *       tell is missing data for the triggers that ask for it; a slot without requests has none.
 * </ul>
 *
 * <p>Two sources with the same metrics and options are equal. Immutable and thread-safe.
 */
public final class CloudWatchMetric implements MetricSource {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST_SLOT = Duration.ofHours(1);

    /** What can be chosen. */
    private record Options(
            @Nullable String id,
            @Nullable Metric latency,
            List<Double> percentiles,
            Duration slot,
            Duration settlesAfter,
            boolean silentWhenIdle,
            boolean silentWhenFine) {}

    private final Aws aws;
    private final Metric errors;
    private final Metric requests;
    private final boolean percentage;
    private final Options options;

    CloudWatchMetric(Aws aws, Metric errors, Metric requests, boolean percentage) {
        this(
                aws,
                errors,
                requests,
                percentage,
                new Options(null, null, List.of(50.0, 90.0, 95.0, 99.0), MINUTE, Duration.ofMinutes(2), false, false));
    }

    private CloudWatchMetric(Aws aws, Metric errors, Metric requests, boolean percentage, Options options) {
        this.aws = aws;
        this.errors = errors;
        this.requests = requests;
        this.percentage = percentage;
        this.options = options;
    }

    private CloudWatchMetric with(Options changed) {
        return new CloudWatchMetric(aws, errors, requests, percentage, changed);
    }

    /**
     * The same with how long requests took.
     *
     * @param metric the name of the metric, in the same namespace and with the same dimensions
     * @return the new source, which knows the percentiles 50, 90, 95 and 99
     */
    public CloudWatchMetric latency(String metric) {
        Given.text(metric, "metric");
        return with(new Options(
                options.id,
                new Metric(requests.namespace(), metric, requests.dimensions()),
                options.percentiles,
                options.slot,
                options.settlesAfter,
                options.silentWhenIdle,
                options.silentWhenFine));
    }

    /**
     * The same with other percentiles of the latency.
     *
     * @param percentile one, more than 0 and less than 100
     * @param more the others
     * @return the new source
     * @throws IllegalArgumentException if one is out of bounds
     */
    public CloudWatchMetric percentiles(double percentile, double... more) {
        List<Double> all = new ArrayList<>();
        all.add(percentile);
        for (double one : Given.notNull(more, "more")) {
            all.add(one);
        }
        for (double one : all) {
            if (!(one > 0 && one < 100)) {
                throw new IllegalArgumentException("percentile must be more than 0 and less than 100 but was " + one);
            }
        }
        return with(new Options(
                options.id,
                options.latency,
                List.copyOf(all),
                options.slot,
                options.settlesAfter,
                options.silentWhenIdle,
                options.silentWhenFine));
    }

    /**
     * The same under another name.
     *
     * @param id what samples, triggers and people call it
     * @return the new source
     */
    public CloudWatchMetric as(String id) {
        return with(new Options(
                Given.text(id, "id"),
                options.latency,
                options.percentiles,
                options.slot,
                options.settlesAfter,
                options.silentWhenIdle,
                options.silentWhenFine));
    }

    /**
     * The same with longer slots, for a service that does not write every minute.
     *
     * @param length whole minutes, an hour at most
     * @return the new source
     * @throws IllegalArgumentException if it is not
     */
    public CloudWatchMetric slot(Duration length) {
        wholeMinutes(length, "length");
        if (length.compareTo(LONGEST_SLOT) > 0) {
            throw new IllegalArgumentException("length must be an hour at most but was " + length);
        }
        return with(new Options(
                options.id,
                options.latency,
                options.percentiles,
                length,
                options.settlesAfter,
                options.silentWhenIdle,
                options.silentWhenFine));
    }

    /**
     * The same, read sooner or later.
     *
     * @param span how long after the end of a slot its numbers may still change, not negative
     * @return the new source
     * @throws IllegalArgumentException if it is negative
     */
    public CloudWatchMetric settlesAfter(Duration span) {
        if (Given.notNull(span, "span").isNegative()) {
            throw new IllegalArgumentException("span must not be negative but was " + span);
        }
        return with(new Options(
                options.id,
                options.latency,
                options.percentiles,
                options.slot,
                span,
                options.silentWhenIdle,
                options.silentWhenFine));
    }

    /**
     * The same of a service that writes no count of requests while there are none: a slot without data is one without
     * requests. A service that is gone looks the same.
     *
     * @return the new source
     */
    public CloudWatchMetric silentWhenIdle() {
        return with(new Options(
                options.id,
                options.latency,
                options.percentiles,
                options.slot,
                options.settlesAfter,
                true,
                options.silentWhenFine));
    }

    /**
     * The same of a service that writes no count of errors while there are none, as load balancers do: a slot with
     * requests and without data of errors is one without errors. A misspelled name looks the same.
     *
     * @return the new source
     */
    public CloudWatchMetric silentWhenFine() {
        return with(new Options(
                options.id,
                options.latency,
                options.percentiles,
                options.slot,
                options.settlesAfter,
                options.silentWhenIdle,
                true));
    }

    static Duration wholeMinutes(Duration value, String name) {
        Given.positive(value, name);
        if (!Duration.ofMinutes(value.toMinutes()).equals(value)) {
            throw new IllegalArgumentException(name + " must be whole minutes but was " + value);
        }
        return value;
    }

    @Override
    public String id() {
        String id = options.id;
        return id != null
                ? id
                : errors.name() + " of " + requests.name() + " in " + requests.namespace()
                        + MetricNamespace.text(requests.dimensions()) + " in " + aws.region();
    }

    @Override
    public Duration slot() {
        return options.slot;
    }

    @Override
    public Duration settlesAfter() {
        return options.settlesAfter;
    }

    /**
     * The numbers of one or more slots.
     *
     * @param from the beginning; one that is not that of a slot is moved back to it
     * @param to the end, whole slots after the beginning
     * @param context everything the source may use
     * @return what CloudWatch counted; percentiles only of a single slot
     * @throws IllegalArgumentException if the span is not one of whole slots
     * @throws Exception if CloudWatch cannot be asked, or has no data, so that the sample is unknown
     */
    @Override
    public Counts between(Instant from, Instant to, CheckContext context) throws Exception {
        Slots slots = Slots.between(from, to, options.slot);
        return aws.ask(Service.CLOUD_WATCH, context, calls -> counts(calls, slots));
    }

    private Counts counts(Calls calls, Slots slots) throws Exception {
        List<Query> queries = new ArrayList<>();
        queries.add(new Query(requests, "Sum"));
        queries.add(new Query(errors, percentage ? "Average" : "Sum"));
        Metric latency = slots.count() == 1 ? options.latency : null;
        if (latency != null) {
            for (double percentile : options.percentiles) {
                queries.add(new Query(
                        latency,
                        "p"
                                + BigDecimal.valueOf(percentile)
                                        .stripTrailingZeros()
                                        .toPlainString()));
            }
        }
        List<SortedMap<Instant, Double>> data =
                CloudWatchPort.of(calls).data(queries, slots.begin(), slots.end(), options.slot);
        long bad = 0;
        long total = 0;
        for (int i = 0; i < slots.count(); i++) {
            Instant at = slots.at(i);
            long all = total(data.get(0).get(at), at);
            total += all;
            bad += bad(data.get(1).get(at), all, at);
        }
        if (bad > total) {
            throw ApiProblem.undecided("CloudWatch counts more errors (" + bad + ") than requests (" + total + ")");
        }
        Map<Double, Double> percentiles = new TreeMap<>();
        if (latency != null && total > 0) {
            for (int i = 0; i < options.percentiles.size(); i++) {
                Double value = data.get(2 + i).get(slots.begin());
                // one that is missing is missing for the triggers that ask for it, and for nobody else
                if (value != null) {
                    percentiles.put(options.percentiles.get(i), value);
                }
            }
        }
        return new Counts(bad, total, percentiles);
    }

    private long total(@Nullable Double sum, Instant at) {
        if (sum == null) {
            if (options.silentWhenIdle) {
                return 0;
            }
            throw nothing(requests, at);
        }
        return count(requests, sum);
    }

    private long bad(@Nullable Double sum, long total, Instant at) {
        if (sum == null) {
            if (options.silentWhenFine || total == 0 && options.silentWhenIdle) {
                return 0;
            }
            throw nothing(errors, at);
        }
        return percentage ? count(errors, sum * total / 100) : count(errors, sum);
    }

    private static long count(Metric metric, double sum) {
        if (sum < 0 || sum > Long.MAX_VALUE / 4.0) {
            throw ApiProblem.undecided(metric.name() + " is no count: " + sum);
        }
        return Math.round(sum);
    }

    private ApiProblem nothing(Metric metric, Instant at) {
        return ApiProblem.undecided("CloudWatch has no data of " + metric.name() + " in " + metric.namespace()
                + MetricNamespace.text(metric.dimensions()) + " in the " + Spans.text(options.slot) + " from " + at);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(aws.permission("cloudwatch:GetMetricData", "*"));
    }

    @Override
    public Set<Subject> touches() {
        return aws.touches();
    }

    @Override
    public Set<Secret> secrets() {
        return aws.secrets();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CloudWatchMetric m
                && m.aws.account().equals(aws.account())
                && m.aws.region().equals(aws.region())
                && m.errors.equals(errors)
                && m.requests.equals(requests)
                && m.percentage == percentage
                && m.options.equals(options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(aws.account(), aws.region(), errors, requests, percentage, options);
    }

    /**
     * What it is called.
     *
     * @return its id
     */
    @Override
    public String toString() {
        return id();
    }
}
