package dev.golive;

import dev.golive.internal.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one examination found: a finding, the reason for it, and the facts.
 *
 * <p>{@link Finding#FAILED} means that the world was seen and is wrong; {@link Finding#UNKNOWN} that it could not be
 * seen. Mixing them up is the root of most wrong verdicts: an error of one's own, a refused login to a provider's API,
 * a timeout of a resolver are unknown. A system under examination that cannot be reached is
 * {@link #unreachable unreachable}: the engine decides by its witness whether that is the system's fault.
 *
 * <p>Immutable and thread-safe.
 */
public final class Outcome {

    private final Finding finding;
    private final String why;
    private final List<Fact> facts;
    private final Map<Capture<?>, Object> captured;
    private final boolean unreachable;
    private final boolean inconclusive;

    private Outcome(
            Finding finding,
            String why,
            List<Fact> facts,
            Map<Capture<?>, Object> captured,
            boolean unreachable,
            boolean inconclusive) {
        this.finding = finding;
        this.why = why;
        this.facts = facts;
        this.captured = captured;
        this.unreachable = unreachable;
        this.inconclusive = inconclusive;
    }

    /**
     * As it should be.
     *
     * @param facts what was seen
     * @return the outcome
     */
    public static Outcome passed(Fact... facts) {
        return of(Finding.PASSED, "", Arguments.all(facts, "facts"));
    }

    /**
     * Will do, with a reservation.
     *
     * @param why the reservation, a sentence without a full stop
     * @param facts what was seen
     * @return the outcome
     */
    public static Outcome warned(String why, Fact... facts) {
        return of(Finding.WARNED, Arguments.text(why, "why"), Arguments.all(facts, "facts"));
    }

    /**
     * Not as it should be.
     *
     * @param why what is wrong, a sentence without a full stop
     * @param facts what was seen
     * @return the outcome
     */
    public static Outcome failed(String why, Fact... facts) {
        return of(Finding.FAILED, Arguments.text(why, "why"), Arguments.all(facts, "facts"));
    }

    /**
     * Could not be found out.
     *
     * @param why what stood in the way, a sentence without a full stop
     * @param facts what was seen
     * @return the outcome
     */
    public static Outcome unknown(String why, Fact... facts) {
        return of(Finding.UNKNOWN, Arguments.text(why, "why"), Arguments.all(facts, "facts"));
    }

    /**
     * The system under examination refused, reset or did not answer. That counts as failed where the run's witness
     * shows that our own network works, and as unknown where it does not or where the run has no witness.
     *
     * @param why what happened, a sentence without a full stop
     * @param facts what was seen
     * @return the outcome, unknown until the engine has asked the witness
     */
    public static Outcome unreachable(String why, Fact... facts) {
        return new Outcome(
                Finding.UNKNOWN, Arguments.text(why, "why"), Arguments.all(facts, "facts"), Map.of(), true, false);
    }

    /**
     * An outcome with any finding.
     *
     * @param finding what was found
     * @param why the reason; may be blank for {@link Finding#PASSED} only
     * @param facts what was seen
     * @return the outcome
     */
    public static Outcome of(Finding finding, String why, List<Fact> facts) {
        Arguments.given(finding, "finding");
        if (finding != Finding.PASSED) {
            Arguments.text(why, "why");
        }
        return new Outcome(finding, Arguments.given(why, "why"), Arguments.all(facts, "facts"), Map.of(), false, false);
    }

    /**
     * The same with a value for later checks. Only a passed or warned outcome hands its values on.
     *
     * @param key what later checks ask for
     * @param value the value
     * @param <V> the type of the value
     * @return the new outcome
     */
    public <V> Outcome capturing(Capture<V> key, V value) {
        Arguments.given(key, "key");
        Arguments.given(value, "value");
        if (!key.type().isInstance(value)) {
            throw new IllegalArgumentException("value must be a " + key.type().getSimpleName() + " for " + key);
        }
        if (key.derived()) {
            throw new IllegalArgumentException("key must be a capture itself, not one derived by map(..): " + key);
        }
        Map<Capture<?>, Object> more = new LinkedHashMap<>(captured);
        more.put(key, value);
        return new Outcome(finding, why, facts, Map.copyOf(more), unreachable, inconclusive);
    }

    /**
     * The same with more facts at the end.
     *
     * @param more what else was seen
     * @return the new outcome
     */
    public Outcome with(Fact... more) {
        return with(Arguments.all(more, "more"));
    }

    /**
     * The same with more facts at the end.
     *
     * @param more what else was seen
     * @return the new outcome
     */
    public Outcome with(List<Fact> more) {
        List<Fact> all = new ArrayList<>(facts);
        all.addAll(Arguments.all(more, "more"));
        return new Outcome(finding, why, List.copyOf(all), captured, unreachable, inconclusive);
    }

    /**
     * What was found.
     *
     * @return the finding
     */
    public Finding finding() {
        return finding;
    }

    /**
     * The reason, in a sentence without a full stop.
     *
     * @return the reason, blank only for a passed outcome
     */
    public String why() {
        return why;
    }

    /**
     * What was seen.
     *
     * @return the facts in the order in which they were given
     */
    public List<Fact> facts() {
        return facts;
    }

    /**
     * Whether the system under examination could not be reached.
     *
     * @return {@code true} for an outcome made by {@link #unreachable}
     */
    public boolean isUnreachable() {
        return unreachable;
    }

    /**
     * The same, but no answer where it is the outcome of a condition: the target was in disorder, so that what was found
     * does not mean "no". A failed check stays failed; an item that applies only if this passes becomes unknown.
     *
     * @return the new outcome
     */
    public Outcome inconclusive() {
        return new Outcome(finding, why, facts, captured, unreachable, true);
    }

    /**
     * Whether this is no answer to a condition.
     *
     * @return {@code true} for an outcome made by {@link #inconclusive()}
     */
    public boolean isInconclusive() {
        return inconclusive;
    }

    Map<Capture<?>, Object> captured() {
        return captured;
    }

    Outcome rewritten(Finding newFinding, String newWhy, List<Fact> newFacts) {
        return new Outcome(newFinding, newWhy, List.copyOf(newFacts), captured, unreachable, inconclusive);
    }

    @Override
    public String toString() {
        return finding + (why.isBlank() ? "" : ": " + why) + (facts.isEmpty() ? "" : " " + facts);
    }
}
