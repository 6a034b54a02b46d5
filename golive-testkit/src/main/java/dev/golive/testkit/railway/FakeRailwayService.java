package dev.golive.testkit.railway;

import dev.golive.testkit.railway.Deployment.Condition;
import dev.golive.testkit.railway.Deployment.Ending;
import dev.golive.testkit.railway.Deployment.Hold;
import dev.golive.testkit.railway.Deployment.Made;
import dev.golive.testkit.railway.Deployment.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A service in an environment of {@link FakeRailway}.
 *
 * <pre>{@code
 * fake.service("api").source("acme/api", "main").healthcheckPath("/health")
 *         .variable("MODE", "production").sealed("API_KEY", "...")
 *         .deployed("aaaa111").deployed("bbbb222");               // live; the one before it can be rolled back to
 * fake.service("api").failingHealthchecks();
 * }</pre>
 *
 * <ul>
 *   <li>It has neither source nor deployments from the beginning, and one replica.
 *   <li>A deployment is {@code QUEUED}, {@code INITIALIZING}, {@code BUILDING} and {@code DEPLOYING}, and then live; the
 *       one before it is {@code REMOVING} and then {@code REMOVED}. It deploys what is configured when it begins.
 *   <li>One that fails leaves the one before it live. One that crashes has taken its place.
 *   <li>A rollback brings back the image and the variables of then, as a new deployment.
 *   <li>A deployment that is stopped stays among the active ones, and says that it is stopped.
 * </ul>
 *
 * <p>Options change this object and return it; they have held since ever. What somebody does, happens now. Thread-safe.
 */
public final class FakeRailwayService {

    /** A value of a metric. */
    record Point(String measurement, Instant at, double value) {}

    /** Requests that were answered. */
    record Served(Instant at, int status, long count, Duration each, String method, String path) {}

    /** A way in for other protocols than HTTP. */
    record Proxy(String id, String domain, int port, int applicationPort, String syncStatus, Instant createdAt) {}

    /** A domain below Railway's own. */
    record Subdomain(String id, String domain, Instant createdAt) {}

    static final Set<String> CONFIGURABLE = Set.of(
            "region",
            "numReplicas",
            "healthcheckPath",
            "healthcheckTimeout",
            "rootDirectory",
            "builder",
            "buildCommand",
            "dockerfilePath",
            "watchPatterns",
            "railwayConfigFile",
            "startCommand",
            "preDeployCommand",
            "cronSchedule",
            "nextCronRunAt",
            "sleepApplication",
            "restartPolicyType",
            "restartPolicyMaxRetries",
            "overlapSeconds",
            "drainingSeconds",
            "source",
            "multiRegionConfig");

    private static final Duration ALREADY = Duration.ofHours(12);
    private static final Duration RESTART = Duration.ofSeconds(10);

    final List<Deployment> deployments = new ArrayList<>();
    final History<Map<String, @Nullable Object>> config;
    final History<Map<String, Variable>> variables = new History<>(Map.of());
    final Map<String, FakeRailwayDomain> domains = new LinkedHashMap<>();
    final Map<String, Subdomain> subdomains = new LinkedHashMap<>();
    final List<Proxy> proxies = new ArrayList<>();
    final List<Point> points = new ArrayList<>();
    final List<Point> usage = new ArrayList<>();
    final List<Served> served = new ArrayList<>();
    final Map<String, Object> limits = new LinkedHashMap<>();
    final Steady steady = new Steady();
    private final FakeRailway railway;
    private final FakeRailwayEnvironment environment;
    private final String name;
    private final String id;
    private final String instanceId;
    private final Instant createdAt;
    private final Set<String> commits = new HashSet<>();
    private final String triggerId;
    private String branch = "main";
    private @Nullable String head;
    private Ending next = Ending.LIVE;
    private Hold hold = Hold.NONE;
    private boolean tellsDigests = true;
    private boolean keepsSnapshots;
    private Duration queued = Duration.ofSeconds(1);
    private Duration initializing = Duration.ofSeconds(1);
    private Duration building = Duration.ofMinutes(1);
    private Duration deploying = Duration.ofSeconds(20);
    private Duration removing = Duration.ofSeconds(10);
    private Duration appears = Duration.ofSeconds(5);
    private @Nullable Instant deletedAt;
    private boolean listedAsDeleted;

    FakeRailwayService(
            FakeRailway railway, FakeRailwayEnvironment environment, String name, String id, Instant createdAt) {
        this.railway = railway;
        this.environment = environment;
        this.name = name;
        this.id = id;
        this.instanceId = railway.id(0x51);
        this.triggerId = railway.id(0x52);
        this.createdAt = createdAt;
        Map<String, @Nullable Object> first = new HashMap<>();
        CONFIGURABLE.forEach(field -> first.put(field, null));
        first.put("numReplicas", 1);
        first.put("healthcheckTimeout", 300);
        first.put("builder", "RAILPACK");
        first.put("watchPatterns", List.of());
        first.put("sleepApplication", false);
        first.put("restartPolicyType", "ON_FAILURE");
        first.put("restartPolicyMaxRetries", 10);
        this.config = new History<Map<String, @Nullable Object>>(Collections.unmodifiableMap(first));
        limits.put("containers", Map.of("cpu", 8, "memoryBytes", 8_000_000_000L));
    }

    // ---- what it is like

    /**
     * Its id, which is the same in all environments.
     *
     * @return a UUID
     */
    public String id() {
        return id;
    }

    /**
     * The id of what it is in its environment.
     *
     * @return a UUID
     */
    public String instanceId() {
        return instanceId;
    }

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The environment that this is about.
     *
     * @return the environment
     */
    public FakeRailwayEnvironment environment() {
        return environment;
    }

    /**
     * A variable, which replaces an earlier one. Its value may refer to others, as in <code>${{shared.NAME}}</code> or
     * <code>${{postgres.NAME}}</code>.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public FakeRailwayService variable(String variable, String value) {
        return variable(variable, value, false);
    }

    /**
     * A variable of which the value is never told again.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public FakeRailwayService sealed(String variable, String value) {
        return variable(variable, value, true);
    }

    private FakeRailwayService variable(String variable, String value, boolean isSealed) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(value, "value must not be null");
        return change(() -> {
            Variable made = new Variable(railway.id(0x7a), variable, value, isSealed, environment.ever());
            variables.always(all -> plus(all, made));
        });
    }

    /**
     * Somebody gives a variable a value now, and deploys nothing.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public FakeRailwayService variableBySomebody(String variable, String value) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(value, "value must not be null");
        Instant now = railway.time().now();
        return change(() -> {
            Map<String, Variable> before = variables.at(now);
            Variable known = before.get(variable);
            boolean sealed = known != null && known.isSealed();
            variables.put(now, plus(before, new Variable(railway.id(0x7a), variable, value, sealed, now)));
        });
    }

    /**
     * Somebody deletes a variable now, and deploys nothing.
     *
     * @param variable its name
     * @return this
     */
    public FakeRailwayService variableDeletedBySomebody(String variable) {
        Objects.requireNonNull(variable, "variable must not be null");
        Instant now = railway.time().now();
        return change(() -> variables.put(now, minus(variables.at(now), variable)));
    }

    /**
     * Takes a variable away.
     *
     * @param variable its name
     * @return this
     */
    public FakeRailwayService withoutVariable(String variable) {
        Objects.requireNonNull(variable, "variable must not be null");
        return change(() -> variables.always(all -> minus(all, variable)));
    }

    /**
     * The path that a new deployment must answer with status 200 before it goes live.
     *
     * @param path the path
     * @return this
     */
    public FakeRailwayService healthcheckPath(String path) {
        return configured("healthcheckPath", path);
    }

    /**
     * For how long a new deployment may fail to answer; 300 s unless said otherwise.
     *
     * @param limit how long; whole seconds
     * @return this
     */
    public FakeRailwayService healthcheckTimeout(Duration limit) {
        return configured("healthcheckTimeout", Math.toIntExact(limit.toSeconds()));
    }

    /**
     * A repository from which Railway builds it, at every push.
     *
     * @param repository for example {@code acme/api}
     * @param ofBranch the branch
     * @return this
     */
    public FakeRailwayService source(String repository, String ofBranch) {
        Objects.requireNonNull(repository, "repository must not be null");
        Objects.requireNonNull(ofBranch, "ofBranch must not be null");
        configured("source", Map.of("repo", repository));
        return change(() -> branch = ofBranch);
    }

    /**
     * An image that was built elsewhere.
     *
     * @param reference its name with its tag or digest
     * @return this
     */
    public FakeRailwayService image(String reference) {
        Objects.requireNonNull(reference, "reference must not be null");
        return configured("source", Map.of("image", reference));
    }

    /**
     * How many replicas there are, in its one region.
     *
     * @param count how many
     * @return this
     */
    public FakeRailwayService replicas(int count) {
        return configured("numReplicas", count);
    }

    /**
     * A region that it runs in; with this, its regions are those that were said.
     *
     * @param region for example {@code us-west2}
     * @param count how many replicas it has there
     * @return this
     */
    public FakeRailwayService region(String region, int count) {
        Objects.requireNonNull(region, "region must not be null");
        return change(() -> config.always(all -> {
            Map<String, Object> regions = new TreeMap<>();
            if (all.get("multiRegionConfig") instanceof Map<?, ?> known) {
                known.forEach((key, value) -> regions.put(key.toString(), value));
            }
            regions.put(region, Map.of("numReplicas", count));
            return plus(all, "multiRegionConfig", regions);
        }));
    }

    /**
     * Anything else that a service is configured with.
     *
     * @param field its name in the API, for example {@code startCommand}, {@code cronSchedule} or {@code rootDirectory}
     * @param value its value; null if it is not configured
     * @return this
     * @throws IllegalArgumentException if a service has nothing of that name
     */
    public FakeRailwayService configured(String field, @Nullable Object value) {
        if (!CONFIGURABLE.contains(Objects.requireNonNull(field, "field must not be null"))) {
            throw new IllegalArgumentException("field must be one of " + CONFIGURABLE + " but was " + field);
        }
        return change(() -> config.always(all -> plus(all, field, value)));
    }

    /**
     * What a replica may use at most.
     *
     * @param cpu how many virtual processors
     * @param memoryBytes how many bytes
     * @return this
     */
    public FakeRailwayService limits(double cpu, long memoryBytes) {
        return change(() -> limits.put("containers", Map.of("cpu", cpu, "memoryBytes", memoryBytes)));
    }

    /**
     * A commit that its repository has, and that was not deployed.
     *
     * @param sha the commit
     * @return this
     */
    public FakeRailwayService commit(String sha) {
        Objects.requireNonNull(sha, "sha must not be null");
        return change(() -> commits.add(sha));
    }

    /**
     * Does not tell the digest of what it runs.
     *
     * @return this
     */
    public FakeRailwayService withoutDigests() {
        return change(() -> tellsDigests = false);
    }

    /**
     * Gives the deployment of a rollback the snapshot of what it goes back to, instead of one of its own.
     *
     * @return this
     */
    public FakeRailwayService keepingSnapshots() {
        return change(() -> keepsSnapshots = true);
    }

    // ---- how long it takes

    /**
     * How long a deployment waits before it begins; 1 s unless said otherwise.
     *
     * @param length how long; not negative
     * @return this
     */
    public FakeRailwayService queuesFor(Duration length) {
        return lasting(length, span -> queued = span);
    }

    /**
     * How long a build takes; 1 min unless said otherwise. Deployments that use an image that is there do not build.
     *
     * @param length how long; not negative
     * @return this
     */
    public FakeRailwayService buildsIn(Duration length) {
        return lasting(length, span -> building = span);
    }

    /**
     * How long a deployment takes once its image is there; 20 s unless said otherwise. One that is never well takes as
     * long as the health check may.
     *
     * @param length how long; not negative
     * @return this
     */
    public FakeRailwayService deploysIn(Duration length) {
        return lasting(length, span -> deploying = span);
    }

    /**
     * How long a deployment is being removed; 10 s unless said otherwise.
     *
     * @param length how long; not negative
     * @return this
     */
    public FakeRailwayService removesIn(Duration length) {
        return lasting(length, span -> removing = span);
    }

    /**
     * How long after the request the deployment of a rollback is there; 5 s unless said otherwise.
     *
     * @param length how long; not negative
     * @return this
     */
    public FakeRailwayService rollbackAppearsAfter(Duration length) {
        return lasting(length, span -> appears = span);
    }

    private FakeRailwayService lasting(Duration length, Consumer<Duration> change) {
        if (Objects.requireNonNull(length, "length must not be null").isNegative()) {
            throw new IllegalArgumentException("length must not be negative but was " + length);
        }
        return change(() -> change.accept(length));
    }

    // ---- how it goes

    /**
     * Lets every build that begins from now on fail.
     *
     * @return this
     */
    public FakeRailwayService failingBuilds() {
        return change(() -> next = Ending.BUILD_FAILS);
    }

    /**
     * Lets every deployment that begins from now on never become well, and fail.
     *
     * @return this
     */
    public FakeRailwayService failingHealthchecks() {
        return change(() -> next = Ending.UNHEALTHY);
    }

    /**
     * Lets every deployment that begins from now on go live and crash at once.
     *
     * @return this
     */
    public FakeRailwayService crashing() {
        return change(() -> next = Ending.CRASHES);
    }

    /**
     * Lets every deployment that begins from now on not come to an end.
     *
     * @return this
     */
    public FakeRailwayService neverEndingDeployments() {
        return change(() -> next = Ending.NEVER);
    }

    /**
     * Lets every push from now on wait for the checks of the repository; see {@link #checksPassed}.
     *
     * @return this
     */
    public FakeRailwayService waitingForChecks() {
        return change(() -> hold = Hold.WAITING);
    }

    /**
     * Lets every push from now on wait for approval.
     *
     * @return this
     */
    public FakeRailwayService needingApproval() {
        return change(() -> hold = Hold.NEEDS_APPROVAL);
    }

    /**
     * Lets deployments that begin from now on succeed, without waiting for anybody.
     *
     * @return this
     */
    public FakeRailwayService mend() {
        return change(() -> {
            next = Ending.LIVE;
            hold = Hold.NONE;
        });
    }

    // ---- what has been deployed, and what others do

    /**
     * Had been deployed: it is live since twelve hours ago, some minutes after what had been deployed before. For a
     * service with an image, the commit says which version it is and nothing tells it.
     *
     * @param commit the commit
     * @return this
     */
    public FakeRailwayService deployed(String commit) {
        Objects.requireNonNull(commit, "commit must not be null");
        Instant now = railway.time().now();
        return change(() -> {
            Instant since = now.minus(ALREADY);
            for (Deployment one : deployments) {
                Instant live = one.liveSince(now);
                if (live != null && !live.plusSeconds(300).isBefore(since)) {
                    since = live.plusSeconds(300).isAfter(now) ? now : live.plusSeconds(300);
                }
            }
            past(commit, since);
        });
    }

    /**
     * Had been deployed at an instant, after all that had been deployed before.
     *
     * @param commit the commit
     * @param liveSince since when it is live, or was
     * @return this
     */
    public FakeRailwayService deployed(String commit, Instant liveSince) {
        Objects.requireNonNull(commit, "commit must not be null");
        Objects.requireNonNull(liveSince, "liveSince must not be null");
        return change(() -> past(commit, liveSince));
    }

    private void past(String commit, Instant since) {
        Pace pace = pace(imageOf(config.at(since)) == null, Ending.LIVE);
        Instant created = since.minus(pace.queued())
                .minus(pace.initializing())
                .minus(pace.building())
                .minus(pace.deploying());
        add(pushing(commit, since), Ending.LIVE, Hold.NONE, pace, created, created);
    }

    /**
     * Somebody else puts a commit live, now and at once.
     *
     * @param commit the commit
     * @return this
     */
    public FakeRailwayService deployedBySomebody(String commit) {
        Objects.requireNonNull(commit, "commit must not be null");
        Instant now = railway.time().now();
        Duration none = Duration.ZERO;
        return change(() -> add(
                pushing(commit, now), Ending.LIVE, Hold.NONE, new Pace(none, none, none, none, removing), now, now));
    }

    /**
     * Somebody else begins a deployment that does not end.
     *
     * @param commit the commit
     * @return this
     */
    public FakeRailwayService deployingBySomebody(String commit) {
        Objects.requireNonNull(commit, "commit must not be null");
        Instant now = railway.time().now();
        return change(() -> start(pushing(commit, now), Ending.NEVER, Hold.NONE, now, now));
    }

    /**
     * Somebody pushes to the branch, and Railway deploys it.
     *
     * @param commit the commit
     * @return this
     */
    public FakeRailwayService pushed(String commit) {
        Objects.requireNonNull(commit, "commit must not be null");
        Instant now = railway.time().now();
        return change(() -> start(pushing(commit, now), next, hold, now, now));
    }

    /**
     * Somebody pushes to the branch what concerns none of the paths that are watched: a record without a deployment.
     *
     * @param commit the commit
     * @return this
     */
    public FakeRailwayService pushedElsewhere(String commit) {
        Objects.requireNonNull(commit, "commit must not be null");
        Instant now = railway.time().now();
        return change(() -> start(pushing(commit, now), Ending.SKIPPED, Hold.NONE, now, now));
    }

    /**
     * The checks that a push waits for have passed.
     *
     * @return this
     */
    public FakeRailwayService checksPassed() {
        return released(Hold.WAITING);
    }

    /**
     * Somebody approves what waits for it.
     *
     * @return this
     */
    public FakeRailwayService approvedBySomebody() {
        return released(Hold.NEEDS_APPROVAL);
    }

    private FakeRailwayService released(Hold from) {
        Instant now = railway.time().now();
        return change(() -> {
            for (Deployment one : deployments) {
                if (one.hold == from && one.releasedAt == null) {
                    one.releasedAt = now;
                }
            }
        });
    }

    /**
     * All instances of what is live crash.
     *
     * @return this
     */
    public FakeRailwayService crashed() {
        return crashed(0);
    }

    /**
     * Some instances of what is live crash.
     *
     * @param running how many are still running
     * @return this
     */
    public FakeRailwayService crashed(int running) {
        return live((live, now) -> {
            live.runningAnyway = running;
            live.condition.put(now, Condition.CRASHED);
        });
    }

    /**
     * The process of what is live ends by itself and without an error.
     *
     * @return this
     */
    public FakeRailwayService completed() {
        return live((live, now) -> live.condition.put(now, Condition.EXITED));
    }

    /**
     * Somebody stops what is live.
     *
     * @return this
     */
    public FakeRailwayService stoppedBySomebody() {
        return live((live, now) -> live.condition.put(now, Condition.STOPPED));
    }

    /**
     * What is live goes to sleep, since nobody asks it anything.
     *
     * @return this
     */
    public FakeRailwayService asleep() {
        return live((live, now) -> live.condition.put(now, Condition.SLEEPING));
    }

    /**
     * What is live runs, whatever it did.
     *
     * @return this
     */
    public FakeRailwayService awake() {
        return live((live, now) -> live.condition.put(now, Condition.RUNNING));
    }

    /**
     * Somebody removes a deployment.
     *
     * @param deploymentId its id
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public FakeRailwayService removedBySomebody(String deploymentId) {
        Instant now = railway.time().now();
        return change(() -> known(deploymentId).removedAt = now);
    }

    /**
     * The image of a deployment is gone, so that nothing can go back to it.
     *
     * @param deploymentId its id
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public FakeRailwayService prune(String deploymentId) {
        Instant now = railway.time().now();
        return change(() -> known(deploymentId).prunedAt = now);
    }

    /**
     * A deployment is told only to those who ask for deleted ones too.
     *
     * @param deploymentId its id
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public FakeRailwayService deletedBySomebody(String deploymentId) {
        Instant now = railway.time().now();
        return change(() -> known(deploymentId).deletedAt = now);
    }

    /**
     * What is told as the status of the newest deployment, whatever becomes of it.
     *
     * @param inItsWords the status, also one that the schema does not know
     * @return this
     * @throws IllegalStateException if nothing was deployed
     */
    public FakeRailwayService status(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        Instant now = railway.time().now();
        return change(() -> {
            if (deployments.isEmpty()) {
                throw new IllegalStateException("Nothing was deployed to " + name);
            }
            deployments.get(deployments.size() - 1).pinned.put(now, inItsWords);
        });
    }

    /**
     * Somebody deletes it in this environment.
     *
     * @return this
     */
    public FakeRailwayService deleted() {
        Instant now = railway.time().now();
        return change(() -> deleteAt(now));
    }

    /**
     * Somebody deletes it, and it is still listed, with the instant of its deletion.
     *
     * @return this
     */
    public FakeRailwayService deletedButListed() {
        Instant now = railway.time().now();
        return change(() -> {
            deletedAt = now;
            listedAsDeleted = true;
        });
    }

    private interface Doing {
        void to(Deployment live, Instant now);
    }

    private FakeRailwayService live(Doing doing) {
        Instant now = railway.time().now();
        return change(() -> {
            Deployment live = current(now);
            if (live == null) {
                throw new IllegalStateException("Nothing is live of " + name);
            }
            doing.to(live, now);
        });
    }

    private Deployment known(String deploymentId) {
        return find(deploymentId)
                .orElseThrow(() -> new IllegalArgumentException(
                        "deploymentId must be that of a deployment of " + name + " but was " + deploymentId));
    }

    // ---- the ways in

    /**
     * A domain of the project's owner, which works from the beginning.
     *
     * @param domain its name
     * @return the domain
     */
    public FakeRailwayDomain domain(String domain) {
        Objects.requireNonNull(domain, "domain must not be null");
        Instant now = railway.time().now();
        return railway.within(
                () -> domains.computeIfAbsent(domain, key -> new FakeRailwayDomain(this, key, railway.id(0xd0), now)));
    }

    /**
     * A domain below Railway's own.
     *
     * @param domain for example {@code api-production.up.railway.app}
     * @return this
     */
    public FakeRailwayService serviceDomain(String domain) {
        Objects.requireNonNull(domain, "domain must not be null");
        Instant now = railway.time().now();
        return change(() -> subdomains.put(domain, new Subdomain(railway.id(0xd1), domain, now)));
    }

    /**
     * A way in for other protocols than HTTP.
     *
     * @param domain for example {@code monorail.proxy.rlwy.net}
     * @param port the port of the way in
     * @param applicationPort the port of the service
     * @return this
     */
    public FakeRailwayService tcpProxy(String domain, int port, int applicationPort) {
        return tcpProxy(domain, port, applicationPort, "ACTIVE");
    }

    /**
     * A way in for other protocols than HTTP, in some state.
     *
     * @param domain for example {@code monorail.proxy.rlwy.net}
     * @param port the port of the way in
     * @param applicationPort the port of the service
     * @param syncStatus for example {@code CREATING}
     * @return this
     */
    public FakeRailwayService tcpProxy(String domain, int port, int applicationPort, String syncStatus) {
        Objects.requireNonNull(domain, "domain must not be null");
        Objects.requireNonNull(syncStatus, "syncStatus must not be null");
        Instant now = railway.time().now();
        return change(() -> proxies.add(new Proxy(railway.id(0xd2), domain, port, applicationPort, syncStatus, now)));
    }

    // ---- what is measured

    /**
     * Adds a value to a metric, which has no data from the beginning.
     *
     * @param measurement for example {@code MEMORY_USAGE_GB}
     * @param at the instant
     * @param value the value
     * @return this
     */
    public FakeRailwayService metric(String measurement, Instant at, double value) {
        Objects.requireNonNull(measurement, "measurement must not be null");
        Objects.requireNonNull(at, "at must not be null");
        return change(() -> points.add(new Point(measurement, at, value)));
    }

    /**
     * Adds values to a metric.
     *
     * @param measurement for example {@code CPU_USAGE}
     * @param from the instant of the first
     * @param step how far they are apart
     * @param values the values
     * @return this
     */
    public FakeRailwayService metric(String measurement, Instant from, Duration step, double... values) {
        Objects.requireNonNull(step, "step must not be null");
        double[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            metric(measurement, from.plus(step.multipliedBy(i)), copy[i]);
        }
        return this;
    }

    /**
     * A metric that has the same value each minute, by the clock, whenever the service runs. What {@link #metric} adds is
     * told besides.
     *
     * @param measurement for example {@code MEMORY_USAGE_GB}
     * @param value the value
     * @return this
     */
    public FakeRailwayService steadily(String measurement, double value) {
        return steadily(measurement, environment.ever(), value);
    }

    /**
     * A metric that has the same value each minute from an instant on, by the clock, whenever the service runs.
     *
     * @param measurement for example {@code MEMORY_USAGE_GB}
     * @param from the instant; what was said for later is off
     * @param value the value
     * @return this
     */
    public FakeRailwayService steadily(String measurement, Instant from, double value) {
        Objects.requireNonNull(measurement, "measurement must not be null");
        Objects.requireNonNull(from, "from must not be null");
        return change(() -> steady.value(measurement, from, value));
    }

    /**
     * What is used each day, evenly and by the clock, as it is billed; see {@link #used}.
     *
     * @param measurement for example {@code MEMORY_USAGE_GB}
     * @param perDay how much
     * @return this
     */
    public FakeRailwayService usedEachDay(String measurement, double perDay) {
        Objects.requireNonNull(measurement, "measurement must not be null");
        return change(() -> steady.used(measurement, environment.ever(), perDay));
    }

    /**
     * What was used, as it is billed: minutes of a GB or of a virtual processor, or GB of traffic.
     *
     * @param measurement for example {@code MEMORY_USAGE_GB}
     * @param at the instant
     * @param value how much
     * @return this
     */
    public FakeRailwayService used(String measurement, Instant at, double value) {
        Objects.requireNonNull(measurement, "measurement must not be null");
        Objects.requireNonNull(at, "at must not be null");
        return change(() -> usage.add(new Point(measurement, at, value)));
    }

    /**
     * Requests for its main page, each answered in 20 ms.
     *
     * @param at the instant
     * @param status the status of the answers
     * @param count how many
     * @return this
     */
    public FakeRailwayService served(Instant at, int status, long count) {
        return served(at, status, count, Duration.ofMillis(20));
    }

    /**
     * Requests for its main page.
     *
     * @param at the instant
     * @param status the status of the answers
     * @param count how many
     * @param each how long each took
     * @return this
     */
    public FakeRailwayService served(Instant at, int status, long count, Duration each) {
        return served(at, status, count, each, "GET", "/");
    }

    /**
     * Requests that were answered.
     *
     * @param at the instant
     * @param status the status of the answers
     * @param count how many
     * @param each how long each took
     * @param method the method of the requests
     * @param path the path of the requests
     * @return this
     */
    public FakeRailwayService served(Instant at, int status, long count, Duration each, String method, String path) {
        Objects.requireNonNull(at, "at must not be null");
        Objects.requireNonNull(each, "each must not be null");
        Objects.requireNonNull(method, "method must not be null");
        Objects.requireNonNull(path, "path must not be null");
        return change(() -> served.add(new Served(at, status, count, each, method, path)));
    }

    /**
     * Requests for its main page in each minute, by the clock, each answered in 20 ms. While the service does not run, they
     * are answered with 502.
     *
     * @param status the status of the answers
     * @param perMinute how many there are in a minute
     * @return this
     */
    public FakeRailwayService servedEachMinute(int status, long perMinute) {
        return servedEachMinute(environment.ever(), status, perMinute, Duration.ofMillis(20));
    }

    /**
     * Requests for its main page in each minute from an instant on, by the clock. While the service does not run, they are
     * answered with 502.
     *
     * @param from the instant; what was said of this status for later is off
     * @param status the status of the answers
     * @param perMinute how many there are in a minute; 0 if there are none from then on
     * @param each how long each takes
     * @return this
     * @throws IllegalArgumentException if there are less than none
     */
    public FakeRailwayService servedEachMinute(Instant from, int status, long perMinute, Duration each) {
        return servedEachMinute(from, status, perMinute, each, "GET", "/");
    }

    /**
     * Requests in each minute from an instant on, by the clock. While the service does not run, they are answered with 502.
     *
     * @param from the instant; what was said of this status, method and path for later is off
     * @param status the status of the answers
     * @param perMinute how many there are in a minute; 0 if there are none from then on
     * @param each how long each takes
     * @param method the method of the requests
     * @param path the path of the requests
     * @return this
     * @throws IllegalArgumentException if there are less than none
     */
    public FakeRailwayService servedEachMinute(
            Instant from, int status, long perMinute, Duration each, String method, String path) {
        Objects.requireNonNull(from, "from must not be null");
        Objects.requireNonNull(each, "each must not be null");
        Objects.requireNonNull(method, "method must not be null");
        Objects.requireNonNull(path, "path must not be null");
        if (perMinute < 0) {
            throw new IllegalArgumentException("perMinute must not be negative but was " + perMinute);
        }
        return change(() -> steady.rate(new Steady.Kind(status, method, path), from, new Steady.Rate(perMinute, each)));
    }

    /**
     * A line that what is live logs again and again, by the clock, whenever it runs.
     *
     * @param every how far the lines are apart; at least a second
     * @param severity for example {@code info}
     * @param message the message
     * @return this
     * @throws IllegalArgumentException if they are closer
     */
    public FakeRailwayService logEvery(Duration every, String severity, String message) {
        return logEvery(every, environment.ever(), severity, message);
    }

    /**
     * A line that what is live logs again and again from an instant on, by the clock, whenever it runs.
     *
     * @param every how far the lines are apart; at least a second
     * @param from the instant
     * @param severity for example {@code info}
     * @param message the message
     * @return this
     * @throws IllegalArgumentException if they are closer
     */
    public FakeRailwayService logEvery(Duration every, Instant from, String severity, String message) {
        Objects.requireNonNull(from, "from must not be null");
        Objects.requireNonNull(severity, "severity must not be null");
        Objects.requireNonNull(message, "message must not be null");
        if (Objects.requireNonNull(every, "every must not be null").compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("every must be at least a second but was " + every);
        }
        return change(() -> steady.murmur(new Steady.Murmur(from, every, severity, message)));
    }

    /**
     * A line of the log of what is live, now.
     *
     * @param severity for example {@code error}
     * @param message the message
     * @return this
     */
    public FakeRailwayService log(String severity, String message) {
        return log(railway.time().now(), severity, message, Map.of());
    }

    /**
     * A line of the log of what was live at an instant, or else of the newest deployment.
     *
     * @param at the instant
     * @param severity for example {@code error}
     * @param message the message
     * @param attributes the values of what else the line has, by their names
     * @return this
     * @throws IllegalStateException if nothing was deployed
     */
    public FakeRailwayService log(Instant at, String severity, String message, Map<String, String> attributes) {
        Objects.requireNonNull(at, "at must not be null");
        Objects.requireNonNull(severity, "severity must not be null");
        Objects.requireNonNull(message, "message must not be null");
        Map<String, String> copy = Map.copyOf(attributes);
        return change(() -> {
            Deployment of = ofThat(at);
            of.log.add(new Deployment.Line(at, severity, message, copy, of.instance(0)));
        });
    }

    /**
     * A line of the log of the newest deployment's build, now.
     *
     * @param severity for example {@code error}
     * @param message the message
     * @return this
     * @throws IllegalStateException if nothing was deployed
     */
    public FakeRailwayService buildLog(String severity, String message) {
        Objects.requireNonNull(severity, "severity must not be null");
        Objects.requireNonNull(message, "message must not be null");
        Instant now = railway.time().now();
        return change(() -> newest().buildLog.add(new Deployment.Line(now, severity, message, Map.of(), null)));
    }

    private Deployment ofThat(Instant at) {
        Deployment live = current(at);
        return live == null ? newest() : live;
    }

    private Deployment newest() {
        if (deployments.isEmpty()) {
            throw new IllegalStateException("Nothing was deployed to " + name);
        }
        return deployments.get(deployments.size() - 1);
    }

    // ---- what has become of it

    /**
     * What is deployed, well or not.
     *
     * @return the deployment that nothing has superseded, empty if there is none
     */
    public Optional<RailwayDeployment> live() {
        Instant now = railway.time().now();
        return railway.within(() -> Optional.ofNullable(current(now)).map(one -> view(one, now)));
    }

    /**
     * Its deployments.
     *
     * @return the newest first
     */
    public List<RailwayDeployment> deployments() {
        Instant now = railway.time().now();
        return railway.within(
                () -> newestFirst(now).stream().map(one -> view(one, now)).toList());
    }

    /**
     * The newest deployment of a commit.
     *
     * @param commit the commit
     * @return the deployment
     * @throws IllegalArgumentException if there is none
     */
    public RailwayDeployment deployment(String commit) {
        return deployments().stream()
                .filter(one -> one.commit().equals(commit))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "commit must be one that was deployed to " + name + " but was " + commit));
    }

    /**
     * The variables that are configured, also those that are sealed.
     *
     * @return their values by their names, with references as they were written
     */
    public Map<String, String> variablesNow() {
        Instant now = railway.time().now();
        return railway.within(() -> {
            Map<String, String> values = new TreeMap<>();
            variables.at(now).forEach((key, variable) -> values.put(key, variable.value()));
            return Collections.unmodifiableMap(values);
        });
    }

    private static RailwayDeployment view(Deployment one, Instant now) {
        return new RailwayDeployment(
                one.id,
                one.status(now),
                one.commit == null ? "" : one.commit,
                one.image == null ? "" : one.image,
                one.digest == null ? "" : one.digest,
                one.createdAt);
    }

    // ---- for the fields; all of it within the lock

    static <K, V extends @Nullable Object> Map<K, V> plus(Map<K, V> all, K key, V value) {
        Map<K, V> more = new TreeMap<>(all);
        more.put(key, value);
        return Collections.unmodifiableMap(more);
    }

    static Map<String, Variable> plus(Map<String, Variable> all, Variable variable) {
        return plus(all, variable.name(), variable);
    }

    static Map<String, Variable> minus(Map<String, Variable> all, String name) {
        Map<String, Variable> fewer = new TreeMap<>(all);
        fewer.remove(name);
        return Collections.unmodifiableMap(fewer);
    }

    static int replicas(Map<String, @Nullable Object> config) {
        int count = 0;
        if (config.get("multiRegionConfig") instanceof Map<?, ?> regions) {
            for (Object region : regions.values()) {
                if (region instanceof Map<?, ?> map && map.get("numReplicas") instanceof Number number) {
                    count += number.intValue();
                }
            }
            return count;
        }
        return config.get("numReplicas") instanceof Number number ? number.intValue() : 1;
    }

    static @Nullable String imageOf(Map<String, @Nullable Object> config) {
        return config.get("source") instanceof Map<?, ?> source && source.get("image") != null
                ? source.get("image").toString()
                : null;
    }

    static @Nullable String repositoryOf(Map<String, @Nullable Object> config) {
        return config.get("source") instanceof Map<?, ?> source && source.get("repo") != null
                ? source.get("repo").toString()
                : null;
    }

    FakeRailway railway() {
        return railway;
    }

    Instant createdAt() {
        return createdAt;
    }

    String triggerId() {
        return triggerId;
    }

    String branch() {
        return branch;
    }

    boolean tellsDigests() {
        return tellsDigests;
    }

    boolean waitsForChecks() {
        return hold == Hold.WAITING;
    }

    boolean isDeleted(Instant at) {
        return deletedAt != null && !deletedAt.isAfter(at);
    }

    @Nullable
    Instant deletedAt(Instant at) {
        return isDeleted(at) ? deletedAt : null;
    }

    boolean isListed(Instant at) {
        return !isDeleted(at) || listedAsDeleted;
    }

    Optional<Deployment> find(String deploymentId) {
        return deployments.stream().filter(one -> one.id.equals(deploymentId)).findFirst();
    }

    List<Deployment> newestFirst(Instant at) {
        List<Deployment> all = new ArrayList<>();
        for (Deployment one : deployments) {
            if (one.isVisible(at)) {
                all.add(0, one);
            }
        }
        return all;
    }

    /** What is deployed, well or not. */
    @Nullable
    Deployment current(Instant at) {
        for (Deployment one : newestFirst(at)) {
            if (one.isCurrent(at)) {
                return one;
            }
        }
        return null;
    }

    /** Whether what is deployed runs. */
    boolean runs(Instant at) {
        Deployment live = current(at);
        return live != null && live.runs(at);
    }

    /** What was measured in a span, its end included. */
    List<Point> points(String measurement, Instant from, Instant to, int step) {
        List<Point> all = new ArrayList<>();
        for (Point one : points) {
            if (one.measurement().equals(measurement)
                    && !one.at().isBefore(from)
                    && !one.at().isAfter(to)) {
                all.add(one);
            }
        }
        all.addAll(steady.points(measurement, since(from), to, step, this::runs));
        return all;
    }

    /** What was answered in a span, its end excluded. */
    List<Served> served(Instant from, Instant to) {
        List<Served> all = new ArrayList<>();
        for (Served one : served) {
            if (!one.at().isBefore(from) && one.at().isBefore(to)) {
                all.add(one);
            }
        }
        all.addAll(steady.served(since(from), to, this::runs));
        return all;
    }

    /** What was used in a span, its end excluded. */
    double used(String measurement, Instant from, Instant to) {
        double sum = steady.used(measurement, since(from), to);
        for (Point point : usage) {
            if (point.measurement().equals(measurement)
                    && !point.at().isBefore(from)
                    && point.at().isBefore(to)) {
                sum += point.value();
            }
        }
        return sum;
    }

    /** What a deployment has logged in a span, its ends included, that passes a filter; not in the order of time. */
    List<Deployment.Line> lines(Deployment of, Instant from, Instant to, int most, Predicate<Deployment.Line> filter) {
        List<Deployment.Line> all = new ArrayList<>();
        for (Deployment.Line line : of.log) {
            if (!line.at().isBefore(from) && !line.at().isAfter(to) && filter.test(line)) {
                all.add(line);
            }
        }
        Instant begin = since(from).isAfter(of.createdAt) ? since(from) : of.createdAt;
        all.addAll(steady.lines(of, begin, to, most, filter, at -> current(at) == of && of.runs(at)));
        return all;
    }

    boolean isMeasured(String measurement) {
        return steady.isMeasuring(measurement)
                || points.stream().anyMatch(one -> one.measurement().equals(measurement));
    }

    /** The newest value by an instant; not a number if there is none. */
    double lastValue(String measurement, Instant at) {
        double value = steady.valueAt(measurement, at);
        for (Point one : points) {
            if (one.measurement().equals(measurement) && !one.at().isAfter(at)) {
                value = one.value();
            }
        }
        return value;
    }

    /** Has another value from an instant on. */
    void measuring(String measurement, Instant from, double value) {
        points.removeIf(
                one -> one.measurement().equals(measurement) && !one.at().isBefore(from));
        steady.value(measurement, from, value);
    }

    double cpuLimit() {
        return limit("cpu", 8);
    }

    double memoryLimitGb() {
        return limit("memoryBytes", 8e9) / 1e9;
    }

    private double limit(String name, double otherwise) {
        return limits.get("containers") instanceof Map<?, ?> map && map.get(name) instanceof Number number
                ? number.doubleValue()
                : otherwise;
    }

    /** Whether there are requests, or were lately. */
    boolean isServed(Instant at) {
        return !served.isEmpty() || !steady.rates(at).isEmpty();
    }

    /**
     * Answers otherwise from an instant on: as many requests as there are, with another status besides, or all of them in
     * another time.
     */
    void answering(Instant from, Instant now, int status, long atLeast, @Nullable Duration each) {
        Map<Steady.Kind, Steady.Rate> rates = new LinkedHashMap<>(steady.rates(now));
        if (each != null) {
            served.replaceAll(one -> one.at().isBefore(from)
                    ? one
                    : new Served(one.at(), one.status(), one.count(), each, one.method(), one.path()));
            rates.forEach((kind, rate) -> steady.rate(kind, from, new Steady.Rate(rate.perMinute(), each)));
            return;
        }
        List<Served> worse = served.stream()
                .filter(one -> !one.at().isBefore(from))
                .map(one -> new Served(one.at(), status, one.count(), one.each(), one.method(), one.path()))
                .toList();
        served.addAll(worse);
        rates.forEach((kind, rate) -> steady.rate(
                new Steady.Kind(status, kind.method(), kind.path()),
                from,
                new Steady.Rate(Math.max(rate.perMinute(), atLeast), rate.each())));
    }

    boolean isBilled() {
        return !usage.isEmpty() || steady.isBilled();
    }

    void doubleUsage() {
        usage.replaceAll(one -> new Point(one.measurement(), one.at(), one.value() * 2));
        steady.doubleUsage();
    }

    void deleteAt(Instant now) {
        deletedAt = now;
    }

    void branch(String other) {
        branch = other;
    }

    /** A deployment that failed at once, beside what is live. */
    void failedBefore(String commit, Instant at) {
        Duration none = Duration.ZERO;
        add(made(commit, at), Ending.UNHEALTHY, Hold.NONE, new Pace(none, none, none, none, removing), at, at);
    }

    /** A deployment that does not end. */
    void deploying(String commit, Instant now) {
        start(made(commit, now), Ending.NEVER, Hold.NONE, now, now);
    }

    private Instant since(Instant from) {
        return from.isAfter(environment.ever()) ? from : environment.ever();
    }

    boolean hasCommit(String sha) {
        return commits.contains(sha) || sha.equals(head);
    }

    @Nullable
    String head() {
        return head;
    }

    /** The commit that belongs to it, which is not that of the branch: that of its newest deployment. */
    @Nullable
    String associated() {
        for (int i = deployments.size() - 1; i >= 0; i--) {
            if (deployments.get(i).commit != null) {
                return deployments.get(i).commit;
            }
        }
        return head;
    }

    /** What a deployment of a commit is made of, as it is configured at an instant. */
    Made made(@Nullable String commit, Instant at) {
        Map<String, @Nullable Object> configured = config.at(at);
        String image = imageOf(configured);
        if (commit != null) {
            commits.add(commit);
        }
        return new Made(commit, image, digest(), variables.at(at), configured, image == null);
    }

    /** The same of a commit that is the newest of the branch. */
    private Made pushing(String commit, Instant at) {
        head = commit;
        return made(commit, at);
    }

    /** What a deployment is made of that uses the image of another one. */
    Made sameImage(Deployment of, Map<String, Variable> with) {
        return new Made(of.commit, of.image, of.digest, with, of.config, false);
    }

    /** What a deployment is made of that builds the commit of another one again, with its variables. */
    Made rebuilt(Deployment of) {
        return new Made(of.commit, of.image, digest(), of.variables, of.config, of.image == null);
    }

    private String digest() {
        return "sha256:" + String.format("%064x", 0xd16e57_0000L + railway.number());
    }

    private Pace pace(boolean builds, Ending ending) {
        Object timeout = config.at(Instant.MAX).get("healthcheckTimeout");
        Duration last = ending == Ending.UNHEALTHY && timeout instanceof Number seconds
                ? Duration.ofSeconds(seconds.longValue())
                : deploying;
        return new Pace(queued, initializing, builds ? building : Duration.ZERO, last, removing);
    }

    /** Begins a deployment. */
    Deployment start(Made made, Ending ending, Hold held, Instant createdAt, Instant visibleFrom) {
        Ending real = ending == Ending.BUILD_FAILS && !made.builds() ? Ending.LIVE : ending;
        return add(made, real, held, pace(made.builds(), real), createdAt, visibleFrom);
    }

    /** Begins a deployment that nothing holds back and that goes as deployments go now. */
    Deployment start(Made made, Instant now) {
        return start(made, next, Hold.NONE, now, now);
    }

    Deployment rollBackTo(Deployment target, Instant now) {
        variables.put(now, target.variables);
        Deployment made = start(sameImage(target, target.variables), next, Hold.NONE, now, now.plus(appears));
        if (keepsSnapshots) {
            made.snapshot = target.snapshot;
        }
        return made;
    }

    /** Deploys what is live once more, with the configuration of now; nothing if there is nothing. */
    void redeploy(Instant now) {
        redeploy(now, now);
    }

    /** The same, from a later instant on. */
    void redeploy(Instant now, Instant from) {
        Deployment live = current(now);
        if (live != null) {
            start(made(live.commit, now), next, Hold.NONE, from, from);
        }
    }

    void restart(Deployment one, Instant now) {
        one.condition.put(now, Condition.RESTARTING);
        one.condition.put(now.plus(RESTART), next == Ending.CRASHES ? Condition.CRASHED : Condition.RUNNING);
    }

    private Deployment add(Made made, Ending ending, Hold held, Pace pace, Instant createdAt, Instant visibleFrom) {
        int number = railway.number();
        Deployment one = new Deployment(
                FakeRailway.uuid(0xde, number), number, this, createdAt, visibleFrom, made, ending, held, pace);
        deployments.add(one);
        return one;
    }

    private FakeRailwayService change(Runnable change) {
        railway.within(() -> {
            change.run();
            return this;
        });
        return this;
    }
}
