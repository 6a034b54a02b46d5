package dev.golive.examples;

import dev.golive.Environment;
import dev.golive.aws.Aws;
import dev.golive.launch.LaunchPlan;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.aws.FakeAppRunner;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.testkit.rehearsal.Fakes;
import dev.golive.testkit.rehearsal.Stage;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@link FintechOnAppRunner} is tried out against: an account of AWS, the name servers, the site and the people's
 * rooms, on loopback, all as it should be from the week before the launch to the week after it.
 */
final class AppRunnerStage implements Stage {

    /** When the wallet opens. */
    static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 2, 10, 0);

    private static final String ADDRESS = "203.0.113.50";
    private static final String STATUS_ADDRESS = "203.0.113.60";
    private static final String[] RESOLVERS = {"192.0.2.1", "192.0.2.2"};
    private static final String OLD_IMAGE = "sha256:" + "a".repeat(64);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    final FakeAws aws;
    final HttpFake site;
    final DnsFake dns;
    final FakeChannel room;
    final FakeChannel onCall;
    final FakeChannel outside;
    final FakeChannel world;
    final FakeAction closeMaintenance;
    final FakeAction openIncident;
    final FakeAction admitEverybody;
    final FakeAction inviteOnly;

    /** Whether the new release is unwell, now and then or always, or shows no landing page, or its cards by mistake. */
    volatile boolean unwell;

    volatile boolean flickering;
    volatile boolean faceless;
    volatile boolean wrongCards;

    private final TimeSource time;
    private final TestCa ca;
    private final Fakes fakes;
    private final LaunchPlan plan;

    AppRunnerStage(TimeSource time) {
        this.time = time;
        this.aws = FakeAws.start(time);
        this.site = HttpFake.start(time);
        this.dns = DnsFake.start(time);
        this.ca = TestCa.create(time, 1).rsa(2048);
        this.room = FakeChannel.named("#wallet", time);
        this.onCall = FakeChannel.named("on-call", time);
        this.outside = FakeChannel.named("dead-man's switch", time);
        this.world = FakeChannel.named("the world", time);
        this.closeMaintenance = FakeAction.named("close-maintenance", time);
        this.openIncident = FakeAction.named("open-incident", time);
        this.admitEverybody = FakeAction.named("admit-everybody", time);
        this.inviteOnly = FakeAction.named("invite-only", time);
        playService();
        playData();
        playMonitoring();
        playNames();
        playSite();
        this.plan = FintechOnAppRunner.plan(account(), desk());
        this.fakes = Fakes.of(
                FintechOnAppRunner.in(Environment.named("production, played by fakes")),
                network(),
                aws,
                site,
                dns,
                room,
                onCall,
                outside,
                world,
                closeMaintenance,
                openIncident,
                admitEverybody,
                inviteOnly);
    }

    @Override
    public LaunchPlan plan() {
        return plan;
    }

    @Override
    public Fakes fakes() {
        return fakes;
    }

    /** The service that is launched. */
    FakeAppRunner wallet() {
        return aws.appRunner("tern-wallet");
    }

    private Aws account() {
        return Aws.account(aws.account(), aws.region()).credentials(aws.accessKeyId(), aws.secretAccessKey());
    }

    private LaunchDesk desk() {
        return new LaunchDesk(room, onCall, outside, world, closeMaintenance, openIncident, admitEverybody, inviteOnly);
    }

    private FakeNetwork network() {
        FakeNetwork network =
                aws.on(FakeNetwork.create()).consulting(dns::route).trusting(ca.anchors());
        for (String resolver : RESOLVERS) {
            network = network.resolver(resolver);
        }
        for (String address : new String[] {ADDRESS, STATUS_ADDRESS}) {
            network = network.route(address, 80, site.address()).route(address, 443, site.tlsAddress());
        }
        return network;
    }

    // ---- the account

    private void playService() {
        // the service is the first that is made, so that its address is the one of the plan
        FakeAppRunner web = wallet();
        aws.ecr("tern-wallet")
                .image(FintechOnAppRunner.IMAGE_BEFORE, OLD_IMAGE, daysAgo(30))
                .image("production", FintechOnAppRunner.IMAGE, daysAgo(1))
                .scanned("production");
        web.image(aws.ecr("tern-wallet").uri(FintechOnAppRunner.IMAGE_BEFORE))
                .variable("SERVICE_MODE", "production")
                .variable("NODE_ENV", "production")
                .secret("DATABASE_URL", secretArn("tern/database"))
                .secret("SESSION_KEY", secretArn("tern/jwt"))
                .healthCheck("/health")
                .instances(2, 6)
                .domain(FintechOnAppRunner.HOST)
                .deploysIn(Duration.ofMinutes(3));
        FintechOnAppRunner.FLAGS.forEach(web::variable);
    }

    private String secretArn(String name) {
        return "arn:aws:secretsmanager:" + aws.region() + ":" + aws.account() + ":secret:" + name;
    }

    private void playData() {
        aws.securityGroup("sg-0db").ingress(5432, "10.0.0.0/16");
        aws.rds("tern-db")
                .engine("postgres", "16.4")
                .encrypted()
                .deletionProtection()
                .securityGroups("sg-0db")
                .dailySnapshots();
        aws.secret("tern/oidc")
                .text("{\"client_id\":\"tern-wallet\",\"client_secret\":\"" + "c".repeat(40) + "\"}", daysAgo(20));
        aws.secret("tern/identity")
                .text(
                        "{\"app_token\":\"" + "t".repeat(24) + "\",\"secret_key\":\"" + "k".repeat(40) + "\"}",
                        daysAgo(20));
        aws.secret("tern/jwt").text("j".repeat(64), daysAgo(20));
        aws.secret("tern/database").text("postgres://wallet@tern-db/wallet", daysAgo(20));
        aws.secret("tern/room").text("https://room.example/hooks/" + "h".repeat(32), daysAgo(20));
    }

    private void playMonitoring() {
        String topic = "arn:aws:sns:" + aws.region() + ":" + aws.account() + ":tern-alarms";
        for (String alarm : new String[] {"tern-wallet-errors", "tern-wallet-latency"}) {
            aws.alarm(alarm).state("OK").action(topic);
        }
        aws.topic("tern-alarms").subscribe("email", "ops@tern.example").confirm("ops@tern.example");
        aws.logGroup(FintechOnAppRunner.LOGS).retention(365).logEvery(Duration.ofSeconds(20), "GET /health 200");
        Map<String, String> service = Map.of("ServiceName", "tern-wallet");
        aws.metric("AWS/AppRunner", "Requests", service).steady(MINUTE, 300);
        aws.metric("AWS/AppRunner", "5xxStatusResponses", service).steady(MINUTE, 0);
        aws.metric("AWS/AppRunner", "RequestLatency", service).steady(MINUTE, 120);
        aws.metric("Tern/Wallet", "Logins", Map.of()).steady(MINUTE, 30);
        aws.metric("Tern/Wallet", "LoginsFailed", Map.of()).steady(MINUTE, 0);
        aws.metric("Tern/Wallet", "Verifications", Map.of()).steady(MINUTE, 10);
        aws.metric("Tern/Wallet", "VerificationsRefused", Map.of()).steady(MINUTE, 1);
    }

    private Instant daysAgo(int days) {
        return time.now().minus(Duration.ofDays(days));
    }

    // ---- the site

    private void playNames() {
        dns.zone("tern.example")
                .server("ns1.tern.example", "192.0.2.53")
                .server("ns2.tern.example", "192.0.2.54")
                .ttl(300)
                .cname(FintechOnAppRunner.HOST, FintechOnAppRunner.PLATFORM)
                .cname(FintechOnAppRunner.WWW, FintechOnAppRunner.PLATFORM)
                .a(FintechOnAppRunner.STATUS_HOST, STATUS_ADDRESS);
        dns.zone("awsapprunner.com")
                .server("ns1.awsapprunner.com", "192.0.2.60")
                .server("ns2.awsapprunner.com", "192.0.2.61")
                .ttl(60)
                .a(FintechOnAppRunner.PLATFORM, ADDRESS);
        for (String resolver : RESOLVERS) {
            dns.resolver(resolver);
        }
    }

    private void playSite() {
        Duration left = Duration.ofDays(80);
        site.tls(ca.leaf(FintechOnAppRunner.HOST, FintechOnAppRunner.WWW)
                        .rsa(2048)
                        .expiresIn(left))
                .tls(
                        FintechOnAppRunner.PLATFORM,
                        ca.leaf(FintechOnAppRunner.PLATFORM).rsa(2048).expiresIn(left))
                .tls(
                        FintechOnAppRunner.STATUS_HOST,
                        ca.leaf(FintechOnAppRunner.STATUS_HOST).rsa(2048).expiresIn(left));
        for (String host : new String[] {FintechOnAppRunner.HOST, FintechOnAppRunner.WWW}) {
            site.get("/")
                    .host(host)
                    .reply(request ->
                            request.connection().secure() ? landing() : Reply.redirect(301, "https://" + host + "/"));
        }
        for (String host : new String[] {FintechOnAppRunner.HOST, FintechOnAppRunner.PLATFORM}) {
            site.get("/health").host(host).reply(request -> health());
        }
        site.get("/build.json").host(FintechOnAppRunner.HOST).reply(request -> Reply.json(build()));
        site.get("/login")
                .host(FintechOnAppRunner.HOST)
                .reply(Reply.redirect(
                        302,
                        FintechOnAppRunner.LOGIN + "?client_id=tern-wallet&response_type=code&scope=openid%20profile"
                                + "&redirect_uri=https%3A%2F%2F" + FintechOnAppRunner.HOST + "%2Flogin%2Fcallback"));
        site.post("/webhooks/identity").host(FintechOnAppRunner.HOST).reply(Reply.text(401, "the signature is wrong"));
        site.get("/terms").host(FintechOnAppRunner.HOST).reply(page("<h1>Terms of service</h1>"));
        site.get("/privacy").host(FintechOnAppRunner.HOST).reply(page("<h1>Privacy</h1>"));
        site.get("/complaints")
                .host(FintechOnAppRunner.HOST)
                .reply(page("<h1>Complaints</h1><form method=\"post\"></form>"));
        site.get("/").host(FintechOnAppRunner.STATUS_HOST).reply(Reply.html("<h1>Tern: all systems operational</h1>"));
    }

    private Reply landing() {
        return faceless && isNew() ? Reply.text(502, "bad gateway") : page("<h1>Tern wallet</h1>");
    }

    /** Healthy, unless the new release is unwell: always, or two minutes of three. */
    private Reply health() {
        boolean ill = unwell || (flickering && time.now().getEpochSecond() / 60 % 3 != 0);
        return ill && isNew()
                ? Reply.json(503, "{\"data\":{\"status\":\"down\",\"checks\":{\"db\":{\"status\":\"fail\"}}}}")
                : Reply.json("{\"data\":{\"status\":\"ok\",\"checks\":{\"db\":{\"status\":\"pass\"}}}}");
    }

    private boolean isNew() {
        return wallet().imageNow().endsWith(FintechOnAppRunner.IMAGE);
    }

    /** From now on a metric of the service, or one that the wallet counts itself, has another value each minute. */
    void measured(String metric, double value) {
        boolean own = metric.startsWith("Login") || metric.startsWith("Verification");
        aws.metric(own ? "Tern/Wallet" : "AWS/AppRunner", metric, own ? Map.of() : Map.of("ServiceName", "tern-wallet"))
                .steady(time.now(), MINUTE, value);
    }

    private static Reply page(String body) {
        return Reply.html("<!doctype html><title>Tern wallet</title>" + body)
                .header("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload")
                .header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "strict-origin-when-cross-origin")
                .header("Permissions-Policy", "camera=(self)");
    }

    /** What the site tells of the build that is served. */
    private String build() {
        String flags = FintechOnAppRunner.FLAGS.entrySet().stream()
                .map(flag -> "\"" + flag.getKey() + "\":\"" + (wrongCards && isNew() ? "true" : flag.getValue()) + "\"")
                .collect(Collectors.joining(","));
        String image = isNew() ? FintechOnAppRunner.IMAGE : OLD_IMAGE;
        return "{\"mode\":\"production\",\"image\":\"" + image + "\",\"flags\":{" + flags + "}}";
    }

    @Override
    public void close() {
        aws.close();
        site.close();
        dns.close();
    }
}
