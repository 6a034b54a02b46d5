package dev.golive;

import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CaptureTest {

    static <V> Check writing(String sentence, Capture<V> capture, V value) {
        return new Writing<>(sentence, capture, Outcome.passed().capturing(capture, value));
    }

    record Writing<V>(String sentence, Capture<V> capture, Outcome outcome) implements Check {
        @Override
        public Outcome examine(CheckContext context) {
            return outcome;
        }

        @Override
        public Set<Capture<?>> writes() {
            return Set.of(capture);
        }
    }

    static <V> Check reading(String sentence, Capture<V> capture) {
        return new Reading<>(sentence, capture, new AtomicReference<>());
    }

    record Reading<V>(String sentence, Capture<V> capture, AtomicReference<V> seen) implements Check {
        @Override
        public Outcome examine(CheckContext context) {
            seen.set(context.read(capture));
            return Outcome.passed();
        }

        @Override
        public Set<Capture<?>> reads() {
            return Set.of(capture);
        }
    }

    @Test
    void a_value_reaches_a_reader_that_stands_before_its_writer_in_the_list() {
        Capture<Integer> number = Capture.of("number", Integer.class);
        Reading<String> reader =
                new Reading<>("r", number.map(Integer.class, n -> n + 1).map(String.class, n -> "#" + n), ref());
        Report report = run(Checklist.named("x")
                .require(reader)
                .require(writing("w", number, 41))
                .build());
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
        assertThat(reader.seen()).hasValue("#42");
    }

    private static <V> AtomicReference<V> ref() {
        return new AtomicReference<>();
    }

    @Test
    void a_writer_that_does_not_pass_blocks_its_readers() {
        Capture<String> token = Capture.of("token", String.class);
        Report report = run(Checklist.named("x")
                .require(new Writing<>("w", token, Outcome.failed("no").capturing(token, "t")).as("W"))
                .require(reading("r", token).as("R"))
                .build());
        assertThat(result(report, "R").status()).isEqualTo(Status.BLOCKED);
        assertThat(result(report, "R").blockedBy()).containsExactly("W");
    }

    @Test
    void a_waived_writer_that_captured_nothing_leaves_its_readers_unknown() {
        Capture<String> token = Capture.of("token", String.class);
        Item writer = new Writing<>("w", token, Outcome.failed("no")).as("W");
        Report report = run(
                GoLive.builder().waivers(Waiver.of(writer, Person.human("ann", "boss"), "fine", java.time.Instant.MAX)),
                Checklist.named("x")
                        .require(writer)
                        .require(reading("r", token).as("R"))
                        .build());
        assertThat(result(report, "W").status()).isEqualTo(Status.WAIVED);
        assertThat(result(report, "R").status()).isEqualTo(Status.UNKNOWN);
        assertThat(result(report, "R").why()).contains("token is not there");
    }

    @Test
    void reading_what_was_not_declared_is_unknown() {
        Capture<String> token = Capture.of("token", String.class);
        Check sly = Check.that("r", context -> {
            context.read(token);
            return Outcome.passed();
        });
        Report report = run(Checklist.named("x")
                .require(writing("w", token, "t"))
                .require(sly.as("R"))
                .build());
        assertThat(result(report, "R").status()).isEqualTo(Status.UNKNOWN);
        assertThat(result(report, "R").why()).contains("capture must be one that the check declares in reads()");
    }

    @Test
    void capturing_what_was_not_declared_or_not_what_was_declared_is_unknown() {
        Capture<String> declared = Capture.of("declared", String.class);
        Capture<String> other = Capture.of("other", String.class);
        Report report = run(Checklist.named("x")
                .require(new Writing<>("a", declared, Outcome.passed()).as("A"))
                .require(Check.that("b", c -> Outcome.passed().capturing(other, "v"))
                        .as("B"))
                .build());
        assertThat(result(report, "A").why()).isEqualTo("the check passed without capturing declared, as it declares");
        assertThat(result(report, "B").why()).isEqualTo("the check captured other without declaring it");
        assertThat(report.results(Status.UNKNOWN)).hasSize(2);
    }

    @Test
    void a_captured_secret_is_cut_out_of_the_whole_report() {
        Capture<Secret> token = Capture.secret("token");
        Check writer = new Writing<>(
                "w",
                token,
                Outcome.passed(Fact.of("body", "token=s3cr3t-value-1"))
                        .capturing(token, Secret.found("token", "s3cr3t-value-1")));
        Check reader = new Check() {
            @Override
            public String sentence() {
                return "r";
            }

            @Override
            public Outcome examine(CheckContext context) {
                return Outcome.failed("refused " + context.reveal(context.read(token)));
            }

            @Override
            public Set<Capture<?>> reads() {
                return Set.of(token);
            }
        };
        Report report =
                run(Checklist.named("x").require(writer).require(reader.as("R")).build());
        assertThat(result(report, "R").why()).isEqualTo("refused ***");
        assertThat(report.toJson()).doesNotContain("s3cr3t-value-1");
    }

    @Test
    void a_captured_secret_without_a_value_makes_the_item_unknown_and_the_run_goes_on() {
        Capture<Secret> token = Capture.secret("token");
        Report report = run(
                GoLive.builder().deadline(Duration.ofSeconds(15)),
                Checklist.named("x")
                        .require(writing("w", token, Secret.from("the vault", () -> null))
                                .as("W"))
                        .require(Canned.passing("other").as("O"))
                        .build());
        assertThat(report.took()).isLessThan(Duration.ofSeconds(10));
        assertThat(result(report, "W").status()).isEqualTo(Status.UNKNOWN);
        assertThat(result(report, "W").why()).contains("There is no secret in the vault");
        assertThat(result(report, "O").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void a_value_of_the_wrong_type_or_a_derived_key_is_refused() {
        Capture<Integer> number = Capture.of("number", Integer.class);
        @SuppressWarnings({"unchecked", "rawtypes"})
        Capture<Object> raw = (Capture) number;
        assertThatThrownBy(() -> Outcome.passed().capturing(raw, "text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value must be a Integer");
        assertThatThrownBy(() -> Outcome.passed().capturing(number.map(String.class, String::valueOf), "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key");
    }

    @Test
    void values_do_not_outlive_their_run() {
        Capture<Integer> number = Capture.of("number", Integer.class);
        Checklist list = Checklist.named("x")
                .require(writing("w", number, 1))
                .require(reading("r", number).as("R"))
                .build();
        try (GoLive golive = GoLive.create()) {
            assertThat(golive.run(list, Canned.STAGING).verdict()).isEqualTo(Verdict.GO);
            assertThat(golive.run(list, Canned.STAGING).verdict()).isEqualTo(Verdict.GO);
        }
    }

    @Test
    void a_secret_that_was_captured_without_being_declared_is_shown_nowhere() {
        Capture<Secret> token = Capture.secret("token");
        Check careless = Check.that(
                "a",
                context -> Outcome.passed(Fact.of("answer", "token is s3cr3t-t0ken-17"))
                        .capturing(token, Secret.found("token", "s3cr3t-t0ken-17")));
        Report report = run(Checklist.named("x").require(careless.as("A")).build());
        assertThat(result(report, "A").status()).isEqualTo(Status.UNKNOWN);
        assertThat(report.toJson()).doesNotContain("s3cr3t-t0ken-17");
    }
}
