package dev.golive.testkit.launch;

import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.journal.Journal;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.LaunchFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a person said stop, no further action of the launch begins. */
class HoldAndAbortTest {

    /** An action that is slow to look at: what is said meanwhile counts. */
    private record SlowToSee(Action inner, Duration takes) implements Action {
        @Override
        public String id() {
            return inner.id();
        }

        @Override
        public String sentence() {
            return inner.sentence();
        }

        @Override
        public Kind kind() {
            return inner.kind();
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            context.time().sleepUntil(context.time().now().plus(takes));
            return inner.observe(context);
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            return inner.apply(context);
        }
    }

    /** The action that a rollback undoes; the others are left. */
    private static final String UNDONE = "warm-the-cache";

    private static LaunchPlan plan(Scene scene, RollbackPolicy.Builder policy, Action... actions) {
        Moment moment = Moment.at(T).ownedBy("engineer");
        for (Action action : actions) {
            moment = moment.then(action);
            if (action.id().equals(UNDONE)) {
                policy.undoes(action, action(scene, "cool-the-cache"));
            } else {
                policy.leaves(action, "it does no harm");
            }
        }
        return scene.plan(
                        policy.build(),
                        moment.then(scene.deploy)
                                .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                                .gate(scene.smokeList))
                .build();
    }

    private static void begun(Scene scene, LaunchPlan plan) throws Exception {
        scene.arm(plan);
        scene.until(Duration.ofSeconds(1));
        scene.decide();
    }

    /** While the launch is carried on. */
    private static void in(Scene scene, Duration after, Runnable then) {
        scene.time.at(scene.time.now().plus(after), then);
    }

    private static FakeAction action(Scene scene, String id) {
        return FakeAction.named(id, scene.time).logging(scene.log);
    }

    private static List<String> applied(Scene scene) {
        return scene.log.writes().stream()
                .filter(call -> call.kind() == Call.Kind.APPLY)
                .map(Call::who)
                .toList();
    }

    @Test
    void scenario_59_after_a_hold_no_further_action_begins_until_it_is_resumed() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction warm = action(scene, "warm-the-cache").takes(Duration.ofMinutes(2));
            FakeAction flag = action(scene, "switch-the-flag-on");
            begun(scene, plan(scene, scene.automatic(), warm, flag));
            scene.until(Duration.ofMinutes(1));

            assertThat(scene.launch
                            .control()
                            .hold(Scene.ENGINEER, "the phones ring")
                            .accepted())
                    .isTrue();
            scene.until(Duration.ofMinutes(30));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
            assertThat(applied(scene)).containsExactly("warm-the-cache");

            scene.launch.control().resume(Scene.ENGINEER, "they are quiet");
            scene.until(Duration.ofMinutes(35));
            assertThat(applied(scene)).containsExactly("warm-the-cache", "switch-the-flag-on", "web");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
        }
    }

    @Test
    void what_is_being_looked_at_when_a_person_says_hold_is_not_sent() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction flag = action(scene, "switch-the-flag-on");
            begun(scene, plan(scene, scene.automatic(), new SlowToSee(flag, Duration.ofSeconds(20))));
            in(scene, Duration.ofSeconds(10), () -> scene.launch.control().hold(Scene.ENGINEER, "not yet"));
            scene.until(Duration.ofMinutes(10));
            assertThat(flag.calls()).as("it was looked at").hasSize(1);
            assertThat(applied(scene)).isEmpty();

            scene.launch.control().resume(Scene.ENGINEER, "now");
            scene.until(Duration.ofMinutes(13));
            assertThat(applied(scene)).containsExactly("switch-the-flag-on", "web");
        }
    }

    @Test
    void an_attempt_that_fails_while_it_is_held_is_not_followed_by_another() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction flag = action(scene, "switch-the-flag-on").faultNext(1, LaunchFault.hangs(Call.Kind.APPLY));
            begun(scene, plan(scene, scene.automatic(), flag.attempts(3)));
            in(scene, Duration.ofSeconds(10), () -> scene.launch.control().hold(Scene.ENGINEER, "wait"));
            scene.until(Duration.ofMinutes(10));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
            assertThat(flag.applied()).hasSize(1);

            scene.launch.control().resume(Scene.ENGINEER, "go on");
            scene.until(Duration.ofMinutes(13));
            assertThat(flag.applied()).hasSize(2);
            assertThat(flag.effects()).hasSize(1);
        }
    }

    @Test
    void scenario_59_after_an_abort_nothing_of_the_launch_begins_and_what_was_done_goes_back() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction warm = action(scene, "warm-the-cache").takes(Duration.ofMinutes(2));
            FakeAction flag = action(scene, "switch-the-flag-on");
            begun(scene, plan(scene, scene.automatic(), warm, flag));
            scene.until(Duration.ofMinutes(1));

            scene.launch.control().abort(Scene.ENGINEER, "wrong day");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(applied(scene)).containsExactly("warm-the-cache", "cool-the-cache");
            assertThat(scene.web.applied()).as("it was never deployed").isEmpty();
            assertThat(scene.ended("back:web").get(0)).contains("ALREADY");
        }
    }

    @Test
    void an_abort_while_somebody_has_yet_to_approve_keeps_the_launch_where_it_is() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction warm = action(scene, "warm-the-cache");
            FakeAction flag = action(scene, "switch-the-flag-on");
            begun(scene, plan(scene, scene.policy(), warm, new SlowToSee(flag, Duration.ofSeconds(20))));
            in(scene, Duration.ofSeconds(10), () -> scene.launch.control().abort(Scene.ENGINEER, "wrong day"));
            scene.until(Duration.ofMinutes(10));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            assertThat(flag.calls()).as("it was looked at").hasSize(1);
            assertThat(applied(scene)).containsExactly("warm-the-cache");
            scene.launch.control().denyRollback(Scene.COMMANDER, "a warm cache does no harm");
            scene.until(Duration.ofMinutes(40));
            assertThat(scene.launch.state()).as("people say what comes next").isEqualTo(LaunchState.HELD);
            assertThat(applied(scene)).containsExactly("warm-the-cache");
        }
    }

    @Test
    void a_hold_stops_no_rollback() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.web.rollsBackIn(Duration.ofMinutes(3));
            scene.until(state -> state == LaunchState.ROLLING_BACK);
            scene.launch.control().hold(Scene.ENGINEER, "what is going on here");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    @Test
    void an_abort_during_a_rollback_is_one_more_reason_for_it_and_starts_no_second_one() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.web.rollsBackIn(Duration.ofMinutes(3));
            scene.until(state -> state == LaunchState.ROLLING_BACK);

            assertThat(scene.launch.control().abort(Scene.ENGINEER, "stop it").accepted())
                    .isTrue();

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.types("Deciding")).hasSize(1);
            assertThat(scene.types("EvidenceAdded")).anyMatch(data -> data.contains("stop it"));
            assertThat(scene.web.applied()).hasSize(2);
        }
    }

    @Test
    void scenario_59_a_hold_that_comes_through_another_process_counts_as_well(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("shop.journal");
        try (Scene scene = new Scene();
                Journal journal = Journal.file(file)) {
            FakeAction warm = action(scene, "warm-the-cache").takes(Duration.ofMinutes(2));
            FakeAction flag = action(scene, "switch-the-flag-on");
            scene.arm(plan(scene, scene.automatic(), warm, flag), journal);
            scene.until(Duration.ofSeconds(1));
            String digest = scene.launch.asksDecisionOn().orElseThrow();
            assertThat(scene.launch.control().decide(Scene.CEO, digest, "").accepted())
                    .isTrue();
            scene.until(Duration.ofMinutes(1));

            LaunchControl other = LaunchControl.through(file, scene.time, Duration.ofMillis(1));
            assertThat(other.hold(Scene.COMMANDER, "stop").because()).contains("stays in the inbox");
            scene.until(Duration.ofMinutes(30));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
            assertThat(applied(scene)).containsExactly("warm-the-cache");
            assertThat(flag.calls()).isEmpty();
            scene.launch.close();
        }
    }

    private static String end(Scene scene) {
        return scene.types("Ended").get(0);
    }

    @Test
    void an_abort_cancels_a_launch_that_did_only_what_is_left_and_names_it() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction backup = action(scene, "back-up");
            FakeAction warn = action(scene, "warn-the-customers").takes(Duration.ofMinutes(5));
            begun(scene, plan(scene, scene.automatic(), backup, warn));
            scene.until(Duration.ofMinutes(1));

            scene.launch.control().abort(Scene.ENGINEER, "wrong day");

            assertThat(scene.end()).isEqualTo(LaunchState.CANCELLED);
            assertThat(end(scene))
                    .contains("nothing was sent that a rollback would take back")
                    .contains("back-up DONE (left, because it does no harm)")
                    .contains("warn-the-customers was sent, and what came of it was not waited for");
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(applied(scene)).containsExactly("back-up", "warn-the-customers");
            assertThat(scene.web.applied()).isEmpty();
        }
    }

    @Test
    void an_abort_after_what_is_left_has_failed_cancels() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction backup = action(scene, "back-up").fault(LaunchFault.fails("the disk is full"));
            begun(scene, plan(scene, scene.automatic(), backup));
            scene.until(Duration.ofMinutes(30));
            assertThat(scene.waiting()).containsKey("step:2.1");

            scene.launch.control().abort(Scene.ENGINEER, "no backup, no launch");

            assertThat(scene.end()).isEqualTo(LaunchState.CANCELLED);
            assertThat(end(scene)).contains("back-up FAILED");
            assertThat(scene.types("Deciding")).isEmpty();
        }
    }

    @Test
    void an_abort_rolls_back_what_was_sent_and_may_have_had_its_effect_although_it_failed() throws Exception {
        for (LaunchFault.OfCall fault :
                List.<LaunchFault.OfCall>of(LaunchFault.refuses(Call.Kind.APPLY), LaunchFault.hangs(Call.Kind.APPLY))) {
            try (Scene scene = new Scene()) {
                FakeAction warm = action(scene, UNDONE).fault(fault);
                begun(scene, plan(scene, scene.automatic(), warm));
                scene.until(Duration.ofMinutes(30));
                assertThat(scene.waiting()).containsKey("step:2.1");

                scene.launch.control().abort(Scene.ENGINEER, "it will not get warm");

                assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
                assertThat(scene.ended("undo:" + UNDONE).get(0)).contains("DONE");
            }
        }
        try (Scene scene = new Scene()) {
            scene.web.fault(LaunchFault.fails("the build failed"));
            begun(scene, plan(scene, scene.automatic()));
            scene.until(Duration.ofMinutes(30));
            scene.web.mend();
            scene.launch.control().abort(Scene.ENGINEER, "it cannot be built");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.types("Deciding")).hasSize(1);
        }
    }

    @Test
    void an_abort_rolls_back_when_something_else_than_a_deployment_may_have_deployed() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction push = action(scene, "push-to-main");
            Moment moment = Moment.at(T)
                    .then(push)
                    .gate(scene.smokeList)
                    .then(scene.deploy)
                    .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                    .ownedBy("engineer");
            RollbackPolicy policy = scene.policy(RollbackPolicy.automatic(scene.web, scene.component("api", "7")))
                    .leaves(push, "the push stays")
                    .build();
            LaunchPlan plan = scene.plan(policy, moment).build();
            scene.smoke = at -> Outcome.failed("the basket is empty");
            begun(scene, plan);
            scene.until(Duration.ofMinutes(2));
            scene.launch.control().abort(Scene.ENGINEER, "it is broken");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
        }
    }

    @Test
    void a_gate_that_fails_after_nothing_but_what_is_left_asks_and_rolls_nothing_back() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction backup = action(scene, "back-up");
            Moment moment = Moment.at(T)
                    .then(backup)
                    .gate(scene.smokeList)
                    .then(scene.deploy)
                    .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                    .ownedBy("engineer");
            scene.smoke = at -> Outcome.failed("the basket is empty");
            begun(
                    scene,
                    scene.plan(
                                    scene.automatic()
                                            .leaves(backup, "a backup harms nobody")
                                            .whenGateFails("smoke")
                                            .build(),
                                    moment)
                            .build());
            scene.until(Duration.ofMinutes(2));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            assertThat(scene.waiting().get("step:2.2")).contains("the gate smoke failed");
            assertThat(scene.types("Deciding")).isEmpty();
        }
    }

    @Test
    void an_abort_of_a_plan_without_a_way_back_names_what_stays() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction backup = action(scene, "back-up");
            scene.arm(LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("engineer", "operates")
                    .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList))
                    .moment(Moment.at(T).then(backup).ownedBy("engineer"))
                    .moment(Moment.at(T.plusMinutes(30)).gate(scene.smokeList).ownedBy("engineer"))
                    .inform(scene.room)
                    .build());
            scene.until(Duration.ofSeconds(1));
            scene.decide();
            scene.until(Duration.ofMinutes(5));
            scene.launch.control().abort(Scene.ENGINEER, "wrong day");

            assertThat(scene.end()).isEqualTo(LaunchState.CANCELLED);
            assertThat(end(scene)).contains("the plan has no way back").contains("back-up DONE");
        }
    }
}
