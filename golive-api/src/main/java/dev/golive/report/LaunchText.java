package dev.golive.report;

import dev.golive.report.html.LaunchPage;
import dev.golive.report.html.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Views of a launch as lines for a terminal or a log. */
final class LaunchText {

    /** Cells of a table are aligned up to this width. */
    private static final int WIDEST_NAME = 24;

    private static final int TIMES = "00:00:00  ".length();

    private final PlainText lines = new PlainText(PlainText.Style.PLAIN);
    private final StringBuilder out = new StringBuilder();

    private LaunchText() {}

    static String render(LaunchPage page) {
        LaunchText text = new LaunchText();
        text.write(page);
        return text.out.toString();
    }

    private void write(LaunchPage page) {
        line(0, page.word() + (page.detail().isBlank() ? "" : ": " + page.detail()));
        line(
                0,
                page.view() + ": " + page.name() + " in " + page.environment()
                        + (page.production() ? " (production)" : ""));
        if (!page.when().isBlank()) {
            line(0, page.when());
        }
        if (!page.remarks().isEmpty()) {
            out.append('\n');
            page.remarks().forEach(remark -> hanging("Note: ", remark));
        }
        for (LaunchPage.Section section : page.sections()) {
            out.append('\n');
            line(0, section.heading().toUpperCase(Locale.ROOT));
            section.blocks().forEach(this::block);
        }
    }

    private void block(LaunchPage.Block block) {
        if (block instanceof LaunchPage.Paragraph paragraph) {
            line(2, paragraph.text());
        } else if (block instanceof LaunchPage.Heading heading) {
            line(2, heading.text() + ":");
        } else if (block instanceof LaunchPage.Bullets bullets) {
            bullets.texts().forEach(text -> hanging("  - ", text));
        } else if (block instanceof LaunchPage.Facts facts) {
            facts(facts.facts());
        } else if (block instanceof LaunchPage.Table table) {
            table.rows().forEach(row -> row(table.columns(), row));
        } else if (block instanceof LaunchPage.Timeline timeline) {
            timeline.lines().forEach(this::line);
        } else if (block instanceof LaunchPage.Strips strips) {
            strips(strips);
        }
    }

    private void facts(List<Page.Detail> facts) {
        int names = facts.stream()
                .mapToInt(fact -> PlainText.columns(fact.name()))
                .filter(width -> width <= WIDEST_NAME)
                .max()
                .orElse(0);
        facts.forEach(fact -> hanging("  " + padded(fact.name(), names) + "  ", fact.found()));
    }

    /** The first two cells are what it is about; the others are named, since they may be long. */
    private void row(List<String> columns, LaunchPage.Row row) {
        List<String> parts = new ArrayList<>();
        for (int i = 2; i < row.cells().size(); i++) {
            if (!row.cells().get(i).isBlank()) {
                parts.add(columns.get(i).toLowerCase(Locale.ROOT) + " "
                        + row.cells().get(i));
            }
        }
        String second = row.cells().size() > 1 ? row.cells().get(1) : "";
        String named = row.tone().isEmpty() && row.cells().size() > 1
                ? columns.get(1).toLowerCase(Locale.ROOT) + " " + second
                : second;
        hanging(
                "  " + padded(row.cells().get(0), 14) + "  ",
                named + (parts.isEmpty() ? "" : "; " + String.join("; ", parts)));
    }

    private void line(LaunchPage.Line line) {
        if (!line.day().isEmpty()) {
            line(2, line.day());
        }
        if (!line.state().isEmpty()) {
            line(2 + TIMES, "[" + line.state() + "]");
        }
        hanging(
                "  " + line.at().text() + "  ",
                line.kind() + ": " + (line.actor().isEmpty() ? "" : line.actor() + " ") + line.text());
    }

    private void strips(LaunchPage.Strips strips) {
        line(2, strips.from().text() + " to " + strips.until().text() + "; . OK, X breach, ? unknown, m maintenance");
        int names = strips.strips().stream()
                .mapToInt(strip -> PlainText.columns(strip.signal()))
                .filter(width -> width <= WIDEST_NAME)
                .max()
                .orElse(0);
        for (LaunchPage.Strip strip : strips.strips()) {
            out.append("  ")
                    .append(padded(strip.signal(), names))
                    .append("  |")
                    .append(strip.cells())
                    .append("|\n");
            if (!strip.counts().isEmpty()) {
                line(names + 5, strip.counts());
            }
        }
        strips.marks().forEach(mark -> line(2, mark.label() + " " + mark.at().text()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - PlainText.columns(text)));
    }

    private void hanging(String head, String text) {
        out.append(lines.hanging(head, PlainText.columns(head), text).stripTrailing())
                .append('\n');
    }

    private void line(int indent, String text) {
        hanging(" ".repeat(indent), text);
    }
}
