package dev.golive.testkit.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Item;
import dev.golive.Outcome;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.Offset;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private static final Item CHECKED =
            Check.that("it is checked", context -> Outcome.passed()).as("checked");
    private static final Item SAID = Confirmation.of("said", "somebody says so").freshFor(Duration.ofDays(1));

    private static LaunchPlan plan(Item... items) {
        Checklist.Builder list = Checklist.named("a list");
        for (Item item : items) {
            list.require(item);
        }
        return LaunchPlan.named("A plan", ZoneId.of("Europe/Stockholm"))
                .moment(Moment.at(Offset.T).check(list.build()))
                .build();
    }

    private static List<Requirement> page(String... lines) {
        String csv = "id,kind,systems\n" + String.join("\n", lines);
        return Requirement.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_line_that_is_checked_is_covered() {
        Coverage coverage =
                Coverage.of(plan(CHECKED.tagged("C1"))).reaching("http").of(page("C1,check,http"));

        assertThat(coverage.problems()).isEmpty();
        assertThat(coverage.covered()).containsExactly("C1");
        assertThat(coverage.automatic()).containsExactly("C1");
        assertThat(coverage.toString())
                .contains("C1    check         http                     check checked")
                .contains("1 of 1 lines are covered, 1 of them without a person");
    }

    @Test
    void a_line_that_nothing_stands_for_is_a_problem() {
        Coverage coverage =
                Coverage.of(plan(CHECKED)).reaching("http").of(page("C1,check,http", "C2,manual,", "C3,check,slack"));

        assertThat(coverage.problems())
                .containsExactly("C1 (check: http): nothing stands for it", "C2 (manual): nothing stands for it");
        assertThat(coverage.toString()).contains("NOTHING").contains("waits for slack");
    }

    @Test
    void a_page_may_have_to_be_covered_completely() {
        Coverage coverage =
                Coverage.of(plan(CHECKED)).reaching("http").completely().of(page("C3,check,slack", "C4,check,http"));

        assertThat(coverage.problems())
                .containsExactly("C3 (check: slack): nothing stands for it", "C4 (check: http): nothing stands for it");
    }

    @Test
    void a_person_in_the_place_of_a_check_needs_a_reason() {
        List<Requirement> page = page("C1,check,http;oidc");

        assertThat(Coverage.of(plan(SAID.tagged("C1")))
                        .reaching("http")
                        .of(page)
                        .problems())
                .singleElement()
                .asString()
                .contains("C1 (check: http, oidc): only people answer for it, and nothing says why");
        assertThat(Coverage.of(plan(SAID.tagged("C1").because("the page is behind a login")))
                        .reaching("http")
                        .of(page)
                        .problems())
                .isEmpty();
        assertThat(Coverage.of(plan(SAID.tagged("C1"))).completely().of(page).problems())
                .isEmpty();
        assertThat(Coverage.of(plan(SAID.tagged("C1")))
                        .reaching("htpp")
                        .of(page)
                        .problems())
                .containsExactly("the page names no system htpp that could be reached");
    }

    @Test
    void a_person_who_waits_for_a_system_that_is_reached_is_a_problem() {
        LaunchPlan plan = plan(SAID.tagged("C1", "until:slack"));

        assertThat(Coverage.of(plan).of(page("C1,check,slack")).problems()).isEmpty();
        assertThat(Coverage.of(plan)
                        .reaching("http", "slack")
                        .of(page("C1,check,slack"))
                        .problems())
                .anyMatch(problem -> problem.contains("until slack is reached, and it is"));
        assertThat(Coverage.of(plan).of(page("C1,check,slack")).toString()).contains("confirmation said until slack");
    }

    @Test
    void an_id_that_the_page_does_not_have_is_a_problem() {
        assertThat(Coverage.of(plan(CHECKED.tagged("C1", "C9", "nightly")))
                        .of(page("C1,check,http"))
                        .problems())
                .singleElement()
                .asString()
                .contains("stands for C9, which the page does not have");
    }

    @Test
    void every_part_of_a_plan_can_stand_for_a_line() {
        VirtualTime time = VirtualTime.startingAt("2027-03-01T09:00:00Z");
        LittleStage stage = new LittleStage(time);

        Coverage coverage = Coverage.of(stage.plan())
                .completely()
                .of(page(
                        "L1,check,http",
                        "L2,manual,",
                        "L3,action,x",
                        "L4,watch,x",
                        "L5,trigger,x",
                        "L6,trigger," + "manual",
                        "L7,check,http",
                        "L8,manual,",
                        "L9,manual,"));

        assertThat(coverage.problems()).isEmpty();
        assertThat(coverage.toString())
                .contains("check healthy")
                .contains("confirmation legal")
                .contains("deployment ")
                .contains("probe health")
                .contains("trigger ")
                .contains("report BROKEN")
                .contains("verification healthy again");
    }

    @Test
    void what_is_no_table_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> page("C1,check"));
        assertThatIllegalArgumentException().isThrownBy(() -> page(",check,"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> page("C1,check,", "C1,check,"))
                .withMessage("C1 is there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Requirement.read(new ByteArrayInputStream("C1,check,http".getBytes(StandardCharsets.UTF_8))))
                .withMessageContaining("the first line must be id,kind,systems");
    }

    @Property(tries = 300)
    void whatever_is_read_is_read_or_refused(@ForAll String anything) {
        try {
            assertThat(Requirement.read(new ByteArrayInputStream(anything.getBytes(StandardCharsets.UTF_8))))
                    .allSatisfy(one -> assertThat(one.id()).isNotBlank());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s).*(line|twice).*");
        }
    }
}
