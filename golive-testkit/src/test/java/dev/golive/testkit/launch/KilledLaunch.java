package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.journal.Journal;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

/** A process that carries on the launch in a folder, until it is over or the process is killed. */
final class KilledLaunch {

    private KilledLaunch() {}

    static LaunchPlan plan(FileShop shop) {
        Probe probe = Probe.of("health", shop.health()).every(Duration.ofMillis(100));
        Deploy deploy = shop.deploy();
        Checklist ready = Checklist.named("before")
                .require(Check.that("the backup is fresh", context -> Outcome.passed())
                        .as("B1"))
                .build();
        RollbackPolicy policy = RollbackPolicy.automatic(shop)
                .when(probe.failingLongerThan(Duration.ofMillis(500)))
                .undoes(shop.once("flag"), shop.once("unflag"))
                .verify(shop.serves("40"))
                .aftercare(Duration.ofMillis(400))
                .build();
        return LaunchPlan.named("Shop 1.0", Scene.ZONE)
                .role("ceo", "says GO")
                .moment(Moment.at(T.minusMinutes(1)).check(ready))
                .moment(Moment.at(T)
                        .then(deploy)
                        .identity(deploy, shop.serves("41"))
                        .then(shop.once("flag")))
                .watch(Watch.probing(probe)
                        .checkpoints(Duration.ofMinutes(1), H.plusMinutes(10), ready)
                        .until(H.plusMinutes(10)))
                .rollback(policy)
                .build();
    }

    /** Arguments: the folder. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        TimeSource time = TimeSource.system();
        LocalDateTime planned =
                LocalDateTime.parse(Files.readString(folder.resolve("planned"), StandardCharsets.UTF_8));
        FileShop shop = new FileShop(folder.resolve("shop.txt"), time);
        try (GoLive golive = GoLive.builder().time(time).build();
                Journal journal = Journal.file(folder.resolve("shop.journal"));
                Launch launch =
                        plan(shop).arm(golive, journal, Environment.named("staging"), planned, Scene.ENGINEER)) {
            System.out.println("armed");
            Instant next = Instant.MIN;
            while (!(launch.state().isFinal() && next.equals(Instant.MAX))) {
                next = launch.advance();
                launch.asksDecisionOn().ifPresent(digest -> launch.control().decide(Scene.CEO, digest, "go"));
                Instant soon = time.now().plusMillis(50);
                time.sleepUntil(next.isBefore(soon) ? next : soon);
            }
            LaunchState end = launch.state();
            System.out.println("ended " + end);
        }
    }
}
