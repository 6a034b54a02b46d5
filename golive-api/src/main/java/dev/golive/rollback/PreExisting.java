package dev.golive.rollback;

/** What it means that a trigger on something that is not launched was true before the launch began. */
public enum PreExisting {
    /** The launch waits for an acknowledgement; after it the trigger is ignored until it has been cleared once. */
    IGNORE_UNTIL_CLEARED,
    /** The launch waits until the trigger is cleared; acknowledging it does not help. */
    BLOCK_LAUNCH
}
