package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Secret;

/**
 * A service of ECS in {@link FakeAws}.
 *
 * <pre>{@code
 * fake.ecs("shop", "shop-web").image("shop:1").variable("LOGIN_MOCK", "true").revision("shop:2").circuitBreaker();
 * }</pre>
 *
 * <ul>
 *   <li>It runs from the beginning, with two tasks of the first revision of a task definition that is called as the
 *       service is, with one container that is called so too.
 *   <li>A deployment goes from {@code PENDING} over {@code IN_PROGRESS} to its end. A later one stops it.
 *   <li>A deployment that fails is ended by the circuit breaker alone, which is off as in ECS: without it, it never ends.
 *       With it, it ends {@code ROLLBACK_SUCCESSFUL}, and the service runs what it ran before.
 *   <li>An image of a private repository of ECR must be there when its deployment begins. ECS resolves its tag then.
 *   <li>An update to the revision that is configured already begins nothing.
 * </ul>
 *
 * <p>Options change this object and return it; those of image, variables and containers change the newest revision in its
 * place. Thread-safe.
 */
public final class FakeEcs {

    /**
     * A deployment that was successful.
     *
     * @param deployment its ARN
     * @param taskDefinition family and revision
     * @param at when it ended
     */
    public record Change(String deployment, String taskDefinition, Instant at) {

        /**
         * Refuses missing parts.
         *
         * @param deployment its ARN
         * @param taskDefinition family and revision
         * @param at when it ended
         */
        public Change {
            Objects.requireNonNull(deployment, "deployment must not be null");
            Objects.requireNonNull(taskDefinition, "taskDefinition must not be null");
            Objects.requireNonNull(at, "at must not be null");
        }
    }

    private final FakeAws aws;
    private final EcsService service;
    private final EcsRun run;
    private String newest;

    FakeEcs(FakeAws aws, EcsService service, EcsRun run) {
        this.aws = aws;
        this.service = service;
        this.run = run;
        this.newest = run.name + ":1";
    }

    // ---- what it is like

    /**
     * The image of its first container.
     *
     * @param identifier its name with its tag or digest
     * @return this
     */
    public FakeEcs image(String identifier) {
        Objects.requireNonNull(identifier, "identifier must not be null");
        return first(container -> container.toBuilder().image(identifier).build());
    }

    /**
     * A variable of its first container.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public FakeEcs variable(String variable, String value) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(value, "value must not be null");
        return first(container -> {
            List<KeyValuePair> all = new ArrayList<>(container.environment());
            all.removeIf(pair -> pair.name().equals(variable));
            all.add(KeyValuePair.builder().name(variable).value(value).build());
            return container.toBuilder().environment(all).build();
        });
    }

    /**
     * A variable of its first container of which the value is kept elsewhere.
     *
     * @param variable its name
     * @param arn where its value is
     * @return this
     */
    public FakeEcs secret(String variable, String arn) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(arn, "arn must not be null");
        return first(container -> {
            List<Secret> all = new ArrayList<>(container.secrets());
            all.add(Secret.builder().name(variable).valueFrom(arn).build());
            return container.toBuilder().secrets(all).build();
        });
    }

    /**
     * A file from which its first container reads further variables.
     *
     * @param arn where it is
     * @return this
     */
    public FakeEcs environmentFile(String arn) {
        Objects.requireNonNull(arn, "arn must not be null");
        return first(container -> container.toBuilder()
                .environmentFiles(
                        EnvironmentFile.builder().type("s3").value(arn).build())
                .build());
    }

    /**
     * A further container of its tasks.
     *
     * @param container its name
     * @param identifier its image
     * @return this
     */
    public FakeEcs container(String container, String identifier) {
        Objects.requireNonNull(container, "container must not be null");
        Objects.requireNonNull(identifier, "identifier must not be null");
        return containers(all -> {
            List<ContainerDefinition> more = new ArrayList<>(all);
            more.add(ContainerDefinition.builder()
                    .name(container)
                    .image(identifier)
                    .essential(false)
                    .build());
            return more;
        });
    }

    /**
     * A tag of the newest revision of its task definition.
     *
     * @param key its key
     * @param value its value
     * @return this
     */
    public FakeEcs tag(String key, String value) {
        Objects.requireNonNull(key, "key must not be null");
        Objects.requireNonNull(value, "value must not be null");
        return change(() -> service.tag(newest, key, value));
    }

    /**
     * Registers a further revision of its task definition, as the newest one with another image. It is not deployed by
     * that.
     *
     * @param identifier the image of its first container
     * @return this
     */
    public FakeEcs revision(String identifier) {
        Objects.requireNonNull(identifier, "identifier must not be null");
        change(() -> newest = service.register(service.definition(newest).orElseThrow()));
        return image(identifier);
    }

    /**
     * Deregisters a revision of its task definition, which is {@code INACTIVE} from then on.
     *
     * @param revision its number
     * @return this
     */
    public FakeEcs deregister(int revision) {
        return change(() -> service.change(
                run.name + ":" + revision,
                definition -> definition.toBuilder().status("INACTIVE").build()));
    }

    /**
     * How many tasks it has; two of two unless said otherwise.
     *
     * @param desired how many there should be
     * @param running how many run
     * @return this
     */
    public FakeEcs tasks(int desired, int running) {
        return change(() -> {
            run.desired = desired;
            run.running = running;
        });
    }

    /**
     * Turns the circuit breaker on, with rollback.
     *
     * @return this
     */
    public FakeEcs circuitBreaker() {
        return circuitBreaker(true);
    }

    /**
     * Turns the circuit breaker on.
     *
     * @param rollsBack whether it goes back, or only stops
     * @return this
     */
    public FakeEcs circuitBreaker(boolean rollsBack) {
        return change(() -> {
            run.breaker = true;
            run.breakerRollsBack = rollsBack;
        });
    }

    /**
     * What makes its deployments; ECS unless said otherwise.
     *
     * @param inItsWords for example {@code CODE_DEPLOY} or {@code EXTERNAL}
     * @return this
     */
    public FakeEcs controller(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> run.controller = inItsWords);
    }

    /**
     * Its status.
     *
     * @param inItsWords for example {@code DRAINING} or {@code INACTIVE}
     * @return this
     */
    public FakeEcs status(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> run.status = inItsWords);
    }

    /**
     * How long a deployment takes; 3 minutes unless said otherwise.
     *
     * @param length from the request until its end; not negative
     * @return this
     */
    public FakeEcs deploysIn(Duration length) {
        if (Objects.requireNonNull(length, "length must not be null").isNegative()) {
            throw new IllegalArgumentException("length must not be negative but was " + length);
        }
        return change(() -> run.takes = length);
    }

    // ---- what goes wrong, and what others do

    /**
     * Lets every deployment that begins from now on fail, as the circuit breaker wants it.
     *
     * @return this
     */
    public FakeEcs failingDeployments() {
        return change(() -> run.failing = true);
    }

    /**
     * Lets every deployment that begins from now on fail.
     *
     * @param inItsWords how it ends: {@code STOPPED}, {@code ROLLBACK_SUCCESSFUL} or {@code ROLLBACK_FAILED}
     * @return this
     */
    public FakeEcs failingDeployments(String inItsWords) {
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
    public FakeEcs mend() {
        return change(() -> {
            run.failing = false;
            run.failure = null;
        });
    }

    /**
     * Somebody else puts a revision live, now and at once.
     *
     * @param revision its number
     * @return this
     */
    public FakeEcs deployedBySomebody(int revision) {
        Instant now = aws.time().now();
        return change(() -> run.start(run.name + ":" + revision, now, Duration.ZERO));
    }

    /**
     * Somebody else begins a deployment that does not end.
     *
     * @param revision its number
     * @return this
     */
    public FakeEcs deployingBySomebody(int revision) {
        Instant now = aws.time().now();
        return change(() -> run.startForEver(run.name + ":" + revision, now));
    }

    // ---- what has become of it

    /**
     * The task definition that runs, or ran last.
     *
     * @return family and revision
     */
    public String taskDefinitionNow() {
        Instant now = aws.time().now();
        return aws.within(() -> run.live(now).definition);
    }

    /**
     * The image of the first container of what runs.
     *
     * @return its name
     */
    public String imageNow() {
        Instant now = aws.time().now();
        return aws.within(() -> service.definition(run.live(now).definition)
                .orElseThrow()
                .containerDefinitions()
                .get(0)
                .image());
    }

    /**
     * What was put live, by whomever.
     *
     * @return the successful deployments in their order
     */
    public List<Change> changes() {
        Instant now = aws.time().now();
        return aws.within(() -> run.changes(now).stream()
                .map(one -> new Change(one.arn, one.definition, one.endsAt))
                .toList());
    }

    @Override
    public String toString() {
        return run.cluster + "/" + run.name + " of " + aws.account();
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        String which = run.cluster + "/" + run.name;
        Drifts.Of own = drifts.of("ecs", which, "service " + which + " of ECS", run.name);
        run.drifts(own, gone);
        run.driftsOfBreaker(own);
        ContainerDefinition container = service.definition(run.live(drifts.now()).definition)
                .orElseThrow()
                .containerDefinitions()
                .get(0);
        String other = Drifts.otherImage(container.image());
        own.add("image", "runs an image that somebody else has put live", () -> somebodyElse(other, false), "image")
                .add("busy", "is being deployed by somebody, without end", () -> somebodyElse(other, true));
        for (KeyValuePair pair : container.environment()) {
            String variable = pair.name();
            String value = pair.value();
            own.add(variable + " unset", "has no variable " + variable, () -> withoutVariable(variable), variable)
                    .add(
                            variable + " otherwise",
                            "has another value of " + variable,
                            () -> live(one -> with(one, variable, Drifts.otherThan(value))),
                            variable);
        }
        for (Secret secret : container.secrets()) {
            own.add(
                    secret.name() + " unset",
                    "has no variable " + secret.name(),
                    () -> withoutVariable(secret.name()),
                    secret.name());
        }
        own.addTo(List.of("ecs:UpdateService"), "failing", "fails to deploy", this::failingDeployments);
    }

    private void somebodyElse(String identifier, boolean forEver) {
        Instant now = aws.time().now();
        change(() -> {
            String other = service.register(
                    service.definition(run.live(now).definition).orElseThrow());
            service.change(
                    other,
                    definition -> definition.toBuilder()
                            .containerDefinitions(firstOf(
                                    definition.containerDefinitions(),
                                    container -> container.toBuilder()
                                            .image(identifier)
                                            .build()))
                            .build());
            if (forEver) {
                run.startForEver(other, now);
            } else {
                run.start(other, now, Duration.ZERO);
            }
        });
    }

    /** Changes what is live in its place. */
    private void live(UnaryOperator<ContainerDefinition> change) {
        Instant now = aws.time().now();
        change(() -> {
            service.change(
                    run.live(now).definition,
                    definition -> definition.toBuilder()
                            .containerDefinitions(firstOf(definition.containerDefinitions(), change))
                            .build());
            run.resolve(run.live(now));
        });
    }

    private void withoutVariable(String variable) {
        live(container -> container.toBuilder()
                .environment(container.environment().stream()
                        .filter(pair -> !pair.name().equals(variable))
                        .toList())
                .secrets(container.secrets().stream()
                        .filter(secret -> !secret.name().equals(variable))
                        .toList())
                .build());
    }

    private static ContainerDefinition with(ContainerDefinition container, String variable, String value) {
        List<KeyValuePair> all = new ArrayList<>(container.environment());
        all.replaceAll(pair ->
                pair.name().equals(variable) ? pair.toBuilder().value(value).build() : pair);
        return container.toBuilder().environment(all).build();
    }

    private static List<ContainerDefinition> firstOf(
            List<ContainerDefinition> all, UnaryOperator<ContainerDefinition> change) {
        List<ContainerDefinition> changed = new ArrayList<>(all);
        changed.set(0, change.apply(all.get(0)));
        return changed;
    }

    private FakeEcs change(Runnable change) {
        aws.within(() -> {
            change.run();
            return this;
        });
        return this;
    }

    private FakeEcs containers(UnaryOperator<List<ContainerDefinition>> change) {
        Instant now = aws.time().now();
        return change(() -> {
            service.change(
                    newest,
                    definition -> definition.toBuilder()
                            .containerDefinitions(change.apply(definition.containerDefinitions()))
                            .build());
            if (run.live(now).definition.equals(newest)) {
                run.resolve(run.live(now));
            }
        });
    }

    private FakeEcs first(UnaryOperator<ContainerDefinition> change) {
        return containers(all -> firstOf(all, change));
    }
}
