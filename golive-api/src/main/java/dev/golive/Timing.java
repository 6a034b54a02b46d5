package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long an attempt may take and how often a check is tried. The engine does all of it, for every check.
 *
 * <ul>
 *   <li>{@link #timeout(Duration)}: each attempt ends by then, whatever the check does. Default 10 s.
 *   <li>{@link #retries(int)}: so many more attempts while the outcome is failed or unknown, with growing pauses
 *       ({@value #FIRST_PAUSE_MILLIS} ms, doubled each time up to {@value #LONGEST_PAUSE_MILLIS} ms, each between half
 *       and all of that). Default none.
 *   <li>{@link #eventually(Duration)}: tried again until it passes or this long has gone by.
 *   <li>{@link #holdingFor(Duration)}: once it passes, it must go on passing for this long.
 *   <li>{@link #every(Duration)}: the pause between the attempts of the last two. Default 1 s.
 * </ul>
 *
 * <p>A pass after a failed attempt says so in its facts. Immutable and thread-safe.
 */
public final class Timing {

    static final long FIRST_PAUSE_MILLIS = 200;
    static final long LONGEST_PAUSE_MILLIS = 5_000;

    private static final Timing STANDARD =
            new Timing(Duration.ofSeconds(10), 0, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));

    private final Duration timeout;
    private final int retries;
    private final Duration eventually;
    private final Duration holdingFor;
    private final Duration every;

    private Timing(Duration timeout, int retries, Duration eventually, Duration holdingFor, Duration every) {
        this.timeout = timeout;
        this.retries = retries;
        this.eventually = eventually;
        this.holdingFor = holdingFor;
        this.every = every;
        if (retries > 0 && !eventually.isZero()) {
            throw new IllegalArgumentException(
                    "retries and eventually exclude each other: eventually tries again until its time is up");
        }
    }

    /**
     * One attempt of at most 10 s.
     *
     * @return the timing of a check that asks for nothing else
     */
    public static Timing standard() {
        return STANDARD;
    }

    /**
     * The same with another limit for each attempt.
     *
     * @param limit how long an attempt may take, longer than zero
     * @return the new timing
     */
    public Timing timeout(Duration limit) {
        return new Timing(Arguments.positive(limit, "limit"), retries, eventually, holdingFor, every);
    }

    /**
     * The same with another number of further attempts.
     *
     * @param more how many more attempts after the first, between 0 and 100
     * @return the new timing
     */
    public Timing retries(int more) {
        return new Timing(timeout, Arguments.between(more, 0, 100, "more"), eventually, holdingFor, every);
    }

    /**
     * The same, tried until it passes.
     *
     * @param within how long to go on, longer than zero
     * @return the new timing
     */
    public Timing eventually(Duration within) {
        return new Timing(timeout, retries, Arguments.positive(within, "within"), holdingFor, every);
    }

    /**
     * The same, passing only if it goes on passing.
     *
     * @param span how long it must go on, longer than zero
     * @return the new timing
     */
    public Timing holdingFor(Duration span) {
        return new Timing(timeout, retries, eventually, Arguments.positive(span, "span"), every);
    }

    /**
     * The same with another pause between attempts of {@link #eventually} and {@link #holdingFor}.
     *
     * @param pause the pause, longer than zero
     * @return the new timing
     */
    public Timing every(Duration pause) {
        return new Timing(timeout, retries, eventually, holdingFor, Arguments.positive(pause, "pause"));
    }

    /**
     * How long an attempt may take.
     *
     * @return the limit of each attempt
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * How many attempts may follow the first.
     *
     * @return the number of further attempts
     */
    public int retries() {
        return retries;
    }

    /**
     * How long to try until it passes.
     *
     * @return zero where that was not asked for
     */
    public Duration eventually() {
        return eventually;
    }

    /**
     * How long it must go on passing.
     *
     * @return zero where that was not asked for
     */
    public Duration holdingFor() {
        return holdingFor;
    }

    /**
     * The pause between attempts of {@link #eventually()} and {@link #holdingFor()}.
     *
     * @return the pause
     */
    public Duration every() {
        return every;
    }

    /** The longest a check with this timing can take, pauses included. */
    Duration longest() {
        Duration longest = timeout.multipliedBy(retries + 1L).plusMillis(pausesMillis());
        return longest.plus(eventually).plus(holdingFor.isZero() ? Duration.ZERO : holdingFor.plus(timeout));
    }

    private long pausesMillis() {
        long sum = 0;
        for (int i = 1; i <= retries; i++) {
            sum += pauseMillis(i);
        }
        return sum;
    }

    /** The longest pause after so many attempts. */
    static long pauseMillis(int attempts) {
        return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempts - 1, 20));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Timing t
                && t.timeout.equals(timeout)
                && t.retries == retries
                && t.eventually.equals(eventually)
                && t.holdingFor.equals(holdingFor)
                && t.every.equals(every);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeout, retries, eventually, holdingFor, every);
    }

    @Override
    public String toString() {
        return "timeout " + timeout + (retries > 0 ? ", retries " + retries : "")
                + (eventually.isZero() ? "" : ", eventually within " + eventually)
                + (holdingFor.isZero() ? "" : ", holding for " + holdingFor);
    }
}
