package dev.golive.railway;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Secret;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.JoinedCheck;
import dev.golive.provider.Judge;
import dev.golive.provider.ProviderCheck;
import dev.golive.railway.VariableSight.Found;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.ServicePort.Instance;
import dev.golive.railway.internal.VariablePort.Named;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a service, or one that an environment shares. Its value is never shown. What is configured is asked by
 * its name, and by its value only where that is compared.
 *
 * <ul>
 *   <li>Railway gives a variable to what is deployed next, not to what runs. A check is unknown if the variable was changed
 *       after the live deployment was begun, or if none is live. {@link #configured()} asks what is configured alone,
 *       before the first deployment for example.
 *   <li>A rollback deploys the variables that its deployment had once, whatever is configured. A check is unknown if
 *       the live deployment was made with other variables, or Railway does not tell with which.
 *   <li>A sealed variable can be seen to be set. Railway never tells its value, so that checks which compare it are
 *       unknown.
 *   <li>A value may refer to other variables, which Railway puts in their place. One in which it did not proves nothing.
 *   <li>Those that Railway itself provides to what runs, with names that begin with {@code RAILWAY_}, are unknown unless
 *       they are configured.
 *   <li>A variable that an environment shares reaches a service only if one of the service's own refers to it; checks of
 *       it ask what is configured.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class RailwayVariable {

    /** What is judged about the variables of an owner. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, VariableSight sight) throws Exception;
    }

    /** What is judged about a value. */
    @FunctionalInterface
    private interface Comparison {
        Outcome of(Calls calls, String value);
    }

    private final Railway railway;
    private final @Nullable RailwayService service;
    private final String name;
    private final boolean configuredOnly;

    private RailwayVariable(Railway railway, @Nullable RailwayService service, String name, boolean configuredOnly) {
        this.railway = railway;
        this.service = service;
        this.name = name;
        this.configuredOnly = configuredOnly;
    }

    static RailwayVariable of(RailwayService service, String name) {
        return new RailwayVariable(service.railway(), service, Given.text(name, "name"), false);
    }

    static RailwayVariable shared(Railway railway, String name) {
        return new RailwayVariable(railway, null, Given.text(name, "name"), true);
    }

    /**
     * The same, of which checks ask what is configured, whether it runs or not.
     *
     * @return the new variable
     */
    public RailwayVariable configured() {
        return new RailwayVariable(railway, service, name, true);
    }

    /**
     * Whether it is set, and what it refers to is there. That is told by names: that its value is not empty, {@link
     * #hasAtLeastCharacters} says of one character. A token that may not see with which variables the live deployment was
     * made goes by when it was changed, which does not see a rollback, and says so.
     *
     * @return the check
     */
    public Check isSet() {
        return ask(this + (configuredOnly ? " is configured" : " is set"), (calls, sight) -> {
            Optional<Named> found = sight.find(name);
            if (found.isEmpty()) {
                return Outcome.failed(name + " is not set", Fact.of(name, "set", "not set"));
            }
            sight.requireRunning(found.get());
            return Outcome.passed(
                            Fact.of(name, found.get().isSealed() ? "set, sealed" : "set"),
                            Fact.of("changed", found.get().updatedAt()))
                    .with(sight.basis());
        });
    }

    /**
     * Whether it is not set: neither configured, nor in what runs.
     *
     * @return the check
     */
    public Check isUnset() {
        return ask(this + (configuredOnly ? " is not configured" : " is unset"), (calls, sight) -> {
            if (sight.find(name).isPresent()) {
                return Outcome.failed(name + " is set", Fact.of(name, "not set", "set"));
            }
            boolean runs = !configuredOnly && sight.deployed().stream().anyMatch(one -> one.containsKey(name));
            return Judge.holds(
                    !runs,
                    name + " was deleted, and what runs still has it",
                    Fact.of(name, "not set", runs ? "in what runs" : "not set"));
        });
    }

    /**
     * Whether it is sealed, so that nobody reads its value any more.
     *
     * @return the check
     */
    public Check isSealed() {
        return ask(this + " is sealed", (calls, sight) -> {
            Optional<Named> found = sight.find(name);
            if (found.isEmpty()) {
                return Outcome.failed(name + " is not set", Fact.of(name, "sealed", "not set"));
            }
            boolean sealed = found.get().isSealed();
            return Judge.holds(
                    sealed,
                    name + " is not sealed: whoever reads the project reads its value",
                    Fact.of(name, "sealed", sealed ? "sealed" : "not sealed"));
        });
    }

    /**
     * Whether it has a value. The value given here stands in the check's sentence, so that it must be no secret: {@link
     * #isSecret} is for those.
     *
     * @param value the value
     * @return the check
     */
    public Check is(String value) {
        return matches(Expect.is(Given.notNull(value, "value")));
    }

    /**
     * Whether it has one of several values.
     *
     * @param value one of them
     * @param more the others
     * @return the check
     */
    public Check isOneOf(String value, String... more) {
        return matches(Expect.oneOf(Given.all(value, "value", more).toArray(String[]::new)));
    }

    /**
     * What its value is.
     *
     * @param expected what it should be
     * @return the check
     */
    public Check matches(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return compare(verb() + expected.sentence(), (calls, value) -> {
                    Expectation<String> resolved = expected.resolved(calls.context());
                    boolean accepted = resolved.accepts(value);
                    return Judge.holds(
                            accepted,
                            name + " has another value",
                            Fact.of(name, resolved.sentence(), accepted ? "as expected" : "another value"));
                })
                .reading(expected);
    }

    /**
     * Whether its value is that of a secret. How long the comparison takes tells nothing about them.
     *
     * @param secret the secret
     * @return the check
     */
    public Check isSecret(Secret secret) {
        Given.notNull(secret, "secret");
        return compare(verb() + "the secret of " + secret.label(), (calls, value) -> {
                    boolean same = same(value, calls.context().reveal(secret));
                    return Judge.holds(
                            same,
                            name + " is another secret",
                            Fact.of(name, "the secret of " + secret.label(), same ? "as expected" : "another value"));
                })
                .revealing(secret);
    }

    /**
     * Whether its value is long enough for a secret. How long it is, is not shown.
     *
     * @param characters how many characters it has at least; 1 says that it is not empty
     * @return the check
     * @throws IllegalArgumentException if it is not between 1 and 65536
     */
    public Check hasAtLeastCharacters(int characters) {
        Given.between(characters, 1, 65_536, "characters");
        String words = "at least " + characters + (characters == 1 ? " character" : " characters");
        return compare((configuredOnly ? " is configured with " : " has ") + words, (calls, value) -> {
            boolean enough = value.codePointCount(0, value.length()) >= characters;
            return Judge.holds(
                    enough, name + " is shorter", Fact.of("length of " + name, words, enough ? "enough" : "shorter"));
        });
    }

    /**
     * Whether it was changed lately, as a secret is that people replace every so often. Setting it to the value that it has
     * counts for Railway as a change, too. One that refers to others is unknown: ask those.
     *
     * @param span how long ago is too long
     * @return the check
     * @throws IllegalArgumentException if the span is not longer than zero
     */
    public Check changedWithin(Duration span) {
        Given.positive(span, "span");
        return ask(this + " was changed within " + Expect.text(span), (calls, sight) -> {
            Optional<Named> found = sight.find(name);
            if (found.isEmpty()) {
                return Outcome.failed(name + " is not set", Fact.of(name, "set", "not set"));
            } else if (!found.get().references().isEmpty()) {
                throw ApiProblem.undecided(name + " refers to others, and is as old as those are");
            }
            sight.requireRunning(found.get());
            return Judge.younger("the change of " + name, found.get().updatedAt(), span, calls.context())
                    .with(Fact.of("changed", found.get().updatedAt()))
                    .with(sight.basis());
        });
    }

    /**
     * Whether its value is another than that of a second variable, perhaps of another service or environment, as two
     * secrets must be that protect different things. Both must be set.
     *
     * @param other the other variable
     * @return the check
     * @throws IllegalArgumentException if it is the same variable
     */
    public Check differsFrom(RailwayVariable other) {
        if (Given.notNull(other, "other").toString().equals(toString())) {
            throw new IllegalArgumentException("other must be another variable but was " + other);
        }
        Comparison none = (calls, value) -> Outcome.passed();
        return JoinedCheck.of(
                compare(" differs from " + other, none), other.compare(" can be compared", none), context -> {
                    Found own = read(context);
                    Found its = other.read(context);
                    if (own.value() == null || its.value() == null) {
                        return own.value() == null ? own.failed() : its.failed();
                    }
                    boolean same = same(own.value(), its.value());
                    return Judge.holds(
                            !same,
                            name + " has the same value as " + other,
                            Fact.of("values", "different", same ? "the same" : "different"));
                });
    }

    private static boolean same(String one, String another) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), another.getBytes(StandardCharsets.UTF_8));
    }

    private String verb() {
        return configuredOnly ? " is configured to be " : " is ";
    }

    private Found read(CheckContext context) throws Exception {
        return railway.place().ask(context, calls -> {
            RailwayService of = service;
            if (of == null) {
                return VariableSight.shared(calls).value(name);
            }
            Optional<Instance> instance = of.instance(calls);
            return instance.isEmpty()
                    ? new Found(null, "there is no " + of)
                    : (configuredOnly
                                    ? VariableSight.configured(calls, instance.get())
                                    : VariableSight.running(calls, instance.get()))
                            .value(name);
        });
    }

    private ProviderCheck<Calls> compare(String predicate, Comparison comparison) {
        return ask(
                this + predicate,
                (calls, sight) -> {
                    Found found = sight.value(name);
                    return found.value() == null ? found.failed() : comparison.of(calls, found.value());
                },
                Operation.VARIABLES);
    }

    private ProviderCheck<Calls> ask(String sentence, Question question, Operation... more) {
        Set<Operation> all = new LinkedHashSet<>(Set.of(Operation.VARIABLE_NAMES));
        all.addAll(List.of(more));
        if (!configuredOnly) {
            all.add(Operation.DEPLOYMENT_SNAPSHOT);
        }
        if (service == null) {
            // what is shared may refer to what a service has
            all.add(Operation.SERVICES);
        }
        Operation[] asked = all.toArray(Operation[]::new);
        RailwayService of = service;
        return of == null
                ? railway.check(sentence, calls -> question.of(calls, VariableSight.shared(calls)), asked)
                : of.asking(
                        sentence,
                        (calls, instance) -> question.of(
                                calls,
                                configuredOnly
                                        ? VariableSight.configured(calls, instance)
                                        : VariableSight.running(calls, instance)),
                        asked);
    }

    /**
     * What it is.
     *
     * @return for example {@code variable MODE of Railway service api of shop/production}
     */
    @Override
    public String toString() {
        RailwayService of = service;
        return of == null ? "shared variable " + name + " of " + railway : "variable " + name + " of " + of;
    }
}
