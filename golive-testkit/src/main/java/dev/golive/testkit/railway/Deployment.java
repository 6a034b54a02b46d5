package dev.golive.testkit.railway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A deployment: what it deploys, and how it goes. All that is told of it is a function of what was done to it and of an
 * instant, so that it can be told as of any instant.
 */
final class Deployment {

    /** How it ends, unless somebody intervenes. */
    enum Ending {
        LIVE,
        BUILD_FAILS,
        UNHEALTHY,
        CRASHES,
        SKIPPED,
        NEVER
    }

    /** What waits before it begins. */
    enum Hold {
        NONE,
        WAITING,
        NEEDS_APPROVAL
    }

    /** What its instances do once it is live. */
    enum Condition {
        RUNNING,
        CRASHED,
        STOPPED,
        EXITED,
        SLEEPING,
        RESTARTING
    }

    /** How long its phases take. */
    record Pace(Duration queued, Duration initializing, Duration building, Duration deploying, Duration removing) {}

    /** A line of a log. */
    record Line(
            Instant at,
            String severity,
            String message,
            Map<String, String> attributes,
            @Nullable String instance) {}

    static final String REMOVED = "REMOVED";
    private static final String SUCCESS = "SUCCESS";
    private static final Set<String> IN_PROGRESS =
            Set.of("QUEUED", "WAITING", "INITIALIZING", "BUILDING", "DEPLOYING", "NEEDS_APPROVAL");

    final String id;
    final int number;
    final FakeRailwayService service;
    final Instant createdAt;
    final Instant visibleFrom;
    final Ending ending;
    final Hold hold;
    final Pace pace;
    final List<Line> buildLog = new ArrayList<>();
    final List<Line> log = new ArrayList<>();
    final History<Condition> condition;
    final History<String> pinned = new History<>("");
    /** What it is made of, which only changes where the world turns out to be another one than was thought. */
    @Nullable
    String commit;

    @Nullable
    String image;

    @Nullable
    String digest;

    Map<String, Variable> variables;
    Map<String, @Nullable Object> config;
    int runningAnyway;
    int snapshot;

    @Nullable
    Instant releasedAt;

    @Nullable
    Instant cancelledAt;

    @Nullable
    Instant removedAt;

    @Nullable
    Instant prunedAt;

    @Nullable
    Instant deletedAt;

    /** What a deployment is made of. */
    record Made(
            @Nullable String commit,
            @Nullable String image,
            @Nullable String digest,
            Map<String, Variable> variables,
            Map<String, @Nullable Object> config,
            boolean builds) {}

    Deployment(
            String id,
            int number,
            FakeRailwayService service,
            Instant createdAt,
            Instant visibleFrom,
            Made made,
            Ending ending,
            Hold hold,
            Pace pace) {
        this.id = id;
        this.number = number;
        this.snapshot = number;
        this.service = service;
        this.createdAt = createdAt;
        this.visibleFrom = visibleFrom;
        this.commit = made.commit();
        this.image = made.image();
        this.digest = made.digest();
        this.variables = made.variables();
        this.config = made.config();
        this.ending = ending;
        this.hold = hold;
        this.pace = pace;
        this.condition = new History<>(ending == Ending.CRASHES ? Condition.CRASHED : Condition.RUNNING);
    }

    // ---- when

    private static boolean reached(@Nullable Instant instant, Instant at) {
        return instant != null && !instant.isAfter(at);
    }

    /** When its first phase begins; null while it waits for somebody. */
    private @Nullable Instant begins(Instant at) {
        if (hold == Hold.NONE) {
            return createdAt;
        }
        return reached(releasedAt, at) ? releasedAt : null;
    }

    private @Nullable Instant phaseEnds(Instant at, int phases) {
        Instant begins = begins(at);
        if (begins == null) {
            return null;
        }
        Duration[] all = {pace.queued(), pace.initializing(), pace.building(), pace.deploying()};
        Instant end = begins;
        for (int i = 0; i < phases; i++) {
            end = end.plus(all[i]);
        }
        return end;
    }

    /** Whether it was taken away before an instant. */
    private boolean isGoneBefore(Instant instant) {
        return cancelledAt != null && cancelledAt.isBefore(instant) || removedAt != null && removedAt.isBefore(instant);
    }

    /** Since when it is live, or was; null if it is not by an instant. */
    @Nullable
    Instant liveSince(Instant at) {
        if (ending != Ending.LIVE && ending != Ending.CRASHES) {
            return null;
        }
        Instant ready = phaseEnds(at, 4);
        return ready == null || ready.isAfter(at) || isGoneBefore(ready) ? null : ready;
    }

    private @Nullable Instant failedAt(Instant at) {
        Instant fails =
                ending == Ending.BUILD_FAILS ? phaseEnds(at, 3) : ending == Ending.UNHEALTHY ? phaseEnds(at, 4) : null;
        return fails == null || fails.isAfter(at) || isGoneBefore(fails) ? null : fails;
    }

    /** When a later deployment took its place; null if none did by an instant. */
    private @Nullable Instant supersededAt(Instant at) {
        Instant first = null;
        for (Deployment later : service.deployments) {
            Instant live = later.number > number ? later.liveSince(at) : null;
            if (live != null && (first == null || live.isBefore(first))) {
                first = live;
            }
        }
        return first;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    // ---- what

    boolean isVisible(Instant at) {
        return !visibleFrom.isAfter(at);
    }

    boolean isDeleted(Instant at) {
        return reached(deletedAt, at);
    }

    /** Its status as the API tells it, which may be one that no schema knows. */
    String status(Instant at) {
        String pin = pinned.at(at);
        return pin.isEmpty() ? ownStatus(at) : pin;
    }

    private String ownStatus(Instant at) {
        if (ending == Ending.SKIPPED) {
            return "SKIPPED";
        }
        if (reached(cancelledAt, at)) {
            return REMOVED;
        }
        Instant removed = reached(removedAt, at) ? removedAt : null;
        if (removed == null && failedAt(at) != null) {
            return "FAILED";
        }
        Instant live = liveSince(at);
        Instant end = earlier(removed, supersededAt(at));
        if (end != null) {
            return live != null && live.isBefore(end) && at.isBefore(end.plus(pace.removing())) ? "REMOVING" : REMOVED;
        }
        if (live != null) {
            return switch (condition.at(at)) {
                case CRASHED -> "CRASHED";
                case SLEEPING -> "SLEEPING";
                case RUNNING, STOPPED, EXITED, RESTARTING -> SUCCESS;
            };
        }
        return phase(at);
    }

    private String phase(Instant at) {
        if (begins(at) == null) {
            return hold.name();
        }
        String[] names = {"QUEUED", "INITIALIZING", "BUILDING"};
        for (int i = 0; i < names.length; i++) {
            Instant end = phaseEnds(at, i + 1);
            if (end != null && at.isBefore(end)) {
                return names[i];
            }
        }
        return "DEPLOYING";
    }

    /** Since when it has its status. */
    Instant statusSince(Instant at) {
        TreeSet<Instant> instants = new TreeSet<>();
        instants.add(createdAt);
        for (int i = 0; i <= 4; i++) {
            add(instants, phaseEnds(at, i));
        }
        addEnd(instants, supersededAt(at));
        addEnd(instants, removedAt);
        add(instants, releasedAt);
        add(instants, cancelledAt);
        instants.addAll(condition.changes());
        instants.addAll(pinned.changes());
        String now = status(at);
        Instant since = at;
        for (Instant instant : instants.headSet(at, true).descendingSet()) {
            if (!status(instant).equals(now)) {
                break;
            }
            since = instant;
        }
        return since;
    }

    private void addEnd(Set<Instant> instants, @Nullable Instant end) {
        if (end != null) {
            instants.add(end);
            instants.add(end.plus(pace.removing()));
        }
    }

    private static void add(Set<Instant> instants, @Nullable Instant instant) {
        if (instant != null) {
            instants.add(instant);
        }
    }

    boolean isInProgress(Instant at) {
        return IN_PROGRESS.contains(status(at));
    }

    boolean isBuilding(Instant at) {
        return isInProgress(at) && !status(at).equals("DEPLOYING");
    }

    /** Whether there is something to deploy again. */
    boolean hasSnapshot(Instant at) {
        return ending != Ending.SKIPPED && begins(at) != null;
    }

    boolean canRedeploy(Instant at) {
        return hasSnapshot(at) && !isBuilding(at);
    }

    boolean canRollback(Instant at) {
        return ownStatus(at).equals(REMOVED)
                && liveSince(at) != null
                && !reached(prunedAt, at)
                && !reached(deletedAt, at)
                && at.isBefore(
                        statusSince(at).plus(service.environment().railway().retention()));
    }

    boolean isStopped(Instant at) {
        Condition what = condition.at(at);
        return liveSince(at) != null && (what == Condition.STOPPED || what == Condition.EXITED);
    }

    /** Whether it serves, or would if it were not stopped. */
    boolean isActive(Instant at) {
        String status = status(at);
        return status.equals(SUCCESS) || status.equals("SLEEPING") || status.equals("CRASHED") && runningAnyway > 0;
    }

    /** Whether it is what the service has, and some of it runs. */
    boolean runs(Instant at) {
        if (!isCurrent(at)) {
            return false;
        }
        Condition what = condition.at(at);
        return what == Condition.RUNNING || what == Condition.CRASHED && runningAnyway > 0;
    }

    /** Whether it is what the service has, well or not. */
    boolean isCurrent(Instant at) {
        return liveSince(at) != null && !Set.of(REMOVED, "REMOVING").contains(ownStatus(at));
    }

    /** The states of its instances. */
    List<String> instances(Instant at) {
        int count = FakeRailwayService.replicas(config);
        List<String> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String state = switch (ownStatus(at)) {
                case "DEPLOYING" -> "INITIALIZING";
                case SUCCESS ->
                    switch (condition.at(at)) {
                        case STOPPED -> "STOPPED";
                        case EXITED -> "EXITED";
                        case RESTARTING -> "RESTARTING";
                        case RUNNING, CRASHED, SLEEPING -> "RUNNING";
                    };
                case "CRASHED" -> i < runningAnyway ? "RUNNING" : "CRASHED";
                case "SLEEPING" -> "STOPPED";
                case "REMOVING" -> "REMOVING";
                case REMOVED -> liveSince(at) == null ? "" : REMOVED;
                case "FAILED" -> ending == Ending.UNHEALTHY ? REMOVED : "";
                default -> "";
            };
            if (!state.isEmpty()) {
                states.add(state);
            }
        }
        return states;
    }

    String instance(int index) {
        return FakeRailway.uuid(0x1000 + index, number);
    }

    boolean builds() {
        return !pace.building().isZero();
    }

    /** The steps so far: name, begin, end, and what went wrong. */
    record Step(
            String name,
            Instant begin,
            @Nullable Instant end,
            @Nullable String error,
            boolean skipped) {}

    List<Step> steps(Instant at) {
        List<Step> steps = new ArrayList<>();
        Instant begins = phaseEnds(at, 1);
        if (ending == Ending.SKIPPED || begins == null || begins.isAfter(at)) {
            return steps;
        }
        Instant build = phaseEnds(at, 2);
        Instant create = phaseEnds(at, 3);
        Instant end = phaseEnds(at, 4);
        step(steps, at, "SNAPSHOT_CODE", begins, build, null);
        if (builds()) {
            step(steps, at, "BUILD_IMAGE", build, create, ending == Ending.BUILD_FAILS ? "Build failed" : null);
        }
        if (ending != Ending.BUILD_FAILS) {
            step(steps, at, "CREATE_CONTAINER", create, create, null);
            boolean unhealthy = ending == Ending.UNHEALTHY;
            if (config.get("healthcheckPath") != null || unhealthy) {
                step(
                        steps,
                        at,
                        "HEALTHCHECK",
                        create,
                        ending == Ending.NEVER ? null : end,
                        unhealthy ? "Healthcheck failed" : null);
            }
        }
        return steps;
    }

    private void step(
            List<Step> steps,
            Instant at,
            String name,
            @Nullable Instant begin,
            @Nullable Instant end,
            @Nullable String error) {
        if (begin != null && !begin.isAfter(at) && !isGoneBefore(begin)) {
            boolean ended = end != null && !end.isAfter(at);
            steps.add(new Step(name, begin, ended ? end : null, ended ? error : null, false));
        }
    }

    /** What Railway knows of its source, as the scalar tells it. */
    Map<String, @Nullable Object> meta(Instant at) {
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        Map<?, ?> source = config.get("source") instanceof Map<?, ?> map ? map : Map.of();
        if (image != null) {
            meta.put("image", image);
        } else {
            meta.put("repo", source.get("repo"));
            meta.put("branch", service.branch());
            meta.put("commitHash", commit);
            meta.put("commitMessage", "Commit " + commit);
            meta.put("commitAuthor", "somebody");
        }
        boolean built = ending != Ending.BUILD_FAILS && !isBuilding(at) && hasSnapshot(at);
        if (digest != null && built && service.tellsDigests()) {
            meta.put("imageDigest", digest);
        }
        if (config.get("rootDirectory") != null) {
            meta.put("rootDirectory", config.get("rootDirectory"));
        }
        Map<String, @Nullable Object> build = new LinkedHashMap<>();
        build.put("builder", config.get("builder"));
        Map<String, @Nullable Object> deploy = new LinkedHashMap<>();
        for (String name : List.of(
                "healthcheckPath", "healthcheckTimeout", "startCommand", "restartPolicyType", "multiRegionConfig")) {
            deploy.put(name, config.get(name));
        }
        if (config.get("multiRegionConfig") == null) {
            deploy.put("region", config.get("region"));
            deploy.put("numReplicas", config.get("numReplicas"));
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("build", build);
        manifest.put("deploy", deploy);
        meta.put("serviceManifest", manifest);
        return meta;
    }
}
