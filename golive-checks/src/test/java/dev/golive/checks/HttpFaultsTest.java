package dev.golive.checks;

import static dev.golive.Expect.containing;
import static dev.golive.checks.HttpWorld.fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Status;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between a request and its response, in time that moves only when everybody waits. */
@Timeout(60)
class HttpFaultsTest {

    private final HttpWorld world = HttpWorld.virtual();

    /** Reaches the server as if its own network were known to work. */
    private final Check witness = Check.that("our network works", context -> dev.golive.Outcome.passed());

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private ItemResult run(Check check) {
        return world.report(builder -> builder.witness(witness), check.as("it"))
                .results()
                .get(0);
    }

    private static Check page(boolean http2) {
        HttpCheck check = Http.get("https://shop.example/").freshConnection().status(200);
        return (http2 ? check.version(HttpVersion.HTTP_2) : check).timeout(Duration.ofSeconds(10));
    }

    private void spoil(HttpFault.OfExchange fault) {
        world.shop.get("/").reply(Reply.text("a page of some length").with(fault));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_server_that_hangs_is_given_up_just_before_the_deadline_and_the_phases_so_far_are_told(boolean http2) {
        spoil(HttpFault.hangBeforeHeaders());

        ItemResult result = run(page(http2));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("shop.example sent no whole response within 9 s 800 ms");
        assertThat(result.facts()).extracting("name").contains("address", "tcp time", "tls time", "certificate");
        assertThat(world.time.elapsed()).isEqualTo(Duration.ofMillis(9_800));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_body_that_hangs_is_given_up_too(boolean http2) {
        spoil(HttpFault.hangMidBody());

        ItemResult result = run(page(http2));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("shop.example sent no whole response within 9 s 800 ms");
    }

    @Test
    void on_a_connection_used_before_what_hangs_is_not_asked_again_at_the_deadline() {
        world.shop.get("/").reply(Reply.text("a page"));
        world.shop.get("/hangs").fail(HttpFault.hangBeforeHeaders());
        Item first = Http.get("https://shop.example/").status(200).as("first");
        Check second = Http.get("https://shop.example/hangs").status(200).timeout(Duration.ofSeconds(10));

        ItemResult result = world.report(
                        builder -> builder.witness(witness),
                        first,
                        second.as("second").after(first))
                .results()
                .get(1);

        assertThat(result.why()).isEqualTo("shop.example sent no whole response within 9 s 800 ms");
        assertThat(result.fact("connection")).isEmpty();
        assertThat(world.shop.connections()).hasSize(1);
    }

    @Test
    void a_header_that_drips_does_not_outlast_the_deadline() {
        spoil(HttpFault.slowHeaders(1, Duration.ofSeconds(1)));

        ItemResult result = run(page(false));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("shop.example sent no whole response within 9 s 800 ms");
        assertThat(world.time.elapsed()).isEqualTo(Duration.ofMillis(9_800));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_body_that_drips_does_not_outlast_the_deadline(boolean http2) {
        spoil(HttpFault.slowBody(1, Duration.ofSeconds(1)));

        ItemResult result = run(page(http2));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(world.time.elapsed()).isEqualTo(Duration.ofMillis(9_800));
    }

    @Test
    void a_handshake_that_hangs_is_given_up_too() {
        world.shop.fault(HttpFault.hangInHandshake());

        ItemResult result = run(page(false));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("the TLS handshake with shop.example was not finished within 9 s 800 ms");
        assertThat(result.facts()).extracting("name").contains("address", "tcp time");
    }

    @Test
    void without_a_witness_nothing_unreachable_is_failed() {
        spoil(HttpFault.resetBeforeHeaders());

        assertThat(world.run(page(false)).status()).isEqualTo(Status.UNKNOWN);
    }

    enum Broken {
        RESET(HttpFault.resetBeforeHeaders(), "shop.example reset the connection"),
        CLOSED(HttpFault.closeBeforeHeaders(), "shop.example closed the connection without an answer"),
        RESET_IN_BODY(HttpFault.resetMidBody(), "shop.example reset the connection"),
        TRUNCATED(HttpFault.truncatedBody(), "shop.example ended its response too early"),
        STATUS_LINE(HttpFault.malformedStatusLine(), "shop.example did not answer with HTTP"),
        ENDLESS_HEADERS(HttpFault.endlessHeaders(), "shop.example sent a header beyond all limits"),
        MANY_HEADERS(HttpFault.manyHeaders(5_000), "shop.example sent a header beyond all limits");

        private final HttpFault.OfExchange fault;
        private final String why;

        Broken(HttpFault.OfExchange fault, String why) {
            this.fault = fault;
            this.why = why;
        }
    }

    @ParameterizedTest
    @EnumSource(Broken.class)
    void a_broken_answer_is_failed_with_its_reason(Broken broken) {
        spoil(broken.fault);

        ItemResult result = run(page(false));

        assertThat(result.status()).as(result.why()).isEqualTo(Status.FAILED);
        assertThat(result.why()).startsWith(broken.why);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void broken_http2_is_failed_with_its_reason(int which) {
        spoil(List.of(
                        HttpFault.goAway(),
                        HttpFault.refusedStream(),
                        HttpFault.badFrame(),
                        HttpFault.resetBeforeHeaders(),
                        HttpFault.manyHeaders(5_000))
                .get(which));

        ItemResult result = run(page(true));

        assertThat(result.status()).as(result.toString()).isEqualTo(Status.FAILED);
        assertThat(result.why()).startsWith("shop.example ");
    }

    @Test
    void a_refused_connection_names_the_address() {
        world.shop.fault(HttpFault.refuse());

        ItemResult result = run(page(false));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("203.0.113.10 port 443 refused the connection");
    }

    @Test
    void an_alert_and_a_port_without_tls_are_failed_with_their_reason() {
        world.shop.fault(HttpFault.noCommonCipher());
        assertThat(run(page(false)).why()).isEqualTo("shop.example refused the TLS handshake: handshake failure");

        world.shop.mend();
        world.shop.fault(HttpFault.noTls());
        ItemResult plain = run(page(false));
        assertThat(plain.status()).isEqualTo(Status.FAILED);
        assertThat(plain.why()).isEqualTo("shop.example does not speak TLS on port 443");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_endless_body_is_read_up_to_the_limit_and_only_its_own_assertions_are_unknown(boolean http2) {
        spoil(HttpFault.endlessBody());

        assertThat(run(page(http2)).status()).isEqualTo(Status.PASSED);
        HttpCheck body = Http.get("https://shop.example/").maxBodyBytes(10_000).body(containing("x"));
        ItemResult result = run(http2 ? body.version(HttpVersion.HTTP_2) : body);
        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.why()).isEqualTo("the body cannot be judged: it is longer than the limit of 10000 bytes");
    }

    @Test
    void a_body_that_unpacks_to_too_much_is_not_unpacked_further() {
        spoil(HttpFault.compressionBomb(16L << 20));

        ItemResult result = run(Http.get("https://shop.example/").compressed().body(containing("x")));

        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.why()).contains("unpacked, it is longer than the limit of 1048576 bytes");
    }

    @Test
    void a_body_that_is_not_packed_as_it_says_is_failed() {
        spoil(HttpFault.wrongContentEncoding());

        assertThat(run(Http.get("https://shop.example/").compressed()).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void a_reused_connection_that_dies_is_replaced_once_and_the_facts_say_so() {
        world.shop
                .get("/")
                .reply(Reply.text("first"))
                .then(Reply.text("never seen").with(HttpFault.resetOnReuse()))
                .then(Reply.text("later"));

        List<ItemResult> results = world.report(
                        builder -> builder.concurrency(1),
                        Http.get("https://shop.example/").status(200).as("one"),
                        Http.get("https://shop.example/").body("later").as("two"))
                .results();

        assertThat(results).extracting(ItemResult::status).containsOnly(Status.PASSED);
        assertThat(fact(results.get(1), "connection"))
                .isEqualTo("a reused one was closed by the server, so a new one was opened");
        assertThat(world.shop.connections()).hasSize(2);
    }

    @Test
    void on_a_new_connection_nothing_is_sent_twice() {
        spoil(HttpFault.resetBeforeHeaders());

        run(page(false));

        assertThat(world.shop.requests()).hasSize(1);
    }

    @Test
    void many_redirects_in_a_circle_are_told() {
        world.shop.get("/a").reply(Reply.redirect(302, "/b?x=1"));
        world.shop.get("/b").reply(Reply.redirect(302, "/a"));

        ItemResult result =
                run(Http.get("https://shop.example/a").followingRedirects().status(200));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("the redirects lead in a circle, back to https://shop.example/a");
        assertThat(fact(result, "redirect 2"))
                .isEqualTo("302 from https://shop.example/b?x=1 to https://shop.example/a");
    }

    @Test
    void forty_checks_give_the_same_results_every_time() {
        world.shop
                .get("/")
                .reply(request ->
                        Reply.text("number " + world.shop.requests("GET", "/").size()));
        world.shop.get("/late").reply(Reply.text("late").after(Duration.ofSeconds(3)));
        world.shop.get("/hangs").fail(HttpFault.hangBeforeHeaders());
        List<String> first = null;
        for (int run = 0; run < 5; run++) {
            HttpWorld again = run == 0 ? world : HttpWorld.virtual();
            if (run > 0) {
                again.shop
                        .get("/")
                        .reply(request -> Reply.text(
                                "number " + again.shop.requests("GET", "/").size()));
                again.shop.get("/late").reply(Reply.text("late").after(Duration.ofSeconds(3)));
                again.shop.get("/hangs").fail(HttpFault.hangBeforeHeaders());
            }
            dev.golive.Item[] items = new dev.golive.Item[40];
            for (int i = 0; i < items.length; i++) {
                items[i] = Http.get("https://shop.example"
                                + List.of("/", "/late", "/hangs", "/").get(i % 4))
                        .body("number " + i)
                        .timeout(Duration.ofSeconds(5 + i))
                        .as("item " + i);
            }
            List<String> journal = again.report(items).results().stream()
                    .map(ItemResult::toString)
                    .toList();
            first = first == null ? journal : first;
            assertThat(journal).isEqualTo(first);
            assertThat(again.shop.connections().size()).isLessThanOrEqualTo(40);
        }
    }

    @Test
    void http2_and_http1_servers_are_told_apart() {
        world.shop.get("/").reply(Reply.text("hello"));
        assertThat(run(Http.get("https://shop.example/")
                                .version(HttpVersion.HTTP_2)
                                .body("hello"))
                        .status())
                .isEqualTo(Status.PASSED);

        world.shop.versions(HttpFake.Version.HTTP_1_1);
        ItemResult result = run(
                Http.get("https://shop.example/").version(HttpVersion.HTTP_2).body("hello"));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("version was HTTP/1.1, expected HTTP/2");
    }
}
