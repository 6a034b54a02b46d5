package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Component;
import dev.golive.Environment;
import dev.golive.InvalidChecklistException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.time.TimeSource;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PerformTest {

    private static final Secret TOKEN = Secret.found("token", "a-very-secret-token");

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");

    /** Shows its context to the test. */
    private static class Shows implements Action {
        private final AtomicReference<String> seen = new AtomicReference<>("");

        @Override
        public String sentence() {
            return "show the context";
        }

        @Override
        public Kind kind() {
            return Kind.REVERSIBLE;
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            seen.set(context.environment() + " " + context.time().now() + " " + context.deadline() + " "
                    + context.attempt() + " " + context.receipt().map(Receipt::id) + " " + context.launched("web")
                    + context.launched("api") + " " + context.reveal(TOKEN));
            return Observation.atTarget("all of it");
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            return Receipt.of(context.idempotencyKey());
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(Subject.host("shop.example"));
        }

        @Override
        public Set<Secret> secrets() {
            return Set.of(TOKEN);
        }
    }

    @Test
    void an_action_gets_the_context_of_the_engine_and_what_the_test_says() throws Exception {
        Shows action = new Shows();
        Observation found = Perform.on(time)
                .in(Environment.named("staging").host("shop.example"))
                .within(Duration.ofMinutes(1))
                .after(Receipt.of("r-1"))
                .launched(Release.of("web", "41"))
                .observe(action);
        assertThat(found).isEqualTo(Observation.atTarget("all of it"));
        assertThat(action.seen)
                .hasValue("staging 2027-03-02T09:00:00Z 2027-03-02T09:01:00Z 1 Optional[r-1]"
                        + " Optional[web 41]Optional.empty a-very-secret-token");
    }

    @Test
    void the_key_belongs_to_the_id_unless_it_is_given() throws Exception {
        Perform perform = Perform.on(time);
        String key = perform.apply(new Shows()).id();
        assertThat(key)
                .matches("[a-f0-9-]{36}")
                .isEqualTo(perform.apply(new Shows()).id());
        assertThat(perform.apply(new Shows().as("another")).id()).isNotEqualTo(key);
        assertThat(perform.key("k-1").apply(new Shows())).isEqualTo(Receipt.of("k-1"));
    }

    @Test
    void what_is_thrown_is_passed_on_as_it_is() {
        IllegalStateException thrown = new IllegalStateException("with a-very-secret-token");
        Action action = new Shows() {
            @Override
            public Receipt apply(ActionContext context) {
                throw thrown;
            }
        };
        assertThatThrownBy(() -> Perform.on(time).apply(action)).isSameAs(thrown);
    }

    @Test
    void an_environment_that_does_not_list_what_is_touched_refuses() {
        assertThatThrownBy(() -> Perform.on(time).in(Environment.named("other")).apply(new Shows()))
                .isInstanceOf(InvalidChecklistException.class)
                .hasMessageContaining("shop.example");
    }

    @Test
    void a_secret_that_is_not_there_refuses() {
        Secret none = Secret.from("nowhere", () -> null);
        Action action = new Shows() {
            @Override
            public Set<Secret> secrets() {
                return Set.of(none);
            }
        };
        assertThatThrownBy(() -> Perform.on(time).apply(action))
                .isInstanceOf(InvalidChecklistException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void the_network_is_the_one_given() throws Exception {
        Action action = new Shows() {
            @Override
            public Receipt apply(ActionContext context) throws Exception {
                try (Socket socket = context.network()
                        .connect(
                                "shop.example",
                                InetSocketAddress.createUnresolved("shop.example", 80),
                                Duration.ofSeconds(5))) {
                    return Receipt.of("connected " + socket.isConnected());
                }
            }
        };
        Perform perform = Perform.on(TimeSource.system());
        try (HttpFake shop = HttpFake.start(TimeSource.system())) {
            assertThat(perform.through(FakeNetwork.create().route("shop.example", 80, shop.address()))
                            .apply(action))
                    .isEqualTo(Receipt.of("connected true"));
        }
        assertThatThrownBy(() -> perform.apply(action)).hasMessageContaining("no route to shop.example");
    }

    @Test
    void performing_observes_applies_once_and_observes_until_the_end() throws Exception {
        Instant start = time.now();
        FakeAction slow = FakeAction.named("slow", time).takes(Duration.ofSeconds(12));
        assertThat(Perform.on(time).toTheEnd(slow).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(time.now()).isEqualTo(start.plusSeconds(15));
        assertThat(slow.calls())
                .extracting(Call::kind)
                .containsExactly(
                        Call.Kind.OBSERVE,
                        Call.Kind.APPLY,
                        Call.Kind.OBSERVE,
                        Call.Kind.OBSERVE,
                        Call.Kind.OBSERVE,
                        Call.Kind.OBSERVE);
    }

    @Test
    void awaiting_observes_only() throws Exception {
        Instant start = time.now();
        FakeAction slow = FakeAction.named("slow", time).takes(Duration.ofSeconds(12));
        Perform perform = Perform.on(time);
        assertThat(perform.await(slow).state()).isEqualTo(Observation.State.NOT_AT_TARGET);
        perform.apply(slow);
        assertThat(perform.await(slow).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(time.now()).isEqualTo(start.plusSeconds(15));
        assertThat(slow.applied()).hasSize(1);
    }

    @Test
    void performing_what_does_not_end_ends_in_time() {
        Instant start = time.now();
        FakeAction stuck = FakeAction.named("stuck", time).fault(LaunchFault.neverEnds());
        assertThatThrownBy(() -> Perform.on(time).within(Duration.ofMinutes(2)).toTheEnd(stuck))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("perform stuck")
                .hasMessageContaining("no result within 2 min");
        assertThat(time.now()).isEqualTo(start.plus(Duration.ofMinutes(2)));
        assertThat(stuck.applied()).hasSize(1);
    }

    @Test
    void a_driver_is_asked_anything() throws Exception {
        FakeComponent web = FakeComponent.named("web", time).live("40").holding("deployment on push is on");
        Perform perform = Perform.on(time);
        assertThat(perform.ask(web, Component.Driver::holds)).containsExactly("deployment on push is on");
        Instant asked = perform.ask(web, (driver, context) -> context.time().now());
        assertThat(asked).isEqualTo(time.now());
    }

    @Test
    void bad_arguments_are_refused_at_once() {
        Perform perform = Perform.on(time);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perform.within(Duration.ZERO))
                .withMessage("limit must be longer than zero but was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perform.key("a b"))
                .withMessageContaining("idempotencyKey");
        assertThatIllegalArgumentException().isThrownBy(() -> perform.key("x".repeat(37)));
    }
}
