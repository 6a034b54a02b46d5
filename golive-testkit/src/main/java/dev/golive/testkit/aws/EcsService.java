package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeExpressGatewayServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** ECS, also in Express Mode. */
final class EcsService extends FakeService {

    private static final Pattern DEFINITION = Pattern.compile("(?:.*/)?([A-Za-z0-9_-]+)(?::([0-9]+))?");

    private final Map<String, FakeExpressService> expressServices = new LinkedHashMap<>();
    private final Map<String, FakeEcs> plain = new LinkedHashMap<>();
    private final Map<String, EcsRun> runs = new LinkedHashMap<>();
    private final Map<String, List<TaskDefinition>> families = new LinkedHashMap<>();
    private final Map<String, List<Tag>> tags = new LinkedHashMap<>();

    EcsService(FakeAws aws) {
        super(aws, "ecs", "");
        reads("DescribeServices", DescribeServicesRequest::builder, this::describe);
        reads("ListServiceDeployments", ListServiceDeploymentsRequest::builder, this::deployments);
        reads("DescribeServiceRevisions", DescribeServiceRevisionsRequest::builder, this::revisions);
        reads("DescribeTaskDefinition", DescribeTaskDefinitionRequest::builder, this::definition);
        changes("RegisterTaskDefinition", RegisterTaskDefinitionRequest::builder, this::register);
        changes("UpdateService", UpdateServiceRequest::builder, this::update);
        reads("DescribeExpressGatewayService", DescribeExpressGatewayServiceRequest::builder, this::describeExpress);
        changes("UpdateExpressGatewayService", UpdateExpressGatewayServiceRequest::builder, this::updateExpress);
    }

    FakeExpressService expressService(String name, Instant now) {
        return expressServices.computeIfAbsent(name, key -> new FakeExpressService(aws(), this, name, now));
    }

    FakeEcs ecs(String cluster, String service, Instant now) {
        return plain.computeIfAbsent(cluster + "/" + service, key -> {
            String first = register(TaskDefinition.builder()
                    .family(service)
                    .containerDefinitions(ContainerDefinition.builder()
                            .name(service)
                            .image("public.ecr.aws/docker/library/" + service + ":latest")
                            .essential(true)
                            .build())
                    .build());
            return new FakeEcs(aws(), this, run(new EcsRun(aws(), this, cluster, service, now, first)));
        });
    }

    EcsRun run(EcsRun run) {
        runs.put(run.cluster + "/" + run.name, run);
        return run;
    }

    @Override
    AwsError broken() {
        return new AwsError(500, "ServerException", "Service Unavailable. Please try again later.");
    }

    // ---- task definitions

    /** Registers the next revision of a family, and gives family and revision. */
    String register(TaskDefinition definition) {
        List<TaskDefinition> revisions = families.computeIfAbsent(definition.family(), key -> new ArrayList<>());
        int revision = revisions.size() + 1;
        String id = definition.family() + ":" + revision;
        revisions.add(definition.toBuilder()
                .revision(revision)
                .taskDefinitionArn(definitionArn(id))
                .status("ACTIVE")
                .build());
        return id;
    }

    String definitionArn(String id) {
        return arn("task-definition/" + id);
    }

    /** A task definition by family and revision. */
    Optional<TaskDefinition> definition(String id) {
        Matcher named = DEFINITION.matcher(id);
        if (!named.matches()) {
            return Optional.empty();
        }
        List<TaskDefinition> revisions = families.getOrDefault(named.group(1), List.of());
        if (named.group(2) == null) {
            return revisions.stream()
                    .filter(one -> "ACTIVE".equals(one.statusAsString()))
                    .reduce((earlier, later) -> later);
        }
        int revision = Integer.parseInt(named.group(2));
        return revision < 1 || revision > revisions.size()
                ? Optional.empty()
                : Optional.of(revisions.get(revision - 1));
    }

    /** Changes a revision in its place, which only a test can. */
    void change(String id, UnaryOperator<TaskDefinition> change) {
        TaskDefinition definition = definition(id).orElseThrow();
        families.computeIfAbsent(definition.family(), key -> new ArrayList<>())
                .set(definition.revision() - 1, change.apply(definition));
    }

    // ---- operations

    private Optional<EcsRun> find(String cluster, String service) {
        String inCluster = cluster == null ? "default" : cluster.substring(cluster.lastIndexOf('/') + 1);
        if (runs.values().stream().noneMatch(run -> run.cluster.equals(inCluster))) {
            throw new AwsError(400, "ClusterNotFoundException", "Cluster not found.");
        }
        return Optional.ofNullable(runs.get(inCluster + "/" + service.substring(service.lastIndexOf('/') + 1)));
    }

    private EcsRun found(String cluster, String service) {
        return find(cluster, service)
                .orElseThrow(() -> new AwsError(400, "ServiceNotFoundException", "Service not found."));
    }

    private DescribeServicesResponse describe(DescribeServicesRequest request, Instant now) {
        List<Service> services = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String name : request.services()) {
            Optional<EcsRun> run = find(request.cluster(), name);
            if (run.isPresent()) {
                services.add(run.get().describe(now));
            } else {
                failures.add(Failure.builder()
                        .arn(arn("service/" + name))
                        .reason("MISSING")
                        .build());
            }
        }
        return DescribeServicesResponse.builder()
                .services(services)
                .failures(failures)
                .build();
    }

    private ListServiceDeploymentsResponse deployments(ListServiceDeploymentsRequest request, Instant now) {
        Page<ServiceDeploymentBrief> page = page(
                found(request.cluster(), request.service()).briefs(now),
                request.nextToken(),
                request.maxResults(),
                "InvalidParameterException");
        return ListServiceDeploymentsResponse.builder()
                .serviceDeployments(page.items())
                .nextToken(page.next())
                .build();
    }

    private DescribeServiceRevisionsResponse revisions(DescribeServiceRevisionsRequest request, Instant now) {
        if (request.serviceRevisionArns().size() > 20) {
            throw new AwsError(400, "InvalidParameterException", "At most 20 revisions can be described.");
        }
        List<ServiceRevision> revisions = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String arn : request.serviceRevisionArns()) {
            Optional<ServiceRevision> revision = runs.values().stream()
                    .flatMap(run -> run.revision(arn, now).stream())
                    .findFirst();
            revision.ifPresentOrElse(
                    revisions::add,
                    () -> failures.add(
                            Failure.builder().arn(arn).reason("MISSING").build()));
        }
        return DescribeServiceRevisionsResponse.builder()
                .serviceRevisions(revisions)
                .failures(failures)
                .build();
    }

    private DescribeTaskDefinitionResponse definition(DescribeTaskDefinitionRequest request, Instant now) {
        TaskDefinition definition = definition(request.taskDefinition())
                .orElseThrow(() -> new AwsError(400, "ClientException", "Unable to describe task definition."));
        boolean withTags = request.include().contains(TaskDefinitionField.TAGS);
        return DescribeTaskDefinitionResponse.builder()
                .taskDefinition(definition)
                .tags(withTags ? tags.getOrDefault(definition.taskDefinitionArn(), List.of()) : List.of())
                .build();
    }

    private RegisterTaskDefinitionResponse register(RegisterTaskDefinitionRequest request, Instant now) {
        if (request.hasTags() && request.tags().isEmpty()) {
            throw new AwsError(400, "InvalidParameterException", "Tags can not be empty.");
        }
        String id = register(TaskDefinition.builder()
                .family(request.family())
                .taskRoleArn(request.taskRoleArn())
                .executionRoleArn(request.executionRoleArn())
                .networkMode(request.networkModeAsString())
                .containerDefinitions(request.containerDefinitions())
                .volumes(request.volumes())
                .placementConstraints(request.placementConstraints())
                .requiresCompatibilitiesWithStrings(request.requiresCompatibilitiesAsStrings())
                .cpu(request.cpu())
                .memory(request.memory())
                .pidMode(request.pidModeAsString())
                .ipcMode(request.ipcModeAsString())
                .proxyConfiguration(request.proxyConfiguration())
                .inferenceAccelerators(request.inferenceAccelerators())
                .ephemeralStorage(request.ephemeralStorage())
                .runtimePlatform(request.runtimePlatform())
                .enableFaultInjection(request.enableFaultInjection())
                .registeredAt(now)
                .build());
        TaskDefinition registered = definition(id).orElseThrow();
        if (request.hasTags()) {
            tags.put(registered.taskDefinitionArn(), request.tags());
        }
        return RegisterTaskDefinitionResponse.builder()
                .taskDefinition(registered)
                .tags(request.tags())
                .build();
    }

    void tag(String id, String key, String value) {
        tags.computeIfAbsent(definitionArn(id), arn -> new ArrayList<>())
                .add(Tag.builder().key(key).value(value).build());
    }

    private UpdateServiceResponse update(UpdateServiceRequest request, Instant now) {
        EcsRun run = found(request.cluster(), request.service());
        if (!run.status.equals("ACTIVE")) {
            throw new AwsError(400, "ServiceNotActiveException", "Service was not ACTIVE.");
        }
        String definition = run.wanted(now).definition;
        if (request.taskDefinition() != null) {
            TaskDefinition wanted = definition(request.taskDefinition())
                    .orElseThrow(() -> new AwsError(400, "ClientException", "TaskDefinition not found."));
            if (!"ACTIVE".equals(wanted.statusAsString())) {
                throw new AwsError(400, "ClientException", "TaskDefinition is inactive");
            } else if (!run.controller.equals("ECS")) {
                throw new AwsError(
                        400,
                        "InvalidParameterException",
                        "Unable to update task definition on services with a " + run.controller
                                + " deployment controller.");
            }
            definition = wanted.family() + ":" + wanted.revision();
        }
        if (!definition.equals(run.wanted(now).definition) || Boolean.TRUE.equals(request.forceNewDeployment())) {
            run.start(definition, now, null);
        }
        return UpdateServiceResponse.builder().service(run.describe(now)).build();
    }

    private FakeExpressService express(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        FakeExpressService service = expressServices.get(name);
        if (service == null || !service.arn().equals(arn)) {
            throw new AwsError(400, "ServiceNotFoundException", "Service not found.");
        }
        return service;
    }

    private DescribeExpressGatewayServiceResponse describeExpress(
            DescribeExpressGatewayServiceRequest request, Instant now) {
        return DescribeExpressGatewayServiceResponse.builder()
                .service(express(request.serviceArn()).describe(now))
                .build();
    }

    private UpdateExpressGatewayServiceResponse updateExpress(UpdateExpressGatewayServiceRequest request, Instant now) {
        return UpdateExpressGatewayServiceResponse.builder()
                .service(express(request.serviceArn()).update(request, now))
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        plain.forEach((key, one) -> one.drifts(drifts, () -> gone(key)));
        expressServices.forEach((key, one) -> one.drifts(drifts, () -> gone(key)));
    }

    private void gone(String key) {
        aws().within(() -> {
            expressServices.remove(key);
            plain.remove(key);
            return runs.remove(key.contains("/") ? key : "default/" + key);
        });
    }
}
