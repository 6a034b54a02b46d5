package dev.golive.aws;

import dev.golive.aws.internal.cloudwatch.CloudWatchPort.Metric;
import dev.golive.provider.Given;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics of CloudWatch with one namespace and the same dimensions.
 *
 * <pre>{@code
 * MetricNamespace web = aws.metrics("AWS/AppRunner").dimension("ServiceName", "shop-web");
 *
 * MetricSource traffic = web.errors("5xxStatusResponses").of("Requests").latency("RequestLatency");
 * Check cpu = web.metric("CPUUtilization").maximum(atMost(80.0), minutes(15));
 * }</pre>
 *
 * <p>CloudWatch knows a metric by exactly the dimensions that were stated when it was written: with one too few or one too
 * many it has no data. Immutable and thread-safe.
 */
public final class MetricNamespace {

    private final Aws aws;
    private final String namespace;
    private final Map<String, String> dimensions;

    MetricNamespace(Aws aws, String namespace, Map<String, String> dimensions) {
        this.aws = aws;
        this.namespace = namespace;
        this.dimensions = dimensions;
    }

    /**
     * The same with another dimension.
     *
     * @param name its name, for example {@code DBInstanceIdentifier}
     * @param value its value
     * @return the new metrics
     */
    public MetricNamespace dimension(String name, String value) {
        Map<String, String> more = new TreeMap<>(dimensions);
        more.put(Given.text(name, "name"), Given.text(value, "value"));
        return new MetricNamespace(aws, namespace, Collections.unmodifiableMap(more));
    }

    /**
     * One metric, to check whether it is within limits.
     *
     * @param name its name, for example {@code CPUUtilization}
     * @return the metric
     */
    public MetricValue metric(String name) {
        return new MetricValue(aws, named(Given.text(name, "name")));
    }

    /**
     * A metric that counts what went wrong, to be watched.
     *
     * @param metric its name, for example {@code 5xxStatusResponses}
     * @return the errors, of which it must be said what they are a part of
     */
    public Errors errors(String metric) {
        return new Errors(this, named(Given.text(metric, "metric")), false);
    }

    /**
     * A metric that tells which percentage went wrong, to be watched, for example {@code 5xxErrorRate} of CloudFront.
     *
     * @param metric its name
     * @return the errors, of which it must be said what they are a part of
     */
    public Errors errorPercentage(String metric) {
        return new Errors(this, named(Given.text(metric, "metric")), true);
    }

    private Metric named(String name) {
        return new Metric(namespace, name, dimensions);
    }

    /** Errors, of which it must be said what they are a part of. Immutable and thread-safe. */
    public static final class Errors {

        private final MetricNamespace metrics;
        private final Metric bad;
        private final boolean percentage;

        private Errors(MetricNamespace metrics, Metric bad, boolean percentage) {
            this.metrics = metrics;
            this.bad = bad;
            this.percentage = percentage;
        }

        /**
         * What they are a part of.
         *
         * @param requests the name of the metric that counts all requests, for example {@code Requests}
         * @return the source
         * @throws IllegalArgumentException if the name is blank
         */
        public CloudWatchMetric of(String requests) {
            return new CloudWatchMetric(metrics.aws, bad, metrics.named(Given.text(requests, "requests")), percentage);
        }

        /**
         * What they are.
         *
         * @return the name of the metric and where it is kept
         */
        @Override
        public String toString() {
            return bad.name() + " of " + metrics;
        }
    }

    /**
     * What they are.
     *
     * @return for example {@code metrics AWS/AppRunner ServiceName=shop-web in eu-north-1}
     */
    @Override
    public String toString() {
        return "metrics " + namespace + text(dimensions) + " in " + aws.region();
    }

    static String text(Map<String, String> dimensions) {
        StringBuilder text = new StringBuilder();
        dimensions.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }
}
