package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Deploy;
import dev.golive.Outcome;
import dev.golive.launch.Ending;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.LaunchFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a launch whose gate, proof or deployment fails, or cannot be found out about. */
@Timeout(60)
class GateTest {

    private static final Outcome NO = Outcome.failed("the basket is empty");
    private static final Outcome PERHAPS = Outcome.unknown("the runner crashed");

    private final Scene scene = new Scene();
    private final AtomicInteger runs = new AtomicInteger();

    private LaunchPlan.Builder plan(RollbackPolicy policy, Moment launching) {
        return LaunchPlan.named("Shop 1.0", Scene.ZONE)
                .role("ceo", "says GO")
                .role("incident-commander", "decides on rollback")
                .role("engineer", "operates")
                .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList).ownedBy("engineer"))
                .moment(launching)
                .watch(Watch.probing(scene.probe).until(H.plusHours(3)))
                .rollback(policy)
                .inform(scene.room)
                .escalate(Duration.ofMinutes(30), scene.boss);
    }

    private LaunchPlan plan(RollbackPolicy.Builder policy) {
        return plan(policy.build(), scene.launching()).build();
    }

    private LaunchPlan plan(Ending ending) {
        return plan(scene.policy().build(), scene.launching().otherwise(ending)).build();
    }

    /** Armed, decided, and carried on until some time after T. */
    private void launched(LaunchPlan plan, Duration afterT) throws InterruptedException {
        scene.arm(plan);
        scene.until(Duration.ofSeconds(1));
        scene.decide();
        scene.until(afterT);
    }

    /** The gate says these, one run after the other, and the last one from then on. */
    private void gateSays(Outcome... outcomes) {
        scene.smoke = at -> outcomes[Math.min(runs.getAndIncrement(), outcomes.length - 1)];
    }

    private long backs() {
        return scene.web.applied().stream()
                .filter(call -> call.target().equals("40"))
                .count();
    }

    @Test
    void scenario_19_a_gate_that_fails_decides_once_however_often_its_result_is_heard() throws Exception {
        try (scene) {
            gateSays(NO);
            LaunchPlan plan = plan(scene.policy().whenGateFails("smoke"));
            launched(plan, Duration.ofMinutes(2));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            assertThat(scene.types("Deciding"))
                    .singleElement()
                    .asString()
                    .contains("gate smoke")
                    .contains("the basket is empty");

            scene.takeUp(plan);
            scene.until(Duration.ofMinutes(10));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            assertThat(scene.types("Deciding")).hasSize(1);
            assertThat(runs).hasValue(1);
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("roll back?"))
                    .hasSize(1);
        }
    }

    @Test
    void scenario_20_a_gate_that_could_not_be_examined_rolls_nothing_back_and_asks_a_person() throws Exception {
        try (scene) {
            scene.smoke = at -> {
                throw new IllegalStateException("the runner crashed");
            };
            launched(plan(scene.automatic().whenGateFails("smoke")), Duration.ofMinutes(20));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(backs()).isZero();
            assertThat(scene.waiting().get("step:2.3"))
                    .contains("smoke is UNDECIDED")
                    .contains("the runner crashed");
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("the gate smoke is UNDECIDED"))
                    .hasSize(1);
        }
    }

    @Test
    void a_gate_that_is_undecided_is_looked_at_again_until_it_is_decided() throws Exception {
        try (scene) {
            Instant known = Scene.PLANNED_AT.plus(Duration.ofMinutes(8));
            scene.smoke = at -> {
                runs.incrementAndGet();
                return at.isBefore(known) ? PERHAPS : Outcome.passed();
            };
            launched(plan(scene.policy()), Duration.ofMinutes(6));
            assertThat(runs)
                    .as("every 10 s for a minute, and then once in 5 min")
                    .hasValue(7);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            scene.until(Duration.ofMinutes(12));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.waiting()).isEmpty();
        }
    }

    @Test
    void what_is_on_its_way_has_a_minute_before_anybody_is_asked() throws Exception {
        try (scene) {
            gateSays(PERHAPS, PERHAPS, PERHAPS, Outcome.passed());
            launched(plan(scene.policy()), Duration.ofSeconds(65));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            assertThat(scene.waiting()).isEmpty();
            scene.until(Duration.ofSeconds(75));
            assertThat(runs).hasValue(4);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("Needed")).noneMatch(data -> data.contains("step:2.3"));
            assertThat(scene.room.texts()).noneMatch(text -> text.contains("UNDECIDED"));
        }
    }

    @Test
    void a_minute_after_it_could_not_tell_a_gate_asks_people() throws Exception {
        try (scene) {
            gateSays(PERHAPS);
            // deployed and proven after 40 s
            launched(plan(scene.policy()), Duration.ofSeconds(99));
            assertThat(scene.waiting()).isEmpty();
            scene.until(Duration.ofSeconds(101));
            assertThat(scene.waiting().get("step:2.3")).contains("smoke is UNDECIDED");
            assertThat(runs).hasValue(7);
        }
    }

    @Test
    void what_comes_red_in_that_minute_counts_at_once() throws Exception {
        try (scene) {
            gateSays(PERHAPS, NO);
            launched(plan(scene.automatic().whenGateFails("smoke")), Duration.ofSeconds(52));
            assertThat(runs).hasValue(2);
            assertThat(scene.types("Deciding")).hasSize(1);
        }
    }

    @Test
    void what_only_people_can_tell_is_asked_at_once() throws Exception {
        try (scene) {
            Checklist told = Checklist.named("smoke")
                    .require(Confirmation.of("S1", "a customer can buy").freshFor(Duration.ofHours(1)))
                    .build();
            launched(
                    plan(
                                    scene.policy().build(),
                                    Moment.at(T)
                                            .then(scene.deploy)
                                            .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                                            .gate(told)
                                            .ownedBy("engineer"))
                            .build(),
                    Duration.ofSeconds(45));
            assertThat(scene.waiting().get("step:2.3")).contains("smoke is UNDECIDED");
        }
    }

    @Test
    void the_minute_begins_anew_for_a_process_that_takes_the_launch_up() throws Exception {
        try (scene) {
            gateSays(PERHAPS);
            LaunchPlan plan = plan(scene.policy());
            launched(plan, Duration.ofSeconds(75));
            scene.takeUp(plan);
            scene.until(Duration.ofSeconds(130));
            assertThat(scene.waiting()).isEmpty();
            scene.until(Duration.ofSeconds(140));
            assertThat(scene.waiting()).containsKey("step:2.3");
        }
    }

    @Test
    void a_gate_that_is_undecided_is_looked_at_again_as_soon_as_a_person_wants() throws Exception {
        try (scene) {
            AtomicInteger mended = new AtomicInteger();
            scene.smoke = at -> mended.get() == 0 ? PERHAPS : Outcome.passed();
            launched(plan(scene.policy()), Duration.ofMinutes(2));
            mended.incrementAndGet();
            scene.until(Duration.ofSeconds(130));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            scene.launch.control().recheck(Scene.ENGINEER, "the runner is back");
            scene.until(Duration.ofSeconds(131));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
        }
    }

    @Test
    void a_gate_that_fails_asks_people_and_is_carried_out_again_when_they_say_so() throws Exception {
        try (scene) {
            gateSays(NO, NO, Outcome.passed());
            launched(plan(Ending.ASK), Duration.ofMinutes(30));
            assertThat(runs).hasValue(1);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            assertThat(scene.waiting().get("step:2.3")).contains("the gate smoke failed: S1 FAILED");
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("smoke failed"))
                    .hasSize(1);
            scene.launch.control().recheck(Scene.ENGINEER, "");
            scene.until(Duration.ofMinutes(31));
            assertThat(runs).hasValue(2);
            assertThat(scene.waiting()).containsKey("step:2.3");
            scene.launch.control().recheck(Scene.ENGINEER, "");
            scene.until(Duration.ofMinutes(32));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.waiting()).isEmpty();
            assertThat(scene.types("Deciding")).isEmpty();
        }
    }

    @Test
    void a_gate_that_fails_holds_the_launch_and_resuming_carries_it_out_again() throws Exception {
        try (scene) {
            gateSays(NO, Outcome.passed());
            launched(plan(Ending.HOLD), Duration.ofMinutes(2));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
            assertThat(scene.waiting().get("held"))
                    .contains("the gate smoke failed")
                    .contains("resume to try it again");
            scene.launch.control().resume(Scene.ENGINEER, "");
            scene.until(Duration.ofMinutes(3));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(runs).hasValueGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void a_gate_that_fails_rolls_back_what_was_applied_if_its_moment_says_so() throws Exception {
        try (scene) {
            gateSays(NO);
            launched(
                    plan(scene.automatic().build(), scene.launching().otherwise(Ending.ROLL_BACK))
                            .build(),
                    Duration.ofMinutes(10));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    @Test
    void a_gate_that_fails_before_anything_was_applied_has_nothing_to_roll_back() throws Exception {
        try (scene) {
            gateSays(NO);
            Moment early = Moment.at(T.minusMinutes(10)).gate(scene.smokeList).otherwise(Ending.ROLL_BACK);
            scene.arm(LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("incident-commander", "decides on rollback")
                    .role("engineer", "operates")
                    .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList))
                    .moment(early)
                    .moment(scene.launching())
                    .rollback(scene.automatic().whenGateFails("smoke").build())
                    .inform(scene.room)
                    .build());
            scene.until(Duration.ofMinutes(10));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.waiting().get("step:2.1")).contains("the gate smoke failed");
            assertThat(scene.web.applied()).isEmpty();
        }
    }

    @Test
    void a_gate_that_must_fail_twice_is_run_once_more_and_decides_if_it_fails_again() throws Exception {
        try (scene) {
            gateSays(NO);
            launched(plan(scene.automatic().whenGateFailsTwice("smoke")), Duration.ofSeconds(45));
            assertThat(runs).hasValue(2);
            assertThat(scene.types("Deciding")).hasSize(1);
            scene.until(Duration.ofMinutes(10));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(backs()).isEqualTo(1);
        }
    }

    @Test
    void a_gate_that_must_fail_twice_and_fails_once_is_passed() throws Exception {
        try (scene) {
            gateSays(NO, Outcome.passed());
            launched(plan(scene.automatic().whenGateFailsTwice("smoke")), Duration.ofSeconds(45));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.types("Examined"))
                    .filteredOn(data -> data.contains("\"step\":\"2.3\""))
                    .as("that it had failed once can be seen")
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("NO_GO");
        }
    }

    @Test
    void a_rerun_that_could_not_be_examined_is_no_second_failure() throws Exception {
        try (scene) {
            gateSays(NO, PERHAPS, NO, Outcome.passed());
            launched(plan(scene.automatic().whenGateFailsTwice("smoke")), Duration.ofSeconds(45));
            assertThat(runs).hasValue(2);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            scene.until(Duration.ofSeconds(52));
            assertThat(runs).hasValueGreaterThanOrEqualTo(4);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("Deciding")).isEmpty();
        }
    }

    @Test
    void a_first_failure_is_remembered_over_a_restart_and_counts_once() throws Exception {
        try (scene) {
            AtomicInteger asked = new AtomicInteger();
            scene.smoke = at -> {
                if (asked.incrementAndGet() == 2) {
                    // the process ends while the second run is under way
                    try {
                        scene.time.sleepUntil(at.plusSeconds(5));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return NO;
            };
            LaunchPlan plan = plan(scene.policy().whenGateFailsTwice("smoke"));
            scene.arm(plan);
            scene.until(Duration.ofSeconds(1));
            scene.decide();
            scene.time.start(work -> new Thread(work).start(), "the process", () -> {
                try {
                    scene.until(Duration.ofMinutes(2));
                } catch (InterruptedException | IllegalStateException e) {
                    // it has ended
                    Thread.currentThread().interrupt();
                }
            });
            scene.time.sleepUntil(Scene.PLANNED_AT.plusSeconds(43));
            assertThat(asked).hasValue(2);
            assertThat(scene.types("Deciding")).isEmpty();
            scene.takeUp(plan);
            scene.until(Duration.ofMinutes(2));
            assertThat(asked).hasValue(3);
            assertThat(scene.types("Deciding")).hasSize(1);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
        }
    }

    @Test
    void what_failed_stays_with_people_when_the_rollback_is_denied() throws Exception {
        try (scene) {
            gateSays(NO, Outcome.passed());
            launched(plan(scene.policy().whenGateFails("smoke")), Duration.ofMinutes(1));
            scene.launch.control().denyRollback(Scene.COMMANDER, "the test is wrong");
            scene.until(Duration.ofMinutes(40));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            assertThat(scene.waiting().get("step:2.3")).contains("the basket is empty");
            assertThat(scene.boss.texts()).anyMatch(text -> text.contains("step 2.3 failed"));
            scene.launch.control().recheck(Scene.ENGINEER, "the test is mended");
            scene.until(Duration.ofMinutes(41));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
        }
    }

    // ---- what is served

    @Test
    void scenario_83_as_long_as_the_old_version_answers_nothing_after_it_counts_and_no_gate_is_passed()
            throws Exception {
        try (scene) {
            AtomicInteger smokes = new AtomicInteger();
            scene.smoke = at -> {
                smokes.incrementAndGet();
                return Outcome.passed();
            };
            Check cached = new Check() {
                @Override
                public String sentence() {
                    return "the shop serves what was deployed";
                }

                @Override
                public Set<Capture<?>> reads() {
                    return Set.of(scene.deploy.release());
                }

                @Override
                public Outcome examine(CheckContext context) {
                    return Outcome.failed("200, version 40, and "
                            + context.read(scene.deploy.release()).id() + " was deployed");
                }
            };
            Moment launching = Moment.at(T)
                    .then(scene.deploy)
                    .identity(scene.deploy, cached)
                    .gate(scene.smokeList)
                    .ownedBy("engineer");
            launched(plan(scene.automatic().build(), launching).build(), Duration.ofMinutes(9));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            scene.until(Duration.ofMinutes(12));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            assertThat(smokes).as("what comes after it was not even examined").hasValue(0);
            assertThat(scene.waiting().get("step:2.2"))
                    .contains("the release of web is not what is served")
                    .contains("200, version 40, and 41 was deployed");
            assertThat(scene.types("IdentitySeen")).isEmpty();
            assertThat(scene.types("TriggersArmed")).isEmpty();
        }
    }

    @Test
    void what_reads_the_release_is_unknown_before_it_is_proven() throws Exception {
        try (scene) {
            Checklist reading = Checklist.named("reading")
                    .require(new Scene.Asked("something is there", at -> Outcome.passed()).as("R0"))
                    .require(new Scene.Served(scene.web, scene.deploy.release()).as("R1"))
                    .build();
            scene.arm(LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("incident-commander", "decides on rollback")
                    .role("engineer", "operates")
                    .moment(Moment.at(T.minusMinutes(30)).check(reading))
                    .moment(scene.launching())
                    .rollback(scene.policy().build())
                    .inform(scene.room)
                    .build());
            scene.until(Duration.ofMinutes(1));
            assertThat(scene.waiting().get("verdict")).contains("UNDECIDED").contains("R1 UNKNOWN");
            assertThat(scene.web.applied()).isEmpty();
        }
    }

    // ---- one of two

    private final FakeComponent api = FakeComponent.named("api", scene.time)
            .live("7")
            .deploysIn(Duration.ofSeconds(60))
            .rollsBackIn(Duration.ofSeconds(20))
            .logging(scene.log);

    private LaunchPlan.Builder two(RollbackPolicy.Builder policy) {
        Deploy back = api.deploy("8");
        Moment launching = Moment.at(T)
                .then(scene.deploy, back)
                .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                .identity(back, new Scene.Served(api, back.release()))
                .gate(scene.smokeList)
                .ownedBy("engineer");
        return plan(policy.build(), launching);
    }

    private RollbackPolicy.Builder both() {
        return RollbackPolicy.automatic(scene.web, api)
                .announce(scene.room)
                .when(scene.probe.failingLongerThan(Duration.ofMinutes(3)))
                .budget(Duration.ofMinutes(10))
                .approvedBy("incident-commander")
                .aftercare(Duration.ofMinutes(1))
                .verify(scene.healthy);
    }

    @Test
    void scenario_85_the_frontend_goes_back_when_the_deployment_of_the_backend_failed() throws Exception {
        try (scene) {
            api.fault(new LaunchFault.Gone("8", Instant.MIN));
            launched(two(both()).build(), Duration.ofMinutes(10));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
            assertThat(api.liveNow().orElseThrow().id()).isEqualTo("7");
            assertThat(scene.web.applied().stream().map(Call::target)).isEqualTo(List.of("41", "40"));
        }
    }

    @Test
    void scenario_85_it_stays_if_the_two_are_declared_to_go_together() throws Exception {
        try (scene) {
            api.fault(new LaunchFault.Gone("8", Instant.MIN));
            launched(two(both()).compatible(scene.web, api).build(), Duration.ofMinutes(10));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("41");
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.waiting().get("step:2.1")).contains("deploy-api-8");
        }
    }
}
