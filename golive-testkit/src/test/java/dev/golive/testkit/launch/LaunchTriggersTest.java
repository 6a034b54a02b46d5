package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Verdict;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Watch;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Percent;
import dev.golive.rollback.Percentile;
import dev.golive.rollback.PreExisting;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Rate;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Trigger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What signals and triggers do to a launch: when they count, and what follows. */
@Timeout(60)
class LaunchTriggersTest {

    private static final Outcome RED = Outcome.failed("500");

    private final Scene scene = new Scene();

    /** What the payment provider says, who is not launched here. */
    private volatile Outcome payments = Outcome.passed();

    private final Probe provider = Probe.of("payments", new Scene.Asked("payments are taken", at -> payments))
            .every(Duration.ofSeconds(30));

    private void minutes(int some) throws InterruptedException {
        scene.until(scene.time.now().plus(Duration.ofMinutes(some)));
    }

    private void health(Outcome outcome) {
        scene.health = at -> outcome;
    }

    private LaunchPlan automatic(UnaryOperator<RollbackPolicy.Builder> changes) {
        return scene.plan(changes.apply(scene.automatic()).build()).build();
    }

    private long posted(String part) {
        return scene.room.texts().stream().filter(text -> text.contains(part)).count();
    }

    private String end() {
        return scene.types("Ended").get(0);
    }

    /** A source of numbers. */
    private record Numbers(String id, Asking asking) implements MetricSource {

        /** How it is asked. */
        interface Asking {
            Counts between(Instant from, Instant to) throws Exception;
        }

        @Override
        public Duration slot() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration settlesAfter() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Counts between(Instant from, Instant to, CheckContext context) throws Exception {
            return asking.between(from, to);
        }
    }

    // ---- what was so before

    private LaunchPlan withPayments(PreExisting before) {
        return automatic(policy -> policy.when(provider.failingFor(Duration.ofMinutes(3))
                .onSomethingElse(before)
                .as("payments-down")));
    }

    @Test
    void scenario_25_what_was_red_before_blocks_the_launch_until_somebody_takes_note_and_counts_once_it_has_cleared()
            throws Exception {
        try (scene) {
            payments = RED;
            scene.arm(withPayments(PreExisting.IGNORE_UNTIL_CLEARED));
            scene.until(Duration.ofMinutes(5));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);
            assertThat(scene.waiting().get("pre-existing:payments-down")).contains("already so before");
            assertThat(scene.waiting()).doesNotContainKey("decision");
            assertThat(scene.web.applied()).isEmpty();

            Reply reply =
                    scene.launch.control().acknowledge("pre-existing:payments-down", Scene.COMMANDER, "they are at it");
            assertThat(reply.accepted()).isTrue();
            scene.until(Duration.ofMinutes(6));
            scene.decide();
            scene.until(state -> state == LaunchState.WATCHING || state == LaunchState.BREACHING);
            minutes(20);
            assertThat(scene.types("Deciding")).as("it was so before").isEmpty();
            assertThat(scene.launch.state().isFinal()).isFalse();

            payments = Outcome.passed();
            minutes(3);
            payments = RED;
            minutes(5);
            assertThat(scene.types("Deciding")).singleElement().asString().contains("payments-down");
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
        }
    }

    @Test
    void scenario_25_what_has_cleared_before_the_launch_is_no_longer_in_the_way() throws Exception {
        try (scene) {
            payments = RED;
            scene.arm(withPayments(PreExisting.IGNORE_UNTIL_CLEARED));
            scene.until(Duration.ofMinutes(1));
            assertThat(scene.waiting()).containsKey("pre-existing:payments-down");
            payments = Outcome.passed();
            scene.until(Duration.ofMinutes(4));
            assertThat(scene.waiting()).doesNotContainKey("pre-existing:payments-down");
            assertThat(scene.waiting()).containsKey("decision");
        }
    }

    @Test
    void scenario_25_a_launch_that_is_armed_late_finds_out_first_what_was_red_before() throws Exception {
        try (scene) {
            payments = RED;
            scene.time.sleepUntil(Scene.PLANNED_AT.plusSeconds(60));
            scene.arm(withPayments(PreExisting.IGNORE_UNTIL_CLEARED));
            scene.until(Duration.ofMinutes(3));
            assertThat(scene.waiting()).containsKey("baseline").doesNotContainKey("decision");
            scene.until(Duration.ofMinutes(12));
            assertThat(scene.waiting()).containsOnlyKeys("baseline", "pre-existing:payments-down");
            scene.launch.control().acknowledge("pre-existing:payments-down", Scene.COMMANDER, "they are at it");
            scene.until(Duration.ofMinutes(13));
            assertThat(scene.waiting()).containsOnlyKeys("decision");
            scene.decide();
            minutes(20);
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    @Test
    void scenario_25_taking_note_does_not_help_where_the_policy_says_that_it_blocks() throws Exception {
        try (scene) {
            payments = RED;
            scene.arm(withPayments(PreExisting.BLOCK_LAUNCH));
            scene.until(Duration.ofMinutes(1));
            scene.launch.control().acknowledge("pre-existing:payments-down", Scene.COMMANDER, "I know");
            scene.until(Duration.ofMinutes(10));
            assertThat(scene.waiting())
                    .containsKey("pre-existing:payments-down")
                    .doesNotContainKey("decision");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);
        }
    }

    @Test
    void scenario_25_what_was_acknowledged_stays_so_over_a_restart() throws Exception {
        try (scene) {
            payments = RED;
            LaunchPlan plan = withPayments(PreExisting.IGNORE_UNTIL_CLEARED);
            scene.arm(plan);
            scene.until(Duration.ofMinutes(1));
            scene.launch.control().acknowledge("pre-existing:payments-down", Scene.COMMANDER, "they are at it");
            scene.takeUp(plan);
            scene.until(Duration.ofMinutes(2));
            assertThat(scene.waiting()).doesNotContainKey("pre-existing:payments-down");
            scene.decide();
            minutes(20);
            assertThat(scene.types("Deciding")).isEmpty();
        }
    }

    // ---- what could not be found out

    @Test
    void scenario_26_a_metric_source_that_refuses_is_told_and_rolls_nothing_back() throws Exception {
        List<Exception> answers = List.of(
                new IOException("401: bad token"),
                new IOException("429: too many requests"),
                new java.net.http.HttpTimeoutException("no answer in 30 s"));
        for (Exception answer : answers) {
            try (Scene one = new Scene()) {
                Numbers numbers = new Numbers("requests", (from, to) -> {
                    throw answer;
                });
                RollbackPolicy policy = one.automatic()
                        .when(Rate.of(numbers).exceeds(Percent.percent(5)).within(Duration.ofMinutes(5)))
                        .build();
                one.watching(one.plan(policy).build());
                one.until(Duration.ofMinutes(10));
                String key = "inconclusive:" + policy.rules().get(1).trigger().id();
                assertThat(one.waiting().get(key)).contains("cannot be judged").contains(answer.getMessage());
                assertThat(one.room.texts())
                        .filteredOn(text -> text.contains("cannot be judged"))
                        .hasSize(1);
                one.until(Duration.ofMinutes(45));
                assertThat(one.boss.texts())
                        .filteredOn(text -> text.contains("cannot be judged"))
                        .hasSize(1);
                assertThat(one.types("Deciding")).isEmpty();
                one.until(LaunchState::isFinal);
                assertThat(one.launch.state()).isEqualTo(LaunchState.COMPLETED);
                assertThat(one.types("Ended").get(0)).contains("UNDECIDED").contains("could not be judged");
            }
        }
    }

    // ---- the end of the watch

    @Test
    void scenario_36_a_watch_that_ends_while_something_is_red_goes_on_until_that_has_cleared() throws Exception {
        try (scene) {
            scene.watching(automatic(policy -> policy));
            scene.until(Duration.ofMinutes(119));
            health(RED);
            scene.until(Duration.ofMinutes(122));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.BREACHING);
            health(Outcome.passed());
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.COMPLETED);
            assertThat(end()).contains("\"verdict\":\"GO\"");
            assertThat(scene.time.now()).isAfter(Scene.PLANNED_AT.plus(Duration.ofMinutes(122)));
        }
    }

    @Test
    void scenario_36_or_until_it_is_rolled_back() throws Exception {
        try (scene) {
            scene.watching(automatic(policy -> policy));
            scene.until(Duration.ofMinutes(119));
            scene.health = at -> scene.web.liveNow().orElseThrow().id().equals("40") ? Outcome.passed() : RED;
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
        }
    }

    @Test
    void scenario_36_or_until_people_decide_to_leave_it_and_then_it_is_no_GO() throws Exception {
        try (scene) {
            scene.watching(scene.plan(policy -> policy));
            scene.until(Duration.ofMinutes(119));
            health(RED);
            scene.until(Duration.ofMinutes(125));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            scene.launch.control().denyRollback(Scene.COMMANDER, "fixed forward tomorrow");
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.COMPLETED);
            assertThat(scene.time.now()).isBefore(Scene.PLANNED_AT.plus(Duration.ofMinutes(127)));
            assertThat(end())
                    .contains("\"verdict\":\"NO_GO\"")
                    .contains("at the end it was so that health fails")
                    .contains("denied by ada: fixed forward tomorrow");
        }
    }

    @Test
    void a_rollback_that_was_denied_is_a_reservation_of_a_watch_that_ended_well() throws Exception {
        try (scene) {
            scene.watching(scene.plan(policy -> policy));
            health(RED);
            minutes(5);
            scene.launch.control().denyRollback(Scene.COMMANDER, "a deployment of the provider");
            health(Outcome.passed());
            scene.until(LaunchState::isFinal);
            assertThat(end()).contains("\"verdict\":\"CONDITIONAL_GO\"").contains("denied by ada");
        }
    }

    // ---- what does not count

    @Test
    void scenario_72_a_dry_run_trigger_that_is_true_has_no_consequence() throws Exception {
        try (scene) {
            Probe tried = Probe.of("tried", new Scene.Asked("the new probe", at -> payments))
                    .every(Duration.ofSeconds(30));
            scene.watching(automatic(policy ->
                    policy.when(tried.failingFor(Duration.ofMinutes(2)).dryRun().as("on-trial"))));
            payments = RED;
            minutes(20);
            assertThat(scene.types("TriggerTurned"))
                    .anyMatch(data -> data.contains("on-trial") && data.contains("\"TRUE\""));
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.waiting()).isEmpty();
            assertThat(scene.web.applied()).hasSize(1);
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.COMPLETED);
        }
    }

    @Test
    void scenario_72_the_others_beside_it_have() throws Exception {
        try (scene) {
            Probe tried = Probe.of("tried", new Scene.Asked("the new probe", at -> payments))
                    .every(Duration.ofSeconds(30));
            scene.watching(automatic(policy ->
                    policy.when(tried.failingFor(Duration.ofMinutes(2)).dryRun())));
            payments = RED;
            minutes(5);
            health(RED);
            minutes(5);
            assertThat(scene.types("Deciding")).singleElement().asString().contains("health-fails");
        }
    }

    @Test
    void scenario_77_what_is_red_before_the_release_is_proven_is_no_trigger_and_afterwards_it_is() throws Exception {
        try (scene) {
            health(RED);
            scene.arm(automatic(policy -> policy));
            scene.until(Duration.ofMinutes(30));
            assertThat(scene.types("Sampled")).as("it is sampled").isNotEmpty();
            assertThat(scene.waiting()).containsOnlyKeys("decision");
            assertThat(scene.types("Deciding")).isEmpty();
            scene.decide();
            scene.until(state -> state == LaunchState.WATCHING || state == LaunchState.BREACHING);
            Instant proven = scene.time.now();
            minutes(3);
            assertThat(scene.types("Deciding"))
                    .as("red for three minutes before, and for less since")
                    .isEmpty();
            minutes(2);
            assertThat(scene.types("Deciding")).hasSize(1);
            assertThat(scene.entries())
                    .filteredOn(entry -> entry.type().equals("Deciding"))
                    .first()
                    .satisfies(entry -> assertThat(entry.at()).isAfter(proven.plus(Duration.ofMinutes(3))));
        }
    }

    @Test
    void scenario_87_while_the_launch_is_held_no_step_runs_and_a_trigger_rolls_back_all_the_same() throws Exception {
        try (scene) {
            scene.smoke = at -> Outcome.unknown("nobody has looked");
            scene.arm(automatic(policy -> policy));
            scene.until(Duration.ofSeconds(1));
            scene.decide();
            scene.until(Duration.ofMinutes(2));
            assertThat(scene.launch.control().hold(Scene.ENGINEER, "lunch").accepted())
                    .isTrue();
            scene.smoke = at -> Outcome.passed();
            int samples = scene.types("Sampled").size();
            minutes(20);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
            assertThat(scene.waiting()).containsKey("held");
            assertThat(scene.types("Sampled")).hasSizeGreaterThan(samples + 10);
            assertThat(scene.types("CheckpointExamined")).isEmpty();
            health(RED);
            minutes(5);
            assertThat(scene.types("Deciding")).hasSize(1);
            assertThat(scene.web.applied()).hasSize(2);
        }
    }

    @Test
    void scenario_91_a_trigger_that_never_had_enough_requests_is_named_and_the_watch_ends_with_a_reservation()
            throws Exception {
        try (scene) {
            TreeMap<Double, Double> slow = new TreeMap<>();
            slow.put(99.0, 2500.0);
            Numbers few = new Numbers("checkout", (from, to) -> new MetricSource.Counts(0, 2, slow));
            Trigger p99 = Percentile.of(few, 99)
                    .above(2000)
                    .lastingFor(Duration.ofMinutes(5))
                    .as("checkout-slow");
            RollbackPolicy policy =
                    scene.automatic().when(p99).expectedTraffic(2).build();
            assertThat(policy.validate())
                    .anySatisfy(line -> assertThat(line).contains("checkout").contains("2"));
            scene.watching(scene.plan(policy).build());
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.COMPLETED);
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.types("Needed"))
                    .as("it is shown, and escalates to nobody")
                    .noneMatch(data -> data.contains("inconclusive"));
            assertThat(end()).contains("\"verdict\":\"CONDITIONAL_GO\"").contains(p99.sentence());
        }
    }

    @Test
    void scenario_93_what_is_red_during_our_own_maintenance_does_not_count_and_afterwards_it_does() throws Exception {
        try (scene) {
            scene.watching(automatic(policy -> policy));
            Instant until = scene.time.now().plus(Duration.ofMinutes(15));
            assertThat(scene.launch
                            .control()
                            .maintenance(until, Scene.ENGINEER, "the database moves")
                            .accepted())
                    .isTrue();
            health(RED);
            scene.until(until.minusSeconds(1));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.types("Sampled")).anyMatch(data -> data.contains("\"maintenance\":true"));
            scene.until(until.plus(Duration.ofMinutes(2)));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.BREACHING);
            scene.until(until.plus(Duration.ofMinutes(5)));
            assertThat(scene.types("Deciding")).hasSize(1);
        }
    }

    @Test
    void scenario_93_no_watch_ends_during_a_maintenance_and_none_with_one_is_without_reservation() throws Exception {
        try (scene) {
            scene.watching(automatic(policy -> policy));
            Instant until = Scene.PLANNED_AT.plus(Duration.ofMinutes(150));
            scene.launch.control().maintenance(until, Scene.ENGINEER, "the database moves");
            assertThat(posted("maintenance until " + until)).isLessThanOrEqualTo(1);
            scene.until(until.minusSeconds(1));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(posted("maintenance until " + until + ", announced by bob: the database moves"))
                    .isEqualTo(1);
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.COMPLETED);
            assertThat(end()).contains("\"verdict\":\"CONDITIONAL_GO\"").contains("maintenance until " + until);
        }
    }

    // ---- what follows

    @Test
    void scenario_94_a_trigger_that_notifies_does_only_that() throws Exception {
        try (scene) {
            scene.watching(automatic(policy ->
                    policy.notifyWhen(provider.failingFor(Duration.ofMinutes(2)).as("payments-down"))));
            payments = RED;
            minutes(30);
            assertThat(posted("payments fails")).isEqualTo(1);
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.waiting()).isEmpty();
            assertThat(scene.web.applied()).hasSize(1);
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).as("it holds up no end").isEqualTo(LaunchState.COMPLETED);
            assertThat(scene.time.now()).isBefore(Scene.PLANNED_AT.plus(Duration.ofMinutes(122)));
            assertThat(end()).contains("\"verdict\":\"CONDITIONAL_GO\"").contains("payments fails");
        }
    }

    @Test
    void scenario_94_a_trigger_that_asks_does_only_that_also_under_an_automatic_policy() throws Exception {
        try (scene) {
            scene.watching(automatic(policy ->
                    policy.askWhen(provider.failingFor(Duration.ofMinutes(2)).as("payments-down"))));
            payments = RED;
            minutes(10);
            assertThat(posted("roll back?")).isEqualTo(1);
            assertThat(scene.waiting().get("trigger:payments-down")).contains("roll back?");
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.web.applied()).hasSize(1);
            payments = Outcome.passed();
            minutes(3);
            assertThat(scene.waiting()).isEmpty();
        }
    }

    @Test
    void a_question_of_a_trigger_is_not_approved_but_answered_and_says_how() throws Exception {
        try (scene) {
            scene.watching(automatic(policy ->
                    policy.askWhen(provider.failingFor(Duration.ofMinutes(2)).as("payments-down"))));
            assertThat(scene.launch
                            .control()
                            .approveRollback(Scene.COMMANDER, "yes")
                            .because())
                    .isEqualTo("no rollback waits for an approval");
            payments = RED;
            minutes(10);

            assertThat(scene.launch
                            .control()
                            .approveRollback(Scene.COMMANDER, "yes")
                            .because())
                    .isEqualTo("no rollback waits for an approval; to trigger:payments-down the answer is"
                            + " rollBackNow(..), or acknowledge(..) to leave it");
            assertThat(scene.launch
                            .control()
                            .denyRollback(Scene.COMMANDER, "no")
                            .because())
                    .isEqualTo("no rollback waits for an approval; to trigger:payments-down the answer is"
                            + " acknowledge(..), or rollBackNow(..) to roll back");
            assertThat(scene.launch
                            .control()
                            .rollBackNow(Scene.COMMANDER, "yes")
                            .accepted())
                    .isTrue();
            assertThat(scene.waiting()).doesNotContainKey("trigger:payments-down");
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
        }
    }

    @Test
    void a_question_that_is_answered_with_no_holds_up_no_end_and_is_no_GO() throws Exception {
        try (scene) {
            scene.watching(automatic(policy ->
                    policy.askWhen(provider.failingFor(Duration.ofMinutes(2)).as("payments-down"))));
            payments = RED;
            scene.until(Duration.ofMinutes(125));
            assertThat(scene.launch.state()).as("nobody has answered").isEqualTo(LaunchState.BREACHING);
            scene.launch.control().acknowledge("trigger:payments-down", Scene.COMMANDER, "invoices will do");
            scene.until(LaunchState::isFinal);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.COMPLETED);
            assertThat(end()).contains("\"verdict\":\"NO_GO\"").contains("payments fails");
        }
    }

    @Test
    void a_decision_that_a_fresh_look_does_not_bear_out_is_not_taken_again_before_the_next_sample() throws Exception {
        try (scene) {
            scene.watching(automatic(policy -> policy));
            Instant red = scene.time.now();
            // what is looked at on the slot is red, and what is looked at a moment later is not
            int[] looks = new int[1];
            Instant[] last = {red};
            scene.health = at -> {
                boolean again = at.equals(last[0]);
                last[0] = at;
                looks[0]++;
                return again ? Outcome.passed() : RED;
            };
            minutes(10);
            assertThat(scene.types("RollbackApproved")).isEmpty();
            assertThat(scene.types("NotConfirmed").size()).isBetween(2, 20);
            assertThat(looks[0]).isLessThan(50);
            assertThat(scene.launch.state().isFinal()).isFalse();
        }
    }

    @Test
    void a_watch_of_what_others_launched_can_be_rolled_back_by_a_person() throws Exception {
        try (scene) {
            scene.web.releases("41");
            LaunchPlan plan = LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("incident-commander", "decides on rollback")
                    .moment(dev.golive.launch.Moment.at(dev.golive.time.Offset.T)
                            .check(scene.beforeList))
                    .watch(Watch.probing(scene.probe).until(H.plusHours(2)))
                    .rollback(scene.policy().build())
                    .inform(scene.room)
                    .build();
            scene.arm(plan);
            scene.until(Duration.ofMinutes(5));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.launch
                            .control()
                            .rollBackNow(Scene.COMMANDER, "it is bad")
                            .accepted())
                    .isTrue();
            minutes(10);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
            assertThat(scene.launch.verdict().verdict()).isEqualTo(Verdict.GO);
        }
    }
}
