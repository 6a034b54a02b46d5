package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** How deployments go, what can be done with them, and what others do meanwhile. */
class FakeRailwayDeploymentTest extends OnFakeRailway {

    private static final String ROLLBACK = "mutation($id: String!) { deploymentRollback(id: $id) }";
    private static final String REDEPLOY = "mutation($id: String!, $same: Boolean) { deploymentRedeploy(id: $id,"
            + " usePreviousImageTag: $same) { id status } }";
    private static final String DEPLOY_V2 = "mutation($e: String!, $s: String!, $sha: String) {"
            + " serviceInstanceDeployV2(environmentId: $e, serviceId: $s, commitSha: $sha) }";
    private static final String DEPLOY = "mutation($e: String!, $s: String!, $latest: Boolean) {"
            + " serviceInstanceDeploy(environmentId: $e, serviceId: $s, latestCommit: $latest) }";

    private final FakeRailwayService api = fake.service("api")
            .source("acme/api", "main")
            .healthcheckPath("/health")
            .deployed("aaaa111")
            .deployed("bbbb222");

    private final String old = api.deployment("aaaa111").id();
    private final String live = api.deployment("bbbb222").id();

    private List<String> statuses() throws Exception {
        List<String> statuses = new ArrayList<>();
        deployments(api).forEach(edge -> statuses.add(edge.at("/node/status").asText()));
        return statuses;
    }

    private JsonNode deployment(String id) throws Exception {
        return ask(DEPLOYMENT, "id", id).get("deployment");
    }

    private String deploy() throws Exception {
        return ask(DEPLOY_V2, "e", fake.environmentId(), "s", api.id())
                .get("serviceInstanceDeployV2")
                .asText();
    }

    private List<String> active() throws Exception {
        return StreamSupport.stream(instance(api).get("activeDeployments").spliterator(), false)
                .map(one -> one.get("id").asText())
                .toList();
    }

    @Test
    void what_was_deployed_before_is_removed_and_can_be_rolled_back_to() throws Exception {
        assertThat(statuses()).containsExactly("SUCCESS", "REMOVED");
        assertThat(deployment(old).get("canRollback").asBoolean()).isTrue();
        assertThat(deployment(live).get("canRollback").asBoolean()).isFalse();
        assertThat(active()).containsExactly(live);
        JsonNode meta = deployment(live).get("meta");
        assertThat(meta.get("commitHash").asText()).isEqualTo("bbbb222");
        assertThat(meta.get("repo").asText()).isEqualTo("acme/api");
        assertThat(meta.get("branch").asText()).isEqualTo("main");
        assertThat(meta.get("imageDigest").asText()).startsWith("sha256:");
        assertThat(meta.at("/serviceManifest/deploy/healthcheckPath").asText()).isEqualTo("/health");
        assertThat(api.live()).get().extracting(RailwayDeployment::commit).isEqualTo("bbbb222");
        fake.verify();
    }

    @Test
    void a_deployment_goes_through_its_states_and_takes_the_place_of_the_one_before() throws Exception {
        String id = deploy();

        assertThat(statusOf(id)).isEqualTo("QUEUED");
        pass(1);
        assertThat(statusOf(id)).isEqualTo("INITIALIZING");
        pass(1);
        assertThat(statusOf(id)).isEqualTo("BUILDING");
        assertThat(deployment(id).at("/meta/imageDigest").isMissingNode()).isTrue();
        pass(60);
        assertThat(statusOf(id)).isEqualTo("DEPLOYING");
        assertThat(active()).containsExactly(live);
        assertThat(instance(api).at("/latestDeployment/id").asText()).isEqualTo(id);
        pass(20);
        assertThat(statusOf(id)).isEqualTo("SUCCESS");
        assertThat(statusOf(live)).isEqualTo("REMOVING");
        assertThat(active()).containsExactly(id);
        pass(10);
        assertThat(statusOf(live)).isEqualTo("REMOVED");
        assertThat(deployment(live).get("canRollback").asBoolean()).isTrue();
        assertThat(deployment(id).get("statusUpdatedAt").asText()).isEqualTo("2027-03-02T09:01:22.000Z");
        assertThat(deployment(id).at("/meta/commitHash").asText()).isEqualTo("bbbb222");
    }

    @Test
    void a_rollback_is_a_new_deployment_of_the_old_image_that_is_there_some_seconds_later() throws Exception {
        assertThat(ask(ROLLBACK, "id", old).get("deploymentRollback").asBoolean())
                .isTrue();
        assertThat(statuses()).hasSize(2);
        pass(5);
        assertThat(statuses()).containsExactly("DEPLOYING", "SUCCESS", "REMOVED");
        pass(17);
        assertThat(statuses()).containsExactly("SUCCESS", "REMOVING", "REMOVED");
        pass(10);

        JsonNode fresh = deployments(api).at("/0/node");
        assertThat(fresh.get("id").asText()).isNotIn(old, live);
        assertThat(fresh.at("/meta/commitHash").asText()).isEqualTo("aaaa111");
        assertThat(fresh.at("/meta/imageDigest")).isEqualTo(deployment(old).at("/meta/imageDigest"));
        assertThat(statusOf(live)).isEqualTo("REMOVED");
        assertThat(fake.mutations()).hasSize(1);
        fake.verify();
    }

    @Test
    void a_rollback_brings_the_variables_of_then_back() throws Exception {
        FakeRailwayService web = fake.service("web").source("acme/web", "main").variable("MODE", "one");
        web.deployed("c1").variable("MODE", "two").withoutVariable("NONE").deployed("c2");

        ask(ROLLBACK, "id", web.deployment("c1").id());

        // an option has held since ever, but a deployment keeps what it was made with
        assertThat(web.variablesNow()).containsExactly(Map.entry("MODE", "one"));
    }

    @Test
    void a_rollback_to_what_is_live_or_was_never_or_is_gone_is_refused() throws Exception {
        assertThat(refusal(ROLLBACK, "id", live)).isEqualTo("Problem processing request");
        assertThat(refusal(ROLLBACK, "id", "x")).isEqualTo("Deployment not found");
        api.prune(old);
        assertThat(deployment(old).get("canRollback").asBoolean()).isFalse();
        assertThat(refusal(ROLLBACK, "id", old)).isEqualTo("Problem processing request");
        assertThat(api.deployments()).hasSize(2);
    }

    @Test
    void a_rollback_is_possible_for_as_long_as_the_plan_keeps_images() throws Exception {
        Duration since = Duration.ofHours(12).minusSeconds(310);
        for (FakeRailway.Plan plan : FakeRailway.Plan.values()) {
            FakeRailwayService service = fake.plan(plan).service("on-" + plan).source("acme/api", "main");
            service.deployed("a", time.now().minus(since).minusSeconds(500))
                    .deployed("b", time.now().minus(since));
            String id = service.deployment("a").id();
            Duration left = plan.retention().minus(since).plusSeconds(10);

            pass(left.minusSeconds(1));
            assertThat(deployment(id).get("canRollback").asBoolean()).isTrue();
            pass(1);
            assertThat(deployment(id).get("canRollback").asBoolean()).isFalse();
        }
    }

    @Test
    void a_build_that_fails_leaves_live_what_was() throws Exception {
        api.failingBuilds().pushed("cccc333");
        pass(62);

        assertThat(statuses()).containsExactly("FAILED", "SUCCESS", "REMOVED");
        assertThat(active()).containsExactly(live);
        assertThat(deployment(api.deployment("cccc333").id()).get("canRollback").asBoolean())
                .isFalse();
    }

    @Test
    void a_deployment_that_never_becomes_well_fails_when_the_health_check_gives_up() throws Exception {
        api.healthcheckTimeout(Duration.ofSeconds(100)).failingHealthchecks();
        String id = deploy();
        pass(161);
        assertThat(statusOf(id)).isEqualTo("DEPLOYING");
        pass(1);

        assertThat(statusOf(id)).isEqualTo("FAILED");
        assertThat(active()).containsExactly(live);
        JsonNode events = ask(
                "query($id: String!) { deploymentEvents(id: $id) { edges { node { step completedAt payload { error"
                        + " durationMs } } } } }",
                "id",
                id);
        assertThat(events.at("/deploymentEvents/edges/3/node/step").asText()).isEqualTo("HEALTHCHECK");
        assertThat(events.at("/deploymentEvents/edges/3/node/payload/error").asText())
                .isEqualTo("Healthcheck failed");
        assertThat(events.at("/deploymentEvents/edges/3/node/payload/durationMs")
                        .asInt())
                .isEqualTo(100_000);
    }

    @Test
    void a_deployment_that_crashes_has_taken_the_place_of_the_one_before() throws Exception {
        api.crashing();
        String id = deploy();
        pass(92);

        assertThat(statuses()).containsExactly("CRASHED", "REMOVED", "REMOVED");
        assertThat(active()).isEmpty();
        assertThat(deployment(id).at("/instances/0/status").asText()).isEqualTo("CRASHED");
    }

    @Test
    void what_is_live_may_crash_in_part_or_stop_or_sleep() throws Exception {
        FakeRailwayService web =
                fake.service("web").replicas(3).source("acme/web", "main").deployed("c1");
        String id = web.deployment("c1").id();

        web.crashed(1);
        assertThat(deployment(id).get("status").asText()).isEqualTo("CRASHED");
        assertThat(deployment(id).get("instances").findValuesAsText("status"))
                .containsExactly("RUNNING", "CRASHED", "CRASHED");
        assertThat(instance(web).get("activeDeployments")).hasSize(1);
        web.crashed();
        assertThat(instance(web).get("activeDeployments")).isEmpty();
        web.awake().completed();
        assertThat(deployment(id).get("status").asText()).isEqualTo("SUCCESS");
        assertThat(deployment(id).get("deploymentStopped").asBoolean()).isTrue();
        assertThat(deployment(id).get("instances").findValuesAsText("status")).containsOnly("EXITED");
        web.awake().asleep();
        assertThat(deployment(id).get("status").asText()).isEqualTo("SLEEPING");
        assertThat(instance(web).get("activeDeployments")).hasSize(1);
    }

    @Test
    void a_restart_keeps_the_deployment() throws Exception {
        api.crashed();
        ask("mutation($id: String!) { deploymentRestart(id: $id) }", "id", live);

        assertThat(deployment(live).at("/instances/0/status").asText()).isEqualTo("RESTARTING");
        pass(10);
        assertThat(deployment(live).at("/instances/0/status").asText()).isEqualTo("RUNNING");
        assertThat(statuses()).containsExactly("SUCCESS", "REMOVED");
    }

    @Test
    void what_is_stopped_says_so_and_what_is_removed_is_gone() throws Exception {
        ask("mutation($id: String!) { deploymentStop(id: $id) }", "id", live);
        assertThat(instance(api).at("/activeDeployments/0/deploymentStopped").asBoolean())
                .isTrue();
        ask("mutation($id: String!) { deploymentRemove(id: $id) }", "id", live);
        pass(10);

        assertThat(statuses()).containsExactly("REMOVED", "REMOVED");
        assertThat(active()).isEmpty();
    }

    @Test
    void a_deployment_that_was_cancelled_never_goes_live() throws Exception {
        String id = deploy();
        pass(30);
        ask("mutation($id: String!) { deploymentCancel(id: $id) }", "id", id);
        pass(3600);

        assertThat(statusOf(id)).isEqualTo("REMOVED");
        assertThat(deployment(id).get("canRollback").asBoolean()).isFalse();
        assertThat(active()).containsExactly(live);
        assertThat(refusal("mutation($id: String!) { deploymentCancel(id: $id) }", "id", id))
                .isEqualTo("Problem processing request");
    }

    @Test
    void a_push_waits_for_checks_or_for_approval() throws Exception {
        api.waitingForChecks().pushed("c1").needingApproval().pushed("c2");
        assertThat(statuses()).startsWith("NEEDS_APPROVAL", "WAITING", "SUCCESS");
        pass(Duration.ofDays(1));
        assertThat(refusal(REDEPLOY, "id", api.deployment("c1").id())).isEqualTo("Cannot redeploy without a snapshot");

        api.checksPassed();
        pass(100);
        assertThat(statuses()).startsWith("NEEDS_APPROVAL", "SUCCESS", "REMOVED");
        ask(
                "mutation($id: String!) { deploymentApprove(id: $id) }",
                "id",
                api.deployment("c2").id());
        pass(100);
        assertThat(statuses()).startsWith("SUCCESS", "REMOVED", "REMOVED");
    }

    @Test
    void a_push_that_touches_nothing_watched_is_the_latest_but_not_active() throws Exception {
        api.pushedElsewhere("docs1");

        assertThat(instance(api).at("/latestDeployment/status").asText()).isEqualTo("SKIPPED");
        assertThat(active()).containsExactly(live);
        assertThat(refusal(REDEPLOY, "id", api.deployment("docs1").id()))
                .isEqualTo("Cannot redeploy without a snapshot");
        pass(1000);
        assertThat(active()).containsExactly(live);
    }

    @Test
    void a_status_that_no_schema_has_is_told_all_the_same() throws Exception {
        deploy();
        api.status("CANCELLED");

        assertThat(instance(api).at("/latestDeployment/status").asText()).isEqualTo("CANCELLED");
        assertThat(statuses()).containsExactly("CANCELLED", "SUCCESS", "REMOVED");
        fake.verify();
    }

    @Test
    void a_redeployment_builds_again_or_uses_the_image_that_it_had() throws Exception {
        JsonNode digest = deployment(live).at("/meta/imageDigest");
        String built = ask(REDEPLOY, "id", live).at("/deploymentRedeploy/id").asText();
        assertThat(refusal(REDEPLOY, "id", built))
                .isEqualTo("Cannot redeploy yet, please wait for the original deployment to finish building");
        pass(82);
        assertThat(statusOf(built)).isEqualTo("SUCCESS");
        assertThat(deployment(built).at("/meta/imageDigest")).isNotEqualTo(digest);

        String same = ask(REDEPLOY, "id", live, "same", true)
                .at("/deploymentRedeploy/id")
                .asText();
        pass(22);
        assertThat(statusOf(same)).isEqualTo("SUCCESS");
        assertThat(deployment(same).at("/meta/imageDigest")).isEqualTo(digest);
    }

    @Test
    void a_deployment_without_a_commit_is_of_the_one_that_was_deployed_and_not_of_the_newest() throws Exception {
        api.commit("dddd444");
        String id = ask(DEPLOY_V2, "e", fake.environmentId(), "s", api.id(), "sha", "dddd444")
                .get("serviceInstanceDeployV2")
                .asText();
        assertThat(deployment(id).at("/meta/commitHash").asText()).isEqualTo("dddd444");
        assertThat(refusal(DEPLOY_V2, "e", fake.environmentId(), "s", api.id(), "sha", "ffff"))
                .isEqualTo("Commit not found");

        ask(DEPLOY, "e", fake.environmentId(), "s", api.id(), "latest", false);
        assertThat(api.deployments().get(0).commit()).isEqualTo("dddd444");
        ask(DEPLOY, "e", fake.environmentId(), "s", api.id(), "latest", true);
        assertThat(api.deployments().get(0).commit()).isEqualTo("bbbb222");
    }

    @Test
    void somebody_else_deploys() throws Exception {
        api.deployingBySomebody("e1");
        pass(Duration.ofDays(2));
        assertThat(statuses()).containsExactly("DEPLOYING", "SUCCESS", "REMOVED");
        api.deployedBySomebody("e2");

        assertThat(statuses()).containsExactly("SUCCESS", "REMOVED", "REMOVING", "REMOVED");
        assertThat(instance(api).at("/activeDeployments")).hasSize(1);
        assertThat(api.live()).get().extracting(RailwayDeployment::commit).isEqualTo("e2");
    }

    @Test
    void lists_are_told_by_status_and_with_what_was_deleted_on_request() throws Exception {
        String document =
                "query($input: DeploymentListInput!) { deployments(input: $input) { edges { node { id } } } }";
        Map<String, Object> input = Map.of("serviceId", api.id(), "status", Map.of("in", List.of("REMOVED")));
        assertThat(ask(document, "input", input).findValuesAsText("id")).containsExactly(old);
        input = Map.of("serviceId", api.id(), "status", Map.of("notIn", List.of("REMOVED")));
        assertThat(ask(document, "input", input).findValuesAsText("id")).containsExactly(live);
        api.deletedBySomebody(old);
        assertThat(ask(document, "input", Map.of("serviceId", api.id())).findValuesAsText("id"))
                .containsExactly(live);
        assertThat(ask(document, "input", Map.of("serviceId", api.id(), "includeDeleted", true))
                        .findValuesAsText("id"))
                .containsExactly(live, old);
    }

    @Test
    void an_image_that_was_built_elsewhere_has_no_commit() throws Exception {
        FakeRailwayService cache =
                fake.service("cache").image("redis:7").withoutDigests().deployed("v1");
        JsonNode meta = deployments(cache).at("/0/node/meta");

        assertThat(meta.get("image").asText()).isEqualTo("redis:7");
        assertThat(meta.has("commitHash")).isFalse();
        assertThat(meta.has("imageDigest")).isFalse();
    }

    @Test
    void regions_are_told_in_the_manifest() throws Exception {
        FakeRailwayService web = fake.service("web")
                .region("us-west2", 2)
                .region("europe-west4-drams3a", 1)
                .source("acme/web", "main")
                .deployed("c1");

        JsonNode node = deployments(web).at("/0/node");
        assertThat(node.at("/meta/serviceManifest/deploy/multiRegionConfig/us-west2/numReplicas")
                        .asInt())
                .isEqualTo(2);
        assertThat(deployment(node.get("id").asText()).get("instances")).hasSize(3);
    }

    @Test
    void what_is_known_of_the_source_may_come_as_a_text() throws Exception {
        fake.metaAsText();

        JsonNode meta = deployments(api).at("/0/node/meta");
        assertThat(meta.isTextual()).isTrue();
        assertThat(JSON.readTree(meta.asText()).get("commitHash").asText()).isEqualTo("bbbb222");
    }

    @Test
    void a_configuration_alone_deploys_nothing() throws Exception {
        String update = "mutation($s: String!, $e: String, $input: ServiceInstanceUpdateInput!) {"
                + " serviceInstanceUpdate(serviceId: $s, environmentId: $e, input: $input) }";
        FakeRailwayService staging = fake.in("staging").service("api");
        ask(update, "s", api.id(), "e", fake.environmentId(), "input", Map.of("healthcheckPath", "/ready"));

        assertThat(instance(api).get("healthcheckPath").asText()).isEqualTo("/ready");
        assertThat(instance(staging).get("healthcheckPath").isNull()).isTrue();
        assertThat(statuses()).hasSize(2);
        ask(update, "s", api.id(), "e", null, "input", Map.of("healthcheckPath", "/both"));
        assertThat(instance(staging).get("healthcheckPath").asText()).isEqualTo("/both");
        assertThat(refusal(
                        update,
                        "s",
                        api.id(),
                        "e",
                        fake.environmentId(),
                        "input",
                        Map.of("preDeployCommand", List.of("a", "b"))))
                .isEqualTo("Problem processing request");
    }

    @Test
    void reads_may_lag_behind_writes() throws Exception {
        fake.readsLag(Duration.ofSeconds(30));
        String id = deploy();
        pass(29);

        assertThat(statuses()).containsExactly("SUCCESS", "REMOVED");
        assertThat(refusal(DEPLOYMENT, "id", id)).isEqualTo("Deployment not found");
        pass(1);
        assertThat(statusOf(id)).isEqualTo("QUEUED");
    }

    @Test
    void the_triggers_run_and_are_told() throws Exception {
        JsonNode trigger = ask(
                        "query($p: String!, $e: String!, $s: String!) { deploymentTriggers(projectId: $p, environmentId: $e,"
                                + " serviceId: $s) { edges { node { repository branch checkSuites } } } }",
                        "p",
                        fake.projectId(),
                        "e",
                        fake.environmentId(),
                        "s",
                        api.id())
                .at("/deploymentTriggers/edges/0/node");
        ask(
                "mutation($input: EnvironmentTriggersDeployInput!) { environmentTriggersDeploy(input: $input) }",
                "input",
                Map.of("projectId", fake.projectId(), "environmentId", fake.environmentId(), "serviceId", api.id()));

        assertThat(trigger.get("repository").asText()).isEqualTo("acme/api");
        assertThat(statuses()).hasSize(3);
    }

    @Test
    void the_latest_is_deployed_once_more() throws Exception {
        ask(
                "mutation($e: String!, $s: String!) { serviceInstanceRedeploy(environmentId: $e, serviceId: $s) }",
                "e",
                fake.environmentId(),
                "s",
                api.id());
        pass(92);

        assertThat(statuses()).containsExactly("SUCCESS", "REMOVED", "REMOVED");
        assertThat(api.live()).get().extracting(RailwayDeployment::commit).isEqualTo("bbbb222");
    }

    @Test
    void an_environment_lists_its_services_also_those_that_linger_after_their_deletion() throws Exception {
        String document =
                "query($e: String!) { environment(id: $e) { serviceInstances { edges { node { serviceName deletedAt"
                        + " numReplicas activeDeployments { id } } } } } }";
        fake.service("gone").deleted();
        fake.service("lingering").replicas(2).deletedButListed();
        JsonNode listed = ask(document, "e", fake.environmentId());

        assertThat(listed.findValuesAsText("serviceName")).containsExactly("api", "lingering");
        assertThat(listed.findValuesAsText("numReplicas")).containsExactly("1", "2");
        assertThat(listed.findValues("deletedAt").get(1).asText()).isEqualTo("2027-03-02T09:00:00.000Z");
        assertThat(listed.findValue("activeDeployments").at("/0/id").asText()).isEqualTo(live);
    }

    @Test
    void one_that_is_removed_at_the_instant_at_which_it_goes_live_has_been_live() throws Exception {
        api.pushed("cccc333");
        while (api.live().orElseThrow().id().equals(live)) {
            time.advance(Duration.ofSeconds(1));
        }

        api.removedBySomebody(api.live().orElseThrow().id());
        time.advance(Duration.ofMinutes(5));

        assertThat(statuses()).containsOnly("REMOVED");
    }
}
