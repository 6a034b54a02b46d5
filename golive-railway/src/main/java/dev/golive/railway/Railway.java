package dev.golive.railway;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Shared;
import dev.golive.Subject;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import dev.golive.provider.Place;
import dev.golive.provider.ProviderCheck;
import dev.golive.provider.RateLimit;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.DeploymentPort;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Scope;
import dev.golive.railway.internal.Session;
import dev.golive.railway.internal.TokenKind;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One environment of one project of Railway: where every check, action and component of Railway begins.
 *
 * <pre>{@code
 * Railway shop = Railway.projectToken(Secret.fromEnv("RAILWAY_TOKEN"), "shop", "production");
 *
 * Checklist.named("Shop 1.0")
 *         .require(shop.service("api").isLive())
 *         .require(shop.service("api").domain("api.shop.example").isVerified())
 *         .require(shop.volume("postgres-data").latestBackup().isYoungerThan(hours(24)))
 *         .build();
 * }</pre>
 *
 * <ul>
 *   <li>Everything that it hands out has one precondition, examined once in a run: that the token opens this environment.
 *       Nobody proves the wrong project.
 *   <li>The {@link dev.golive.Environment} of a run lists it as {@code account("railway", "shop/production")}.
 *   <li>Project, environment and services are found by name or by id, once in the life of a {@link dev.golive.GoLive}.
 *   <li>Reads are tried three times, with the pauses that Railway asks for. What changes something is sent once; an answer
 *       that was lost is not asked for again, but what became of it is looked at.
 *   <li>Denied, busy, broken or unreachable is unknown, never failed, and so is an answer with status 200 that holds
 *       errors.
 *   <li>Railway counts requests by the hour. The last tenth of them is kept for actions and rollbacks.
 * </ul>
 *
 * <p>It owns nothing. Immutable and thread-safe.
 *
 * @see <a href="https://docs.railway.com/integrations/api">Railway Public API</a>
 */
public final class Railway {

    /** What permissions and subjects call Railway. */
    static final String SYSTEM = "railway";

    /** Without a query parameter, a limiter before the API counts all requests of an address. */
    private static final URI ENDPOINT = URI.create("https://backboard.railway.com/graphql/v2?source=golive");

    private final String project;
    private final String environment;
    private final Session.Settings settings;
    private final Shared<Session> session;
    private final @Nullable Duration imagesKept;
    private final Check opens;

    private Railway(String project, String environment, Session.Settings settings, @Nullable Duration imagesKept) {
        this(
                project,
                environment,
                settings,
                Shared.of("Railway " + project, (network, time) -> new Session(settings, network)),
                imagesKept);
    }

    private Railway(
            String project,
            String environment,
            Session.Settings settings,
            Shared<Session> session,
            @Nullable Duration imagesKept) {
        this.project = project;
        this.environment = environment;
        this.settings = settings;
        this.session = session;
        this.imagesKept = imagesKept;
        this.opens = check("the " + settings.kind() + " opens " + this, this::judgeScope, opening(settings.kind()));
    }

    /** What is asked to find out where a token leads. */
    private static Operation[] opening(TokenKind kind) {
        return kind == TokenKind.PROJECT
                ? new Operation[] {Operation.PROJECT_TOKEN}
                : new Operation[] {Operation.API_TOKEN, Operation.PROJECTS, Operation.PROJECT, Operation.ENVIRONMENTS};
    }

    /**
     * The environment that a project token opens. Enough for most of what is here; what costs are asked for needs a token
     * of the workspace, and what else Railway denies to a project token is not documented.
     *
     * @param token the token
     * @param project the name or the id of the project that is meant
     * @param environment the name or the id of the environment that is meant; what belongs to another is never examined
     * @return the environment
     * @throws IllegalArgumentException if a name is blank
     */
    public static Railway projectToken(Secret token, String project, String environment) {
        return of(TokenKind.PROJECT, token, project, environment);
    }

    /**
     * An environment of a workspace.
     *
     * @param token a token of the workspace
     * @param project the name or the id of the project
     * @param environment the name or the id of the environment
     * @return the environment
     * @throws IllegalArgumentException if a name is blank
     */
    public static Railway workspaceToken(Secret token, String project, String environment) {
        return of(TokenKind.WORKSPACE, token, project, environment);
    }

    /**
     * An environment of any workspace of a person.
     *
     * @param token a token of the person's account
     * @param project the name or the id of the project
     * @param environment the name or the id of the environment
     * @return the environment
     * @throws IllegalArgumentException if a name is blank
     */
    public static Railway accountToken(Secret token, String project, String environment) {
        return of(TokenKind.ACCOUNT, token, project, environment);
    }

    private static Railway of(TokenKind kind, Secret token, String project, String environment) {
        return new Railway(
                Given.text(project, "project"),
                Given.text(environment, "environment"),
                new Session.Settings(kind, Given.notNull(token, "token"), ENDPOINT),
                null);
    }

    /**
     * The same with the API elsewhere, as behind a gateway.
     *
     * @param uri the whole URI of the API
     * @return the new environment
     */
    public Railway endpoint(URI uri) {
        return new Railway(
                project,
                environment,
                new Session.Settings(settings.kind(), settings.token(), Given.notNull(uri, "uri")),
                imagesKept);
    }

    /**
     * The same with the plan of the workspace, which says how long a rollback is possible. Without it, Railway is asked,
     * which tells no project token and none of the plans by contract.
     *
     * @param plan the plan
     * @return the new environment
     */
    public Railway plan(RailwayPlan plan) {
        return imagesKeptFor(Given.notNull(plan, "plan").keepsImages());
    }

    /**
     * The same with how long the image of a deployment is kept after another has taken its place, where it is not what the
     * plan says.
     *
     * @param span how long
     * @return the new environment
     * @throws IllegalArgumentException if {@code span} is not longer than zero
     */
    public Railway imagesKeptFor(Duration span) {
        return new Railway(project, environment, settings, session, Given.positive(span, "span"));
    }

    /**
     * Another environment of the same project, for example to compare them. A project token opens one only.
     *
     * @param other the name or the id of the other environment
     * @return the environment
     * @throws IllegalArgumentException if the name is blank
     */
    public Railway in(String other) {
        return new Railway(project, Given.text(other, "other"), settings, session, imagesKept);
    }

    /**
     * Whether the token is accepted and opens this environment. It is the precondition of everything else here, so that a
     * checklist need not name it.
     *
     * @return the check
     */
    public Check isOpen() {
        return opens;
    }

    private Outcome judgeScope(Calls calls) throws Exception {
        try {
            Scope scope = calls.freshScope();
            return Outcome.passed(
                    Fact.of("project", scope.projectName()),
                    Fact.of("project id", scope.projectId()),
                    Fact.of("environment", scope.environmentName()),
                    Fact.of("environment id", scope.environmentId()));
        } catch (ApiProblem e) {
            if (e.code().equals(Calls.ELSEWHERE)) {
                return Outcome.failed(e.why());
            }
            throw e;
        }
    }

    /**
     * A service.
     *
     * @param name its name or its id
     * @return the service
     * @throws IllegalArgumentException if the name is blank
     */
    public RailwayService service(String name) {
        return new RailwayService(this, Given.text(name, "name"));
    }

    // ---- variables

    /**
     * A variable that the environment shares with its services.
     *
     * @param name its name
     * @return the variable
     * @throws IllegalArgumentException if the name is blank
     */
    public RailwayVariable sharedVariable(String name) {
        return RailwayVariable.shared(this, Given.text(name, "name"));
    }

    /**
     * Whether nothing is staged: changes that somebody made and that wait for being deployed are not live, and whoever
     * commits something commits them too.
     *
     * @return the check
     */
    public Check hasNoStagedChanges() {
        return StagedChanges.none(this);
    }

    // ---- volumes

    /**
     * A volume.
     *
     * @param name its name or its id
     * @return the volume
     * @throws IllegalArgumentException if the name is blank
     */
    public RailwayVolume volume(String name) {
        return new RailwayVolume(this, Given.text(name, "name"), false);
    }

    // ---- metrics

    // ---- limits and costs

    /**
     * What the project costs.
     *
     * @return the costs
     */
    public RailwayCosts costs() {
        return new RailwayCosts(this);
    }

    /**
     * Whether Railway takes so many more requests with this token in this hour, as it said with its last answer.
     *
     * @param least how many at least, for example {@link #requestsOf} of the launch's checklists
     * @return the check
     * @throws IllegalArgumentException if it is not positive
     */
    public Check hasRequestsLeft(int least) {
        Given.between(least, 1, Integer.MAX_VALUE, "least");
        return check(
                "Railway takes at least " + least + " more requests this hour with the token of " + this,
                calls -> {
                    // so that there is an answer of now
                    calls.freshScope();
                    RateLimit limit = calls.rateLimit()
                            .filter(one -> one.resetsAt()
                                    .isAfter(calls.context().time().now()))
                            .orElseThrow(
                                    () -> ApiProblem.incomplete("Railway", "the number of requests that are left"));
                    return Judge.holds(
                            limit.left() >= least,
                            limit.left() + " requests are left until " + limit.resetsAt(),
                            Fact.of("requests left", "at least " + least, limit.left()),
                            Fact.of("limit", limit.limit()),
                            Fact.of("until", limit.resetsAt()));
                },
                opening(settings.kind()));
    }

    /**
     * How many requests a run of a checklist sends here at most, if nothing is repeated and every list fits on a page.
     * Checks that ask the same within a second ask once, so that there are often fewer.
     *
     * @param checklist the checklist
     * @return the number, with those that find out where the token leads
     */
    public int requestsOf(Checklist checklist) {
        return Requests.of(Given.notNull(checklist, "checklist"), this);
    }

    // ---- for its parts

    /** The environment as its checks and actions see it. */
    Place<Calls> place() {
        return new Here();
    }

    /** Something that must be allowed: the root field of a document. */
    Permission permission(Operation operation) {
        return new Permission(SYSTEM, operation.root(), where());
    }

    Set<Permission> permissions(Operation... operations) {
        Set<Permission> all = new LinkedHashSet<>();
        for (Operation operation : operations) {
            all.add(permission(operation));
        }
        return all;
    }

    /** A check that sends documents. */
    ProviderCheck<Calls> check(String sentence, Place.Asking<Calls, Outcome> judge, Operation... operations) {
        ProviderCheck<Calls> check = ProviderCheck.of(place(), sentence, judge);
        for (Operation operation : operations) {
            check = check.needing(permission(operation));
        }
        return check;
    }

    /** Whether Railway must be asked for the plan, and can be. */
    boolean asksForPlan() {
        return imagesKept == null && settings.kind() != TokenKind.PROJECT;
    }

    /** How long images are kept after removal, empty if that is not known. */
    Optional<Duration> keepsImages(Calls calls) throws InterruptedException {
        if (imagesKept != null) {
            return Optional.of(imagesKept);
        }
        return asksForPlan()
                ? DeploymentPort.of(calls).plan().flatMap(RailwayPlan::named).map(RailwayPlan::keepsImages)
                : Optional.empty();
    }

    /** How subjects, permissions and sentences name it. */
    String where() {
        return project + "/" + environment;
    }

    /** Apart from {@link Railway}, of which every method of an interface would be public. */
    private final class Here implements Place<Calls> {

        @Override
        public <T> T ask(CheckContext context, Asking<Calls, T> asking) throws Exception {
            return Calls.during(context.shared(session), project, environment, context, asking);
        }

        @Override
        public List<Check> preconditions(Check check) {
            return check.equals(opens) ? List.of() : List.of(opens);
        }

        @Override
        public Set<Secret> secrets() {
            return Set.of(settings.token());
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(new Subject(SYSTEM, where()));
        }
    }

    /**
     * The project and the environment.
     *
     * @return for example {@code Railway shop/production}
     */
    @Override
    public String toString() {
        return "Railway " + where();
    }
}
