package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Report;
import dev.golive.aws.internal.secretsmanager.HeldValue;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.FakeAws;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Whatever a secret holds, nothing that leaves golive depends on more of it than the answer. */
class AwsSecretNeverShownTest {

    /** Letters that nothing else here is written with, so that any of them is part of a value. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars("ЖЩЮЯ{}[]\":\\ \n")
                .ofMinLength(1)
                .ofMaxLength(60)
                .filter(text -> !text.isBlank());
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void no_report_output_or_log_has_a_letter_of_a_value(
            @ForAll("values") String value, @ForAll("values") String other) {
        assertThat(everythingSaid(value, other)).isNotEmpty().doesNotContainPattern("[ЖЩЮЯ]");
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void two_values_with_the_same_answers_are_spoken_of_in_the_same_words(
            @ForAll("values") String value, @ForAll("values") String other) {
        String one = "Ж".repeat(32) + value.replaceAll("[^ЖЩЮЯ]", "");
        String another = "Щ".repeat(50) + other.replaceAll("[^ЖЩЮЯ]", "");

        assertThat(everythingSaid(one, "Ю")).isEqualTo(everythingSaid(another, "Ю"));
    }

    private static String everythingSaid(String value, String other) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        StringBuilder logged = new StringBuilder();
        Handler handler = new Handler() {
            @Override
            public synchronized void publish(LogRecord record) {
                if (!String.valueOf(record.getLoggerName()).startsWith("sun.")) {
                    logged.append(record.getMessage()).append(Arrays.toString(record.getParameters()));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        StringBuilder said = new StringBuilder();
        try (PrintStream caught = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(caught);
            System.setErr(caught);
            VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
            try (FakeAws fake = FakeAws.start(time)) {
                fake.secret("shop/jwt").text(value);
                fake.secret("test/jwt").text(other);
                Aws aws = Aws.account(fake.account(), fake.region())
                        .credentials(fake.accessKeyId(), fake.secretAccessKey());
                Checklist.Builder list = Checklist.named("secrets");
                for (Check check : checks(aws)) {
                    list.require(check);
                }
                try (GoLive golive =
                        GoLive.builder().time(time).network(fake.network()).build()) {
                    Report report =
                            golive.run(list.build(), Environment.named("test").account("aws", fake.account()));
                    report.results()
                            .forEach(result -> said.append(result)
                                    .append(result.why())
                                    .append(result.facts())
                                    .append('\n'));
                }
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
            root.removeHandler(handler);
        }
        return said.append(bytes.toString(StandardCharsets.UTF_8))
                .append(logged)
                .toString();
    }

    private static List<Check> checks(Aws aws) {
        AwsSecret jwt = aws.secret("shop/jwt");
        AwsSecret test = aws.secret("test/jwt");
        return List.of(
                jwt.exists(),
                jwt.hasAtLeastCharacters(1),
                jwt.hasAtLeastCharacters(32),
                jwt.hasAtLeastCharacters(1000),
                jwt.key("password").hasAtLeastCharacters(1),
                jwt.differsFrom(test),
                jwt.key("a").differsFrom(test.key("a")));
    }

    @Test
    void a_held_value_has_no_way_to_its_text() {
        List<String> ways = new ArrayList<>();
        for (Method method : HeldValue.class.getDeclaredMethods()) {
            boolean says = method.getReturnType() != boolean.class && !Modifier.isPrivate(method.getModifiers());
            if (says && !method.isSynthetic()) {
                ways.add(method.getName());
            }
        }

        assertThat(ways).containsExactlyInAnyOrder("of", "toString");
    }
}
