package dev.golive;

import static dev.golive.Canned.passing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.time.Offset;
import dev.golive.time.Spans;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ItemTest {

    @Test
    void each_option_gives_a_new_item_and_keeps_the_others() {
        Item first = passing("a").as("A");
        Check condition = passing("c");
        Item all = passing("b")
                .as("B")
                .because("customers ask")
                .after(first)
                .onlyIf(condition)
                .from("vpc")
                .tagged("x", "y")
                .ownedBy("engineer")
                .due(Offset.T.minusDays(1))
                .notWaivable();
        assertThat(all.because()).isEqualTo("customers ask");
        assertThat(all.after()).containsExactly("A");
        assertThat(all.condition()).contains(condition);
        assertThat(all.from()).contains("vpc");
        assertThat(all.tags()).containsExactly("x", "y");
        assertThat(all.owner()).contains("engineer");
        assertThat(all.due()).contains(Offset.T.minusDays(1));
        assertThat(all.isWaivable()).isFalse();
        assertThat(all).hasToString("B: b");
        assertThat(first.after()).isEmpty();
        assertThat(first.isWaivable()).isTrue();
        assertThat(all.as("C").after()).containsExactly("A");
    }

    @Test
    void an_id_is_derived_from_the_sentence_unless_one_is_given() {
        Item derived = Item.of(passing("GET https://shop.example/ answers 200"));
        assertThat(derived.id()).isEqualTo("get-https-shop.example-answers-200");
        assertThat(derived.hasExplicitId()).isFalse();
        assertThat(Item.of(passing("x".repeat(300))).id()).hasSizeLessThanOrEqualTo(64);
        assertThat(Item.of(passing("x".repeat(300))).id())
                .isNotEqualTo(Item.of(passing("x".repeat(301))).id());
        assertThat(Item.of(passing("???")).id()).startsWith("item-");
        assertThat(Item.of(passing("???")).id())
                .isNotEqualTo(Item.of(passing("!!!")).id());
    }

    @Test
    void what_is_carried_over_becomes_an_item_only_with_a_freshness() {
        Item confirmation = Confirmation.of("K", "somebody looked").freshFor(Duration.ofDays(2));
        assertThat(confirmation.kind()).isEqualTo(Item.Kind.CONFIRMATION);
        assertThat(confirmation.freshFor()).contains(Duration.ofDays(2));
        Item approval = Approval.named("W")
                .byTwoOf("engineer")
                .atLeast(Assurance.SIGNED)
                .freshFor(Duration.ofDays(7));
        assertThat(approval).hasToString("W: Approved by two of engineer, signed");
    }

    @Test
    void wrappers_forward_everything_that_a_check_declares() {
        Capture<String> read = Capture.of("read", String.class);
        Capture<String> written = Capture.of("written", String.class);
        Secret secret = Secret.found("token", "12345678");
        Check check = new Check() {
            @Override
            public String sentence() {
                return "s";
            }

            @Override
            public Outcome examine(CheckContext context) {
                return Outcome.failed("was called");
            }

            @Override
            public java.util.List<Check> preconditions() {
                return java.util.List.of(PRECONDITION);
            }

            @Override
            public java.util.Set<Capture<?>> reads() {
                return java.util.Set.of(read);
            }

            @Override
            public java.util.Set<Capture<?>> writes() {
                return java.util.Set.of(written);
            }

            @Override
            public java.util.Set<Secret> secrets() {
                return java.util.Set.of(secret);
            }

            @Override
            public java.util.Set<Permission> permissions() {
                return java.util.Set.of(new Permission("aws", "read", "*"));
            }

            @Override
            public java.util.Set<Subject> touches() {
                return java.util.Set.of(Subject.host("shop.example"));
            }

            @Override
            public String toString() {
                return "in words";
            }
        };
        Check wrapped =
                check.timeout(Spans.seconds(3)).holdingFor(Spans.seconds(2)).retrying(4);
        assertThat(wrapped.sentence()).isEqualTo("s");
        assertThat(wrapped.preconditions()).containsExactly(PRECONDITION);
        assertThat(wrapped.reads()).containsExactly(read);
        assertThat(wrapped.writes()).containsExactly(written);
        assertThat(wrapped.secrets()).containsExactly(secret);
        assertThat(wrapped.permissions()).isEqualTo(check.permissions());
        assertThat(wrapped.touches()).isEqualTo(check.touches());
        assertThat(wrapped).hasToString("in words");
        assertThat(wrapped.timing())
                .isEqualTo(Timing.standard()
                        .timeout(Spans.seconds(3))
                        .holdingFor(Spans.seconds(2))
                        .retries(4));
    }

    private static final Check PRECONDITION = passing("p");
}
