package dev.golive.examples;

import static dev.golive.Expect.is;
import static dev.golive.Expect.lessThan;
import static dev.golive.rollback.Percent.percent;
import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
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
import dev.golive.railway.RailwayHttpMetrics;
import dev.golive.railway.RailwayRestore;
import dev.golive.railway.RailwayService;
import dev.golive.railway.RailwayVariableChange;
import dev.golive.rollback.Percentile;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Rate;
import dev.golive.rollback.RollbackPolicy;
import java.nio.file.Path;
import java.time.ZoneId;

/** What is done on the day: the ledger goes live and can go back; its data is practised back in staging. */
final class RailwayLaunches {

    static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");

    private RailwayLaunches() {}

    // region api
    /**
     * The API of the ledger: a backup before anything migrates (A41), a variable (D20), the deployment from main (A53), and
     * back to what ran before (A79) within five minutes: by itself or after a question, by how bad it is (A70, D54).
     */
    static LaunchPlan ledger(Railway railway, String commit, Path logs) {
        RailwayService api = railway.service("api");
        RailwayHttpMetrics requests = api.http();
        Action backup = railway.volume("postgres-data").backup("before 1.4").as("A41");
        RailwayVariableChange change = api.changeVariables().set("RELEASE_NAME", "1.4");
        Action variable = change.withoutDeploying().as("D20");
        Deploy deploy = api.deploy(commit).as("A53");
        Check healthy = Http.get(RailwayChecklists.API + "/health").status(200).json("/status", "ok");
        Probe health = Probe.of("health", healthy).every(minutes(1));
        Probe busy = measured("cpu", api.cpu().percentOfLimit().maximum(lessThan(50.0), minutes(5)));
        Probe hungry = measured("memory", api.memory().maximum(lessThan(1.0), minutes(5)));
        Probe full = measured("memory left", api.memory().percentOfLimit().maximum(lessThan(90.0), minutes(5)));
        return LaunchPlan.named("The ledger", ZONE)
                .role("owner", "says GO")
                .decision(T.minusMinutes(30), "owner")
                .moment(Moment.at(T.minusMinutes(45)).check(RailwayChecklists.ready(railway)))
                .moment(Moment.at(T.minusMinutes(30)).then(backup))
                .moment(Moment.at(T.minusMinutes(5)).then(variable))
                .moment(Moment.at(T)
                        .then(deploy)
                        .identity(deploy, served(RailwayChecklists.API, deploy))
                        .gate(RailwayChecklists.deployed(railway))
                        .losing("entries booked since the deployment"))
                .watch(Watch.probing(health, busy, hungry, full)
                        .measuring(requests)
                        .until(H.plusMinutes(30)))
                .rollback(RollbackPolicy.automatic(api)
                        .when(health.failingLongerThan(minutes(3)))
                        .when(Rate.of(requests)
                                .exceeds(percent(5))
                                .within(minutes(5))
                                .atLeastRequests(20))
                        .whenGateFails("deployed")
                        .askWhen(full.failingFor(minutes(4)))
                        .notifyWhen(busy.failingFor(minutes(4)))
                        .notifyWhen(hungry.failingFor(minutes(4)))
                        .notifyWhen(Percentile.of(requests, 95).above(5000).lastingFor(minutes(3)))
                        .then(api.log().within(minutes(60)).saveTo(logs).as("D52"))
                        .leaves(backup, "a backup harms nobody")
                        .leaves(variable, "the former release does not read it")
                        .approvedBy("owner")
                        .budget(minutes(5))
                        .aftercare(minutes(10))
                        .verify(healthy)
                        .build())
                .build();
    }
    // endregion

    /**
     * The ways back, practised in staging: a chosen earlier commit is deployed by hand (D25, D47), somebody says that it goes
     * back, which the deployment does within two minutes (B39), and the backup is restored in two steps (B40, D49) that
     * somebody must permit.
     */
    static LaunchPlan practice(Railway staging, String earlier) {
        RailwayService api = staging.service("api");
        Deploy deploy = api.deploy(earlier).as("D47");
        RailwayRestore restore = staging.volume("postgres-data").restore("nightly");
        Check healthy = Http.get(RailwayChecklists.STAGING + "/health").status(200);
        Probe health = Probe.of("health", healthy).every(minutes(1));
        return LaunchPlan.named("The practice", ZONE)
                .role("owner", "says GO")
                .role("keeper", "keeps the data")
                .decision(T.minusMinutes(30), "owner")
                .moment(Moment.at(T.minusHours(1)).check(RailwayChecklists.staging(staging)))
                .moment(Moment.at(T)
                        .then(deploy)
                        .identity(deploy, served(RailwayChecklists.STAGING, deploy))
                        .losing("what was tried in staging since the night"))
                .watch(Watch.probing(health).until(H.plusHours(1)))
                .rollback(RollbackPolicy.of(api)
                        .askWhen(health.failingLongerThan(minutes(10)))
                        .then(restore.stage().as("B40"))
                        .then(restore.commit().as("D49"))
                        .approvedBy("owner")
                        .destructiveApprovedBy("keeper")
                        .budget(minutes(2))
                        .aftercare(minutes(5))
                        .verify(healthy)
                        .build())
                .build();
    }

    private static Probe measured(String name, Check check) {
        return Probe.of(name, check).every(minutes(2));
    }

    /** What is served says which deployment it is. */
    private static Check served(String site, Deploy deploy) {
        return Http.get(site + "/version")
                .status(200)
                .json("/deployment", is(deploy.release().map(String.class, Release::id)));
    }
}
