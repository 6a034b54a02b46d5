package dev.golive.provider;

import dev.golive.CheckContext;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import java.time.Duration;
import java.time.Instant;

/** The verdicts that the checks of providers have in common. */
public final class Judge {

    /** A clock that is ahead of ours by more than this tells something that cannot be true. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private Judge() {}

    /**
     * Whether a value is as it should be; the value is shown.
     *
     * @param name what it is
     * @param expected what it should be
     * @param found what it is
     * @param context the attempt
     * @param <V> its type
     * @return passed or failed
     */
    public static <V> Outcome value(String name, Expectation<V> expected, V found, CheckContext context) {
        Expectation<V> resolved = expected.resolved(context);
        Fact fact = Fact.of(name, resolved.sentence(), found);
        return resolved.accepts(found)
                ? Outcome.passed(fact)
                : Outcome.failed(name + " is " + found + ", not " + resolved.sentence(), fact);
    }

    /**
     * Whether a text is the only one that it may be.
     *
     * @param name what it is
     * @param expected what it should be
     * @param found what it is
     * @return passed or failed
     */
    public static Outcome is(String name, String expected, String found) {
        Fact fact = Fact.of(name, expected, found);
        return expected.equals(found) ? Outcome.passed(fact) : Outcome.failed(name + " is " + found, fact);
    }

    /**
     * Whether something holds.
     *
     * @param holds whether it does
     * @param otherwise why it does not, as a sentence without a full stop
     * @param facts what was found
     * @return passed or failed
     */
    public static Outcome holds(boolean holds, String otherwise, Fact... facts) {
        return holds ? Outcome.passed(facts) : Outcome.failed(otherwise, facts);
    }

    /**
     * How old something is. What a clock that is somewhat ahead calls the future is now.
     *
     * @param name what it is
     * @param then when it came to be
     * @param context the attempt
     * @return its age, not negative
     * @throws ApiProblem if it is still to come, which is no proof of anything
     */
    public static Duration age(String name, Instant then, CheckContext context) {
        Duration age = Duration.between(then, context.time().now());
        if (age.compareTo(SKEW.negated()) < 0) {
            throw ApiProblem.undecided(name + " is of " + then + ", which is still to come");
        }
        return age.isNegative() ? Duration.ZERO : age;
    }

    /**
     * Whether something is younger than a limit; as old as the limit is too old.
     *
     * @param name what it is
     * @param then when it came to be
     * @param limit how old it may not be
     * @param context the attempt
     * @return passed or failed
     * @throws ApiProblem if it is still to come
     */
    public static Outcome younger(String name, Instant then, Duration limit, CheckContext context) {
        Duration age = age(name, then, context);
        return holds(
                age.compareTo(limit) < 0,
                name + " is " + Expect.text(age) + " old",
                Fact.of("age", "less than " + Expect.text(limit), Expect.text(age)));
    }
}
