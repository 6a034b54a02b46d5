package dev.golive.aws.internal.ecs;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.provider.ApiProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.EcsClientBuilder;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceCurrentRevisionSummary;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** What golive asks of ECS. */
public final class EcsPort {

    private static final ClientType<EcsClientBuilder, EcsClient> CLIENT =
            ClientType.of(dev.golive.aws.internal.Service.ECS, EcsClient::builder, EcsClient.serviceMetadata());

    private static final Set<String> NO_SERVICE = Set.of("ClusterNotFoundException", "ServiceNotFoundException");

    /** What ECS says of a task definition that is not there; it has no code of its own for that. */
    private static final String NO_DEFINITION = "unable to describe task definition";

    /**
     * A service as it is described.
     *
     * @param arn its ARN
     * @param status its status, in the words of ECS
     * @param controller what makes its deployments, in the words of ECS
     * @param desired how many tasks there should be
     * @param running how many run
     * @param pending how many are being started
     * @param rollouts what is being rolled out or has been, the primary one first if it is named
     * @param revisions the ARNs of the service revisions that have tasks
     * @param breaker whether the circuit breaker is on
     * @param breakerRollsBack whether it also goes back
     */
    public record State(
            String arn,
            String status,
            String controller,
            int desired,
            int running,
            int pending,
            List<Rollout> rollouts,
            List<String> revisions,
            boolean breaker,
            boolean breakerRollsBack) {

        /** What is to run. */
        public Rollout primary() {
            return rollouts.get(0);
        }
    }

    /**
     * A task definition that is being rolled out, or has been.
     *
     * @param id its id
     * @param definition family and revision
     * @param state how far it is, in the words of ECS; empty if it is not told
     */
    public record Rollout(String id, String definition, String state) {}

    /**
     * A deployment of a service.
     *
     * @param arn its ARN
     * @param status its status, in the words of ECS
     * @param why what ECS says about the status, empty if nothing
     * @param revision the ARN of the service revision that it puts live
     * @param createdAt when it was asked for
     */
    public record ServiceDeployment(String arn, String status, String why, String revision, Instant createdAt) {

        private static final Set<String> ENDED =
                Set.of("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED");

        /** Whether it goes on; what has an unknown status has not ended. */
        public boolean isOpen() {
            return !ENDED.contains(status);
        }

        /** Whether it ended as it should; everything else that has ended is a failure. */
        public boolean hasSucceeded() {
            return status.equals("SUCCESSFUL");
        }

        @Override
        public String toString() {
            return "deployment " + arn.substring(arn.lastIndexOf('/') + 1) + " is " + status
                    + (why.isEmpty() ? "" : " (" + why + ")");
        }
    }

    /**
     * A revision of a service: what its tasks are made of.
     *
     * @param definition family and revision of its task definition
     * @param digests the digests of the images that really run, by the names of the containers
     */
    public record Revision(String definition, Map<String, String> digests) {}

    /** So many deployments tell what ran before; a service may have thousands. */
    private static final int ENOUGH = 100;

    /** So many revisions are described at once. */
    private static final int AT_ONCE = 20;

    private final Calls calls;
    private final EcsClient client;

    private EcsPort(Calls calls, EcsClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static EcsPort of(Calls calls) throws Exception {
        return new EcsPort(calls, calls.client(CLIENT));
    }

    /** A service, empty if there is none. */
    public Optional<State> service(String cluster, String name) throws Exception {
        Optional<DescribeServicesResponse> found = calls.found(
                NO_SERVICE,
                () -> client.describeServices(
                        request -> request.cluster(cluster).services(name)));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        DescribeServicesResponse answer = found.get();
        for (Failure failure : answer.failures()) {
            if ("MISSING".equals(failure.reason())) {
                return Optional.empty();
            }
            throw ApiProblem.undecided("ECS could not describe the service: " + failure.reason());
        }
        List<Service> services = calls.listed(answer.hasServices(), answer.services(), "services");
        return Optional.of(state(calls.said(services.isEmpty() ? null : services.get(0), "the service")));
    }

    private State state(Service service) {
        List<Rollout> rollouts = new ArrayList<>();
        for (Deployment deployment :
                calls.listed(service.hasDeployments(), service.deployments(), "deployments of the service")) {
            Rollout rollout = new Rollout(
                    calls.said(deployment.id(), "the id of a deployment"),
                    Definition.id(calls.said(deployment.taskDefinition(), "the task definition of a deployment")),
                    deployment.rolloutStateAsString() == null ? "" : deployment.rolloutStateAsString());
            if ("PRIMARY".equals(deployment.status())) {
                rollouts.add(0, rollout);
            } else {
                rollouts.add(rollout);
            }
        }
        String status = calls.said(service.status(), "the status of the service");
        String controller = service.deploymentController() == null
                ? "ECS"
                : calls.said(service.deploymentController().typeAsString(), "the deployment controller");
        if (rollouts.isEmpty()) {
            // others than ECS keep theirs elsewhere, and a service that is gone has none
            rollouts.add(new Rollout(
                    "none", service.taskDefinition() == null ? "none" : Definition.id(service.taskDefinition()), ""));
        }
        DeploymentCircuitBreaker breaker = service.deploymentConfiguration() == null
                ? null
                : service.deploymentConfiguration().deploymentCircuitBreaker();
        return new State(
                calls.said(service.serviceArn(), "the ARN of the service"),
                status,
                controller,
                calls.said(service.desiredCount(), "the desired number of tasks"),
                calls.said(service.runningCount(), "the number of running tasks"),
                calls.said(service.pendingCount(), "the number of pending tasks"),
                List.copyOf(rollouts),
                service.currentServiceRevisions().stream()
                        .map(ServiceCurrentRevisionSummary::arn)
                        .toList(),
                breaker != null && Boolean.TRUE.equals(breaker.enable()),
                breaker != null && Boolean.TRUE.equals(breaker.rollback()));
    }

    /** The deployments of a service, the newest first, as far as ECS keeps them and no more than are needed. */
    public List<ServiceDeployment> deployments(String cluster, String service) {
        List<ServiceDeployment> deployments = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            ListServiceDeploymentsResponse page = client.listServiceDeployments(
                    request -> request.cluster(cluster).service(service).nextToken(from));
            for (ServiceDeploymentBrief brief :
                    calls.listed(page.hasServiceDeployments(), page.serviceDeployments(), "deployments")) {
                deployments.add(new ServiceDeployment(
                        calls.said(brief.serviceDeploymentArn(), "the ARN of a deployment"),
                        calls.said(brief.statusAsString(), "the status of a deployment"),
                        brief.statusReason() == null ? "" : brief.statusReason(),
                        calls.said(brief.targetServiceRevisionArn(), "the revision of a deployment"),
                        calls.said(brief.createdAt(), "when a deployment was created")));
            }
            token = page.nextToken();
        } while (token != null && !token.isEmpty() && deployments.size() < ENOUGH);
        return deployments;
    }

    /** Revisions of a service, by their ARNs; without those that ECS does not keep any more. */
    public Map<String, Revision> revisions(List<String> arns) {
        Map<String, Revision> revisions = new LinkedHashMap<>();
        for (int from = 0; from < arns.size(); from += AT_ONCE) {
            List<String> some = arns.subList(from, Math.min(arns.size(), from + AT_ONCE));
            DescribeServiceRevisionsResponse answer =
                    client.describeServiceRevisions(request -> request.serviceRevisionArns(some));
            for (ServiceRevision revision :
                    calls.listed(answer.hasServiceRevisions(), answer.serviceRevisions(), "revisions of the service")) {
                Map<String, String> digests = new LinkedHashMap<>();
                for (ContainerImage image : revision.containerImages()) {
                    if (image.containerName() != null && image.imageDigest() != null) {
                        digests.put(image.containerName(), image.imageDigest());
                    }
                }
                revisions.put(
                        calls.said(revision.serviceRevisionArn(), "the ARN of a revision"),
                        new Revision(
                                Definition.id(
                                        calls.said(revision.taskDefinition(), "the task definition of a revision")),
                                digests));
            }
        }
        return revisions;
    }

    /** A task definition by family and revision, empty if there is none. */
    public Optional<Definition> definition(String id) {
        try {
            DescribeTaskDefinitionResponse answer =
                    client.describeTaskDefinition(request -> request.taskDefinition(id));
            return Optional.of(Definition.of(calls, answer.taskDefinition()));
        } catch (ClientException e) {
            AwsErrorDetails details = e.awsErrorDetails();
            String message = details == null ? null : details.errorMessage();
            if (message != null && message.toLowerCase(Locale.ROOT).contains(NO_DEFINITION)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Registers a definition once more, with another image of a container; gives family and revision. */
    public String register(Definition definition, String container, String image) throws Exception {
        List<Tag> tags = client.describeTaskDefinition(
                        describe -> describe.taskDefinition(definition.id()).include(TaskDefinitionField.TAGS))
                .tags();
        RegisterTaskDefinitionRequest request = definition.with(container, image, tags);
        return Definition.id(calls.said(
                calls.said(
                                calls.writing(() -> client.registerTaskDefinition(request))
                                        .taskDefinition(),
                                "the registered task definition")
                        .taskDefinitionArn(),
                "the ARN of the registered task definition"));
    }

    /** Begins a deployment, and gives the id of the rollout; it names everything that is not to stay as it is. */
    public String update(String cluster, String service, @Nullable String definition, boolean anyway) throws Exception {
        UpdateServiceRequest.Builder request =
                UpdateServiceRequest.builder().cluster(cluster).service(service);
        if (definition != null) {
            request.taskDefinition(definition);
        }
        if (anyway) {
            request.forceNewDeployment(true);
        }
        UpdateServiceResponse answer = calls.writing(() -> client.updateService(request.build()));
        return state(calls.said(answer.service(), "the service")).primary().id();
    }
}
