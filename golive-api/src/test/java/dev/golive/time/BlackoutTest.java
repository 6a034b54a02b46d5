package dev.golive.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlackoutTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 12, 18);
    private static final LocalDate LAST = LocalDate.of(2027, 1, 6);

    @Test
    void it_reads_as_its_name_and_its_time() {
        assertThat(Blackout.on("Christmas freeze", FIRST, LAST))
                .hasToString("\"Christmas freeze\" (2026-12-18 to 2027-01-06)");
        assertThat(Blackout.on("audit", FIRST, FIRST)).hasToString("\"audit\" (2026-12-18)");
        assertThat(Blackout.on("holidays", Set.of(LAST, FIRST))).hasToString("\"holidays\" (2026-12-18, 2027-01-06)");
        assertThat(Blackout.on("holidays", Set.of(LAST, FIRST, FIRST.plusDays(1), FIRST.plusDays(2))))
                .hasToString("\"holidays\" (4 days from 2026-12-18 to 2027-01-06)");
        assertThat(Blackout.between(
                        "move", Instant.parse("2027-03-02T08:00:00Z"), Instant.parse("2027-03-02T09:30:00Z")))
                .hasToString("\"move\" (2027-03-02T08:00:00Z to 2027-03-02T09:30:00Z)");
        assertThat(Blackout.openEnded("payroll run")).hasToString("\"payroll run\" (asked for each day)");
    }

    @Test
    void an_open_ended_one_is_a_question_about_a_day() {
        Blackout payroll = Blackout.openEnded("payroll run");
        assertThat(payroll.isOpenEnded()).isTrue();
        assertThat(payroll.question(LAST)).isEqualTo("Is the blackout \"payroll run\" in force on 2027-01-06?");
        assertThat(Blackout.on("freeze", FIRST, LAST).isOpenEnded()).isFalse();
        assertThat(new BlackoutAnswer("payroll run", LAST, false))
                .hasToString("the blackout \"payroll run\" is not in force on 2027-01-06");
        assertThat(new BlackoutAnswer("payroll run", LAST, true))
                .hasToString("the blackout \"payroll run\" is in force on 2027-01-06");
    }

    @Test
    void those_of_the_same_name_and_time_are_equal() {
        assertThat(Blackout.on("a", List.of(LAST, FIRST)))
                .isEqualTo(Blackout.on("a", Set.of(FIRST, LAST)))
                .hasSameHashCodeAs(Blackout.on("a", Set.of(FIRST, LAST)))
                .isNotEqualTo(Blackout.on("a", FIRST, LAST))
                .isNotEqualTo(Blackout.on("b", Set.of(FIRST, LAST)));
        assertThat(Blackout.openEnded("a")).isEqualTo(Blackout.openEnded("a")).isNotEqualTo(Blackout.openEnded("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a\nb", "a\rb", "a\u0000", "\u001b[31mred", "a\u2028b"})
    void a_name_is_one_line_of_text(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blackout.openEnded(name))
                .withMessageContaining("name must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlackoutAnswer(name, FIRST, true))
                .withMessageContaining("blackout must");
    }

    @Test
    void days_out_of_order_or_of_no_calendar_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blackout.on("a", LAST, FIRST))
                .withMessageContainingAll("last must not be before first", "2026-12-18", "2027-01-06");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blackout.on("a", FIRST, LocalDate.MAX))
                .withMessageContainingAll("last", "years 1 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blackout.on("a", Set.of(LocalDate.MIN)))
                .withMessageContainingAll("days", "years 1 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blackout.between("a", Instant.EPOCH, Instant.EPOCH))
                .withMessageContaining("to must be after from");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blackout.between("a", Instant.EPOCH, Instant.MAX))
                .withMessageContainingAll("to", "years 1 to 9999");
    }

    @Test
    void a_calendar_without_a_day_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blackout.on("bank holidays", Set.of()))
                .withMessageContainingAll("days", "at least one");
    }

    @Test
    @SuppressWarnings({"DataFlowIssue", "NullAway"})
    void what_is_missing_is_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> Blackout.openEnded(null))
                .withMessageContaining("name");
        assertThatNullPointerException()
                .isThrownBy(() -> Blackout.on("a", null, LAST))
                .withMessageContaining("first");
        assertThatNullPointerException()
                .isThrownBy(() -> Blackout.on("a", FIRST, null))
                .withMessageContaining("last");
        assertThatNullPointerException()
                .isThrownBy(() -> Blackout.between("a", Instant.EPOCH, null))
                .withMessageContaining("to");
        assertThatNullPointerException()
                .isThrownBy(() -> new BlackoutAnswer("a", null, true))
                .withMessageContaining("day");
    }
}
