package dev.golive.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Status;
import dev.golive.testkit.FakeNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever frames a server answers with, a check ends in time with a reason of its own making. */
class HostileHttp2Test {

    private static ItemResult answered(byte[] answer) throws Exception {
        var context = HttpWorld.CA.leaf("shop.example").serverContext();
        try (SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            SSLParameters parameters = server.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            server.setSSLParameters(parameters);
            Thread thread = new Thread(() -> serve(server, answer), "hostile");
            thread.setDaemon(true);
            thread.start();
            FakeNetwork network = FakeNetwork.create()
                    .trusting(HttpWorld.CA.anchors())
                    .host("shop.example", "203.0.113.10")
                    .route("shop.example", 443, (InetSocketAddress) server.getLocalSocketAddress());
            try (GoLive golive = GoLive.builder()
                    .network(network)
                    .witness(Check.that("our network works", any -> Outcome.passed()))
                    .build()) {
                return golive.run(
                                Checklist.named("hostile")
                                        .require(Http.get("https://shop.example/")
                                                .maxBodyBytes(1_000)
                                                .version(HttpVersion.HTTP_2)
                                                .status(201)
                                                .timeout(Duration.ofSeconds(5))
                                                .as("it"))
                                        .build(),
                                Environment.named("test").host("shop.example"))
                        .results()
                        .get(0);
            }
        }
    }

    private static void serve(SSLServerSocket server, byte[] answer) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            int length = socket.getInputStream().read(new byte[4_096]);
            socket.getOutputStream().write(answer);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            while (length > 0 && socket.getInputStream().read() >= 0) {
                // the client closes when it has seen enough
            }
        } catch (IOException e) {
            // the client closed first, or the test is over
        }
    }

    private record Frame(int type, int flags, int stream, int lie, byte[] payload) {
        void writeTo(ByteArrayOutputStream out) {
            int length = Math.max(0, payload.length + lie);
            out.writeBytes(new byte[] {(byte) (length >> 16), (byte) (length >> 8), (byte) length});
            out.write(type);
            out.write(flags);
            out.writeBytes(ByteBuffer.allocate(4).putInt(stream).array());
            out.writeBytes(payload);
        }
    }

    @Provide
    Arbitrary<byte[]> frames() {
        Arbitrary<byte[]> payloads = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                // :status 200 and :status 204 of the static table, a literal field, an unfinished integer
                Arbitraries.of(
                        new byte[] {(byte) 0x88},
                        new byte[] {(byte) 0x89},
                        new byte[] {(byte) 0x88, 0, 1, 'a', 1, 'b'},
                        new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
                        new byte[8],
                        new byte[4],
                        new byte[0]));
        Arbitrary<Frame> frames = Combinators.combine(
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(0, 9)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(10, 255))),
                        Arbitraries.of(0, 1, 4, 5, 8, 0x20, 0x2d, 0xff),
                        Arbitraries.of(0, 1, 1, 1, 3, 0x7fffffff),
                        Arbitraries.of(0, 0, 0, 0, 1, -1, 20_000),
                        payloads)
                .as(Frame::new);
        return frames.list().ofMaxSize(10).map(list -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new Frame(4, 0, 0, 0, new byte[0]).writeTo(out);
            List.copyOf(list).forEach(frame -> frame.writeTo(out));
            return out.toByteArray();
        });
    }

    private static void isJudged(byte[] answer) throws Exception {
        ItemResult result = answered(answer);
        assertThat(result.status()).as(result.toString()).isIn(Set.of(Status.FAILED, Status.UNKNOWN));
        assertThat(result.why()).doesNotContain("Exception").isNotBlank();
    }

    private static byte[] frames(Frame... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List.of(frames).forEach(frame -> frame.writeTo(out));
        return out.toByteArray();
    }

    private static final Frame SETTINGS = new Frame(4, 0, 0, 0, new byte[0]);

    // :status 201 and content-length 10, both literal
    private static final Frame HEAD = new Frame(1, 4, 1, 0, new byte[] {0x08, 3, '2', '0', '1', 0x0f, 13, 2, '1', '0'});

    @Example
    void a_body_shorter_than_announced_is_not_taken_for_the_whole() throws Exception {
        ItemResult result = answered(frames(SETTINGS, HEAD, new Frame(0, 1, 1, 0, new byte[] {'o', 'k'})));
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("shop.example ended its response too early: received 2 bytes of 10");
        assertThat(answered(frames(SETTINGS, HEAD, new Frame(0, 1, 1, 0, new byte[10])))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    @Example
    void a_body_that_a_reset_cuts_off_is_not_taken_for_the_whole() throws Exception {
        ItemResult result = answered(frames(
                SETTINGS, HEAD, new Frame(0, 0, 1, 0, new byte[] {'o', 'k'}), new Frame(3, 0, 1, 0, new byte[4])));
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.FAILED);
        assertThat(result.why()).contains("reset the stream with NO_ERROR");
    }

    @Property(tries = 100)
    void frames_of_all_kinds_are_judged(@ForAll("frames") byte[] answer) throws Exception {
        isJudged(answer);
    }

    @Tag("long")
    @Property(tries = 3_000)
    void frames_of_all_kinds_are_judged_many_times(@ForAll("frames") byte[] answer) throws Exception {
        isJudged(answer);
    }
}
