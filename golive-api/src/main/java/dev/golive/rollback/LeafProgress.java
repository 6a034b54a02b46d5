package dev.golive.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a trigger on one signal stands. */
abstract sealed class LeafProgress extends Progress permits LastingProgress, SlotsProgress, RateProgress {

    final LeafSpec spec;

    /** From when on samples count; absent while they do not. */
    final @Nullable Instant start;

    final @Nullable Gap gap;

    /** Remembered, since it is asked for often; always the same, so that threads need not agree on who finds it out. */
    private @Nullable Truth truth;

    LeafProgress(LeafSpec spec, @Nullable Instant start, @Nullable Gap gap) {
        this.spec = spec;
        this.start = start;
        this.gap = gap;
    }

    /** Nothing heard yet, counting from an instant. */
    abstract LeafProgress fresh(Instant from, Gap beginning);

    /** A sample that counts. */
    abstract LeafProgress hear(Sample sample, Gap before, Downtimes down);

    /** The same after a silence. */
    abstract LeafProgress silent(Gap now);

    /** What it says from its samples alone. */
    abstract Truth told();

    /** What it says when silence counts as a breach, after so much of it. */
    abstract Truth breaching(Gap now);

    /** The samples that {@link #told} is made of. */
    abstract List<Sample> evidence();

    /** What {@link #told} is made of, in words. */
    abstract String inputs();

    @Override
    final Progress begin(Instant at, Downtimes down) {
        return spec.setting().elsewhere() ? from(at, down) : this;
    }

    @Override
    final Progress arm(Instant at, Downtimes down) {
        return spec.setting().elsewhere() ? this : from(at.plus(spec.setting().warmUp()), down);
    }

    private Progress from(Instant at, Downtimes down) {
        return fresh(at, Gap.from(down.clock(at)));
    }

    @Override
    final Progress with(Sample sample, Downtimes down) {
        if (start == null
                || gap == null
                || !sample.signal().equals(spec.id())
                || sample.startedAt().isBefore(start)) {
            return this;
        }
        return hear(sample, gap.reach(down.clock(sample.startedAt()), spec), down);
    }

    @Override
    final Progress at(Passed time) {
        Instant expected = time.until(spec);
        if (start == null || gap == null || expected == null || expected.isBefore(start)) {
            return this;
        }
        Gap later = gap.reach(time.down().clock(expected), spec);
        return later.equals(gap) ? this : silent(later);
    }

    @Override
    final Truth truth() {
        Truth known = truth;
        if (known == null) {
            known = judged();
            truth = known;
        }
        return known;
    }

    Truth judged() {
        Gap now = gap;
        if (now == null) {
            return Truth.UNKNOWN;
        }
        if (!tooSilent(now) || spec.missing() == MissingData.IGNORE) {
            return now.informed() ? told() : Truth.UNKNOWN;
        }
        return switch (spec.missing()) {
            case BREACHING -> breaching(now);
            case NOT_BREACHING -> Truth.FALSE;
            case INCONCLUSIVE, IGNORE -> Truth.UNKNOWN;
        };
    }

    final boolean tooSilent(Gap now) {
        return now.silence().compareTo(spec.maxGap()) > 0;
    }

    @Override
    final boolean inconclusive() {
        Gap now = gap;
        return now != null
                && now.unclear().compareTo(spec.maxUnknown()) > 0
                && (truth() == Truth.UNKNOWN || spec.missing() == MissingData.IGNORE && now.error() != null);
    }

    /** Whether a sample that says nothing does so for want of requests. */
    abstract boolean isTooFew(Sample sample);

    @Override
    boolean tooFew() {
        Gap now = gap;
        Sample newest = now == null ? null : now.newest();
        return newest != null && isTooFew(newest);
    }

    @Override
    final List<Sample> deciding() {
        Set<Sample> all = new LinkedHashSet<>(evidence());
        Gap now = gap;
        if (now != null) {
            if (now.error() != null) {
                all.add(now.error().sample());
            }
            if (now.newest() != null) {
                all.add(now.newest());
            }
        }
        return List.copyOf(all);
    }

    @Override
    final String why() {
        Gap now = gap;
        if (now == null) {
            return "samples of " + spec.id() + " do not count yet";
        }
        Sample newest = now.newest();
        String missing = newest == null
                ? ""
                : "; newest: " + newest + (isTooFew(newest) ? ", too few requests (LOW_SAMPLE)" : "");
        Duration silence = now.silence();
        boolean silent = silence.compareTo(spec.every()) > 0 || now.newest() != null;
        String known = now.informed() ? inputs() : "nothing is known of " + spec.id();
        return known
                + (silent && !silence.isZero()
                        ? "; no information for " + Trigger.text(silence) + ", missing data is " + spec.missing()
                        : "")
                + missing;
    }
}
