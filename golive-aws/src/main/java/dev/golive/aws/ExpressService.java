package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.ecs.EcsSight;
import dev.golive.aws.internal.ecs.ExpressConfiguration;
import dev.golive.aws.internal.ecs.ExpressPort;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service of ECS Express Mode, the successor of App Runner: what is known about it, what can be done with it, and how a
 * launch takes it back.
 *
 * <pre>{@code
 * ExpressService web = aws.expressService("shop-web");
 *
 * web.isActive();
 * web.variable("LOGIN_MOCK").isUnset();
 * web.deploy("shop:1.0").set("SHOP_URL", "https://shop.example").unset("LOGIN_MOCK");
 * }</pre>
 *
 * <ul>
 *   <li>It is a service of ECS too: what is not found here, {@code aws.ecs("default", "shop-web")} has.
 *   <li>Checks of image and variables ask what runs, and are unknown while a deployment goes on.
 *   <li>Image and variables change in one request, which names everything that is configured. It has succeeded when ECS
 *       says so of its deployment; one that the alarms of Express Mode took back has not, although the service is active.
 *   <li>Deployments and rollbacks have a deadline of 40 minutes unless said otherwise.
 *   <li>Its releases are an image, by its digest, with variables, secrets, command, port, log, size and roles. A rollback
 *       brings back all of that; health check, network and scaling stay as they are.
 *   <li>What ran before is what ECS remembers of successful deployments, for 90 days.
 * </ul>
 *
 * <p>Images of private repositories are asked for in ECR, for which {@code software.amazon.awssdk:ecr} must be on the
 * class path too. Immutable and thread-safe.
 */
public final class ExpressService implements Component {

    /** The cluster that services of Express Mode are in unless said otherwise. */
    private static final String DEFAULT_CLUSTER = "default";

    /** What is asked of a service that is there. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, ExpressPort.State state) throws Exception;
    }

    private final Aws aws;
    private final String name;
    private final String cluster;

    ExpressService(Aws aws, String name) {
        this(aws, name, DEFAULT_CLUSTER);
    }

    private ExpressService(Aws aws, String name, String cluster) {
        this.aws = aws;
        this.name = name;
        this.cluster = cluster;
    }

    /**
     * The same name in another cluster than {@code default}.
     *
     * @param other the name of the cluster
     * @return the new service
     */
    public ExpressService inCluster(String other) {
        return new ExpressService(aws, name, Given.text(other, "other"));
    }

    /**
     * Its name.
     *
     * @return the name
     */
    @Override
    public String name() {
        return name;
    }

    // ---- checks

    /**
     * Whether it is active, nothing goes on with it, and as many tasks run as should, at least one.
     *
     * @return the check
     */
    public Check isActive() {
        EcsPlace place = place();
        return asking(this + " is active", (calls, state) -> {
                    Fact status = Fact.of("status", "ACTIVE", state.status());
                    if (!state.status().equals("ACTIVE")) {
                        return Outcome.failed("it is " + state.status(), status);
                    }
                    EcsSight sight = sight(calls, place);
                    int desired = sight.state().desired();
                    int running = sight.state().running();
                    String problem = null;
                    if (sight.isBusy()) {
                        problem = sight.what();
                    } else if (!sight.isSettled()) {
                        problem = "the deployment of " + sight.rollouts();
                    } else if (desired == 0) {
                        problem = "no task is to run";
                    } else if (running != desired || sight.state().pending() != 0) {
                        problem = running + " of " + desired + " tasks run";
                    }
                    return (problem == null ? Outcome.passed() : Outcome.failed(problem))
                            .with(List.of(
                                    status, Fact.of("desired tasks", desired), Fact.of("running tasks", running)));
                })
                .needing("ecs:DescribeServices", place.arn())
                .needing("ecs:ListServiceDeployments", place.arn());
    }

    /**
     * Which image it runs.
     *
     * @param expected what the image's name with its tag or digest should be
     * @return the check
     */
    public Check image(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return running(
                        "the image of " + this + " is " + expected.sentence(),
                        (calls, state) ->
                                Judge.value("image", expected, active(state).image(), calls.context()))
                .reading(expected);
    }

    /**
     * Which image it runs.
     *
     * @param identifier the image's name with its tag or digest
     * @return the check
     */
    public Check image(String identifier) {
        return image(Expect.is(Given.text(identifier, "identifier")));
    }

    /**
     * One of its environment variables.
     *
     * @param variable the name of the variable
     * @return the variable
     */
    public AwsVariable variable(String variable) {
        return new AwsVariable(
                Given.text(variable, "variable"),
                this,
                (sentence, question) -> running(sentence, (calls, state) -> {
                    ExpressConfiguration active = active(state);
                    return question.of(calls, new KnownVariables(active.variables(), active.secrets(), null));
                }));
    }

    // ---- actions

    /**
     * Puts an image live, together with the variables that are set or unset on the returned value. An image of a private
     * repository of ECR is named by its digest.
     *
     * @param image its name with its tag or digest; without a registry it is one of the registry that is configured
     * @return the deployment
     */
    public ExpressDeploy deploy(String image) {
        return new ExpressDeploy(this, Given.text(image, "image"), VariableChanges.NONE);
    }

    /**
     * Changes variables, which are given on the returned value, and keeps the image.
     *
     * @return the deployment, which does nothing as it is
     */
    public ExpressDeploy reconfigure() {
        return new ExpressDeploy(this, null, VariableChanges.NONE);
    }

    /**
     * Starts all tasks anew with what is configured, as after the change of a secret. It goes back to nothing.
     *
     * @return the deployment; it is not repeated when it is not known whether it was begun
     */
    public Deploy redeploy() {
        return new EcsDeploy.Again(place());
    }

    /**
     * What a launch talks to.
     *
     * @return the driver
     */
    @Override
    public Driver driver() {
        return new ExpressDriver(this);
    }

    // ---- for its parts

    EcsPlace place() {
        return new EcsPlace(
                aws,
                this,
                cluster,
                null,
                (definition, main, digest) -> ExpressConfiguration.release(name, definition, digest));
    }

    /** What is needed to change it. */
    Set<Permission> changing() {
        Set<Permission> needed = place().registering("ecs:DescribeExpressGatewayService");
        needed.add(aws.permission("ecs:UpdateExpressGatewayService", place().arn()));
        return needed;
    }

    /** What it is configured with, now that nothing goes on. */
    static ExpressConfiguration active(ExpressPort.State state) {
        if (state.active().size() != 1) {
            throw ApiProblem.undecided(
                    state.active().size() + " configurations are active, so that it cannot be told what runs");
        }
        return state.active().get(0);
    }

    /** What it is configured with, now that nothing goes on; that does not run if its deployment has failed. */
    ExpressConfiguration configured(Calls calls, EcsSight sight) throws Exception {
        ExpressPort.State state = ExpressPort.of(calls)
                .service(place().arn())
                .orElseThrow(() -> ApiProblem.undecided("ECS does not describe " + this));
        if (state.active().size() == 1) {
            return state.active().get(0);
        }
        // after a deployment that failed, what ran before may be active beside it
        List<ExpressConfiguration> wanted = state.active().stream()
                .filter(one -> sight.isWanted(one.revision()))
                .toList();
        if (wanted.size() != 1) {
            throw ApiProblem.undecided(
                    state.active().size() + " configurations are active, so that it cannot be told which to change");
        }
        return wanted.get(0);
    }

    private static EcsSight sight(Calls calls, EcsPlace place) throws Exception {
        return place.sight(calls)
                .orElseThrow(() -> ApiProblem.undecided("ECS does not list " + place + " among its services"));
    }

    private AwsCheck asking(String sentence, Question question) {
        String arn = place().arn();
        return AwsCheck.of(aws, Service.ECS, sentence, calls -> {
                    Optional<ExpressPort.State> state = ExpressPort.of(calls).service(arn);
                    return state.isEmpty() ? Outcome.failed("there is no " + this) : question.of(calls, state.get());
                })
                .needing("ecs:DescribeExpressGatewayService", arn);
    }

    private AwsCheck running(String sentence, Question question) {
        EcsPlace place = place();
        return asking(sentence, (calls, state) -> {
                    if (!state.status().equals("ACTIVE")) {
                        return Outcome.failed("nothing runs: the service is " + state.status());
                    }
                    EcsSight sight = sight(calls, place);
                    if (sight.state().desired() == 0) {
                        return Outcome.failed("nothing runs: no task is to run");
                    } else if (!sight.isSettled()) {
                        throw ApiProblem.undecided(
                                (sight.isBusy() ? sight.what() : "the deployment of " + sight.rollouts())
                                        + ", so that it cannot be told what runs");
                    }
                    return question.of(calls, state);
                })
                .needing("ecs:DescribeServices", place.arn())
                .needing("ecs:ListServiceDeployments", place.arn());
    }

    /**
     * What it is.
     *
     * @return for example {@code ECS Express service shop-web in eu-north-1}
     */
    @Override
    public String toString() {
        return "ECS Express service " + (cluster.equals(DEFAULT_CLUSTER) ? "" : cluster + "/") + name + " in "
                + aws.region();
    }
}
