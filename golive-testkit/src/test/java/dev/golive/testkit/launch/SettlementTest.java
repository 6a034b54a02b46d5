package dev.golive.testkit.launch;

import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Observation;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchControl.Settlement;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.CrashingJournal;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.LaunchFault;
import dev.golive.testkit.SimulatedCrash;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Actions of a launch and of a rollback that fail, are in doubt, or have several ways. */
class SettlementTest {

    private static final Duration SOON = Duration.ofMinutes(12);

    private static FakeAction action(Scene scene, String id) {
        return FakeAction.named(id, scene.time).logging(scene.log);
    }

    /** What was applied and is not a deployment, in order. */
    private static List<String> performed(Scene scene, String... ids) {
        List<String> wanted = List.of(ids);
        return scene.log.writes().stream()
                .map(Call::who)
                .filter(wanted::contains)
                .toList();
    }

    private static LaunchPlan with(Scene scene, RollbackPolicy policy, Action... actions) {
        Moment moment = Moment.at(T).ownedBy("engineer");
        for (Action action : actions) {
            moment = moment.then(action);
        }
        return scene.plan(
                        policy,
                        moment.then(scene.deploy)
                                .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                                .gate(scene.smokeList))
                .build();
    }

    private static void decided(Scene scene, LaunchPlan plan) throws Exception {
        scene.arm(plan);
        scene.until(Duration.ofSeconds(1));
        scene.decide();
    }

    @Test
    void what_comes_after_a_failed_action_is_skipped_with_the_reason() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction drain = action(scene, "drain-the-queue").fault(LaunchFault.fails("the queue is locked"));
            FakeAction tell = action(scene, "tell-the-partners");
            scene.watching(
                    scene.plan(scene.automatic().then(drain).then(tell).build()).build());
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);

            assertThat(scene.ended("then:drain-the-queue").get(0)).contains("FAILED", "the queue is locked");
            assertThat(scene.ended("then:tell-the-partners").get(0))
                    .contains("SKIPPED", "needs drain-the-queue, which is FAILED");
            assertThat(tell.calls()).isEmpty();
            assertThat(scene.boss.texts())
                    .anyMatch(text -> text.contains("then:tell-the-partners SKIPPED (needs drain-the-queue"));
        }
    }

    @Test
    void after_a_failure_that_does_not_matter_the_next_ones_go_on() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction drain = action(scene, "drain-the-queue").fault(LaunchFault.fails("the queue is locked"));
            FakeAction tell = action(scene, "tell-the-partners");
            scene.watching(scene.plan(scene.automatic()
                            .then(drain.onFailure(Action.OnFailure.CONTINUE))
                            .then(tell)
                            .build())
                    .build());
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);
            assertThat(tell.isAtTarget()).isTrue();
        }
    }

    @Test
    void what_the_launch_did_is_undone_after_everything_else_the_last_one_first() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction flag = action(scene, "switch-the-flag-on");
            FakeAction mails = action(scene, "start-the-mails");
            FakeAction already = action(scene, "open-the-port").doneBySomebody();
            FakeAction warm = action(scene, "warm-the-cache");
            RollbackPolicy policy = scene.automatic()
                    .undoes(flag, action(scene, "switch-the-flag-off"))
                    .undoes(mails, action(scene, "stop-the-mails"))
                    .undoes(already, action(scene, "close-the-port"))
                    .leaves(warm, "a warm cache does no harm")
                    .then(action(scene, "flush"))
                    .build();
            LaunchPlan plan = with(scene, policy, flag, mails, already, warm);
            decided(scene, plan);
            scene.until(state -> state == LaunchState.WATCHING);
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);

            assertThat(scene.log.writes().stream()
                            .filter(call -> call.kind() == Call.Kind.APPLY)
                            .map(Call::who)
                            .toList())
                    .containsExactly(
                            "switch-the-flag-on",
                            "start-the-mails",
                            "warm-the-cache",
                            "web",
                            "web",
                            "flush",
                            "stop-the-mails",
                            "switch-the-flag-off");
        }
    }

    @Test
    void an_action_that_could_do_harm_twice_is_in_doubt_when_its_answer_is_lost() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction pay = action(scene, "refund")
                    .notConvergent()
                    .takes(Duration.ofMinutes(30))
                    .finding(Observation.notAtTarget("no refund is listed yet"))
                    .faultNext(1, LaunchFault.failsAfterEffect());
            FakeAction tell = action(scene, "tell-the-customers");
            scene.watching(
                    scene.plan(scene.automatic().then(pay).then(tell).build()).build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.ROLLING_BACK);
            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(5)));

            assertThat(scene.ended("then:refund").get(0)).contains("IN_DOUBT", "could do harm");
            assertThat(pay.applied()).hasSize(1);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLING_BACK);
            assertThat(tell.calls()).as("waits for the person").isEmpty();
            assertThat(scene.boss.texts()).anyMatch(text -> text.contains("a person has to settle"));

            Reply done = scene.launch
                    .control()
                    .settle("then:refund", Settlement.DONE, Scene.COMMANDER, "it is on the bank statement");
            assertThat(done.accepted()).isTrue();
            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(pay.applied()).hasSize(1);
            assertThat(tell.isAtTarget()).isTrue();
        }
    }

    @Test
    void an_action_in_doubt_that_a_person_leaves_is_not_called_rolled_back() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction pay = action(scene, "refund").notConvergent().fault(LaunchFault.refuses(Call.Kind.APPLY));
            scene.watching(scene.plan(scene.automatic().then(pay).build()).build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.ROLLING_BACK);
            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(5)));

            scene.launch.control().settle("then:refund", Settlement.SKIP, Scene.COMMANDER, "we pay by hand");

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);
            assertThat(scene.ended("then:refund").get(1)).contains("SKIPPED", "ada", "we pay by hand");
        }
    }

    @Test
    void an_action_is_settled_under_the_key_that_people_are_shown_too() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction pay = action(scene, "refund").notConvergent().fault(LaunchFault.refuses(Call.Kind.APPLY));
            scene.watching(scene.plan(scene.automatic().then(pay).build()).build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.ROLLING_BACK);
            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(5)));
            String shown = scene.waiting().keySet().stream()
                    .filter(key -> key.contains("refund"))
                    .findFirst()
                    .orElseThrow();
            assertThat(shown).isEqualTo("action:then:refund");

            Reply noted = scene.launch.control().acknowledge(shown, Scene.COMMANDER, "I have seen it");
            assertThat(noted.accepted()).isFalse();
            assertThat(noted.because()).contains("settle(..)");
            Reply settled = scene.launch.control().settle(shown, Settlement.SKIP, Scene.COMMANDER, "we pay by hand");

            assertThat(settled.accepted()).as(settled.because()).isTrue();
            assertThat(scene.waiting()).doesNotContainKey(shown);
            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);
            assertThat(scene.ended("then:refund").get(1)).contains("SKIPPED", "ada", "we pay by hand");
        }
    }

    @Test
    void an_action_in_doubt_that_nobody_settles_ends_the_waiting_but_not_well() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction pay = action(scene, "refund").notConvergent().fault(LaunchFault.refuses(Call.Kind.APPLY));
            FakeAction tell = action(scene, "tell-the-customers");
            scene.watching(
                    scene.plan(scene.automatic().then(pay).then(tell).build()).build());
            scene.redIn(SOON, scene.web, "40");

            assertThat(scene.end()).isEqualTo(LaunchState.PARTIALLY_ROLLED_BACK);

            assertThat(pay.applied()).hasSize(1);
            assertThat(scene.ended("then:tell-the-customers").get(0)).contains("SKIPPED", "which is IN_DOUBT");
        }
    }

    @Test
    void tried_again_by_a_person_it_is_a_new_request_for_a_platform_that_remembers_failures() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction pay = action(scene, "refund").notConvergent().faultNext(1, LaunchFault.refuses(Call.Kind.APPLY));
            scene.watching(scene.plan(scene.automatic().then(pay).build()).build());
            scene.redIn(SOON, scene.web, "40");
            scene.until(state -> state == LaunchState.ROLLING_BACK);
            scene.until(scene.at("Deciding").plus(Duration.ofMinutes(5)));

            scene.launch.control().settle("then:refund", Settlement.AGAIN, Scene.COMMANDER, "the bank never had it");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(pay.applied()).hasSize(2);
            List<String> keys = pay.applied().stream()
                    .map(call -> Objects.requireNonNull(call.key()))
                    .toList();
            assertThat(keys).doesNotHaveDuplicates();
            assertThat(pay.effects()).hasSize(1);
        }
    }

    @Test
    void attempts_of_the_engine_itself_are_one_request_and_the_key_survives_a_restart() throws Exception {
        String before = keysOfARetriedRefund(false);
        String after = keysOfARetriedRefund(true);
        assertThat(before).isEqualTo(after);
        assertThat(before.split(" ")).hasSize(3);
        assertThat(before.split(" ")[0]).isEqualTo(before.split(" ")[1]);
        assertThat(before.split(" ")[2]).isNotEqualTo(before.split(" ")[1]);
    }

    /** The keys of two attempts, and of the one after a person has reopened it. */
    private static String keysOfARetriedRefund(boolean restarted) throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction flag = action(scene, "switch-the-flag-on").faultNext(2, LaunchFault.refuses(Call.Kind.APPLY));
            LaunchPlan plan = with(
                    scene, scene.automatic().leaves(flag, "it does no harm").build(), flag.attempts(2));
            decided(scene, plan);
            scene.until(Duration.ofMinutes(2));
            assertThat(scene.ended("launch:switch-the-flag-on").get(0)).contains("FAILED");
            if (restarted) {
                scene.takeUp(plan);
            }
            scene.launch.control().recheck(Scene.ENGINEER, "the flag service is back");
            scene.until(state -> state == LaunchState.WATCHING);
            return flag.applied().stream().map(Call::key).collect(Collectors.joining(" "));
        }
    }

    @Test
    void a_deployment_that_somebody_changed_is_settled_by_looking_again() throws Exception {
        try (Scene scene = new Scene()) {
            scene.web.deploysIn(Duration.ofSeconds(121));
            decided(scene, scene.plan(scene.automatic().build()).build());
            scene.until(Duration.ofMinutes(1));
            scene.web.deployedBySomebody("42", scene.web.applied().get(0).at().plus(Duration.ofSeconds(122)));
            scene.until(Duration.ofMinutes(4));
            assertThat(scene.ended("launch:deploy-web-41").get(0)).contains("NEEDS_HUMAN", "somebody else acted");

            Reply done = scene.launch
                    .control()
                    .settle("launch:deploy-web-41", Settlement.DONE, Scene.COMMANDER, "it is fine");
            assertThat(done.accepted()).isFalse();
            assertThat(done.because()).contains("AGAIN");

            scene.web.deployedBySomebody("41");
            assertThat(scene.launch
                            .control()
                            .settle("launch:deploy-web-41", Settlement.AGAIN, Scene.COMMANDER, "it is back")
                            .accepted())
                    .isTrue();
            scene.until(Duration.ofMinutes(6));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    @Test
    void only_what_waits_for_a_person_can_be_settled() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());

            Reply reply = scene.launch
                    .control()
                    .settle("launch:deploy-web-41", Settlement.SKIP, Scene.COMMANDER, "I do not like it");

            assertThat(reply.accepted()).isFalse();
            assertThat(reply.because()).contains("does not wait for a person");
        }
    }

    @Test
    void scenario_95_of_several_ways_one_is_performed_and_journaled() throws Exception {
        try (Scene scene = new Scene()) {
            FakeAction dns = action(scene, "switch-the-dns").finding(Observation.refused("the zone is locked"));
            FakeAction proxy = action(scene, "switch-the-proxy");
            LaunchPlan plan = eitherWay(scene, dns, proxy);
            decided(scene, plan);
            scene.until(state -> state == LaunchState.WATCHING);

            assertThat(performed(scene, "switch-the-dns", "switch-the-proxy")).containsExactly("switch-the-proxy");
            assertThat(scene.types("Chosen")).last().asString().contains("launch:switch", "switch-the-proxy");
        }
    }

    @Test
    void scenario_95_also_after_a_crash_between_choosing_and_performing() throws Exception {
        List<String> entries;
        try (Scene scene = new Scene()) {
            runTwoWays(scene, Long.MAX_VALUE, false);
            entries = scene.entries().stream().map(entry -> entry.type()).toList();
        }
        int chosen = entries.indexOf("Chosen");
        for (int n = chosen; n <= chosen + 3; n++) {
            for (boolean before : List.of(true, false)) {
                try (Scene scene = new Scene()) {
                    FakeAction[] ways = runTwoWays(scene, n, before);
                    assertThat(Stream.of(ways)
                                    .map(FakeAction::effects)
                                    .mapToInt(List::size)
                                    .sum())
                            .as("crash at entry " + n)
                            .isEqualTo(1);
                    assertThat(scene.types("Chosen").stream().distinct()).hasSize(1);
                    assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
                }
            }
        }
    }

    private static LaunchPlan eitherWay(Scene scene, Action dns, Action proxy) {
        Action either = Action.oneOf(dns, proxy).as("switch");
        return with(scene, scene.automatic().leaves(either, "it does no harm").build(), either);
    }

    private static FakeAction[] runTwoWays(Scene scene, long crashAt, boolean before) throws Exception {
        FakeAction dns = action(scene, "switch-the-dns").finding(Observation.refused("the zone is locked"));
        FakeAction proxy = action(scene, "switch-the-proxy").takes(Duration.ofSeconds(10));
        LaunchPlan plan = eitherWay(scene, dns, proxy);
        CrashingJournal crashing =
                before ? CrashingJournal.before(scene.journal, crashAt) : CrashingJournal.after(scene.journal, crashAt);
        try {
            scene.arm(plan, crashing);
            scene.until(Duration.ofSeconds(1));
            scene.decide();
            scene.until(state -> state == LaunchState.WATCHING);
        } catch (SimulatedCrash e) {
            // while nobody is there, the way that was closed is opened
            dns.mend();
            scene.journal = scene.journal.reopen();
            scene.arm(plan);
            scene.until(state -> state == LaunchState.WATCHING);
        }
        return new FakeAction[] {dns, proxy};
    }
}
