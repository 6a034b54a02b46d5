package dev.golive.railway;

import dev.golive.Action;
import dev.golive.CheckContext;
import dev.golive.Component;
import dev.golive.Fact;
import dev.golive.GoLiveException;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.DeploymentPort;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a launch asks a service of Railway, and how it takes it back: to the image and the variables of a deployment. */
final class RailwayDriver implements Component.Driver {

    private final RailwayService service;

    RailwayDriver(RailwayService service) {
        this.service = service;
    }

    private Sight sight(Calls calls) throws Exception {
        return service.sight(calls).orElseThrow(() -> new GoLiveException("there is no " + service));
    }

    @Override
    public Optional<Release> live(CheckContext context) throws Exception {
        return service.railway().place().ask(context, calls -> {
            Sight sight = sight(calls);
            Optional<Deployment> live = sight.live();
            return live.isPresent() ? Optional.of(sight.release(live.get())) : Optional.empty();
        });
    }

    @Override
    public Optional<Release> previous(CheckContext context) throws Exception {
        return service.railway().place().ask(context, calls -> sight(calls).previous());
    }

    @Override
    public Outcome available(Release release, CheckContext context) throws Exception {
        ofThis(release);
        try {
            return service.railway().place().ask(context, calls -> available(calls, release));
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(e.facts());
        }
    }

    private Outcome available(Calls calls, Release release) throws Exception {
        Sight sight = sight(calls);
        Optional<Duration> kept = service.railway().keepsImages(calls);
        List<Fact> facts = new ArrayList<>();
        kept.ifPresent(span -> facts.add(Fact.of("images are kept for", span.toHours() + " h after removal")));
        Optional<Deployment> live = sight.live();
        if (live.isPresent() && isRelease(sight, live.get(), release)) {
            facts.add(Fact.of("live", live.get()));
            if (kept.isEmpty()) {
                return Outcome.warned(
                                "it is live, and how long its image is kept afterwards is not known: plan(..) says"
                                        + " it")
                        .with(facts);
            }
            return live.get().digest() == null
                            && live.get().image() == null
                            && live.get().snapshotId() == null
                    ? Outcome.warned("it is live, and Railway does not tell its image")
                            .with(facts)
                    : Outcome.passed().with(facts);
        }
        Optional<Deployment> found = sight.holder(release.id());
        if (found.isEmpty()) {
            return Outcome.failed("there is no deployment " + release.id() + " of " + service)
                    .with(facts);
        }
        Deployment holder = found.get();
        facts.add(Fact.of("deployment", holder));
        if (holder.canRollback()) {
            return Outcome.passed().with(facts);
        } else if (holder.status().equals("REMOVING")) {
            return Outcome.unknown(holder + " is still being removed").with(facts);
        } else if (holder.stage() == Deployment.Stage.LIVE
                || holder.stage() == Deployment.Stage.UNDER_WAY
                || holder.stage() == Deployment.Stage.UNKNOWN) {
            return Outcome.unknown("Railway does not say whether it can go back to " + holder)
                    .with(facts);
        }
        return service.rebuilds() && holder.canRedeploy()
                ? Outcome.warned(gone(holder) + ", which is agreed to").with(facts)
                : Outcome.failed(gone(holder)).with(facts);
    }

    /** Why Railway does not roll back to a deployment. */
    static String gone(Deployment holder) {
        return switch (holder.stage()) {
            case ENDED, LIVE ->
                holder.status().equals("SKIPPED")
                        ? holder + " never was live"
                        : "Railway no longer keeps the image of " + holder
                                + (holder.canRedeploy() ? ": only a rebuild is left" : ", and does not build it again");
            case FAILED -> "Railway does not roll back to " + holder + ", which failed";
            case UNDER_WAY, UNKNOWN -> "Railway does not roll back to " + holder;
        };
    }

    private static boolean isRelease(Sight sight, Deployment deployment, Release release) throws Exception {
        return sight.isRelease(deployment, release.id())
                || sight.release(deployment).id().equals(release.id());
    }

    /** What is built again needs no image, so that there is no limit where a rebuild is agreed to. */
    @Override
    public Optional<Instant> keptUntil(Release release, CheckContext context) throws Exception {
        ofThis(release);
        return service.railway().place().ask(context, calls -> {
            Optional<Duration> kept = service.railway().keepsImages(calls);
            Sight sight = sight(calls);
            Optional<Deployment> live = sight.live();
            if (kept.isEmpty() || live.isPresent() && isRelease(sight, live.get(), release)) {
                return Optional.empty();
            }
            return sight.holder(release.id()).map(Deployment::changedAt).map(removed -> removed.plus(kept.get()));
        });
    }

    @Override
    public Optional<Duration> keptOnceReplaced(CheckContext context) throws Exception {
        return service.railway().place().ask(context, calls -> service.railway().keepsImages(calls));
    }

    @Override
    public List<String> holds(CheckContext context) throws Exception {
        return service.railway().place().ask(context, calls -> {
            List<String> sentences = new ArrayList<>();
            for (DeploymentPort.Trigger trigger :
                    DeploymentPort.of(calls).triggers(sight(calls).instance().serviceId())) {
                sentences.add("Railway deploys every push on " + trigger + " to " + service.name()
                        + " by itself, and would put live again what was taken back");
            }
            return List.copyOf(sentences);
        });
    }

    @Override
    public Action backTo(Release frozen) {
        RailwayBack rollback = RailwayBack.rollback(service, ofThis(frozen));
        return service.rebuilds() ? Action.oneOf(rollback, RailwayBack.rebuild(service, frozen)) : rollback;
    }

    @Override
    public Optional<Duration> rollbackTakes() {
        return Optional.of(service.rebuilds() ? RailwayBack.REBUILD_TAKES : RailwayBack.ROLLBACK_TAKES);
    }

    @Override
    public String byHand(Release frozen) {
        String commit = ofThis(frozen).commit();
        return "Railway dashboard, " + service.railway().where() + ", service " + service.name()
                + ", Deployments: at deployment " + frozen.id() + (commit == null ? "" : " (commit " + commit + ")")
                + " the three dots, Rollback; if that is not offered its image is gone, and Redeploy builds it again";
    }

    private Release ofThis(Release release) {
        if (!Given.notNull(release, "release").component().equals(service.name())) {
            throw new IllegalArgumentException("release must be one of " + service.name() + " but was " + release);
        }
        return release;
    }

    @Override
    public Set<Permission> permissions() {
        Set<Operation> asked =
                new LinkedHashSet<>(List.of(Operation.DEPLOYMENT_TRIGGERS, Operation.DEPLOYMENT_ROLLBACK));
        if (service.rebuilds()) {
            asked.add(Operation.DEPLOYMENT_REDEPLOY);
        }
        if (service.railway().asksForPlan()) {
            asked.add(Operation.WORKSPACE);
        }
        return service.railway().permissions(RailwayServiceAction.changing(asked.toArray(Operation[]::new)));
    }

    @Override
    public Set<Subject> touches() {
        return service.railway().place().touches();
    }

    @Override
    public Set<Secret> secrets() {
        return service.railway().place().secrets();
    }
}
