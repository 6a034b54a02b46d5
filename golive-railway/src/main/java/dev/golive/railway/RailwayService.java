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

    // ---- logs

    // ---- metrics

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
