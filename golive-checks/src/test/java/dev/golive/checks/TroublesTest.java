package dev.golive.checks;

import static dev.golive.Expect.atLeast;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Network;
import dev.golive.Status;
import dev.golive.testkit.Asked;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.Fake;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.RevocationFake;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.VirtualTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every trouble of a small site, seen by checks that ask for all there is. */
@Timeout(120)
class TroublesTest {

    private static final String START = "2027-03-02T09:00:00Z";

    /** A world with one fake whose troubles are tried. */
    private interface World extends AutoCloseable {

        VirtualTime time();

        Fake fake();

        Network network();

        @Override
        void close();
    }

    private static final class Site implements World {

        private final VirtualTime time = VirtualTime.startingAt(START);
        private final TestCa ca = TestCa.create(time, 5);
        private final RevocationFake revocation = RevocationFake.start(time, ca);
        private final HttpFake http = HttpFake.start(time)
                .playing("the shop")
                .tls(ca.leaf("shop.example", "api.shop.example").withOcsp(revocation.ocsp()));

        Site() {
            http.get("/")
                    .host("shop.example")
                    .reply(request -> request.connection().secure()
                            ? Reply.html("<h1>Shop</h1>")
                                    .header("Strict-Transport-Security", "max-age=31536000")
                                    .header("X-Content-Type-Options", "nosniff")
                            : Reply.redirect(301, "https://shop.example/"));
            http.get("/health")
                    .host("api.shop.example")
                    .reply(Reply.json("{\"status\":\"ok\",\"checks\":{\"db\":true,\"queued\":3}}"));
        }

        @Override
        public VirtualTime time() {
            return time;
        }

        @Override
        public Fake fake() {
            return http;
        }

        @Override
        public Network network() {
            FakeNetwork network = FakeNetwork.create()
                    .trusting(ca.anchors())
                    .route(
                            revocation.ocsp().getHost(),
                            revocation.ocsp().getPort(),
                            revocation.http().address());
            for (String host : List.of("shop.example", "api.shop.example")) {
                network = network.host(host, "203.0.113.10");
            }
            return network.route("203.0.113.10", 80, http.address()).route("203.0.113.10", 443, http.tlsAddress());
        }

        @Override
        public void close() {
            http.close();
            revocation.close();
        }
    }

    private static final class Names implements World {

        private final VirtualTime time = VirtualTime.startingAt(START);
        private final DnsFake dns = DnsFake.start(time);

        Names() {
            dns.zone("shop.example")
                    .server("ns1.shop.example", "192.0.2.53")
                    .server("ns2.shop.example", "192.0.2.54")
                    .a("shop.example", "203.0.113.10")
                    .cname("api.shop.example", "shop.example")
                    .caa("shop.example", "issue", "ca.example")
                    .txt("shop.example", "v=spf1 -all");
            dns.resolver("192.0.2.1");
            dns.resolver("192.0.2.2");
        }

        @Override
        public VirtualTime time() {
            return time;
        }

        @Override
        public Fake fake() {
            return dns;
        }

        @Override
        public Network network() {
            return FakeNetwork.create()
                    .resolver("192.0.2.1")
                    .resolver("192.0.2.2")
                    .consulting(dns::route);
        }

        @Override
        public void close() {
            dns.close();
        }
    }

    private static Map<String, Check> ofSite() {
        Map<String, Check> all = new LinkedHashMap<>();
        HttpProbe page = Http.get("https://shop.example/");
        all.put(
                "page",
                page.status(200)
                        .body("<h1>Shop</h1>")
                        .header("Strict-Transport-Security", "max-age=31536000")
                        .header("X-Content-Type-Options", "nosniff"));
        all.put("redirect", Http.get("http://shop.example/").redirectsTo("https://shop.example/"));
        all.put(
                "health",
                Http.get("https://api.shop.example/health")
                        .status(200)
                        .json("/status", "ok")
                        .json("/checks/db", true)
                        .json("/checks/queued", 3));
        for (String host : List.of("shop.example", "api.shop.example")) {
            all.put(
                    "certificate of " + host,
                    Tls.of(host)
                            .isValid()
                            .expiresIn(atLeast(Duration.ofDays(14)))
                            .notRevoked());
        }
        return all;
    }

    private static Map<String, Check> ofNames() {
        Map<String, Check> all = new LinkedHashMap<>();
        all.put(
                "address",
                Dns.of("shop.example").type(RecordType.A).everywhere().exactly("203.0.113.10"));
        all.put(
                "alias",
                Dns.of("api.shop.example").type(RecordType.A).everywhere().exactly("203.0.113.10"));
        all.put("issuer", Dns.of("shop.example").type(RecordType.CAA).exactly("0 issue \"ca.example\""));
        all.put("zone", Dns.zone("shop.example").serversAgree());
        return all;
    }

    private static ItemResult run(World world, String id, Check check) {
        Environment place = Environment.named("test").host("shop.example", "*.shop.example");
        try (GoLive golive =
                GoLive.builder().time(world.time()).network(world.network()).build()) {
            return golive.run(Checklist.named("it").require(check.as(id)).build(), place)
                    .results()
                    .get(0);
        }
    }

    private static Set<String> asked(World world) {
        return world.fake().asked().stream().map(Asked::what).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What each check asks when all is well. */
    private static Map<String, Set<String>> traces(Supplier<World> worlds, Map<String, Check> checks) {
        Map<String, Set<String>> traces = new LinkedHashMap<>();
        checks.forEach((id, check) -> {
            try (World world = worlds.get()) {
                ItemResult result = run(world, id, check);
                assertThat(result.status()).as("%s: %s", id, result.why()).isEqualTo(Status.PASSED);
                traces.put(id, asked(world));
            }
        });
        return traces;
    }

    /** Lets each trouble happen, and says for each what was not as it should be. */
    private static List<String> surprises(Supplier<World> worlds, Map<String, Check> checks) {
        Map<String, Set<String>> traces = traces(worlds, checks);
        Set<String> all = new LinkedHashSet<>();
        traces.values().forEach(all::addAll);
        int count;
        try (World world = worlds.get()) {
            count = world.fake().troubles(all).size();
        }
        assertThat(count).isGreaterThan(50);
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> surprise(worlds, checks, traces, all, i))
                .filter(surprise -> !surprise.isBlank())
                .toList();
    }

    private static String surprise(
            Supplier<World> worlds,
            Map<String, Check> checks,
            Map<String, Set<String>> traces,
            Set<String> all,
            int number) {
        try (World world = worlds.get()) {
            Trouble trouble = world.fake().troubles(all).get(number);
            trouble.happen();
            StringBuilder wrong = new StringBuilder();
            boolean noticed = false;
            for (Map.Entry<String, Check> check : checks.entrySet()) {
                ItemResult result = run(world, check.getKey(), check.getValue());
                boolean red = result.status() != Status.PASSED;
                boolean concerned = traces.get(check.getKey()).stream().anyMatch(trouble::concerns);
                if (red && !concerned) {
                    wrong.append(", ")
                            .append(check.getKey())
                            .append(" is not concerned: ")
                            .append(result.why());
                }
                if (result.status() == Status.FAILED && trouble.isHarmless()) {
                    wrong.append(", ")
                            .append(check.getKey())
                            .append(" failed: ")
                            .append(result.why());
                }
                String said = result + " " + result.why() + " " + check.getValue();
                noticed |= red && trouble.about().stream().anyMatch(said::contains);
            }
            if (!noticed && !trouble.isHarmless()) {
                wrong.append(", nobody says so");
            }
            return wrong.isEmpty() ? "" : trouble.toString() + wrong;
        }
    }

    @Test
    void every_trouble_of_a_site_happens_to_what_it_is_about_and_to_nothing_else() {
        assertThat(surprises(Site::new, ofSite())).isEmpty();
    }

    @Test
    void every_trouble_of_its_names_happens_to_what_it_is_about_and_to_nothing_else() {
        assertThat(surprises(Names::new, ofNames())).isEmpty();
    }
}
