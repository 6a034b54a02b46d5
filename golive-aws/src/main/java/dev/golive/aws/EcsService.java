package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.ecs.EcsPort.ServiceDeployment;
import dev.golive.aws.internal.ecs.EcsPort.State;
import dev.golive.aws.internal.ecs.EcsSight;
import dev.golive.aws.internal.ecs.TaskContainer;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A service of ECS: what is known about it, what can be done with it, and how a launch takes it back.
 *
 * <pre>{@code
 * EcsService web = aws.ecs("shop", "shop-web");
 *
 * web.isStable();
 * web.variable("LOGIN_MOCK").isUnset();
 * web.deploy("shop-web:42");
 * }</pre>
 *
 * <ul>
 *   <li>Its releases are revisions of a task definition, which never change. An image that such a revision names by a tag
 *       may change all the same: {@link #deployImage} names it by its digest where it can.
 *   <li>Checks of what runs are unknown while a deployment goes on or has failed.
 *   <li>A deployment has succeeded when ECS says so of the deployment. One that ECS takes back by itself has not, although
 *       the service runs.
 *   <li>What was live before is what ECS remembers of successful deployments, for 90 days. An older revision of the same
 *       family is never guessed: it may never have run.
 *   <li>Deployments and rollbacks have a deadline of 40 minutes unless said otherwise.
 *   <li>A rollback waits while a deployment goes on. Without the circuit breaker ({@link #circuitBreakerRollsBack}) a
 *       deployment that does not get well goes on for ever, and a person must end it.
 *   <li>Services whose deployments are made by CodeDeploy or by others are neither deployed to nor taken back.
 * </ul>
 *
 * <p>Images of private repositories are asked for in ECR, for which {@code software.amazon.awssdk:ecr} must be on the
 * class path too. Immutable and thread-safe.
 */
public final class EcsService implements Component {

    /** What is asked of a service that is there. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, EcsSight sight) throws Exception;
    }

    private final Aws aws;
    private final String cluster;
    private final String service;
    private final @Nullable String container;

    EcsService(Aws aws, String cluster, String service) {
        this(aws, cluster, service, null);
    }

    private EcsService(Aws aws, String cluster, String service, @Nullable String container) {
        this.aws = aws;
        this.cluster = cluster;
        this.service = service;
        this.container = container;
    }

    /**
     * The same, of which images, variables and digests are those of one container. Needed where a task has several.
     *
     * @param name the name of the container within the task
     * @return the new service
     */
    public EcsService container(String name) {
        return new EcsService(aws, cluster, service, Given.text(name, "name"));
    }

    /**
     * Its name.
     *
     * @return the name
     */
    @Override
    public String name() {
        return service;
    }

    private EcsPlace place() {
        return new EcsPlace(
                aws,
                this,
                cluster,
                container,
                (definition, main, digest) -> new Release(service, definition.id(), null, digest));
    }

    // ---- checks

    /**
     * Whether it runs and nothing goes on with it: it is active, one deployment is completed, and as many tasks run as
     * should, at least one.
     *
     * @return the check
     */
    public Check isStable() {
        return asking(this + " is stable", (calls, sight) -> {
                    State state = sight.state();
                    List<Fact> facts = List.of(
                            Fact.of("status", "ACTIVE", state.status()),
                            Fact.of("deployments", sight.rollouts()),
                            Fact.of("desired tasks", state.desired()),
                            Fact.of("running tasks", state.running()),
                            Fact.of("pending tasks", state.pending()));
                    String problem = null;
                    if (!state.status().equals("ACTIVE")) {
                        problem = "it is " + state.status();
                    } else if (sight.isOfEcs() && (sight.isBusy() || !sight.isSettled())) {
                        problem = sight.isBusy() ? sight.what() : "the deployment of " + sight.rollouts();
                    } else if (!sight.isOfEcs()) {
                        throw ApiProblem.undecided("its deployments are made by " + state.controller()
                                + ", so that ECS does not tell whether one goes on");
                    } else if (state.desired() == 0) {
                        problem = "no task is to run";
                    } else if (state.running() != state.desired() || state.pending() != 0) {
                        problem = state.running() + " of " + state.desired() + " tasks run";
                    }
                    return (problem == null ? Outcome.passed() : Outcome.failed(problem)).with(facts);
                })
                .needing("ecs:ListServiceDeployments", place().arn());
    }

    /**
     * How many tasks run.
     *
     * @param expected what the number should be
     * @return the check
     */
    public Check runs(Expectation<Integer> expected) {
        return tasks("running tasks", expected, State::running);
    }

    /**
     * Whether so many tasks run.
     *
     * @param tasks how many
     * @return the check
     * @throws IllegalArgumentException if it is negative
     */
    public Check runs(int tasks) {
        return runs(Expect.is(Given.between(tasks, 0, Integer.MAX_VALUE, "tasks")));
    }

    /**
     * How many tasks there should be.
     *
     * @param expected what the number should be
     * @return the check
     */
    public Check desiredTasks(Expectation<Integer> expected) {
        return tasks("desired tasks", expected, State::desired);
    }

    private Check tasks(String what, Expectation<Integer> expected, ToIntFunction<State> number) {
        Given.notNull(expected, "expected");
        return asking(
                        "the number of " + what + " of " + this + " is " + expected.sentence(),
                        (calls, sight) ->
                                Judge.value(what, expected, number.applyAsInt(sight.state()), calls.context()))
                .reading(expected);
    }

    /**
     * Which task definition runs.
     *
     * @param expected what its family and revision should be, as in {@code shop-web:42}
     * @return the check
     */
    public Check taskDefinition(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return running(
                        "the task definition of " + this + " is " + expected.sentence(),
                        (calls, sight) -> Judge.value(
                                "task definition", expected, sight.runs().id(), calls.context()))
                .reading(expected);
    }

    /**
     * Which task definition runs.
     *
     * @param definition its family and revision, as in {@code shop-web:42}
     * @return the check
     */
    public Check taskDefinition(String definition) {
        return taskDefinition(Expect.is(definition(definition)));
    }

    /**
     * Which image runs. It is unknown if there are several containers and none is named by {@link #container}.
     *
     * @param expected what the image's name with its tag or digest should be
     * @return the check
     */
    public Check image(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return running(
                        "the image of " + this + ofContainer() + " is " + expected.sentence(),
                        (calls, sight) -> Judge.value(
                                "image",
                                expected,
                                sight.runs().container(container).image(),
                                calls.context()))
                .reading(expected);
    }

    /**
     * Which image runs. It is unknown if there are several containers and none is named by {@link #container}.
     *
     * @param identifier the image's name with its tag or digest
     * @return the check
     */
    public Check image(String identifier) {
        return image(Expect.is(Given.text(identifier, "identifier")));
    }

    /**
     * An environment variable of what runs, as the task definition sets it. It is unknown if there are several containers
     * and none is named by {@link #container}, or if the variable may stand in a file that ECS does not show.
     *
     * @param variable the name of the variable
     * @return the variable
     */
    public AwsVariable variable(String variable) {
        return new AwsVariable(
                Given.text(variable, "variable"),
                this + ofContainer(),
                (sentence, question) -> running(
                        sentence,
                        (calls, sight) -> question.of(calls, known(sight.runs().container(container)))));
    }

    static KnownVariables known(TaskContainer container) {
        return new KnownVariables(
                container.variables(),
                container.secrets(),
                container.hasFiles()
                        ? "container " + container.name() + " reads variables from files that ECS does not show"
                        : null);
    }

    /**
     * Whether ECS ends a deployment of which the tasks do not get well, and goes back by itself.
     *
     * @return the check
     */
    public Check circuitBreakerRollsBack() {
        return asking("the circuit breaker of " + this + " rolls back", (calls, sight) -> {
            State state = sight.state();
            return Judge.holds(
                    state.breaker() && state.breakerRollsBack(),
                    state.breaker() ? "the circuit breaker does not roll back" : "the circuit breaker is off",
                    Fact.of("circuit breaker", "on", state.breaker() ? "on" : "off"),
                    Fact.of("rollback", "on", state.breakerRollsBack() ? "on" : "off"));
        });
    }

    /**
     * Whether the newest deployment has succeeded. One that ECS has taken back by itself has not, although the service
     * runs. Unknown if there was none for so long that ECS remembers none.
     *
     * @return the check
     */
    public Check lastDeploymentSucceeded() {
        return asking("the last deployment of " + this + " has succeeded", (calls, sight) -> {
                    List<ServiceDeployment> deployments = sight.deployments();
                    if (deployments.isEmpty()) {
                        throw ApiProblem.incomplete(Service.ECS.title(), "any deployment of the service");
                    }
                    ServiceDeployment last = deployments.get(0);
                    return Judge.holds(
                            last.hasSucceeded(),
                            last.toString(),
                            Fact.of("status", "SUCCESSFUL", last.status()),
                            Fact.of("created", last.createdAt()));
                })
                .needing("ecs:ListServiceDeployments", place().arn());
    }

    // ---- actions

    /**
     * Puts a revision of a task definition live.
     *
     * @param definition its family and revision, as in {@code shop-web:42}
     * @return the deployment
     * @throws IllegalArgumentException if the revision is missing, since it would be the newest of its time
     */
    public dev.golive.Deploy deploy(String definition) {
        return new EcsDeploy.OfDefinition(place(), definition(definition));
    }

    /**
     * Puts an image live: registers what runs once more with that image, and deploys it. An image of a private repository
     * of ECR is named by its digest, so that the revision brings back the same image for ever.
     *
     * @param image its name with its tag or digest; without a registry it is one of the registry that is configured
     * @return the deployment
     */
    public dev.golive.Deploy deployImage(String image) {
        return new EcsDeploy.OfImage(place(), Given.text(image, "image"));
    }

    /**
     * Starts all tasks anew with what is configured, as after the change of a secret. It goes back to nothing.
     *
     * @return the deployment; it is not repeated when it is not known whether it was begun
     */
    public dev.golive.Deploy redeploy() {
        return new EcsDeploy.Again(place());
    }

    /**
     * What a launch talks to.
     *
     * @return the driver
     */
    @Override
    public Driver driver() {
        return new EcsDriver(place());
    }

    // ---- for its parts

    private static String definition(String definition) {
        return Given.form(definition, "definition", EcsDriver.DEFINITION, "family and revision such as shop-web:42");
    }

    private String ofContainer() {
        return container == null ? "" : " (container " + container + ")";
    }

    private AwsCheck asking(String sentence, Question question) {
        EcsPlace place = place();
        return AwsCheck.of(aws, Service.ECS, sentence, calls -> {
                    Optional<EcsSight> sight = place.sight(calls);
                    return sight.isEmpty() ? Outcome.failed("there is no " + this) : question.of(calls, sight.get());
                })
                .needing("ecs:DescribeServices", place.arn());
    }

    private AwsCheck running(String sentence, Question question) {
        return asking(sentence, (calls, sight) -> {
                    State state = sight.state();
                    if (!state.status().equals("ACTIVE")) {
                        return Outcome.failed("nothing runs: the service is " + state.status());
                    } else if (state.desired() == 0) {
                        return Outcome.failed("nothing runs: no task is to run");
                    } else if (!sight.isOfEcs()) {
                        throw ApiProblem.undecided("its deployments are made by " + state.controller()
                                + ", so that ECS does not tell what runs");
                    }
                    return question.of(calls, sight);
                })
                .needing("ecs:ListServiceDeployments", place().arn())
                .needing("ecs:DescribeTaskDefinition", "*");
    }

    /**
     * What it is.
     *
     * @return for example {@code ECS service shop/shop-web in eu-north-1}
     */
    @Override
    public String toString() {
        return "ECS service " + cluster + "/" + service + " in " + aws.region();
    }
}
