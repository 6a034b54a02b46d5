package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was wrong once, in places where several rules meet. */
@Timeout(60)
class FixedOnceTest {

    private static final Duration SOON = Duration.ofMinutes(12);

    private static void decided(Scene scene, LaunchPlan plan) throws InterruptedException {
        scene.arm(plan);
        scene.until(Duration.ofSeconds(1));
        scene.decide();
    }

    /** The deployment takes longer than it may, and is found done when a person has it looked at again. */
    private static void foundDoneAfterATimeout(Scene scene) throws InterruptedException {
        scene.web.deploysIn(Duration.ofMinutes(30));
        decided(scene, scene.plan(scene.automatic().build()).build());
        scene.until(Duration.ofMinutes(40));
        assertThat(scene.ended("launch:deploy-web-41").get(0)).contains("TIMED_OUT");
        scene.launch.control().recheck(Scene.ENGINEER, "it is there now");
        scene.until(state -> state == LaunchState.WATCHING);
        assertThat(scene.ended("launch:deploy-web-41").get(1)).contains("ALREADY");
    }

    @Test
    void what_was_sent_and_found_done_when_looked_at_again_goes_back_when_a_trigger_fires() throws Exception {
        try (Scene scene = new Scene()) {
            foundDoneAfterATimeout(scene);
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    @Test
    void what_was_sent_and_found_done_when_looked_at_again_goes_back_on_an_abort() throws Exception {
        try (Scene scene = new Scene()) {
            foundDoneAfterATimeout(scene);
            scene.launch.control().abort(Scene.COMMANDER, "wrong day");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }
}
