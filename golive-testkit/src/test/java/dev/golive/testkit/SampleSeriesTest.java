package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleSeriesTest {

    private static final Instant START = Instant.parse("2027-03-02T09:00:00Z");
    private static final Duration HALF_MINUTE = Duration.ofSeconds(30);

    @Test
    void each_word_is_a_slot() {
        SampleSeries series = series("OK B ? X E L W _ OK");

        assertThat(series.samples())
                .extracting(Sample::reading)
                .containsExactly(
                        Sample.Reading.OK,
                        Sample.Reading.BREACH,
                        Sample.Reading.UNKNOWN,
                        Sample.Reading.UNKNOWN,
                        Sample.Reading.UNKNOWN,
                        Sample.Reading.UNKNOWN,
                        Sample.Reading.UNKNOWN,
                        Sample.Reading.OK);
        assertThat(series.samples().subList(2, 7))
                .extracting(Sample::kind)
                .containsExactly(
                        Sample.Kind.MISSING,
                        Sample.Kind.MISSING,
                        Sample.Kind.CHECK_ERROR,
                        Sample.Kind.LOW_SAMPLE,
                        Sample.Kind.WARM_UP);
        assertThat(series.samples().get(7).slotAt()).isEqualTo(START.plusSeconds(240));
        assertThat(series.end()).isEqualTo(START.plusSeconds(270));
    }

    @Test
    void a_word_can_be_repeated_before_and_after() {
        assertThat(series("3xOK B*2 0xB").samples()).hasSize(5);
        assertThat(series("2x_ B").samples())
                .singleElement()
                .extracting(Sample::slotAt)
                .isEqualTo(START.plusSeconds(60));
    }

    @Test
    void counts_may_carry_percentiles() {
        assertThat(series("5/100,p99=2500,p99.9=3000.5").samples())
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.counts())
                            .isEqualTo(new MetricSource.Counts(5, 100, Map.of(99.0, 2500.0, 99.9, 3000.5)));
                    assertThat(sample.finishedAt()).isEqualTo(START.plusSeconds(30));
                });
        assertThat(series("0/0").samples())
                .singleElement()
                .extracting(Sample::kind)
                .isEqualTo(Sample.Kind.MISSING);
    }

    @Test
    void parentheses_mean_maintenance() {
        assertThat(series("B 2x(B) (1/2)").samples())
                .extracting(Sample::maintenance)
                .containsExactly(false, true, true, true);
    }

    @Test
    void two_series_are_merged_by_time() {
        SampleSeries other = SampleSeries.of("other", START.plusSeconds(15), HALF_MINUTE, "B B");

        assertThat(series("OK OK").and(other).samples())
                .extracting(Sample::signal)
                .containsExactly("health", "other", "health", "other");
        assertThat(series("OK OK").and(other).end()).isEqualTo(START.plusSeconds(75));
    }

    @Test
    void nothing_is_no_sample() {
        assertThat(series("  \n ").samples()).isEmpty();
        assertThat(series("").end()).isEqualTo(START);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok",
                "BB",
                "5/",
                "/5",
                "6/5",
                "5/100,",
                "5/100,p=3",
                "5/100,p101=3",
                "5/100,p99=NaN",
                "5/100,p99=1,x",
                "()",
                "((B",
                "x",
                "3x",
                "*3",
                "-1xOK",
                "OK*-1",
                "0xbad",
                "99999999999xOK",
                "1000001xOK",
                "OK*1000001",
                "3x3xOK",
                "OK*3*3",
                "٣xOK",
                "5/1000000000000000000000",
                "5/100,p99=1e400",
                "B,p99=3",
                "\u0000"
            })
    void a_word_that_means_nothing_is_refused(String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> series("OK " + word))
                .withMessageContaining("notation");
    }

    @Test
    void missing_and_impossible_arguments_are_refused() {
        assertThatNullPointerException().isThrownBy(() -> SampleSeries.of("health", START, HALF_MINUTE, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleSeries.of(" ", START, HALF_MINUTE, "OK"))
                .withMessageContaining("signal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleSeries.of("health", START, Duration.ZERO, "OK"))
                .withMessageContaining("interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleSeries.of("health", Instant.MAX, HALF_MINUTE, "OK"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleSeries.of("health", START, Duration.ofSeconds(Long.MAX_VALUE), "OK OK"));
    }

    @Property(tries = 500)
    void any_text_is_read_or_refused_with_a_reason(
            @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '~') String text) {
        try {
            series(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("notation");
        }
    }

    private static SampleSeries series(String notation) {
        return SampleSeries.of("health", START, HALF_MINUTE, notation);
    }
}
