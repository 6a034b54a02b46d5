package dev.golive.checks.internal.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How long a certificate is valid.
 *
 * @param from the first instant
 * @param until the last second
 */
record Lifetime(Instant from, Instant until) {

    /** From this long before the end on, the end is near. */
    static final Duration NEAR = Duration.ofDays(21);

    /** The longest lifetime that the operating systems of phones accept, also under a private root. */
    static final Duration PRIVATE_LIMIT = Duration.ofDays(825);

    /** CA/Browser Forum, Baseline Requirements for TLS server certificates, section 6.3.2: the limit by day of issue. */
    private static final NavigableMap<LocalDate, Duration> PUBLIC_LIMITS = new TreeMap<>();

    static {
        PUBLIC_LIMITS.put(LocalDate.MIN, Duration.ofDays(1858)); // 60 months and the days that they may have more
        PUBLIC_LIMITS.put(LocalDate.of(2015, 4, 1), Duration.ofDays(1188)); // 39 months
        PUBLIC_LIMITS.put(LocalDate.of(2018, 3, 1), Duration.ofDays(825));
        PUBLIC_LIMITS.put(LocalDate.of(2020, 9, 1), Duration.ofDays(398));
        PUBLIC_LIMITS.put(LocalDate.of(2026, 3, 15), Duration.ofDays(200));
        PUBLIC_LIMITS.put(LocalDate.of(2027, 3, 15), Duration.ofDays(100));
        PUBLIC_LIMITS.put(LocalDate.of(2029, 3, 15), Duration.ofDays(47));
    }

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);

    static Lifetime of(X509Certificate certificate) {
        return new Lifetime(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    boolean contains(Instant at) {
        return !at.isBefore(from) && !at.isAfter(until);
    }

    Duration left(Instant at) {
        return Duration.between(at, until);
    }

    /** Both ends belong to it, as RFC 5280 section 4.1.2.5 counts. */
    Duration length() {
        return Duration.between(from, until).plusSeconds(1);
    }

    Duration publicLimit() {
        return PUBLIC_LIMITS
                .floorEntry(from.atZone(ZoneOffset.UTC).toLocalDate())
                .getValue();
    }

    /**
     * When too few days are left: under 21 days, or under a quarter of the lifetime where that is less, because a
     * certificate of six days is renewed in time with two days left.
     */
    boolean endsSoon(Instant at) {
        Duration quarter = length().dividedBy(4);
        return left(at).compareTo(quarter.compareTo(NEAR) < 0 ? quarter : NEAR) < 0;
    }

    /** "3 days ago, on 2026-11-17". */
    static String ago(Instant then, Instant now) {
        return span(Duration.between(then, now)) + " ago, on " + date(then, now);
    }

    /** "in 3 days, on 2026-11-23". */
    static String ahead(Instant then, Instant now) {
        return "in " + span(Duration.between(now, then)) + ", on " + date(then, now);
    }

    /** The day is enough for what is days away. */
    private static String date(Instant then, Instant now) {
        boolean near = Duration.between(then, now).abs().compareTo(Duration.ofDays(1)) < 0;
        return (near ? MINUTE : DAY).format(then.atZone(ZoneOffset.UTC));
    }

    static String day(Instant then) {
        return DAY.format(then.atZone(ZoneOffset.UTC));
    }

    private static String span(Duration span) {
        if (span.toDays() > 0) {
            return counted(span.toDays(), "day");
        }
        if (span.toHours() > 0) {
            return counted(span.toHours(), "hour");
        }
        return span.toMinutes() > 0 ? counted(span.toMinutes(), "minute") : counted(span.toSeconds(), "second");
    }

    static String counted(long n, String unit) {
        return n + " " + unit + (n == 1 ? "" : "s");
    }
}
