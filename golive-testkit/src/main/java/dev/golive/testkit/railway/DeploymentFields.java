package dev.golive.testkit.railway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Services in environments, and their deployments. */
final class DeploymentFields extends RailwayFields {

    DeploymentFields(FakeRailway railway) {
        super(railway);
    }

    @Override
    void register(Map<String, RailwayGraph.Handler> handlers) {
        handlers.put("serviceInstance", (args, asking) -> instance(railway, instance(args, asking), asking.seen()));
        handlers.put("serviceInstanceLimits", (args, asking) -> instance(args, asking).limits);
        handlers.put("deployments", this::list);
        handlers.put("deployment", (args, asking) -> node(railway, deployment(args.text("id"), asking), asking.seen()));
        handlers.put("deploymentEvents", this::events);
        handlers.put("deploymentSnapshot", this::snapshot);
        handlers.put("deploymentTriggers", this::triggers);
        handlers.put("deploymentRollback", this::rollback);
        handlers.put("deploymentRedeploy", this::redeploy);
        handlers.put("deploymentRestart", this::restart);
        handlers.put("deploymentCancel", this::cancel);
        handlers.put("deploymentStop", this::stop);
        handlers.put("deploymentRemove", this::remove);
        handlers.put("deploymentApprove", this::approve);
        handlers.put("serviceInstanceDeployV2", this::deploy);
        handlers.put("serviceInstanceDeploy", this::deployAndSayNothing);
        handlers.put("serviceInstanceRedeploy", this::redeployLatest);
        handlers.put("serviceInstanceUpdate", this::update);
        handlers.put("environmentTriggersDeploy", this::runTriggers);
    }

    // ---- what there is

    /** What is told of a service in an environment. */
    static Map<String, @Nullable Object> instance(FakeRailway railway, FakeRailwayService service, Instant seen) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>(service.config.at(seen));
        told.remove("multiRegionConfig");
        if (told.get("source") instanceof Map<?, ?> source) {
            told.put("source", object("repo", source.get("repo"), "image", source.get("image")));
        }
        if (service.config.at(seen).get("multiRegionConfig") != null) {
            told.put("region", null);
            told.put("numReplicas", FakeRailwayService.replicas(service.config.at(seen)));
        }
        told.put("id", service.instanceId());
        told.put("serviceId", service.id());
        told.put("serviceName", service.name());
        told.put("environmentId", service.environment().id());
        told.put("deletedAt", service.deletedAt(seen));
        List<Deployment> all = service.newestFirst(seen);
        told.put("latestDeployment", all.isEmpty() ? null : node(railway, all.get(0), seen));
        told.put(
                "activeDeployments",
                all.stream()
                        .filter(one -> one.isActive(seen))
                        .map(one -> node(railway, one, seen))
                        .toList());
        told.put("domains", (RailwayGraph.Part) args -> DomainFields.all(service, seen));
        return told;
    }

    /** What is told of a deployment. */
    static Map<String, @Nullable Object> node(FakeRailway railway, Deployment one, Instant seen) {
        List<Object> instances = new ArrayList<>();
        List<String> states = one.instances(seen);
        for (int i = 0; i < states.size(); i++) {
            instances.add(object("id", one.instance(i), "status", states.get(i)));
        }
        Instant since = one.statusSince(seen);
        String url = one.service.subdomains.keySet().stream().findFirst().orElse(null);
        return object(
                "id",
                one.id,
                "status",
                one.status(seen),
                "projectId",
                railway.projectId(),
                "environmentId",
                one.service.environment().id(),
                "serviceId",
                one.service.id(),
                "createdAt",
                one.createdAt,
                "updatedAt",
                since,
                "statusUpdatedAt",
                since,
                "url",
                url,
                "staticUrl",
                url,
                "snapshotId",
                one.hasSnapshot(seen) ? FakeRailway.uuid(0xdf, one.snapshot) : null,
                "deploymentStopped",
                one.isStopped(seen),
                "canRedeploy",
                one.canRedeploy(seen),
                "canRollback",
                one.canRollback(seen),
                "instances",
                instances,
                "meta",
                railway.meta(one.meta(seen)));
    }

    private Object list(Args args, Asking asking) {
        Args input = args.inside("input");
        project(input.maybe("projectId"), asking);
        if (input.has("environmentId")) {
            environment(input.text("environmentId"), asking);
        } else if (asking.caller().kind() == Caller.Kind.PROJECT) {
            throw RailwayError.notAuthorized();
        }
        Instant seen = asking.seen();
        List<String> in = input.inside("status").texts("in");
        List<String> notIn = input.inside("status").texts("notIn");
        List<Deployment> found = new ArrayList<>();
        for (FakeRailwayEnvironment environment : railway.allEnvironments()) {
            if (!input.has("environmentId") || environment.id().equals(input.text("environmentId"))) {
                for (FakeRailwayService service : environment.services.values()) {
                    if ((!input.has("serviceId") || service.id().equals(input.text("serviceId")))
                            && (!service.isDeleted(seen) || input.flag("includeDeleted"))) {
                        found.addAll(service.newestFirst(seen));
                    }
                }
            }
        }
        List<Deployment> told = found.stream()
                .filter(one -> !one.isDeleted(seen) || input.flag("includeDeleted"))
                .filter(one -> !input.inside("status").has("in") || in.contains(one.status(seen)))
                .filter(one -> !notIn.contains(one.status(seen)))
                .sorted(Comparator.comparing((Deployment one) -> one.createdAt)
                        .thenComparingInt(one -> one.number)
                        .reversed())
                .toList();
        return page(told, one -> one.id, one -> node(railway, one, seen), args);
    }

    private Object events(Args args, Asking asking) {
        Deployment one = deployment(args.text("id"), asking);
        List<Map<String, @Nullable Object>> events = new ArrayList<>();
        for (Deployment.Step step : one.steps(asking.seen())) {
            Instant end = step.end();
            events.add(object(
                    "id", FakeRailway.uuid(0xec + events.size(), one.number),
                    "step", step.name(),
                    "createdAt", step.begin(),
                    "completedAt", end,
                    "payload",
                            object(
                                    "attempt", null,
                                    "maxAttempts", null,
                                    "durationMs",
                                            end == null
                                                    ? null
                                                    : (int) Duration.between(step.begin(), end)
                                                            .toMillis(),
                                    "detail", null,
                                    "reason", null,
                                    "error", step.error(),
                                    "skipped", step.skipped())));
        }
        return page(events, event -> String.valueOf(event.get("id")), event -> event, args);
    }

    private @Nullable Object snapshot(Args args, Asking asking) {
        Deployment one = deployment(args.text("deploymentId"), asking);
        if (!one.hasSnapshot(asking.seen())) {
            return null;
        }
        return object(
                "id", FakeRailway.uuid(0xdf, one.snapshot),
                "createdAt", one.createdAt,
                "variables",
                        Variable.values(
                                one.variables, one.service.environment().known(one.service, asking.seen()), false));
    }

    private Object triggers(Args args, Asking asking) {
        project(args.text("projectId"), asking);
        FakeRailwayService service = instance(args, asking);
        String repository = FakeRailwayService.repositoryOf(service.config.at(asking.seen()));
        return page(
                repository == null ? List.of() : List.of(repository),
                one -> one,
                one -> object(
                        "id", service.triggerId(),
                        "provider", "github",
                        "repository", one,
                        "branch", service.branch(),
                        "checkSuites", service.waitsForChecks(),
                        "validCheckSuites", service.waitsForChecks() ? 1 : 0,
                        "projectId", railway.projectId(),
                        "environmentId", service.environment().id(),
                        "serviceId", service.id()),
                args);
    }

    // ---- what is done

    private Object rollback(Args args, Asking asking) {
        Deployment target = deployment(args.text("id"), asking);
        if (!target.canRollback(asking.now())) {
            throw RailwayError.problem();
        }
        target.service.rollBackTo(target, asking.now());
        return true;
    }

    private Object redeploy(Args args, Asking asking) {
        Deployment one = deployment(args.text("id"), asking);
        return node(railway, redeployed(one, args.flag("usePreviousImageTag"), asking.now()), asking.now());
    }

    /** Deploys the same once more: the image that it had, or a new one of the same commit, with its variables. */
    private static Deployment redeployed(Deployment one, boolean sameImage, Instant now) {
        if (!one.hasSnapshot(now)) {
            throw RailwayError.saying("Cannot redeploy without a snapshot");
        } else if (one.isBuilding(now)) {
            throw RailwayError.saying(
                    "Cannot redeploy yet, please wait for the original deployment to finish building");
        } else if (sameImage && (one.digest == null || one.prunedAt != null && !one.prunedAt.isAfter(now))) {
            throw RailwayError.problem();
        }
        FakeRailwayService service = one.service;
        return sameImage
                ? service.start(service.sameImage(one, one.variables), now)
                : service.start(service.rebuilt(one), now);
    }

    private Object restart(Args args, Asking asking) {
        Deployment one = deployment(args.text("id"), asking);
        if (!one.isCurrent(asking.now())) {
            throw RailwayError.problem();
        }
        one.service.restart(one, asking.now());
        return true;
    }

    private Object cancel(Args args, Asking asking) {
        Deployment one = deployment(args.text("id"), asking);
        if (!one.isInProgress(asking.now())) {
            throw RailwayError.problem();
        }
        one.cancelledAt = asking.now();
        return true;
    }

    private Object stop(Args args, Asking asking) {
        Deployment one = deployment(args.text("id"), asking);
        if (!one.isCurrent(asking.now())) {
            throw RailwayError.problem();
        }
        one.condition.put(asking.now(), Deployment.Condition.STOPPED);
        return true;
    }

    private Object remove(Args args, Asking asking) {
        Deployment one = deployment(args.text("id"), asking);
        if (one.removedAt == null) {
            one.removedAt = asking.now();
        }
        return true;
    }

    private Object approve(Args args, Asking asking) {
        Deployment one = deployment(args.text("id"), asking);
        if (one.hold != Deployment.Hold.NEEDS_APPROVAL || one.releasedAt != null) {
            throw RailwayError.problem();
        }
        one.releasedAt = asking.now();
        return true;
    }

    private Object deploy(Args args, Asking asking) {
        return deployed(instance(args, asking), args.maybe("commitSha"), false, asking.now()).id;
    }

    private Object deployAndSayNothing(Args args, Asking asking) {
        deployed(instance(args, asking), args.maybe("commitSha"), args.flag("latestCommit"), asking.now());
        return true;
    }

    private static Deployment deployed(FakeRailwayService service, @Nullable String sha, boolean latest, Instant now) {
        if (FakeRailwayService.imageOf(service.config.at(now)) != null) {
            return service.start(service.made(service.associated(), now), now);
        }
        String commit = sha != null ? sha : latest ? service.head() : service.associated();
        if (sha != null && !service.hasCommit(sha)) {
            throw RailwayError.saying("Commit not found");
        } else if (commit == null) {
            throw RailwayError.problem();
        }
        return service.start(service.made(commit, now), now);
    }

    private Object redeployLatest(Args args, Asking asking) {
        FakeRailwayService service = instance(args, asking);
        List<Deployment> all = service.newestFirst(asking.now());
        if (all.isEmpty()) {
            throw RailwayError.problem();
        }
        redeployed(all.get(0), false, asking.now());
        return true;
    }

    private Object runTriggers(Args args, Asking asking) {
        Args input = args.inside("input");
        project(input.text("projectId"), asking);
        FakeRailwayService service = instance(input, asking);
        String head = service.head();
        if (head == null) {
            throw RailwayError.problem();
        }
        service.start(service.made(head, asking.now()), asking.now());
        return true;
    }

    /** Configures without deploying: in one environment, or in all of them if none is named. */
    private Object update(Args args, Asking asking) {
        Args input = args.inside("input");
        if (input.texts("preDeployCommand").size() > 1) {
            throw RailwayError.problem();
        }
        String serviceId = args.text("serviceId");
        List<FakeRailwayService> all = new ArrayList<>();
        if (args.has("environmentId")) {
            all.add(instance(args, asking));
        } else {
            asking.caller().inWorkspace();
            for (FakeRailwayEnvironment environment : railway.allEnvironments()) {
                environment.services.values().stream()
                        .filter(one -> one.id().equals(serviceId))
                        .forEach(all::add);
            }
        }
        if (all.isEmpty()) {
            throw asking.caller().missing("ServiceInstance");
        }
        Set<String> known = FakeRailwayService.CONFIGURABLE;
        for (FakeRailwayService service : all) {
            Map<String, @Nullable Object> changed = new TreeMap<>(service.config.at(asking.now()));
            input.all().forEach((name, value) -> {
                if (known.contains(name.toString())) {
                    changed.put(name.toString(), value);
                }
            });
            service.config.put(asking.now(), Collections.unmodifiableMap(changed));
        }
        return true;
    }
}
