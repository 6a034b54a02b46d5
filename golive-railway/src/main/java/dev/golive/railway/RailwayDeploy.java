package dev.golive.railway;

import dev.golive.Capture;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Release;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Sight;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deploys a commit, the newest commit, or what is live once more. */
final class RailwayDeploy extends RailwayServiceAction implements Deploy {

    private enum What {
        COMMIT,
        LATEST,
        AGAIN
    }

    private final What what;
    private final @Nullable String commit;
    private final Capture<Release> release;

    private RailwayDeploy(RailwayService service, What what, @Nullable String commit, String sentence, Operation sent) {
        super(service, sentence, sent);
        this.what = what;
        this.commit = commit;
        this.release = Capture.given("release of " + service.name(), Release.class);
    }

    static RailwayDeploy commit(RailwayService service, String sha) {
        return new RailwayDeploy(
                service,
                What.COMMIT,
                sha,
                "deploy commit " + sha + " to " + service,
                Operation.SERVICE_INSTANCE_DEPLOY_V2);
    }

    static RailwayDeploy latest(RailwayService service) {
        return new RailwayDeploy(
                service,
                What.LATEST,
                null,
                "deploy the latest commit to " + service,
                Operation.SERVICE_INSTANCE_DEPLOY);
    }

    static RailwayDeploy again(RailwayService service) {
        return new RailwayDeploy(
                service,
                What.AGAIN,
                null,
                "deploy once more what is live on " + service,
                Operation.DEPLOYMENT_REDEPLOY);
    }

    @Override
    public Capture<Release> release() {
        return release;
    }

    @Override
    public Component component() {
        return service();
    }

    @Override
    String request() {
        return "deploy " + what.name().toLowerCase(Locale.ROOT);
    }

    @Override
    String target() {
        return commit == null ? "" : commit;
    }

    /** What comes of the newest commit, or once more of the same, is told by its own deployment alone. */
    @Override
    boolean isReached(Sight sight, Deployment live) {
        return commit != null && isOf(live, commit);
    }

    private static boolean isOf(Deployment deployment, String sha) {
        return Commits.same(sha, deployment.commit());
    }

    @Override
    boolean isFitting(Sight sight, Deployment deployment) {
        return commit == null || deployment.commit() == null || isOf(deployment, commit);
    }

    @Override
    Optional<Observation> refusal(Sight sight) {
        if (what != What.AGAIN) {
            return Optional.empty();
        }
        Optional<Deployment> current = sight.current();
        if (current.isEmpty()) {
            return Optional.of(Observation.refused("nothing is live that could be deployed once more"));
        }
        return current.get().canRedeploy()
                ? Optional.empty()
                : Optional.of(Observation.refused(current.get() + " cannot be deployed once more"));
    }

    @Override
    Request prepare(Sight sight) {
        String id = sight.instance().serviceId();
        return switch (what) {
            case COMMIT -> () -> Optional.of(sight.port().deploy(id, target()));
            case LATEST ->
                () -> {
                    sight.port().deployLatest(id);
                    return Optional.empty();
                };
            case AGAIN -> {
                Deployment current = sight.current()
                        .orElseThrow(() -> new GoLiveException("nothing is live that could be deployed once more"));
                yield () -> Optional.of(sight.port().redeploy(current.id(), true));
            }
        };
    }

    @Override
    Release yielded(Sight sight, Deployment own) throws Exception {
        return sight.release(own);
    }

    @Override
    Optional<String> wrong(Sight sight, Deployment own) {
        return commit == null || own.commit() == null || isOf(own, commit)
                ? Optional.empty()
                : Optional.of("its commit is not " + commit);
    }
}
