package dev.golive.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes names and addresses out of texts that are sent around. Immutable and thread-safe. */
public final class Discretion {

    private static final Pattern IPV4 = Pattern.compile("(?<![\\w.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\w.]*\\d)");
    private static final Pattern IPV6 =
            Pattern.compile("(?<![\\w:.])(?:[0-9A-Fa-f]{1,4}:|::)(?:[0-9A-Fa-f:]{1,40})(?:%\\w+)?(?![\\w])");

    /** What is replaced by what; a name counts as a whole word only, since "al" is also part of "all". */
    private record Replacement(Pattern pattern, String by) {}

    private final List<Replacement> replacements;

    private Discretion(List<Replacement> replacements) {
        this.replacements = replacements;
    }

    /** Replaces names by what stands behind them, besides addresses. */
    public static Discretion of(Map<String, String> names) {
        // the longest first: one name may be the beginning of another
        return new Discretion(names.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, String> name) ->
                                name.getKey().length())
                        .reversed())
                .map(name -> new Replacement(
                        Pattern.compile("(?<!\\w)" + Pattern.quote(name.getKey()) + "(?!\\w)"), name.getValue()))
                .toList());
    }

    public String clean(String text) {
        String cleaned = text;
        for (Replacement replacement : replacements) {
            cleaned = replacement.pattern().matcher(cleaned).replaceAll(Matcher.quoteReplacement(replacement.by()));
        }
        cleaned = IPV4.matcher(cleaned).replaceAll("[address]");
        return IPV6.matcher(cleaned)
                .replaceAll(match -> match.group().contains("::")
                                || match.group().chars().filter(c -> c == ':').count() >= 3
                        ? "[address]"
                        : Matcher.quoteReplacement(match.group()));
    }
}
