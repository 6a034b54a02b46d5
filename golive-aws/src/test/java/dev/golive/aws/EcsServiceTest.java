package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EcsServiceTest extends OnFakeAws {

    private final EcsService web = aws.ecs("shop", "shop-web");

    private List<Finding> findings(Check... checks) {
        return Stream.of(checks).map(check -> examine(check).finding()).toList();
    }

    @Test
    void a_service_of_which_all_tasks_run_is_stable() {
        fake.ecs("shop", "shop-web");

        assertThat(examine(web.isStable())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_service_of_which_a_task_is_missing_is_not_stable() {
        fake.ecs("shop", "shop-web").tasks(3, 2);

        Outcome outcome = examine(web.isStable());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).contains("2 of 3 tasks run");
    }

    @Test
    void a_service_without_tasks_is_not_stable_and_runs_nothing() {
        fake.ecs("shop", "shop-web").tasks(0, 0);

        assertThat(findings(web.isStable(), web.variable("LOGIN_MOCK").isUnset(), web.taskDefinition("shop-web:1")))
                .containsOnly(Finding.FAILED);
    }

    @Test
    void a_service_that_is_deploying_is_not_stable_and_nobody_knows_what_runs() {
        fake.ecs("shop", "shop-web").revision("public.ecr.aws/shop:2").deployingBySomebody(2);

        Outcome stable = examine(web.isStable());

        assertThat(stable).matches(found -> found.finding() == Finding.FAILED);
        assertThat(stable.why()).contains("deployment").contains("PENDING");
        assertThat(findings(
                        web.image("public.ecr.aws/shop:2"),
                        web.taskDefinition("shop-web:2"),
                        web.variable("LOGIN_MOCK").isUnset(),
                        web.lastDeploymentSucceeded()))
                .containsExactly(Finding.UNKNOWN, Finding.UNKNOWN, Finding.UNKNOWN, Finding.FAILED);
    }

    @Test
    void a_service_that_is_being_drained_is_not_stable() {
        fake.ecs("shop", "shop-web").status("DRAINING");

        assertThat(findings(web.isStable(), web.image("x"))).containsOnly(Finding.FAILED);
    }

    @Test
    void a_service_or_a_cluster_that_is_not_there_fails() {
        fake.ecs("shop", "another");

        Outcome service = examine(web.isStable());
        Outcome cluster = examine(aws.ecs("other", "shop-web").isStable());

        assertThat(service).matches(found -> found.finding() == Finding.FAILED);
        assertThat(service.why()).isEqualTo("there is no ECS service shop/shop-web in eu-north-1");
        assertThat(cluster).matches(found -> found.finding() == Finding.FAILED);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown_for_every_check() {
        fake.ecs("shop", "shop-web").variable("MODE", "production");

        for (Check check : List.of(
                web.isStable(),
                web.runs(2),
                web.desiredTasks(Expect.is(2)),
                web.taskDefinition("shop-web:1"),
                web.image("x"),
                web.variable("MODE").isSet(),
                web.variable("LOGIN_MOCK").isUnset(),
                web.variable("MODE").is("production"),
                web.circuitBreakerRollsBack(),
                web.lastDeploymentSucceeded())) {
            assertThat(notUnknown("ecs", check)).as(check.sentence()).isEmpty();
        }
    }

    @Test
    void each_operation_that_gives_no_answer_leaves_what_runs_unknown() {
        fake.ecs("shop", "shop-web").variable("MODE", "production");

        for (String operation : List.of("DescribeServices", "ListServiceDeployments", "DescribeTaskDefinition")) {
            assertThat(notUnknown("ecs:" + operation, web.variable("LOGIN_MOCK").isUnset()))
                    .as(operation)
                    .isEmpty();
        }
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.ecs("shop", "shop-web");
        fake.faultNext(2, "ecs:DescribeServices", AwsFault.throttled());

        assertThat(examine(web.isStable())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("ecs:DescribeServices")).hasSize(3);
    }

    @Test
    void a_deployment_on_the_third_page_goes_on_too() throws Exception {
        fake.ecs("shop", "shop-web").revision("public.ecr.aws/shop:2");
        for (int revision : List.of(2, 1, 2)) {
            time.advance(Duration.ofMinutes(1));
            fake.ecs("shop", "shop-web").deployedBySomebody(revision);
        }
        fake.pageSize(1);

        assertThat(examine(web.isStable())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("ecs:ListServiceDeployments")).hasSize(4);
    }

    @Test
    void tasks_are_counted() {
        fake.ecs("shop", "shop-web").tasks(4, 3);

        assertThat(findings(web.runs(3), web.runs(Expect.atLeast(2)), web.desiredTasks(Expect.is(4))))
                .containsOnly(Finding.PASSED);
        assertThat(findings(web.runs(4), web.runs(Expect.atMost(2)), web.desiredTasks(Expect.is(3))))
                .containsOnly(Finding.FAILED);
        assertThatThrownBy(() -> web.runs(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void image_and_task_definition_are_those_that_run() {
        fake.ecs("shop", "shop-web").image("public.ecr.aws/shop:1").revision("public.ecr.aws/shop:2");

        assertThat(findings(web.taskDefinition("shop-web:1"), web.image("public.ecr.aws/shop:1")))
                .containsOnly(Finding.PASSED);
        assertThat(findings(web.taskDefinition("shop-web:2"), web.image("public.ecr.aws/shop:2")))
                .containsOnly(Finding.FAILED);
    }

    @Test
    void a_variable_is_set_unset_or_has_a_value() {
        fake.ecs("shop", "shop-web")
                .variable("MODE", "production")
                .variable("EMPTY", "")
                .secret("TOKEN", "arn:aws:secretsmanager:eu-north-1:123456789012:secret:token");

        assertThat(findings(
                        web.variable("MODE").isSet(),
                        web.variable("MODE").is("production"),
                        web.variable("MODE").isOneOf("staging", "production"),
                        web.variable("MODE").matches(Expect.startingWith("prod")),
                        web.variable("TOKEN").isSet(),
                        web.variable("LOGIN_MOCK").isUnset()))
                .containsOnly(Finding.PASSED);
        assertThat(findings(
                        web.variable("MODE").isUnset(),
                        web.variable("MODE").is("staging"),
                        web.variable("MODE").isOneOf("test", "staging"),
                        web.variable("LOGIN_MOCK").isSet(),
                        web.variable("LOGIN_MOCK").is("false"),
                        web.variable("EMPTY").isSet(),
                        web.variable("EMPTY").isUnset(),
                        web.variable("TOKEN").isUnset(),
                        web.variable("TOKEN").is("anything")))
                .containsOnly(Finding.FAILED);
    }

    @Test
    void a_variable_that_may_stand_in_a_file_is_not_known_to_be_unset() {
        fake.ecs("shop", "shop-web").variable("MODE", "production").environmentFile("arn:aws:s3:::shop/web.env");

        assertThat(findings(
                        web.variable("MODE").is("production"),
                        web.variable("LOGIN_MOCK").isUnset(),
                        web.variable("LOGIN_MOCK").isSet()))
                .containsExactly(Finding.PASSED, Finding.UNKNOWN, Finding.UNKNOWN);
    }

    @Test
    void of_several_containers_one_must_be_named() {
        fake.ecs("shop", "shop-web").variable("LOGIN_MOCK", "true").container("proxy", "public.ecr.aws/proxy:1");

        Outcome outcome = examine(web.variable("LOGIN_MOCK").isUnset());

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).contains("shop-web, proxy");
        assertThat(findings(
                        web.container("proxy").variable("LOGIN_MOCK").isUnset(),
                        web.container("proxy").image("public.ecr.aws/proxy:1"),
                        web.container("shop-web").variable("LOGIN_MOCK").isUnset(),
                        web.container("absent").variable("LOGIN_MOCK").isUnset()))
                .containsExactly(Finding.PASSED, Finding.PASSED, Finding.FAILED, Finding.UNKNOWN);
    }

    @Test
    void a_circuit_breaker_that_only_stops_does_not_roll_back() {
        fake.ecs("shop", "shop-web");
        assertThat(findings(web.circuitBreakerRollsBack())).containsExactly(Finding.FAILED);

        fake.ecs("shop", "shop-web").circuitBreaker(false);
        assertThat(findings(web.circuitBreakerRollsBack())).containsExactly(Finding.FAILED);

        fake.ecs("shop", "shop-web").circuitBreaker();
        assertThat(findings(web.circuitBreakerRollsBack())).containsExactly(Finding.PASSED);
    }

    @Test
    void what_is_deployed_by_others_than_ecs_is_not_known() {
        fake.ecs("shop", "shop-web").controller("CODE_DEPLOY");

        assertThat(findings(web.isStable(), web.image("x"), web.variable("MODE").isUnset()))
                .containsOnly(Finding.UNKNOWN);
    }

    @Test
    void a_deployment_that_nobody_remembers_is_not_known_to_have_succeeded() throws Exception {
        fake.ecs("shop", "shop-web");
        time.advance(Duration.ofDays(91));

        assertThat(findings(web.lastDeploymentSucceeded(), web.isStable()))
                .containsExactly(Finding.UNKNOWN, Finding.PASSED);
    }

    @Test
    void no_outcome_and_no_sentence_shows_the_value_of_a_variable() {
        fake.ecs("shop", "shop-web").variable("DATABASE", "postgres://shop:hunter2@db.shop.example/shop");

        for (Check check : List.of(
                web.variable("DATABASE").isSet(),
                web.variable("DATABASE").isUnset(),
                web.variable("DATABASE").is("other"),
                web.variable("DATABASE").matches(Expect.containing("hunter")),
                web.isStable(),
                web.image("other"),
                web.taskDefinition("other:1"))) {
            assertThat(examine(check).toString()).doesNotContain("hunter2").doesNotContain("postgres://");
        }
    }

    @Test
    void permissions_are_on_the_service() {
        assertThat(web.isStable().permissions().toString())
                .contains("ecs:DescribeServices")
                .contains("arn:aws:ecs:eu-north-1:123456789012:service/shop/shop-web");
    }
}
