package dev.golive.checks;

import static dev.golive.checks.internal.Given.given;
import static dev.golive.checks.internal.Given.text;

import dev.golive.Capture;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.checks.internal.http.Assertion;
import dev.golive.checks.internal.http.HeadAssertions;
import dev.golive.checks.internal.http.Judge;
import dev.golive.checks.internal.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What several headers should be, under one name: asserted with {@link HttpAssertions#headers}.
 *
 * <pre>{@code
 * HeaderPolicy ours = HeaderPolicy.recommended().with("Cross-Origin-Opener-Policy", is("same-origin"));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class HeaderPolicy {

    private final String name;
    private final List<Assertion> rules;

    private HeaderPolicy(String name, List<Assertion> rules) {
        this.name = name;
        this.rules = List.copyOf(rules);
    }

    /**
     * A policy without rules yet.
     *
     * @param name names it in sentences: "the headers of our pages"
     * @return the policy
     */
    public static HeaderPolicy named(String name) {
        return new HeaderPolicy(text(name, "name"), List.of());
    }

    /**
     * What every page of a site on the public web should send: HSTS of half a year at least, a content security policy,
     * no sniffing of types, protection against foreign frames, a policy for referrers and one for permissions, and a
     * server that does not tell its version.
     *
     * @return the policy
     */
    public static HeaderPolicy recommended() {
        return named("the recommended security headers")
                .with("Strict-Transport-Security", Headers.hsts().maxAge(Expect.atLeast(Duration.ofDays(180))))
                .with("Content-Security-Policy", Headers.present())
                .with("X-Content-Type-Options", Headers.noSniff())
                .and(Headers.framePolicy())
                .with("Referrer-Policy", Headers.referrerPolicy())
                .with("Permissions-Policy", Headers.present())
                .and(Headers.noBanner());
    }

    /**
     * The same with a rule.
     *
     * @param header the name of a header
     * @param value what it should be
     * @return the new policy
     */
    public HeaderPolicy with(String header, Expectation<String> value) {
        return and(HeadAssertions.header(
                HttpAssertions.headerName(header), HttpAssertions.typed(value, String.class, "value")));
    }

    /**
     * The same with a header that must not be sent.
     *
     * @param header the name of a header
     * @return the new policy
     */
    public HeaderPolicy without(String header) {
        return and(HeadAssertions.noHeader(HttpAssertions.headerName(header)));
    }

    /**
     * The same with all rules of another policy.
     *
     * @param other the other policy
     * @return the new policy
     */
    public HeaderPolicy and(HeaderPolicy other) {
        List<Assertion> all = new ArrayList<>(rules);
        all.addAll(given(other, "other").rules);
        return new HeaderPolicy(name, all);
    }

    HeaderPolicy and(Assertion rule) {
        List<Assertion> all = new ArrayList<>(rules);
        all.add(rule);
        return new HeaderPolicy(name, all);
    }

    Assertion assertion() {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("policy must have at least one rule, but " + name + " has none");
        }
        HeaderPolicy policy = this;
        return new Assertion() {
            @Override
            public String sentence() {
                return "sends " + policy.name;
            }

            @Override
            public void judge(Response response, Judge judge) {
                policy.rules.forEach(rule -> rule.judge(response, judge));
            }

            @Override
            public Set<Capture<?>> reads() {
                return policy.rules.stream()
                        .flatMap(rule -> rule.reads().stream())
                        .collect(Collectors.toSet());
            }
        };
    }

    /**
     * The policy in words.
     *
     * @return its name and rules
     */
    @Override
    public String toString() {
        return name + ": " + rules.stream().map(Assertion::sentence).collect(Collectors.joining(", "));
    }
}
