package dev.golive.time;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In Stockholm the clocks went from 02:00 to 03:00 on 28 March 2027 and from 03:00 to 02:00 on 31 October 2027. */
class DaylightSavingTest {

    private static final Instant SPRING = at("2027-03-28T01:00Z");
    private static final Instant AUTUMN = at("2027-10-31T01:00Z");

    private static Instant at(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static LaunchWindows in(String zone) {
        return LaunchWindows.in(ZoneId.of(zone));
    }

    private static LaunchWindows stockholm(String from, String to) {
        return in("Europe/Stockholm").allow(Window.between(LocalTime.parse(from), LocalTime.parse(to), SUNDAY));
    }

    private static void assertOpen(LaunchWindows windows, Instant from, Instant to) {
        assertThat(windows.at(from.minusNanos(1)).allowed()).as("before").isFalse();
        assertThat(windows.at(from).allowed()).as("from").isTrue();
        assertThat(windows.endOfWindow(from)).as("end").contains(to);
        assertThat(windows.at(to).allowed()).as("to").isFalse();
        assertThat(windows.overrun(to.plusSeconds(60))).as("overrun").isEqualTo(Spans.minutes(1));
        assertThat(windows.nextPermitted(from.minusNanos(1)).map(WindowOpening::at))
                .contains(from);
    }

    @Test
    void a_window_keeps_its_wall_clock_time_in_summer_and_in_winter() {
        LaunchWindows windows = stockholm("09:00", "15:00");
        assertOpen(windows, at("2027-03-21T09:00+01:00"), at("2027-03-21T15:00+01:00"));
        assertOpen(windows, at("2027-03-28T09:00+02:00"), at("2027-03-28T15:00+02:00"));
        assertOpen(windows, at("2027-10-31T09:00+01:00"), at("2027-10-31T15:00+01:00"));
    }

    @Test
    void a_start_in_the_gap_moves_to_its_end() {
        assertOpen(stockholm("02:30", "05:00"), SPRING, at("2027-03-28T05:00+02:00"));
    }

    @Test
    void an_end_in_the_gap_moves_to_its_end() {
        assertOpen(stockholm("01:00", "02:30"), at("2027-03-28T01:00+01:00"), SPRING);
    }

    @Test
    void a_window_within_the_gap_does_not_open_on_that_day() {
        LaunchWindows windows = stockholm("02:15", "02:45");
        assertThat(windows.at(SPRING).allowed()).isFalse();
        assertThat(windows.at(SPRING.minusNanos(1)).until()).contains(at("2027-04-04T02:15+02:00"));
        assertThat(windows.overrun(SPRING)).isEqualTo(Duration.between(at("2027-03-21T02:45+01:00"), SPRING));
    }

    @Test
    void of_a_start_that_exists_twice_the_earlier_counts() {
        assertOpen(stockholm("02:30", "05:00"), at("2027-10-31T02:30+02:00"), at("2027-10-31T05:00+01:00"));
    }

    @Test
    void of_an_end_that_exists_twice_the_later_counts() {
        assertOpen(stockholm("01:00", "02:30"), at("2027-10-31T01:00+02:00"), at("2027-10-31T02:30+01:00"));
        // 02:00 is the first of the times that exist twice, 03:00 exists once
        assertOpen(stockholm("01:00", "02:00"), at("2027-10-31T01:00+02:00"), AUTUMN);
        assertOpen(stockholm("01:00", "03:00"), at("2027-10-31T01:00+02:00"), at("2027-10-31T03:00+01:00"));
        assertOpen(stockholm("02:15", "02:45"), at("2027-10-31T02:15+02:00"), at("2027-10-31T02:45+01:00"));
    }

    @Test
    void the_latest_start_goes_by_the_time_that_really_passes() {
        LaunchWindows windows = stockholm("01:00", "04:00");
        assertThat(windows.latestStart(at("2027-03-28T01:00+01:00"), Spans.hours(2), Duration.ZERO))
                .contains(at("2027-03-28T01:00+01:00"));
        assertThat(windows.latestStart(at("2027-03-28T01:00+01:00"), Spans.hours(2), Spans.minutes(1)))
                .isEmpty();
        assertThat(windows.latestStart(at("2027-10-31T01:00+02:00"), Spans.hours(4), Duration.ZERO))
                .contains(at("2027-10-31T01:00+02:00"));
    }

    @Test
    void a_sentence_tells_the_two_hours_of_the_same_name_apart() {
        LaunchWindows windows = stockholm("02:30", "05:00");
        assertThat(windows.nextPermitted(at("2027-10-31T00:00+02:00")))
                .get()
                .hasToString("Sun 2027-10-31 02:30 +02:00");
    }

    @Test
    void a_day_that_a_zone_skips_has_no_window_and_no_blackout() {
        // Samoa went from 29 to 31 December 2011, over a Friday
        LaunchWindows apia = in("Pacific/Apia");
        Instant change = at("2011-12-30T10:00Z");
        assertThat(apia.deny(Blackout.on("Friday", LocalDate.of(2011, 12, 30), LocalDate.of(2011, 12, 30)))
                        .at(change)
                        .allowed())
                .isTrue();
        LaunchWindows friday = apia.allow(Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), FRIDAY));
        assertThat(friday.at(change.minusSeconds(1)).until()).contains(at("2012-01-06T09:00+14:00"));
        assertOpen(
                apia.allow(Window.between(LocalTime.of(22, 0), LocalTime.of(2, 0), FRIDAY)),
                change,
                at("2011-12-31T02:00+14:00"));
    }

    @Test
    void a_window_that_starts_on_a_missing_midnight_starts_with_the_day() {
        // in Beirut the clocks go from 00:00 to 01:00
        LaunchWindows beirut =
                in("Asia/Beirut").allow(Window.between(LocalTime.MIDNIGHT, LocalTime.of(4, 0), DayOfWeek.SUNDAY));
        assertOpen(beirut, at("2022-03-26T22:00Z"), at("2022-03-27T04:00+03:00"));
    }

    @Test
    void a_day_ends_when_its_last_midnight_has_passed() {
        // in St. John's the clocks went from 00:01 on 7 November 2010, a Sunday, back to 23:01 on Saturday
        LaunchWindows saint = in("America/St_Johns");
        Instant firstMidnight = at("2010-11-07T00:00-02:30");
        Instant secondMidnight = at("2010-11-07T00:00-03:30");
        LocalDate saturday = LocalDate.of(2010, 11, 6);
        LaunchWindows denied = saint.deny(Blackout.on("Saturday", saturday, saturday));
        assertThat(denied.at(firstMidnight).until()).contains(secondMidnight);
        assertThat(denied.at(secondMidnight).allowed()).isTrue();
        LaunchWindows sunday = saint.deny(Blackout.on("Sunday", saturday.plusDays(1), saturday.plusDays(1)));
        assertThat(sunday.at(firstMidnight.minusSeconds(1)).until()).contains(firstMidnight);
        assertThat(sunday.at(secondMidnight.minusSeconds(1)).allowed()).isFalse();
        // an answer counts while the calendar shows its day, also when it does so again
        LaunchWindows asked =
                saint.deny(Blackout.openEnded("q")).answered(List.of(new BlackoutAnswer("q", saturday, false)));
        assertThat(asked.at(firstMidnight.minusSeconds(1)).until()).contains(firstMidnight);
        assertThat(asked.at(firstMidnight).until()).contains(at("2010-11-06T23:01-03:30"));
        assertThat(asked.at(at("2010-11-06T23:01-03:30")).until()).contains(secondMidnight);
    }

    @Test
    void whole_days_have_no_hole_when_the_clocks_change() {
        LaunchWindows weekend =
                in("Europe/Stockholm").allow(Window.between(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, SATURDAY, SUNDAY));
        assertOpen(weekend, at("2027-03-27T00:00+01:00"), at("2027-03-29T00:00+02:00"));
        assertOpen(weekend, at("2027-10-30T00:00+02:00"), at("2027-11-01T00:00+01:00"));
    }
}
