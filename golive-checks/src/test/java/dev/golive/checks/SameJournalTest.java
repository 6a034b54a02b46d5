package dev.golive.checks;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.containing;
import static dev.golive.Expect.startingWith;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.millis;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.RunListener;
import dev.golive.Secret;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.DnsFault;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.VirtualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forty checks of all protocols on real sockets, in virtual time, while the machine is busy with something else. */
class SameJournalTest {

    private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");
    private static final Environment PLACE = Environment.named("test").host("shop.example", "*.shop.example");

    @Test
    @Timeout(120)
    void forty_checks_give_the_same_journal_in_8_of_8_runs() throws Exception {
        sameJournal(8);
    }

    @Test
    @Tag("long")
    @Timeout(600)
    void forty_checks_give_the_same_journal_in_50_of_50_runs() throws Exception {
        sameJournal(50);
    }

    private static void sameJournal(int runs) throws Exception {
        Threads threads = Threads.now();
        AtomicBoolean busy = new AtomicBoolean(true);
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(
                    () -> {
                        long n = 0;
                        while (busy.get()) {
                            n += System.nanoTime();
                        }
                        assertThat(n).isNotZero();
                    },
                    "load-" + i);
            thread.setDaemon(true);
            thread.start();
            load.add(thread);
        }
        try {
            List<String> first = journal();
            // the tests of the faults say what each line should be; here, that there is something of everything
            assertThat(first)
                    .filteredOn(
                            line -> line.startsWith(START.toString().substring(0, 10)) && line.contains("Z finished "))
                    .hasSize(40);
            assertThat(first)
                    .anyMatch(line -> line.contains("finished PASSED"))
                    .anyMatch(line -> line.contains("finished FAILED"))
                    .anyMatch(line -> line.contains("finished UNKNOWN"))
                    .anyMatch(line -> line.startsWith("  "))
                    .anyMatch(line -> line.startsWith("request GET"));
            for (int i = 2; i <= runs; i++) {
                assertThat(journal()).as("run " + i).isEqualTo(first);
            }
        } finally {
            busy.set(false);
            for (Thread thread : load) {
                thread.join();
            }
        }
        threads.assertNoneLeft();
    }

    /** One run in a new world: what was heard, when, and the report's facts in order. */
    private static List<String> journal() {
        VirtualTime time = VirtualTime.startingAt(START);
        TestCa ca = TestCa.create(time, 42);
        List<String> lines = new ArrayList<>();
        try (HttpFake shop = HttpFake.start(time).tls(ca.leaf("shop.example", "*.shop.example"));
                HttpFake stuck = HttpFake.start(time).tls(ca.leaf("stuck.shop.example"));
                HttpFake silent = HttpFake.start(time);
                HttpFake old =
                        HttpFake.start(time).tls(ca.leaf("old.shop.example").expired());
                DnsFake dns = DnsFake.start(time)) {
            script(time, shop);
            stuck.fault(HttpFault.hangInHandshake());
            silent.fault(HttpFault.silent());
            zone(dns);
            FakeNetwork network = FakeNetwork.create()
                    .trusting(ca.anchors())
                    .resolver("192.0.2.1")
                    .resolver("192.0.2.2")
                    .consulting(dns::route)
                    .route("shop.example", 443, shop.tlsAddress())
                    .route("shop.example", 80, shop.address())
                    .route("www.shop.example", 443, shop.tlsAddress())
                    .route("lost.shop.example", 443, shop.tlsAddress())
                    .route("stuck.shop.example", 443, stuck.tlsAddress())
                    .route("old.shop.example", 443, old.tlsAddress())
                    .route("silent.shop.example", 25, silent.address())
                    .route("silent.shop.example", 80, silent.address());
            RunListener listener = new RunListener() {
                @Override
                public void attempting(String id, int attempt) {
                    lines.add(time.now() + " attempting " + id + " " + attempt);
                }

                @Override
                public void finished(ItemResult result, int done, int of) {
                    lines.add(time.now() + " finished " + result + " attempts " + result.attempts() + " took "
                            + result.took() + " " + done + "/" + of);
                    for (Fact fact : result.facts()) {
                        lines.add("  " + fact);
                    }
                }

                @Override
                public void ended(Report report) {
                    lines.add(time.now() + " ended by " + report.verdict() + " " + report.reasons());
                }
            };
            try (GoLive golive = GoLive.builder()
                    .time(time)
                    .network(network)
                    .listener(listener)
                    .witness(Check.that("our network works", context -> Outcome.passed()))
                    .build()) {
                golive.run(list(), PLACE);
            }
            shop.requests().forEach(request -> lines.add("request " + request));
        }
        return lines;
    }

    private static void zone(DnsFake dns) {
        dns.zone("example").server("a.nic.example", "192.0.2.100");
        dns.zone("shop.example")
                .server("ns1.shop.example", "192.0.2.53")
                .server("ns2.shop.example", "192.0.2.54")
                .a("shop.example", "203.0.113.10", "203.0.113.11")
                .cname("www.shop.example", "shop.example")
                .a("lost.shop.example", "203.0.113.12")
                .a("stuck.shop.example", "203.0.113.13")
                .a("old.shop.example", "203.0.113.14")
                .a("silent.shop.example", "203.0.113.15")
                .a("slow.shop.example", "203.0.113.16")
                .mx("shop.example", 10, "mail.shop.example")
                .txt("shop.example", "v=spf1 mx -all")
                .from(START.plusSeconds(5))
                .add("new.shop.example", "A", "203.0.113.17");
        dns.resolver("192.0.2.1")
                .uncached()
                .fault(DnsFault.timeout().forName("lost.shop.example"))
                .fault(DnsFault.delay(seconds(3)).forName("slow.shop.example"))
                .fault(DnsFault.servfail().forType("TXT"))
                .fault(DnsFault.truncated().forType("MX"));
        dns.resolver("192.0.2.2").uncached();
        dns.resolver("192.0.2.3").fault(DnsFault.servfail());
        dns.at("192.0.2.54").fault(DnsFault.delay(millis(700)));
    }

    private static void script(VirtualTime time, HttpFake shop) {
        AtomicInteger tickets = new AtomicInteger();
        shop.get("/").reply(Reply.html("<h1>Shop</h1>").header("Cache-Control", "no-store"));
        shop.get("/slow").reply(Reply.text("at last").after(seconds(3)));
        shop.get("/slower").reply(Reply.text("at last").after(seconds(7)));
        shop.get("/flaky").reply(Reply.status(503)).then(Reply.status(503)).then(Reply.text("up"));
        shop.get("/starting")
                .reply(any -> time.now().isBefore(START.plusSeconds(20)) ? Reply.status(503) : Reply.text("up"));
        shop.get("/flapping").reply(any -> Reply.status(time.now().isBefore(START.plusSeconds(8)) ? 200 : 500));
        shop.get("/ticket").reply(any -> Reply.json("{\"number\":" + tickets.incrementAndGet() + "}"));
        shop.get("/late-ticket")
                .reply(any -> Reply.json("{\"number\":" + tickets.incrementAndGet() + "}")
                        .after(millis(10L * tickets.get())));
        shop.get("/hang/headers").fail(HttpFault.hangBeforeHeaders());
        shop.get("/hang/body").fail(HttpFault.hangMidBody());
        shop.get("/drip").reply(Reply.text("a page of some length").with(HttpFault.slowBody(4, millis(200))));
        shop.get("/reset").fail(HttpFault.resetMidBody());
        shop.get("/reuse").fail(HttpFault.resetOnReuse());
        shop.get("/close").fail(HttpFault.closeAfterAnswer());
        shop.get("/token")
                .reply(Reply.json("{\"token\":\"a-token-of-some-length\"}").after(seconds(1)));
        shop.get("/me")
                .reply(request -> request.header("Authorization").isPresent()
                        ? Reply.json("{\"name\":\"Ada\"}")
                        : Reply.status(401));
        shop.get("/moved").reply(Reply.redirect(301, "/moved/again"));
        shop.get("/moved/again").reply(Reply.redirect(302, "https://www.shop.example/"));
    }

    private static HttpProbe page(String path) {
        return Http.get("https://shop.example" + path);
    }

    private static Check ticket(String path) {
        return page(path).status(200).json("/number", atLeast(1));
    }

    private static Checklist list() {
        Capture<Secret> token = Capture.secret("token");
        Item slow = page("/slow").status(200).as("H02");
        Item[] items = {
            page("/").status(200).header("Cache-Control", "no-store").as("H01"),
            slow,
            page("/flaky").status(200).retrying(3).as("H03"),
            page("/starting").status(200).eventually(minutes(1)).as("H04"),
            page("/flapping").status(200).holdingFor(seconds(30)).as("H05"),
            page("/hang/headers").status(200).timeout(seconds(5)).as("H06"),
            page("/hang/body").status(200).timeout(seconds(4)).as("H07"),
            page("/drip").body("a page of some length").as("H08"),
            page("/me").bearer(token).json("/name", "Ada").as("H09"),
            page("/token").capture("/token", token).as("H10"),
            ticket("/ticket").as("H11"),
            ticket("/late-ticket").as("H12"),
            ticket("/ticket").as("H13"),
            ticket("/late-ticket").as("H14"),
            ticket("/ticket").as("H15").after(slow),
            page("/moved")
                    .followingRedirects()
                    .finalUrl("https://www.shop.example/")
                    .as("H16"),
            page("/reset").status(200).retrying(1).as("H17"),
            page("/slower").answersWithin(seconds(2)).as("H18"),
            page("/hang/headers").status(200).timeout(seconds(6)).as("H19"),
            page("/").version(HttpVersion.HTTP_2).status(200).as("H20"),
            page("/slow").version(HttpVersion.HTTP_2).status(200).as("H21"),
            page("/hang/body").version(HttpVersion.HTTP_2).timeout(seconds(3)).as("H22"),
            Http.get("http://shop.example/ticket").json("/number", atLeast(1)).as("H23"),
            Http.get("http://shop.example/reuse").status(200).as("H24"),
            Dns.of("shop.example").at("192.0.2.3").exists().retrying(1).as("D6").after(slow),
            Http.get("http://silent.shop.example/")
                    .status(200)
                    .timeout(seconds(5))
                    .as("H26"),
            Http.get("https://lost.shop.example/ticket").status(200).as("H27"),
            Http.get("https://stuck.shop.example/")
                    .status(200)
                    .retrying(1)
                    .timeout(seconds(3))
                    .as("H28"),
            Http.get("https://old.shop.example/").status(200).as("H29"),
            Dns.of("new.shop.example")
                    .exactly("203.0.113.17")
                    .eventually(minutes(1))
                    .as("D1"),
            Dns.of("lost.shop.example").contains("203.0.113.12").as("D2"),
            Dns.of("shop.example")
                    .type(RecordType.TXT)
                    .matching(startingWith("v=spf1"))
                    .as("D3"),
            Dns.of("shop.example")
                    .type(RecordType.MX)
                    .matching(containing("mail"))
                    .as("D4"),
            Dns.of("slow.shop.example").everywhere().contains("203.0.113.16").as("D5"),
            Tls.of("shop.example")
                    .covers("www.shop.example")
                    .expiresIn(atLeast(days(21)))
                    .as("T1"),
            Tls.of("shop.example").everyAddress().level(TlsLevel.INTERMEDIATE).as("T2"),
            Tls.of("stuck.shop.example").isValid().timeout(seconds(4)).as("T3"),
            Tcp.of("shop.example", 80)
                    .saying("GET /ticket HTTP/1.0\r\nHost: shop.example\r\n\r\n")
                    .answers(startingWith("HTTP/1.1 200"))
                    .as("C1"),
            Tcp.of("silent.shop.example", 25)
                    .banner(startingWith("220"))
                    .timeout(seconds(3))
                    .as("C2"),
            Tcp.of("shop.example", 22).isRefused().as("C3"),
        };
        Checklist.Builder list = Checklist.named("shop");
        for (Item item : items) {
            list.require(item);
        }
        return list.build();
    }
}
