package dev.golive.checks;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Network;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.DnsServer;
import dev.golive.testkit.DnsZone;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.VirtualTime;
import java.util.List;
import java.util.Locale;

/** A small world of DNS in virtual time: two zones, two name servers, two resolvers, and checks run by the engine. */
final class DnsWorldFixture implements AutoCloseable {

    static final String RESOLVER = "192.0.2.1";
    static final String SECOND = "192.0.2.2";
    static final String NS1 = "192.0.2.53";
    static final String NS2 = "192.0.2.54";

    final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    final DnsFake dns = DnsFake.start(time);
    final DnsZone shop;
    final DnsServer resolver;
    final DnsServer second;

    DnsWorldFixture() {
        dns.zone("example").server("a.nic.example", "192.0.2.100").a("other.example", "203.0.113.99");
        shop = dns.zone("shop.example")
                .server("ns1.shop.example", NS1)
                .server("ns2.shop.example", NS2)
                .a("shop.example", "203.0.113.10", "203.0.113.11")
                .cname("www.shop.example", "shop.example")
                .mx("shop.example", 10, "mail.shop.example")
                .txt("shop.example", "v=spf1 mx -all")
                .caa("shop.example", "issue", "letsencrypt.org");
        resolver = dns.resolver(RESOLVER).uncached();
        second = dns.resolver(SECOND).uncached();
    }

    Network network() {
        return FakeNetwork.create().resolver(RESOLVER).resolver(SECOND).consulting(dns::route);
    }

    ItemResult run(Check check) {
        Environment production = Environment.production("production")
                .host("shop.example", "*.shop.example", "203.0.113.10", "other.example", "*.other.example");
        try (GoLive golive = GoLive.builder().time(time).network(network()).build()) {
            return golive.run(Checklist.named("dns").require(check.as("dns")).build(), production)
                    .result("dns")
                    .orElseThrow();
        }
    }

    /** The facts as lines. */
    static List<String> facts(ItemResult result) {
        return result.facts().stream().map(Object::toString).toList();
    }

    /** Status and reason in one line. */
    String said(Check check) {
        ItemResult result = run(check);
        return result.status().toString().toLowerCase(Locale.ROOT)
                + (result.why().isBlank() ? "" : ": " + result.why());
    }

    @Override
    public void close() {
        dns.close();
    }
}
