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
import dev.golive.aws.internal.ecs.EcsPort.ServiceDeployment;
import dev.golive.aws.internal.ecs.EcsSight;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What all deployments of a service have in common: while anything goes on nothing is judged, a deployment of ours that
 * did not succeed is a failure whatever runs, and what somebody else put live is left to a person. ECS needs minutes to
 * start tasks, shift traffic, drain what ran before, and go back if it must: the deadline is 40 minutes unless said
 * otherwise.
 */
abstract class EcsAction extends AwsAction {

    /** The newest deployment before ours: ECS does not name ours in its answer. */
    private static final String AFTER = "after";

    private static final String DEFINITION = "task definition";
    private static final String REVISION = "service revision";
    private static final String IMAGE = "image";

    /** Beyond the time that ECS waits by itself for tasks that do not get well, and goes back. */
    private static final Conduct CONDUCT = Conduct.standard().deadline(Duration.ofMinutes(40));

    private final EcsPlace place;

    EcsAction(EcsPlace place, String sentence, Set<Permission> permissions) {
        super(place.aws(), Service.ECS, Kind.REVERSIBLE, sentence, permissions);
        this.place = place;
    }

    /** What a request began. */
    record Begun(String id, Map<String, String> asked) {

        /** A deployment of a task definition. */
        static Begun definition(String rollout, String definition) {
            return new Begun(rollout, Map.of(DEFINITION, definition));
        }

        /** A deployment of a service revision. */
        static Begun revision(String arn) {
            // ECS need not name it; the first one that is new is taken then
            return new Begun(arn.isEmpty() ? "update" : arn, Map.of(REVISION, arn));
        }

        /** The same, of which it is also known what its image was when it was asked for. */
        Begun image(String identifier) {
            Map<String, String> more = new HashMap<>(asked);
            more.put(IMAGE, identifier);
            return new Begun(id, Map.copyOf(more));
        }
    }

    /** Whether what runs is what this action wants, now that it runs alone. */
    abstract boolean isReached(EcsSight sight, ActionContext context) throws Exception;

    /** Why it can never be reached from here, empty if it can. */
    abstract Optional<String> refusal(EcsSight sight) throws Exception;

    /** Begins the deployment. */
    abstract Begun begin(Calls calls, EcsSight sight) throws Exception;

    final EcsPlace place() {
        return place;
    }

    /** The deployment that a request of ours began, if it is listed. */
    static Optional<ServiceDeployment> own(EcsSight sight, ActionContext context) {
        Optional<Receipt> receipt = context.receipt();
        if (receipt.isEmpty() || !receipt.get().details().containsKey(AFTER)) {
            return Optional.empty();
        }
        Map<String, String> details = receipt.get().details();
        return sight.after(
                details.getOrDefault(AFTER, ""),
                deployment -> details.containsKey(REVISION)
                        ? List.of("", deployment.revision()).contains(details.get(REVISION))
                        : sight.revision(deployment).definition().equals(details.get(DEFINITION)));
    }

    /** What our own deployment was asked to put live, if it did and is the newest: a tag may stand for another by now. */
    private static Optional<String> put(EcsSight sight, ActionContext context, String what) {
        Optional<ServiceDeployment> own = own(sight, context);
        return own.isPresent() && own.get().hasSucceeded() && own.get().arn().equals(sight.newest())
                ? context.receipt()
                        .flatMap(
                                receipt -> Optional.ofNullable(receipt.details().get(what)))
                : Optional.empty();
    }

    /** The task definition that our own deployment put live, empty if it is not the newest or did not. */
    static Optional<String> putDefinition(EcsSight sight, ActionContext context) {
        return put(sight, context, DEFINITION);
    }

    /** The image that our own deployment put live, empty if it is not the newest, did not, or had none to change. */
    static Optional<String> putImage(EcsSight sight, ActionContext context) {
        return put(sight, context, IMAGE);
    }

    @Override
    public Conduct conduct() {
        return CONDUCT;
    }

    @Override
    Observation seen(Calls calls, ActionContext context) throws Exception {
        Optional<EcsSight> seen = place.sight(calls);
        if (seen.isEmpty()) {
            return Observation.refused("there is no " + place);
        }
        EcsSight sight = seen.get();
        if (!sight.isOfEcs()) {
            return Observation.refused("the deployments of " + place + " are made by "
                    + sight.state().controller() + ", not by ECS");
        } else if (!sight.state().status().equals("ACTIVE")) {
            return Observation.refused(place + " is " + sight.state().status());
        } else if (sight.isBusy()) {
            return Observation.underWay(sight.what());
        }
        boolean asked = context.receipt()
                .filter(receipt -> receipt.details().containsKey(AFTER))
                .isPresent();
        Optional<ServiceDeployment> own = own(sight, context);
        if (asked && own.isEmpty()) {
            return Observation.underWay("the deployment that was asked for is not listed yet");
        }
        boolean newest = own.isPresent() && own.get().arn().equals(sight.newest());
        if (own.isPresent() && !own.get().hasSucceeded()) {
            return newest
                    ? Observation.refused(own.get() + ": ECS did not put it live"
                            + (own.get().status().equals("ROLLBACK_SUCCESSFUL") ? ", and went back by itself" : ""))
                    : Observation.somewhereElse(own.get() + ", and another one was begun by somebody else");
        }
        if (sight.isSettled() && isReached(sight, context)) {
            Release live = sight.live();
            return Observation.atTarget(live + " runs").yielding(live);
        }
        // which release it is may be beyond knowing, and is asked only where it matters
        Optional<Release> launched = context.launched(place.name());
        if (launched.isPresent() && !launched.get().id().equals(sight.target().id())) {
            return Observation.somewhereElse(sight.target() + " is there, which this launch did not put there");
        }
        if (own.isPresent()) {
            return newest
                    ? Observation.underWay(own.get() + ", and the service does not show it yet")
                    : Observation.somewhereElse(sight.rollouts() + ", by a later deployment of somebody else");
        }
        Optional<String> refusal = refusal(sight);
        return refusal.isPresent() ? Observation.refused(refusal.get()) : Observation.notAtTarget(sight.rollouts());
    }

    @Override
    Receipt sent(Calls calls, ActionContext context) throws Exception {
        EcsSight sight = place.sight(calls)
                .orElseThrow(() -> new GoLiveException("there is no " + place))
                .ofEcs();
        if (sight.isBusy()) {
            throw new GoLiveException("another deployment of " + place + " goes on");
        }
        if (sight.isSettled() && isReached(sight, context)) {
            // a request that is repeated, or one that nobody needs
            return Receipt.of(sight.state().primary().id());
        }
        Optional<String> refusal = refusal(sight);
        if (refusal.isPresent()) {
            throw new GoLiveException(refusal.get());
        }
        String newest = sight.newest();
        Begun begun = begin(calls, sight);
        Map<String, String> details = new HashMap<>(begun.asked());
        details.put(AFTER, newest);
        return new Receipt(begun.id(), details);
    }
}
