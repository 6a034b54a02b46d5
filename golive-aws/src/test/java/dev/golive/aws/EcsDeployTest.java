package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Finding;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Observation.State;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.AwsRequest;
import dev.golive.testkit.aws.FakeEcs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EcsDeployTest extends OnFakeAws {

    private static final String V1 = "sha256:" + "1".repeat(64);
    private static final String V2 = "sha256:" + "2".repeat(64);
    private static final String V4 = "sha256:" + "4".repeat(64);

    private final EcsService web = aws.ecs("shop", "shop-web");
    private final Deploy deploy = web.deploy("shop-web:2");

    private FakeEcs platform() {
        return fake.ecs("shop", "shop-web");
    }

    @BeforeEach
    void running() {
        fake.ecr("shop").image("1", V1).image("2", V2);
        platform()
                .image(fake.ecr("shop").uri("1"))
                .variable("DATABASE", "postgres://shop:hunter2@db")
                .revision(fake.ecr("shop").uri("2"));
    }

    private Outcome available(Release release) throws Exception {
        return perform().ask(web, (driver, context) -> driver.available(release, context));
    }

    @Test
    void a_deployment_takes_as_long_as_ecs_takes() throws Exception {
        platform().deploysIn(Duration.ofMinutes(7));

        Receipt receipt = perform().apply(deploy);
        Observation before = perform().after(receipt).observe(deploy);
        time.advance(Duration.ofMinutes(7));
        Observation after = perform().after(receipt).observe(deploy);

        assertThat(before.state()).isEqualTo(State.UNDER_WAY);
        assertThat(before.found()).contains("PENDING");
        assertThat(after.state()).isEqualTo(State.AT_TARGET);
        assertThat(after.yielded().orElseThrow().digest()).isEqualTo(V2);
    }

    @Test
    void an_update_names_the_task_definition_and_nothing_else() throws Exception {
        toTheEnd(deploy);

        AwsRequest request = fake.requests("ecs:UpdateService").get(0);
        assertThat(request.parameter("taskDefinition")).contains("shop-web:2");
        for (String other :
                List.of("desiredCount", "networkConfiguration", "deploymentConfiguration", "forceNewDeployment")) {
            assertThat(request.parameter(other)).as(other).isEmpty();
        }
    }

    @Test
    void a_deployment_that_ecs_takes_back_has_failed_although_the_service_is_stable() throws Exception {
        platform().circuitBreaker().failingDeployments();

        Observation end = toTheEnd(deploy);

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("ROLLBACK_SUCCESSFUL").contains("went back by itself");
        assertThat(examine(web.isStable())).matches(found -> found.finding() == Finding.PASSED);
        assertThat(examine(web.lastDeploymentSucceeded())).matches(found -> found.finding() == Finding.FAILED);
        assertThat(platform().taskDefinitionNow()).isEqualTo("shop-web:1");
    }

    @Test
    void a_deployment_that_is_being_taken_back_is_under_way() throws Exception {
        platform().circuitBreaker().failingDeployments();

        Receipt receipt = perform().apply(deploy);
        time.advance(Duration.ofMinutes(2));
        Observation observation = perform().after(receipt).observe(deploy);

        assertThat(observation.state()).isEqualTo(State.UNDER_WAY);
        assertThat(observation.found()).contains("ROLLBACK_IN_PROGRESS");
    }

    @Test
    void a_deployment_that_was_only_stopped_has_failed_and_can_be_taken_back() throws Exception {
        platform().circuitBreaker(false).failingDeployments();
        Release before = perform().ask(web, Component.Driver::live).orElseThrow();

        Observation end = toTheEnd(deploy);
        platform().mend();
        Observation back = toTheEnd(web.driver().backTo(before));

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("STOPPED");
        assertThat(back.state()).isEqualTo(State.AT_TARGET);
        assertThat(platform().taskDefinitionNow()).isEqualTo("shop-web:1");
    }

    @Test
    void while_what_was_only_stopped_is_there_nobody_knows_what_runs() throws Exception {
        platform().circuitBreaker(false).failingDeployments();
        toTheEnd(deploy);

        assertThat(examine(web.image("x"))).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(examine(web.isStable())).matches(found -> found.finding() == Finding.FAILED);
        assertThatThrownBy(() -> perform().ask(web, Component.Driver::live)).hasMessageContaining("FAILED");
        assertThat(perform().observe(deploy).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void a_rollback_waits_while_our_own_deployment_goes_on() throws Exception {
        Release before = perform().ask(web, Component.Driver::live).orElseThrow();
        Receipt receipt = perform().apply(deploy);

        assertThat(perform().observe(web.driver().backTo(before)).state()).isEqualTo(State.UNDER_WAY);
        assertThatThrownBy(() -> perform().apply(web.driver().backTo(before))).hasMessageContaining("goes on");

        time.advance(Duration.ofMinutes(3));
        assertThat(perform().after(receipt).observe(deploy).state()).isEqualTo(State.AT_TARGET);
        assertThat(toTheEnd(web.driver().backTo(before)).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void going_back_twice_changes_nothing_more() throws Exception {
        Release before = perform().ask(web, Component.Driver::live).orElseThrow();
        toTheEnd(deploy);
        toTheEnd(web.driver().backTo(before));

        Observation again = toTheEnd(web.driver().backTo(before));
        perform().apply(web.driver().backTo(before));

        assertThat(again.state()).isEqualTo(State.AT_TARGET);
        assertThat(platform().changes()).hasSize(2);
        assertThat(fake.requests("ecs:UpdateService")).hasSize(2);
    }

    @Test
    void a_request_whose_answer_was_lost_is_not_sent_again() throws Exception {
        fake.faultNext(1, "ecs:UpdateService", AwsFault.lostAnswer());

        assertThatThrownBy(() -> perform().apply(deploy)).isInstanceOf(GoLiveException.class);
        Observation end = perform().await(deploy);

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.requests("ecs:UpdateService")).hasSize(1);
        assertThat(platform().changes()).hasSize(1);
    }

    @Test
    void a_write_that_was_throttled_is_sent_again_and_one_that_broke_is_not() throws Exception {
        fake.faultNext(2, "ecs:UpdateService", AwsFault.throttled());
        assertThat(toTheEnd(deploy).state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.requests("ecs:UpdateService")).hasSize(3);

        fake.fault("ecs:UpdateService", AwsFault.internalError());
        assertThatThrownBy(() -> perform().apply(web.deploy("shop-web:1"))).isInstanceOf(GoLiveException.class);
        assertThat(fake.requests("ecs:UpdateService")).hasSize(4);
    }

    @Test
    void a_stale_service_is_no_end_of_a_deployment() throws Exception {
        time.advance(Duration.ofMinutes(30));
        Receipt receipt = perform().apply(deploy);
        time.advance(Duration.ofMinutes(3).plusSeconds(30));
        fake.fault("ecs:DescribeServices", AwsFault.staleRead(Duration.ofMinutes(5)));

        Observation stale = perform().after(receipt).observe(deploy);
        fake.mend();
        Observation fresh = perform().after(receipt).observe(deploy);

        assertThat(stale.state()).isEqualTo(State.UNDER_WAY);
        assertThat(fresh.state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_stale_list_of_deployments_is_no_end_of_a_deployment() throws Exception {
        Release before = perform().ask(web, Component.Driver::live).orElseThrow();
        time.advance(Duration.ofMinutes(30));
        toTheEnd(deploy);
        Receipt receipt = perform().apply(web.driver().backTo(before));
        time.advance(Duration.ofMinutes(3).plusSeconds(30));
        // from before the deployment that was the newest when the rollback was asked for: shop-web:1 was successful
        // then
        fake.fault("ecs:ListServiceDeployments", AwsFault.staleRead(Duration.ofMinutes(20)));

        Observation stale = perform().after(receipt).observe(web.driver().backTo(before));
        fake.mend();
        Observation fresh = perform().after(receipt).observe(web.driver().backTo(before));

        assertThat(stale.state()).isEqualTo(State.UNDER_WAY);
        assertThat(fresh.state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_deployment_that_somebody_replaced_is_left_to_a_person() throws Exception {
        platform().revision(fake.ecr("shop").uri("1"));
        Receipt receipt = perform().apply(deploy);
        time.advance(Duration.ofMinutes(1));
        platform().deployedBySomebody(3);

        assertThat(perform().after(receipt).observe(deploy).state()).isEqualTo(State.SOMEWHERE_ELSE);
    }

    @Test
    void a_task_definition_that_is_missing_or_inactive_is_refused_before_anything_is_sent() throws Exception {
        platform().deregister(2);

        assertThat(perform().observe(deploy).state()).isEqualTo(State.REFUSED);
        assertThat(perform().observe(web.deploy("shop-web:99")).state()).isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> perform().apply(deploy)).hasMessageContaining("INACTIVE");
        assertThat(fake.requests("ecs:UpdateService")).isEmpty();
    }

    @Test
    void a_release_whose_image_is_gone_cannot_be_brought_back() throws Exception {
        Release before = perform().ask(web, Component.Driver::live).orElseThrow();
        toTheEnd(deploy);
        assertThat(available(before)).matches(found -> found.finding().good());

        fake.ecr("shop").remove("1");

        assertThat(available(before)).matches(found -> found.finding() == Finding.FAILED);
        assertThat(perform().observe(web.driver().backTo(before)).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void a_release_whose_tag_stands_for_another_image_by_now_cannot_be_brought_back() throws Exception {
        Release before = perform().ask(web, Component.Driver::live).orElseThrow();
        toTheEnd(deploy);
        fake.ecr("shop").image("1", V4);

        Outcome outcome = available(before);

        assertThat(before.digest()).isEqualTo(V1);
        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).contains("stands for another image");
    }

    @Test
    void a_release_that_is_named_by_a_tag_is_available_with_a_warning_and_one_by_digest_without() throws Exception {
        platform().revision(fake.ecr("shop").uri(V1));

        assertThat(available(Release.of("shop-web", "shop-web:1")))
                .matches(found -> found.finding().good() && found.finding() != Finding.PASSED);
        assertThat(available(Release.of("shop-web", "shop-web:3"))).matches(found -> found.finding() == Finding.PASSED);
    }

    @Test
    void what_was_taken_back_was_never_live_before() throws Exception {
        platform().circuitBreaker().failingDeployments();
        toTheEnd(deploy);
        platform().mend();
        platform().revision(fake.ecr("shop").uri("1"));
        toTheEnd(web.deploy("shop-web:3"));

        assertThat(perform().ask(web, Component.Driver::previous).orElseThrow().id())
                .isEqualTo("shop-web:1");
    }

    @Test
    void a_revision_that_never_ran_is_not_what_was_live_before() throws Exception {
        platform().deployedBySomebody(2);
        time.advance(Duration.ofDays(91));

        assertThat(perform().ask(web, Component.Driver::previous)).isEmpty();
        assertThat(perform().ask(web, Component.Driver::live).orElseThrow())
                .isEqualTo(new Release("shop-web", "shop-web:2", null, V2));
    }

    @Test
    void what_code_deploy_deploys_is_neither_deployed_nor_taken_back() throws Exception {
        platform().controller("CODE_DEPLOY");

        assertThat(perform().observe(deploy).state()).isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> perform().apply(deploy)).hasMessageContaining("CODE_DEPLOY");
        assertThatThrownBy(() -> perform().ask(web, Component.Driver::live)).hasMessageContaining("CODE_DEPLOY");
        assertThat(perform().ask(web, Component.Driver::holds)).hasSize(1);
        assertThat(fake.requests("ecs:UpdateService")).isEmpty();
    }

    @Test
    void an_image_is_deployed_by_its_digest_with_everything_else_as_it_was() throws Exception {
        platform().tag("team", "shop");
        Deploy image = web.deployImage("shop:2");

        Observation end = toTheEnd(image);

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(end.yielded().orElseThrow()).isEqualTo(new Release("shop-web", "shop-web:3", null, V2));
        assertThat(platform().imageNow()).endsWith("/shop@" + V2);
        assertThat(examine(web.variable("DATABASE").is("postgres://shop:hunter2@db")))
                .matches(found -> found.finding() == Finding.PASSED);
        assertThat(toTheEnd(image).state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.requests("ecs:RegisterTaskDefinition")).hasSize(1);
        assertThat(platform().changes()).hasSize(1);
    }

    @Test
    void a_tag_that_moves_while_its_image_is_deployed_does_not_matter() throws Exception {
        Deploy image = web.deployImage("shop:2");
        Receipt receipt = perform().apply(image);

        fake.ecr("shop").image("2", V4);
        Observation before = perform().after(receipt).observe(image);
        time.advance(Duration.ofMinutes(3));
        Observation moved = perform().after(receipt).observe(image);
        fake.ecr("shop").remove("2");
        Observation removed = perform().after(receipt).observe(image);

        assertThat(before.state()).isEqualTo(State.UNDER_WAY);
        assertThat(moved.state()).isEqualTo(State.AT_TARGET);
        assertThat(moved.yielded().orElseThrow().digest()).isEqualTo(V2);
        assertThat(removed.state()).isEqualTo(State.AT_TARGET);
        fake.ecr("shop").image("2", V4);
        assertThat(perform().observe(image).state()).isEqualTo(State.NOT_AT_TARGET);
    }

    @Test
    void an_image_that_somebody_replaced_is_not_ours_although_our_deployment_had_succeeded() throws Exception {
        Deploy image = web.deployImage("shop:2");
        Receipt receipt = perform().apply(image);
        time.advance(Duration.ofMinutes(3));

        platform().deployedBySomebody(1);

        assertThat(perform().after(receipt).observe(image).state()).isEqualTo(State.SOMEWHERE_ELSE);
    }

    @Test
    void after_a_rollout_that_failed_another_image_can_be_deployed_and_the_same_is_refused() throws Exception {
        platform().circuitBreaker(false).failingDeployments();
        Deploy broken = web.deployImage("shop:2");
        assertThat(toTheEnd(broken).state()).isEqualTo(State.REFUSED);
        platform().mend();
        fake.ecr("shop").image("3", V4);

        Observation again = perform().observe(broken);
        Observation end = toTheEnd(web.deployImage("shop:3"));

        assertThat(again.state()).isEqualTo(State.REFUSED);
        assertThat(again.found()).contains("FAILED");
        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(platform().imageNow()).endsWith("/shop@" + V4);
    }

    @Test
    void deployments_and_rollbacks_have_the_time_that_ecs_needs() {
        ExpressService express = aws.expressService("shop");
        Release release = Release.of("shop-web", "shop-web:1");

        assertThat(List.of(
                        deploy,
                        web.deployImage("shop:2"),
                        web.redeploy(),
                        web.driver().backTo(release),
                        express.deploy("shop:2"),
                        express.reconfigure(),
                        express.redeploy(),
                        express.driver().backTo(Release.of("shop", "1"))))
                .allSatisfy(action -> assertThat(action.conduct().deadline()).isEqualTo(Duration.ofMinutes(40)));
    }

    @Test
    void an_image_that_is_not_there_is_refused_before_anything_is_registered() throws Exception {
        assertThat(perform().observe(web.deployImage("shop:99")).state()).isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> perform().apply(web.deployImage("shop:99"))).hasMessageContaining("there is no image");
        assertThat(fake.requests("ecs:RegisterTaskDefinition")).isEmpty();
    }

    @Test
    void starting_anew_is_told_by_its_own_deployment_and_goes_back_to_nothing() throws Exception {
        Observation before = perform().observe(web.redeploy());
        Observation end = toTheEnd(web.redeploy());

        assertThat(before.state()).isEqualTo(State.NOT_AT_TARGET);
        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(web.redeploy().isConvergent()).isFalse();
        assertThat(platform().taskDefinitionNow()).isEqualTo("shop-web:1");
        assertThat(platform().changes()).hasSize(1);
    }

    @Test
    void a_task_definition_without_its_revision_is_refused() {
        for (String bad : List.of("shop-web", "shop-web:", "shop-web:0", "shop-web:latest", "a b:1", "")) {
            assertThatThrownBy(() -> web.deploy(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void values_of_variables_stand_in_no_observation_and_in_no_receipt() throws Exception {
        Receipt receipt = perform().apply(web.deployImage("shop:2"));

        assertThat(receipt
                        + perform().observe(deploy).toString()
                        + web.driver().byHand(Release.of("shop-web", "shop-web:1")))
                .doesNotContain("hunter2");
    }
}
