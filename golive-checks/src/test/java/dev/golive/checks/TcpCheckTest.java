package dev.golive.checks;

import static dev.golive.Expect.startingWith;
import static dev.golive.checks.HttpWorld.fact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Check;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpCheckTest {

    private final HttpWorld world = HttpWorld.open();
    private final List<Socket> waiting = new ArrayList<>();
    private ServerSocket mail;
    private ServerSocket full;

    @BeforeEach
    void listen() throws IOException {
        mail = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve, "mail");
        server.setDaemon(true);
        server.start();
        // a queue that is full drops further connections, as a filter would
        full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        for (int i = 0; i < 8; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            Thread filler = new Thread(() -> {
                try {
                    socket.connect(full.getLocalSocketAddress());
                } catch (IOException e) {
                    // closed at the end of the test
                }
            });
            filler.setDaemon(true);
            filler.start();
        }
        world.network = world.network
                .host("mail.shop.example", "203.0.113.25")
                .route("mail.shop.example", 25, (InetSocketAddress) mail.getLocalSocketAddress())
                .host("db.shop.example", "203.0.113.54")
                .route("db.shop.example", 5432, (InetSocketAddress) full.getLocalSocketAddress());
    }

    private void serve() {
        while (true) {
            try (Socket socket = mail.accept()) {
                socket.getOutputStream().write("220 mail.shop.example ready\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] said = new byte[100];
                int length = socket.getInputStream().read(said);
                if (length > 0) {
                    socket.getOutputStream().write("250 hello\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                if (mail.isClosed()) {
                    return;
                }
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        mail.close();
        full.close();
        for (Socket socket : waiting) {
            socket.close();
        }
        world.close();
    }

    private ItemResult withWitness(Check check) {
        return world.report(
                        builder -> builder.witness(Check.that("our network works", context -> Outcome.passed())),
                        check.as("it"))
                .results()
                .get(0);
    }

    @Test
    void an_open_port_is_open_and_not_unreachable() {
        ItemResult open = world.run(Tcp.of("mail.shop.example", 25).isOpen());
        assertThat(open.status()).as(open.toString()).isEqualTo(Status.PASSED);
        assertThat(open.sentence()).isEqualTo("TCP mail.shop.example:25 is open");

        ItemResult reachable = world.run(Tcp.of("mail.shop.example", 25).isNotReachable());
        assertThat(reachable.status()).isEqualTo(Status.FAILED);
        assertThat(reachable.why()).isEqualTo("mail.shop.example:25 was open, expected that it is not reachable");
    }

    @Test
    void a_refusal_is_proof() {
        assertThat(world.run(Tcp.of("mail.shop.example", 26).isRefused()).status())
                .isEqualTo(Status.PASSED);
        assertThat(world.run(Tcp.of("mail.shop.example", 26).isNotReachable()).status())
                .isEqualTo(Status.PASSED);
        assertThat(world.run(Tcp.of("mail.shop.example", 26).isFiltered()).status())
                .isEqualTo(Status.FAILED);
        assertThat(withWitness(Tcp.of("mail.shop.example", 26).isOpen()).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void silence_alone_proves_nothing_and_beside_an_open_port_it_does() {
        Check silent = Tcp.of("db.shop.example", 5432).isNotReachable().timeout(Duration.ofSeconds(1));
        ItemResult alone = withWitness(silent);
        assertThat(alone.status()).as(alone.toString()).isEqualTo(Status.UNKNOWN);
        assertThat(alone.why()).contains("203.0.113.54 port 5432 did not answer within");

        ItemResult proven = withWitness(Tcp.of("db.shop.example", 5432)
                .isNotReachable()
                .provenBy("mail.shop.example", 25)
                .timeout(Duration.ofSeconds(1)));
        assertThat(proven.status()).as(proven.toString()).isEqualTo(Status.PASSED);
        assertThat(fact(proven, "port")).isEqualTo("filtered");

        ItemResult useless = withWitness(Tcp.of("db.shop.example", 5432)
                .isNotReachable()
                .provenBy("mail.shop.example", 26)
                .timeout(Duration.ofSeconds(1)));
        assertThat(useless.status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void a_machine_that_cannot_even_try_has_found_out_nothing() {
        // a connection to a multicast address is refused by our own machine: its network is unreachable
        world.network = world.network
                .host("far.shop.example", "203.0.113.77")
                .route("far.shop.example", 5432, new InetSocketAddress("224.0.0.1", 5432));

        ItemResult silent =
                withWitness(Tcp.of("far.shop.example", 5432).isNotReachable().provenBy("mail.shop.example", 25));
        assertThat(silent.status()).as(silent.toString()).isEqualTo(Status.UNKNOWN);
        assertThat(silent.why()).startsWith("this machine itself could not ask: ");

        ItemResult open = withWitness(Tcp.of("far.shop.example", 5432).isOpen());
        assertThat(open.status()).as(open.toString()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void a_banner_and_a_conversation_are_judged_line_by_line() {
        TcpCheck check = Tcp.of("mail.shop.example", 25)
                .banner(startingWith("220 "))
                .saying("EHLO shop.example\r\n")
                .answers("250 hello");
        ItemResult result = world.run(check);
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
        assertThat(result.sentence())
                .isEqualTo("TCP mail.shop.example:25 answers starting with \"220 \", told \"EHLO shop.example\","
                        + " answers \"250 hello\"");

        ItemResult other = world.run(Tcp.of("mail.shop.example", 25).banner("SSH-2.0"));
        assertThat(other.status()).isEqualTo(Status.FAILED);
        assertThat(other.why())
                .isEqualTo("mail.shop.example:25 answered \"220 mail.shop.example ready\", expected \"SSH-2.0\"");
    }

    @Test
    void a_port_that_says_nothing_is_given_up_in_time() {
        ItemResult result = withWitness(
                Tcp.of("shop.example", 80).banner(startingWith("220")).timeout(Duration.ofMillis(500)));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("shop.example:80 did not send the line that was expected in time");
    }

    @Test
    void bad_arguments_are_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tcp.of("shop.example", 0))
                .withMessageContaining("port");
        assertThatIllegalArgumentException().isThrownBy(() -> Tcp.of(" ", 1)).withMessageContaining("host");
        assertThatIllegalArgumentException().isThrownBy(() -> Tcp.of("a b", 1)).withMessageContaining("host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tcp.of("shop.example", 1).at("shop.example"))
                .withMessageContaining("address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tcp.of("shop.example", 1).saying("x").isOpen());
    }
}
