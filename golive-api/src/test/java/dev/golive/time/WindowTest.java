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

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final LocalTime FIFTEEN = LocalTime.of(15, 0);

    @Test
    void it_reads_as_a_person_writes_it() {
        assertThat(Window.between(NINE, FIFTEEN, THURSDAY, TUESDAY, WEDNESDAY))
                .hasToString("Tue, Wed, Thu 09:00-15:00");
        assertThat(Window.between(LocalTime.of(22, 0), LocalTime.of(6, 30), FRIDAY))
                .hasToString("Fri 22:00-06:30 next day");
        assertThat(Window.between(NINE, NINE, MONDAY)).hasToString("Mon 09:00-09:00 next day");
        assertThat(Window.between(LocalTime.NOON, LocalTime.MIDNIGHT, MONDAY)).hasToString("Mon 12:00-24:00");
        assertThat(Window.between(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, SATURDAY, SUNDAY))
                .hasToString("Sat, Sun all day");
        assertThat(Window.lasting(LocalTime.of(18, 0), Spans.hours(60), FRIDAY))
                .hasToString("Fri 18:00-06:00 3 days later");
        assertThat(Window.everyDay(NINE, FIFTEEN)).hasToString("every day 09:00-15:00");
        assertThat(Window.everyDay(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)).hasToString("every day all day");
    }

    @Test
    void an_end_that_is_not_after_the_start_is_on_the_next_day() {
        assertThat(Window.between(LocalTime.of(22, 0), LocalTime.of(2, 0), FRIDAY)
                        .length())
                .isEqualTo(Spans.hours(4));
        assertThat(Window.between(NINE, NINE, FRIDAY).length()).isEqualTo(Spans.hours(24));
        assertThat(Window.everyDay(NINE, NINE).length()).isEqualTo(Spans.hours(24));
    }

    @Test
    void windows_of_the_same_days_and_times_are_equal_however_they_were_made() {
        Window window = Window.between(NINE, FIFTEEN, MONDAY, TUESDAY, MONDAY);
        assertThat(window)
                .isEqualTo(Window.lasting(NINE, Spans.hours(6), TUESDAY, MONDAY))
                .hasSameHashCodeAs(Window.lasting(NINE, Spans.hours(6), TUESDAY, MONDAY))
                .isNotEqualTo(Window.between(NINE, FIFTEEN, MONDAY))
                .isNotEqualTo(Window.between(NINE, NINE, MONDAY, TUESDAY));
        assertThat(Window.everyDay(NINE, FIFTEEN))
                .isEqualTo(
                        Window.between(NINE, FIFTEEN, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY));
        assertThat(window.from()).isEqualTo(NINE);
        assertThat(window.days()).containsExactly(MONDAY, TUESDAY);
    }

    @Test
    void its_days_cannot_be_changed() {
        assertThat(Window.everyDay(NINE, FIFTEEN).days()).isUnmodifiable();
        assertThat(Window.between(NINE, FIFTEEN, MONDAY).days()).isUnmodifiable();
    }

    @Test
    void a_length_is_longer_than_zero_and_at_most_a_week() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.lasting(NINE, Duration.ZERO, MONDAY))
                .withMessageContainingAll("length", "longer than zero", "0 s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.lasting(NINE, Spans.minutes(5).negated(), MONDAY))
                .withMessageContainingAll("length", "-5 min");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.lasting(NINE, Spans.days(7).plusMillis(1), MONDAY))
                .withMessageContainingAll("length", "at most 7 days", "7 d 1 ms");
        assertThat(Window.lasting(NINE, Spans.days(7), MONDAY).length()).isEqualTo(Spans.days(7));
    }

    @Test
    @SuppressWarnings({"DataFlowIssue", "NullAway"})
    void what_is_missing_is_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> Window.between(null, NINE, MONDAY))
                .withMessageContaining("from");
        assertThatNullPointerException()
                .isThrownBy(() -> Window.between(NINE, null, MONDAY))
                .withMessageContaining("to");
        assertThatNullPointerException()
                .isThrownBy(() -> Window.between(NINE, FIFTEEN, null))
                .withMessageContaining("first");
        assertThatNullPointerException()
                .isThrownBy(() -> Window.between(NINE, FIFTEEN, MONDAY, (DayOfWeek) null))
                .withMessageContaining("more");
        assertThatNullPointerException()
                .isThrownBy(() -> Window.lasting(NINE, null, MONDAY))
                .withMessageContaining("length");
    }
}
