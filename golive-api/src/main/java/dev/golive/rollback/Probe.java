package dev.golive.rollback;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.Timing;
import dev.golive.internal.Arguments;
import dev.golive.time.Spans;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check that is examined again and again, at fixed intervals, and that triggers hang on.
 *
 * <pre>{@code
 * Probe health = Probe.of("health", Http.get("https://shop.example/api/health").status(200)).every(seconds(30));
 * }</pre>
 *
 * <p>A probe is a check too: the one that it asks. Immutable and thread-safe.
 */
public final class Probe implements Check, Signal {

    private final String id;
    private final Check check;
    private final Duration every;
    private final Set<String> tags;

    private Probe(String id, Check check, Duration every, Set<String> tags) {
        this.id = id;
        this.check = check;
        this.every = every;
        this.tags = tags;
    }

    /** A probe that needs an interval. */
    public interface Unscheduled {

        /**
         * The probe, examined so often.
         *
         * @param interval how far its slots are apart, longer than zero
         * @return the probe
         * @throws IllegalArgumentException if {@code interval} is not longer than zero
         */
        Probe every(Duration interval);
    }

    /**
     * A check under a name.
     *
     * @param id what samples, triggers and people call it
     * @param check what is asked
     * @return the probe, which needs an interval
     * @throws IllegalArgumentException if {@code id} is blank
     */
    public static Unscheduled of(String id, Check check) {
        Arguments.text(id, "id");
        Arguments.given(check, "check");
        return interval -> new Probe(id, check, Arguments.positive(interval, "interval"), Set.of());
    }

    /**
     * The same with more tags. Two probes that differ in tags alone are equal.
     *
     * @param tags words to select by
     * @return the new probe
     */
    public Probe tagged(String... tags) {
        return new Probe(id, check, every, Arguments.tags(this.tags, tags));
    }

    /**
     * Words to select by.
     *
     * @return the tags
     */
    public Set<String> tags() {
        return tags;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Duration every() {
        return every;
    }

    /**
     * The longest that an examination takes.
     *
     * @return the time that the check's timing allows for
     */
    @Override
    public Duration arrivesAfter() {
        Timing timing = check.timing();
        return timing.timeout()
                .multipliedBy(timing.retries() + 1L)
                .plus(timing.eventually())
                .plus(timing.holdingFor());
    }

    /**
     * Fires when the newest samples are all breaches and the last began at least so long after the first.
     *
     * @param span how long, longer than zero
     * @return the trigger
     * @throws IllegalArgumentException if {@code span} is not longer than zero
     */
    public LastingTrigger failingFor(Duration span) {
        return new LastingTrigger(new Breaches.Asked(this), Arguments.positive(span, "span"), false);
    }

    /**
     * Fires when the newest samples are all breaches and the last began more than so long after the first.
     *
     * @param span how long, longer than zero
     * @return the trigger
     * @throws IllegalArgumentException if {@code span} is not longer than zero
     */
    public LastingTrigger failingLongerThan(Duration span) {
        return new LastingTrigger(new Breaches.Asked(this), Arguments.positive(span, "span"), true);
    }

    /**
     * Fires when so many of the last slots are breaches. A slot without a sample has its place too, and is judged by
     * {@link Trigger#whenMissing}; it is not replaced by an older slot.
     *
     * @param m how many breaches
     * @param n of how many slots, at most 1000
     * @return the trigger; a policy with one that can never or always fire is refused
     * @throws IllegalArgumentException if {@code m} is negative or {@code n} is not between 1 and 1000
     */
    public Trigger failing(int m, int n) {
        return new SlotsTrigger(
                new Breaches.Asked(this),
                Arguments.between(m, 0, Integer.MAX_VALUE, "m"),
                Arguments.between(n, 1, SlotsTrigger.MOST, "n"));
    }

    @Override
    public String sentence() {
        return check.sentence();
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        return check.examine(context);
    }

    @Override
    public Timing timing() {
        return check.timing();
    }

    @Override
    public List<Check> preconditions() {
        return check.preconditions();
    }

    @Override
    public Set<Capture<?>> reads() {
        return check.reads();
    }

    @Override
    public Set<Capture<?>> writes() {
        return check.writes();
    }

    @Override
    public Set<Secret> secrets() {
        return check.secrets();
    }

    @Override
    public Set<Permission> permissions() {
        return check.permissions();
    }

    @Override
    public Set<Subject> touches() {
        return check.touches();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Probe p && p.id.equals(id) && p.check.equals(check) && p.every.equals(every);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, check, every);
    }

    @Override
    public String toString() {
        return id + " every " + Spans.text(every) + ": " + check.sentence();
    }
}
