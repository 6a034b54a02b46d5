package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.provider.ProviderAction;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Restarts the instances of what is live. Railway keeps no record of it: that it was done is told by Railway having taken
 * the request and by all instances running some time later. A second restart does no harm.
 */
final class RailwayRestart extends ProviderAction<Calls> {

    private static final String ASKED = "asked";

    /** As long as this, instances may be shown as they were before the request. */
    private static final Duration LAG = Duration.ofSeconds(60);

    private static final Set<String> STARTING = Set.of("CREATED", "INITIALIZING", "RESTARTING", "REMOVING", "STOPPED");

    private final RailwayService service;

    RailwayRestart(RailwayService service) {
        super(
                service.railway().place(),
                Kind.REVERSIBLE,
                "restart " + service,
                service.railway().permissions(RailwayServiceAction.changing(Operation.DEPLOYMENT_RESTART)));
        this.service = service;
    }

    @Override
    public Conduct conduct() {
        return Conduct.standard();
    }

    @Override
    protected Observation look(Calls calls, ActionContext context) throws Exception {
        Optional<Sight> seen = service.sight(calls);
        if (seen.isEmpty()) {
            return Observation.refused("there is no " + service);
        }
        Sight sight = seen.get();
        Optional<Deployment> going = sight.moving(sentence());
        if (going.isPresent()) {
            return Observation.underWay(going.get() + going.get().waitsFor());
        }
        Optional<Deployment> current = sight.current();
        if (current.isEmpty()) {
            return Observation.refused("nothing is deployed that could be restarted");
        }
        Optional<Receipt> receipt = context.receipt();
        return receipt.isEmpty()
                ? Observation.notAtTarget(current.get() + " was not restarted")
                : restarted(current.get(), receipt.get(), context);
    }

    private static Observation restarted(Deployment current, Receipt receipt, ActionContext context) {
        if (!current.id().equals(receipt.id())) {
            return Observation.somewhereElse("deployment " + receipt.id() + " was restarted, and " + current
                    + " is there now, which is somebody else's");
        }
        Instant asked = Instant.parse(receipt.details().getOrDefault(ASKED, Instant.EPOCH.toString()));
        List<String> instances = current.instances();
        String found = current + ", instances " + instances;
        if (context.time().now().isBefore(asked.plus(LAG))
                || instances.stream().anyMatch(STARTING::contains) && !current.stopped()) {
            return Observation.underWay(found);
        } else if (!current.isServing()) {
            return Observation.refused("it does not run after the restart: " + found);
        } else if (instances.isEmpty()) {
            return Observation.unknown("Railway does not tell the instances of " + current);
        }
        return instances.stream().allMatch("RUNNING"::equals)
                ? Observation.atTarget(found)
                : Observation.refused("not all instances run after the restart: " + found);
    }

    @Override
    protected Receipt send(Calls calls, ActionContext context) throws Exception {
        Sight sight = service.sight(calls).orElseThrow(() -> new GoLiveException("there is no " + service));
        Optional<Deployment> going = sight.moving(sentence());
        if (going.isPresent()) {
            throw new GoLiveException("a deployment of " + service + " goes on: " + going.get());
        }
        Deployment current =
                sight.current().orElseThrow(() -> new GoLiveException("nothing is deployed that could be restarted"));
        Instant asked = context.time().now();
        sight.port().restart(current.id());
        return new Receipt(current.id(), Map.of(ASKED, asked.toString()));
    }
}
