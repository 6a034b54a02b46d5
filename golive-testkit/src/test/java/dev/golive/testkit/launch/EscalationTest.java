package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Checklist;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.testkit.FakeChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who hears when something waits for too long, and items whose time comes with an action. */
@Timeout(60)
class EscalationTest {

    private final Scene scene = new Scene();
    private final FakeChannel board = FakeChannel.named("board", scene.time);

    private void minutes(int afterT) throws InterruptedException {
        scene.until(Duration.ofMinutes(afterT));
    }

    private LaunchPlan plan() {
        // the later one is given first
        return LaunchPlan.named("Shop 1.0", Scene.ZONE)
                .role("incident-commander", "decides on rollback")
                .role("engineer", "operates")
                .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList).ownedBy("engineer"))
                .moment(scene.launching())
                .watch(Watch.probing(scene.probe).until(H.plusHours(2)))
                .rollback(scene.policy().build())
                .inform(scene.room)
                .escalate(Duration.ofMinutes(60), board)
                .escalate(Duration.ofMinutes(30), scene.boss)
                .build();
    }

    @Test
    void what_waits_goes_up_one_level_after_the_other_and_once_to_each() throws Exception {
        try (scene) {
            scene.arm(plan());
            minutes(29);
            assertThat(scene.waiting()).containsOnlyKeys("decision");
            assertThat(scene.boss.texts()).isEmpty();
            minutes(31);
            assertThat(scene.boss.texts()).singleElement().asString().contains("the verdict is GO");
            assertThat(board.texts()).isEmpty();
            minutes(61);
            assertThat(board.texts()).singleElement().asString().contains("the verdict is GO");
            minutes(60 * 12);
            assertThat(scene.boss.texts()).hasSize(1);
            assertThat(board.texts()).hasSize(1);
            assertThat(scene.types("Escalated")).hasSize(2);
        }
    }

    @Test
    void what_is_answered_in_time_goes_nowhere() throws Exception {
        try (scene) {
            scene.arm(plan());
            minutes(29);
            scene.decide();
            scene.until(LaunchState::isFinal);
            assertThat(scene.boss.texts()).isEmpty();
            assertThat(board.texts()).isEmpty();
        }
    }

    @Test
    void what_is_said_in_other_words_each_time_waits_since_the_first_time() throws Exception {
        try (scene) {
            AtomicInteger looked = new AtomicInteger();
            scene.before = at -> Outcome.failed("backup " + looked.incrementAndGet() + " of 9 is missing");
            scene.arm(plan());
            minutes(31);
            assertThat(looked.get()).isGreaterThan(5);
            assertThat(scene.boss.texts())
                    .filteredOn(text -> text.contains("before step 2.1 the verdict is NO_GO"))
                    .hasSize(1);
            minutes(61);
            assertThat(board.texts())
                    .filteredOn(text -> text.contains("before step 2.1 the verdict is NO_GO"))
                    .hasSize(1);
            minutes(180);
            assertThat(scene.boss.texts())
                    .filteredOn(text -> text.contains("before step 2.1"))
                    .hasSize(1);
        }
    }

    @Test
    void who_was_told_is_not_told_again_after_a_restart() throws Exception {
        try (scene) {
            LaunchPlan plan = plan();
            scene.arm(plan);
            minutes(31);
            scene.takeUp(plan);
            minutes(45);
            assertThat(scene.boss.texts()).hasSize(1);
            assertThat(board.texts()).isEmpty();
            scene.takeUp(plan);
            minutes(61);
            assertThat(scene.boss.texts()).hasSize(1);
            assertThat(board.texts()).hasSize(1);
        }
    }

    // ---- items whose time comes with an action

    private volatile Outcome behind = Outcome.failed("the old page is still there");

    private LaunchPlan withLater() {
        Checklist later = Checklist.named("with a later item")
                .require(new Scene.Asked("the backup is fresh", at -> scene.before.apply(at)).as("L1"))
                .require(new Scene.Asked("the old page is gone", at -> behind)
                        .as("L2")
                        .until(scene.deploy))
                .build();
        return LaunchPlan.named("Shop 1.0", Scene.ZONE)
                .role("incident-commander", "decides on rollback")
                .role("engineer", "operates")
                .moment(Moment.at(T.minusMinutes(30)).check(later))
                .moment(scene.launching())
                .watch(Watch.probing(scene.probe).until(H.plusHours(2)))
                .rollback(scene.policy().build())
                .inform(scene.room)
                .build();
    }

    @Test
    void an_item_that_waits_for_an_action_is_in_nobodys_way_before_it_and_counts_after_it() throws Exception {
        try (scene) {
            scene.arm(withLater());
            minutes(1);
            assertThat(scene.waiting().get("decision"))
                    .contains("the verdict is GO")
                    .doesNotContain("L2");
            scene.decide();
            minutes(3);
            assertThat(scene.web.applied()).hasSize(1);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            assertThat(scene.waiting().get("step:2.3")).contains("L2 FAILED (the old page is still there)");

            behind = Outcome.passed(Fact.of("page", "new"));
            scene.launch.control().recheck(Scene.ENGINEER, "");
            minutes(4);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.launch.verdict().result("L2").orElseThrow().isNotYetDue())
                    .isFalse();
        }
    }

    @Test
    void an_item_that_is_in_order_after_its_action_lets_the_launch_go_on() throws Exception {
        try (scene) {
            behind = Outcome.passed();
            scene.arm(withLater());
            minutes(1);
            scene.decide();
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.COMPLETED);
            assertThat(List.of(scene.types("Ended").get(0))).allMatch(data -> data.contains("\"verdict\":\"GO\""));
        }
    }
}
