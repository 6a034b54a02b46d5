package dev.golive.checks;

import static dev.golive.Expect.containing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Status;
import dev.golive.testkit.FakeNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever bytes a server answers with, a check ends in time with a reason of its own making. */
class HostileServerTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\n";

    private static ItemResult answered(byte[] answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(server, answer), "hostile");
            thread.setDaemon(true);
            thread.start();
            FakeNetwork network = FakeNetwork.create()
                    .host("shop.example", "203.0.113.10")
                    .route("shop.example", 80, (InetSocketAddress) server.getLocalSocketAddress());
            try (GoLive golive = GoLive.builder()
                    .network(network)
                    .witness(Check.that("our network works", context -> Outcome.passed()))
                    .build()) {
                return golive.run(
                                Checklist.named("hostile")
                                        .require(Http.get("http://shop.example/")
                                                .maxBodyBytes(1_000)
                                                .status(200)
                                                .header("X", containing("y"))
                                                .cookie("a", Headers.setCookie().secure())
                                                .json("$..a", 1)
                                                .timeout(Duration.ofSeconds(5))
                                                .as("it"))
                                        .build(),
                                Environment.named("test").host("shop.example"))
                        .results()
                        .get(0);
            }
        }
    }

    private static void serve(ServerSocket server, byte[] answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream();
                    OutputStream out = socket.getOutputStream()) {
                int length = in.read(new byte[4_096]);
                out.write(answer);
                out.flush();
                socket.shutdownOutput();
                while (length > 0 && in.read() >= 0) {
                    // the client closes when it has seen enough
                }
            } catch (IOException e) {
                // the client closed first, or the test is over
            }
        }
    }

    private static void isJudged(byte[] answer) throws Exception {
        ItemResult result = answered(answer);
        assertThat(result.status()).as(result.toString()).isIn(Set.of(Status.FAILED, Status.UNKNOWN));
        assertThat(result.why()).doesNotContain("Exception").isNotBlank();
    }

    @Provide
    Arbitrary<byte[]> garbage() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
    }

    @Provide
    Arbitrary<byte[]> nearlyHttp() {
        Arbitrary<String> piece = Arbitraries.of(
                HEAD,
                "HTTP/1.1 999 \r\n",
                "HTTP/9.9 200 OK\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "\r\n",
                "\n",
                ":",
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length: 5\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "ffffffffffffffff\r\n",
                "5\r\nhello\r\n",
                "0\r\n\r\n",
                "-1\r\n",
                "Content-Encoding: gzip\r\n",
                "Content-Encoding: deflate\r\n",
                "Content-Encoding: x\r\n",
                "Content-Type: text/plain; charset=nonsense\r\n",
                "Set-Cookie: a\r\n",
                "Set-Cookie: =;;=\r\n",
                "Location: ::\r\n",
                "Age: -5\r\n",
                " folded\r\n",
                "X: " + "y".repeat(20_000),
                "{\"a\":1e999999999}",
                "[".repeat(2_000),
                "\u0000",
                "{\"a\":\"\\ud800\"}");
        return piece.list()
                .ofMaxSize(12)
                .map(pieces -> (HEAD + String.join("", pieces)).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void empty_lines_and_nothing_else_are_judged() throws Exception {
        for (String answer : List.of("\n", "\r\n", "\r\n\r\n\n", HEAD.substring(0, 5))) {
            isJudged(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Property(tries = 60)
    void garbage_is_judged(@ForAll("garbage") byte[] answer) throws Exception {
        isJudged(answer);
    }

    @Property(tries = 150)
    void what_is_nearly_http_is_judged(@ForAll("nearlyHttp") byte[] answer) throws Exception {
        isJudged(answer);
    }

    @Tag("long")
    @Property(tries = 5_000)
    void what_is_nearly_http_is_judged_many_times(@ForAll("nearlyHttp") byte[] answer) throws Exception {
        isJudged(answer);
    }

    @Provide
    Arbitrary<String> headerValues() {
        Arbitrary<String> word = Arbitraries.of(
                "max-age",
                "=",
                "\"",
                ";",
                ",",
                "99999999999999999999",
                "-1",
                "includeSubDomains",
                "Secure",
                "SameSite",
                "Lax",
                " ",
                "default-src",
                "'self'",
                "*",
                "no-referrer",
                "\t",
                "é");
        return Combinators.combine(
                        word.list().ofMaxSize(10), Arbitraries.strings().ofMaxLength(8))
                .as((words, rest) -> String.join("", words) + rest);
    }

    @Property(tries = 300)
    void every_header_is_judged_without_an_exception(@ForAll("headerValues") String value) {
        assertThat(Headers.hsts()
                        .maxAge(dev.golive.Expect.atLeast(Duration.ofDays(1)))
                        .accepts(value))
                .isIn(true, false);
        assertThat(Headers.setCookie()
                        .secure()
                        .maxAge(dev.golive.Expect.atMost(Duration.ofDays(1)))
                        .sameSite("Lax")
                        .accepts(value))
                .isIn(true, false);
        assertThat(Headers.csp("default-src", "'self'").accepts(value)).isIn(true, false);
        assertThat(Headers.referrerPolicy().accepts(value)).isIn(true, false);
        assertThat(Headers.noSniff().accepts(value)).isIn(true, false);
    }

    @Property(tries = 500)
    void every_text_is_a_url_and_a_json_place_or_refused_as_an_argument(@ForAll String text) {
        refusedAtMost(() -> Http.get(text).toString());
        refusedAtMost(() -> Http.get("https://" + text).toString());
        refusedAtMost(() -> Http.get("https://shop.example/" + text).toString());
        refusedAtMost(() -> Http.get("https://shop.example/").json(text, 1).sentence());
        refusedAtMost(
                () -> Http.get("https://shop.example/").json("$" + text, 1).sentence());
        refusedAtMost(() ->
                Http.get("https://shop.example/").json("$[?" + text + "]", 1).sentence());
        refusedAtMost(
                () -> Http.get("https://shop.example/").sending(text, text).toString());
        refusedAtMost(() -> Tcp.of(text, 1).toString());
    }

    private static void refusedAtMost(Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
