package dev.golive.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A stretch of time, its end not included, and the one place where wall-clock times become instants. */
record Stretch(Instant start, Instant end) {

    /** What lies between two wall-clock times. Never runs backwards; empty where a gap swallows it. */
    static Stretch between(LocalDateTime from, LocalDateTime to, ZoneRules rules) {
        return new Stretch(starting(from, rules), ending(to, rules));
    }

    /** Whole calendar days, the last one included. */
    static Stretch ofDays(LocalDate first, LocalDate last, ZoneRules rules) {
        return between(first.atStartOfDay(), last.plusDays(1).atStartOfDay(), rules);
    }

    boolean isEmpty() {
        return !start.isBefore(end);
    }

    boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    /** All instants at which the calendar day of a zone may become this day, or cease to be it. */
    static SortedSet<Instant> edges(LocalDate day, ZoneRules rules) {
        SortedSet<Instant> edges = new TreeSet<>();
        for (LocalDateTime midnight :
                List.of(day.atStartOfDay(), day.plusDays(1).atStartOfDay())) {
            edges.add(starting(midnight, rules));
            edges.add(ending(midnight, rules));
            ZoneOffsetTransition change = rules.getTransition(midnight);
            if (change != null) {
                // clocks that go back over midnight return to the day before, and pass midnight once more
                edges.add(change.getInstant());
            }
        }
        return edges;
    }

    private static Instant starting(LocalDateTime local, ZoneRules rules) {
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    private static Instant ending(LocalDateTime local, ZoneRules rules) {
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetAfter());
    }
}
