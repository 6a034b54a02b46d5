package dev.golive.checks;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Report;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.DnsZone;
import dev.golive.testkit.FakeNetwork;
import dev.golive.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Measures 1,000 lookups, each a check of its own, against a fake in the same process or, to measure a cold start, in
 * another one: with {@code serve} it is that other process, with its port as argument it asks there.
 */
public final class DnsSpeed {

    private static final int CHECKS = 1_000;

    private DnsSpeed() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && !args[0].equals("serve")) {
            int port = Integer.parseInt(args[0]);
            measure(
                    FakeNetwork.create()
                            .resolver("192.0.2.1")
                            .consulting(logical -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                    args.length > 1 ? Integer.parseInt(args[1]) : 1);
            return;
        }
        try (DnsFake dns = DnsFake.start(TimeSource.system())) {
            DnsZone zone = dns.zone("shop.example").server("ns1.shop.example", "192.0.2.53");
            for (int i = 0; i < CHECKS; i++) {
                zone.a("h" + i + ".shop.example", "203.0.113.10");
            }
            dns.resolver("192.0.2.1");
            if (args.length > 0) {
                System.out.println(dns.at("192.0.2.1").realAddress().getPort());
                System.in.read();
            } else {
                measure(FakeNetwork.create().resolver("192.0.2.1").consulting(dns::route), 40);
            }
        }
    }

    private static void measure(FakeNetwork network, int rounds) {
        TimeSource time = TimeSource.system();
        Checklist.Builder list = Checklist.named("speed");
        for (int i = 0; i < CHECKS; i++) {
            list.require(Dns.of("h" + i + ".shop.example").type(RecordType.A).exists());
        }
        Checklist lookups = list.build();
        Environment environment = Environment.named("speed").host("*.shop.example");
        try (GoLive golive = GoLive.builder().network(network).build()) {
            for (int round = 0; round < rounds; round++) {
                Duration start = time.elapsed();
                Report report = golive.run(lookups, environment);
                Duration took = time.elapsed().minus(start);
                System.out.println(report.verdict() + " " + took.toMillis() + " ms");
            }
        }
    }
}
