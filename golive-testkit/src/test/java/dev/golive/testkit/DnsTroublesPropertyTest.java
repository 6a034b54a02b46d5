package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for the troubles of names, whatever is asked. */
class DnsTroublesPropertyTest {

    private static final List<String> QUESTIONS =
            List.of("A shop.example", "A www.shop.example", "TXT a.shop.example", "NS shop.example");
    private static final List<String> SERVERS = List.of("192.0.2.53", "192.0.2.54", "192.0.2.1");

    @Property(tries = 40)
    void ids_are_distinct_and_alike_for_fakes_that_are_set_up_alike(
            @ForAll @IntRange(min = 0, max = 4_095) int chosen) {
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            if ((chosen & 1 << i) != 0) {
                asked.add(QUESTIONS.get(i % 4) + " at " + SERVERS.get(i / 4));
            }
        }
        VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        try (DnsFake one = DnsTroublesTest.set(time);
                DnsFake other = DnsTroublesTest.set(time)) {
            List<Trouble> troubles = one.troubles(Set.copyOf(asked));
            assertThat(troubles)
                    .extracting(Trouble::id)
                    .doesNotHaveDuplicates()
                    .isEqualTo(other.troubles(Set.copyOf(asked)).stream()
                            .map(Trouble::id)
                            .toList());
            assertThat(troubles).allMatch(trouble -> asked.stream().anyMatch(trouble::concerns));
        }
    }
}
