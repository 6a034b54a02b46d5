package dev.golive.testkit.launch;

import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.GoLiveException;
import dev.golive.ItemResult;
import dev.golive.Observation;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.LaunchFault;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DryRunTest {

    private final Scene scene = new Scene();
    private final FakeAction flag = FakeAction.named("flag", scene.time).logging(scene.log);

    @AfterEach
    void close() {
        scene.close();
    }

    private Report run(Action... more) {
        LaunchPlan.Builder plan = scene.plan(scene.policy().build());
        for (Action action : more) {
            plan.moment(Moment.at(T.plusHours(1)).then(action));
        }
        return plan.build().dryRun(scene.golive, scene.environment);
    }

    private static ItemResult item(Report report, String id) {
        return report.result(id).orElseThrow();
    }

    private static String fact(ItemResult result, String name) {
        return result.facts().stream()
                .filter(fact -> fact.name().equals(name))
                .findFirst()
                .orElseThrow()
                .found();
    }

    @Test
    void scenario_71_it_looks_at_every_action_and_every_way_back_and_applies_nothing() {
        Report report = run(flag);
        assertThat(report.results()).extracting(ItemResult::id).containsExactly("deploy-web-41", "flag", "back-web");
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
        assertThat(scene.log.calls()).extracting(Call::kind).doesNotContain(Call.Kind.APPLY, Call.Kind.POST);
        assertThat(flag.calls()).hasSize(1);
        assertThat(scene.web.liveNow().orElseThrow().id()).isEqualTo("40");
    }

    @Test
    void what_is_not_at_its_target_passes_and_says_what_would_be_done() {
        ItemResult deploy = item(run(), "deploy-web-41");
        assertThat(deploy.status()).isEqualTo(Status.PASSED);
        assertThat(fact(deploy, "state")).isEqualTo("NOT_AT_TARGET");
        assertThat(fact(deploy, "found")).isEqualTo("release 40 is live");
        assertThat(fact(deploy, "would")).isEqualTo(scene.deploy.sentence());
    }

    @Test
    void what_is_at_its_target_passes_with_nothing_to_do() {
        flag.doneBySomebody();
        Report report = run(flag);
        for (String id : List.of("flag", "back-web")) {
            assertThat(item(report, id).status()).isEqualTo(Status.PASSED);
            assertThat(fact(item(report, id), "state")).isEqualTo("AT_TARGET");
            assertThat(fact(item(report, id), "would")).isEqualTo("nothing to do");
        }
    }

    @Test
    void what_is_under_way_is_warned_of() {
        flag.finding(Observation.underWay("a build is going on"));
        ItemResult result = item(run(flag), "flag");
        assertThat(result.status()).isEqualTo(Status.WARNED);
        assertThat(result.why()).contains("a build is going on");
    }

    @Test
    void what_somebody_else_changed_fails_and_would_need_a_person() {
        flag.finding(Observation.somewhereElse("release 99 is live"));
        ItemResult result = item(run(flag), "flag");
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).contains("somebody else acted", "release 99");
        assertThat(fact(result, "would")).isEqualTo("ask a person");
    }

    @Test
    void what_cannot_be_done_fails_with_the_reason() {
        flag.finding(Observation.refused("the image is gone"));
        ItemResult result = item(run(flag), "flag");
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).contains("the image is gone");
        assertThat(run(flag).verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void what_cannot_be_found_out_is_unknown() {
        flag.finding(Observation.unknown("403"));
        assertThat(item(run(flag), "flag").status()).isEqualTo(Status.UNKNOWN);
        flag.mend().fault(LaunchFault.hangs());
        assertThat(item(run(flag), "flag").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void of_several_ways_the_first_that_is_open_is_shown() {
        FakeAction closed = FakeAction.named("short", scene.time).finding(Observation.refused("no permission"));
        FakeAction open = FakeAction.named("long", scene.time);
        FakeAction unused = FakeAction.named("longer", scene.time);
        ItemResult result = item(run(Action.oneOf(closed, open, unused).as("either")), "either");
        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(fact(result, "would")).isEqualTo("perform long");
        assertThat(fact(result, "not open")).contains("perform short", "no permission");
        assertThat(unused.calls()).isEmpty();

        open.finding(Observation.refused("too late"));
        unused.finding(Observation.refused("closed"));
        result = item(run(Action.oneOf(closed, open, unused).as("either")), "either");
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).contains("no permission", "too late", "closed");
    }

    @Test
    void a_first_launch_has_no_way_back_unless_the_policy_takes_it_down() {
        FakeComponent shop = FakeComponent.named("shop", scene.time);
        LaunchPlan.Builder plan = LaunchPlan.named("first", Scene.ZONE)
                .moment(Moment.at(T).check(scene.beforeList).then(shop.deploy("1")));
        RollbackPolicy.Builder policy =
                RollbackPolicy.of(shop).when(scene.probe.failing(3, 5)).verify(scene.healthy);
        ItemResult back =
                item(plan.rollback(policy.build()).build().dryRun(scene.golive, scene.environment), "back-shop");
        assertThat(back.status()).isEqualTo(Status.FAILED);
        assertThat(back.why()).contains("no release of shop to go back to", "noPreviousRelease");

        FakeAction takeDown = FakeAction.named("take-down", scene.time);
        back = item(
                plan.rollback(policy.noPreviousRelease(takeDown).build())
                        .build()
                        .dryRun(scene.golive, scene.environment),
                "back-shop");
        assertThat(back.status()).isEqualTo(Status.PASSED);
        assertThat(fact(back, "would")).isEqualTo("perform take-down");
    }

    @Test
    void a_plan_that_performs_nothing_has_nothing_to_look_at() {
        LaunchPlan plan = LaunchPlan.named("only lists", Scene.ZONE)
                .moment(Moment.at(T).check(scene.beforeList))
                .build();
        assertThatThrownBy(() -> plan.dryRun(scene.golive, scene.environment))
                .isInstanceOf(GoLiveException.class)
                .hasMessageContaining("nothing to look at");
    }
}
