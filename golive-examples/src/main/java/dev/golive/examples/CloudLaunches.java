package dev.golive.examples;

import static dev.golive.Expect.is;
import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Deploy;
import dev.golive.aws.AppRunnerService;
import dev.golive.aws.Aws;
import dev.golive.aws.Bucket;
import dev.golive.aws.Distribution;
import dev.golive.aws.RdsInstance;
import dev.golive.checks.Http;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import java.nio.file.Path;
import java.time.ZoneId;

/** What is done on the day: the wallet goes live and can go back; the shop's frontend is released, and is practised back. */
final class CloudLaunches {

    static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");

    private CloudLaunches() {}

    // region wallet
    /**
     * The wallet: a snapshot (C41), image and variables in one request (C43 to C45), and back to the former image (C56) and
     * the former variables (C57) if its health fails.
     */
    static LaunchPlan wallet(Aws aws) {
        AppRunnerService web = aws.appRunner("tern-wallet").rememberedIn("golive/tern-wallet");
        RdsInstance db = aws.rds("tern-db");
        Action snapshot = db.snapshot("pre-launch").as("C41");
        Deploy deploy = web.deploy("tern-wallet:production")
                .unset("LOGIN_MOCK")
                .set("WALLET_URL", CloudChecklists.WALLET)
                .as("C43-C45");
        Check healthy = Http.get(CloudChecklists.WALLET + "/health").status(200).json("/status", "ok");
        Check served = Http.get(CloudChecklists.WALLET + "/build.json")
                .status(200)
                .json("/image", is(deploy.release().map(String.class, release -> String.valueOf(release.digest()))));
        Checklist flags = Checklist.named("flags")
                .require(web.variables(CloudChecklists.FLAGS).as("C55"))
                .require(web.variable("LOGIN_MOCK").isUnset().as("C43"))
                .build();
        Checklist ready = Checklist.named("two hours before")
                .require(web.isRunning().as("C37"))
                .require(db.isAvailable().as("C39"))
                .build();
        Probe health = Probe.of("health", healthy).every(seconds(30));
        return LaunchPlan.named("The wallet", ZONE)
                .role("owner", "says GO")
                .decision(T.minusHours(2), "owner")
                .moment(Moment.at(T.minusHours(2).minusMinutes(15)).check(ready))
                .moment(Moment.at(T.minusHours(2)).then(snapshot))
                .moment(Moment.at(T)
                        .then(deploy)
                        .identity(deploy, served)
                        .gate(flags)
                        .losing("payments begun since the deployment"))
                .watch(Watch.probing(health).until(H.plusHours(1)))
                .rollback(RollbackPolicy.automatic(web)
                        .when(health.failingLongerThan(minutes(3)))
                        .whenGateFails("flags")
                        .leaves(snapshot, "a snapshot harms nobody")
                        .approvedBy("owner")
                        .budget(minutes(15))
                        .aftercare(minutes(10))
                        .verify(healthy)
                        .build())
                .build();
    }
    // endregion

    /** The shop's frontend, and a practice of both ways back: the former objects, and the database at an instant. */
    static LaunchPlan shop(Aws aws, Path frontend) {
        Bucket bucket = aws.bucket("tern-shop-frontend");
        Distribution cdn = aws.distribution("E1TERN");
        RdsInstance db = aws.rds("tern-shop-db");
        Checklist ready = Checklist.named("before")
                .require(bucket.isVersioned().as("B31-versions"))
                .require(cdn.isDeployed().as("B14-distribution"))
                .build();
        return LaunchPlan.named("The shop's frontend", ZONE)
                .role("owner", "says GO")
                .decision(T.minusMinutes(30), "owner")
                .moment(Moment.at(T.minusHours(1)).check(ready))
                .moment(Moment.at(T)
                        .then(bucket.sync(frontend, "").as("B19"))
                        .then(cdn.invalidate("/*").as("B19-cache")))
                .moment(Moment.at(T.plusMinutes(30))
                        .then(bucket.restorePrevious("").as("B31"))
                        .then(cdn.invalidate("/index.html").as("B31-cache")))
                .moment(Moment.at(T.plusHours(1))
                        .then(db.restoreToLatest("tern-shop-db-practice").as("B32"))
                        .losing("nothing: the restored database is a new one"))
                .build();
    }
}
