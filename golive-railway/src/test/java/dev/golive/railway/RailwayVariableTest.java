package dev.golive.railway;

import static dev.golive.Expect.startingWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.Secret;
import dev.golive.testkit.railway.RailwayFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayVariableTest extends OnFakeRailway {

    private static final String KEY = "s3cret-of-32-characters-or-more!";

    private final RailwayService api = railway.service("api");

    @BeforeEach
    void live() {
        fake.service("api")
                .variable("MODE", "production")
                .variable("KEY", KEY)
                .sealed("SEALED", "never-told-to-anybody")
                .deployed("41");
    }

    private Finding finding(Check check) {
        return examine(check).finding();
    }

    @Test
    void a_variable_is_set_or_not_by_its_name_alone() {
        assertThat(finding(api.variable("MODE").isSet())).isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("SEALED").isSet())).isEqualTo(Finding.PASSED);
        assertThat(examine(api.variable("OTHER").isSet()).why()).isEqualTo("OTHER is not set");
        assertThat(finding(api.variable("OTHER").isSet())).isEqualTo(Finding.FAILED);
        assertThat(fake.requests("variables")).isEmpty();
        assertThat(api.variable("MODE").isSet().sentence())
                .isEqualTo("variable MODE of Railway service api of shop/production is set");
    }

    @Test
    void a_variable_of_another_service_or_environment_is_none_of_this_one() {
        fake.service("web").variable("WEB", "1");
        fake.in("staging").service("api").variable("STAGED", "1");
        fake.in("production").shared("SHARED", "1");

        assertThat(List.of("WEB", "STAGED", "SHARED"))
                .allSatisfy(
                        name -> assertThat(finding(api.variable(name).isSet())).isEqualTo(Finding.FAILED));
    }

    @Test
    void a_variable_beyond_the_first_page_is_found() {
        fake.pageSize(1);

        assertThat(finding(api.variable("SEALED").isSet())).isEqualTo(Finding.PASSED);
    }

    @Test
    void names_that_never_end_prove_nothing() {
        fake.pageSize(1).endlessPages();

        assertThat(finding(api.variable("OTHER").isUnset())).isEqualTo(Finding.UNKNOWN);
    }

    @Test
    void what_was_changed_after_the_live_deployment_is_configured_only() {
        fake.service("api").variableBySomebody("MODE", "production").variableBySomebody("NEW", "1");

        assertThat(examine(api.variable("MODE").is("production")).finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(examine(api.variable("NEW").isSet()).why()).contains("after the live deployment was begun");
        assertThat(finding(api.variable("NEW").configured().isSet())).isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("MODE").configured().is("production"))).isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("KEY").isSecret(Secret.found("key", KEY))))
                .isEqualTo(Finding.PASSED);
    }

    @Test
    void without_a_live_deployment_variables_are_configured_only() {
        fake.service("new").variable("MODE", "production");

        assertThat(finding(railway.service("new").variable("MODE").isSet())).isEqualTo(Finding.UNKNOWN);
        assertThat(finding(railway.service("new").variable("MODE").configured().isSet()))
                .isEqualTo(Finding.PASSED);
    }

    @Test
    void a_deleted_variable_is_unset_once_nothing_runs_with_it() {
        assertThat(finding(api.variable("OTHER").isUnset())).isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("MODE").isUnset())).isEqualTo(Finding.FAILED);

        fake.service("api").variableDeletedBySomebody("MODE");

        assertThat(examine(api.variable("MODE").isUnset()).why()).contains("what runs still has it");
        assertThat(finding(api.variable("MODE").configured().isUnset())).isEqualTo(Finding.PASSED);
    }

    @Test
    void a_value_is_compared_and_never_shown() {
        Outcome outcome = examine(api.variable("KEY").is("something else"));

        assertThat(outcome.finding()).isEqualTo(Finding.FAILED);
        assertThat(outcome.toString()).contains("another value").doesNotContain(KEY);
        assertThat(finding(api.variable("MODE").is("production"))).isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("MODE").isOneOf("staging", "production")))
                .isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("MODE").matches(startingWith("stag")))).isEqualTo(Finding.FAILED);
        assertThat(finding(api.variable("OTHER").is("x"))).isEqualTo(Finding.FAILED);
    }

    @Test
    void a_sealed_variable_cannot_be_compared() {
        RailwayVariable sealed = api.variable("SEALED");

        assertThat(finding(sealed.isSealed())).isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("KEY").isSealed())).isEqualTo(Finding.FAILED);
        assertThat(finding(api.variable("OTHER").isSealed())).isEqualTo(Finding.FAILED);
        assertThat(examine(sealed.is("never-told-to-anybody")).why()).contains("is sealed");
        assertThat(List.of(
                        sealed.is("x"),
                        sealed.hasAtLeastCharacters(1),
                        sealed.isSecret(Secret.found("key", "another-secret")),
                        sealed.differsFrom(api.variable("KEY"))))
                .allSatisfy(check -> assertThat(finding(check)).isEqualTo(Finding.UNKNOWN));
        assertThat(fake.requests("variables").size()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_secret_is_long_enough_or_not() {
        fake.service("api").variable("EMPTY", "").deployedBySomebody("42");

        assertThat(finding(api.variable("KEY").hasAtLeastCharacters(32))).isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("KEY").hasAtLeastCharacters(33))).isEqualTo(Finding.FAILED);
        assertThat(finding(api.variable("EMPTY").isSet())).isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("EMPTY").hasAtLeastCharacters(1))).isEqualTo(Finding.FAILED);
        assertThatThrownBy(() -> api.variable("KEY").hasAtLeastCharacters(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_secret_is_the_one_that_is_known_here_or_another() {
        assertThat(finding(api.variable("KEY").isSecret(Secret.found("key", KEY))))
                .isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("KEY").isSecret(Secret.found("key", KEY + "x"))))
                .isEqualTo(Finding.FAILED);
        assertThat(api.variable("KEY").isSecret(Secret.found("my key", KEY)).sentence())
                .endsWith("is the secret of my key");
    }

    @Test
    void two_secrets_differ_or_not() {
        fake.service("api")
                .variable("REFRESH", KEY)
                .variable("SESSION", "another")
                .deployedBySomebody("42");
        fake.service("web").variable("KEY", KEY).deployed("7");

        assertThat(finding(api.variable("KEY").differsFrom(api.variable("SESSION"))))
                .isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("KEY").differsFrom(api.variable("REFRESH"))))
                .isEqualTo(Finding.FAILED);
        assertThat(finding(
                        api.variable("KEY").differsFrom(railway.service("web").variable("KEY"))))
                .isEqualTo(Finding.FAILED);
        assertThat(finding(api.variable("KEY").differsFrom(api.variable("MISSING"))))
                .isEqualTo(Finding.FAILED);
        assertThatThrownBy(() -> api.variable("KEY").differsFrom(api.variable("KEY")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void two_secrets_of_two_environments_are_compared_with_two_tokens() {
        fake.in("staging").service("api").variable("KEY", KEY).deployed("40");
        Railway staging = Railway.projectToken(fake.projectToken("staging"), "shop", "staging");

        Outcome outcome =
                examine(api.variable("KEY").differsFrom(staging.service("api").variable("KEY")));

        assertThat(outcome.finding()).isEqualTo(Finding.FAILED);
        assertThat(outcome.why()).contains("the same value").contains("shop/staging");
    }

    @Test
    void a_reference_is_compared_by_what_it_stands_for_and_changes_with_it() throws Exception {
        fake.in("production").shared("URL", "https://shop.example");
        fake.service("api")
                .variable("BASE", "${{shared.URL}}/v1")
                .variable("LOST", "${{shared.NOWHERE}}")
                .deployedBySomebody("42");
        time.advance(Duration.ofMinutes(1));

        assertThat(finding(api.variable("BASE").is("https://shop.example/v1"))).isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("LOST").hasAtLeastCharacters(3))).isEqualTo(Finding.UNKNOWN);
        assertThat(finding(api.variable("LOST").configured().hasAtLeastCharacters(3)))
                .isEqualTo(Finding.UNKNOWN);

        fake.in("production").sharedBySomebody("URL", "https://new.example");

        assertThat(finding(api.variable("BASE").is("https://new.example/v1"))).isEqualTo(Finding.UNKNOWN);
        assertThat(finding(api.variable("BASE").configured().is("https://new.example/v1")))
                .isEqualTo(Finding.PASSED);
    }

    @Test
    void a_reference_to_what_is_not_there_is_as_good_as_not_set() throws Exception {
        fake.in("production").shared("URL", "https://shop.example");
        fake.service("postgres").variable("DATABASE_URL", "postgres://db").deployed("15");
        fake.service("api")
                .variable("GOOD", "${{postgres.DATABASE_URL}}")
                .variable("LOST", "${{shared.NOWHERE}}")
                .variable("RENAMED", "${{Postgres-old.DATABASE_URL}}")
                .variable("HOST", "${{Postgres-old.RAILWAY_PRIVATE_DOMAIN}}")
                .variable("OWN", "${{RAILWAY_PUBLIC_DOMAIN}}")
                .deployedBySomebody("42");
        fake.in("production").shared("FROM", "${{postgres.NOWHERE}}");
        time.advance(Duration.ofMinutes(1));

        assertThat(List.of("GOOD", "OWN"))
                .allSatisfy(
                        name -> assertThat(finding(api.variable(name).isSet())).isEqualTo(Finding.PASSED));
        assertThat(List.of("LOST", "RENAMED", "HOST")).allSatisfy(name -> {
            assertThat(examine(api.variable(name).isSet()).why()).contains("which Railway does not list");
            assertThat(finding(api.variable(name).isSet())).isEqualTo(Finding.UNKNOWN);
            assertThat(finding(api.variable(name).configured().isSet())).isEqualTo(Finding.UNKNOWN);
            assertThat(finding(api.variables().areSet("GOOD", name))).isEqualTo(Finding.UNKNOWN);
        });
        assertThat(finding(railway.sharedVariable("FROM").isSet())).isEqualTo(Finding.UNKNOWN);
    }

    @Test
    void what_was_changed_long_ago_is_too_old_and_what_is_not_live_is_unknown() throws Exception {
        time.advance(Duration.ofDays(80));
        fake.service("api").variableBySomebody("KEY", "another-key");
        assertThat(finding(api.variable("KEY").changedWithin(Duration.ofDays(90))))
                .isEqualTo(Finding.UNKNOWN);
        time.advance(Duration.ofMinutes(1));
        fake.service("api").variable("BASE", "${{KEY}}").deployedBySomebody("42");
        time.advance(Duration.ofDays(10));

        assertThat(finding(api.variable("KEY").changedWithin(Duration.ofDays(90))))
                .isEqualTo(Finding.PASSED);
        assertThat(finding(api.variable("MODE").changedWithin(Duration.ofDays(90))))
                .isEqualTo(Finding.FAILED);
        assertThat(finding(api.variable("MISSING").changedWithin(Duration.ofDays(90))))
                .isEqualTo(Finding.FAILED);
        assertThat(finding(api.variable("BASE").changedWithin(Duration.ofDays(900))))
                .isEqualTo(Finding.UNKNOWN);
        assertThatThrownBy(() -> api.variable("KEY").changedWithin(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void without_what_runs_was_made_with_dates_prove_nothing() throws Exception {
        fake.service("api").variable("MODE", "staging").deployedBySomebody("42");
        time.advance(Duration.ofMinutes(10));
        toTheEnd(api.changeVariables().set("MODE", "production").withoutDeploying());
        time.advance(Duration.ofMinutes(10));
        toTheEnd(api.redeploy());

        assertThat(notUnknown(api.variable("MODE").is("production"), "deploymentSnapshot"))
                .isEmpty();
        for (String said : List.of(
                "null",
                "{}",
                "[]",
                "{\"id\":\"s\",\"variables\":null}",
                "{\"id\":\"s\",\"variables\":\"?\"}",
                "{\"id\":\"s\",\"variables\":{}}")) {
            fake.fault("deploymentSnapshot", RailwayFault.saying(said));
            for (Check check : List.of(
                    api.variable("MODE").is("production"),
                    api.variable("MODE").isSet(),
                    api.variables().areSet("MODE"))) {
                Outcome outcome = examine(check);
                assertThat(outcome.finding()).as(said).isEqualTo(Finding.UNKNOWN);
            }
            fake.mend();
        }
        fake.fault("deploymentSnapshot", RailwayFault.saying("null"));
        assertThat(examine(api.variable("MODE").isSet()).why()).contains("configured() asks");
    }

    @Test
    void names_are_judged_by_dates_where_the_token_may_not_see_more() {
        fake.fault("deploymentSnapshot", RailwayFault.notAuthorized());

        for (Check check : List.of(api.variable("MODE").isSet(), api.variables().areSet("MODE", "KEY"))) {
            Outcome outcome = examine(check);
            assertThat(outcome.finding()).isEqualTo(Finding.PASSED);
            assertThat(outcome.facts())
                    .anySatisfy(fact -> assertThat(fact.toString()).contains("judged by names and dates"));
        }
        assertThat(finding(api.variable("OTHER").isSet())).isEqualTo(Finding.FAILED);
        assertThat(examine(api.variable("MODE").is("production")).why()).contains("configured() asks");
        assertThat(finding(api.variable("MODE").is("production"))).isEqualTo(Finding.UNKNOWN);
        assertThat(finding(api.variable("OTHER").isUnset())).isEqualTo(Finding.UNKNOWN);
        fake.service("api").variableBySomebody("MODE", "production");
        assertThat(finding(api.variable("MODE").isSet())).isEqualTo(Finding.UNKNOWN);
    }

    @Test
    void what_railway_itself_may_provide_is_not_known() {
        assertThat(finding(api.variable("RAILWAY_PUBLIC_DOMAIN").isSet())).isEqualTo(Finding.UNKNOWN);
        assertThat(finding(api.variable("RAILWAY_PUBLIC_DOMAIN").isUnset())).isEqualTo(Finding.UNKNOWN);
    }

    @Test
    void shared_variables_are_those_of_the_environment() {
        fake.in("production").shared("REGION", "eu");

        assertThat(finding(railway.sharedVariable("REGION").isSet())).isEqualTo(Finding.PASSED);
        assertThat(finding(railway.sharedVariable("REGION").is("eu"))).isEqualTo(Finding.PASSED);
        assertThat(finding(railway.sharedVariable("REGION").is("us"))).isEqualTo(Finding.FAILED);
        assertThat(finding(railway.sharedVariable("MODE").isSet())).isEqualTo(Finding.FAILED);
        assertThat(railway.sharedVariable("REGION")).hasToString("shared variable REGION of Railway shop/production");
    }

    @Test
    void a_service_that_is_not_there_has_no_variables() {
        assertThat(examine(railway.service("gone").variable("MODE").isSet()).why())
                .isEqualTo("there is no Railway service gone of shop/production");
    }

    @Test
    void what_is_no_answer_is_unknown() {
        assertThat(notUnknown(api.variable("MODE").isSet())).isEmpty();
        assertThat(notUnknown(api.variable("OTHER").isUnset())).isEmpty();
        assertThat(notUnknown(api.variable("KEY").hasAtLeastCharacters(3))).isEmpty();
        assertThat(notUnknown(api.variable("KEY").differsFrom(api.variable("MODE"))))
                .isEmpty();
        assertThat(notUnknown(railway.sharedVariable("KEY").isSet())).isEmpty();
    }
}
