package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Component;
import dev.golive.Finding;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Observation.State;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.AwsRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppRunnerDeployTest extends OnFakeAws {

    private static final String V1 = "sha256:" + "1".repeat(64);
    private static final String V2 = "sha256:" + "2".repeat(64);
    private static final String V4 = "sha256:" + "4".repeat(64);

    private final AppRunnerService web = aws.appRunner("shop-web").rememberedIn("golive/shop-web");

    @BeforeEach
    void running() {
        fake.ecr("shop").image("1", V1).image("2", V2);
        fake.appRunner("shop-web")
                .image(fake.ecr("shop").uri("1"))
                .variable("LOGIN_MOCK", "true")
                .variable("REGION", "north");
    }

    @Test
    void image_and_variables_change_in_one_request() throws Exception {
        Observation end = toTheEnd(
                web.deploy("shop:2").set("SHOP_URL", "https://shop.example").unset("LOGIN_MOCK"));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.requests("apprunner:UpdateService")).hasSize(1);
        assertThat(fake.requests("apprunner:StartDeployment")).isEmpty();
        assertThat(fake.appRunner("shop-web").imageNow()).endsWith("/shop@" + V2);
        assertThat(fake.appRunner("shop-web").variablesNow())
                .isEqualTo(Map.of("SHOP_URL", "https://shop.example", "REGION", "north"));
        assertThat(end.yielded().orElseThrow().digest()).isEqualTo(V2);
    }

    @Test
    void the_request_names_everything_since_nobody_says_what_becomes_of_what_is_left_out() throws Exception {
        toTheEnd(web.variable("REGION").set("south"));

        AwsRequest request = fake.requests("apprunner:UpdateService").get(0);
        assertThat(request.parameter("SourceConfiguration.ImageRepository.ImageIdentifier"))
                .isPresent();
        assertThat(request.parameter("SourceConfiguration.ImageRepository.ImageConfiguration.Port"))
                .contains("8080");
        assertThat(request.parameter("InstanceConfiguration.Cpu")).contains("1024");
        assertThat(request.parameter("HealthCheckConfiguration.Protocol")).contains("TCP");
        assertThat(request.parameter("AutoScalingConfigurationArn")).isPresent();
    }

    @Test
    void a_deployment_takes_as_long_as_its_operation() throws Exception {
        fake.appRunner("shop-web").deploysIn(Duration.ofMinutes(7));

        Receipt receipt = perform().apply(web.deploy("shop:2"));
        Observation before = perform().after(receipt).observe(web.deploy("shop:2"));
        time.advance(Duration.ofMinutes(7));
        Observation after = perform().after(receipt).observe(web.deploy("shop:2"));

        assertThat(before.state()).isEqualTo(State.UNDER_WAY);
        assertThat(before.found()).contains("UPDATE_SERVICE").contains(receipt.id());
        assertThat(after.state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_deployment_that_app_runner_takes_back_has_failed_although_the_service_runs() throws Exception {
        fake.appRunner("shop-web").failingDeployments();

        Observation end = toTheEnd(web.deploy("shop:2").unset("LOGIN_MOCK"));

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found())
                .contains("ROLLBACK_SUCCEEDED")
                .contains("went back by itself")
                .contains("log group /aws/apprunner/shop-web/")
                .contains("stream deployment/");
        assertThat(examine(web.isRunning())).matches(found -> found.finding() == Finding.PASSED);
        assertThat(examine(web.lastOperationSucceeded())).matches(found -> found.finding() == Finding.FAILED);
        assertThat(fake.appRunner("shop-web").variablesNow()).containsKey("LOGIN_MOCK");
    }

    @Test
    void a_request_whose_answer_was_lost_is_not_sent_again() throws Exception {
        fake.faultNext(1, "apprunner:UpdateService", AwsFault.lostAnswer());

        assertThatThrownBy(() -> perform().apply(web.deploy("shop:2"))).isInstanceOf(GoLiveException.class);
        Observation end = perform().await(web.deploy("shop:2"));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.requests("apprunner:UpdateService")).hasSize(1);
        assertThat(fake.appRunner("shop-web").changes()).hasSize(1);
    }

    @Test
    void a_write_that_was_throttled_is_sent_again() throws Exception {
        fake.faultNext(2, "apprunner:UpdateService", AwsFault.throttled());

        assertThat(toTheEnd(web.deploy("shop:2")).state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.requests("apprunner:UpdateService")).hasSize(3);
    }

    @Test
    void a_write_that_broke_is_not_sent_again() {
        fake.fault("apprunner:UpdateService", AwsFault.internalError());

        assertThatThrownBy(() -> perform().apply(web.deploy("shop:2"))).isInstanceOf(GoLiveException.class);
        assertThat(fake.requests("apprunner:UpdateService")).hasSize(1);
    }

    @Test
    void an_image_that_is_not_there_is_refused_before_anything_is_sent() throws Exception {
        assertThat(perform().observe(web.deploy("shop:99")).state()).isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> perform().apply(web.deploy("shop:99"))).hasMessageContaining("there is no image");
        assertThat(fake.requests("apprunner:UpdateService")).isEmpty();
    }

    @Test
    void a_tag_that_was_pushed_again_is_deployed_again() throws Exception {
        time.advance(Duration.ofMinutes(1));
        fake.ecr("shop").image("1", V4);

        Observation end = toTheEnd(web.deploy("shop:1"));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(end.yielded().orElseThrow().digest()).isEqualTo(V4);
        assertThat(fake.appRunner("shop-web").imageNow()).endsWith("/shop@" + V4);
    }

    @Test
    void where_every_push_is_deployed_the_tag_stays_and_is_deployed_again() throws Exception {
        fake.appRunner("shop-web").deploysAutomatically();
        time.advance(Duration.ofMinutes(1));
        fake.ecr("shop").image("1", V4);

        assertThat(toTheEnd(web.deploy("shop:1")).state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.appRunner("shop-web").imageNow()).endsWith("/shop:1");
        assertThat(fake.requests("apprunner:StartDeployment")).hasSize(1);
    }

    @Test
    void a_tag_that_moves_during_the_deployment_changes_nothing() throws Exception {
        Receipt receipt = perform().apply(web.deploy("shop:2"));
        fake.ecr("shop").image("2", V4);
        time.advance(Duration.ofMinutes(4));

        Observation end = perform().after(receipt).observe(web.deploy("shop:2"));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(end.yielded().orElseThrow().digest()).isEqualTo(V2);
    }

    @Test
    void a_rollback_goes_on_when_the_tag_of_the_bad_release_was_pushed_again_or_removed() throws Exception {
        Release before = perform().ask(web, Component.Driver::live).orElseThrow();
        fake.appRunner("shop-web").deploysAutomatically();
        toTheEnd(web.deploy("shop:2"));
        time.advance(Duration.ofMinutes(1));
        fake.ecr("shop").image("2", V4);

        Outcome available = perform().ask(web, (driver, context) -> driver.available(before, context));
        assertThat(available).matches(found -> found.finding() == Finding.PASSED);
        assertThat(toTheEnd(web.driver().backTo(before)).state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.appRunner("shop-web").imageNow()).endsWith("/shop@" + V1);
    }

    @Test
    void a_secret_of_somebody_else_is_not_overwritten() {
        fake.secret("golive/shop-web").text("{\"username\": \"shop\", \"password\": \"hunter2\"}");

        assertThatThrownBy(() -> perform().apply(web.deploy("shop:2"))).hasMessageContaining("does not hold");
        assertThat(fake.secret("golive/shop-web").textNow().orElseThrow()).contains("hunter2");
        assertThat(fake.requests("apprunner:UpdateService")).isEmpty();
    }

    @Test
    void what_runs_cannot_be_told_once_its_tag_was_pushed_again() throws Exception {
        time.advance(Duration.ofMinutes(1));
        fake.ecr("shop").image("1", V4);

        assertThatThrownBy(() -> perform().ask(web, Component.Driver::live))
                .hasMessageContaining("after the last deployment");
    }

    @Test
    void a_redeployment_is_told_by_its_operation() throws Exception {
        Observation before = perform().observe(web.redeploy());
        Observation end = toTheEnd(web.redeploy());

        assertThat(before.state()).isEqualTo(State.NOT_AT_TARGET);
        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(web.redeploy().isConvergent()).isFalse();
        assertThat(fake.appRunner("shop-web").imageNow()).endsWith("/shop:1");
    }

    @Test
    void a_rollback_goes_to_the_digest_and_turns_automatic_deployments_off() throws Exception {
        fake.appRunner("shop-web").deploysAutomatically();
        Release before = perform().ask(web, Component.Driver::live).orElseThrow();
        toTheEnd(web.deploy("shop:2").unset("LOGIN_MOCK").set("REGION", "south"));

        Observation end = toTheEnd(web.driver().backTo(before));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.appRunner("shop-web").imageNow()).endsWith("/shop@" + V1);
        assertThat(fake.appRunner("shop-web").variablesNow())
                .isEqualTo(Map.of("LOGIN_MOCK", "true", "REGION", "north"));
        assertThat(fake.requests("apprunner:UpdateService")
                        .get(1)
                        .parameter("SourceConfiguration.AutoDeploymentsEnabled"))
                .contains(false);
    }

    @Test
    void automatic_deployments_hold_against_a_rollback() throws Exception {
        fake.appRunner("shop-web").deploysAutomatically();

        assertThat(perform().ask(web, Component.Driver::holds))
                .singleElement()
                .asString()
                .contains("every push");
    }

    @Test
    void a_rollback_waits_for_the_operation_that_goes_on() throws Exception {
        Release before = perform().ask(web, Component.Driver::live).orElseThrow();
        Receipt receipt = perform().apply(web.deploy("shop:2"));

        assertThat(perform().observe(web.driver().backTo(before)).state()).isEqualTo(State.UNDER_WAY);
        assertThatThrownBy(() -> perform().apply(web.driver().backTo(before))).hasMessageContaining("goes on");

        time.advance(Duration.ofMinutes(4));
        assertThat(perform().after(receipt).observe(web.deploy("shop:2")).state())
                .isEqualTo(State.AT_TARGET);
        assertThat(toTheEnd(web.driver().backTo(before)).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void another_process_cannot_go_back_to_what_nobody_remembers() throws Exception {
        AppRunnerService forgetful = aws.appRunner("shop-web");
        Release before = perform().ask(forgetful, Component.Driver::live).orElseThrow();
        toTheEnd(forgetful.deploy("shop:2").unset("LOGIN_MOCK"));

        Outcome available = perform().ask(forgetful, (driver, context) -> driver.available(before, context));

        assertThat(available).matches(found -> found.finding() == Finding.FAILED);
        assertThat(available.why()).contains("rememberedIn");
        assertThat(perform().observe(forgetful.driver().backTo(before)).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void a_secret_that_is_not_golives_is_not_taken_for_its_memory() {
        fake.secret("golive/shop-web").text("{\"password\": \"hunter2\"");

        assertThatThrownBy(() -> perform().ask(web, Component.Driver::previous))
                .hasMessageContaining("does not hold what golive keeps")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_paused_service_cannot_be_deployed_to() throws Exception {
        fake.appRunner("shop-web").status("PAUSED");

        Observation observation = perform().observe(web.deploy("shop:2"));

        assertThat(observation.state()).isEqualTo(State.REFUSED);
        assertThat(observation.found()).contains("PAUSED");
    }

    @Test
    void it_is_paused_and_goes_on() throws Exception {
        assertThat(toTheEnd(web.pause()).state()).isEqualTo(State.AT_TARGET);
        assertThat(examine(web.isPaused())).matches(found -> found.finding() == Finding.PASSED);
        assertThat(toTheEnd(web.resume()).state()).isEqualTo(State.AT_TARGET);
        assertThat(examine(web.isRunning())).matches(found -> found.finding() == Finding.PASSED);
    }

    @Test
    void a_stale_read_is_no_end_of_a_deployment() throws Exception {
        Receipt receipt = perform().apply(web.deploy("shop:2"));
        time.advance(Duration.ofMinutes(4).plusSeconds(30));
        fake.fault("apprunner:DescribeService", AwsFault.staleRead(Duration.ofMinutes(5)));

        Observation stale = perform().after(receipt).observe(web.deploy("shop:2"));
        fake.mend();
        Observation fresh = perform().after(receipt).observe(web.deploy("shop:2"));

        assertThat(stale.state()).isEqualTo(State.UNDER_WAY);
        assertThat(fresh.state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void values_of_variables_stand_in_no_sentence_and_in_no_receipt() throws Exception {
        AppRunnerDeploy deploy = web.deploy("shop:2").set("DATABASE", "postgres://shop:hunter2@db");

        Receipt receipt = perform().apply(deploy);

        assertThat(deploy.sentence() + deploy.id() + receipt + web.driver().byHand(Release.of("shop-web", "x")))
                .doesNotContain("hunter2");
    }
}
