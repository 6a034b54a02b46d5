package dev.golive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.golive.internal.Ids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RedactorTest {

    @Provide
    Arbitrary<String> secrets() {
        Arbitrary<String> anything = Arbitraries.strings()
                .ofMinLength(8)
                .ofMaxLength(60)
                .withCharRange(' ', '~')
                .withChars("äöü€+/=%&\"'<>\\\n\t");
        Arbitrary<String> tokens = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-_./+")
                .ofMinLength(8)
                .ofMaxLength(80);
        return Arbitraries.oneOf(tokens, anything).filter(secret -> !secret.isBlank());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withCharRange(' ', '~').withChars("ä\n{}").ofMaxLength(30);
    }

    /** Every form in which a secret turns up; what stands around it is encoded with it where the form does that. */
    private static Map<String, String> forms(String secret, String before, String after) {
        Map<String, String> forms = new LinkedHashMap<>();
        byte[] alone = utf8(secret);
        byte[] within = utf8(before + secret + after);
        forms.put("raw", secret);
        forms.put("form", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.put("url", URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        forms.put("json", new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
        forms.put("hex", HexFormat.of().formatHex(alone));
        forms.put("HEX", HexFormat.of().withUpperCase().formatHex(alone));
        forms.put("base64", Base64.getEncoder().encodeToString(alone));
        forms.put("base64url", Base64.getUrlEncoder().withoutPadding().encodeToString(alone));
        forms.put("within base64", Base64.getEncoder().encodeToString(within));
        forms.put("within base64url", Base64.getUrlEncoder().withoutPadding().encodeToString(within));
        forms.put("bearer", "Authorization: Bearer " + secret);
        forms.put(
                "basic",
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(utf8("user" + before.length() + ":" + secret)));
        return forms;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Property(tries = 500)
    void no_encoding_of_a_secret_survives(
            @ForAll("secrets") String secret, @ForAll("texts") String before, @ForAll("texts") String after) {
        Redactor redactor = new Redactor();
        redactor.add(secret);
        Map<String, String> forms = forms(secret, before, after);
        forms.forEach((name, form) -> {
            String cleaned = redactor.clean(before + form + after);
            for (String other : forms.values()) {
                assertThat(cleaned).as(name).doesNotContain(other);
            }
            if (!name.contains("within") && !name.equals("basic")) {
                assertThat(cleaned).as(name).contains("***");
            }
        });
        // what stays of a Base64 text at both ends is too little to hold a whole character of the secret
        for (String name : new String[] {"within base64", "within base64url"}) {
            String cleaned = redactor.clean(forms.get(name));
            assertThat(cleaned).as(name).contains("***");
        }
    }

    @Property(tries = 200)
    void several_secrets_hide_each_other_never(
            @ForAll("secrets") String one, @ForAll("secrets") String other, @ForAll("texts") String text) {
        Redactor redactor = new Redactor();
        redactor.add(one);
        redactor.add(other);
        String half = one.substring(0, one.length() / 2);
        String cleaned = redactor.clean(text + one + half + other + one.substring(half.length()) + text);
        assertThat(cleaned).doesNotContain(one).doesNotContain(other);
    }

    @Test
    void cutting_out_a_secret_never_puts_another_one_together() {
        Redactor redactor = new Redactor();
        redactor.add("abcd***efgh");
        assertThat(redactor.clean("abcdabcd***efghefgh")).doesNotContain("abcd***efgh");
        Redactor two = new Redactor();
        two.add("inner-secret");
        two.add("outer***secret");
        assertThat(two.clean("outerinner-secretsecret")).doesNotContain("outer***secret");
    }

    @Property(tries = 200)
    void text_without_a_secret_stays_as_it_is(@ForAll("texts") String text) {
        Redactor redactor = new Redactor();
        redactor.add("Zq7!Zq7!Zq7!Zq7!");
        assertThat(redactor.clean(text)).isEqualTo(text);
    }

    @Test
    void a_short_secret_makes_the_whole_text_unreadable() {
        Redactor redactor = new Redactor();
        redactor.add("1234");
        assertThat(redactor.clean("the pin is 1234!")).isEqualTo("***");
        assertThat(redactor.clean("Basic " + Base64.getEncoder().encodeToString(utf8("ann:1234"))))
                .isEqualTo("***");
        assertThat(redactor.clean("the pin is 4321!")).isEqualTo("the pin is 4321!");
    }

    @Test
    void each_line_of_a_long_secret_is_secret_too() {
        Redactor redactor = new Redactor();
        redactor.add("-----BEGIN-----\nMIIEvQIBADANBgkqhkiG9w0\nQEFAASCBKcwggSjAgEAAoIB\n");
        assertThat(redactor.clean("key: MIIEvQIBADANBgkqhkiG9w0 ...")).isEqualTo("key: *** ...");
    }

    @Test
    void ids_with_a_secret_stay_different() {
        Redactor redactor = new Redactor();
        redactor.add("very-secret-1");
        String one = redactor.cleanId("a-very-secret-1");
        String two = redactor.cleanId("b-very-secret-1");
        assertThat(one).doesNotContain("very-secret-1").isNotEqualTo(two);
        assertThat(redactor.cleanId("plain")).isEqualTo("plain");
    }

    @Test
    void an_id_derived_from_a_sentence_shows_no_secret_in_small_letters_or_cut_off() {
        Redactor redactor = new Redactor();
        redactor.add("S3cr3t/Va+lue==");
        assertThat(redactor.cleanId(Ids.from("GET /?key=S3cr3t/Va+lue== answers")))
                .startsWith("item-");
        for (int i = 1; i < 60; i++) {
            String id = redactor.cleanId(Ids.from("x".repeat(i) + " S3cr3t/Va+lue== " + "y".repeat(40)));
            assertThat(id).doesNotContain("s3cr3t");
        }
        assertThat(redactor.cleanId("s3cr3t-free")).isEqualTo("s3cr3t-free");
    }

    @Test
    void a_report_holds_a_revealed_secret_nowhere_not_even_in_what_was_found_before() {
        Secret token = Secret.from("vault", () -> "s3cr3t/va+lue==");
        Check leaky = Check.that(
                "GET /?key=s3cr3t%2Fva%2Blue%3D%3D answers",
                context -> {
                    String value = context.reveal(token);
                    throw new IllegalStateException("cannot log in with " + value);
                });
        Item early = Check.that(
                        "a", c -> Outcome.failed("echo: s3cr3t/va+lue==", Fact.of("b64", "czNjcjN0L3ZhK2x1ZT09")))
                .as("E");
        Report report = Canned.run(Checklist.named("the s3cr3t/va+lue== list")
                .require(early.because("s3cr3t/va+lue==").tagged("s3cr3t/va+lue=="))
                .require(leaky)
                .build());
        assertThat(report.toJson() + report.summary() + report + report.remarks())
                .doesNotContain("s3cr3t/va+lue==")
                .doesNotContain("s3cr3t%2Fva%2Blue")
                .doesNotContain("s3cr3t-2fva-2blue")
                .doesNotContain("czNjcjN0L3ZhK2x1ZT09");
    }
}
