package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Variables: what is told of them, and what a change of them deploys. */
class FakeRailwayVariableTest extends OnFakeRailway {

    private static final String VALUES =
            "query($p: String!, $e: String!, $s: String, $raw: Boolean) { variables(projectId:"
                    + " $p, environmentId: $e, serviceId: $s, unrendered: $raw) }";
    private static final String NAMES = "query($e: String!) { environment(id: $e) { variables { edges { node { name"
            + " isSealed references serviceId } } } } }";
    private static final String UPSERT = "mutation($input: VariableUpsertInput!) { variableUpsert(input: $input) }";
    private static final String UPSERT_ALL =
            "mutation($input: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $input) }";
    private static final String DELETE = "mutation($input: VariableDeleteInput!) { variableDelete(input: $input) }";

    private final FakeRailwayService api = fake.service("api")
            .source("acme/api", "main")
            .variable("MODE", "production")
            .sealed("API_KEY", "very-secret")
            .deployed("aaaa111");

    private JsonNode values(boolean raw) throws Exception {
        return ask(VALUES, "p", fake.projectId(), "e", fake.environmentId(), "s", api.id(), "raw", raw)
                .get("variables");
    }

    private Map<String, Object> input(Object... namesAndValues) {
        Map<String, Object> input = new HashMap<>(
                Map.of("projectId", fake.projectId(), "environmentId", fake.environmentId(), "serviceId", api.id()));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            input.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return input;
    }

    @Test
    void a_sealed_value_is_never_told_but_its_name_is() throws Exception {
        assertThat(values(false)).hasToString("{\"MODE\":\"production\"}");
        JsonNode names = ask(NAMES, "e", fake.environmentId());
        assertThat(names.findValuesAsText("name")).containsExactly("API_KEY", "MODE");
        assertThat(names.findValuesAsText("isSealed")).containsExactly("true", "false");
        assertThat(names.toString()).doesNotContain("very-secret");
        JsonNode all = ask(
                        "query($p: String!, $e: String!, $s: String!) { variablesForServiceDeployment(projectId: $p,"
                                + " environmentId: $e, serviceId: $s) }",
                        "p",
                        fake.projectId(),
                        "e",
                        fake.environmentId(),
                        "s",
                        api.id())
                .get("variablesForServiceDeployment");
        assertThat(all.get("RAILWAY_SERVICE_NAME").asText()).isEqualTo("api");
        assertThat(all.has("API_KEY")).isFalse();
    }

    @Test
    void references_are_resolved_unless_they_are_asked_for() throws Exception {
        fake.in("production").shared("LEVEL", "info");
        fake.service("db").variable("HOST", "db.internal").variable("URL", "pg://${{HOST}}/x");
        api.variable("A", "${{shared.LEVEL}}-${{ db.URL }}-${{MODE}}-${{API_KEY}}-${{none.X}}")
                .variable("LOOP", "${{LOOP}}");

        assertThat(values(false).get("A").asText())
                .isEqualTo("info-pg://db.internal/x-production-${{API_KEY}}-${{none.X}}");
        assertThat(values(true).get("A").asText()).startsWith("${{shared.LEVEL}}");
        assertThat(values(false).get("LOOP").asText()).isEqualTo("${{LOOP}}");
        assertThat(ask(VALUES, "p", fake.projectId(), "e", fake.environmentId()).get("variables"))
                .hasToString("{\"LEVEL\":\"info\"}");
    }

    @Test
    void a_change_deploys_unless_it_is_told_not_to() throws Exception {
        ask(UPSERT, "input", input("name", "MODE", "value", "staging", "skipDeploys", true));
        assertThat(values(false).get("MODE").asText()).isEqualTo("staging");
        assertThat(api.deployments()).hasSize(1);

        ask(UPSERT, "input", input("name", "API_KEY", "value", "other"));
        assertThat(api.deployments()).hasSize(2);
        assertThat(values(false).has("API_KEY")).as("sealed it stays").isFalse();
        assertThat(api.variablesNow()).containsEntry("API_KEY", "other");
    }

    @Test
    void many_are_changed_at_once_and_the_rest_may_go() throws Exception {
        ask(UPSERT_ALL, "input", input("variables", Map.of("B", "2", "C", "3"), "skipDeploys", true));
        assertThat(api.variablesNow()).containsOnlyKeys("API_KEY", "MODE", "B", "C");
        ask(UPSERT_ALL, "input", input("variables", Map.of("D", "four-secret"), "replace", true, "skipDeploys", true));
        assertThat(api.variablesNow()).containsExactly(Map.entry("D", "four-secret"));
        assertThat(fake.requests())
                .last()
                .extracting(request -> request.variables().toString())
                .asString()
                .contains("D=***")
                .doesNotContain("four-secret");
        ask(DELETE, "input", input("name", "D"));
        assertThat(api.variablesNow()).isEmpty();
        assertThat(refusal(DELETE, "input", input("name", "D"))).isEqualTo("Problem processing request");
    }

    @Test
    void what_is_shared_deploys_those_who_refer_to_it() throws Exception {
        fake.in("production").shared("LEVEL", "info");
        api.variable("L", "${{shared.LEVEL}}");
        FakeRailwayService web = fake.service("web").source("acme/web", "main").deployed("c1");
        Map<String, Object> input = input("name", "LEVEL", "value", "debug");
        input.remove("serviceId");
        ask(UPSERT, "input", input);

        assertThat(api.deployments()).hasSize(2);
        assertThat(web.deployments()).hasSize(1);
        assertThat(values(false).get("L").asText()).isEqualTo("debug");
    }

    @Test
    void a_deployment_keeps_what_it_was_made_with() throws Exception {
        ask(UPSERT, "input", input("name", "MODE", "value", "other", "skipDeploys", true));

        JsonNode snapshot = ask(
                "query($id: String!) { deploymentSnapshot(deploymentId: $id) { variables } }",
                "id",
                api.deployment("aaaa111").id());
        assertThat(snapshot.at("/deploymentSnapshot/variables")).hasToString("{\"MODE\":\"production\"}");
    }

    @Test
    void the_environments_configuration_tells_values_on_request_only() throws Exception {
        String document =
                "query($e: String!, $open: Boolean) { environment(id: $e) { configEtag config(decryptVariables:"
                        + " $open) } }";
        JsonNode closed = ask(document, "e", fake.environmentId());
        JsonNode open = ask(document, "e", fake.environmentId(), "open", true);

        assertThat(closed.toString()).contains("MODE").doesNotContain("production\"");
        assertThat(open.toString()).contains("\"value\":\"production\"").doesNotContain("very-secret");
        assertThat(open.at("/environment/configEtag")).isEqualTo(closed.at("/environment/configEtag"));
        api.variable("MODE", "other");
        assertThat(ask(document, "e", fake.environmentId()).at("/environment/configEtag"))
                .isNotEqualTo(closed.at("/environment/configEtag"));
    }

    @Test
    void many_may_change_it_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Object>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Map<String, Object> input = input("name", "N" + i, "value", "v", "skipDeploys", true);
                all.add(() -> ask(UPSERT, "input", input));
            }
            for (Future<Object> one : threads.invokeAll(all)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(api.variablesNow()).hasSize(42);
        assertThat(fake.mutations()).hasSize(40);
    }
}
