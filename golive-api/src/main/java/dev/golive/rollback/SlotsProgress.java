package dev.golive.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The last slots, each with what was seen in it. */
final class SlotsProgress extends LeafProgress {

    /** So many slots later, a slot without a sample counts as missing. */
    private static final int LATENESS = 2;

    private record Slot(Sample sample, Instant clock, Breaches.Read read) {}

    /**
     * How many of some slots were read how; good ones are what is left.
     *
     * @param breaches how many were breaches
     * @param silent how many said nothing
     * @param unclear how many could not tell
     */
    private record Counted(int breaches, int silent, int unclear) {

        static final Counted NONE = new Counted(0, 0, 0);

        Counted and(Breaches.Read read, int by) {
            return switch (read) {
                case BREACH -> new Counted(breaches + by, silent, unclear);
                case MISSING -> new Counted(breaches, silent + by, unclear);
                case CHECK_ERROR, LOW_SAMPLE, WARM_UP -> new Counted(breaches, silent, unclear + by);
                case OK, MAINTENANCE -> this;
            };
        }
    }

    private final SlotsTrigger trigger;
    private final Window<Slot> slots;
    private final Counted counted;

    /** The first slot since the beginning. */
    private final @Nullable Slot first;

    /** Where it stood when it last knew the newest slot, if that is not now. */
    private final @Nullable SlotsProgress held;

    SlotsProgress(SlotsTrigger trigger, Setting setting) {
        this(
                trigger,
                LeafSpec.of(trigger.breaches.signal(), trigger.options, setting),
                null,
                null,
                Window.empty(),
                Counted.NONE,
                null,
                null);
    }

    private SlotsProgress(
            SlotsTrigger trigger,
            LeafSpec spec,
            @Nullable Instant start,
            @Nullable Gap gap,
            Window<Slot> slots,
            Counted counted,
            @Nullable Slot first,
            @Nullable SlotsProgress held) {
        super(spec, start, gap);
        this.trigger = trigger;
        this.slots = slots;
        this.counted = counted;
        this.first = first;
        this.held = held;
    }

    @Override
    LeafProgress fresh(Instant from, Gap beginning) {
        return new SlotsProgress(trigger, spec, from, beginning, Window.empty(), Counted.NONE, null, null);
    }

    @Override
    LeafProgress silent(Gap now) {
        return new SlotsProgress(trigger, spec, start, now, slots, counted, first, held);
    }

    @Override
    LeafProgress hear(Sample sample, Gap before, Downtimes down) {
        Instant clock = down.clock(sample.startedAt());
        Instant slot = down.clock(sample.slotAt());
        Breaches.Read read = trigger.breaches.read(sample);
        boolean told = read == Breaches.Read.OK || read == Breaches.Read.BREACH || read == Breaches.Read.MAINTENANCE;
        Gap after = told ? before.told(clock) : before.untold(sample, clock, read, spec);
        Slot heard = new Slot(sample, slot, read);
        Window<Slot> later = slots.and(heard);
        Counted count = counted.and(read, 1);
        // slots on both sides of a time in which nobody watched may be nearer to each other than an interval
        while (later.size() > trigger.n || back(later.first().clock(), slot) >= trigger.n) {
            count = count.and(later.first().read(), -1);
            later = later.withoutFirst();
        }
        return new SlotsProgress(
                trigger, spec, start, after, later, count, first == null ? heard : first, told ? null : lastKnown());
    }

    private @Nullable SlotsProgress lastKnown() {
        return held != null || slots.isEmpty() || newestUnknown() ? held : this;
    }

    private boolean newestUnknown() {
        return gap == null || gap.newest() != null;
    }

    /** How many slots lie between two, the later included. */
    private long back(Instant slot, Instant newest) {
        return spec.nearestSlots(Duration.between(slot, newest));
    }

    /** How many slots after the newest sample are known to have none. */
    private long absent() {
        Gap now = gap;
        if (now == null) {
            return 0;
        }
        Instant newest =
                slots.isEmpty() ? now.known().minus(spec.every()) : slots.last().clock();
        return Math.max(0, spec.slots(Duration.between(newest, now.heard())) - LATENESS);
    }

    /** What was seen in those of the last slots that have a sample. */
    private Counted seen(long absent) {
        if (absent == 0) {
            return counted;
        }
        Counted count = Counted.NONE;
        Instant last = slots.last().clock();
        for (Slot slot : slots.toList()) {
            if (back(slot.clock(), last) + absent < trigger.n) {
                count = count.and(slot.read(), 1);
            }
        }
        return count;
    }

    /** How many of the last slots have a sample. */
    private int sampled(long absent) {
        if (absent == 0) {
            return slots.size();
        }
        Instant last = slots.last().clock();
        return (int) slots.toList().stream()
                .filter(slot -> back(slot.clock(), last) + absent < trigger.n)
                .count();
    }

    @Override
    Truth judged() {
        long absent = absent();
        boolean none = slots.isEmpty();
        if (none && absent == 0) {
            return Truth.UNKNOWN;
        }
        if (spec.missing() == MissingData.IGNORE) {
            SlotsProgress known = lastKnown();
            return known == null ? Truth.UNKNOWN : Truth.of(known.counted.breaches() >= trigger.m);
        }
        Counted seen = none ? Counted.NONE : seen(absent);
        long newest =
                none || first == null ? 0 : back(first.clock(), slots.last().clock()) + 1;
        long expected = Math.min(trigger.n, newest + absent);
        int silent = seen.silent() + (int) Math.max(0, expected - (none ? 0 : sampled(absent)));
        boolean silenceIsBreach = spec.missing() == MissingData.BREACHING;
        int breaches = seen.breaches() + (silenceIsBreach ? silent : 0);
        int unclear = seen.unclear() + (spec.missing() == MissingData.INCONCLUSIVE ? silent : 0);
        return breaches >= trigger.m ? Truth.TRUE : breaches + unclear >= trigger.m ? Truth.UNKNOWN : Truth.FALSE;
    }

    @Override
    Truth told() {
        return judged();
    }

    @Override
    Truth breaching(Gap now) {
        return told();
    }

    @Override
    boolean partly() {
        return breaches() > 0;
    }

    private int breaches() {
        return slots.isEmpty() ? 0 : seen(absent()).breaches();
    }

    @Override
    boolean isTooFew(Sample sample) {
        return trigger.breaches.read(sample) == Breaches.Read.LOW_SAMPLE;
    }

    @Override
    List<Sample> evidence() {
        Set<Sample> all = new LinkedHashSet<>();
        if (first != null) {
            // where slots without a sample begin to count
            all.add(first.sample());
        }
        if (held != null) {
            held.slots.toList().forEach(slot -> all.add(slot.sample()));
        }
        slots.toList().forEach(slot -> all.add(slot.sample()));
        return List.copyOf(all);
    }

    @Override
    String inputs() {
        StringBuilder reads = new StringBuilder();
        slots.toList()
                .forEach(slot -> reads.append(reads.length() == 0 ? "" : " ").append(slot.read()));
        return breaches() + " breaches in the last " + trigger.n + " slots, " + trigger.m + " are needed: " + reads
                + (slots.isEmpty() ? "" : "; last: " + slots.last().sample());
    }
}
