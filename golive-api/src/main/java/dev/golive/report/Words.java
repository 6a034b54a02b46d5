package dev.golive.report;

import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import dev.golive.internal.Texts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The words that all formats share, so that they say the same in the same way. */
final class Words {

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]");

    /** A longer id would push the sentence away; it is among the details. */
    private static final int LONGEST_ID = 24;

    /** The order in which statuses are listed: what needs a person first. */
    static final List<Status> WORST_FIRST = List.of(
            Status.FAILED,
            Status.BLOCKED,
            Status.UNKNOWN,
            Status.STALE,
            Status.PENDING,
            Status.WARNED,
            Status.WAIVED,
            Status.PASSED,
            Status.NOT_APPLICABLE);

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant FIRST = LocalDateTime.MIN.toInstant(ZoneOffset.UTC);
    private static final Instant LAST = LocalDateTime.MAX.toInstant(ZoneOffset.UTC);

    private Words() {}

    static String of(Verdict verdict) {
        return switch (verdict) {
            case GO -> "GO";
            case CONDITIONAL_GO -> "CONDITIONAL GO";
            case UNDECIDED -> "NOT YET";
            case NO_GO -> "NO GO";
        };
    }

    static String of(Status status) {
        return status.name().replace('_', ' ');
    }

    static String lower(Status status) {
        return of(status).toLowerCase(Locale.ROOT);
    }

    /** Time as people write it; what no calendar holds, as a program does. */
    static String utc(Instant instant) {
        return instant.isBefore(FIRST) || instant.isAfter(LAST) ? instant.toString() : UTC.format(instant);
    }

    /** Seconds as a plain decimal number, exact to the nanosecond. */
    static String seconds(Duration duration) {
        return decimal(duration.getSeconds(), duration.getNano());
    }

    /** Seconds since 1970 as a plain decimal number. */
    static String seconds(Instant instant) {
        return decimal(instant.getEpochSecond(), instant.getNano());
    }

    private static String decimal(long seconds, int nanos) {
        BigDecimal exact = BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9));
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    /** How the items stand, in numbers: {@code 40 items: 1 failed, 36 passed, 3 not yet due}. */
    static String counts(Report report) {
        List<String> parts = new ArrayList<>();
        for (Status status : WORST_FIRST) {
            long count = report.results(status).stream()
                    .filter(result -> !result.isNotYetDue())
                    .count();
            if (count > 0) {
                parts.add(count + " " + lower(status));
            }
        }
        long later = report.results().stream().filter(ItemResult::isNotYetDue).count();
        if (later > 0) {
            parts.add(later + " not yet due");
        }
        int all = report.results().size();
        return number(all, "item") + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }

    /**
     * What is in the way, the worst first. What one cause blocks stands together: three hundred blocked items are one
     * piece of news.
     */
    static Collection<List<ItemResult>> inTheWay(Report report) {
        Map<List<Object>, List<ItemResult>> groups = new LinkedHashMap<>();
        for (ItemResult result : report.inTheWay()) {
            Object cause = result.blockedBy().isEmpty() ? result.id() : result.blockedBy();
            groups.computeIfAbsent(
                            List.of(result.list(), result.status(), result.isRequired(), cause),
                            key -> new ArrayList<>())
                    .add(result);
        }
        return groups.values();
    }

    static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** What an item is called, unless that is derived from its sentence and so says nothing new. */
    static String givenId(ItemResult result) {
        boolean derived = letters(result.id()).equals(letters(result.sentence()))
                || result.id().length() > LONGEST_ID;
        return derived ? "" : result.id();
    }

    private static String letters(String text) {
        return NO_LETTERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** The sentence of an item after what the item is called. */
    static String named(ItemResult result) {
        String id = givenId(result);
        return id.isEmpty() ? result.sentence() : id + "  " + result.sentence();
    }

    /** A text in one line that every format and every terminal can carry. */
    static String line(String text) {
        return Texts.line(text);
    }

    /**
     * A text that every format and every terminal can carry: line breaks are {@code \n}, and what would steer a
     * terminal, reverse the reading direction or be refused by XML 1.0 (section 2.2) is replaced.
     */
    static String visible(String text) {
        return Texts.visible(text);
    }
}
