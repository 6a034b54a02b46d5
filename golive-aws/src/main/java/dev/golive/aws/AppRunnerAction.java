package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.apprunner.AppRunnerPort.Operation;
import dev.golive.aws.internal.apprunner.Sight;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What all deployments of a service have in common: while anything goes on nothing is judged, an operation of ours that
 * did not succeed is a failure whatever runs, and what somebody else put live is left to a person.
 */
abstract class AppRunnerAction extends AwsAction {

    /** Under which a receipt names the image that was asked for. */
    static final String IMAGE = "image";

    /** App Runner itself gives up after a quarter of an hour or more, and then goes back. */
    private static final Conduct CONDUCT = Conduct.standard().deadline(Duration.ofMinutes(40));

    private final AppRunnerService web;

    AppRunnerAction(AppRunnerService web, String sentence, Set<Permission> permissions) {
        super(web.aws(), Service.APP_RUNNER, Kind.REVERSIBLE, sentence, permissions);
        this.web = web;
    }

    /** Whether what is configured is what this action wants, now that nothing goes on. */
    abstract boolean isReached(Sight sight, ActionContext context) throws Exception;

    /** Why it can never be reached from here, empty if it can. */
    abstract Optional<String> refusal(Sight sight) throws Exception;

    /** Begins the operation, and gives its id with what else finds it again. */
    abstract Receipt begin(Sight sight) throws Exception;

    @Override
    public Conduct conduct() {
        return CONDUCT;
    }

    final AppRunnerService web() {
        return web;
    }

    @Override
    Observation seen(Calls calls, ActionContext context) throws Exception {
        Optional<Sight> seen = web.sight(calls);
        if (seen.isEmpty()) {
            return Observation.refused("there is no " + web);
        }
        Sight sight = seen.get();
        if (sight.isBusy()) {
            return Observation.underWay(
                    sight.underWay().map(Operation::toString).orElse("an operation goes on that is not listed yet"));
        }
        Optional<Operation> own = Optional.empty();
        if (context.receipt().isPresent()) {
            String id = context.receipt().get().id();
            own = sight.operations().stream()
                    .filter(operation -> operation.id().equals(id))
                    .findFirst();
            if (own.isEmpty()) {
                return Observation.underWay("operation " + id + " is not listed yet");
            } else if (!own.get().hasSucceeded()) {
                return Observation.refused(own.get() + ": App Runner did not put it live"
                        + (own.get().status().equals("ROLLBACK_SUCCEEDED") ? ", and went back by itself" : "")
                        + "; it says why in log group " + sight.logGroup() + ", stream deployment/" + id);
            }
        }
        if (!sight.state().status().equals("RUNNING")) {
            return Observation.refused("the service is " + sight.state().status());
        }
        if (isReached(sight, context)) {
            Release reached = sight.live();
            return Observation.atTarget(reached + " runs").yielding(reached);
        }
        // which image a tag stood for may be beyond knowing, and is asked only where it matters
        Optional<Release> launched = context.launched(web.name());
        Optional<Release> live = launched.isPresent() ? sight.liveIfKnown() : Optional.empty();
        if (live.isPresent() && !live.get().id().equals(launched.orElseThrow().id())) {
            return Observation.somewhereElse(live.get() + " runs, which this launch did not put there");
        }
        String found = sight.state().configuration().image() + " runs";
        if (own.isPresent()) {
            boolean newest = sight.deployment()
                    .filter(operation -> operation.id().equals(own(context)))
                    .isPresent();
            return newest
                    ? Observation.underWay(own.get() + ", and the service does not show it yet")
                    : Observation.somewhereElse(found + ", by a later operation of somebody else");
        }
        Optional<String> refusal = refusal(sight);
        return refusal.isPresent() ? Observation.refused(refusal.get()) : Observation.notAtTarget(found);
    }

    private static String own(ActionContext context) {
        return context.receipt().map(Receipt::id).orElse("");
    }

    @Override
    Receipt sent(Calls calls, ActionContext context) throws Exception {
        Sight sight = web.sight(calls).orElseThrow(() -> new GoLiveException("there is no " + web));
        if (sight.isBusy()) {
            throw new GoLiveException("another operation of " + web + " goes on");
        }
        Optional<Operation> last = sight.deployment();
        if (last.isPresent() && sight.state().status().equals("RUNNING") && isReached(sight, context)) {
            // a request that is repeated, or one that nobody needs
            return new Receipt(
                    last.get().id(), Map.of(IMAGE, sight.state().configuration().image()));
        }
        Optional<String> refusal = refusal(sight);
        if (refusal.isPresent()) {
            throw new GoLiveException(refusal.get());
        }
        sight.keep();
        return begin(sight);
    }
}
