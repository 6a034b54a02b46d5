package dev.golive.examples;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static dev.golive.Expect.between;
import static dev.golive.Expect.containing;
import static dev.golive.Expect.is;
import static dev.golive.Expect.lessThan;
import static dev.golive.Expect.startingWith;
import static dev.golive.checks.Headers.hsts;
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
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.Item;
import dev.golive.Release;
import dev.golive.aws.Alarm;
import dev.golive.aws.AppRunnerService;
import dev.golive.aws.Aws;
import dev.golive.aws.AwsSecret;
import dev.golive.aws.CloudWatchMetric;
import dev.golive.aws.EcrRepository;
import dev.golive.aws.LogGroup;
import dev.golive.aws.MetricNamespace;
import dev.golive.aws.RdsInstance;
import dev.golive.checks.Dns;
import dev.golive.checks.HeaderPolicy;
import dev.golive.checks.Http;
import dev.golive.checks.HttpCheck;
import dev.golive.checks.Tls;
import dev.golive.checks.TlsVersion;
import dev.golive.launch.Announcement;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Percentile;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Rate;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.Window;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * The runbook of a wallet on App Runner, from a week before it opens to its first weekly review.
 *
 * <p>Items have words for ids; a tag such as {@code C17} is the line of the runbook that an item covers. What is out of
 * golive's reach is confirmed by a person, and {@code until:jdbc} names what is going to look instead.
 */
final class FintechOnAppRunner {

    static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");
    static final String HOST = "wallet.tern.example";
    static final String WWW = "www.wallet.tern.example";
    static final String PLATFORM = "a0000001.eu-north-1.awsapprunner.com";
    static final String STATUS_HOST = "status.tern.example";
    static final String LOGIN = "https://login.example/authorize";
    static final String LOGS = "/aws/apprunner/tern-wallet/application";

    /** The image that passed every check of the pipeline. */
    static final String IMAGE = "sha256:" + "b".repeat(64);

    /** The tag of the image that is live before. */
    static final String IMAGE_BEFORE = "41";

    /** What is switched on at the launch, and what is not. */
    static final Map<String, String> FLAGS = new TreeMap<>(Map.of(
            "FF_NOTIFICATIONS", "true",
            "FF_MERCHANTS", "true",
            "FF_VIRTUAL_CARDS", "false",
            "FF_PLASTIC_CARDS", "false",
            "FF_CARD_DETAILS", "false",
            "FF_CARD_FREEZE", "false",
            "FF_CARD_PIN", "false",
            "FF_SPENDING_LIMITS", "false"));

    private static final String SITE = "https://" + HOST;

    /** What is confirmed before the launch is good until after it. */
    private static final Duration UNTIL_LAUNCHED = days(14);

    private static final Duration TODAY = hours(12);

    private final LaunchDesk desk;

    private final AppRunnerService web;
    private final RdsInstance db;
    private final EcrRepository images;
    private final AwsSecret oidc;
    private final AwsSecret identity;
    private final AwsSecret sessionKey;
    private final AwsSecret database;
    private final AwsSecret webhook;
    private final LogGroup logs;
    private final Alarm alarms;
    private final Aws aws;
    private final MetricNamespace platform;
    private final MetricNamespace product;
    private final CloudWatchMetric traffic;
    private final CloudWatchMetric logins;
    private final CloudWatchMetric verifications;

    private final Action snapshot;
    private final Deploy deploy;
    private final HttpCheck healthy;
    private final Probe health;
    private final Probe landing;

    private FintechOnAppRunner(Aws aws, LaunchDesk desk) {
        this.aws = aws;
        this.desk = desk;
        this.web = aws.appRunner("tern-wallet").rememberedIn("golive/tern-wallet");
        this.db = aws.rds("tern-db");
        this.images = aws.ecr("tern-wallet");
        this.oidc = aws.secret("tern/oidc");
        this.identity = aws.secret("tern/identity");
        this.sessionKey = aws.secret("tern/jwt");
        this.database = aws.secret("tern/database");
        this.webhook = aws.secret("tern/room");
        this.logs = aws.logGroup(LOGS);
        this.alarms = aws.alarms("tern-wallet-errors", "tern-wallet-latency");
        this.platform = aws.metrics("AWS/AppRunner").dimension("ServiceName", "tern-wallet");
        this.product = aws.metrics("Tern/Wallet");
        this.traffic = platform.errors("5xxStatusResponses")
                .of("Requests")
                .latency("RequestLatency")
                .silentWhenFine()
                .as("traffic");
        this.logins =
                product.errors("LoginsFailed").of("Logins").slot(minutes(2)).as("logins");
        this.verifications = product.errors("VerificationsRefused")
                .of("Verifications")
                .slot(minutes(5))
                .as("verifications");
        // region app-runner
        this.snapshot = db.snapshot("pre-launch").as("snapshot").tagged("C41");
        this.deploy = web.deploy("tern-wallet:production")
                .unset("LOGIN_MOCK")
                .set("WALLET_URL", SITE)
                .as("deployment")
                .tagged("C43", "C44", "C45");
        // endregion
        this.healthy = Http.get(SITE + "/health")
                .status(200)
                .json("/data/status", "ok")
                .json("/data/checks/db/status", "pass");
        this.health = Probe.of("health", healthy).every(minutes(1)).tagged("C65", "C66");
        this.landing = Probe.of("landing page", Http.get(SITE + "/").status(200).body(containing("Tern wallet")))
                .every(minutes(2))
                .tagged("C65", "C66");
    }

    /** Where the wallet is production: the account and the hosts that the plan may touch. */
    static Environment in(Environment environment) {
        return environment.account("aws", "123456789012").host("tern.example", "*.tern.example", WWW, PLATFORM);
    }

    /**
     * The plan.
     *
     * @param aws the account that the wallet is in
     * @param desk where people are told, and what they switch by hand
     * @return the plan, which is armed a week before
     */
    static LaunchPlan plan(Aws aws, LaunchDesk desk) {
        return new FintechOnAppRunner(aws, desk).plan();
    }

    // region plan
    private LaunchPlan plan() {
        return LaunchPlan.named("The wallet opens", ZONE)
                .tagged("C81")
                .role("owner", "owns the launch, and says GO")
                .role("rollback authority", "says that the wallet goes back")
                .role("author", "wrote this plan")
                .role("reviewer", "has read it")
                .role("approver", "answers for it")
                .role("engineer", "operates")
                .role("security officer", "audits")
                .role("compliance officer", "speaks with the regulator")
                .role("product manager", "tries the product out, and speaks with partners and users")
                .window(Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), TUESDAY, WEDNESDAY, THURSDAY))
                .decision(T.minusHours(2), "owner")
                .recoveryPoint(minutes(15), db.latestRestorableTime().isYoungerThan(minutes(15)))
                .moment(Moment.at(T.minusDays(7))
                        .named("prerequisites")
                        .announce(Announcement.of(desk.room(), "A test of the alerts, a week before {plan}")
                                .tagged("C07", "C34", "until:slack"))
                        .check(prerequisites()))
                .moment(Moment.at(T.minusDays(7))
                        .named("a week before")
                        .check(infrastructure())
                        .check(application())
                        .check(partners())
                        .check(domain())
                        .check(monitoring())
                        .check(compliance()))
                .moment(Moment.at(T.minusHours(3)).named("signatures").check(signatures()))
                .moment(Moment.at(T.minusHours(2))
                        .named("two hours before")
                        .check(twoHoursBefore())
                        .check(measured())
                        .then(snapshot))
                .moment(Moment.at(T.minusHours(1)).named("an hour before").check(callbacks()))
                .moment(Moment.at(T)
                        .named("soft launch")
                        .announce(desk.room(), "{plan} for invited users")
                        .then(deploy)
                        .identity(deploy, served())
                        .gate(softLaunch())
                        .gate(endToEnd())
                        .announce(desk.room(), "{release} is live for invited users")
                        .losing("payments begun since the deployment"))
                .moment(Moment.at(H.plusMinutes(30))
                        .named("the maintenance ends")
                        .gate(stable())
                        .then(desk.closeMaintenance().tagged("C48", "until:betterstack"))
                        .check(alertsArrive()))
                .moment(Moment.at(H.plusHours(1))
                        .named("public launch")
                        .gate(openToAll())
                        .then(desk.admitEverybody().tagged("C51"))
                        .announce(Announcement.of(desk.world(), "Tern wallet is open to everybody: " + SITE)
                                .audience("users and the press")
                                .tagged("C52"))
                        .check(announced()))
                .moment(Moment.at(H.plusHours(2)).named("logs").check(logReview()))
                .moment(Moment.at(H.plusHours(4)).named("transactions").check(transactions()))
                .moment(Moment.at(H.plusHours(8)).named("applicants").check(applicants()))
                .moment(Moment.at(H.plusHours(24)).named("service levels").check(serviceLevels()))
                .moment(Moment.at(H.plusDays(7)).named("a week after").check(weeklyReview()))
                .watch(Watch.probing(health, landing)
                        .checkpoints(minutes(30), H.plusHours(3), everyHalfHour())
                        .probingUntil(H.plusHours(2))
                        .until(H.plusDays(7))
                        .heartbeat(desk.outside(), hours(1))
                        .tagged("C53", "C54", "C65", "C66", "C80"))
                .rollback(wayBack())
                .escalate(minutes(30), desk.onCall())
                .build();
    }
    // endregion

    // ---- before

    private Checklist prerequisites() {
        return Checklist.named("prerequisites")
                .require(oidc.key("client_id")
                        .hasAtLeastCharacters(8)
                        .as("login-client")
                        .tagged("C01", "C14"))
                .require(oidc.key("client_secret")
                        .hasAtLeastCharacters(32)
                        .as("login-client-secret")
                        .tagged("C01", "C14"))
                .require(confirmed("login-client-accepted", "The login provider accepts the client and its secret")
                        .because("that they are configured is looked at; only the provider can say that it takes them")
                        .ownedBy("engineer")
                        .tagged("C01", "until:oidc"))
                .require(confirmed("bank-interface", "The bank interface is under contract, and the wallet uses it")
                        .ownedBy("product manager")
                        .tagged("C02", "until:openbanking"))
                .require(identity.key("app_token")
                        .hasAtLeastCharacters(16)
                        .as("identity-token")
                        .tagged("C03", "C14"))
                .require(identity.key("secret_key")
                        .hasAtLeastCharacters(32)
                        .as("identity-secret")
                        .tagged("C03", "C14"))
                .require(confirmed(
                                "identity-account",
                                "The account of the identity check is one for production, and its webhooks are verified")
                        .because("that it has a token and a secret is looked at; what they are for, the provider knows")
                        .ownedBy("engineer")
                        .tagged("C03", "until:sumsub"))
                .require(web.domain(HOST).isActive().as("domain-active").tagged("C04", "C27"))
                .require(web.domain(HOST).isValidated().as("domain-validated").tagged("C05"))
                .require(confirmed("three-monitors", "Three monitors are active")
                        .ownedBy("engineer")
                        .tagged("C06", "until:betterstack"))
                .require(webhook.hasAtLeastCharacters(40).as("room-webhook").tagged("C07", "C14"))
                .require(confirmed("test-alert", "The test alert has arrived in the team's room")
                        .because("that it was posted is known; that somebody can read it is not")
                        .ownedBy("engineer")
                        .tagged("C07", "C34", "until:slack"))
                .require(db.isNotPubliclyAccessible().as("database-private").tagged("C08"))
                .require(db.isClosedToTheWorld().as("database-closed").tagged("C08"))
                .require(web.variables(FLAGS).as("flags-configured").tagged("C09"))
                .require(confirmed("flags-reviewed", "Every feature flag was reviewed for this launch")
                        .because("their values are looked at; whether those are the right ones is for people to say")
                        .ownedBy("product manager")
                        .tagged("C09"))
                .require(Approval.named("security-audit")
                        .by("security officer")
                        .freshFor(UNTIL_LAUNCHED)
                        .tagged("C10"))
                .build();
    }

    // region infrastructure
    private Checklist infrastructure() {
        return Checklist.named("infrastructure")
                .require(web.isRunning().as("service-running").tagged("C11"))
                .require(db.isAvailable().as("database-available").tagged("C12"))
                .require(images.tag("production").exists().as("image").tagged("C13"))
                .require(sessionKey.hasAtLeastCharacters(32).as("session-key").tagged("C14"))
                .require(database.hasAtLeastCharacters(16).as("database-url").tagged("C14"))
                .require(web.variable("DATABASE_URL").comesFrom("tern/database").as("database-url-configured"))
                .require(web.variable("SESSION_KEY").comesFrom("tern/jwt").as("session-key-configured"))
                .require(web.lastOperationSucceeded().as("last-operation"))
                .require(web.healthCheckAsks("/health")
                        .as("health-check")
                        .because("a platform that asks elsewhere takes a broken release for a good one"))
                .require(web.doesNotDeployByItself()
                        .as("deploys-when-told")
                        .because("what is checked must be what is launched, and stay what it is"))
                .require(web.minInstances(atLeast(2)).as("instances"))
                .require(web.maxInstances(atLeast(4)).as("instances-at-most"))
                .require(web.maxConcurrency(between(50, 200)).as("requests-per-instance"))
                .require(images.tag(IMAGE_BEFORE)
                        .exists()
                        .as("image-before")
                        .because("it is the one that a rollback brings back"))
                .require(db.version(startingWith("16.")).as("database-version"))
                .require(db.isEncrypted().as("database-encrypted"))
                .require(db.isDeletionProtected().as("database-protected"))
                .require(db.backupRetentionDays(atLeast(7)).as("database-backups"))
                .require(sessionKey.changedWithin(days(90)).as("session-key-age"))
                .require(sessionKey.differsFrom(database).as("session-key-differs"))
                .require(webhook.differsFrom(sessionKey).as("room-webhook-differs"))
                .require(oidc.changedWithin(days(365)).as("login-client-age"))
                .require(identity.changedWithin(days(365)).as("identity-age"))
                .require(database.changedWithin(days(365)).as("database-url-age"))
                .require(webhook.changedWithin(days(365)).as("room-webhook-age"))
                .build();
    }
    // endregion

    private Checklist application() {
        return Checklist.named("application")
                .require(Http.get("https://" + PLATFORM + "/health")
                        .status(200)
                        .json("/data/status", "ok")
                        .json("/data/checks/db/status", "pass")
                        .as("health-at-platform")
                        .tagged("C15"))
                .require(web.variable("SERVICE_MODE")
                        .is("production")
                        .as("mode-configured")
                        .tagged("C16"))
                .require(Http.get(SITE + "/build.json")
                        .status(200)
                        .json("/mode", "production")
                        .as("mode-served")
                        .because("a variable of the build is proven by what is served only")
                        .tagged("C16"))
                .require(web.variable("LOGIN_MOCK")
                        .isUnset()
                        .as("login-not-mocked")
                        .tagged("C17"))
                .require(confirmed("pipeline", "Every check of the pipeline passed on the commit to be launched")
                        .ownedBy("engineer")
                        .tagged("C18", "until:github"))
                .require(confirmed("tables", "Every table of this version is in the database")
                        .ownedBy("engineer")
                        .tagged("C19", "until:jdbc"))
                .require(web.variable("NODE_ENV")
                        .is("production")
                        .as("no-demo-data-configured")
                        .tagged("C20"))
                .require(confirmed("no-demo-rows", "No demo account is in the database")
                        .because("the variable keeps new ones out; old ones are seen in the tables only")
                        .ownedBy("engineer")
                        .tagged("C20", "until:jdbc"))
                .build();
    }

    private Checklist partners() {
        return Checklist.named("partners")
                .require(confirmed("real-login", "Somebody has logged in with an identity of their own")
                        .ownedBy("product manager")
                        .tagged("C21", "until:oidc"))
                .require(Http.get(SITE + "/login")
                        .status(302)
                        .header("Location", startingWith(LOGIN))
                        .header("Location", containing("redirect_uri=https%3A%2F%2F" + HOST + "%2Flogin%2Fcallback"))
                        .as("login-sent-to-provider")
                        .tagged("C22"))
                .require(confirmed("redirect-accepted", "The login provider sends users back to the wallet")
                        .because("what the wallet asks for is looked at; only the provider can say that it allows it")
                        .ownedBy("engineer")
                        .tagged("C22", "until:oidc"))
                .require(confirmed("real-document", "A real document went through the identity check from end to end")
                        .ownedBy("product manager")
                        .tagged("C23", "until:sumsub"))
                .require(Http.post(SITE + "/webhooks/identity")
                        .sending("X-Signature", "0".repeat(64))
                        .sendingJson("{\"type\":\"applicantReviewed\",\"applicant\":\"golive\"}")
                        .writing("nothing, as a message with a wrong signature is refused")
                        .needsNoCleanUp("it was refused")
                        .status(401)
                        .body(containing("signature"))
                        .as("forged-webhook-refused")
                        .freshFor(UNTIL_LAUNCHED)
                        .tagged("C24"))
                .require(confirmed(
                                "webhook-processed", "A message of the identity check with its signature was processed")
                        .because("only the provider can sign one; that a forged one is refused is tried")
                        .ownedBy("engineer")
                        .tagged("C24", "until:sumsub"))
                .require(confirmed("balance-read", "The balance of a real account was read through the bank interface")
                        .ownedBy("product manager")
                        .tagged("C25", "until:openbanking"))
                .require(confirmed("payment-in-sandbox", "A payment was initiated in the sandbox of the bank interface")
                        .ownedBy("engineer")
                        .tagged("C26", "until:openbanking"))
                .build();
    }

    // region domain
    private Checklist domain() {
        Checklist.Builder list = Checklist.named("domain");
        for (String host : new String[] {HOST, WWW}) {
            String name = host.equals(HOST) ? "" : "www-";
            list.require(Dns.of(host)
                            .everywhere()
                            .pointsTo(PLATFORM)
                            .as(name + "record")
                            .tagged("C04", "C27"))
                    .require(Tls.of(host)
                            .everyAddress()
                            .covers(HOST, WWW)
                            .expiresIn(atLeast(days(30)))
                            .protocolAtLeast(TlsVersion.TLS_1_2)
                            .as(name + "certificate")
                            .tagged("C05", "C28"))
                    .require(Http.get("http://" + host + "/")
                            .redirectsTo("https://" + host + "/")
                            .as(name + "redirect")
                            .tagged("C29"));
        }
        return list.require(Dns.zone("tern.example").serversAgree().as("name-servers-agree"))
                .require(Tls.of(PLATFORM).expiresIn(atLeast(days(14))).as("platform-certificate"))
                .require(Tls.of(STATUS_HOST).expiresIn(atLeast(days(14))).as("status-page-certificate"))
                .require(Http.get(SITE + "/")
                        .status(200)
                        .header(
                                "Strict-Transport-Security",
                                hsts().maxAge(atLeast(days(730)))
                                        .includeSubDomains()
                                        .preload())
                        .as("hsts")
                        .tagged("C30"))
                .require(page("/", "Tern wallet").as("landing-page"))
                .require(Http.get("https://" + WWW + "/")
                        .status(200)
                        .headers(HeaderPolicy.recommended())
                        .body(containing("Tern wallet"))
                        .as("www-landing-page"))
                .build();
    }
    // endregion

    /** A page of ours, with the headers that protect those who read it. */
    private static HttpCheck page(String path, String text) {
        return Http.get(SITE + path)
                .status(200)
                .headers(HeaderPolicy.recommended())
                .body(containing(text));
    }

    private Checklist monitoring() {
        return Checklist.named("monitoring")
                .require(confirmed("health-monitor", "The monitor of the health is green")
                        .ownedBy("engineer")
                        .tagged("C31", "until:betterstack"))
                .require(confirmed("landing-monitor", "The monitor of the landing page is green")
                        .ownedBy("engineer")
                        .tagged("C32", "until:betterstack"))
                .require(confirmed("monitors-escalate", "Every monitor has an escalation policy")
                        .ownedBy("engineer")
                        .tagged("C33", "until:betterstack"))
                .require(logs.isStreaming(minutes(2), healthy)
                        .as("logs-streaming")
                        .tagged("C35"))
                .require(logs.retentionDays(between(90, 400)).as("logs-kept"))
                .require(Http.get("https://" + STATUS_HOST + "/")
                        .status(200)
                        .body(containing("Tern"))
                        .as("status-page")
                        .tagged("C36"))
                .require(alarms.isOk().as("alarms"))
                .require(alarms.hasActions().as("alarms-call"))
                .require(aws.topic("tern-alarms").hasConfirmedSubscription().as("alarms-heard"))
                .build();
    }

    private Checklist compliance() {
        return Checklist.named("compliance")
                .require(confirmed(
                                "regulator", "The regulator was told of the launch, as far as the licence asks for it")
                        .ownedBy("compliance officer")
                        .tagged("C68"))
                .require(page("/terms", "Terms of service").as("terms").tagged("C69"))
                .require(page("/privacy", "Privacy").as("privacy").tagged("C70"))
                .require(page("/complaints", "<form").as("complaint-form").tagged("C71"))
                .require(confirmed("complaint-sent", "A complaint that was sent from the app has reached us")
                        .because("that there is a form is looked at; that somebody reads what is sent is not")
                        .ownedBy("compliance officer")
                        .tagged("C71"))
                .require(confirmed("consent", "Who opens the app for the first time is asked for consent")
                        .ownedBy("product manager")
                        .tagged("C72"))
                .require(confirmed("laundering-alert", "A large transaction in staging has raised an alert")
                        .ownedBy("compliance officer")
                        .tagged("C73", "until:jdbc"))
                .require(confirmed("laundering-table", "The table of such alerts is there in production")
                        .ownedBy("engineer")
                        .tagged("C73", "until:jdbc"))
                .build();
    }

    private static Checklist signatures() {
        return Checklist.named("signatures")
                .require(Approval.named("signed-by-author")
                        .by("author")
                        .freshFor(TODAY)
                        .tagged("C74"))
                .require(Approval.named("signed-by-reviewer")
                        .by("reviewer")
                        .freshFor(TODAY)
                        .tagged("C74"))
                .require(Approval.named("signed-by-approver")
                        .by("approver")
                        .freshFor(TODAY)
                        .tagged("C74"))
                .build();
    }

    // ---- the day

    // region today
    private Checklist twoHoursBefore() {
        return Checklist.named("two hours before")
                .require(web.isRunning().as("service-still-running").tagged("C37"))
                .require(healthy.as("healthy").tagged("C38"))
                .require(db.isAvailable().as("database-still-available").tagged("C39"))
                .require(db.latestAutomatedSnapshot()
                        .isYoungerThan(hours(24))
                        .as("backup")
                        .tagged("C40"))
                .require(images.tag("production").hasDigest(IMAGE).as("image-of-the-day"))
                .require(images.scan("production")
                        .hasNoneAbove(EcrRepository.Severity.MEDIUM)
                        .as("image-scanned"))
                .require(images.scan("production").isYoungerThan(days(14)).as("image-scanned-lately"))
                .require(logs.hasNoMatch("?ERROR ?Exception", hours(24)).as("no-errors-before"))
                .build();
    }

    /** What triggers are going to hang on is counted, and as it should be. */
    private Checklist measured() {
        return Checklist.named("measured")
                .require(
                        platform.metric("Requests").sum(atLeast(60.0), hours(1)).as("requests-counted"))
                .require(platform.metric("5xxStatusResponses")
                        .absentIsZero()
                        .sum(lessThan(20.0), hours(1))
                        .as("few-errors-before"))
                .require(platform.metric("RequestLatency")
                        .average(between(1.0, 500.0), hours(1))
                        .as("fast-before"))
                .require(product.metric("Logins").sum(atLeast(1.0), hours(1)).as("logins-counted"))
                .require(product.metric("LoginsFailed")
                        .sum(lessThan(20.0), hours(1))
                        .as("failed-logins-counted"))
                .require(product.metric("Verifications")
                        .sum(atLeast(1.0), hours(1))
                        .as("verifications-counted"))
                .require(product.metric("VerificationsRefused")
                        .sum(lessThan(100.0), hours(1))
                        .as("refused-verifications-counted"))
                .build();
    }

    private static Checklist callbacks() {
        return Checklist.named("an hour before")
                .require(today("callback", "The portal of the login provider has the callback of the website")
                        .ownedBy("engineer")
                        .tagged("C42", "until:oidc"))
                .require(today("mobile-callback", "It has the callback of the app, tern://login/callback")
                        .ownedBy("engineer")
                        .tagged("C42", "until:oidc"))
                .require(today("scopes", "It has the scopes openid and profile, and no other")
                        .ownedBy("engineer")
                        .tagged("C42", "until:oidc"))
                .build();
    }

    /** What is served tells of which image it is. */
    private Check served() {
        return Http.get(SITE + "/build.json")
                .status(200)
                .json("/image", is(deploy.release().map(String.class, FintechOnAppRunner::digest)));
    }

    private static String digest(Release release) {
        return String.valueOf(release.digest());
    }

    private Checklist softLaunch() {
        HttpCheck flags = Http.get(SITE + "/build.json").status(200).json("/mode", "production");
        for (Map.Entry<String, String> flag : FLAGS.entrySet()) {
            flags = flags.json("/flags/" + flag.getKey(), flag.getValue());
        }
        return Checklist.named("soft launch")
                .require(healthy.as("healthy-when-live").tagged("C46"))
                .require(
                        web.variable("LOGIN_MOCK").isUnset().as("login-is-real").tagged("C43"))
                .require(web.variable("WALLET_URL").is(SITE).as("url").tagged("C44"))
                .require(web.variables(FLAGS).as("flags-live").tagged("C55"))
                .require(flags.as("flags-served")
                        .because("flags of the build are proven by what is served only")
                        .tagged("C55"))
                .build();
    }

    private Checklist endToEnd() {
        return Checklist.named("end to end")
                .require(tried("site-opens", "The site opens"))
                .require(tried("login-begins", "The button for the login leads to the login provider"))
                .require(tried("login-succeeds", "Logging in with a real identity succeeds"))
                .require(tried("balance-shown", "The dashboard shows the balance of the bank account"))
                .require(tried("identity-approved", "The identity is shown as approved"))
                .require(tried("costs-disclosed", "The costs are disclosed before money is sent abroad"))
                .require(tried("code-paid", "A payment by scanned code succeeds")
                        .onlyIf(web.variable("TEST_MERCHANT").isSet()))
                .build();
    }

    private static Item tried(String id, String statement) {
        return today(id, statement)
                .because("only a person has an identity and a bank account to try it with")
                .ownedBy("product manager")
                .tagged("C47");
    }

    private Checklist stable() {
        return Checklist.named("stable")
                .require(healthy.as("healthy-for-half-an-hour").tagged("C49"))
                .require(platform.metric("5xxStatusResponses")
                        .absentIsZero()
                        .sum(lessThan(10.0), minutes(30))
                        .as("few-errors-at-first")
                        .tagged("C66"))
                .build();
    }

    private static Checklist alertsArrive() {
        return Checklist.named("alerts arrive")
                .require(today("monitors-green", "The monitors are green")
                        .because("the wallet's own answer is looked at; what the monitors make of it is not")
                        .ownedBy("engineer")
                        .tagged("C49", "until:betterstack"))
                .require(today("start-seen", "The alert of the start has arrived in the team's room")
                        .ownedBy("engineer")
                        .tagged("C50", "until:slack"))
                .build();
    }

    private Checklist openToAll() {
        return Checklist.named("open to all")
                .require(alarms.isOk().as("alarms-silent").tagged("C80"))
                .require(today("soft-launch-went-well", "The invited users can do what they came for")
                        .ownedBy("owner")
                        .tagged("C51"))
                .build();
    }

    private static Checklist announced() {
        return Checklist.named("announced")
                .require(today("posts-published", "The posts on the other channels are published")
                        .ownedBy("product manager")
                        .tagged("C52"))
                .build();
    }
    // endregion

    // ---- afterwards

    private Checklist everyHalfHour() {
        return Checklist.named("every half hour")
                .require(alarms.isOk().as("alarms-still-silent").tagged("C80"))
                .require(now("room-quiet", "Nothing critical was said in the team's room")
                        .because("alarms of the account are looked at; the room hears of other things too")
                        .ownedBy("engineer")
                        .tagged("C53", "C80", "until:slack"))
                .require(now("monitors-still-green", "The monitors are green")
                        .ownedBy("engineer")
                        .tagged("C54", "C66", "C80", "until:betterstack"))
                .build();
    }

    private Checklist logReview() {
        return Checklist.named("logs")
                .require(logs.hasNoMatch("?ERROR ?Exception", hours(2))
                        .as("no-errors-in-logs")
                        .tagged("C65", "C76"))
                .build();
    }

    private Checklist transactions() {
        return Checklist.named("transactions")
                .require(platform.metric("Requests")
                        .sum(atLeast(1000.0), hours(1))
                        .as("used")
                        .tagged("C65", "C77"))
                .require(today("transactions-succeed", "As many transactions as expected were made, and succeeded")
                        .because("that the wallet is used is looked at; what became of payments is in the tables")
                        .ownedBy("product manager")
                        .tagged("C66", "C77", "until:jdbc"))
                .build();
    }

    private static Checklist applicants() {
        return Checklist.named("applicants")
                .require(today("nobody-stuck", "No applicant is stuck in the identity check")
                        .ownedBy("product manager")
                        .tagged("C65", "C78", "until:sumsub"))
                .build();
    }

    private Checklist serviceLevels() {
        return Checklist.named("service levels")
                .require(platform.metric("5xxStatusResponses")
                        .absentIsZero()
                        .sum(lessThan(500.0), hours(24))
                        .as("errors-of-a-day")
                        .tagged("C66", "C67"))
                .require(platform.metric("RequestLatency")
                        .every(minutes(1))
                        .average(atMost(500.0), hours(24))
                        .as("latency-of-a-day")
                        .tagged("C67"))
                .require(today("first-report", "The first report is written: uptime, errors, the slowest hundredth")
                        .because("errors and latency are looked at; the uptime is what the monitors counted")
                        .ownedBy("engineer")
                        .tagged("C65", "C66", "C67", "until:betterstack"))
                .build();
    }

    private static Checklist weeklyReview() {
        return Checklist.named("a week after")
                .require(today("weekly-review", "The first week was reviewed")
                        .ownedBy("owner")
                        .tagged("C65", "C79"))
                .build();
    }

    // ---- back

    // region app-runner
    private RollbackPolicy wayBack() {
        return RollbackPolicy.automatic(web)
                .tagged("C56", "C57", "C58")
                .when(health.failingLongerThan(minutes(3)).as("unhealthy").tagged("C66"))
                .when(health.failing(5, 10).as("unhealthy now and then").tagged("C66"))
                .when(Rate.of(traffic)
                        .exceeds(percent(5))
                        .within(minutes(5))
                        .atLeastRequests(100)
                        .as("many errors"))
                .askWhen(Rate.of(traffic)
                        .exceeds(percent(1))
                        .within(minutes(10))
                        .atLeastRequests(200)
                        .as("errors")
                        .tagged("C66"))
                .askWhen(landing.failing(4, 5).as("no landing page").tagged("C66"))
                .askWhen(Rate.of(logins)
                        .exceeds(percent(1))
                        .within(minutes(12))
                        .atLeastRequests(200)
                        .as("logins fail")
                        .tagged("C66"))
                .notifyWhen(Rate.of(verifications)
                        .exceeds(percent(20))
                        .within(minutes(30))
                        .atLeastRequests(50)
                        .as("identities are refused")
                        .tagged("C66"))
                .notifyWhen(Percentile.of(traffic, 95)
                        .above(2000)
                        .lastingFor(minutes(5))
                        .as("slow"))
                .whenGateFails("soft launch")
                .whenGateFails("end to end")
                .whenReported("CRITICAL")
                .tagged("C75")
                .by("rollback authority", "owner")
                .expectedTraffic(300)
                .neverFor("COSMETIC", "open a ticket, and fix it forward")
                .neverFor("ONE_BANK_DOWN", "say so on the status page; no release of ours brings a bank back")
                .announce(desk.room())
                .then(desk.openIncident().tagged("C59", "until:betterstack"))
                .undoes(desk.admitEverybody(), desk.inviteOnly().tagged("C51"))
                .leaves(snapshot, "a snapshot harms nobody")
                .leaves(desk.closeMaintenance(), "the monitors must see how the wallet goes back")
                .approvedBy("rollback authority", "owner")
                .budget(minutes(20))
                .aftercare(minutes(30))
                .verify(
                        healthy.as("healthy-again").tagged("C61"),
                        web.isRunning().as("running-again").tagged("C61"))
                .followUp("see that the monitors are green", "engineer", minutes(30), "C62", "until:betterstack")
                .followUp("prepare what users are told", "product manager", minutes(30), "C60")
                .followUp("find the root cause, before anybody tries again", "engineer", days(3), "C63")
                .followUp("write the report of the incident, with its timeline", "owner", days(5), "C64")
                .build();
    }
    // endregion

    // ---- people

    private static Item confirmed(String id, String statement) {
        return Confirmation.of(id, statement).freshFor(UNTIL_LAUNCHED);
    }

    private static Item today(String id, String statement) {
        return Confirmation.of(id, statement).freshFor(TODAY);
    }

    private static Item now(String id, String statement) {
        return Confirmation.of(id, statement).freshFor(minutes(20));
    }
}
