package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What Railway is asked, by whom, and how it refuses. */
class FakeRailwayTest extends OnFakeRailway {

    private static final String ME = "query Me { me { id email workspaces { name } } }";
    private static final String API_TOKEN = "{ apiToken { workspaces { id name } } }";
    private static final String PROJECT_TOKEN =
            "{ projectToken { projectId environmentId project { name } environment { name } } }";

    private String said(Consumer<HttpRequest.Builder> who, String document, Object... namesAndValues) throws Exception {
        HttpResponse<String> answer = send(who, document, namesAndValues);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body()).at("/errors/0/message").asText();
    }

    @Test
    void a_project_token_tells_its_project_and_environment() throws Exception {
        JsonNode token = JSON.readTree(send(ofProject(fake.projectToken("staging")), PROJECT_TOKEN)
                        .body())
                .at("/data/projectToken");

        assertThat(token.get("projectId").asText()).isEqualTo(fake.projectId());
        assertThat(token.get("environmentId").asText())
                .isEqualTo(fake.in("staging").id());
        assertThat(token.at("/project/name").asText()).isEqualTo("shop");
        assertThat(token.at("/environment/name").asText()).isEqualTo("staging");
    }

    @Test
    void every_kind_of_token_has_its_header_and_its_fields() throws Exception {
        assertThat(said(bearer(fake.accountToken()), ME)).isEmpty();
        assertThat(said(bearer(fake.workspaceToken()), ME)).isEqualTo("Not Authorized");
        assertThat(said(ofProject(fake.projectToken()), ME)).isEqualTo("Not Authorized");
        assertThat(said(bearer(fake.accountToken()), API_TOKEN)).isEmpty();
        assertThat(said(bearer(fake.workspaceToken()), API_TOKEN)).isEmpty();
        assertThat(said(ofProject(fake.projectToken()), API_TOKEN)).isEqualTo("Not Authorized");
        assertThat(said(bearer(fake.projectToken()), PROJECT_TOKEN)).isEqualTo("Not Authorized");
        assertThat(said(bearer(fake.accountToken()), PROJECT_TOKEN)).isEqualTo("Not Authorized");
        assertThat(said(ofProject(fake.accountToken()), PROJECT_TOKEN)).isEqualTo("Project Token not found");
        assertThat(said(request -> {}, API_TOKEN)).isEqualTo("Not Authorized");
        fake.verify();
    }

    @Test
    void a_refusal_has_status_200_a_code_and_a_path() throws Exception {
        JsonNode body = JSON.readTree(send(bearer(fake.workspaceToken()), ME).body());

        assertThat(body.get("data").isNull()).isTrue();
        JsonNode error = body.at("/errors/0");
        assertThat(error.get("message").asText()).isEqualTo("Not Authorized");
        assertThat(error.at("/path/0").asText()).isEqualTo("me");
        assertThat(error.at("/locations/0/line").asInt()).isEqualTo(1);
        assertThat(error.at("/extensions/code").asText()).isEqualTo("INTERNAL_SERVER_ERROR");
        assertThat(error.get("traceId").asText()).matches("\\d+");
    }

    @Test
    void a_token_that_was_revoked_is_worth_nothing() throws Exception {
        fake.revoke(fake.accountToken()).revoke(fake.projectToken());

        assertThat(said(bearer(fake.accountToken()), API_TOKEN)).isEqualTo("Not Authorized");
        assertThat(said(ofProject(fake.projectToken()), PROJECT_TOKEN)).isEqualTo("Project Token not found");
    }

    @Test
    void an_empty_token_is_unauthenticated() throws Exception {
        JsonNode body = JSON.readTree(send(request -> request.header("Authorization", "Bearer "), API_TOKEN)
                .body());

        assertThat(body.at("/errors/0/extensions/code").asText()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void a_project_token_sees_nothing_of_another_environment_or_of_the_workspace() throws Exception {
        FakeRailwayService there = fake.in("staging").service("api").deployed("aaaa111");
        FakeRailwayService here = fake.service("api").deployed("aaaa111");
        Consumer<HttpRequest.Builder> token = ofProject(fake.projectToken());

        assertThat(said(token, INSTANCE, "e", fake.environmentId(), "s", here.id()))
                .isEmpty();
        assertThat(said(token, INSTANCE, "e", there.environment().id(), "s", there.id()))
                .isEqualTo("Not Authorized");
        assertThat(said(token, DEPLOYMENT, "id", there.deployment("aaaa111").id()))
                .isEqualTo("Not Authorized");
        assertThat(said(token, "{ workspace(workspaceId: \"" + fake.workspaceId() + "\") { name } }"))
                .isEqualTo("Not Authorized");
        assertThat(said(token, "{ usage(measurements: [CPU_USAGE]) { value } }"))
                .isEqualTo("Not Authorized");
        assertThat(said(token, DEPLOYMENT, "id", "no-such-id")).isEqualTo("Not Authorized");
    }

    @Test
    void a_stranger_has_access_to_nothing() throws Exception {
        fake.service("api");

        assertThat(said(
                        bearer(fake.strangersToken()),
                        "query($id: String!) { project(id: $id) { name } }",
                        "id",
                        fake.projectId()))
                .isEqualTo("Not Authorized");
    }

    @Test
    void what_is_not_there_is_not_found() throws Exception {
        assertThat(refusal("{ project(id: \"x\") { name } }")).isEqualTo("Project not found");
        assertThat(refusal(DEPLOYMENT, "id", "x")).isEqualTo("Deployment not found");
        assertThat(refusal(INSTANCE, "e", fake.environmentId(), "s", "x")).isEqualTo("ServiceInstance not found");
        assertThat(refusal("{ volumeInstance(id: \"x\") { id } }")).isEqualTo("VolumeInstance not found");
    }

    @Test
    void what_was_deleted_is_not_authorized() throws Exception {
        FakeRailwayService service = fake.service("api").deployed("aaaa111");
        String deployment = service.deployment("aaaa111").id();
        service.deleted();

        assertThat(refusal(INSTANCE, "e", fake.environmentId(), "s", service.id()))
                .isEqualTo("Not Authorized");
        assertThat(refusal(DEPLOYMENT, "id", deployment)).isEqualTo("Not Authorized");
    }

    @Test
    void an_environment_that_was_deleted_may_still_be_told_but_is_not_listed() throws Exception {
        String id = fake.in("staging").deletedButTold().id();

        JsonNode listed = ask(
                "query($p: String!) { environments(projectId: $p) { edges { node { name } } } }",
                "p",
                fake.projectId());
        JsonNode told = ask("query($id: String!) { environment(id: $id) { name deletedAt } }", "id", id);

        assertThat(listed.at("/environments/edges")).hasSize(1);
        assertThat(told.at("/environment/deletedAt").asText()).isEqualTo("2027-03-02T09:00:00.000Z");
    }

    @Test
    void a_document_that_cannot_be_parsed_has_status_400() throws Exception {
        HttpResponse<String> answer = send(bearer(fake.accountToken()), "query { me {");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/errors/0/extensions/code").asText())
                .isEqualTo("GRAPHQL_PARSE_FAILED");
        assertThatThrownBy(fake::verify).hasMessageContaining("query { me {");
    }

    @Test
    void a_document_that_the_schema_does_not_allow_has_status_400() throws Exception {
        HttpResponse<String> answer =
                send(bearer(fake.accountToken()), "mutation { deploymentRollback(id: \"x\") { id } }");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/errors/0/extensions/code").asText())
                .isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(fake.requests()).isEmpty();
        assertThatThrownBy(fake::verify).hasMessageContaining("deploymentRollback");
    }

    @Test
    void variables_that_do_not_fit_are_no_data() throws Exception {
        JsonNode missing = tell(DEPLOYMENT);
        JsonNode unknown = tell(
                "mutation($input: VariableUpsertInput!) { variableUpsert(input: $input) }",
                "input",
                Map.of("projectId", "p", "environmentId", "e", "name", "N", "value", "v", "surprise", 1));

        assertThat(missing.at("/errors/0/extensions/code").asText()).isEqualTo("BAD_USER_INPUT");
        assertThat(missing.get("data").isNull()).isTrue();
        assertThat(unknown.at("/errors/0/message").asText()).isEqualTo("Problem processing request");
        assertThat(unknown.at("/errors/0").has("extensions")).isFalse();
        assertThatThrownBy(fake::verify).hasMessageContaining("surprise");
    }

    @Test
    void only_the_endpoint_answers() throws Exception {
        HttpResponse<String> answer = post("/elsewhere", bearer(fake.accountToken()), "{}");
        HttpResponse<String> nonsense = post("?a=b", bearer(fake.accountToken()), "not json");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(nonsense.statusCode()).isEqualTo(400);
        assertThatThrownBy(fake::verify).hasMessageContaining("/elsewhere").hasMessageContaining("not JSON");
    }

    @Test
    void requests_are_kept_without_the_values_of_variables() throws Exception {
        FakeRailwayService service = fake.service("api");
        ask(
                "mutation Set($input: VariableUpsertInput!) { variableUpsert(input: $input) }",
                "input",
                Map.of(
                        "projectId", fake.projectId(),
                        "environmentId", fake.environmentId(),
                        "serviceId", service.id(),
                        "name", "API_KEY",
                        "value", "very-secret"));

        assertThat(fake.mutations()).singleElement().satisfies(request -> {
            assertThat(request).hasToString("mutation variableUpsert");
            assertThat(request.operation()).isEqualTo("Set");
            assertThat(request.header()).isEqualTo("Authorization");
            assertThat(request.query()).isEqualTo("source=test");
            assertThat(request.at()).isEqualTo(START);
            assertThat(request.variable("input.name")).contains("API_KEY");
            assertThat(request.variables().toString()).doesNotContain("very-secret");
        });
        assertThat(fake.requests("variableUpsert")).hasSize(1);
        assertThat(service.variablesNow()).containsEntry("API_KEY", "very-secret");
    }

    @Test
    void a_list_comes_in_pages() throws Exception {
        fake.pageSize(2);
        FakeRailwayService service = fake.service("api");
        for (int i = 0; i < 5; i++) {
            service.deployed("commit" + i);
        }
        List<String> commits = new ArrayList<>();
        String after = null;
        do {
            JsonNode page = ask(DEPLOYMENTS, "e", fake.environmentId(), "s", service.id(), "n", 100, "after", after)
                    .get("deployments");
            page.get("edges")
                    .forEach(
                            edge -> commits.add(edge.at("/node/meta/commitHash").asText()));
            assertThat(page.get("edges").size()).isLessThanOrEqualTo(2);
            after = page.at("/pageInfo/hasNextPage").asBoolean()
                    ? page.at("/pageInfo/endCursor").asText()
                    : null;
        } while (after != null);

        assertThat(commits).containsExactly("commit4", "commit3", "commit2", "commit1", "commit0");
        assertThat(refusal(DEPLOYMENTS, "e", fake.environmentId(), "s", service.id(), "after", "made-up"))
                .isEqualTo("Problem processing request");
    }

    @Test
    void pages_may_never_end_although_the_cursor_stands_still() throws Exception {
        fake.endlessPages();
        FakeRailwayService service = fake.service("api").deployed("aaaa111");
        JsonNode first =
                ask(DEPLOYMENTS, "e", fake.environmentId(), "s", service.id()).at("/deployments/pageInfo");
        JsonNode second = ask(
                        DEPLOYMENTS,
                        "e",
                        fake.environmentId(),
                        "s",
                        service.id(),
                        "after",
                        first.get("endCursor").asText())
                .at("/deployments/pageInfo");

        assertThat(first.get("hasNextPage").asBoolean()).isTrue();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void railways_own_address_leads_to_the_fake() {
        assertThat(fake.network().endpoint(URI.create("https://backboard.railway.com/graphql/v2?source=golive")))
                .isEqualTo(URI.create(fake.uri() + "?source=golive"));
    }

    @Test
    void ids_are_the_same_in_every_run() throws Exception {
        try (FakeRailway other = FakeRailway.start(time)) {
            assertThat(other.service("api").id()).isEqualTo(fake.service("api").id());
            assertThat(other.projectId()).isEqualTo(fake.projectId());
        }
    }

    @Test
    void environments_are_listed_by_kind_and_a_project_token_sees_its_own() throws Exception {
        String document =
                "query($p: String!, $kind: Boolean) { environments(projectId: $p, isEphemeral: $kind) { edges {"
                        + " node { name canAccess } } } }";
        fake.in("pr-7").ephemeral();
        String restricted = fake.in("vault").restricted().id();

        assertThat(ask(document, "p", fake.projectId(), "kind", true).findValuesAsText("name"))
                .containsExactly("pr-7");
        assertThat(ask(document, "p", fake.projectId()).findValuesAsText("canAccess"))
                .containsExactly("true", "true", "true", "false");
        assertThat(refusal("query($id: String!) { environment(id: $id) { name } }", "id", restricted))
                .isEqualTo("Not Authorized");
        assertThat(JSON.readTree(send(ofProject(fake.projectToken("pr-7")), document, "p", fake.projectId())
                                .body())
                        .findValuesAsText("name"))
                .containsExactly("pr-7");
    }

    @Test
    void the_status_page_is_for_everybody() throws Exception {
        String document = "{ platformStatus { isStable incident { message } } }";
        assertThat(said(request -> {}, document)).isEmpty();
        fake.incident("builds are slow");

        JsonNode status = ask(document).get("platformStatus");
        assertThat(status.get("isStable").asBoolean()).isFalse();
        assertThat(status.at("/incident/message").asText()).isEqualTo("builds are slow");
    }
}
