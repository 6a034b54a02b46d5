package dev.golive.launch;

import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.launch.Parts.Asked;
import dev.golive.launch.Parts.Doing;
import dev.golive.rollback.RollbackPolicy;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is printed of the way back, beside what the engine does. */
class WayBackTest {

    private static final List<String> ORDER = List.of(
            "unmigrate-orders",
            "unmigrate-books",
            "back-web",
            "back-api",
            "drain",
            "tell",
            "undo-third",
            "undo-second",
            "undo-first");

    private final Shop shop = new Shop();
    private final Doing books = Doing.migration("migrate-books");
    private final Doing first = Doing.of("first");
    private final Doing second = Doing.of("second");
    private final Doing third = Doing.of("third");

    private LaunchPlan plan() {
        RollbackPolicy policy = RollbackPolicy.of(shop.web, shop.api)
                .whenReported("WRONG_BALANCE")
                .by("incident-commander")
                .undoes(second, Doing.of("undo-second"))
                .undoes(first, Doing.of("undo-first"))
                .undoes(third, Doing.of("undo-third"))
                .then(Doing.of("drain"))
                .then(Doing.of("tell"))
                .verify(new Asked("it answers"))
                .build();
        return LaunchPlan.named("Shop 1.0", Shop.ZONE)
                .moment(Moment.at(T)
                        .then(shop.migrate)
                        .then(books)
                        .then(first)
                        .then(second)
                        .then(shop.deployWeb, shop.deployApi))
                .moment(Moment.at(T.plusMinutes(30)).then(third))
                .migration(shop.migrate, Compatibility.downMigration(shop.unmigrate))
                .migration(books, Compatibility.downMigration(Doing.destructive("unmigrate-books")))
                .rollback(policy)
                .build();
    }

    /** What a text names, in the order in which it does so the first time. */
    private static List<String> named(String text, String from, String to, List<String> words) {
        int begin = text.indexOf(from);
        assertThat(begin).as(from).isNotNegative();
        String part = text.substring(begin, text.indexOf(to, begin));
        assertThat(part).contains(words);
        return words.stream().sorted(Comparator.comparing(part::indexOf)).toList();
    }

    @Test
    void the_card_and_the_runbook_have_the_order_in_which_the_engine_goes_back() {
        Going going = Going.of(plan());
        going.course
                .actions()
                .keySet()
                .forEach(id -> going.after(minutes(1), new Event.ActionStarted(Course.LAUNCH + id, 1, "key-" + id)));

        List<String> engine = going.course.wayBack(going.course.everything(), going.state).stream()
                .flatMap(List::stream)
                .map(planned -> planned.action().id())
                .toList();

        List<String> byHand = List.of(
                "unmigrate-orders",
                "unmigrate-books",
                "web: back to",
                "api: back to",
                "drain",
                "tell",
                "undo-third",
                "undo-second",
                "undo-first");
        List<String> printed = byHand.stream()
                .map(word -> word.endsWith(": back to") ? "Bring back **" + word.substring(0, 3) + "**" : word)
                .toList();
        assertThat(engine).isEqualTo(ORDER);
        assertThat(named(BreakGlass.card(going.course, going.state), "THE WAY BACK", "VERIFY", byHand))
                .isEqualTo(byHand);
        assertThat(named(plan().describe().replace("\\", ""), "Bring back", "Left as it is", printed.subList(2, 9)))
                .isEqualTo(printed.subList(2, 9));
    }
}
