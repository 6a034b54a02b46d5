package dev.golive.testkit.scenarios;

import static dev.golive.rollback.Percent.percent;
import static dev.golive.testkit.scenarios.Watching.API;
import static dev.golive.testkit.scenarios.Watching.HALF_MINUTE;
import static dev.golive.testkit.scenarios.Watching.HEALTH;
import static dev.golive.testkit.scenarios.Watching.HEALTHY;
import static dev.golive.testkit.scenarios.Watching.LATENCY;
import static dev.golive.testkit.scenarios.Watching.REQUESTS;
import static dev.golive.testkit.scenarios.Watching.START;
import static dev.golive.testkit.scenarios.Watching.after;
import static dev.golive.testkit.scenarios.Watching.armed;
import static dev.golive.testkit.scenarios.Watching.at;
import static dev.golive.testkit.scenarios.Watching.health;
import static dev.golive.testkit.scenarios.Watching.only;
import static dev.golive.testkit.scenarios.Watching.requests;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Action;
import dev.golive.Component;
import dev.golive.rollback.BackTest;
import dev.golive.rollback.Consequence;
import dev.golive.rollback.Downtime;
import dev.golive.rollback.Evaluation;
import dev.golive.rollback.Evidence;
import dev.golive.rollback.InvalidPolicyException;
import dev.golive.rollback.Judgement;
import dev.golive.rollback.Percentile;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Rate;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Rule;
import dev.golive.rollback.Sample;
import dev.golive.rollback.Trigger;
import dev.golive.rollback.Truth;
import dev.golive.testkit.SampleSeries;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scenarios of whole policies, by their numbers. */
class PolicyScenariosTest {

    private static final Trigger RED = HEALTH.failingLongerThan(minutes(3)).as("red");
    private static final Trigger COUNTED = HEALTH.failing(3, 5).as("counted");

    private static RollbackPolicy.Builder valid() {
        return RollbackPolicy.of(API).when(RED).when(COUNTED).verify(HEALTHY);
    }

    private static List<String> problems(RollbackPolicy.Builder builder) {
        try {
            builder.build();
            return List.of();
        } catch (InvalidPolicyException e) {
            assertThat(builder.validate()).containsAll(e.problems());
            return e.problems();
        }
    }

    @Test
    void scenario_21_to_24_codes_are_reasons_no_reasons_or_unknown() {
        RollbackPolicy policy = valid().whenReported("WRONG_BALANCE")
                .by("incident-commander", "ceo")
                .askWhenReported("SLOW")
                .by("engineer")
                .neverFor("COSMETIC", "open a ticket; fix forward")
                .build();

        assertThat(policy.report("WRONG_BALANCE"))
                .contains(new RollbackPolicy.Reported(
                        "WRONG_BALANCE", Set.of("incident-commander", "ceo"), Consequence.ROLL_BACK, Set.of()));
        assertThat(policy.report("SLOW").orElseThrow().consequence()).isEqualTo(Consequence.ASK);
        assertThat(policy.report("COSMETIC")).isEmpty();
        assertThat(policy.neverFor()).containsEntry("COSMETIC", "open a ticket; fix forward");
        assertThat(policy.report("TYPO")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> valid().whenReported(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> valid().neverFor("COSMETIC", ""));
    }

    @Test
    void scenario_19_a_gate_is_a_reason_at_once_or_when_it_fails_again() {
        RollbackPolicy policy =
                valid().whenGateFails("smoke").whenGateFailsTwice("load").build();

        assertThat(policy.gates())
                .containsExactly(
                        new RollbackPolicy.Gate("smoke", false, Consequence.ROLL_BACK),
                        new RollbackPolicy.Gate("load", true, Consequence.ROLL_BACK));
    }

    @Test
    void scenario_30_a_policy_that_cannot_work_is_refused_with_all_reasons() {
        Component other = new Watching.Part("other", Optional.empty());
        RollbackPolicy.Builder builder = RollbackPolicy.automatic(API, API)
                .when(HEALTH.failingFor(seconds(59)).as("short"))
                .when(Rate.of(REQUESTS).exceeds(percent(5)).within(seconds(59)).as("narrow"))
                .when(HEALTH.failing(4, 3).as("impossible"))
                .when(HEALTH.failing(0, 3).as("always"))
                .when(Rate.of(REQUESTS).exceeds(percent(100)).within(minutes(5)).as("unreachable"))
                .when(Trigger.not(HEALTH.failing(5, 4)).as("nested"))
                .when(RED, other)
                .when(RED)
                .when(HEALTH.failingFor(minutes(3)).maxGap(seconds(10)).as("gap"))
                .when(Probe.of("health", HEALTHY)
                        .every(minutes(1))
                        .failing(1, 2)
                        .as("namesake"))
                .whenReported("A")
                .by("ceo")
                .whenReported("A")
                .by("ceo")
                .whenReported("B")
                .by("ceo")
                .neverFor("B", "wait")
                .neverFor("B", "wait longer")
                .whenGateFails("smoke")
                .whenGateFailsTwice("smoke")
                .budget(other, minutes(1))
                .rebuild(other, new Watching.Named("rebuild"))
                .then(new Watching.Named("do"), new Watching.Named("do"))
                .fixForwardOnly("ceo");

        assertThat(problems(builder))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "window",
                        "window",
                        "m of n",
                        "unreachable limit",
                        "unreachable limit",
                        "m of n",
                        "duplicate trigger",
                        "gap",
                        "duplicate signal",
                        "duplicate code",
                        "duplicate code",
                        "overlap",
                        "duplicate gate",
                        "duplicate component",
                        "no target",
                        "no target",
                        "no target",
                        "duplicate action",
                        "no verification",
                        "fix forward only");
    }

    @Test
    void scenario_30_a_policy_without_an_effective_trigger_is_refused() {
        RollbackPolicy.Builder none = RollbackPolicy.of(API).verify(HEALTHY);
        assertThat(problems(none)).singleElement().asString().startsWith("no effective trigger");
        assertThat(problems(RollbackPolicy.of(API).verify(HEALTHY).notifyWhen(RED)))
                .singleElement()
                .asString()
                .startsWith("no effective trigger");
        assertThat(problems(RollbackPolicy.of(API).verify(HEALTHY).when(RED.dryRun())))
                .singleElement()
                .asString()
                .startsWith("no effective trigger");
        assertThat(problems(RollbackPolicy.of(API).verify(HEALTHY).whenGateFails("smoke")))
                .isEmpty();
        assertThat(problems(
                        RollbackPolicy.of(API).verify(HEALTHY).whenReported("A").by("ceo")))
                .isEmpty();
    }

    @Test
    void scenario_30_the_exception_names_all_problems() {
        assertThatExceptionOfType(InvalidPolicyException.class)
                .isThrownBy(() -> RollbackPolicy.of(API).build())
                .withMessageContaining("2 problems")
                .withMessageContaining("no effective trigger")
                .withMessageContaining("no verification")
                .satisfies(e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void a_window_of_exactly_two_intervals_will_do() {
        assertThat(problems(RollbackPolicy.of(API)
                        .verify(HEALTHY)
                        .when(HEALTH.failingFor(minutes(1)))
                        .when(Rate.of(REQUESTS).exceeds(percent(99)).within(minutes(1)))
                        .when(HEALTH.failing(3, 3))))
                .isEmpty();
    }

    @Test
    void a_built_policy_does_not_change_with_its_builder() {
        RollbackPolicy.Builder builder = valid();
        RollbackPolicy policy = builder.build();
        builder.notifyWhen(HEALTH.failing(1, 9))
                .neverFor("X", "wait")
                .budget(minutes(1))
                .dryRun();

        assertThat(policy.rules()).hasSize(2);
        assertThat(policy.neverFor()).isEmpty();
        assertThat(policy.budget()).isEmpty();
        assertThat(policy.isDryRun()).isFalse();
    }

    @Test
    void a_policy_says_all_that_was_given() {
        Action take = new Watching.Named("take it down");
        Action deployed = new Watching.Named("deploy");
        Action restored = new Watching.Named("restore the database");
        Action tell = new Watching.Named("tell the bank");
        Action build = new Watching.Named("build again");
        Component web = new Watching.Part("web", Optional.empty());
        RollbackPolicy policy = RollbackPolicy.of(API, web)
                .when(RED, web)
                .askWhen(COUNTED)
                .verify(HEALTHY)
                .then(restored)
                .then(tell, deployed)
                .leaves(deployed, "old pages are fine")
                .undoes(tell, take)
                .rebuild(web, build)
                .budget(minutes(5))
                .budget(web, minutes(2))
                .approvedBy("ceo", "incident-commander")
                .destructiveApprovedBy("dba")
                .onTimeout(RollbackPolicy.OnTimeout.PROCEED)
                .onClear(RollbackPolicy.OnClear.WITHDRAW)
                .approvalTimeout(minutes(1))
                .verifyTimeout(minutes(2))
                .coolDown(minutes(3))
                .aftercare(minutes(4))
                .expectedTraffic(40)
                .inParallel()
                .build();

        assertThat(policy.isAutomatic()).isFalse();
        assertThat(policy.components()).containsExactly(API, web);
        assertThat(policy.rules())
                .containsExactly(
                        new Rule(RED, Consequence.ROLL_BACK, List.of(web)),
                        new Rule(COUNTED, Consequence.ASK, List.of(API, web)));
        assertThat(policy.groups()).containsExactly(List.of(restored), List.of(tell, deployed));
        assertThat(policy.leaves()).containsEntry("deploy", "old pages are fine");
        assertThat(policy.undoes()).containsEntry("tell-the-bank", take);
        assertThat(policy.rebuild(web)).contains(build);
        assertThat(policy.rebuild(API)).isEmpty();
        assertThat(policy.budget()).contains(minutes(5));
        assertThat(policy.budget(web)).contains(minutes(2));
        assertThat(policy.approvers()).containsExactly("ceo", "incident-commander");
        assertThat(policy.destructiveApprovers()).containsExactly("dba");
        assertThat(policy.onTimeout()).isEqualTo(RollbackPolicy.OnTimeout.PROCEED);
        assertThat(policy.onClear()).isEqualTo(RollbackPolicy.OnClear.WITHDRAW);
        assertThat(List.of(policy.approvalTimeout(), policy.verifyTimeout(), policy.coolDown(), policy.aftercare()))
                .containsExactly(minutes(1), minutes(2), minutes(3), minutes(4));
        assertThat(policy.expectedTraffic()).contains(40);
        assertThat(policy.isInParallel()).isTrue();
        assertThat(policy.signals()).containsExactly(HEALTH);
        assertThat(policy.verification())
                .extracting(item -> item.check().orElseThrow())
                .containsExactly(HEALTHY);
    }

    @Test
    void scenario_36_the_watch_can_see_that_something_is_still_in_breach() {
        Evaluation next = after(armed(HEALTH.failingFor(minutes(3)).clearFor(minutes(1))), health("B"));
        assertThat(only(next).isPartly()).isTrue();
        assertThat(only(next).isBreaching()).isTrue();

        Evaluation good = after(next, health("_ OK"));
        assertThat(only(good).isPartly()).isFalse();
        assertThat(only(good).isBreaching()).isTrue();
        assertThat(only(after(good, health("2x_ OK"))).isBreaching()).isTrue();
        assertThat(only(after(good, health("2x_ OK OK"))).isBreaching()).isFalse();
    }

    @Test
    void scenario_72_a_dry_run_alone_rolls_nothing_back() {
        RollbackPolicy policy = RollbackPolicy.automatic(API)
                .when(RED)
                .when(HEALTH.failing(2, 3).as("trial").dryRun())
                .verify(HEALTHY)
                .build();
        BackTest test = policy.replay(health("3xB 5xOK"));

        assertThat(test.rollback()).isEmpty();
        assertThat(test.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.trigger()).isEqualTo("trial");
            assertThat(decision.dryRun()).isTrue();
        });
    }

    @Test
    void scenario_72_a_dry_run_never_makes_a_combination_true() {
        Trigger real = Rate.of(REQUESTS).exceeds(percent(5)).within(minutes(5)).as("real");
        Trigger trial = HEALTH.failing(1, 2).as("trial").dryRun();

        assertThat(Watching.truth(Trigger.anyOf(real, trial), health("B"))).isEqualTo(Truth.UNKNOWN);
        assertThat(Watching.truth(Trigger.anyOf(COUNTED, trial), health("OK B")))
                .isEqualTo(Truth.UNKNOWN);
        assertThat(Watching.truth(Trigger.not(trial), health("OK OK"))).isEqualTo(Truth.UNKNOWN);
        assertThat(Watching.truth(Trigger.allOf(minutes(1), HEALTH.failing(1, 3), trial), health("B")))
                .isEqualTo(Truth.UNKNOWN);
        RollbackPolicy rehearsed = valid().notifyWhen(
                        Trigger.anyOf(real, trial).as("all").dryRun())
                .build();
        Judgement judgement =
                after(Evaluation.of(rehearsed).armed(START), health("B")).judgement("all");
        assertThat(judgement.truth()).isEqualTo(Truth.TRUE);
        assertThat(judgement.fires()).isFalse();
        assertThat(judgement.wouldFire()).isTrue();
    }

    @Test
    void a_dry_run_of_the_whole_policy_fires_nothing() {
        BackTest test = RollbackPolicy.automatic(API)
                .when(RED)
                .verify(HEALTHY)
                .dryRun()
                .build()
                .replay(health("20xB"));

        assertThat(test.rollback()).isEmpty();
        assertThat(test.decisions()).singleElement().matches(BackTest.Decision::dryRun);
    }

    @Test
    void scenario_74_a_decision_is_explained_by_its_inputs_and_judged_again_from_them() {
        RollbackPolicy policy = valid().build();
        BackTest test = policy.replay(health("100xOK 3xB OK 20xB"));

        BackTest.Decision first = test.decisions().get(0);
        assertThat(first.trigger()).isEqualTo("counted");
        assertThat(first.at()).isEqualTo(at(HALF_MINUTE.multipliedBy(102)));
        assertThat(first.explanation())
                .startsWith("health fails in 3 of 5 slots: TRUE\n")
                .contains("consequence: roll back")
                .contains("3 breaches in the last 5 slots, 3 are needed: OK OK BREACH BREACH BREACH");
        assertThat(first.evidence().samples()).hasSizeLessThanOrEqualTo(6);

        BackTest.Decision second = test.decisions().get(1);
        assertThat(second.trigger()).isEqualTo("red");
        assertThat(second.explanation())
                .contains("8 breaches in a row over 3 min 30 s, at least 3 over more than 3 min are needed");
        assertThat(second.evidence().samples()).hasSize(8);
        assertThat(second.evidenceOnly()).isTrue();
        for (BackTest.Decision decision : test.decisions()) {
            Judgement again = policy.judge(decision.evidence());
            assertThat(again.truth()).isEqualTo(Truth.TRUE);
            assertThat(again.why())
                    .isEqualTo(decision.explanation().lines().toList().get(2).substring(7));
        }
    }

    @Test
    void scenario_74_evidence_of_somebody_elses_trigger_is_refused() {
        Evidence evidence = new Evidence("nobody", START, START, START, java.util.Map.of(), List.of(), List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().build().judge(evidence))
                .withMessageContaining("nobody");
    }

    @Test
    void a_back_test_decides_once_and_again_after_it_was_cleared() {
        RollbackPolicy policy =
                RollbackPolicy.of(API).askWhen(COUNTED).verify(HEALTHY).build();

        assertThat(policy.replay(health("20xB")).decisions()).hasSize(1);
        assertThat(policy.replay(health("5xB 2xOK 5xB")).decisions()).hasSize(1);
        assertThat(policy.replay(health("5xB 10xOK 5xB")).decisions())
                .hasSize(2)
                .noneMatch(BackTest.Decision::evidenceOnly);
        assertThat(policy.replay(List.of()).decisions()).isEmpty();
        assertThat(policy.replay(health("5xOK")).toString()).isEqualTo("nothing would have been decided");
    }

    @Test
    void a_back_test_knows_when_nobody_watched() {
        RollbackPolicy policy = RollbackPolicy.of(API).when(RED).verify(HEALTHY).build();
        List<Sample> samples = health("3xB 3x_ 4xB");

        assertThat(policy.replay(samples, List.of(new Downtime(at(seconds(61)), at(seconds(179)))))
                        .rollback())
                .isEmpty();
        assertThat(policy.replay(health("3xB 3x_ 9xB"), List.of(new Downtime(at(seconds(61)), at(seconds(179)))))
                        .rollback()
                        .orElseThrow()
                        .at())
                .isEqualTo(at(minutes(5)));
    }

    @Test
    void scenario_89_fix_forward_only_cannot_be_automatic() {
        assertThat(problems(
                        RollbackPolicy.automatic(API).when(RED).verify(HEALTHY).fixForwardOnly("ceo")))
                .singleElement()
                .asString()
                .startsWith("fix forward only");
        assertThat(valid().fixForwardOnly("ceo").build().fixForwardOnly()).contains("ceo");
    }

    @Test
    void scenario_76_a_first_launch_can_say_how_it_is_taken_down() {
        Action page = new Watching.Named("show the maintenance page");
        Action stop = new Watching.Named("stop the service");

        assertThat(valid().build().noPreviousRelease()).isEmpty();
        assertThat(valid().noPreviousRelease(page, stop).build().noPreviousRelease())
                .containsExactly(page, stop);
    }

    @Test
    void scenario_91_a_trigger_that_the_expected_traffic_cannot_fire_is_named() {
        Trigger latency =
                Percentile.of(LATENCY, 99).above(2000).lastingFor(minutes(5)).as("latency");
        Trigger counted = Percentile.of(LATENCY, 99).above(2000).inSlots(3, 5).as("latency-counted");
        Trigger rate = Rate.of(REQUESTS).exceeds(percent(5)).within(minutes(5)).as("rate");
        RollbackPolicy.Builder policy = valid().when(latency)
                .when(counted)
                .when(Trigger.anyOf(RED, rate).as("any"));

        assertThat(policy.build().validate()).isEmpty();
        assertThat(policy.expectedTraffic(2).build().validate())
                .hasSize(3)
                .allMatch(warning -> warning.startsWith("traffic: "))
                .anyMatch(
                        warning -> warning.contains("\"latency\" never fires, it needs 1000 requests in 1 min and about"
                                + " 2 are expected; use a trigger on a probe or on a rate instead"))
                .anyMatch(warning -> warning.contains("\"latency-counted\""))
                .anyMatch(
                        warning -> warning.contains("\"any\" never fires, it needs 20 requests in 5 min and about 10"));
        assertThat(policy.expectedTraffic(4).build().validate()).hasSize(2);
        assertThat(policy.expectedTraffic(1000).build().validate()).isEmpty();
    }

    @Test
    void scenario_94_notify_and_ask_do_only_that() {
        RollbackPolicy policy = RollbackPolicy.automatic(API)
                .notifyWhen(HEALTH.failing(1, 3).as("told"))
                .askWhen(HEALTH.failing(2, 3).as("asked"))
                .when(HEALTH.failing(3, 3).as("back"))
                .verify(HEALTHY)
                .build();

        Evaluation two = after(Evaluation.of(policy).armed(START), health("B B"));
        assertThat(two.firing())
                .extracting(Judgement::consequence)
                .containsExactly(Consequence.NOTIFY, Consequence.ASK);
        assertThat(two.judgement("told").rule().components()).isEmpty();
        assertThat(policy.replay(health("B B OK")).rollback()).isEmpty();
        assertThat(policy.replay(health("B B B")).rollback().orElseThrow().trigger())
                .isEqualTo("back");
    }

    @Test
    void the_budget_is_held_against_detection_execution_and_verification() {
        Component slow = new Watching.Part("api", Optional.of(minutes(4)));
        Component web = new Watching.Part("web", Optional.of(minutes(2)));
        RollbackPolicy.Builder builder = RollbackPolicy.of(slow, web)
                .when(RED)
                .when(COUNTED)
                .verify(HEALTHY)
                .budget(slow, minutes(3))
                .budget(web, minutes(2))
                .budget(minutes(5));

        assertThat(builder.build().validate())
                .contains(
                        "budget: api has 3 min to go back, but that takes 4 min",
                        "budget: the rollback has 5 min, but going back takes 6 min",
                        "budget: from the first failure on, \"red\" may need 3 min 40 s to be found, 6 min to go back and"
                                + " 10 s to be verified, together 9 min 50 s, which is more than the budget of 5 min")
                .hasSize(4);
        assertThat(builder.inParallel()
                        .budget(minutes(8))
                        .budget(slow, minutes(4))
                        .build()
                        .validate())
                .isEmpty();
    }

    @Test
    void a_service_that_fails_every_other_time_needs_a_count_too() {
        assertThat(RollbackPolicy.of(API).when(RED).verify(HEALTHY).build().validate())
                .singleElement()
                .asString()
                .startsWith("alternating: if \"health\" fails every other time");
        assertThat(valid().build().validate()).isEmpty();
    }

    @Test
    void a_late_sample_that_completes_several_slots_hides_no_decision() {
        List<Sample> samples = health("B B OK");
        Evaluation next = armed(HEALTH.failing(2, 2)).with(samples.get(0)).with(samples.get(2));
        assertThat(next.fired()).isEmpty();

        next = next.with(samples.get(1));
        assertThat(next.firing()).isEmpty();
        assertThat(next.fired()).singleElement().satisfies(fired -> {
            assertThat(fired.truth()).isEqualTo(Truth.TRUE);
            assertThat(fired.deciding()).containsExactly(samples.get(0), samples.get(1));
        });
        assertThat(next.with(Sample.ok("health", at(seconds(90)))).fired()).isEmpty();
    }

    @Test
    void two_signals_are_watched_at_once() {
        Trigger both = Trigger.allOf(
                minutes(1),
                HEALTH.failing(2, 2),
                Rate.of(REQUESTS).exceeds(percent(5)).within(minutes(5)));
        SampleSeries series = SampleSeries.of("health", START, HALF_MINUTE, "OK OK B B B")
                .and(SampleSeries.of("requests", START, HALF_MINUTE, "0/100 0/100 0/100 50/100"));

        assertThat(both.signals()).containsExactly(HEALTH, REQUESTS);
        assertThat(only(after(armed(both), series.samples())).fires()).isTrue();
        assertThat(only(after(armed(both), requests("4x50/100"))).fires()).isFalse();
    }
}
