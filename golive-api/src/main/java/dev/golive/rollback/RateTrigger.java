package dev.golive.rollback;

import dev.golive.internal.Arguments;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;

/**
 * A trigger that fires when too large a share of what a metric source counted within a sliding window was bad.
 *
 * <p>The window that ends with the newest sample must hold enough requests and enough bad ones; with too few requests it
 * is unknown, which is shown and escalates to nobody. It is judged with every sample that counted something, so that a
 * burst is found wherever it lies. Immutable and thread-safe.
 */
public final class RateTrigger extends Trigger {

    final MetricSource source;
    final Percent limit;
    private final BigDecimal exact;
    final Duration window;
    final int leastRequests;
    final int leastBad;

    RateTrigger(MetricSource source, Percent limit, Duration window) {
        this(source, limit, window, 20, 5, Options.STANDARD);
    }

    private RateTrigger(
            MetricSource source, Percent limit, Duration window, int leastRequests, int leastBad, Options options) {
        super(options);
        this.source = source;
        this.limit = limit;
        this.exact = limit.exact();
        this.window = window;
        this.leastRequests = leastRequests;
        this.leastBad = leastBad;
    }

    /**
     * How many requests the window must hold to say anything. Default 20.
     *
     * @param n how many, at least 1
     * @return the new trigger
     * @throws IllegalArgumentException if {@code n} is less than 1
     */
    public RateTrigger atLeastRequests(int n) {
        return new RateTrigger(
                source, limit, window, Arguments.between(n, 1, Integer.MAX_VALUE, "n"), leastBad, options);
    }

    /**
     * How many of them must be bad, whatever their share. Default 5.
     *
     * @param n how many, at least 1
     * @return the new trigger
     * @throws IllegalArgumentException if {@code n} is less than 1
     */
    public RateTrigger atLeastBad(int n) {
        return new RateTrigger(
                source, limit, window, leastRequests, Arguments.between(n, 1, Integer.MAX_VALUE, "n"), options);
    }

    /** Compared as decimal numbers, so that 5 of 100 does not exceed 5 %. */
    boolean exceeded(long bad, long total) {
        return bad > 0
                && BigDecimal.valueOf(bad).movePointRight(2).compareTo(exact.multiply(BigDecimal.valueOf(total))) > 0;
    }

    @Override
    public String sentence() {
        return "the bad share of " + source.id() + " exceeds " + limit + " within " + text(window);
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(source);
    }

    @Override
    String settings() {
        return "at least " + leastRequests + " requests and " + leastBad + " bad ones, " + super.settings();
    }

    @Override
    RateTrigger with(Options changed) {
        return new RateTrigger(source, limit, window, leastRequests, leastBad, changed);
    }

    @Override
    Progress begin(Setting setting) {
        return new RateProgress(this, setting.inside(options));
    }

    @Override
    public RateTrigger as(String id) {
        return (RateTrigger) super.as(id);
    }

    @Override
    public RateTrigger whenMissing(MissingData policy) {
        return (RateTrigger) super.whenMissing(policy);
    }

    @Override
    public RateTrigger maxGap(Duration gap) {
        return (RateTrigger) super.maxGap(gap);
    }

    @Override
    public RateTrigger clearFor(Duration span) {
        return (RateTrigger) super.clearFor(span);
    }

    @Override
    public RateTrigger afterWarmUp(Duration span) {
        return (RateTrigger) super.afterWarmUp(span);
    }

    @Override
    public RateTrigger maxUnknown(Duration span) {
        return (RateTrigger) super.maxUnknown(span);
    }

    @Override
    public RateTrigger dryRun() {
        return (RateTrigger) super.dryRun();
    }

    @Override
    public RateTrigger onSomethingElse() {
        return (RateTrigger) super.onSomethingElse();
    }

    @Override
    public RateTrigger onSomethingElse(PreExisting before) {
        return (RateTrigger) super.onSomethingElse(before);
    }
}
