package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ECSExpressGatewayService;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayContainer;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayScalingTarget;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceAwsLogsConfiguration;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceConfiguration;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RepositoryCredentials;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdatedExpressGatewayService;

/**
 * A service of ECS Express Mode in {@link FakeAws}.
 *
 * <pre>{@code
 * fake.expressService("shop-web").image("shop:1").variable("LOGIN_MOCK", "true").deploysIn(Duration.ofMinutes(8));
 * }</pre>
 *
 * <ul>
 *   <li>It runs from the beginning, in the cluster {@code default}, and is a service of ECS too.
 *   <li>An update registers a task definition and deploys it. What it does not name of container, size, roles, network,
 *       health check and scaling stays as it is; a container that it names is replaced whole.
 *   <li>While a deployment goes on, both configurations are active. One that fails is taken back by the service's alarms,
 *       and ends {@code ROLLBACK_SUCCESSFUL}.
 * </ul>
 *
 * <p>Options change this object and return it; they take effect at once, without a deployment. Thread-safe.
 */
public final class FakeExpressService {

    private static final String CLUSTER = "default";

    /**
     * A deployment that was successful.
     *
     * @param deployment its ARN
     * @param image the image that was put live
     * @param at when it ended
     */
    public record Change(String deployment, String image, Instant at) {

        /**
         * Refuses missing parts.
         *
         * @param deployment its ARN
         * @param image the image that was put live
         * @param at when it ended
         */
        public Change {
            Objects.requireNonNull(deployment, "deployment must not be null");
            Objects.requireNonNull(image, "image must not be null");
            Objects.requireNonNull(at, "at must not be null");
        }
    }

    private final FakeAws aws;
    private final EcsService service;
    private final EcsRun run;
    private final Map<String, ExpressGatewayServiceConfiguration> configurations = new TreeMap<>();

    FakeExpressService(FakeAws aws, EcsService service, String name, Instant now) {
        this.aws = aws;
        this.service = service;
        ExpressGatewayServiceConfiguration first = ExpressGatewayServiceConfiguration.builder()
                .executionRoleArn("arn:aws:iam::" + aws.account() + ":role/ecsTaskExecutionRole")
                .cpu("1024")
                .memory("2048")
                .healthCheckPath("/ping")
                .networkConfiguration(network -> network.subnets("subnet-1", "subnet-2"))
                .scalingTarget(ExpressGatewayScalingTarget.builder()
                        .minTaskCount(1)
                        .maxTaskCount(20)
                        .autoScalingMetric("AVERAGE_CPU")
                        .autoScalingTargetValue(60)
                        .build())
                .primaryContainer(ExpressGatewayContainer.builder()
                        .image("public.ecr.aws/docker/library/" + name + ":latest")
                        .containerPort(80)
                        .awsLogsConfiguration(ExpressGatewayServiceAwsLogsConfiguration.builder()
                                .logGroup("/aws/ecs/default/" + name)
                                .logStreamPrefix("ecs")
                                .build())
                        .build())
                .createdAt(now)
                .build();
        String definition = service.register(task(name, first));
        configurations.put(definition, first);
        this.run = service.run(new EcsRun(aws, service, CLUSTER, name, now, definition));
        run.breaker = true;
        run.breakerRollsBack = true;
        run.desired = 1;
        run.takes = Duration.ofMinutes(8);
    }

    /** Express Mode keeps what it is configured with in a task definition too. */
    private static TaskDefinition task(String name, ExpressGatewayServiceConfiguration configuration) {
        ExpressGatewayContainer container = configuration.primaryContainer();
        ExpressGatewayServiceAwsLogsConfiguration logs = container.awsLogsConfiguration();
        return TaskDefinition.builder()
                .family(CLUSTER + "-" + name)
                .cpu(configuration.cpu())
                .memory(configuration.memory())
                .taskRoleArn(configuration.taskRoleArn())
                .executionRoleArn(configuration.executionRoleArn())
                .networkMode("awsvpc")
                .requiresCompatibilitiesWithStrings("FARGATE")
                .containerDefinitions(ContainerDefinition.builder()
                        .name("Main")
                        .essential(true)
                        .image(container.image())
                        .portMappings(PortMapping.builder()
                                .containerPort(container.containerPort())
                                .hostPort(container.containerPort())
                                .protocol("tcp")
                                .build())
                        .command(container.command())
                        .environment(container.environment())
                        .secrets(container.secrets())
                        .repositoryCredentials(
                                container.repositoryCredentials() == null
                                        ? null
                                        : RepositoryCredentials.builder()
                                                .credentialsParameter(container
                                                        .repositoryCredentials()
                                                        .credentialsParameter())
                                                .build())
                        .logConfiguration(
                                logs == null
                                        ? null
                                        : LogConfiguration.builder()
                                                .logDriver("awslogs")
                                                .options(Map.of(
                                                        "awslogs-group",
                                                        logs.logGroup(),
                                                        "awslogs-stream-prefix",
                                                        logs.logStreamPrefix()))
                                                .build())
                        .build())
                .build();
    }

    // ---- what it is like

    /**
     * The image that it runs.
     *
     * @param identifier its name with its tag or digest
     * @return this
     */
    public FakeExpressService image(String identifier) {
        Objects.requireNonNull(identifier, "identifier must not be null");
        return container(container -> container.toBuilder().image(identifier).build());
    }

    /**
     * A variable, which replaces an earlier one.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public FakeExpressService variable(String variable, String value) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(value, "value must not be null");
        return container(container -> {
            List<KeyValuePair> all = new ArrayList<>(container.environment());
            all.removeIf(pair -> pair.name().equals(variable));
            all.add(KeyValuePair.builder().name(variable).value(value).build());
            return container.toBuilder().environment(all).build();
        });
    }

    /**
     * A variable of which the value is a secret of another service.
     *
     * @param variable its name
     * @param arn where its value is
     * @return this
     */
    public FakeExpressService secret(String variable, String arn) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(arn, "arn must not be null");
        return container(container -> {
            List<Secret> all = new ArrayList<>(container.secrets());
            all.add(Secret.builder().name(variable).valueFrom(arn).build());
            return container.toBuilder().secrets(all).build();
        });
    }

    /**
     * Its status.
     *
     * @param inItsWords for example {@code DRAINING} or {@code INACTIVE}
     * @return this
     */
    public FakeExpressService status(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> run.status = inItsWords);
    }

    /**
     * How many tasks it has; one of one unless said otherwise.
     *
     * @param desired how many there should be
     * @param running how many run
     * @return this
     */
    public FakeExpressService tasks(int desired, int running) {
        return change(() -> {
            run.desired = desired;
            run.running = running;
        });
    }

    /**
     * How long a deployment takes; 8 minutes unless said otherwise.
     *
     * @param length from the request until its end; not negative
     * @return this
     */
    public FakeExpressService deploysIn(Duration length) {
        if (Objects.requireNonNull(length, "length must not be null").isNegative()) {
            throw new IllegalArgumentException("length must not be negative but was " + length);
        }
        return change(() -> run.takes = length);
    }

    // ---- what goes wrong, and what others do

    /**
     * Lets every deployment that begins from now on fail, and be taken back by its alarms.
     *
     * @return this
     */
    public FakeExpressService failingDeployments() {
        return change(() -> run.failing = true);
    }

    /**
     * Lets every deployment that begins from now on fail, and end as said.
     *
     * @param inItsWords {@code STOPPED} if nobody takes it back, {@code ROLLBACK_SUCCESSFUL} or {@code ROLLBACK_FAILED}
     * @return this
     */
    public FakeExpressService failingDeployments(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> {
            run.failing = true;
            run.failure = inItsWords;
        });
    }

    /**
     * Lets deployments that begin from now on succeed again.
     *
     * @return this
     */
    public FakeExpressService mend() {
        return change(() -> {
            run.failing = false;
            run.failure = null;
        });
    }

    /**
     * Somebody else puts an image live, now and at once.
     *
     * @param identifier its name with its tag or digest
     * @return this
     */
    public FakeExpressService deployedBySomebody(String identifier) {
        Objects.requireNonNull(identifier, "identifier must not be null");
        Instant now = aws.time().now();
        return change(() -> run.start(with(identifier, now), now, Duration.ZERO));
    }

    /**
     * Somebody else begins a deployment that does not end.
     *
     * @param identifier the name of its image
     * @return this
     */
    public FakeExpressService deployingBySomebody(String identifier) {
        Objects.requireNonNull(identifier, "identifier must not be null");
        Instant now = aws.time().now();
        return change(() -> run.startForEver(with(identifier, now), now));
    }

    // ---- what has become of it

    /**
     * The image that runs, or ran last.
     *
     * @return its name
     */
    public String imageNow() {
        Instant now = aws.time().now();
        return aws.within(() -> live(now).primaryContainer().image());
    }

    /**
     * The variables of what runs, or ran last.
     *
     * @return their values by their names
     */
    public Map<String, String> variablesNow() {
        Instant now = aws.time().now();
        return aws.within(() -> {
            Map<String, String> variables = new TreeMap<>();
            live(now).primaryContainer().environment().forEach(pair -> variables.put(pair.name(), pair.value()));
            return variables;
        });
    }

    /**
     * What was put live, by whomever.
     *
     * @return the successful deployments in their order
     */
    public List<Change> changes() {
        Instant now = aws.time().now();
        return aws.within(() -> run.changes(now).stream()
                .map(one -> new Change(
                        one.arn,
                        configuration(one.definition).primaryContainer().image(),
                        one.endsAt))
                .toList());
    }

    @Override
    public String toString() {
        return run.name + " of " + aws.account();
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = drifts.of("ecs", run.name, "service " + run.name + " of ECS Express Mode");
        run.drifts(own, gone);
        ExpressGatewayContainer container = live(drifts.now()).primaryContainer();
        String other = Drifts.otherImage(container.image());
        own.add("image", "runs an image that somebody else has put live", () -> deployedBySomebody(other), "image")
                .add("busy", "is being deployed by somebody, without end", () -> deployingBySomebody(other));
        for (KeyValuePair pair : container.environment()) {
            String variable = pair.name();
            String value = pair.value();
            own.add(variable + " unset", "has no variable " + variable, () -> withoutVariable(variable), variable)
                    .add(
                            variable + " otherwise",
                            "has another value of " + variable,
                            () -> variable(variable, Drifts.otherThan(value)),
                            variable);
        }
        for (Secret secret : container.secrets()) {
            own.add(
                    secret.name() + " unset",
                    "has no variable " + secret.name(),
                    () -> withoutVariable(secret.name()),
                    secret.name());
        }
        own.addTo(
                List.of("ecs:UpdateExpressGatewayService"),
                "failing",
                "fails to deploy and takes it back",
                this::failingDeployments);
    }

    private void withoutVariable(String variable) {
        container(container -> container.toBuilder()
                .environment(container.environment().stream()
                        .filter(pair -> !pair.name().equals(variable))
                        .toList())
                .secrets(container.secrets().stream()
                        .filter(secret -> !secret.name().equals(variable))
                        .toList())
                .build());
    }

    String arn() {
        return run.arn();
    }

    ECSExpressGatewayService describe(Instant now) {
        List<ExpressGatewayServiceConfiguration> active = new ArrayList<>();
        active.add(shown(run.wanted(now)));
        if (run.newest(now).isOpen(now)) {
            active.add(shown(run.wanted(now) == run.newest(now) ? run.live(now) : run.newest(now)));
        } else if (run.wanted(now) != run.live(now)) {
            active.add(shown(run.live(now)));
        }
        return ECSExpressGatewayService.builder()
                .cluster(CLUSTER)
                .serviceName(run.name)
                .serviceArn(arn())
                .status(status -> status.statusCode(run.status))
                .currentDeployment(run.newest(now).arn)
                .activeConfigurations(active)
                .build();
    }

    UpdatedExpressGatewayService update(UpdateExpressGatewayServiceRequest request, Instant now) {
        if (!run.status.equals("ACTIVE")) {
            throw new AwsError(400, "ServiceNotActiveException", "Service was not ACTIVE.");
        }
        ExpressGatewayServiceConfiguration.Builder next =
                configuration(run.wanted(now).definition).toBuilder().createdAt(now);
        if (request.primaryContainer() != null) {
            next.primaryContainer(request.primaryContainer());
        }
        if (request.cpu() != null) {
            next.cpu(request.cpu());
        }
        if (request.memory() != null) {
            next.memory(request.memory());
        }
        if (request.taskRoleArn() != null) {
            next.taskRoleArn(request.taskRoleArn());
        }
        if (request.executionRoleArn() != null) {
            next.executionRoleArn(request.executionRoleArn());
        }
        if (request.networkConfiguration() != null) {
            next.networkConfiguration(request.networkConfiguration());
        }
        if (request.healthCheckPath() != null) {
            next.healthCheckPath(request.healthCheckPath());
        }
        if (request.scalingTarget() != null) {
            next.scalingTarget(request.scalingTarget());
        }
        EcsRun.Rollout rollout = run.start(registered(next.build()), now, null);
        return UpdatedExpressGatewayService.builder()
                .cluster(CLUSTER)
                .serviceName(run.name)
                .serviceArn(arn())
                .status(status -> status.statusCode(run.status))
                .targetConfiguration(shown(rollout))
                .build();
    }

    private ExpressGatewayServiceConfiguration shown(EcsRun.Rollout rollout) {
        return configuration(rollout.definition).toBuilder()
                .serviceRevisionArn(rollout.revision)
                .build();
    }

    private ExpressGatewayServiceConfiguration configuration(String definition) {
        return Objects.requireNonNull(configurations.get(definition), definition);
    }

    private ExpressGatewayServiceConfiguration live(Instant now) {
        return configuration(run.live(now).definition);
    }

    private String registered(ExpressGatewayServiceConfiguration configuration) {
        String definition = service.register(task(run.name, configuration));
        configurations.put(definition, configuration);
        return definition;
    }

    private String with(String identifier, Instant now) {
        ExpressGatewayServiceConfiguration current = live(now);
        return registered(current.toBuilder()
                .primaryContainer(
                        current.primaryContainer().toBuilder().image(identifier).build())
                .build());
    }

    private FakeExpressService change(Runnable change) {
        aws.within(() -> {
            change.run();
            return this;
        });
        return this;
    }

    /** Changes what runs in its place, which only a test can. */
    private FakeExpressService container(UnaryOperator<ExpressGatewayContainer> change) {
        Instant now = aws.time().now();
        return change(() -> {
            String definition = run.live(now).definition;
            ExpressGatewayServiceConfiguration current = configuration(definition);
            ExpressGatewayServiceConfiguration changed = current.toBuilder()
                    .primaryContainer(change.apply(current.primaryContainer()))
                    .build();
            configurations.put(definition, changed);
            service.change(
                    definition,
                    one -> one.toBuilder()
                            .containerDefinitions(task(run.name, changed).containerDefinitions())
                            .build());
            run.resolve(run.live(now));
        });
    }
}
