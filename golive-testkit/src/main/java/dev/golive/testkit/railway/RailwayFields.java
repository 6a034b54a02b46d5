package dev.golive.testkit.railway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Some root fields, and how they find what they are about. Called one at a time. */
abstract class RailwayFields {

    final FakeRailway railway;

    RailwayFields(FakeRailway railway) {
        this.railway = railway;
    }

    /** Adds what answers the root fields. */
    abstract void register(Map<String, RailwayGraph.Handler> handlers);

    /** An object to be told: names and values by turns. */
    static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    final <T> Map<String, @Nullable Object> page(
            List<T> all, Function<T, String> id, Function<T, Object> node, Args args) {
        return Connections.page(all, id, node, args, railway.pageSize(), railway.hasEndlessPages());
    }

    /** Refuses another project than the only one; nothing is wrong with one that was not named. */
    final void project(@Nullable String id, Asking asking) {
        asking.caller().inProject();
        if (id != null && !id.equals(railway.projectId())) {
            throw asking.caller().missing("Project");
        }
    }

    /** An environment, which was not deleted. */
    final FakeRailwayEnvironment environment(String id, Asking asking) {
        FakeRailwayEnvironment found = environmentEver(id, asking);
        if (!found.isListed(asking.seen())) {
            throw RailwayError.notAuthorized();
        }
        return found;
    }

    /** An environment that is told, also one that was deleted. */
    final FakeRailwayEnvironment environmentEver(String id, Asking asking) {
        asking.caller().inProject();
        for (FakeRailwayEnvironment one : railway.allEnvironments()) {
            if (one.id().equals(id)) {
                asking.caller().in(one);
                if (!one.isTold(asking.seen()) || !one.isAccessible()) {
                    throw RailwayError.notAuthorized();
                }
                return one;
            }
        }
        throw asking.caller().missing("Environment");
    }

    /** A service in an environment. */
    final FakeRailwayService instance(String serviceId, String environmentId, Asking asking) {
        for (FakeRailwayService one :
                environment(environmentId, asking).services.values()) {
            if (one.id().equals(serviceId)) {
                if (one.isDeleted(asking.seen())) {
                    throw RailwayError.notAuthorized();
                }
                return one;
            }
        }
        throw asking.caller().missing("ServiceInstance");
    }

    final FakeRailwayService instance(Args args, Asking asking) {
        return instance(args.text("serviceId"), args.text("environmentId"), asking);
    }

    /** A deployment that can be seen by now. */
    final Deployment deployment(String id, Asking asking) {
        asking.caller().inProject();
        for (FakeRailwayEnvironment environment : railway.allEnvironments()) {
            for (FakeRailwayService service : environment.services.values()) {
                Deployment found = service.find(id).orElse(null);
                if (found != null) {
                    asking.caller().in(environment);
                    if (!environment.isTold(asking.seen()) || service.isDeleted(asking.seen())) {
                        throw RailwayError.notAuthorized();
                    } else if (found.isVisible(asking.seen())) {
                        return found;
                    }
                }
            }
        }
        throw asking.caller().missing("Deployment");
    }
}
