package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.CheckContext;
import dev.golive.Deploy;
import dev.golive.Verdict;
import dev.golive.launch.Compatibility;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.PlanRefusedException;
import dev.golive.launch.Watch;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Percentile;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plan is refused for, before and when it is armed, and what it shows while it is carried out. */
class PlanScenariosTest {

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    private LaunchPlan.Builder first(FakeComponent shop, RollbackPolicy policy) {
        Deploy deploy = shop.deploy("1");
        return LaunchPlan.named("Shop 1.0", Scene.ZONE)
                .moment(Moment.at(T.minusMinutes(30)).check(scene.beforeList))
                .moment(Moment.at(T).then(deploy).identity(deploy, new Scene.Served(shop, deploy.release())))
                .watch(Watch.probing(scene.probe).until(H.plusMinutes(30)))
                .rollback(policy);
    }

    @Test
    void scenario_76_a_first_launch_says_how_it_is_taken_down() {
        FakeComponent shop = FakeComponent.named("shop", scene.time);
        RollbackPolicy.Builder policy =
                RollbackPolicy.of(shop).when(scene.probe.failing(3, 5)).verify(scene.healthy);
        LaunchPlan silent = first(shop, policy.build()).build();
        assertThatThrownBy(() -> scene.arm(silent))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("there is no previous release of shop")
                .hasMessageContaining("noPreviousRelease(..)");

        FakeAction takeDown = FakeAction.named("close-the-shop", scene.time);
        Launch launch = scene.arm(
                first(shop, policy.noPreviousRelease(takeDown).build()).build());
        assertThat(launch.state()).isEqualTo(LaunchState.ARMED);
        assertThat(launch.breakGlassCard())
                .contains("1. shop: back to nothing, none was live before", "2. Take down: perform close-the-shop");
    }

    @Test
    void scenario_80_a_release_that_is_deleted_before_the_watch_ends_is_named_with_the_hour() {
        scene.web.keeps("40", Scene.PLANNED_AT.plus(Duration.ofHours(24)));
        LaunchPlan.Builder plan = scene.plan(scene.policy().build())
                .watch(Watch.probing(scene.probe)
                        .until(H.plusHours(48))
                        .heartbeat(FakeChannel.named("outside", scene.time), Duration.ofMinutes(5)));
        assertThatThrownBy(() -> scene.arm(plan.build()))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("hour 24 of the watch")
                .hasMessageContaining("declares none");

        FakeAction rebuild = FakeAction.named("rebuild-web", scene.time);
        scene.arm(plan.rollback(scene.policy().rebuild(scene.web, rebuild).build())
                .build());
        assertThat(scene.types("Armed")).first().asString().contains("hour 24 of the watch");
    }

    @Test
    void scenario_89_a_migration_needs_a_word_on_going_back_before_anything_is_armed() {
        FakeAction migration = FakeAction.named("migrate", scene.time).migratingSchema();
        LaunchPlan.Builder silent = scene.plan(
                        scene.policy().leaves(migration, "it stays").build())
                .moment(Moment.at(T.plusHours(1)).then(migration));
        assertThat(silent.build().validate()).anyMatch(line -> line.startsWith("the action migrate migrates a schema"));
        assertThatThrownBy(() -> scene.arm(silent.build())).isInstanceOf(PlanRefusedException.class);

        LaunchPlan.Builder forward = scene.plan(scene.automatic().build())
                .moment(Moment.at(T.plusHours(1)).then(migration))
                .migration(migration, Compatibility.fixForwardOnly("the column is gone"));
        assertThatThrownBy(() -> scene.arm(forward.build()))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("can only be fixed forward, and the rollback policy is automatic");
        forward.rollback(scene.policy().build());
        assertThat(scene.arm(forward.build()).state()).isEqualTo(LaunchState.ARMED);
    }

    /** Two requests a minute, all of them slow. */
    private record Trickle(String id) implements MetricSource {
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
            return new Counts(0, 2, Map.of(99.0, 5000.0));
        }
    }

    @Test
    void scenario_91_a_trigger_that_this_traffic_never_fires_is_named_before_and_after() throws Exception {
        RollbackPolicy policy = scene.policy()
                .expectedTraffic(2)
                .when(Percentile.of(new Trickle("latency"), 99)
                        .above(2000)
                        .lastingFor(Duration.ofMinutes(5))
                        .as("slow"))
                .build();
        LaunchPlan plan = scene.plan(policy)
                .watch(Watch.probing(scene.probe).until(H.plusMinutes(15)))
                .build();
        assertThat(plan.validate())
                .anyMatch(line -> line.startsWith("warning: traffic: \"slow\" never fires"))
                .allMatch(line -> line.startsWith("warning: "));

        scene.watching(plan);
        assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.COMPLETED);
        assertThat(scene.types("Ended"))
                .first()
                .asString()
                .contains("it was never judged whether p99 of latency is above 2000")
                .doesNotContain("\"" + Verdict.GO + "\"");
    }

    @Test
    void a_launch_shows_where_it_stands_from_its_arming_to_its_end() throws Exception {
        scene.arm(scene.plan(policy -> policy));
        assertThat(scene.room.texts()).isEmpty();
        scene.until(Duration.ofSeconds(1));
        assertThat(scene.room.texts())
                .anyMatch(text ->
                        text.startsWith("BREAK GLASS: Shop 1.0 in staging\n") && text.contains("1. web: back to 40"));
        assertThat(board()).anyMatch(line -> line.contains("decide on digest "));
        assertThat(scene.launch.explain()).contains("- decision, for anybody since 10:00");

        scene.decide();
        scene.until(state -> state == LaunchState.WATCHING);
        assertThat(board())
                .anyMatch(line -> line.startsWith("WATCHING: staging"))
                .contains("Verdict: GO of 3 lists, checkpoint 10:00 GO")
                .anyMatch(line -> line.startsWith("Live web: ") && line.contains("launched 41; back to 40"))
                .anyMatch(line -> line.startsWith("Way back: 1 of 1 frozen, takes 20 s, budget 10 min"));
        assertThat(scene.launch.explain()).contains("checkpoint of smoke", "the watch ends");
        assertThat(scene.launch.breakGlassCard()).contains("launched: 41");

        scene.until(LaunchState::isFinal);
        assertThat(board()).anyMatch(line -> line.startsWith("Verdict: GO, the watch has ended"));
    }

    @Test
    void a_rollback_that_was_decided_is_explained_by_its_rule_and_inputs() throws Exception {
        scene.watching(scene.plan(policy -> policy));
        Instant red = scene.time.now().plus(Duration.ofMinutes(1));
        scene.health = at -> at.isBefore(red) ? dev.golive.Outcome.passed() : dev.golive.Outcome.failed("500");
        scene.until(state -> state == LaunchState.AWAITING_APPROVAL);
        List<String> lines = scene.launch.explain().lines().toList();
        assertThat(lines)
                .contains("- rule: roll back when health fails for longer than 3 min")
                .filteredOn(line -> line.startsWith("- input: health at "))
                .hasSizeGreaterThanOrEqualTo(7)
                .allMatch(line -> line.contains("BREACH: 500"));
        assertThat(lines).anyMatch(line -> line.startsWith("- approve-rollback, for incident-commander since "));
        assertThat(board()).anyMatch(line -> line.startsWith("Waits: approve-rollback since "));
    }

    private List<String> board() {
        List<String> board = scene.launch.control().board();
        assertThat(board).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 120);
        return board;
    }
}
