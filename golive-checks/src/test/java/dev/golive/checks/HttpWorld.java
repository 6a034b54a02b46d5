package dev.golive.checks;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A shop on the internet that is a fake on loopback, and a runner that reaches nothing else. */
final class HttpWorld implements AutoCloseable {

    static final String ADDRESS = "203.0.113.10";
    static final TestCa CA = TestCa.create(TimeSource.system());

    private static final String START = "2027-03-01T09:00:00Z";
    private static final TestCa VIRTUAL_CA = TestCa.create(VirtualTime.startingAt(START));

    final TimeSource time;
    final HttpFake shop;
    FakeNetwork network;
    private final List<AutoCloseable> open = new ArrayList<>();

    private HttpWorld(TimeSource time, TestCa ca) {
        this.time = time;
        this.shop = HttpFake.start(time).tls(ca.leaf("shop.example", "www.shop.example"));
        this.network = FakeNetwork.create().trusting(ca.anchors());
        for (String host : List.of("shop.example", "www.shop.example")) {
            network = network.host(host, ADDRESS)
                    .route(host, 443, shop.tlsAddress())
                    .route(host, 80, shop.address());
        }
        open.add(shop);
    }

    static HttpWorld open() {
        return new HttpWorld(TimeSource.system(), CA);
    }

    static HttpWorld virtual() {
        return new HttpWorld(VirtualTime.startingAt(START), VIRTUAL_CA);
    }

    static Environment environment() {
        return Environment.named("test").host("shop.example", "*.shop.example");
    }

    /** One run of one check. */
    ItemResult run(Check check) {
        return report(check.as("it")).results().get(0);
    }

    /** One run of several items by one runner, so that they share connections. */
    Report report(Item... items) {
        return report(builder -> builder, items);
    }

    Report report(UnaryOperator<GoLive.Builder> options, Item... items) {
        Checklist.Builder list = Checklist.named("shop");
        Arrays.stream(items).forEach(list::require);
        try (GoLive golive = options.apply(
                        GoLive.builder().time(time).network(network).allowTrials(environment()))
                .build()) {
            return golive.run(list.build(), environment());
        }
    }

    static String fact(ItemResult result, String name) {
        return result.facts().stream()
                .filter(fact -> fact.name().equals(name))
                .map(Fact::found)
                .findFirst()
                .orElse("no fact " + name + " in " + result.facts());
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }
}
