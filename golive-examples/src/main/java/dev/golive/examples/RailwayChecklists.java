package dev.golive.examples;

import static dev.golive.Expect.lessThan;
import static dev.golive.railway.BackupKind.DAILY;
import static dev.golive.railway.BackupKind.MONTHLY;
import static dev.golive.railway.BackupKind.WEEKLY;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Item;
import dev.golive.checks.Http;
import dev.golive.railway.Railway;
import dev.golive.railway.RailwayService;
import dev.golive.railway.RailwayVolume;
import java.math.BigDecimal;

/** What a ledger on Railway asks before it goes live, on the day and afterwards. Each item has the team's id for it. */
final class RailwayChecklists {

    static final String API = "https://api.kestrel.example";
    static final String STAGING = "https://staging.kestrel.example";

    private static final String REGION = "europe-west4-drams3a";

    /** What a dollar is in euros, as the team reckons it this year. */
    private static final BigDecimal EUROS = new BigDecimal("0.92");

    private RailwayChecklists() {}

    /** Where it runs. */
    static Environment environment(String name, String railway) {
        return Environment.named(name)
                .account("railway", "shop/" + railway)
                .host("kestrel.example", "*.kestrel.example");
    }

    // region before
    /** Production, from a week before. */
    static Checklist before(Railway railway) {
        RailwayService api = railway.service("api");
        RailwayService db = railway.service("postgres");
        RailwayVolume data = railway.volume("postgres-data");
        return Checklist.named("The ledger on Railway")
                .require(api.exists().as("A01"))
                .require(db.exists().as("A01-database"))
                .require(db.imageVersion("15").as("A01-version"))
                .require(db.isClosedToTheWorld().as("A01-closed"))
                .require(api.region(REGION).as("A02"))
                .require(db.region(REGION).as("A02-database"))
                .require(api.variables()
                        .areSet("DATABASE_URL", "ALLOWED_ORIGINS", "PORT")
                        .as("A05"))
                .require(api.domain("api.kestrel.example").isVerified().as("A14"))
                .require(
                        api.domain("api.kestrel.example").recordsArePropagated().as("A14-records"))
                .require(api.domain("api.kestrel.example").hasValidCertificate().as("A14-certificate"))
                .require(api.hasPublicDomain().as("D28"))
                .require(api.variable("MAIL_KEY").isSet().as("A23"))
                .require(api.variables()
                        .areSet("STORE_ENDPOINT", "STORE_KEY_ID", "STORE_SECRET")
                        .as("A26"))
                .require(api.variable("ERRORS_DSN").isSet().as("A29"))
                .require(api.variable("MODE").is("production").as("B08"))
                .require(api.variable("SESSION_KEY").hasAtLeastCharacters(32).as("B08-length"))
                .require(api.variable("REFRESH_KEY").hasAtLeastCharacters(32).as("B08-length-refresh"))
                .require(api.variable("SESSION_KEY")
                        .differsFrom(api.variable("REFRESH_KEY"))
                        .as("B08-different"))
                .require(data.backupSchedule().has(DAILY).as("A40"))
                .require(data.backupSchedule().has(DAILY, WEEKLY, MONTHLY).as("B47"))
                .require(data.backupSchedule().reachBack(days(90)).as("B47-reach"))
                .require(data.latestBackup().isYoungerThan(hours(24)).as("B50").tagged("A40"))
                .require(api.isReadyToDeploy("main").as("A52"))
                .require(railway.hasNoStagedChanges().as("A52-staged"))
                .require(api.cpu()
                        .percentOfLimit()
                        .maximum(lessThan(50.0), minutes(15))
                        .as("A70")
                        .tagged("B41"))
                .require(api.memory()
                        .maximum(lessThan(1.0), minutes(15))
                        .as("A70-memory")
                        .tagged("B41"))
                .require(railway.service("worker").runsAllTheTime().as("D65"))
                .build();
    }
    // endregion

    /** What it costs, which a token of a project is not told. */
    static Checklist costs(Railway workspace) {
        return Checklist.named("The costs of the ledger")
                .require(workspace
                        .costs()
                        .convertedTo("EUR", EUROS)
                        .estimatedThisMonth(lessThan(new BigDecimal(25)))
                        .as("A09")
                        .tagged("B33"))
                .require(workspace.costs().isWithinUsageLimit().as("B33"))
                .build();
    }

    /** Staging, which has a token of its own. */
    static Checklist staging(Railway railway) {
        RailwayService api = railway.service("api");
        return Checklist.named("The ledger in staging")
                .require(api.isLive().as("B35"))
                .require(railway.service("postgres").imageVersion("15").as("B35-database"))
                .require(api.variables().areSet("DATABASE_URL", "SESSION_KEY").as("B35-variables"))
                .require(api.variable("MODE").is("staging").as("B35-mode"))
                .require(Http.get(STAGING + "/health").status(200).as("B35-health"))
                .build();
    }

    /** Whether everything is ready for a deployment; asked on the day, a quarter of an hour before. */
    static Checklist ready(Railway railway) {
        return Checklist.named("before the deployment")
                .require(railway.service("api").isReadyToDeploy("main").as("A52"))
                .require(railway.service("postgres").isLive().as("A01-database"))
                .build();
    }

    /** What a deployment from the main branch must have come to. */
    static Checklist deployed(Railway railway) {
        RailwayService api = railway.service("api");
        return Checklist.named("deployed")
                .require(api.latestDeploymentSucceeded().as("A54").tagged("D27"))
                .require(api.buildLog().hasNoErrors().as("A54-log").tagged("D27"))
                .require(api.isLive().as("A55").tagged("D26"))
                .require(api.branch("main").as("A53-branch"))
                .require(api.variables().areLive().as("D20-live"))
                .build();
    }

    /** What a push to the main branch must have come to; {@code commit} is what was pushed. */
    static Checklist pushed(Railway railway, String commit) {
        RailwayService worker = railway.service("worker");
        Item live = worker.commit(commit).eventually(minutes(5)).as("D26");
        return Checklist.named("The worker after a push")
                .require(worker.hasDeploymentOf(commit).eventually(minutes(2)).as("D24"))
                .require(live)
                .require(worker.buildLog().hasNoErrors().as("D27").after(live))
                .require(worker.runsAllTheTime().as("D65"))
                .build();
    }

    /** What is asked after the first hour. */
    static Checklist afterwards(Railway railway) {
        RailwayService api = railway.service("api");
        return Checklist.named("The ledger after its launch")
                .require(api.log().within(hours(1)).hasNoErrors().as("D53-log"))
                .require(api.cpu()
                        .percentOfLimit()
                        .average(lessThan(70.0), minutes(30))
                        .as("D53-cpu"))
                .require(api.memory()
                        .percentOfLimit()
                        .maximum(lessThan(80.0), minutes(30))
                        .as("D53-memory"))
                .build();
    }
}
