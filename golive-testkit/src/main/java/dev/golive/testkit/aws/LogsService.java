package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** CloudWatch Logs. */
final class LogsService extends FakeService {

    private final Map<String, FakeLogGroup> logGroups = new LinkedHashMap<>();

    LogsService(FakeAws aws) {
        super(aws, "logs", "");
        reads("DescribeLogGroups", DescribeLogGroupsRequest::builder, this::groups);
        reads("FilterLogEvents", FilterLogEventsRequest::builder, this::events);
    }

    FakeLogGroup logGroup(String name, Instant now) {
        return logGroups.computeIfAbsent(name, key -> new FakeLogGroup(aws(), name, now));
    }

    private DescribeLogGroupsResponse groups(DescribeLogGroupsRequest request, Instant now) {
        String prefix = request.logGroupNamePrefix() == null ? "" : request.logGroupNamePrefix();
        List<FakeLogGroup> found = logGroups.values().stream()
                .filter(group -> group.name().startsWith(prefix))
                .toList();
        Page<FakeLogGroup> page = page(found, request.nextToken(), request.limit(), "InvalidParameterException");
        return DescribeLogGroupsResponse.builder()
                .logGroups(page.items().stream()
                        .map(group -> LogGroup.builder()
                                .logGroupName(group.name())
                                .arn(arn("log-group:" + group.name() + ":*"))
                                .creationTime(group.createdAt().toEpochMilli())
                                .retentionInDays(group.retentionDays())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private FilterLogEventsResponse events(FilterLogEventsRequest request, Instant now) {
        FakeLogGroup group = logGroups.get(request.logGroupName());
        if (group == null) {
            throw new AwsError(400, "ResourceNotFoundException", "The specified log group does not exist.");
        }
        String token = request.nextToken() == null ? "" : request.nextToken();
        int empty = token.startsWith("empty-") ? Integer.parseInt(token.substring("empty-".length())) : 0;
        if ((token.isEmpty() || empty > 0) && empty < group.emptyPages()) {
            return FilterLogEventsResponse.builder()
                    .events(List.of())
                    .nextToken("empty-" + (empty + 1))
                    .build();
        }
        Predicate<String> pattern = LogPattern.of(request.filterPattern());
        long from = request.startTime() == null ? Long.MIN_VALUE : request.startTime();
        long to = request.endTime() == null ? Long.MAX_VALUE : request.endTime();
        List<FakeLogGroup.Event> found = group.arrived(from, to, now).stream()
                .filter(event -> pattern.test(event.message()))
                .toList();
        Page<FakeLogGroup.Event> page =
                page(found, empty > 0 ? null : token, request.limit(), "InvalidParameterException");
        return FilterLogEventsResponse.builder()
                .events(page.items().stream()
                        .map(event -> FilteredLogEvent.builder()
                                .eventId(event.id())
                                .logStreamName(event.stream())
                                .timestamp(event.at().toEpochMilli())
                                .ingestionTime(
                                        event.arrivedAt().plus(group.ahead()).toEpochMilli())
                                .message(event.message())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        logGroups.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> logGroups.remove(key, one))));
    }
}
