package dev.golive.railway.internal;

import dev.golive.provider.ApiJson;
import dev.golive.provider.ApiProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What golive reads of metrics. Samples outside of the span that was asked for are dropped; what cannot be within it, as
 * two samples of one time, cannot be read.
 */
public final class MetricPort {

    /** No service answers so many requests in a slot; the sum of all slots that are asked for stays a long. */
    private static final double MOST = 1e12;

    /**
     * Which requests are meant.
     *
     * @param method of which method, {@code null} for all
     * @param path of which path, {@code null} for all
     */
    public record Traffic(@Nullable String method, @Nullable String path) {}

    private final Calls calls;

    private MetricPort(Calls calls) {
        this.calls = calls;
    }

    /** The port of an attempt. */
    public static MetricPort of(Calls calls) {
        return new MetricPort(calls);
    }

    /** The samples of each measurement from a time until before another, by their times; none where there are none. */
    public Map<String, SortedMap<Instant, Double>> samples(
            String serviceId, List<String> measurements, Instant from, Instant to, Duration every)
            throws InterruptedException {
        Map<String, Object> asked = new HashMap<>();
        asked.put("projectId", calls.scope().projectId());
        asked.put("environmentId", calls.scope().environmentId());
        asked.put("serviceId", serviceId);
        asked.put("measurements", measurements);
        asked.put("startDate", from.toString());
        asked.put("endDate", to.toString());
        asked.put("sampleRateSeconds", Math.toIntExact(every.toSeconds()));
        Map<String, SortedMap<Instant, Double>> all = new HashMap<>();
        for (ApiJson one : calls.ask(Operation.METRICS, asked).list()) {
            String name = one.get("measurement").text();
            if (all.put(name, values(one.get("values").list(), from, to)) != null) {
                // of two deployments, or of two regions: which of them was meant, or their sum, nobody says
                throw ApiProblem.undecided("Railway gives more than one line of samples of a metric");
            }
        }
        measurements.forEach(name -> all.putIfAbsent(name, new TreeMap<>()));
        return all;
    }

    private static SortedMap<Instant, Double> values(List<ApiJson> said, Instant from, Instant to) {
        SortedMap<Instant, Double> values = new TreeMap<>();
        Set<Long> times = new HashSet<>();
        for (ApiJson one : said) {
            long at = time(one, times);
            double value = positive(one.get("value"));
            if (at >= from.getEpochSecond() && at < to.getEpochSecond()) {
                values.put(Instant.ofEpochSecond(at), value);
            }
        }
        return values;
    }

    private static long time(ApiJson sample, Set<Long> times) {
        long at = sample.get("ts").integer();
        if (!times.add(at)) {
            throw ApiProblem.undecided("Railway gives two samples of the same time");
        }
        return at;
    }

    private static double positive(ApiJson said) {
        double value = said.number();
        if (value < 0) {
            throw said.missing(" as a number that is not negative");
        }
        return value;
    }

    /**
     * How many requests were answered with each status, by the beginnings of slots; a slot of which Railway tells nothing
     * is absent.
     */
    public SortedMap<Instant, SortedMap<Integer, Long>> statuses(
            String serviceId, Traffic traffic, Instant from, Instant to, Duration slot) throws InterruptedException {
        SortedMap<Instant, SortedMap<Integer, Long>> all = new TreeMap<>();
        Set<Integer> seen = new HashSet<>();
        boolean elsewhere = false;
        for (ApiJson group : calls.ask(
                        Operation.HTTP_METRICS_GROUPED_BY_STATUS, asked(serviceId, traffic, from, to, slot))
                .list()) {
            int status = status(group.get("statusCode"));
            if (!seen.add(status)) {
                throw ApiProblem.undecided("Railway counts status " + status + " twice");
            }
            Set<Long> times = new HashSet<>();
            for (ApiJson sample : group.get("samples").list()) {
                long at = time(sample, times);
                long count = count(sample.get("value"));
                if (isWithin(at, from, to, slot)) {
                    all.computeIfAbsent(Instant.ofEpochSecond(at), slotAt -> new TreeMap<>())
                            .put(status, count);
                } else {
                    elsewhere = true;
                }
            }
        }
        if (all.isEmpty() && elsewhere) {
            // if slots were named by their ends, nothing would ever be in the one that was asked for
            throw ApiProblem.undecided("Railway counted at other times than it was asked for");
        }
        return all;
    }

    /** The percentiles of how long requests took in a slot, in milliseconds; none if Railway tells none. */
    public SortedMap<Double, Double> durations(String serviceId, Traffic traffic, Instant from, Duration slot)
            throws InterruptedException {
        SortedMap<Double, Double> percentiles = new TreeMap<>();
        Set<Long> times = new HashSet<>();
        Instant to = from.plus(slot);
        for (ApiJson sample : calls.ask(Operation.HTTP_DURATION_METRICS, asked(serviceId, traffic, from, to, slot))
                .get("samples")
                .list()) {
            long at = time(sample, times);
            if (isWithin(at, from, to, slot)) {
                for (int percentile : new int[] {50, 90, 95, 99}) {
                    percentiles.put((double) percentile, positive(sample.get("p" + percentile)));
                }
            }
        }
        return percentiles;
    }

    private Map<String, Object> asked(String serviceId, Traffic traffic, Instant from, Instant to, Duration slot)
            throws InterruptedException {
        Map<String, Object> asked = new HashMap<>();
        asked.put("serviceId", serviceId);
        asked.put("environmentId", calls.scope().environmentId());
        asked.put("startDate", from.toString());
        asked.put("endDate", to.toString());
        asked.put("stepSeconds", Math.toIntExact(slot.toSeconds()));
        if (traffic.method() != null) {
            asked.put("method", traffic.method());
        }
        if (traffic.path() != null) {
            asked.put("path", traffic.path());
        }
        return asked;
    }

    private static boolean isWithin(long at, Instant from, Instant to, Duration slot) {
        if (at < from.getEpochSecond() || at >= to.getEpochSecond()) {
            return false;
        } else if ((at - from.getEpochSecond()) % slot.toSeconds() != 0) {
            throw ApiProblem.undecided("Railway counts by other slots than it was asked to");
        }
        return true;
    }

    private static int status(ApiJson said) {
        long status = said.integer();
        if (status < 100 || status > 599) {
            throw said.missing(" as a status of HTTP");
        }
        return (int) status;
    }

    private static long count(ApiJson said) {
        double value = said.number();
        if (value < 0 || value > MOST || value != Math.rint(value)) {
            throw said.missing(" as a count");
        }
        return (long) value;
    }
}
