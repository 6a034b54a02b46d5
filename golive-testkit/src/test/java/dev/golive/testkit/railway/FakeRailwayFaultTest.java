package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes wrong between a client and Railway, and how often it may be asked. */
class FakeRailwayFaultTest extends OnFakeRailway {

    private static final String ROLLBACK = "mutation($id: String!) { deploymentRollback(id: $id) }";

    private final FakeRailwayService api =
            fake.service("api").source("acme/api", "main").deployed("aaaa111").deployed("bbbb222");

    private HttpResponse<String> list() throws Exception {
        return send(bearer(fake.accountToken()), DEPLOYMENTS, "e", fake.environmentId(), "s", api.id());
    }

    @Test
    void too_many_requests_are_refused_with_the_time_to_wait() throws Exception {
        fake.fault(RailwayFault.throttled(Duration.ofSeconds(7)));
        HttpResponse<String> answer = list();

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).contains("10000");
        assertThat(answer.body()).isEqualTo("Too Many Requests");
    }

    @Test
    void the_edge_refuses_without_the_headers_of_the_limit() throws Exception {
        fake.fault(RailwayFault.edgeLimited());
        HttpResponse<String> answer = list();

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("error code: 1015");
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void errors_come_with_status_200() throws Exception {
        for (RailwayFault fault : List.of(
                RailwayFault.notAuthorized(),
                RailwayFault.problemProcessing(),
                RailwayFault.internalError(),
                RailwayFault.refused("Whoa there pal!"))) {
            fake.mend().fault("deployments", fault);
            HttpResponse<String> answer = list();
            JsonNode body = JSON.readTree(answer.body());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(body.get("data").isNull()).isTrue();
            assertThat(body.at("/errors/0/message").asText()).isNotEmpty();
            assertThat(body.at("/errors/0").has("extensions"))
                    .isEqualTo(!fault.equals(RailwayFault.problemProcessing()));
        }
    }

    @Test
    void answers_may_say_nothing() throws Exception {
        fake.fault(null, RailwayFault.empty(), 1).fault(null, RailwayFault.nullData(), 1);
        assertThat(list().body()).isEqualTo("{}");
        assertThat(list().body()).isEqualTo("{\"data\":null}");
        assertThat(list().body()).contains("bbbb222");
        fake.fault(RailwayFault.garbage());
        assertThatThrownBy(() -> JSON.readTree(list().body())).isInstanceOf(IOException.class);
        fake.mend().fault(RailwayFault.unavailable());
        assertThat(list().statusCode()).isEqualTo(503);
        fake.mend().fault(RailwayFault.unavailable(502));
        assertThat(list().statusCode()).isEqualTo(502);
    }

    @Test
    void a_part_of_an_answer_comes_with_an_error() throws Exception {
        fake.fault("deployments", RailwayFault.partial());
        JsonNode body = JSON.readTree(list().body());

        assertThat(body.at("/data/deployments/edges")).hasSize(1);
        assertThat(body.at("/errors/0/message").asText()).isEqualTo("Internal server error");
    }

    @Test
    void a_lost_answer_is_lost_after_it_had_its_effect_and_a_reset_comes_before() throws Exception {
        String old = api.deployment("aaaa111").id();
        fake.fault("deploymentRollback", RailwayFault.reset(), 1);
        assertThatThrownBy(() -> tell(ROLLBACK, "id", old)).isInstanceOf(IOException.class);
        pass(60);
        assertThat(deployments(api)).hasSize(2);
        fake.fault("deploymentRollback", RailwayFault.lostAnswer(), 1);
        assertThatThrownBy(() -> tell(ROLLBACK, "id", old)).isInstanceOf(IOException.class);
        pass(60);

        assertThat(deployments(api)).hasSize(3);
        assertThat(fake.mutations()).hasSize(2);
    }

    @Test
    void a_stale_read_tells_what_was() throws Exception {
        api.pushed("cccc333");
        pass(30);
        fake.fault("deployments", RailwayFault.staleRead(Duration.ofSeconds(40)));
        assertThat(deployments(api)).hasSize(2);
        fake.mend();
        assertThat(deployments(api)).hasSize(3);
    }

    @Test
    void a_fault_of_one_field_is_none_of_another() throws Exception {
        fake.fault("deployment", RailwayFault.hanging());

        assertThat(list().statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> fake.fault("noSuchField", RailwayFault.reset()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("noSuchField");
    }

    @Test
    void faults_refuse_what_cannot_be_and_say_what_they_are() {
        assertThatThrownBy(() -> RailwayFault.slow(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> RailwayFault.unavailable(500)).hasMessageContaining("500");
        assertThat(RailwayFault.noAnswers()).doesNotHaveDuplicates();
        assertThat(RailwayFault.staleRead(Duration.ofSeconds(3))).hasToString("stale by PT3S");
    }

    @Test
    void every_answer_says_how_many_requests_are_left_until_when() throws Exception {
        fake.plan(FakeRailway.Plan.FREE);
        HttpResponse<String> first = list();
        pass(600);
        HttpResponse<String> second = list();

        assertThat(first.headers().firstValue("X-RateLimit-Limit")).contains("100");
        assertThat(first.headers().firstValue("X-RateLimit-Remaining")).contains("99");
        assertThat(second.headers().firstValue("X-RateLimit-Remaining")).contains("98");
        String end = Long.toString(START.plusSeconds(3600).getEpochSecond());
        assertThat(second.headers().firstValue("X-RateLimit-Reset")).contains(end);
        fake.rateLimitResetsAsText();
        assertThat(list().headers().firstValue("X-RateLimit-Reset")).contains("2027-03-02T10:00:00.000Z");
    }

    @Test
    void who_has_used_up_the_hour_waits_for_the_next() throws Exception {
        fake.rateLimit(2);
        list();
        list();
        pass(3000);
        HttpResponse<String> third = list();

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).contains("600");
        assertThat(third.headers().firstValue("X-RateLimit-Remaining")).contains("0");
        pass(600);
        assertThat(list().statusCode()).isEqualTo(200);
        fake.usedUp();
        assertThat(list().statusCode()).isEqualTo(429);
    }

    @Test
    void the_edge_answers_ten_requests_a_second_that_do_not_say_who_asks() throws Exception {
        String body = JSON.writeValueAsString(Map.of("query", "{ apiToken { workspaces { id } } }"));
        for (int i = 0; i < 10; i++) {
            assertThat(post("", bearer(fake.accountToken()), body).statusCode()).isEqualTo(200);
        }
        assertThat(post("", bearer(fake.accountToken()), body).body()).isEqualTo("error code: 1015");
        assertThat(post("?source=golive", bearer(fake.accountToken()), body).statusCode())
                .isEqualTo(200);
        pass(1);
        assertThat(post("", bearer(fake.accountToken()), body).statusCode()).isEqualTo(200);
    }

    @Test
    void a_slow_answer_comes_late_by_the_clock() throws Exception {
        fake.fault("deployments", RailwayFault.slow(Duration.ofSeconds(30)));
        try (TimeSource.Turn turn = time.join("test")) {
            assertThat(list().statusCode()).isEqualTo(200);
        }
        assertThat(time.now()).isEqualTo(START.plusSeconds(30));
    }
}
