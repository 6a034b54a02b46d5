package dev.golive;

import static dev.golive.Canned.STAGING;
import static dev.golive.Canned.failing;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static dev.golive.Canned.unknown;
import static dev.golive.Canned.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.Offset;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Item INSIDE = passing("inside").as("I").from("vpc");
    private static final Checklist SPLIT = Checklist.named("split")
            .require(passing("outside").as("O"))
            .require(INSIDE)
            .require(passing("later").as("L").after(INSIDE))
            .build();

    @Test
    void two_runs_from_different_places_merge_into_one_verdict() {
        Report here = run(SPLIT);
        Report there = run(GoLive.builder().vantagePoint("vpc"), SPLIT);
        assertThat(here.verdict()).isEqualTo(Verdict.UNDECIDED);
        for (List<Report> order : List.of(List.of(here, there), List.of(there, here))) {
            Report merged = Report.merge(order);
            assertThat(merged.verdict()).isEqualTo(Verdict.GO);
            assertThat(merged.results()).hasSize(3);
            assertThat(merged.sources()).hasSize(2);
        }
    }

    @Test
    void of_two_results_of_one_item_the_worse_one_stands() {
        Check turning = Canned.inTurn("a", Outcome.passed(), Outcome.failed("gone"));
        Checklist list = Checklist.named("x").require(turning.as("A")).build();
        Report good = run(list);
        Report bad = run(list);
        assertThat(Report.merge(List.of(good, bad)).verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(Report.merge(List.of(bad, good)).verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void what_was_not_yet_due_in_one_run_hides_nothing_that_another_found() {
        Checklist list = Checklist.named("x")
                .require(passing("b").as("B"))
                .require(warning("a").as("A").due(Offset.T.minusDays(1)))
                .build();
        Report early =
                run(GoLive.builder().launchAt(ZonedDateTime.now(ZoneOffset.UTC).plusDays(9)), list);
        Report late = run(list);
        assertThat(early.verdict()).isEqualTo(Verdict.GO);
        assertThat(Report.merge(List.of(early, late)).verdict()).isEqualTo(Verdict.CONDITIONAL_GO);
        assertThat(Report.merge(List.of(late, early)).verdict()).isEqualTo(Verdict.CONDITIONAL_GO);
    }

    @Test
    void forty_services_merge_into_one_verdict() {
        List<Report> reports = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> run(Checklist.named("service " + i)
                        .require((i == 17 ? failing("up") : passing("up")).as("UP"))
                        .build()))
                .toList();
        Report merged = Report.merge(reports);
        assertThat(merged.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(merged.title()).isEqualTo("40 checklists");
        assertThat(merged.results()).hasSize(40);
        assertThat(merged.results(Status.FAILED)).extracting(ItemResult::list).containsExactly("service 17");
    }

    @Test
    void services_name_their_own_hosts_of_one_environment() {
        Environment orders = Environment.production("production").host("orders.example");
        Environment stock = Environment.production("production").host("stock.example");
        try (GoLive golive = GoLive.create()) {
            Report one =
                    golive.run(Checklist.named("orders").require(passing("a")).build(), orders);
            Report other =
                    golive.run(Checklist.named("stock").require(passing("b")).build(), stock);

            Report merged = Report.merge(List.of(one, other));
            assertThat(merged.verdict()).isEqualTo(Verdict.GO);
            assertThat(merged.environment().hosts()).containsExactly("orders.example", "stock.example");

            Report moved =
                    golive.run(Checklist.named("orders").require(passing("a")).build(), stock);
            assertThatThrownBy(() -> Report.merge(List.of(one, moved))).hasMessageContaining("same hosts and accounts");
            Report rehearsed =
                    golive.run(Checklist.named("stock").require(passing("b")).build(), Environment.named("production"));
            assertThatThrownBy(() -> Report.merge(List.of(one, rehearsed))).hasMessageContaining("one environment");
        }
    }

    @Test
    void a_service_without_a_report_keeps_the_merge_from_go() {
        Report orders = run(Checklist.named("orders").require(passing("a")).build());

        Report merged = Report.merge(List.of(orders), Set.of("orders", "stock"));

        assertThat(merged.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(merged.reasons()).singleElement().asString().contains("stock", "there is no report of it");
        assertThat(Report.merge(List.of(orders), Set.of("orders")).verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void reports_that_do_not_belong_together_are_refused() {
        Report one = run(Checklist.named("x").require(passing("a")).build());
        Report changed = run(Checklist.named("x").require(passing("b")).build());
        assertThatThrownBy(() -> Report.merge(List.of(one, changed)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same version");
        try (GoLive golive = GoLive.create()) {
            Checklist list = Checklist.named("x").require(passing("a")).build();
            Report elsewhere = golive.run(list, Environment.named("other"));
            assertThatThrownBy(() -> Report.merge(List.of(one, elsewhere)))
                    .hasMessageContaining("one environment", "staging", "other");
            Report released = golive.run(list, STAGING, Release.of("web", "v1"));
            assertThatThrownBy(() -> Report.merge(List.of(one, released))).hasMessageContaining("one release");
        }
        assertThatThrownBy(() -> Report.merge(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reports must not be empty");
    }

    @Test
    void merging_one_report_changes_nothing() {
        Report report = run(Checklist.named("x").require(failing("a")).build());
        assertThat(Report.merge(List.of(report, report)).toJson()).isEqualTo(report.toJson());
    }

    @Test
    void the_difference_names_what_changed_appeared_and_disappeared() {
        Report earlier = run(Checklist.named("x")
                .require(Check.that("a", c -> Outcome.passed(Fact.of("version", 1), Fact.of("total time", 5)))
                        .as("A"))
                .require(passing("b").as("B"))
                .require(passing("c").as("C"))
                .build());
        Report later = run(Checklist.named("x")
                .require(Check.that("a", c -> Outcome.passed(Fact.of("version", 2), Fact.of("total time", 9)))
                        .as("A"))
                .require(failing("b").as("B"))
                .require(passing("d").as("D"))
                .build());
        ReportDifference difference = later.differenceFrom(earlier);
        assertThat(difference.changes().stream().map(ReportDifference.Change::id))
                .containsExactly("A", "B", "D", "C");
        assertThat(difference.toMarkdown())
                .contains("Verdict GO -> NO_GO")
                .contains("**A** still PASSED: a\n  - version: 1 -> 2\n")
                .contains("**B** PASSED -> FAILED: b - b is wrong")
                .contains("**D** new: PASSED")
                .contains("**C** gone, was PASSED");
        assertThat(later.differenceFrom(later).isEmpty()).isTrue();
    }

    @Test
    void exit_codes_follow_the_verdict_and_a_failure_never_looks_like_success() {
        ExitPolicy strict = ExitPolicy.standard().conditional(3).noGo(4).undecided(5);
        record Case(Check check, int standard, int own) {}
        for (Case c : List.of(
                new Case(passing("a"), 0, 0),
                new Case(warning("a"), 0, 3),
                new Case(failing("a"), 1, 4),
                new Case(unknown("a"), 2, 5))) {
            Report report = Canned.runRequired(c.check());
            assertThat(report.exitCode()).isEqualTo(c.standard());
            assertThat(report.exitCode(strict)).isEqualTo(c.own());
        }
        assertThatThrownBy(() -> ExitPolicy.standard().noGo(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExitPolicy.standard().undecided(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_shared_report_shows_no_address_account_or_person() {
        Environment environment = Environment.named("staging")
                .host("203.0.113.10", "shop.example")
                .account("aws", "123456789012");
        Item tcp = Check.that(
                        "203.0.113.10:443 is open",
                        c -> Outcome.failed("2001:db8::7 refused for 123456789012", Fact.of("address", "203.0.113.10")))
                .as("tcp-203.0.113.10");
        Item approval = Approval.named("W").by("engineer").freshFor(Duration.ofDays(1));
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        try (GoLive golive = GoLive.builder()
                .answers(Answers.of(
                        new Answer("W", Answer.Kind.APPROVED, Person.human("eve", "guest"), Instant.now(), "0", "")))
                .waivers(
                        Waiver.of("P", Person.human("joe"), "no role", tomorrow),
                        Waiver.of(tcp, Person.human("ann", "boss"), "fine", tomorrow))
                .build()) {
            Report report = golive.run(
                    Checklist.named("x")
                            .require(tcp)
                            .require(Item.of(Check.that("203.0.113.10 answers", c -> Outcome.passed())))
                            .require(passing("everyone is here").as("P"))
                            .require(approval)
                            .build(),
                    environment);
            assertThat(report.toJson()).contains("eve", "joe", "ann", "203.0.113.10", "123456789012");
            Report shared = report.forSharing();
            assertThat(shared.toJson())
                    .doesNotContain("203.0.113.10", "2001:db8::7", "123456789012")
                    .doesNotContainPattern("\\b(eve|joe|ann)\\b")
                    .contains("[address]", "[person]", "[account]", "everyone is here");
            assertThat(shared.verdict()).isEqualTo(report.verdict());
            assertThat(shared.results().stream().map(ItemResult::id)).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_report_from_json_hides_no_failure_behind_what_is_not_due() {
        Report report = Canned.runRequired(failing("a"));
        String json = report.toJson().replace("\"attempts\"", "\"notYetDue\" : true, \"attempts\"");
        assertThat(json).contains("notYetDue");
        assertThat(Report.fromJson(json).verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void the_results_are_in_list_order_and_found_by_id() {
        Report report = run(Checklist.named("x")
                .require(passing("c").as("C"))
                .require(passing("a").as("A"))
                .build());
        assertThat(report.results().stream().map(ItemResult::id)).containsExactly("C", "A");
        assertThat(result(report, "A").sentence()).isEqualTo("a");
        assertThat(report.result("Z")).isEmpty();
    }

    @Test
    void json_that_says_one_thing_twice_or_goes_on_after_its_end_is_no_report() {
        String json = run(Checklist.named("x").require(failing("a")).build()).toJson();
        String twice = json.replaceFirst("\"remarks\" :", "\"items\" : [ ], \"remarks\" :");
        assertThat(twice).isNotEqualTo(json);
        for (String bad : List.of(twice, json + json)) {
            assertThatThrownBy(() -> Report.fromJson(bad)).isInstanceOf(GoLiveException.class);
        }
    }
}
