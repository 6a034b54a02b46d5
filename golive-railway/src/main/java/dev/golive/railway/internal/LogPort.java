package dev.golive.railway.internal;

import dev.golive.provider.ApiJson;
import dev.golive.provider.ApiProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What golive reads of logs. Railway gives a number of lines at most and does not say whether there are more, nor from
 * which end of the span it takes them. So a span that gives as many as that is read in two halves, until each gives less.
 */
public final class LogPort {

    /** How many lines are asked for at once: 5000 are allowed, and no answer is read beyond eight megabytes. */
    public static final int PAGE = 2500;

    /** How many requests are made for one question. */
    private static final int MOST = 40;

    /** So much of a full page is newer than where it is cut: if Railway gives the newest, few lines are read twice. */
    private static final int CUT = PAGE / 10;

    /** A line that is dated to the nanosecond may be looked for to the millisecond. */
    private static final Duration MARGIN = Duration.ofMillis(1);

    /**
     * A line of a log, which never leaves golive.
     *
     * @param at when it was written
     * @param message what it says
     * @param severity how bad it is, {@code null} if nobody says
     */
    public record Line(Instant at, String message, @Nullable String severity) {

        /** For people, who may not see more. */
        @Override
        public String toString() {
            return "line of " + at;
        }
    }

    /** A span of a log, with or without ends. */
    private record Span(@Nullable Instant from, @Nullable Instant to) {
        boolean holds(Line line) {
            return (from == null || !line.at().isBefore(from))
                    && (to == null || line.at().isBefore(to));
        }
    }

    private final Calls calls;

    private LogPort(Calls calls) {
        this.calls = calls;
    }

    /** The port of an attempt. */
    public static LogPort of(Calls calls) {
        return new LogPort(calls);
    }

    /**
     * Reads lines of a deployment, each once and in no order.
     *
     * @param log which log
     * @param deployment the id of the deployment
     * @param from the beginning, included; {@code null} for the beginning of the log
     * @param to the end, not included; {@code null} for the end of the log
     * @param filter what Railway may leave out, {@code null} for nothing
     * @param enough is given each line, and says when no more is needed
     * @return whether there are no other lines than those that were given
     */
    public boolean read(
            Operation log,
            String deployment,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String filter,
            Predicate<Line> enough)
            throws InterruptedException {
        Deque<Span> open = new ArrayDeque<>();
        open.push(new Span(from, to));
        boolean all = true;
        for (int request = 0; request < MOST && !open.isEmpty(); request++) {
            Span span = open.pop();
            List<ApiJson> page = calls.ask(log, asked(deployment, span, filter)).list();
            List<Line> lines = page.stream()
                    .map(LogPort::line)
                    .filter(span::holds)
                    .sorted(Comparator.comparing(Line::at))
                    .toList();
            Instant cut = page.size() < PAGE ? null : cut(lines);
            if (cut != null) {
                open.push(new Span(span.from(), cut));
                open.push(new Span(cut, span.to()));
                continue;
            }
            all &= page.size() < PAGE;
            for (Line line : lines) {
                if (enough.test(line)) {
                    return false;
                }
            }
        }
        return all && open.isEmpty();
    }

    /** Where to cut a span, so that no part of it is empty; {@code null} if all of the lines are of one instant. */
    private static @Nullable Instant cut(List<Line> lines) {
        for (int i = Math.min(CUT, lines.size() - 1); i < lines.size() && i >= 0; i++) {
            if (lines.get(i).at().isAfter(lines.get(0).at())) {
                return lines.get(i).at();
            }
        }
        return null;
    }

    private static Map<String, Object> asked(String deployment, Span span, @Nullable String filter) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("deploymentId", deployment);
        asked.put("limit", PAGE);
        Instant from = span.from();
        if (from != null) {
            asked.put(
                    "startDate",
                    from.truncatedTo(ChronoUnit.MILLIS).minus(MARGIN).toString());
        }
        Instant to = span.to();
        if (to != null) {
            asked.put(
                    "endDate",
                    to.truncatedTo(ChronoUnit.MILLIS).plus(MARGIN).plus(MARGIN).toString());
        }
        if (filter != null) {
            asked.put("filter", filter);
        }
        return asked;
    }

    private static Line line(ApiJson said) {
        return new Line(
                said.get("timestamp").instant(),
                said.get("message").said().textIfAny().orElse(""),
                said.get("severity").textIfAny().orElse(null));
    }

    /** The latest deployment that was not skipped, which is the one that was built last. */
    public Deployment built(ServicePort.Instance instance) throws InterruptedException {
        Deployment latest = instance.latest();
        if (latest != null && !latest.status().equals("SKIPPED")) {
            return latest;
        }
        Map<String, Object> input = Map.of(
                "projectId",
                calls.scope().projectId(),
                "environmentId",
                calls.scope().environmentId(),
                "serviceId",
                instance.serviceId(),
                "includeDeleted",
                true);
        // the newest come first, and nobody skips so many
        return calls.ask(Operation.DEPLOYMENTS, Map.of("input", input, "first", 100)).get("edges").list().stream()
                .map(edge -> Deployment.of(edge.get("node").said()))
                .filter(one -> !one.status().equals("SKIPPED"))
                .max(Comparator.comparing(Deployment::createdAt))
                .orElseThrow(() -> ApiProblem.undecided("no deployment was built lately"));
    }
}
