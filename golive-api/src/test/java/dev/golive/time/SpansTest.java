package dev.golive.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SpansTest {

    @Test
    void a_span_reads_as_a_person_writes_it() {
        assertThat(Spans.text(Spans.minutes(3))).isEqualTo("3 min");
        assertThat(Spans.text(Spans.seconds(90))).isEqualTo("1 min 30 s");
        assertThat(Spans.text(Spans.millis(250))).isEqualTo("250 ms");
        assertThat(Spans.text(Spans.days(21))).isEqualTo("21 d");
        assertThat(Spans.text(Spans.hours(26))).isEqualTo("1 d 2 h");
        assertThat(Spans.text(Duration.ZERO)).isEqualTo("0 s");
        assertThat(Spans.text(Duration.ofNanos(5))).isEqualTo("under 1 ms");
        assertThat(Spans.text(Duration.ofSeconds(-5))).isEqualTo("-5 s");
        assertThat(Spans.text(Spans.days(1).plusMillis(5))).isEqualTo("1 d 5 ms");
    }

    @Property(tries = 300)
    void every_span_can_be_written_in_at_most_two_units(@ForAll long seconds, @ForAll int nanos) {
        Duration span = Duration.ofSeconds(seconds);
        if (seconds > Long.MIN_VALUE + 5 && seconds < Long.MAX_VALUE - 5) {
            span = span.plusNanos(nanos);
        }
        assertThat(Spans.text(span)).matches("-?(\\d+ (d|h|min|s|ms)( \\d+ (h|min|s|ms))?|under 1 ms)");
    }
}
