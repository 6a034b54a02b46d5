package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.golive.testkit.Asked;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.VirtualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it was asked, and what may go wrong with it. */
class FakeRailwayTroubleTest extends OnFakeRailway {

    private static final Set<String> ASKED = Set.of("deployments", "variableCollectionUpsert", "environment");
    private static final Function<Trouble, List<Object>> ALL =
            one -> List.of(one.kind(), one.id(), one.sentence(), one.about(), one.isHarmless());

    @BeforeEach
    void furnish() {
        furnish(fake);
    }

    private static void furnish(FakeRailway fake) {
        fake.in("production").shared("LOG_LEVEL", "info");
        fake.in("staging").service("api").variable("MODE", "staging").deployed("cccc333");
        fake.service("api")
                .source("acme/api", "main")
                .variable("MODE", "production")
                .sealed("API_KEY", "secret")
                .healthcheckPath("/health")
                .region("europe-west4-drams3a", 2)
                .deployed("aaaa111")
                .deployed("bbbb222")
                .steadily("CPU_USAGE", 1)
                .servedEachMinute(200, 10)
                .usedEachDay("CPU_USAGE", 10)
                .logEvery(Duration.ofMinutes(1), "info", "tick")
                .domain("api.shop.example");
        fake.service("postgres").image("postgres:16").deployed("1");
        fake.volume("data").service("postgres").schedules("DAILY").backedUpBySchedule();
        fake.usageLimit(10, 20).spent(5).estimated("CPU_USAGE", 3);
    }

    private static Trouble trouble(FakeRailway fake, String id) {
        return fake.troubles(ASKED).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_was_asked_is_known_by_root_fields_and_whether_they_change() throws Exception {
        assertThat(fake.plays()).isEqualTo("Railway");
        assertThat(fake.asked()).isEmpty();
        instance(fake.service("api"));
        tell("mutation($id: String!) { deploymentRestart(id: $id) }", "id", "none");

        assertThat(fake.asked())
                .containsExactly(
                        new Asked("serviceInstance", false, START), new Asked("deploymentRestart", true, START));
    }

    @Test
    void each_field_has_each_fault_which_concerns_it_and_nothing_else() {
        List<Trouble> faults = fake.troubles(Set.of("deployments", "variables", "somethingElse")).stream()
                .filter(one -> one.kind() == Trouble.Kind.FAULT)
                .toList();

        assertThat(faults).hasSize(2 * RailwayFault.catalogue().size());
        assertThat(faults)
                .extracting(Trouble::id)
                .contains(
                        "deployments throttled", "variables stale", "variables lost answer", "deployments status 503");
        assertThat(faults).allSatisfy(one -> {
            String field = one.id().substring(0, one.id().indexOf(' '));
            assertThat(one.concerns(field)).isTrue();
            assertThat(one.concerns("deployment")).isFalse();
            assertThat(one.about()).containsExactly("Railway", field);
        });
    }

    @Test
    void the_catalogue_has_each_kind_of_fault_once_but_for_what_a_test_wants_told() {
        Set<Class<?>> kinds =
                RailwayFault.catalogue().stream().map(Object::getClass).collect(Collectors.toSet());
        Set<Class<?>> all = new HashSet<>(Arrays.asList(RailwayFault.class.getPermittedSubclasses()));
        all.remove(RailwayFault.Saying.class);

        assertThat(kinds).isEqualTo(all).hasSameSizeAs(RailwayFault.catalogue());
    }

    @Test
    void a_fault_happens_to_its_field_only() throws Exception {
        trouble(fake, "deployments not authorized").happen();

        assertThat(refusal(
                        DEPLOYMENTS,
                        "e",
                        fake.environmentId(),
                        "s",
                        fake.service("api").id()))
                .isEqualTo("Not Authorized");
        assertThat(instance(fake.service("api")).get("serviceName").asText()).isEqualTo("api");
    }

    @Test
    void a_drift_changes_what_is_told() throws Exception {
        JsonNode before = instance(fake.service("api"));
        trouble(fake, "api no health check").happen();

        assertThat(before.get("healthcheckPath").asText()).isEqualTo("/health");
        assertThat(instance(fake.service("api")).get("healthcheckPath").isNull())
                .isTrue();
        assertThat(trouble(fake, "api no replicas").about()).containsExactly("api");
        assertThat(trouble(fake, "api no replicas").concerns("serviceInstance")).isTrue();
        assertThat(trouble(fake, "api no replicas").concerns("domains")).isFalse();
        assertThat(fake.troubles(ASKED)).extracting(Trouble::id).doesNotContain("api no health check");
    }

    @Test
    void ids_are_distinct() {
        assertThat(fake.troubles(ASKED)).extracting(Trouble::id).doesNotHaveDuplicates();
    }

    @Test
    void fakes_that_are_alike_list_alike() {
        try (FakeRailway other = FakeRailway.start(VirtualTime.startingAt(START.toString()))) {
            furnish(other);

            assertThat(other.troubles(ASKED)).hasSizeGreaterThan(80);
            assertThat(other.troubles(ASKED))
                    .extracting(ALL)
                    .isEqualTo(fake.troubles(ASKED).stream().map(ALL).toList());
        }
    }

    @Test
    void listing_changes_nothing() throws Exception {
        String state =
                "query($e: String!) { environment(id: $e) { configEtag unmergedChangesCount serviceInstances { edges {"
                        + " node { id serviceName latestDeployment { id status } } } } volumeInstances { edges { node { id } } } } }";
        try (FakeRailway other = FakeRailway.start(VirtualTime.startingAt(START.toString()))) {
            furnish(other);
            other.accountToken();
            JsonNode before = ask(state, "e", fake.environmentId());
            fake.troubles(ASKED);
            fake.troubles(Set.of());

            assertThat(ask(state, "e", fake.environmentId())).isEqualTo(before);
            assertThat(fake.volume("data").backups())
                    .isNotEmpty()
                    .isEqualTo(other.volume("data").backups());
            assertThat(fake.service("new").id()).isEqualTo(other.service("new").id());
        }
    }

    @Test
    void drifts_are_about_production_unless_all_tokens_are_for_another_environment() {
        assertThat(fake.troubles(Set.of()))
                .extracting(Trouble::id)
                .contains("api crashed")
                .noneMatch(id -> id.contains("staging/"));
        fake.projectToken("staging");
        assertThat(fake.troubles(Set.of()))
                .extracting(Trouble::id)
                .contains("staging/api MODE unset")
                .doesNotContain("api crashed");
        fake.projectToken();
        assertThat(fake.troubles(Set.of()))
                .extracting(Trouble::id)
                .contains("api crashed")
                .noneMatch(id -> id.contains("staging/"));
    }
}
