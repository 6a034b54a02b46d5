package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A read-only question about the world, with a sentence that describes it. A value: it may be run any number of times,
 * by several threads at once.
 *
 * <p>To write one, implement {@link #sentence()} and {@link #examine}, and declare what it touches. The engine calls
 * {@link #examine} on a thread of its own, with a deadline; it may block there, on what {@link CheckContext} hands out.
 * It returns an {@link Outcome}; an exception counts as {@linkplain Finding#UNKNOWN unknown}. It never writes to the
 * world, never retries by itself and never waits elsewhere than in {@link CheckContext#time()}.
 *
 * <p>{@link #timeout}, {@link #retrying}, {@link #eventually} and {@link #holdingFor} give a new check;
 * {@link #as} and {@link #because} give an {@link Item}, a place in a list.
 */
public interface Check {

    /**
     * What is asked, as a statement that is true when the check passes: "GET https://shop.example/ answers 200".
     *
     * @return a sentence without a full stop, never blank and always the same for the same check
     */
    String sentence();

    /**
     * Looks at the world once.
     *
     * @param context everything the check may use
     * @return what was found
     * @throws Exception counts as unknown, with the exception's message as the reason
     */
    Outcome examine(CheckContext context) throws Exception;

    /**
     * How long an attempt may take and how often the check is tried.
     *
     * @return the timing, {@link Timing#standard()} unless said otherwise
     */
    default Timing timing() {
        return Timing.standard();
    }

    /**
     * What must hold for this check to make sense. Each is examined once per run, however many checks share it (two
     * that are {@linkplain Object#equals equal} are one); if it does not pass, this check is blocked by it.
     *
     * @return the preconditions
     */
    default List<Check> preconditions() {
        return List.of();
    }

    /**
     * The values of earlier items that this check reads.
     *
     * @return the captures read
     */
    default Set<Capture<?>> reads() {
        return Set.of();
    }

    /**
     * The values that this check captures for later items whenever it passes.
     *
     * @return the captures written
     */
    default Set<Capture<?>> writes() {
        return Set.of();
    }

    /**
     * The secrets that this check reveals; a run without one of them is refused before the first request.
     *
     * @return the secrets needed
     */
    default Set<Secret> secrets() {
        return Set.of();
    }

    /**
     * What this check must be allowed to do at a provider.
     *
     * @return the permissions needed
     */
    default Set<Permission> permissions() {
        return Set.of();
    }

    /**
     * The hosts and accounts that this check touches; a run in an environment that does not list them is refused.
     *
     * @return what is touched
     */
    default Set<Subject> touches() {
        return Set.of();
    }

    /**
     * The same check with another timing.
     *
     * @param timing the new timing
     * @return the new check
     */
    default Check with(Timing timing) {
        return new TimedCheck(this, Arguments.given(timing, "timing"));
    }

    /**
     * The same check with another limit for each attempt.
     *
     * @param limit how long an attempt may take
     * @return the new check
     */
    default Check timeout(Duration limit) {
        return with(timing().timeout(limit));
    }

    /**
     * The same check, tried again while it is failed or unknown.
     *
     * @param more how many more attempts after the first
     * @return the new check
     */
    default Check retrying(int more) {
        return with(timing().retries(more));
    }

    /**
     * The same check, tried until it passes.
     *
     * @param within how long to go on
     * @return the new check
     */
    default Check eventually(Duration within) {
        return with(timing().eventually(within));
    }

    /**
     * The same check, passing only if it goes on passing.
     *
     * @param span how long it must go on
     * @return the new check
     */
    default Check holdingFor(Duration span) {
        return with(timing().holdingFor(span));
    }

    /**
     * A place in a list under an id of its own.
     *
     * @param id what waivers, answers and other items call it
     * @return the item
     */
    default Item as(String id) {
        return Item.of(id, this);
    }

    /**
     * A place in a list, with the reason why it is there.
     *
     * @param reason why it matters
     * @return the item
     */
    default Item because(String reason) {
        return Item.of(this).because(reason);
    }

    /**
     * A check of one's own in two lines.
     *
     * @param sentence what is asked, as a statement that is true when the check passes
     * @param examination looks at the world once
     * @return the check
     */
    static Check that(String sentence, Examination examination) {
        return new SimpleCheck(Arguments.text(sentence, "sentence"), Arguments.given(examination, "examination"));
    }

    /** Looks at the world once; see {@link Check#examine}. */
    @FunctionalInterface
    interface Examination {

        /**
         * Looks at the world once.
         *
         * @param context everything the check may use
         * @return what was found
         * @throws Exception counts as unknown, with the exception's message as the reason
         */
        Outcome examine(CheckContext context) throws Exception;
    }
}
