package dev.golive.aws.internal.cloudwatch;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClientBuilder;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** What golive asks of CloudWatch. */
public final class CloudWatchPort {

    private static final ClientType<CloudWatchClientBuilder, CloudWatchClient> CLIENT =
            ClientType.of(Service.CLOUD_WATCH, CloudWatchClient::builder, CloudWatchClient.serviceMetadata());

    /** So many names are allowed in one request. */
    private static final int NAMES = 100;

    /**
     * An alarm.
     *
     * @param name its name
     * @param state in CloudWatch's words
     * @param since since when it is in this state, {@code null} if it was not told
     * @param actionsEnabled whether its actions take place
     * @param actions what takes place when it goes off
     */
    public record State(
            String name, String state, @Nullable Instant since, boolean actionsEnabled, List<String> actions) {}

    /**
     * A metric.
     *
     * @param namespace its namespace
     * @param name its name
     * @param dimensions the values of its dimensions by their names
     */
    public record Metric(String namespace, String name, Map<String, String> dimensions) {}

    /**
     * A question for one statistic of a metric.
     *
     * @param metric the metric
     * @param statistic for example {@code Sum} or {@code p99}
     */
    public record Query(Metric metric, String statistic) {}

    private final Calls calls;
    private final CloudWatchClient client;

    private CloudWatchPort(Calls calls, CloudWatchClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static CloudWatchPort of(Calls calls) throws Exception {
        return new CloudWatchPort(calls, calls.client(CLIENT));
    }

    /** Those of some alarms that there are, by their names; CloudWatch says nothing of those that there are not. */
    public Map<String, State> alarms(List<String> names) {
        Map<String, State> found = new LinkedHashMap<>();
        for (int from = 0; from < names.size(); from += NAMES) {
            List<String> some = names.subList(from, Math.min(from + NAMES, names.size()));
            // composite alarms are left out unless both types are asked for
            for (DescribeAlarmsResponse page : client.describeAlarmsPaginator(request ->
                    request.alarmNames(some).alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM))) {
                calls.listed(page.hasMetricAlarms() || page.hasCompositeAlarms(), page.metricAlarms(), "alarms");
                for (MetricAlarm alarm : page.metricAlarms()) {
                    add(
                            found,
                            alarm.alarmName(),
                            alarm.stateValueAsString(),
                            alarm.stateUpdatedTimestamp(),
                            alarm.actionsEnabled(),
                            alarm.alarmActions());
                }
                for (CompositeAlarm alarm : page.compositeAlarms()) {
                    add(
                            found,
                            alarm.alarmName(),
                            alarm.stateValueAsString(),
                            alarm.stateUpdatedTimestamp(),
                            alarm.actionsEnabled(),
                            alarm.alarmActions());
                }
            }
        }
        return found;
    }

    private void add(
            Map<String, State> found,
            @Nullable String name,
            @Nullable String state,
            @Nullable Instant since,
            @Nullable Boolean actionsEnabled,
            List<String> actions) {
        String said = calls.said(name, "the name of an alarm");
        found.put(
                said,
                new State(
                        said,
                        calls.said(state, "the state of an alarm"),
                        since,
                        calls.said(actionsEnabled, "whether an alarm has its actions"),
                        List.copyOf(actions)));
    }

    /**
     * What was measured, slot by slot, for each question. A slot without data is not in the answer, which does not mean
     * zero.
     *
     * @throws ApiProblem if CloudWatch does not tell all that it has
     */
    public List<SortedMap<Instant, Double>> data(List<Query> queries, Instant from, Instant to, Duration period) {
        List<SortedMap<Instant, Double>> values = new ArrayList<>();
        List<MetricDataQuery> asked = new ArrayList<>();
        for (Query query : queries) {
            asked.add(asked("m" + values.size(), query, period));
            values.add(new TreeMap<>());
        }
        Map<String, String> status = new LinkedHashMap<>();
        for (GetMetricDataResponse page : client.getMetricDataPaginator(
                request -> request.metricDataQueries(asked).startTime(from).endTime(to))) {
            for (MetricDataResult result :
                    calls.listed(page.hasMetricDataResults(), page.metricDataResults(), "metric data")) {
                String id = calls.said(result.id(), "the id of metric data");
                String code = calls.said(result.statusCodeAsString(), "whether metric data are complete");
                // "partial" means that there is more on the next page
                if (!code.equals("Complete") && !code.equals("PartialData")) {
                    throw ApiProblem.undecided("CloudWatch does not give the data of a metric: " + code);
                }
                status.put(id, code);
                collect(result, values.get(index(id, values.size())));
            }
        }
        for (int i = 0; i < queries.size(); i++) {
            String code = status.get("m" + i);
            if (!"Complete".equals(code)) {
                throw ApiProblem.undecided("CloudWatch does not give all data of metric "
                        + queries.get(i).metric().name() + (code == null ? "" : ": " + code));
            }
        }
        return values;
    }

    private static MetricDataQuery asked(String id, Query query, Duration period) {
        List<Dimension> dimensions = new ArrayList<>();
        query.metric()
                .dimensions()
                .forEach((name, value) -> dimensions.add(
                        Dimension.builder().name(name).value(value).build()));
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.metric(
                                metric -> metric.namespace(query.metric().namespace())
                                        .metricName(query.metric().name())
                                        .dimensions(dimensions))
                        .stat(query.statistic())
                        .period((int) period.toSeconds()))
                .build();
    }

    private static int index(String id, int size) {
        for (int i = 0; i < size; i++) {
            if (id.equals("m" + i)) {
                return i;
            }
        }
        throw ApiProblem.undecided("CloudWatch gave data that it was not asked for");
    }

    private static void collect(MetricDataResult result, SortedMap<Instant, Double> into) {
        List<Instant> timestamps = result.timestamps();
        List<Double> values = result.values();
        if (timestamps.size() != values.size()) {
            throw ApiProblem.undecided(
                    "CloudWatch gave " + values.size() + " values for " + timestamps.size() + " instants");
        }
        for (int i = 0; i < values.size(); i++) {
            Double value = values.get(i);
            if (value == null || !Double.isFinite(value) || timestamps.get(i) == null) {
                throw ApiProblem.undecided("CloudWatch gave a value that is no number");
            }
            into.put(timestamps.get(i), value);
        }
    }
}
