package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceCurrentRevisionSummary;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** A service of ECS, of whichever kind, as the fake runs it. All of it within the lock of the fake. */
final class EcsRun {

    /** A deployment, how it goes, and the revision of the service that it puts live. */
    static final class Rollout {
        final String arn;
        final String revision;
        final String definition;
        final @Nullable Rollout before;
        final Instant startedAt;
        final Instant endsAt;
        final @Nullable String failure;

        @Nullable
        Instant replacedAt;

        Map<String, String> digests = Map.of();

        Rollout(
                String arn,
                String revision,
                String definition,
                @Nullable Rollout before,
                Instant startedAt,
                Instant endsAt,
                @Nullable String failure) {
            this.arn = arn;
            this.revision = revision;
            this.definition = definition;
            this.before = before;
            this.startedAt = startedAt;
            this.endsAt = endsAt;
            this.failure = failure;
        }

        boolean isReplaced(Instant now) {
            Instant at = replacedAt;
            return at != null && !at.isAfter(now);
        }

        boolean isOpen(Instant now) {
            return now.isBefore(endsAt) && !isReplaced(now);
        }

        /** A failing one that goes back spends its second half with that. */
        String status(Instant now) {
            if (isReplaced(now)) {
                return "STOPPED";
            } else if (!isOpen(now)) {
                return failure == null ? "SUCCESSFUL" : failure;
            } else if (now.isBefore(startedAt.plusSeconds(1))) {
                return "PENDING";
            }
            return goesBack(now) ? "ROLLBACK_IN_PROGRESS" : "IN_PROGRESS";
        }

        boolean goesBack(Instant now) {
            Instant half = startedAt.plus(Duration.between(startedAt, endsAt).dividedBy(2));
            return failure != null && failure.startsWith("ROLLBACK_") && !now.isBefore(half);
        }

        /** The number that ECS gives the deployment of a service and its revision. */
        String number() {
            return revision.substring(revision.lastIndexOf('/') + 1);
        }
    }

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    /** ECS remembers deployments as long as this. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final FakeAws aws;
    private final EcsService service;
    final String cluster;
    final String name;
    private final Instant createdAt;
    private final List<Rollout> rollouts = new ArrayList<>();
    String status = "ACTIVE";
    String controller = "ECS";
    int desired = 2;

    @Nullable
    Integer running;

    boolean breaker;
    boolean breakerRollsBack;
    Duration takes = Duration.ofMinutes(3);
    boolean failing;

    @Nullable
    String failure;

    EcsRun(FakeAws aws, EcsService service, String cluster, String name, Instant now, String first) {
        this.aws = aws;
        this.service = service;
        this.cluster = cluster;
        this.name = name;
        this.createdAt = now;
        start(first, now, Duration.ZERO);
    }

    String arn() {
        return service.arn("service/" + cluster + "/" + name);
    }

    // ---- what was live when

    List<Rollout> rollouts(Instant now) {
        return rollouts.stream().filter(one -> !one.startedAt.isAfter(now)).toList();
    }

    /** The newest deployment. */
    Rollout newest(Instant now) {
        List<Rollout> all = rollouts(now);
        return all.isEmpty() ? rollouts.get(0) : all.get(all.size() - 1);
    }

    /** What runs, as far as it runs alone: what a deployment that goes on is to replace. */
    Rollout live(Instant now) {
        Rollout live = newest(now);
        while (live.before != null && (live.isOpen(now) || !live.status(now).equals("SUCCESSFUL"))) {
            live = live.before;
        }
        return live;
    }

    /** What is to run. */
    Rollout wanted(Instant now) {
        Rollout newest = newest(now);
        boolean back = newest.isOpen(now)
                ? newest.goesBack(now)
                : List.of("ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED").contains(newest.status(now));
        return back ? live(now) : newest;
    }

    Rollout start(String definition, Instant now, @Nullable Duration length) {
        Rollout before = rollouts.isEmpty() ? null : live(now);
        if (before != null) {
            Rollout newest = newest(now);
            if (newest.isOpen(now)) {
                newest.replacedAt = now;
            }
        }
        boolean fails = length == null && (failing || !imagesAreThere(definition));
        String end = failure;
        if (end == null) {
            end = breakerRollsBack ? "ROLLBACK_SUCCESSFUL" : "STOPPED";
        }
        Duration duration = length != null ? length : takes;
        if (fails && !breaker && failure == null) {
            // nobody ends it
            duration = FOR_EVER;
        }
        String number = String.format("%019d", 4980000000000000000L + aws.number());
        Rollout rollout = new Rollout(
                service.arn("service-deployment/" + cluster + "/" + name + "/" + number.substring(9)),
                service.arn("service-revision/" + cluster + "/" + name + "/" + number),
                definition,
                before,
                now,
                now.plus(duration),
                fails ? end : null);
        rollouts.add(rollout);
        resolve(rollout);
        return rollout;
    }

    /** A deployment that never ends. */
    void startForEver(String definition, Instant now) {
        start(definition, now, FOR_EVER);
    }

    private boolean imagesAreThere(String definition) {
        return service.definition(definition)
                .map(one -> one.containerDefinitions().stream()
                        .map(ContainerDefinition::image)
                        .allMatch(image ->
                                !image.contains(".dkr.ecr.") || aws.ecr().holds(image)))
                .orElse(false);
    }

    /** What was put live, by whomever, without the first. */
    List<Rollout> changes(Instant now) {
        return rollouts(now).stream()
                .filter(one -> one.before != null && one.status(now).equals("SUCCESSFUL"))
                .toList();
    }

    // ---- what may become otherwise

    /** Lists what may become otherwise with any service of ECS. */
    void drifts(Drifts.Of own, Runnable gone) {
        own.add("gone", "does not exist", gone);
        if (status.equals("ACTIVE")) {
            own.add("draining", "is being deleted", otherwise(() -> status = "DRAINING"));
        }
        if (desired > 0) {
            own.add("stopped", "has been scaled to nothing", otherwise(() -> {
                        desired = 0;
                        running = 0;
                    }))
                    .add("short of tasks", "runs a task less than it should", otherwise(() -> running = desired - 1));
        }
        own.add("failed", "had a deployment that failed", this::lastFailed);
    }

    /** Lists what may become otherwise with its circuit breaker, which Express Mode lets nobody change. */
    void driftsOfBreaker(Drifts.Of own) {
        if (breaker) {
            own.add("no breaker", "has no circuit breaker", otherwise(() -> breaker = false), "circuit breaker");
        }
        if (breaker && breakerRollsBack) {
            own.add(
                    "breaker stays",
                    "has a circuit breaker that takes nothing back",
                    otherwise(() -> breakerRollsBack = false),
                    "circuit breaker");
        }
    }

    private Runnable otherwise(Runnable change) {
        return () -> aws.within(() -> {
            change.run();
            return this;
        });
    }

    private void lastFailed() {
        Instant now = aws.time().now();
        aws.within(() -> {
            Rollout before = live(now);
            String number = String.format("%019d", 4980000000000000000L + aws.number());
            rollouts.add(new Rollout(
                    service.arn("service-deployment/" + cluster + "/" + name + "/" + number.substring(9)),
                    service.arn("service-revision/" + cluster + "/" + name + "/" + number),
                    before.definition,
                    before,
                    now,
                    now,
                    "ROLLBACK_SUCCESSFUL"));
            return this;
        });
    }

    // ---- as ECS describes it

    Service describe(Instant now) {
        Rollout wanted = wanted(now);
        Rollout newest = newest(now);
        Rollout live = live(now);
        List<Deployment> deployments = new ArrayList<>();
        List<Rollout> present = new ArrayList<>();
        if (controller.equals("ECS")) {
            boolean open = newest.isOpen(now);
            boolean failed = !open && wanted == newest && !newest.status(now).equals("SUCCESSFUL");
            deployments.add(deployment(wanted, "PRIMARY", open ? "IN_PROGRESS" : failed ? "FAILED" : "COMPLETED"));
            present.add(wanted);
            if (open && wanted != newest) {
                deployments.add(deployment(newest, "ACTIVE", "FAILED"));
                present.add(newest);
            } else if (wanted != live) {
                deployments.add(deployment(live, "ACTIVE", "COMPLETED"));
                present.add(live);
            }
        }
        return Service.builder()
                .serviceArn(arn())
                .serviceName(name)
                .clusterArn(service.arn("cluster/" + cluster))
                .status(status)
                .desiredCount(desired)
                .runningCount(running == null ? desired : running)
                .pendingCount(0)
                .launchType("FARGATE")
                .schedulingStrategy("REPLICA")
                .taskDefinition(service.definitionArn(wanted.definition))
                .deploymentController(one -> one.type(controller))
                .deploymentConfiguration(configuration -> configuration
                        .maximumPercent(200)
                        .minimumHealthyPercent(100)
                        .deploymentCircuitBreaker(
                                circuit -> circuit.enable(breaker).rollback(breakerRollsBack)))
                .deployments(deployments)
                .currentServiceDeployment(controller.equals("ECS") ? newest.arn : null)
                .currentServiceRevisions(present.stream()
                        .map(one -> ServiceCurrentRevisionSummary.builder()
                                .arn(one.revision)
                                .requestedTaskCount(desired)
                                .runningTaskCount(desired)
                                .pendingTaskCount(0)
                                .build())
                        .toList())
                .createdAt(createdAt)
                .build();
    }

    private Deployment deployment(Rollout rollout, String role, String state) {
        return Deployment.builder()
                .id("ecs-svc/" + rollout.number())
                .status(role)
                .taskDefinition(service.definitionArn(rollout.definition))
                .rolloutState(state)
                .desiredCount(desired)
                .runningCount(running == null ? desired : running)
                .pendingCount(0)
                .failedTasks(0)
                .createdAt(rollout.startedAt)
                .updatedAt(rollout.startedAt)
                .build();
    }

    /** The deployments that are remembered, the newest first. */
    List<ServiceDeploymentBrief> briefs(Instant now) {
        List<ServiceDeploymentBrief> briefs = new ArrayList<>();
        for (Rollout one : rollouts(now)) {
            if (controller.equals("ECS") && one.startedAt.isAfter(now.minus(REMEMBERED))) {
                briefs.add(
                        0,
                        ServiceDeploymentBrief.builder()
                                .serviceDeploymentArn(one.arn)
                                .serviceArn(arn())
                                .clusterArn(service.arn("cluster/" + cluster))
                                .createdAt(one.startedAt)
                                .startedAt(one.startedAt)
                                .finishedAt(one.isOpen(now) ? null : one.endsAt)
                                .targetServiceRevisionArn(one.revision)
                                .status(one.status(now))
                                .statusReason(
                                        one.status(now).startsWith("ROLLBACK_")
                                                ? "Service deployment rolled back because the circuit breaker threshold"
                                                        + " was exceeded."
                                                : null)
                                .build());
            }
        }
        return briefs;
    }

    Optional<ServiceRevision> revision(String arn, Instant now) {
        return rollouts(now).stream()
                .filter(one -> one.revision.equals(arn))
                .findFirst()
                .map(one -> ServiceRevision.builder()
                        .serviceRevisionArn(one.revision)
                        .serviceArn(arn())
                        .clusterArn(service.arn("cluster/" + cluster))
                        .taskDefinition(service.definitionArn(one.definition))
                        .containerImages(images(one))
                        .createdAt(one.startedAt)
                        .build());
    }

    /** ECS resolves tags once, when a deployment begins. */
    void resolve(Rollout rollout) {
        Map<String, String> digests = new LinkedHashMap<>();
        for (ContainerDefinition container : containers(rollout)) {
            aws.ecr().digest(container.image()).ifPresent(digest -> digests.put(container.name(), digest));
        }
        rollout.digests = digests;
    }

    private List<ContainerDefinition> containers(Rollout rollout) {
        return service.definition(rollout.definition)
                .map(TaskDefinition::containerDefinitions)
                .orElse(List.of());
    }

    private List<ContainerImage> images(Rollout rollout) {
        List<ContainerImage> images = new ArrayList<>();
        for (ContainerDefinition container : containers(rollout)) {
            images.add(ContainerImage.builder()
                    .containerName(container.name())
                    .image(container.image())
                    .imageDigest(rollout.digests.get(container.name()))
                    .build());
        }
        return images;
    }
}
