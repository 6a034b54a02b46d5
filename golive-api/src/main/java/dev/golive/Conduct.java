package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.time.Spans;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link Action} is performed: how long an attempt may take, how many there are, how often the engine looks
 * whether the target is reached, what a failure means, and how long it should take. Immutable and thread-safe.
 */
public final class Conduct {

    private static final Conduct STANDARD =
            new Conduct(Duration.ofMinutes(10), 1, Duration.ofSeconds(5), null, Action.OnFailure.STOP);

    private final Duration deadline;
    private final int attempts;
    private final Duration every;
    private final @Nullable Duration budget;
    private final Action.OnFailure onFailure;

    private Conduct(
            Duration deadline, int attempts, Duration every, @Nullable Duration budget, Action.OnFailure onFailure) {
        this.deadline = deadline;
        this.attempts = attempts;
        this.every = every;
        this.budget = budget;
        this.onFailure = onFailure;
    }

    /**
     * One attempt of ten minutes at most, observed every five seconds; a failure stops what comes after.
     *
     * @return the standard conduct
     */
    public static Conduct standard() {
        return STANDARD;
    }

    /**
     * Another limit for each attempt.
     *
     * @param limit how long an attempt may take until the target is reached, longer than zero
     * @return the new conduct
     * @throws IllegalArgumentException if {@code limit} is not longer than zero
     */
    public Conduct deadline(Duration limit) {
        return new Conduct(Arguments.positive(limit, "limit"), attempts, every, budget, onFailure);
    }

    /**
     * Another number of attempts.
     *
     * @param most how many at most, between 1 and 100
     * @return the new conduct
     * @throws IllegalArgumentException if {@code most} is not between 1 and 100
     */
    public Conduct attempts(int most) {
        return new Conduct(deadline, Arguments.between(most, 1, 100, "most"), every, budget, onFailure);
    }

    /**
     * Another pause between two observations.
     *
     * @param pause how long, longer than zero
     * @return the new conduct
     * @throws IllegalArgumentException if {@code pause} is not longer than zero
     */
    public Conduct observedEvery(Duration pause) {
        return new Conduct(deadline, attempts, Arguments.positive(pause, "pause"), budget, onFailure);
    }

    /**
     * The time that it should need; taking longer is announced and reported, and ends nothing.
     *
     * @param expected how long, longer than zero
     * @return the new conduct
     * @throws IllegalArgumentException if {@code expected} is not longer than zero
     */
    public Conduct budget(Duration expected) {
        return new Conduct(deadline, attempts, every, Arguments.positive(expected, "expected"), onFailure);
    }

    /**
     * Another consequence of a failure.
     *
     * @param consequence what it means for those after it
     * @return the new conduct
     */
    public Conduct onFailure(Action.OnFailure consequence) {
        return new Conduct(deadline, attempts, every, budget, Arguments.given(consequence, "consequence"));
    }

    /**
     * How long an attempt may take.
     *
     * @return the limit
     */
    public Duration deadline() {
        return deadline;
    }

    /**
     * How many attempts there are at most.
     *
     * @return the number
     */
    public int attempts() {
        return attempts;
    }

    /**
     * How long the engine waits between two observations.
     *
     * @return the pause
     */
    public Duration every() {
        return every;
    }

    /**
     * How long it should take.
     *
     * @return the time, if one is stated
     */
    public Optional<Duration> budget() {
        return Optional.ofNullable(budget);
    }

    /**
     * What a failure means.
     *
     * @return the consequence
     */
    public Action.OnFailure onFailure() {
        return onFailure;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Conduct c
                && c.deadline.equals(deadline)
                && c.attempts == attempts
                && c.every.equals(every)
                && Objects.equals(c.budget, budget)
                && c.onFailure == onFailure;
    }

    @Override
    public int hashCode() {
        return Objects.hash(deadline, attempts, every, budget, onFailure);
    }

    /**
     * For people.
     *
     * @return for example {@code 2 attempts of 10 min, observed every 5 s, budget 5 min, on failure stop}
     */
    @Override
    public String toString() {
        return (attempts == 1 ? "1 attempt of " : attempts + " attempts of ")
                + Spans.text(deadline)
                + ", observed every " + Spans.text(every)
                + (budget == null ? "" : ", budget " + Spans.text(budget))
                + ", on failure "
                + onFailure.name().toLowerCase(Locale.ROOT);
    }
}
