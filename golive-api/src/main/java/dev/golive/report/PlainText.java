package dev.golive.report;

import dev.golive.Fact;
import dev.golive.ItemResult;
import dev.golive.Release;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import dev.golive.time.Spans;
import java.util.ArrayList;
import java.util.List;

/** Reports and results as lines for a terminal or a log. */
final class PlainText {

    /**
     * How lines are set.
     *
     * @param width the columns that a line may have
     * @param colours whether to use the colours of ANSI terminals (ECMA-48, SGR)
     */
    record Style(int width, boolean colours) {

        static final Style PLAIN = new Style(100, false);

        String paint(String text, String sgr) {
            return colours && !sgr.isEmpty() ? "\u001B[" + sgr + "m" + text + "\u001B[0m" : text;
        }

        String paint(String text, Status status) {
            return paint(
                    text,
                    switch (status) {
                        case PASSED -> "32";
                        case WARNED, WAIVED -> "33";
                        case FAILED -> "1;31";
                        case BLOCKED -> "31";
                        case UNKNOWN, STALE -> "35";
                        case PENDING -> "36";
                        case NOT_APPLICABLE -> "2";
                    });
        }

        String paint(String text, Verdict verdict) {
            return paint(
                    text,
                    switch (verdict) {
                        case GO -> "1;32";
                        case CONDITIONAL_GO -> "1;33";
                        case UNDECIDED -> "1;35";
                        case NO_GO -> "1;31";
                    });
        }
    }

    /** The column in which sentences begin: the longest status and two spaces. */
    private static final int INDENT = "NOT APPLICABLE".length() + 2;

    private final Style style;
    private final StringBuilder out = new StringBuilder();

    PlainText(Style style) {
        this.style = style;
    }

    /** The verdict, what is in the way, and every item. */
    String whole(Report report) {
        verdict(report);
        out.append('\n');
        for (ItemResult result : report.results()) {
            out.append(item(result)).append('\n');
        }
        return out.toString();
    }

    /** The verdict and what is in the way, after a run whose items were shown as they came. */
    String ending(Report report) {
        verdict(report);
        return out.toString();
    }

    /** An item in one line, or more if it is long. */
    String item(ItemResult result) {
        return hanging(
                style.paint(padded(result.status()), result.status()),
                INDENT,
                Words.line(Words.named(result)
                        + (result.isRequired() ? "" : " (recommended)")
                        + (result.why().isBlank() ? "" : " - " + result.why())
                        + took(result)));
    }

    private static String took(ItemResult result) {
        return result.attempts() == 0
                ? ""
                : " [" + Spans.text(result.took()) + (result.isFlaky() ? ", flaky" : "") + "]";
    }

    private void verdict(Report report) {
        String headline = Words.line(report.headline());
        String word = Words.of(report.verdict());
        out.append(style.paint(word, report.verdict()))
                .append(headline.substring(word.length()))
                .append('\n');
        paragraph(0, report.title() + " in " + report.environment().name());
        paragraph(0, Words.utc(report.startedAt()) + ", took " + Spans.text(report.took()));
        for (Report.Source source : report.sources()) {
            List<String> parts = new ArrayList<>();
            Release release = source.release();
            if (release != null) {
                parts.add("release " + release);
            }
            if (source.vantagePoint() != null) {
                parts.add("from " + source.vantagePoint());
            }
            if (!parts.isEmpty()) {
                paragraph(0, (report.sources().size() > 1 ? source.list() + ": " : "") + String.join(", ", parts));
            }
        }
        if (report.inTheWay().isEmpty()) {
            report.reasons().forEach(reason -> paragraph(0, reason));
        }
        inTheWay(report);
        if (!report.remarks().isEmpty()) {
            out.append('\n');
            report.remarks()
                    .forEach(remark ->
                            out.append(hanging("Note: ", 6, Words.line(remark))).append('\n'));
        }
        out.append('\n');
        paragraph(0, Words.counts(report));
    }

    private void inTheWay(Report report) {
        for (List<ItemResult> group : Words.inTheWay(report)) {
            out.append('\n');
            ItemResult first = group.get(0);
            if (group.size() == 1) {
                one(first);
                continue;
            }
            out.append(hanging(
                            style.paint(padded(first.status()), first.status()),
                            INDENT,
                            Words.line(group.size() + " items" + (first.isRequired() ? "" : " (recommended)")
                                    + (first.blockedBy().isEmpty() ? "" : " by " + String.join(", ", first.blockedBy()))
                                    + ":")))
                    .append('\n');
            group.forEach(result -> paragraph(INDENT + 2, Words.named(result)));
        }
    }

    private void one(ItemResult result) {
        out.append(hanging(
                        style.paint(padded(result.status()), result.status()),
                        INDENT,
                        Words.line(Words.named(result) + (result.isRequired() ? "" : " (recommended)"))))
                .append('\n');
        if (!result.why().isBlank()) {
            paragraph(INDENT, result.why());
        }
        result.digest()
                .filter(digest -> result.status() == Status.PENDING || result.status() == Status.STALE)
                .ifPresent(digest -> paragraph(INDENT, "an answer must quote the digest " + digest));
        if (!result.blockedBy().isEmpty()) {
            paragraph(INDENT, "blocked by " + String.join(", ", result.blockedBy()));
        }
        int names = result.facts().stream()
                .mapToInt(fact -> columns(Words.line(fact.name())))
                .filter(width -> width <= 20)
                .max()
                .orElse(0);
        for (Fact fact : result.facts()) {
            String name = Words.line(fact.name());
            String gap = " ".repeat(Math.max(0, names - columns(name)) + 2);
            String expected = fact.expected();
            out.append(hanging(
                            " ".repeat(INDENT) + style.paint(name, "2") + gap,
                            INDENT + Math.max(names, columns(name)) + 2,
                            Words.line(fact.found() + (expected == null ? "" : ", expected " + expected))))
                    .append('\n');
        }
    }

    private static String padded(Status status) {
        String word = Words.of(status);
        return word + " ".repeat(INDENT - word.length());
    }

    void paragraph(int indent, String text) {
        out.append(hanging(" ".repeat(indent), indent, Words.line(text))).append('\n');
    }

    /** A text behind a head, broken at spaces; further lines begin in the column where the text began. */
    String hanging(String head, int column, String text) {
        int indent = Math.min(column, style.width / 2);
        StringBuilder lines = new StringBuilder(head);
        int used = column;
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            int width = columns(word);
            if (!first && used + 1 + width > style.width) {
                lines.append('\n').append(" ".repeat(indent)).append(word);
                used = indent + width;
            } else {
                lines.append(first ? "" : " ").append(word);
                used += (first ? 0 : 1) + width;
            }
            first = false;
        }
        return lines.toString();
    }

    /** The beginning of a text that fits into so many columns. */
    static String cut(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (used + columns(c) > columns - 3) {
                break;
            }
            kept.appendCodePoint(c);
            used += columns(c);
            i += Character.charCount(c);
        }
        return kept.append("...").toString();
    }

    static int columns(String text) {
        return text.codePoints().map(PlainText::columns).sum();
    }

    /** The columns of a character: marks stand above others, and East Asian characters and pictures are two wide. */
    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = between(c, 0x1100, 0x115F)
                || between(c, 0x2E80, 0xA4CF)
                || between(c, 0xAC00, 0xD7A3)
                || between(c, 0xF900, 0xFAFF)
                || between(c, 0xFE30, 0xFE6F)
                || between(c, 0xFF00, 0xFF60)
                || between(c, 0xFFE0, 0xFFE6)
                || between(c, 0x1F300, 0x1FAFF)
                || between(c, 0x20000, 0x3FFFD);
        return wide ? 2 : 1;
    }

    private static boolean between(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
