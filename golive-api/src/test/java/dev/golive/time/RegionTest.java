package dev.golive.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Stockholm",
                "America/Argentina/Buenos_Aires",
                "America/St_Johns",
                "US/Pacific",
                "Asia/Kolkata",
                "UTC",
                "Etc/UTC"
            })
    void a_region_and_utc_are_taken_as_they_are(String id) {
        assertThat(LaunchWindows.region(id)).isEqualTo(ZoneId.of(id));
        assertThat(LaunchWindows.region(ZoneId.of(id)).getId()).isEqualTo(id);
        assertThat(LaunchWindows.in(ZoneId.of(id)).zone().getId()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "CET, such as Europe/Stockholm",
        "MET, such as Europe/Stockholm",
        "EST, such as America/New_York",
        "PST, such as America/Los_Angeles",
        "EST5EDT, such as America/New_York",
        "Japan, such as Asia/Tokyo",
        "Singapore, such as Asia/Singapore",
        "europe/stockholm, such as Europe/Stockholm",
        "London, such as Europe/London",
        "NZ, such as Pacific/Auckland",
        "Poland, such as Europe/Warsaw",
        "+02:00, such as Europe/Stockholm",
        "GMT+1, such as Europe/Stockholm",
        "UTC+2, such as Europe/Stockholm",
        "Etc/GMT-1, such as Europe/Stockholm",
        "SystemV/EST5, such as Europe/Stockholm",
        "Z, 'use UTC,'",
        "GMT, 'use UTC,'",
        "Zulu, 'use UTC,'",
        "UT, 'use UTC,'"
    })
    void anything_else_is_refused_with_a_proposal(String id, String proposal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaunchWindows.region(id))
                .withMessageContainingAll("zone must be the id of a region", proposal);
    }

    @Test
    void a_zone_that_is_no_region_is_refused_too() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaunchWindows.in(ZoneOffset.ofHours(2)))
                .withMessageContainingAll("\"+02:00\"", "Europe/Stockholm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaunchWindows.region(ZoneId.of("GMT+1")))
                .withMessageContaining("\"GMT+01:00\"");
    }

    @Test
    @SuppressWarnings({"DataFlowIssue", "NullAway"})
    void what_is_missing_is_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> LaunchWindows.region((String) null))
                .withMessageContaining("zone");
        assertThatNullPointerException()
                .isThrownBy(() -> LaunchWindows.in(null))
                .withMessageContaining("zone");
    }

    @Property(tries = 300)
    void whatever_the_text_it_is_a_region_or_refused_in_a_short_message(@ForAll String text) {
        try {
            assertThat(LaunchWindows.region(text).getId()).isEqualTo(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).contains("such as").hasSizeLessThan(300);
        }
    }
}
