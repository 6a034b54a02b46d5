package dev.golive;

import static dev.golive.Canned.counting;
import static dev.golive.Canned.failing;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static dev.golive.Canned.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChecklistTest {

    private static List<String> problems(Checklist.Builder builder) {
        InvalidChecklistException refused = catchThrowableOfType(InvalidChecklistException.class, builder::build);
        assertThat(refused).as("the list was built").isNotNull();
        return refused.problems();
    }

    @Test
    void an_empty_list_asserts_nothing_and_is_refused() {
        assertThat(problems(Checklist.named("x"))).singleElement().asString().contains("asserts nothing");
    }

    @Test
    void two_items_with_one_id_are_refused_with_both_sentences() {
        assertThat(problems(Checklist.named("x")
                        .require(passing("a").as("A"))
                        .require(passing("b").as("A"))))
                .singleElement()
                .asString()
                .contains("A", "\"a\"", "\"b\"", "as(\"...\")");
    }

    @Test
    void two_sentences_that_give_one_id_are_refused() {
        assertThat(problems(Checklist.named("x").require(passing("a b")).require(passing("A-B"))))
                .singleElement()
                .asString()
                .contains("the id a-b is given twice");
    }

    @Test
    void a_dependency_on_what_is_not_in_the_list_is_refused() {
        assertThat(problems(Checklist.named("x")
                        .require(passing("a").as("A").after(passing("b").as("B")))))
                .containsExactly("A comes after B, which is not in the list");
    }

    @Test
    void a_circle_is_refused_and_its_path_named() {
        Item a = passing("a").as("A");
        Item b = passing("b").as("B").after(a);
        Item c = passing("c").as("C").after(b);
        assertThat(problems(Checklist.named("x")
                        .require(passing("z").as("Z").after(c))
                        .require(a.after(c))
                        .require(b)
                        .require(c)))
                .singleElement()
                .asString()
                .endsWith("in a circle: C after B after A after C");
    }

    @Test
    void an_item_after_itself_is_a_circle() {
        Item a = passing("a").as("A");
        assertThat(problems(Checklist.named("x").require(a.after(a))))
                .singleElement()
                .asString()
                .endsWith("A after A");
    }

    @Test
    void a_circle_through_captures_is_refused() {
        Capture<String> x = Capture.of("x", String.class);
        Item b = passing("b").as("B");
        Item a = CaptureTest.writing("a", x, "1").as("A").after(b);
        assertThat(problems(Checklist.named("x")
                        .require(a)
                        .require(CaptureTest.reading("b", x).as("B"))))
                .singleElement()
                .asString()
                .contains("A after B after A");
    }

    @Test
    void all_problems_are_named_at_once() {
        Capture<String> nobody = Capture.of("nobody's", String.class);
        Capture<String> twice = Capture.of("twice", String.class);
        Item missing = passing("missing").as("M");
        InvalidChecklistException refused = catchThrowableOfType(
                InvalidChecklistException.class,
                () -> Checklist.named("x")
                        .require(passing("a").as("A"))
                        .require(passing("b").as("A"))
                        .require(passing("c").as("C").after(missing))
                        .require(CaptureTest.reading("d", nobody).as("D"))
                        .require(CaptureTest.writing("e", twice, "1").as("E"))
                        .require(CaptureTest.writing("f", twice, "1").as("F"))
                        .given(CaptureTest.reading("g", twice))
                        .require(passing("h").as("H").after(passing("i").as("I")))
                        .require(passing("i").as("I").after(passing("h").as("H")))
                        .build());
        assertThat(refused.problems()).hasSize(5 + 8);
        assertThat(refused)
                .hasMessageContaining("the id A is given twice")
                .hasMessageContaining("C comes after M, which is not in the list")
                .hasMessageContaining("D reads nobody's, which no item captures")
                .hasMessageContaining("twice is captured by both E and F")
                .hasMessageContaining("preconditions come before every item")
                .hasMessageContaining("in a circle: H after I after H");
    }

    @Test
    void a_chain_of_100000_items_is_validated_without_deep_recursion() {
        Checklist.Builder list = Checklist.named("chain");
        Item last = passing("0").as("0");
        list.require(last);
        for (int i = 1; i < 100_000; i++) {
            last = passing("x").as(String.valueOf(i)).after(last);
            list.require(last);
        }
        assertThat(list.build().items()).hasSize(100_000);
    }

    @Test
    void a_shared_precondition_that_fails_is_one_root_cause_for_all_its_dependents() {
        Checklist.Builder list = Checklist.named("x").given(failing("the account is ours"));
        for (int i = 0; i < 5; i++) {
            list.require(passing("a" + i));
        }
        Report report = run(list.build());
        assertThat(report.results()).hasSize(6);
        assertThat(report.results(Status.BLOCKED))
                .hasSize(5)
                .allSatisfy(result -> assertThat(result.blockedBy()).containsExactly("given-the-account-is-ours"));
        assertThat(report.results().get(0).kind()).isEqualTo(Item.Kind.PRECONDITION);
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void the_part_of_a_list_that_an_item_needs_has_what_it_comes_after_and_what_it_reads() {
        Capture<String> token = Capture.of("token", String.class);
        Item first = passing("first").as("FIRST");
        Checklist list = Checklist.named("x")
                .given(failing("the account is ours"))
                .require(first)
                .require(passing("somebody else's"))
                .require(CaptureTest.writing("logs in", token, "1").as("LOGIN").after(first))
                .recommend(CaptureTest.reading("buys", token).as("BUY"))
                .build();
        Checklist part = list.only(List.of("BUY"));
        assertThat(part.items()).extracting(Item::id).containsExactly("FIRST", "LOGIN", "BUY");
        assertThat(part.name()).isEqualTo("x");
        assertThat(part.requires("BUY")).isFalse();
        assertThat(run(part).results(Status.BLOCKED)).hasSize(3);
        assertThat(list.only(List.of("somebody-else-s", "FIRST")).items()).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> list.only(List.of("NOBODY")))
                .withMessageContaining("NOBODY");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> list.only(List.of()))
                .withMessageContaining("ids");
    }

    @Test
    void a_precondition_of_recommended_items_alone_is_itself_recommended() {
        Report report = run(Checklist.named("x")
                .require(passing("a"))
                .include(Checklist.named("y")
                        .given(failing("z"))
                        .recommend(passing("b"))
                        .build())
                .build());
        assertThat(report.verdict()).isEqualTo(Verdict.CONDITIONAL_GO);
    }

    @Test
    void preconditions_of_preconditions_are_examined_first() {
        Check inner = unknown("inner");
        Check outer = new Check() {
            @Override
            public String sentence() {
                return "outer";
            }

            @Override
            public Outcome examine(CheckContext context) {
                return Outcome.passed();
            }

            @Override
            public List<Check> preconditions() {
                return List.of(inner);
            }
        };
        Report report = run(
                Checklist.named("x").given(outer).require(passing("a").as("A")).build());
        assertThat(result(report, "given-outer").status()).isEqualTo(Status.BLOCKED);
        assertThat(result(report, "A").blockedBy()).containsExactly("given-inner");
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void preconditions_with_sentences_that_give_one_id_stay_apart() {
        Report report = run(Checklist.named("x")
                .given(failing("the account-is ours"))
                .given(passing("the account is ours"))
                .require(passing("a").as("given-the-account-is-ours"))
                .build());
        assertThat(report.results().stream().map(ItemResult::id)).doesNotHaveDuplicates();
    }

    @Test
    void preconditions_are_one_only_if_they_are_equal_whatever_their_sentences_say() {
        Report report = run(Checklist.named("x")
                .given(passing("the account may read"))
                .given(failing("the account may read"))
                .given(unknown("the account may read"))
                .require(passing("a"))
                .build());
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
        assertThat(report.results()).hasSize(4);
        assertThat(report.results().stream().map(ItemResult::id)).doesNotHaveDuplicates();

        AtomicInteger examined = new AtomicInteger();
        Check shared = counting(examined, passing("the account may read"));
        run(Checklist.named("x")
                .given(shared.timeout(Duration.ofSeconds(3)))
                .given(shared.timeout(Duration.ofSeconds(3)))
                .require(passing("a"))
                .build());
        assertThat(examined).hasValue(1);
    }

    @Test
    void an_included_list_brings_its_preconditions_and_order() {
        Checklist inner = Checklist.named("inner")
                .given(failing("gate"))
                .require(passing("b").as("B"))
                .build();
        Checklist outer = Checklist.named("outer")
                .require(passing("a").as("A"))
                .include(inner)
                .require(passing("c").as("C"))
                .build();
        assertThat(outer.items().stream().map(Item::id)).containsExactly("A", "B", "C");
        Report report = run(outer);
        assertThat(result(report, "A").status()).isEqualTo(Status.PASSED);
        assertThat(result(report, "B").status()).isEqualTo(Status.BLOCKED);
    }

    @Test
    void the_digest_changes_with_what_is_asked_and_only_with_that() {
        Checklist one = Checklist.named("x").require(passing("a").as("A")).build();
        Checklist same = Checklist.named("x").require(passing("a").as("A")).build();
        Checklist weaker = Checklist.named("x").recommend(passing("a").as("A")).build();
        Checklist retried =
                Checklist.named("x").require(passing("a").retrying(2).as("A")).build();
        Checklist conditional = Checklist.named("x")
                .require(passing("a").as("A").onlyIf(passing("b")))
                .build();
        assertThat(same.digest()).isEqualTo(one.digest()).matches("[0-9a-f]{32}");
        assertThat(Set.of(one.digest(), weaker.digest(), retried.digest(), conditional.digest()))
                .hasSize(4);
    }

    @Test
    void permissions_and_subjects_are_those_of_everything_that_may_be_examined() {
        Check precondition = new Declaring("p");
        Check condition = new Declaring("c");
        Checklist list = Checklist.named("x")
                .given(precondition)
                .require(new Declaring("a").as("A").onlyIf(condition))
                .build();
        assertThat(list.permissions().stream().map(Permission::action)).containsExactlyInAnyOrder("p", "c", "a");
        assertThat(list.touches().stream().map(Subject::name)).containsExactlyInAnyOrder("p", "c", "a");
    }

    private record Declaring(String sentence) implements Check {
        @Override
        public Outcome examine(CheckContext context) {
            return Outcome.passed();
        }

        @Override
        public Set<Permission> permissions() {
            return Set.of(new Permission("aws", sentence, "*"));
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(new Subject("aws", sentence));
        }
    }

    @Test
    void asking_about_an_item_that_is_not_there_is_refused() {
        Checklist list = Checklist.named("x").require(passing("a").as("A")).build();
        assertThat(list.requires("A")).isTrue();
        assertThatThrownBy(() -> list.requires("B"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id must be one of the list's but was B");
    }

    @Test
    void the_description_tells_everything_that_a_reader_needs() {
        Item first = passing("a").as("A");
        Checklist list = Checklist.named("Shop")
                .given(passing("the account is ours"))
                .require(first)
                .recommend(passing("b")
                        .timeout(java.time.Duration.ofSeconds(3))
                        .as("B")
                        .because("customers ask")
                        .after(first)
                        .onlyIf(passing("it is Sunday"))
                        .ownedBy("engineer")
                        .from("vpc")
                        .notWaivable())
                .build();
        assertThat(list.describe())
                .contains("# Shop")
                .contains("- [ ] a (A, required)")
                .contains("- [ ] b (B, recommended, owner engineer, from vpc, not waivable, after A)")
                .contains("because customers ask")
                .contains("only if it is Sunday")
                .contains("given the account is ours");
    }
}
