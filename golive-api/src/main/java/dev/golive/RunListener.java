package dev.golive;

/**
 * Hears what happens in a run, as it happens. Calls come one at a time and in order, on threads of the run, with
 * secrets already redacted; they should return quickly. What a listener throws is logged and does not disturb the run.
 */
public interface RunListener {

    /**
     * The run begins.
     *
     * @param list what is run
     * @param environment where
     */
    default void started(Checklist list, Environment environment) {}

    /**
     * An attempt of an item begins.
     *
     * @param id the item
     * @param attempt which attempt, 1 for the first
     */
    default void attempting(String id, int attempt) {}

    /**
     * An item has its result. Of those that wait for nothing, such as items that are not due, none is attempted before.
     *
     * @param result the result
     * @param done how many items have one now
     * @param of how many there are
     */
    default void finished(ItemResult result, int done, int of) {}

    /**
     * The run has ended.
     *
     * @param report what it found
     */
    default void ended(Report report) {}
}
