package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Expect;
import dev.golive.Finding;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Observation.State;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.AwsRequest;
import dev.golive.testkit.aws.FakeExpressService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpressServiceTest extends OnFakeAws {

    private static final String V1 = "sha256:" + "1".repeat(64);
    private static final String V2 = "sha256:" + "2".repeat(64);

    private final ExpressService web = aws.expressService("shop-web");

    private FakeExpressService platform() {
        return fake.expressService("shop-web");
    }

    @BeforeEach
    void running() {
        fake.ecr("shop").image("1", V1).image("2", V2);
        platform()
                .image(fake.ecr("shop").uri("1"))
                .variable("LOGIN_MOCK", "true")
                .variable("REGION", "north")
                .secret("TOKEN", "arn:aws:secretsmanager:eu-north-1:123456789012:secret:token");
    }

    private List<Finding> findings(Check... checks) {
        return Stream.of(checks).map(check -> examine(check).finding()).toList();
    }

    private Release live() throws Exception {
        return perform().ask(web, Component.Driver::live).orElseThrow();
    }

    // ---- checks

    @Test
    void a_service_of_which_all_tasks_run_is_active() {
        assertThat(findings(web.isActive())).containsExactly(Finding.PASSED);

        platform().tasks(2, 1);
        assertThat(findings(web.isActive())).containsExactly(Finding.FAILED);

        platform().tasks(0, 0);
        assertThat(findings(web.isActive(), web.variable("OTHER").isUnset())).containsOnly(Finding.FAILED);

        platform().tasks(1, 1).status("DRAINING");
        assertThat(findings(web.isActive(), web.image("x"))).containsOnly(Finding.FAILED);
    }

    @Test
    void a_service_or_a_cluster_that_is_not_there_fails() {
        Outcome service = examine(aws.expressService("other").isActive());

        assertThat(service).matches(found -> found.finding() == Finding.FAILED);
        assertThat(service.why()).isEqualTo("there is no ECS Express service other in eu-north-1");
        assertThat(findings(web.inCluster("elsewhere").isActive())).containsExactly(Finding.FAILED);
    }

    @Test
    void image_and_variables_are_those_that_run() {
        assertThat(findings(
                        web.image(fake.ecr("shop").uri("1")),
                        web.image(Expect.containing("shop:1")),
                        web.variable("LOGIN_MOCK").is("true"),
                        web.variable("TOKEN").isSet(),
                        web.variable("OTHER").isUnset()))
                .containsOnly(Finding.PASSED);
        assertThat(findings(
                        web.image("other"),
                        web.variable("LOGIN_MOCK").isUnset(),
                        web.variable("TOKEN").isUnset(),
                        web.variable("TOKEN").is("x"),
                        web.variable("OTHER").isSet()))
                .containsOnly(Finding.FAILED);
    }

    @Test
    void while_a_deployment_goes_on_what_runs_is_unknown() {
        platform().deployingBySomebody(fake.ecr("shop").uri("2"));

        assertThat(findings(
                        web.isActive(),
                        web.image(fake.ecr("shop").uri("1")),
                        web.image(fake.ecr("shop").uri("2")),
                        web.variable("OTHER").isUnset()))
                .containsExactly(Finding.FAILED, Finding.UNKNOWN, Finding.UNKNOWN, Finding.UNKNOWN);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown_for_every_check() {
        for (Check check : List.of(
                web.isActive(),
                web.image("x"),
                web.variable("LOGIN_MOCK").is("true"),
                web.variable("OTHER").isUnset())) {
            assertThat(notUnknown("ecs", check)).as(check.sentence()).isEmpty();
        }
        for (String operation :
                List.of("DescribeExpressGatewayService", "DescribeServices", "ListServiceDeployments")) {
            assertThat(notUnknown("ecs:" + operation, web.variable("OTHER").isUnset()))
                    .as(operation)
                    .isEmpty();
        }
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.faultNext(2, "ecs:DescribeExpressGatewayService", AwsFault.throttled());

        assertThat(findings(web.isActive())).containsExactly(Finding.PASSED);
        assertThat(fake.requests("ecs:DescribeExpressGatewayService")).hasSize(3);
    }

    @Test
    void no_outcome_and_no_sentence_shows_the_value_of_a_variable() throws Exception {
        platform().variable("DATABASE", "postgres://shop:hunter2@db");
        ExpressDeploy deploy = web.deploy("shop:2").set("DATABASE", "postgres://shop:hunter3@db");

        for (Check check : List.of(
                web.variable("DATABASE").isUnset(), web.variable("DATABASE").is("x"), web.image("x"))) {
            assertThat(examine(check).toString()).doesNotContain("hunter2");
        }
        Receipt receipt = perform().apply(deploy);
        assertThat(deploy.sentence() + deploy.id() + receipt + perform().observe(deploy))
                .doesNotContain("hunter2")
                .doesNotContain("hunter3");
    }

    // ---- deployments

    @Test
    void image_and_variables_change_in_one_request_that_names_everything() throws Exception {
        Observation end = toTheEnd(
                web.deploy("shop:2").set("SHOP_URL", "https://shop.example").unset("LOGIN_MOCK"));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(end.yielded().orElseThrow().digest()).isEqualTo(V2);
        assertThat(platform().imageNow()).endsWith("/shop@" + V2);
        assertThat(platform().variablesNow()).isEqualTo(Map.of("SHOP_URL", "https://shop.example", "REGION", "north"));
        assertThat(findings(web.variable("TOKEN").isSet())).containsExactly(Finding.PASSED);
        AwsRequest request = fake.requests("ecs:UpdateExpressGatewayService").get(0);
        for (String part : List.of(
                "primaryContainer.containerPort",
                "primaryContainer.awsLogsConfiguration.logGroup",
                "cpu",
                "memory",
                "executionRoleArn",
                "healthCheckPath",
                "scalingTarget.maxTaskCount")) {
            assertThat(request.parameter(part)).as(part).isPresent();
        }
    }

    @Test
    void a_deployment_of_what_runs_already_changes_nothing() throws Exception {
        assertThat(toTheEnd(web.deploy("shop:1").set("REGION", "north")).state())
                .isEqualTo(State.AT_TARGET);
        perform().apply(web.deploy("shop:1"));

        assertThat(fake.requests("ecs:UpdateExpressGatewayService")).isEmpty();
    }

    @Test
    void a_deployment_that_its_alarms_take_back_has_failed_although_the_service_is_active() throws Exception {
        platform().failingDeployments();

        Observation end = toTheEnd(web.deploy("shop:2"));

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("ROLLBACK_SUCCESSFUL");
        assertThat(findings(web.isActive())).containsExactly(Finding.PASSED);
        assertThat(platform().imageNow()).endsWith("/shop:1");
    }

    @Test
    void a_rollback_brings_back_image_variables_and_secrets_and_leaves_the_rest() throws Exception {
        Release before = live();
        toTheEnd(web.deploy("shop:2").set("LOGIN_MOCK", "false").unset("TOKEN").set("MORE", "x"));

        Observation end = toTheEnd(web.driver().backTo(before));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(platform().imageNow()).endsWith("/shop@" + V1);
        assertThat(platform().variablesNow()).isEqualTo(Map.of("LOGIN_MOCK", "true", "REGION", "north"));
        assertThat(findings(web.variable("TOKEN").isSet())).containsExactly(Finding.PASSED);
        assertThat(fake.requests("ecs:UpdateExpressGatewayService").get(1).parameter("healthCheckPath"))
                .contains("/ping");
        assertThat(live().id()).isEqualTo(before.id());
    }

    @Test
    void a_rollback_goes_to_the_image_that_ran_although_its_tag_stands_for_another_by_now() throws Exception {
        Release before = live();
        toTheEnd(web.deploy("shop:2"));
        fake.ecr("shop").image("1", "sha256:" + "4".repeat(64));

        assertThat(toTheEnd(web.driver().backTo(before)).state()).isEqualTo(State.AT_TARGET);
        assertThat(platform().imageNow()).endsWith("/shop@" + V1);
    }

    @Test
    void variables_alone_make_another_release() throws Exception {
        Release before = live();
        toTheEnd(web.reconfigure().set("LOGIN_MOCK", "false"));
        Release after = live();

        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(after.digest()).isEqualTo(before.digest());
        assertThat(perform().ask(web, Component.Driver::previous)).contains(before);
    }

    @Test
    void a_release_that_nobody_remembers_cannot_be_brought_back() throws Exception {
        Release before = live();
        toTheEnd(web.deploy("shop:2"));
        time.advance(Duration.ofDays(91));

        Outcome outcome = perform().ask(web, (driver, context) -> driver.available(before, context));

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(perform().ask(web, Component.Driver::previous)).isEmpty();
        assertThat(perform().observe(web.driver().backTo(before)).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void a_rollback_waits_while_our_own_deployment_goes_on() throws Exception {
        Release before = live();
        Receipt receipt = perform().apply(web.deploy("shop:2"));

        assertThat(perform().observe(web.driver().backTo(before)).state()).isEqualTo(State.UNDER_WAY);
        assertThatThrownBy(() -> perform().apply(web.driver().backTo(before))).hasMessageContaining("goes on");

        time.advance(Duration.ofMinutes(8));
        assertThat(perform().after(receipt).observe(web.deploy("shop:2")).state())
                .isEqualTo(State.AT_TARGET);
        assertThat(toTheEnd(web.driver().backTo(before)).state()).isEqualTo(State.AT_TARGET);
        perform().apply(web.driver().backTo(before));
        assertThat(platform().changes()).hasSize(2);
    }

    @Test
    void a_request_whose_answer_was_lost_is_not_sent_again() throws Exception {
        fake.faultNext(1, "ecs:UpdateExpressGatewayService", AwsFault.lostAnswer());

        assertThatThrownBy(() -> perform().apply(web.deploy("shop:2"))).isInstanceOf(GoLiveException.class);

        assertThat(perform().await(web.deploy("shop:2")).state()).isEqualTo(State.AT_TARGET);
        assertThat(platform().changes()).hasSize(1);
    }

    @Test
    void a_stale_read_is_no_end_of_a_deployment() throws Exception {
        time.advance(Duration.ofMinutes(30));
        Receipt receipt = perform().apply(web.deploy("shop:2"));
        time.advance(Duration.ofMinutes(8).plusSeconds(30));
        fake.fault("ecs:DescribeServices", AwsFault.staleRead(Duration.ofMinutes(10)));

        Observation stale = perform().after(receipt).observe(web.deploy("shop:2"));
        fake.mend();
        Observation fresh = perform().after(receipt).observe(web.deploy("shop:2"));

        assertThat(stale.state()).isEqualTo(State.UNDER_WAY);
        assertThat(fresh.state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_tag_that_moves_while_its_image_is_deployed_does_not_matter() throws Exception {
        ExpressDeploy deploy = web.deploy("shop:2").set("REGION", "south");
        Receipt receipt = perform().apply(deploy);

        fake.ecr("shop").image("2", "sha256:" + "4".repeat(64));
        time.advance(Duration.ofMinutes(8));
        Observation moved = perform().after(receipt).observe(deploy);
        platform().deployedBySomebody(fake.ecr("shop").uri("1"));
        Observation replaced = perform().after(receipt).observe(deploy);

        assertThat(moved.state()).isEqualTo(State.AT_TARGET);
        assertThat(moved.yielded().orElseThrow().digest()).isEqualTo(V2);
        assertThat(replaced.state()).isEqualTo(State.SOMEWHERE_ELSE);
        assertThat(receipt.toString()).doesNotContain("south");
    }

    @Test
    void after_a_rollout_that_failed_and_nobody_took_back_what_is_configured_can_be_changed() throws Exception {
        platform().failingDeployments("STOPPED");
        ExpressDeploy broken = web.deploy("shop:2").set("REGION", "south");
        assertThat(toTheEnd(broken).state()).isEqualTo(State.REFUSED);
        platform().mend();

        Observation again = perform().observe(broken);
        Observation mended = toTheEnd(web.reconfigure().set("REGION", "west"));

        assertThat(again.state()).isEqualTo(State.REFUSED);
        assertThat(again.found()).contains("FAILED");
        assertThat(mended.state()).isEqualTo(State.AT_TARGET);
        assertThat(mended.yielded().orElseThrow().digest()).isEqualTo(V2);
        assertThat(platform().variablesNow()).containsEntry("REGION", "west");
    }

    @Test
    void after_a_rollout_that_failed_and_nobody_took_back_an_image_can_be_deployed_and_taken_back() throws Exception {
        Release before = live();
        platform().failingDeployments("STOPPED");
        toTheEnd(web.deploy("shop:2"));
        Observation stuck = perform().observe(web.driver().backTo(before));
        platform().mend();

        Observation end = toTheEnd(web.deploy("shop:1"));
        platform().failingDeployments("STOPPED");
        toTheEnd(web.deploy("shop:2"));
        platform().mend();
        Observation back = toTheEnd(web.driver().backTo(before));

        assertThat(stuck.state()).isEqualTo(State.NOT_AT_TARGET);
        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(back.state()).isEqualTo(State.AT_TARGET);
        assertThat(platform().imageNow()).endsWith("/shop@" + V1);
    }

    @Test
    void an_image_that_is_not_there_is_refused_before_anything_is_sent() throws Exception {
        assertThat(perform().observe(web.deploy("shop:99")).state()).isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> perform().apply(web.deploy("shop:99"))).hasMessageContaining("there is no image");
        assertThat(fake.requests("ecs:UpdateExpressGatewayService")).isEmpty();
    }

    @Test
    void starting_anew_is_told_by_its_own_deployment() throws Exception {
        Release before = live();

        assertThat(toTheEnd(web.redeploy()).state()).isEqualTo(State.AT_TARGET);
        assertThat(live()).isEqualTo(before);
        assertThat(platform().changes()).hasSize(1);
    }

    @Test
    void it_is_a_service_of_ecs_too() {
        assertThat(findings(aws.ecs("default", "shop-web").isStable())).containsExactly(Finding.PASSED);
    }
}
