package dev.golive;

import static dev.golive.Canned.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ParallelTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void results_come_in_the_order_of_the_elements() {
        ItemResult result = resultOf(Check.that("a", context -> {
            List<Integer> doubled = context.parallel(HUNDRED, 16, n -> n * 2);
            return doubled.equals(HUNDRED.stream().map(n -> n * 2).toList())
                    ? Outcome.passed()
                    : Outcome.failed(doubled.toString());
        }));
        assertThat(result.status()).isEqualTo(Status.PASSED);
    }

    @Test
    void elements_are_worked_on_side_by_side() {
        CyclicBarrier together = new CyclicBarrier(4);
        ItemResult result = resultOf(Check.that("a", context -> {
            context.parallel(List.of(1, 2, 3, 4), 4, n -> together.await(10, TimeUnit.SECONDS));
            return Outcome.passed();
        }));
        assertThat(result.status()).as(result.why()).isEqualTo(Status.PASSED);
    }

    @Test
    void no_more_than_the_width_are_worked_on_at_once() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        resultOf(Check.that("a", context -> {
            context.parallel(HUNDRED, 3, n -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                context.time().sleepUntil(context.time().now().plusMillis(1));
                return inside.decrementAndGet();
            });
            return Outcome.passed();
        }));
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void the_first_exception_in_order_is_thrown_after_all_have_ended() {
        AtomicInteger ended = new AtomicInteger();
        ItemResult result = resultOf(Check.that("a", context -> {
            context.parallel(List.of(1, 2, 3, 4), 4, n -> {
                ended.incrementAndGet();
                if (n % 2 == 0) {
                    throw new IllegalStateException("number " + n);
                }
                return n;
            });
            return Outcome.passed();
        }));
        assertThat(result.why()).isEqualTo("the check threw IllegalStateException: number 2");
        assertThat(ended).hasValue(4);
    }

    @Test
    void an_error_on_any_thread_belongs_to_the_check() {
        ItemResult result = resultOf(Check.that("a", context -> {
            context.parallel(List.of(1, 2, 3, 4), 4, n -> {
                throw new AssertionError("number " + n);
            });
            return Outcome.passed();
        }));
        assertThat(result.why()).isEqualTo("the check threw AssertionError: number 1");
    }

    @Test
    void nothing_to_do_is_done_at_once() {
        ItemResult result = resultOf(Check.that(
                "a",
                context -> Outcome.passed(Fact.of(
                        "results", context.parallel(List.of(), 5, n -> n).size()))));
        assertThat(result.fact("results")).contains("0");
    }

    @Test
    void bad_widths_are_refused() {
        for (int width : new int[] {-1, 0, 65}) {
            assertThat(resultOf(Check.that("a", context -> {
                                context.parallel(List.of(1), width, n -> n);
                                return Outcome.passed();
                            }))
                            .why())
                    .contains("width must be between 1 and 64 but was " + width);
        }
    }

    @Test
    void hundreds_of_parallel_checks_do_not_starve_each_other() {
        Checklist.Builder list = Checklist.named("x");
        for (int i = 0; i < 200; i++) {
            list.require(Check.that("a" + i, context -> {
                context.parallel(List.of(1, 2, 3, 4, 5), 5, n -> n);
                return Outcome.passed();
            }));
        }
        Report report = Canned.run(list.build());
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(8));
    }
}
