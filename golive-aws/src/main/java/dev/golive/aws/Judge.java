package dev.golive.aws;

import dev.golive.CheckContext;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;

/** The verdicts that many checks have in common. */
final class Judge {

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
}
