package dev.golive;

import static dev.golive.Canned.STAGING;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharedTest {

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private Shared<AutoCloseable> logged(String name) {
        return Shared.of(name, (network, time) -> {
            log.add("make " + name);
            time.sleepUntil(time.now().plusMillis(20));
            return () -> log.add("close " + name);
        });
    }

    private static Check using(String sentence, Shared<?> shared) {
        return Check.that(
                sentence,
                context -> Outcome.passed(Fact.of("resource", System.identityHashCode(context.shared(shared)))));
    }

    @Test
    void it_is_made_once_for_all_checks_and_runs_and_closed_with_the_runner() {
        Shared<AutoCloseable> pool = logged("pool");
        Checklist.Builder list = Checklist.named("x");
        for (int i = 0; i < 20; i++) {
            list.require(using("a" + i, pool));
        }
        Checklist built = list.build();
        try (GoLive golive = GoLive.create()) {
            Report report = golive.run(built, STAGING);
            golive.run(built, STAGING);
            assertThat(report.results().stream().map(r -> r.fact("resource")).distinct())
                    .hasSize(1);
            assertThat(log).containsExactly("make pool");
        }
        assertThat(log).containsExactly("make pool", "close pool");
    }

    @Test
    void each_runner_makes_its_own() {
        Shared<AutoCloseable> pool = logged("pool");
        run(Checklist.named("x").require(using("a", pool)).build());
        run(Checklist.named("x").require(using("a", pool)).build());
        assertThat(log).containsExactly("make pool", "close pool", "make pool", "close pool");
    }

    @Test
    void they_are_closed_in_reverse_order_of_making() {
        Shared<AutoCloseable> first = logged("first");
        Shared<AutoCloseable> second = logged("second");
        Item a = using("a", first).as("A");
        run(Checklist.named("x")
                .require(a)
                .require(using("b", second).as("B").after(a))
                .build());
        assertThat(log).containsExactly("make first", "make second", "close second", "close first");
    }

    @Test
    void what_cannot_be_made_makes_its_users_unknown_and_is_tried_again_by_the_next() {
        AtomicInteger tries = new AtomicInteger();
        Shared<AutoCloseable> pool = Shared.of("pool", (network, time) -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("no port left");
            }
            return () -> {};
        });
        try (GoLive golive = GoLive.create()) {
            Checklist list =
                    Checklist.named("x").require(using("a", pool).as("A")).build();
            assertThat(result(golive.run(list, STAGING), "A").why())
                    .isEqualTo("the check threw IllegalStateException: no port left");
            assertThat(golive.run(list, STAGING).verdict()).isEqualTo(Verdict.GO);
        }
    }

    @Test
    void an_error_of_the_maker_does_not_hold_those_who_wait() {
        Shared<AutoCloseable> pool = Shared.of("pool", (network, time) -> {
            time.sleepUntil(time.now().plusMillis(50));
            throw new NoClassDefFoundError("driver");
        });
        Report report = run(Checklist.named("x")
                .require(using("a", pool))
                .require(using("b", pool))
                .build());
        assertThat(report.results(Status.UNKNOWN))
                .hasSize(2)
                .allMatch(r -> r.why().contains("driver"));
        assertThat(report.took()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_maker_that_makes_nothing_is_named() {
        @SuppressWarnings("NullAway")
        Shared<AutoCloseable> nothing = Shared.of("pool", (network, time) -> null);
        Report report =
                run(Checklist.named("x").require(using("a", nothing).as("A")).build());
        assertThat(result(report, "A").why()).contains("The maker of pool made nothing");
    }

    @Test
    void one_that_does_not_close_does_not_keep_the_others_open() {
        Shared<AutoCloseable> good = logged("good");
        Shared<AutoCloseable> bad = Shared.of("bad", (network, time) -> () -> {
            throw new IllegalStateException("stuck");
        });
        Item a = using("a", good).as("A");
        run(Checklist.named("x")
                .require(a)
                .require(using("b", bad).as("B").after(a))
                .build());
        assertThat(log).containsExactly("make good", "close good");
    }
}
