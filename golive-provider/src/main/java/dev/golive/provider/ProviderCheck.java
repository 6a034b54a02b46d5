package dev.golive.provider;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Expectation;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.Timing;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A question to a provider. What stands between it and an answer is unknown; only what it judges itself can fail.
 * Immutable and thread-safe; options return new checks.
 *
 * @param <C> the calls that can be made there
 */
public final class ProviderCheck<C> implements Check {

    /** With room for three exchanges that hang. */
    private static final Timing TIMING = Timing.standard().timeout(Duration.ofSeconds(30));

    private final Place<C> place;
    private final String sentence;
    private final Set<Permission> permissions;
    private final Set<Expectation<?>> expectations;
    private final Set<Secret> secrets;
    private final Place.Asking<C, Outcome> judge;

    private ProviderCheck(
            Place<C> place,
            String sentence,
            Set<Permission> permissions,
            Set<Expectation<?>> expectations,
            Set<Secret> secrets,
            Place.Asking<C, Outcome> judge) {
        this.place = place;
        this.sentence = sentence;
        this.permissions = permissions;
        this.expectations = expectations;
        this.secrets = secrets;
        this.judge = judge;
    }

    /**
     * A check that must be allowed nothing yet.
     *
     * @param place where it asks
     * @param sentence what it asks
     * @param judge asks, and judges the answer
     * @param <C> the calls that can be made there
     * @return the check
     */
    public static <C> ProviderCheck<C> of(Place<C> place, String sentence, Place.Asking<C, Outcome> judge) {
        return new ProviderCheck<>(
                Given.notNull(place, "place"),
                Given.text(sentence, "sentence"),
                Set.of(),
                Set.of(),
                Set.of(),
                Given.notNull(judge, "judge"));
    }

    /**
     * The same, which must be allowed something.
     *
     * @param permission what must be allowed
     * @return the new check
     */
    public ProviderCheck<C> needing(Permission permission) {
        return new ProviderCheck<>(
                place,
                sentence,
                and(permissions, Given.notNull(permission, "permission")),
                expectations,
                secrets,
                judge);
    }

    /**
     * The same, which reads what an expectation reads.
     *
     * @param expectation what something should be
     * @return the new check
     */
    public ProviderCheck<C> reading(Expectation<?> expectation) {
        return new ProviderCheck<>(
                place,
                sentence,
                permissions,
                and(expectations, Given.notNull(expectation, "expectation")),
                secrets,
                judge);
    }

    /**
     * The same, which reveals a secret.
     *
     * @param secret the secret
     * @return the new check
     */
    public ProviderCheck<C> revealing(Secret secret) {
        return new ProviderCheck<>(
                place, sentence, permissions, expectations, and(secrets, Given.notNull(secret, "secret")), judge);
    }

    private static <T> Set<T> and(Set<T> some, T one) {
        Set<T> all = new LinkedHashSet<>(some);
        all.add(one);
        return all;
    }

    @Override
    public String sentence() {
        return sentence;
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        try {
            return place.ask(context, judge);
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(e.facts());
        }
    }

    @Override
    public Timing timing() {
        return TIMING;
    }

    @Override
    public List<Check> preconditions() {
        return place.preconditions(this);
    }

    @Override
    public Set<Capture<?>> reads() {
        Set<Capture<?>> all = new HashSet<>();
        expectations.forEach(expectation -> all.addAll(expectation.reads()));
        return all;
    }

    @Override
    public Set<Secret> secrets() {
        Set<Secret> all = new LinkedHashSet<>(place.secrets());
        all.addAll(secrets);
        return all;
    }

    @Override
    public Set<Permission> permissions() {
        return permissions;
    }

    @Override
    public Set<Subject> touches() {
        return place.touches();
    }

    @Override
    public String toString() {
        return sentence;
    }
}
