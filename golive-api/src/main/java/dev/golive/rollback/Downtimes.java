package dev.golive.rollback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The clock of whoever watches: it stands still while nobody does. Immutable. */
final class Downtimes {

    static final Downtimes NONE = new Downtimes(Duration.ZERO, List.of());

    /** Older ones only shift the clock as a whole. */
    private static final int KEPT = 32;

    private final Duration before;
    private final List<Downtime> kept;

    private Downtimes(Duration before, List<Downtime> kept) {
        this.before = before;
        this.kept = kept;
    }

    /** What the clock shows at an instant. */
    Instant clock(Instant at) {
        if (kept.isEmpty()) {
            return at;
        }
        Instant clock = at.minus(before);
        for (Downtime down : kept) {
            if (at.isAfter(down.from())) {
                clock = clock.minus(Duration.between(down.from(), at.isBefore(down.to()) ? at : down.to()));
            }
        }
        return clock;
    }

    Downtimes and(Instant from, Instant to) {
        Instant begin = kept.isEmpty() || from.isAfter(kept.get(kept.size() - 1).to())
                ? from
                : kept.get(kept.size() - 1).to();
        if (!to.isAfter(begin)) {
            return this;
        }
        List<Downtime> all = new ArrayList<>(kept);
        all.add(new Downtime(begin, to));
        Duration earlier = before;
        if (all.size() > KEPT) {
            Downtime oldest = all.remove(0);
            earlier = earlier.plus(Duration.between(oldest.from(), oldest.to()));
        }
        return new Downtimes(earlier, List.copyOf(all));
    }

    List<Downtime> since(Instant from) {
        return kept.stream().filter(down -> down.to().isAfter(from)).toList();
    }
}
