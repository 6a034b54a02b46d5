package dev.golive.checks;

import dev.golive.Expectation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An expectation of {@code Strict-Transport-Security} (RFC 6797): well-formed, sent once, with a max-age above zero.
 *
 * <pre>{@code
 * hsts().maxAge(atLeast(days(730))).includeSubDomains().preload()
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Hsts implements Expectation<String> {

    private final @Nullable Expectation<Duration> maxAge;
    private final boolean subDomains;
    private final boolean preload;

    private Hsts(@Nullable Expectation<Duration> maxAge, boolean subDomains, boolean preload) {
        this.maxAge = maxAge;
        this.subDomains = subDomains;
        this.preload = preload;
    }

    static Hsts inForce() {
        return new Hsts(null, false, false);
    }

    /**
     * The same with a condition on how long browsers remember.
     *
     * @param age what max-age should be, for example {@code atLeast(days(365))}
     * @return the new expectation
     */
    public Hsts maxAge(Expectation<Duration> age) {
        return new Hsts(HttpAssertions.typed(age, Duration.class, "age"), subDomains, preload);
    }

    /**
     * The same, for all names below the host as well.
     *
     * @return the new expectation
     */
    public Hsts includeSubDomains() {
        return new Hsts(maxAge, true, preload);
    }

    /**
     * The same with the consent to be built into browsers.
     *
     * @return the new expectation
     */
    public Hsts preload() {
        return new Hsts(maxAge, subDomains, true);
    }

    @Override
    public String sentence() {
        Expectation<Duration> age = maxAge;
        return "HSTS" + (age == null ? "" : " with max-age " + age.sentence())
                + (subDomains ? ", includeSubDomains" : "")
                + (preload ? ", preload" : "");
    }

    @Override
    public Class<String> type() {
        return String.class;
    }

    @Override
    public boolean accepts(String value) {
        return directives(value)
                .map(found -> fits(found.get("max-age"))
                        && (!subDomains || found.containsKey("includesubdomains"))
                        && (!preload || found.containsKey("preload")))
                .orElse(false);
    }

    private boolean fits(@Nullable String seconds) {
        // more than nine digits are more than 30 years
        if (seconds == null || !seconds.matches("0*\\d{1,9}")) {
            return false;
        }
        Duration found = Duration.ofSeconds(Long.parseLong(seconds));
        Expectation<Duration> age = maxAge;
        return !found.isZero() && (age == null || age.accepts(found));
    }

    /** Directives by lower-case name; empty if one comes twice, which makes browsers ignore the whole. */
    private static Optional<Map<String, String>> directives(String value) {
        Map<String, String> found = new TreeMap<>();
        for (String part : Arrays.stream(value.split(";")).map(String::strip).toList()) {
            int equals = part.indexOf('=');
            String name =
                    (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            String argument =
                    equals < 0 ? "" : part.substring(equals + 1).strip().replaceAll("^\"(.*)\"$", "$1");
            if (!name.isEmpty() && found.put(name, argument) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
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
