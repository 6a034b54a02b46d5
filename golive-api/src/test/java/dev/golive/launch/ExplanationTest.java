package dev.golive.launch;

import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.rollback.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Person ADA = Person.human("ada", "incident-commander");

    private final Going going = Going.of(new Shop().plan().build());

    private List<String> section(String title, Instant now) {
        List<String> lines = going.explained(now).lines().toList();
        int from = lines.indexOf(title);
        assertThat(from).as("the section " + title).isPositive();
        return lines.subList(from + 1, lines.size()).stream()
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void it_begins_with_what_is_launched_where_and_when() {
        assertThat(going.explained(Going.T.minus(hours(3))).lines().limit(2))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("Shop 1.0 in staging, launch ")
                                .endsWith(": ARMED"),
                        line -> assertThat(line)
                                .isEqualTo("It is Tue 2027-03-02 07:00 in Europe/Stockholm; T is 10:00, H is not"
                                        + " yet."));
    }

    @Test
    void what_is_late_is_overdue_by_so_much_and_belongs_to_somebody() {
        going.before(hours(20), new Event.StepBegan("1.1"), new Event.StepEnded("1.1", StepStatus.OPEN, "dns FAILED"));
        assertThat(section("Overdue", Going.T.minus(hours(3))))
                .containsExactly("- step 1.1 examine week before (open), engineer, by 6 d 21 h (Tue 2027-02-23 10:00)");
        going.before(hours(2), new Event.StepEnded("1.1", StepStatus.DONE, ""));
        assertThat(section("Overdue", Going.T.minus(hours(2)))).containsExactly("- nothing");
    }

    @Test
    void what_is_under_way_is_due_now_and_what_follows_it_is_not_late() {
        going.before(hours(1), new Event.StepEnded("1.1", StepStatus.DONE, ""), new Event.StepBegan("2.1"));
        assertThat(section("Due now", Going.T.minus(minutes(59))))
                .containsExactly("- step 2.1 examine before, since 09:00");
        assertThat(section("Overdue", Going.T.minus(minutes(59)))).containsExactly("- nothing");
    }

    @Test
    void what_comes_next_says_how_long_there_is() {
        going.before(
                hours(1),
                new Event.StepEnded("1.1", StepStatus.DONE, ""),
                new Event.StepEnded("2.1", StepStatus.DONE, ""),
                new Event.StepEnded("2.2", StepStatus.DONE, ""),
                new Event.BlackoutAnswered("payroll run", "2027-03-02", false, ADA));
        assertThat(section("Next", Going.T.minus(minutes(55))))
                .containsExactly(
                        "- the decision, ceo, in 40 min (09:45)",
                        "- T switch: perform migrate-orders, engineer, in 55 min (10:00)",
                        "- the window closes, in 5 h 55 min (15:00)",
                        "- H+30m: perform switch-on-payment, ceo, once H is known");
    }

    @Test
    void during_the_watch_the_next_checkpoint_and_the_end_are_named() {
        for (String step : List.of("1.1", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "4.1", "4.2")) {
            going.after(minutes(1), new Event.StepEnded(step, StepStatus.DONE, ""));
        }
        going.after(
                minutes(2),
                new Event.Launched(Going.T.plus(minutes(2))),
                new Event.Phase(LaunchState.WATCHING),
                new Event.MaintenanceSet(Going.T.plus(hours(2)), ADA, "new disks"));
        Instant now = Going.T.plus(minutes(40));
        assertThat(section("Next", now))
                .containsExactly(
                        "- checkpoint of smoke, in 22 min (11:02)",
                        "- the maintenance ends, in 1 h 20 min (12:00)",
                        "- the watch ends, in 1 d 23 h (Thu 2027-03-04 10:02)");
        assertThat(section("Due now", now)).containsExactly("- watching health");
    }

    @Test
    void what_waits_says_under_which_key_for_whom_and_since_when() {
        going.after(minutes(1), new Event.Needed("permit:down:migrate", "permit it", "cto"));
        going.after(minutes(2), new Event.Needed("window", "not now", ""));
        assertThat(section("Waits", Going.T.plus(minutes(5))))
                .containsExactly(
                        "- permit:down:migrate, for cto since 10:01 (4 min): permit it",
                        "- window, for anybody since 10:02 (3 min): not now");
        assertThat(section("Next", Going.T.plus(minutes(5))))
                .contains("- permit:down:migrate goes up to #launch, in 11 min (10:16)")
                .contains("- window goes up to #launch, in 12 min (10:17)");
        going.after(minutes(16), new Event.Escalated("permit:down:migrate", 1));
        assertThat(section("Next", Going.T.plus(minutes(20))))
                .contains("- permit:down:migrate goes up to board@shop.example, in 41 min (11:01)");
    }

    @Test
    void follow_ups_of_an_emergency_are_to_come_and_then_overdue() {
        going.after(
                minutes(1), new Event.EmergencyDeclared(ADA, "fire", Map.of("write it down", Going.T.plus(hours(1)))));
        assertThat(section("Next", Going.T.plus(minutes(30))))
                .contains("- after the emergency: write it down, cto, in 30 min (11:00)");
        assertThat(section("Overdue", Going.T.plus(hours(2))))
                .contains("- after the emergency: write it down, cto, by 1 h (11:00)");
    }

    @Test
    void a_rollback_that_was_decided_names_its_rule_and_the_exact_inputs() {
        Instant began = Going.T.plus(minutes(30));
        Sample red = Sample.of("health", began, began, began.plus(seconds(1)), Outcome.failed("500"));
        going.after(
                minutes(34),
                new Event.Deciding(
                        "r1",
                        "trigger health-fails-for-longer-than-3-min",
                        "health fails for longer than 3 min: 8 samples",
                        List.of("web", "api"),
                        List.of(red),
                        null,
                        false),
                new Event.ApprovalAsked("token", Going.T.plus(minutes(49)), "why"));
        Instant now = Going.T.plus(minutes(35));
        assertThat(section("Rollback", now))
                .containsExactly(
                        "- r1 of web, api, awaiting approval, decided at 2027-03-02T09:34:00Z",
                        "- cause: trigger health-fails-for-longer-than-3-min",
                        "- why: health fails for longer than 3 min: 8 samples",
                        "- rule: roll back when health fails for longer than 3 min",
                        "- input: " + red);
        assertThat(section("Next", now))
                .containsExactly(
                        "- the question to approve the rollback expires, incident-commander, in 14 min (10:49)");
        assertThat(section("Due now", now))
                .containsExactly("- the rollback waits for an approval, incident-commander, since 10:34");
    }

    @Test
    void while_it_goes_back_the_actions_under_way_and_the_budget_are_shown() {
        going.after(
                minutes(30),
                new Event.ActionEnded("launch:deploy-web", ActionStatus.DONE, "", Release.of("web", "41")),
                new Event.Deciding("r1", "abort", "aborted", List.of("web", "api"), List.of(), ADA, false),
                new Event.RollbackApproved(ADA, ""),
                new Event.ActionStarted("back:web", 1, "key"));
        Instant now = Going.T.plus(minutes(31));
        assertThat(section("Due now", now)).containsExactly("- back:web bring back web 40, since 10:30");
        assertThat(section("Next", now))
                .containsExactly("- the budget of the rollback is used up, incident-commander, in 9 min (10:40)");
        assertThat(section("Overdue", Going.T.plus(minutes(45))))
                .containsExactly("- the budget of the rollback is used up, incident-commander, by 5 min (10:40)");
        assertThat(section("Rollback", now)).contains("- cause: abort");
    }

    @Test
    void a_rollback_that_was_not_carried_out_is_remembered() {
        going.after(
                minutes(30),
                new Event.Deciding("r1", "trigger errors", "too many", List.of("api"), List.of(), null, false),
                new Event.RollbackDenied(ADA, "a test"));
        assertThat(section("Rollback", Going.T.plus(minutes(31))))
                .containsExactly("- asked for because of trigger errors and denied by ada: a test, at 10:30");
    }

    @Test
    void a_launch_that_is_over_says_how_it_ended() {
        going.after(hours(48), new Event.Ended(LaunchState.COMPLETED, Verdict.GO, "nothing stands against it"));
        assertThat(going.explained(Going.T.plus(hours(49))))
                .contains("It is over, GO: nothing stands against it")
                .doesNotContain("Next", "Overdue");
    }
}
