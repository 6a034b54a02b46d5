package dev.golive.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Fact;
import dev.golive.Report;
import dev.golive.SampleReports;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of one checkpoint beside those of the one before. */
class TrendsTest {

    private static List<String> between(String before, String now) {
        return Trends.between(
                SampleReports.found(Fact.of("days left", before)), SampleReports.found(Fact.of("days left", now)));
    }

    @ParameterizedTest
    @CsvSource({
        "20, 19, falling",
        "9, 10, rising",
        "-1, 1, rising",
        "0.5, 0.25, falling",
        "PT5M, PT1H, rising",
        "P2D, PT3H, falling",
        "250 ms, 1 s, rising",
        "1 min 30 s, 89 s, falling",
        "-3 s, 1 s, rising",
        "123456789012345678, 123456789012345679, rising"
    })
    void a_number_or_duration_that_changed_is_told(String before, String now, String how) {
        assertThat(between(before, now)).containsExactly("C12 days left: " + before + " -> " + now + " (" + how + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "20, 20",
        "20, 20.0",
        "20, twenty",
        "20, 3 min",
        "60 s, 1 min",
        "1.2.3, 1.2.4",
        "NaN, 1",
        "1e999999999, 1",
        "0x10, 9",
        "1, 99999999999999999999999999999999",
        "PTx, PTy",
        "P, PT",
        "PT99999999999999999999S, PT1S",
        "'', 1",
        "2027-03-02, 2027-03-03"
    })
    void what_did_not_change_or_is_no_number_is_not_told(String before, String now) {
        assertThat(between(before, now)).isEmpty();
    }

    @Test
    void two_facts_of_one_name_cannot_be_told_apart() {
        Report before = SampleReports.found(Fact.of("ms", 1), Fact.of("ms", 2));
        assertThat(Trends.between(before, SampleReports.found(Fact.of("ms", 3))))
                .isEmpty();
        assertThat(Trends.between(SampleReports.found(Fact.of("ms", 3)), before))
                .isEmpty();
    }

    @Test
    void a_fact_or_item_that_was_not_there_before_is_not_told() {
        assertThat(Trends.between(SampleReports.found(), SampleReports.found(Fact.of("ms", 3))))
                .isEmpty();
        assertThat(Trends.between(SampleReports.launch(), SampleReports.found(Fact.of("ms", 3))))
                .isEmpty();
    }

    @Property(tries = 300)
    void no_text_breaks_it(@ForAll String before, @ForAll String now) {
        assertThat(between(before, now).size()).isLessThanOrEqualTo(1);
        assertThat(between(before, before)).isEmpty();
    }
}
