package dev.golive.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a check says about a secret, no report and no progress line shows it, in any encoding. */
class SecretsInReportsTest {

    @Provide
    static Arbitrary<String> secrets() {
        // the beginning keeps a secret from being a word that reports are made of
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withChars('ü', '€', ' ', '\t', '\\', '"', '&', '<')
                .ofMinLength(4)
                .ofMaxLength(30)
                .map(rest -> "s3cr" + rest.stripTrailing() + "x7");
    }

    @Property(tries = 60)
    void no_format_shows_a_secret(@ForAll("secrets") String value, @ForAll boolean found) {
        Secret secret = found ? Secret.found("token", value) : Secret.from("token", () -> value);
        List<String> forms = forms(value);
        Checklist list = Checklist.named("List")
                .require(Check.that("The token works", context -> {
                            context.reveal(secret);
                            return Outcome.failed(
                                    "refused " + value + " and " + String.join(" ", forms),
                                    forms.stream()
                                            .map(form -> Fact.of("sent", "some " + form, form + " sent"))
                                            .toArray(Fact[]::new));
                        })
                        .because("it was " + value + " yesterday"))
                .require(Check.that("An exception tells", context -> {
                    context.reveal(secret);
                    throw new IllegalStateException("with " + value + " in it");
                }))
                .build();
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(progress, true, StandardCharsets.UTF_8);
        Report report;
        try (GoLive golive = GoLive.builder()
                .listener(ConsoleProgress.on(out), ConsoleProgress.on(out).live())
                .build()) {
            report = golive.run(list, Environment.named("staging"));
        }
        for (String form : forms) {
            for (ReportFormat format : ReportFormat.all()) {
                assertThat(format.render(report)).as(format.name()).doesNotContain(form);
            }
            assertThat(progress.toString(StandardCharsets.UTF_8)).doesNotContain(form);
        }
        assertThat(ReportFormat.TEXT.render(report)).contains("***");
    }

    private static List<String> forms(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String basic = Base64.getEncoder().encodeToString(("user:" + value).getBytes(StandardCharsets.UTF_8));
        return List.of(
                value,
                url,
                url.replace("+", "%20"),
                new String(JsonStringEncoder.getInstance().quoteAsString(value)),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                basic,
                HexFormat.of().formatHex(bytes));
    }
}
