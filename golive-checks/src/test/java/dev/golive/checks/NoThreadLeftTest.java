package dev.golive.checks;

import static dev.golive.Expect.startingWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Execution;
import dev.golive.GoLive;
import dev.golive.Report;
import dev.golive.RunListener;
import dev.golive.Status;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.DnsFault;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.Reply;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a run did and however it ended: after closing, there is no thread of golive or of a fake. */
@Timeout(60)
class NoThreadLeftTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    private final Threads threads = Threads.now();
    private final HttpWorld world = HttpWorld.open();
    private final DnsFake dns = DnsFake.start(TimeSource.system());
    private final HttpFake stuck = HttpFake.start(TimeSource.system()).tls(HttpWorld.CA.leaf("stuck.shop.example"));
    private FakeNetwork network = world.network;

    /** One check of each kind, one that is answered and one that hangs. */
    enum Kind {
        HTTP(
                () -> Http.get("https://shop.example/").status(200),
                () -> Http.get("https://shop.example/hangs").status(200)),
        HTTP_2(
                () -> Http.get("https://shop.example/").version(HttpVersion.HTTP_2),
                () -> Http.get("https://shop.example/hangs").version(HttpVersion.HTTP_2)),
        PLAIN_HTTP(
                () -> Http.get("http://shop.example/").status(200),
                () -> Http.get("http://shop.example/hangs").status(200)),
        DNS(
                () -> Dns.of("shop.example").exists(),
                () -> Dns.of("hangs.shop.example").exists()),
        TLS(
                () -> Tls.of("shop.example").isValid(),
                () -> Tls.of("stuck.shop.example").isValid()),
        TCP(
                () -> Tcp.of("shop.example", 80).isOpen(),
                () -> Tcp.of("shop.example", 80).banner(startingWith("220")));

        private final Supplier<Check> answered;
        private final Supplier<Check> hanging;

        Kind(Supplier<Check> answered, Supplier<Check> hanging) {
            this.answered = answered;
            this.hanging = hanging;
        }
    }

    @BeforeEach
    void script() {
        world.shop.get("/").reply(Reply.text("a page"));
        world.shop.get("/hangs").fail(HttpFault.hangMidBody());
        stuck.fault(HttpFault.hangInHandshake());
        dns.zone("shop.example")
                .server("ns1.shop.example", "192.0.2.53")
                .a("shop.example", HttpWorld.ADDRESS)
                .a("hangs.shop.example", HttpWorld.ADDRESS);
        dns.resolver("192.0.2.1").fault(DnsFault.timeout().forName("hangs.shop.example"));
        network = network.resolver("192.0.2.1")
                .consulting(dns::route)
                .host("stuck.shop.example", "203.0.113.66")
                .route("stuck.shop.example", 443, stuck.tlsAddress());
    }

    @AfterEach
    void close() throws Exception {
        world.close();
        stuck.close();
        dns.close();
        threads.assertNoneLeft();
    }

    /** The fakes are still there; the thread of the system's alarms belongs to no runner and ends by itself. */
    private static void assertNoGoliveThread(Threads since) {
        assertThat(since.left())
                .filteredOn(name -> name.matches("golive-[0-9]+"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void after_a_check_that_was_answered(Kind kind) {
        Threads before = Threads.now();
        try (GoLive golive = GoLive.builder().network(network).build()) {
            Report report = golive.run(
                    Checklist.named("one").require(kind.answered.get()).build(), HttpWorld.environment());
            assertThat(report.results(Status.PASSED)).as(report.toString()).hasSize(1);
        }
        assertNoGoliveThread(before);
    }

    @ParameterizedTest
    @EnumSource
    void after_a_check_that_hung_until_its_timeout(Kind kind) {
        Threads before = Threads.now();
        try (GoLive golive = GoLive.builder().network(network).build()) {
            Report report = golive.run(
                    Checklist.named("one")
                            .require(kind.hanging.get().timeout(Duration.ofMillis(300)))
                            .build(),
                    HttpWorld.environment());
            assertThat(report.results(Status.UNKNOWN)).as(report.toString()).hasSize(1);
        }
        assertNoGoliveThread(before);
    }

    @ParameterizedTest
    @EnumSource
    void after_a_run_that_was_cancelled(Kind kind) throws Exception {
        Threads before = Threads.now();
        CountDownLatch begun = new CountDownLatch(1);
        RunListener listener = new RunListener() {
            @Override
            public void attempting(String id, int attempt) {
                begun.countDown();
            }
        };
        Duration start = TimeSource.system().elapsed();
        try (GoLive golive =
                GoLive.builder().network(network).listener(listener).build()) {
            Execution run = golive.start(
                    Checklist.named("one")
                            .require(kind.hanging.get().timeout(LONG))
                            .build(),
                    HttpWorld.environment());
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            run.cancel("the test has seen enough");
            Report report = run.report();
            assertThat(report.results().get(0).status()).isEqualTo(Status.UNKNOWN);
        }
        assertNoGoliveThread(before);
        assertThat(TimeSource.system().elapsed().minus(start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void after_closing_while_a_check_of_each_kind_hangs() throws Exception {
        Threads before = Threads.now();
        CountDownLatch begun = new CountDownLatch(Kind.values().length);
        RunListener listener = new RunListener() {
            @Override
            public void attempting(String id, int attempt) {
                begun.countDown();
            }
        };
        Checklist.Builder list = Checklist.named("all");
        for (Kind kind : Kind.values()) {
            list.require(kind.hanging.get().timeout(LONG).as(kind.name()));
        }
        Duration start = TimeSource.system().elapsed();
        Execution run;
        try (GoLive golive =
                GoLive.builder().network(network).listener(listener).build()) {
            run = golive.start(list.build(), HttpWorld.environment());
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertNoGoliveThread(before);
        assertThat(run.report().results(Status.UNKNOWN)).hasSize(Kind.values().length);
        assertThat(TimeSource.system().elapsed().minus(start)).isLessThan(Duration.ofSeconds(10));
    }
}
