package dev.golive.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final Instant NINE = Instant.parse("2027-03-02T09:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void a_span_has_its_slots() {
        Slots slots = Slots.between(NINE, NINE.plusSeconds(180), MINUTE);

        assertThat(slots).isEqualTo(new Slots(NINE, MINUTE, 3));
        assertThat(slots.at(0)).isEqualTo(NINE);
        assertThat(slots.at(2)).isEqualTo(NINE.plusSeconds(120));
        assertThat(slots.end()).isEqualTo(NINE.plusSeconds(180));
        assertThatThrownBy(() -> slots.at(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void a_beginning_within_a_slot_is_moved_back_to_its_beginning() {
        Slots slots = Slots.between(
                NINE.plusSeconds(59).plusNanos(1), NINE.plusSeconds(119).plusNanos(1), MINUTE);

        assertThat(slots).isEqualTo(new Slots(NINE, MINUTE, 1));
        assertThat(Slots.floor(Instant.ofEpochSecond(-1), MINUTE)).isEqualTo(Instant.ofEpochSecond(-60));
    }

    @Test
    void what_are_no_whole_slots_is_refused() {
        assertThatThrownBy(() -> Slots.between(NINE, NINE.plusSeconds(90), MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to must be whole slots of 1 min");
        assertThatThrownBy(() -> Slots.between(NINE, NINE, MINUTE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Slots.between(NINE, NINE.minusSeconds(60), MINUTE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Slots.floor(NINE, Duration.ofMillis(500)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Slots.floor(NINE, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Slots(NINE.plusSeconds(1), MINUTE, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Slots(NINE, MINUTE, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
