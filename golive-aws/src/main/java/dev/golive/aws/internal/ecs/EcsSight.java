package dev.golive.aws.internal.ecs;

import dev.golive.GoLiveException;
import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.apprunner.ImageName;
import dev.golive.aws.internal.ecr.EcrPort;
import dev.golive.aws.internal.ecs.EcsPort.Revision;
import dev.golive.aws.internal.ecs.EcsPort.Rollout;
import dev.golive.aws.internal.ecs.EcsPort.ServiceDeployment;
import dev.golive.aws.internal.ecs.EcsPort.State;
import dev.golive.provider.ApiProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A service as it was seen at one moment, with its deployments, and what that means: what runs and what ran before. */
public final class EcsSight {

    /** What a release of a service is called. */
    @FunctionalInterface
    public interface Naming {

        /**
         * Names it.
         *
         * @param digest the digest of the container's image, {@code null} if it is not told
         */
        Release release(Definition definition, TaskContainer main, @Nullable String digest);
    }

    private final Calls calls;
    private final EcsPort port;
    private final String cluster;
    private final String name;
    private final State state;
    private final @Nullable String container;
    private final Naming naming;
    private final Map<String, Optional<Definition>> definitions = new HashMap<>();
    private @Nullable List<ServiceDeployment> deployments;
    private @Nullable Map<String, Revision> revisions;

    private EcsSight(
            Calls calls,
            EcsPort port,
            String cluster,
            String name,
            State state,
            @Nullable String container,
            Naming naming) {
        this.calls = calls;
        this.port = port;
        this.cluster = cluster;
        this.name = name;
        this.state = state;
        this.container = container;
        this.naming = naming;
    }

    /**
     * Looks at a service, empty if there is none.
     *
     * @param container the container that stands for the whole task, {@code null} for the first
     */
    public static Optional<EcsSight> of(
            Calls calls, String cluster, String name, @Nullable String container, Naming naming) throws Exception {
        EcsPort port = EcsPort.of(calls);
        return port.service(cluster, name)
                .map(state -> new EcsSight(calls, port, cluster, name, state, container, naming));
    }

    /** The way to the service. */
    public EcsPort port() {
        return port;
    }

    /** The service as it is described. */
    public State state() {
        return state;
    }

    /** Whether ECS makes its deployments itself; what others make, golive neither sees nor takes back. */
    public boolean isOfEcs() {
        return state.controller().equals("ECS");
    }

    /** Its deployments, the newest first. */
    public List<ServiceDeployment> deployments() {
        List<ServiceDeployment> known = deployments;
        if (known == null) {
            known = port.deployments(cluster, name);
            deployments = known;
        }
        return known;
    }

    /** The deployment that goes on, empty if none does. */
    public Optional<ServiceDeployment> underWay() {
        return deployments().stream().filter(ServiceDeployment::isOpen).findFirst();
    }

    /** Whether something goes on that may change what runs. */
    public boolean isBusy() {
        if (underWay().isPresent()) {
            return true;
        }
        String rollout = state.primary().state();
        return rollout.equals("IN_PROGRESS")
                || rollout.equals("COMPLETED") && state.rollouts().size() > 1;
    }

    /** What goes on, in words. */
    public String what() {
        return underWay().map(ServiceDeployment::toString).orElse("a deployment goes on that is not listed yet");
    }

    /** Whether what is to run is what runs. */
    public boolean isSettled() {
        String rollout = calls.said(state.primary().state(), "how far the deployment of the service is");
        return rollout.equals("COMPLETED") && state.rollouts().size() == 1 && !isBusy();
    }

    /** Family and revision of what is to run, whether it runs or not. */
    public String wanted() {
        return state.primary().definition();
    }

    /** A task definition, empty if there is none. */
    public Optional<Definition> definition(String id) {
        return definitions.computeIfAbsent(id, port::definition);
    }

    /** The task definition that runs. */
    public Definition runs() {
        if (!isSettled()) {
            throw ApiProblem.undecided(
                    isBusy()
                            ? what() + ", so that it cannot be told what runs"
                            : "the deployment of " + wanted() + " is "
                                    + state.primary().state() + ", so that it cannot be told what runs");
        }
        return configured();
    }

    /** The task definition that is to run, whether it runs or not. */
    public Definition configured() {
        return needed(wanted());
    }

    /** Why what is to run already is not to be put live again: it did not get there; empty if it did. */
    public Optional<String> stuck() {
        return isSettled()
                ? Optional.empty()
                : Optional.of("the deployment of " + wanted() + " is "
                        + state.primary().state());
    }

    private Definition needed(String id) {
        return definition(id)
                .orElseThrow(() -> ApiProblem.undecided("ECS does not describe the task definition " + id));
    }

    /** What is live. */
    public Release live() {
        return release(runs());
    }

    /** What is to run, whether it runs or not. */
    public Release target() {
        return release(configured());
    }

    private Release release(Definition definition) {
        List<String> current = state.revisions();
        if (digest(definition, null) == null && !current.isEmpty()) {
            for (Revision revision : port.revisions(current).values()) {
                if (revision.definition().equals(definition.id())) {
                    return release(definition, revision);
                }
            }
        }
        return release(definition, null);
    }

    private Release release(Definition definition, @Nullable Revision revision) {
        return naming.release(definition, definition.main(container), digest(definition, revision));
    }

    private @Nullable String digest(Definition definition, @Nullable Revision revision) {
        TaskContainer main = definition.main(container);
        ImageName image = ImageName.of(main.image());
        if (image.isDigest()) {
            return image.tag();
        }
        return revision == null ? null : revision.digests().get(main.name());
    }

    /** The revisions that the deployments were about, by their ARNs. */
    public Map<String, Revision> revisions() {
        Map<String, Revision> known = revisions;
        if (known == null) {
            known = port.revisions(deployments().stream()
                    .map(ServiceDeployment::revision)
                    .distinct()
                    .toList());
            revisions = known;
        }
        return known;
    }

    /** The revision that a deployment was about. */
    public Revision revision(ServiceDeployment deployment) {
        return calls.said(revisions().get(deployment.revision()), "the revision of a deployment");
    }

    /** Whether a revision of the service has the task definition that is to run; one that is unknown has not. */
    public boolean isWanted(String revision) {
        Revision found = revisions().get(revision);
        return found != null && found.definition().equals(wanted());
    }

    /** What was put live last before what runs now, empty if ECS does not remember. */
    public Optional<Release> previous() {
        String now = live().id();
        for (Release release : history()) {
            if (!release.id().equals(now)) {
                return Optional.of(release);
            }
        }
        return Optional.empty();
    }

    /** What was put live, the last first; found out one after the other as it is asked for. */
    private Iterable<Release> history() {
        return () -> deployments().stream()
                .filter(ServiceDeployment::hasSucceeded)
                .map(deployment -> {
                    Revision revision = revision(deployment);
                    return release(needed(revision.definition()), revision);
                })
                .iterator();
    }

    /** The task definition that was live as a release, empty if ECS does not remember. */
    public Optional<Definition> recall(String release) {
        for (ServiceDeployment deployment : deployments()) {
            if (deployment.hasSucceeded()) {
                Revision revision = revision(deployment);
                Optional<Definition> definition = definition(revision.definition());
                if (definition.isPresent()
                        && release(definition.get(), revision).id().equals(release)) {
                    return definition;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The deployment that was asked for after another one was the newest.
     *
     * @param newest the ARN of the one that was the newest before, empty if there was none
     * @param ours tells it from those of others
     */
    public Optional<ServiceDeployment> after(String newest, Predicate<ServiceDeployment> ours) {
        List<ServiceDeployment> later = new ArrayList<>();
        boolean complete = newest.isEmpty();
        for (ServiceDeployment deployment : deployments()) {
            if (deployment.arn().equals(newest)) {
                complete = true;
                break;
            }
            later.add(0, deployment);
        }
        // a list without the one that was the newest is older than that
        return complete ? later.stream().filter(ours).findFirst() : Optional.empty();
    }

    /** The ARN of the newest deployment, empty if there is none. */
    public String newest() {
        return deployments().isEmpty() ? "" : deployments().get(0).arn();
    }

    /** Why a task definition cannot be put live, empty if it can. */
    public Optional<String> unusable(String id, @Nullable String digest) throws Exception {
        Optional<Definition> found = definition(id);
        if (found.isEmpty()) {
            return Optional.of("there is no task definition " + id);
        } else if (!found.get().isActive()) {
            return Optional.of("no task can be started with " + id + ": it is "
                    + found.get().status());
        }
        for (TaskContainer one : found.get().containers()) {
            ImageName image = ImageName.of(one.image());
            if (!image.isPrivate()) {
                continue;
            }
            Optional<EcrPort.Image> kept = image(image);
            if (kept.isEmpty()) {
                return Optional.of("the image of container " + one.name() + " of " + id + " is not in its repository: "
                        + image.repository() + " " + image.tag());
            } else if (digest != null
                    && one == found.get().main(container)
                    && !kept.get().digest().equals(digest)) {
                return Optional.of("the tag " + image.tag() + " of " + image.repository()
                        + " stands for another image than the one that ran as " + id);
            }
        }
        return Optional.empty();
    }

    /** The image of a name in its repository, empty if there is none. */
    public Optional<EcrPort.Image> image(ImageName image) throws Exception {
        return calls.to(
                Service.ECR,
                image.region(),
                ecr -> EcrPort.of(ecr).image(image.account(), image.repository(), image.tag()));
    }

    /** Whether all images of a task definition are named for ever, and not by tags. */
    public boolean isPinned(String id) {
        return definition(id).stream()
                .flatMap(definition -> definition.containers().stream())
                .allMatch(one -> ImageName.of(one.image()).isDigest());
    }

    /** Begins a deployment. */
    public String update(@Nullable String definition, boolean anyway) throws Exception {
        return port.update(cluster, name, definition, anyway);
    }

    /** Registers what is to run once more with another image. */
    public String register(String image) throws Exception {
        Definition now = needed(wanted());
        return port.register(now, now.container(container).name(), image);
    }

    /** Refuses a service of which others make the deployments. */
    public EcsSight ofEcs() {
        if (!isOfEcs()) {
            throw new GoLiveException("the deployments of service " + name + " are made by " + state.controller()
                    + ", not by ECS, and cannot be taken back through ECS");
        }
        return this;
    }

    /** The rollouts, in words. */
    public String rollouts() {
        List<String> words = new ArrayList<>();
        for (Rollout rollout : state.rollouts()) {
            words.add(rollout.definition() + " " + (rollout.state().isEmpty() ? "?" : rollout.state()));
        }
        return String.join(", ", words);
    }
}
