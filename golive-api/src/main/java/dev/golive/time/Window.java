package dev.golive.time;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.time.zone.ZoneRules;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A time of the week at which a launch may start: {@code Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0),
 * TUESDAY, WEDNESDAY, THURSDAY)}.
 *
 * <p>A window is meant in wall-clock time; the zone comes from the {@link LaunchWindows} that it is part of.
 *
 * <ul>
 *   <li>The start is inside, the end is not. Noon to midnight is {@code between(NOON, MIDNIGHT, ..)}.
 *   <li>The days are those on which the window starts; it may end on a later one.
 *   <li>A start or end that does not exist, because the clocks go forward over it, moves to the first instant after the
 *       gap. A window that lies in the gap altogether does not open on that day.
 *   <li>Of a time that exists twice, because the clocks go back, a start is the earlier and an end the later one. A
 *       window of two hours across a change of daylight saving is therefore open for one hour or for three.
 * </ul>
 *
 * <p>Two windows of the same days and times are equal, however they were made. Immutable and thread-safe.
 */
public final class Window {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final LocalTime from;
    private final Duration length;
    private final Set<DayOfWeek> days;

    private Window(LocalTime from, Duration length, Set<DayOfWeek> days) {
        this.from = from;
        this.length = length;
        this.days = days;
    }

    /**
     * A window between two times of day.
     *
     * @param from when it opens
     * @param to when it closes; on the next day if that is not after {@code from}, so that equal times mean a whole day
     * @param first a day of the week on which it opens
     * @param more further days on which it opens
     * @return the window
     */
    public static Window between(LocalTime from, LocalTime to, DayOfWeek first, DayOfWeek... more) {
        return new Window(from, length(from, to), days(first, more));
    }

    /**
     * A window that opens at a time of day and is so long by the clock on the wall.
     *
     * @param from when it opens
     * @param length how far its end is from its start, longer than zero, at most 7 days
     * @param first a day of the week on which it opens
     * @param more further days on which it opens
     * @return the window
     * @throws IllegalArgumentException if {@code length} is zero, negative or longer than 7 days
     */
    public static Window lasting(LocalTime from, Duration length, DayOfWeek first, DayOfWeek... more) {
        Objects.requireNonNull(from, "from must not be null");
        Objects.requireNonNull(length, "length must not be null");
        if (length.isNegative() || length.isZero() || length.compareTo(WEEK) > 0) {
            throw new IllegalArgumentException(
                    "length must be longer than zero and at most 7 days but was " + Spans.text(length));
        }
        return new Window(from, length, days(first, more));
    }

    /**
     * A window between two times of day, on all days of the week.
     *
     * @param from when it opens
     * @param to when it closes; on the next day if that is not after {@code from}, so that equal times mean always
     * @return the window
     */
    public static Window everyDay(LocalTime from, LocalTime to) {
        return new Window(from, length(from, to), Collections.unmodifiableSet(EnumSet.allOf(DayOfWeek.class)));
    }

    /**
     * When it opens.
     *
     * @return the time of day
     */
    public LocalTime from() {
        return from;
    }

    /**
     * How far its end is from its start by the clock on the wall.
     *
     * @return the length, at most 7 days
     */
    public Duration length() {
        return length;
    }

    /**
     * The days on which it opens.
     *
     * @return the days from Monday to Sunday
     */
    public Set<DayOfWeek> days() {
        return days;
    }

    /** The stretch in which the window that opens on a day is open; empty if none does. */
    Stretch on(LocalDate day, ZoneRules rules) {
        if (!days.contains(day.getDayOfWeek())) {
            return new Stretch(Instant.EPOCH, Instant.EPOCH);
        }
        LocalDateTime start = day.atTime(from);
        return Stretch.between(start, start.plus(length), rules);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Window w && w.from.equals(from) && w.length.equals(length) && w.days.equals(days);
    }

    @Override
    public int hashCode() {
        return Objects.hash(from, length, days);
    }

    /**
     * The window as a person writes it.
     *
     * @return for example {@code Tue, Wed, Thu 09:00-15:00} or {@code Fri 22:00-06:00 next day}
     */
    @Override
    public String toString() {
        String on = days.size() == 7
                ? "every day"
                : days.stream()
                        .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                        .collect(Collectors.joining(", "));
        if (from.equals(LocalTime.MIDNIGHT) && length.equals(DAY)) {
            return on + " all day";
        }
        Duration end = Duration.ofNanos(from.toNanoOfDay()).plus(length);
        long later = end.toDays();
        LocalTime to = from.plus(length);
        boolean untilMidnight = later == 1 && to.equals(LocalTime.MIDNIGHT);
        return on + " " + from + "-" + (untilMidnight ? "24:00" : to)
                + (later == 0 || untilMidnight ? "" : later == 1 ? " next day" : " " + later + " days later");
    }

    private static Duration length(LocalTime from, LocalTime to) {
        Objects.requireNonNull(from, "from must not be null");
        Objects.requireNonNull(to, "to must not be null");
        Duration length = Duration.between(from, to);
        return to.isAfter(from) ? length : length.plus(DAY);
    }

    private static Set<DayOfWeek> days(DayOfWeek first, DayOfWeek... more) {
        Set<DayOfWeek> days = EnumSet.of(Objects.requireNonNull(first, "first must not be null"));
        for (DayOfWeek day : Objects.requireNonNull(more, "more must not be null")) {
            days.add(Objects.requireNonNull(day, "more must not be null"));
        }
        return Collections.unmodifiableSet(days);
    }
}
