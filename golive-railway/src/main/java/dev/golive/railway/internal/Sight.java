package dev.golive.railway.internal;

import dev.golive.Release;
import dev.golive.provider.ApiProblem;
import dev.golive.railway.internal.Deployment.Stage;
import dev.golive.railway.internal.ServicePort.Instance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service as one attempt sees it: what runs, what ran, and what goes on.
 *
 * <p>A release is known by the deployment that first had it. A rollback makes another deployment of the same; that it is
 * the same is known because this session asked for it, or proven by the digest of the image together with the variables.
 * Neither a commit nor a tag proves it.
 */
public final class Sight {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Set<String> WAITING = Set.of("NEEDS_APPROVAL", "WAITING");

    /** So many of the oldest and of the newest with the same image are compared by their variables. */
    private static final int COMPARED = 5;

    private final Calls calls;
    private final ServicePort services;
    private final DeploymentPort port;
    private final String component;
    private final Instance instance;
    private final List<Deployment> all;

    private Sight(Calls calls, String component, Instance instance, List<Deployment> all) {
        this.calls = calls;
        this.services = ServicePort.of(calls);
        this.port = DeploymentPort.of(calls);
        this.component = component;
        this.instance = instance;
        this.all = all;
    }

    /** A service, by its name or its id; empty if there is none. */
    public static Optional<Sight> of(Calls calls, String name) throws InterruptedException {
        ServicePort services = ServicePort.of(calls);
        Optional<Instance> instance = services.instance(name);
        if (instance.isEmpty()) {
            return Optional.empty();
        }
        // what is active may be too old, and what is latest too new, to be listed
        Map<String, Deployment> known = new LinkedHashMap<>();
        List<Deployment> active = instance.get().active();
        Deployment latest = instance.get().latest();
        for (Deployment one : services.newest(instance.get().serviceId())) {
            known.put(one.id(), one);
        }
        active.forEach(one -> known.put(one.id(), told(one, known.get(one.id()))));
        if (latest != null && !known.containsKey(latest.id())) {
            known.put(latest.id(), latest);
        }
        List<Deployment> all = new ArrayList<>(known.values());
        all.sort((one, other) -> other.createdAt().compareTo(one.createdAt()));
        return Optional.of(new Sight(calls, name, instance.get(), List.copyOf(all)));
    }

    /** Only the list tells since when a deployment is what it is, and only the service tells its instances. */
    private static Deployment told(Deployment active, @Nullable Deployment listed) {
        return listed == null || active.changedAt() != null ? active : active.changedAt(listed.changedAt());
    }

    /** What it is in its environment. */
    public Instance instance() {
        return instance;
    }

    /** How deployments are made. */
    public DeploymentPort port() {
        return port;
    }

    /** Its deployments, the newest first. */
    public List<Deployment> all() {
        return all;
    }

    // ---- what runs and what goes on

    /**
     * What serves.
     *
     * @return empty if nothing does
     * @throws ApiProblem if more than one deployment does, or if it is not known what Railway says of the active one
     */
    public Optional<Deployment> live() {
        return live(instance);
    }

    /** The same without the list. */
    public static Optional<Deployment> live(Instance instance) {
        List<Deployment> serving =
                instance.active().stream().filter(one -> serves(instance, one)).toList();
        if (serving.size() > 1) {
            throw ApiProblem.undecided("more than one deployment is active: " + serving);
        }
        for (Deployment one : instance.active()) {
            if (serving.isEmpty() && one.stage() == Stage.UNKNOWN) {
                throw ApiProblem.undecided("what the status of the active " + one + " means is not known");
            }
        }
        return serving.stream().findFirst();
    }

    /** Whether an active deployment serves; the process of one that runs on a schedule is expected to end. */
    public static boolean serves(Instance instance, Deployment active) {
        return active.stage() == Stage.LIVE && (!active.stopped() || instance.cron() != null);
    }

    /** What serves, or what took its place and no longer does: it crashed, or its process has ended. */
    public Optional<Deployment> current() {
        Optional<Deployment> live = live();
        return live.isPresent()
                ? live
                : all.stream()
                        .filter(one -> one.stage() == Stage.LIVE || one.status().equals("CRASHED"))
                        .findFirst();
    }

    /**
     * What is on its way, the newest of it.
     *
     * @throws ApiProblem if what is newer than what runs has a status that nobody knows
     */
    public Optional<Deployment> underWay() {
        return newest(one -> one.stage() == Stage.UNDER_WAY);
    }

    private Optional<Deployment> newest(Predicate<Deployment> going) {
        Optional<Deployment> found = all.stream().filter(going).findFirst();
        for (Deployment one : all) {
            if (found.isPresent() || one.stage() == Stage.LIVE || one.status().equals("CRASHED")) {
                break;
            } else if (one.stage() == Stage.UNKNOWN) {
                throw ApiProblem.undecided("what the status of " + one + " means is not known");
            }
        }
        return found;
    }

    /**
     * What is on its way and goes on by itself, or because this session asked for it with the same request. What waits for
     * somebody to approve it, or for the checks of a repository, may lie there for long, and a rollback must not wait for
     * it.
     *
     * @throws ApiProblem as {@link #underWay()} does
     */
    public Optional<Deployment> moving(String request) {
        return newest(one ->
                one.stage() == Stage.UNDER_WAY && (!WAITING.contains(one.status()) || wasAskedFor(one, request)));
    }

    /** A deployment, also one that is too old to be listed; empty if there is none of this service. */
    public Optional<Deployment> find(String id) throws InterruptedException {
        for (Deployment one : all) {
            if (one.id().equals(id)) {
                return Optional.of(one);
            }
        }
        return ID.matcher(id).matches() ? services.deployment(instance.serviceId(), id) : Optional.empty();
    }

    /** Where people see a deployment and its logs. */
    public String address(Deployment deployment) throws InterruptedException {
        Scope scope = calls.scope();
        return "https://railway.com/project/" + scope.projectId() + "/service/" + instance.serviceId()
                + "?environmentId=" + scope.environmentId() + "&id=" + deployment.id();
    }

    // ---- releases

    /** Keeps in mind for what this session asked when it got a deployment. */
    public void askedFor(String deploymentId, String target) {
        calls.remember("asked for " + deploymentId, target);
    }

    /** Whether this session asked for a target and got this deployment. */
    public boolean wasAskedFor(Deployment deployment, String target) {
        return calls.remembered("asked for " + deployment.id(), String.class)
                .filter(target::equals)
                .isPresent();
    }

    /** Keeps in mind that this session itself let a deployment have what a release is. */
    public void remember(String deploymentId, String releaseId) {
        if (!deploymentId.equals(releaseId)) {
            calls.remember(lineage(deploymentId), releaseId);
        }
    }

    private static String lineage(String deploymentId) {
        return "lineage " + deploymentId;
    }

    private Optional<String> remembered(Deployment deployment) {
        return calls.remembered(lineage(deployment.id()), String.class);
    }

    /** The release that a deployment has. */
    public Release release(Deployment deployment) throws InterruptedException {
        return new Release(component, releaseId(deployment), deployment.commit(), deployment.digest());
    }

    private String releaseId(Deployment deployment) throws InterruptedException {
        Optional<String> known = remembered(deployment);
        if (known.isPresent()) {
            return known.get();
        }
        Deployment first = deployment;
        Optional<Deployment> same = earlierWithTheSame(first);
        while (same.isPresent()) {
            first = same.get();
            known = remembered(first);
            if (known.isPresent()) {
                return known.get();
            }
            same = earlierWithTheSame(first);
        }
        return first.id();
    }

    /** The oldest of those before a deployment that had the same. */
    private Optional<Deployment> earlierWithTheSame(Deployment deployment) throws InterruptedException {
        List<Deployment> candidates = all.stream()
                .filter(one -> one.createdAt().isBefore(deployment.createdAt()))
                .filter(one -> one.wasGood() && haveSameImage(one, deployment))
                .toList();
        int count = candidates.size();
        for (int i = count - 1; i >= 0; i--) {
            Deployment one = candidates.get(i);
            if ((i < COMPARED || i >= count - COMPARED) && haveSameConfiguration(one, deployment)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether what a deployment has is a certain release. */
    public boolean isRelease(Deployment deployment, String releaseId) throws InterruptedException {
        if (deployment.id().equals(releaseId)) {
            return true;
        }
        Optional<String> known = remembered(deployment);
        if (known.isPresent()) {
            return known.get().equals(releaseId);
        }
        Optional<Deployment> first = find(releaseId);
        return first.isPresent() && haveTheSame(first.get(), deployment);
    }

    private boolean haveTheSame(Deployment one, Deployment other) throws InterruptedException {
        return haveSameImage(one, other) && haveSameConfiguration(one, other);
    }

    /** Variables decide where Railway tells them; that one snapshot has one set of them is documented nowhere. */
    private boolean haveSameConfiguration(Deployment one, Deployment other) throws InterruptedException {
        return sameVariables(one, other).orElse(haveSameSnapshot(one, other));
    }

    /** Whether two deployments were made with the same variables; empty if Railway does not tell. */
    public Optional<Boolean> sameVariables(Deployment one, Deployment other) throws InterruptedException {
        Optional<String> first = port.variables(one.id());
        Optional<String> second = port.variables(other.id());
        return first.isPresent() && second.isPresent()
                ? Optional.of(first.get().equals(second.get()))
                : Optional.empty();
    }

    private static boolean haveSameImage(Deployment one, Deployment other) {
        return one.digest() != null && one.digest().equals(other.digest());
    }

    private static boolean haveSameSnapshot(Deployment one, Deployment other) {
        return one.snapshotId() != null && one.snapshotId().equals(other.snapshotId());
    }

    /**
     * The deployment by which a release can be brought back: the one that first had it, or a later one if Railway keeps
     * the image of that only.
     *
     * @return empty if the release never was one of this service; otherwise see {@link Deployment#canRollback()}
     */
    public Optional<Deployment> holder(String releaseId) throws InterruptedException {
        Optional<Deployment> first = find(releaseId);
        if (first.isEmpty() || first.get().canRollback()) {
            return first;
        }
        int compared = 0;
        for (Deployment one : all) {
            if (one.canRollback() && one.createdAt().isAfter(first.get().createdAt())) {
                if (remembered(one).filter(releaseId::equals).isPresent()) {
                    return Optional.of(one);
                } else if (haveSameImage(first.get(), one) && compared++ < COMPARED && haveTheSame(first.get(), one)) {
                    return Optional.of(one);
                }
            }
        }
        return first;
    }

    /** What was live before what is. */
    public Optional<Release> previous() throws InterruptedException {
        Optional<Deployment> current = current();
        if (current.isEmpty()) {
            return Optional.empty();
        }
        String id = releaseId(current.get());
        List<Deployment> before = all.stream()
                .filter(one -> one.createdAt().isBefore(current.get().createdAt()))
                .filter(Deployment::wasGood)
                .toList();
        // one that was given up while it was built is removed too, and cannot be told from one that was live; what can
        // be brought back was live for certain
        for (boolean certain : new boolean[] {true, false}) {
            for (Deployment one : before) {
                if ((!certain || one.canRollback() || one.status().equals("REMOVING"))
                        && !isRelease(one, id)
                        && !releaseId(one).equals(id)) {
                    return Optional.of(release(one));
                }
            }
        }
        return Optional.empty();
    }
}
