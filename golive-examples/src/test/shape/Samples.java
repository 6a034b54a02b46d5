package samples;

import static dev.golive.Assurance.ATTESTED;
import static dev.golive.Assurance.SIGNED;
import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.is;
import static dev.golive.Expect.lessThan;
import static dev.golive.Expect.oneOf;
import static dev.golive.checks.Headers.hsts;
import static dev.golive.checks.RecordType.A;
import static dev.golive.checks.RecordType.CAA;
import static dev.golive.rollback.Percent.percent;
import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;

import dev.golive.*;
import dev.golive.aws.*;
import dev.golive.checks.*;
import dev.golive.journal.*;
import dev.golive.launch.*;
import dev.golive.railway.*;
import dev.golive.rollback.*;
import dev.golive.services.*;
import dev.golive.time.*;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** How the API reads. Whenever it changes, this changes first. */
final class Samples {

    private Samples() {}

    static Report checklist(Aws aws, Environment production) {
        Checklist launch = Checklist.named("Shop 1.0")
                .require(Http.get("https://shop.example/api/health").status(200).json("/data/status", is("ok")))
                .require(Http.get("https://shop.example/").header("Strict-Transport-Security",
                        hsts().maxAge(atLeast(days(730))).includeSubDomains().preload()))
                .require(Tls.of("shop.example").covers("www.shop.example").expiresIn(atLeast(days(21))))
                .require(aws.appRunner("shop-web").isRunning())
                .require(aws.appRunner("shop-web").variable("LOGIN_MOCK").isUnset())
                .require(aws.rds("shop-db").latestAutomatedSnapshot().isYoungerThan(hours(26)))
                .require(Approval.named("security-audit").by("ceo").atLeast(ATTESTED).freshFor(days(7)))
                .recommend(Dns.of("shop.example").type(CAA).exists().because("limits who may issue"))
                .build();

        try (GoLive golive = GoLive.create()) {
            return golive.run(launch, production);
        }
    }

    static Checklist railway(Secret token) {
        Railway shop = Railway.projectToken(token, "shop", "production").plan(RailwayPlan.PRO);
        RailwayService api = shop.service("api");
        return Checklist.named("Shop 1.0 on Railway")
                .require(api.isReadyToDeploy("main"))
                .require(api.region("europe-west4-drams3a"))
                .require(api.domain("api.shop.example").isReady())
                .require(api.variables().areSet("MODE", "DATABASE_URL"))
                .require(api.variable("SIGNING_KEY").differsFrom(api.variable("REFRESH_KEY")))
                .require(shop.volume("postgres-data").latestBackup().isYoungerThan(hours(24)))
                .require(api.cpu().percentOfLimit().maximum(lessThan(50.0), minutes(15)))
                .build();
    }

    static RollbackPolicy rollback(Railway railway, Slack slack, Probe health) {
        return RollbackPolicy.of(railway.service("api"))
                .when(health.failingLongerThan(minutes(3)))
                .when(railway.service("api").httpErrorRate().exceeds(percent(5)).within(minutes(5)).atLeastRequests(20))
                .whenReported("WRONG_BALANCE").by("incident-commander")
                .neverFor("COSMETIC", "open a ticket; fix forward")
                .announce(slack.channel("#launch"))
                .budget(minutes(5))
                .verify(health)
                .build();
    }

    static LaunchPlan plan(Aws aws, Railway railway, Slack slack) {
        AppRunnerService web = aws.appRunner("shop-web");
        RdsInstance db = aws.rds("shop-db");
        Channel room = slack.channel("#launch");
        Deploy deploy = web.deploy("shop:1.0");
        Check healthy = Http.get("https://shop.example/api/health").status(200).json("/data/status", "ok");
        Check served = Http.get("https://shop.example/version").status(200)
                .json("/image", is(deploy.release().map(String.class, Release::id)));
        Probe health = Probe.of("health", healthy).every(seconds(30));
        Capture<Secret> token = Capture.secret("token");
        Item login = Http.get("https://shop.example/login").status(200).capture("/token", token).as("S2");
        Item realLogin = Confirmation.of("W3", "Somebody has logged in as a customer would").freshFor(days(2))
                .ownedBy("engineer");
        Item audit = Approval.named("W4").byTwoOf("engineer").atLeast(SIGNED).freshFor(days(7))
                .after(realLogin).notWaivable();
        Checklist weekBefore = Checklist.named("a week before").given(aws.callerIsOfAccount())
                .require(web.isRunning().as("W1"))
                .require(db.isAvailable().timeout(seconds(10)).retrying(2).as("W2"))
                .require(realLogin)
                .require(audit)
                .build();
        Checklist smoke = Checklist.named("smoke")
                .require(healthy.eventually(minutes(3)).as("S1"))
                .require(login)
                .require(Http.get("https://shop.example/me").bearer(token).status(200).as("S3").after(login))
                .require(Http.get("https://old.example/").status(oneOf(301, 308)).as("S4")
                        .onlyIf(Dns.of("old.example").type(A).exists()))
                .build();
        RollbackPolicy back = RollbackPolicy.automatic(web)
                .when(health.failingLongerThan(minutes(3)))
                .askWhen(railway.service("api").httpErrorRate().exceeds(percent(5)).within(minutes(5)))
                .whenReported("WRONG_BALANCE").by("incident-commander")
                .announce(room).budget(minutes(5)).verify(health).build();
        return LaunchPlan.named("Shop 1.0", ZoneId.of("Europe/Stockholm"))
                .role("ceo", "says GO").role("incident-commander", "decides on rollback").role("engineer", "operates")
                .window(Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), TUESDAY, WEDNESDAY, THURSDAY))
                .moment(Moment.at(T.minusDays(7)).check(weekBefore).ownedBy("engineer"))
                .moment(Moment.at(T.minusHours(2)).then(db.snapshot("pre-launch")))
                .moment(Moment.at(T).then(deploy).identity(deploy, served).gate(smoke).announce(room, "The shop is open"))
                .moment(Moment.at(H.plusHours(1)).check(smoke))
                .watch(Watch.probing(health).checkpoints(minutes(30), H.plusHours(4), smoke).until(H.plusDays(7)))
                .rollback(back)
                .escalate(minutes(30), room)
                .build();
    }

    static Report launch(LaunchPlan plan, Environment production) {
        try (GoLive golive = GoLive.builder().allowTrials(production).build();
                Journal journal = Journal.file(Path.of("shop.journal"));
                Launch launch = plan.arm(golive, journal, production, LocalDateTime.of(2027, 3, 2, 10, 0))) {
            launch.advance();
            return launch.verdict();
        }
    }
}
