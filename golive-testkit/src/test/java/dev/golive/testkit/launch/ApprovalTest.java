package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One rollback, which people approve or deny, and what they report. */
@Timeout(60)
class ApprovalTest {

    private static final Person SUPPORT = Person.human("kim", "support");
    private static final Outcome RED = Outcome.failed("500");

    private final Scene scene = new Scene();

    private LaunchPlan plan(RollbackPolicy.Builder policy) {
        return scene.plan(policy.build()).role("support", "hears the customers").build();
    }

    private LaunchPlan plan(UnaryOperator<RollbackPolicy.Builder> changes) {
        return plan(changes.apply(scene.policy()));
    }

    private LaunchPlan reportedBySupport() {
        return plan(policy -> policy.whenReported("LOST_ORDERS").by("support"));
    }

    private void pass(Duration span) throws InterruptedException {
        scene.until(scene.time.now().plus(span));
    }

    private void minutes(int some) throws InterruptedException {
        pass(Duration.ofMinutes(some));
    }

    /** Red from now on, as long as the new release is live. */
    private void red() {
        Instant from = scene.time.now();
        scene.health = at ->
                at.isBefore(from) || scene.web.liveNow().orElseThrow().id().equals("40") ? Outcome.passed() : RED;
    }

    private void green() {
        scene.health = at -> Outcome.passed();
    }

    private LaunchControl control() {
        return scene.launch.control();
    }

    private List<Call> backs() {
        return scene.web.applied().stream()
                .filter(call -> call.target().equals("40"))
                .toList();
    }

    private long asked() {
        return scene.room.texts().stream()
                .filter(text -> text.contains("roll back?"))
                .count();
    }

    private void awaiting(LaunchPlan plan) throws InterruptedException {
        scene.watching(plan);
        red();
        minutes(5);
        assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
        assertThat(backs()).isEmpty();
    }

    // ---- reports

    @Test
    void scenario_21_who_may_report_a_wrong_balance_has_it_decided_at_once_also_during_the_warm_up() throws Exception {
        try (scene) {
            scene.watching(plan(RollbackPolicy.automatic(scene.web)
                    .when(scene.probe.failingLongerThan(Duration.ofMinutes(3)).afterWarmUp(Duration.ofMinutes(30)))
                    .whenReported("WRONG_BALANCE")
                    .by("support")
                    .announce(scene.room)
                    .aftercare(Duration.ofMinutes(1))
                    .approvedBy("incident-commander")
                    .verify(scene.healthy)));
            Instant now = scene.time.now();
            Reply reply = control().report("WRONG_BALANCE", SUPPORT, "a customer paid twice");
            assertThat(reply.accepted()).isTrue();
            assertThat(reply.because()).isEqualTo("a reason to roll back");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLING_BACK);
            scene.launch.advance();
            assertThat(backs()).singleElement().extracting(Call::at).isEqualTo(now);
            minutes(5);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.types("Deciding"))
                    .singleElement()
                    .asString()
                    .contains("kim")
                    .contains("paid twice");
        }
    }

    @Test
    void scenario_21_under_a_policy_that_asks_somebody_with_that_role_is_asked() throws Exception {
        try (scene) {
            scene.watching(reportedBySupport());
            control().report("LOST_ORDERS", SUPPORT, "three orders are gone");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            minutes(1);
            assertThat(backs()).isEmpty();
        }
    }

    @Test
    void scenario_22_who_may_not_report_it_is_refused_and_nothing_changes_but_the_journal() throws Exception {
        try (scene) {
            scene.watching(plan(policy -> policy));
            Reply reply = control().report("WRONG_BALANCE", SUPPORT, "a customer paid twice");
            minutes(1);
            assertThat(reply.accepted()).isFalse();
            assertThat(reply.because()).isEqualTo("kim does not act as incident-commander");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.entries())
                    .filteredOn(entry -> entry.type().equals("Commanded")
                            && entry.actor().equals("kim")
                            && entry.data().contains("a customer paid twice")
                            && entry.data().contains("does not act as"))
                    .hasSize(1);
            assertThat(scene.types("Reported")).isEmpty();
            assertThat(scene.types("Deciding")).isEmpty();
        }
    }

    @Test
    void scenario_23_what_is_never_a_reason_is_none_the_fiftieth_time_and_is_answered_each_time() throws Exception {
        try (scene) {
            scene.watching(plan(scene.automatic()));
            for (int i = 0; i < 50; i++) {
                Reply reply = control().report("COSMETIC", SUPPORT, "the button is blue");
                assertThat(reply.accepted()).isTrue();
                assertThat(reply.because()).isEqualTo("not a reason to roll back: open a ticket; fix forward");
            }
            minutes(5);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("Reported")).hasSize(50).allMatch(data -> data.contains("open a ticket"));
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.waiting()).isEmpty();
        }
    }

    @Test
    void scenario_24_an_unknown_code_and_a_report_without_a_reason_are_refused() throws Exception {
        try (scene) {
            scene.watching(plan(scene.automatic()));
            Reply unknown = control().report("WRONG_BALANCES", Scene.COMMANDER, "a customer paid twice");
            Reply silent = control().report("WRONG_BALANCE", Scene.COMMANDER, "  ");
            minutes(1);
            assertThat(unknown.accepted()).isFalse();
            assertThat(unknown.because())
                    .contains("WRONG_BALANCES is not known")
                    .contains("[WRONG_BALANCE]");
            assertThat(silent.accepted()).isFalse();
            assertThat(silent.because()).isEqualTo("a reason is needed");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("Commanded")).hasSize(3);
            assertThat(scene.types("Deciding")).isEmpty();
        }
    }

    @Test
    void a_report_that_only_asks_leaves_the_decision_to_who_approves() throws Exception {
        try (scene) {
            scene.watching(plan(scene.automatic().askWhenReported("SLOW").by("support", "incident-commander")));
            Reply reply = control().report("SLOW", Scene.COMMANDER, "ten seconds for a page");
            assertThat(reply.because()).isEqualTo("somebody is asked whether to roll back");
            minutes(5);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.waiting().get("report:SLOW"))
                    .contains("ten seconds for a page")
                    .contains("roll back?");
            assertThat(asked()).isEqualTo(1);
            minutes(30);
            assertThat(scene.boss.texts()).anyMatch(text -> text.contains("ten seconds"));

            assertThat(control().rollBackNow(Scene.COMMANDER, "too slow").accepted())
                    .isTrue();
            minutes(10);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(backs()).hasSize(1);
        }
    }

    @Test
    void a_report_that_only_asks_can_be_answered_with_no() throws Exception {
        try (scene) {
            scene.watching(plan(policy -> policy.askWhenReported("SLOW").by("support")));
            control().report("SLOW", SUPPORT, "ten seconds for a page");
            control().acknowledge("report:SLOW", Scene.COMMANDER, "it is the cold cache");
            minutes(40);
            assertThat(scene.waiting()).isEmpty();
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
        }
    }

    // ---- one rollback

    @Test
    void scenario_38_whatever_fires_after_the_decision_is_evidence() throws Exception {
        try (scene) {
            Probe second = Probe.of("basket", new Scene.Asked("the basket works", at -> scene.before.apply(at)))
                    .every(Duration.ofSeconds(10));
            scene.web.rollsBackIn(Duration.ofMinutes(2));
            scene.watching(plan(scene.automatic()
                    .when(second.failingFor(Duration.ofSeconds(30)))
                    .whenReported("LOST_ORDERS")
                    .by("support")
                    .aftercare(Duration.ofMinutes(10))));
            red();
            scene.until(state -> state == LaunchState.ROLLING_BACK);
            scene.before = at -> Outcome.failed("empty");
            minutes(1);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLING_BACK);
            assertThat(scene.types("EvidenceAdded")).singleElement().asString().contains("basket");
            assertThat(control()
                            .report("LOST_ORDERS", SUPPORT, "three are gone")
                            .accepted())
                    .isTrue();
            scene.until(state -> state == LaunchState.AFTERCARE);
            control().report("LOST_ORDERS", SUPPORT, "still gone");
            scene.before = at -> Outcome.passed();
            minutes(3);
            scene.before = at -> Outcome.failed("empty again");
            minutes(3);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AFTERCARE);
            assertThat(scene.types("EvidenceAdded")).hasSize(4);
            scene.before = at -> Outcome.passed();
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(control().report("LOST_ORDERS", SUPPORT, "late").because())
                    .isEqualTo("the launch is over");
            assertThat(scene.types("Deciding")).hasSize(1);
            assertThat(backs()).hasSize(1);
        }
    }

    @Test
    void scenario_39_a_trigger_fires_while_a_gate_waits_for_a_person() throws Exception {
        try (scene) {
            scene.smoke = at -> Outcome.unknown("nobody has looked");
            scene.arm(plan(scene.automatic()));
            scene.until(Duration.ofSeconds(1));
            scene.decide();
            scene.until(Duration.ofMinutes(2));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.LAUNCHING);
            assertThat(scene.waiting()).containsKey("step:2.3");
            red();
            minutes(6);
            assertThat(backs()).hasSize(1);
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    // ---- approval

    @Test
    void scenario_40_an_approval_in_another_role_changes_nothing_and_uses_nothing_up() throws Exception {
        try (scene) {
            awaiting(plan(policy -> policy));
            Reply engineer = control().approveRollback(Scene.ENGINEER, "");
            Reply machine = control().approveRollback(Person.automation("bot", "incident-commander"), "");
            assertThat(engineer.because()).isEqualTo("bob does not act as incident-commander");
            assertThat(machine.because()).contains("bot is automation");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            minutes(1);
            assertThat(backs()).isEmpty();
            assertThat(control().approveRollback(Scene.COMMANDER, "").accepted())
                    .isTrue();
            minutes(10);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
        }
    }

    @Test
    void scenario_41_of_an_approval_and_a_denial_at_the_same_time_exactly_one_counts() throws Exception {
        for (int round = 0; round < 10; round++) {
            concurrently(round);
        }
    }

    private static void concurrently(int round) throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(policy -> policy);
            scene.watching(plan);
            Instant from = scene.time.now();
            scene.health = at ->
                    at.isBefore(from) || scene.web.liveNow().orElseThrow().id().equals("40") ? Outcome.passed() : RED;
            scene.until(from.plus(Duration.ofMinutes(5)));
            LaunchControl control = scene.launch.control();
            List<Reply> replies = new ArrayList<>();
            CountDownLatch begin = new CountDownLatch(1);
            List<Thread> people = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean approves = (i + round) % 2 == 0;
                Person by = Person.human("person-" + i, "incident-commander");
                Thread person = new Thread(() -> {
                    try {
                        begin.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Reply reply = approves ? control.approveRollback(by, "") : control.denyRollback(by, "not that");
                    synchronized (replies) {
                        replies.add(reply);
                    }
                });
                people.add(person);
                person.start();
            }
            begin.countDown();
            scene.turn.close();
            for (Thread person : people) {
                person.join();
            }
            try (var again = scene.time.join("afterwards")) {
                assertThat(replies).hasSize(4).filteredOn(Reply::accepted).hasSize(1);
                assertThat(replies)
                        .filteredOn(reply -> !reply.accepted())
                        .allMatch(reply -> reply.because().startsWith("no rollback waits for an approval"));
                int approved = scene.types("RollbackApproved").size();
                assertThat(approved + scene.types("RollbackDenied").size()).isEqualTo(1);
                scene.until(scene.time.now().plus(Duration.ofMinutes(10)));
                assertThat(scene.web.applied().stream()
                                .filter(call -> call.target().equals("40"))
                                .count())
                        .isEqualTo(approved);
            }
        }
    }

    @Test
    void scenario_42_an_approval_that_comes_too_late_is_refused_and_everybody_was_told_once() throws Exception {
        try (scene) {
            awaiting(plan(policy -> policy.coolDown(Duration.ofHours(3))));
            minutes(20);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.BREACHING);
            Reply late = control().approveRollback(Scene.COMMANDER, "");
            assertThat(late.accepted()).isFalse();
            assertThat(late.because()).contains("no rollback waits").contains("not approved in time");
            assertThat(scene.boss.texts())
                    .filteredOn(text -> text.contains("nobody approved or denied"))
                    .hasSize(1);
            assertThat(scene.waiting().get("rollback")).contains("decide by hand");
            minutes(30);
            assertThat(scene.boss.texts())
                    .filteredOn(text -> text.contains("nobody approved or denied"))
                    .as("at once, and after half an hour that it still waits")
                    .hasSize(2);
            minutes(60);
            assertThat(scene.boss.texts())
                    .filteredOn(text -> text.contains("nobody approved or denied"))
                    .hasSize(2);
            assertThat(backs()).isEmpty();

            assertThat(control().rollBackNow(Scene.COMMANDER, "at last").accepted())
                    .isTrue();
            minutes(10);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
        }
    }

    @Test
    void a_policy_can_say_to_proceed_or_to_deny_when_nobody_answers() throws Exception {
        try (scene) {
            awaiting(plan(policy -> policy.onTimeout(RollbackPolicy.OnTimeout.PROCEED)));
            minutes(30);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
        }
        try (Scene other = new Scene()) {
            other.watching(other.plan(
                    policy -> policy.onTimeout(RollbackPolicy.OnTimeout.DENY).coolDown(Duration.ofHours(3))));
            other.health = at -> RED;
            other.until(Duration.ofMinutes(40));
            assertThat(other.launch.state()).isEqualTo(LaunchState.BREACHING);
            assertThat(other.types("RollbackExpired")).hasSize(1);
            assertThat(other.web.applied()).hasSize(1);
            assertThat(other.boss.texts()).isEmpty();
        }
    }

    @Test
    void scenario_43_after_a_restart_the_same_question_waits_for_the_same_time() throws Exception {
        try (scene) {
            LaunchPlan plan = plan(policy -> policy);
            awaiting(plan);
            String question = scene.types("ApprovalAsked").get(0);
            scene.takeUp(plan);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            minutes(5);
            scene.takeUp(plan);
            minutes(1);
            assertThat(scene.types("ApprovalAsked")).containsExactly(question);
            assertThat(asked()).isEqualTo(1);
            Instant expires = Instant.parse(question.replaceAll(".*\"expires\":\"([^\"]+)\".*", "$1"));
            scene.until(expires.minusSeconds(1));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            scene.until(expires);
            assertThat(scene.launch.state()).isNotEqualTo(LaunchState.AWAITING_APPROVAL);
            assertThat(scene.types("RollbackExpired")).hasSize(1);
        }
    }

    @Test
    void scenario_43_it_can_be_approved_after_a_restart() throws Exception {
        try (scene) {
            LaunchPlan plan = plan(policy -> policy);
            awaiting(plan);
            scene.takeUp(plan);
            assertThat(control().approveRollback(Scene.COMMANDER, "").accepted())
                    .isTrue();
            minutes(10);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(backs()).hasSize(1);
        }
    }

    @Test
    void scenario_44_what_was_denied_is_not_asked_again_for_a_while_and_a_report_is() throws Exception {
        try (scene) {
            awaiting(plan(policy -> policy.coolDown(Duration.ofMinutes(20))
                    .whenReported("LOST_ORDERS")
                    .by("support")));
            assertThat(control().denyRollback(Scene.COMMANDER, "").because()).isEqualTo("a reason is needed");
            assertThat(control()
                            .denyRollback(Scene.COMMANDER, "it is the load test")
                            .accepted())
                    .isTrue();
            minutes(19);
            assertThat(asked()).isEqualTo(1);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.BREACHING);
            control().report("LOST_ORDERS", SUPPORT, "three are gone");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            assertThat(asked()).as("posted with the next turn").isLessThanOrEqualTo(2);
            control().denyRollback(Scene.COMMANDER, "they were found");
            minutes(2);
            assertThat(asked())
                    .as("the cool down has ended, and it is red still")
                    .isEqualTo(3);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            assertThat(backs()).isEmpty();
        }
    }

    @Test
    void scenario_45_a_question_is_withdrawn_when_its_trigger_has_cleared_if_the_policy_says_so() throws Exception {
        try (scene) {
            awaiting(plan(policy -> policy.onClear(RollbackPolicy.OnClear.WITHDRAW)));
            green();
            minutes(3);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("RollbackWithdrawn"))
                    .singleElement()
                    .asString()
                    .contains("has cleared");
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("no rollback is asked for"))
                    .hasSize(1);
            assertThat(control().approveRollback(Scene.COMMANDER, "").because()).contains("withdrawn");
            assertThat(backs()).isEmpty();
        }
    }

    @Test
    void scenario_45_otherwise_it_stands() throws Exception {
        try (scene) {
            awaiting(plan(policy -> policy));
            green();
            minutes(5);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
        }
    }

    // ---- abort

    @Test
    void scenario_86_an_abort_before_the_first_action_cancels() throws Exception {
        try (scene) {
            scene.arm(plan(policy -> policy));
            scene.until(Duration.ofSeconds(1));
            assertThat(control().abort(Scene.ENGINEER, "").because()).isEqualTo("a reason is needed");
            assertThat(control().abort(Scene.ENGINEER, "the press has seen it").accepted())
                    .isTrue();
            minutes(1);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.CANCELLED);
            assertThat(scene.web.applied()).isEmpty();
            assertThat(scene.room.texts()).anyMatch(text -> text.contains("CANCELLED: aborted by bob"));
        }
    }

    @Test
    void scenario_86_an_abort_after_it_is_a_decision_to_roll_back() throws Exception {
        try (scene) {
            scene.arm(plan(policy -> policy));
            scene.until(Duration.ofSeconds(1));
            scene.decide();
            scene.until(Duration.ofSeconds(20));
            assertThat(scene.web.applied()).hasSize(1);
            control().abort(Scene.ENGINEER, "the press has seen it");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            control().approveRollback(Scene.COMMANDER, "");
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    @Test
    void an_aborted_launch_whose_rollback_is_denied_is_held_and_can_be_resumed() throws Exception {
        try (scene) {
            scene.arm(plan(policy -> policy));
            scene.until(Duration.ofSeconds(1));
            scene.decide();
            scene.until(Duration.ofSeconds(20));
            control().abort(Scene.ENGINEER, "the press has seen it");
            control().denyRollback(Scene.COMMANDER, "let them");
            minutes(5);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
            assertThat(scene.waiting().get("held")).contains("denied");
            assertThat(control().resume(Scene.COMMANDER, "").accepted()).isTrue();
            minutes(2);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
        }
    }

    // ---- the point of no return

    @Test
    void scenario_90_past_the_point_of_no_return_an_automatic_policy_asks() throws Exception {
        try (scene) {
            FakeAction mails = FakeAction.named("mail", scene.time).takes(Duration.ofSeconds(5));
            RollbackPolicy policy =
                    scene.automatic().leaves(mails, "mails cannot be unsent").build();
            scene.watching(LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("incident-commander", "decides on rollback")
                    .role("engineer", "operates")
                    .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList))
                    .moment(scene.launching())
                    .moment(Moment.at(H.plusMinutes(10))
                            .named("tell the customers")
                            .then(mails)
                            .pointOfNoReturn())
                    .watch(Watch.probing(scene.probe).until(H.plusHours(2)))
                    .rollback(policy)
                    .inform(scene.room)
                    .build());
            minutes(12);
            assertThat(mails.effects()).hasSize(1);
            red();
            minutes(5);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            assertThat(scene.types("ApprovalAsked"))
                    .singleElement()
                    .asString()
                    .contains("past the point of no return")
                    .contains("tell the customers");
            assertThat(backs()).isEmpty();
        }
    }

    @Test
    void scenario_90_before_it_nobody_is_asked() throws Exception {
        try (scene) {
            FakeAction mails = FakeAction.named("mail", scene.time).takes(Duration.ofSeconds(5));
            RollbackPolicy policy =
                    scene.automatic().leaves(mails, "mails cannot be unsent").build();
            scene.watching(LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("incident-commander", "decides on rollback")
                    .role("engineer", "operates")
                    .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList))
                    .moment(scene.launching())
                    .moment(Moment.at(H.plusMinutes(60)).then(mails).pointOfNoReturn())
                    .watch(Watch.probing(scene.probe).until(H.plusHours(2)))
                    .rollback(policy)
                    .inform(scene.room)
                    .build());
            red();
            minutes(12);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(mails.effects()).isEmpty();
        }
    }

    @Test
    void what_is_said_instead_of_an_approval_is_one_and_to_take_note_is_none() throws Exception {
        try (scene) {
            scene.watching(plan(scene.policy()));
            scene.redIn(Duration.ofMinutes(12), scene.web, "40");
            scene.until(state -> state == LaunchState.AWAITING_APPROVAL);
            assertThat(scene.launch
                            .control()
                            .acknowledge("approve-rollback", Scene.COMMANDER, "seen")
                            .because())
                    .contains("approveRollback(..) or denyRollback(..)");
            assertThat(scene.launch
                            .control()
                            .rollBackNow(Scene.COMMANDER, "now")
                            .accepted())
                    .isTrue();
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.types("Deciding")).hasSize(1);
        }
    }
}
