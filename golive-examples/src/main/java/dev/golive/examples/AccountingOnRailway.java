package dev.golive.examples;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.containing;
import static dev.golive.Expect.is;
import static dev.golive.Expect.lessThan;
import static dev.golive.Expect.startingWith;
import static dev.golive.checks.HttpVersion.HTTP_2;
import static dev.golive.checks.RecordType.AAAA;
import static dev.golive.checks.RecordType.CNAME;
import static dev.golive.checks.RecordType.TXT;
import static dev.golive.railway.BackupKind.DAILY;
import static dev.golive.railway.BackupKind.WEEKLY;
import static dev.golive.rollback.Percent.percent;
import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;

import dev.golive.Action;
import dev.golive.Approval;
import dev.golive.Capture;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.Item;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.checks.Dns;
import dev.golive.checks.Http;
import dev.golive.checks.HttpCheck;
import dev.golive.checks.Tls;
import dev.golive.launch.Announcement;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.railway.Railway;
import dev.golive.railway.RailwayHttpMetrics;
import dev.golive.railway.RailwayService;
import dev.golive.railway.RailwayVolume;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Percent;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Rate;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.Window;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The whole runbook of a ledger that goes live: its API and database on Railway, its site behind a proxy at the edge.
 *
 * <p>What golive reaches is checked; what it does not reach yet is confirmed by a person, and tagged with the system that
 * will say it instead. The other tags are the lines of the team's runbook, whose first minute is T.
 */
final class AccountingOnRailway {

    static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");
    static final String SITE = "https://kestrel.example";
    static final String API = "https://api.kestrel.example";
    static final String STATUS = "https://status.kestrel.example";

    /** Where the platform of the site serves it, behind the proxy. */
    static final String ORIGIN = "kestrel.pages.example";

    /** Where the addresses of the proxy begin, as its operator publishes them. */
    static final String PROXIES = "203.0.113.";

    /** Where Railway serves the API. */
    static final String SERVED = "ledger-api.up.railway.example";

    /** What leads people who mistype the name to the site. */
    static final String SECOND = "kestrel-books.example";

    static final String REGION = "europe-west4-drams3a";

    /** The port of the API that its domain leads to. */
    static final int PORT = 8080;

    /** What a dollar is in euros, as the team reckons it this year. */
    private static final BigDecimal EUROS = new BigDecimal("0.92");

    private static final byte[] RECEIPT = "%PDF-1.4 a receipt for paper and pens".getBytes(StandardCharsets.US_ASCII);

    private AccountingOnRailway() {}

    /**
     * The people and places that the launch speaks to, until golive reaches them by itself.
     *
     * @param room where the team follows the launch
     * @param letters how the first users are written to
     * @param pager what wakes somebody up, also when this program has died
     * @param operational says on the status page that all is well
     * @param incident says on the status page that it is not
     * @param tester opens the books of the test company
     * @param mail the key of the mail service, as the team keeps it
     */
    record Desk(
            Channel room,
            Channel letters,
            Channel pager,
            Action operational,
            Action incident,
            Secret tester,
            Secret mail) {}

    /** Where it runs. */
    static Environment environment(String name) {
        return Environment.named(name)
                .account("railway", "shop/production")
                .host("kestrel.example", "*.kestrel.example", SECOND, ORIGIN, SERVED);
    }

    // region plan
    /**
     * The plan.
     *
     * @param railway production, as a token of the project opens it
     * @param workspace the same, as a token opens it that may ask what it costs
     * @param commit what is launched, on the main branch
     * @param desk the people and places
     */
    static LaunchPlan plan(Railway railway, Railway workspace, String commit, Desk desk) {
        RailwayService api = railway.service("api");
        Action backup = railway.volume("postgres-data")
                .backup("before the launch")
                .as("backup")
                .tagged("A41");
        Deploy deploy = api.deploy(commit).as("deploy").tagged("A53");
        Probe health = Probe.of("health", healthy()).every(minutes(1)).tagged("A72");
        return LaunchPlan.named("The ledger", ZONE)
                .tagged("A49", "A82", "A84") // the window, who hears what, and the roles
                .role("incident-commander", "says GO, and decides on going back")
                .role("deputy-incident-commander", "stands in for the incident commander")
                .role("technical-lead", "sees to whatever runs")
                .role("deputy-technical-lead", "stands in for the technical lead")
                .role("reviewer", "has read the plan")
                .role("compliance", "answers for the law")
                .role("bookkeeper", "knows a wrong total")
                .window(Window.between(LocalTime.of(10, 0), LocalTime.of(12, 0), TUESDAY, WEDNESDAY, THURSDAY))
                .decision(T.minusMinutes(30), "incident-commander")
                .recoveryPoint(
                        hours(26),
                        railway.volume("postgres-data").latestBackup().isYoungerThan(hours(26)))
                .moment(Moment.at(T.minusDays(7))
                        .named("infrastructure")
                        .ownedBy("technical-lead")
                        .check(infrastructure(railway))
                        .check(configuration(api))
                        .check(costs(workspace)))
                .moment(Moment.at(T.minusDays(5))
                        .named("names and certificates")
                        .ownedBy("technical-lead")
                        .check(names(api))
                        .check(certificates(api)))
                .moment(Moment.at(T.minusDays(3))
                        .named("other services")
                        .ownedBy("technical-lead")
                        .check(services(api, desk.mail())))
                .moment(Moment.at(T.minusDays(2))
                        .named("monitoring")
                        .ownedBy("technical-lead")
                        .check(monitoring(api)))
                .moment(Moment.at(T.minusDays(1))
                        .named("the law, and backups")
                        .ownedBy("compliance")
                        .check(law())
                        .check(backups(railway.volume("postgres-data"))))
                .moment(Moment.at(T.minusHours(1))
                        .named("last looks")
                        .ownedBy("incident-commander")
                        .check(lastLooks(api))
                        .check(approvals())
                        .announce(Announcement.of(
                                        desk.room(), "{plan} is launched in an hour; say so here if it must not be")
                                .audience("the team")
                                .tagged("A48", "until:slack")))
                .moment(Moment.at(T.minusMinutes(20)).named("a last backup").then(backup))
                .moment(Moment.at(T)
                        .named("begin")
                        .announce(Announcement.of(desk.room(), "The launch of {plan} begins")
                                .audience("the team")
                                .tagged("A51", "until:slack"))
                        .check(pipeline(railway)))
                .moment(Moment.at(T.plusMinutes(5))
                        .named("deploy")
                        .ownedBy("technical-lead")
                        .then(deploy)
                        .identity(deploy, served(deploy))
                        .gate(deployed(api, commit))
                        .losing("entries booked since the deployment"))
                .moment(Moment.at(H.plusMinutes(10))
                        .named("smoke")
                        .ownedBy("technical-lead")
                        .tagged("A64")
                        .gate(smoke(desk.tester())))
                .moment(Moment.at(H.plusMinutes(30))
                        .named("nothing is left")
                        .ownedBy("technical-lead")
                        .check(nothingLeft(desk.tester())))
                .moment(Moment.at(H.plusMinutes(35))
                        .named("say so")
                        .ownedBy("incident-commander")
                        .announce(Announcement.of(desk.room(), "{plan} is live since {H}: " + SITE)
                                .audience("the team")
                                .tagged("A65", "until:slack"))
                        .then(desk.operational().tagged("A66", "until:betterstack")))
                .moment(Moment.at(H.plusMinutes(50))
                        .named("tell the first users")
                        .announce(Announcement.of(desk.letters(), "The ledger is open: " + SITE)
                                .audience("the first users")
                                .tagged("A67", "until:email")))
                .watch(watch(railway, health, desk))
                .rollback(wayBack(api, health, desk, backup))
                .escalate(minutes(10), desk.room())
                .escalate(minutes(30), desk.pager())
                .build();
    }
    // endregion

    // ---- a week before

    /** What runs, and where. */
    private static Checklist infrastructure(Railway railway) {
        RailwayService api = railway.service("api");
        RailwayService database = railway.service("postgres");
        RailwayVolume data = railway.volume("postgres-data");
        return Checklist.named("The ledger on Railway")
                .require(api.exists().as("api").tagged("A01"))
                .require(api.isLive().as("api-live").tagged("A01"))
                .require(api.latestDeploymentSucceeded().as("api-deployed").tagged("A01"))
                .require(api.replicas(atLeast(1)).as("api-replicas"))
                .require(api.healthcheckPath("/health").as("api-health-check"))
                .require(api.repository("kestrel/api").as("api-repository"))
                .require(api.branch("main").as("api-branch"))
                .require(database.exists().as("database").tagged("A01"))
                .require(database.isLive().as("database-live").tagged("A01"))
                .require(database.latestDeploymentSucceeded()
                        .as("database-deployed")
                        .tagged("A01"))
                .require(database.replicas(1).as("database-replicas").because("no more than one can have the volume"))
                .require(database.runsAllTheTime().as("database-awake"))
                .require(database.imageVersion("15").as("database-version").tagged("A01"))
                .require(database.isClosedToTheWorld().as("database-closed"))
                .require(data.isReady().as("data-ready"))
                .require(data.isMountedAt("/var/lib/postgresql/data").as("data-mounted"))
                .require(data.isUsedLessThan(50)
                        .as("data-room")
                        .because("Railway makes no backup by hand of a volume that is fuller"))
                .require(api.region(REGION).as("api-region").tagged("A02"))
                .require(database.region(REGION).as("database-region").tagged("A02"))
                .require(healthy().as("api-healthy").tagged("A06"))
                .build();
    }

    /** What the API is told. */
    private static Checklist configuration(RailwayService api) {
        return Checklist.named("What the API is told")
                .require(api.variables()
                        .areSet("DATABASE_URL", "ALLOWED_ORIGINS", "PORT", "MODE", "SESSION_KEY", "REFRESH_KEY")
                        .as("variables")
                        .tagged("A05"))
                .require(api.variables().areLive().as("variables-live").tagged("A05"))
                .require(api.variable("DATABASE_URL")
                        .matches(containing("@postgres.railway.internal/ledger"))
                        .as("database-url")
                        .because("from outside of the project it would be reached over the internet")
                        .tagged("A05"))
                .require(
                        api.variable("PORT").is(String.valueOf(PORT)).as("port").tagged("A05"))
                .require(api.variable("MODE").is("production").as("mode"))
                .require(api.variable("ALLOWED_ORIGINS").is(SITE).as("origins"))
                .require(api.variable("SESSION_KEY").hasAtLeastCharacters(32).as("session-key"))
                .require(api.variable("REFRESH_KEY").hasAtLeastCharacters(32).as("refresh-key"))
                .require(api.variable("SESSION_KEY")
                        .differsFrom(api.variable("REFRESH_KEY"))
                        .as("two-keys"))
                .require(said("site-variables", "every variable that the site needs is set where it is built")
                        .ownedBy("technical-lead")
                        .because("the API's are checked; golive does not reach the platform of the site")
                        .tagged("A05", "until:vercel"))
                .build();
    }

    private static Checklist costs(Railway workspace) {
        return Checklist.named("What it costs")
                .require(workspace
                        .costs()
                        .convertedTo("EUR", EUROS)
                        .estimatedThisMonth(lessThan(new BigDecimal(25)))
                        .as("costs")
                        .tagged("A09"))
                .require(workspace
                        .costs()
                        .convertedTo("EUR", EUROS)
                        .spentByWorkspace(lessThan(new BigDecimal(25)))
                        .as("costs-so-far")
                        .tagged("A09"))
                .require(workspace.costs().isWithinUsageLimit().as("usage-limit"))
                .build();
    }

    // ---- five days before

    private static Checklist names(RailwayService api) {
        return Checklist.named("Names")
                .require(Dns.of("kestrel.example")
                        .everywhere()
                        .allMatching(startingWith(PROXIES))
                        .as("site-address")
                        .tagged("A15"))
                .require(atTheEdge("/")
                        .status(200)
                        .body(containing("<title>Kestrel</title>"))
                        .as("site-proxied")
                        .tagged("A10"))
                .require(Dns.of("www.kestrel.example")
                        .everywhere()
                        .allMatching(startingWith(PROXIES))
                        .as("www-address")
                        .tagged("A15"))
                .require(Http.get("https://www.kestrel.example/")
                        .redirectsTo(SITE + "/", is(301))
                        .header("Via", containing("edge.example"))
                        .as("www-proxied")
                        .tagged("A11"))
                .require(said(
                                "proxied-records",
                                "kestrel.example and www lead to the platform of the site, by way of" + " the proxy")
                        .ownedBy("technical-lead")
                        .because("what the proxy serves is checked; public DNS never shows what lies behind it")
                        .tagged("A10", "A11", "until:cloudflare"))
                .require(Dns.of("api.kestrel.example")
                        .type(CNAME)
                        .everywhere()
                        .exactly(SERVED)
                        .as("api-alias")
                        .because("a proxied name would not show its alias")
                        .tagged("A12", "A15"))
                .require(Dns.of("api.kestrel.example")
                        .noDanglingCname()
                        .as("api-address")
                        .tagged("A12"))
                .require(Dns.of(SERVED)
                        .everywhere()
                        .exists()
                        .as("served-address")
                        .tagged("A12"))
                .recommend(Dns.of("api.kestrel.example")
                        .type(AAAA)
                        .count(0)
                        .as("api-ipv6")
                        .because("nothing serves the API there"))
                .require(Dns.zone("kestrel.example")
                        .serversAgree()
                        .as("name-servers")
                        .tagged("A15"))
                .require(api.domain("api.kestrel.example")
                        .isReady()
                        .as("api-domain")
                        .tagged("A14"))
                .require(api.domain("api.kestrel.example")
                        .targetPort(PORT)
                        .as("api-domain-port")
                        .tagged("A14"))
                .require(Dns.of(SECOND)
                        .everywhere()
                        .allMatching(startingWith(PROXIES))
                        .as("second-address")
                        .tagged("A15"))
                .require(Http.get("https://" + SECOND + "/prices?from=paper")
                        .redirectsTo(SITE + "/prices?from=paper", is(301))
                        .as("second-name")
                        .tagged("A17"))
                .build();
    }

    private static Checklist certificates(RailwayService api) {
        return Checklist.named("Certificates")
                .require(Tls.of("kestrel.example")
                        .isValid()
                        .as("site-certificate")
                        .tagged("A18"))
                .require(Tls.of("kestrel.example")
                        .covers("kestrel.example", "www.kestrel.example")
                        .expiresIn(atLeast(days(21)))
                        .as("site-certificate-left")
                        .tagged("A18"))
                .require(lasting("www.kestrel.example").as("www-certificate").tagged("A18"))
                .require(lasting(SECOND).as("second-certificate").tagged("A18"))
                .require(lasting("status.kestrel.example").as("status-certificate"))
                .require(Tls.of(ORIGIN)
                        .serverName("kestrel.example")
                        .isValid()
                        .covers("kestrel.example")
                        .expiresIn(atLeast(days(21)))
                        .as("origin-certificate")
                        .tagged("A18"))
                .require(Tls.of("api.kestrel.example")
                        .isValid()
                        .as("api-certificate")
                        .tagged("A19"))
                .require(Tls.of("api.kestrel.example")
                        .expiresIn(atLeast(days(21)))
                        .as("api-certificate-left")
                        .tagged("A19"))
                .require(api.domain("api.kestrel.example")
                        .certificateExpiresIn(atLeast(days(21)))
                        .as("api-certificate-renewed")
                        .because("Railway renews it 30 days before its end")
                        .tagged("A19"))
                .require(Http.get(SITE + "/")
                        .status(200)
                        .version(HTTP_2)
                        .as("site-http2")
                        .tagged("A20"))
                .require(Http.get(API + "/health")
                        .status(200)
                        .json("/status", "ok")
                        .as("api-https")
                        .tagged("A21"))
                .require(Http.get("http://kestrel.example/")
                        .redirectsTo(SITE + "/", is(301))
                        .as("site-redirect")
                        .tagged("A22"))
                .require(Http.get("http://kestrel.example/privacy")
                        .redirectsTo(SITE + "/privacy", is(301))
                        .as("privacy-redirect")
                        .tagged("A22"))
                .require(Http.get("http://kestrel.example/terms")
                        .redirectsTo(SITE + "/terms", is(301))
                        .as("terms-redirect")
                        .tagged("A22"))
                .build();
    }

    private static Check lasting(String host) {
        return Tls.of(host).isValid().covers(host).expiresIn(atLeast(days(21)));
    }

    // ---- three days before

    private static Checklist services(RailwayService api, Secret mail) {
        return Checklist.named("Other services")
                .require(api.variable("MAIL_KEY").isSecret(mail).as("mail-key").tagged("A23"))
                .require(said("mail-key-accepted", "the mail service takes the key of production, and lets it send")
                        .ownedBy("technical-lead")
                        .because("that the API has the team's key is checked; golive does not reach the mail service")
                        .tagged("A23", "until:sendgrid"))
                .require(Dns.of("kestrel.example")
                        .type(TXT)
                        .everywhere()
                        .contains("v=spf1 include:mail.example -all")
                        .as("mail-senders")
                        .tagged("A24"))
                .require(Dns.of("s1._domainkey.kestrel.example")
                        .type(CNAME)
                        .everywhere()
                        .exactly("s1.domainkey.mail.example")
                        .as("mail-signature")
                        .tagged("A24"))
                .require(Dns.of("_dmarc.kestrel.example")
                        .type(TXT)
                        .everywhere()
                        .count(1)
                        .allMatching(startingWith("v=DMARC1; p=reject"))
                        .as("mail-policy")
                        .tagged("A24"))
                .require(said("mail-domain", "the mail service says that the domain is authenticated")
                        .ownedBy("technical-lead")
                        .because("the records are checked; golive does not reach the mail service")
                        .tagged("A24", "until:sendgrid"))
                .require(said("mail-arrives", "a test letter was sent to the team's mailbox and arrived")
                        .ownedBy("bookkeeper")
                        .tagged("A25", "until:sendgrid"))
                .require(api.variables()
                        .areSet("STORE_ENDPOINT", "STORE_KEY_ID", "STORE_SECRET")
                        .as("store-keys")
                        .tagged("A26"))
                .require(api.variable("STORE_ENDPOINT")
                        .is("https://store.example")
                        .as("store-endpoint")
                        .tagged("A26"))
                .require(api.variable("STORE_KEY_ID")
                        .is("ledger-receipts")
                        .as("store-key-id")
                        .tagged("A26"))
                .require(api.variable("STORE_SECRET")
                        .isSealed()
                        .as("store-secret-sealed")
                        .tagged("A26"))
                .build();
    }

    // ---- two days before

    private static Checklist monitoring(RailwayService api) {
        return Checklist.named("Monitoring")
                .require(api.variable("ERRORS_DSN")
                        .is("https://errors.example/7")
                        .as("error-reports")
                        .tagged("A29"))
                .require(said("error-reports-site", "the site reports its errors too")
                        .ownedBy("technical-lead")
                        .because("the API's are checked; golive does not reach the platform of the site")
                        .tagged("A29", "until:vercel"))
                .require(said("alarm-heard", "a test alarm was raised, and the incident commander has got it")
                        .ownedBy("incident-commander")
                        .tagged("A33", "until:slack"))
                .build();
    }

    // ---- a day before

    private static Checklist law() {
        return Checklist.named("The law")
                .require(atTheEdge("/privacy")
                        .status(200)
                        .body(containing("<h1>Privacy"))
                        .as("privacy-page")
                        .tagged("A34"))
                .require(atTheEdge("/terms")
                        .status(200)
                        .body(containing("<h1>Terms"))
                        .as("terms-page")
                        .tagged("A35"))
                .require(said("cookies", "it was looked at whether the site must ask for consent to cookies")
                        .ownedBy("compliance")
                        .tagged("A36"))
                .require(said("data-processing", "what is done with whose data is written down")
                        .ownedBy("compliance")
                        .tagged("A37"))
                .require(said("data-retention", "how long books must be kept is written down")
                        .ownedBy("compliance")
                        .tagged("A38"))
                .require(Approval.named("legal")
                        .by("compliance")
                        .freshFor(days(14))
                        .tagged("A39"))
                .build();
    }

    private static Checklist backups(RailwayVolume data) {
        return Checklist.named("Backups")
                .require(data.backupSchedule()
                        .has(DAILY, WEEKLY)
                        .as("backup-schedule")
                        .tagged("A40"))
                .require(data.backupSchedule().reachBack(days(28)).as("backup-reach"))
                .require(data.latestBackup()
                        .isYoungerThan(hours(26))
                        .as("backup-recent")
                        .tagged("A40"))
                .require(said("restore-tried", "a backup that was made by hand was restored in staging")
                        .ownedBy("technical-lead")
                        .because(
                                "the backup before the launch is made by the launch; restoring one elsewhere takes a dump")
                        .tagged("A41", "until:process"))
                .build();
    }

    // ---- an hour before

    private static Checklist lastLooks(RailwayService api) {
        return Checklist.named("Last looks")
                .require(new AnsweredWell(api.http().slot(minutes(15)), percent(1), 1_000)
                        .as("api-answers-well")
                        .because("what is wrong before the launch is not to be blamed on it"))
                .require(said("main-complete", "the main branch has everything that is to be launched")
                        .ownedBy("technical-lead")
                        .tagged("A44", "until:github"))
                .require(said("dashboards", "the dashboards of both platforms are open")
                        .ownedBy("technical-lead")
                        .tagged("A45"))
                .require(said("monitoring-open", "the dashboard of the monitoring is open")
                        .ownedBy("technical-lead")
                        .tagged("A46"))
                .require(said(
                                "way-back-known",
                                "everybody knows the way back: two minutes for the site, five for the API")
                        .ownedBy("incident-commander")
                        .tagged("A47"))
                .require(Http.get(STATUS + "/")
                        .status(200)
                        .body(containing("Kestrel status"))
                        .as("status-page")
                        .tagged("A50"))
                .recommend(said("letter-read", "somebody has read the letter to the first users, if there is to be one")
                        .ownedBy("bookkeeper")
                        .tagged("A67"))
                .build();
    }

    private static Checklist approvals() {
        return Checklist.named("Approvals")
                .require(Approval.named("written")
                        .by("technical-lead")
                        .freshFor(days(2))
                        .tagged("A83"))
                .require(Approval.named("reviewed")
                        .by("reviewer")
                        .freshFor(days(2))
                        .tagged("A83"))
                .require(Approval.named("approved")
                        .by("incident-commander")
                        .freshFor(days(2))
                        .tagged("A83"))
                .build();
    }

    // ---- the launch

    private static Checklist pipeline(Railway railway) {
        return Checklist.named("The way is clear")
                .require(railway.service("api")
                        .isReadyToDeploy("main")
                        .as("pipeline")
                        .tagged("A52"))
                .require(railway.hasNoStagedChanges().as("nothing-staged").tagged("A52"))
                .build();
    }

    // region deployed
    /** What is served says which deployment it is. */
    private static Check served(Deploy deploy) {
        return Http.get(API + "/version")
                .status(200)
                .json("/deployment", is(deploy.release().map(String.class, Release::id)));
    }

    /** What the deployment must have come to. */
    private static Checklist deployed(RailwayService api, String commit) {
        return Checklist.named("deployed")
                .require(api.latestDeploymentSucceeded().as("built").tagged("A54"))
                .require(api.buildLog().hasNoErrors().as("build-log").tagged("A54"))
                .require(api.isLive().as("live").tagged("A55"))
                .require(api.branch("main").as("from-main").tagged("A53"))
                .require(api.commit(commit).as("what-was-meant").tagged("A53"))
                .require(healthy().as("healthy").tagged("A56"))
                .require(atTheEdge("/")
                        .status(200)
                        .body(containing("<title>Kestrel</title>"))
                        .as("site-opens")
                        .tagged("A58"))
                .build();
    }
    // endregion

    // region smoke
    /** What the test company tries, and takes away again. */
    private static Checklist smoke(Secret tester) {
        Capture<BigDecimal> net = Capture.of("net", BigDecimal.class);
        Capture<BigDecimal> vat = Capture.of("VAT", BigDecimal.class);
        Capture<BigDecimal> total = Capture.of("total", BigDecimal.class);
        Capture<BigDecimal> sales = Capture.of("VAT of sales", BigDecimal.class);
        Capture<BigDecimal> purchases = Capture.of("VAT of purchases", BigDecimal.class);
        Capture<BigDecimal> payable = Capture.of("VAT to be paid", BigDecimal.class);
        Capture<String> month = Capture.of("month", String.class);
        return Checklist.named("smoke")
                .require(Http.post(API + "/v1/accounts")
                        .sendingJson("{\"email\":\"launch@kestrel.example\",\"company\":\"Launch\"}")
                        .writing("an account of launch@kestrel.example")
                        .cleanedUpBy(Http.delete(API + "/v1/accounts/launch@kestrel.example")
                                .bearer(tester))
                        .status(201)
                        .json("/email", "launch@kestrel.example")
                        .as("register")
                        .freshFor(hours(1))
                        .tagged("A59"))
                .require(Http.post(API + "/v1/invoices")
                        .bearer(tester)
                        .sendingJson("{\"number\":\"launch\",\"currency\":\"SEK\",\"vatRate\":20,\"lines\":["
                                + "{\"quantity\":3,\"price\":1249.95},{\"quantity\":7,\"price\":0.35}]}")
                        .writing("the invoice \"launch\" of the test company")
                        .cleanedUpBy(Http.delete(API + "/v1/invoices/launch").bearer(tester))
                        .status(201)
                        .json("/vatRate", 20)
                        .capture("/net", net)
                        .capture("/vat", vat)
                        .capture("/total", total)
                        .as("invoice")
                        .freshFor(hours(1))
                        .tagged("A60"))
                .require(new ToTheCent(
                                "the net amount of the test invoice is the sum of its lines",
                                net,
                                List.of(),
                                none -> new BigDecimal("1249.95")
                                        .multiply(new BigDecimal(3))
                                        .add(new BigDecimal("0.35").multiply(new BigDecimal(7))))
                        .as("net-adds-up")
                        .tagged("A61", "A75"))
                .require(new ToTheCent(
                                "the VAT of the test invoice is 20 percent of its net amount",
                                vat,
                                List.of(net),
                                of -> ToTheCent.percent(20, of.get(0)))
                        .as("vat-adds-up")
                        .tagged("A61", "A75"))
                .require(new ToTheCent(
                                "the total of the test invoice is its net amount and its VAT",
                                total,
                                List.of(net, vat),
                                of -> of.get(0).add(of.get(1)))
                        .as("total-adds-up")
                        .tagged("A61", "A75"))
                .require(Http.post(API + "/v1/expenses")
                        .bearer(tester)
                        .sendingJson("{\"number\":\"launch\",\"total\":60.00,\"vatRate\":20,\"receipt\":\""
                                + Base64.getEncoder().encodeToString(RECEIPT) + "\"}")
                        .writing("the expense \"launch\" of the test company, and its receipt")
                        .cleanedUpBy(Http.delete(API + "/v1/expenses/launch").bearer(tester))
                        .status(201)
                        .json("/net", new BigDecimal("50.00"))
                        .json("/vat", new BigDecimal("10.00"))
                        .json("/receipt/bytes", RECEIPT.length)
                        .as("expense")
                        .freshFor(hours(1))
                        .tagged("A62"))
                .require(Http.post(API + "/v1/vat-reports")
                        .bearer(tester)
                        .sendingJson("{\"number\":\"launch\",\"month\":\"current\"}")
                        .writing("a VAT report of the test company")
                        .cleanedUpBy(Http.delete(API + "/v1/vat-reports/launch").bearer(tester))
                        .status(201)
                        .capture("/month", month)
                        .capture("/sales", sales)
                        .capture("/purchases", purchases)
                        .capture("/payable", payable)
                        .as("vat-report")
                        .freshFor(hours(1))
                        .tagged("A63"))
                .require(new ThisMonth(month).as("vat-report-month").tagged("A63"))
                .require(new ToTheCent(
                                "the VAT to be paid is that of sales without that of purchases",
                                payable,
                                List.of(sales, purchases),
                                of -> of.get(0).subtract(of.get(1)))
                        .as("vat-report-adds-up")
                        .tagged("A63"))
                .build();
    }
    // endregion

    /** What the trials have taken away is gone. */
    private static Checklist nothingLeft(Secret tester) {
        return Checklist.named("Nothing is left")
                .require(gone("accounts/launch@kestrel.example", tester).as("account-gone"))
                .require(gone("invoices/launch", tester).as("invoice-gone"))
                .require(gone("expenses/launch", tester).as("expense-gone"))
                .require(gone("vat-reports/launch", tester).as("vat-report-gone"))
                .build();
    }

    private static Check gone(String entry, Secret tester) {
        return Http.get(API + "/v1/" + entry).bearer(tester).status(404);
    }

    // ---- afterwards

    // region watch
    /**
     * Every minute, and a look around every half hour, for four hours; then a look around every hour to the next day, and
     * every four hours on the second.
     */
    private static Watch watch(Railway railway, Probe health, Desk desk) {
        RailwayService api = railway.service("api");
        Checklist round = Checklist.named("A look around")
                .require(healthy().as("round-healthy").tagged("A72"))
                .require(api.cpu()
                        .percentOfLimit()
                        .maximum(lessThan(50.0), minutes(30))
                        .as("round-cpu")
                        .tagged("A70"))
                .require(api.memory()
                        .maximum(lessThan(1.0), minutes(30))
                        .as("round-memory")
                        .tagged("A70"))
                .require(api.isLive().as("round-live"))
                .require(railway.service("postgres").isLive().as("round-database"))
                .require(api.log().within(minutes(30)).hasNoErrors().as("round-log"))
                .require(railway.volume("postgres-data")
                        .latestBackup()
                        .isYoungerThan(hours(26))
                        .as("round-backup"))
                .build();
        return Watch.probing(health)
                .checkpoints(minutes(30), H.plusHours(4), round)
                .checkpoints(hours(1), H.plusHours(24), round)
                .checkpoints(hours(4), H.plusHours(48), round)
                .probingUntil(H.plusHours(4))
                .heartbeat(desk.pager(), minutes(30))
                .tagged("A68");
    }
    // endregion

    // region back
    /** The API goes back within five minutes; the site has a way of its own, and the data stay. */
    private static RollbackPolicy wayBack(RailwayService api, Probe health, Desk desk, Action backup) {
        Probe signIn = Probe.of(
                        "sign-in",
                        Http.get(API + "/v1/me")
                                .bearer(desk.tester())
                                .status(200)
                                .json("/company", "Test"))
                .every(minutes(1));
        Probe busy = Probe.of("cpu", api.cpu().percentOfLimit().maximum(lessThan(50.0), minutes(5)))
                .every(minutes(5));
        Probe hungry = Probe.of("memory", api.memory().maximum(lessThan(1.0), minutes(5)))
                .every(minutes(5));
        return RollbackPolicy.automatic(api)
                .tagged("A77", "A79", "A81", "until:slack") // announced, done, and announced again
                .when(health.failingLongerThan(minutes(3)).as("unhealthy").tagged("A73"))
                .when(Rate.of(api.http().countsOnly())
                        .exceeds(percent(5))
                        .within(minutes(5))
                        .atLeastRequests(20)
                        .as("many errors")
                        .tagged("A74", "until:sentry"))
                .when(signIn.failingLongerThan(minutes(3))
                        .as("nobody can sign in")
                        .tagged("A76"))
                .whenGateFails("deployed")
                .whenGateFails("smoke")
                .whenReported("WRONG_TOTAL")
                .tagged("A75")
                .by("bookkeeper", "incident-commander")
                .whenReported("NOBODY_CAN_SIGN_IN")
                .tagged("A76")
                .by("technical-lead", "incident-commander")
                .neverFor("TYPO", "write it down; the next release puts it right")
                .askWhen(health.failing(5, 10).as("health flickers"))
                .askWhen(signIn.failing(5, 10).as("sign-in flickers"))
                .notifyWhen(busy.failing(3, 3).as("busy").tagged("A70"))
                .notifyWhen(hungry.failing(3, 3).as("hungry").tagged("A70"))
                .announce(desk.room())
                .undoes(desk.operational(), desk.incident())
                .leaves(backup, "a backup harms nobody")
                .approvedBy("incident-commander", "deputy-incident-commander")
                .budget(minutes(5))
                .verify(healthy().as("healthy-again").tagged("A80"))
                .followUp("find out why, and write it down", "technical-lead", days(2))
                .build();
    }
    // endregion

    // ---- what several of them ask

    private static Check healthy() {
        return Http.get(API + "/health").status(200).json("/status", "ok").json("/db", "ok");
    }

    /** A page of the site, as the proxy serves it. */
    private static HttpCheck atTheEdge(String path) {
        return Http.get(SITE + path).header("Via", containing("edge.example"));
    }

    private static Item said(String id, String statement) {
        return Confirmation.of(id, statement).freshFor(days(14));
    }

    /** A month that was answered is the current one. */
    private record ThisMonth(Capture<String> month) implements Check {

        @Override
        public String sentence() {
            return "the VAT report is of the current month";
        }

        @Override
        public Set<Capture<?>> reads() {
            return Set.of(month);
        }

        @Override
        public Outcome examine(CheckContext context) {
            String found = context.read(month);
            String now = YearMonth.from(context.time().now().atZone(ZONE)).toString();
            Fact fact = Fact.of("month", now, found);
            return found.equals(now) ? Outcome.passed(fact) : Outcome.failed("it is of " + found, fact);
        }
    }

    /** Of the newest requests of which Railway has all numbers, few failed and few took long. */
    private record AnsweredWell(RailwayHttpMetrics requests, Percent mostBad, double slowest) implements Check {

        @Override
        public String sentence() {
            return "of " + requests + ", at most " + mostBad + " fail and 95 percent take less than " + slowest + " ms";
        }

        @Override
        public Set<Permission> permissions() {
            return requests.permissions();
        }

        @Override
        public Set<Subject> touches() {
            return requests.touches();
        }

        @Override
        public Set<Secret> secrets() {
            return requests.secrets();
        }

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            long slot = requests.slot().toMillis();
            long known = context.time().now().minus(requests.settlesAfter()).toEpochMilli();
            Instant end = Instant.ofEpochMilli(known - Math.floorMod(known, slot));
            MetricSource.Counts counts = requests.between(end.minusMillis(slot), end, context);
            Double took = counts.percentiles().get(95.0);
            Fact failed = Fact.of("failed", mostBad, counts.bad() + " of " + counts.total());
            if (counts.bad() * 100 > mostBad.value() * counts.total()) {
                return Outcome.failed(counts.bad() + " of " + counts.total() + " requests failed", failed);
            } else if (took == null) {
                return Outcome.unknown("Railway does not tell how long requests took", failed);
            }
            Fact time = Fact.of("95th percentile", "less than " + slowest + " ms", took + " ms");
            return took < slowest
                    ? Outcome.passed(failed, time)
                    : Outcome.failed("the 95th percentile is " + took + " ms", failed, time);
        }
    }
}
