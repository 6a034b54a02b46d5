package dev.golive.testkit.railway;

import dev.golive.testkit.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may be otherwise in an environment than a team believes. Listed within the lock, and without a change to anything:
 * no id is given, no backup is made. What happens takes the lock itself.
 */
final class Drifts {

    private static final Set<String> VARIABLES =
            Set.of("environment", "variables", "variablesForServiceDeployment", "deploymentSnapshot");
    private static final Set<String> DEPLOYED = Set.of("serviceInstance", "deployments", "deployment");
    private static final Set<String> DOMAIN = Set.of("domains", "customDomain");
    private static final Set<String> WAYS_IN = Set.of("domains", "tcpProxies");
    private static final Set<String> VOLUME = Set.of("environment", "volumeInstance");
    private static final Set<String> BACKUPS = Set.of("volumeInstanceBackupList");
    private static final Set<String> LOGS = Set.of("deploymentLogs", "environmentLogs");
    private static final Duration LATELY = Duration.ofHours(1);
    private static final Duration JUST_NOW = Duration.ofMinutes(10);
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final String SOMEBODYS = "0ddba11";
    private static final double NEARLY_ALL = 0.97;

    private final FakeRailway railway;
    private final FakeRailwayEnvironment environment;
    private final String prefix;
    private final Instant now;
    private final List<Trouble> all = new ArrayList<>();

    private Drifts(FakeRailway railway, FakeRailwayEnvironment environment, Instant now) {
        this.railway = railway;
        this.environment = environment;
        this.prefix = environment.name().equals("production") ? "" : environment.name() + "/";
        this.now = now;
    }

    /** What may be otherwise in an environment. */
    static List<Trouble> in(FakeRailwayEnvironment environment, FakeRailway railway, Instant now) {
        Drifts drifts = new Drifts(railway, environment, now);
        drifts.variables("shared", "shared", environment.shared, null);
        for (FakeRailwayService service : environment.services.values()) {
            if (!service.isDeleted(now)) {
                drifts.service(service);
            }
        }
        for (FakeRailwayVolume volume : environment.volumes.values()) {
            if (volume.isListed(now)) {
                drifts.volume(volume);
            }
        }
        drifts.add(
                "staged changes",
                "Somebody has staged changes in " + environment.name(),
                Set.of("environmentStagedChanges"),
                at -> environment.stage("somebody's change", environment.someChange(), at),
                environment.name(),
                "staged");
        return drifts.all;
    }

    /** What may be otherwise with the project and its workspace. */
    static List<Trouble> of(FakeRailway railway, Instant now) {
        Drifts drifts = new Drifts(railway, railway.allEnvironments().get(0), now);
        ProjectFields project = railway.project();
        if (project.hasUsageLimit()) {
            Set<String> workspace = Set.of("workspace");
            drifts.add(
                    "usage limit reached",
                    "The workspace has reached its usage limit, and Railway stops what runs",
                    workspace,
                    at -> project.reachUsageLimit(),
                    "usage limit",
                    "workspace");
            drifts.add(
                    "usage limit gone",
                    "The workspace has no usage limit any more",
                    workspace,
                    at -> project.usageLimit(null, null),
                    "usage limit",
                    "workspace");
        }
        if (project.hasSpent()) {
            drifts.add(
                    "spent doubled",
                    "The workspace has spent twice as much",
                    Set.of("workspace"),
                    at -> project.doubleSpent(),
                    "costs",
                    "workspace");
        }
        if (project.hasEstimates()) {
            drifts.add(
                    "estimate doubled",
                    "The estimated costs have doubled",
                    Set.of("estimatedUsage"),
                    at -> project.doubleEstimates(),
                    "costs");
        }
        drifts.add(
                "incident",
                "Railway says on its status page that something is wrong",
                Set.of("platformStatus"),
                at -> project.incident("Elevated errors"),
                "incident",
                "Railway");
        return drifts.all;
    }

    private void add(String id, String sentence, Set<String> fields, Consumer<Instant> doing, String... about) {
        all.add(Trouble.drift(prefix + id, sentence, fields::contains, () -> {
                    Instant at = railway.time().now();
                    railway.within(() -> {
                        doing.accept(at);
                        return railway;
                    });
                })
                .about(about));
    }

    // ---- variables

    private void variables(
            String owner, String whose, History<Map<String, Variable>> history, @Nullable FakeRailwayService service) {
        for (Variable one : history.at(now).values()) {
            String name = one.name();
            String[] about = about(one, service);
            add(
                    owner + " " + name + " unset",
                    "The variable " + name + " of " + whose + " is not set",
                    VARIABLES,
                    at -> variables(history, service, at, known -> FakeRailwayService.minus(known, name)),
                    about);
            if (!one.isSealed()) {
                add(
                        owner + " " + name + " changed",
                        "The variable " + name + " of " + whose + " has another value",
                        VARIABLES,
                        at -> variables(history, service, at, known -> replaced(known, name, one.updatedAt())),
                        about);
            } else {
                add(
                        owner + " " + name + " readable",
                        "The variable " + name + " of " + whose
                                + " is not sealed: whoever sees the project can read it",
                        VARIABLES,
                        at -> variables(
                                history,
                                service,
                                at,
                                known -> FakeRailwayService.plus(
                                        known, new Variable(one.id(), name, one.value(), false, one.updatedAt()))),
                        about);
            }
            if (service != null && service.current(now) != null) {
                add(
                        owner + " " + name + " not deployed",
                        "The variable " + name + " of " + whose
                                + " is as it should be, and what runs has another value",
                        VARIABLES,
                        at -> notDeployed(service, one, at),
                        about);
            }
        }
    }

    /** The variable, and those that refer to it if it is shared. */
    private String[] about(Variable one, @Nullable FakeRailwayService service) {
        Stream<String> referring = service != null
                ? Stream.of()
                : environment.services.values().stream()
                        .flatMap(any -> any.variables.at(now).values().stream())
                        .filter(any -> any.refersTo("shared." + one.name()))
                        .map(Variable::name);
        return Stream.concat(Stream.of(one.name()), referring).distinct().toArray(String[]::new);
    }

    /** Changes what is configured and what runs, so that it looks as if it had never been otherwise. */
    private static void variables(
            History<Map<String, Variable>> history,
            @Nullable FakeRailwayService service,
            Instant at,
            UnaryOperator<Map<String, Variable>> change) {
        history.always(change);
        Deployment live = service == null ? null : service.current(at);
        if (live != null) {
            live.variables = change.apply(live.variables);
        }
    }

    private static Map<String, Variable> replaced(Map<String, Variable> all, String name, Instant updatedAt) {
        Variable known = all.get(name);
        return known == null
                ? all
                : FakeRailwayService.plus(
                        all, new Variable(known.id(), name, other(known.value()), known.isSealed(), updatedAt));
    }

    private static void notDeployed(FakeRailwayService service, Variable one, Instant at) {
        Variable fresh = new Variable(one.id(), one.name(), one.value(), one.isSealed(), at);
        service.variables.put(at, FakeRailwayService.plus(service.variables.at(at), fresh));
        Deployment live = service.current(at);
        if (live != null) {
            live.variables = replaced(live.variables, one.name(), one.updatedAt());
        }
    }

    private static String other(String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true") ? "false" : "true";
        }
        return value.matches("\\d{1,9}") ? String.valueOf(Integer.parseInt(value) + 1) : "something-else";
    }

    // ---- services

    private void service(FakeRailwayService service) {
        String name = service.name();
        variables(name, name, service.variables, service);
        Deployment live = service.current(now);
        if (live != null) {
            live(service, live);
            how(service, live);
            measured(service);
            if (!live.log.isEmpty() || service.steady.isMurmuring()) {
                add(
                        name + " logs errors",
                        name + " has logged errors for ten minutes",
                        LOGS,
                        at -> service.steady.murmur(new Steady.Murmur(
                                at.minus(JUST_NOW), Duration.ofSeconds(30), "error", "error: connection refused")),
                        name);
            }
        }
        waysIn(service);
        add(
                name + " deleted",
                "Somebody has deleted " + name + " in " + environment.name(),
                Set.of("serviceInstance", "deployments", "deployment", "project"),
                service::deleteAt,
                name);
    }

    /** Whether it runs, and what. */
    private void live(FakeRailwayService service, Deployment live) {
        String name = service.name();
        add(
                name + " not live",
                "Somebody has removed what was live of " + name,
                DEPLOYED,
                at -> onLive(service, at, one -> one.removedAt = at),
                name);
        add(
                name + " crashed",
                "All instances of " + name + " have crashed",
                DEPLOYED,
                at -> onLive(service, at, one -> one.condition.put(at, Deployment.Condition.CRASHED)),
                name);
        add(
                name + " latest deployment failed",
                "The latest deployment of " + name + " has failed, and the one before it goes on",
                DEPLOYED,
                at -> service.failedBefore(SOMEBODYS, at.minus(JUST_NOW)),
                name);
        add(
                name + " deployment under way",
                "Somebody is deploying " + name,
                DEPLOYED,
                at -> service.deploying(SOMEBODYS, at),
                name);
        for (Deployment one : service.newestFirst(now)) {
            if (one != live && one.canRollback(now)) {
                add(
                        name + " rollback impossible",
                        "The image that " + name + " would go back to is gone",
                        DEPLOYED,
                        at -> one.prunedAt = at,
                        name);
                break;
            }
        }
        String image = live.image;
        if (image != null) {
            String instead = otherVersion(image);
            add(
                    name + " another image",
                    name + " runs " + instead + " instead of " + image,
                    DEPLOYED,
                    at -> {
                        configure(service, at, all -> FakeRailwayService.plus(all, "source", Map.of("image", instead)));
                        onLive(service, at, one -> {
                            one.image = instead;
                            one.digest = "sha256:" + SOMEBODYS.repeat(10).substring(0, 64);
                        });
                    },
                    name,
                    image);
        } else {
            String commit = live.commit == null ? name : live.commit;
            add(
                    name + " another commit",
                    "Another commit than " + commit + " of " + name + " is live",
                    DEPLOYED,
                    at -> onLive(service, at, one -> one.commit = SOMEBODYS),
                    name,
                    commit);
            Set<String> pushes = Set.of("deploymentTriggers", "serviceInstance", "deployments", "deployment");
            add(
                    name + " another branch",
                    name + " is deployed from another branch than " + service.branch(),
                    pushes,
                    at -> service.branch("somebodys-branch"),
                    name,
                    service.branch());
            if (FakeRailwayService.repositoryOf(service.config.at(now)) != null) {
                add(
                        name + " source disconnected",
                        "No push is deployed to " + name + " any more",
                        pushes,
                        at -> service.config.always(all -> FakeRailwayService.plus(all, "source", null)),
                        name);
            }
        }
    }

    /** How it runs. */
    private void how(FakeRailwayService service, Deployment live) {
        String name = service.name();
        Map<String, @Nullable Object> config = service.config.at(now);
        Object region = region(config);
        if (region != null) {
            String instead = region.equals("asia-southeast1-eqsg3a") ? "us-west2" : "asia-southeast1-eqsg3a";
            int count = FakeRailwayService.replicas(config);
            add(
                    name + " another region",
                    name + " runs in " + instead + " instead of " + region,
                    DEPLOYED,
                    at -> configure(service, at, all -> {
                        Map<String, @Nullable Object> moved = new HashMap<>(all);
                        if (all.get("multiRegionConfig") != null) {
                            moved.put("multiRegionConfig", Map.of(instead, Map.of("numReplicas", count)));
                        } else {
                            moved.put("region", instead);
                        }
                        return moved;
                    }),
                    name,
                    region.toString());
        }
        if (region != null) {
            add(
                    name + " region ends",
                    "Railway gives up the region " + region + ", in which " + name + " runs",
                    Set.of("regions"),
                    at -> railway.project().deprecate(region.toString(), "us-east4-eqdc4a"),
                    name,
                    region.toString());
        }
        add(
                name + " no replicas",
                name + " has no replicas",
                DEPLOYED,
                at -> configure(service, at, all -> replicas(all, 0)),
                name);
        if (FakeRailwayService.replicas(live.config) > 1) {
            add(
                    name + " one replica",
                    name + " has one replica only",
                    DEPLOYED,
                    at -> configure(service, at, all -> replicas(all, 1)),
                    name);
        }
        if (config.get("cronSchedule") == null) {
            add(
                    name + " sleeps",
                    name + " sleeps while nobody asks it anything",
                    DEPLOYED,
                    at -> {
                        configure(service, at, all -> FakeRailwayService.plus(all, "sleepApplication", true));
                        onLive(service, at, one -> one.condition.put(at, Deployment.Condition.SLEEPING));
                    },
                    name);
        }
        gone(service, "healthcheckPath", "no health check", "Nothing is asked of " + name + " before it goes live");
        gone(service, "preDeployCommand", "no pre-deploy command", name + " runs nothing before it is deployed");
        gone(service, "startCommand", "another start command", name + " is started with another command");
        gone(service, "cronSchedule", "no schedule", name + " does not run on a schedule any more");
    }

    private void gone(FakeRailwayService service, String field, String what, String sentence) {
        if (service.config.at(now).get(field) instanceof String text) {
            add(
                    service.name() + " " + what,
                    sentence,
                    DEPLOYED,
                    at -> configure(service, at, all -> FakeRailwayService.plus(all, field, null)),
                    service.name(),
                    text);
        }
    }

    private static @Nullable Object region(Map<String, @Nullable Object> config) {
        return config.get("multiRegionConfig") instanceof Map<?, ?> regions && !regions.isEmpty()
                ? regions.keySet().iterator().next()
                : config.get("region");
    }

    private static Map<String, @Nullable Object> replicas(Map<String, @Nullable Object> config, int count) {
        Map<String, @Nullable Object> changed = new HashMap<>(config);
        Object region = region(config);
        if (config.get("multiRegionConfig") != null && region != null) {
            changed.put("multiRegionConfig", Map.of(region.toString(), Map.of("numReplicas", count)));
        } else {
            changed.put("numReplicas", count);
        }
        return changed;
    }

    /** Changes what is configured and what runs, so that it looks as if it had never been otherwise. */
    private static void configure(
            FakeRailwayService service, Instant at, UnaryOperator<Map<String, @Nullable Object>> change) {
        service.config.always(change);
        onLive(service, at, one -> one.config = change.apply(one.config));
    }

    private static void onLive(FakeRailwayService service, Instant at, Consumer<Deployment> doing) {
        Deployment live = service.current(at);
        if (live != null) {
            doing.accept(live);
        }
    }

    /** The same image with a tag whose first number is the next one. */
    private static String otherVersion(String image) {
        String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        if (colon < 0) {
            return name + ":0";
        }
        Matcher number = NUMBER.matcher(name);
        return number.find(colon) && number.group().length() < 9
                ? name.substring(0, number.start())
                        + (Integer.parseInt(number.group()) + 1)
                        + name.substring(number.end())
                : name + "-other";
    }

    private void waysIn(FakeRailwayService service) {
        String name = service.name();
        if (service.domains.isEmpty() && service.subdomains.isEmpty()) {
            if (service.proxies.isEmpty()) {
                int port = port(service);
                add(
                        name + " public",
                        name + " can be reached from the internet, through a TCP proxy of its port " + port,
                        Set.of("tcpProxies"),
                        at -> service.proxies.add(new FakeRailwayService.Proxy(
                                railway.id(0xd2), "drift.proxy.rlwy.net", 45_678, port, "ACTIVE", at)),
                        name,
                        String.valueOf(port));
                String domain = name + "-drift.up.railway.app";
                add(
                        name + " has a domain",
                        name + " can be reached from the internet, at " + domain,
                        Set.of("domains"),
                        at -> service.subdomains.put(
                                domain, new FakeRailwayService.Subdomain(railway.id(0xd1), domain, at)),
                        name);
            }
        }
        if (!service.subdomains.isEmpty()) {
            add(
                    name + " no service domain",
                    name + " has no domain of Railway's any more",
                    Set.of("domains"),
                    at -> service.subdomains.clear(),
                    name);
        }
        if (!service.proxies.isEmpty()) {
            add(
                    name + " no TCP proxy",
                    name + " has no TCP proxy any more",
                    WAYS_IN,
                    at -> service.proxies.clear(),
                    name);
        }
        service.domains.values().forEach(domain -> domain(service, domain));
    }

    private static int port(FakeRailwayService service) {
        Map<String, Integer> ports = Map.of(
                "postgres", 5432, "redis", 6379, "valkey", 6379, "mysql", 3306, "mariadb", 3306, "mongo", 27_017);
        String image = FakeRailwayService.imageOf(service.config.at(Instant.MAX));
        return new TreeMap<>(ports)
                .entrySet().stream()
                        .filter(one -> (image == null ? service.name() : image).contains(one.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(8080);
    }

    private void domain(FakeRailwayService service, FakeRailwayDomain domain) {
        String name = domain.name();
        add(
                name + " missing",
                "The domain " + name + " is not one of " + service.name() + " any more",
                DOMAIN,
                at -> service.domains.remove(name),
                name);
        add(
                name + " unverified",
                "Nobody has proved to be the owner of " + name,
                DOMAIN,
                at -> domain.unverified(),
                name);
        add(
                name + " leads elsewhere",
                "The record of " + name + " leads elsewhere",
                DOMAIN,
                at -> domain.leadsTo("elsewhere.example"),
                name);
        add(
                name + " no certificate",
                name + " got no certificate",
                DOMAIN,
                at -> domain.certificateFailed("DNS_VALIDATION", "DNS validation failed"),
                name);
        add(
                name + " certificate expires",
                "The certificate of " + name + " expires in two days",
                DOMAIN,
                at -> domain.certificate(at.minus(Duration.ofDays(88)), at.plus(Duration.ofDays(2))),
                name);
        add(
                name + " another port",
                name + " leads to another port than " + domain.targetPort(),
                DOMAIN,
                at -> domain.targetPort(domain.targetPort() + 1),
                name);
    }

    // ---- what is measured

    private void measured(FakeRailwayService service) {
        String name = service.name();
        high(service, "CPU_USAGE", "CPU_LIMIT", "cpu", service.cpuLimit(), "The processors of " + name + " are busy");
        high(
                service,
                "MEMORY_USAGE_GB",
                "MEMORY_LIMIT_GB",
                "memory",
                service.memoryLimitGb(),
                "The memory of " + name + " is nearly full");
        if (service.isServed(now)) {
            Set<String> byStatus = Set.of("httpMetricsGroupedByStatus");
            add(
                    name + " answers with errors",
                    "Half of the requests to " + name + " have been answered with 500 for an hour",
                    byStatus,
                    at -> service.answering(at.minus(LATELY), at, 500, 1, null),
                    name);
            add(
                    name + " answers slowly",
                    "Requests to " + name + " have taken ten seconds for an hour",
                    Set.of("httpDurationMetrics"),
                    at -> service.answering(at.minus(LATELY), at, 0, 0, Duration.ofSeconds(10)),
                    name);
        }
        if (service.isBilled()) {
            add(
                    name + " costs doubled",
                    name + " has used twice as much",
                    Set.of("usage"),
                    at -> service.doubleUsage(),
                    "costs");
        }
    }

    private void high(
            FakeRailwayService service, String usage, String limit, String what, double most, String sentence) {
        if (service.isMeasured(usage)) {
            double known = service.lastValue(limit, now);
            double value = NEARLY_ALL * (Double.isNaN(known) ? most : known);
            add(
                    service.name() + " " + what + " high",
                    sentence,
                    Set.of("metrics"),
                    at -> service.measuring(usage, at.minus(LATELY), value),
                    service.name());
        }
    }

    // ---- volumes

    private void volume(FakeRailwayVolume volume) {
        String name = volume.name();
        String service = volume.serviceName(now);
        String[] about = service.isEmpty() ? new String[] {name} : new String[] {name, service};
        add(
                name + " nearly full",
                "The volume " + name + " is nearly full",
                Set.of("environment", "volumeInstance", "metrics"),
                at -> volume.fill(NEARLY_ALL, at.minus(LATELY)),
                about);
        add(name + " broken", "The volume " + name + " is in error", VOLUME, at -> volume.state("ERROR"), about);
        add(
                name + " about to be deleted",
                "Somebody is about to delete the volume " + name,
                VOLUME,
                at -> volume.pendingDeletion(),
                about);
        if (!service.isEmpty()) {
            add(
                    name + " mounted elsewhere",
                    "The volume " + name + " is not mounted at " + volume.mountPath(),
                    VOLUME,
                    at -> volume.mountedAt("/elsewhere"),
                    about);
            add(name + " not mounted", "Nothing mounts the volume " + name, VOLUME, volume::unmount, about);
        }
        if (!volume.schedules.at(now).isEmpty()) {
            add(
                    name + " no schedule",
                    "No backups are scheduled of the volume " + name,
                    Set.of("volumeInstanceBackupScheduleList"),
                    at -> volume.schedules.always(any -> Set.of()),
                    about);
        }
        if (volume.hasBackups(now)) {
            add(
                    name + " no backup",
                    "There is no backup of the volume " + name,
                    BACKUPS,
                    at -> volume.loseBackups(at, null),
                    about);
            add(
                    name + " backup too old",
                    "The newest backup of the volume " + name + " is a month old",
                    BACKUPS,
                    at -> volume.loseBackups(at, at.minus(Duration.ofDays(30))),
                    about);
        }
    }
}
