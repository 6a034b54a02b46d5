package dev.golive.time;

import java.time.Duration;
import java.util.Objects;

/**
 * Short names for durations, meant to be imported statically: {@code minutes(3)}, {@code days(21)}.
 *
 * <p>A day is 24 hours here; days of a calendar belong to {@link Offset}. All methods throw
 * {@link IllegalArgumentException} for a negative number and for one above 10<sup>12</sup>.
 */
public final class Spans {

    /** So many days still fit into a duration, and into most arithmetic with one. */
    private static final long MOST = 1_000_000_000_000L;

    private Spans() {}

    /**
     * So many milliseconds.
     *
     * @param n how many, not negative
     * @return the duration
     */
    public static Duration millis(long n) {
        return Duration.ofMillis(checked(n));
    }

    /**
     * So many seconds.
     *
     * @param n how many, not negative
     * @return the duration
     */
    public static Duration seconds(long n) {
        return Duration.ofSeconds(checked(n));
    }

    /**
     * So many minutes.
     *
     * @param n how many, not negative
     * @return the duration
     */
    public static Duration minutes(long n) {
        return Duration.ofMinutes(checked(n));
    }

    /**
     * So many hours.
     *
     * @param n how many, not negative
     * @return the duration
     */
    public static Duration hours(long n) {
        return Duration.ofHours(checked(n));
    }

    /**
     * So many times 24 hours.
     *
     * @param n how many, not negative
     * @return the duration
     */
    public static Duration days(long n) {
        return Duration.ofDays(checked(n));
    }

    /**
     * A duration as a person writes it: {@code 3 min}, {@code 1 min 30 s}, {@code 250 ms}, {@code 21 d}.
     *
     * @param span the duration
     * @return the text, at most the two largest units that are not zero
     */
    public static String text(Duration span) {
        if (Objects.requireNonNull(span, "span must not be null").isNegative()) {
            // the one duration that has no positive counterpart is longer than the universe is old
            Duration positive =
                    span.toSeconds() == Long.MIN_VALUE ? Duration.ofSeconds(Long.MAX_VALUE) : span.negated();
            return "-" + text(positive);
        }
        long[] amounts = {
            span.toDays(), span.toHoursPart(), span.toMinutesPart(), span.toSecondsPart(), span.toMillisPart()
        };
        String[] units = {"d", "h", "min", "s", "ms"};
        StringBuilder text = new StringBuilder();
        int used = 0;
        for (int i = 0; i < amounts.length && used < 2; i++) {
            if (amounts[i] != 0) {
                text.append(used++ == 0 ? "" : " ")
                        .append(amounts[i])
                        .append(' ')
                        .append(units[i]);
            }
        }
        return used == 0 ? (span.isZero() ? "0 s" : "under 1 ms") : text.toString();
    }

    private static long checked(long n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative but was " + n);
        }
        if (n > MOST) {
            throw new IllegalArgumentException("n must be at most " + MOST + " but was " + n);
        }
        return n;
    }
}
