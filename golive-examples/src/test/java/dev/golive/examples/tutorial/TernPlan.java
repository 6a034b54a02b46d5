package dev.golive.examples.tutorial;

import static dev.golive.Expect.is;
import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;

import dev.golive.Action;
import dev.golive.Capture;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.checks.Http;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Trigger;
import dev.golive.time.Window;
import java.time.LocalTime;
import java.time.ZoneId;

/** The plan of docs/tutorial.md, as it grows. */
// region launch
record TernPlan(Checklist well, Component web, Deploy deploy, Action backup, Channel room) {

    LaunchPlan.Builder launch() {
        Capture<String> release = deploy.release().map(String.class, Release::id);
        Check served = Http.get("http://tern.example/version").status(200).json("/release", is(release));
        return LaunchPlan.named("Tern 41", ZoneId.of("Europe/Stockholm"))
                .role("owner", "says GO and decides on rollback")
                .role("support", "answers customers")
                .role("auditor", "has looked at the changes")
                .window(Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), MONDAY, TUESDAY, WEDNESDAY, THURSDAY))
                .decision(T.minusMinutes(30), "owner")
                .moment(Moment.at(T.minusDays(1)).check(well).check(TernLists.people()))
                .moment(Moment.at(T.minusMinutes(15)).then(backup.tagged("W5")))
                .moment(Moment.at(T)
                        .announce(room, "{plan} goes live")
                        .then(deploy.tagged("W6"))
                        .identity(deploy, served)
                        .gate(well)
                        .losing("orders since the deployment"));
    }
    // endregion

    // region watch
    Probe health() {
        return Probe.of("health", TernLists.HEALTHY).every(seconds(30)).tagged("W7");
    }

    LaunchPlan.Builder watched() {
        return launch().watch(Watch.probing(health())
                .checkpoints(minutes(30), H.plusHours(2), well)
                .until(H.plusHours(2)));
    }
    // endregion

    // region rollback
    LaunchPlan plan() {
        Trigger unwell = health().failingLongerThan(minutes(3));
        RollbackPolicy back = RollbackPolicy.automatic(web)
                .when(unwell.tagged("W8"))
                .whenReported("WRONG_PRICE")
                .tagged("W9")
                .by("owner", "support")
                .announce(room)
                .leaves(backup, "a backup harms nobody")
                .budget(minutes(5))
                .aftercare(minutes(5))
                .verify(TernLists.HEALTHY)
                .build();
        return watched().rollback(back).build();
    }
    // endregion
}
