package dev.golive.railway;

import dev.golive.CheckContext;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Slots;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.MetricPort;
import dev.golive.railway.internal.MetricPort.Traffic;
import dev.golive.railway.internal.Operation;
import dev.golive.rollback.MetricSource;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the domains of a service, as Railway counts them, for the triggers of a rollback.
 *
 * <pre>{@code
 * RailwayHttpMetrics http = railway.service("api").http();
 *
 * Rate.of(http).exceeds(percent(5)).within(minutes(5)).atLeastRequests(20);
 * Percentile.of(http, 95).above(3000).lastingFor(minutes(5));
 * Rate.of(http.path("/api/orders").countingBad(400, 599)).exceeds(percent(10)).within(minutes(5));
 * }</pre>
 *
 * <ul>
 *   <li>A request is bad if it is answered with 500 and above, unless {@link #countingBad(int, int) said otherwise}.
 *   <li>A slot is a minute unless said otherwise, and is read 2 minutes after its end unless {@link #settlesAfter(Duration)
 *       said otherwise}.
 *   <li>A slot of which Railway tells nothing leaves the sample unknown, since a service that is gone, or a path that is
 *       misspelled, looks the same as one that nobody asks: {@link #silentWhenIdle()} is for a service that is idle at
 *       times. Within a slot, a status that Railway does not list was not given.
 *   <li>What cannot be a count, two counts of one time, or slots of another length leave the sample unknown, as does an
 *       error.
 *   <li>Percentiles are 50, 90, 95 and 99, over one slot, in milliseconds. They take a second request for each slot, which
 *       {@link #countsOnly()} saves. One that Railway does not tell is missing data for the triggers that ask for it.
 * </ul>
 *
 * <p>Two sources of the same service with the same options are equal. Immutable and thread-safe.
 */
public final class RailwayHttpMetrics implements MetricSource {

    private static final Duration LONGEST_SLOT = Duration.ofHours(1);
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern PATH = Pattern.compile("/[^\\s\\p{Cntrl}?#]*");

    /** What can be chosen. */
    private record Options(
            @Nullable String id,
            Traffic traffic,
            int firstBad,
            int lastBad,
            boolean latency,
            Duration slot,
            Duration settlesAfter,
            boolean silentWhenIdle) {}

    private final RailwayService service;
    private final Options options;

    private RailwayHttpMetrics(RailwayService service, Options options) {
        this.service = service;
        this.options = options;
    }

    static RailwayHttpMetrics of(RailwayService service) {
        return new RailwayHttpMetrics(
                service,
                new Options(
                        null,
                        new Traffic(null, null),
                        500,
                        599,
                        true,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        false));
    }

    /**
     * The same of requests to one path only.
     *
     * @param path the path, beginning with a slash and without a query
     * @return the new source
     * @throws IllegalArgumentException if it is no path
     */
    public RailwayHttpMetrics path(String path) {
        Given.form(path, "path", PATH, "a path that begins with a slash, without a query,");
        return traffic(new Traffic(options.traffic.method(), path));
    }

    /**
     * The same of requests with one method only.
     *
     * @param method the method, for example {@code POST}
     * @return the new source
     * @throws IllegalArgumentException if it is no method in upper case
     */
    public RailwayHttpMetrics method(String method) {
        Given.form(method, "method", METHOD, "a method of HTTP in upper case");
        return traffic(new Traffic(method, options.traffic.path()));
    }

    private RailwayHttpMetrics with(Options changed) {
        return new RailwayHttpMetrics(service, changed);
    }

    private RailwayHttpMetrics traffic(Traffic traffic) {
        return with(new Options(
                options.id,
                traffic,
                options.firstBad,
                options.lastBad,
                options.latency,
                options.slot,
                options.settlesAfter,
                options.silentWhenIdle));
    }

    /**
     * The same with other statuses that are bad.
     *
     * @param first the lowest of them, at least 100
     * @param last the highest of them, 599 at most
     * @return the new source
     * @throws IllegalArgumentException if they are out of bounds, or the first is above the last
     */
    public RailwayHttpMetrics countingBad(int first, int last) {
        Given.between(first, 100, 599, "first");
        Given.between(last, first, 599, "last");
        return with(new Options(
                options.id,
                options.traffic,
                first,
                last,
                options.latency,
                options.slot,
                options.settlesAfter,
                options.silentWhenIdle));
    }

    /**
     * The same without percentiles, which takes half of the requests to Railway.
     *
     * @return the new source
     */
    public RailwayHttpMetrics countsOnly() {
        return with(new Options(
                options.id,
                options.traffic,
                options.firstBad,
                options.lastBad,
                false,
                options.slot,
                options.settlesAfter,
                options.silentWhenIdle));
    }

    /**
     * The same under another name.
     *
     * @param id what samples, triggers and people call it
     * @return the new source
     * @throws IllegalArgumentException if it is blank
     */
    public RailwayHttpMetrics as(String id) {
        return with(new Options(
                Given.text(id, "id"),
                options.traffic,
                options.firstBad,
                options.lastBad,
                options.latency,
                options.slot,
                options.settlesAfter,
                options.silentWhenIdle));
    }

    /**
     * The same with longer slots, which takes fewer requests to Railway.
     *
     * @param length whole minutes, an hour at most
     * @return the new source
     * @throws IllegalArgumentException if it is not
     */
    public RailwayHttpMetrics slot(Duration length) {
        RailwayMetric.wholeMinutes(length, "length");
        if (length.compareTo(LONGEST_SLOT) > 0) {
            throw new IllegalArgumentException("length must be an hour at most but was " + length);
        }
        return with(new Options(
                options.id,
                options.traffic,
                options.firstBad,
                options.lastBad,
                options.latency,
                length,
                options.settlesAfter,
                options.silentWhenIdle));
    }

    /**
     * The same, read sooner or later.
     *
     * @param span how long after the end of a slot its numbers may still change, not negative
     * @return the new source
     * @throws IllegalArgumentException if it is negative
     */
    public RailwayHttpMetrics settlesAfter(Duration span) {
        if (Given.notNull(span, "span").isNegative()) {
            throw new IllegalArgumentException("span must not be negative but was " + span);
        }
        return with(new Options(
                options.id,
                options.traffic,
                options.firstBad,
                options.lastBad,
                options.latency,
                options.slot,
                span,
                options.silentWhenIdle));
    }

    /**
     * The same of a service that nobody asks at times: a slot of which Railway tells nothing is one without requests. A
     * service that is gone looks the same, as does a path that is misspelled.
     *
     * @return the new source
     */
    public RailwayHttpMetrics silentWhenIdle() {
        return with(new Options(
                options.id,
                options.traffic,
                options.firstBad,
                options.lastBad,
                options.latency,
                options.slot,
                options.settlesAfter,
                true));
    }

    @Override
    public String id() {
        String id = options.id;
        boolean usual = options.firstBad == 500 && options.lastBad == 599;
        return id != null
                ? id
                : described() + (usual ? "" : ", bad from " + options.firstBad + " to " + options.lastBad);
    }

    private String described() {
        String method = options.traffic.method();
        String path = options.traffic.path();
        return "requests" + (method == null ? "" : " " + method) + (path == null ? "" : " " + path) + " to " + service;
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
     * @return what Railway counted; percentiles only of a single slot
     * @throws IllegalArgumentException if the span is not one of whole slots
     * @throws Exception if Railway cannot be asked, or has no data, so that the sample is unknown
     */
    @Override
    public Counts between(Instant from, Instant to, CheckContext context) throws Exception {
        Slots slots = Slots.between(from, to, options.slot);
        return service.railway().place().ask(context, calls -> {
            String id = calls.service(service.name()).orElseThrow(() -> ApiProblem.undecided("there is no " + service));
            return counts(calls, id, slots);
        });
    }

    private Counts counts(Calls calls, String serviceId, Slots slots) throws InterruptedException {
        MetricPort port = MetricPort.of(calls);
        SortedMap<Instant, SortedMap<Integer, Long>> found =
                port.statuses(serviceId, options.traffic, slots.begin(), slots.end(), options.slot);
        long bad = 0;
        long total = 0;
        for (int i = 0; i < slots.count(); i++) {
            Instant at = slots.at(i);
            SortedMap<Integer, Long> statuses = found.get(at);
            if (statuses == null) {
                if (!options.silentWhenIdle) {
                    throw ApiProblem.undecided("Railway has no data of " + described() + " in the "
                            + Spans.text(options.slot) + " from " + at);
                }
                continue;
            }
            for (Map.Entry<Integer, Long> one : statuses.entrySet()) {
                total += one.getValue();
                bad += one.getKey() >= options.firstBad && one.getKey() <= options.lastBad ? one.getValue() : 0;
            }
        }
        return new Counts(
                bad,
                total,
                options.latency && slots.count() == 1 && total > 0
                        ? port.durations(serviceId, options.traffic, slots.begin(), options.slot)
                        : Map.of());
    }

    @Override
    public Set<Permission> permissions() {
        return options.latency
                ? service.railway()
                        .permissions(
                                Operation.SERVICES,
                                Operation.HTTP_METRICS_GROUPED_BY_STATUS,
                                Operation.HTTP_DURATION_METRICS)
                : service.railway().permissions(Operation.SERVICES, Operation.HTTP_METRICS_GROUPED_BY_STATUS);
    }

    @Override
    public Set<Subject> touches() {
        return service.railway().place().touches();
    }

    @Override
    public Set<Secret> secrets() {
        return service.railway().place().secrets();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RailwayHttpMetrics m
                && m.service.railway().where().equals(service.railway().where())
                && m.service.name().equals(service.name())
                && m.options.equals(options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(service.railway().where(), service.name(), options);
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
