package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Outcome;
import dev.golive.Verdict;
import dev.golive.launch.LaunchState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FirstLaunchTest {

    @Test
    void a_launch_goes_live_is_watched_and_completes() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(policy -> policy));
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("41");
            LaunchState end = scene.until(LaunchState::isFinal);
            assertThat(end).isEqualTo(LaunchState.COMPLETED);
            assertThat(scene.launch.verdict().verdict()).isEqualTo(Verdict.GO);
        }
    }

    @Test
    void health_that_stays_red_leads_to_a_rollback_that_is_verified() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            Instant red = scene.time.now().plus(Duration.ofMinutes(12));
            scene.health = at ->
                    at.isBefore(red) || scene.web.liveNow().orElseThrow().id().equals("40")
                            ? Outcome.passed()
                            : Outcome.failed("500");
            LaunchState end = scene.until(LaunchState::isFinal);
            assertThat(end).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }
}
