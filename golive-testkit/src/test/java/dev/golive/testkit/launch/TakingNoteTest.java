package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Outcome;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchState;
import dev.golive.time.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** What waits for more than that somebody takes note of it still waits when somebody does. */
class TakingNoteTest {

    private static void isNoAnswer(Scene scene, String key, String instead) throws InterruptedException {
        assertThat(scene.waiting()).containsKey(key);
        Reply reply = scene.launch.control().acknowledge(key, Scene.COMMANDER, "I have seen it");
        assertThat(reply.accepted()).isFalse();
        assertThat(reply.because()).contains("to take note of " + key + " is no answer", instead);
        assertThat(scene.waiting()).containsKey(key);
        assertThat(scene.types("Acknowledged")).isEmpty();
    }

    @Test
    void a_decision_is_asked_for_all_the_same() throws Exception {
        try (Scene scene = new Scene()) {
            scene.arm(scene.plan(scene.policy().build()).build());
            scene.until(Duration.ofSeconds(1));

            isNoAnswer(scene, "decision", "decide(..)");

            scene.until(Duration.ofMinutes(10));
            assertThat(scene.web.applied()).isEmpty();
        }
    }

    @Test
    void what_is_held_is_held() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.policy().build()).build());
            scene.launch.control().hold(Scene.ENGINEER, "let me look");

            isNoAnswer(scene, "held", "resume(..)");
        }
    }

    @Test
    void a_rollback_waits_for_its_approval() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.policy().build()).build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.until(state -> state == LaunchState.AWAITING_APPROVAL);

            isNoAnswer(scene, "approve-rollback", "approveRollback(..) or denyRollback(..)");

            assertThat(scene.launch
                            .control()
                            .approveRollback(Scene.COMMANDER, "go back")
                            .accepted())
                    .isTrue();
        }
    }

    @Test
    void a_window_stays_closed() throws Exception {
        try (Scene scene = new Scene()) {
            Window thursday = Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), DayOfWeek.THURSDAY);
            scene.arm(scene.plan(scene.policy().build()).window(thursday).build());
            scene.until(Duration.ofSeconds(1));

            isNoAnswer(scene, "window", "override(..)");
        }
    }

    @Test
    void a_verdict_of_NO_GO_stays_one() throws Exception {
        try (Scene scene = new Scene()) {
            scene.before = at -> Outcome.failed("no backup");
            scene.arm(scene.plan(scene.policy().build()).build());
            scene.until(Duration.ofSeconds(1));

            isNoAnswer(scene, "verdict", "recheck(..)");
        }
    }
}
