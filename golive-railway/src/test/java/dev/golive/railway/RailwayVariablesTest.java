package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Finding;
import dev.golive.Outcome;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayVariablesTest extends OnFakeRailway {

    private final RailwayVariables variables = railway.service("api").variables();

    @BeforeEach
    void live() {
        fake.service("api")
                .variable("A", "one")
                .variable("B", "two")
                .sealed("C", "three")
                .deployed("41");
    }

    @Test
    void all_names_are_seen_with_one_request_and_no_value() {
        Outcome outcome = examine(variables.areSet("A", "B", "C"));

        assertThat(outcome.finding()).isEqualTo(Finding.PASSED);
        assertThat(outcome.facts()).hasSize(3);
        assertThat(fake.requests("environment")).hasSize(1);
        assertThat(fake.requests("variables")).isEmpty();
    }

    @Test
    void each_name_that_is_missing_is_said() {
        Outcome outcome = examine(variables.areSet("A", "X", "Y"));

        assertThat(outcome.finding()).isEqualTo(Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("X is not set, Y is not set");
    }

    @Test
    void a_failure_outweighs_what_is_not_known() {
        fake.service("api").variableBySomebody("A", "other");

        assertThat(examine(variables.areSet("A", "B")).finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(examine(variables.areSet("A", "X")).finding()).isEqualTo(Finding.FAILED);
        assertThat(examine(variables.configured().areSet("A", "B")).finding()).isEqualTo(Finding.PASSED);
    }

    @Test
    void a_table_of_values_is_compared_at_once() {
        assertThat(examine(variables.are(Map.of("A", "one", "B", "two"))).finding())
                .isEqualTo(Finding.PASSED);
        Outcome wrong = examine(variables.are(Map.of("A", "1", "B", "two", "X", "3")));
        assertThat(wrong.finding()).isEqualTo(Finding.FAILED);
        assertThat(wrong.why()).isEqualTo("A has another value, X is not set");
        assertThat(examine(variables.are(Map.of("A", "one", "C", "three"))).finding())
                .isEqualTo(Finding.UNKNOWN);
        assertThat(fake.requests("variables")).hasSize(3);
    }

    @Test
    void what_runs_has_what_is_configured_or_not() {
        assertThat(examine(variables.areLive()).finding()).isEqualTo(Finding.PASSED);

        fake.service("api").variableBySomebody("A", "other");
        assertThat(examine(variables.areLive()).why()).isEqualTo("A has another value in what runs");

        fake.service("api").variableBySomebody("A", "one").variableDeletedBySomebody("B");
        assertThat(examine(variables.areLive()).why()).isEqualTo("B is not configured, and what runs has it");
    }

    @Test
    void a_sealed_variable_that_changed_later_is_not_live() {
        fake.service("api").variableBySomebody("C", "three");

        assertThat(examine(variables.areLive()).why()).isEqualTo("C was changed after the live deployment was begun");
    }

    @Test
    void what_was_deployed_with_other_variables_is_seen_although_they_changed_before() {
        RailwayService api = railway.service("api");
        // as after a deployment of the variables of an earlier one: those that are configured are older than what runs
        fake.service("api").variable("A", "new").variable("NEW", "1");

        assertThat(examine(variables.areLive()).why())
                .isEqualTo("A has another value in what runs, NEW is not in what runs");
        assertThat(examine(api.variable("A").is("new")).finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(examine(variables.areSet("A", "NEW")).finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(examine(variables.configured().areSet("A", "NEW")).finding()).isEqualTo(Finding.PASSED);
        assertThat(examine(api.variable("A").configured().is("new")).finding()).isEqualTo(Finding.PASSED);
    }

    @Test
    void names_of_two_environments_are_compared() {
        fake.in("staging").service("api").variable("A", "1").variable("B", "2").variable("ONLY_THERE", "3");
        RailwayService there = Railway.projectToken(fake.projectToken("staging"), "shop", "staging")
                .service("api");

        Outcome outcome = examine(variables.haveTheNamesOf(there));

        assertThat(outcome.finding()).isEqualTo(Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("missing: ONLY_THERE; additional: C");
        assertThat(examine(variables.haveTheNamesOf(there, "C", "ONLY_THERE")).finding())
                .isEqualTo(Finding.PASSED);
        assertThat(fake.requests("variables")).isEmpty();
    }

    @Test
    void where_there_is_nothing_to_compare_nothing_was_compared() {
        fake.service("empty").deployed("1");
        fake.service("void").deployed("1");
        RailwayVariables none = railway.service("empty").variables();

        assertThat(examine(none.haveTheNamesOf(railway.service("void"))).finding())
                .isEqualTo(Finding.UNKNOWN);
        assertThat(examine(variables.haveTheNamesOf(railway.service("void"), "A", "B", "C"))
                        .finding())
                .isEqualTo(Finding.UNKNOWN);
        assertThat(examine(none.haveTheNamesOf(railway.service("api"))).finding())
                .isEqualTo(Finding.FAILED);
    }

    @Test
    void a_token_that_does_not_reach_the_other_environment_proves_nothing() {
        fake.in("staging").service("api").variable("A", "1");

        assertThat(examine(variables.haveTheNamesOf(railway.in("staging").service("api")))
                        .finding())
                .isEqualTo(Finding.UNKNOWN);
        Railway workspace = Railway.workspaceToken(fake.workspaceToken(), "shop", "production");
        assertThat(examine(workspace
                                .service("api")
                                .variables()
                                .haveTheNamesOf(workspace.in("staging").service("api"), "B", "C"))
                        .finding())
                .isEqualTo(Finding.PASSED);
    }

    @Test
    void what_is_no_answer_is_unknown() {
        assertThat(notUnknown(variables.areSet("A", "X"))).isEmpty();
        assertThat(notUnknown(variables.are(Map.of("A", "x")))).isEmpty();
        assertThat(notUnknown(variables.areLive())).isEmpty();
        assertThat(notUnknown(variables.haveTheNamesOf(railway.service("api"), "A")))
                .isEmpty();
    }
}
