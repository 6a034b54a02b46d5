package dev.golive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.internal.Ids;
import dev.golive.report.ReportFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a report that is sent around no longer says, and what it still does. */
class SharingTest {

    private static final Environment PRODUCTION = Environment.production("production")
            .host("shop.example", "203.0.113.10", "2001:db8::10")
            .account("aws", "123456789012");

    @Test
    void no_address_is_left_wherever_it_stood() {
        Report shared = share(
                result("203.0.113.10:5432 is closed", d -> {
                    d.why = "203.0.113.10 answered";
                    d.facts = List.of(Fact.of("address", "2001:db8::10", "203.0.113.10"));
                    d.because = "2001:db8::10 is ours";
                    d.elsewhere = "203.0.113.99";
                }),
                result("2001:db8:0:1::10 is open", d -> {
                    d.status = Status.BLOCKED;
                    d.blockedBy = List.of("203.0.113.10-5432-is-closed");
                }));
        for (ReportFormat format : ReportFormat.all()) {
            assertThat(format.render(shared)).as(format.name()).doesNotContain("203.0.113", "2001", "db8");
        }
        assertThat(shared.environment().hosts()).containsExactly("shop.example");
    }

    @Test
    void a_blocked_item_still_names_its_cause() {
        Report shared = share(result("203.0.113.10 is up", d -> d.status = Status.FAILED), result("The rest", d -> {
            d.status = Status.BLOCKED;
            d.blockedBy = List.of("203.0.113.10-is-up");
        }));
        assertThat(shared.result("the-rest").orElseThrow().blockedBy())
                .containsExactly(shared.results().get(0).id());
    }

    @Test
    void items_that_become_alike_keep_ids_of_their_own() {
        Report shared = share(result("203.0.113.10 is up", d -> {}), result("203.0.113.11 is up", d -> {}));
        assertThat(shared.results()).extracting(ItemResult::id).doesNotHaveDuplicates();
    }

    @Test
    void no_account_is_left() {
        Report shared = share(result("Account 123456789012 is ours", d -> {}));
        assertThat(shared.toJson()).doesNotContain("123456789012").contains("[account]");
    }

    @Test
    void persons_are_taken_out_as_names_and_not_as_parts_of_words() {
        Report shared = share(result(
                "The planning is done",
                d -> d.facts = List.of(
                        Fact.of("person", "ann"),
                        Fact.of("person", "ann.smith"),
                        Fact.of("seen", "ann.smith and ann, by plan"))));
        assertThat(shared.results().get(0).sentence()).isEqualTo("The planning is done");
        assertThat(shared.results().get(0).fact("seen")).contains("[person] and [person], by plan");
    }

    @Test
    void times_versions_and_the_verdict_stay() {
        Report shared = share(result(
                "Version 1.2.3 is live since 12:30:45",
                d -> d.facts = List.of(Fact.of("at", "2026-11-20T11:40:02Z"), Fact.of("version", "1.2.3"))));
        assertThat(shared.results().get(0).sentence()).isEqualTo("Version 1.2.3 is live since 12:30:45");
        assertThat(shared.results().get(0).fact("at")).contains("2026-11-20T11:40:02Z");
        assertThat(shared.verdict()).isEqualTo(Verdict.GO);
    }

    private static Report share(ItemResult... results) {
        Report.Source source =
                new Report.Source("List", "d", null, "203.0.113.77", Instant.EPOCH, Duration.ofSeconds(1));
        return new Report(PRODUCTION, List.of(source), List.of(results), List.of("seen from 203.0.113.77"))
                .forSharing();
    }

    private static ItemResult result(String sentence, Consumer<ItemResult.Draft> rest) {
        ItemResult.Draft draft = new ItemResult.Draft(Ids.from(sentence), sentence);
        draft.list = "List";
        draft.status = Status.PASSED;
        rest.accept(draft);
        return new ItemResult(draft);
    }
}
