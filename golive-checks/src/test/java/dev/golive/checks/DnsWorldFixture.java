package dev.golive.checks;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Item;
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
public final class DnsWorldFixture implements AutoCloseable {

    public static final String RESOLVER = "192.0.2.1";
    public static final String SECOND = "192.0.2.2";
    public static final String NS1 = "192.0.2.53";
    public static final String NS2 = "192.0.2.54";

    public final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    public final DnsFake dns = DnsFake.start(time);
    public final DnsZone shop;
    public final DnsServer resolver;
    public final DnsServer second;

    public DnsWorldFixture() {
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

    private Network network() {
        return FakeNetwork.create().resolver(RESOLVER).resolver(SECOND).consulting(dns::route);
    }

    public ItemResult run(Check check) {
        return run(check.as("dns")).get(0);
    }

    /** The results in the order of the items. */
    public List<ItemResult> run(Item... items) {
        Environment production = Environment.production("production")
                .host("shop.example", "*.shop.example", "203.0.113.10", "other.example", "*.other.example");
        try (GoLive golive = GoLive.builder().time(time).network(network()).build()) {
            Checklist.Builder list = Checklist.named("dns");
            for (Item item : items) {
                list.require(item);
            }
            return golive.run(list.build(), production).results();
        }
    }

    /** The facts as lines. */
    public static List<String> facts(ItemResult result) {
        return result.facts().stream().map(Object::toString).toList();
    }

    /** Status and reason in one line. */
    public String said(Check check) {
        ItemResult result = run(check);
        return result.status().toString().toLowerCase(Locale.ROOT)
                + (result.why().isBlank() ? "" : ": " + result.why());
    }

    @Override
    public void close() {
        dns.close();
    }
}
