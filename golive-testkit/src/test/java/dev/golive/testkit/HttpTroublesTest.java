package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an HTTP fake was asked, and what may go wrong with it. */
@Timeout(60)
class HttpTroublesTest {

    private static final String START = "2027-03-02T09:00:00Z";
    private static final TestCa CA = TestCa.create(VirtualTime.startingAt(START), 11);

    private static HttpFake start() {
        return HttpFake.start(VirtualTime.startingAt(START));
    }

    private static List<String> ids(HttpFake fake, String... asked) {
        return fake.troubles(Set.of(asked)).stream().map(Trouble::id).toList();
    }

    private static Trouble trouble(HttpFake fake, String id, String... asked) {
        return fake.troubles(Set.of(asked)).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + ids(fake, asked)));
    }

    private static String get(HttpFake fake, String path) throws IOException {
        return said(fake, "GET " + path + " HTTP/1.1\r\nHost: Shop.example:80\r\nConnection: close\r\n\r\n");
    }

    private static String said(HttpFake fake, String request) throws IOException {
        try (Wire.Http1 client = new Wire.Http1(Wire.connect(fake.address()))) {
            client.send(request);
            return client.rest();
        }
    }

    @Test
    void it_knows_what_it_was_asked() throws Exception {
        // the client of this test goes by the clock of the machine
        TestCa ca = TestCa.create(TimeSource.system());
        try (HttpFake shop = start().tls(ca.leaf("shop.example"))) {
            shop.get("/health").reply(Reply.text("well"));
            shop.post("/orders").reply(Reply.status(201));
            get(shop, "/health?verbose=1");
            said(shop, "POST /orders HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            Wire.connect(shop.tlsAddress(), ca.clientContext(), "shop.example", "http/1.1")
                    .close();
            assertThat(shop.asked())
                    .extracting(Asked::what)
                    .containsExactly("GET shop.example/health", "POST shop.example/orders", "TLS shop.example");
            assertThat(shop.asked()).extracting(Asked::changes).containsExactly(false, true, false);
            assertThat(shop.asked().get(0).at()).isEqualTo(START);
            assertThat(shop.plays()).isEqualTo("HTTP");
            assertThat(shop.playing("the shop").plays()).isEqualTo("the shop");
        }
    }

    @Test
    void what_is_not_asked_has_no_troubles() {
        try (HttpFake shop = start().tls(CA.leaf("shop.example"))) {
            shop.get("/").host("shop.example").reply(Reply.text("shop"));
            shop.get("/health").host("shop.example").reply(Reply.text("well"));
            assertThat(shop.troubles(Set.of())).isEmpty();
            assertThat(ids(shop, "A shop.example at 192.0.2.1", "GET other.example/", "apply web", "GET", " ", "/"))
                    .isEmpty();
            assertThat(ids(shop, "GET shop.example/health"))
                    .isNotEmpty()
                    .noneMatch(id -> id.startsWith("GET shop.example/:"))
                    .noneMatch(id -> id.contains("TLS"));
            assertThat(shop.troubles(Set.of("GET shop.example/health")))
                    .allMatch(trouble -> trouble.concerns("GET shop.example/health"))
                    .noneMatch(trouble -> trouble.concerns("GET other.example/health"));
        }
    }

    @Test
    void what_only_tls_or_http_2_has_is_listed_if_it_is_played() {
        try (HttpFake plain = start().versions(HttpFake.Version.HTTP_1_1)) {
            plain.get("/").reply(Reply.text("shop"));
            assertThat(ids(plain, "GET shop.example/", "TLS shop.example"))
                    .noneMatch(id -> id.contains("TLS") || id.contains("GOAWAY") || id.contains("stream"));
            assertThat(ids(plain.versions(HttpFake.Version.HTTP_2), "GET shop.example/"))
                    .anyMatch(id -> id.contains("GOAWAY"));
            plain.tls(CA.leaf("shop.example"));
            assertThat(ids(plain, "GET shop.example/", "TLS shop.example"))
                    .contains("every connection: hangs in the TLS handshake", "TLS shop.example: expires in 3 days")
                    .doesNotContain("TLS shop.example: revoked");
        }
    }

    @Test
    void listing_changes_nothing() throws Exception {
        try (HttpFake shop = start().tls(CA.leaf("shop.example"))) {
            AtomicInteger orders = new AtomicInteger();
            shop.get("/").reply(Reply.text("first")).then(Reply.text("second"));
            shop.post("/orders").reply(request -> Reply.text("order " + orders.incrementAndGet()));
            String[] asked = {"GET shop.example/", "POST shop.example/orders", "TLS shop.example"};
            List<String> before = ids(shop, asked);
            assertThat(ids(shop, asked)).isEqualTo(before).doesNotHaveDuplicates();
            assertThat(shop.asked()).isEmpty();
            assertThat(shop.requests()).isEmpty();
            assertThat(orders).hasValue(0);
            assertThat(get(shop, "/")).endsWith("first");
            assertThat(get(shop, "/")).endsWith("second");
            shop.verify();
        }
    }

    @Test
    void an_answer_in_json_may_say_something_else() throws Exception {
        try (HttpFake shop = start()) {
            shop.get("/health").reply(request -> Reply.json("{ \"status\":\"ok\", \"db\":{\"up\":true,\"lag\":0} }"));
            assertThat(ids(shop, "GET shop.example/health"))
                    .contains("GET shop.example/health: wrong \"status\"", "GET shop.example/health: wrong \"db.up\"");
            trouble(shop, "GET shop.example/health: wrong \"db.lag\"", "GET shop.example/health")
                    .happen();
            assertThat(get(shop, "/health")).endsWith("{ \"status\":\"ok\", \"db\":{\"up\":true,\"lag\":999999} }");
        }
    }

    @Test
    void at_most_twelve_fields_say_something_else() {
        try (HttpFake shop = start()) {
            shop.get("/")
                    .reply(Reply.json(
                            "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,"
                                    + "\"k\":1,\"l\":1,\"m\":1}"));
            assertThat(ids(shop, "GET shop.example/").stream().filter(id -> id.contains("wrong \"")))
                    .hasSize(12);
        }
    }

    @Test
    void content_may_be_otherwise_in_many_ways() throws Exception {
        assertThat(content("answers 404")).startsWith("HTTP/1.1 404");
        assertThat(content("redirects elsewhere")).contains("301", "Location: https://nobody.example/");
        assertThat(content("empty body"))
                .contains("200", "Content-Length: 0", "X-Frame-Options")
                .endsWith("\r\n\r\n");
        assertThat(content("unrelated page")).contains("200", "text/html", "It works!");
        assertThat(content("without X-Frame-Options")).endsWith("<h1>Shop</h1>").doesNotContain("X-Frame");
        assertThat(content("truncates the body")).contains("Content-Length: 13").endsWith("\r\n\r\n<h1>Sh");
    }

    private static String content(String how) throws IOException {
        try (HttpFake shop = start()) {
            shop.get("/").reply(Reply.html("<h1>Shop</h1>").header("X-Frame-Options", "DENY"));
            shop.get("/other").reply(Reply.text("as ever"));
            trouble(shop, "GET shop.example/: " + how, "GET shop.example/", "GET shop.example/other")
                    .happen();
            assertThat(get(shop, "/other")).startsWith("HTTP/1.1 200").endsWith("as ever");
            return get(shop, "/");
        }
    }

    @Test
    void a_redirect_may_be_gone() throws Exception {
        try (HttpFake shop = start()) {
            shop.get("/").reply(Reply.redirect(301, "https://shop.example/"));
            assertThat(ids(shop, "GET shop.example/")).noneMatch(id -> id.contains("empty body"));
            trouble(shop, "GET shop.example/: no longer redirects", "GET shop.example/")
                    .happen();
            assertThat(get(shop, "/")).startsWith("HTTP/1.1 200").doesNotContain("Location");
        }
    }

    @Test
    void a_handler_that_wants_more_than_a_sample_is_left_unknown() {
        try (HttpFake shop = start()) {
            shop.get("/")
                    .reply(request -> Reply.text(request.header("Authorization").orElseThrow()));
            assertThat(ids(shop, "GET shop.example/")).contains("GET shop.example/: answers 404");
            shop.verify();
        }
    }

    @Test
    void one_path_of_one_host_may_go_wrong_until_it_is_mended() throws Exception {
        try (HttpFake shop = start()) {
            shop.get("/a").reply(Reply.text("a"));
            shop.get("/b").reply(Reply.text("b"));
            shop.fault("SHOP.example", "/a", HttpFault.resetMidBody())
                    .fault("shop.example", "/a", HttpFault.errorStatus(503))
                    .fault("other.example", "/b", HttpFault.errorStatus(500));
            assertThat(get(shop, "/a?q=1")).startsWith("HTTP/1.1 503");
            assertThat(get(shop, "/b")).endsWith("b");
            shop.fault(HttpFault.errorStatus(500));
            assertThat(get(shop, "/a")).startsWith("HTTP/1.1 500");
            shop.mend();
            assertThat(get(shop, "/a")).endsWith("a");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shop.fault(" ", "/a", HttpFault.goAway()))
                    .withMessageContaining("host");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shop.fault("shop.example", "a", HttpFault.goAway()))
                    .withMessageContaining("path");
            assertThatThrownBy(() -> shop.troubles(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void a_typical_site_has_fewer_troubles_than_a_drill_has_time_for() {
        try (HttpFake site = start().tls(CA.leaf("shop.example", "api.shop.example"))) {
            Set<String> asked = new LinkedHashSet<>(Set.of("TLS shop.example", "TLS api.shop.example"));
            for (int i = 0; i < 5; i++) {
                site.get("/" + i)
                        .host("shop.example")
                        .reply(Reply.html("<h1>Shop</h1>")
                                .header("Strict-Transport-Security", "max-age=31536000")
                                .header("X-Frame-Options", "DENY"));
                site.get("/" + i).host("api.shop.example").reply(Reply.json("{\"status\":\"ok\",\"db\":\"ok\"}"));
                asked.add("GET shop.example/" + i);
                asked.add("GET api.shop.example/" + i);
            }
            List<Trouble> troubles = site.troubles(asked);
            assertThat(troubles).hasSizeBetween(150, 250);
            // in full for one question of each host, and a few of the others
            assertThat(troubles.stream().filter(one -> one.id().endsWith("drips the body, 1 bytes every PT5S")))
                    .hasSize(2);
            assertThat(troubles.stream().filter(one -> one.id().endsWith("hangs before the headers")))
                    .hasSize(10);
        }
    }

    @Provide
    Arbitrary<List<String>> replies() {
        return Arbitraries.of("text", "json", "redirect", "function", "page", "posted")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property(tries = 60)
    void ids_are_distinct_and_alike_for_fakes_that_are_set_up_alike(@ForAll("replies") List<String> replies) {
        try (HttpFake one = scripted(replies);
                HttpFake other = scripted(replies)) {
            List<String> asked = new ArrayList<>(List.of("TLS shop.example", "TLS without a name"));
            for (int i = 0; i < replies.size(); i++) {
                asked.add((replies.get(i).equals("posted") ? "POST" : "GET") + " shop.example/" + i);
            }
            List<String> ids = ids(one, asked.toArray(new String[0]));
            assertThat(ids).doesNotHaveDuplicates().isEqualTo(ids(other, asked.toArray(new String[0])));
            assertThat(one.troubles(Set.copyOf(asked)))
                    .allMatch(trouble -> asked.stream().anyMatch(trouble::concerns))
                    .noneMatch(trouble -> trouble.concerns("GET other.example/0"))
                    .allMatch(trouble -> !trouble.about().isEmpty());
        }
    }

    private static HttpFake scripted(List<String> replies) {
        HttpFake fake = start().tls(CA.leaf("shop.example"));
        for (int i = 0; i < replies.size(); i++) {
            HttpRoute route = fake.on(replies.get(i).equals("posted") ? "POST" : "GET", "/" + i);
            switch (replies.get(i)) {
                case "json" -> route.reply(Reply.json("{\"a\":\"x\",\"b\":{\"a\":1,\"a\":2},\"b.a\":null}"));
                case "redirect" -> route.reply(Reply.redirect(302, "/"));
                case "function" -> route.reply(request -> Reply.text(request.toString()));
                case "page" -> route.reply(Reply.html("<p>").header("Content-Security-Policy", "default-src 'self'"));
                default -> route.reply(Reply.text("text"));
            }
        }
        return fake;
    }

    @Property(tries = 300)
    void no_text_is_too_odd_to_be_looked_at(@ForAll("texts") String json) {
        for (JsonScalars.Scalar scalar : JsonScalars.of(json)) {
            assertThat(json.substring(scalar.start(), scalar.end())).isEqualTo(scalar.text());
            assertThat(JsonScalars.distorted(json, scalar.path())).isNotEqualTo(json);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "{", "}", "[", "]", "\"a\"", ":", ",", "1", "-0.5e3", "true", "null", "\\", "\"", " ", "x")
                .list()
                .ofMaxSize(12)
                .map(parts -> "{\"k\":" + String.join("", parts) + "}");
    }

    @Test
    void only_an_object_in_json_has_fields() {
        assertThat(JsonScalars.of("{\"a\": \"x\\\"y\", \"b\" : [1, {\"c\": 2}], \"d\": {\"e\": -1.5e2, \"f\": null}}"))
                .extracting(scalar -> scalar.path() + "=" + scalar.text() + ">" + scalar.otherwise())
                .containsExactly("a=\"x\\\"y\">\"fail\"", "d.e=-1.5e2>999999", "d.f=null>\"fail\"");
        assertThat(JsonScalars.of("{\"a\":\"fail\",\"b\":999999}"))
                .extracting(JsonScalars.Scalar::otherwise)
                .containsExactly("\"failing\"", "-1");
        for (String none :
                List.of("", "1", "[1]", "{", "{\"a\":}", "{\"a\":1,}", "{\"a\":1}}", "{\"a\":01}", "{\"a\":\"")) {
            assertThat(JsonScalars.of(none)).as(none).isEmpty();
        }
        assertThat(JsonScalars.of("{\"a\":".repeat(100_000))).isEmpty();
        assertThat(JsonScalars.distorted("{\"a\":1}", "b")).isEqualTo("{\"a\":1}");
    }
}
