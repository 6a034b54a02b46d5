package dev.golive.examples;

import dev.golive.Secret;
import dev.golive.launch.LaunchPlan;
import dev.golive.railway.Railway;
import dev.golive.railway.RailwayPlan;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.railway.FakeRailway;
import dev.golive.testkit.railway.FakeRailwayService;
import dev.golive.testkit.railway.FakeRailwayVolume;
import dev.golive.testkit.railway.RailwayDeployment;
import dev.golive.testkit.rehearsal.Fakes;
import dev.golive.testkit.rehearsal.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everything that {@link AccountingOnRailway} meets, played on loopback, as it should be from eight days before its launch
 * to two days after it.
 */
final class AccountingStage implements Stage {

    /** When the launch begins, by the clock of the plan. */
    static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 9, 10, 30);

    /** When the stage is to be set. */
    static final Instant BEGINS =
            PLANNED.minusDays(8).atZone(AccountingOnRailway.ZONE).toInstant();

    /** What runs before the launch, and what is launched. */
    static final String OLD = "bbbb222";

    static final String NEW = "cccc333";

    private static final String MAIL_KEY = "mail-key-of-production";
    private static final long SEED = 6;
    private static final String EDGE = "203.0.113.10";
    private static final String PLATFORM = "203.0.113.20";
    private static final String RAILWAY = "203.0.113.70";
    private static final String[] RESOLVERS = {"192.0.2.1", "192.0.2.2"};
    private static final Duration CERTIFIED = Duration.ofDays(80);

    final FakeRailway railway;
    final HttpFake site;
    final HttpFake api;
    final DnsFake dns;
    final FakeChannel room;
    final FakeChannel letters;
    final FakeChannel pager;
    final FakeAction operational;
    final FakeAction incident;
    final AccountingBooks books;

    /** Whether the new release is unwell, and whether it lets nobody in. */
    volatile boolean unwell;

    volatile boolean locked;

    /** Whether it is unwell, or lets nobody in, two minutes of three. */
    volatile boolean flickering;

    volatile boolean stammering;

    private final VirtualTime time;
    private final AtomicBoolean built = new AtomicBoolean();
    private final LaunchPlan plan;
    private final Fakes fakes;

    AccountingStage(VirtualTime time) {
        this.time = time;
        TestCa ca = TestCa.create(time, SEED).rsa(2048);
        railway = FakeRailway.start(time);
        site = HttpFake.start(time).playing("the site");
        api = HttpFake.start(time).playing("the API");
        dns = DnsFake.start(time);
        room = FakeChannel.named("the room", time);
        letters = FakeChannel.named("letters", time);
        pager = FakeChannel.named("the pager", time);
        operational = FakeAction.named("say that all systems are operational", time);
        incident = FakeAction.named("say that there is an incident", time);
        books = new AccountingBooks(time, AccountingOnRailway.ZONE);
        playRailway();
        playNames();
        playSite(ca);
        playApi(ca);
        Secret tester = Secret.from("the tester's key", () -> AccountingBooks.KEY);
        Secret mail = Secret.from("the key of the mail service", () -> MAIL_KEY);
        plan = AccountingOnRailway.plan(
                Railway.projectToken(railway.projectToken(), "shop", "production")
                        .plan(RailwayPlan.PRO),
                Railway.workspaceToken(railway.workspaceToken(), "shop", "production"),
                NEW,
                new AccountingOnRailway.Desk(room, letters, pager, operational, incident, tester, mail));
        fakes = Fakes.of(
                AccountingOnRailway.environment("production (played by fakes)"),
                network(ca),
                railway,
                site,
                api,
                dns,
                room,
                letters,
                pager,
                operational,
                incident);
    }

    @Override
    public LaunchPlan plan() {
        return plan;
    }

    @Override
    public Fakes fakes() {
        return fakes;
    }

    FakeRailwayService service() {
        return railway.service("api");
    }

    FakeRailwayVolume data() {
        return railway.volume("postgres-data");
    }

    private FakeNetwork network(TestCa ca) {
        FakeNetwork network = railway.on(FakeNetwork.create())
                .consulting(dns::route)
                .trusting(ca.anchors())
                .route(EDGE, 80, site.address())
                .route(EDGE, 443, site.tlsAddress())
                .route(PLATFORM, 443, site.tlsAddress())
                .route(RAILWAY, 443, api.tlsAddress());
        for (String resolver : RESOLVERS) {
            network = network.resolver(resolver);
        }
        return network;
    }

    // ---- Railway

    private void playRailway() {
        String region = AccountingOnRailway.REGION;
        railway.service("postgres").image("postgres:15.8").region(region, 1).deployed("v15");
        service()
                .source("kestrel/api", "main")
                .region(region, 1)
                .limits(2, 2L << 30)
                .healthcheckPath("/health")
                .variable("MODE", "production")
                .variable("PORT", "8080")
                .variable("ALLOWED_ORIGINS", AccountingOnRailway.SITE)
                .variable("DATABASE_URL", "postgres://ledger@postgres.railway.internal/ledger")
                .variable("SESSION_KEY", "production-" + "s".repeat(40))
                .variable("REFRESH_KEY", "production-" + "r".repeat(40))
                .variable("MAIL_KEY", MAIL_KEY)
                .variable("STORE_ENDPOINT", "https://store.example")
                .variable("STORE_KEY_ID", "ledger-receipts")
                .sealed("STORE_SECRET", "x".repeat(40))
                .variable("ERRORS_DSN", "https://errors.example/7")
                .deployed("aaaa111")
                .deployed(OLD)
                .buildLog("info", "the ledger is built")
                .commit(NEW)
                .steadily("CPU_USAGE", 0.5)
                .steadily("CPU_LIMIT", 2)
                .steadily("MEMORY_USAGE_GB", 0.6)
                .steadily("MEMORY_LIMIT_GB", 2)
                .servedEachMinute(200, 120)
                .logEvery(Duration.ofMinutes(1), "info", "the ledger is open")
                .domain("api.kestrel.example");
        data().service("postgres")
                .mountedAt("/var/lib/postgresql/data")
                .schedules("DAILY", "WEEKLY")
                .backedUpBySchedule();
        railway.estimated("MEMORY_USAGE_GB", 0.7 * 43_200)
                .estimated("CPU_USAGE", 0.3 * 43_200)
                .estimated("DISK_USAGE_GB", 43_200)
                .estimated("NETWORK_TX_GB", 10)
                .usageLimit(40, 60)
                .spent(15);
    }

    // ---- names

    private void playNames() {
        dns.zone("kestrel.example")
                .server("ns1.kestrel.example", "192.0.2.53")
                .server("ns2.kestrel.example", "192.0.2.54")
                .ttl(300)
                .a("kestrel.example", EDGE)
                .a("www.kestrel.example", EDGE)
                .a("status.kestrel.example", EDGE)
                .cname("api.kestrel.example", AccountingOnRailway.SERVED)
                .txt("kestrel.example", "v=spf1 include:mail.example -all")
                .cname("s1._domainkey.kestrel.example", "s1.domainkey.mail.example")
                .txt("_dmarc.kestrel.example", "v=DMARC1; p=reject; rua=mailto:dmarc@kestrel.example");
        dns.zone(AccountingOnRailway.SECOND)
                .server("ns1." + AccountingOnRailway.SECOND, "192.0.2.53")
                .a(AccountingOnRailway.SECOND, EDGE);
        dns.zone("railway.example").server("ns.railway.example", "192.0.2.60").a(AccountingOnRailway.SERVED, RAILWAY);
        dns.zone("pages.example").server("ns.pages.example", "192.0.2.61").a(AccountingOnRailway.ORIGIN, PLATFORM);
        dns.zone("mail.example")
                .server("ns.mail.example", "192.0.2.62")
                .txt("s1.domainkey.mail.example", "v=DKIM1; p=MFkw");
        for (String resolver : RESOLVERS) {
            dns.resolver(resolver);
        }
    }

    // ---- the site

    private void playSite(TestCa ca) {
        site.tls(ca.leaf("kestrel.example", "www.kestrel.example", "status.kestrel.example", AccountingOnRailway.SECOND)
                .rsa(2048)
                .expiresIn(CERTIFIED));
        page("/", "<title>Kestrel</title><h1>Books that add up</h1>");
        page("/privacy", "<title>Kestrel</title><h1>Privacy</h1>");
        page("/terms", "<title>Kestrel</title><h1>Terms</h1>");
        site.get("/").host("www.kestrel.example").reply(proxied(Reply.redirect(301, AccountingOnRailway.SITE + "/")));
        site.get("/").host("status.kestrel.example").reply(Reply.html("<!doctype html><title>Kestrel status</title>"));
        site.get("/prices").host(AccountingOnRailway.SECOND).reply(request -> {
            String query = request.query().map(text -> "?" + text).orElse("");
            return Reply.redirect(301, AccountingOnRailway.SITE + request.path() + query);
        });
    }

    private void page(String path, String text) {
        Reply page = proxied(Reply.html("<!doctype html>" + text));
        Reply redirect = Reply.redirect(301, AccountingOnRailway.SITE + path);
        site.get(path)
                .host("kestrel.example")
                .reply(request -> request.connection().secure() ? page : redirect);
    }

    private static Reply proxied(Reply reply) {
        return reply.header("Via", "2.0 edge.example");
    }

    // ---- the API

    private void playApi(TestCa ca) {
        api.tls(ca.leaf("api.kestrel.example").rsa(2048).expiresIn(CERTIFIED));
        api.get("/health").reply(request -> health());
        api.get("/version").reply(request -> {
            if (isNew() && !built.getAndSet(true)) {
                service().buildLog("info", "the ledger is built");
            }
            return Reply.json("{\"deployment\":\"" + deployment() + "\"}");
        });
        api.get("/v1/me")
                .reply(request -> (locked || (stammering && nowAndThen())) && isNew()
                        ? Reply.text(401, "no")
                        : books.me(request));
        for (String kind : AccountingBooks.KINDS) {
            api.post("/v1/" + kind).reply(books::add);
            for (String entry : new String[] {"launch", "launch@kestrel.example"}) {
                api.get("/v1/" + kind + "/" + entry).reply(books::read);
                api.on("DELETE", "/v1/" + kind + "/" + entry).reply(books::remove);
            }
        }
    }

    /** From now on a measurement of the service has another value. */
    void measured(String measurement, double value) {
        service().steadily(measurement, time.now(), value);
    }

    /** From now on so many of the requests of each minute fail. */
    void failingRequests(int perMinute) {
        service().servedEachMinute(time.now(), 500, perMinute, Duration.ofMillis(60));
    }

    private boolean nowAndThen() {
        return time.now().getEpochSecond() / 60 % 3 != 0;
    }

    private Reply health() {
        return (unwell || (flickering && nowAndThen())) && isNew()
                ? Reply.json(503, "{\"status\":\"unwell\",\"db\":\"ok\"}")
                : Reply.json("{\"status\":\"ok\",\"db\":\"ok\"}");
    }

    private String deployment() {
        return service().live().map(RailwayDeployment::id).orElse("none");
    }

    boolean isNew() {
        return service()
                .live()
                .map(RailwayDeployment::commit)
                .filter(NEW::equals)
                .isPresent();
    }

    @Override
    public void close() {
        railway.close();
        site.close();
        api.close();
        dns.close();
    }
}
