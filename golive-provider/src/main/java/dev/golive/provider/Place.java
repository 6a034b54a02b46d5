package dev.golive.provider;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Secret;
import dev.golive.Subject;
import java.util.List;
import java.util.Set;

/**
 * Where the checks and actions of a provider ask: an account, a project, an environment of it. Implementations are
 * immutable and thread-safe.
 *
 * @param <C> the calls that can be made there
 */
public interface Place<C> {

    /**
     * Asks in an attempt, after it was confirmed that this is the place that was meant.
     *
     * @param context the attempt
     * @param asking makes the calls
     * @param <T> what they give
     * @return what they gave
     * @throws ApiProblem if something stood between golive and an answer
     * @throws Exception what {@code asking} threw
     */
    <T> T ask(CheckContext context, Asking<C, T> asking) throws Exception;

    /**
     * What must hold before a check is examined.
     *
     * @param check the check
     * @return its preconditions, without itself
     */
    List<Check> preconditions(Check check);

    /**
     * What is revealed to whoever is asked.
     *
     * @return the secrets
     */
    Set<Secret> secrets();

    /**
     * What is touched.
     *
     * @return the subjects that an environment must list
     */
    Set<Subject> touches();

    /**
     * What makes calls.
     *
     * @param <C> the calls that can be made
     * @param <T> what they give
     */
    @FunctionalInterface
    interface Asking<C, T> {

        /**
         * Makes them.
         *
         * @param calls the way to make them, good for this attempt
         * @return what they gave
         * @throws Exception what stood in the way
         */
        T ask(C calls) throws Exception;
    }
}
