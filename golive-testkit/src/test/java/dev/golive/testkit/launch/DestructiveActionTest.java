package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Person;
import dev.golive.launch.Compatibility;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Permit;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.LaunchFault;
import dev.golive.time.Offset;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What destroys something needs a permission of its own. */
class DestructiveActionTest {

    private static final Person DBA = Person.human("dora", "dba");
    private static final String RESTORE = "then:restore-backup-17";

    private static FakeAction action(Scene scene, String id) {
        return FakeAction.named(id, scene.time).logging(scene.log);
    }

    private static FakeAction restoring(Scene scene) throws Exception {
        FakeAction restore = action(scene, "restore-backup-17").destructive();
        RollbackPolicy policy = scene.automatic()
                .then(restore)
                .then(action(scene, "flush"))
                .destructiveApprovedBy("dba")
                .build();
        scene.watching(scene.plan(policy).role("dba", "keeps the data").build());
        scene.redIn(Duration.ofMinutes(12), scene.web, "40");
        scene.until(state -> state == LaunchState.ROLLING_BACK);
        scene.until(scene.at("Deciding").plus(Duration.ofMinutes(1)));
        return restore;
    }

    private static Reply permit(Scene scene, String launch, String action, String operator, Duration lasts, Person by) {
        return scene.launch
                .control()
                .permit(
                        new Permit(launch, action, operator, scene.time.now().plus(lasts)),
                        by,
                        "the books are worth less than the customers");
    }

    /** The id of the launch, as a refusal names it. */
    private static String launchId(Scene scene) {
        Reply refused = permit(scene, "another", RESTORE, "bob", Duration.ofMinutes(5), DBA);
        Matcher id = Pattern.compile("this one is ([0-9a-f]+)").matcher(refused.because());
        assertThat(id.find()).as(refused.because()).isTrue();
        return id.group(1);
    }

    @Test
    void scenario_53_without_a_permission_it_waits_for_a_person_and_the_others_are_done() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore = restoring(scene);

            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLING_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
            assertThat(scene.ended("then:flush").get(0)).contains("DONE");
            assertThat(restore.calls()).isEmpty();
            assertThat(scene.types("Needed"))
                    .anyMatch(data -> data.contains("permit:" + RESTORE) && data.contains("dba"));

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);
            assertThat(scene.ended(RESTORE).get(0)).contains("NEEDS_HUMAN", "nobody permitted it");
            assertThat(restore.applied()).isEmpty();
        }
    }

    @Test
    void scenario_53_the_approval_of_the_rollback_is_no_permission() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore = action(scene, "restore-backup-17").destructive();
            RollbackPolicy policy =
                    scene.policy().then(restore).destructiveApprovedBy("dba").build();
            scene.watching(scene.plan(policy).role("dba", "keeps the data").build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.until(state -> state == LaunchState.AWAITING_APPROVAL);
            Person both = Person.human("ada", "incident-commander", "dba");
            assertThat(scene.launch.control().approveRollback(both, "yes").accepted())
                    .isTrue();
            scene.until(scene.time.now().plus(Duration.ofMinutes(2)));

            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
            assertThat(restore.calls()).isEmpty();
        }
    }

    @Test
    void scenario_53_a_permission_that_was_given_for_something_else_is_refused() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore = restoring(scene);
            Duration hour = Duration.ofHours(1);
            String id = launchId(scene);

            assertThat(permit(scene, id, "then:restore-backup-16", "bob", hour, DBA)
                            .because())
                    .contains("no destructive action waits", "then:restore-backup-16");
            assertThat(permit(scene, id, RESTORE, "mallory", hour, DBA).because())
                    .contains("a permission for mallory", "bob operates");
            assertThat(permit(scene, id, RESTORE, "bob", Duration.ZERO, DBA).because())
                    .contains("it expired");
            assertThat(permit(scene, id, RESTORE, "bob", hour, Scene.COMMANDER).because())
                    .contains("does not act as dba");
            assertThat(permit(scene, id, RESTORE, "bob", hour, Person.automation("bot"))
                            .accepted())
                    .isFalse();
            scene.until(scene.time.now().plus(Duration.ofMinutes(2)));
            assertThat(restore.calls()).isEmpty();
            assertThat(scene.types("Commanded"))
                    .as("refusals are kept")
                    .filteredOn(data -> data.contains("\"accepted\":false"))
                    .hasSize(6);

            assertThat(permit(scene, id, RESTORE, "bob", hour, DBA).accepted()).isTrue();
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(restore.effects()).hasSize(1);
        }
    }

    @Test
    void it_is_permitted_under_the_key_that_people_are_shown_too_and_not_by_taking_note() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore = restoring(scene);
            String id = launchId(scene);
            String shown = "permit:" + RESTORE;
            assertThat(scene.waiting()).containsKey(shown);

            Reply noted = scene.launch.control().acknowledge(shown, DBA, "I have seen it");
            assertThat(noted.accepted()).isFalse();
            assertThat(noted.because()).contains("permit(..)");
            Reply permitted = permit(scene, id, shown, "bob", Duration.ofHours(1), DBA);

            assertThat(permitted.accepted()).as(permitted.because()).isTrue();
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(restore.effects()).hasSize(1);
        }
    }

    @Test
    void scenario_53_the_permission_of_another_launch_of_the_same_plan_is_refused() throws Exception {
        String other;
        try (Scene scene = new Scene()) {
            scene.time.sleepUntil(scene.time.now().plusSeconds(60));
            restoring(scene);
            other = launchId(scene);
        }
        try (Scene scene = new Scene()) {
            FakeAction restore = restoring(scene);
            assertThat(permit(scene, other, RESTORE, "bob", Duration.ofHours(1), DBA)
                            .because())
                    .contains("a permission for the launch " + other);
            assertThat(restore.calls()).isEmpty();
        }
    }

    @Test
    void a_permission_that_expires_before_it_is_used_is_worth_nothing() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore = action(scene, "restore-backup-17").destructive();
            RollbackPolicy policy =
                    scene.automatic().then(restore).destructiveApprovedBy("dba").build();
            scene.web.rollsBackIn(Duration.ofMinutes(4));
            scene.watching(scene.plan(policy).role("dba", "keeps the data").build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.until(state -> state == LaunchState.ROLLING_BACK);
            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(5)));
            String id = launchId(scene);
            restore.finding(dev.golive.Observation.underWay("another restore is in progress"));
            assertThat(permit(scene, id, RESTORE, "bob", Duration.ofSeconds(30), DBA)
                            .accepted())
                    .isTrue();
            scene.until(scene.time.now().plus(Duration.ofMinutes(2)));
            restore.mend();
            scene.until(scene.time.now().plus(Duration.ofMinutes(2)));

            assertThat(restore.applied()).isEmpty();
            assertThat(permit(scene, id, RESTORE, "bob", Duration.ofHours(1), DBA)
                            .accepted())
                    .isTrue();
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
        }
    }

    @Test
    void code_does_not_go_back_before_the_schema_that_it_cannot_run_on() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction migrate = action(scene, "migrate").migratingSchema();
            FakeAction down = action(scene, "migrate-down").destructive();
            RollbackPolicy policy = scene.policy().destructiveApprovedBy("dba").build();
            Moment launching = Moment.at(Offset.T)
                    .then(migrate)
                    .then(scene.deploy)
                    .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                    .gate(scene.smokeList)
                    .ownedBy("engineer");
            LaunchPlan plan = scene.plan(policy, launching)
                    .role("dba", "keeps the data")
                    .migration(migrate, Compatibility.downMigration(down))
                    .build();
            scene.watching(plan);
            scene.launch.control().rollBackNow(Scene.COMMANDER, "orders are lost");
            Instant told = scene.time.now();
            scene.until(told.plus(Duration.ofMinutes(5)));

            assertThat(scene.web.applied())
                    .as("the new code stays on the new schema")
                    .hasSize(1);
            String id = permitId(scene);
            assertThat(permit(scene, id, "down:migrate", "bob", Duration.ofHours(1), DBA)
                            .accepted())
                    .isTrue();
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.log.writes().stream()
                            .filter(call -> call.kind() == Call.Kind.APPLY)
                            .map(Call::who))
                    .containsExactly("migrate", "web", "migrate-down", "web");
        }
    }

    private static String permitId(Scene scene) {
        Reply refused = permit(scene, "another", "down:migrate", "bob", Duration.ofMinutes(5), DBA);
        Matcher id = Pattern.compile("this one is ([0-9a-f]+)").matcher(refused.because());
        assertThat(id.find()).as(refused.because()).isTrue();
        return id.group(1);
    }

    @Test
    void code_whose_schema_may_not_go_back_stays_where_it_is() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction migrate = action(scene, "migrate").migratingSchema();
            FakeAction down = action(scene, "migrate-down").destructive();
            Moment launching = Moment.at(Offset.T)
                    .then(migrate)
                    .then(scene.deploy)
                    .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                    .gate(scene.smokeList)
                    .ownedBy("engineer");
            scene.watching(
                    scene.plan(scene.policy().destructiveApprovedBy("dba").build(), launching)
                            .role("dba", "keeps the data")
                            .migration(migrate, Compatibility.downMigration(down))
                            .build());
            scene.launch.control().rollBackNow(Scene.COMMANDER, "orders are lost");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("41");
            assertThat(scene.ended("back:web").get(0)).contains("SKIPPED", "migrate-down");
            assertThat(down.applied()).isEmpty();
        }
    }

    // ---- nothing is destroyed after a way back that failed

    /** A rollback in which web does not come back, followed by saving the logs and by the restore. */
    private static FakeAction restoringAfter(Scene scene, LaunchFault.OfOperation fault, FakeAction logs)
            throws Exception {
        FakeAction restore = action(scene, "restore-backup-17").destructive();
        RollbackPolicy policy = scene.automatic()
                .then(logs)
                .then(restore)
                .destructiveApprovedBy("dba")
                .build();
        scene.watching(scene.plan(policy).role("dba", "keeps the data").build());
        scene.redIn(Duration.ofMinutes(12), scene.web, "40");
        scene.until(state -> state == LaunchState.BREACHING);
        scene.web.fault(fault);
        scene.until(state -> state == LaunchState.ROLLING_BACK);
        return restore;
    }

    private static Reply settle(Scene scene, LaunchControl.Settlement how) {
        return scene.launch.control().settle(RESTORE, how, Scene.COMMANDER, "the data must be of yesterday");
    }

    @Test
    void nothing_is_destroyed_after_a_way_back_that_failed_and_what_helps_the_people_is_done() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction logs = action(scene, "save-the-logs");
            FakeAction restore = restoringAfter(scene, LaunchFault.fails("no machine is free"), logs);
            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(3)));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLING_BACK);
            assertThat(logs.effects()).hasSize(1);
            assertThat(scene.waiting()).doesNotContainKey("permit:" + RESTORE);
            assertThat(scene.waiting().get("action:" + RESTORE))
                    .contains("back:web FAILED", "no machine is free", "AGAIN", "SKIP");
            assertThat(scene.boss.texts()).anyMatch(text -> text.contains("a person has to settle"));
            assertThat(restore.calls()).isEmpty();

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);
            assertThat(restore.calls()).isEmpty();
            assertThat(scene.types("Ended").get(0))
                    .contains("not everything was rolled back: back:web FAILED")
                    .contains("the verification is red")
                    .doesNotContain("rolled back, but");
        }
    }

    @Test
    void a_person_can_have_it_destroyed_all_the_same_with_a_permission_and_it_is_not_called_rolled_back()
            throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore =
                    restoringAfter(scene, LaunchFault.fails("no machine is free"), action(scene, "save-the-logs"));
            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(3)));

            assertThat(settle(scene, LaunchControl.Settlement.AGAIN).accepted()).isTrue();
            scene.until(scene.time.now().plus(Duration.ofMinutes(1)));
            assertThat(restore.calls())
                    .as("that it is to be done is no permission")
                    .isEmpty();
            assertThat(permit(scene, launchId(scene), RESTORE, "bob", Duration.ofHours(1), DBA)
                            .accepted())
                    .isTrue();
            scene.health = at -> dev.golive.Outcome.passed();

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);
            assertThat(restore.effects()).hasSize(1);
        }
    }

    @Test
    void a_person_can_leave_it_undone() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore =
                    restoringAfter(scene, LaunchFault.fails("no machine is free"), action(scene, "save-the-logs"));
            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(3)));
            scene.health = at -> dev.golive.Outcome.passed();
            assertThat(settle(scene, LaunchControl.Settlement.SKIP).accepted()).isTrue();

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);
            assertThat(restore.calls()).isEmpty();
            assertThat(scene.types("Ended").get(0)).contains("back:web FAILED", RESTORE + " SKIPPED");
        }
    }

    @Test
    void it_waits_for_a_way_back_that_comes_late_and_is_then_done_without_a_word() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction logs = action(scene, "save-the-logs");
            FakeAction restore = restoringAfter(scene, LaunchFault.slow(Duration.ofMinutes(13)), logs);
            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(11)));
            assertThat(scene.ended("back:web").get(0)).contains("TIMED_OUT");
            assertThat(logs.effects()).hasSize(1);
            assertThat(scene.waiting()).doesNotContainKeys("permit:" + RESTORE, "action:" + RESTORE);

            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(15)));
            assertThat(scene.waiting()).containsKey("permit:" + RESTORE);
            permit(scene, launchId(scene), RESTORE, "bob", Duration.ofHours(1), DBA);
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(restore.effects()).hasSize(1);
        }
    }

    @Test
    void a_way_back_that_never_comes_keeps_it_from_being_done() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore = restoringAfter(scene, LaunchFault.neverEnds(), action(scene, "save-the-logs"));
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLBACK_FAILED);
            assertThat(scene.ended(RESTORE).get(0)).contains("NEEDS_HUMAN", "back:web TIMED_OUT");
            assertThat(restore.calls()).isEmpty();
        }
    }

    @Test
    void nothing_is_destroyed_after_an_action_of_the_rollback_that_failed() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction logs = action(scene, "save-the-logs").fault(LaunchFault.fails("the disk is full"));
            FakeAction restore = action(scene, "restore-backup-17").destructive();
            RollbackPolicy policy = scene.automatic()
                    .then(logs.onFailure(Action.OnFailure.CONTINUE))
                    .then(restore)
                    .destructiveApprovedBy("dba")
                    .build();
            scene.watching(scene.plan(policy).role("dba", "keeps the data").build());
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);
            assertThat(scene.ended(RESTORE).get(0)).contains("NEEDS_HUMAN", "save-the-logs FAILED");
            assertThat(restore.calls()).isEmpty();
        }
    }

    @Test
    void a_permission_that_is_in_force_is_not_given_again_and_a_longer_one_extends_it() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore = restoring(scene);
            String id = launchId(scene);
            restore.finding(dev.golive.Observation.underWay("another restore is in progress"));
            Duration brief = Duration.ofMinutes(2);
            Instant until = scene.time.now().plus(brief);
            assertThat(permit(scene, id, RESTORE, "bob", brief, DBA).accepted()).isTrue();
            scene.until(scene.time.now().plus(Duration.ofSeconds(30)));

            assertThat(permit(scene, id, RESTORE, "bob", Duration.ofSeconds(90), DBA)
                            .because())
                    .isEqualTo("it is permitted already until " + until + " by dora");
            assertThat(permit(scene, id, RESTORE, "bob", Duration.ofHours(1), Scene.COMMANDER)
                            .because())
                    .contains("does not act as dba");
            assertThat(permit(scene, id, RESTORE, "bob", Duration.ofHours(1), DBA)
                            .accepted())
                    .isTrue();
            scene.until(until.plusSeconds(30));
            assertThat(scene.waiting()).doesNotContainKey("permit:" + RESTORE);
            restore.mend();
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(restore.effects()).hasSize(1);
            assertThat(scene.types("Permitted")).hasSize(2);
        }
    }

    @Test
    void what_is_done_needs_no_permission_any_more() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction restore = restoring(scene);
            String id = launchId(scene);
            permit(scene, id, RESTORE, "bob", Duration.ofHours(1), DBA);
            scene.until(scene.time.now().plus(Duration.ofMinutes(1)));
            assertThat(restore.effects()).hasSize(1);
            assertThat(scene.launch.state().isFinal()).isFalse();

            assertThat(permit(scene, id, RESTORE, "bob", Duration.ofHours(2), DBA)
                            .because())
                    .contains("no destructive action waits");
        }
    }
}
