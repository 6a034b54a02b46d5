package dev.golive.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.DnsFault;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.Reply;
import dev.golive.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether what cannot be reached is down, or we are cut off: real checks as witnesses, over real sockets. */
@Timeout(60)
class OwnNetworkTest {

    private static final Environment PLACE =
            Environment.named("test").host("shop.example", "*.shop.example", "well-known.example");

    private final VirtualTime time = VirtualTime.startingAt("2027-03-01T09:00:00Z");
    private final HttpFake shop = HttpFake.start(time);
    private final HttpFake wellKnown = HttpFake.start(time);
    private final DnsFake dns = DnsFake.start(time);
    private FakeNetwork network;

    private final Check dnsWitness = Dns.of("well-known.example").exists().timeout(Duration.ofSeconds(5));
    private final Check tcpWitness = Tcp.of("well-known.example", 443).isOpen();

    private final Check home = Http.get("http://shop.example/").status(200);
    private final Check port = Tcp.of("shop.example", 80).isOpen();

    @BeforeEach
    void script() {
        dns.zone("example").server("a.nic.example", "192.0.2.100").a("well-known.example", "203.0.113.99");
        dns.resolver("192.0.2.1").uncached();
        network = FakeNetwork.create()
                .resolver("192.0.2.1")
                .consulting(dns::route)
                .host("shop.example", "203.0.113.10")
                .route("shop.example", 80, shop.address())
                .route("well-known.example", 443, wellKnown.address());
        shop.get("/").reply(Reply.text("a page"));
        shop.get("/gone").reply(Reply.status(404));
    }

    @AfterEach
    void close() {
        shop.close();
        wellKnown.close();
        dns.close();
    }

    private Report run(Check witness, Check... checks) {
        try (GoLive golive =
                GoLive.builder().time(time).network(network).witness(witness).build()) {
            Checklist.Builder list = Checklist.named("shop");
            for (Check check : checks) {
                list.require(check);
            }
            return golive.run(list.build(), PLACE);
        }
    }

    @Test
    void a_refused_target_is_failed_where_a_witness_answers() {
        shop.fault(HttpFault.refuse());

        for (Check witness : new Check[] {dnsWitness, tcpWitness}) {
            Report report = run(witness, home, port);

            assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
            assertThat(report.results(Status.FAILED)).hasSize(2);
            assertThat(report.results().get(0).why()).contains("203.0.113.10 port 80 refused the connection");
            assertThat(report.results())
                    .allSatisfy(result -> assertThat(result.fact("own network"))
                            .contains("works, by the witness of 2027-03-01T09:00:00Z"));
        }
    }

    @Test
    void with_a_witness_that_is_refused_too_everything_is_unknown_with_that_one_cause() {
        shop.fault(HttpFault.refuse());
        wellKnown.fault(HttpFault.refuse());

        assertOneCause(
                run(tcpWitness, home, port), "our own network does not work: TCP well-known.example:443 is open - ");
    }

    @Test
    void with_a_witness_whose_resolver_is_silent_everything_is_unknown_with_that_one_cause() {
        shop.fault(HttpFault.refuse());
        dns.at("192.0.2.1").fault(DnsFault.timeout());

        assertOneCause(
                run(dnsWitness, home, port),
                "our own network does not work: well-known.example has A records - 192.0.2.1 did not answer");
    }

    @Test
    void with_a_witness_whose_resolver_is_broken_everything_is_unknown_with_that_one_cause() {
        shop.fault(HttpFault.refuse());
        dns.at("192.0.2.1").fault(DnsFault.servfail());

        assertOneCause(
                run(dnsWitness, home, port),
                "our own network does not work: well-known.example has A records - 192.0.2.1 answered SERVFAIL");
    }

    @Test
    void what_was_seen_in_spite_of_a_bad_witness_is_kept() {
        wellKnown.fault(HttpFault.refuse());

        Report report =
                run(tcpWitness, home, Http.get("http://shop.example/gone").status(200));

        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.results().get(0).status()).isEqualTo(Status.PASSED);
        ItemResult gone = report.results().get(1);
        assertThat(gone.status()).isEqualTo(Status.UNKNOWN);
        assertThat(gone.fact("seen nevertheless")).get().asString().contains("404");
    }

    @Test
    void a_target_that_is_silent_is_treated_like_one_that_refuses() {
        shop.get("/").fail(HttpFault.hangBeforeHeaders());

        assertThat(run(dnsWitness, home).results(Status.FAILED)).hasSize(1);
        dns.at("192.0.2.1").fault(DnsFault.servfail());
        assertThat(run(dnsWitness, home).results(Status.UNKNOWN)).hasSize(1);
    }

    private static void assertOneCause(Report report, String cause) {
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.results(Status.UNKNOWN)).hasSize(2);
        assertThat(report.results()).allSatisfy(result -> {
            assertThat(result.why()).startsWith(cause);
            assertThat(result.fact("seen nevertheless")).get().asString().contains("refused");
        });
        assertThat(report.results())
                .extracting(ItemResult::why)
                .containsOnly(report.results().get(0).why());
        assertThat(report.remarks()).singleElement().asString().startsWith("Our own network did not work");
    }
}
