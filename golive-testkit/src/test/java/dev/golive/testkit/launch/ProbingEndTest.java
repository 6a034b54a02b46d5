package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Outcome;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Watch;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The continuous part of a watch ends once all of it was watched and nothing in it is left open, and not before. */
class ProbingEndTest {

    private static final Instant PLANNED = Scene.PLANNED_AT;

    private static LaunchPlan plan(Scene scene) {
        return scene.plan(scene.automatic().build())
                .watch(Watch.probing(scene.probe)
                        .checkpoints(Duration.ofHours(1), H.plusHours(4), scene.smokeList)
                        .probingUntil(H.plusMinutes(30))
                        .until(H.plusHours(4))
                        .heartbeat(scene.outside, Duration.ofMinutes(5)))
                .build();
    }

    private static Instant minute(int minute) {
        return PLANNED.plus(Duration.ofMinutes(minute));
    }

    @Test
    void it_ends_when_it_was_said_if_nothing_is_open() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));

            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(scene.at("ProbingEnded")).isBetween(minute(30), minute(32));
            assertThat(scene.types("Ended").toString()).contains("\"GO\"");
        }
    }

    @Test
    void while_nobody_was_there_nothing_was_watched() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = plan(scene);
            scene.watching(plan);
            scene.until(Duration.ofMinutes(2));
            scene.launch.close();
            scene.time.sleepUntil(minute(45));
            scene.takeUp(plan);
            scene.until(Duration.ofMinutes(46));
            scene.health = at -> Outcome.failed("500");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);
            assertThat(scene.types("ProbingEnded")).isEmpty();
        }
    }

    @Test
    void it_does_not_end_while_a_signal_says_nothing() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));
            scene.health = at -> at.isBefore(minute(27)) || at.isAfter(minute(50))
                    ? Outcome.passed()
                    : Outcome.unknown("nobody answers");

            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(scene.at("ProbingEnded")).isAfter(minute(50));
            assertThat(scene.waiting()).isEmpty();
        }
    }

    @Test
    void what_could_not_be_judged_is_told_to_be_judged_again_before_it_ends() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));
            scene.health = at -> at.isBefore(minute(20)) || at.isAfter(minute(45))
                    ? Outcome.passed()
                    : Outcome.unknown("nobody answers");
            scene.until(Duration.ofMinutes(90));

            assertThat(scene.at("ProbingEnded")).isAfter(minute(45));
            assertThat(scene.waiting()).isEmpty();
        }
    }

    @Test
    void during_a_maintenance_nothing_was_watched() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));
            scene.until(Duration.ofMinutes(5));
            scene.launch.control().maintenance(minute(60), Scene.COMMANDER, "the network");
            scene.health = at -> at.isBefore(minute(6)) ? Outcome.passed() : Outcome.failed("500");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);
            assertThat(scene.types("ProbingEnded")).isEmpty();
        }
    }

    @Test
    void a_maintenance_after_it_matters_no_more() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));
            scene.until(Duration.ofMinutes(65));
            scene.launch.control().maintenance(minute(70), Scene.COMMANDER, "the network");

            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(scene.types("Ended").toString()).contains("\"GO\"");
        }
    }

    @Test
    void another_plan_that_somebody_accepts_is_watched_anew() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));
            scene.until(Duration.ofMinutes(40));
            assertThat(scene.types("ProbingEnded")).hasSize(1);
            LaunchPlan longer = scene.plan(scene.automatic().build())
                    .watch(Watch.probing(scene.probe)
                            .checkpoints(Duration.ofHours(1), H.plusHours(4), scene.smokeList)
                            .until(H.plusHours(4))
                            .heartbeat(scene.outside, Duration.ofMinutes(5)))
                    .build();
            scene.takeUp(longer);
            scene.until(Duration.ofMinutes(41));
            scene.launch.control().acknowledge("plan-changed", Scene.COMMANDER, "we watch longer");
            scene.until(Duration.ofMinutes(60));
            scene.health = at -> Outcome.failed("500");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);
        }
    }

    @Test
    void a_stop_of_everything_is_an_alarm_also_after_it() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(plan(scene));
            scene.until(Duration.ofMinutes(40));
            int before = scene.boss.posts().size();

            scene.time.sleepUntil(minute(150));

            assertThat(scene.boss.texts().subList(before, scene.boss.posts().size()))
                    .anyMatch(text -> text.contains("is not being watched"));
        }
    }
}
