package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Secret;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.LaunchFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is posted, how often it is tried, and what must not be in it. */
class OutboxTest {

    private static List<Instant> tries(Scene scene, String text) {
        return scene.room.calls().stream()
                .filter(call -> call.target().contains(text))
                .map(Call::at)
                .toList();
    }

    @Test
    void scenario_47_a_message_is_tried_again_with_growing_pauses_until_it_is_there() throws Exception {
        try (Scene scene = new Scene()) {
            scene.room.faultNext(12, LaunchFault.refuses());
            scene.arm(scene.plan(scene.automatic().build()).build());
            scene.until(Duration.ofMinutes(30));

            List<Instant> tries = tries(scene, "is armed in staging");
            List<Long> pauses = new ArrayList<>();
            for (int i = 1; i < tries.size(); i++) {
                pauses.add(Duration.between(tries.get(i - 1), tries.get(i)).toSeconds());
            }
            assertThat(pauses).startsWith(60L, 120L, 240L, 480L).isSorted();
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("is armed in staging"))
                    .hasSize(1);
        }
    }

    @Test
    void a_message_whose_answer_was_lost_is_not_read_twice() throws Exception {
        try (Scene scene = new Scene()) {
            scene.room.faultNext(1, LaunchFault.failsAfterEffect());
            scene.arm(scene.plan(scene.automatic().build()).build());
            scene.until(Duration.ofMinutes(5));

            assertThat(tries(scene, "is armed in staging")).hasSize(2);
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("is armed in staging"))
                    .hasSize(1);
        }
    }

    @Test
    void a_message_that_was_not_posted_before_a_restart_is_posted_after_it_once() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(scene.automatic().build()).build();
            scene.room.fault(LaunchFault.refuses());
            scene.arm(plan);
            scene.until(scene.time.now().plusSeconds(10));
            scene.room.mend();
            scene.takeUp(plan);
            scene.until(scene.time.now().plus(Duration.ofMinutes(5)));

            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("is armed in staging"))
                    .hasSize(1);
            scene.takeUp(plan);
            scene.until(scene.time.now().plus(Duration.ofMinutes(5)));
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("is armed in staging"))
                    .hasSize(1);
        }
    }

    @Test
    void a_room_that_is_gone_for_good_is_given_up_and_the_launch_ends_all_the_same() throws Exception {
        try (Scene scene = new Scene()) {
            scene.room.fault(LaunchFault.refuses());
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            scene.until(scene.time.now().plus(Duration.ofDays(3)));
            assertThat(tries(scene, "is armed in staging")).hasSize(20);
            assertThat(scene.room.posts()).isEmpty();
        }
    }

    @Test
    void the_last_message_is_not_lost_because_the_room_cannot_be_reached_in_that_minute() throws Exception {
        for (int failures : new int[] {2, 100}) {
            try (Scene scene = new Scene()) {
                scene.watching(scene.plan(scene.automatic().build()).build());
                scene.redIn(Duration.ofMinutes(12), scene.web, "40");
                scene.until(state -> state == LaunchState.AFTERCARE);
                scene.room.faultNext(failures, LaunchFault.refuses());

                assertThat(scene.launch.run()).isEqualTo(LaunchState.ROLLED_BACK);

                assertThat(scene.room.texts().stream().anyMatch(text -> text.contains("ended ROLLED_BACK")))
                        .isEqualTo(failures == 2);
                assertThat(Duration.between(scene.at("Ended"), scene.time.now()))
                        .isLessThanOrEqualTo(Duration.ofMinutes(15));
            }
        }
    }

    @Test
    void scenario_58_a_secret_that_a_provider_shows_is_seen_nowhere() throws Exception {
        String value = "tok-9f8e7d6c5b4a3210";
        Secret token = Secret.from("TOKEN", () -> value);
        try (Scene scene = new Scene()) {
            scene.web.secret(token);
            FakeAction flush =
                    FakeAction.named("flush", scene.time).secret(token).fault(LaunchFault.leaks());
            RollbackPolicy policy = scene.automatic().then(flush).build();
            LaunchPlan plan = scene.plan(policy).build();
            scene.watching(plan);
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.web.faultNext(2, LaunchFault.leaks(Call.Kind.APPLY));
            scene.launch.control().hold(Scene.ENGINEER, "is the token " + value + " still good?");

            assertThat(scene.end()).isNotEqualTo(LaunchState.COMPLETED);

            assertThat(scene.entries().toString())
                    .contains("does not accept the token")
                    .doesNotContain(value);
            assertThat(scene.room.texts().toString() + scene.boss.texts()).doesNotContain(value);
            assertThat(scene.boss.texts().toString()).contains("does not accept the token ***");
            assertThat(scene.launch.control().board().toString()).doesNotContain(value);
            assertThat(scene.launch.explain() + scene.launch.breakGlassCard()).doesNotContain(value);
            assertThat(scene.launch.verdict().toJson()).doesNotContain(value);
            assertThat(scene.launch.report().toJson()).doesNotContain(value);
            assertThat(scene.outside.texts().toString()).doesNotContain(value);
        }
    }

    @Test
    void scenario_58_not_in_the_refusal_to_arm_either() {
        String value = "tok-9f8e7d6c5b4a3210";
        Secret token = Secret.from("TOKEN", () -> value);
        try (Scene scene = new Scene()) {
            scene.web.secret(token).fault(LaunchFault.leaks());
            try {
                scene.arm(scene.plan(scene.automatic().build()).build());
            } catch (RuntimeException e) {
                assertThat(e).hasMessageContaining("does not accept the token ***");
                assertThat(e.toString()).doesNotContain(value);
                return;
            }
            throw new AssertionError("it was armed");
        }
    }
}
