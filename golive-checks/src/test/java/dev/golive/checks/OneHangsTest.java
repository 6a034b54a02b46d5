package dev.golive.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.Reply;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One check of many hangs, on the real clock: the run ends by that check's timeout and not later. */
@Timeout(120)
class OneHangsTest {

    private static final TimeSource TIME = TimeSource.system();
    private static final Duration TIMEOUT = Duration.ofMillis(1_500);

    /** Room for a machine that has other things to do. */
    private static final Duration ROOM = Duration.ofSeconds(3);

    enum Hang {
        CONNECT("203.0.113.66 port 443 did not answer within 1 s ", "address", "dns time"),
        ACCEPTED("the TLS handshake with stuck.shop.example was not finished within 1 s ", "address", "tcp time"),
        HANDSHAKE("the TLS handshake with stuck.shop.example was not finished within 1 s ", "address", "tcp time"),
        BEFORE_HEADERS("shop.example sent no response within 1 s ", "address", "tls time", "certificate"),
        IN_BODY("shop.example began to respond but was not finished after 1 s ", "address", "tls time", "certificate");

        private final String why;
        private final String[] facts;

        Hang(String why, String... facts) {
            this.why = why;
            this.facts = facts;
        }
    }

    @ParameterizedTest
    @EnumSource(Hang.class)
    void of_1000_checks_one_hangs(Hang hang) throws Exception {
        oneHangs(hang, 1_000, true);
    }

    @ParameterizedTest
    @EnumSource(names = "IN_BODY")
    void without_a_witness_what_hangs_is_unknown(Hang hang) throws Exception {
        oneHangs(hang, 20, false);
    }

    private static void oneHangs(Hang hang, int checks, boolean witness) throws Exception {
        Threads threads = Threads.now();
        try (HttpWorld world = HttpWorld.open();
                HttpFake stuck = HttpFake.start(TIME).tls(HttpWorld.CA.leaf("stuck.shop.example"));
                FullPort full = hang == Hang.CONNECT ? FullPort.open() : null) {
            world.shop
                    .get("/page/*")
                    .reply(page -> Reply.json("{\"status\":\"ok\"}").header("Cache-Control", "no-store"));
            world.shop.get("/hang/headers").fail(HttpFault.hangBeforeHeaders());
            world.shop.get("/hang/body").fail(HttpFault.hangMidBody());
            stuck.fault(hang == Hang.ACCEPTED ? HttpFault.silent() : HttpFault.hangInHandshake());
            FakeNetwork network = world.network
                    .host("stuck.shop.example", "203.0.113.66")
                    .route("stuck.shop.example", 443, full == null ? stuck.tlsAddress() : full.address());

            Duration quiet;
            Duration took;
            Report report;
            GoLive.Builder builder = GoLive.builder().network(network);
            if (witness) {
                builder.witness(Check.that("our network works", context -> Outcome.passed()));
            }
            try (GoLive golive = builder.build()) {
                Duration start = TIME.elapsed();
                Report all = golive.run(list(checks, null), HttpWorld.environment());
                quiet = TIME.elapsed().minus(start);
                assertThat(all.results(Status.PASSED)).hasSize(checks);

                start = TIME.elapsed();
                report = golive.run(list(checks, hang), HttpWorld.environment());
                took = TIME.elapsed().minus(start);
            }

            assertThat(took).isLessThan(TIMEOUT.plus(quiet).plus(ROOM));
            assertThat(report.results(Status.PASSED)).hasSize(checks - 1);
            ItemResult hung = report.results().get(checks / 2);
            assertThat(hung.id()).isEqualTo("hangs");
            assertThat(hung.status()).as(hung.toString()).isEqualTo(witness ? Status.FAILED : Status.UNKNOWN);
            assertThat(hung.why()).startsWith(hang.why);
            assertThat(hung.facts())
                    .extracting("name")
                    .as(hung.facts().toString())
                    .contains((Object[]) hang.facts);
            assertThat(hung.took()).isLessThan(TIMEOUT.plus(ROOM));
        }
        threads.assertNoneLeft();
    }

    private static Checklist list(int checks, Hang hang) {
        Checklist.Builder list = Checklist.named("many");
        for (int i = 0; i < checks; i++) {
            if (hang != null && i == checks / 2) {
                list.require(hanging(hang).timeout(TIMEOUT).as("hangs"));
            } else {
                list.require(Http.get("https://shop.example/page/" + i)
                        .status(200)
                        .header("Cache-Control", "no-store")
                        .json("/status", "ok")
                        .timeout(Duration.ofSeconds(30))
                        .as("page" + i));
            }
        }
        return list.build();
    }

    private static HttpCheck hanging(Hang hang) {
        String url = switch (hang) {
            case CONNECT, ACCEPTED, HANDSHAKE -> "https://stuck.shop.example/";
            case BEFORE_HEADERS -> "https://shop.example/hang/headers";
            case IN_BODY -> "https://shop.example/hang/body";
        };
        return Http.get(url).status(200);
    }

    /** A port whose queue is full, so that the system drops further connections, as a filter would. */
    private record FullPort(ServerSocket server, List<SocketChannel> waiting) implements AutoCloseable {

        static FullPort open() throws IOException {
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            List<SocketChannel> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(server.getLocalSocketAddress());
                waiting.add(channel);
            }
            return new FullPort(server, waiting);
        }

        InetSocketAddress address() {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
            server.close();
        }
    }
}
