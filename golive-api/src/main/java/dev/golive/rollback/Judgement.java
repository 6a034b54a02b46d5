package dev.golive.rollback;

import java.util.List;
import java.util.Locale;

/** Where one trigger of a policy stands, and why. Immutable and thread-safe. */
public final class Judgement {

    private final Rule rule;
    private final Progress progress;
    private final Evaluation evaluation;
    private final Standing standing;

    /** What an evaluation remembers of a trigger besides its samples. */
    record Standing(boolean breaching, boolean preExisting, boolean acknowledged, boolean judged) {}

    Judgement(Rule rule, Progress progress, Evaluation evaluation, Standing standing) {
        this.rule = rule;
        this.progress = progress;
        this.evaluation = evaluation;
        this.standing = standing;
    }

    /**
     * The trigger.
     *
     * @return its id
     */
    public String triggerId() {
        return rule.trigger().id();
    }

    /**
     * When it fires.
     *
     * @return the trigger's sentence
     */
    public String sentence() {
        return rule.trigger().sentence();
    }

    /**
     * The rule that the trigger belongs to.
     *
     * @return the rule
     */
    public Rule rule() {
        return rule;
    }

    /**
     * What follows when it fires.
     *
     * @return the consequence
     */
    public Consequence consequence() {
        return rule.consequence();
    }

    /**
     * What the trigger says.
     *
     * @return the truth
     */
    public Truth truth() {
        return progress.truth();
    }

    /**
     * Whether the consequence is due: the trigger is true, was not true before the launch already, is no dry run, and
     * the evaluation is armed.
     *
     * @return whether it fires
     */
    public boolean fires() {
        return isDue() && !isDryRun();
    }

    /**
     * Whether the trigger would fire if it, or the policy, were no dry run.
     *
     * @return whether it is a dry run and true
     */
    public boolean wouldFire() {
        return isDue() && isDryRun();
    }

    boolean isDue() {
        return evaluation.isArmed() && truth() == Truth.TRUE && !standing.preExisting();
    }

    /**
     * Whether some, but not all, of what it takes is there at this moment.
     *
     * @return whether it is partly satisfied
     */
    public boolean isPartly() {
        return truth() != Truth.TRUE && progress.partly();
    }

    /**
     * Whether it is true or partly satisfied, or was and has not been cleared for {@link Trigger#clearFor} since.
     *
     * @return whether it is in breach
     */
    public boolean isBreaching() {
        return standing.breaching();
    }

    /**
     * Whether nothing was known for longer than {@link Trigger#maxUnknown}, so that a person must look.
     *
     * @return whether it cannot be judged
     */
    public boolean isInconclusive() {
        return progress.inconclusive();
    }

    /**
     * Whether there is data, and too little of it to be judged: too few requests. That is shown, and nobody is asked.
     *
     * @return whether it is unknown for want of requests
     */
    public boolean isLowSample() {
        return truth() == Truth.UNKNOWN && progress.tooFew();
    }

    /**
     * Whether it was true before the launch and has not been cleared since.
     *
     * @return whether that does not come from the launch
     */
    public boolean isPreExisting() {
        return standing.preExisting();
    }

    /**
     * Whether somebody has taken note of that.
     *
     * @return whether {@link Evaluation#acknowledge} was said
     */
    public boolean isAcknowledged() {
        return standing.acknowledged();
    }

    /**
     * Whether the launch must not begin because of it.
     *
     * @return whether it was true before the launch, and nobody acknowledged that or acknowledging does not help
     */
    public boolean blocksLaunch() {
        return standing.preExisting()
                && (!standing.acknowledged() || rule.trigger().blocksLaunch());
    }

    /**
     * Whether it has no consequence.
     *
     * @return whether it, or the policy, is a dry run
     */
    public boolean isDryRun() {
        return rule.trigger().isDryRun() || evaluation.policy().isDryRun();
    }

    /**
     * Whether it was never true or false since it counts, for example because there were always too few requests.
     *
     * @return whether it was never judged
     */
    public boolean isNeverJudged() {
        return !standing.judged();
    }

    /**
     * Why it says what it says, with its exact inputs.
     *
     * @return a sentence without a full stop
     */
    public String why() {
        return progress.why();
    }

    /**
     * The samples that decide.
     *
     * @return the samples in the order of time; empty if there are none
     */
    public List<Sample> deciding() {
        return List.copyOf(progress.deciding());
    }

    /**
     * What it rests on, enough to judge again.
     *
     * @return the evidence
     */
    public Evidence evidence() {
        return evaluation.evidence(rule.trigger(), deciding());
    }

    /**
     * The deciding rule and its exact inputs, over several lines.
     *
     * @return the text, ending with a line break
     */
    public String explain() {
        StringBuilder text = new StringBuilder()
                .append(sentence())
                .append(": ")
                .append(truth())
                .append(isDryRun() ? " (dry run)" : "")
                .append(isPreExisting() ? " (since before the launch)" : "")
                .append("\n  consequence: ")
                .append(consequence().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .append("\n  why: ")
                .append(why())
                .append('\n');
        deciding().forEach(sample -> text.append("  ").append(sample).append('\n'));
        evidence()
                .downtimes()
                .forEach(down -> text.append("  nobody watched from ")
                        .append(down.from())
                        .append(" to ")
                        .append(down.to())
                        .append('\n'));
        return text.toString();
    }

    /**
     * For people.
     *
     * @return the trigger's id, what it says, and why
     */
    @Override
    public String toString() {
        return triggerId() + " " + truth() + ": " + why();
    }
}
