package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Expect;
import dev.golive.Finding;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Status;
import dev.golive.testkit.Examine;
import dev.golive.testkit.aws.AwsFault;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AppRunnerServiceTest extends OnFakeAws {

    private final AppRunnerService web = aws.appRunner("shop-web");

    @Test
    void a_service_that_runs_is_running() {
        fake.appRunner("shop-web");

        assertThat(examine(web.isRunning())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_service_that_is_paused_is_not_running() {
        fake.appRunner("shop-web").status("PAUSED");

        Outcome outcome = examine(web.isRunning());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).contains("PAUSED");
    }

    @Test
    void a_service_that_is_not_there_fails() {
        Outcome outcome = examine(web.isRunning());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("there is no App Runner service shop-web in eu-north-1");
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.appRunner("shop-web");

        assertThat(notUnknown("apprunner", web.isRunning())).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.appRunner("shop-web");
        fake.faultNext(2, "apprunner:DescribeService", AwsFault.throttled());

        assertThat(examine(web.isRunning())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("apprunner:DescribeService")).hasSize(3);
    }

    @Test
    void a_service_on_the_third_page_is_found() {
        fake.appRunner("a");
        fake.appRunner("b");
        fake.appRunner("shop-web");
        fake.pageSize(1);

        assertThat(examine(web.isRunning())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("apprunner:ListServices")).hasSize(3);
    }

    @Test
    void a_service_of_which_an_operation_goes_on_is_not_running() {
        fake.appRunner("shop-web").deployingBySomebody("public.ecr.aws/shop:2");

        Outcome outcome = examine(web.isRunning());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).contains("OPERATION_IN_PROGRESS");
    }

    @Test
    void a_variable_is_set_unset_or_has_a_value() {
        fake.appRunner("shop-web")
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
    void a_variable_comes_from_the_secret_that_it_is_said_to_come_from() {
        String arn = "arn:aws:secretsmanager:eu-north-1:123456789012:secret:shop/token";
        fake.appRunner("shop-web")
                .variable("MODE", "shop/token")
                .secret("TOKEN", arn)
                .secret("KEY", arn + "-a1B2c3")
                .secret("PART", arn + "-a1B2c3:part::");

        assertThat(findings(
                        web.variable("TOKEN").comesFrom("shop/token"),
                        web.variable("TOKEN").comesFrom(arn),
                        web.variable("KEY").comesFrom("shop/token"),
                        web.variable("PART").comesFrom("shop/token")))
                .containsOnly(Finding.PASSED);
        assertThat(findings(
                        web.variable("MODE").comesFrom("shop/token"),
                        web.variable("OTHER").comesFrom("shop/token"),
                        web.variable("TOKEN").comesFrom("token"),
                        web.variable("TOKEN").comesFrom("shop/tok"),
                        web.variable("KEY").comesFrom("shop/token-of-another")))
                .containsOnly(Finding.FAILED);
    }

    @Test
    void a_service_that_deploys_every_push_deploys_by_itself() {
        fake.appRunner("shop-web");
        assertThat(findings(web.doesNotDeployByItself())).containsOnly(Finding.PASSED);

        fake.appRunner("shop-web").deploysAutomatically();

        Outcome outcome = examine(web.doesNotDeployByItself());
        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).contains("every push");
    }

    @Test
    void what_is_configured_while_an_operation_goes_on_does_not_count_as_what_runs() {
        fake.appRunner("shop-web").variable("MODE", "production").deployingBySomebody("public.ecr.aws/shop:2");

        Outcome running = examine(web.image("public.ecr.aws/shop:2"));
        Outcome configured = examine(web.configured().image("public.ecr.aws/shop:2"));

        assertThat(running).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(running.why()).contains("an operation goes on");
        assertThat(configured).matches(found -> found.finding() == Finding.PASSED);
    }

    @Test
    void nothing_runs_while_a_service_is_paused() {
        fake.appRunner("shop-web").variable("MODE", "production").status("PAUSED");

        assertThat(findings(web.variable("MODE").is("production"))).containsExactly(Finding.FAILED);
        assertThat(findings(web.configured().variable("MODE").is("production"))).containsExactly(Finding.PASSED);
        assertThat(findings(web.isPaused())).containsExactly(Finding.PASSED);
    }

    @Test
    void a_table_of_flags_names_each_that_differs() {
        fake.appRunner("shop-web").variable("CARDS", "on").variable("LOANS", "off");

        Outcome right = examine(web.variables(Map.of("CARDS", "on", "LOANS", "off")));
        Outcome wrong = examine(web.variables(Map.of("CARDS", "off", "LOANS", "off", "FUNDS", "on")));

        assertThat(right).matches(found -> found.finding() == Finding.PASSED);
        assertThat(wrong).matches(found -> found.finding() == Finding.FAILED);
        assertThat(wrong.why()).isEqualTo("CARDS has another value, FUNDS is not set");
    }

    @Test
    void no_outcome_shows_the_value_of_a_variable() {
        fake.appRunner("shop-web").variable("DATABASE", "postgres://shop:hunter2@db.shop.example/shop");

        for (Check check : List.of(
                web.variable("DATABASE").isSet(),
                web.variable("DATABASE").isUnset(),
                web.variable("DATABASE").is("other"),
                web.variable("DATABASE").matches(Expect.containing("hunter")),
                web.variables(Map.of("DATABASE", "other")),
                web.variables(Map.of("MODE", "production")),
                web.isRunning(),
                web.image("other"))) {
            assertThat(examine(check).toString()).doesNotContain("hunter2").doesNotContain("postgres://");
        }
    }

    @Test
    void a_domain_is_active_once_its_records_were_seen() {
        fake.appRunner("shop-web")
                .domain("shop.example")
                .domain("www.shop.example", "PENDING_CERTIFICATE_DNS_VALIDATION", "PENDING_VALIDATION");

        assertThat(findings(
                        web.domain("shop.example").isActive(),
                        web.domain("SHOP.example").isValidated()))
                .containsOnly(Finding.PASSED);
        Outcome pending = examine(web.domain("www.shop.example").isValidated());
        assertThat(pending).matches(found -> found.finding() == Finding.FAILED);
        assertThat(pending.facts().toString()).contains("_validation.www.shop.example. CNAME");
        assertThat(findings(
                        web.domain("www.shop.example").isActive(),
                        web.domain("other.example").isActive()))
                .containsOnly(Finding.FAILED);
    }

    @Test
    void a_domain_on_the_third_page_is_found() {
        fake.appRunner("shop-web").domain("a.example").domain("b.example").domain("shop.example");
        fake.pageSize(1);

        assertThat(findings(web.domain("shop.example").isActive())).containsExactly(Finding.PASSED);
        assertThat(fake.requests("apprunner:DescribeCustomDomains")).hasSize(3);
    }

    @Test
    void instances_and_the_health_check_are_as_configured() {
        fake.appRunner("shop-web").instances(2, 10).healthCheck("/api/health");

        assertThat(findings(
                        web.minInstances(Expect.atLeast(2)),
                        web.maxInstances(Expect.is(10)),
                        web.maxConcurrency(Expect.atMost(100)),
                        web.healthCheckAsks("/api/health"),
                        web.healthCheckFailsAfterSeconds(Expect.atMost(30))))
                .containsOnly(Finding.PASSED);
        assertThat(findings(
                        web.minInstances(Expect.atLeast(3)),
                        web.maxInstances(Expect.is(11)),
                        web.maxConcurrency(Expect.lessThan(100)),
                        web.healthCheckAsks("/"),
                        web.healthCheckFailsAfterSeconds(Expect.atMost(10))))
                .containsOnly(Finding.FAILED);
    }

    @Test
    void a_health_check_of_the_port_alone_asks_no_path() {
        fake.appRunner("shop-web");

        Outcome outcome = examine(web.healthCheckAsks("/"));

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).contains("the port alone");
    }

    @Test
    void every_check_is_unknown_when_nothing_is_known() {
        fake.appRunner("shop-web").variable("MODE", "production").domain("shop.example");

        for (Check check : List.of(
                web.variable("MODE").isUnset(),
                web.variables(Map.of("MODE", "production")),
                web.isPaused(),
                web.domain("shop.example").isValidated(),
                web.maxInstances(Expect.is(1)),
                web.maxConcurrency(Expect.is(1)),
                web.healthCheckFailsAfterSeconds(Expect.is(1)),
                web.image("x"),
                web.lastOperationSucceeded(),
                web.domain("shop.example").isActive(),
                web.minInstances(Expect.is(1)),
                web.healthCheckAsks("/"))) {
            assertThat(notUnknown("apprunner", check)).as(check.sentence()).isEmpty();
        }
    }

    @Test
    void credentials_of_another_account_prove_nothing() {
        fake.appRunner("shop-web");
        fake.callerOf("999999999999");

        ItemResult result =
                Examine.once(web.isRunning()).through(fake.network()).on(time).result();

        assertThat(result.status()).isEqualTo(Status.BLOCKED);
        assertThat(result.why()).contains("999999999999");
        assertThat(fake.requests("apprunner:ListServices")).isEmpty();
    }

    @Test
    void the_account_is_asked_for_once_in_a_run() {
        fake.appRunner("shop-web");
        Checklist list = Checklist.named("web")
                .require(web.isRunning())
                .require(web.variable("LOGIN_MOCK").isUnset())
                .require(aws.in("us-east-1").appRunner("shop-web").isRunning())
                .build();

        try (GoLive golive = GoLive.builder().time(time).network(fake.network()).build()) {
            golive.run(list, Environment.named("test").account("aws", fake.account()));
        }

        assertThat(fake.requests("sts:GetCallerIdentity")).hasSize(1);
    }

    @Test
    void a_checklist_knows_the_policy_that_it_needs() throws Exception {
        Checklist list = Checklist.named("web").require(web.isRunning()).build();

        JsonNode policy = new ObjectMapper().readTree(Aws.permissionsFor(list));

        assertThat(policy).isEqualTo(new ObjectMapper().readTree("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["apprunner:ListServices"], "Resource": ["*"]},
                  {"Effect": "Allow", "Action": ["apprunner:DescribeService"],
                   "Resource": ["arn:aws:apprunner:eu-north-1:123456789012:service/shop-web/*"]}]}"""));
    }

    private List<Finding> findings(Check... checks) {
        return Stream.of(checks).map(check -> examine(check).finding()).toList();
    }
}
