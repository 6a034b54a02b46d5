package dev.golive.rollback;

/** What follows when a trigger is true. */
public enum Consequence {
    /** Somebody is told, and nothing else happens. */
    NOTIFY,
    /** Somebody is asked whether to roll back, also where the policy is automatic. */
    ASK,
    /** The components go back, after an approval unless the policy is automatic. */
    ROLL_BACK
}
