package dev.golive.time;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.time.WindowDecision.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaunchWindowsTest {

    private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
    private static final Window WORKING =
            Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), TUESDAY, WEDNESDAY, THURSDAY);
    private static final Blackout FREEZE =
            Blackout.on("Christmas freeze", LocalDate.of(2026, 12, 18), LocalDate.of(2027, 1, 6));
    private static final Blackout HOLIDAYS =
            Blackout.on("bank holidays", Set.of(LocalDate.of(2027, 4, 2), LocalDate.of(2027, 4, 5)));
    private static final Blackout PAYROLL = Blackout.openEnded("payroll run");

    private static final LaunchWindows ANY = LaunchWindows.in(STOCKHOLM);
    private static final LaunchWindows WINDOWS = ANY.allow(WORKING).deny(FREEZE).deny(HOLIDAYS);
    private static final LaunchWindows ASKING = WINDOWS.deny(PAYROLL);

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(STOCKHOLM).toInstant();
    }

    private static BlackoutAnswer payroll(String day, boolean inForce) {
        return new BlackoutAnswer("payroll run", LocalDate.parse(day), inForce);
    }

    @Test
    void inside_a_window_it_is_allowed_until_the_window_closes() {
        WindowDecision decision = WINDOWS.at(at("2027-03-02T10:00"));
        assertThat(decision.state()).isEqualTo(State.ALLOWED);
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.window()).contains(WORKING);
        assertThat(decision.blackouts()).isEmpty();
        assertThat(decision.until()).contains(at("2027-03-02T15:00"));
        assertThat(decision)
                .hasToString("allowed: the window Tue, Wed, Thu 09:00-15:00 (Europe/Stockholm) is open,"
                        + " until Tue 2027-03-02 15:00 +01:00");
    }

    @Test
    void the_start_of_a_window_is_inside_and_its_end_is_not() {
        assertThat(WINDOWS.at(at("2027-03-02T09:00")).allowed()).isTrue();
        assertThat(WINDOWS.at(at("2027-03-02T09:00").minusNanos(1)).state()).isEqualTo(State.REFUSED);
        assertThat(WINDOWS.at(at("2027-03-02T15:00").minusNanos(1)).allowed()).isTrue();
        assertThat(WINDOWS.at(at("2027-03-02T15:00")).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void outside_every_window_it_is_refused_until_the_next_one_opens() {
        WindowDecision decision = WINDOWS.at(at("2027-03-04T15:00"));
        assertThat(decision.state()).isEqualTo(State.REFUSED);
        assertThat(decision.window()).isEmpty();
        assertThat(decision.until()).contains(at("2027-03-09T09:00"));
        assertThat(decision)
                .hasToString("refused: no window is open (Tue, Wed, Thu 09:00-15:00 Europe/Stockholm);"
                        + " not before Tue 2027-03-09 09:00 +01:00");
    }

    @Test
    void a_blackout_beats_a_window_and_is_named() {
        WindowDecision decision = WINDOWS.at(at("2026-12-22T10:00"));
        assertThat(decision.state()).isEqualTo(State.REFUSED);
        assertThat(decision.blackouts()).containsExactly(FREEZE);
        assertThat(decision.window()).contains(WORKING);
        assertThat(decision.until()).contains(at("2027-01-07T09:00"));
        assertThat(decision)
                .hasToString("refused: the blackout \"Christmas freeze\" (2026-12-18 to 2027-01-06) is in force;"
                        + " not before Thu 2027-01-07 09:00 +01:00");
    }

    @Test
    void a_refusal_names_everything_that_stands_against_it() {
        Blackout move = Blackout.between("move", at("2026-12-20T00:00"), at("2026-12-21T12:00"));
        WindowDecision decision = WINDOWS.deny(move).at(at("2026-12-20T10:00"));
        assertThat(decision.blackouts()).containsExactly(FREEZE, move);
        assertThat(decision.because())
                .startsWith("the blackouts \"Christmas freeze\" (2026-12-18 to 2027-01-06) and \"move\" (")
                .contains(" are in force, and no window is open (Tue, Wed, Thu 09:00-15:00 Europe/Stockholm); not");
    }

    @Test
    void the_last_day_of_a_blackout_is_part_of_it() {
        LaunchWindows windows = ANY.deny(FREEZE);
        assertThat(windows.at(at("2026-12-18T00:00").minusNanos(1)).allowed()).isTrue();
        assertThat(windows.at(at("2026-12-18T00:00")).allowed()).isFalse();
        assertThat(windows.at(at("2027-01-07T00:00").minusNanos(1)).allowed()).isFalse();
        assertThat(windows.at(at("2027-01-07T00:00")).allowed()).isTrue();
    }

    @Test
    void the_days_of_a_blackout_are_those_of_the_zone() {
        LaunchWindows tokyo = LaunchWindows.in(ZoneId.of("Asia/Tokyo")).deny(FREEZE);
        assertThat(tokyo.at(Instant.parse("2026-12-17T15:00:00Z")).allowed()).isFalse();
        assertThat(tokyo.at(Instant.parse("2027-01-06T15:00:00Z")).allowed()).isTrue();
    }

    @Test
    void only_the_named_days_of_a_blackout_are_denied() {
        LaunchWindows windows = ANY.deny(HOLIDAYS);
        assertThat(windows.at(at("2027-04-02T12:00")).until()).contains(at("2027-04-03T00:00"));
        assertThat(windows.at(at("2027-04-03T12:00")).until()).contains(at("2027-04-05T00:00"));
        assertThat(windows.at(at("2027-04-05T12:00")).allowed()).isFalse();
    }

    @Test
    void without_a_window_any_time_is_allowed_that_is_not_denied() {
        WindowDecision decision = ANY.at(at("2027-03-06T03:00"));
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.until()).isEmpty();
        assertThat(decision.window()).isEmpty();
        assertThat(decision).hasToString("allowed: any time is allowed");
        assertThat(ANY.deny(FREEZE).at(at("2026-11-01T03:00")).until()).contains(at("2026-12-18T00:00"));
        assertThat(ANY.deny(FREEZE).at(at("2027-02-01T03:00")).until()).isEmpty();
    }

    @Test
    void an_open_ended_blackout_that_nobody_answered_for_is_unknown() {
        WindowDecision decision = ASKING.at(at("2027-03-02T10:00"));
        assertThat(decision.state()).isEqualTo(State.UNKNOWN);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.blackouts()).containsExactly(PAYROLL);
        assertThat(decision.window()).contains(WORKING);
        assertThat(decision.until()).contains(at("2027-03-02T15:00"));
        assertThat(decision)
                .hasToString("unknown: nobody has said whether the blackout \"payroll run\" is in force on 2027-03-02");
    }

    @Test
    void an_answer_decides_the_day_it_was_given_for_and_no_other() {
        List<BlackoutAnswer> answers = List.of(payroll("2027-03-02", false), payroll("2027-03-03", true));
        WindowDecision allowed = ASKING.at(at("2027-03-02T10:00"), answers);
        assertThat(allowed)
                .hasToString("allowed: the window Tue, Wed, Thu 09:00-15:00 (Europe/Stockholm) is open,"
                        + " and the blackout \"payroll run\" is said not to be in force on 2027-03-02,"
                        + " until Tue 2027-03-02 15:00 +01:00");
        WindowDecision inForce = ASKING.at(at("2027-03-03T10:00"), answers);
        assertThat(inForce.state()).isEqualTo(State.REFUSED);
        assertThat(inForce.because()).contains("the blackout \"payroll run\" is in force");
        assertThat(inForce.blackouts()).containsExactly(PAYROLL);
        assertThat(ASKING.at(at("2027-03-04T10:00"), answers).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void the_day_of_an_answer_is_that_of_the_zone() {
        LaunchWindows windows = ANY.deny(PAYROLL).answered(List.of(payroll("2027-03-02", false)));
        assertThat(windows.at(at("2027-03-02T00:00").minusNanos(1)).state()).isEqualTo(State.UNKNOWN);
        assertThat(windows.at(at("2027-03-02T00:00")).until()).contains(at("2027-03-03T00:00"));
        assertThat(windows.at(at("2027-03-03T00:00")).state()).isEqualTo(State.UNKNOWN);
        // the question of the next day is another one
        assertThat(windows.at(at("2027-03-03T10:00")).until()).contains(at("2027-03-04T00:00"));
    }

    @Test
    void of_two_answers_that_contradict_each_other_the_refusal_counts() {
        BlackoutAnswer yes = payroll("2027-03-02", true);
        BlackoutAnswer no = payroll("2027-03-02", false);
        assertThat(ASKING.at(at("2027-03-02T10:00"), List.of(yes, no)).state()).isEqualTo(State.REFUSED);
        assertThat(ASKING.at(at("2027-03-02T10:00"), List.of(no, yes)).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void answers_are_replaced_as_a_whole_and_those_about_others_are_left_aside() {
        LaunchWindows windows = ASKING.answered(List.of(payroll("2027-03-02", true)));
        assertThat(windows.answered(List.of(payroll("2027-03-02", false)))
                        .at(at("2027-03-02T10:00"))
                        .allowed())
                .isTrue();
        BlackoutAnswer other = new BlackoutAnswer("Payroll run", LocalDate.of(2027, 3, 2), false);
        assertThat(ASKING.at(at("2027-03-02T10:00"), List.of(other)).state()).isEqualTo(State.UNKNOWN);
        BlackoutAnswer dated = new BlackoutAnswer("Christmas freeze", LocalDate.of(2026, 12, 22), false);
        assertThat(WINDOWS.at(at("2026-12-22T10:00"), List.of(dated)).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void every_open_question_is_named_and_one_answer_is_not_enough() {
        Blackout audit = Blackout.openEnded("audit");
        WindowDecision decision = ASKING.deny(audit).at(at("2027-03-02T10:00"));
        assertThat(decision.because())
                .startsWith("nobody has said whether the blackouts \"payroll run\" and \"audit\" are in force on");
        assertThat(ASKING.deny(audit)
                        .at(at("2027-03-02T10:00"), List.of(payroll("2027-03-02", false)))
                        .blackouts())
                .containsExactly(audit);
        // one in force is enough to know
        assertThat(ASKING.deny(audit)
                        .at(at("2027-03-02T10:00"), List.of(payroll("2027-03-02", true)))
                        .state())
                .isEqualTo(State.REFUSED);
    }

    @Test
    void where_it_is_refused_anyway_nobody_needs_to_answer() {
        assertThat(ASKING.at(at("2026-12-22T10:00")).state()).isEqualTo(State.REFUSED);
        assertThat(ASKING.at(at("2027-03-02T16:00")).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void windows_that_touch_or_overlap_are_one() {
        LaunchWindows windows = ANY.allow(Window.between(LocalTime.of(9, 0), LocalTime.NOON, TUESDAY))
                .allow(Window.between(LocalTime.NOON, LocalTime.of(14, 0), TUESDAY))
                .allow(Window.between(LocalTime.of(13, 0), LocalTime.MIDNIGHT, TUESDAY))
                .allow(Window.between(LocalTime.MIDNIGHT, LocalTime.of(2, 0), WEDNESDAY));
        assertThat(windows.at(at("2027-03-02T10:00")).until()).contains(at("2027-03-03T02:00"));
        assertThat(windows.endOfWindow(at("2027-03-02T10:00"))).contains(at("2027-03-03T02:00"));
    }

    @Test
    void windows_that_touch_across_the_whole_week_never_end() {
        LaunchWindows windows = ANY.allow(Window.lasting(LocalTime.of(6, 0), Spans.days(6), TUESDAY))
                .allow(Window.between(LocalTime.of(6, 0), LocalTime.of(18, 0), MONDAY))
                .allow(Window.lasting(LocalTime.of(17, 0), Spans.hours(13), MONDAY));
        assertThat(windows.at(at("2027-03-02T10:00")).until()).isEmpty();
        assertThat(windows.endOfWindow(at("2027-03-02T10:00"))).contains(Instant.MAX);
        LaunchWindows all = ANY.allow(Window.everyDay(LocalTime.of(9, 0), LocalTime.of(9, 0)));
        assertThat(all.at(at("2027-03-28T03:00")).until()).isEmpty();
    }

    @Test
    void a_window_may_reach_over_the_end_of_the_week() {
        LaunchWindows windows = ANY.allow(Window.lasting(LocalTime.of(18, 0), Spans.hours(60), FRIDAY));
        assertThat(windows.at(at("2027-03-05T17:59")).allowed()).isFalse();
        assertThat(windows.at(at("2027-03-08T05:59")).until()).contains(at("2027-03-08T06:00"));
        assertThat(windows.at(at("2027-03-08T06:00")).until()).contains(at("2027-03-12T18:00"));
    }

    @Test
    void the_next_permitted_instant_is_now_or_the_next_opening() {
        assertThat(WINDOWS.nextPermitted(at("2027-03-02T10:00")))
                .map(WindowOpening::at)
                .contains(at("2027-03-02T10:00"));
        WindowOpening opening = WINDOWS.nextPermitted(at("2026-12-17T15:00")).orElseThrow();
        assertThat(opening.at()).isEqualTo(at("2027-01-07T09:00"));
        assertThat(opening.certain()).isTrue();
        assertThat(opening).hasToString("Thu 2027-01-07 09:00 +01:00");
    }

    @Test
    void the_next_permitted_instant_says_which_answer_it_still_needs() {
        LaunchWindows windows = ASKING.answered(List.of(payroll("2027-03-02", true)));
        WindowOpening opening = windows.nextPermitted(at("2027-03-02T10:00")).orElseThrow();
        assertThat(opening.at()).isEqualTo(at("2027-03-03T09:00"));
        assertThat(opening.certain()).isFalse();
        assertThat(opening.unanswered()).containsExactly(PAYROLL);
        assertThat(opening)
                .hasToString("Wed 2027-03-03 09:00 +01:00,"
                        + " if somebody says that the blackout \"payroll run\" is not in force on 2027-03-03");
    }

    @Test
    void nothing_is_found_beyond_four_hundred_days() {
        Instant now = at("2027-03-02T10:00");
        Instant end = now.plus(Spans.days(400));
        assertThat(ANY.deny(Blackout.between("long", now, end)).nextPermitted(now))
                .map(WindowOpening::at)
                .contains(end);
        assertThat(ANY.deny(Blackout.between("long", now, end.plusNanos(1))).nextPermitted(now))
                .isEmpty();
    }

    @Test
    void a_blackout_for_ever_ends_nothing_else() {
        LaunchWindows windows =
                ANY.allow(WORKING).deny(Blackout.on("for ever", LocalDate.of(2027, 3, 2), LocalDate.of(9999, 12, 31)));
        assertThat(windows.nextPermitted(at("2027-03-02T10:00"))).isEmpty();
        assertThat(windows.at(at("2027-03-02T10:00")).allowed()).isFalse();
        assertThat(windows.overrun(at("2027-03-02T00:12")))
                .isEqualTo(Duration.between(at("2027-02-25T15:00"), at("2027-03-02T00:12")));
    }

    @Test
    void the_end_of_a_window_is_where_a_blackout_or_an_unanswered_day_begins_too() {
        Blackout move = Blackout.between("move", at("2027-03-02T11:00"), at("2027-03-02T12:00"));
        assertThat(WINDOWS.deny(move).endOfWindow(at("2027-03-02T10:00"))).contains(at("2027-03-02T11:00"));
        LaunchWindows night = ANY.allow(Window.between(LocalTime.of(22, 0), LocalTime.of(4, 0), TUESDAY))
                .deny(PAYROLL);
        BlackoutAnswer tuesday = payroll("2027-03-02", false);
        assertThat(night.answered(List.of(tuesday)).endOfWindow(at("2027-03-02T23:00")))
                .contains(at("2027-03-03T00:00"));
        assertThat(night.answered(List.of(tuesday, payroll("2027-03-03", false)))
                        .endOfWindow(at("2027-03-02T23:00")))
                .contains(at("2027-03-03T04:00"));
    }

    @Test
    void an_instant_that_is_not_allowed_has_no_end_of_window() {
        assertThat(WINDOWS.endOfWindow(at("2027-03-02T16:00"))).isEmpty();
        assertThat(ASKING.endOfWindow(at("2027-03-02T10:00"))).isEmpty();
    }

    @Test
    void an_overrun_is_the_time_since_the_window_ended() {
        assertThat(WINDOWS.overrun(at("2027-03-02T14:59"))).isZero();
        assertThat(WINDOWS.overrun(at("2027-03-02T15:00"))).isZero();
        assertThat(WINDOWS.overrun(at("2027-03-02T15:12"))).isEqualTo(Spans.minutes(12));
        assertThat(WINDOWS.overrun(at("2027-03-08T15:00"))).isEqualTo(Spans.days(4));
        assertThat(WINDOWS.overrun(at("2027-01-06T15:00"))).isEqualTo(Spans.days(20));
        assertThat(ANY.overrun(at("2027-03-02T15:12"))).isZero();
    }

    @Test
    void an_unanswered_question_makes_no_overrun_and_an_answer_may() {
        assertThat(ASKING.overrun(at("2027-03-02T10:00"))).isZero();
        assertThat(ASKING.overrun(at("2027-03-02T15:12"))).isEqualTo(Spans.minutes(12));
        LaunchWindows inForce = ANY.deny(PAYROLL).answered(List.of(payroll("2027-03-02", true)));
        assertThat(inForce.overrun(at("2027-03-02T01:00"))).isEqualTo(Spans.hours(1));
    }

    @Test
    void the_latest_start_leaves_time_for_the_plan_and_a_rollback() {
        assertThat(WINDOWS.latestStart(at("2027-03-02T09:30"), Spans.minutes(60), Spans.minutes(20)))
                .contains(at("2027-03-02T13:40"));
        // too late, but not too long
        assertThat(WINDOWS.latestStart(at("2027-03-02T14:30"), Spans.minutes(60), Spans.minutes(20)))
                .contains(at("2027-03-02T13:40"));
        assertThat(WINDOWS.latestStart(at("2027-03-02T14:30"), Spans.hours(5), Spans.hours(1)))
                .contains(at("2027-03-02T09:00"));
    }

    @Test
    void what_is_longer_than_the_window_has_no_latest_start() {
        assertThat(WINDOWS.latestStart(at("2027-03-02T09:00"), Spans.hours(5), Spans.minutes(61)))
                .isEmpty();
        // it would fit into the window of the day before, which is another one
        assertThat(WINDOWS.latestStart(at("2027-03-03T09:00"), Spans.hours(24), Spans.hours(2)))
                .isEmpty();
        assertThat(WINDOWS.latestStart(at("2027-03-02T16:00"), Spans.minutes(1), Duration.ZERO))
                .isEmpty();
        assertThat(ASKING.latestStart(at("2027-03-02T10:00"), Spans.minutes(1), Duration.ZERO))
                .isEmpty();
    }

    @Test
    void a_window_without_an_end_leaves_all_the_time_there_is() {
        assertThat(ANY.latestStart(at("2027-03-02T09:00"), Spans.days(3650), Spans.days(3650)))
                .contains(Instant.MAX);
    }

    @Test
    void the_windows_read_as_a_person_writes_them() {
        assertThat(ANY).hasToString("any time Europe/Stockholm");
        assertThat(ANY.allow(WORKING)
                        .allow(Window.between(LocalTime.of(9, 0), LocalTime.NOON, SATURDAY, SUNDAY))
                        .deny(FREEZE)
                        .deny(PAYROLL))
                .hasToString("Tue, Wed, Thu 09:00-15:00 or Sat, Sun 09:00-12:00 Europe/Stockholm,"
                        + " but not \"Christmas freeze\" (2026-12-18 to 2027-01-06),"
                        + " \"payroll run\" (asked for each day)");
    }

    @Test
    void windows_are_values() {
        assertThat(ANY.allow(WORKING).deny(FREEZE).deny(HOLIDAYS))
                .isEqualTo(WINDOWS)
                .hasSameHashCodeAs(WINDOWS);
        assertThat(WINDOWS).isNotEqualTo(ASKING).isNotEqualTo(ANY);
        assertThat(ASKING.answered(List.of(payroll("2027-03-02", true)))).isNotEqualTo(ASKING);
        assertThat(WINDOWS.windows()).containsExactly(WORKING).isUnmodifiable();
        assertThat(WINDOWS.blackouts()).containsExactly(FREEZE, HOLIDAYS).isUnmodifiable();
        assertThat(WINDOWS.answers()).isEmpty();
        assertThat(ANY.windows()).isEmpty();
    }

    @Test
    void an_open_ended_blackout_shares_its_name_with_no_other() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ASKING.deny(Blackout.on("payroll run", LocalDate.EPOCH, LocalDate.EPOCH)))
                .withMessageContainingAll("blackout", "name of its own", "payroll run");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WINDOWS.deny(Blackout.openEnded("bank holidays")))
                .withMessageContaining("bank holidays");
        assertThat(WINDOWS.deny(Blackout.on("bank holidays", Set.of(LocalDate.of(2028, 4, 14))))
                        .blackouts())
                .hasSize(3);
    }

    @Test
    void instants_beyond_the_calendar_are_refused() {
        for (Instant instant : List.of(Instant.MIN, Instant.MAX)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WINDOWS.at(instant))
                    .withMessageContainingAll("instant", "years 1 to 9999");
            assertThatIllegalArgumentException().isThrownBy(() -> WINDOWS.nextPermitted(instant));
            assertThatIllegalArgumentException().isThrownBy(() -> WINDOWS.endOfWindow(instant));
            assertThatIllegalArgumentException().isThrownBy(() -> WINDOWS.overrun(instant));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WINDOWS.latestStart(instant, Duration.ZERO, Duration.ZERO));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ASKING.answered(List.of(new BlackoutAnswer("payroll run", LocalDate.MAX, true))))
                .withMessageContaining("years 1 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WINDOWS.latestStart(Instant.EPOCH, Duration.ofSeconds(-1), Duration.ZERO))
                .withMessageContaining("plan");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WINDOWS.latestStart(Instant.EPOCH, Duration.ZERO, Spans.days(3651)))
                .withMessageContaining("rollbackBudget");
    }

    @Test
    void the_first_and_the_last_instant_are_decided() {
        for (String edge : List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")) {
            assertThat(ASKING.at(Instant.parse(edge)).because()).isNotBlank();
            assertThat(ASKING.overrun(Instant.parse(edge))).isNotNull();
            assertThat(ASKING.nextPermitted(Instant.parse(edge))).isPresent();
        }
    }

    @Test
    void a_decision_and_an_opening_have_a_sentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowDecision(State.ALLOWED, " ", Optional.empty(), List.of(), Optional.empty()))
                .withMessageContaining("because");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowOpening(Instant.EPOCH, List.of(), ""))
                .withMessageContaining("sentence");
    }

    @Test
    @SuppressWarnings({"DataFlowIssue", "NullAway"})
    void what_is_missing_is_refused_by_name() {
        assertThatNullPointerException().isThrownBy(() -> ANY.allow(null)).withMessageContaining("window");
        assertThatNullPointerException().isThrownBy(() -> ANY.deny(null)).withMessageContaining("blackout");
        assertThatNullPointerException().isThrownBy(() -> ANY.at(null)).withMessageContaining("instant");
        assertThatNullPointerException().isThrownBy(() -> ANY.answered(null)).withMessageContaining("known");
        assertThatNullPointerException()
                .isThrownBy(() -> ANY.answered(Arrays.asList((BlackoutAnswer) null)))
                .withMessageContaining("known");
        assertThatNullPointerException()
                .isThrownBy(() -> ANY.latestStart(Instant.EPOCH, null, Duration.ZERO))
                .withMessageContaining("plan");
    }
}
