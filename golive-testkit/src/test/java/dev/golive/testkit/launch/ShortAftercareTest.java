package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was seen live before a rollback is no sign that the rollback was undone. */
class ShortAftercareTest {

    @Test
    void an_aftercare_shorter_than_the_pause_between_two_looks_looks_once_all_the_same() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(
                            scene.automatic().aftercare(Duration.ofSeconds(20)).build())
                    .build();
            scene.watching(plan);
            scene.until(Duration.ofMinutes(5));
            assertThat(scene.types("LiveSeen"))
                    .as("what the first checkpoint has seen")
                    .anySatisfy(seen -> assertThat(seen).contains("41"));
            scene.redIn(Duration.ofMinutes(5), scene.web, "40");
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.types("LiveSeen"))
                    .last()
                    .satisfies(seen -> assertThat(seen).contains("40"));
        }
    }
}
