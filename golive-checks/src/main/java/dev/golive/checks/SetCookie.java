package dev.golive.checks;

import static dev.golive.checks.internal.Given.given;
import static dev.golive.checks.internal.Given.text;

import dev.golive.Expectation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An expectation of a cookie that a response sets (RFC 6265): of its attributes and, rarely, of its value.
 *
 * <pre>{@code
 * setCookie().secure().httpOnly().sameSite("Lax").path("/")
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class SetCookie implements Expectation<String> {

    private record Rule(String words, Predicate<Map<String, String>> holds) {}

    private static final String VALUE = "=";

    private final List<Rule> rules;

    private SetCookie(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    static SetCookie any() {
        return new SetCookie(List.of());
    }

    private SetCookie and(String words, Predicate<Map<String, String>> holds) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(new Rule(words, holds));
        return new SetCookie(all);
    }

    /**
     * The same, sent by browsers over https only.
     *
     * @return the new expectation
     */
    public SetCookie secure() {
        return and("Secure", found -> found.containsKey("secure"));
    }

    /**
     * The same, hidden from scripts.
     *
     * @return the new expectation
     */
    public SetCookie httpOnly() {
        return and("HttpOnly", found -> found.containsKey("httponly"));
    }

    /**
     * The same with a rule for requests from other sites.
     *
     * @param rule {@code Strict}, {@code Lax} or {@code None}, in any case
     * @return the new expectation
     * @throws IllegalArgumentException if it is none of these
     */
    public SetCookie sameSite(String rule) {
        if (!List.of("strict", "lax", "none").contains(given(rule, "rule").toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("rule must be Strict, Lax or None but was " + rule);
        }
        return and("SameSite=" + rule, found -> rule.equalsIgnoreCase(found.get("samesite")));
    }

    /**
     * The same with a path.
     *
     * @param path the path expected
     * @return the new expectation
     */
    public SetCookie path(String path) {
        text(path, "path");
        return and("Path=" + path, found -> path.equals(found.get("path")));
    }

    /**
     * The same with a domain.
     *
     * @param domain the domain expected, in any case; a leading dot makes no difference
     * @return the new expectation
     */
    public SetCookie domain(String domain) {
        String wanted = withoutDot(text(domain, "domain"));
        return and("Domain=" + wanted, found -> wanted.equalsIgnoreCase(withoutDot(found.getOrDefault("domain", ""))));
    }

    /**
     * The same without a domain, so that it is sent to its own host only.
     *
     * @return the new expectation
     */
    public SetCookie hostOnly() {
        return and("no Domain", found -> !found.containsKey("domain"));
    }

    private static String withoutDot(String domain) {
        return domain.startsWith(".") ? domain.substring(1) : domain;
    }

    /**
     * The same with a condition on how long it is kept.
     *
     * @param age what Max-Age should be
     * @return the new expectation
     */
    public SetCookie maxAge(Expectation<Duration> age) {
        HttpAssertions.typed(age, Duration.class, "age");
        return and("Max-Age " + age.sentence(), found -> {
            String seconds = found.getOrDefault("max-age", "");
            return seconds.matches("-?\\d{1,15}") && age.accepts(Duration.ofSeconds(Long.parseLong(seconds)));
        });
    }

    /**
     * The same, forgotten when the browser is closed.
     *
     * @return the new expectation
     */
    public SetCookie session() {
        return and(
                "kept for the session only", found -> !found.containsKey("max-age") && !found.containsKey("expires"));
    }

    /**
     * The same with a condition on its value.
     *
     * @param value what the value should be
     * @return the new expectation
     */
    public SetCookie value(Expectation<String> value) {
        HttpAssertions.typed(value, String.class, "value");
        return and("value " + value.sentence(), found -> value.accepts(found.getOrDefault(VALUE, "")));
    }

    @Override
    public String sentence() {
        return rules.isEmpty()
                ? "present"
                : "a cookie with " + rules.stream().map(Rule::words).collect(Collectors.joining(", "));
    }

    @Override
    public Class<String> type() {
        return String.class;
    }

    /** Judges a whole line: {@code name=value; Attribute; Attribute=value}. */
    @Override
    public boolean accepts(String line) {
        Map<String, String> found = new TreeMap<>();
        String[] parts = line.split(";");
        for (int i = 0; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).strip();
            String value = equals < 0 ? "" : parts[i].substring(equals + 1).strip();
            // the last of several counts, RFC 6265 section 5.3
            found.put(i == 0 ? VALUE : name.toLowerCase(Locale.ROOT), value);
        }
        return rules.stream().allMatch(rule -> rule.holds.test(found));
    }

    /**
     * The expectation in words.
     *
     * @return its sentence
     */
    @Override
    public String toString() {
        return sentence();
    }
}
