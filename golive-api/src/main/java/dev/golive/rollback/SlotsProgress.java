package dev.golive.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final @Nullable Instant first;

    /** What it said when it last knew the newest slot. */
    private final Truth held;

    SlotsProgress(SlotsTrigger trigger, Setting setting) {
        this(
                trigger,
                LeafSpec.of(trigger.breaches.signal(), trigger.options, setting),
                null,
                null,
                Window.empty(),
                Counted.NONE,
                null,
                Truth.UNKNOWN);
    }

    private SlotsProgress(
            SlotsTrigger trigger,
            LeafSpec spec,
            @Nullable Instant start,
            @Nullable Gap gap,
            Window<Slot> slots,
            Counted counted,
            @Nullable Instant first,
            Truth held) {
        super(spec, start, gap);
        this.trigger = trigger;
        this.slots = slots;
        this.counted = counted;
        this.first = first;
        this.held = held;
    }

    @Override
    LeafProgress fresh(Instant from, Gap beginning) {
        return new SlotsProgress(trigger, spec, from, beginning, Window.empty(), Counted.NONE, null, Truth.UNKNOWN);
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
        Window<Slot> later = slots.and(new Slot(sample, slot, read));
        Counted count = counted.and(read, 1);
        while (back(later.first().clock(), slot) >= trigger.n) {
            count = count.and(later.first().read(), -1);
            later = later.withoutFirst();
        }
        Instant begin = first == null ? slot : first;
        SlotsProgress next = new SlotsProgress(trigger, spec, start, after, later, count, begin, held);
        return told ? new SlotsProgress(trigger, spec, start, after, later, count, begin, next.judged(true)) : next;
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

    private Truth judged(boolean newestKnown) {
        long absent = absent();
        boolean none = slots.isEmpty();
        Counted seen = none ? Counted.NONE : seen(absent);
        long newest = none || first == null ? 0 : back(first, slots.last().clock()) + 1;
        int silent = seen.silent() + (int) Math.min(trigger.n, newest + absent) - (none ? 0 : sampled(absent));
        int breaches = seen.breaches();
        int unclear = seen.unclear();
        switch (spec.missing()) {
            case BREACHING -> breaches += silent;
            case INCONCLUSIVE -> unclear += silent;
            case NOT_BREACHING -> {}
            case IGNORE -> {
                return newestKnown ? Truth.of(breaches >= trigger.m) : held;
            }
        }
        return breaches >= trigger.m ? Truth.TRUE : breaches + unclear >= trigger.m ? Truth.UNKNOWN : Truth.FALSE;
    }

    @Override
    Truth judged() {
        Gap now = gap;
        if (now == null || slots.isEmpty() && absent() == 0) {
            return Truth.UNKNOWN;
        }
        return told();
    }

    @Override
    Truth told() {
        return judged(!slots.isEmpty() && absent() == 0 && gap != null && gap.newest() == null);
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
    List<Sample> evidence() {
        return slots.toList().stream().map(Slot::sample).toList();
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
