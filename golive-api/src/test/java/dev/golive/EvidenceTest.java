package dev.golive;

import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static final Environment STAGING = Environment.named("staging");

    private final AtomicInteger performed = new AtomicInteger();

    private final Trial trial = new Trial() {
        @Override
        public String sentence() {
            return "a test account can be made";
        }

        @Override
        public String writes() {
            return "a test account";
        }

        @Override
        public String cost() {
            return "nothing";
        }

        @Override
        public Outcome perform(CheckContext context) {
            performed.incrementAndGet();
            return Outcome.passed(Fact.of("account", "made"));
        }

        @Override
        public void cleanUp(CheckContext context) {
            // nothing is left
        }
    };

    private Checklist list(Duration freshFor) {
        return Checklist.named("trials")
                .require(trial.as("account").freshFor(freshFor))
                .build();
    }

    @Test
    void a_fresh_trial_is_not_performed_again() {
        Report first = run(list(days(1)), GoLive.builder().allowTrials(STAGING), null);
        Report second = run(list(days(1)), GoLive.builder().allowTrials(STAGING).evidence(first), null);
        Report third = run(list(days(1)), GoLive.builder().evidence(second), null);

        assertThat(performed).hasValue(1);
        assertThat(third.verdict()).isEqualTo(Verdict.GO);
        assertThat(third.result("account").orElseThrow().fact("carried over")).isPresent();
        assertThat(third.result("account").orElseThrow().startedAt())
                .isEqualTo(first.result("account").orElseThrow().startedAt());
    }

    @Test
    void evidence_that_is_too_old_is_found_out_again_or_stale() throws InterruptedException {
        Report first = run(list(millis(1)), GoLive.builder().allowTrials(STAGING), null);
        Thread.sleep(20);

        assertThat(run(list(millis(1)), GoLive.builder().evidence(first), null)
                        .result("account")
                        .orElseThrow()
                        .status())
                .isEqualTo(Status.STALE);
        run(list(millis(1)), GoLive.builder().allowTrials(STAGING).evidence(first), null);
        assertThat(performed).hasValue(2);
    }

    @Test
    void evidence_of_another_release_or_environment_never_counts() {
        Report first = run(list(days(1)), GoLive.builder().allowTrials(STAGING), Release.of("web", "1"));

        Report otherRelease = run(list(days(1)), GoLive.builder().evidence(first), Release.of("web", "2"));
        assertThat(otherRelease.result("account").orElseThrow().status()).isEqualTo(Status.STALE);
        assertThat(otherRelease.verdict()).isEqualTo(Verdict.UNDECIDED);

        try (GoLive golive = GoLive.builder().evidence(first).build()) {
            Report elsewhere = golive.run(list(days(1)), Environment.production("production"), Release.of("web", "1"));
            assertThat(elsewhere.result("account").orElseThrow().why()).contains("another environment, staging");
        }
    }

    private static Report run(Checklist list, GoLive.Builder builder, @Nullable Release release) {
        try (GoLive golive = builder.build()) {
            return golive.run(list, STAGING, release);
        }
    }

    @Test
    void evidence_that_is_dated_in_the_future_is_not_believed() {
        Report first = run(list(days(1)), GoLive.builder().allowTrials(STAGING), null);
        Report dated = Report.fromJson(first.toJson().replace("\"startedAt\" : \"20", "\"startedAt\" : \"29"));

        ItemResult result = run(list(days(1)), GoLive.builder().evidence(dated), null)
                .result("account")
                .orElseThrow();
        assertThat(result.status()).isEqualTo(Status.STALE);
        assertThat(result.why()).contains("is dated in the future");
    }
}
