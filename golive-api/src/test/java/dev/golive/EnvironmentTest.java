package dev.golive;

import static dev.golive.Canned.passing;
import static dev.golive.Canned.touching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    private static boolean lists(Environment environment, String host) {
        return environment.lists(Subject.host(host));
    }

    @Test
    void hosts_are_listed_whatever_their_case_and_with_or_without_the_final_dot() {
        Environment environment = Environment.named("x").host("Shop.Example.");
        assertThat(lists(environment, "shop.example")).isTrue();
        assertThat(lists(environment, "SHOP.example.")).isTrue();
        assertThat(lists(environment, "www.shop.example")).isFalse();
        assertThat(lists(environment, "notshop.example")).isFalse();
    }

    @Test
    void a_pattern_stands_for_every_name_below_and_not_for_the_name_itself() {
        Environment environment = Environment.named("x").host("*.shop.example");
        assertThat(lists(environment, "www.shop.example")).isTrue();
        assertThat(lists(environment, "a.b.shop.example")).isTrue();
        assertThat(lists(environment, "shop.example")).isFalse();
        assertThat(lists(environment, "evilshop.example")).isFalse();
        assertThat(lists(environment, "shop.example.evil.test")).isFalse();
    }

    @Test
    void accounts_belong_to_their_provider() {
        Environment environment = Environment.named("x").account("aws", "1").account("aws", "2");
        assertThat(environment.lists(new Subject("aws", "2"))).isTrue();
        assertThat(environment.lists(new Subject("railway", "2"))).isFalse();
        assertThat(environment.accounts()).containsEntry("aws", Set.of("1", "2"));
    }

    @Test
    void production_is_another_environment_than_one_of_the_same_name() {
        assertThat(Environment.production("x")).isNotEqualTo(Environment.named("x"));
        assertThat(Environment.production("x").isProduction()).isTrue();
        assertThat(Environment.named("x").host("a.example", "b.example"))
                .isEqualTo(Environment.named("x").host("b.example").host("a.example"));
    }

    @Test
    void a_run_that_would_touch_what_is_not_listed_is_refused_before_anything_is_examined() {
        AtomicInteger count = new AtomicInteger();
        Checklist list = Checklist.named("list")
                .require(Canned.counting(count, passing("first")))
                .require(touching(passing("a")).as("A"))
                .require(new Account("b").as("B").onlyIf(new Account("c")))
                .build();
        try (GoLive golive = GoLive.create()) {
            assertThatThrownBy(() -> golive.run(list, Environment.named("empty")))
                    .isInstanceOfSatisfying(
                            InvalidChecklistException.class,
                            refused -> assertThat(refused.problems())
                                    .containsExactlyInAnyOrder(
                                            "the environment empty does not list the host shop.example, which A"
                                                    + " touches",
                                            "the environment empty does not list the aws account b, which B touches",
                                            "the environment empty does not list the aws account c, which B"
                                                    + " touches"));
        }
        assertThat(count).hasValue(0);
    }

    private record Account(String sentence) implements Check {
        @Override
        public Outcome examine(CheckContext context) {
            return Outcome.passed();
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(new Subject("aws", sentence));
        }
    }

    @Test
    void a_check_that_wanders_off_to_a_host_that_is_not_listed_is_stopped_there() {
        Check wandering = Check.that("a", context -> {
            context.network()
                    .connect(
                            "evil.test",
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                            Duration.ofSeconds(1));
            return Outcome.passed();
        });
        assertThat(Canned.resultOf(wandering).why())
                .isEqualTo("the check threw HostNotListedException: the environment staging does not list the host"
                        + " evil.test");
    }

    @Test
    void missing_secrets_are_named_before_the_run_all_at_once() {
        Check needing = new Check() {
            @Override
            public String sentence() {
                return "a";
            }

            @Override
            public Outcome examine(CheckContext context) {
                return Outcome.passed();
            }

            @Override
            public Set<Secret> secrets() {
                return Set.of(
                        Secret.from("the vault", () -> null),
                        Secret.fromEnv("GOLIVE_TEST_NO_SUCH_VARIABLE"),
                        Secret.from("the broken vault", () -> {
                            throw new IllegalStateException("password 'hunter2hunter2' refused");
                        }));
            }
        };
        try (GoLive golive = GoLive.create()) {
            List<String> problems =
                    golive.problems(Checklist.named("x").require(needing).build(), Canned.STAGING);
            assertThat(problems)
                    .containsExactly(
                            "The secret in the broken vault cannot be obtained",
                            "There is no secret in environment variable GOLIVE_TEST_NO_SUCH_VARIABLE",
                            "There is no secret in the vault");
        }
    }
}
