package dev.golive.railway;

import dev.golive.Expect;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.railway.internal.LogPort.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is looked for in a log, and what was found of it. The lines themselves are never kept. */
final class LogSearch implements Predicate<Line> {

    private static final Set<String> BAD =
            Set.of("error", "err", "fatal", "critical", "crit", "alert", "emergency", "emerg", "panic");
    private static final Set<String> GOOD =
            Set.of("info", "information", "debug", "trace", "verbose", "notice", "warn", "warning");

    /** What a terminal takes for colours, in the middle of words. */
    private static final Pattern COLOURS = Pattern.compile("\\x1B\\[[0-9;]*[A-Za-z]");

    /**
     * What is looked for.
     *
     * @param words the same for people
     * @param filter what Railway is asked for where there is too much to read, {@code null} if it cannot be said
     * @param message whether a message is of it, {@code null} if the severity tells
     */
    record Wanted(
            String words, @Nullable String filter, @Nullable Predicate<String> message) {

        static Wanted text(String text) {
            String part = Given.text(text, "text");
            return new Wanted(
                    "a line with " + Expect.text(part),
                    '"' + part.replace("\\", "\\\\").replace("\"", "\\\"") + '"',
                    message -> message.contains(part));
        }

        static Wanted pattern(Pattern pattern) {
            Given.notNull(pattern, "pattern");
            return new Wanted(
                    "a line that matches " + pattern,
                    null,
                    message -> pattern.matcher(message).find());
        }

        static Wanted errors() {
            return new Wanted("an error", "@level:error", null);
        }
    }

    private final Wanted wanted;
    private final boolean first;
    private int lines;
    private int matches;
    private int unclear;
    private @Nullable Instant earliest;
    private @Nullable Instant latest;

    /** {@code first} if nobody needs to know how many there are. */
    LogSearch(Wanted wanted, boolean first) {
        this.wanted = wanted;
        this.first = first;
    }

    @Override
    public boolean test(Line line) {
        lines++;
        if (isWanted(line)) {
            matches++;
            if (earliest == null || line.at().isBefore(earliest)) {
                earliest = line.at();
            }
            if (latest == null || line.at().isAfter(latest)) {
                latest = line.at();
            }
        }
        return first && matches > 0;
    }

    private boolean isWanted(Line line) {
        Predicate<String> message = wanted.message();
        if (message != null) {
            return message.test(line.message())
                    || line.message().indexOf('\u001B') >= 0
                            && message.test(COLOURS.matcher(line.message()).replaceAll(""));
        }
        String severity = line.severity();
        String known = severity == null ? "" : severity.toLowerCase(Locale.ROOT);
        if (!BAD.contains(known) && !GOOD.contains(known)) {
            unclear++;
        }
        return BAD.contains(known);
    }

    boolean found() {
        return matches > 0;
    }

    int lines() {
        return lines;
    }

    /** There is what must not be. */
    Outcome isThere() {
        return Outcome.failed(matches == 1 ? "there is 1 such line" : "there are " + matches + " such lines");
    }

    /** Refuses to tell of lines of which nobody says how bad they are. */
    void mustBeClear() {
        if (unclear > 0) {
            throw ApiProblem.undecided("Railway does not say of " + unclear + " of " + lines
                    + " lines how bad they are: look for words instead");
        }
    }

    static ApiProblem tooMuch() {
        return ApiProblem.undecided("more was logged than golive reads");
    }

    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("lines read", lines));
        facts.add(Fact.of("matches", matches));
        if (earliest != null) {
            facts.add(Fact.of("first", earliest));
        }
        if (latest != null) {
            facts.add(Fact.of("last", latest));
        }
        return facts;
    }
}
