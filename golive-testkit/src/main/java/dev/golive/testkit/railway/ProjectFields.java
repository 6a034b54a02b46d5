package dev.golive.testkit.railway;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whose token it is, the workspace and what it costs, the project, its environments and services, and the regions. */
final class ProjectFields extends RailwayFields {

    /** The workspace of the stranger, who has nothing in it. */
    private static final String OTHER_WORKSPACE = FakeRailway.uuid(0xa2, 2);

    /** Something that the project has once, and its environments each. */
    record Named(String id, String name, Instant createdAt) {}

    private record Region(String name, String country, String location) {}

    private static final List<Region> REGIONS = List.of(
            new Region("us-west2", "US", "California, USA"),
            new Region("us-east4-eqdc4a", "US", "Virginia, USA"),
            new Region("europe-west4-drams3a", "NL", "Amsterdam, Netherlands"),
            new Region("asia-southeast1-eqsg3a", "SG", "Singapore"));

    private final String workspaceId;
    private final String id;
    private final Instant createdAt;
    private final Map<String, String> deprecated = new LinkedHashMap<>();
    private final Map<String, Double> estimates = new LinkedHashMap<>();
    private @Nullable Instant deletedAt;
    private @Nullable String incident;
    private double spent;
    private @Nullable Integer softLimit;
    private @Nullable Integer hardLimit;

    ProjectFields(FakeRailway railway, String workspaceId, String id, Instant createdAt) {
        super(railway);
        this.workspaceId = workspaceId;
        this.id = id;
        this.createdAt = createdAt;
    }

    String workspaceId() {
        return workspaceId;
    }

    String id() {
        return id;
    }

    void delete(Instant now) {
        deletedAt = now;
    }

    void spent(double dollars) {
        spent = dollars;
    }

    void usageLimit(@Nullable Integer softly, @Nullable Integer hard) {
        softLimit = softly;
        hardLimit = hard;
    }

    boolean hasUsageLimit() {
        return softLimit != null;
    }

    /** Spends all that may be spent. */
    void reachUsageLimit() {
        Integer soft = softLimit;
        if (hardLimit == null) {
            hardLimit = soft;
        }
        spent = hardLimit == null ? spent : Math.max(spent, hardLimit);
    }

    boolean hasSpent() {
        return spent > 0;
    }

    void doubleSpent() {
        spent *= 2;
    }

    boolean hasEstimates() {
        return !estimates.isEmpty();
    }

    void doubleEstimates() {
        estimates.replaceAll((measurement, value) -> value * 2);
    }

    void estimated(String measurement, double value) {
        estimates.put(measurement, value);
    }

    void deprecate(String region, String replacement) {
        deprecated.put(region, replacement);
    }

    void incident(String message) {
        incident = message;
    }

    @Override
    void register(Map<String, RailwayGraph.Handler> handlers) {
        handlers.put("me", this::me);
        handlers.put("apiToken", this::apiToken);
        handlers.put("projectToken", this::projectToken);
        handlers.put("platformStatus", this::platformStatus);
        handlers.put("workspace", this::workspace);
        handlers.put("project", this::project);
        handlers.put("projects", this::projects);
        handlers.put("environments", this::environments);
        handlers.put("environment", (args, asking) -> {
            project(args.maybe("projectId"), asking);
            return environment(environmentEver(args.text("id"), asking), asking);
        });
        handlers.put("environmentStagedChanges", this::stagedChanges);
        handlers.put("environmentPatchCommitStaged", this::commit);
        handlers.put("regions", this::regions);
        handlers.put("usage", this::usage);
        handlers.put("estimatedUsage", this::estimatedUsage);
    }

    private Object me(Args args, Asking asking) {
        asking.caller().mustBe(Caller.Kind.ACCOUNT, Caller.Kind.STRANGER);
        boolean stranger = asking.caller().kind() == Caller.Kind.STRANGER;
        return object(
                "id", FakeRailway.uuid(0xa1, stranger ? 2 : 1),
                "name", stranger ? "Stranger" : "Owner",
                "email", stranger ? "stranger@other.example" : "owner@acme.example",
                "workspaces", stranger ? List.of() : List.of(workspace(asking.seen())));
    }

    private Object apiToken(Args args, Asking asking) {
        asking.caller().mustBe(Caller.Kind.ACCOUNT, Caller.Kind.WORKSPACE, Caller.Kind.STRANGER);
        return object(
                "workspaces",
                asking.caller().kind() == Caller.Kind.STRANGER
                        ? List.of(object("id", OTHER_WORKSPACE, "name", "other"))
                        : List.of(object("id", workspaceId, "name", "acme")));
    }

    private Object projectToken(Args args, Asking asking) {
        FakeRailwayEnvironment scope = asking.caller().scope();
        return object(
                "id", FakeRailway.uuid(0xa3, 1),
                "name", "golive",
                "projectId", id,
                "environmentId", scope.id(),
                "project", project(asking),
                "environment", environment(scope, asking));
    }

    private Object platformStatus(Args args, Asking asking) {
        return object(
                "isStable",
                incident == null,
                "incident",
                incident == null
                        ? null
                        : object(
                                "id", "incident-1",
                                "message", incident,
                                "status", "INVESTIGATING",
                                "url", "https://status.railway.example/incident-1"),
                "maintenance",
                null);
    }

    // ---- the workspace

    private Object workspace(Args args, Asking asking) {
        asking.caller().inWorkspace();
        if (!args.text("workspaceId").equals(workspaceId)) {
            throw RailwayError.notAuthorized();
        }
        return workspace(asking.seen());
    }

    private Map<String, @Nullable Object> workspace(Instant seen) {
        LocalDate first = LocalDate.ofInstant(seen, ZoneOffset.UTC).withDayOfMonth(1);
        return object(
                "id",
                workspaceId,
                "name",
                "acme",
                "plan",
                railway.plan().told(),
                "customer",
                object(
                        "id",
                        FakeRailway.uuid(0xa4, 1),
                        "currentUsage",
                        spent,
                        "creditBalance",
                        0.0,
                        "billingPeriod",
                        object(
                                "start",
                                first.atStartOfDay(ZoneOffset.UTC).toInstant(),
                                "end",
                                first.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant()),
                        "usageLimit",
                        softLimit == null
                                ? null
                                : object(
                                        "softLimit", softLimit,
                                        "hardLimit", hardLimit,
                                        "isOverLimit", hardLimit != null && spent >= hardLimit)));
    }

    private Object usage(Args args, Asking asking) {
        paid(args, asking);
        Instant from = args.instant("startDate", Instant.MIN);
        Instant to = args.instant("endDate", asking.seen());
        List<String> groupBy = args.texts("groupBy");
        List<Object> results = new ArrayList<>();
        for (String measurement : args.texts("measurements")) {
            Map<Map<String, @Nullable Object>, Double> sums = new LinkedHashMap<>();
            for (FakeRailwayEnvironment environment : railway.allEnvironments()) {
                for (FakeRailwayService service : environment.services.values()) {
                    double sum = service.used(measurement, from, to);
                    if (sum != 0) {
                        sums.merge(MeasuredFields.tags(groupBy, service, null), sum, Double::sum);
                    }
                }
            }
            sums.forEach((tags, sum) -> results.add(object("measurement", measurement, "value", sum, "tags", tags)));
        }
        return results;
    }

    private Object estimatedUsage(Args args, Asking asking) {
        paid(args, asking);
        List<Object> results = new ArrayList<>();
        for (String measurement : args.texts("measurements")) {
            Double value = estimates.get(measurement);
            if (value != null) {
                results.add(object("measurement", measurement, "estimatedValue", value, "projectId", id));
            }
        }
        return results;
    }

    /** What is paid for is told to those who pay. */
    private void paid(Args args, Asking asking) {
        asking.caller().inWorkspace();
        project(args.maybe("projectId"), asking);
        if (args.has("workspaceId") && !args.text("workspaceId").equals(workspaceId)) {
            throw RailwayError.notAuthorized();
        }
    }

    // ---- the project

    private Object project(Args args, Asking asking) {
        project(args.text("id"), asking);
        return project(asking);
    }

    private Map<String, @Nullable Object> project(Asking asking) {
        return object(
                "id",
                id,
                "name",
                "shop",
                "description",
                "",
                "createdAt",
                createdAt,
                "updatedAt",
                createdAt,
                "deletedAt",
                isDeleted(asking.seen()) ? deletedAt : null,
                "workspaceId",
                workspaceId,
                "primaryEnvironmentId",
                railway.allEnvironments().get(0).id(),
                "services",
                (RailwayGraph.Part) args -> page(
                        listed(railway.allServices(), one -> isServiceListed(one, asking)),
                        Named::id,
                        one -> service(one, asking),
                        args),
                "volumes",
                (RailwayGraph.Part) args -> page(
                        listed(railway.allVolumes(), one -> isVolumeListed(one, asking)),
                        Named::id,
                        one -> volume(one),
                        args));
    }

    private boolean isDeleted(Instant seen) {
        return deletedAt != null && !deletedAt.isAfter(seen);
    }

    private static List<Named> listed(List<Named> all, Predicate<Named> which) {
        return all.stream().filter(which).toList();
    }

    private boolean isServiceListed(Named one, Asking asking) {
        return railway.allEnvironments().stream()
                .filter(environment -> environment.isListed(asking.seen()))
                .map(environment -> environment.services.get(one.name()))
                .anyMatch(service -> service != null && service.isListed(asking.seen()));
    }

    private boolean isVolumeListed(Named one, Asking asking) {
        return railway.allEnvironments().stream()
                .map(environment -> environment.volumes.get(one.name()))
                .anyMatch(volume -> volume != null && volume.isListed(asking.seen()));
    }

    private Object service(Named one, Asking asking) {
        Instant deleted = null;
        for (FakeRailwayEnvironment environment : railway.allEnvironments()) {
            FakeRailwayService service = environment.services.get(one.name());
            if (service != null) {
                deleted = service.deletedAt(asking.seen());
                if (deleted == null) {
                    break;
                }
            }
        }
        return object(
                "id",
                one.id(),
                "name",
                one.name(),
                "icon",
                null,
                "projectId",
                id,
                "createdAt",
                one.createdAt(),
                "deletedAt",
                deleted);
    }

    private Object volume(Named one) {
        return object("id", one.id(), "name", one.name(), "projectId", id, "createdAt", one.createdAt());
    }

    private Object projects(Args args, Asking asking) {
        asking.caller().mustBe(Caller.Kind.ACCOUNT, Caller.Kind.WORKSPACE, Caller.Kind.STRANGER);
        boolean stranger = asking.caller().kind() == Caller.Kind.STRANGER;
        if (args.has("workspaceId") && !args.text("workspaceId").equals(stranger ? OTHER_WORKSPACE : workspaceId)) {
            throw RailwayError.notAuthorized();
        }
        boolean told = !stranger && (!isDeleted(asking.seen()) || args.flag("includeDeleted"));
        return page(told ? List.of(id) : List.of(), one -> one, one -> project(asking), args);
    }

    // ---- environments

    private Object environments(Args args, Asking asking) {
        project(args.text("projectId"), asking);
        List<FakeRailwayEnvironment> all = railway.allEnvironments().stream()
                .filter(one -> asking.caller().sees(one) && one.isListed(asking.seen()))
                .filter(one -> !args.has("isEphemeral") || args.flag("isEphemeral") == one.isEphemeral())
                .toList();
        return page(all, FakeRailwayEnvironment::id, one -> environment(one, asking), args);
    }

    private Map<String, @Nullable Object> environment(FakeRailwayEnvironment one, Asking asking) {
        Instant seen = asking.seen();
        return object(
                "id",
                one.id(),
                "name",
                one.name(),
                "projectId",
                id,
                "isEphemeral",
                one.isEphemeral(),
                "canAccess",
                one.isAccessible(),
                "createdAt",
                one.createdAt(),
                "deletedAt",
                one.deletedAt(seen),
                "unmergedChangesCount",
                one.staged(seen).size(),
                "sourceEnvironment",
                null,
                "config",
                (RailwayGraph.Part) args -> config(one, seen, args.flag("decryptVariables")),
                "configEtag",
                (RailwayGraph.Part)
                        args -> Integer.toHexString(config(one, seen, true).hashCode()),
                "serviceInstances",
                (RailwayGraph.Part) args -> page(
                        one.services.values().stream()
                                .filter(service -> service.isListed(seen))
                                .toList(),
                        FakeRailwayService::instanceId,
                        service -> DeploymentFields.instance(railway, service, seen),
                        args),
                "volumeInstances",
                (RailwayGraph.Part) args -> page(
                        one.volumes.values().stream()
                                .filter(volume -> volume.isListed(seen))
                                .toList(),
                        FakeRailwayVolume::instanceId,
                        volume -> VolumeFields.instance(volume, seen),
                        args),
                "variables",
                (RailwayGraph.Part) args -> VariableFields.names(railway, one, seen, args));
    }

    private static Map<String, @Nullable Object> config(FakeRailwayEnvironment one, Instant seen, boolean open) {
        Map<String, Object> services = new LinkedHashMap<>();
        one.services.values().stream()
                .filter(service -> !service.isDeleted(seen))
                .forEach(service -> {
                    Map<String, @Nullable Object> config = new LinkedHashMap<>(service.config.at(seen));
                    Object source = config.remove("source");
                    services.put(
                            service.id(),
                            object(
                                    "source",
                                    source,
                                    "deploy",
                                    config,
                                    "variables",
                                    variables(service.variables.at(seen), open)));
                });
        return object("services", services, "sharedVariables", variables(one.shared.at(seen), open));
    }

    private static Map<String, Object> variables(Map<String, Variable> variables, boolean open) {
        Map<String, Object> told = new LinkedHashMap<>();
        variables.forEach((name, variable) ->
                told.put(name, object("value", open && !variable.isSealed() ? variable.value() : null)));
        return told;
    }

    private Object stagedChanges(Args args, Asking asking) {
        FakeRailwayEnvironment environment = environment(args.text("environmentId"), asking);
        Instant seen = asking.seen();
        FakeRailwayEnvironment.Patch found = null;
        for (FakeRailwayEnvironment.Patch patch : environment.patches) {
            boolean better = found == null || patch.isStaged(seen) || !found.isStaged(seen);
            if (!patch.createdAt.isAfter(seen) && better) {
                found = patch;
            }
        }
        if (found == null) {
            return object(
                    "id",
                    FakeRailway.uuid(0xbb, 1),
                    "status",
                    "STAGED",
                    "message",
                    null,
                    "createdAt",
                    environment.createdAt(),
                    "appliedAt",
                    null,
                    "lastAppliedError",
                    null,
                    "patch",
                    Map.of());
        }
        boolean staged = found.isStaged(seen);
        Instant applied = found.appliedAt;
        return object(
                "id", found.id,
                "status", found.status(seen),
                "message", found.message,
                "createdAt", found.createdAt,
                "appliedAt", staged || applied == null || applied.isAfter(seen) ? null : applied,
                "lastAppliedError", null,
                "patch", found.content);
    }

    private Object commit(Args args, Asking asking) {
        FakeRailwayEnvironment environment = environment(args.text("environmentId"), asking);
        if (environment.staged(asking.now()).isEmpty()) {
            throw RailwayError.problem();
        }
        return environment.commit(asking.now(), args.maybe("commitMessage"), args.flag("skipDeploys"));
    }

    // ---- regions

    private Object regions(Args args, Asking asking) {
        project(args.maybe("projectId"), asking);
        List<Object> all = new ArrayList<>();
        for (Region region : REGIONS) {
            String replacement = deprecated.get(region.name());
            all.add(object(
                    "id", region.name(),
                    "name", region.name(),
                    "region", region.name(),
                    "country", region.country(),
                    "location", region.location(),
                    "workspaceId", null,
                    "deploymentConstraints",
                            object(
                                    "deprecationInfo",
                                    replacement == null
                                            ? null
                                            : object("isDeprecated", true, "replacementRegion", replacement))));
        }
        return all;
    }
}
