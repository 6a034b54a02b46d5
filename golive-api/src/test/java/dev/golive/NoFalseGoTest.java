package dev.golive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Random checklists with random outcomes: none comes to a GO that it has not earned. */
class NoFalseGoTest {

    private static final Environment PLACE = Environment.named("staging");
    private static final Person BOSS = Person.human("ann", "boss");
    private static final GoLive GOLIVE = GoLive.builder()
            .waivers(
                    Waiver.of("I1", BOSS, "accepted", Instant.parse("2999-01-01T00:00:00Z")),
                    Waiver.of("I2", BOSS, "accepted", Instant.parse("2001-01-01T00:00:00Z")),
                    Waiver.of("I3", Person.automation("bot", "boss"), "no", Instant.parse("2999-01-01T00:00:00Z")))
            .answers(Answers.of())
            .allowTrials(PLACE)
            .build();

    @AfterContainer
    static void close() {
        GOLIVE.close();
    }

    @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
    void no_verdict_is_a_go_unless_everything_required_passed_or_does_not_apply(@ForAll long seed) {
        Random random = new Random(seed);
        Report report = GOLIVE.run(list(random), PLACE);
        boolean good = report.results().stream()
                .filter(ItemResult::isRequired)
                .allMatch(r -> r.status() == Status.PASSED || r.status() == Status.NOT_APPLICABLE);
        boolean any = report.results().stream()
                .anyMatch(r -> r.isRequired() && r.kind() != Item.Kind.PRECONDITION && r.status() == Status.PASSED);
        if (report.verdict() == Verdict.GO) {
            assertThat(good).as("%s", report.results()).isTrue();
            assertThat(any).as("%s", report.results()).isTrue();
            assertThat(report.reasons()).isEmpty();
        } else {
            assertThat(report.reasons()).isNotEmpty();
        }
        if (report.verdict() == Verdict.CONDITIONAL_GO) {
            assertThat(report.results())
                    .filteredOn(ItemResult::isRequired)
                    .allMatch(r -> r.status().lets());
        }
        for (ItemResult result : report.results()) {
            honest(result);
        }
        assertThat(Report.fromJson(report.toJson()).verdict()).isEqualTo(report.verdict());
    }

    /** The sentence of every check says what it will come to, so a result can be held against it. */
    private static void honest(ItemResult result) {
        if (result.status() == Status.PASSED) {
            assertThat(result.sentence()).contains("PASSED");
        }
        if (result.status() == Status.NOT_APPLICABLE) {
            assertThat(result.sentence()).as(result.toString()).contains("onlyif FAILED");
        }
        if (result.status() == Status.WAIVED) {
            assertThat(result.id()).isEqualTo("I1");
        }
        if (!result.status().lets()) {
            assertThat(result.why()).as(result.toString()).isNotBlank();
        }
    }

    private static Checklist list(Random random) {
        Checklist.Builder list = Checklist.named("random");
        if (random.nextInt(4) == 0) {
            list.given(check("p" + random.nextInt(3), random.nextInt(3) > 0 ? 0 : random.nextInt(6)));
        }
        List<Item> earlier = new ArrayList<>();
        int size = 1 + random.nextInt(8);
        // mostly good lists, or every second property would be about a list that is hopeless anyway
        int bad = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            int outcome = random.nextInt(10) < bad * 2 ? random.nextInt(6) : 0;
            Item item;
            int kind = random.nextInt(20);
            int conditionOutcome = random.nextInt(3) == 0 ? random.nextInt(6) : 0;
            boolean conditional = random.nextInt(4) == 0;
            String condition = conditional ? " onlyif " + word(conditionOutcome) : "";
            if (kind == 0) {
                item = Confirmation.of("I" + i, "somebody confirms" + condition).freshFor(Duration.ofDays(1));
            } else if (kind == 1) {
                item = trial("i" + i + " " + word(outcome) + condition, outcome)
                        .as("I" + i)
                        .freshFor(Duration.ofDays(1));
            } else {
                List<Check> needs = random.nextInt(5) == 0
                        ? List.of(check("shared", random.nextInt(3) > 0 ? 0 : outcome))
                        : List.of();
                item = check("i" + i + condition, outcome, needs).as("I" + i);
            }
            if (conditional) {
                item = item.onlyIf(check("condition of i" + i, conditionOutcome));
            }
            if (!earlier.isEmpty() && random.nextInt(3) == 0) {
                item = item.after(earlier.get(random.nextInt(earlier.size())));
            }
            if (random.nextInt(10) == 0) {
                item = item.from("elsewhere");
            }
            earlier.add(item);
            if (random.nextInt(4) == 0) {
                list.recommend(item);
            } else {
                list.require(item);
            }
        }
        return list.build();
    }

    private static String word(int outcome) {
        return List.of("PASSED", "WARNED", "FAILED", "UNKNOWN", "THROWN", "UNREACHABLE")
                .get(outcome);
    }

    private static Check check(String name, int outcome) {
        return check(name, outcome, List.of());
    }

    private static Check check(String name, int outcome, List<Check> needs) {
        String sentence = name + " is " + word(outcome);
        return new Check() {
            @Override
            public String sentence() {
                return sentence;
            }

            @Override
            public Outcome examine(CheckContext context) {
                return outcome(outcome);
            }

            @Override
            public List<Check> preconditions() {
                return needs;
            }
        };
    }

    private static Outcome outcome(int outcome) {
        return switch (outcome) {
            case 0 -> Outcome.passed();
            case 1 -> Outcome.warned("so so");
            case 2 -> Outcome.failed("wrong");
            case 3 -> Outcome.unknown("dark");
            case 5 -> Outcome.unreachable("silent");
            default -> throw new IllegalStateException("bug");
        };
    }

    private static Trial trial(String sentence, int outcome) {
        return new Trial() {
            @Override
            public String sentence() {
                return sentence;
            }

            @Override
            public String writes() {
                return "nothing really";
            }

            @Override
            public String cost() {
                return "nothing";
            }

            @Override
            public Outcome perform(CheckContext context) {
                return outcome(outcome);
            }

            @Override
            public void cleanUp(CheckContext context) {}
        };
    }
}
