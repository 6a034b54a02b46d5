package dev.golive.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Shared;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.Perform;
import dev.golive.testkit.Reply;
import dev.golive.testkit.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTransportTest {

    private static final URI LAMPS = URI.create("https://api.lamps.example/v1/lamps?source=golive");

    /** A provider that says everything by its status. */
    private static final class Lamps implements ApiDialect {

        @Override
        public String provider() {
            return "Lamps";
        }

        @Override
        public Optional<ApiProblem> problem(ApiResponse answer) {
            return switch (answer.status()) {
                case 200 -> Optional.empty();
                case 401 -> Optional.of(ApiProblem.of(ApiProblem.Kind.NOT_ACCEPTED, "Lamps does not know the token"));
                case 429 -> Optional.of(ApiProblem.of(ApiProblem.Kind.THROTTLED, "Lamps has had too many requests"));
                case 500, 502, 503 -> Optional.of(ApiProblem.of(ApiProblem.Kind.BROKEN, "Lamps failed itself"));
                default -> Optional.of(ApiProblem.of(ApiProblem.Kind.REFUSED, "Lamps refuses the request"));
            };
        }

        @Override
        public Optional<RateLimit> rateLimit(ApiResponse answer, Instant now) {
            return answer.header("x-left").map(left -> new RateLimit(100, Long.parseLong(left), now.plusSeconds(600)));
        }

        @Override
        public int perSecond(Optional<RateLimit> known) {
            return 5;
        }
    }

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final HttpFake server = HttpFake.start(time);
    private final FakeNetwork network = FakeNetwork.create().endpoint(LAMPS, server.uri("/"));
    private final Shared<ApiTransport> transport =
            Shared.of("lamps", (way, clock) -> new ApiTransport(new Lamps(), way));

    @AfterEach
    void stop() {
        server.close();
    }

    private interface Asking {
        Outcome ask(ApiTransport transport, CheckContext context) throws Exception;
    }

    /** Asks in a check of its own, all with the same transport. */
    private List<ItemResult> ask(Asking... askings) {
        List<ItemResult> all = new ArrayList<>();
        try (GoLive golive = GoLive.builder().time(time).network(network).build()) {
            for (Asking asking : askings) {
                Check check = Check.that("the lamps answer " + all.size(), context -> {
                            try {
                                return asking.ask(context.shared(transport), context);
                            } catch (ApiProblem e) {
                                return Outcome.unknown(e.why()).with(e.facts());
                            }
                        })
                        .timeout(Duration.ofSeconds(30));
                all.add(golive.run(
                                Checklist.named("lamps")
                                        .require(check.as("lamps"))
                                        .build(),
                                Environment.named("test"))
                        .result("lamps")
                        .orElseThrow());
            }
        }
        return all;
    }

    private static Asking reading() {
        return (transport, context) -> Outcome.passed(Fact.of(
                "body",
                transport.exchange(ApiRequest.reading("GET", LAMPS), context).text()));
    }

    private static Asking writing() {
        return (transport, context) -> Outcome.passed(Fact.of(
                "body",
                transport.exchange(ApiRequest.writing("POST", LAMPS), context).text()));
    }

    private static String found(ItemResult outcome) {
        return outcome.status() + (outcome.why().isEmpty() ? "" : ": " + outcome.why());
    }

    @Test
    void an_answer_comes_from_where_the_network_says_with_path_and_query() {
        server.get("/v1/lamps").reply(Reply.json("{\"lamps\":[]}"));

        assertThat(found(ask(reading()).get(0))).startsWith("PASSED");
        assertThat(server.requests().get(0).query()).contains("source=golive");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void what_only_looks_is_tried_three_times(int status) {
        server.get("/v1/lamps")
                .reply(Reply.status(status))
                .then(Reply.status(status))
                .then(Reply.text("on"));

        assertThat(found(ask(reading()).get(0))).startsWith("PASSED");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void it_is_not_tried_a_fourth_time_and_says_how_often_it_was() {
        server.get("/v1/lamps").reply(Reply.status(503));

        ItemResult outcome = ask(reading()).get(0);

        assertThat(found(outcome)).isEqualTo("UNKNOWN: Lamps failed itself");
        assertThat(outcome.facts())
                .anySatisfy(
                        fact -> assertThat(fact.toString()).contains("requests").contains("3"));
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404})
    void a_definite_answer_is_not_asked_for_again(int status) {
        server.get("/v1/lamps").reply(Reply.status(status));

        assertThat(found(ask(reading()).get(0))).startsWith("UNKNOWN");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void the_pause_is_as_long_as_the_provider_asks_for() {
        server.get("/v1/lamps")
                .reply(Reply.status(429).header("Retry-After", "7"))
                .then(Reply.text("on"));

        ask(reading());

        assertThat(Duration.between(
                        server.requests().get(0).at(), server.requests().get(1).at()))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void a_pause_that_does_not_fit_ends_it_and_is_kept_by_everyone_after_it() {
        server.get("/v1/lamps")
                .reply(Reply.status(429).header("Retry-After", "600"))
                .then(Reply.text("on"));

        List<ItemResult> outcomes = ask(reading(), reading());

        assertThat(found(outcomes.get(0))).isEqualTo("UNKNOWN: Lamps has had too many requests");
        assertThat(found(outcomes.get(1)))
                .isEqualTo("UNKNOWN: Lamps takes no more requests of checks until 2027-03-02T09:10:00Z");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "99999999999999", "Tue, 02 Mar 2027 09:10:00 GMT", ""})
    void a_pause_that_cannot_be_read_is_golives_own(String pause) {
        server.get("/v1/lamps")
                .reply(Reply.status(429).header("Retry-After", pause))
                .then(Reply.text("on"));

        assertThat(found(ask(reading()).get(0))).startsWith("PASSED");
    }

    @Test
    void what_changes_something_is_sent_once_whatever_breaks() {
        server.post("/v1/lamps").reply(Reply.status(503));

        assertThat(found(ask(writing()).get(0))).isEqualTo("UNKNOWN: Lamps failed itself");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void what_changes_something_is_sent_once_also_if_the_answer_is_lost() {
        server.post("/v1/lamps").reply(Reply.text("on")).fault(HttpFault.resetMidBody());

        assertThat(found(ask(writing()).get(0))).startsWith("UNKNOWN: Lamps could not be reached");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void what_changes_something_is_repeated_if_the_provider_did_not_look_at_it() {
        server.post("/v1/lamps")
                .reply(Reply.status(429).header("Retry-After", "1"))
                .then(Reply.text("on"));

        assertThat(found(ask(writing()).get(0))).startsWith("PASSED");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void a_read_that_hangs_leaves_time_for_another() {
        server.get("/v1/lamps")
                .reply(Reply.text("on").with(HttpFault.hangBeforeHeaders()))
                .then(Reply.text("on"));

        assertThat(found(ask(reading()).get(0))).startsWith("PASSED");
        assertThat(Duration.between(
                        server.requests().get(0).at(), server.requests().get(1).at()))
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(9));
    }

    @Test
    void a_write_that_hangs_is_given_up_while_there_is_time_to_look_what_came_of_it() {
        server.post("/v1/lamps").reply(Reply.text("on").with(HttpFault.hangMidBody()));

        ItemResult outcome = ask(writing()).get(0);

        assertThat(found(outcome)).startsWith("UNKNOWN");
        assertThat(server.requests()).hasSize(1);
        assertThat(time.now()).isEqualTo("2027-03-02T09:00:20Z");
    }

    @Test
    void an_answer_that_never_ends_is_not_read_to_its_end() {
        server.get("/v1/lamps").reply(Reply.text("on").with(HttpFault.oversizedBody(9 << 20)));

        assertThat(found(ask(reading()).get(0)))
                .isEqualTo(
                        "UNKNOWN: Lamps gave an answer that cannot be read: the answer is longer than 8388608 bytes");
    }

    @Test
    void no_more_requests_go_out_in_a_second_than_the_provider_takes() {
        server.get("/v1/lamps").reply(Reply.text("on"));

        ask((transport, context) -> {
            for (int i = 0; i < 20; i++) {
                transport.exchange(ApiRequest.reading("GET", LAMPS), context);
            }
            return Outcome.passed(Fact.of("sent", transport.sent()));
        });

        List<Instant> at =
                server.requests().stream().map(request -> request.at()).toList();
        for (int i = 0; i + 5 < at.size(); i++) {
            assertThat(Duration.between(at.get(i), at.get(i + 5))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertThat(Duration.between(at.get(0), at.get(19))).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void the_last_tenth_of_an_hour_is_kept_for_actions_which_wait_for_nobody() throws Exception {
        server.on("*", "/v1/lamps").reply(Reply.text("on").header("X-Left", "10"));
        AtomicReference<String> checked = new AtomicReference<>("");
        Action action = new Action() {
            @Override
            public String sentence() {
                return "switch the lamp on";
            }

            @Override
            public Kind kind() {
                return Kind.REVERSIBLE;
            }

            @Override
            public Observation observe(ActionContext context) throws Exception {
                ApiTransport shared = context.shared(transport);
                for (int i = 0; i < 12; i++) {
                    shared.exchange(ApiRequest.reading("GET", LAMPS), context);
                }
                checked.set("asked " + shared.sent() + " times");
                return Observation.atTarget("on");
            }

            @Override
            public Receipt apply(ActionContext context) {
                return Receipt.of("none");
            }
        };

        List<ItemResult> outcomes = ask(reading(), reading());
        Instant before = time.now();
        Perform.on(time).through(network).observe(action);
        assertThat(time.now()).isEqualTo(before);

        assertThat(found(outcomes.get(0))).startsWith("PASSED");
        assertThat(found(outcomes.get(1))).startsWith("UNKNOWN: Lamps takes no more requests of checks until");
        assertThat(checked).hasValue("asked 12 times");
    }

    @Test
    void what_is_said_of_a_request_shows_nothing_of_it_but_where_it_goes() {
        ApiRequest request = ApiRequest.writing("POST", LAMPS)
                .header("Authorization", "Bearer not-for-everyone")
                .json(Map.of("name", "not-for-everyone-either"));

        assertThat(request).hasToString("POST https://api.lamps.example/v1/lamps");
        assertThat(request.isWriting()).isTrue();
    }

    @Test
    void a_token_that_was_revealed_is_in_nothing_that_comes_out() {
        Secret token = Secret.found("token", "a-token-of-a-good-length");
        server.get("/v1/lamps").reply(Reply.status(401));

        ItemResult outcome = ask((transport, context) -> {
                    transport.exchange(
                            ApiRequest.reading("GET", LAMPS).header("Authorization", context.reveal(token)), context);
                    return Outcome.passed();
                })
                .get(0);

        assertThat(server.requests().get(0).header("Authorization")).contains("a-token-of-a-good-length");
        assertThat(outcome.toString()).doesNotContain("a-token-of-a-good-length");
    }

    @Test
    void nobody_at_home_is_unreachable() {
        server.close();

        ItemResult outcome = ask(reading()).get(0);

        assertThat(found(outcome)).startsWith("UNKNOWN: Lamps could not be reached");
    }

    @Test
    void a_body_that_is_no_json_is_refused_when_it_is_made() {
        assertThatThrownBy(() -> ApiRequest.reading("POST", LAMPS).json(Map.of("x", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("content cannot be written as JSON");
    }
}
