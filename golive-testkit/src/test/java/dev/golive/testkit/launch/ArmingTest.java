package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Outcome;
import dev.golive.Subject;
import dev.golive.launch.Compatibility;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.PlanRefusedException;
import dev.golive.launch.Watch;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.LaunchFault;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is found out about the way back when a launch is armed, and what is left of it when it is used. */
class ArmingTest {

    private static final Duration SOON = Duration.ofMinutes(12);

    private static LaunchPlan plain(Scene scene) {
        return scene.plan(scene.automatic().build()).build();
    }

    @Test
    void scenario_49_a_target_that_is_gone_at_arming_blocks_the_launch() {
        try (Scene scene = new Scene()) {
            scene.web.prune("40");

            assertThatThrownBy(() -> scene.arm(plain(scene)))
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining("cannot be brought back")
                    .hasMessageContaining("release 40 of web is gone");
            assertThat(scene.log.writes()).isEmpty();
        }
    }

    @Test
    void a_component_that_cannot_be_asked_blocks_the_launch_too() {
        try (Scene scene = new Scene()) {
            scene.web.fault(LaunchFault.refuses(Call.Kind.AVAILABLE));

            assertThatThrownBy(() -> scene.arm(plain(scene)))
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining("could not be found out")
                    .hasMessageContaining("503");
        }
    }

    @Test
    void scenario_49_gone_between_arming_and_rollback_it_is_built_anew_if_that_was_declared() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction rebuild = FakeAction.named("rebuild-web-40", scene.time).logging(scene.log);
            scene.watching(scene.plan(scene.automatic()
                            .rebuild(scene.web, rebuild)
                            .verify(new Scene.Asked("built", at -> Outcome.passed()))
                            .build())
                    .build());
            scene.web.prune("40");
            Instant red = scene.time.now().plus(SOON);
            scene.health = at -> at.isBefore(red) || rebuild.isAtTarget() ? Outcome.passed() : Outcome.failed("500");

            scene.until(state -> state == LaunchState.AFTERCARE);

            assertThat(rebuild.effects()).hasSize(1);
            assertThat(scene.web.applied())
                    .as("the short way was not tried in vain")
                    .hasSize(1);
            assertThat(scene.types("Chosen")).last().asString().contains("back:web", "rebuild-web-40");
        }
    }

    @Test
    void scenario_49_without_another_way_the_action_fails_with_the_reason_and_the_others_go_on() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            RollbackPolicy policy =
                    scene.policy(RollbackPolicy.automatic(scene.web, api)).build();
            scene.watching(scene.plan(policy, scene.launching(scene.deploy, api.deploy("8")))
                    .build());
            scene.web.prune("40");
            scene.redIn(SOON, api, "7");

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);

            assertThat(scene.ended("back:web").get(0)).contains("FAILED", "release 40 of web is gone");
            assertThat(api.liveNow().orElseThrow().id()).isEqualTo("7");
        }
    }

    @Test
    void scenario_76_a_first_launch_says_what_going_back_means_or_is_not_armed() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent shop = FakeComponent.named("shop", scene.time).logging(scene.log);
            Moment launching = scene.launching(shop.deploy("1"));
            RollbackPolicy without =
                    scene.policy(RollbackPolicy.automatic(shop)).build();
            assertThatThrownBy(() -> scene.arm(scene.plan(without, launching).build()))
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining("no previous release of shop");
        }
        try (Scene scene = new Scene()) {
            FakeComponent shop = FakeComponent.named("shop", scene.time).logging(scene.log);
            FakeAction page = FakeAction.named("show-the-maintenance-page", scene.time)
                    .logging(scene.log)
                    .takes(Duration.ofSeconds(5));
            FakeAction stop = FakeAction.named("stop-the-shop", scene.time).logging(scene.log);
            RollbackPolicy policy = scene.policy(RollbackPolicy.automatic(shop))
                    .noPreviousRelease(page, stop)
                    .build();
            scene.watching(scene.plan(policy, scene.launching(shop.deploy("1"))).build());
            Instant red = scene.time.now().plus(SOON);
            scene.health = at -> at.isBefore(red) || stop.isAtTarget() ? Outcome.passed() : Outcome.failed("500");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(scene.log.writes().stream()
                            .filter(call -> call.kind() == Call.Kind.APPLY)
                            .map(Call::who))
                    .containsExactly("shop", "show-the-maintenance-page", "stop-the-shop");
        }
    }

    @Test
    void scenario_78_a_live_release_that_cannot_be_gone_back_to_because_it_is_live_is_a_target() throws Exception {
        try (Scene scene = new Scene()) {
            scene.web.fault(LaunchFault.liveIsNoTarget());
            scene.watching(plain(scene));
            assertThat(scene.types("Armed").get(0)).contains("which is live, is not known to be kept");
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    private static Watch twoDays(Scene scene) {
        return Watch.probing(scene.probe)
                .checkpoints(Duration.ofHours(4), H.plusHours(48), scene.smokeList)
                .heartbeat(scene.outside, Duration.ofMinutes(30));
    }

    @Test
    void scenario_80_a_release_that_is_not_kept_long_enough_blocks_the_launch_and_the_hour_is_named() {
        try (Scene scene = new Scene()) {
            scene.web.keeps("40", Scene.PLANNED_AT.plus(Duration.ofHours(24)));

            assertThatThrownBy(() -> scene.arm(scene.plan(scene.automatic().build())
                            .watch(twoDays(scene))
                            .build()))
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining("is kept until " + Scene.PLANNED_AT.plus(Duration.ofHours(24)) + ", that is")
                    .hasMessageContaining("hour 24 of the watch")
                    .hasMessageContaining("the policy declares none");
        }
    }

    @Test
    void scenario_80_after_that_hour_it_is_built_anew_with_a_budget_of_its_own() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction rebuild = FakeAction.named("rebuild-web-40", scene.time)
                    .logging(scene.log)
                    .takes(Duration.ofMinutes(7));
            scene.web.keeps("40", Scene.PLANNED_AT.plus(Duration.ofHours(24)));
            LaunchPlan plan = scene.plan(scene.automatic()
                            .budget(Duration.ofMinutes(30))
                            .budget(scene.web, Duration.ofMinutes(2))
                            .rebuild(scene.web, rebuild.budget(Duration.ofMinutes(6)))
                            .build())
                    .watch(twoDays(scene))
                    .build();
            scene.watching(plan);
            assertThat(scene.types("Armed").get(0)).contains("hour 24 of the watch", "only a rebuild");
            scene.until(Duration.ofHours(30));
            scene.health = at -> rebuild.isAtTarget() ? Outcome.passed() : Outcome.failed("500");

            scene.until(state -> state == LaunchState.AFTERCARE);

            Instant decided = scene.at("Deciding");
            assertThat(rebuild.effects()).hasSize(1);
            assertThat(scene.types("BudgetExceeded")).singleElement().asString().contains("back:web", "PT6M");
            assertThat(scene.at("BudgetExceeded")).isEqualTo(decided.plus(Duration.ofMinutes(6)));
        }
    }

    @Test
    void a_rollback_before_that_hour_takes_the_short_way() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction rebuild = FakeAction.named("rebuild-web-40", scene.time).logging(scene.log);
            scene.web.keeps("40", Scene.PLANNED_AT.plus(Duration.ofHours(24)));
            scene.watching(
                    scene.plan(scene.automatic().rebuild(scene.web, rebuild).build())
                            .watch(twoDays(scene))
                            .build());
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(rebuild.calls()).isEmpty();
        }
    }

    @Test
    void scenario_71_a_dry_run_only_reads_and_says_what_it_would_have_done() throws Exception {
        try (Scene scene = new Scene()) {
            scene.web.deployedBySomebody("41");
            LaunchPlan plan = LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("incident-commander", "decides on rollback")
                    .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList))
                    .watch(Watch.probing(scene.probe)
                            .checkpoints(Duration.ofMinutes(30), H.plusHours(2), scene.smokeList)
                            .heartbeat(scene.outside, Duration.ofMinutes(5)))
                    .rollback(scene.automatic().dryRun().build())
                    .build();
            scene.arm(plan);
            scene.until(Duration.ofMinutes(1));
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.WOULD_ROLL_BACK);

            assertThat(scene.log.of("web"))
                    .isNotEmpty()
                    .noneMatch(call -> call.kind().writes());
            assertThat(scene.log.of("web")).anyMatch(call -> call.kind() == Call.Kind.OBSERVE);
            assertThat(scene.types("Suppressed")).singleElement().asString().contains("take web back to 40");
            assertThat(scene.types("Deciding")).hasSize(1);
            assertThat(scene.room.texts()).anyMatch(text -> text.contains("would have been rolled back (dry run)"));
            assertThat(scene.types("Ended").get(0)).contains("NO_GO", "the dry run would have rolled back");
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("41");
        }
    }

    @Test
    void a_dry_run_does_not_roll_back_for_a_person_either_and_says_so() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().dryRun().build()).build());

            var reply = scene.launch.control().rollBackNow(Scene.COMMANDER, "orders are lost");
            assertThat(reply.accepted()).isFalse();
            assertThat(reply.because()).contains("dry run");

            scene.launch.control().report("WRONG_BALANCE", Scene.COMMANDER, "accounts show 0");
            assertThat(scene.end()).isEqualTo(LaunchState.WOULD_ROLL_BACK);
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    // ---- what the environment does not list

    /** A check, or numbers, of somebody who is not in the environment. */
    private record Elsewhere(String sentence, String host) implements Check {
        @Override
        public Outcome examine(CheckContext context) {
            return Outcome.passed();
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(Subject.host(host));
        }
    }

    private record Numbers(String id, String host) implements MetricSource {
        @Override
        public Duration slot() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration settlesAfter() {
            return Duration.ZERO;
        }

        @Override
        public Counts between(Instant from, Instant to, CheckContext context) {
            return Counts.of(0, 0);
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(Subject.host(host));
        }
    }

    private static final String HOST = "elsewhere.example";

    private static FakeAction elsewhere(Scene scene, String id) {
        return FakeAction.named(id, scene.time).touching(Subject.host(HOST));
    }

    private static Watch watching(Scene scene) {
        return Watch.probing(scene.probe)
                .checkpoints(Duration.ofMinutes(30), H.plusHours(2), scene.smokeList)
                .until(H.plusHours(2))
                .heartbeat(scene.outside, Duration.ofMinutes(5));
    }

    /** What is said of a plan in an environment that does not list the host, and nothing in one that does. */
    private static void unlisted(String what, Function<Scene, LaunchPlan.Builder> plan) {
        try (Scene scene = new Scene()) {
            assertThatThrownBy(() -> scene.arm(plan.apply(scene).build()))
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining("staging does not list the host " + HOST + ", which " + what + " touches");
        }
        try (Scene scene = new Scene()) {
            Environment listed = Environment.named("staging").host(HOST);
            scene.launch =
                    plan.apply(scene).build().arm(scene.golive, scene.journal, listed, Scene.PLANNED, Scene.ENGINEER);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);
        }
    }

    private static void unlistedBack(
            String what, BiFunction<Scene, RollbackPolicy.Builder, RollbackPolicy.Builder> back) {
        unlisted(what, scene -> scene.plan(back.apply(scene, scene.automatic()).build()));
    }

    @Test
    void what_is_watched_touches_only_what_the_environment_lists() {
        Check check = new Elsewhere("it answers", HOST);
        Checklist list = Checklist.named("far").require(check.as("far-away")).build();
        unlisted(
                "the probe far",
                scene -> scene.plan(scene.automatic().build())
                        .watch(Watch.probing(scene.probe, Probe.of("far", check).every(Duration.ofSeconds(30)))
                                .until(H.plusHours(2))
                                .heartbeat(scene.outside, Duration.ofMinutes(5))));
        unlistedBack(
                "the probe far",
                (scene, policy) -> policy.when(
                        Probe.of("far", check).every(Duration.ofSeconds(30)).failing(3, 5)));
        unlisted(
                "the source orders",
                scene -> scene.plan(scene.automatic().build())
                        .watch(watching(scene).measuring(new Numbers("orders", HOST))));
        unlisted(
                "far-away",
                scene -> scene.plan(scene.automatic().build())
                        .watch(watching(scene)
                                .checkpoints(Duration.ofMinutes(30), H.plusHours(3), list)
                                .until(H.plusHours(3))));
        unlisted(
                "far-away",
                scene -> scene.plan(scene.automatic().build())
                        .watch(watching(scene).daily(list, LocalTime.NOON)));
        unlisted(
                "the channel far",
                scene -> scene.plan(scene.automatic().build())
                        .watch(watching(scene)
                                .heartbeat(
                                        FakeChannel.named("far", scene.time).touching(Subject.host(HOST)),
                                        Duration.ofMinutes(5))));
    }

    @Test
    void what_proves_touches_only_what_the_environment_lists() {
        Check check = new Elsewhere("it answers", HOST);
        unlisted(
                "the identity of web",
                scene -> scene.plan(
                        scene.automatic().build(),
                        Moment.at(T)
                                .then(scene.deploy)
                                .identity(scene.deploy, check)
                                .gate(scene.smokeList)));
        unlisted(
                "the recovery point",
                scene -> scene.plan(scene.automatic().build()).recoveryPoint(Duration.ofHours(24), check));
        unlistedBack("verify-2", (scene, policy) -> policy.verify(check));
    }

    @Test
    void the_way_back_touches_only_what_the_environment_lists() {
        unlistedBack("the action drain", (scene, policy) -> policy.then(elsewhere(scene, "drain")));
        unlistedBack("the action rebuild", (scene, policy) -> policy.rebuild(scene.web, elsewhere(scene, "rebuild")));
        unlistedBack("the action stop", (scene, policy) -> policy.noPreviousRelease(elsewhere(scene, "stop")));
        unlisted("the action flag-off", scene -> {
            FakeAction flag = FakeAction.named("flag", scene.time);
            return scene.plan(
                    scene.automatic().undoes(flag, elsewhere(scene, "flag-off")).build(),
                    scene.launching().then(flag));
        });
        unlisted("the action down", scene -> {
            FakeAction flag = FakeAction.named("up", scene.time);
            return scene.plan(scene.automatic().build(), scene.launching().then(flag))
                    .migration(
                            flag,
                            Compatibility.downMigration(elsewhere(scene, "down").destructive()));
        });
        unlistedBack(
                "the channel far",
                (scene, policy) ->
                        policy.announce(FakeChannel.named("far", scene.time).touching(Subject.host(HOST))));
    }
}
