package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** CloudWatch. */
final class CloudWatchService extends FakeService {

    private static final int MOST_NAMES = 100;

    /** A value of one of the metrics that are asked for. */
    private record Value(int query, Instant at, double value) {}

    private final Map<String, FakeAlarm> alarms = new LinkedHashMap<>();
    private final List<FakeMetric> metrics = new ArrayList<>();

    CloudWatchService(FakeAws aws) {
        super(aws, "monitoring", "http://monitoring.amazonaws.com/doc/2010-08-01/");
        reads("DescribeAlarms", DescribeAlarmsRequest::builder, this::alarms);
        reads("GetMetricData", GetMetricDataRequest::builder, this::data);
    }

    FakeAlarm alarm(String name) {
        return alarms.computeIfAbsent(name, key -> new FakeAlarm(aws(), name));
    }

    FakeMetric metric(String namespace, String name, Map<String, String> dimensions) {
        for (FakeMetric metric : metrics) {
            if (metric.is(namespace, name, dimensions)) {
                return metric;
            }
        }
        FakeMetric metric = new FakeMetric(aws(), namespace, name, dimensions);
        metrics.add(metric);
        return metric;
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "ValidationError", message);
    }

    private DescribeAlarmsResponse alarms(DescribeAlarmsRequest request, Instant now) {
        if (request.alarmNames().size() > MOST_NAMES) {
            throw invalid("Member must have length less than or equal to 100");
        }
        // without types only the alarms on metrics are told
        List<String> types = request.hasAlarmTypes() ? request.alarmTypesAsStrings() : List.of("MetricAlarm");
        List<FakeAlarm> asked = alarms.values().stream()
                .filter(alarm ->
                        request.alarmNames().isEmpty() || request.alarmNames().contains(alarm.name()))
                .filter(alarm -> types.contains(alarm.isComposite() ? "CompositeAlarm" : "MetricAlarm"))
                .toList();
        Page<FakeAlarm> page = page(asked, request.nextToken(), request.maxRecords(), "InvalidNextToken");
        List<MetricAlarm> metric = new ArrayList<>();
        List<CompositeAlarm> composite = new ArrayList<>();
        for (FakeAlarm alarm : page.items()) {
            Map.Entry<Instant, String> state = alarm.stateAt(now);
            String arn = arn("alarm:" + alarm.name()).replace(":monitoring:", ":cloudwatch:");
            if (alarm.isComposite()) {
                composite.add(CompositeAlarm.builder()
                        .alarmName(alarm.name())
                        .alarmArn(arn)
                        .actionsEnabled(alarm.hasActionsEnabled())
                        .alarmActions(alarm.actions())
                        .stateValue(state.getValue())
                        .stateUpdatedTimestamp(state.getKey())
                        .build());
            } else {
                metric.add(MetricAlarm.builder()
                        .alarmName(alarm.name())
                        .alarmArn(arn)
                        .actionsEnabled(alarm.hasActionsEnabled())
                        .alarmActions(alarm.actions())
                        .stateValue(state.getValue())
                        .stateUpdatedTimestamp(state.getKey())
                        .build());
            }
        }
        return DescribeAlarmsResponse.builder()
                .metricAlarms(metric)
                .compositeAlarms(composite)
                .nextToken(page.next())
                .build();
    }

    private GetMetricDataResponse data(GetMetricDataRequest request, Instant now) {
        if (!request.startTime().isBefore(request.endTime())) {
            throw invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
        List<MetricDataQuery> queries = request.metricDataQueries();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            values.addAll(values(i, request, now));
        }
        Page<Value> page = page(values, request.nextToken(), request.maxDatapoints(), "InvalidNextToken");
        boolean first = request.nextToken() == null || request.nextToken().isEmpty();
        List<MetricDataResult> results = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            int query = i;
            List<Value> own = page.items().stream()
                    .filter(value -> value.query() == query)
                    .toList();
            boolean none = values.stream().noneMatch(value -> value.query() == query);
            if (own.isEmpty() && !(none && first)) {
                continue;
            }
            List<Value> all =
                    values.stream().filter(value -> value.query() == query).toList();
            boolean whole = none || all.get(all.size() - 1).equals(own.get(own.size() - 1));
            String status = found(queries.get(i)).statusCode();
            results.add(MetricDataResult.builder()
                    .id(queries.get(i).id())
                    .label(queries.get(i).metricStat().metric().metricName())
                    .timestamps(own.stream().map(Value::at).toList())
                    .values(own.stream().map(Value::value).toList())
                    .statusCode(whole || !status.equals("Complete") ? status : "PartialData")
                    .build());
        }
        return GetMetricDataResponse.builder()
                .metricDataResults(results)
                .nextToken(page.next())
                .build();
    }

    private FakeMetric found(MetricDataQuery query) {
        MetricStat stat = query.metricStat();
        if (stat == null || query.expression() != null) {
            throw invalid("FakeAws knows no expressions, which " + query.id() + " is");
        }
        Map<String, String> dimensions = new TreeMap<>();
        for (Dimension dimension : stat.metric().dimensions()) {
            dimensions.put(dimension.name(), dimension.value());
        }
        String namespace = stat.metric().namespace();
        String name = stat.metric().metricName();
        // CloudWatch does not tell a metric that there is not from one without data
        return metrics.stream()
                .filter(metric -> metric.is(namespace, name, dimensions))
                .findFirst()
                .orElseGet(() -> new FakeMetric(aws(), namespace, name, dimensions));
    }

    /** Periods are counted from the epoch, and told by their beginnings. */
    private List<Value> values(int query, GetMetricDataRequest request, Instant now) {
        MetricDataQuery asked = request.metricDataQueries().get(query);
        FakeMetric metric = found(asked);
        MetricStat stat = asked.metricStat();
        int period = stat.period();
        if (period < 60 || period % 60 != 0) {
            throw invalid("Period must be a multiple of 60");
        }
        List<Value> values = new ArrayList<>();
        long from = Math.floorDiv(request.startTime().getEpochSecond(), period) * (long) period;
        for (long second = from; second < request.endTime().getEpochSecond(); second += period) {
            Instant at = Instant.ofEpochSecond(second);
            double[] samples = metric.values(at, at.plusSeconds(period), now);
            if (samples.length > 0) {
                values.add(new Value(query, at, statistic(stat.stat(), samples)));
            }
        }
        if (request.scanBy() != ScanBy.TIMESTAMP_ASCENDING) {
            values.sort((one, other) -> other.at().compareTo(one.at()));
        }
        return values;
    }

    private static double statistic(String stat, double... sorted) {
        Objects.requireNonNull(stat, "stat must not be null");
        return switch (stat) {
            case "Sum" -> Arrays.stream(sorted).sum();
            case "Average" -> Arrays.stream(sorted).average().orElseThrow();
            case "Minimum" -> sorted[0];
            case "Maximum" -> sorted[sorted.length - 1];
            case "SampleCount" -> sorted.length;
            default -> percentile(stat, sorted);
        };
    }

    private static double percentile(String stat, double... sorted) {
        if (!stat.matches("p[0-9]{1,2}(\\.[0-9]{1,10})?")) {
            throw invalid("The value " + stat + " for parameter Stat is not supported.");
        }
        double share = Double.parseDouble(stat.substring(1)) / 100;
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    @Override
    void drifts(Drifts drifts) {
        alarms.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> alarms.remove(key, one))));
        for (FakeMetric metric : metrics) {
            metric.drifts(drifts);
        }
    }
}
