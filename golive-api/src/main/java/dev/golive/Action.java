package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.internal.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A change of the world towards a target state. A value, performed by a launch and never by a run of a checklist.
 *
 * <p>The target is absolute ("release 41 is live"), never relative ("the one before"): performing an action twice must
 * not go anywhere else. The engine observes first, applies only if the world is not at the target, keeps the receipt,
 * and observes again until the target is reached. After a crash it observes before anything else. Hence:
 *
 * <ul>
 *   <li>{@link #observe} only looks. It may be called any number of times, also in a dry run.
 *   <li>{@link #apply} sends the request and returns what the platform answered; it does not wait for the effect.
 *   <li>Both run on a thread of the engine with a deadline, and reach the world only through their context.
 * </ul>
 *
 * <p>{@link #as}, {@link #tagged}, {@link #deadline}, {@link #attempts}, {@link #budget} and {@link #onFailure} give a new action.
 * Implementations are immutable and thread-safe.
 */
public interface Action {

    /** Whether what an action does can be taken back. */
    enum Kind {
        /** Another action can bring back what was there before. */
        REVERSIBLE,
        /** What was there before is lost; needs an approval of its own in a rollback. */
        DESTRUCTIVE
    }

    /** What a failed action means for those that come after it. */
    enum OnFailure {
        /** Those that do not need it go on. */
        CONTINUE,
        /** Nothing goes on. */
        STOP,
        /** A person decides. */
        ASK
    }

    /**
     * What is done, as an imperative: "deploy shop:1.0 to web".
     *
     * @return a sentence without a full stop, never blank and always the same for the same action
     */
    String sentence();

    /**
     * Whether it can be taken back.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Looks whether the world is at the target.
     *
     * @param context everything the action may use
     * @return what was found
     * @throws Exception counts as {@link Observation.State#UNKNOWN}, with the exception's message as the reason
     */
    Observation observe(ActionContext context) throws Exception;

    /**
     * Sends the request that brings the world to the target.
     *
     * @param context everything the action may use, with the key under which repeated requests are one
     * @return what the platform answered, to be journaled
     * @throws Exception fails the attempt, with the exception's message as the reason; whether the request had an effect
     *     is then found out by observing
     */
    Receipt apply(ActionContext context) throws Exception;

    /**
     * What a journal, a plan and other items call it.
     *
     * @return the id, derived from the sentence unless given with {@link #as}
     */
    default String id() {
        return Ids.from(sentence());
    }

    /**
     * How long it may take, how often it is tried, and what its failure means.
     *
     * @return the conduct, {@link Conduct#standard()} unless said otherwise
     */
    default Conduct conduct() {
        return Conduct.standard();
    }

    /**
     * Whether applying it twice has the effect of applying it once. One that has not is never applied again when a crash
     * left open whether it was: a person decides.
     *
     * @return {@code true} unless said otherwise
     */
    default boolean isConvergent() {
        return true;
    }

    /**
     * Whether it changes the schema of a database, so that older code may no longer run. A plan with such an action
     * states what that means for a rollback.
     *
     * @return {@code false} unless said otherwise
     */
    default boolean migratesSchema() {
        return false;
    }

    /**
     * The actions of which exactly one is to be performed, in order of preference.
     *
     * @return the alternatives; empty for an action that is performed itself
     */
    default List<Action> alternatives() {
        return List.of();
    }

    /**
     * What must be allowed at a provider.
     *
     * @return the permissions needed
     */
    default Set<Permission> permissions() {
        return Set.of();
    }

    /**
     * The hosts and accounts that are touched; an environment that does not list them refuses the action.
     *
     * @return what is touched
     */
    default Set<Subject> touches() {
        return Set.of();
    }

    /**
     * The secrets that are revealed.
     *
     * @return the secrets needed
     */
    default Set<Secret> secrets() {
        return Set.of();
    }

    /**
     * Words to select by, such as the number of a line in a runbook. They change nothing that is done.
     *
     * @return the tags
     */
    default Set<String> tags() {
        return Set.of();
    }

    /**
     * The same action under an id of its own and with another conduct.
     *
     * @param id what a journal, a plan and other items call it
     * @param conduct the new conduct
     * @return the new action
     */
    default Action with(String id, Conduct conduct) {
        return new NamedAction(this, Arguments.text(id, "id"), Arguments.given(conduct, "conduct"), tags());
    }

    /**
     * The same action with more tags.
     *
     * @param tags words to select by
     * @return the new action
     */
    default Action tagged(String... tags) {
        return new NamedAction(this, id(), conduct(), Arguments.tags(tags(), tags));
    }

    /**
     * The same action under an id of its own.
     *
     * @param id what a journal, a plan and other items call it
     * @return the new action
     */
    default Action as(String id) {
        return with(id, conduct());
    }

    /**
     * The same action with another limit for each attempt.
     *
     * @param limit how long an attempt may take until the target is reached, longer than zero
     * @return the new action
     * @throws IllegalArgumentException if {@code limit} is not longer than zero
     */
    default Action deadline(Duration limit) {
        return with(id(), conduct().deadline(limit));
    }

    /**
     * The same action, tried so many times at most.
     *
     * @param most how many times, between 1 and 100
     * @return the new action
     * @throws IllegalArgumentException if {@code most} is not between 1 and 100
     */
    default Action attempts(int most) {
        return with(id(), conduct().attempts(most));
    }

    /**
     * The same action with the time that it should need. Taking longer is announced and reported, and ends nothing.
     *
     * @param expected the time it should need, longer than zero
     * @return the new action
     * @throws IllegalArgumentException if {@code expected} is not longer than zero
     */
    default Action budget(Duration expected) {
        return with(id(), conduct().budget(expected));
    }

    /**
     * The same action with another consequence of its failure.
     *
     * @param consequence what its failure means for those after it
     * @return the new action
     */
    default Action onFailure(OnFailure consequence) {
        return with(id(), conduct().onFailure(consequence));
    }

    /**
     * Several ways to the same end, of which exactly one is chosen and journaled before it is applied: the first that
     * is at its target or under way, else the first that can be applied.
     *
     * @param preferred the way to be taken if it is open
     * @param other the next one
     * @param more further ones
     * @return the action
     */
    static Action oneOf(Action preferred, Action other, Action... more) {
        return new OneOf(preferred, other, Arguments.all(more, "more"));
    }
}
