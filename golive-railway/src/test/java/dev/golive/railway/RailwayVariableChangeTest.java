package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.provider.ApiProblem;
import dev.golive.testkit.railway.RailwayFault;
import dev.golive.testkit.railway.RailwayRequest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayVariableChangeTest extends OnFakeRailway {

    private final RailwayVariableChange change = railway.service("api").changeVariables();

    @BeforeEach
    void live() {
        fake.service("api")
                .variable("MODE", "staging")
                .variable("OLD", "to go")
                .sealed("KEY", "old-secret")
                .deployed("41");
    }

    @Test
    void variables_are_set_with_one_request_that_deploys() throws Exception {
        Observation end = toTheEnd(change.set("MODE", "production").set("NEW", "${{shared.URL}}"));

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.service("api").variablesNow())
                .containsEntry("MODE", "production")
                .containsEntry("NEW", "${{shared.URL}}")
                .containsEntry("OLD", "to go");
        assertThat(fake.mutations())
                .singleElement()
                .satisfies(
                        sent -> assertThat(sent.variable("input.skipDeploys")).contains(false));
        assertThat(fake.service("api").deployments()).hasSize(2);
    }

    @Test
    void nothing_is_deployed_if_nothing_should_be() throws Exception {
        Observation end = toTheEnd(change.set("MODE", "production").withoutDeploying());

        assertThat(end.state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.service("api").deployments()).hasSize(1);
        assertThat(fake.service("api").variablesNow()).containsEntry("MODE", "production");
    }

    @Test
    void what_is_there_already_is_not_sent() throws Exception {
        assertThat(toTheEnd(change.set("MODE", "staging").unset("NEVER")).state())
                .isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.mutations()).isEmpty();

        toTheEnd(change.set("MODE", "staging").set("NEW", "1"));
        assertThat(fake.mutations())
                .singleElement()
                .satisfies(sent ->
                        assertThat(sent.variable("input.variables.MODE")).isEmpty());
    }

    @Test
    void a_variable_is_taken_away() throws Exception {
        Action action = change.unset("OLD").set("MODE", "production");

        Observation end = toTheEnd(action);

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.service("api").variablesNow()).doesNotContainKey("OLD");
        assertThat(fake.mutations())
                .extracting(RailwayRequest::field)
                .containsExactly("variableDelete", "variableCollectionUpsert");
        assertThat(action.kind()).isEqualTo(Action.Kind.DESTRUCTIVE);
        assertThat(change.set("MODE", "x").kind()).isEqualTo(Action.Kind.REVERSIBLE);
    }

    @Test
    void to_unset_without_deploying_is_refused() {
        assertThatThrownBy(() -> change.unset("OLD").withoutDeploying()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> change.withoutDeploying().unset("OLD")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_sealed_variable_is_set_at_railways_word() throws Exception {
        RailwayVariableChange action = change.set("KEY", Secret.found("key", "new-secret-value"));

        assertThat(perform().observe(action).state()).isEqualTo(Observation.State.NOT_AT_TARGET);
        Observation end = toTheEnd(action);

        assertThat(end.state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(end.found()).contains("at Railway's word: KEY");
        assertThat(fake.service("api").variablesNow()).containsEntry("KEY", "new-secret-value");
    }

    @Test
    void no_value_stands_in_the_sentence_or_the_receipt() throws Exception {
        RailwayVariableChange action = change.set("MODE", "a-plain-value")
                .set("KEY", Secret.found("key", "new-secret-value"))
                .withoutDeploying();

        Receipt receipt = perform().apply(action);

        assertThat(action.sentence())
                .isEqualTo(
                        "change variables of Railway service api of shop/production: set KEY, MODE, without deploying");
        assertThat(receipt + action.toString()).doesNotContain("a-plain-value").doesNotContain("new-secret-value");
        assertThat(action.secrets()).hasSize(2);
    }

    @Test
    void what_was_said_last_counts() {
        assertThat(change.set("A", "1").unset("A").sentence()).endsWith(": unset A");
        assertThat(change.unset("A").set("A", "1").sentence()).endsWith(": set A");
    }

    @Test
    void a_lost_answer_is_looked_after() throws Exception {
        fake.fault("variableCollectionUpsert", RailwayFault.lostAnswer(), 1);
        RailwayVariableChange action = change.set("MODE", "production");

        assertThatThrownBy(() -> perform().apply(action)).isInstanceOf(ApiProblem.class);

        assertThat(perform().observe(action).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.mutations()).hasSize(1);
    }

    @Test
    void what_railway_repeats_of_a_value_is_not_passed_on() {
        fake.fault("variableCollectionUpsert", RailwayFault.refused("Variable MODE=hunter2-hunter2 is bad"));

        assertThatThrownBy(() -> perform().apply(change.set("MODE", "hunter2-hunter2")))
                .isInstanceOf(ApiProblem.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void reads_that_lag_are_waited_for() throws Exception {
        fake.readsLag(Duration.ofSeconds(20));
        time.advance(Duration.ofMinutes(1));

        Observation end = toTheEnd(change.set("MODE", "production"));

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.mutations()).hasSize(1);
    }

    @Test
    void what_is_no_answer_is_unknown() throws Exception {
        for (RailwayFault fault : RailwayFault.noAnswers()) {
            fake.fault(fault);
            assertThat(perform().observe(change.set("MODE", "production")).state())
                    .as("%s", fault)
                    .isEqualTo(Observation.State.UNKNOWN);
            fake.mend();
        }
    }

    @Test
    void a_service_that_is_not_there_is_refused() throws Exception {
        assertThat(perform()
                        .observe(railway.service("gone").changeVariables().set("A", "1"))
                        .state())
                .isEqualTo(Observation.State.REFUSED);
    }
}
