package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Checklist;
import dev.golive.Item;
import dev.golive.Outcome;
import dev.golive.launch.Compatibility;
import dev.golive.launch.Emergency;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.PlanRefusedException;
import dev.golive.launch.Watch;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeChannel;
import dev.golive.time.Blackout;
import dev.golive.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a launch may happen, and the short way when waiting does more harm. */
@Timeout(60)
class WindowTest {

    private static final LocalDate DAY = Scene.PLANNED.toLocalDate();

    private final Scene scene = new Scene();

    private void minutes(int afterT) throws InterruptedException {
        scene.until(Duration.ofMinutes(afterT));
    }

    /** The shop, planned for 10:00. */
    private LaunchPlan plan(UnaryOperator<LaunchPlan.Builder> changes) {
        return changes.apply(scene.plan(scene.policy().build())).build();
    }

    private void armed(UnaryOperator<LaunchPlan.Builder> changes) {
        scene.arm(plan(changes));
    }

    private static Instant at(int hour, int minute) {
        return DAY.atTime(hour, minute).atZone(Scene.ZONE).toInstant();
    }

    private boolean deployed() {
        return !scene.web.applied().isEmpty();
    }

    @Test
    void nothing_is_done_before_the_window_opens() throws Exception {
        try (scene) {
            armed(plan -> plan.window(Window.everyDay(LocalTime.of(11, 0), LocalTime.of(15, 0)))
                    .decision(T.minusMinutes(10), "ceo"));
            minutes(-5);
            scene.decide();
            minutes(59);
            assertThat(deployed()).isFalse();
            assertThat(scene.waiting().get("window")).contains("not now").contains("11:00");
            minutes(61);
            assertThat(deployed()).isTrue();
            assertThat(scene.web.applied().get(0).at()).isEqualTo(at(11, 0));
            assertThat(scene.waiting()).doesNotContainKey("window");
        }
    }

    @Test
    void nothing_is_done_too_late_for_the_plan_and_its_way_back_to_end_within_the_window() throws Exception {
        try (scene) {
            // the deployment may take 15 min, and the way back 10 min
            armed(plan -> plan.window(Window.everyDay(LocalTime.of(9, 0), LocalTime.of(11, 0))));
            minutes(1);
            assertThat(scene.waiting()).containsKey("decision");
            minutes(59);
            scene.decide();
            minutes(59);
            assertThat(deployed()).isFalse();
            assertThat(scene.waiting().get("window")).contains("too late for this window");
            minutes(90);
            assertThat(scene.waiting().get("window")).contains("not now");
            assertThat(deployed()).isFalse();
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);
        }
    }

    // ---- what is in the way when T or the latest start passes

    /** Ten minutes before T comes a gate that fails; the latest start is 10:40. */
    private LaunchPlan gated(UnaryOperator<LaunchPlan.Builder> changes) {
        scene.smoke = at -> Outcome.failed("the basket is empty");
        return changes.apply(LaunchPlan.named("Shop 1.0", Scene.ZONE)
                        .role("ceo", "says GO")
                        .role("incident-commander", "decides on rollback")
                        .role("engineer", "operates")
                        .moment(Moment.at(T.minusMinutes(30))
                                .check(scene.beforeList)
                                .ownedBy("engineer"))
                        .moment(Moment.at(T.minusMinutes(10))
                                .gate(scene.smokeList)
                                .ownedBy("engineer"))
                        .moment(Moment.at(T)
                                .then(scene.deploy)
                                .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                                .ownedBy("engineer"))
                        .watch(Watch.probing(scene.probe).until(H.plusHours(2)))
                        .rollback(scene.policy().build())
                        .inform(scene.room)
                        .escalate(Duration.ofMinutes(30), scene.boss))
                .build();
    }

    private static LaunchPlan.Builder untilEleven(LaunchPlan.Builder plan) {
        return plan.window(Window.everyDay(LocalTime.of(9, 0), LocalTime.of(11, 0)));
    }

    private List<String> said(FakeChannel channel, String part) {
        return channel.texts().stream().filter(text -> text.contains(part)).toList();
    }

    @Test
    void a_failed_step_that_is_in_the_way_when_T_passes_says_so() throws Exception {
        try (scene) {
            scene.arm(gated(plan -> plan));
            minutes(-1);
            assertThat(scene.waiting().get("step:2.1"))
                    .contains("the basket is empty")
                    .doesNotContain("T has passed");
            assertThat(said(scene.room, "T has passed")).isEmpty();
            minutes(1);
            assertThat(scene.waiting().get("step:2.1")).contains("T has passed");
            minutes(200);
            assertThat(said(scene.room, "T has passed and this is in the way")).hasSize(1);
            assertThat(scene.waiting()).as("no window, no latest start").doesNotContainKey("window");
            assertThat(scene.launch.control().board()).anyMatch(line -> line.startsWith("Overdue"));

            assertThat(scene.launch
                            .control()
                            .reschedule(Scene.PLANNED.plusHours(5), Scene.ZONE, Scene.ENGINEER, "tomorrow")
                            .accepted())
                    .isTrue();
            scene.until(scene.time.now().plusSeconds(60));
            assertThat(scene.waiting().get("step:2.1")).doesNotContain("T has passed");
        }
    }

    @Test
    void a_failed_step_that_is_in_the_way_when_the_latest_start_passes_makes_it_too_late_as_planned() throws Exception {
        try (scene) {
            scene.arm(gated(WindowTest::untilEleven));
            minutes(39);
            assertThat(scene.waiting()).containsKey("step:2.1").doesNotContainKey("window");
            minutes(41);
            assertThat(scene.waiting().get("window"))
                    .contains("too late for this window; reschedule(..), override(..), abort(..) or wait for the next");
            assertThat(said(scene.room, "too late for this window")).hasSize(1);
            assertThat(scene.launch.control().board())
                    .anyMatch(line -> line.startsWith("Window: ") && line.contains("too late as planned"))
                    .anyMatch(line -> line.startsWith("Waits: window") && line.contains("abort(..)"));
            minutes(59);
            assertThat(said(scene.boss, "window of T is over")).isEmpty();
            minutes(71);
            assertThat(said(scene.boss, "the window of T is over; reschedule(..)"))
                    .hasSize(1);

            // what is put in order then does not begin too late all the same
            scene.smoke = at -> Outcome.passed();
            scene.launch.control().recheck(Scene.ENGINEER, "mended");
            minutes(120);
            assertThat(deployed()).isFalse();
            assertThat(scene.waiting().get("window")).contains("not now");
        }
    }

    @Test
    void a_hold_in_which_the_latest_start_passes_says_so_too() throws Exception {
        try (scene) {
            armed(WindowTest::untilEleven);
            minutes(-5);
            scene.launch.control().hold(Scene.ENGINEER, "wait");
            minutes(39);
            assertThat(scene.waiting()).containsOnlyKeys("held");
            minutes(41);
            assertThat(scene.waiting().get("window")).contains("too late for this window");
            assertThat(scene.launch
                            .control()
                            .override(Scene.COMMANDER, "the tax law changes at noon")
                            .accepted())
                    .isTrue();
            assertThat(scene.waiting()).containsOnlyKeys("held");
        }
    }

    @Test
    void what_has_begun_is_not_rescheduled_and_people_are_not_told_to() throws Exception {
        try (scene) {
            Action backup = FakeAction.named("back-up", scene.time);
            LaunchPlan plan = untilEleven(LaunchPlan.named("Shop 1.0", Scene.ZONE)
                            .role("incident-commander", "decides on rollback")
                            .role("engineer", "operates")
                            .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList))
                            .moment(Moment.at(T.minusMinutes(20)).then(backup).gate(scene.smokeList))
                            .moment(scene.launching())
                            .watch(Watch.probing(scene.probe).until(H.plusHours(2)))
                            .rollback(scene.policy()
                                    .leaves(backup, "it harms nobody")
                                    .build())
                            .inform(scene.room))
                    .build();
            scene.smoke = at -> Outcome.failed("the basket is empty");
            scene.arm(plan);
            minutes(-15);
            scene.decide();
            minutes(45);
            assertThat(scene.waiting().get("window"))
                    .contains("too late for this window; override(..), abort(..)")
                    .doesNotContain("reschedule");
        }
    }

    @Test
    void a_blackout_of_which_nobody_knows_is_asked_for_and_the_answer_lets_the_launch_go_on() throws Exception {
        try (scene) {
            armed(plan -> plan.blackout(Blackout.openEnded("month end")).decision(T.minusMinutes(10), "ceo"));
            minutes(-5);
            scene.decide();
            minutes(20);
            assertThat(deployed()).isFalse();
            assertThat(scene.waiting().get("window"))
                    .contains("nobody has said whether")
                    .contains("month end");
            assertThat(scene.launch
                            .control()
                            .blackout("year end", DAY, false, Scene.ENGINEER)
                            .because())
                    .contains("no open-ended blackout called year end");
            assertThat(scene.launch
                            .control()
                            .blackout("month end", DAY, false, Scene.ENGINEER)
                            .accepted())
                    .isTrue();
            minutes(21);
            assertThat(deployed()).isTrue();
            assertThat(scene.types("BlackoutAnswered")).hasSize(1);
        }
    }

    @Test
    void a_blackout_that_is_in_force_keeps_the_launch_waiting_for_the_next_day() throws Exception {
        try (scene) {
            armed(plan -> plan.blackout(Blackout.openEnded("month end")).decision(T.minusMinutes(10), "ceo"));
            minutes(-5);
            scene.decide();
            scene.launch.control().blackout("month end", DAY, true, Scene.ENGINEER);
            minutes(60);
            assertThat(deployed()).isFalse();
            assertThat(scene.waiting().get("window")).contains("month end").contains("in force");
            scene.until(at(23, 59).plusSeconds(120));
            assertThat(deployed()).isFalse();
            assertThat(scene.waiting().get("window")).contains("nobody has said");
            scene.launch.control().blackout("month end", DAY.plusDays(1), false, Scene.ENGINEER);
            scene.until(scene.time.now().plusSeconds(60));
            assertThat(deployed()).isTrue();
        }
    }

    @Test
    void a_person_can_override_the_window_with_a_reason_that_is_kept() throws Exception {
        try (scene) {
            armed(plan -> plan.window(Window.everyDay(LocalTime.of(11, 0), LocalTime.of(15, 0)))
                    .decision(T.minusMinutes(10), "ceo"));
            minutes(-5);
            assertThat(scene.launch.control().override(Scene.COMMANDER, "early").because())
                    .isEqualTo("no window is in the way");
            scene.decide();
            minutes(5);
            assertThat(scene.launch.control().override(Scene.COMMANDER, " ").because())
                    .isEqualTo("a reason is needed");
            assertThat(scene.launch
                            .control()
                            .override(Scene.COMMANDER, "the tax law changes at noon")
                            .accepted())
                    .isTrue();
            minutes(6);
            assertThat(deployed()).isTrue();
            assertThat(scene.types("Overridden"))
                    .singleElement()
                    .asString()
                    .contains("ada")
                    .contains("the tax law");
            assertThat(scene.room.texts()).anyMatch(text -> text.contains("overridden by ada: the tax law"));
        }
    }

    @Test
    void an_override_is_for_the_T_for_which_it_was_said() throws Exception {
        try (scene) {
            armed(plan -> plan.window(Window.everyDay(LocalTime.of(11, 0), LocalTime.of(15, 0))));
            minutes(5);
            scene.launch.control().override(Scene.COMMANDER, "the tax law changes at noon");
            scene.launch
                    .control()
                    .reschedule(Scene.PLANNED.plusMinutes(20), Scene.ZONE, Scene.ENGINEER, "coffee first");
            minutes(30);
            assertThat(scene.waiting()).containsKey("window").doesNotContainKey("decision");
        }
    }

    // ---- the emergency

    private final Item backup = new Scene.Asked("the backup is fresh", at -> scene.before.apply(at)).as("B1");
    private volatile Outcome copy = Outcome.failed("the texts are not proofread");

    private final Checklist list = Checklist.named("before all")
            .require(backup)
            .require(new Scene.Asked("the texts are proofread", at -> copy).as("B2"))
            .build();

    private LaunchPlan emergencyPlan() {
        return LaunchPlan.named("Shop 1.0", Scene.ZONE)
                .role("ceo", "says GO")
                .role("cto", "opens the emergency path")
                .role("incident-commander", "decides on rollback")
                .role("engineer", "operates")
                .window(Window.everyDay(LocalTime.of(11, 0), LocalTime.of(15, 0)))
                .moment(Moment.at(T.minusMinutes(30)).check(list).ownedBy("engineer"))
                .moment(scene.launching())
                .watch(Watch.probing(scene.probe).until(H.plusHours(48)))
                .rollback(scene.policy().build())
                .emergency(
                        Emergency.signedBy("cto").neverSkip(backup).afterwards("write down why", Duration.ofHours(24)))
                .inform(scene.room)
                .escalate(Duration.ofMinutes(30), scene.boss)
                .build();
    }

    private Reply emergency() {
        return scene.launch.control().declareEmergency(dev.golive.Person.human("cy", "cto"), "orders are being lost");
    }

    @Test
    void an_emergency_opens_the_window_and_skips_what_may_be_skipped_and_is_decided_knowing_that() throws Exception {
        try (scene) {
            scene.arm(emergencyPlan());
            minutes(1);
            assertThat(scene.launch
                            .control()
                            .declareEmergency(Scene.COMMANDER, "orders are being lost")
                            .because())
                    .isEqualTo("ada does not act as cto");
            assertThat(scene.waiting()).containsKey("window");
            assertThat(emergency().accepted()).isTrue();
            minutes(2);
            assertThat(deployed()).as("not without a person who says GO").isFalse();
            assertThat(scene.waiting()).doesNotContainKey("window");
            assertThat(scene.waiting().get("decision"))
                    .contains("the verdict is NO_GO")
                    .contains("B2 FAILED");
            assertThat(scene.boss.texts()).anyMatch(text -> text.contains("emergency declared by cy"));
            scene.decide();
            minutes(3);
            assertThat(deployed()).isTrue();
        }
    }

    @Test
    void an_emergency_never_skips_what_is_never_skipped() throws Exception {
        try (scene) {
            for (Outcome outcome : List.of(Outcome.failed("two days old"), Outcome.unknown("no answer"))) {
                scene.before = at -> outcome;
                if (scene.launch == null) {
                    scene.arm(emergencyPlan());
                    minutes(1);
                    emergency();
                }
                scene.until(scene.time.now().plus(Duration.ofMinutes(10)));
                assertThat(scene.waiting()).doesNotContainKey("decision");
                assertThat(scene.waiting().get("verdict")).contains("B1");
                assertThat(deployed()).isFalse();
            }
            scene.before = at -> Outcome.passed();
            scene.until(scene.time.now().plus(Duration.ofMinutes(6)));
            assertThat(scene.waiting()).containsKey("decision");
        }
    }

    @Test
    void a_list_that_could_not_even_be_run_proves_nothing_in_an_emergency() throws Exception {
        try (scene) {
            // a list with a trial is not run where trials are not allowed: here it is the host that is not listed
            Checklist unlisted = Checklist.named("before all")
                    .require(new Unlisted().as("B1"))
                    .build();
            LaunchPlan plan = LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("cto", "opens the emergency path")
                    .role("incident-commander", "decides on rollback")
                    .role("engineer", "operates")
                    .moment(Moment.at(T.minusMinutes(30)).check(unlisted))
                    .moment(scene.launching())
                    .rollback(scene.policy().build())
                    .emergency(Emergency.signedBy("cto").neverSkip(new Unlisted().as("B1")))
                    .inform(scene.room)
                    .build();
            scene.arm(plan);
            minutes(1);
            Unlisted.touched = true;
            emergency();
            scene.launch.control().recheck(Scene.ENGINEER, "");
            minutes(20);
            assertThat(scene.types("Cleared")).last().asString().contains("NOT_RUN");
            assertThat(scene.waiting()).doesNotContainKey("decision");
            assertThat(deployed()).isFalse();
        } finally {
            Unlisted.touched = false;
        }
    }

    /** A check that begins to need a host which its environment does not list. */
    private record Unlisted() implements dev.golive.Check {
        private static volatile boolean touched;

        @Override
        public String sentence() {
            return "the backup is fresh";
        }

        @Override
        public java.util.Set<dev.golive.Subject> touches() {
            return touched ? java.util.Set.of(dev.golive.Subject.host("backup.example")) : java.util.Set.of();
        }

        @Override
        public Outcome examine(dev.golive.CheckContext context) {
            return Outcome.failed("not yet");
        }
    }

    @Test
    void what_must_follow_an_emergency_is_overdue_after_a_day_unless_it_is_done() throws Exception {
        try (scene) {
            scene.arm(emergencyPlan());
            minutes(1);
            emergency();
            minutes(2);
            scene.decide();
            copy = Outcome.passed();
            scene.until(Duration.ofHours(24));
            assertThat(scene.waiting()).doesNotContainKey("follow-up:write down why");
            scene.until(Duration.ofHours(24).plusMinutes(2));
            assertThat(scene.waiting().get("follow-up:write down why")).contains("overdue after the emergency");
            scene.until(Duration.ofHours(25));
            assertThat(scene.boss.texts())
                    .filteredOn(text -> text.contains("write down why"))
                    .hasSize(1);
            assertThat(scene.launch
                            .control()
                            .followedUp("write it up", Scene.ENGINEER, "")
                            .because())
                    .contains("nothing to follow up called write it up");
            assertThat(scene.launch
                            .control()
                            .followedUp("write down why", Scene.ENGINEER, "in the wiki")
                            .accepted())
                    .isTrue();
            scene.until(Duration.ofHours(26));
            assertThat(scene.waiting()).isEmpty();
        }
    }

    // ---- what becomes of the schema

    private LaunchPlan migrating(RollbackPolicy.Builder policy, UnaryOperator<LaunchPlan.Builder> changes) {
        return changes.apply(LaunchPlan.named("Shop 1.0", Scene.ZONE)
                        .role("incident-commander", "decides on rollback")
                        .role("engineer", "operates")
                        .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList))
                        .moment(Moment.at(T.minusMinutes(5)).then(migration))
                        .moment(scene.launching())
                        .rollback(policy.build())
                        .inform(scene.room))
                .build();
    }

    private final Action migration = FakeAction.named("migrate", scene.time).migratingSchema();

    @Test
    void scenario_89_a_migration_needs_a_word_on_what_it_means_for_going_back() {
        try (scene) {
            LaunchPlan silent = migrating(scene.policy(), plan -> plan);
            assertThat(silent.validate())
                    .filteredOn(line -> !line.startsWith("warning: "))
                    .anyMatch(line -> line.contains("the action migrate migrates a schema"));
            refused(silent, "migrates a schema");

            LaunchPlan compatible = migrating(
                    scene.automatic(),
                    plan -> plan.migration(migration, Compatibility.oldCodeRuns("release 40 passed on schema 12")));
            assertThat(compatible.validate()).allMatch(line -> line.startsWith("warning: "));
        }
    }

    @Test
    void scenario_89_what_can_only_be_fixed_forward_is_not_rolled_back_by_itself() {
        try (scene) {
            Compatibility forward = Compatibility.fixForwardOnly("the column is gone");
            LaunchPlan automatic = migrating(scene.automatic(), plan -> plan.migration(migration, forward));
            assertThat(automatic.validate())
                    .filteredOn(line -> !line.startsWith("warning: "))
                    .singleElement()
                    .asString()
                    .contains("fixed forward");
            refused(automatic, "RollbackPolicy.of(..)");

            LaunchPlan asking = migrating(scene.policy(), plan -> plan.migration(migration, forward));
            assertThat(asking.validate()).allMatch(line -> line.startsWith("warning: "));
        }
    }

    private void refused(LaunchPlan plan, String part) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> scene.arm(plan))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining(part);
        assertThat(scene.journal.size()).isZero();
    }
}
