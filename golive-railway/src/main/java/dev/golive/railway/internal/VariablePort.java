package dev.golive.railway.internal;

import dev.golive.provider.ApiJson;
import dev.golive.provider.ApiProblem;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What golive asks about variables, and what it changes of them. */
public final class VariablePort {

    /**
     * A variable without its value.
     *
     * @param name its name
     * @param serviceId the service that has it, {@code null} if the environment shares it
     * @param isSealed whether its value is never told
     * @param updatedAt when it was changed last
     * @param references what its value refers to, for example {@code shared.LOG_LEVEL}
     */
    public record Named(
            String name, @Nullable String serviceId, boolean isSealed, Instant updatedAt, List<String> references) {}

    private static final String CONFIGURED = ": configured() asks what is configured alone";

    private final Calls calls;

    private VariablePort(Calls calls) {
        this.calls = calls;
    }

    /** The port of an attempt. */
    public static VariablePort of(Calls calls) {
        return new VariablePort(calls);
    }

    /** All variables of the environment, shared ones and those of its services, without values. */
    public List<Named> names() throws InterruptedException {
        String environmentId = calls.scope().environmentId();
        return calls.all(Operation.VARIABLE_NAMES, Map.of("environmentId", environmentId), "variables").stream()
                .filter(node -> node.get("environmentId")
                        .textIfAny()
                        .map(environmentId::equals)
                        .orElse(true))
                .map(node -> new Named(
                        node.get("name").text(),
                        node.get("serviceId").textIfAny().orElse(null),
                        node.get("isSealed").flag(),
                        node.get("updatedAt").instant(),
                        node.get("references").list().stream()
                                .map(ApiJson::text)
                                .toList()))
                .toList();
    }

    /** The values of those that may be told, with what they refer to in its place. */
    public Map<String, String> values(@Nullable String serviceId) throws InterruptedException {
        return values(serviceId, false);
    }

    /** The values of those that may be told, as they were written. */
    public Map<String, String> written(@Nullable String serviceId) throws InterruptedException {
        return values(serviceId, true);
    }

    private Map<String, String> values(@Nullable String serviceId, boolean unrendered) throws InterruptedException {
        Map<String, Object> asked = owner(serviceId);
        if (unrendered) {
            asked.put("unrendered", true);
        }
        return texts(calls.askWithValues(Operation.VARIABLES, asked).unquoted());
    }

    /**
     * The variables that a deployment was made with.
     *
     * @throws ApiProblem if they are not told, be it that Railway kept none
     */
    public Map<String, String> ofDeployment(String deploymentId) throws InterruptedException {
        try {
            return texts(calls.askWithValues(Operation.DEPLOYMENT_SNAPSHOT, Map.of("deploymentId", deploymentId))
                    .get("variables")
                    .said()
                    .unquoted());
        } catch (ApiProblem e) {
            throw switch (e.kind()) {
                case DENIED ->
                    e.reworded("Railway does not let this token see with which variables the live deployment was made"
                            + CONFIGURED);
                // of a deployment without any, of one whose variables were pruned, and of what cannot be read: the
                // dates alone do not tell what a rollback runs with
                case NOT_FOUND, UNREADABLE ->
                    ApiProblem.undecided(
                            "Railway does not tell with which variables the live deployment was made" + CONFIGURED);
                default -> e;
            };
        }
    }

    private static Map<String, String> texts(ApiJson said) {
        Map<String, String> all = new LinkedHashMap<>();
        said.members()
                .forEach((name, value) -> all.put(name, value.said().textIfAny().orElse("")));
        return all;
    }

    /** Sets variables in one request. */
    public void set(String serviceId, Map<String, String> values, boolean deploys) throws InterruptedException {
        Map<String, Object> input = owner(serviceId);
        input.put("variables", values);
        input.put("replace", false);
        input.put("skipDeploys", !deploys);
        confirmed(calls.askWithValues(Operation.VARIABLE_COLLECTION_UPSERT, Map.of("input", input)));
    }

    /** Deletes a variable. */
    public void delete(String serviceId, String name) throws InterruptedException {
        Map<String, Object> input = owner(serviceId);
        input.put("name", name);
        confirmed(calls.ask(Operation.VARIABLE_DELETE, Map.of("input", input)));
    }

    private static void confirmed(ApiJson answer) {
        if (!answer.flag()) {
            throw ApiProblem.of(ApiProblem.Kind.REFUSED, "Railway says that it did not change the variables");
        }
    }

    private Map<String, Object> owner(@Nullable String serviceId) throws InterruptedException {
        Map<String, Object> owner = new HashMap<>();
        owner.put("projectId", calls.scope().projectId());
        owner.put("environmentId", calls.scope().environmentId());
        if (serviceId != null) {
            owner.put("serviceId", serviceId);
        }
        return owner;
    }
}
