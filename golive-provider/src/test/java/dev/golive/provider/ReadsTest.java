package dev.golive.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadsTest {

    private static final Duration QUICK = Duration.ofMillis(300);

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final Reads reads = new Reads();
    private final AtomicInteger asked = new AtomicInteger();

    private ApiJson answer(CheckContext context, Duration after) throws InterruptedException {
        int number = asked.incrementAndGet();
        context.time().sleepUntil(context.time().now().plus(after));
        return new ApiResponse("Lamps", 200, Map.of(), ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8))
                .json();
    }

    private Check asking(String name, String key, Duration pause, Duration takes) {
        return Check.that(name, context -> {
            context.time().sleepUntil(context.time().now().plus(pause));
            long n = reads.ask(key, context, () -> answer(context, takes))
                    .get("n")
                    .integer();
            return Outcome.passed(Fact.of("n", n));
        });
    }

    private Report run(Check... checks) {
        Checklist.Builder list = Checklist.named("lamps");
        for (Check check : checks) {
            list.require(check);
        }
        try (GoLive golive = GoLive.builder().time(time).build()) {
            return golive.run(list.build(), Environment.named("test"));
        }
    }

    @Test
    void who_asks_the_same_at_the_same_time_is_answered_once() {
        Report report = run(
                asking("one", "lamp", Duration.ZERO, QUICK),
                asking("two", "lamp", Duration.ZERO, QUICK),
                asking("three", "other lamp", Duration.ZERO, QUICK));

        assertThat(asked).hasValue(2);
        assertThat(report.results()).allMatch(result -> result.status() == Status.PASSED);
    }

    @Test
    void after_a_second_it_is_asked_anew() {
        run(
                asking("one", "lamp", Duration.ZERO, QUICK),
                asking("two", "lamp", Duration.ofMillis(999), QUICK),
                asking("three", "lamp", Duration.ofMillis(1000), QUICK));

        assertThat(asked).hasValue(2);
    }

    @Test
    void a_problem_is_nobody_elses() {
        Check failing = Check.that("fails", context -> {
            reads.ask("lamp", context, () -> {
                answer(context, QUICK);
                throw ApiProblem.undecided("the lamp flickers");
            });
            return Outcome.passed();
        });

        Report report = run(failing, asking("two", "lamp", Duration.ZERO, QUICK));

        assertThat(report.results())
                .extracting(result -> result.status())
                .containsExactly(Status.UNKNOWN, Status.PASSED);
    }

    @Test
    void who_hangs_holds_up_nobody_beyond_its_own_time() {
        Check hanging =
                asking("hangs", "lamp", Duration.ZERO, Duration.ofHours(1)).timeout(Duration.ofSeconds(5));

        Report report =
                run(hanging, asking("two", "lamp", Duration.ofMillis(10), QUICK).timeout(Duration.ofSeconds(20)));

        assertThat(report.results())
                .extracting(result -> result.status())
                .containsExactly(Status.UNKNOWN, Status.PASSED);
    }

    @Test
    void an_action_asks_for_itself_and_what_was_told_before_it_is_over() throws Exception {
        Action action = new Action() {
            @Override
            public String sentence() {
                return "switch the lamp on";
            }

            @Override
            public Kind kind() {
                return Kind.REVERSIBLE;
            }

            @Override
            public Observation observe(ActionContext context) throws Exception {
                return Observation.atTarget("n "
                        + reads.ask("lamp", context, () -> answer(context, Duration.ZERO))
                                .get("n")
                                .integer());
            }

            @Override
            public Receipt apply(ActionContext context) {
                return Receipt.of("none");
            }
        };

        run(asking("one", "lamp", Duration.ZERO, Duration.ZERO));
        assertThat(Perform.on(time).observe(action).found()).isEqualTo("n 2");
        Report report = run(asking("two", "lamp", Duration.ZERO, Duration.ZERO));

        assertThat(report.results().get(0).fact("n")).contains("3");
    }
}
