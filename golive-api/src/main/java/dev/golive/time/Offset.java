package dev.golive.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A point in time told from the launch: {@code T.minusDays(7)}, {@code H.plusMinutes(30)}.
 *
 * <p>{@link #T} is the planned instant of the launch, {@link #H} the instant at which the first deploying action was
 * confirmed. Days are calendar days at the same wall time in the zone of the launch, so that "7 days before 10:00" is
 * 10:00 also across a change of daylight saving; hours and minutes are exact. Days are applied before hours.
 *
 * <p>Immutable and thread-safe.
 */
public final class Offset {

    /** The planned instant of the launch. */
    public static final Offset T = new Offset(Anchor.T, 0, Duration.ZERO);

    /** The instant at which the first deploying action was confirmed. */
    public static final Offset H = new Offset(Anchor.H, 0, Duration.ZERO);

    /** What an offset is counted from. */
    public enum Anchor {
        /** The planned instant. */
        T,
        /** The instant of the first confirmed deploying action. */
        H
    }

    private static final int FARTHEST_DAYS = 36_500;

    private final Anchor anchor;
    private final int days;
    private final Duration exact;

    private Offset(Anchor anchor, int days, Duration exact) {
        this.anchor = anchor;
        this.days = days;
        this.exact = exact;
    }

    /**
     * What this offset is counted from.
     *
     * @return the anchor
     */
    public Anchor anchor() {
        return anchor;
    }

    /**
     * Earlier by so many calendar days.
     *
     * @param n how many days, not negative
     * @return the earlier offset
     * @throws IllegalArgumentException if {@code n} is negative, or the offset more than 36,500 days away
     */
    public Offset minusDays(int n) {
        return new Offset(anchor, near(days - (long) notNegative(n)), exact);
    }

    /**
     * Later by so many calendar days.
     *
     * @param n how many days, not negative
     * @return the later offset
     * @throws IllegalArgumentException if {@code n} is negative, or the offset more than 36,500 days away
     */
    public Offset plusDays(int n) {
        return new Offset(anchor, near(days + (long) notNegative(n)), exact);
    }

    /**
     * Earlier by so many exact hours.
     *
     * @param n how many hours, not negative
     * @return the earlier offset
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public Offset minusHours(int n) {
        return new Offset(anchor, days, exact.minusHours(notNegative(n)));
    }

    /**
     * Later by so many exact hours.
     *
     * @param n how many hours, not negative
     * @return the later offset
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public Offset plusHours(int n) {
        return new Offset(anchor, days, exact.plusHours(notNegative(n)));
    }

    /**
     * Earlier by so many exact minutes.
     *
     * @param n how many minutes, not negative
     * @return the earlier offset
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public Offset minusMinutes(int n) {
        return new Offset(anchor, days, exact.minusMinutes(notNegative(n)));
    }

    /**
     * Later by so many exact minutes.
     *
     * @param n how many minutes, not negative
     * @return the later offset
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public Offset plusMinutes(int n) {
        return new Offset(anchor, days, exact.plusMinutes(notNegative(n)));
    }

    /**
     * The instant that this offset means, once its anchor is known.
     *
     * @param anchorInstant the instant of {@link #anchor()}
     * @param zone the zone of the launch, which decides what "the same wall time" is
     * @return the instant
     * @throws IllegalArgumentException if the calendar does not reach that far
     */
    public Instant from(Instant anchorInstant, ZoneId zone) {
        Objects.requireNonNull(anchorInstant, "anchorInstant must not be null");
        Objects.requireNonNull(zone, "zone must not be null");
        try {
            return anchorInstant
                    .atZone(zone)
                    .plus(Period.ofDays(days))
                    .plus(exact)
                    .toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "anchorInstant must be within the years of the calendar but was " + anchorInstant, e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Offset o && o.anchor == anchor && o.days == days && o.exact.equals(exact);
    }

    @Override
    public int hashCode() {
        return Objects.hash(anchor, days, exact);
    }

    /**
     * The notation of runbooks.
     *
     * @return for example {@code T-7d}, {@code H+30m}, {@code T-1d-2h}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(anchor.name());
        if (days != 0) {
            text.append(days > 0 ? "+" : "").append(days).append('d');
        }
        long minutes = exact.toMinutes();
        if (minutes != 0) {
            boolean hours = minutes % 60 == 0;
            text.append(minutes > 0 ? "+" : "")
                    .append(hours ? minutes / 60 : minutes)
                    .append(hours ? 'h' : 'm');
        }
        return text.toString();
    }

    private static int near(long days) {
        if (Math.abs(days) > FARTHEST_DAYS) {
            throw new IllegalArgumentException(
                    "n must keep the offset within " + FARTHEST_DAYS + " days but made it " + days);
        }
        return (int) days;
    }

    private static int notNegative(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative but was " + n);
        }
        return n;
    }
}
