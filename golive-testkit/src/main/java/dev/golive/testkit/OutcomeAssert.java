package dev.golive.testkit;

import dev.golive.Finding;
import dev.golive.Outcome;
import java.util.Objects;

/** Assertions on an outcome; see {@link GoLiveAssertions}. Each throws {@link AssertionError} and lists the facts. */
public final class OutcomeAssert {

    private final Outcome outcome;

    OutcomeAssert(Outcome outcome) {
        this.outcome = outcome;
    }

    /**
     * It passed.
     *
     * @return this assertion
     */
    public OutcomeAssert hasPassed() {
        return hasFinding(Finding.PASSED);
    }

    /**
     * It passed with a reservation.
     *
     * @return this assertion
     */
    public OutcomeAssert hasWarned() {
        return hasFinding(Finding.WARNED);
    }

    /**
     * It failed.
     *
     * @return this assertion
     */
    public OutcomeAssert hasFailed() {
        return hasFinding(Finding.FAILED);
    }

    /**
     * It could not be found out.
     *
     * @return this assertion
     */
    public OutcomeAssert isUnknown() {
        return hasFinding(Finding.UNKNOWN);
    }

    /**
     * It was found to be so.
     *
     * @param expected the finding
     * @return this assertion
     */
    public OutcomeAssert hasFinding(Finding expected) {
        if (outcome.finding() != Objects.requireNonNull(expected, "expected must not be null")) {
            throw Wording.unexpected(expected.toString(), "was " + outcome.finding(), all());
        }
        return this;
    }

    /**
     * The reason has this in it.
     *
     * @param part the part
     * @return this assertion
     */
    public OutcomeAssert hasWhyContaining(String part) {
        Wording.contains("a reason", outcome.why(), part, all());
        return this;
    }

    /**
     * There is this fact.
     *
     * @param name the name of the fact
     * @param found what was found, compared as text
     * @return this assertion
     */
    public OutcomeAssert hasFact(String name, Object found) {
        Wording.hasFact(outcome.facts(), name, found, all());
        return this;
    }

    /**
     * There is a fact of this name with this in it.
     *
     * @param name the name of the fact
     * @param part the part
     * @return this assertion
     */
    public OutcomeAssert hasFactContaining(String name, String part) {
        Wording.hasFactContaining(outcome.facts(), name, part, all());
        return this;
    }

    /**
     * There is no fact of this name.
     *
     * @param name the name
     * @return this assertion
     */
    public OutcomeAssert hasNoFact(String name) {
        Wording.hasNoFact(outcome.facts(), name, all());
        return this;
    }

    private String all() {
        return "There was: " + outcome.finding() + (outcome.why().isBlank() ? "" : ": " + outcome.why())
                + Wording.facts(outcome.facts());
    }
}
