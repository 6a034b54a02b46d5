package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Duration;
import java.util.Set;

/**
 * A question that can only be answered by writing declared test data: registering a test account, logging in, probing a
 * rate limit.
 *
 * <p>It is not a {@link Check}: it has no retry, no place on a schedule and none in a health endpoint, and the compiler
 * says so. It runs once per run, only in an environment for which trials are allowed, and cleans up after itself even
 * when it failed. Trials that exhaust a limit run last and alone.
 *
 * <p>Implementations are immutable and thread-safe.
 */
public interface Trial {

    /**
     * What is asked, as a statement that is true when the trial passes.
     *
     * @return a sentence without a full stop
     */
    String sentence();

    /**
     * What the trial writes, in words: "a session of the account drop-test".
     *
     * @return what is written, never blank
     */
    String writes();

    /**
     * What the trial costs, in words: "one login attempt of the hourly limit of 10".
     *
     * @return the cost, "nothing" where it costs nothing
     */
    String cost();

    /**
     * Does it, once.
     *
     * @param context everything the trial may use
     * @return what was found
     * @throws Exception counts as unknown
     */
    Outcome perform(CheckContext context) throws Exception;

    /**
     * Takes away what {@link #perform} wrote; called after it in any case, also when it failed or timed out.
     *
     * @param context everything the trial may use
     * @throws Exception if something remains; the item is then at best a warning
     */
    void cleanUp(CheckContext context) throws Exception;

    /**
     * Whether the trial uses up a limit that others need, and so must come last and alone.
     *
     * @return {@code false} unless said otherwise
     */
    default boolean exhaustsLimit() {
        return false;
    }

    /**
     * How long the trial, and then its cleaning up, may take.
     *
     * @return 30 s unless said otherwise
     */
    default Duration timeout() {
        return Duration.ofSeconds(30);
    }

    /**
     * The values of earlier items that this trial reads.
     *
     * @return the captures read
     */
    default Set<Capture<?>> reads() {
        return Set.of();
    }

    /**
     * The values that this trial captures for later items whenever it passes. Later items read them after
     * {@link #cleanUp}, so what cleaning up takes away is of no use to them.
     *
     * @return the captures written
     */
    default Set<Capture<?>> captures() {
        return Set.of();
    }

    /**
     * The secrets that this trial reveals.
     *
     * @return the secrets needed
     */
    default Set<Secret> secrets() {
        return Set.of();
    }

    /**
     * What this trial must be allowed to do at a provider.
     *
     * @return the permissions needed
     */
    default Set<Permission> permissions() {
        return Set.of();
    }

    /**
     * The hosts and accounts that this trial touches.
     *
     * @return what is touched
     */
    default Set<Subject> touches() {
        return Set.of();
    }

    /**
     * Names the trial; it becomes an item by saying for how long its result is good.
     *
     * @param id what waivers and other items call it
     * @return what becomes an item through {@link Unfresh#freshFor}
     */
    default Unfresh as(String id) {
        Arguments.text(id, "id");
        return age -> Item.trial(id, this, Arguments.positive(age, "age"));
    }
}
