package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Outcome;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.LaunchFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the actions of a rollback. */
class RollbackExecutionTest {

    private static final Duration SOON = Duration.ofMinutes(12);

    private static LaunchPlan both(Scene scene, FakeComponent api, RollbackPolicy policy) {
        return scene.plan(policy, scene.launching(scene.deploy, api.deploy("8")))
                .build();
    }

    private static List<Call> applied(Scene scene, Instant since) {
        return scene.log.writes().stream()
                .filter(call -> call.kind() == Call.Kind.APPLY && !call.at().isBefore(since))
                .toList();
    }

    @Test
    void scenario_46_announced_then_the_frontend_then_the_backend_then_verified() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            List<Instant> verified = new ArrayList<>();
            RollbackPolicy policy = scene.policy(RollbackPolicy.automatic(scene.web, api))
                    .verify(new Scene.Asked("orders are there", at -> {
                        verified.add(at);
                        return Outcome.passed();
                    }))
                    .build();
            scene.watching(both(scene, api, policy));
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            Instant decided = scene.at("Deciding");
            List<String> order = scene.log.writes().stream()
                    .filter(call -> !call.at().isBefore(decided))
                    .map(call -> call.kind() == Call.Kind.POST ? "post" : call.toString())
                    .toList();
            assertThat(order).startsWith("post", "web apply 40", "api apply 7", "post");
            assertThat(scene.room.texts())
                    .anyMatch(text -> text.contains("is being rolled back"))
                    .anyMatch(text -> text.contains("is rolled back and verified"));
            Instant apiBack = api.changes().get(1).at();
            assertThat(scene.web.changes().get(1).at())
                    .isBeforeOrEqualTo(api.applied().get(1).at());
            assertThat(verified.get(0)).isAfterOrEqualTo(apiBack);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
            assertThat(api.liveNow().orElseThrow().id()).isEqualTo("7");
        }
    }

    @Test
    void in_parallel_the_components_go_back_side_by_side() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            scene.watching(both(
                    scene,
                    api,
                    scene.policy(RollbackPolicy.automatic(scene.web, api))
                            .inParallel()
                            .build()));
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(api.applied().get(1).at())
                    .isEqualTo(scene.web.applied().get(1).at());
            assertThat(api.changes().get(1).at())
                    .isEqualTo(scene.web.changes().get(1).at());
        }
    }

    @Test
    void scenario_47_a_room_that_cannot_be_reached_holds_up_nothing_and_hears_of_it_later() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.room.fault(LaunchFault.refuses());

            scene.until(state -> state == LaunchState.AFTERCARE);

            assertThat(Duration.between(scene.at("Deciding"), scene.at("AftercareBegan")))
                    .isLessThan(Duration.ofSeconds(30));
            assertThat(scene.room.texts()).noneMatch(text -> text.contains("rolled back"));
            scene.room.mend();
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            scene.until(scene.time.now().plus(Duration.ofMinutes(20)));
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("is being rolled back"))
                    .hasSize(1);
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("is rolled back and verified"))
                    .hasSize(1);
        }
    }

    @Test
    void scenario_48_a_frontend_that_fails_leaves_a_partial_rollback_and_everybody_knows() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            scene.watching(both(
                    scene,
                    api,
                    scene.policy(RollbackPolicy.automatic(scene.web, api)).build()));
            scene.redIn(SOON, api, "7");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.web.fault(LaunchFault.fails("no machine is free"));

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);

            assertThat(api.liveNow().orElseThrow().id()).isEqualTo("7");
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("41");
            assertThat(scene.ended("back:web").get(0)).contains("FAILED", "no machine is free");
            assertThat(scene.boss.texts())
                    .anyMatch(text -> text.contains("PARTIALLY_ROLLED_BACK")
                            && text.contains("back:web FAILED")
                            && text.contains("no machine is free"));
        }
    }

    @Test
    void scenario_50_what_is_at_its_target_already_is_not_written_to() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            scene.watching(both(
                    scene,
                    api,
                    scene.policy(RollbackPolicy.automatic(scene.web, api)).build()));
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            api.deployedBySomebody("7");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(scene.ended("back:api")).hasSize(1).first().asString().contains("ALREADY");
            assertThat(applied(scene, scene.at("Deciding")))
                    .extracting(Call::toString)
                    .containsExactly("web apply 40");
        }
    }

    @Test
    void scenario_51_in_progress_past_the_deadline_is_timed_out_and_then_found_done() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.web.rollsBackIn(Duration.ofMinutes(13));

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(scene.ended("back:web")).hasSize(2);
            assertThat(scene.ended("back:web").get(0)).contains("TIMED_OUT", "not within 10 min", "is in progress");
            assertThat(scene.ended("back:web").get(1)).contains("DONE", "late");
            assertThat(scene.web.applied()).hasSize(2);
            assertThat(scene.boss.texts()).anyMatch(text -> text.contains("back:web") && text.contains("not within"));
        }
    }

    @Test
    void what_stays_in_progress_for_good_is_not_called_rolled_back() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.web.fault(LaunchFault.neverEnds());

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);

            assertThat(scene.ended("back:web")).hasSize(1).first().asString().contains("TIMED_OUT");
            assertThat(scene.boss.texts()).anyMatch(text -> text.contains("ROLLBACK_FAILED"));
        }
    }

    @Test
    void scenario_52_a_rollback_that_somebody_else_began_is_joined() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.web.fault(LaunchFault.busy());

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(applied(scene, scene.at("Deciding")))
                    .extracting(Call::toString)
                    .containsExactly("web apply 40");
            assertThat(scene.web.changes()).hasSize(2);
            assertThat(scene.ended("back:web").get(0)).contains("DONE");
        }
    }

    @Test
    void scenario_54_a_budget_that_is_used_up_is_announced_and_the_rollback_goes_on() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic()
                            .budget(scene.web, Duration.ofMinutes(2))
                            .build())
                    .build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.web.rollsBackIn(Duration.ofSeconds(130));

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            Instant decided = scene.at("Deciding");
            assertThat(scene.at("BudgetExceeded")).isEqualTo(decided.plus(Duration.ofMinutes(2)));
            assertThat(scene.types("BudgetExceeded")).singleElement().asString().contains("back:web", "PT2M");
            assertThat(scene.boss.texts())
                    .filteredOn(text -> text.contains("over its budget of 2 min"))
                    .hasSize(1);
            assertThat(scene.web.changes().get(1).at()).isEqualTo(decided.plus(Duration.ofSeconds(130)));
        }
    }

    @Test
    void the_budget_of_the_whole_is_told_apart_from_that_of_a_component() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            api.rollsBackIn(Duration.ofMinutes(4));
            scene.web.rollsBackIn(Duration.ofMinutes(3));
            scene.watching(both(
                    scene,
                    api,
                    scene.policy(RollbackPolicy.automatic(scene.web, api))
                            .budget(Duration.ofMinutes(5))
                            .budget(scene.web, Duration.ofMinutes(2))
                            .budget(api, Duration.ofMinutes(8))
                            .build()));
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(scene.types("BudgetExceeded")).hasSize(2);
            assertThat(scene.types("BudgetExceeded").get(0)).contains("back:web", "PT2M");
            assertThat(scene.types("BudgetExceeded").get(1)).contains("the rollback", "PT5M");
        }
    }

    @Test
    void scenario_55_a_third_version_stops_the_rollback_for_a_person() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            scene.watching(both(
                    scene,
                    api,
                    scene.policy(RollbackPolicy.automatic(scene.web, api)).build()));
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.web.deployedBySomebody("42");

            scene.until(state -> state == LaunchState.ROLLING_BACK);
            Instant decided = scene.at("Deciding");
            scene.until(decided.plus(Duration.ofMinutes(5)));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLING_BACK);
            assertThat(scene.ended("back:web").get(0)).contains("NEEDS_HUMAN", "somebody else acted", "42");
            assertThat(applied(scene, decided)).isEmpty();
            assertThat(scene.boss.texts()).anyMatch(text -> text.contains("a person has to settle"));

            assertThat(scene.launch
                            .control()
                            .settle("back:web", LaunchControl.Settlement.DONE, Scene.COMMANDER, "42 is the fix")
                            .accepted())
                    .isTrue();
            scene.health = at -> Outcome.passed();
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(applied(scene, decided)).extracting(Call::toString).containsExactly("api apply 7");
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("42");
        }
    }

    @Test
    void a_third_version_that_nobody_settles_ends_the_rollback_without_touching_the_rest() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            scene.watching(both(
                    scene,
                    api,
                    scene.policy(RollbackPolicy.automatic(scene.web, api)).build()));
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.web.deployedBySomebody("42");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);

            assertThat(applied(scene, scene.at("Deciding"))).isEmpty();
            assertThat(scene.ended("back:api").get(0)).contains("SKIPPED", "NEEDS_HUMAN");
        }
    }

    @Test
    void scenario_56_a_red_verification_is_a_failed_rollback_and_nothing_goes_forward_again() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            Instant red = scene.time.now().plus(SOON);
            scene.health = at -> at.isBefore(red) ? Outcome.passed() : Outcome.failed("500");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);

            assertThat(scene.boss.texts())
                    .anyMatch(text -> text.contains("ROLLBACK_FAILED") && text.contains("the verification is red"));
            scene.until(scene.time.now().plus(Duration.ofHours(2)));
            assertThat(applied(scene, scene.at("Deciding")))
                    .extracting(Call::toString)
                    .containsExactly("web apply 40");
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    @Test
    void a_red_verification_after_a_way_back_that_failed_names_what_was_not_brought_back() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            scene.watching(both(
                    scene,
                    api,
                    scene.policy(RollbackPolicy.automatic(scene.web, api)).build()));
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.BREACHING);
            scene.web.fault(LaunchFault.fails("no machine is free"));

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);

            assertThat(scene.types("Ended").get(0))
                    .contains("not everything was rolled back: back:web FAILED")
                    .contains("; and the verification is red: ")
                    .doesNotContain("rolled back, but");
        }
    }

    @Test
    void scenario_57_a_verification_that_cannot_be_found_out_waits_and_then_times_out() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic()
                            .verifyTimeout(Duration.ofMinutes(7))
                            .build())
                    .build());
            Instant red = scene.time.now().plus(SOON);
            scene.health = at -> at.isBefore(red)
                    ? Outcome.passed()
                    : scene.web.liveNow().orElseThrow().id().equals("40")
                            ? Outcome.unknown("our own proxy does not answer")
                            : Outcome.failed("500");

            assertThat(scene.end()).isEqualTo(LaunchState.TIMED_OUT);

            assertThat(Duration.between(scene.at("Verifying"), scene.at("Ended")))
                    .isEqualTo(Duration.ofMinutes(7));
            assertThat(scene.types("Ended").get(0)).contains("our own proxy does not answer");
        }
    }

    @Test
    void scenario_92_a_deployment_in_progress_is_waited_for_and_the_budget_shows_it() throws Exception {
        try (Scene scene = new Scene()) {
            scene.web.deploysIn(Duration.ofMinutes(9));
            scene.arm(scene.plan(scene.automatic()
                            .budget(scene.web, Duration.ofMinutes(2))
                            .build())
                    .build());
            scene.until(Duration.ofSeconds(1));
            scene.decide();
            scene.until(Duration.ofMinutes(1));

            assertThat(scene.launch
                            .control()
                            .rollBackNow(Scene.COMMANDER, "customers see wrong prices")
                            .accepted())
                    .isTrue();
            Instant decided = scene.at("Deciding");
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            Call back = scene.web.applied().get(1);
            Instant deployed = scene.web.changes().get(0).at();
            assertThat(back.target()).isEqualTo("40");
            assertThat(back.at()).isAfterOrEqualTo(deployed);
            assertThat(scene.web.applied()).hasSize(2);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
            assertThat(scene.at("BudgetExceeded")).isEqualTo(decided.plus(Duration.ofMinutes(2)));
            assertThat(scene.types("ActionObserved"))
                    .anyMatch(data -> data.contains("back:web") && data.contains("UNDER_WAY"));
        }
    }

    @Test
    void what_waited_for_somebody_elses_deployment_past_its_deadline_is_done_once_that_has_ended() throws Exception {
        try (Scene scene = new Scene()) {
            scene.web.deploysIn(Duration.ofMinutes(15));
            scene.arm(scene.plan(scene.automatic().build()).build());
            scene.until(Duration.ofSeconds(1));
            scene.decide();
            scene.until(Duration.ofMinutes(1));
            scene.launch.control().rollBackNow(Scene.COMMANDER, "customers see wrong prices");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(scene.ended("back:web").get(0)).contains("TIMED_OUT", "deployment of 41 is in progress");
            assertThat(scene.ended("back:web").get(1)).contains("DONE");
            assertThat(scene.web.applied()).hasSize(2);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    @Test
    void scenario_79_our_own_deployment_of_eight_minutes_ago_is_not_somebody_else() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.until(scene.web.changes().get(0).at().plus(Duration.ofMinutes(8)));
            scene.launch.control().report("WRONG_BALANCE", Scene.COMMANDER, "accounts show 0");
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
        }
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.web.deployedBySomebody("42");
            scene.until(scene.time.now().plus(Duration.ofMinutes(8)));
            scene.launch.control().report("WRONG_BALANCE", Scene.COMMANDER, "accounts show 0");
            scene.until(scene.time.now().plus(Duration.ofMinutes(1)));
            assertThat(scene.ended("back:web").get(0)).contains("NEEDS_HUMAN", "somebody else acted");
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    @Test
    void a_failed_attempt_is_followed_by_another_one_as_often_as_allowed() throws Exception {
        try (Scene scene = new Scene()) {
            RollbackPolicy policy = scene.automatic()
                    .then(dev.golive.testkit.FakeAction.named("flush-the-cache", scene.time)
                            .logging(scene.log)
                            .faultNext(2, LaunchFault.refuses(Call.Kind.APPLY))
                            .attempts(3))
                    .build();
            scene.watching(scene.plan(policy).build());
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(scene.log.writes())
                    .filteredOn(call -> call.who().equals("flush-the-cache"))
                    .hasSize(3);
            assertThat(scene.types("ActionStarted"))
                    .filteredOn(data -> data.contains("then:flush-the-cache"))
                    .hasSize(3);
        }
        try (Scene scene = new Scene()) {
            RollbackPolicy policy = scene.automatic()
                    .then(dev.golive.testkit.FakeAction.named("flush-the-cache", scene.time)
                            .logging(scene.log)
                            .fault(LaunchFault.refuses(Call.Kind.APPLY))
                            .attempts(3)
                            .onFailure(Action.OnFailure.CONTINUE))
                    .build();
            scene.watching(scene.plan(policy).build());
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);

            assertThat(scene.log.writes())
                    .filteredOn(call -> call.who().equals("flush-the-cache"))
                    .hasSize(3);
            assertThat(scene.ended("then:flush-the-cache").get(0)).contains("FAILED", "503");
        }
    }
}
