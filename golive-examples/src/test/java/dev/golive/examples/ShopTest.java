package dev.golive.examples;

import static dev.golive.testkit.GoLiveAssertions.assertThat;
import static dev.golive.time.Spans.minutes;

import dev.golive.Check;
import dev.golive.GoLive;
import dev.golive.Network;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.checks.Http;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.Examine;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.junit.Checklists;
import dev.golive.testkit.junit.FakesExtension;
import dev.golive.testkit.junit.InVirtualTime;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The program of the README against fakes, as docs/test-suite.md shows it. */
// region fakes
@ExtendWith(FakesExtension.class)
@InVirtualTime
class ShopTest {

    private Network network;

    @BeforeEach
    void open_the_shop(HttpFake shop, DnsFake dns, TestCa ca) {
        shop.tls(ca.leaf("shop.example").expiresIn(Duration.ofDays(60)));
        shop.get("/").reply(Reply.redirect(301, "https://shop.example/"));
        shop.get("/health").reply(Reply.json("{\"status\":\"ok\"}"));
        dns.zone("shop.example")
                .server("ns.shop.example", "192.0.2.53")
                .a("shop.example", "203.0.113.10")
                .caa("shop.example", "issue", "ca.example");
        dns.resolver("192.0.2.1");
        network = FakeNetwork.create()
                .resolver("192.0.2.1")
                .consulting(dns::route)
                .trusting(ca.anchors())
                .route("203.0.113.10", 80, shop.address())
                .route("203.0.113.10", 443, shop.tlsAddress());
    }

    @Test
    void the_shop_is_ready(VirtualTime time) {
        assertThat(run(time)).isGo();
    }

    @Test
    void a_shop_without_its_database_is_not(HttpFake shop, VirtualTime time) {
        shop.get("/health").reply(Reply.json("{\"status\":\"no database\"}"));

        assertThat(run(time)).isNoGo().hasCount(1, Status.FAILED).hasReasonContaining("no database");
    }

    private Report run(VirtualTime time) {
        try (GoLive golive = GoLive.builder().time(time).network(network).build()) {
            return golive.run(Shop.LAUNCH, Shop.PRODUCTION);
        }
    }
    // endregion

    // region virtual-time
    @Test
    void a_shop_that_is_slow_to_start_is_waited_for(HttpFake shop, VirtualTime time) {
        shop.get("/health").reply(Reply.status(503)).then(Reply.status(503)).then(Reply.status(200));
        Check health = Http.get("https://shop.example/health").status(200).eventually(minutes(5));

        assertThat(Examine.once(health).on(time).through(network).result())
                .hasStatus(Status.PASSED)
                .hasAttempts(3);
    }
    // endregion

    // region items
    @TestFactory
    Stream<DynamicTest> every_item_of_the_launch(VirtualTime time) {
        return Checklists.tests(run(time));
    }
    // endregion
}
