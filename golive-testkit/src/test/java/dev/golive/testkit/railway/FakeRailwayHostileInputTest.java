package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.testkit.VirtualTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** Whatever is sent, there is an answer. */
class FakeRailwayHostileInputTest {

    private static final Deployment.Line LINE =
            new Deployment.Line(Instant.EPOCH, "error", "gone", Map.of("a", "b"), null);

    private static int status(String body) throws Exception {
        try (FakeRailway fake = FakeRailway.start(VirtualTime.startingAt("2027-03-02T09:00:00Z"))) {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(fake.uri() + "?source=test"))
                                    .header("Authorization", "Bearer " + fake.valueOf(fake.accountToken()))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode();
        }
    }

    @Property(tries = 50)
    void a_body_that_is_anything_is_refused(@ForAll String body) throws Exception {
        assertThat(status(body)).isEqualTo(400);
    }

    @Property(tries = 50)
    void a_document_that_is_anything_is_refused(
            @ForAll
                    @StringLength(min = 1, max = 40)
                    @Chars({'{', '}', '(', ')', '$', ':', 'a', 'd', ' ', '!', '@', '"'})
                    String document)
            throws Exception {
        String body = OnFakeRailway.JSON.writeValueAsString(Map.of("query", document));

        assertThat(status(body)).isEqualTo(400);
    }

    @Example
    void deep_or_strange_bodies_are_refused() throws Exception {
        assertThat(status("[".repeat(5000))).isEqualTo(400);
        assertThat(status("{\"query\":\"" + "{a".repeat(5000) + "\"}")).isEqualTo(400);
        assertThat(status("null")).isEqualTo(400);
        assertThat(status("{\"query\":null}")).isEqualTo(400);
        assertThat(status("{\"query\":\"{ me { id } }\",\"variables\":[1],\"operationName\":{}}"))
                .isEqualTo(200);
    }

    @Property(tries = 300)
    void a_filter_that_is_anything_lets_a_line_through_or_not(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 30) String filter) {
        assertThat(LogFilter.of(filter).test(LINE)).isIn(true, false);
    }

    @Property(tries = 300)
    void a_value_without_known_references_stays_what_it_is(
            @ForAll @Chars({'$', '{', '}', 'a', '.', ' ', '\\'}) @StringLength(max = 30) String value) {
        Variable variable = new Variable("id", "NAME", value, false, Instant.EPOCH);

        assertThat(variable.rendered(reference -> null)).isEqualTo(value);
    }
}
