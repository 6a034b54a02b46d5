package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.testkit.LaunchFault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What becomes live besides what the launch puts there. */
class LiveReleaseTest {

    private static LaunchPlan plan(Scene scene) {
        return scene.plan(scene.automatic().build()).build();
    }

    @Test
    void scenario_84_a_release_that_was_taken_back_by_hand_waits_for_a_person_and_does_not_complete() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));
            scene.until(Duration.ofMinutes(50));
            scene.web.deployedBySomebody("40");
            scene.until(Duration.ofMinutes(65));

            assertThat(scene.types("Needed")).anyMatch(data -> data.contains("live:web") && data.contains("by hand"));
            assertThat(scene.boss.texts()).anyMatch(text -> text.contains("somebody took it back by hand"));

            scene.until(Duration.ofHours(5));
            assertThat(scene.launch.state()).as("the watch of 2 hours").isEqualTo(LaunchState.WATCHING);
            assertThat(scene.web.applied()).hasSize(1);

            scene.web.deployedBySomebody("41");
            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(scene.types("NoLongerNeeded")).anyMatch(data -> data.contains("live:web"));
        }
    }

    @Test
    void another_release_during_the_watch_is_named_as_such() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));
            scene.until(Duration.ofMinutes(50));
            scene.web.deployedBySomebody("42");
            scene.until(Duration.ofMinutes(65));

            assertThat(scene.boss.texts())
                    .anyMatch(text -> text.contains("42") && text.contains("somebody deployed another one"));
            scene.until(Duration.ofHours(4));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
        }
    }

    @Test
    void a_watch_whose_release_cannot_be_seen_at_its_end_does_not_complete() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));
            scene.until(Duration.ofMinutes(110));
            scene.web.fault(LaunchFault.refuses(dev.golive.testkit.Call.Kind.LIVE));
            scene.until(Duration.ofHours(3));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.boss.texts())
                    .anyMatch(text -> text.contains("the watch cannot end before web 41 is seen live"));

            scene.web.mend();
            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
        }
    }

    @Test
    void a_watch_without_checkpoints_looks_at_what_is_live_at_its_end_all_the_same() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build())
                    .watch(Watch.probing(scene.probe)
                            .until(H.plusHours(1))
                            .heartbeat(scene.outside, Duration.ofMinutes(5)))
                    .build());
            scene.web.deployedBySomebody("42");
            scene.until(Duration.ofHours(3));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("Needed")).anyMatch(data -> data.contains("live:web"));
        }
    }

    @Test
    void a_plan_that_only_watches_knows_what_it_watches() throws Exception {
        for (boolean hotfix : new boolean[] {false, true}) {
            try (Scene scene = new Scene()) {
                scene.web.deployedBySomebody("41");
                scene.arm(LaunchPlan.named("Shop 1.0", Scene.ZONE)
                        .role("incident-commander", "decides on rollback")
                        .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList))
                        .watch(Watch.probing(scene.probe)
                                .checkpoints(Duration.ofMinutes(30), H.plusHours(2), scene.smokeList)
                                .heartbeat(scene.outside, Duration.ofMinutes(5)))
                        .rollback(scene.automatic().build())
                        .escalate(Duration.ofMinutes(30), scene.boss)
                        .build());
                scene.until(Duration.ofMinutes(-25));
                assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
                if (hotfix) {
                    scene.web.deployedBySomebody("42");
                    scene.until(Duration.ofMinutes(5));
                    assertThat(scene.boss.texts())
                            .anyMatch(text -> text.contains("42") && text.contains("somebody deployed another one"));
                }
                scene.redIn(Duration.ofMinutes(5), scene.web, "40");
                scene.until(scene.time.now().plus(Duration.ofMinutes(12)));

                if (hotfix) {
                    assertThat(scene.web.applied()).isEmpty();
                    assertThat(scene.ended("back:web").get(0)).contains("NEEDS_HUMAN", "somebody else acted");
                } else {
                    assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
                    assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
                }
            }
        }
    }

    @Test
    void scenario_88_a_rollback_that_is_undone_escalates_and_names_what_undid_it() throws Exception {
        try (Scene scene = new Scene()) {
            scene.web.fault(LaunchFault.undone(Duration.ofMinutes(10)));
            scene.watching(scene.plan(
                            scene.automatic().aftercare(Duration.ofMinutes(30)).build())
                    .build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.until(state -> state == LaunchState.AFTERCARE);
            Instant back = scene.time.now();
            scene.until(back.plus(Duration.ofMinutes(12)));

            assertThat(scene.boss.texts())
                    .anyMatch(text -> text.contains("the rollback of web was undone")
                            && text.contains("41, the release that was rolled back, is live")
                            && text.contains("a branch trigger deploys web on every push"));
            assertThat(scene.types("Needed")).anyMatch(data -> data.contains("live:web"));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AFTERCARE);

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);
            assertThat(scene.types("Ended").get(0)).contains("was undone");
            assertThat(scene.web.applied()).as("nothing is rolled back twice").hasSize(2);
        }
    }

    @Test
    void a_rollback_that_was_undone_and_put_right_by_a_person_ends_well() throws Exception {
        try (Scene scene = new Scene()) {
            scene.web.fault(LaunchFault.undone(Duration.ofMinutes(10)));
            scene.watching(scene.plan(
                            scene.automatic().aftercare(Duration.ofMinutes(30)).build())
                    .build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.until(state -> state == LaunchState.AFTERCARE);
            scene.until(scene.time.now().plus(Duration.ofMinutes(14)));
            scene.web.deployedBySomebody("40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.types("NoLongerNeeded"))
                    .as("nobody is kept waiting")
                    .anyMatch(data -> data.contains("live:web") && !data.contains("the launch is over"));
        }
    }

    @Test
    void aftercare_lasts_as_long_as_stated_and_then_it_is_rolled_back() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(
                            scene.automatic().aftercare(Duration.ofMinutes(20)).build())
                    .build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(Duration.between(scene.at("AftercareBegan"), scene.at("Ended")))
                    .isEqualTo(Duration.ofMinutes(20));
        }
    }

    @Test
    void red_again_during_aftercare_escalates_and_is_not_called_rolled_back() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(
                            scene.automatic().aftercare(Duration.ofMinutes(20)).build())
                    .build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.until(state -> state == LaunchState.AFTERCARE);
            Instant again = scene.time.now().plus(Duration.ofMinutes(10));
            scene.health = at -> at.isBefore(again)
                    ? dev.golive.Outcome.passed()
                    : dev.golive.Outcome.failed("the database is gone");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);
            assertThat(scene.boss.texts())
                    .anyMatch(text -> text.contains("is red again") && text.contains("the database is gone"));
            assertThat(scene.types("Deciding")).hasSize(1);
        }
    }
}
