package dev.golive.aws;

import dev.golive.CheckContext;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.AwsProblem;
import java.time.Duration;
import java.time.Instant;

/** The verdicts that many checks have in common. */
final class Judge {

    /** A clock that is ahead of ours by more than this tells something that cannot be true. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private Judge() {}

    /** Whether a value is as it should be; the value is shown. */
    static <V> Outcome value(String name, Expectation<V> expected, V found, CheckContext context) {
        Expectation<V> resolved = expected.resolved(context);
        Fact fact = Fact.of(name, resolved.sentence(), found);
        return resolved.accepts(found)
                ? Outcome.passed(fact)
                : Outcome.failed(name + " is " + found + ", not " + resolved.sentence(), fact);
    }

    /** Whether a text is the only one that it may be. */
    static Outcome is(String name, String expected, String found) {
        Fact fact = Fact.of(name, expected, found);
        return expected.equals(found) ? Outcome.passed(fact) : Outcome.failed(name + " is " + found, fact);
    }

    /** Whether something holds. */
    static Outcome holds(boolean holds, String otherwise, Fact... facts) {
        return holds ? Outcome.passed(facts) : Outcome.failed(otherwise, facts);
    }

    /**
     * How old something is. What a clock that is somewhat ahead calls the future is now.
     *
     * @throws AwsProblem if it is still to come, which is no proof of anything
     */
    static Duration age(String name, Instant then, CheckContext context) {
        Duration age = Duration.between(then, context.time().now());
        if (age.compareTo(SKEW.negated()) < 0) {
            throw AwsProblem.undecided(name + " is of " + then + ", which is still to come");
        }
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Whether something is younger than a limit; as old as the limit is too old. */
    static Outcome younger(String name, Instant then, Duration limit, CheckContext context) {
        Duration age = age(name, then, context);
        return holds(
                age.compareTo(limit) < 0,
                name + " is " + Expect.text(age) + " old",
                Fact.of("age", "less than " + Expect.text(limit), Expect.text(age)));
    }
}
