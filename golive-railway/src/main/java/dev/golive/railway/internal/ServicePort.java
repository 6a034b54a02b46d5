package dev.golive.railway.internal;

import dev.golive.provider.ApiJson;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What golive asks about services and their deployments. */
public final class ServicePort {

    /**
     * A service in an environment.
     *
     * @param serviceId the id of the service
     * @param region the region that is configured, {@code null} if none is
     * @param replicas how many instances are configured, {@code null} if it is not
     * @param healthcheckPath which path is asked before a deployment is put live, {@code null} if none is
     * @param repository the repository it is built from, {@code null} if it is not
     * @param image the image it runs, {@code null} if it is built
     * @param cron when it runs, {@code null} if it runs all the time
     * @param sleeps whether it sleeps while nobody asks
     * @param latest the newest deployment, of whatever status; {@code null} if there is none
     * @param active the deployments that run
     */
    public record Instance(
            String serviceId,
            @Nullable String region,
            @Nullable Integer replicas,
            @Nullable String healthcheckPath,
            @Nullable String repository,
            @Nullable String image,
            @Nullable String cron,
            boolean sleeps,
            @Nullable Deployment latest,
            List<Deployment> active) {}

    private final Calls calls;

    private ServicePort(Calls calls) {
        this.calls = calls;
    }

    /** The port of an attempt. */
    public static ServicePort of(Calls calls) {
        return new ServicePort(calls);
    }

    /** A service, by its name or its id; empty if the project has none, or the environment has not that of the project. */
    public Optional<Instance> instance(String name) throws InterruptedException {
        Optional<String> id = calls.service(name);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<ApiJson> found;
        try {
            found = asked(id.get());
        } catch (ApiProblem e) {
            // said of what was deleted too, and perhaps made anew; only the list tells
            calls.forgetService(name);
            Optional<String> now = e.kind() == ApiProblem.Kind.DENIED ? calls.service(name) : id;
            if (now.equals(id)) {
                throw e;
            }
            id = now;
            found = now.isPresent() ? asked(now.get()) : Optional.empty();
        }
        if (found.isEmpty()) {
            calls.forgetService(name);
            return Optional.empty();
        }
        String called = found.get().get("serviceName").text();
        if (!name.equals(called) && !name.equals(id.orElseThrow())) {
            // it was renamed, and another may have its name by now
            calls.forgetService(name);
            throw ApiProblem.undecided("the service that was called " + name + " is called " + Words.line(called)
                    + " now: it is looked for anew next time");
        }
        return Optional.of(instance(id.orElseThrow(), found.get()));
    }

    private Optional<ApiJson> asked(String id) throws InterruptedException {
        return calls.find(
                Operation.SERVICE_INSTANCE,
                Map.of("serviceId", id, "environmentId", calls.scope().environmentId()));
    }

    private static Instance instance(String id, ApiJson said) {
        ApiJson source = said.get("source");
        return new Instance(
                id,
                said.get("region").textIfAny().orElse(null),
                said.get("numReplicas")
                        .maybe()
                        .map(ApiJson::integer)
                        .map(Math::toIntExact)
                        .orElse(null),
                said.get("healthcheckPath").textIfAny().orElse(null),
                source.get("repo").textIfAny().orElse(null),
                source.get("image").textIfAny().orElse(null),
                said.get("cronSchedule").textIfAny().orElse(null),
                said.get("sleepApplication").maybe().map(ApiJson::flag).orElse(false),
                said.get("latestDeployment").maybe().map(Deployment::of).orElse(null),
                said.get("activeDeployments").list().stream()
                        .map(Deployment::of)
                        .toList());
    }

    /** A deployment; empty if there is none. */
    public Optional<Deployment> deployment(String id) throws InterruptedException {
        return calls.find(Operation.DEPLOYMENT, Map.of("id", id)).map(Deployment::of);
    }

    /** A deployment of a service in this environment; empty if there is none, or if it is one of something else. */
    public Optional<Deployment> deployment(String serviceId, String id) throws InterruptedException {
        Optional<ApiJson> found = calls.find(Operation.DEPLOYMENT, Map.of("id", id));
        if (found.isEmpty()
                || !found.get().get("serviceId").text().equals(serviceId)
                || !found.get().get("environmentId").text().equals(calls.scope().environmentId())) {
            return Optional.empty();
        }
        return found.map(Deployment::of);
    }

    /**
     * The newest hundred deployments of a service, the newest first, also those that were removed.
     *
     * @throws ApiProblem if there are more, and those that came are not the newest
     */
    public List<Deployment> newest(String serviceId) throws InterruptedException {
        return calls
                .newest(
                        Operation.DEPLOYMENTS,
                        input(serviceId),
                        node -> node.get("createdAt").instant())
                .stream()
                .map(Deployment::of)
                .toList();
    }

    /** The deployments of a service, the newest first, also those that were removed. */
    public List<Deployment> deployments(String serviceId) throws InterruptedException {
        return calls.all(Operation.DEPLOYMENTS, input(serviceId)).stream()
                .map(Deployment::of)
                .toList();
    }

    private Map<String, Object> input(String serviceId) throws InterruptedException {
        Map<String, Object> input = Map.of(
                "projectId",
                calls.scope().projectId(),
                "environmentId",
                calls.scope().environmentId(),
                "serviceId",
                serviceId,
                "includeDeleted",
                true);
        return Map.of("input", input);
    }
}
