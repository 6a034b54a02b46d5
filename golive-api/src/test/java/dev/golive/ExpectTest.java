package dev.golive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExpectTest {

    @Property(tries = 200)
    void bounds_agree_with_comparing(@ForAll int bound, @ForAll int value) {
        assertThat(Expect.atLeast(bound).accepts(value)).isEqualTo(value >= bound);
        assertThat(Expect.atMost(bound).accepts(value)).isEqualTo(value <= bound);
        assertThat(Expect.moreThan(bound).accepts(value)).isEqualTo(value > bound);
        assertThat(Expect.lessThan(bound).accepts(value)).isEqualTo(value < bound);
        assertThat(Expect.is(bound).accepts(value)).isEqualTo(value == bound);
        assertThat(Expect.isNot(bound).accepts(value)).isEqualTo(value != bound);
    }

    @Test
    void between_includes_both_ends() {
        Expectation<Integer> expectation = Expect.between(1, 3);
        assertThat(expectation.accepts(1)).isTrue();
        assertThat(expectation.accepts(3)).isTrue();
        assertThat(expectation.accepts(0)).isFalse();
        assertThat(expectation.accepts(4)).isFalse();
    }

    @Test
    void texts() {
        assertThat(Expect.containing("b").accepts("abc")).isTrue();
        assertThat(Expect.containing("x").accepts("abc")).isFalse();
        assertThat(Expect.notContaining("x").accepts("abc")).isTrue();
        assertThat(Expect.notContaining("b").accepts("abc")).isFalse();
        assertThat(Expect.startingWith("ab").accepts("abc")).isTrue();
        assertThat(Expect.startingWith("bc").accepts("abc")).isFalse();
        assertThat(Expect.matching("a.c").accepts("a\nc")).isTrue();
        assertThat(Expect.matching("b").accepts("abc")).isFalse();
    }

    @Test
    void one_of_several() {
        Expectation<Integer> redirect = Expect.oneOf(301, 308);
        assertThat(redirect.accepts(308)).isTrue();
        assertThat(redirect.accepts(302)).isFalse();
        assertThat(redirect.sentence()).isEqualTo("one of 301, 308");
        assertThat(redirect.type()).isEqualTo(Integer.class);
    }

    @Test
    void decimals_are_compared_by_value_everywhere() {
        BigDecimal one = new BigDecimal("1.0");
        BigDecimal other = new BigDecimal("1.00");
        assertThat(Expect.is(one).accepts(other)).isTrue();
        assertThat(Expect.isNot(one).accepts(other)).isFalse();
        assertThat(Expect.oneOf(one).accepts(other)).isTrue();
        assertThat(Expect.between(one, one).accepts(other)).isTrue();
    }

    @Test
    void sentences_follow_should_be() {
        assertThat(Expect.is("ok")).hasToString("\"ok\"");
        assertThat(Expect.is(200)).hasToString("200");
        assertThat(Expect.isNot("ok")).hasToString("not \"ok\"");
        assertThat(Expect.atLeast(Duration.ofDays(21))).hasToString("at least 21 d");
        assertThat(Expect.between(1, 2)).hasToString("between 1 and 2");
        assertThat(Expect.satisfying("even", Integer.class, n -> n % 2 == 0)).hasToString("even");
    }

    @Test
    void an_expectation_of_a_captured_value_is_judged_only_once_it_is_resolved() {
        Capture<String> image = Capture.of("image", String.class);
        Expectation<String> expectation = Expect.is(image);
        assertThat(expectation.reads()).containsExactly(image);
        assertThat(expectation.sentence()).isEqualTo("the captured image");
        assertThatThrownBy(() -> expectation.accepts("x")).isInstanceOf(GoLiveException.class);
        Check check = new Check() {
            @Override
            public String sentence() {
                return "the image is the one deployed";
            }

            @Override
            public Outcome examine(CheckContext context) {
                Expectation<String> resolved = expectation.resolved(context);
                return resolved.accepts("v1")
                                && !resolved.accepts("v2")
                                && resolved.reads().isEmpty()
                        ? Outcome.passed()
                        : Outcome.failed("not " + resolved);
            }

            @Override
            public java.util.Set<Capture<?>> reads() {
                return expectation.reads();
            }
        };
        Report report = Canned.run(Checklist.named("x")
                .require(CaptureTest.writing("w", image, "v1"))
                .require(check)
                .build());
        assertThat(report.verdict()).as(report.summary()).isEqualTo(Verdict.GO);
    }
}
