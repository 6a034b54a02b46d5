package dev.golive.railway;

import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Release;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Sight;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a release back: its image and variables, or, if the image is gone, what is built once more of its source. */
final class RailwayBack extends RailwayServiceAction {

    static final Duration ROLLBACK_TAKES = Duration.ofMinutes(2);
    static final Duration REBUILD_TAKES = Duration.ofMinutes(10);

    private final Release frozen;
    private final boolean rebuilds;

    private RailwayBack(RailwayService service, Release frozen, boolean rebuilds, String sentence, Operation sent) {
        super(service, sentence, sent);
        this.frozen = frozen;
        this.rebuilds = rebuilds;
    }

    static RailwayBack rollback(RailwayService service, Release frozen) {
        return new RailwayBack(
                service,
                frozen,
                false,
                "take " + service + " back to deployment " + frozen.id(),
                Operation.DEPLOYMENT_ROLLBACK);
    }

    static RailwayBack rebuild(RailwayService service, Release frozen) {
        return new RailwayBack(
                service,
                frozen,
                true,
                "rebuild " + service + " from the source of deployment " + frozen.id()
                        + ", which is no rollback to its image",
                Operation.DEPLOYMENT_REDEPLOY);
    }

    @Override
    public Conduct conduct() {
        return rebuilds
                ? super.conduct().deadline(Duration.ofMinutes(40)).budget(REBUILD_TAKES)
                : super.conduct().deadline(Duration.ofMinutes(15)).budget(ROLLBACK_TAKES);
    }

    @Override
    String request() {
        return rebuilds ? "rebuild" : "rollback";
    }

    @Override
    String target() {
        return frozen.id();
    }

    @Override
    boolean isReached(Sight sight, Deployment live) throws Exception {
        return sight.isRelease(live, frozen.id()) || sight.release(live).id().equals(frozen.id());
    }

    /** Only what says otherwise is not; a deployment on its way says little. */
    @Override
    boolean isFitting(Sight sight, Deployment deployment) throws Exception {
        Optional<Deployment> target = sight.holder(frozen.id());
        if (target.isEmpty()) {
            return false;
        } else if (rebuilds) {
            return differs(target.get().commit(), deployment.commit()).isEmpty();
        }
        return differs(target.get().digest(), deployment.digest()).isEmpty()
                && differs(target.get().commit(), deployment.commit()).isEmpty();
    }

    private static Optional<String> differs(@Nullable String wanted, @Nullable String found) {
        return wanted != null && found != null && !wanted.equals(found)
                ? Optional.of(found + " and not " + wanted)
                : Optional.empty();
    }

    @Override
    Optional<Observation> refusal(Sight sight) throws Exception {
        Optional<Deployment> target = sight.holder(frozen.id());
        if (target.isEmpty()) {
            return Optional.of(Observation.refused("there is no deployment " + frozen.id() + " of " + service()));
        }
        Deployment holder = target.get();
        if (rebuilds) {
            return holder.canRedeploy()
                    ? Optional.empty()
                    : Optional.of(Observation.refused(holder + " can neither be rolled back to nor be built again"));
        } else if (holder.canRollback()) {
            return Optional.empty();
        } else if (holder.status().equals("REMOVING")) {
            return Optional.of(Observation.underWay(holder + " is still being removed"));
        }
        return Optional.of(Observation.refused(RailwayDriver.gone(holder)));
    }

    @Override
    Request prepare(Sight sight) throws Exception {
        Deployment holder = sight.holder(frozen.id())
                .orElseThrow(() -> new GoLiveException("there is no deployment " + frozen.id() + " of " + service()));
        return () -> {
            if (rebuilds) {
                return Optional.of(sight.port().redeploy(holder.id(), false));
            }
            sight.port().rollBack(holder.id());
            return Optional.empty();
        };
    }

    @Override
    void recognise(Sight sight, String deploymentId) {
        sight.remember(deploymentId, frozen.id());
    }

    @Override
    Release yielded(Sight sight, Deployment own) {
        return new Release(frozen.component(), frozen.id(), own.commit(), own.digest());
    }

    @Override
    Optional<String> wrong(Sight sight, Deployment own) throws Exception {
        Optional<Deployment> target = sight.find(frozen.id());
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> commit = differs(target.get().commit(), own.commit()).map(words -> "its commit is " + words);
        if (rebuilds || commit.isPresent()) {
            return commit;
        }
        Optional<String> image = differs(target.get().digest(), own.digest()).map(words -> "its image is " + words);
        boolean others = !sight.sameVariables(target.get(), own).orElse(true);
        return image.isPresent() || !others ? image : Optional.of("its variables are others");
    }
}
