package dev.golive.testkit.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.Secret;
import dev.golive.testkit.Asked;
import dev.golive.testkit.Fake;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.ReceivedRequest;
import dev.golive.testkit.Reply;
import dev.golive.testkit.Trouble;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Railway on loopback that speaks GraphQL as the real one does, with its schema, its errors and its limits.
 *
 * <pre>{@code
 * VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
 * try (FakeRailway fake = FakeRailway.start(time)) {
 *     fake.service("api").source("acme/api", "main").variable("MODE", "production").deployed("aaaa111").deployed("bbbb222");
 *     fake.fault("deploymentRollback", RailwayFault.lostAnswer());
 *     // ... a client with fake.projectToken(), through fake.network()
 *     assertThat(fake.mutations()).hasSize(1);
 *     fake.verify();
 * }
 * }</pre>
 *
 * <ul>
 *   <li>There is one workspace, "acme", on the plan {@link Plan#PRO}, with one project, "shop", and its environments
 *       "production" and "staging". {@link #service} and {@link #volume} are about production.
 *   <li>State is a function of the requests so far and of the time source's clock: a deployment goes through its states,
 *       a workflow takes its time, nothing has a timer.
 *   <li>A document is held against a part of Railway's published schema. What is not in that part fails validation, as on
 *       Railway, and makes {@link #verify} fail.
 *   <li>Refusals have status 200, as on Railway, with {@code errors}.
 *   <li>A token of the project is good for what is in its environment and for what all environments share; of the list of
 *       environments it sees its own. What concerns the workspace, such as what is paid for, it is refused.
 *   <li>A value that no enum of the schema has, such as the status {@code CANCELLED}, is told where a test wants it.
 * </ul>
 *
 * <p>Needs graphql-java and Jackson on the class path. Options change this object and return it. Thread-safe.
 */
public final class FakeRailway implements Fake, AutoCloseable {

    /** What the workspace pays for, which says how many requests are answered and how long images are kept. */
    public enum Plan {
        /** Nothing, to try it out. */
        TRIAL("FREE", 100, Duration.ofDays(1)),
        /** Nothing. */
        FREE("FREE", 100, Duration.ofDays(1)),
        /** For one person. */
        HOBBY("HOBBY", 1000, Duration.ofDays(3)),
        /** For a team. */
        PRO("PRO", 10_000, Duration.ofDays(5)),
        /** By contract. */
        ENTERPRISE("PRO", 100_000, Duration.ofDays(15));

        private final String told;
        private final int requests;
        private final Duration retention;

        Plan(String told, int requests, Duration retention) {
            this.told = told;
            this.requests = requests;
            this.retention = retention;
        }

        /**
         * How long the image of a deployment is kept after the deployment was removed.
         *
         * @return how long
         */
        public Duration retention() {
            return retention;
        }

        /**
         * How many requests are answered in an hour.
         *
         * @return how many
         */
        public int requestsPerHour() {
            return requests;
        }

        String told() {
            return told;
        }
    }

    /** A token: what it is worth, and who has it. */
    private static final class Token {
        final String value;
        final Secret secret;
        final Caller caller;
        boolean revoked;

        Token(String label, String value, Caller caller) {
            this.value = value;
            this.secret = Secret.found(label, value);
            this.caller = caller;
        }
    }

    /** A fault and the requests that it concerns. */
    private static final class Wrong {
        final @Nullable String on;
        final RailwayFault what;
        int left;

        Wrong(@Nullable String on, RailwayFault what, int left) {
            this.on = on;
            this.what = what;
            this.left = left;
        }
    }

    /** A body that was read. */
    private record Body(
            RailwayGraph.Understood document, @Nullable String operationName, Map<String, Object> variables) {}

    private static final URI PUBLIC = URI.create("https://backboard.railway.com");
    private static final String PATH = "/graphql/v2";
    private static final String BEARER = "Authorization";
    private static final String OF_PROJECT = "Project-Access-Token";
    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final TimeSource time;
    private final HttpFake server;
    private final ObjectMapper json = new ObjectMapper();
    private final Object lock = new Object();
    private final Map<String, RailwayGraph.Handler> handlers = new HashMap<>();
    private final Map<String, Token> tokens = new LinkedHashMap<>();
    private final Map<String, FakeRailwayEnvironment> environments = new LinkedHashMap<>();
    private final Map<String, ProjectFields.Named> services = new LinkedHashMap<>();
    private final Map<String, ProjectFields.Named> volumes = new LinkedHashMap<>();
    private final Map<String, FakeRailwayVolume.Workflow> workflows = new HashMap<>();
    private final List<RailwayRequest> requests = new ArrayList<>();
    private final List<Wrong> faults = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final RateLimits limits = new RateLimits(Plan.PRO.requestsPerHour());
    private final ProjectFields project;
    private final Instant startedAt;
    private Plan plan = Plan.PRO;
    private Duration lag = Duration.ZERO;
    private int pageSize = 100;
    private boolean endlessPages;
    private boolean metaAsText;
    private int numbers;
    private long traces = 724_937_980_177_422_481L;

    private FakeRailway(TimeSource time) {
        this.time = time;
        this.startedAt = time.now();
        this.project = new ProjectFields(this, id(1), id(2), startedAt);
        environment("production", startedAt);
        environment("staging", startedAt);
        project.register(handlers);
        new DeploymentFields(this).register(handlers);
        new VariableFields(this).register(handlers);
        new DomainFields(this).register(handlers);
        new VolumeFields(this).register(handlers);
        new MeasuredFields(this).register(handlers);
        this.server = HttpFake.start(time);
        server.on("*", "/*").reply(this::answer);
    }

    /**
     * Starts a Railway with an empty project.
     *
     * @param time the clock that its deployments go by
     * @return a running Railway
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    public static FakeRailway start(TimeSource time) {
        return new FakeRailway(Objects.requireNonNull(time, "time must not be null"));
    }

    // ---- where it is

    /**
     * Where it listens.
     *
     * @return the URL of its only endpoint
     */
    public URI uri() {
        return server.uri(PATH);
    }

    /**
     * A network in which Railway's API is this fake, and nothing else is anywhere.
     *
     * @return the network
     */
    public FakeNetwork network() {
        return on(FakeNetwork.create());
    }

    /**
     * A network in which Railway's API is this fake.
     *
     * @param network the network without it
     * @return the same network with it
     */
    public FakeNetwork on(FakeNetwork network) {
        return network.endpoint(PUBLIC, server.uri("/"));
    }

    /**
     * The id of the workspace.
     *
     * @return a UUID
     */
    public String workspaceId() {
        return project.workspaceId();
    }

    /**
     * The id of the project.
     *
     * @return a UUID
     */
    public String projectId() {
        return project.id();
    }

    /**
     * The id of the environment "production".
     *
     * @return a UUID
     */
    public String environmentId() {
        return in("production").id();
    }

    // ---- who may ask

    /**
     * A token of a user, which is good for everything.
     *
     * @return the same token each time
     */
    public Secret accountToken() {
        return token("account token", "account", Caller.of(Caller.Kind.ACCOUNT));
    }

    /**
     * A token of the workspace, which is good for everything but {@code me}.
     *
     * @return the same token each time
     */
    public Secret workspaceToken() {
        return token("workspace token", "workspace", Caller.of(Caller.Kind.WORKSPACE));
    }

    /**
     * A token of the project that is good for "production".
     *
     * @return the same token each time
     */
    public Secret projectToken() {
        return projectToken("production");
    }

    /**
     * A token of the project that is good for one environment.
     *
     * @param environment the name of the environment
     * @return the same token each time
     */
    public Secret projectToken(String environment) {
        FakeRailwayEnvironment scope = in(environment);
        return token("project token", "project-" + environment, Caller.project(scope));
    }

    /**
     * A token of a user who is not in the workspace.
     *
     * @return the same token each time
     */
    public Secret strangersToken() {
        return token("account token of a stranger", "stranger", Caller.of(Caller.Kind.STRANGER));
    }

    private Secret token(String label, String name, Caller caller) {
        return within(() -> tokens.computeIfAbsent(
                        name, key -> new Token(label, "fake-railway-" + key + "-" + id(0x70), caller))
                .secret);
    }

    /**
     * Makes a token worthless.
     *
     * @param token one of this fake's
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public FakeRailway revoke(Secret token) {
        return change(() -> known(token).revoked = true);
    }

    private Token known(Secret secret) {
        return tokens.values().stream()
                .filter(one -> one.secret == secret)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("token must be one of this fake's"));
    }

    /** For requests that are made by hand. */
    String valueOf(Secret secret) {
        return within(() -> known(secret).value);
    }

    // ---- what there is

    /**
     * An environment, which is there from the first time that it is asked for.
     *
     * @param environment its name
     * @return the environment
     */
    public FakeRailwayEnvironment in(String environment) {
        Objects.requireNonNull(environment, "environment must not be null");
        Instant now = time.now();
        return within(() -> environment(environment, now));
    }

    private FakeRailwayEnvironment environment(String name, Instant now) {
        return environments.computeIfAbsent(name, key -> new FakeRailwayEnvironment(this, key, id(0xe0), now));
    }

    /**
     * A service in "production", which is there from the first time that it is asked for.
     *
     * @param service its name
     * @return the service
     */
    public FakeRailwayService service(String service) {
        return in("production").service(service);
    }

    /**
     * A volume in "production", which is there from the first time that it is asked for.
     *
     * @param volume its name
     * @return the volume
     */
    public FakeRailwayVolume volume(String volume) {
        return in("production").volume(volume);
    }

    /**
     * Somebody deletes the project, which is still told, with the instant of its deletion.
     *
     * @return this
     */
    public FakeRailway projectDeleted() {
        Instant now = time.now();
        return change(() -> project.delete(now));
    }

    /**
     * What the workspace pays for; {@link Plan#PRO} unless said otherwise.
     *
     * @param bought the plan
     * @return this
     */
    public FakeRailway plan(Plan bought) {
        Objects.requireNonNull(bought, "bought must not be null");
        return change(() -> {
            plan = bought;
            limits.limit(bought.requestsPerHour());
        });
    }

    /**
     * What has been spent in the current period.
     *
     * @param dollars how much
     * @return this
     */
    public FakeRailway spent(double dollars) {
        return change(() -> project.spent(dollars));
    }

    /**
     * What may be spent in a period.
     *
     * @param softly where somebody is told of it
     * @param hard where everything stops; null if it never does
     * @return this
     */
    public FakeRailway usageLimit(int softly, @Nullable Integer hard) {
        return change(() -> project.usageLimit(softly, hard));
    }

    /**
     * What is expected to be used in the current period.
     *
     * @param measurement for example {@code CPU_USAGE}
     * @param value minutes of a virtual processor or of a GB, or GB of traffic
     * @return this
     */
    public FakeRailway estimated(String measurement, double value) {
        Objects.requireNonNull(measurement, "measurement must not be null");
        return change(() -> project.estimated(measurement, value));
    }

    /**
     * Marks a region as one that ends.
     *
     * @param name its name
     * @param replacement the region that takes its place
     * @return this
     */
    public FakeRailway deprecatedRegion(String name, String replacement) {
        Objects.requireNonNull(name, "name must not be null");
        Objects.requireNonNull(replacement, "replacement must not be null");
        return change(() -> project.deprecate(name, replacement));
    }

    /**
     * Says on its status page that something is wrong.
     *
     * @param message what
     * @return this
     */
    public FakeRailway incident(String message) {
        Objects.requireNonNull(message, "message must not be null");
        return change(() -> project.incident(message));
    }

    // ---- how it answers

    /**
     * Lets every read tell what was there some time ago; at once unless said otherwise.
     *
     * @param by how long ago; not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeRailway readsLag(Duration by) {
        if (Objects.requireNonNull(by, "by must not be null").isNegative()) {
            throw new IllegalArgumentException("by must not be negative but was " + by);
        }
        return change(() -> lag = by);
    }

    /**
     * How many elements a page has at most; 100 unless said otherwise.
     *
     * @param most how many; at least 1
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public FakeRailway pageSize(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1 but was " + most);
        }
        return change(() -> pageSize = most);
    }

    /**
     * Lets every page say that there is another one, with a cursor that stands still at the end.
     *
     * @return this
     */
    public FakeRailway endlessPages() {
        return change(() -> endlessPages = true);
    }

    /**
     * Tells what it knows of a deployment's source as a text that is JSON instead of as an object.
     *
     * @return this
     */
    public FakeRailway metaAsText() {
        return change(() -> metaAsText = true);
    }

    /**
     * How many requests are answered in an hour, whatever the plan says.
     *
     * @param perHour how many; not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeRailway rateLimit(int perHour) {
        if (perHour < 0) {
            throw new IllegalArgumentException("perHour must not be negative but was " + perHour);
        }
        return change(() -> limits.limit(perHour));
    }

    /**
     * Somebody has used up all requests of the current hour, which begins now unless it has begun.
     *
     * @return this
     */
    public FakeRailway usedUp() {
        Instant now = time.now();
        return change(() -> limits.useUp(now));
    }

    /**
     * Tells the end of the hour as a text instead of as seconds since 1970.
     *
     * @return this
     */
    public FakeRailway rateLimitResetsAsText() {
        return change(limits::resetsAsText);
    }

    // ---- what goes wrong

    /**
     * Lets something go wrong with every request.
     *
     * @param what the fault
     * @return this
     */
    public FakeRailway fault(RailwayFault what) {
        return fault(null, what);
    }

    /**
     * Lets something go wrong with every request for a root field.
     *
     * @param on for example {@code deploymentRollback}; null for every request
     * @param what the fault
     * @return this
     */
    public FakeRailway fault(@Nullable String on, RailwayFault what) {
        return fault(on, what, FOR_EVER);
    }

    /**
     * Lets something go wrong with the next requests for a root field.
     *
     * @param on for example {@code deployments}; null for every request
     * @param what the fault
     * @param times with how many
     * @return this
     * @throws IllegalArgumentException if that is less than one, or there is no such field
     */
    public FakeRailway fault(@Nullable String on, RailwayFault what, int times) {
        Objects.requireNonNull(what, "what must not be null");
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1 but was " + times);
        }
        if (on != null && !handlers.containsKey(on)) {
            throw new IllegalArgumentException("on must be a root field that the fake has but was " + on);
        }
        return change(() -> faults.add(new Wrong(on, what, times)));
    }

    /**
     * Lets nothing go wrong any more.
     *
     * @return this
     */
    public FakeRailway mend() {
        return change(faults::clear);
    }

    // ---- what was asked

    /**
     * The requests that were understood, also those that were then refused or went wrong.
     *
     * @return the requests in the order in which they came
     */
    public List<RailwayRequest> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    /**
     * The requests for a root field.
     *
     * @param field for example {@code deploymentRollback}
     * @return the requests in the order in which they came
     */
    public List<RailwayRequest> requests(String field) {
        Objects.requireNonNull(field, "field must not be null");
        return requests().stream()
                .filter(request -> request.fields().contains(field))
                .toList();
    }

    /**
     * The requests that change something, also those that were refused or went wrong.
     *
     * @return the requests in the order in which they came
     */
    public List<RailwayRequest> mutations() {
        return requests().stream().filter(RailwayRequest::mutation).toList();
    }

    @Override
    public String plays() {
        return "Railway";
    }

    /**
     * What was asked so far, by root fields: {@code deployments}, {@code variableCollectionUpsert}.
     *
     * @return the root fields of the requests in the order in which they came
     */
    @Override
    public List<Asked> asked() {
        List<Asked> all = new ArrayList<>();
        for (RailwayRequest request : requests()) {
            request.fields().forEach(field -> all.add(new Asked(field, request.mutation(), request.at())));
        }
        return Collections.unmodifiableList(all);
    }

    /**
     * What may go wrong: each fault of {@link RailwayFault#catalogue()} with each root field that is going to be asked; and
     * what may be otherwise in "production" with variables, deployments, domains, volumes, measurements and costs that there
     * are. If all project tokens that were handed out are for other environments, it is about these.
     *
     * @param asked root fields; those that the fake does not have are left out
     * @return the faults in the order of the fields, and then the drifts
     */
    @Override
    public List<Trouble> troubles(Set<String> asked) {
        List<Trouble> all = new ArrayList<>();
        for (String field : new TreeSet<>(asked)) {
            if (handlers.containsKey(field)) {
                for (RailwayFault fault : RailwayFault.catalogue()) {
                    String what = fault.toString().split(" for | by |: ", 2)[0];
                    all.add(Trouble.fault(
                                    field + " " + what,
                                    "Railway answers " + field + " with a fault: " + fault,
                                    field::equals,
                                    () -> fault(field, fault))
                            .about("Railway", field));
                }
            }
        }
        Instant now = time.now();
        synchronized (lock) {
            concerned().forEach(one -> all.addAll(Drifts.in(one, this, now)));
            all.addAll(Drifts.of(this, now));
        }
        return Collections.unmodifiableList(all);
    }

    /** The environments that it is about. */
    private List<FakeRailwayEnvironment> concerned() {
        FakeRailwayEnvironment production = Objects.requireNonNull(environments.get("production"), "production");
        List<FakeRailwayEnvironment> all = new ArrayList<>();
        for (Token token : tokens.values()) {
            if (token.caller.kind() == Caller.Kind.PROJECT) {
                all.add(token.caller.scope());
            }
        }
        return all.isEmpty() || all.contains(production) ? List.of(production) : all;
    }

    /**
     * Fails if something was asked that does not fit the schema, or that the fake cannot answer.
     *
     * @throws AssertionError names all of it
     */
    public void verify() {
        synchronized (lock) {
            if (!problems.isEmpty()) {
                throw new AssertionError(String.join("\n", problems));
            }
        }
        server.verify();
    }

    /** Ends all connections and closes the port. */
    @Override
    public void close() {
        server.close();
    }

    // ---- for the fields; all but the first two within the lock

    TimeSource time() {
        return time;
    }

    /** Does something with the state while nobody else does. */
    <T> T within(Supplier<T> work) {
        synchronized (lock) {
            return work.get();
        }
    }

    private FakeRailway change(Runnable change) {
        synchronized (lock) {
            change.run();
        }
        return this;
    }

    /** The next number of a row, for ids that are the same in every run. */
    int number() {
        return ++numbers;
    }

    String id(int kind) {
        return uuid(kind, number());
    }

    static String uuid(int kind, int number) {
        return String.format("%08x-%04x-4000-8000-%012x", kind * 0x10000 + number, kind & 0xffff, number);
    }

    String serviceId(String name, Instant now) {
        return services.computeIfAbsent(name, key -> new ProjectFields.Named(id(0x50), key, now))
                .id();
    }

    String volumeId(String name, Instant now) {
        return volumes.computeIfAbsent(name, key -> new ProjectFields.Named(id(0x60), key, now))
                .id();
    }

    ProjectFields project() {
        return project;
    }

    List<ProjectFields.Named> allServices() {
        return List.copyOf(services.values());
    }

    List<ProjectFields.Named> allVolumes() {
        return List.copyOf(volumes.values());
    }

    List<FakeRailwayEnvironment> allEnvironments() {
        return List.copyOf(environments.values());
    }

    Map<String, FakeRailwayVolume.Workflow> workflows() {
        return workflows;
    }

    Plan plan() {
        return plan;
    }

    Duration retention() {
        return plan.retention();
    }

    int pageSize() {
        return pageSize;
    }

    boolean hasEndlessPages() {
        return endlessPages;
    }

    /** What is told of a deployment's source. */
    Object meta(Map<String, @Nullable Object> meta) {
        if (!metaAsText) {
            return meta;
        }
        return write(meta);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- the exchange

    private Reply answer(ReceivedRequest received) {
        // the clock may hand the turn to somebody else, so it is read outside of every lock
        Instant now = time.now();
        synchronized (lock) {
            return answer(received, now);
        }
    }

    private Reply answer(ReceivedRequest received, Instant now) {
        if (!received.path().equals(PATH) || !received.method().equals("POST")) {
            problems.add(
                    "FakeRailway answers POST " + PATH + " only, not " + received.method() + " " + received.path());
            return limits.headed(Reply.text(received.path().equals(PATH) ? 405 : 404, "Not Found"), now);
        }
        String query = received.query().orElse("");
        Body asked = read(received);
        if (asked != null && asked.document().error().isEmpty()) {
            RailwayGraph.Understood document = asked.document();
            requests.add(new RailwayRequest(
                    document.operation(),
                    document.mutation(),
                    document.fields(),
                    Withheld.from(asked.variables()),
                    document.document(),
                    received.header(OF_PROJECT).isPresent()
                            ? OF_PROJECT
                            : received.header(BEARER).isPresent() ? BEARER : "",
                    query,
                    now));
        }
        if (limits.isStoppedAtTheEdge(query, now)) {
            return RateLimits.edge();
        }
        RailwayFault fault = asked == null ? null : take(asked.document().fields());
        if (fault instanceof RailwayFault.EdgeLimited) {
            return RateLimits.edge();
        } else if (fault instanceof RailwayFault.Unavailable gone) {
            return Reply.text(gone.status(), "Railway is not there");
        } else if (fault instanceof RailwayFault.Reset) {
            return Reply.text("").with(HttpFault.resetBeforeHeaders());
        } else if (fault instanceof RailwayFault.Hanging) {
            return Reply.text("").with(HttpFault.hangBeforeHeaders());
        }
        if (!limits.count(now)) {
            return limits.tooMany(now, null);
        } else if (fault instanceof RailwayFault.Throttled throttled) {
            return limits.tooMany(now, throttled.retryAfter());
        }
        Reply reply = limits.headed(answer(asked, received, fault, now), now);
        if (fault instanceof RailwayFault.LostAnswer) {
            return Reply.text("").with(HttpFault.resetBeforeHeaders());
        }
        return fault instanceof RailwayFault.Slow slow ? reply.after(slow.by()) : reply;
    }

    private Reply answer(@Nullable Body asked, ReceivedRequest received, @Nullable RailwayFault fault, Instant now) {
        if (asked == null) {
            return Reply.json(400, write(RailwayGraph.refusal(RailwayError.problem(), null, this::trace)));
        }
        RailwayGraph.Understood document = asked.document();
        if (!document.error().isEmpty()) {
            problems.add("a document is not what the schema of the fake allows: "
                    + document.errors().get(0).getMessage() + "\n" + document.document());
            return Reply.json(400, write(RailwayGraph.refusal(document, this::trace)));
        }
        String field = document.fields().isEmpty() ? null : document.fields().get(0);
        if (fault instanceof RailwayFault.Garbage) {
            return Reply.bytes(200, "application/json", new byte[] {'<', '{', 0, -1, 'x'});
        } else if (fault instanceof RailwayFault.Empty) {
            return Reply.json("{}");
        } else if (fault instanceof RailwayFault.NullData) {
            return Reply.json("{\"data\":null}");
        } else if (fault instanceof RailwayFault.Saying saying) {
            return Reply.json("{\"data\":{\"" + field + "\":" + saying.json() + "}}");
        } else if (fault instanceof RailwayFault.NotAuthorized) {
            return refused(RailwayError.notAuthorized(), field);
        } else if (fault instanceof RailwayFault.ProblemProcessing) {
            return refused(RailwayError.problem(), null);
        } else if (fault instanceof RailwayFault.Refused refused) {
            return refused(RailwayError.saying(refused.message()), field);
        }
        Duration behind =
                document.mutation() ? Duration.ZERO : fault instanceof RailwayFault.StaleRead stale ? stale.by() : lag;
        RailwayGraph.Answer answer = RailwayGraph.answer(
                document,
                asked.operationName(),
                asked.variables(),
                handlers,
                new Asking(caller(received), now, now.minus(behind)),
                fault instanceof RailwayFault.Partial,
                this::trace);
        problems.addAll(answer.problems());
        return Reply.json(write(answer.body()));
    }

    private Reply refused(RailwayError error, @Nullable String field) {
        return Reply.json(write(RailwayGraph.refusal(error, field, this::trace)));
    }

    private long trace() {
        return ++traces;
    }

    private Caller caller(ReceivedRequest received) {
        String ofProject = received.header(OF_PROJECT).orElse(null);
        if (ofProject != null) {
            Token token = valued(ofProject.strip());
            return token == null || token.caller.kind() != Caller.Kind.PROJECT
                    ? Caller.refused(RailwayError.saying("Project Token not found"))
                    : token.caller;
        }
        String bearer = received.header(BEARER).orElse("-").strip();
        if (bearer.equals("Bearer")) {
            return Caller.refused(RailwayError.unauthenticated());
        }
        Token token = bearer.startsWith("Bearer ")
                ? valued(bearer.substring("Bearer ".length()).strip())
                : null;
        return token == null || token.caller.kind() == Caller.Kind.PROJECT
                ? Caller.refused(RailwayError.notAuthorized())
                : token.caller;
    }

    private @Nullable Token valued(String value) {
        for (Token token : tokens.values()) {
            if (token.value.equals(value) && !token.revoked) {
                return token;
            }
        }
        return null;
    }

    private @Nullable RailwayFault take(List<String> fields) {
        for (Iterator<Wrong> all = faults.iterator(); all.hasNext(); ) {
            Wrong wrong = all.next();
            if (wrong.on == null || fields.contains(wrong.on)) {
                if (wrong.left != FOR_EVER && --wrong.left == 0) {
                    all.remove();
                }
                return wrong.what;
            }
        }
        return null;
    }

    private @Nullable Body read(ReceivedRequest received) {
        try {
            Map<String, Object> body = json.readValue(received.body(), new TypeReference<Map<String, Object>>() {});
            if (body != null && body.get("query") instanceof String document) {
                Map<String, Object> variables = new LinkedHashMap<>();
                if (body.get("variables") instanceof Map<?, ?> given) {
                    given.forEach((key, value) -> variables.put(key.toString(), value));
                }
                String name = body.get("operationName") instanceof String text ? text : null;
                return new Body(RailwayGraph.understand(document, name), name, variables);
            }
            problems.add("a body has no document: " + received.bodyText());
        } catch (IOException e) {
            problems.add("a body is not JSON: " + e.getMessage());
        }
        return null;
    }
}
