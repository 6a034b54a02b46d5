package dev.golive.testkit.launch;

import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Check;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.LaunchFault;
import dev.golive.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was wrong once, in places where several rules meet. */
@Timeout(60)
class FixedOnceTest {

    private static final Duration SOON = Duration.ofMinutes(12);

    /** An action that is slow to look at or to send. */
    private record Slow(Action inner, Duration seeing, Duration sending) implements Action {
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
            context.time().sleepUntil(context.time().now().plus(seeing));
            return inner.observe(context);
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            context.time().sleepUntil(context.time().now().plus(sending));
            return inner.apply(context);
        }
    }

    private static void decided(Scene scene, LaunchPlan plan) throws InterruptedException {
        scene.arm(plan);
        scene.until(Duration.ofSeconds(1));
        scene.decide();
    }

    /** The deployment takes longer than it may, and is found done when a person has it looked at again. */
    private static void foundDoneAfterATimeout(Scene scene) throws InterruptedException {
        scene.web.deploysIn(Duration.ofMinutes(30));
        decided(scene, scene.plan(scene.automatic().build()).build());
        scene.until(Duration.ofMinutes(40));
        assertThat(scene.ended("launch:deploy-web-41").get(0)).contains("TIMED_OUT");
        scene.launch.control().recheck(Scene.ENGINEER, "it is there now");
        scene.until(state -> state == LaunchState.WATCHING);
        assertThat(scene.ended("launch:deploy-web-41").get(1)).contains("ALREADY");
    }

    @Test
    void what_was_sent_and_found_done_when_looked_at_again_goes_back_when_a_trigger_fires() throws Exception {
        try (Scene scene = new Scene()) {
            foundDoneAfterATimeout(scene);
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    @Test
    void what_was_sent_and_found_done_when_looked_at_again_goes_back_on_an_abort() throws Exception {
        try (Scene scene = new Scene()) {
            foundDoneAfterATimeout(scene);
            scene.launch.control().abort(Scene.COMMANDER, "wrong day");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
        }
    }

    /** A fresh look at what is red takes a while and is green; something is said meanwhile. */
    private static void duringTheFreshLook(Scene scene, Runnable said) {
        Instant red = scene.time.now().plus(SOON);
        AtomicReference<Instant> last = new AtomicReference<>(red);
        AtomicBoolean once = new AtomicBoolean();
        scene.health = at -> {
            if (at.isBefore(red)
                    || scene.web.liveNow().map(Release::id).filter("40"::equals).isPresent()) {
                return Outcome.passed();
            }
            if (at.equals(last.getAndSet(at)) && once.compareAndSet(false, true)) {
                scene.time.at(at.plusSeconds(2), said);
                sleep(scene, at.plusSeconds(4));
            }
            return once.get() ? Outcome.passed() : Outcome.failed("500");
        };
    }

    private static void sleep(Scene scene, Instant until) {
        try {
            scene.time.sleepUntil(until);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_abort_during_the_fresh_look_does_not_wait_for_it() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            duringTheFreshLook(scene, () -> scene.launch.control().abort(Scene.ENGINEER, "wrong day"));

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.types("Deciding")).singleElement().asString().contains("health");
            assertThat(scene.types("EvidenceAdded")).singleElement().asString().contains("wrong day");
            assertThat(scene.types("NotConfirmed")).isEmpty();
        }
    }

    @Test
    void a_report_during_the_fresh_look_is_not_lost_with_it() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            duringTheFreshLook(
                    scene, () -> scene.launch.control().report("WRONG_BALANCE", Scene.COMMANDER, "accounts show 0"));

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.types("RollbackApproved"))
                    .singleElement()
                    .asString()
                    .contains("ada", "accounts show 0");
        }
    }

    @Test
    void a_rollback_that_somebody_aborted_for_is_not_withdrawn_when_its_trigger_has_cleared() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(
                    policy -> policy.onClear(RollbackPolicy.OnClear.WITHDRAW).approvalTimeout(Duration.ofHours(1))));
            scene.health = at -> Outcome.failed("500");
            scene.until(state -> state == LaunchState.AWAITING_APPROVAL);
            scene.launch.control().abort(Scene.ENGINEER, "wrong day");
            scene.health = at -> Outcome.passed();
            scene.until(scene.time.now().plus(Duration.ofMinutes(10)));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);

            scene.launch.control().denyRollback(Scene.COMMANDER, "it is fine");
            scene.until(scene.time.now().plus(Duration.ofMinutes(1)));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
        }
    }

    @Test
    void an_abort_while_one_component_waits_to_go_back_takes_everything_back() throws Exception {
        try (Scene scene = new Scene()) {
            FakeComponent api = scene.component("api", "7");
            RollbackPolicy policy = RollbackPolicy.of(scene.web, api)
                    .when(scene.probe.failingLongerThan(Duration.ofMinutes(3)), scene.web)
                    .announce(scene.room)
                    .approvedBy("incident-commander")
                    .aftercare(Duration.ofMinutes(5))
                    .verify(scene.healthy)
                    .build();
            scene.watching(scene.plan(policy, scene.launching(scene.deploy, api.deploy("8")))
                    .build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.AWAITING_APPROVAL);
            assertThat(scene.types("Deciding").get(0)).doesNotContain("\"api\"");

            scene.launch.control().abort(Scene.COMMANDER, "wrong day");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
            assertThat(api.liveNow().orElseThrow().id()).isEqualTo("7");
        }
    }

    @Test
    void an_abort_under_a_dry_run_ends_the_launch_and_says_that_something_is_to_be_taken_back_by_hand()
            throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().dryRun().build()).build());
            scene.launch.control().abort(Scene.COMMANDER, "wrong day");

            assertThat(scene.end()).isEqualTo(LaunchState.CANCELLED);
            assertThat(scene.types("Ended").get(0)).contains("taken back by hand");
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("41");
        }
    }

    @Test
    void a_verification_that_takes_long_each_time_ends_all_the_same_when_nothing_can_be_found_out() throws Exception {
        try (Scene scene = new Scene()) {
            Check slow = new Scene.Asked("orders are there", at -> Outcome.unknown("the database does not answer"))
                    .eventually(Duration.ofSeconds(40));
            scene.watching(scene.plan(scene.automatic()
                            .verify(slow)
                            .verifyTimeout(Duration.ofMinutes(5))
                            .build())
                    .build());
            scene.launch.control().rollBackNow(Scene.COMMANDER, "customers see wrong prices");

            assertThat(scene.end()).isEqualTo(LaunchState.TIMED_OUT);
            assertThat(Duration.between(scene.at("Verifying"), scene.at("Ended")))
                    .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        }
    }

    @Test
    void an_aftercare_whose_verification_takes_longer_than_its_interval_ends() throws Exception {
        try (Scene scene = new Scene()) {
            Check slow = new Scene.Asked("orders are there", at -> Outcome.passed()).holdingFor(Duration.ofSeconds(70));
            scene.watching(scene.plan(scene.automatic().verify(slow).build()).build());
            scene.launch.control().rollBackNow(Scene.COMMANDER, "customers see wrong prices");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(Duration.between(scene.at("AftercareBegan"), scene.at("Ended")))
                    .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(8));
        }
    }

    @Test
    void what_is_being_sent_when_the_launch_is_aborted_is_waited_for_before_it_is_taken_back() throws Exception {
        try (Scene scene = new Scene()) {
            Action on =
                    new Slow(FakeAction.named("switch-the-flag-on", scene.time), Duration.ZERO, Duration.ofSeconds(20));
            FakeAction off = FakeAction.named("switch-the-flag-off", scene.time).logging(scene.log);
            decided(
                    scene,
                    scene.plan(
                                    scene.automatic().undoes(on, off).build(),
                                    Moment.at(T)
                                            .then(on)
                                            .then(scene.deploy)
                                            .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                                            .gate(scene.smokeList)
                                            .ownedBy("engineer"))
                            .build());
            Instant now = scene.time.now();
            scene.time.at(now.plusSeconds(10), () -> scene.launch.control().abort(Scene.COMMANDER, "wrong day"));

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(scene.types("ActionApplied").get(0)).contains("launch:switch-the-flag-on");
            Instant applied = scene.at("ActionApplied");
            assertThat(applied).isAfterOrEqualTo(now.plusSeconds(20));
            assertThat(scene.entries())
                    .filteredOn(entry -> entry.data().contains("\"action\":\"back:web\""))
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.at()).isAfterOrEqualTo(applied));
            assertThat(off.applied()).hasSize(1);
        }
    }

    @Test
    void what_a_person_left_out_is_not_performed_when_the_rest_of_its_step_is_tried_again() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction mails = FakeAction.named("start-the-mails", scene.time)
                    .notConvergent()
                    .faultNext(1, LaunchFault.refuses(Call.Kind.APPLY));
            FakeAction flag = FakeAction.named("switch-the-flag-on", scene.time)
                    .faultNext(1, LaunchFault.refuses(Call.Kind.APPLY));
            RollbackPolicy policy = scene.automatic()
                    .leaves(mails, "they do no harm")
                    .leaves(flag, "it does no harm")
                    .build();
            decided(
                    scene,
                    scene.plan(
                                    policy,
                                    Moment.at(T)
                                            .then(mails, flag)
                                            .then(scene.deploy)
                                            .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                                            .gate(scene.smokeList)
                                            .ownedBy("engineer"))
                            .build());
            scene.until(Duration.ofMinutes(5));
            assertThat(scene.ended("launch:start-the-mails").get(0)).contains("IN_DOUBT");
            scene.launch
                    .control()
                    .settle(
                            "launch:start-the-mails",
                            LaunchControl.Settlement.SKIP,
                            Scene.COMMANDER,
                            "we send them by hand");
            scene.until(Duration.ofMinutes(10));
            assertThat(scene.web.applied()).as("the flag still fails the step").isEmpty();
            scene.launch.control().recheck(Scene.ENGINEER, "the flag service is back");

            scene.until(state -> state == LaunchState.WATCHING);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(mails.applied()).hasSize(1);
            assertThat(flag.applied()).hasSize(2);
        }
    }

    /** Two groups of one moment, and then the deployment. */
    private static LaunchPlan.Builder groups(Scene scene, Action first, Action second) {
        RollbackPolicy policy = scene.automatic()
                .leaves(first, "it does no harm")
                .leaves(second, "it does no harm")
                .build();
        Moment moment = Moment.at(T)
                .then(first)
                .then(second)
                .then(scene.deploy)
                .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                .gate(scene.smokeList)
                .ownedBy("engineer");
        return scene.plan(policy, moment);
    }

    @Test
    void what_was_begun_and_never_sent_before_a_hold_waits_for_what_is_no_longer_in_order() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction warm = FakeAction.named("warm-the-cache", scene.time);
            FakeAction flag = FakeAction.named("switch-the-flag-on", scene.time);
            Action slow = new Slow(warm, Duration.ofSeconds(20), Duration.ZERO);
            decided(scene, groups(scene, slow, flag).build());
            scene.time.at(
                    scene.time.now().plusSeconds(10),
                    () -> scene.launch.control().hold(Scene.ENGINEER, "not yet"));
            scene.until(Duration.ofDays(2));
            scene.before = at -> Outcome.failed("the backup is two days old");
            scene.launch.control().resume(Scene.ENGINEER, "now");
            scene.until(Duration.ofDays(2).plusMinutes(30));

            assertThat(warm.applied()).isEmpty();
            assertThat(scene.waiting().get("verdict")).contains("before step 2.1");

            scene.before = at -> Outcome.passed();
            scene.until(Duration.ofDays(2).plusMinutes(60));
            assertThat(warm.applied()).hasSize(1);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
        }
    }

    @Test
    void what_was_begun_and_never_sent_before_a_restart_waits_for_the_window() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction warm = FakeAction.named("warm-the-cache", scene.time);
            FakeAction flag = FakeAction.named("switch-the-flag-on", scene.time);
            Action slow = new Slow(warm, Duration.ofSeconds(20), Duration.ZERO);
            LaunchPlan plan = groups(scene, slow, flag)
                    .window(Window.everyDay(LocalTime.of(9, 0), LocalTime.of(15, 0)))
                    .build();
            decided(scene, plan);
            scene.time.at(
                    scene.time.now().plusSeconds(10),
                    () -> scene.launch.control().hold(Scene.ENGINEER, "not yet"));
            scene.until(Duration.ofHours(7));
            scene.launch.control().resume(Scene.ENGINEER, "now");
            scene.launch.close();
            scene.journal = scene.journal.reopen();
            scene.arm(plan);
            scene.until(Duration.ofHours(22));
            assertThat(warm.applied()).isEmpty();
            assertThat(scene.waiting().get("window")).contains("not now");

            scene.until(Duration.ofHours(24));
            assertThat(warm.applied()).hasSize(1);
            assertThat(warm.applied().get(0).at()).isAfterOrEqualTo(Scene.PLANNED_AT.plus(Duration.ofHours(23)));
        }
    }

    @Test
    void the_next_group_of_a_moment_is_cleared_again_after_a_hold() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction warm = FakeAction.named("warm-the-cache", scene.time).takes(Duration.ofMinutes(2));
            FakeAction flag = FakeAction.named("switch-the-flag-on", scene.time);
            decided(scene, groups(scene, warm, flag).build());
            scene.until(Duration.ofMinutes(1));
            scene.launch.control().hold(Scene.ENGINEER, "the phones ring");
            scene.until(Duration.ofDays(1));
            scene.before = at -> Outcome.failed("the backup is a day old");
            scene.launch.control().resume(Scene.ENGINEER, "they are quiet");
            scene.until(Duration.ofDays(1).plusMinutes(30));

            assertThat(warm.applied()).hasSize(1);
            assertThat(flag.applied()).isEmpty();
            assertThat(scene.waiting().get("verdict")).contains("before step 2.2");

            scene.before = at -> Outcome.passed();
            scene.until(Duration.ofDays(1).plusMinutes(60));
            assertThat(flag.applied()).hasSize(1);
        }
    }
}
