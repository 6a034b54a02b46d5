package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A log group of CloudWatch in {@link FakeAws}.
 *
 * <pre>{@code
 * fake.logGroup("/aws/apprunner/shop-web/1/application").arrivesAfter(Duration.ofSeconds(20)).log("GET /health 200");
 * }</pre>
 *
 * <p>It keeps events for ever unless said otherwise. Options change this object and return it. Thread-safe.
 */
public final class FakeLogGroup {

    /** An event, and when CloudWatch received it. */
    record Event(String id, Instant at, Instant arrivedAt, String stream, String message) {}

    /** A line that is logged over and over. */
    private static final class Steady {
        final Duration every;
        final Instant since;
        final Duration delay;
        final String message;
        Instant until = Instant.MAX;

        Steady(Duration every, Instant since, Duration delay, String message) {
            this.every = every;
            this.since = since;
            this.delay = delay;
            this.message = message;
        }

        Steady later(Duration span) {
            Steady later = new Steady(every, since, delay.plus(span), message);
            later.until = until;
            return later;
        }
    }

    private final FakeAws aws;
    private final String name;
    private final Instant createdAt;
    private final List<Event> events = new ArrayList<>();
    private final List<Steady> steady = new ArrayList<>();
    private Duration delay = Duration.ZERO;
    private Duration ahead = Duration.ZERO;
    private @Nullable Integer retentionDays;
    private int emptyPages;

    FakeLogGroup(FakeAws aws, String name, Instant now) {
        this.aws = aws;
        this.name = name;
        this.createdAt = now;
    }

    /**
     * Something is logged now.
     *
     * @param message the line
     * @return this
     */
    public FakeLogGroup log(String message) {
        return log(aws.time().now(), "instance/1", message);
    }

    /**
     * Something is logged.
     *
     * @param at when
     * @param stream in which stream
     * @param message the line
     * @return this
     */
    public FakeLogGroup log(Instant at, String stream, String message) {
        Objects.requireNonNull(at, "at must not be null");
        Objects.requireNonNull(stream, "stream must not be null");
        Objects.requireNonNull(message, "message must not be null");
        return aws.within(() -> {
            events.add(new Event(String.format("%056d", aws.number()), at, at.plus(delay), stream, message));
            events.sort(Comparator.comparing(Event::at));
            return this;
        });
    }

    /**
     * The same line is logged over and over, besides what is logged otherwise: since a day ago, without end, in the stream
     * {@code instance/1}. Nothing of it is kept: days and weeks of the clock cost nothing.
     *
     * @param every how far the events are apart; at least a second
     * @param message the line
     * @return this
     * @throws IllegalArgumentException if it is less than a second
     */
    public FakeLogGroup logEvery(Duration every, String message) {
        if (Objects.requireNonNull(every, "every must not be null").compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("every must be at least a second but was " + every);
        }
        Objects.requireNonNull(message, "message must not be null");
        Instant since = aws.time().now().minus(Duration.ofDays(1));
        return aws.within(() -> {
            steady.add(new Steady(every, since, delay, message));
            return this;
        });
    }

    /**
     * Ends what {@link #logEvery} began: from an instant on nothing is logged by itself.
     *
     * @param since from when on
     * @return this
     */
    public FakeLogGroup silentFrom(Instant since) {
        Objects.requireNonNull(since, "since must not be null");
        return aws.within(() -> {
            for (Steady line : steady) {
                line.until = since.isBefore(line.until) ? since : line.until;
            }
            return this;
        });
    }

    /**
     * How long an event is on its way; it concerns what is logged from now on. At once unless said otherwise.
     *
     * @param span how long; negative if it is dated by a clock that is fast
     * @return this
     */
    public FakeLogGroup arrivesAfter(Duration span) {
        Objects.requireNonNull(span, "span must not be null");
        return aws.within(() -> {
            delay = span;
            return this;
        });
    }

    /**
     * By how much the clock of CloudWatch, which dates arrivals, is ahead of that of the test; not at all unless said
     * otherwise.
     *
     * @param span by how much; negative if it is behind
     * @return this
     */
    public FakeLogGroup clockAhead(Duration span) {
        Objects.requireNonNull(span, "span must not be null");
        return aws.within(() -> {
            ahead = span;
            return this;
        });
    }

    /**
     * For how long it keeps events.
     *
     * @param days how many days
     * @return this
     */
    public FakeLogGroup retention(int days) {
        return aws.within(() -> {
            retentionDays = days;
            return this;
        });
    }

    /**
     * How many empty pages come before the first event, as CloudWatch gives them while it searches; none unless said
     * otherwise.
     *
     * @param pages how many
     * @return this
     */
    public FakeLogGroup emptyPages(int pages) {
        return aws.within(() -> {
            emptyPages = pages;
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = drifts.of("logs", name, "log group " + name)
                .add("gone", "does not exist", gone)
                .add(
                        "silent",
                        "has been silent for a day",
                        () -> quietSince(drifts.now().minus(Duration.ofDays(1))))
                .add(
                        "errors",
                        "holds an error each minute",
                        () -> logEvery(Duration.ofMinutes(1), "ERROR otherwise: java.lang.IllegalStateException"))
                .add("late", "shows lines half an hour late", () -> late(Duration.ofMinutes(30)));
        if (retentionDays != null) {
            own.add("for ever", "keeps events for ever", () -> aws.within(() -> retentionDays = null), "days");
        }
        if (retentionDays == null || retentionDays > 1) {
            own.add("one day", "keeps events for a day only", () -> retention(1), "days");
        }
    }

    private void quietSince(Instant since) {
        aws.within(() -> {
            events.removeIf(event -> !event.at.isBefore(since));
            return silentFrom(since);
        });
    }

    private void late(Duration span) {
        aws.within(() -> {
            events.replaceAll(
                    event -> new Event(event.id, event.at, event.arrivedAt.plus(span), event.stream, event.message));
            steady.replaceAll(line -> line.later(span));
            delay = delay.plus(span);
            return this;
        });
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Nullable
    Integer retentionDays() {
        return retentionDays;
    }

    Duration ahead() {
        return ahead;
    }

    int emptyPages() {
        return emptyPages;
    }

    private static String padded(long number) {
        String digits = Long.toString(number);
        return "0".repeat(28 - digits.length()) + digits;
    }

    /** The events from an instant to another that have arrived, in the order in which they took place. */
    List<Event> arrived(long fromMillis, long toMillis, Instant now) {
        List<Event> arrived = new ArrayList<>();
        for (Event event : events) {
            if (!event.arrivedAt().isAfter(now)
                    && event.at().toEpochMilli() >= fromMillis
                    && event.at().toEpochMilli() <= toMillis) {
                arrived.add(event);
            }
        }
        for (int i = 0; i < steady.size(); i++) {
            Steady line = steady.get(i);
            long from = Math.max(fromMillis, line.since.toEpochMilli());
            Instant at = Ticks.first(Instant.ofEpochMilli(from), line.every);
            while (at.toEpochMilli() <= toMillis
                    && at.isBefore(line.until)
                    && !at.plus(line.delay).isAfter(now)) {
                String id = padded(at.toEpochMilli()) + padded(i);
                arrived.add(new Event(id, at, at.plus(line.delay), "instance/1", line.message));
                at = at.plus(line.every);
            }
        }
        arrived.sort(Comparator.comparing(Event::at));
        return arrived;
    }
}
