package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.journal.Entry;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A launch from a week before to two days after, in virtual time. */
class LongLaunchTest {

    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private record Run(List<String> journal, Duration took, long checkpoints, long samples) {}

    private static Run run() throws InterruptedException {
        Duration began = TimeSource.system().elapsed();
        try (Scene scene = new Scene()) {
            LocalDateTime planned = Scene.PLANNED.plusDays(8);
            LaunchPlan plan = LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("incident-commander", "decides on rollback")
                    .role("engineer", "operates")
                    .moment(Moment.at(T.minusDays(7)).check(scene.beforeList).ownedBy("engineer"))
                    .moment(Moment.at(T.minusDays(1)).check(scene.smokeList).ownedBy("engineer"))
                    .moment(scene.launching())
                    .watch(Watch.probing(scene.probe)
                            .checkpoints(Duration.ofMinutes(30), H.plusHours(4), scene.smokeList)
                            .checkpoints(Duration.ofHours(1), H.plusHours(24), scene.smokeList)
                            .checkpoints(Duration.ofHours(4), H.plusHours(48), scene.smokeList)
                            .until(H.plusHours(48))
                            .heartbeat(scene.outside, Duration.ofMinutes(5)))
                    .rollback(scene.automatic().build())
                    .inform(scene.room)
                    .build();
            scene.launch = plan.arm(scene.golive, scene.journal, scene.environment, planned, Scene.ENGINEER);
            Instant t = planned.atZone(Scene.ZONE).toInstant();
            scene.until(t.plus(Duration.ofSeconds(1)));
            scene.decide();
            assertThat(scene.until(t.plus(Duration.ofHours(49)))).isEqualTo(LaunchState.COMPLETED);
            List<Entry> entries = scene.journal.entries();
            long samples = entries.stream()
                    .filter(entry -> entry.type().equals("Sampled"))
                    .mapToLong(entry -> entry.data().split("slotAt", -1).length - 1)
                    .sum();
            return new Run(
                    entries.stream().map(Entry::toJson).toList(),
                    TimeSource.system().elapsed().minus(began),
                    entries.stream()
                            .filter(entry -> entry.type().equals("CheckpointExamined"))
                            .count(),
                    samples);
        }
    }

    @Test
    void from_a_week_before_to_two_days_after_takes_seconds_and_gives_the_same_journal_each_time() throws Exception {
        Run first = run();
        Run second = run();
        assertThat(first.checkpoints()).isEqualTo(35);
        assertThat(first.samples()).isGreaterThan(48 * 120);
        assertThat(second.journal()).isEqualTo(first.journal());
        // under two seconds on an idle machine; a busy one is left room
        assertThat(second.took()).isLessThan(AT_MOST);
    }
}
