package dev.golive.rollback;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sliding window of counts. */
final class RateProgress extends LeafProgress {

    private final RateTrigger trigger;
    private final Window<Sample> window;
    private final long bad;
    private final long total;
    private final boolean exceeded;

    /** The newest sample of announced maintenance. */
    private final @Nullable Sample announced;

    RateProgress(RateTrigger trigger, Setting setting) {
        this(trigger, LeafSpec.of(trigger.source, trigger.options, setting), null, null, Window.empty(), 0, 0, null);
    }

    private RateProgress(
            RateTrigger trigger,
            LeafSpec spec,
            @Nullable Instant start,
            @Nullable Gap gap,
            Window<Sample> window,
            long bad,
            long total,
            @Nullable Sample announced) {
        super(spec, start, gap);
        this.trigger = trigger;
        this.window = window;
        this.bad = bad;
        this.total = total;
        this.announced = announced;
        this.exceeded = total >= trigger.leastRequests && trigger.exceeded(bad, total);
    }

    @Override
    LeafProgress fresh(Instant from, Gap beginning) {
        return new RateProgress(trigger, spec, from, beginning, Window.empty(), 0, 0, null);
    }

    @Override
    LeafProgress silent(Gap now) {
        return new RateProgress(trigger, spec, start, now, window, bad, total, announced);
    }

    @Override
    LeafProgress hear(Sample sample, Gap before, Downtimes down) {
        Instant clock = down.clock(sample.startedAt());
        Breaches.Read read = Breaches.Read.of(sample);
        MetricSource.Counts counts = sample.counts();
        if (read == Breaches.Read.MAINTENANCE) {
            return new RateProgress(trigger, spec, start, before.told(clock), window, bad, total, sample);
        }
        if (read == Breaches.Read.OK || read == Breaches.Read.BREACH) {
            if (counts != null) {
                return counted(sample, counts, before.told(clock));
            }
            read = Breaches.Read.CHECK_ERROR;
        }
        return new RateProgress(
                trigger, spec, start, before.untold(sample, clock, read, spec), window, bad, total, announced);
    }

    private RateProgress counted(Sample sample, MetricSource.Counts counts, Gap now) {
        Window<Sample> later = window.and(sample);
        long laterBad = bad + counts.bad();
        long laterTotal = total + counts.total();
        Instant oldest = sample.startedAt().minus(trigger.window);
        while (!later.first().startedAt().isAfter(oldest)) {
            MetricSource.Counts gone = later.first().counts();
            laterBad -= gone == null ? 0 : gone.bad();
            laterTotal -= gone == null ? 0 : gone.total();
            later = later.withoutFirst();
        }
        return new RateProgress(trigger, spec, start, now, later, laterBad, laterTotal, announced);
    }

    @Override
    Truth told() {
        return total < trigger.leastRequests ? Truth.UNKNOWN : Truth.of(exceeded && bad >= trigger.leastBad);
    }

    /** Silence itself is a breach once it fills the window. */
    @Override
    Truth breaching(Gap now) {
        return now.silence().compareTo(trigger.window) >= 0 ? Truth.TRUE : now.informed() ? told() : Truth.UNKNOWN;
    }

    @Override
    boolean partly() {
        Gap now = gap;
        return exceeded && now != null && now.informed() && !tooSilent(now);
    }

    @Override
    boolean isTooFew(Sample sample) {
        return false;
    }

    @Override
    boolean tooFew() {
        return !window.isEmpty() && total < trigger.leastRequests;
    }

    @Override
    List<Sample> evidence() {
        List<Sample> all = window.toList();
        if (announced != null) {
            all.add(announced);
            all.sort(Comparator.comparing(Sample::startedAt));
        }
        return all;
    }

    @Override
    String inputs() {
        return bad + " of " + total + " requests were bad within " + Trigger.text(trigger.window) + ", limit "
                + trigger.limit + " of at least " + trigger.leastRequests + " requests with at least "
                + trigger.leastBad + " bad ones"
                + (total < trigger.leastRequests ? "; too few requests (LOW_SAMPLE)" : "");
    }
}
