package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Outcome;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchControl.Seen;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Waiting;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.LaunchFault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a watch must not hide when it ends, and what another plan must not take over. */
class EndOfWatchTest {

    private static String ending(Scene scene) {
        return scene.types("Ended").get(0);
    }

    @Test
    void an_action_that_failed_and_was_passed_over_is_no_go_without_reservation() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction warm = FakeAction.named("warm-the-cache", scene.time);
            warm.fault(LaunchFault.fails("no memory"));
            Action passedOver = warm.onFailure(Action.OnFailure.CONTINUE);
            LaunchPlan plan = scene.plan(scene.policy()
                            .leaves(passedOver, "a warm cache does no harm")
                            .build())
                    .moment(Moment.at(H.plusMinutes(10)).then(passedOver))
                    .build();
            scene.watching(plan);
            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.COMPLETED);
            assertThat(ending(scene)).contains("CONDITIONAL_GO", "warm-the-cache is FAILED");
        }
    }

    @Test
    void a_signal_that_never_said_anything_leaves_the_end_undecided() throws Exception {
        try (Scene scene = new Scene()) {
            Probe silent = Probe.of("silent", new Scene.Asked("nobody knows", at -> Outcome.unknown("no idea")))
                    .every(Duration.ofMinutes(1));
            LaunchPlan plan = scene.plan(scene.policy().build())
                    .watch(Watch.probing(scene.probe, silent)
                            .checkpoints(Duration.ofMinutes(30), H.plusHours(1), scene.smokeList))
                    .build();
            scene.watching(plan);
            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.COMPLETED);
            assertThat(ending(scene)).contains("UNDECIDED", "the signal silent never said anything");
        }
    }

    @Test
    void a_person_who_says_ok_to_a_failed_checkpoint_is_named_as_a_reservation() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(policy -> policy));
            Instant red = scene.time.now().plus(Duration.ofMinutes(29));
            Instant green = scene.time.now().plus(Duration.ofMinutes(31));
            scene.smoke = at -> at.isAfter(red) && at.isBefore(green) ? Outcome.failed("slow") : Outcome.passed();
            scene.until(green);
            String key = scene.launch.waiting().stream()
                    .map(Waiting::key)
                    .filter(one -> one.startsWith("checkpoint:"))
                    .findFirst()
                    .orElseThrow();
            Instant slot = Instant.parse(key.substring("checkpoint:".length()));
            Seen ok = Seen.OK;
            assertThat(scene.launch
                            .control()
                            .checkpoint(slot, ok, Scene.ENGINEER, "it was the test")
                            .accepted())
                    .isTrue();
            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.COMPLETED);
            assertThat(ending(scene)).contains("CONDITIONAL_GO", "was NO_GO and then OK", "bob");
        }
    }

    @Test
    void a_hotfix_that_somebody_acknowledged_lets_the_watch_end_undecided() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(policy -> policy));
            scene.until(Duration.ofMinutes(10));
            scene.web.deployedBySomebody("42");
            scene.until(Duration.ofMinutes(40));
            Reply reply = scene.launch.control().acknowledge("live:web", Scene.COMMANDER, "42 is our hotfix");
            assertThat(reply.accepted()).as(reply.because()).isTrue();
            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.COMPLETED);
            assertThat(ending(scene)).contains("UNDECIDED", "web 41 is not what is live at the end: web 42");
        }
    }

    @Test
    void a_step_of_another_plan_under_the_same_number_has_not_been_carried_out() throws Exception {
        try (Scene scene = new Scene()) {
            Moment before = Moment.at(T.minusMinutes(30)).check(scene.beforeList);
            Moment launching = Moment.at(T)
                    .then(scene.deploy)
                    .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()));
            LaunchPlan first = LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .moment(before)
                    .moment(launching.announce(scene.room, "it is live"))
                    .watch(Watch.probing(scene.probe)
                            .checkpoints(Duration.ofMinutes(30), H.plusHours(1), scene.smokeList))
                    .rollback(scene.policy().build())
                    .build();
            LaunchPlan second = LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .moment(before)
                    .moment(launching.gate(scene.smokeList))
                    .watch(Watch.probing(scene.probe)
                            .checkpoints(Duration.ofMinutes(30), H.plusHours(1), scene.smokeList))
                    .rollback(scene.policy().build())
                    .build();
            scene.watching(first);
            scene.launch.close();
            scene.journal = scene.journal.reopen();
            scene.arm(second);
            scene.launch.control().acknowledge("plan-changed", Scene.COMMANDER, "a gate was missing");
            scene.until(scene.time.now().plusSeconds(5));
            assertThat(scene.types("Examined")).anyMatch(data -> data.contains("\"purpose\":\"gate\""));
        }
    }
}
