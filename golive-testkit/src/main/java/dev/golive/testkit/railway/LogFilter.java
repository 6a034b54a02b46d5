package dev.golive.testkit.railway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which lines of a log are asked for: texts, {@code @level:error}, {@code @name:value}, AND, OR and a minus. */
final class LogFilter {

    private static final Pattern WORD = Pattern.compile("(-?)(?:\"([^\"]*)\"|(\\S+))");

    private LogFilter() {}

    /** What lets the lines through that a filter asks for; all of them if there is none. */
    static Predicate<Deployment.Line> of(@Nullable String filter) {
        if (filter == null || filter.isBlank()) {
            return line -> true;
        }
        List<Predicate<Deployment.Line>> any = new ArrayList<>();
        Predicate<Deployment.Line> all = line -> true;
        Matcher word = WORD.matcher(filter);
        while (word.find()) {
            if ("OR".equals(word.group(3)) && word.group(1).isEmpty()) {
                any.add(all);
                all = line -> true;
            } else if (!"AND".equals(word.group(3))) {
                Predicate<Deployment.Line> one =
                        word.group(2) != null ? containing(word.group(2)) : term(word.group(3));
                all = all.and(word.group(1).isEmpty() ? one : one.negate());
            }
        }
        any.add(all);
        return line -> any.stream().anyMatch(one -> one.test(line));
    }

    private static Predicate<Deployment.Line> term(String term) {
        int colon = term.indexOf(':');
        String value = term.substring(colon + 1).replace("\"", "");
        if (colon > 0 && term.startsWith("@level:")) {
            return line -> line.severity().equalsIgnoreCase(value);
        } else if (colon > 0 && term.startsWith("@")) {
            String name = term.substring(1, colon);
            return line -> value.equals(line.attributes().get(name));
        } else if (term.startsWith("replica:")) {
            return line -> value.equals(line.instance());
        }
        return containing(term);
    }

    private static Predicate<Deployment.Line> containing(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        return line -> line.message().toLowerCase(Locale.ROOT).contains(small);
    }
}
