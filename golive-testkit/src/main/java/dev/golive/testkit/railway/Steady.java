package dev.golive.testkit.railway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What goes on and on: values that are measured each minute, requests that are answered each minute, and lines that are
 * logged now and then. All of it is a function of the clock, and nothing of it is kept. Called within the lock.
 */
final class Steady {

    /** Requests of each minute. */
    record Kind(int status, String method, String path) {}

    /** How many requests of a kind there are in a minute, and how long each takes. */
    record Rate(long perMinute, Duration each) {}

    /** Lines that come again and again, from an instant on. */
    record Murmur(Instant from, Duration every, String severity, String message) {}

    static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Rate NONE = new Rate(0, Duration.ZERO);

    private final Map<String, History<Double>> values = new LinkedHashMap<>();
    private final Map<Kind, History<Rate>> rates = new LinkedHashMap<>();
    private final Map<String, History<Double>> used = new LinkedHashMap<>();
    private final List<Murmur> murmurs = new ArrayList<>();

    private static <K, V> History<V> history(Map<K, History<V>> all, K key, V none) {
        return all.computeIfAbsent(key, any -> new History<>(none));
    }

    void value(String measurement, Instant from, double value) {
        history(values, measurement, Double.NaN).put(from, value);
    }

    void used(String measurement, Instant from, double perDay) {
        history(used, measurement, 0.0).put(from, perDay);
    }

    void rate(Kind kind, Instant from, Rate rate) {
        history(rates, kind, NONE).put(from, rate);
    }

    void murmur(Murmur murmur) {
        murmurs.add(murmur);
    }

    boolean isMeasuring(String measurement) {
        return values.containsKey(measurement);
    }

    boolean isMurmuring() {
        return !murmurs.isEmpty();
    }

    boolean isBilled() {
        return !used.isEmpty();
    }

    void doubleUsage() {
        used.values().forEach(history -> history.always(perDay -> perDay * 2));
    }

    /** What is answered each minute at an instant. */
    Map<Kind, Rate> rates(Instant at) {
        Map<Kind, Rate> all = new LinkedHashMap<>();
        rates.forEach((kind, history) -> {
            if (history.at(at).perMinute() > 0) {
                all.put(kind, history.at(at));
            }
        });
        return all;
    }

    /** The value that is measured at an instant; not a number if none is. */
    double valueAt(String measurement, Instant at) {
        History<Double> history = values.get(measurement);
        return history == null ? Double.NaN : history.at(at);
    }

    /** The values of a span, its end included, one each minute or each step if that is whole minutes. */
    List<FakeRailwayService.Point> points(
            String measurement, Instant from, Instant to, int step, Predicate<Instant> measured) {
        List<FakeRailwayService.Point> points = new ArrayList<>();
        History<Double> history = values.get(measurement);
        if (history != null) {
            Duration apart = step > 60 && step % 60 == 0 ? Duration.ofSeconds(step) : MINUTE;
            for (Instant at = next(from, apart); !at.isAfter(to); at = at.plus(apart)) {
                double value = history.at(at);
                if (!Double.isNaN(value) && measured.test(at)) {
                    points.add(new FakeRailwayService.Point(measurement, at, value));
                }
            }
        }
        return points;
    }

    /** The requests of a span, its end excluded. What is not there is answered by Railway itself. */
    List<FakeRailwayService.Served> served(Instant from, Instant to, Predicate<Instant> there) {
        List<FakeRailwayService.Served> all = new ArrayList<>();
        if (!rates.isEmpty()) {
            for (Instant at = next(from, MINUTE); at.isBefore(to); at = at.plus(MINUTE)) {
                boolean well = there.test(at);
                for (Map.Entry<Kind, History<Rate>> one : rates.entrySet()) {
                    Rate rate = one.getValue().at(at);
                    if (rate.perMinute() > 0) {
                        Kind kind = one.getKey();
                        int status = well ? kind.status() : 502;
                        all.add(new FakeRailwayService.Served(
                                at, status, rate.perMinute(), rate.each(), kind.method(), kind.path()));
                    }
                }
            }
        }
        return all;
    }

    /** How much is used in a span, evenly. */
    double used(String measurement, Instant from, Instant to) {
        History<Double> history = used.get(measurement);
        if (history == null || !from.isBefore(to)) {
            return 0;
        }
        double sum = 0;
        Instant begin = from;
        for (Instant change : history.changes()) {
            if (change.isAfter(begin) && change.isBefore(to)) {
                sum += history.at(begin) * days(begin, change);
                begin = change;
            }
        }
        return sum + history.at(begin) * days(begin, to);
    }

    private static double days(Instant from, Instant to) {
        return Duration.between(from, to).toMillis()
                / (double) Duration.ofDays(1).toMillis();
    }

    /** The newest lines of a span, its ends included, that pass a filter; a deployment is asked whether it has them. */
    List<Deployment.Line> lines(
            Deployment of,
            Instant from,
            Instant to,
            int most,
            Predicate<Deployment.Line> filter,
            Predicate<Instant> logged) {
        List<Deployment.Line> all = new ArrayList<>();
        for (Murmur one : murmurs) {
            Deployment.Line line = new Deployment.Line(to, one.severity(), one.message(), Map.of(), of.instance(0));
            if (!filter.test(line)) {
                continue;
            }
            Instant first = from.isAfter(one.from()) ? from : one.from();
            int found = 0;
            for (Instant at = floor(to, one.every()); !at.isBefore(first) && found < most; at = at.minus(one.every())) {
                if (logged.test(at)) {
                    all.add(new Deployment.Line(at, line.severity(), line.message(), Map.of(), line.instance()));
                    found++;
                }
            }
        }
        return all;
    }

    /** The beginning of a span that an instant lies in; all of them are counted from 1970. */
    private static Instant floor(Instant at, Duration span) {
        long millis = span.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
    }

    private static Instant next(Instant from, Duration apart) {
        Instant floor = floor(from, apart);
        return floor.isBefore(from) ? floor.plus(apart) : floor;
    }
}
