package dev.golive.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import dev.golive.testkit.FakeNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks against a server that was not written with them: our own fake could share a misunderstanding of HTTP with the
 * checks, and both would be content.
 */
@Timeout(60)
class OtherServerTest {

    private final MockWebServer server = new MockWebServer();
    private FakeNetwork network;

    @BeforeEach
    void start() throws IOException {
        server.useHttps(HttpWorld.CA.leaf("shop.example").serverContext().getSocketFactory());
        server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
        server.start(InetAddress.getLoopbackAddress(), 0);
        network = FakeNetwork.create()
                .trusting(HttpWorld.CA.anchors())
                .host("shop.example", HttpWorld.ADDRESS)
                .route("shop.example", 443, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Report run(Check... checks) {
        Checklist.Builder list = Checklist.named("shop");
        for (Check check : checks) {
            list.require(check);
        }
        try (GoLive golive = GoLive.builder()
                .network(network)
                .concurrency(1)
                .witness(Check.that("our network works", context -> Outcome.passed()))
                .build()) {
            return golive.run(list.build(), HttpWorld.environment());
        }
    }

    private static HttpProbe get(HttpVersion version, String path) {
        return version == HttpVersion.HTTP_2
                ? Http.get("https://shop.example" + path)
                : Http.get("https://shop.example" + path).freshConnection();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void a_request_arrives_as_it_was_meant_and_so_does_the_response(HttpVersion version) throws Exception {
        String json = "{\"status\":\"ok\",\"name\":\"Bücher\"}";
        MockResponse.Builder response = new MockResponse.Builder()
                .code(201)
                .addHeader("Content-Type", "application/json")
                .addHeader("Set-Cookie", "id=7; Secure; HttpOnly; Path=/");
        // there are no chunks in HTTP/2, but this server would send them
        server.enqueue((version == HttpVersion.HTTP_2 ? response.body(json) : response.chunkedBody(json, 5)).build());

        Report report = run(get(version, "/api/health?full=1&q=a%20b")
                .sending("X-Probe", "go-live")
                .version(version)
                .status(201)
                .header("content-type", "application/json")
                .json("/name", "Bücher")
                .json("$.status", "ok"));

        assertThat(report.verdict()).as(report.results().toString()).isEqualTo(Verdict.GO);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getTarget()).isEqualTo("/api/health?full=1&q=a%20b");
        assertThat(request.getHeaders().values("X-Probe")).containsExactly("go-live");
        assertThat(request.getUrl().host()).isEqualTo("shop.example");
        assertThat(request.getHandshakeServerNames()).containsExactly("shop.example");
        assertThat(request.getVersion()).isEqualTo(version == HttpVersion.HTTP_2 ? "HTTP/2" : "HTTP/1.1");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void a_body_that_is_sent_arrives_whole(HttpVersion version) throws Exception {
        String body = "{\"order\":\"" + "x".repeat(200_000) + "\"}";
        server.enqueue(new MockResponse(200, Headers.of(), body));

        Report report = run(Http.post("https://shop.example/echo")
                .sendingJson(body)
                .readOnly("it only echoes")
                .version(version)
                .body(body));

        assertThat(report.verdict()).as(report.results().toString()).isEqualTo(Verdict.GO);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getBody().utf8()).isEqualTo(body);
        assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
        assertThat(request.getChunkSizes()).isNullOrEmpty();
    }

    @Test
    void checks_of_one_run_share_a_connection() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.enqueue(new MockResponse(200, Headers.of(), "page " + i));
        }

        Report report = run(
                Http.get("https://shop.example/0").body("page 0"),
                Http.get("https://shop.example/1").body("page 1"),
                Http.get("https://shop.example/2").body("page 2"));

        assertThat(report.verdict()).as(report.results().toString()).isEqualTo(Verdict.GO);
        for (int i = 0; i < 3; i++) {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getConnectionIndex()).isZero();
            assertThat(request.getExchangeIndex()).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void redirects_interim_responses_and_an_empty_body_are_understood(HttpVersion version) throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(308)
                .addHeader("Location", "/new?place=1")
                .build());
        server.enqueue(new MockResponse.Builder()
                .addInformationalResponse(new MockResponse(103, Headers.of("Link", "</style.css>; rel=preload"), ""))
                .code(204)
                .build());

        Report report = run(get(version, "/old")
                .followingRedirects()
                .version(version)
                .status(204)
                .noHeader("Link")
                .finalUrl("https://shop.example/new?place=1"));

        assertThat(report.verdict()).as(report.results().toString()).isEqualTo(Verdict.GO);
        assertThat(server.takeRequest().getTarget()).isEqualTo("/old");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/new?place=1");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void what_breaks_off_or_stalls_is_failed(HttpVersion version) {
        server.enqueue(new MockResponse.Builder()
                .body("a page of some length")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder()
                .body("a page of some length")
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        Report report = run(
                get(version, "/broken").version(version).status(200).timeout(Duration.ofSeconds(10)),
                get(version, "/stalls").version(version).status(200).timeout(Duration.ofSeconds(1)));

        List<ItemResult> results = report.results();
        assertThat(results)
                .extracting(ItemResult::status)
                .as(results.toString())
                .containsOnly(Status.FAILED);
        assertThat(results.get(1).why()).startsWith("shop.example sent no response within 9");
    }

    @Test
    void a_server_without_http_2_does_not_pass_for_one_that_has_it() {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.enqueue(new MockResponse(200, Headers.of(), "a page"));

        ItemResult result = run(Http.get("https://shop.example/").version(HttpVersion.HTTP_2))
                .results()
                .get(0);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).contains("HTTP/1.1");
    }
}
