package dev.golive;

import static dev.golive.Canned.STAGING;
import static dev.golive.Canned.failing;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ListenerTest {

    /** Not synchronized: calls are promised to come one at a time. */
    private static final class Log implements RunListener {
        private final List<String> lines = new ArrayList<>();
        private final AtomicInteger inside = new AtomicInteger();
        private int most;

        private void add(String line) {
            most = Math.max(most, inside.incrementAndGet());
            lines.add(line);
            inside.decrementAndGet();
        }

        @Override
        public void started(Checklist list, Environment environment) {
            add("started " + list + " in " + environment);
        }

        @Override
        public void attempting(String id, int attempt) {
            add("attempting " + id + " " + attempt);
        }

        @Override
        public void finished(ItemResult result, int done, int of) {
            add("finished " + result.id() + " " + result.status() + " " + done + "/" + of);
        }

        @Override
        public void ended(Report report) {
            add("ended " + report.verdict());
        }
    }

    @Test
    void everything_is_told_in_order() {
        Log log = new Log();
        Item a = Canned.inTurn("a", Outcome.failed("no"), Outcome.passed())
                .retrying(1)
                .as("A");
        run(
                GoLive.builder().listener(log),
                Checklist.named("x")
                        .require(a)
                        .require(passing("b").as("B").after(a))
                        .build());
        assertThat(log.lines)
                .containsExactly(
                        "started x in staging",
                        "attempting A 1",
                        "attempting A 2",
                        "finished A PASSED 1/2",
                        "attempting B 1",
                        "finished B PASSED 2/2",
                        "ended GO");
    }

    @Test
    void calls_come_one_at_a_time_and_the_end_last_in_every_run() {
        for (int round = 0; round < 20; round++) {
            Log log = new Log();
            Checklist.Builder list = Checklist.named("x").given(passing("gate"));
            for (int i = 0; i < 50; i++) {
                list.require(i % 7 == 0 ? failing("a" + i) : passing("a" + i));
            }
            run(GoLive.builder().listener(log), list.build());
            assertThat(log.most).isEqualTo(1);
            assertThat(log.lines)
                    .filteredOn(line -> line.startsWith("finished"))
                    .hasSize(51);
            assertThat(log.lines.get(0)).startsWith("started");
            assertThat(log.lines.get(log.lines.size() - 1)).isEqualTo("ended NO_GO");
            assertThat(log.lines).anyMatch(line -> line.endsWith(" 51/51"));
        }
    }

    @Test
    void listeners_have_heard_of_the_end_before_the_report_is_handed_out() {
        Log log = new Log();
        try (GoLive golive = GoLive.builder().listener(log).build()) {
            golive.run(Checklist.named("x").require(passing("a")).build(), STAGING);
            assertThat(log.lines).endsWith("ended GO");
        }
    }

    @Test
    void what_a_listener_throws_does_not_disturb_the_run_or_the_other_listeners() {
        for (Throwable thrown : List.of(new IllegalStateException("bug"), new AssertionError("bug"))) {
            RunListener bad = new RunListener() {
                @Override
                public void attempting(String id, int attempt) {
                    Canned.sneak(thrown);
                }

                @Override
                public void finished(ItemResult result, int done, int of) {
                    Canned.sneak(thrown);
                }

                @Override
                public void ended(Report report) {
                    Canned.sneak(thrown);
                }
            };
            Log log = new Log();
            Report report = run(
                    GoLive.builder().listener(bad, log),
                    Checklist.named("x").require(passing("a").as("A")).build());
            assertThat(result(report, "A").status()).isEqualTo(Status.PASSED);
            assertThat(log.lines).endsWith("finished A PASSED 1/1", "ended GO");
        }
    }

    @Test
    void a_listener_never_hears_a_secret() {
        Secret token = Secret.found("token", "very-secret-1");
        List<String> heard = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void finished(ItemResult result, int done, int of) {
                heard.add(result.toString() + result.facts());
            }
        };
        run(
                GoLive.builder().listener(listener),
                Checklist.named("x")
                        .require(Check.that(
                                "a",
                                context -> Outcome.failed(
                                        "sent " + context.reveal(token), Fact.of("header", "Bearer very-secret-1"))))
                        .build());
        assertThat(heard).singleElement().asString().contains("***").doesNotContain("very-secret-1");
    }
}
