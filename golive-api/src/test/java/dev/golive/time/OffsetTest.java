package dev.golive.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OffsetTest {

    private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(STOCKHOLM).toInstant();
    }

    @Test
    void days_keep_the_wall_time_across_a_change_of_daylight_saving() {
        // the clocks went forward on 28 March 2027
        Instant launch = at("2027-03-30T10:00");
        assertThat(Offset.T.minusDays(7).from(launch, STOCKHOLM)).isEqualTo(at("2027-03-23T10:00"));
        assertThat(Duration.between(Offset.T.minusDays(7).from(launch, STOCKHOLM), launch))
                .isEqualTo(Duration.ofHours(7 * 24 - 1));
    }

    @Test
    void hours_and_minutes_are_exact_across_a_change_of_daylight_saving() {
        Instant launch = at("2027-03-28T12:00");
        assertThat(Offset.T.minusHours(24).from(launch, STOCKHOLM)).isEqualTo(at("2027-03-27T11:00"));
        assertThat(Offset.T.plusMinutes(90).from(launch, STOCKHOLM)).isEqualTo(at("2027-03-28T13:30"));
    }

    @Test
    void days_are_applied_before_hours() {
        Instant launch = at("2027-03-29T01:00");
        // a day back is 01:00 on the day of the change; two hours later it is 04:00 there
        assertThat(Offset.T.plusHours(2).minusDays(1).from(launch, STOCKHOLM)).isEqualTo(at("2027-03-28T04:00"));
    }

    @Test
    void it_reads_as_in_a_runbook() {
        assertThat(Offset.T).hasToString("T");
        assertThat(Offset.T.minusDays(7)).hasToString("T-7d");
        assertThat(Offset.H.plusMinutes(30)).hasToString("H+30m");
        assertThat(Offset.T.minusDays(1).minusHours(2)).hasToString("T-1d-2h");
        assertThat(Offset.H.plusHours(48)).hasToString("H+48h");
        assertThat(Offset.T.minusMinutes(90)).hasToString("T-90m");
        assertThat(Offset.T.minusDays(1).plusDays(1)).isEqualTo(Offset.T).hasSameHashCodeAs(Offset.T);
        assertThat(Offset.T).isNotEqualTo(Offset.H);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds()).map(ZoneId::of);
    }

    @Property(tries = 500)
    void whole_days_keep_the_date_arithmetic_of_the_calendar_in_every_zone(
            @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
            @ForAll @IntRange(min = 0, max = 400) int days) {
        ZonedDateTime launch = Instant.ofEpochSecond(second).atZone(zone);
        ZonedDateTime moved =
                Offset.T.plusDays(days).from(launch.toInstant(), zone).atZone(zone);
        // a wall time that does not exist on that day is moved on by the gap, which may be a whole day in the Pacific
        assertThat(Duration.between(launch.toLocalDateTime().plusDays(days), moved.toLocalDateTime()))
                .isBetween(Duration.ZERO, Duration.ofHours(24));
        boolean exists = zone.getRules()
                        .getValidOffsets(launch.toLocalDateTime().plusDays(days))
                        .size()
                > 0;
        if (exists) {
            assertThat(moved.toLocalDateTime())
                    .isEqualTo(launch.toLocalDateTime().plusDays(days));
        }
    }

    @Property(tries = 300)
    void minutes_are_exact_in_every_zone(
            @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
            @ForAll @IntRange(min = 0, max = 1_000_000) int minutes) {
        Instant launch = Instant.ofEpochSecond(second);
        assertThat(Offset.T.plusMinutes(minutes).from(launch, zone)).isEqualTo(launch.plusSeconds(60L * minutes));
        assertThat(Offset.H.minusMinutes(minutes).from(launch, zone)).isEqualTo(launch.minusSeconds(60L * minutes));
    }
}
