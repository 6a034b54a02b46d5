package dev.golive.launch;

import dev.golive.Fact;
import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.internal.Arguments;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What numbers did between two reports of the same list: days that a certificate has left, errors, latencies. */
final class Trends {

    /** Longer ones are no measurements, and comparing them would take long. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,18}(?:\\.\\d{1,18})?");

    private static final Pattern ISO = Pattern.compile("-?P(?=.)[0-9DTHMS.]{1,40}");
    private static final Pattern SPAN = Pattern.compile("(-?)(\\d{1,12}) (d|h|min|s|ms)(?: (\\d{1,12}) (h|min|s|ms))?");

    private Trends() {}

    /**
     * The facts that are numbers in both reports and differ: of the same list, item and name.
     *
     * @param earlier the report before
     * @param later the report after
     * @return a sentence each, such as {@code C12 days left: 20 -> 19 (falling)}, in the order of the later report
     */
    static List<String> between(Report earlier, Report later) {
        Arguments.given(earlier, "earlier");
        Arguments.given(later, "later");
        Map<List<String>, ItemResult> before = new LinkedHashMap<>();
        earlier.results().forEach(result -> before.putIfAbsent(List.of(result.list(), result.id()), result));
        List<String> sentences = new ArrayList<>();
        for (ItemResult result : later.results()) {
            ItemResult old = before.remove(List.of(result.list(), result.id()));
            if (old != null) {
                facts(old).forEach((name, found) -> {
                    String now = facts(result).get(name);
                    if (now != null) {
                        int change = compare(found, now);
                        if (change != 0) {
                            sentences.add(result.id() + " " + name + ": " + found.strip() + " -> " + now.strip()
                                    + (change < 0 ? " (rising)" : " (falling)"));
                        }
                    }
                });
            }
        }
        return List.copyOf(sentences);
    }

    /** The facts of an item that have a name of their own: of two of the same name nobody knows which became which. */
    private static Map<String, String> facts(ItemResult result) {
        Map<String, String> facts = new LinkedHashMap<>();
        List<String> twice = new ArrayList<>();
        for (Fact fact : result.facts()) {
            if (facts.put(fact.name(), fact.found()) != null) {
                twice.add(fact.name());
            }
        }
        facts.keySet().removeAll(twice);
        return facts;
    }

    /** Less than 0 if the first is the smaller one; 0 also if they cannot be compared. */
    private static int compare(String one, String other) {
        BigDecimal a = number(one.strip());
        BigDecimal b = number(other.strip());
        if (a != null && b != null) {
            return a.compareTo(b);
        }
        Duration c = span(one.strip());
        Duration d = span(other.strip());
        return c == null || d == null ? 0 : c.compareTo(d);
    }

    private static @Nullable BigDecimal number(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    private static @Nullable Duration span(String text) {
        if (ISO.matcher(text).matches()) {
            try {
                return Duration.parse(text);
            } catch (DateTimeException e) {
                // it only looks like one
                return null;
            }
        }
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return null;
        }
        Duration length = span(span.group(2), span.group(3));
        if (span.group(4) != null) {
            length = length.plus(span(span.group(4), span.group(5)));
        }
        return span.group(1).isEmpty() ? length : length.negated();
    }

    private static Duration span(String amount, String unit) {
        long n = Long.parseLong(amount);
        return switch (unit) {
            case "d" -> Duration.ofDays(n);
            case "h" -> Duration.ofHours(n);
            case "min" -> Duration.ofMinutes(n);
            case "s" -> Duration.ofSeconds(n);
            default -> Duration.ofMillis(n);
        };
    }
}
