package dev.golive.launch;

/** Where a launch stands. The last seven are final: the launch is over and a new one needs a new journal. */
public enum LaunchState {
    /** Targets are frozen; nothing was changed yet. */
    ARMED,
    /** The first action was journaled. */
    LAUNCHING,
    /** A person said hold: nothing goes on but probes and rollback. */
    HELD,
    /** A person said abort after something was applied. */
    ABORTING,
    /** The launched release was seen live and the launch gate passed. */
    WATCHING,
    /** A trigger is partly satisfied. */
    BREACHING,
    /** A trigger fired and is looked at once more. */
    DECIDING,
    /** A rollback is decided and a person has to approve it. */
    AWAITING_APPROVAL,
    /** Actions of the rollback are performed. */
    ROLLING_BACK,
    /** What the rollback brought back is verified. */
    VERIFYING,
    /** Rolled back and verified; watched for a while that nothing undoes it. */
    AFTERCARE,
    /** Rolled back, verified and watched. */
    ROLLED_BACK,
    /** Some components were rolled back and others not. */
    PARTIALLY_ROLLED_BACK,
    /** The rollback did not bring back what it should, or something undid it. */
    ROLLBACK_FAILED,
    /** The rollback was performed, and whether it worked could not be found out in time. */
    TIMED_OUT,
    /** A dry run decided that it would have rolled back. */
    WOULD_ROLL_BACK,
    /** The watch has ended. */
    COMPLETED,
    /** Ended by a person, before anything was applied or because nothing says how to go back. */
    CANCELLED;

    /**
     * Whether the launch is over.
     *
     * @return {@code true} for the states that nothing leaves
     */
    public boolean isFinal() {
        return compareTo(ROLLED_BACK) >= 0;
    }

    /**
     * Whether a rollback is being carried out.
     *
     * @return {@code true} from the approval to the end of aftercare
     */
    public boolean isRollingBack() {
        return this == ROLLING_BACK || this == VERIFYING || this == AFTERCARE;
    }
}
