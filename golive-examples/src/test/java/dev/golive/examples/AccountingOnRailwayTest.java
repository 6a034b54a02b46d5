package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Verdict;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.testkit.Reply;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.rehearsal.Cast;
import dev.golive.testkit.rehearsal.Coverage;
import dev.golive.testkit.rehearsal.Rehearsal;
import dev.golive.testkit.rehearsal.Rehearsed;
import dev.golive.testkit.rehearsal.Requirement;
import dev.golive.time.Offset;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The ledger on Railway, rehearsed from eight days before its launch to two days after it. */
class AccountingOnRailwayTest {

    private static Rehearsed rehearsed(Consumer<AccountingStage> first) {
        VirtualTime time = VirtualTime.startingAt(AccountingStage.BEGINS);
        try (AccountingStage stage = new AccountingStage(time)) {
            first.accept(stage);
            Rehearsed end = Rehearsal.on(stage).planned(AccountingStage.PLANNED).in(time);
            assertThat(stage.books.left()).as("what the trials have left").isEmpty();
            assertThat(stage.site.unscripted()).isEmpty();
            assertThat(stage.api.unscripted()).isEmpty();
            return end;
        }
    }

    private static String cause(Rehearsed end) {
        return end.report().rollback().map(LaunchReport.Rollback::cause).orElse("nothing");
    }

    @Test
    void rehearsed_as_it_should_be_it_goes_live_and_nobody_has_anything_against_it() {
        VirtualTime time = VirtualTime.startingAt(AccountingStage.BEGINS);
        try (AccountingStage stage = new AccountingStage(time)) {
            Rehearsed end = Rehearsal.on(stage).planned(AccountingStage.PLANNED).in(time);

            assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.COMPLETED);
            assertThat(end.verdict()).contains(Verdict.GO);
            assertThat(end.report().lists())
                    .isNotEmpty()
                    .allSatisfy(list -> assertThat(list.open()).as(list.list()).isEmpty());
            assertThat(stage.service().live().orElseThrow().commit()).isEqualTo(AccountingStage.NEW);
            assertThat(stage.room.texts())
                    .anyMatch(text -> text.contains("is launched in an hour"))
                    .contains("The launch of The ledger begins")
                    .anyMatch(text -> text.startsWith("The ledger is live since 2027-03-09T10:36"));
            assertThat(stage.letters.texts()).containsExactly("The ledger is open: https://kestrel.example");
            assertThat(stage.operational.effects()).hasSize(1);
            assertThat(stage.incident.effects()).isEmpty();
            assertThat(stage.books.left()).isEmpty();
            assertThat(stage.site.unscripted()).isEmpty();
            assertThat(stage.api.unscripted()).isEmpty();
            assertThat(stage.dns.unscripted()).isEmpty();
        }
    }

    @Test
    void the_same_rehearsal_has_the_same_journal() {
        assertThat(untilTheDeployment()).isEqualTo(untilTheDeployment());
    }

    private static String untilTheDeployment() {
        VirtualTime time = VirtualTime.startingAt(AccountingStage.BEGINS);
        try (AccountingStage stage = new AccountingStage(time)) {
            return Rehearsal.on(stage)
                    .planned(AccountingStage.PLANNED)
                    .until(Offset.H.plusMinutes(12))
                    .in(time)
                    .journal();
        }
    }

    @Test
    void the_plan_is_without_problems_and_its_warnings_are_known() {
        VirtualTime time = VirtualTime.startingAt(AccountingStage.BEGINS);
        try (AccountingStage stage = new AccountingStage(time)) {
            assertThat(stage.plan().validate())
                    // the five minutes are for going back; what the page waits for before that is not among them
                    .filteredOn(text -> !text.startsWith("warning: budget: from the first failure on"))
                    .containsExactly("warning: the rollback was never drilled; arm plan.drill(..) in an environment"
                            + " that is not production");
        }
    }

    @Test
    void every_line_of_the_page_that_golive_reaches_stands_in_the_plan() throws IOException {
        VirtualTime time = VirtualTime.startingAt(AccountingStage.BEGINS);
        try (AccountingStage stage = new AccountingStage(time);
                InputStream page = AccountingOnRailway.class.getResourceAsStream("accounting-on-railway.csv")) {
            Coverage coverage = Coverage.of(stage.plan())
                    .reaching("http", "dns", "tls", "railway")
                    .of(Requirement.read(Objects.requireNonNull(page)));

            assertThat(coverage.problems()).as(coverage.toString()).isEmpty();
            assertThat(coverage.covered())
                    .contains("A44", "A48", "A49", "A50", "A51", "A64", "A65", "A66", "A67", "A68", "A75")
                    .contains("A77", "A81", "A82", "A83", "A84")
                    .doesNotContain("A03", "A04", "A07", "A08", "A13", "A16", "A27", "A28", "A30", "A31", "A32")
                    .doesNotContain("A42", "A43", "A57", "A69", "A71", "A78");
        }
    }

    @Test
    void a_total_that_is_a_cent_too_high_takes_it_back_before_anybody_is_told() {
        Rehearsed end = rehearsed(stage -> stage.books.error = new BigDecimal("0.01"));

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.ROLLED_BACK);
        assertThat(end.report().failedGates())
                .singleElement()
                .satisfies(gate -> assertThat(gate.open())
                        .extracting(item -> item.split(" ")[0])
                        .containsExactly("total-adds-up", "vat-report-adds-up"));
        assertThat(end.toString()).doesNotContain("is live since");
    }

    @Test
    void what_a_trial_could_not_take_away_is_found_before_the_first_users_are_told() {
        VirtualTime time = VirtualTime.startingAt(AccountingStage.BEGINS);
        try (AccountingStage stage = new AccountingStage(time)) {
            stage.api.on("DELETE", "/v1/invoices/launch").reply(Reply.status(404));
            Rehearsed end = Rehearsal.on(stage)
                    .planned(AccountingStage.PLANNED)
                    .until(Offset.H.plusMinutes(55))
                    .in(time);

            assertThat(stage.books.left()).containsExactly("/v1/invoices/launch");
            assertThat(end.report().lists())
                    .filteredOn(list -> list.list().equals("Nothing is left"))
                    .isNotEmpty()
                    .allSatisfy(list ->
                            assertThat(list.open()).singleElement().asString().startsWith("invoice-gone"));
            assertThat(stage.letters.texts()).isEmpty();
        }
    }

    @Test
    void an_api_that_answers_badly_already_is_not_launched() {
        VirtualTime time = VirtualTime.startingAt(AccountingStage.BEGINS);
        try (AccountingStage stage = new AccountingStage(time)) {
            stage.failingRequests(2);
            Rehearsed end = Rehearsal.on(stage)
                    .planned(AccountingStage.PLANNED)
                    .until(Offset.T.plusMinutes(30))
                    .in(time);

            assertThat(end.toString()).contains("api-answers-well");
            assertThat(stage.isNew()).isFalse();
        }
    }

    @Test
    void a_release_that_is_unwell_is_not_gone_on_with() {
        Rehearsed end = rehearsed(stage -> stage.unwell = true);

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.ROLLED_BACK);
        assertThat(cause(end)).startsWith("gate deployed");
    }

    @Test
    void a_release_that_lets_nobody_in_is_taken_back_within_its_budget() {
        Rehearsed end = rehearsed(stage -> stage.locked = true);

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.ROLLED_BACK);
        assertThat(cause(end)).startsWith("trigger nobody can sign in");
        assertThat(end.report().rollback().orElseThrow().total())
                .hasValueSatisfying(total -> assertThat(total).isLessThanOrEqualTo(Duration.ofMinutes(5)));
    }

    @Test
    void a_wrong_total_that_somebody_reports_takes_it_back_and_the_status_page_says_so() {
        VirtualTime time = VirtualTime.startingAt(AccountingStage.BEGINS);
        try (AccountingStage stage = new AccountingStage(time)) {
            Rehearsed end = Rehearsal.on(stage)
                    .planned(AccountingStage.PLANNED)
                    .at(
                            Offset.H.plusHours(2),
                            "a total is wrong",
                            control -> control.report(
                                    "WRONG_TOTAL",
                                    Cast.person("bookkeeper"),
                                    "an invoice of a customer is off by a krona"))
                    .in(time);

            assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(end.missed()).isEqualTo(List.of());
            assertThat(stage.incident.effects()).hasSize(1);
            assertThat(stage.service().live().orElseThrow().commit()).isEqualTo(AccountingStage.OLD);
        }
    }
}
