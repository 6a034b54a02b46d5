package dev.golive.testkit;

import static dev.golive.testkit.GoLiveAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Status;
import dev.golive.Subject;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExamineTest {

    private static final InetSocketAddress SHOP = InetSocketAddress.createUnresolved("shop.example", 80);

    private static final class Connects implements Check {
        @Override
        public String sentence() {
            return "the shop accepts connections";
        }

        @Override
        public Outcome examine(CheckContext context) throws IOException {
            try (Socket socket = context.network().connect("shop.example", SHOP, Duration.ofSeconds(5))) {
                return Outcome.passed(Fact.of("connected", socket.isConnected()));
            }
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(Subject.host("shop.example"));
        }
    }

    @Test
    void a_check_is_examined_through_a_network_in_an_environment_that_lists_what_it_touches() {
        try (HttpFake shop = HttpFake.start(TimeSource.system())) {
            Outcome outcome = Examine.once(new Connects())
                    .through(FakeNetwork.create().route("shop.example", 80, shop.address()))
                    .outcome();
            assertThat(outcome).hasPassed().hasFact("connected", true);
        }
    }

    @Test
    void without_a_network_it_reaches_nothing() {
        assertThat(Examine.once(new Connects()).outcome()).isUnknown().hasWhyContaining("no route to shop.example");
    }

    @Test
    void the_environment_and_the_clock_are_those_given() {
        VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        Check check = Check.that(
                "a",
                context -> Outcome.passed(
                        Fact.of("where", context.environment()),
                        Fact.of("when", context.time().now())));
        assertThat(Examine.once(check).in(Environment.named("staging")).on(time).result())
                .hasFact("where", "staging")
                .hasFact("when", "2027-03-02T09:00:00Z");
    }

    @Test
    void values_of_earlier_items_are_given() {
        Capture<String> token = Capture.of("token", String.class);
        Capture<Integer> number = Capture.of("number", Integer.class);
        Check check = new Check() {
            @Override
            public String sentence() {
                return "a";
            }

            @Override
            public Outcome examine(CheckContext context) {
                return Outcome.passed(Fact.of("read", context.read(token) + context.read(number)));
            }

            @Override
            public Set<Capture<?>> reads() {
                return Set.of(token, number);
            }
        };
        assertThat(Examine.once(check).given(token, "t").given(number, 7).outcome())
                .hasFact("read", "t7");
    }

    @Test
    void a_precondition_that_does_not_pass_leaves_it_unknown() {
        Check check = new Check() {
            @Override
            public String sentence() {
                return "a";
            }

            @Override
            public Outcome examine(CheckContext context) {
                return Outcome.passed();
            }

            @Override
            public List<Check> preconditions() {
                return List.of(Check.that("the account is ours", c -> Outcome.failed("it is not")));
            }
        };
        assertThat(Examine.once(check).outcome()).isUnknown().hasWhyContaining("it is not");
        assertThat(Examine.once(check).result().status()).isEqualTo(Status.BLOCKED);
    }
}
