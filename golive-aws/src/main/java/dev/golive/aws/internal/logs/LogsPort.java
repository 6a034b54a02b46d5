package dev.golive.aws.internal.logs;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClientBuilder;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** What golive asks of CloudWatch Logs. No line of a log gets further than here. */
public final class LogsPort {

    private static final ClientType<CloudWatchLogsClientBuilder, CloudWatchLogsClient> CLIENT = ClientType.of(
            Service.CLOUD_WATCH_LOGS, CloudWatchLogsClient::builder, CloudWatchLogsClient.serviceMetadata());

    private static final Set<String> NO_GROUP = Set.of("ResourceNotFoundException");

    /**
     * A log group.
     *
     * @param retentionDays for how many days it keeps events, {@code null} for ever
     */
    public record Group(@Nullable Integer retentionDays) {}

    /**
     * An event, without what was logged.
     *
     * @param at when it took place, by the clock of who logged it
     * @param arrivedAt when CloudWatch received it
     * @param stream the stream it is in
     */
    public record Event(Instant at, Instant arrivedAt, String stream) {}

    private final Calls calls;
    private final CloudWatchLogsClient client;

    private LogsPort(Calls calls, CloudWatchLogsClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static LogsPort of(Calls calls) throws Exception {
        return new LogsPort(calls, calls.client(CLIENT));
    }

    /** The group of a name, empty if there is none; CloudWatch gives all whose names begin with it. */
    public Optional<Group> group(String name) {
        for (DescribeLogGroupsResponse page :
                client.describeLogGroupsPaginator(request -> request.logGroupNamePrefix(name))) {
            for (LogGroup group : calls.listed(page.hasLogGroups(), page.logGroups(), "log groups")) {
                if (name.equals(group.logGroupName())) {
                    return Optional.of(new Group(group.retentionInDays()));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Looks at the events of a group, page by page, until it has seen enough. A page may be empty and not be the last.
     *
     * @param pattern which events, {@code null} for all
     * @param from no earlier ones
     * @param to no later ones, {@code null} for whatever there is
     * @param enough takes an event, and says whether no more are wanted
     * @return whether there is such a group
     */
    public boolean events(
            String group, @Nullable String pattern, Instant from, @Nullable Instant to, Predicate<Event> enough)
            throws Exception {
        FilterLogEventsRequest asked = FilterLogEventsRequest.builder()
                .logGroupName(group)
                .filterPattern(pattern)
                .startTime(from.toEpochMilli())
                .endTime(to == null ? null : to.toEpochMilli())
                .build();
        return calls.found(NO_GROUP, () -> {
                    for (FilterLogEventsResponse page : client.filterLogEventsPaginator(asked)) {
                        for (FilteredLogEvent event : calls.listed(page.hasEvents(), page.events(), "events")) {
                            if (enough.test(event(event))) {
                                return true;
                            }
                        }
                    }
                    return true;
                })
                .isPresent();
    }

    private Event event(FilteredLogEvent event) {
        return new Event(
                Instant.ofEpochMilli(calls.said(event.timestamp(), "when an event took place")),
                Instant.ofEpochMilli(calls.said(event.ingestionTime(), "when an event arrived")),
                calls.said(event.logStreamName(), "the stream of an event"));
    }
}
