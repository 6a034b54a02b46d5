package dev.golive.examples;

import static dev.golive.Expect.is;
import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.checks.Http;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.railway.Railway;
import dev.golive.railway.RailwayRestore;
import dev.golive.railway.RailwayService;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import java.nio.file.Path;

/** What is practised in staging: the ways back, with the data. */
final class RailwayLaunches {

    private RailwayLaunches() {}

    // region practice
    /**
     * The ways back, practised in staging: a variable is set (D20) and a chosen earlier commit is deployed by hand (D25,
     * D47), somebody says that it goes back, which the deployment does within two minutes (B39), what it logged is kept
     * (D52), and the backup is restored in two steps (B40, D49) that somebody must permit.
     */
    static LaunchPlan practice(Railway staging, String earlier, Path logs) {
        RailwayService api = staging.service("api");
        Action variable = api.changeVariables()
                .set("RELEASE_NAME", "practice")
                .withoutDeploying()
                .as("D20");
        Deploy deploy = api.deploy(earlier).as("D47");
        RailwayRestore restore = staging.volume("postgres-data").restore("nightly");
        Check healthy = Http.get(RailwayChecklists.STAGING + "/health").status(200);
        Probe health = Probe.of("health", healthy).every(minutes(1));
        return LaunchPlan.named("The practice", AccountingOnRailway.ZONE)
                .role("owner", "says GO")
                .role("keeper", "keeps the data")
                .decision(T.minusMinutes(30), "owner")
                .moment(Moment.at(T.minusHours(1)).check(RailwayChecklists.staging(staging)))
                .moment(Moment.at(T.minusMinutes(5)).then(variable))
                .moment(Moment.at(T)
                        .then(deploy)
                        .identity(deploy, served(deploy))
                        .losing("what was tried in staging since the night"))
                .watch(Watch.probing(health).until(H.plusHours(1)))
                .rollback(RollbackPolicy.of(api)
                        .askWhen(health.failingLongerThan(minutes(10)))
                        .then(api.log().within(hours(1)).saveTo(logs).as("D52").onFailure(Action.OnFailure.CONTINUE))
                        .then(restore.stage().as("B40"))
                        .then(restore.commit().as("D49"))
                        .leaves(variable, "the former release does not read it")
                        .approvedBy("owner")
                        .destructiveApprovedBy("keeper")
                        .budget(minutes(2))
                        .aftercare(minutes(5))
                        .verify(healthy)
                        .build())
                .build();
    }
    // endregion

    /** What is served says which deployment it is. */
    private static Check served(Deploy deploy) {
        return Http.get(RailwayChecklists.STAGING + "/version")
                .status(200)
                .json("/deployment", is(deploy.release().map(String.class, Release::id)));
    }
}
