package dev.golive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DerivedRunnerTest {

    private static final Environment HERE = Environment.named("test");
    private static final Capture<Release> RELEASE = Capture.given("the release of web", Release.class);

    private static final class Counting implements AutoCloseable {
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private record Served(Capture<Release> expected) implements Check {
        @Override
        public String sentence() {
            return "web serves what was deployed";
        }

        @Override
        public Set<Capture<?>> reads() {
            return Set.of(expected);
        }

        @Override
        public Outcome examine(CheckContext context) {
            return Outcome.passed(Fact.of("release", context.read(expected).id()));
        }
    }

    private record Switch() implements Action {
        @Override
        public String sentence() {
            return "switch the shop on";
        }

        @Override
        public Kind kind() {
            return Kind.REVERSIBLE;
        }

        @Override
        public Observation observe(ActionContext context) {
            return Observation.atTarget("on");
        }

        @Override
        public Receipt apply(ActionContext context) {
            return Receipt.of("1");
        }
    }

    @Test
    void a_derived_runner_shares_what_checks_share_and_leaves_it_open() throws Exception {
        Counting made = new Counting();
        AtomicInteger makes = new AtomicInteger();
        Shared<Counting> shared = Shared.of("counting", (network, time) -> {
            makes.incrementAndGet();
            return made;
        });
        Checklist list = Checklist.named("shared")
                .require(Check.that("it can be had", context -> {
                    context.shared(shared);
                    return Outcome.passed();
                }))
                .build();
        try (GoLive golive = GoLive.create()) {
            golive.run(list, HERE);
            try (GoLive derived = golive.derive().build()) {
                assertThat(derived.run(list, HERE).verdict()).isEqualTo(Verdict.GO);
            }
            assertThat(makes).hasValue(1);
            assertThat(made.closed).hasValue(0);
            assertThat(golive.run(list, HERE).verdict()).isEqualTo(Verdict.GO);
        }
        assertThat(made.closed).hasValue(1);
    }

    @Test
    void a_derived_runner_cannot_have_another_clock_or_network() {
        try (GoLive golive = GoLive.create()) {
            assertThatThrownBy(() -> golive.derive().time(golive.time())).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> golive.derive().network(Network.real()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("network");
        }
    }

    @Test
    void an_item_that_reads_a_given_value_is_unknown_until_it_is_given() {
        Checklist list =
                Checklist.named("identity").require(new Served(RELEASE)).build();
        try (GoLive golive = GoLive.create();
                GoLive after =
                        golive.derive().given(RELEASE, Release.of("web", "41")).build()) {
            Report before = golive.run(list, HERE);
            assertThat(before.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(before.results().get(0).status()).isEqualTo(Status.UNKNOWN);
            assertThat(before.results().get(0).why()).contains("the release of web", "not known yet");
            assertThat(after.run(list, HERE).results().get(0).fact("release")).hasValue("41");
        }
    }

    @Test
    void an_item_may_read_what_is_computed_from_a_given_value() {
        Capture<String> id = RELEASE.map(String.class, Release::id);
        Checklist list = Checklist.named("identity").require(Http.matching(id)).build();
        try (GoLive golive = GoLive.create();
                GoLive after =
                        golive.derive().given(RELEASE, Release.of("web", "41")).build()) {
            assertThat(after.run(list, HERE).results().get(0).fact("id")).hasValue("41");
        }
    }

    /** Stands for a check of a protocol that compares with a captured value. */
    private record Http(Capture<String> id) implements Check {
        static Http matching(Capture<String> id) {
            return new Http(id);
        }

        @Override
        public String sentence() {
            return "the version is the deployed one";
        }

        @Override
        public Set<Capture<?>> reads() {
            return Set.of(id);
        }

        @Override
        public Outcome examine(CheckContext context) {
            return Outcome.passed(Fact.of("id", context.read(id)));
        }
    }

    @Test
    void only_given_keys_can_be_given() {
        Capture<String> ordinary = Capture.of("token", String.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoLive.builder().given(ordinary, "x"))
                .withMessageContaining("Capture.given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoLive.builder().given(RELEASE.map(String.class, Release::id), "x"));
    }

    @Test
    void an_item_that_waits_for_an_action_is_not_yet_due_and_then_counts() {
        Checklist list = Checklist.named("mocks")
                .require(Check.that("the clock ticks", context -> Outcome.passed()))
                .require(Check.that("the mock is off", context -> Outcome.failed("it is on"))
                        .as("mock")
                        .until(new Switch().as("switch-on")))
                .build();
        try (GoLive golive = GoLive.create();
                GoLive after = golive.derive().performed(List.of("switch-on")).build()) {
            Report before = golive.run(list, HERE);
            ItemResult waiting = before.result("mock").orElseThrow();
            assertThat(waiting.status()).isEqualTo(Status.PENDING);
            assertThat(waiting.isNotYetDue()).isTrue();
            assertThat(waiting.why()).contains("switch-on", "switch the shop on");
            assertThat(before.verdict()).isEqualTo(Verdict.GO);
            assertThat(after.run(list, HERE).verdict()).isEqualTo(Verdict.NO_GO);
        }
        assertThat(list.describe()).contains("not before switch-on");
    }
}
