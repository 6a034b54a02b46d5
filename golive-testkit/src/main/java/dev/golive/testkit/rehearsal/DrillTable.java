package dev.golive.testkit.rehearsal;

import java.util.ArrayList;
import java.util.List;

/** A table of three columns, for a terminal of 120 columns or as Markdown. */
final class DrillTable {

    private static final int WIDTH = 120;
    private static final int FIRST = 16;
    private static final int SECOND = 44;
    private static final String INDENT = "  ";

    private record Row(String first, String second, List<String> third) {}

    private final String title;
    private final Row head;
    private final List<Row> rows = new ArrayList<>();

    DrillTable(String title, String first, String second, String third) {
        this.title = title;
        this.head = new Row(first, second, List.of(third));
    }

    void row(String first, String second, List<String> third) {
        rows.add(new Row(first, second, third));
    }

    /** A text in so many letters at most. */
    static String cut(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= most ? line : line.substring(0, most - 3).stripTrailing() + "...";
    }

    static String markdown(String text) {
        return text.strip()
                .replaceAll("\\s+", " ")
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;");
    }

    String markdown() {
        StringBuilder text = new StringBuilder("## ").append(markdown(title)).append("\n\n");
        text.append("| ").append(head.first).append(" | ").append(head.second).append(" | ");
        text.append(head.third.get(0)).append(" |\n|---|---|---|\n");
        for (Row row : rows) {
            text.append("| ")
                    .append(markdown(row.first))
                    .append(" | ")
                    .append(markdown(row.second))
                    .append(" | ");
            text.append(String.join(
                    "<br>", row.third.stream().map(DrillTable::markdown).toList()));
            text.append(" |\n");
        }
        return text.toString();
    }

    @Override
    public String toString() {
        int first = width(FIRST, rows.stream().map(Row::first).toList(), head.first);
        int second = width(SECOND, rows.stream().map(Row::second).toList(), head.second);
        int third = WIDTH - first - second - 3 * INDENT.length();
        StringBuilder text = new StringBuilder(title).append('\n');
        lines(text, head, first, second, third);
        text.append(INDENT).append("-".repeat(WIDTH - INDENT.length())).append('\n');
        rows.forEach(row -> lines(text, row, first, second, third));
        return text.toString();
    }

    private static int width(int most, List<String> cells, String head) {
        int longest = Math.max(
                head.length(), cells.stream().mapToInt(String::length).max().orElse(0));
        return Math.min(most, longest);
    }

    private static void lines(StringBuilder text, Row row, int first, int second, int third) {
        List<String> a = wrapped(row.first, first);
        List<String> b = wrapped(row.second, second);
        List<String> c = new ArrayList<>();
        row.third.forEach(one -> c.addAll(wrapped(one, third)));
        for (int i = 0; i < Math.max(a.size(), Math.max(b.size(), c.size())); i++) {
            String line = INDENT + cell(a, i, first) + INDENT + cell(b, i, second) + INDENT + cell(c, i, 0);
            text.append(line.stripTrailing()).append('\n');
        }
    }

    private static String cell(List<String> lines, int at, int width) {
        String line = at < lines.size() ? lines.get(at) : "";
        return line + " ".repeat(Math.max(0, width - line.length()));
    }

    /** Broken between words, and within those that are longer than a line. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            String rest = word;
            if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            while (rest.length() > width) {
                lines.add(rest.substring(0, width));
                rest = rest.substring(width);
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }
}
