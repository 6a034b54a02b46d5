package dev.golive.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.zone.ZoneRules;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A named time at which no launch may start, whatever window is open: {@code Blackout.on("Christmas freeze", first,
 * last)}.
 *
 * <ul>
 *   <li>{@link #on(String, LocalDate, LocalDate)} and {@link #on(String, Collection)}: whole calendar days in the zone
 *       of the launch.
 *   <li>{@link #between(String, Instant, Instant)}: exact instants.
 *   <li>{@link #openEnded(String)}: nobody knows the days in advance. It is a question that a person answers for each
 *       day; until it is answered the blackout is neither in force nor out of force, and no launch starts.
 * </ul>
 *
 * <p>A day ends when its last midnight has passed, should the clocks go back over it. Immutable and thread-safe.
 */
public final class Blackout {

    private static final int LISTED = 3;

    private final String name;
    private final When when;

    private Blackout(String name, When when) {
        this.name = name(name, "name");
        this.when = when;
    }

    /**
     * A blackout from one day to another.
     *
     * @param name what it is called, one line of text
     * @param first the first day
     * @param last the last day, inclusive
     * @return the blackout
     * @throws IllegalArgumentException if {@code name} is blank or has line breaks, {@code last} is before
     *     {@code first}, or one of them is not within the years 1 to 9999
     */
    public static Blackout on(String name, LocalDate first, LocalDate last) {
        within(first, "first");
        within(last, "last");
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("last must not be before first, " + first + ", but was " + last);
        }
        return new Blackout(name, new Days(first, last));
    }

    /**
     * A blackout on certain days.
     *
     * @param name what it is called, one line of text
     * @param days the days, at least one
     * @return the blackout
     * @throws IllegalArgumentException if {@code name} is blank or has line breaks, {@code days} is empty, or one of
     *     them is not within the years 1 to 9999
     */
    public static Blackout on(String name, Collection<LocalDate> days) {
        SortedSet<LocalDate> sorted = new TreeSet<>();
        for (LocalDate day : Objects.requireNonNull(days, "days must not be null")) {
            sorted.add(within(day, "days"));
        }
        if (sorted.isEmpty()) {
            // a calendar that could not be read must not look like a year without holidays
            throw new IllegalArgumentException("days must hold at least one day but was empty");
        }
        return new Blackout(name, new Dates(Collections.unmodifiableSortedSet(sorted)));
    }

    /**
     * A blackout between two instants.
     *
     * @param name what it is called, one line of text
     * @param from the first instant at which it is in force
     * @param to the first instant at which it no longer is
     * @return the blackout
     * @throws IllegalArgumentException if {@code name} is blank or has line breaks, {@code to} is not after
     *     {@code from}, or one of them is not within the years 1 to 9999
     */
    public static Blackout between(String name, Instant from, Instant to) {
        LaunchWindows.within(from, "from");
        LaunchWindows.within(to, "to");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("to must be after from, " + from + ", but was " + to);
        }
        return new Blackout(name, new Exactly(from, to));
    }

    /**
     * A blackout without dates: somebody has to say for each day whether it is in force.
     *
     * @param name what it is called, one line of text; answers name it
     * @return the blackout
     * @throws IllegalArgumentException if {@code name} is blank or has line breaks
     */
    public static Blackout openEnded(String name) {
        return new Blackout(name, new Asked());
    }

    /**
     * What it is called.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Whether somebody has to say on which days it is in force.
     *
     * @return whether it has no dates
     */
    public boolean isOpenEnded() {
        return when instanceof Asked;
    }

    /**
     * What to ask a person about a day.
     *
     * @param day the day in the zone of the launch
     * @return for example {@code Is the blackout "payroll run" in force on 2027-03-02?}
     */
    public String question(LocalDate day) {
        Objects.requireNonNull(day, "day must not be null");
        return "Is the blackout \"" + name + "\" in force on " + day + "?";
    }

    /** When it is in force for certain, in no order; nothing for one that is open-ended. */
    List<Stretch> stretches(ZoneRules rules) {
        return when.stretches(rules);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Blackout b && b.name.equals(name) && b.when.equals(when);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, when);
    }

    /**
     * Its name and its time.
     *
     * @return for example {@code "Christmas freeze" (2026-12-18 to 2027-01-06)}
     */
    @Override
    public String toString() {
        return "\"" + name + "\" (" + when + ")";
    }

    static String name(String text, String argument) {
        Objects.requireNonNull(text, () -> argument + " must not be null");
        if (text.isBlank()) {
            throw new IllegalArgumentException(argument + " must not be blank");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029')) {
            throw new IllegalArgumentException(argument + " must be one line of text without control characters");
        }
        return text;
    }

    static LocalDate within(LocalDate day, String argument) {
        Objects.requireNonNull(day, () -> argument + " must not be null");
        if (day.getYear() < 1 || day.getYear() > LaunchWindows.LAST_YEAR) {
            throw new IllegalArgumentException(
                    argument + " must be within the years 1 to " + LaunchWindows.LAST_YEAR + " but was " + day);
        }
        return day;
    }

    private sealed interface When {
        List<Stretch> stretches(ZoneRules rules);
    }

    private record Days(LocalDate first, LocalDate last) implements When {
        @Override
        public List<Stretch> stretches(ZoneRules rules) {
            return List.of(Stretch.ofDays(first, last, rules));
        }

        @Override
        public String toString() {
            return first.equals(last) ? first.toString() : first + " to " + last;
        }
    }

    private record Dates(SortedSet<LocalDate> days) implements When {
        @Override
        public List<Stretch> stretches(ZoneRules rules) {
            return days.stream().map(day -> Stretch.ofDays(day, day, rules)).toList();
        }

        @Override
        public String toString() {
            return days.size() > LISTED
                    ? days.size() + " days from " + days.first() + " to " + days.last()
                    : days.stream().map(LocalDate::toString).collect(Collectors.joining(", "));
        }
    }

    private record Exactly(Instant from, Instant to) implements When {
        @Override
        public List<Stretch> stretches(ZoneRules rules) {
            return List.of(new Stretch(from, to));
        }

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    private record Asked() implements When {
        @Override
        public List<Stretch> stretches(ZoneRules rules) {
            return List.of();
        }

        @Override
        public String toString() {
            return "asked for each day";
        }
    }
}
