package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Expect;
import dev.golive.Finding;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Observation.State;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeLambda;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LambdaAliasTest extends OnFakeAws {

    private final LambdaAlias checkout = aws.lambda("shop-checkout", "live");
    private final Deploy deploy = checkout.deploy("2");

    private FakeLambda platform() {
        return fake.lambda("shop-checkout", "live");
    }

    private List<Finding> findings(Check... checks) {
        return Stream.of(checks).map(check -> examine(check).finding()).toList();
    }

    private Outcome available(Release release) throws Exception {
        return perform().ask(checkout, (driver, context) -> driver.available(release, context));
    }

    // ---- checks

    @Test
    void an_alias_points_to_a_version() {
        platform();

        assertThat(findings(
                        checkout.pointsTo("1"), checkout.pointsTo(Expect.oneOf("1", "2")), checkout.hasOneVersion()))
                .containsOnly(Finding.PASSED);
        assertThat(findings(checkout.pointsTo("2"))).containsOnly(Finding.FAILED);
    }

    @Test
    void an_alias_or_a_function_that_is_not_there_fails() {
        platform();

        Outcome alias = examine(aws.lambda("shop-checkout", "other").isActive());

        assertThat(alias).matches(found -> found.finding() == Finding.FAILED);
        assertThat(alias.why()).isEqualTo("there is no Lambda function shop-checkout:other in eu-north-1");
        assertThat(findings(aws.lambda("other", "live").pointsTo("1"))).containsOnly(Finding.FAILED);
    }

    @Test
    void while_a_canary_goes_on_what_runs_is_unknown() {
        platform().publish().canary("2", 0.1);

        Outcome whole = examine(checkout.hasOneVersion());

        assertThat(whole).matches(found -> found.finding() == Finding.FAILED);
        assertThat(whole.why()).contains("10 % of the requests to 2");
        assertThat(findings(
                        checkout.pointsTo("1"),
                        checkout.pointsTo("2"),
                        checkout.isActive(),
                        checkout.runtime("java21"),
                        checkout.variable("LOGIN_MOCK").isUnset()))
                .containsExactly(Finding.FAILED, Finding.FAILED, Finding.UNKNOWN, Finding.UNKNOWN, Finding.UNKNOWN);
    }

    @Test
    void a_version_that_gets_no_request_is_no_canary() {
        platform().publish().canary("2", 0);

        assertThat(findings(checkout.hasOneVersion(), checkout.pointsTo("1"))).containsOnly(Finding.PASSED);
    }

    @Test
    void a_version_is_active_when_it_is_and_its_last_update_was_successful() {
        platform();
        assertThat(findings(checkout.isActive())).containsExactly(Finding.PASSED);

        platform().lastUpdate("InProgress");
        assertThat(findings(checkout.isActive())).containsExactly(Finding.FAILED);

        platform().lastUpdate("Successful").state("Pending");
        assertThat(findings(checkout.isActive())).containsExactly(Finding.FAILED);
    }

    @Test
    void a_runtime_is_that_of_the_version_and_an_image_has_none() {
        platform();
        assertThat(findings(checkout.runtime("java21"), checkout.runtime(Expect.startingWith("java"))))
                .containsOnly(Finding.PASSED);
        assertThat(findings(checkout.runtime("java17"))).containsOnly(Finding.FAILED);

        platform().isImage();
        assertThat(findings(checkout.runtime("java21"))).containsOnly(Finding.FAILED);
    }

    @Test
    void a_variable_is_that_of_the_version_and_not_of_a_later_one() {
        platform()
                .variable("MODE", "production")
                .variable("EMPTY", "")
                .publish()
                .variable("LOGIN_MOCK", "true");

        assertThat(findings(
                        checkout.variable("MODE").isSet(),
                        checkout.variable("MODE").is("production"),
                        checkout.variable("MODE").isOneOf("staging", "production"),
                        checkout.variable("LOGIN_MOCK").isUnset()))
                .containsOnly(Finding.PASSED);
        assertThat(findings(
                        checkout.variable("MODE").isUnset(),
                        checkout.variable("MODE").is("staging"),
                        checkout.variable("EMPTY").isSet(),
                        checkout.variable("LOGIN_MOCK").isSet(),
                        checkout.variable("LOGIN_MOCK").is("false")))
                .containsOnly(Finding.FAILED);
    }

    @Test
    void variables_that_lambda_cannot_read_are_unknown() {
        platform().unreadableVariables();

        Outcome outcome = examine(checkout.variable("LOGIN_MOCK").isUnset());

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).contains("could not read the variables");
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown_for_every_check() {
        platform().variable("MODE", "production");

        for (Check check : List.of(
                checkout.pointsTo("1"),
                checkout.hasOneVersion(),
                checkout.isActive(),
                checkout.runtime("java21"),
                checkout.variable("MODE").is("production"),
                checkout.variable("LOGIN_MOCK").isUnset())) {
            assertThat(notUnknown("lambda", check)).as(check.sentence()).isEmpty();
        }
        assertThat(notUnknown(
                        "lambda:GetFunctionConfiguration",
                        checkout.variable("LOGIN_MOCK").isUnset()))
                .isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        platform();
        fake.faultNext(2, "lambda:GetAlias", AwsFault.throttled());

        assertThat(examine(checkout.pointsTo("1"))).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("lambda:GetAlias")).hasSize(3);
    }

    @Test
    void no_outcome_shows_the_value_of_a_variable() {
        platform().variable("DATABASE", "postgres://shop:hunter2@db.shop.example/shop");

        for (Check check : List.of(
                checkout.variable("DATABASE").isSet(),
                checkout.variable("DATABASE").isUnset(),
                checkout.variable("DATABASE").is("other"),
                checkout.isActive())) {
            assertThat(examine(check).toString()).doesNotContain("hunter2");
        }
    }

    // ---- deployments

    @Test
    void a_deployment_ends_a_canary() throws Exception {
        platform().publish().canary("2", 0.1);

        Observation end = toTheEnd(deploy);

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(platform().versionNow()).isEqualTo("2");
        assertThat(platform().canaryNow()).isEmpty();
        assertThat(end.yielded().orElseThrow().digest()).startsWith("sha256:").hasSize(71);
    }

    @Test
    void a_version_that_gets_a_part_of_the_requests_is_not_live() throws Exception {
        platform().publish().pointedBySomebody("2").canary("1", 0.5);

        assertThat(perform().observe(deploy).state()).isEqualTo(State.NOT_AT_TARGET);
        assertThatThrownBy(() -> perform().ask(checkout, Component.Driver::live))
                .hasMessageContaining("50 %");
        assertThat(perform().ask(checkout, Component.Driver::holds)).hasSize(1);
    }

    @Test
    void a_canary_that_somebody_began_is_left_to_a_person() throws Exception {
        platform().publish();
        Release live = perform().ask(checkout, Component.Driver::live).orElseThrow();
        platform().canary("2", 0.1);

        Observation observation =
                perform().launched(live).observe(checkout.driver().backTo(live));

        assertThat(observation.state()).isEqualTo(State.SOMEWHERE_ELSE);
    }

    @Test
    void latest_is_no_release() throws Exception {
        platform().publish().pointedBySomebody("$LATEST");

        for (String bad : List.of("$LATEST", "0", "", "12a", "live", "-1")) {
            assertThatThrownBy(() -> checkout.deploy(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> perform().ask(checkout, Component.Driver::live))
                .hasMessageContaining("$LATEST");
        assertThat(available(Release.of("shop-checkout:live", "$LATEST")))
                .matches(found -> found.finding() == Finding.FAILED);
        assertThat(toTheEnd(deploy).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void whoever_changed_the_alias_meanwhile_wins() throws Exception {
        platform().publish().publish();
        // golive reads what was there before somebody else acted
        time.advance(Duration.ofMinutes(1));
        platform().pointedBySomebody("3");
        fake.faultNext(1, "lambda:GetAlias", AwsFault.staleRead(Duration.ofSeconds(30)));

        assertThatThrownBy(() -> perform().apply(deploy))
                .isInstanceOf(GoLiveException.class)
                .hasMessageContaining("somebody else has changed");
        assertThat(platform().versionNow()).isEqualTo("3");
    }

    @Test
    void an_alias_that_is_busy_is_not_changed() throws Exception {
        platform().publish().busyFor(Duration.ofMinutes(1));

        assertThatThrownBy(() -> perform().apply(deploy)).hasMessageContaining("ResourceConflictException");
        assertThat(perform().observe(deploy).state()).isEqualTo(State.NOT_AT_TARGET);
        time.advance(Duration.ofMinutes(1));
        assertThat(toTheEnd(deploy).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_request_whose_answer_was_lost_is_not_sent_again() throws Exception {
        platform().publish();
        fake.faultNext(1, "lambda:UpdateAlias", AwsFault.lostAnswer());

        assertThatThrownBy(() -> perform().apply(deploy)).isInstanceOf(GoLiveException.class);

        assertThat(perform().observe(deploy).state()).isEqualTo(State.AT_TARGET);
        assertThat(platform().changes()).hasSize(1);
    }

    @Test
    void a_write_that_was_throttled_is_sent_again() throws Exception {
        platform().publish();
        fake.faultNext(2, "lambda:UpdateAlias", AwsFault.throttled());

        assertThat(toTheEnd(deploy).state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.requests("lambda:UpdateAlias")).hasSize(3);
    }

    @Test
    void an_old_answer_is_under_way_and_a_later_change_is_somebody_elses() throws Exception {
        platform().publish().publish();
        time.advance(Duration.ofMinutes(10));
        Receipt receipt = perform().apply(deploy);
        time.advance(Duration.ofMinutes(1));
        fake.fault("lambda:GetAlias", AwsFault.staleRead(Duration.ofMinutes(5)));

        Observation stale = perform().after(receipt).observe(deploy);
        fake.mend();
        platform().pointedBySomebody("3");
        Observation later = perform().after(receipt).observe(deploy);

        assertThat(stale.state()).isEqualTo(State.UNDER_WAY);
        assertThat(later.state()).isEqualTo(State.SOMEWHERE_ELSE);
    }

    @Test
    void going_back_twice_changes_nothing_more() throws Exception {
        platform().publish();
        Release before = perform().ask(checkout, Component.Driver::live).orElseThrow();
        toTheEnd(deploy);
        toTheEnd(checkout.driver().backTo(before));

        perform().apply(checkout.driver().backTo(before));

        assertThat(platform().versionNow()).isEqualTo("1");
        assertThat(platform().changes()).hasSize(2);
    }

    @Test
    void a_version_that_is_gone_broken_or_another_cannot_be_brought_back() throws Exception {
        platform().publish();
        Release live = perform().ask(checkout, Component.Driver::live).orElseThrow();
        Release other = new Release("shop-checkout:live", "1", null, "sha256:" + "0".repeat(64));

        assertThat(available(live)).matches(found -> found.finding() == Finding.PASSED);
        assertThat(available(other)).matches(found -> found.finding() == Finding.FAILED);
        assertThat(available(Release.of("shop-checkout:live", "9")))
                .matches(found -> found.finding() == Finding.FAILED);

        platform().state("Failed");
        assertThat(available(Release.of("shop-checkout:live", "2")))
                .matches(found -> found.finding() == Finding.FAILED);
        assertThat(perform().observe(deploy).state()).isEqualTo(State.REFUSED);

        platform().state("Inactive");
        assertThat(available(Release.of("shop-checkout:live", "2")))
                .matches(found -> found.finding().good() && found.finding() != Finding.PASSED);
    }

    @Test
    void our_own_version_that_turns_out_failed_is_refused_and_not_left_to_a_person() throws Exception {
        platform().publish().state("Pending");
        Receipt receipt = perform().apply(deploy);

        platform().state("Failed");
        Observation own = perform().after(receipt).observe(deploy);
        Observation anybodys = perform().observe(deploy);
        Observation ofTheLaunch =
                perform().launched(Release.of("shop-checkout:live", "1")).observe(deploy);

        assertThat(own.state()).isEqualTo(State.REFUSED);
        assertThat(own.found()).contains("version 2 of shop-checkout is Failed");
        assertThat(anybodys.state()).isEqualTo(State.REFUSED);
        assertThat(ofTheLaunch.state()).isEqualTo(State.REFUSED);
    }

    @Test
    void a_version_that_is_pending_is_under_way() throws Exception {
        platform().publish().state("Pending");

        Receipt receipt = perform().apply(deploy);

        assertThat(perform().after(receipt).observe(deploy).state()).isEqualTo(State.UNDER_WAY);
    }

    @Test
    void the_version_before_is_the_last_published_that_is_there_also_on_the_third_page() throws Exception {
        platform().publish().publish().publish().delete(3).pointedBySomebody("4");
        fake.pageSize(1);

        assertThat(perform()
                        .ask(checkout, Component.Driver::previous)
                        .orElseThrow()
                        .id())
                .isEqualTo("2");
        assertThat(fake.requests("lambda:ListVersionsByFunction")).hasSize(4);
    }

    @Test
    void the_first_version_has_none_before() throws Exception {
        platform();

        assertThat(perform().ask(checkout, Component.Driver::previous)).isEmpty();
    }
}
