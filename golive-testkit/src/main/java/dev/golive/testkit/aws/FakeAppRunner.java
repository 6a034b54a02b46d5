package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.CertificateValidationRecord;
import software.amazon.awssdk.services.apprunner.model.CustomDomain;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;

/**
 * A service of App Runner in {@link FakeAws}.
 *
 * <pre>{@code
 * fake.ecr("shop").image("1.0", "sha256:...");
 * fake.appRunner("shop-web").image(fake.ecr("shop").uri("1.0")).variable("LOGIN_MOCK", "true").deploysIn(Duration.ofMinutes(4));
 * }</pre>
 *
 * <ul>
 *   <li>It runs from the beginning, without variables, with one instance to 25, and a health check of the port alone.
 *   <li>An operation goes from {@code PENDING} over {@code IN_PROGRESS} to its end. What it configures is shown while it
 *       goes on. One that fails is taken back by itself: the operation ends {@code ROLLBACK_SUCCEEDED}, and the service
 *       runs with what it had before.
 *   <li>One operation goes on at a time; a request meanwhile is refused with {@code InvalidStateException}.
 *   <li>An image of a private repository of ECR must be there when its operation ends.
 * </ul>
 *
 * <p>Options change this object and return it; they take effect at once, without an operation. Thread-safe.
 */
public final class FakeAppRunner {

    /**
     * Something else was put live, by an operation or by {@link #deployedBySomebody}.
     *
     * @param operation the id of the operation
     * @param image the image that is configured since then
     * @param at when
     */
    public record Change(String operation, String image, Instant at) {

        /**
         * Refuses missing parts.
         *
         * @param operation the id of the operation
         * @param image the image that is configured since then
         * @param at when
         */
        public Change {
            Objects.requireNonNull(operation, "operation must not be null");
            Objects.requireNonNull(image, "image must not be null");
            Objects.requireNonNull(at, "at must not be null");
        }
    }

    /** What an operation is about, and how it goes. */
    static final class Operation {
        final String id;
        final String type;
        final Instant startedAt;
        final Instant endsAt;
        final @Nullable String failure;
        final UpdateServiceRequest before;
        final UpdateServiceRequest after;

        Operation(
                String id,
                String type,
                Instant startedAt,
                Instant endsAt,
                @Nullable String failure,
                UpdateServiceRequest before,
                UpdateServiceRequest after) {
            this.id = id;
            this.type = type;
            this.startedAt = startedAt;
            this.endsAt = endsAt;
            this.failure = failure;
            this.before = before;
            this.after = after;
        }

        boolean isOpen(Instant now) {
            return now.isBefore(endsAt);
        }

        /** A failing one spends its second half with going back. */
        String status(Instant now) {
            Duration length = Duration.between(startedAt, endsAt);
            if (!isOpen(now)) {
                return failure == null ? "SUCCEEDED" : failure;
            } else if (now.isBefore(startedAt.plusSeconds(1))) {
                return "PENDING";
            }
            return failure != null && !now.isBefore(startedAt.plus(length.dividedBy(2)))
                    ? "ROLLBACK_IN_PROGRESS"
                    : "IN_PROGRESS";
        }

        boolean deploys() {
            return type.equals("UPDATE_SERVICE") || type.equals("START_DEPLOYMENT") || type.equals("CREATE_SERVICE");
        }
    }

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final FakeAws aws;
    private final AppRunnerService service;
    private final String name;
    private final String id;
    private final Instant createdAt;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, CustomDomain> domains = new LinkedHashMap<>();
    private UpdateServiceRequest initial;
    private String status = "RUNNING";
    private Duration deploysIn = Duration.ofMinutes(4);
    private @Nullable String failure;
    private int minSize = 1;
    private int maxSize = 25;
    private int maxConcurrency = 100;

    FakeAppRunner(FakeAws aws, AppRunnerService service, String name, Instant now) {
        this.aws = aws;
        this.service = service;
        this.name = name;
        this.id = String.format("%032x", 0xa0000000L + aws.number());
        this.createdAt = now;
        this.initial = UpdateServiceRequest.builder()
                .sourceConfiguration(SourceConfiguration.builder()
                        .autoDeploymentsEnabled(false)
                        .imageRepository(ImageRepository.builder()
                                .imageIdentifier("public.ecr.aws/docker/library/" + name + ":latest")
                                .imageRepositoryType("ECR_PUBLIC")
                                .imageConfiguration(ImageConfiguration.builder()
                                        .port("8080")
                                        .build())
                                .build())
                        .build())
                .instanceConfiguration(InstanceConfiguration.builder()
                        .cpu("1024")
                        .memory("2048")
                        .build())
                .healthCheckConfiguration(HealthCheckConfiguration.builder()
                        .protocol("TCP")
                        .path("/")
                        .interval(5)
                        .timeout(2)
                        .healthyThreshold(1)
                        .unhealthyThreshold(5)
                        .build())
                .build();
        operations.add(new Operation(service.operationId(), "CREATE_SERVICE", now, now, null, initial, initial));
    }

    // ---- what it is like

    /**
     * The image that it runs.
     *
     * @param identifier its name with its tag or digest
     * @return this
     */
    public FakeAppRunner image(String identifier) {
        Objects.requireNonNull(identifier, "identifier must not be null");
        return configured(configuration -> image(configuration, identifier));
    }

    /**
     * A variable, which replaces an earlier one.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public FakeAppRunner variable(String variable, String value) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(value, "value must not be null");
        return variables(variables -> variables.put(variable, value));
    }

    /**
     * Takes a variable away, also one that is a secret.
     *
     * @param variable its name
     * @return this
     */
    public FakeAppRunner withoutVariable(String variable) {
        Objects.requireNonNull(variable, "variable must not be null");
        return variables(variables -> variables.remove(variable)).imageConfiguration(image -> {
            Map<String, String> secrets = new TreeMap<>(image.runtimeEnvironmentSecrets());
            secrets.remove(variable);
            return image.toBuilder().runtimeEnvironmentSecrets(secrets).build();
        });
    }

    /**
     * A variable of which the value is a secret of another service.
     *
     * @param variable its name
     * @param arn where its value is
     * @return this
     */
    public FakeAppRunner secret(String variable, String arn) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(arn, "arn must not be null");
        return imageConfiguration(image -> {
            Map<String, String> secrets = new TreeMap<>(image.runtimeEnvironmentSecrets());
            secrets.put(variable, arn);
            return image.toBuilder().runtimeEnvironmentSecrets(secrets).build();
        });
    }

    /**
     * How an instance is found to be well.
     *
     * @param path the path that is asked over HTTP
     * @return this
     */
    public FakeAppRunner healthCheck(String path) {
        Objects.requireNonNull(path, "path must not be null");
        return configured(configuration -> configuration.toBuilder()
                .healthCheckConfiguration(configuration.healthCheckConfiguration().toBuilder()
                        .protocol("HTTP")
                        .path(path)
                        .build())
                .build());
    }

    /**
     * Deploys every push of its tag by itself.
     *
     * @return this
     */
    public FakeAppRunner deploysAutomatically() {
        return deploysAutomatically(true);
    }

    private FakeAppRunner deploysAutomatically(boolean automatically) {
        return configured(configuration -> configuration.toBuilder()
                .sourceConfiguration(configuration.sourceConfiguration().toBuilder()
                        .autoDeploymentsEnabled(automatically)
                        .build())
                .build());
    }

    /**
     * How many instances there are.
     *
     * @param least at least
     * @param most at most
     * @return this
     */
    public FakeAppRunner instances(int least, int most) {
        return change(() -> {
            minSize = least;
            maxSize = most;
        });
    }

    /**
     * Its status while nothing goes on.
     *
     * @param inItsWords for example {@code PAUSED} or {@code CREATE_FAILED}
     * @return this
     */
    public FakeAppRunner status(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> status = inItsWords);
    }

    /**
     * Associates a domain, which it serves.
     *
     * @param domain the name
     * @return this
     */
    public FakeAppRunner domain(String domain) {
        return domain(domain, "ACTIVE", "SUCCESS");
    }

    /**
     * Associates a domain.
     *
     * @param domain the name
     * @param domainStatus its status, for example {@code PENDING_CERTIFICATE_DNS_VALIDATION}
     * @param recordStatus the status of the records that its certificate is validated by
     * @return this
     */
    public FakeAppRunner domain(String domain, String domainStatus, String recordStatus) {
        Objects.requireNonNull(domain, "domain must not be null");
        return change(() -> domains.put(
                domain,
                CustomDomain.builder()
                        .domainName(domain)
                        .enableWWWSubdomain(false)
                        .status(domainStatus)
                        .certificateValidationRecords(CertificateValidationRecord.builder()
                                .name("_validation." + domain + ".")
                                .type("CNAME")
                                .value("_target.acm-validations.example.")
                                .status(recordStatus)
                                .build())
                        .build()));
    }

    /**
     * How long an operation takes; 4 minutes unless said otherwise.
     *
     * @param length from the request until its end; not negative
     * @return this
     */
    public FakeAppRunner deploysIn(Duration length) {
        if (Objects.requireNonNull(length, "length must not be null").isNegative()) {
            throw new IllegalArgumentException("length must not be negative but was " + length);
        }
        return change(() -> deploysIn = length);
    }

    // ---- what goes wrong, and what others do

    /**
     * Lets every deployment that begins from now on fail, and be taken back by App Runner.
     *
     * @return this
     */
    public FakeAppRunner failingDeployments() {
        return change(() -> failure = "ROLLBACK_SUCCEEDED");
    }

    /**
     * Lets every deployment that begins from now on fail, and its being taken back too.
     *
     * @param inItsWords how the operation ends: {@code FAILED} or {@code ROLLBACK_FAILED}
     * @return this
     */
    public FakeAppRunner failingDeployments(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> failure = inItsWords);
    }

    /**
     * Lets deployments that begin from now on succeed again.
     *
     * @return this
     */
    public FakeAppRunner mend() {
        return change(() -> failure = null);
    }

    /**
     * Somebody else puts an image live, now and at once.
     *
     * @param identifier its name with its tag or digest
     * @return this
     */
    public FakeAppRunner deployedBySomebody(String identifier) {
        Objects.requireNonNull(identifier, "identifier must not be null");
        Instant now = aws.time().now();
        return change(() -> start("UPDATE_SERVICE", image(configuration(now), identifier), now, Duration.ZERO));
    }

    /**
     * Somebody else begins a deployment that does not end.
     *
     * @param identifier the name of its image
     * @return this
     */
    public FakeAppRunner deployingBySomebody(String identifier) {
        Objects.requireNonNull(identifier, "identifier must not be null");
        Instant now = aws.time().now();
        return change(() -> start("UPDATE_SERVICE", image(configuration(now), identifier), now, FOR_EVER));
    }

    private void changingBySomebody() {
        Instant now = aws.time().now();
        change(() -> start("UPDATE_SERVICE", configuration(now), now, FOR_EVER));
    }

    private void lastFailed() {
        Instant now = aws.time().now();
        change(() -> {
            UpdateServiceRequest same = configuration(now);
            operations.add(
                    new Operation(service.operationId(), "UPDATE_SERVICE", now, now, "ROLLBACK_SUCCEEDED", same, same));
        });
    }

    private void healthCheckOfPort() {
        configured(configuration -> configuration.toBuilder()
                .healthCheckConfiguration(configuration.healthCheckConfiguration().toBuilder()
                        .protocol("TCP")
                        .path("/")
                        .build())
                .build());
    }

    private void small() {
        configured(configuration -> configuration.toBuilder()
                .instanceConfiguration(configuration.instanceConfiguration().toBuilder()
                        .cpu("256")
                        .memory("512")
                        .build())
                .build());
    }

    // ---- what has become of it

    /**
     * Its ARN.
     *
     * @return the ARN
     */
    public String arn() {
        return service.arn("service/" + name + "/" + id);
    }

    /**
     * The image that is configured.
     *
     * @return its name
     */
    public String imageNow() {
        Instant now = aws.time().now();
        return aws.within(() -> imageOf(configuration(now)));
    }

    /**
     * The variables that are configured.
     *
     * @return their values by their names
     */
    public Map<String, String> variablesNow() {
        Instant now = aws.time().now();
        return aws.within(
                () -> Map.copyOf(imageConfiguration(configuration(now)).runtimeEnvironmentVariables()));
    }

    /**
     * What was put live, by whomever.
     *
     * @return the changes in their order, without those that do not last
     */
    public List<Change> changes() {
        Instant now = aws.time().now();
        return aws.within(() -> {
            List<Change> changes = new ArrayList<>();
            for (Operation operation : operations) {
                if (operation.deploys()
                        && !operation.type.equals("CREATE_SERVICE")
                        && operation.status(now).equals("SUCCEEDED")) {
                    changes.add(new Change(operation.id, imageOf(operation.after), operation.endsAt));
                }
            }
            return List.copyOf(changes);
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        UpdateServiceRequest configuration = configuration(drifts.now());
        ImageConfiguration image = imageConfiguration(configuration);
        Drifts.Of own =
                drifts.of("apprunner", name, "App Runner service " + name).addSeenByAll("gone", "does not exist", gone);
        if (statusAt(drifts.now()).equals("RUNNING")) {
            own.addSeenByAll("paused", "is paused", () -> status("PAUSED"))
                    .addSeenByAll("creation failed", "could not be created", () -> status("CREATE_FAILED"))
                    .addSeenByAll("busy", "is being changed by somebody, without end", this::changingBySomebody)
                    .add("failed", "had a deployment that failed and was taken back", this::lastFailed);
        }
        String other = Drifts.otherImage(imageOf(configuration));
        own.add("image", "runs an image that somebody else has put live", () -> deployedBySomebody(other), "image");
        image.runtimeEnvironmentVariables()
                .forEach((variable, value) -> own.add(
                                variable + " unset",
                                "has no variable " + variable,
                                () -> withoutVariable(variable),
                                variable)
                        .add(
                                variable + " otherwise",
                                "has another value of " + variable,
                                () -> variable(variable, Drifts.otherThan(value)),
                                variable));
        image.runtimeEnvironmentSecrets()
                .forEach((variable, arn) -> own.add(
                                variable + " unset",
                                "has no variable " + variable,
                                () -> withoutVariable(variable),
                                variable)
                        .add(
                                variable + " otherwise",
                                "takes " + variable + " from another secret",
                                () -> secret(variable, Drifts.otherThan(arn)),
                                variable));
        if (configuration.sourceConfiguration().autoDeploymentsEnabled()) {
            own.add("manual", "does not deploy by itself any more", () -> deploysAutomatically(false), "deploy");
        } else {
            own.add("automatic", "deploys every push by itself", () -> deploysAutomatically(true), "deploy");
        }
        if ("HTTP".equals(configuration.healthCheckConfiguration().protocolAsString())) {
            own.add("health path", "asks another path for its health", () -> healthCheck("/otherwise"), "health check")
                    .add("health port", "asks its port alone for its health", this::healthCheckOfPort, "health check");
        }
        if (minSize > 1) {
            own.add("one instance", "may have a single instance", () -> instances(1, maxSize), "instance");
        }
        if (maxSize > minSize) {
            own.add("not growing", "cannot grow", () -> instances(minSize, minSize), "instance");
        }
        own.add("concurrency", "takes one request at a time", () -> change(() -> maxConcurrency = 1), "concurren");
        if (!"256".equals(configuration.instanceConfiguration().cpu())) {
            own.add("small", "has a quarter of a processor", this::small, "instance");
        }
        domains.forEach((domain, association) -> {
            own.add(domain + " gone", "has no domain " + domain, () -> change(() -> domains.remove(domain)), domain);
            if (association.statusAsString().equals("ACTIVE")) {
                own.add(
                                domain + " pending",
                                "waits for the validation of " + domain,
                                () -> domain(domain, "PENDING_CERTIFICATE_DNS_VALIDATION", "PENDING_VALIDATION"),
                                domain)
                        .add(
                                domain + " not renewable",
                                "has a domain " + domain + " whose certificate cannot be validated again",
                                () -> domain(domain, "ACTIVE", "FAILED"),
                                domain);
            }
        });
        List<String> deploying = List.of("apprunner:UpdateService", "apprunner:StartDeployment");
        if (failure == null) {
            own.addTo(deploying, "failing", "fails to deploy and takes it back", this::failingDeployments)
                    .addTo(
                            deploying,
                            "failing for good",
                            "fails to deploy and to take it back",
                            () -> failingDeployments("ROLLBACK_FAILED"))
                    .addTo(deploying, "slow", "takes three hours to deploy", () -> deploysIn(Duration.ofHours(3)));
        }
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    UpdateServiceRequest configuration(Instant now) {
        UpdateServiceRequest configuration = initial;
        for (Operation operation : operations) {
            if (!operation.startedAt.isAfter(now)) {
                boolean takenBack = operation.failure != null
                        && !operation.failure.equals("ROLLBACK_FAILED")
                        && !operation.isOpen(now);
                configuration = takenBack ? operation.before : operation.after;
            }
        }
        return configuration;
    }

    Optional<Operation> open(Instant now) {
        return operations.stream()
                .filter(operation -> !operation.startedAt.isAfter(now) && operation.isOpen(now))
                .findFirst();
    }

    String statusAt(Instant now) {
        if (open(now).isPresent()) {
            return "OPERATION_IN_PROGRESS";
        }
        String current = status;
        for (Operation operation : operations) {
            if (!operation.startedAt.isAfter(now) && operation.type.equals("PAUSE_SERVICE")) {
                current = "PAUSED";
            } else if (!operation.startedAt.isAfter(now) && operation.type.equals("RESUME_SERVICE")) {
                current = "RUNNING";
            }
        }
        return current;
    }

    Service describe(Instant now) {
        UpdateServiceRequest configuration = configuration(now);
        return Service.builder()
                .serviceName(name)
                .serviceId(id)
                .serviceArn(arn())
                .serviceUrl(id.substring(24) + "." + aws.region() + ".awsapprunner.com")
                .createdAt(createdAt)
                .updatedAt(operations.stream()
                        .map(operation -> operation.startedAt)
                        .filter(at -> !at.isAfter(now))
                        .reduce(createdAt, (earlier, later) -> later))
                .status(statusAt(now))
                .sourceConfiguration(configuration.sourceConfiguration())
                .instanceConfiguration(configuration.instanceConfiguration())
                .healthCheckConfiguration(configuration.healthCheckConfiguration())
                .networkConfiguration(configuration.networkConfiguration())
                .observabilityConfiguration(configuration.observabilityConfiguration())
                .autoScalingConfigurationSummary(summary ->
                        summary.autoScalingConfigurationArn(scalingArn()).autoScalingConfigurationName(name))
                .build();
    }

    String scalingArn() {
        return service.arn("autoscalingconfiguration/" + name + "/1/" + id);
    }

    int minSize() {
        return minSize;
    }

    int maxSize() {
        return maxSize;
    }

    int maxConcurrency() {
        return maxConcurrency;
    }

    List<CustomDomain> domains() {
        return List.copyOf(domains.values());
    }

    /** The operations so far, the newest first. */
    List<OperationSummary> summaries(Instant now) {
        List<OperationSummary> summaries = new ArrayList<>();
        for (Operation operation : operations) {
            if (!operation.startedAt.isAfter(now)) {
                summaries.add(
                        0,
                        OperationSummary.builder()
                                .id(operation.id)
                                .type(operation.type)
                                .status(operation.status(now))
                                .targetArn(arn())
                                .startedAt(operation.startedAt)
                                .updatedAt(operation.startedAt)
                                .endedAt(operation.isOpen(now) ? null : operation.endsAt)
                                .build());
            }
        }
        return summaries;
    }

    Operation start(String type, UpdateServiceRequest after, Instant now, @Nullable Duration takes) {
        UpdateServiceRequest before = configuration(now);
        Duration length = takes == null ? deploysIn : takes;
        boolean deploys = type.equals("UPDATE_SERVICE") || type.equals("START_DEPLOYMENT");
        String fails = deploys && takes == null && failure == null && !isThere(imageOf(after))
                ? "ROLLBACK_SUCCEEDED"
                : deploys && takes == null ? failure : null;
        Operation operation = new Operation(service.operationId(), type, now, now.plus(length), fails, before, after);
        operations.add(operation);
        return operation;
    }

    /** What is not named is taken over: the fake does what a careful client cannot rely on. */
    UpdateServiceRequest updated(UpdateServiceRequest request, Instant now) {
        UpdateServiceRequest current = configuration(now);
        return request.toBuilder()
                .serviceArn(null)
                .sourceConfiguration(
                        request.sourceConfiguration() == null
                                ? current.sourceConfiguration()
                                : request.sourceConfiguration())
                .instanceConfiguration(
                        request.instanceConfiguration() == null
                                ? current.instanceConfiguration()
                                : request.instanceConfiguration())
                .healthCheckConfiguration(
                        request.healthCheckConfiguration() == null
                                ? current.healthCheckConfiguration()
                                : request.healthCheckConfiguration())
                .build();
    }

    private boolean isThere(String identifier) {
        return !identifier.contains(".dkr.ecr.") || aws.ecr().holds(identifier);
    }

    private FakeAppRunner change(Runnable change) {
        aws.within(() -> {
            change.run();
            return this;
        });
        return this;
    }

    /** Changes what has been configured from the beginning on, and what was configured since. */
    private FakeAppRunner configured(UnaryOperator<UpdateServiceRequest> change) {
        Instant now = aws.time().now();
        return change(() -> {
            UpdateServiceRequest changed = change.apply(configuration(now));
            if (operations.size() == 1) {
                initial = changed;
                Operation first = operations.get(0);
                operations.set(
                        0, new Operation(first.id, first.type, first.startedAt, first.endsAt, null, changed, changed));
            } else {
                operations.add(new Operation(
                        service.operationId(), "UPDATE_SERVICE", now, now, null, configuration(now), changed));
            }
        });
    }

    private FakeAppRunner variables(Consumer<Map<String, String>> change) {
        return imageConfiguration(image -> {
            Map<String, String> variables = new TreeMap<>(image.runtimeEnvironmentVariables());
            change.accept(variables);
            return image.toBuilder().runtimeEnvironmentVariables(variables).build();
        });
    }

    private FakeAppRunner imageConfiguration(UnaryOperator<ImageConfiguration> change) {
        return configured(configuration -> source(
                configuration,
                repository -> repository.toBuilder()
                        .imageConfiguration(change.apply(repository.imageConfiguration()))
                        .build()));
    }

    private static UpdateServiceRequest image(UpdateServiceRequest configuration, String identifier) {
        return source(
                configuration,
                repository -> repository.toBuilder()
                        .imageIdentifier(identifier)
                        .imageRepositoryType(identifier.startsWith("public.ecr.aws/") ? "ECR_PUBLIC" : "ECR")
                        .build());
    }

    private static UpdateServiceRequest source(
            UpdateServiceRequest configuration, UnaryOperator<ImageRepository> change) {
        SourceConfiguration source = configuration.sourceConfiguration();
        return configuration.toBuilder()
                .sourceConfiguration(source.toBuilder()
                        .imageRepository(change.apply(source.imageRepository()))
                        .build())
                .build();
    }

    private static ImageConfiguration imageConfiguration(UpdateServiceRequest configuration) {
        return configuration.sourceConfiguration().imageRepository().imageConfiguration();
    }

    private static String imageOf(UpdateServiceRequest configuration) {
        return configuration.sourceConfiguration().imageRepository().imageIdentifier();
    }
}
