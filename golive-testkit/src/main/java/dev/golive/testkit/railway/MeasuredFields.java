package dev.golive.testkit.railway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What was measured, of processes and of requests, and what was logged. */
final class MeasuredFields extends RailwayFields {

    /** A line and whose it is. */
    private record Logged(Deployment of, Deployment.Line line) {}

    /** Something that is measured, in its environment. */
    private record Source(
            @Nullable FakeRailwayService service, @Nullable FakeRailwayVolume volume, Measurements measurements) {}

    /** Finds what was measured in a span, its end included. */
    @FunctionalInterface
    private interface Measurements {
        List<FakeRailwayService.Point> points(String measurement, Instant from, Instant to, int step);
    }

    private static final int LOG_LINES = 500;

    MeasuredFields(FakeRailway railway) {
        super(railway);
    }

    @Override
    void register(Map<String, RailwayGraph.Handler> handlers) {
        handlers.put("metrics", this::metrics);
        handlers.put("httpMetricsGroupedByStatus", this::byStatus);
        handlers.put("httpDurationMetrics", this::durations);
        handlers.put("buildLogs", (args, asking) -> logs(args, asking, true));
        handlers.put("deploymentLogs", (args, asking) -> logs(args, asking, false));
        handlers.put("environmentLogs", this::environmentLogs);
    }

    // ---- metrics

    /** The tags of a result, of which only those have a value that it is grouped by. */
    static Map<String, @Nullable Object> tags(
            List<String> groupBy, @Nullable FakeRailwayService service, @Nullable FakeRailwayVolume volume) {
        FakeRailwayEnvironment environment =
                service != null ? service.environment() : volume != null ? volume.environment() : null;
        Map<String, @Nullable Object> tags = object(
                "projectId", null,
                "environmentId", null,
                "serviceId", null,
                "deploymentId", null,
                "deploymentInstanceId", null,
                "region", null,
                "volumeId", null,
                "volumeInstanceId", null);
        for (String tag : groupBy) {
            switch (tag) {
                case "PROJECT_ID" ->
                    tags.put(
                            "projectId",
                            environment == null ? null : environment.railway().projectId());
                case "ENVIRONMENT_ID" -> tags.put("environmentId", environment == null ? null : environment.id());
                case "SERVICE_ID" -> tags.put("serviceId", service == null ? null : service.id());
                case "VOLUME_ID" -> tags.put("volumeId", volume == null ? null : volume.id());
                case "VOLUME_INSTANCE_ID" -> tags.put("volumeInstanceId", volume == null ? null : volume.instanceId());
                default -> {
                    // the others are added by whoever knows which deployment a value is about
                }
            }
        }
        return tags;
    }

    private Object metrics(Args args, Asking asking) {
        project(args.maybe("projectId"), asking);
        Instant from = args.instant("startDate", Instant.MIN);
        Instant to = args.instant("endDate", asking.now());
        List<Source> sources = sources(args, asking);
        List<String> groupBy = new ArrayList<>(args.texts("groupBy"));
        if (args.has("serviceId")) {
            groupBy.add("SERVICE_ID");
        }
        if (args.has("volumeId")) {
            groupBy.add("VOLUME_ID");
        }
        Integer given = args.number("sampleRateSeconds");
        int step = given == null || given < 1 ? 1 : given;
        List<Object> results = new ArrayList<>();
        for (String measurement : args.texts("measurements")) {
            Map<Map<String, @Nullable Object>, Map<Long, Double>> grouped = new LinkedHashMap<>();
            for (Source source : sources) {
                average(source, measurement, from, to, asking.seen(), step, groupBy, grouped);
            }
            if (grouped.isEmpty()) {
                Source only = sources.size() == 1
                        ? sources.get(0)
                        : new Source(null, null, (name, begin, end, apart) -> List.of());
                grouped.put(tags(groupBy, only.service(), only.volume()), new TreeMap<>());
            }
            grouped.forEach((tags, values) -> results.add(object(
                    "measurement",
                    measurement,
                    "tags",
                    tags,
                    "values",
                    values.entrySet().stream()
                            .map(one -> object("ts", Math.toIntExact(one.getKey()), "value", one.getValue()))
                            .toList())));
        }
        return results;
    }

    /** The average of one source in each step, added to what other sources of the same tags have there. */
    private static void average(
            Source source,
            String measurement,
            Instant from,
            Instant to,
            Instant seen,
            int step,
            List<String> groupBy,
            Map<Map<String, @Nullable Object>, Map<Long, Double>> grouped) {
        Map<Map<String, @Nullable Object>, TreeMap<Long, List<Double>>> own = new LinkedHashMap<>();
        Instant end = to.isAfter(seen) ? seen : to;
        for (FakeRailwayService.Point point : source.measurements().points(measurement, from, end, step)) {
            Map<String, @Nullable Object> tags = tags(groupBy, source.service(), source.volume());
            Deployment live = source.service() == null ? null : source.service().current(point.at());
            if (groupBy.contains("DEPLOYMENT_ID") && live != null) {
                tags.put("deploymentId", live.id);
            }
            if (groupBy.contains("DEPLOYMENT_INSTANCE_ID") && live != null) {
                tags.put("deploymentInstanceId", live.instance(0));
            }
            if (groupBy.contains("REGION") && source.volume() != null) {
                tags.put("region", source.volume().region());
            }
            long slot = Math.floorDiv(point.at().getEpochSecond(), step) * step;
            own.computeIfAbsent(tags, key -> new TreeMap<>())
                    .computeIfAbsent(slot, key -> new ArrayList<>())
                    .add(point.value());
        }
        own.forEach((tags, slots) -> slots.forEach((slot, values) -> {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            grouped.computeIfAbsent(tags, key -> new TreeMap<>()).merge(slot, sum / values.size(), Double::sum);
        }));
    }

    private List<Source> sources(Args args, Asking asking) {
        if (args.has("workspaceId")) {
            asking.caller().inWorkspace();
        }
        List<Source> sources = new ArrayList<>();
        if (args.has("environmentId")) {
            environment(args.text("environmentId"), asking);
        } else if (asking.caller().kind() == Caller.Kind.PROJECT) {
            throw RailwayError.notAuthorized();
        }
        for (FakeRailwayEnvironment environment : railway.allEnvironments()) {
            if (args.has("environmentId") && !environment.id().equals(args.text("environmentId"))) {
                continue;
            }
            if (!args.has("volumeId")) {
                environment.services.values().stream()
                        .filter(one -> !args.has("serviceId") || one.id().equals(args.text("serviceId")))
                        .forEach(one -> sources.add(new Source(one, null, one::points)));
            }
            if (!args.has("serviceId")) {
                environment.volumes.values().stream()
                        .filter(one -> !args.has("volumeId") || one.id().equals(args.text("volumeId")))
                        .forEach(one -> sources.add(new Source(null, one, one::points)));
            }
        }
        return sources;
    }

    // ---- requests

    private Object byStatus(Args args, Asking asking) {
        TreeMap<Integer, TreeMap<Long, Double>> counts = new TreeMap<>();
        for (FakeRailwayService.Served one : served(args, asking)) {
            counts.computeIfAbsent(one.status(), key -> new TreeMap<>())
                    .merge(slot(one, args), (double) one.count(), Double::sum);
        }
        List<Object> results = new ArrayList<>();
        counts.forEach((status, slots) -> results.add(object(
                "statusCode",
                status,
                "samples",
                slots.entrySet().stream()
                        .map(one -> object("ts", Math.toIntExact(one.getKey()), "value", one.getValue()))
                        .toList())));
        return results;
    }

    private Object durations(Args args, Asking asking) {
        Integer status = args.number("statusCode");
        TreeMap<Long, List<FakeRailwayService.Served>> slots = new TreeMap<>();
        for (FakeRailwayService.Served one : served(args, asking)) {
            if ((status == null || status == one.status()) && one.count() > 0) {
                slots.computeIfAbsent(slot(one, args), key -> new ArrayList<>()).add(one);
            }
        }
        List<Object> samples = new ArrayList<>();
        slots.forEach((slot, all) -> {
            all.sort(Comparator.comparing(FakeRailwayService.Served::each));
            samples.add(object(
                    "ts", Math.toIntExact(slot),
                    "p50", percentile(all, 50),
                    "p90", percentile(all, 90),
                    "p95", percentile(all, 95),
                    "p99", percentile(all, 99)));
        });
        return object("samples", samples);
    }

    /** The smallest duration, in ms, that so many of a hundred requests did not exceed. */
    private static double percentile(List<FakeRailwayService.Served> sorted, int percent) {
        long total = sorted.stream().mapToLong(FakeRailwayService.Served::count).sum();
        long rank = Math.max(1, (total * percent + 99) / 100);
        long passed = 0;
        for (FakeRailwayService.Served one : sorted) {
            passed += one.count();
            if (passed >= rank) {
                return one.each().toNanos() / 1e6;
            }
        }
        return 0;
    }

    private List<FakeRailwayService.Served> served(Args args, Asking asking) {
        Instant from = args.instant("startDate", Instant.MIN);
        Instant to = args.instant("endDate", asking.seen());
        String method = args.maybe("method");
        String path = args.maybe("path");
        return instance(args, asking)
                .served(from, to.isAfter(asking.seen()) ? asking.seen().plusNanos(1) : to)
                .stream()
                .filter(one -> method == null || method.equals(one.method()))
                .filter(one -> path == null || path.equals(one.path()))
                .toList();
    }

    private static long slot(FakeRailwayService.Served one, Args args) {
        Integer given = args.number("stepSeconds");
        int step = given == null || given < 1 ? 60 : given;
        return Math.floorDiv(one.at().getEpochSecond(), step) * step;
    }

    // ---- logs

    /** The newest lines in the order of time: one more than was asked for, as Railway does. */
    private Object logs(Args args, Asking asking, boolean ofBuild) {
        Deployment one = deployment(args.text("deploymentId"), asking);
        Instant from = args.instant("startDate", Instant.MIN);
        Instant to = args.instant("endDate", asking.seen());
        Integer limit = args.number("limit");
        if (limit != null && limit < 0) {
            throw RailwayError.problem();
        }
        Predicate<Deployment.Line> filter = LogFilter.of(args.maybe("filter"));
        List<Logged> all = new ArrayList<>();
        Instant end = to.isAfter(asking.seen()) ? asking.seen() : to;
        int most = (limit == null ? LOG_LINES : limit) + 1;
        if (ofBuild) {
            one.buildLog.stream()
                    .filter(line -> !line.at().isBefore(from) && !line.at().isAfter(end) && filter.test(line))
                    .forEach(line -> all.add(new Logged(one, line)));
        } else {
            one.service.lines(one, from, end, most, filter).forEach(line -> all.add(new Logged(one, line)));
        }
        return told(newest(all, most));
    }

    private Object environmentLogs(Args args, Asking asking) {
        FakeRailwayEnvironment environment = environment(args.text("environmentId"), asking);
        Instant anchor = args.instant("anchorDate", asking.seen());
        Instant before = args.instant("beforeDate", Instant.MIN);
        Instant after = args.instant("afterDate", asking.seen());
        Predicate<Deployment.Line> filter = LogFilter.of(args.maybe("filter"));
        List<Logged> earlier = new ArrayList<>();
        List<Logged> later = new ArrayList<>();
        Integer given = args.number("beforeLimit");
        int most = given == null ? LOG_LINES : given;
        Instant seen = asking.seen();
        for (FakeRailwayService service : environment.services.values()) {
            for (Deployment one : service.deployments) {
                service.lines(one, before, anchor.isAfter(seen) ? seen : anchor, most, filter)
                        .forEach(line -> earlier.add(new Logged(one, line)));
                service.lines(one, anchor.plusNanos(1), after.isAfter(seen) ? seen : after, Integer.MAX_VALUE, filter)
                        .forEach(line -> later.add(new Logged(one, line)));
            }
        }
        Integer mostLater = args.number("afterLimit");
        List<Logged> all = new ArrayList<>(newest(earlier, most));
        List<Logged> sorted = newest(later, later.size());
        all.addAll(sorted.subList(0, Math.min(sorted.size(), mostLater == null ? LOG_LINES : mostLater)));
        return told(all);
    }

    private static List<Logged> newest(List<Logged> all, int most) {
        List<Logged> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(one -> one.line().at()));
        return sorted.subList(Math.max(0, sorted.size() - most), sorted.size());
    }

    private List<Object> told(List<Logged> lines) {
        List<Object> told = new ArrayList<>();
        for (Logged one : lines) {
            Deployment of = one.of();
            List<Object> attributes = new ArrayList<>();
            new TreeMap<>(one.line().attributes())
                    .forEach((key, value) -> attributes.add(object("key", key, "value", value)));
            told.add(object(
                    "timestamp", one.line().at().toString(),
                    "message", one.line().message(),
                    "severity", one.line().severity(),
                    "attributes", attributes,
                    "tags",
                            object(
                                    "projectId", railway.projectId(),
                                    "environmentId", of.service.environment().id(),
                                    "serviceId", of.service.id(),
                                    "deploymentId", of.id,
                                    "deploymentInstanceId", one.line().instance(),
                                    "snapshotId", FakeRailway.uuid(0xdf, of.number))));
        }
        return told;
    }
}
