package dev.golive.rollback;

import dev.golive.internal.Arguments;
import java.time.Duration;
import java.util.Set;

/**
 * A trigger that fires when a signal has been in breach, sample after sample, for a while.
 *
 * <p>The newest samples must all be breaches, at least {@link #minSamples} of them, and the time from the beginning of
 * the first to the beginning of the last must be long enough. One good sample begins it all anew. A sample that says
 * nothing is as good as none: pauses up to {@link #maxGap} are part of the time, longer ones are judged by
 * {@link #whenMissing}. Time in which nobody watched is never counted.
 *
 * <p>Immutable and thread-safe.
 */
public final class LastingTrigger extends Trigger {

    final Breaches breaches;
    final Duration span;
    final boolean longer;
    final int minSamples;

    LastingTrigger(Breaches breaches, Duration span, boolean longer) {
        this(breaches, span, longer, 3, Options.STANDARD);
    }

    private LastingTrigger(Breaches breaches, Duration span, boolean longer, int minSamples, Options options) {
        super(options);
        this.breaches = breaches;
        this.span = span;
        this.longer = longer;
        this.minSamples = minSamples;
    }

    /**
     * How many samples there must be at least, however far they are apart. Default 3.
     *
     * @param least how many, between 1 and 10,000
     * @return the new trigger
     * @throws IllegalArgumentException if {@code least} is not between 1 and 10,000
     */
    public LastingTrigger minSamples(int least) {
        return new LastingTrigger(breaches, span, longer, Arguments.between(least, 1, 10_000, "least"), options);
    }

    @Override
    public String sentence() {
        return breaches.subject() + (longer ? " for longer than " : " for at least ") + text(span);
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(breaches.signal());
    }

    @Override
    String settings() {
        return breaches.settings() + "at least " + minSamples + " samples, " + super.settings();
    }

    @Override
    LastingTrigger with(Options changed) {
        return new LastingTrigger(breaches, span, longer, minSamples, changed);
    }

    @Override
    Progress begin(Setting setting) {
        return new LastingProgress(this, setting.inside(options));
    }

    @Override
    public LastingTrigger as(String id) {
        return (LastingTrigger) super.as(id);
    }

    @Override
    public LastingTrigger whenMissing(MissingData policy) {
        return (LastingTrigger) super.whenMissing(policy);
    }

    @Override
    public LastingTrigger maxGap(Duration gap) {
        return (LastingTrigger) super.maxGap(gap);
    }

    @Override
    public LastingTrigger clearFor(Duration clear) {
        return (LastingTrigger) super.clearFor(clear);
    }

    @Override
    public LastingTrigger afterWarmUp(Duration warmUp) {
        return (LastingTrigger) super.afterWarmUp(warmUp);
    }

    @Override
    public LastingTrigger maxUnknown(Duration unknown) {
        return (LastingTrigger) super.maxUnknown(unknown);
    }

    @Override
    public LastingTrigger dryRun() {
        return (LastingTrigger) super.dryRun();
    }

    @Override
    public LastingTrigger onSomethingElse() {
        return (LastingTrigger) super.onSomethingElse();
    }

    @Override
    public LastingTrigger onSomethingElse(PreExisting before) {
        return (LastingTrigger) super.onSomethingElse(before);
    }
}
