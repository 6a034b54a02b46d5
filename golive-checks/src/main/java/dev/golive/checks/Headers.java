package dev.golive.checks;

import static dev.golive.checks.internal.Given.text;

import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.checks.internal.http.Assertion;
import dev.golive.checks.internal.http.Judge;
import dev.golive.checks.internal.http.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Expectations of headers that protect a site, meant to be imported statically. */
public final class Headers {

    private static final Set<String> CAREFUL_REFERRERS = Set.of(
            "no-referrer",
            "same-origin",
            "strict-origin",
            "strict-origin-when-cross-origin",
            "origin",
            "origin-when-cross-origin");

    /** Sources of a policy that every site is one of: a star, or a scheme alone (CSP 3, section 2.3.1). */
    private static final Pattern ANYBODY = Pattern.compile("(?i)\\*(:\\*)?|https?:(//\\*(:\\*)?)?");

    private Headers() {}

    /**
     * A {@code Strict-Transport-Security} that is in force (RFC 6797).
     *
     * @return the expectation, to be made stricter
     */
    public static Hsts hsts() {
        return Hsts.inForce();
    }

    /**
     * A {@code Set-Cookie} (RFC 6265).
     *
     * @return the expectation, to be made stricter
     */
    public static SetCookie setCookie() {
        return SetCookie.any();
    }

    /**
     * A header that is there, with whatever value that is not blank.
     *
     * @return the expectation
     */
    public static Expectation<String> present() {
        return Expect.satisfying("present", String.class, value -> !value.isBlank());
    }

    /**
     * A {@code Content-Security-Policy} with a directive.
     *
     * @param directive the name of the directive, for example {@code default-src}
     * @param sources what it must name among others, for example {@code 'self'}
     * @return the expectation
     */
    public static Expectation<String> csp(String directive, String... sources) {
        String name = text(directive, "directive").toLowerCase(Locale.ROOT);
        List<String> wanted =
                Arrays.stream(sources).map(source -> text(source, "sources")).toList();
        return Expect.satisfying(
                "a policy with " + name + (wanted.isEmpty() ? "" : " " + String.join(" ", wanted)),
                String.class,
                value -> directive(value, name)
                        .map(found -> found.containsAll(wanted))
                        .orElse(false));
    }

    /** The sources of the first directive of a name: later ones of the same name are ignored by browsers. */
    private static Optional<List<String>> directive(String policy, String name) {
        return Arrays.stream(policy.split("[;,]"))
                .map(part -> List.of(part.strip().split("\\s+")))
                .filter(words -> words.get(0).equalsIgnoreCase(name))
                .map(words -> words.subList(1, words.size()))
                .findFirst();
    }

    /**
     * {@code X-Content-Type-Options: nosniff}.
     *
     * @return the expectation
     */
    public static Expectation<String> noSniff() {
        return Expect.satisfying("nosniff", String.class, value -> value.strip().equalsIgnoreCase("nosniff"));
    }

    /**
     * A {@code Referrer-Policy} that does not tell other sites whole URLs.
     *
     * @return the expectation
     */
    public static Expectation<String> referrerPolicy() {
        return Expect.satisfying("a policy that tells other sites no whole URLs", String.class, value -> {
            // browsers take the last one that they know
            String[] policies = value.toLowerCase(Locale.ROOT).split(",", -1);
            String last = policies[policies.length - 1].strip();
            return CAREFUL_REFERRERS.contains(last);
        });
    }

    /** No other site may put the page into a frame, by either of the two headers that say so. */
    static Assertion framePolicy() {
        return new Assertion() {
            @Override
            public String sentence() {
                return "frames of other sites are refused";
            }

            @Override
            public void judge(Response response, Judge judge) {
                String options = response.value("X-Frame-Options").orElse("").strip();
                Optional<List<String>> ancestors =
                        directive(response.value("Content-Security-Policy").orElse(""), "frame-ancestors");
                boolean met = ancestors
                        .map(sources -> sources.stream().noneMatch(ANYBODY.asMatchPredicate()))
                        .orElse(options.equalsIgnoreCase("DENY") || options.equalsIgnoreCase("SAMEORIGIN"));
                Fact fact = Fact.of(
                        "frame policy",
                        "frame-ancestors, or X-Frame-Options of DENY or SAMEORIGIN",
                        ancestors
                                .map(sources -> "frame-ancestors " + String.join(" ", sources))
                                .orElse(options.isEmpty() ? "absent" : options));
                if (met) {
                    judge.saw(fact);
                } else {
                    judge.failed("any site may put the page into a frame", fact);
                }
            }
        };
    }

    /** No header tells which version of which software runs. */
    static Assertion noBanner() {
        return new Assertion() {
            @Override
            public String sentence() {
                return "no header tells the version of the server";
            }

            @Override
            public void judge(Response response, Judge judge) {
                for (String name : List.of("Server", "X-Powered-By", "X-AspNet-Version")) {
                    String value = response.value(name).orElse("");
                    if (value.matches("(?s).*\\d.*")) {
                        judge.failed(
                                "header " + name + " tells a version: \"" + value + "\"",
                                Fact.of("header " + name, "no version", value));
                    }
                }
            }
        };
    }
}
