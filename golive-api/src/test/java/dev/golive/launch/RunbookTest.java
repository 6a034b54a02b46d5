package dev.golive.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Checklist;
import dev.golive.launch.Parts.Asked;
import dev.golive.launch.Parts.Doing;
import dev.golive.launch.Parts.Room;
import dev.golive.launch.Parts.Site;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RunbookTest {

    private static final Checklist LIST =
            Checklist.named("before").require(new Asked("all is well")).build();

    private static String expected() throws IOException {
        try (InputStream in = Objects.requireNonNull(RunbookTest.class.getResourceAsStream("shop.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_plan_reads_as_the_runbook_that_a_person_would_print() throws IOException {
        assertThat(new Shop().plan().build().describe()).isEqualTo(expected());
    }

    @Test
    void the_same_plan_gives_the_same_text_and_the_same_digest() {
        LaunchPlan one = new Shop().plan().build();
        LaunchPlan other = new Shop().plan().build();
        assertThat(one.describe()).isEqualTo(other.describe());
        assertThat(one.digest()).isEqualTo(other.digest());
    }

    @Test
    void what_going_back_loses_is_said_from_the_first_action_on_and_adds_up() {
        String text = LaunchPlan.named("Shop", Shop.ZONE)
                .moment(Moment.at(T.minusHours(1)).check(LIST))
                .moment(Moment.at(T).then(Doing.of("one")))
                .moment(Moment.at(T.plusHours(1)).then(Doing.of("two")).losing("orders"))
                .moment(Moment.at(T.plusHours(2)).then(Doing.of("three")))
                .build()
                .describe();
        assertThat(text.lines().filter(line -> line.startsWith("Lost by going back")))
                .containsExactly(
                        "Lost by going back from here on: **nothing**.",
                        "Lost by going back from here on: **orders (since T+1h)**.",
                        "Lost by going back from here on: **orders (since T+1h)**.");
    }

    @Test
    void very_many_checkpoints_are_counted_and_not_listed() {
        String text = LaunchPlan.named("Shop", Shop.ZONE)
                .watch(Watch.probing(Probe.of("health", new Asked("it is well")).every(seconds(30)))
                        .checkpoints(seconds(1), H.plusDays(30_000), LIST))
                .build()
                .describe();
        assertThat(text).contains("2592000001 checkpoints").contains("H+ 0:00, 0:00:01, 0:00:02, ..., 720000:00.");
    }

    @Test
    void a_plan_of_which_nothing_is_known_is_described_too() {
        String text = LaunchPlan.named("Shop", Shop.ZONE).build().describe();
        assertThat(text)
                .startsWith("# Shop\n")
                .contains("The plan names no roles.", "Window: any time.", "The plan has no way back.");
    }

    // ---- whatever people write

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "a | b",
                        "`code` and ``more``",
                        "<script>alert(1)</script>",
                        "first\nsecond",
                        "\r\n| x |",
                        "# heading #",
                        "**bold** _under_ ~~gone~~",
                        "\u2028line\u2029",
                        "ends with \\",
                        "[link](https://shop.example)",
                        "1. one",
                        "$x$ &amp; &"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40).filter(text -> !text.isBlank()));
    }

    @Property(tries = 300)
    void no_text_of_a_person_breaks_a_table_a_list_or_a_heading(
            @ForAll("words") String a, @ForAll("words") String b, @ForAll @IntRange(min = 0, max = 63) int parts) {
        String calm = described("calm", a.equals(b) ? "calm" : "words", parts);
        String wild = described(a, b, parts);
        List<String> wildLines = wild.lines().toList();
        List<String> calmLines = calm.lines().toList();
        assertThat(wildLines).hasSameSizeAs(calmLines);
        for (int i = 0; i < calmLines.size(); i++) {
            assertThat(structure(wildLines.get(i))).isEqualTo(structure(calmLines.get(i)));
        }
        assertThat(wild).doesNotContain("<", "\r", "\u2028").doesNotContainPattern("(?m)^#.*[^\\\\]#$");
    }

    /** How a line begins, and how many cells it has. */
    private static String structure(String line) {
        String begin = line.replaceFirst("^( *)(#+ |\\| |\\|-|- \\[ ] |- |\\d+\\. |$)?.*$", "$1$2");
        long bars = line.replaceAll("\\\\.", "").chars().filter(c -> c == '|').count();
        return begin + bars;
    }

    private static String described(String a, String b, int parts) {
        Site site = Site.of(a);
        Doing doing = new Doing(b, a, dev.golive.Action.Kind.DESTRUCTIVE, (parts & 1) != 0);
        Checklist list = Checklist.named(a)
                .require(new Asked(b).as("x " + a).because(a).ownedBy(b))
                .build();
        Probe probe = Probe.of(b, new Asked(a)).every(seconds(30));
        LaunchPlan.Builder plan = LaunchPlan.named(a, Shop.ZONE).role(a, b);
        if ((parts & 2) != 0) {
            plan.moment(
                    Moment.at(T.minusDays(1)).named(b).check(list).ownedBy(a).losing(b));
        }
        plan.moment(Moment.at(T)
                .then(doing, site.deploy(b))
                .identity(site.deploy(b), new Asked(a))
                .gate(list)
                .announce(Announcement.of(Room.of(a), b.replace("{", "(")).audience(a)));
        if ((parts & 4) != 0) {
            plan.watch(Watch.probing(probe)
                    .checkpoints(minutes(30), H.plusHours(2), list)
                    .heartbeat(Room.of(b), minutes(1)));
        }
        if ((parts & 8) != 0) {
            plan.rollback(RollbackPolicy.automatic(site)
                    .when(probe.failingFor(minutes(3)))
                    .whenReported("1" + b)
                    .by(a)
                    .neverFor("2" + a, b)
                    .leaves(doing, a)
                    .approvedBy(a)
                    .verify(new Asked(b))
                    .build());
        }
        if ((parts & 16) != 0) {
            plan.migration(doing, Compatibility.fixForwardOnly(b))
                    .escalate(minutes(1), Room.of(a))
                    .emergency(
                            Emergency.signedBy(a).neverSkip(new Asked(a).as(b)).afterwards(b, minutes(3)));
        }
        if ((parts & 32) != 0) {
            plan.recoveryPoint(minutes(3), new Asked(b))
                    .decision(T.minusHours(1), b)
                    .inform(Room.of(b));
        }
        return plan.build().describe();
    }
}
