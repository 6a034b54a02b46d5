package dev.golive.railway;

import dev.golive.Check;
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
import dev.golive.rollback.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service of Railway. Immutable and thread-safe.
 */
public final class RailwayService {

    /** What is asked to look at a service. */
    private static final Operation[] LOOKING = {Operation.SERVICES, Operation.SERVICE_INSTANCE};

    private final Railway railway;
    private final String name;

    RailwayService(Railway railway, String name) {
        this.railway = railway;
        this.name = name;
    }

    /**
     * Its name.
     *
     * @return the name
     */
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

    // ---- variables

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
