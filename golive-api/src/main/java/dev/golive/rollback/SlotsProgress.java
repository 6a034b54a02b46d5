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

    private final SlotsTrigger trigger;
    private final Window<Slot> slots;

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
                null,
                Truth.UNKNOWN);
    }

    private SlotsProgress(
            SlotsTrigger trigger,
            LeafSpec spec,
            @Nullable Instant start,
            @Nullable Gap gap,
            Window<Slot> slots,
            @Nullable Instant first,
            Truth held) {
        super(spec, start, gap);
        this.trigger = trigger;
        this.slots = slots;
        this.first = first;
        this.held = held;
    }

    @Override
    LeafProgress fresh(Instant from, Gap beginning) {
        return new SlotsProgress(trigger, spec, from, beginning, Window.empty(), null, Truth.UNKNOWN);
    }

    @Override
    LeafProgress silent(Gap now) {
        return new SlotsProgress(trigger, spec, start, now, slots, first, held);
    }

    @Override
    LeafProgress hear(Sample sample, Gap before, Downtimes down) {
        Instant clock = down.clock(sample.startedAt());
        Instant slot = down.clock(sample.slotAt());
        Breaches.Read read = trigger.breaches.read(sample);
        boolean told = read == Breaches.Read.OK || read == Breaches.Read.BREACH || read == Breaches.Read.MAINTENANCE;
        Gap after = told ? before.told(clock) : before.untold(sample, clock, read, spec);
        Window<Slot> later = slots.and(new Slot(sample, slot, read));
        while (back(later.first().clock(), slot) >= trigger.n) {
            later = later.withoutFirst();
        }
        SlotsProgress next = new SlotsProgress(trigger, spec, start, after, later, first == null ? slot : first, held);
        return told ? new SlotsProgress(trigger, spec, start, after, later, next.first, next.judged(true)) : next;
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

    private Truth judged(boolean newestKnown) {
        long absent = absent();
        long newest = 0;
        int breaches = 0;
        int silent = 0;
        int unclear = 0;
        int seen = 0;
        if (!slots.isEmpty()) {
            Instant last = slots.last().clock();
            for (Slot slot : slots.toList()) {
                if (back(slot.clock(), last) + absent < trigger.n) {
                    seen++;
                    switch (slot.read()) {
                        case BREACH -> breaches++;
                        case MISSING -> silent++;
                        case CHECK_ERROR, LOW_SAMPLE, WARM_UP -> unclear++;
                        case OK, MAINTENANCE -> {}
                    }
                }
            }
            newest = first == null ? 1 : back(first, last) + 1;
        }
        silent += (int) Math.min(trigger.n, newest + absent) - seen;
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
    Truth truth() {
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

    private long breaches() {
        if (slots.isEmpty()) {
            return 0;
        }
        Instant last = slots.last().clock();
        long absent = absent();
        return slots.toList().stream()
                .filter(slot -> slot.read() == Breaches.Read.BREACH && back(slot.clock(), last) + absent < trigger.n)
                .count();
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
