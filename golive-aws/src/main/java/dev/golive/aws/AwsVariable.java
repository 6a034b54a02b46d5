package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;

/** An environment variable of what runs. Its value is never shown. Immutable and thread-safe. */
public final class AwsVariable {

    /** What is judged about the variables. */
    @FunctionalInterface
    interface Question {
        Outcome of(Calls calls, KnownVariables variables) throws Exception;
    }

    /** Makes a check of what runs. */
    @FunctionalInterface
    interface Owner {
        AwsCheck ask(String sentence, Question question);
    }

    private final String variable;
    private final String of;
    private final boolean configuredOnly;
    private final Owner owner;

    AwsVariable(String variable, Object of, Owner owner) {
        this(variable, of, false, owner);
    }

    /** One of which it may be asked what is configured, whether it runs or not. */
    AwsVariable(String variable, Object of, boolean configuredOnly, Owner owner) {
        this.variable = variable;
        this.of = of.toString();
        this.configuredOnly = configuredOnly;
        this.owner = owner;
    }

    /**
     * Whether it is set, also as a secret from elsewhere, and not empty.
     *
     * @return the check
     */
    public Check isSet() {
        return owner.ask(this + (configuredOnly ? " is configured" : " is set"), (calls, variables) -> {
            if (variables.isSecret(variable)) {
                return Outcome.passed(Fact.of(variable, "set, as a secret"));
            }
            String value = variables.value(variable);
            return value == null
                    ? Outcome.failed(variable + " is not set", Fact.of(variable, "set", "not set"))
                    : Judge.holds(
                            !value.isEmpty(),
                            variable + " is empty",
                            Fact.of(variable, value.isEmpty() ? "empty" : "set"));
        });
    }

    /**
     * Whether it is not set: neither as a variable nor as a secret from elsewhere. What an image or a function sets for
     * itself is not seen.
     *
     * @return the check
     */
    public Check isUnset() {
        return owner.ask(this + (configuredOnly ? " is not configured" : " is unset"), (calls, variables) -> {
            if (variables.isSecret(variable)) {
                return Outcome.failed(
                        variable + " is set, as a secret", Fact.of(variable, "not set", "set, as a secret"));
            }
            boolean set = variables.value(variable) != null;
            return Judge.holds(!set, variable + " is set", Fact.of(variable, "not set", set ? "set" : "not set"));
        });
    }

    /**
     * Whether it has a value.
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
     * What its value is. One that is a secret from elsewhere cannot be compared, and fails.
     *
     * @param expected what it should be
     * @return the check
     */
    public Check matches(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return owner.ask(
                        this + (configuredOnly ? " is configured to be " : " is ") + expected.sentence(),
                        (calls, variables) -> {
                            if (variables.isSecret(variable)) {
                                return Outcome.failed(
                                        variable + " is a secret, not a value",
                                        Fact.of(variable, expected.sentence(), "a secret"));
                            }
                            Expectation<String> resolved = expected.resolved(calls.context());
                            String value = variables.value(variable);
                            if (value == null) {
                                return Outcome.failed(
                                        variable + " is not set", Fact.of(variable, resolved.sentence(), "not set"));
                            }
                            boolean accepted = resolved.accepts(value);
                            return Judge.holds(
                                    accepted,
                                    variable + " has another value",
                                    Fact.of(variable, resolved.sentence(), accepted ? "as expected" : "another value"));
                        })
                .reading(expected);
    }

    /**
     * What it is.
     *
     * @return for example {@code variable LOGIN_MOCK of ECS service shop/web in eu-north-1}
     */
    @Override
    public String toString() {
        return "variable " + variable + " of " + of;
    }
}
