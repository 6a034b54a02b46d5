package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.apprunner.AppRunnerPort.Operation;
import dev.golive.aws.internal.apprunner.Sight;
import java.util.Optional;
import java.util.Set;

/**
 * What all deployments of a service have in common: while anything goes on nothing is judged, an operation of ours that
 * did not succeed is a failure whatever runs, and what somebody else put live is left to a person.
 */
abstract class AppRunnerAction extends AwsAction {

    private final AppRunnerService web;

    AppRunnerAction(AppRunnerService web, String sentence, Set<Permission> permissions) {
        super(web.aws(), Service.APP_RUNNER, Kind.REVERSIBLE, sentence, permissions);
        this.web = web;
    }

    /** Whether what is configured is what this action wants, now that nothing goes on. */
    abstract boolean isReached(Sight sight, ActionContext context) throws Exception;

    /** Why it can never be reached from here, empty if it can. */
    abstract Optional<String> refusal(Sight sight) throws Exception;

    /** Begins the operation, and gives its id. */
    abstract String begin(Sight sight) throws Exception;

    final AppRunnerService web() {
        return web;
    }

    @Override
    Observation look(Calls calls, ActionContext context) throws Exception {
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
            Release live = sight.live();
            return Observation.atTarget(live + " runs").yielding(live);
        }
        // which image a tag stood for may be beyond knowing, and is asked only where it matters
        Optional<Release> launched = context.launched(web.name());
        if (launched.isPresent() && !launched.get().id().equals(sight.live().id())) {
            return Observation.somewhereElse(sight.live() + " runs, which this launch did not put there");
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
    Receipt send(Calls calls, ActionContext context) throws Exception {
        Sight sight = web.sight(calls).orElseThrow(() -> new GoLiveException("there is no " + web));
        if (sight.isBusy()) {
            throw new GoLiveException("another operation of " + web + " goes on");
        }
        Optional<Operation> last = sight.deployment();
        if (last.isPresent() && sight.state().status().equals("RUNNING") && isReached(sight, context)) {
            // a request that is repeated, or one that nobody needs
            return Receipt.of(last.get().id());
        }
        Optional<String> refusal = refusal(sight);
        if (refusal.isPresent()) {
            throw new GoLiveException(refusal.get());
        }
        sight.keep();
        return Receipt.of(begin(sight));
    }
}
