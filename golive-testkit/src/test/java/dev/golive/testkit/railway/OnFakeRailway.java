package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.Secret;
import dev.golive.testkit.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** A fake Railway in virtual time, asked with a plain HTTP client. */
abstract class OnFakeRailway {

    static final ObjectMapper JSON = new ObjectMapper();
    static final Instant START = Instant.parse("2027-03-02T09:00:00Z");
    static final String DEPLOYMENTS =
            "query($e: String!, $s: String!, $n: Int, $after: String) { deployments(input: {environmentId: $e, serviceId: $s},"
                    + " first: $n, after: $after) { edges { cursor node { id status canRollback createdAt meta } } pageInfo"
                    + " { hasNextPage endCursor } } }";
    static final String INSTANCE =
            "query($e: String!, $s: String!) { serviceInstance(environmentId: $e, serviceId: $s) { serviceName"
                    + " healthcheckPath latestDeployment { id status } activeDeployments { id status deploymentStopped"
                    + " instances { status } } } }";
    static final String DEPLOYMENT = "query($id: String!) { deployment(id: $id) { id status canRollback canRedeploy"
            + " deploymentStopped statusUpdatedAt meta instances { status } } }";

    final VirtualTime time = VirtualTime.startingAt(START);
    final FakeRailway fake = FakeRailway.start(time);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    final void stop() {
        fake.close();
    }

    final void pass(Duration span) throws InterruptedException {
        time.advance(span);
    }

    final void pass(long seconds) throws InterruptedException {
        pass(Duration.ofSeconds(seconds));
    }

    /** Sends a request with the account's token; fails if it was not answered without errors. */
    final JsonNode ask(String document, Object... namesAndValues) throws Exception {
        JsonNode body = tell(document, namesAndValues);
        assertThat(body.path("errors")).as("errors in %s", body).isEmpty();
        return body.get("data");
    }

    /** Sends a request with the account's token. */
    final JsonNode tell(String document, Object... namesAndValues) throws Exception {
        return JSON.readTree(
                send(bearer(fake.accountToken()), document, namesAndValues).body());
    }

    /** What the first error says. */
    final String refusal(String document, Object... namesAndValues) throws Exception {
        return tell(document, namesAndValues).at("/errors/0/message").asText();
    }

    final Consumer<HttpRequest.Builder> bearer(Secret token) {
        return request -> request.header("Authorization", "Bearer " + fake.valueOf(token));
    }

    final Consumer<HttpRequest.Builder> ofProject(Secret token) {
        return request -> request.header("Project-Access-Token", fake.valueOf(token));
    }

    final HttpResponse<String> send(Consumer<HttpRequest.Builder> who, String document, Object... namesAndValues)
            throws IOException, InterruptedException {
        Map<String, Object> variables = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        Map<String, Object> body = Map.of("query", document, "variables", variables);
        return post("?source=test", who, JSON.writeValueAsString(body));
    }

    final HttpResponse<String> post(String query, Consumer<HttpRequest.Builder> who, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fake.uri() + query))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        who.accept(request);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    final JsonNode deployments(FakeRailwayService service) throws Exception {
        return ask(DEPLOYMENTS, "e", service.environment().id(), "s", service.id())
                .at("/deployments/edges");
    }

    final String statusOf(String deploymentId) throws Exception {
        return ask(DEPLOYMENT, "id", deploymentId).at("/deployment/status").asText();
    }

    final JsonNode instance(FakeRailwayService service) throws Exception {
        return ask(INSTANCE, "e", service.environment().id(), "s", service.id()).get("serviceInstance");
    }
}
