package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Observation;
import dev.golive.Observation.State;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.testkit.railway.RailwayFault;
import dev.golive.testkit.railway.RailwayRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayDeployTest extends OnFakeRailway {

    private static final String V1 = "aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1";
    private static final String V2 = "bbbb222bbbb222bbbb222bbbb222bbbb222bbbb2";
    private static final String V3 = "cccc333cccc333cccc333cccc333cccc333cccc3";

    private final RailwayService api = railway.service("api");

    @BeforeEach
    void deployTwice() {
        fake.service("api")
                .source("acme/api", "main")
                .variable("MODE", "production")
                .deployed(V1)
                .deployed(V2)
                .commit(V3);
    }

    private List<RailwayRequest> sent(String field) {
        return fake.requests(field);
    }

    private String liveCommit() {
        return fake.service("api").live().orElseThrow().commit();
    }

    private Release nowLive() throws Exception {
        return perform().ask(api, Component.Driver::live).orElseThrow();
    }

    // ---- a commit

    @Test
    void a_commit_is_deployed_and_yields_its_release() throws Exception {
        Deploy deploy = api.deploy(V3);

        Observation end = toTheEnd(deploy);

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(liveCommit()).isEqualTo(V3);
        assertThat(end.yielded().orElseThrow().commit()).isEqualTo(V3);
        assertThat(end.yielded()).contains(nowLive());
        assertThat(deploy.component()).isSameAs(api);
        assertThat(deploy.sentence()).isEqualTo("deploy commit " + V3 + " to Railway service api of shop/production");
        assertThat(sent("serviceInstanceDeployV2")).hasSize(1);
    }

    @Test
    void a_commit_that_is_live_is_not_deployed_again() throws Exception {
        assertThat(toTheEnd(api.deploy("bbbb222")).state()).isEqualTo(State.AT_TARGET);
        perform().apply(api.deploy(V2));

        assertThat(fake.mutations()).isEmpty();
    }

    @Test
    void a_commit_that_the_repository_has_not_is_refused() throws Exception {
        Deploy deploy = api.deploy("deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");

        assertThatThrownBy(() -> perform().apply(deploy)).hasMessageContaining("Commit not found");

        assertThat(sent("serviceInstanceDeployV2")).hasSize(1);
        assertThat(liveCommit()).isEqualTo(V2);
    }

    @Test
    void what_is_no_commit_is_refused_where_it_is_written() {
        for (String wrong : List.of("main", "abc123", "v1.0", " ")) {
            assertThatThrownBy(() -> api.deploy(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("hexadecimal");
        }
    }

    @Test
    void a_deployment_of_which_the_answer_was_lost_is_found_by_its_commit_and_made_once() throws Exception {
        fake.fault("serviceInstanceDeployV2", RailwayFault.lostAnswer());
        fake.service("api").deploysIn(Duration.ofSeconds(5));

        Observation end = toTheEnd(api.deploy(V3));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(sent("serviceInstanceDeployV2")).hasSize(1);
    }

    @Test
    void a_push_at_the_same_moment_is_not_taken_for_a_deployment_of_which_the_answer_was_lost() throws Exception {
        fake.fault("serviceInstanceDeployV2", RailwayFault.reset());
        Receipt receipt = perform().apply(api.deploy(V3));
        fake.service("api").pushed("dddd444dddd444dddd444dddd444dddd444dddd4");

        Observation end = perform().after(receipt).toTheEnd(api.deploy(V3));

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("lost");
    }

    @Test
    void a_build_that_fails_is_refused_and_what_was_live_stays() throws Exception {
        fake.service("api").failingBuilds();

        Observation end = toTheEnd(api.deploy(V3));

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("FAILED", "build", "railway.com/project/");
        assertThat(liveCommit()).isEqualTo(V2);
    }

    @Test
    void a_health_check_that_fails_is_refused() throws Exception {
        fake.service("api").healthcheckTimeout(Duration.ofSeconds(20)).failingHealthchecks();

        assertThat(toTheEnd(api.deploy(V3)).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void a_process_that_ends_at_once_is_refused() throws Exception {
        Receipt receipt = perform().apply(api.deploy(V3));
        time.advance(Duration.ofMinutes(3));
        fake.service("api").completed();

        Observation end = perform().after(receipt).observe(api.deploy(V3));

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("its process has ended");
    }

    @Test
    void what_somebody_removes_or_supersedes_is_told() throws Exception {
        Receipt receipt = perform().apply(api.deploy(V3));
        fake.service("api").removedBySomebody(receipt.id());
        assertThat(perform().after(receipt).observe(api.deploy(V3)).found()).contains("somebody removed it");

        time.advance(Duration.ofSeconds(1));
        fake.service("api").deployedBySomebody("dddd444");
        time.advance(Duration.ofMinutes(1));
        assertThat(perform().after(receipt).observe(api.deploy(V3)).state()).isEqualTo(State.SOMEWHERE_ELSE);
    }

    @Test
    void nothing_is_sent_while_somebody_else_deploys() throws Exception {
        fake.service("api").deployingBySomebody("dddd444");

        assertThat(perform().observe(api.deploy(V3)).state()).isEqualTo(State.UNDER_WAY);
        assertThatThrownBy(() -> perform().apply(api.deploy(V3))).hasMessageContaining("goes on");
        assertThat(fake.mutations()).isEmpty();
    }

    @Test
    void a_service_that_is_not_there_is_refused() throws Exception {
        for (Action action : List.of(
                railway.service("nowhere").deploy(),
                railway.service("nowhere").deploy(V3),
                railway.service("nowhere").redeploy(),
                railway.service("nowhere").restart())) {
            assertThat(perform().observe(action).state()).isEqualTo(State.REFUSED);
            assertThatThrownBy(() -> perform().apply(action)).hasMessageContaining("there is no");
        }
    }

    // ---- the latest commit

    @Test
    void the_latest_commit_is_deployed_and_its_deployment_found_by_difference() throws Exception {
        fake.service("api").pushedElsewhere(V3);

        Receipt receipt = perform().apply(api.deploy());
        Observation end = perform().after(receipt).toTheEnd(api.deploy());

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(liveCommit()).isEqualTo(V3);
        assertThat(receipt.id())
                .isEqualTo(fake.service("api").live().orElseThrow().id());
        assertThat(sent("serviceInstanceDeploy")).hasSize(1);
        assertThat(api.deploy().isConvergent()).isFalse();
    }

    @Test
    void a_latest_commit_that_is_live_is_deployed_once_more() throws Exception {
        assertThat(perform().observe(api.deploy()).state()).isEqualTo(State.NOT_AT_TARGET);
        assertThat(toTheEnd(api.deploy()).state()).isEqualTo(State.AT_TARGET);
        assertThat(sent("serviceInstanceDeploy")).hasSize(1);
    }

    @Test
    void two_deployments_at_once_of_which_nothing_tells_which_is_ours_are_left_to_a_person() throws Exception {
        fake.fault("serviceInstanceDeploy", RailwayFault.reset());
        Receipt receipt = perform().apply(api.deploy());
        fake.service("api").pushed("dddd444").pushed("eeee555");

        Observation found = perform().after(receipt).observe(api.deploy());

        assertThat(found.state()).isEqualTo(State.SOMEWHERE_ELSE);
        assertThat(found.found()).contains("several deployments");
    }

    @Test
    void a_push_that_is_skipped_at_the_same_moment_is_not_taken_for_ours() throws Exception {
        fake.fault("serviceInstanceDeploy", RailwayFault.reset());
        Receipt receipt = perform().apply(api.deploy());
        fake.service("api").pushedElsewhere("dddd444");
        assertThat(perform().after(receipt).observe(api.deploy()).state()).isEqualTo(State.UNDER_WAY);

        fake.service("api").pushed("eeee555");
        assertThat(perform().after(receipt).observe(api.deploy()).found()).contains("eeee555");
    }

    // ---- once more

    @Test
    void a_redeployment_has_the_same_image_and_is_the_same_release() throws Exception {
        Release before = nowLive();

        Observation end = toTheEnd(api.redeploy());

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(end.yielded().orElseThrow().id()).isEqualTo(before.id());
        assertThat(fake.service("api").deployments()).hasSize(3);
        assertThat(sent("deploymentRedeploy")).hasSize(1);
        assertThat(sent("deploymentRedeploy").get(0).variable("usePreviousImageTag"))
                .contains(true);
    }

    @Test
    void nothing_can_be_deployed_once_more_where_nothing_was() throws Exception {
        fake.service("empty");

        assertThat(perform().observe(railway.service("empty").redeploy()).state())
                .isEqualTo(State.REFUSED);
        assertThat(perform().observe(railway.service("empty").restart()).state())
                .isEqualTo(State.REFUSED);
    }

    // ---- a restart

    @Test
    void a_restart_is_over_when_all_instances_run_again() throws Exception {
        String before = fake.service("api").live().orElseThrow().id();
        Receipt receipt = perform().apply(api.restart());

        assertThat(perform().after(receipt).observe(api.restart()).state()).isEqualTo(State.UNDER_WAY);
        Observation end = perform().after(receipt).toTheEnd(api.restart());

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(end.found()).contains("RUNNING");
        assertThat(fake.service("api").live().orElseThrow().id()).isEqualTo(before);
        assertThat(sent("deploymentRestart")).hasSize(1);
        assertThat(toTheEnd(api.restart()).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_restart_after_which_it_crashes_is_refused() throws Exception {
        fake.service("api").crashing();

        Observation end = toTheEnd(api.restart());

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("CRASHED");
    }

    @Test
    void what_crashed_can_be_restarted() throws Exception {
        fake.service("api").crashed();

        assertThat(toTheEnd(api.restart()).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_restart_over_which_somebody_deploys_is_not_at_its_target() throws Exception {
        Receipt receipt = perform().apply(api.restart());
        fake.service("api").deployedBySomebody("dddd444");
        time.advance(Duration.ofMinutes(1));

        assertThat(perform().after(receipt).observe(api.restart()).state()).isEqualTo(State.SOMEWHERE_ELSE);
    }

    @Test
    void a_restart_of_which_the_answer_was_lost_is_not_taken_for_done() throws Exception {
        fake.fault("deploymentRestart", RailwayFault.reset());

        assertThatThrownBy(() -> perform().apply(api.restart())).isNotNull();

        assertThat(perform().observe(api.restart()).state()).isEqualTo(State.NOT_AT_TARGET);
        assertThat(api.restart().isConvergent()).isTrue();
        assertThat(sent("deploymentRestart")).hasSize(1);
    }

    @Test
    void faults_are_unknown_for_every_action() throws Exception {
        for (Action action : List.of(api.deploy(), api.deploy(V3), api.redeploy(), api.restart())) {
            for (RailwayFault fault : RailwayFault.noAnswers()) {
                fake.fault(fault);
                assertThat(perform().observe(action).state())
                        .as(action + " with " + fault)
                        .isEqualTo(State.UNKNOWN);
                fake.mend();
            }
        }
        assertThat(fake.mutations()).isEmpty();
    }
}
