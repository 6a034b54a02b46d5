package dev.golive.launch;

/** What people can be waited for, by the key under which a launch remembers it. */
final class Needs {

    static final String DECISION = "decision";
    static final String WINDOW = "window";
    static final String VERDICT = "verdict";
    static final String APPROVAL = "approve-rollback";
    static final String PLAN_CHANGED = "plan-changed";
    static final String ANOTHER_ARMED = "another-launch-is-armed";
    static final String BLACKOUT = "blackout:";
    static final String LIST = "list:";
    static final String STEP = "step:";
    static final String ACTION = "action:";
    static final String PERMIT = "permit:";
    static final String TRIGGER = "trigger:";
    static final String REPORT = "report:";
    static final String INCONCLUSIVE = "inconclusive:";
    static final String BASELINE = "baseline";
    static final String PRE_EXISTING = "pre-existing:";
    static final String LIVE = "live:";
    static final String CHECKPOINT = "checkpoint:";
    static final String FOLLOW_UP = "follow-up:";
    static final String ROLLBACK = "rollback";
    static final String HELD = "held";

    private Needs() {}
}
