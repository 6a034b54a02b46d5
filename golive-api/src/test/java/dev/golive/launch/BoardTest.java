package dev.golive.launch;

import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Checklist;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.journal.Journal;
import dev.golive.launch.Parts.Asked;
import dev.golive.launch.Parts.Doing;
import dev.golive.time.Offset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BoardTest {

    private final LaunchPlan plan = new Shop().plan().build();
    private final Going going = Going.of(plan);

    private List<String> board(Instant now) {
        return Board.of(going.course, going.state, Journal.inMemory(), now);
    }

    private static Event.Cleared cleared(Verdict verdict, String digest) {
        return new Event.Cleared("3.1", verdict, digest, List.of(), List.of());
    }

    private static Event.Examined examined(String step, Verdict verdict) {
        return new Event.Examined(step, "examine", verdict, List.of(), "");
    }

    @Test
    void before_anything_happens_it_shows_what_is_launched_where_and_what_comes_first() {
        assertThat(board(Going.ARMED))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("ARMED: staging, launch ")
                                .endsWith(", Shop 1.0"),
                        line -> assertThat(line)
                                .isEqualTo("Now Mon 2027-02-22 10:00, T Tue 2027-03-02 10:00, H not yet,"
                                        + " Europe/Stockholm"),
                        line -> assertThat(line).isEqualTo("Verdict: UNDECIDED of 0 lists"),
                        line -> assertThat(line).isEqualTo("Due: nothing"),
                        line -> assertThat(line)
                                .isEqualTo("Next: in 1 d (Tue 2027-02-23 10:00) T-7d a week before: examine week"
                                        + " before, engineer"),
                        line -> assertThat(line)
                                .isEqualTo("Window at Tue 2027-03-02 10:00: nobody has said whether the blackout"
                                        + " \"payroll run\" is in force on 2027-03-02"),
                        line -> assertThat(line)
                                .isEqualTo("Live web: 40 (when armed); launched nothing yet; back to 40"),
                        line -> assertThat(line).isEqualTo("Live api: 7 (when armed); launched nothing yet; back to 7"),
                        line -> assertThat(line)
                                .isEqualTo("Way back: 2 of 2 frozen, takes 2 min 20 s, budget 10 min, a person"
                                        + " approves, never drilled"),
                        line -> assertThat(line).isEqualTo("Waits: for nobody"),
                        line -> assertThat(line).isEqualTo("- 10:00 armed in staging by ann"),
                        line -> assertThat(line).startsWith("Journal: 0 entries in memory only, head 000000000000"));
    }

    @Test
    void a_decision_that_waits_shows_the_digest_to_decide_on() {
        String digest = "0123456789abcdef0123456789abcdef";
        going.before(
                minutes(10),
                examined("1.1", Verdict.GO),
                examined("2.1", Verdict.CONDITIONAL_GO),
                new Event.StepEnded("1.1", StepStatus.DONE, ""),
                new Event.StepEnded("2.1", StepStatus.DONE, ""),
                new Event.StepEnded("2.2", StepStatus.DONE, ""),
                cleared(Verdict.CONDITIONAL_GO, digest),
                new Event.Needed(Needs.DECISION, "say GO", "ceo"));
        assertThat(board(Going.T.minus(minutes(6))))
                .contains(
                        "Verdict: CONDITIONAL_GO of 2 lists; decide on digest " + digest,
                        "Waits: decision since 09:50 for ceo: say GO",
                        "Overdue by 9 min: the decision, ceo");
    }

    @Test
    void the_newest_look_at_a_list_counts_and_the_worst_list_is_the_verdict() {
        going.before(hours(2), examined("1.1", Verdict.NO_GO), examined("3.5", Verdict.GO));
        assertThat(board(Going.T)).anyMatch(line -> line.startsWith("Verdict: NO_GO of 2 lists"));
        going.before(hours(1), examined("1.1", Verdict.GO));
        assertThat(board(Going.T)).anyMatch(line -> line.startsWith("Verdict: GO of 2 lists"));
        going.after(
                minutes(1),
                new Event.CheckpointExamined(Going.T.plus(seconds(30)), Verdict.UNDECIDED, List.of(), true, ""));
        assertThat(board(Going.T.plus(minutes(2))))
                .contains("Verdict: UNDECIDED of 2 lists, checkpoint 10:00 UNDECIDED");
    }

    @Test
    void the_window_shows_what_is_left_of_it_and_the_latest_start() {
        going.before(hours(1), new Event.BlackoutAnswered("payroll run", "2027-03-02", false, Going.ANN));
        // the actions of the launching moments take 14 minutes by their budgets and limits, the way back 10 more
        assertThat(board(Going.T.minus(hours(1)))).contains("Window at 10:00: open until 15:00; latest start 14:36");
        assertThat(board(Going.T)).contains("Window: 5 h left, until 15:00; latest start 14:36");
        assertThat(board(Going.T.plus(minutes(290))))
                .contains("Window: 10 min left, until 15:00; latest start 14:36, which is over: too late as planned");
        assertThat(board(Going.T.plus(hours(6)))).anyMatch(line -> line.startsWith("Window: no window is open"));
    }

    @Test
    void another_release_than_the_launched_one_is_shown_as_such() {
        going.after(
                minutes(5),
                new Event.ActionEnded("launch:deploy-web", ActionStatus.DONE, "", Release.of("web", "41")),
                new Event.LiveSeen("web", Release.of("web", "41"), ""),
                new Event.LiveSeen("api", null, "timed out"));
        assertThat(board(Going.T.plus(minutes(6))))
                .contains(
                        "Live web: 41; launched 41; back to 40",
                        "Live api: not known, timed out; launched nothing yet; back to 7");
        going.after(minutes(7), new Event.LiveSeen("web", Release.of("web", "42"), ""));
        assertThat(board(Going.T.plus(minutes(8)))).contains("NOT AS LAUNCHED web: 42; launched 41; back to 40");
    }

    @Test
    void what_is_urgent_is_shown_when_not_everything_fits() {
        for (int i = 0; i < 20; i++) {
            going.after(minutes(i), new Event.Needed(Needs.LIST + i, "not in order", "engineer"));
        }
        going.after(minutes(30), new Event.Needed(Needs.PERMIT + "down:migrate", "permit it", "cto"));
        List<String> lines = board(Going.T.plus(minutes(31)));
        assertThat(lines).hasSizeLessThanOrEqualTo(Board.LINES).contains("Waits: 16 more; explain() shows them all");
        assertThat(lines.stream().filter(line -> line.startsWith("Waits: ")).findFirst())
                .contains("Waits: permit:down:migrate since 10:30 for cto: permit it");
    }

    @Test
    void the_last_five_events_are_shown_and_none_that_is_only_noise() {
        for (int i = 0; i < 9; i++) {
            going.after(
                    minutes(i),
                    new Event.Held(Going.ANN, "pause " + i),
                    new Event.LiveSeen("web", Release.of("web", "40"), ""));
        }
        assertThat(board(Going.T.plus(minutes(20))).stream().filter(line -> line.startsWith("- ")))
                .containsExactly(
                        "- 10:04 held by ann: pause 4",
                        "- 10:05 held by ann: pause 5",
                        "- 10:06 held by ann: pause 6",
                        "- 10:07 held by ann: pause 7",
                        "- 10:08 held by ann: pause 8");
    }

    @Test
    void a_launch_that_is_over_shows_how_it_ended() {
        going.after(hours(48), new Event.Ended(LaunchState.COMPLETED, Verdict.GO, "nothing stands against it"));
        assertThat(board(Going.T.plus(hours(49))))
                .contains("Verdict: GO, nothing stands against it", "Due: nothing", "Next: nothing");
    }

    @Test
    void a_drill_is_called_one_everywhere() {
        LaunchPlan drill = plan.drill(Parts.Room.of("drills"));
        Going drilled = Going.of(drill);
        assertThat(Board.of(drilled.course, drilled.state, Journal.inMemory(), Going.T))
                .anyMatch(line -> line.startsWith("DRILL, ARMED: staging"))
                .anyMatch(line -> line.endsWith(", a drill"));
        assertThat(drilled.explained(Going.T)).contains(", a drill: ARMED");
        assertThat(BreakGlass.card(drilled.course, drilled.state)).startsWith("BREAK GLASS (a drill): ");
        assertThat(drill.describe()).contains("**This is a drill**");
        assertThat(plan.describe()).doesNotContain("**This is a drill**");
        assertThat(drill.validate()).isEmpty();
    }

    // ---- whatever the state

    private static final Person BOB = Person.human("bob", "incident-commander");

    private static Arbitrary<String> words() {
        return Arbitraries.oneOf(
                Arbitraries.of("decision", "line\nbreak", "wide \uD83D\uDE80".repeat(60), "live:web", "\u001b[2J", "x"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(300));
    }

    private static Arbitrary<String> keys() {
        return Arbitraries.of(
                        "decision", "window", "list:", "step:", "permit:", "trigger:", "live:", "checkpoint:", "held")
                .flatMap(key -> words().map(word -> key + word));
    }

    private static Event event(int kind, String key, String text, int number) {
        List<String> steps = List.of("1.1", "2.1", "2.2", "3.1", "3.2", "3.3", "3.5", "4.1");
        String step = steps.get(number % steps.size());
        Verdict verdict = Verdict.values()[number % Verdict.values().length];
        Instant slot = Going.T.plus(minutes(number));
        return switch (kind) {
            case 0, 1, 2, 3 -> new Event.Needed(key, text, text);
            case 4 -> new Event.StepBegan(step);
            case 5 -> new Event.StepEnded(step, StepStatus.values()[number % StepStatus.values().length], text);
            case 6 -> new Event.Examined(step, text, verdict, List.of(text), "");
            case 7 -> new Event.Cleared(step, verdict, text, List.of(text), List.of(text));
            case 8 -> new Event.Launched(Going.T.plus(minutes(2)));
            case 9 -> new Event.Phase(number % 2 == 0 ? LaunchState.LAUNCHING : LaunchState.WATCHING);
            case 10 -> new Event.CheckpointExamined(slot, verdict, List.of(text), true, "");
            case 11 -> new Event.LiveSeen("web", number % 2 == 0 ? null : Release.of("web", "x" + number), text);
            case 12 -> new Event.Deciding(text, text, text, List.of("web", "api"), List.of(), BOB, number % 2 == 0);
            case 13 -> new Event.ApprovalAsked("token", slot, text);
            case 14 -> new Event.RollbackApproved(BOB, text);
            case 15 -> new Event.Verifying();
            case 16 -> new Event.AftercareBegan(slot);
            case 17 -> new Event.EmergencyDeclared(BOB, text, Map.of("write " + text, slot));
            case 18 -> new Event.Held(BOB, text);
            case 19 -> new Event.RollbackDenied(BOB, text);
            case 20 -> new Event.ActionStarted("back:web", 1, text);
            case 21 -> new Event.MaintenanceSet(slot, BOB, text);
            case 22 -> new Event.Ended(LaunchState.ROLLED_BACK, verdict, text);
            default -> new Event.BlackoutAnswered("payroll run", "2027-03-02", number % 2 == 0, BOB);
        };
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 23),
                        keys(),
                        words(),
                        Arbitraries.integers().between(0, 200))
                .as(BoardTest::event)
                .list()
                .ofMaxSize(60);
    }

    private static LaunchPlan crowded() {
        LaunchPlan.Builder plan = LaunchPlan.named("a name that is long ".repeat(20), Shop.ZONE);
        Checklist list =
                Checklist.named("list ".repeat(50)).require(new Asked("one")).build();
        for (int i = 0; i < 12; i++) {
            plan.moment(Moment.at(Offset.T.plusMinutes(i))
                    .named("moment " + i)
                    .check(list)
                    .then(new Doing("a" + i, "do ".repeat(90) + i, Action.Kind.REVERSIBLE, false))
                    .then(Parts.Site.of("component " + i).deploy("1")));
        }
        return plan.build();
    }

    @Property(tries = 300)
    void a_board_never_has_more_than_24_lines_of_120_characters(
            @ForAll("histories") List<Event> events, @ForAll boolean crowded) {
        Going launch = Going.of(crowded ? crowded() : new Shop().plan().build());
        Instant at = Going.T;
        List<Event> all = new ArrayList<>(events);
        for (Event event : all) {
            at = at.plus(Duration.ofSeconds(7));
            launch.at(at, event);
        }
        List<String> lines = Board.of(launch.course, launch.state, Journal.inMemory(), at.plus(minutes(9)));
        assertThat(lines).hasSizeLessThanOrEqualTo(24).allSatisfy(line -> {
            assertThat(line).hasSizeLessThanOrEqualTo(120).isNotBlank();
            assertThat(line.chars().noneMatch(Character::isISOControl)).isTrue();
        });
        assertThat(launch.explained(at.plus(minutes(9)))).isNotBlank();
    }
}
