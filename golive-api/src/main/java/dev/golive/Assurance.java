package dev.golive;

/** How an answer is known to come from the person it names, from weak to strong. */
public enum Assurance {

    /** Somebody typed the name. */
    ASSERTED,

    /** A system that knows its users says so: a review, a chat account. */
    ATTESTED,

    /** Signed with a key that only the person holds. */
    SIGNED
}
