package dev.golive.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run of breaches. Of one that lasts longer than asked for, only the newest part that is long enough is kept. */
final class LastingProgress extends LeafProgress {

    /**
     * A breach in the run.
     *
     * @param sample what was seen; for a run that begins with silence, what was seen before it, if anything
     * @param clock how far the run's clock had come
     * @param number its number, counting silent slots where these are breaches
     */
    private record Entry(@Nullable Sample sample, Instant clock, long number) {}

    private final LastingTrigger trigger;
    private final Window<Entry> run;

    /** The newest sample that told something other than a breach, or began anew. */
    private final @Nullable Sample base;

    LastingProgress(LastingTrigger trigger, Setting setting) {
        this(
                trigger,
                LeafSpec.of(trigger.breaches.signal(), trigger.options, setting),
                null,
                null,
                Window.empty(),
                null);
    }

    private LastingProgress(
            LastingTrigger trigger,
            LeafSpec spec,
            @Nullable Instant start,
            @Nullable Gap gap,
            Window<Entry> run,
            @Nullable Sample base) {
        super(spec, start, gap);
        this.trigger = trigger;
        this.run = run;
        this.base = base;
    }

    @Override
    LeafProgress fresh(Instant from, Gap beginning) {
        return new LastingProgress(trigger, spec, from, beginning, Window.empty(), null);
    }

    @Override
    LeafProgress silent(Gap now) {
        return begunAnew(now)
                ? new LastingProgress(trigger, spec, start, now, Window.empty(), broken())
                : new LastingProgress(trigger, spec, start, now, run, base);
    }

    /** Whether an error within a long pause has cut what was before it off. */
    private boolean begunAnew(Gap now) {
        Gap before = gap;
        return before != null && !before.known().equals(now.known());
    }

    private @Nullable Sample broken() {
        Gap before = gap;
        return before == null || before.error() == null ? null : before.error().sample();
    }

    @Override
    LeafProgress hear(Sample sample, Gap before, Downtimes down) {
        Window<Entry> earlier = begunAnew(before) ? Window.empty() : run;
        Sample foot = begunAnew(before) ? broken() : base;
        Instant clock = down.clock(sample.startedAt());
        Breaches.Read read = trigger.breaches.read(sample);
        return switch (read) {
            case OK, MAINTENANCE ->
                new LastingProgress(trigger, spec, start, before.told(clock), Window.empty(), sample);
            case BREACH -> {
                Window<Entry> later = trimmed(longer(earlier, sample, clock, before, foot));
                yield new LastingProgress(trigger, spec, start, before.told(clock), later, foot);
            }
            case MISSING, CHECK_ERROR, LOW_SAMPLE, WARM_UP -> {
                Gap after = before.untold(sample, clock, read, spec);
                boolean anew = !after.known().equals(before.known());
                yield new LastingProgress(
                        trigger, spec, start, after, anew ? Window.empty() : earlier, anew ? sample : foot);
            }
        };
    }

    private Window<Entry> longer(
            Window<Entry> earlier, Sample sample, Instant clock, Gap before, @Nullable Sample foot) {
        Duration pause = Duration.between(before.known(), clock);
        if (pause.isNegative()) {
            pause = Duration.ZERO;
        }
        boolean tooLong = pause.compareTo(spec.maxGap()) > 0;
        boolean breaching = tooLong && spec.missing() == MissingData.BREACHING;
        if (earlier.isEmpty()) {
            Window<Entry> begun = Window.empty();
            if (breaching) {
                Instant silent = clock.minus(pause).plus(spec.every());
                return begun.and(new Entry(foot, silent, 1))
                        .and(new Entry(sample, clock, Math.max(2, spec.nearestSlots(pause))));
            }
            return begun.and(new Entry(sample, clock, 1));
        }
        Entry last = earlier.last();
        if (!tooLong) {
            return earlier.and(new Entry(sample, last.clock().plus(pause), last.number() + 1));
        }
        return switch (spec.missing()) {
            case BREACHING ->
                earlier.and(new Entry(
                        sample, last.clock().plus(pause), last.number() + Math.max(1, spec.nearestSlots(pause))));
            case IGNORE -> earlier.and(new Entry(sample, last.clock(), last.number() + 1));
            case NOT_BREACHING, INCONCLUSIVE -> Window.<Entry>empty().and(new Entry(sample, clock, 1));
        };
    }

    private Window<Entry> trimmed(Window<Entry> whole) {
        Window<Entry> rest = whole;
        Entry last = whole.last();
        while (rest.size() > 1 && enough(rest.second(), last, 0)) {
            rest = rest.withoutFirst();
        }
        return rest;
    }

    private boolean enough(Entry first, Entry last, long silentSlots) {
        Duration span =
                Duration.between(first.clock(), last.clock()).plus(spec.every().multipliedBy(silentSlots));
        return enough(span, last.number() - first.number() + 1 + silentSlots);
    }

    private boolean enough(Duration span, long samples) {
        int compared = span.compareTo(trigger.span);
        return samples >= trigger.minSamples && (trigger.longer ? compared > 0 : compared >= 0);
    }

    @Override
    Truth told() {
        return Truth.of(!run.isEmpty() && enough(run.first(), run.last(), 0));
    }

    @Override
    Truth breaching(Gap now) {
        long slots = spec.slots(now.silence());
        return Truth.of(
                run.isEmpty()
                        ? enough(spec.every().multipliedBy(slots - 1), slots)
                        : enough(run.first(), run.last(), slots));
    }

    @Override
    boolean partly() {
        Gap now = gap;
        if (now == null) {
            return false;
        }
        if (!tooSilent(now) || spec.missing() == MissingData.IGNORE) {
            return !run.isEmpty();
        }
        return spec.missing() == MissingData.BREACHING;
    }

    @Override
    boolean isTooFew(Sample sample) {
        return trigger.breaches.read(sample) == Breaches.Read.LOW_SAMPLE;
    }

    @Override
    List<Sample> evidence() {
        List<Sample> all = new ArrayList<>();
        if (base != null
                && (run.isEmpty()
                        || spec.missing() == MissingData.BREACHING
                                && base.equals(run.first().sample()))) {
            all.add(base);
        }
        for (Entry entry : run.toList()) {
            Sample sample = entry.sample();
            if (sample != null && !sample.equals(base)) {
                all.add(sample);
            }
        }
        return all;
    }

    @Override
    String inputs() {
        if (run.isEmpty()) {
            return base == null ? "no breach" : "the newest is no breach: " + base;
        }
        Entry first = run.first();
        Entry last = run.last();
        return last.number() - first.number() + 1 + " breaches in a row over "
                + Trigger.text(Duration.between(first.clock(), last.clock())) + ", at least " + trigger.minSamples
                + (trigger.longer ? " over more than " : " over at least ") + Trigger.text(trigger.span)
                + " are needed; last: " + last.sample();
    }
}
