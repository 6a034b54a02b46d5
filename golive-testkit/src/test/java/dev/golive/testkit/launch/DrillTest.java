package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Environment;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.launch.PlanRefusedException;
import dev.golive.testkit.FakeChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrillTest {

    @Test
    void a_drill_rolls_back_in_earnest_and_speaks_to_its_own_channel_only() throws Exception {
        try (Scene scene = new Scene()) {
            FakeChannel drillRoom = FakeChannel.named("#drill", scene.time);
            LaunchPlan drill = scene.plan(scene.policy().build()).build().drill(drillRoom);
            scene.watching(drill);

            Reply forced = scene.launch.control().drill(Scene.ENGINEER, "the first drill");
            assertThat(forced.accepted()).isTrue();
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            assertThat(scene.launch
                            .control()
                            .approveRollback(Scene.COMMANDER, "go on")
                            .accepted())
                    .isTrue();

            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
            assertThat(scene.room.texts()).isEmpty();
            assertThat(scene.boss.texts()).isEmpty();
            assertThat(drillRoom.texts()).anyMatch(text -> text.contains("a drill, forced by bob"));
        }
    }

    @Test
    void scenario_75_a_drill_that_went_well_is_evidence_for_the_launch_in_earnest_and_its_absence_is_a_warning()
            throws Exception {
        LaunchReport report;
        try (Scene scene = new Scene()) {
            FakeChannel drillRoom = FakeChannel.named("#drill", scene.time);
            LaunchPlan plan = scene.plan(scene.policy().build()).build();
            assertThat(plan.validate()).anyMatch(line -> line.contains("the rollback was never drilled"));
            scene.watching(plan.drill(drillRoom));
            assertThat(String.join("\n", scene.launch.control().board())).startsWith("DRILL");
            scene.launch.control().drill(Scene.ENGINEER, "the first drill");
            assertThatThrownBy(() -> scene.plan(scene.policy().build()).drilled(scene.launch.report()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("AWAITING_APPROVAL");
            scene.launch.control().approveRollback(Scene.COMMANDER, "go on");
            scene.until(LaunchState::isFinal);
            report = scene.launch.report();
            assertThat(report.isDrill()).isTrue();
        }
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(scene.policy().build()).drilled(report).build();
            assertThat(plan.validate()).noneMatch(line -> line.contains("never drilled"));
            scene.arm(plan);
            scene.launch.advance();
            assertThat(String.join("\n", scene.launch.control().board())).contains("drilled in 20 s");
            assertThatThrownBy(() -> scene.plan(scene.policy().build()).drilled(scene.launch.report()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("in earnest");
        }
    }

    @Test
    void production_refuses_a_drill() {
        try (Scene scene = new Scene()) {
            LaunchPlan drill =
                    scene.plan(scene.policy().build()).build().drill(FakeChannel.named("#drill", scene.time));
            assertThatThrownBy(() ->
                            drill.arm(scene.golive, scene.journal, Environment.production("production"), Scene.PLANNED))
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining("it is a drill, and production is production");
        }
    }

    @Test
    void a_launch_in_earnest_cannot_be_forced_to_roll_back_as_a_drill() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(policy -> policy));
            Reply refused = scene.launch.control().drill(Scene.COMMANDER, "let us see");
            assertThat(refused.accepted()).isFalse();
            assertThat(refused.because()).contains("in earnest");
            scene.until(Duration.ofMinutes(10));
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("41");
        }
    }
}
