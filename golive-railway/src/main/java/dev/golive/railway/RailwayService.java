package dev.golive.railway;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.ProviderCheck;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.ServicePort;
import dev.golive.railway.internal.ServicePort.Instance;
import dev.golive.railway.internal.Sight;
import dev.golive.rollback.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service of Railway: what is known about it, what can be done with it, and how a launch takes it back.
 *
 * <pre>{@code
 * RailwayService api = shop.service("api");
 *
 * api.isLive();
 * api.commit("cefef4c");
 * api.isReadyToDeploy("main");
 * api.deploy();
 * }</pre>
 *
 * <ul>
 *   <li>Checks ask what <em>runs</em>: the active deployment, and not what is configured for the next one. A newer
 *       deployment that failed, was skipped or is on its way does not matter to them.
 *   <li>A release is an image with its variables, named by the deployment that first had it. A rollback brings back both
 *       and makes another deployment, of the same release. It does not touch volumes, nor what else is configured.
 *   <li>Railway keeps the image of a deployment that was superseded for some days, by its {@link Railway#plan}. After
 *       that there is no rollback; {@link #rebuildingWhenGone()} lets a launch build the source once more.
 *   <li>A request that makes a deployment is sent once. What came of it is known by what was not listed before.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class RailwayService implements Component {

    /** What is asked to look at a service. */
    private static final Operation[] LOOKING = {Operation.SERVICES, Operation.SERVICE_INSTANCE};

    private final Railway railway;
    private final String name;
    private final boolean rebuilds;

    RailwayService(Railway railway, String name) {
        this(railway, name, false);
    }

    private RailwayService(Railway railway, String name, boolean rebuilds) {
        this.railway = railway;
        this.name = name;
        this.rebuilds = rebuilds;
    }

    /**
     * The same, of which a launch builds the source of a release once more if Railway no longer keeps its image. That
     * takes longer, and what comes of it may differ, for example where a base image has moved on. A plan whose watch
     * outlasts the images is not refused then.
     *
     * @return the new service
     */
    public RailwayService rebuildingWhenGone() {
        return new RailwayService(railway, name, true);
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

    /**
     * Whether it serves: a deployment is active, was put live, and its process has not ended. A newer deployment that
     * failed or was skipped does not matter, as long as the one before it goes on.
     *
     * @return the check
     */
    public Check isLive() {
        return asking(this + " is live", (calls, instance) -> {
            List<Fact> facts = new ArrayList<>();
            instance.active().forEach(one -> facts.add(Fact.of("active", one)));
            Deployment latest = instance.latest();
            if (latest != null) {
                facts.add(Fact.of("latest", latest));
            }
            boolean serves = instance.active().stream().anyMatch(Deployment::isServing);
            if (serves
                    && instance.active().stream()
                            .filter(Deployment::isServing)
                            .allMatch(one -> one.status().equals("SUCCESS")
                                    && !one.instances().isEmpty()
                                    && !one.instances().contains("RUNNING"))) {
                throw ApiProblem.undecided("the active deployment has succeeded, and none of its instances runs");
            }
            if (!serves && instance.active().stream().anyMatch(one -> one.stage() == Deployment.Stage.UNKNOWN)) {
                throw ApiProblem.undecided("what the status of the active deployment means is not known");
            }
            return (serves
                            ? Outcome.passed()
                            : Outcome.failed(
                                    instance.active().isEmpty()
                                            ? "no deployment is active"
                                            : "what is active does not serve: "
                                                    + instance.active().get(0)))
                    .with(facts);
        });
    }

    // ---- deployments

    /**
     * Whether the project has it, and the environment too.
     *
     * @return the check
     */
    public Check exists() {
        return asking(
                this + " exists", (calls, instance) -> Outcome.passed(Fact.of("service id", instance.serviceId())));
    }

    /**
     * Which image it runs; one that Railway built has no name.
     *
     * @param expected what the image's name with its tag or digest should be
     * @return the check
     */
    public Check image(Expectation<String> expected) {
        return new DeploymentChecks(this).image(Given.notNull(expected, "expected"));
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
     * Whether the tag of the image that it runs is of a version. Version {@code 15} is that of the tags {@code 15},
     * {@code 15.4} and {@code 15-alpine}, not of {@code 150}. A tag that is no number, like {@code latest}, does not tell.
     *
     * @param version the version or the beginning of it, for example {@code 15} or {@code 15.4}
     * @return the check
     * @throws IllegalArgumentException if {@code version} is no number with parts after points
     */
    public Check imageVersion(String version) {
        return new DeploymentChecks(this).imageVersion(version);
    }

    /**
     * Which image it runs, by its digest.
     *
     * @param digest for example {@code sha256:...}
     * @return the check
     * @throws IllegalArgumentException if {@code digest} is none
     */
    public Check imageDigest(String digest) {
        return new DeploymentChecks(this).imageDigest(digest);
    }

    /**
     * From which commit it was built.
     *
     * @param expected what the commit should be, as Railway tells it: in full
     * @return the check
     */
    public Check commit(Expectation<String> expected) {
        return new DeploymentChecks(this).commit(Given.notNull(expected, "expected"));
    }

    /**
     * From which commit it was built.
     *
     * @param sha the commit, or its first 7 hexadecimal digits or more
     * @return the check
     * @throws IllegalArgumentException if {@code sha} is no name of a commit
     */
    public Check commit(String sha) {
        return new DeploymentChecks(this).commit(sha);
    }

    /**
     * In which regions it runs; each of them is judged.
     *
     * @param expected what the name of a region should be, for example {@code startingWith("europe-west4")}
     * @return the check
     */
    public Check region(Expectation<String> expected) {
        return new DeploymentChecks(this).region(Given.notNull(expected, "expected"));
    }

    /**
     * Whether it runs in a region and in no other.
     *
     * @param region the name, for example {@code europe-west4-drams3a}
     * @return the check
     */
    public Check region(String region) {
        return region(Expect.is(Given.text(region, "region")));
    }

    /**
     * With how many instances it runs, in all regions together.
     *
     * @param expected what the number should be
     * @return the check
     */
    public Check replicas(Expectation<Integer> expected) {
        return new DeploymentChecks(this).replicas(Given.notNull(expected, "expected"));
    }

    /**
     * With how many instances it runs, in all regions together.
     *
     * @param count what the number should be
     * @return the check
     */
    public Check replicas(int count) {
        return replicas(Expect.is(count));
    }

    /**
     * Which path was asked before what runs was put live. Railway asks it then only, and not afterwards.
     *
     * @param path the path
     * @return the check
     */
    public Check healthcheckPath(String path) {
        return new DeploymentChecks(this).healthcheckPath(Given.text(path, "path"));
    }

    /**
     * From which repository what runs was built, and the next deployment will be.
     *
     * @param repository for example {@code acme/api}
     * @return the check
     */
    public Check repository(String repository) {
        return new DeploymentChecks(this).repository(Given.text(repository, "repository"));
    }

    /**
     * From which branch what runs was built.
     *
     * @param branch the branch
     * @return the check
     */
    public Check branch(String branch) {
        return new DeploymentChecks(this).branch(Given.text(branch, "branch"));
    }

    /**
     * Whether Railway deploys a branch by itself when somebody pushes.
     *
     * @param branch the branch
     * @return the check
     */
    public Check deploysFrom(String branch) {
        return new DeploymentChecks(this).deploysFrom(Given.text(branch, "branch"));
    }

    /**
     * Whether no deployment is queued, built, started, or waits for checks or approval.
     *
     * @return the check
     */
    public Check hasNothingUnderWay() {
        return new DeploymentChecks(this).hasNothingUnderWay();
    }

    /**
     * Whether a push would be deployed now: Railway deploys the branch by itself, and no other deployment is on its way.
     *
     * @param branch the branch
     * @return the check
     */
    public Check isReadyToDeploy(String branch) {
        return new DeploymentChecks(this).isReadyToDeploy(Given.text(branch, "branch"));
    }

    /**
     * Whether a deployment of a commit was begun, as by a push, however far it is; one that was skipped was not.
     *
     * @param sha the commit, or its first 7 hexadecimal digits or more
     * @return the check
     * @throws IllegalArgumentException if {@code sha} is no name of a commit
     */
    public Check hasDeploymentOf(String sha) {
        return new DeploymentChecks(this).hasDeploymentOf(sha);
    }

    /**
     * Whether the newest deployment has succeeded. One that was skipped is none; one that is on its way is not known yet.
     *
     * @return the check
     */
    public Check latestDeploymentSucceeded() {
        return new DeploymentChecks(this).latestSucceeded();
    }

    /**
     * Whether it is a service that runs all the time, as a worker must: it is live, has no schedule, and does not sleep.
     *
     * @return the check
     */
    public Check runsAllTheTime() {
        return new DeploymentChecks(this).runsAllTheTime();
    }

    /**
     * Deploys the newest commit of its branch, or what the tag of its image stands for by now.
     *
     * @return the deployment; it is not repeated when it is not known whether it was begun
     */
    public Deploy deploy() {
        return RailwayDeploy.latest(this);
    }

    /**
     * Deploys a commit.
     *
     * @param commitSha the commit in the repository that it is connected with, best in full
     * @return the deployment; nothing is sent if the commit is live already
     * @throws IllegalArgumentException if {@code commitSha} is no name of a commit
     */
    public Deploy deploy(String commitSha) {
        return RailwayDeploy.commit(this, Commits.given(commitSha));
    }

    /**
     * Deploys what is live once more, from the same image, without building.
     *
     * @return the deployment; it is not repeated when it is not known whether it was begun
     */
    public Deploy redeploy() {
        return RailwayDeploy.again(this);
    }

    /**
     * Restarts the instances of what is live.
     *
     * @return the action
     */
    public Action restart() {
        return new RailwayRestart(this);
    }

    /**
     * What a launch talks to.
     *
     * @return the driver
     */
    @Override
    public Driver driver() {
        return new RailwayDriver(this);
    }

    // ---- variables

    /**
     * One of its variables.
     *
     * @param variable the name of the variable
     * @return the variable
     * @throws IllegalArgumentException if the name is blank
     */
    public RailwayVariable variable(String variable) {
        return RailwayVariable.of(this, Given.text(variable, "variable"));
    }

    /**
     * Its variables together.
     *
     * @return the variables
     */
    public RailwayVariables variables() {
        return new RailwayVariables(this);
    }

    /**
     * Changes variables, which are given on the returned value.
     *
     * @return the change, which does nothing as it is
     */
    public RailwayVariableChange changeVariables() {
        return new RailwayVariableChange(this);
    }

    // ---- volumes

    /**
     * The volume that is mounted by it.
     *
     * @return the volume
     */
    public RailwayVolume volume() {
        return new RailwayVolume(railway, name, true);
    }

    // ---- domains

    /**
     * A domain of your own that leads to it.
     *
     * @param domain the name, for example {@code api.shop.example}
     * @return the domain
     * @throws IllegalArgumentException if it is no name of a host
     */
    public RailwayDomain domain(String domain) {
        return new RailwayDomain(this, Given.text(domain, "domain"));
    }

    /**
     * Whether nothing leads to it from outside, as nothing should to a database: no domain, and no TCP proxy of any port.
     * Other services of the environment reach it by the private network.
     *
     * @return the check
     */
    public Check isClosedToTheWorld() {
        return PublicDomains.none(this);
    }

    /**
     * Whether Railway has given it a domain ({@code *.up.railway.app}) that works.
     *
     * @return the check
     */
    public Check hasServiceDomain() {
        return PublicDomains.given(this);
    }

    /**
     * Whether it answers to any domain: one of Railway, or one of your own that is verified.
     *
     * @return the check
     */
    public Check hasPublicDomain() {
        return PublicDomains.any(this);
    }

    /**
     * A way from the internet to one of its ports that does not speak HTTP.
     *
     * @param port the port of the service, between 1 and 65535
     * @return the way
     * @throws IllegalArgumentException if the port is out of bounds
     */
    public RailwayTcpProxy tcpProxy(int port) {
        return new RailwayTcpProxy(this, Given.between(port, 1, 65535, "port"));
    }

    // ---- logs

    /**
     * What was said while its latest deployment was built.
     *
     * @return the log
     */
    public RailwayBuildLog buildLog() {
        return new RailwayBuildLog(this);
    }

    /**
     * What it says while it runs.
     *
     * @return the log, of the last 10 minutes unless said otherwise
     */
    public RailwayLog log() {
        return new RailwayLog(this, Duration.ofMinutes(10));
    }

    // ---- metrics

    /**
     * How much of a processor it uses, all its instances together as Railway counts them.
     *
     * @return the metric, in vCPU
     */
    public RailwayMetric cpu() {
        return RailwayMetric.of(this, "CPU", "vCPU", "CPU_USAGE", "CPU_LIMIT");
    }

    /**
     * How much memory it uses.
     *
     * @return the metric, in GB of 1024 MB
     */
    public RailwayMetric memory() {
        return RailwayMetric.of(this, "memory", "GB", "MEMORY_USAGE_GB", "MEMORY_LIMIT_GB");
    }

    /**
     * How much of its volume it uses.
     *
     * @return the metric, in GB of 1024 MB, which has no limit here
     */
    public RailwayMetric disk() {
        return RailwayMetric.of(this, "disk", "GB", "DISK_USAGE_GB", null);
    }

    /**
     * What it receives, as Railway tells it of each sample.
     *
     * @return the metric, in GB of 1024 MB, which has no limit
     */
    public RailwayMetric networkIn() {
        return RailwayMetric.of(this, "received traffic", "GB", "NETWORK_RX_GB", null);
    }

    /**
     * What it sends, as Railway tells it of each sample.
     *
     * @return the metric, in GB of 1024 MB, which has no limit
     */
    public RailwayMetric networkOut() {
        return RailwayMetric.of(this, "sent traffic", "GB", "NETWORK_TX_GB", null);
    }

    /**
     * The requests to its domains, for the triggers of a rollback.
     *
     * @return the source
     */
    public RailwayHttpMetrics http() {
        return RailwayHttpMetrics.of(this);
    }

    /**
     * The share of requests to its domains that are answered with 500 and above.
     *
     * @return the rate, by slots of a minute
     */
    public Rate httpErrorRate() {
        return Rate.of(http().countsOnly());
    }

    // ---- for its parts

    /** What is asked of a service that is there. */
    @FunctionalInterface
    interface Question {
        Outcome of(Calls calls, Instance instance) throws Exception;
    }

    Railway railway() {
        return railway;
    }

    boolean rebuilds() {
        return rebuilds;
    }

    Optional<Sight> sight(Calls calls) throws InterruptedException {
        return Sight.of(calls, name);
    }

    Optional<Instance> instance(Calls calls) throws InterruptedException {
        return ServicePort.of(calls).instance(name);
    }

    /** A question about the service, which sends other documents besides. */
    ProviderCheck<Calls> asking(String sentence, Question question, Operation... more) {
        Set<Operation> all = new LinkedHashSet<>(List.of(LOOKING));
        all.addAll(List.of(more));
        return railway.check(
                sentence,
                calls -> {
                    Optional<Instance> instance = instance(calls);
                    return instance.isEmpty()
                            ? Outcome.failed("there is no " + this)
                            : question.of(calls, instance.get());
                },
                all.toArray(Operation[]::new));
    }

    /**
     * What it is.
     *
     * @return for example {@code Railway service api of shop/production}
     */
    @Override
    public String toString() {
        return "Railway service " + name + " of " + railway.where();
    }
}
