package dev.golive.report;

import dev.golive.report.html.LaunchPage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Views of a launch as GitHub Flavored Markdown. Text from a launch never begins a line. */
final class LaunchMarkdown {

    private final StringBuilder out = new StringBuilder();

    private LaunchMarkdown() {}

    static String render(LaunchPage page) {
        LaunchMarkdown text = new LaunchMarkdown();
        text.write(page);
        return text.out.toString();
    }

    private void write(LaunchPage page) {
        line("# " + page.view() + ": " + Markdown.escaped(page.word()));
        line("");
        line("**" + Markdown.escaped(page.name()) + "** in **" + Markdown.escaped(page.environment()) + "**"
                + (page.production() ? " (production)" : "")
                + (page.when().isBlank() ? "" : ", " + Markdown.escaped(page.when())));
        if (!page.detail().isBlank()) {
            line("");
            line("**Why**: " + Markdown.escaped(page.detail()));
        }
        if (!page.remarks().isEmpty()) {
            line("");
            page.remarks().forEach(remark -> line("- Note: " + Markdown.escaped(remark)));
        }
        for (LaunchPage.Section section : page.sections()) {
            line("");
            line("## " + section.heading());
            section.blocks().forEach(this::block);
        }
    }

    private void block(LaunchPage.Block block) {
        line("");
        if (block instanceof LaunchPage.Paragraph paragraph) {
            line("**In short**: " + Markdown.escaped(paragraph.text()));
        } else if (block instanceof LaunchPage.Heading heading) {
            line("### " + Markdown.escaped(heading.text()));
        } else if (block instanceof LaunchPage.Bullets bullets) {
            bullets.texts().forEach(text -> line("- Note: " + Markdown.escaped(text)));
        } else if (block instanceof LaunchPage.Facts facts) {
            facts.facts()
                    .forEach(fact ->
                            line("- **" + Markdown.escaped(fact.name()) + "**: " + Markdown.escaped(fact.found())));
        } else if (block instanceof LaunchPage.Table table) {
            table(
                    table.columns(),
                    table.rows().stream().map(LaunchPage.Row::cells).toList());
        } else if (block instanceof LaunchPage.Timeline timeline) {
            timeline(timeline.lines());
        } else if (block instanceof LaunchPage.Strips strips) {
            strips(strips);
        }
    }

    private void timeline(List<LaunchPage.Line> lines) {
        List<List<String>> rows = new ArrayList<>();
        String day = "";
        String state = "";
        for (LaunchPage.Line line : lines) {
            day = line.day().isEmpty() ? day : line.day();
            state = line.state().isEmpty() ? state : line.state();
            rows.add(List.of(day + " " + line.at().text(), state, line.kind(), line.actor(), line.text()));
        }
        table(List.of("UTC", "State", "About", "Who", "What"), rows);
    }

    private void strips(LaunchPage.Strips strips) {
        line("From " + strips.from().text() + " to " + strips.until().text()
                + ": `.` OK, `X` breach, `?` unknown, `m` maintenance");
        line("");
        List<List<String>> rows = new ArrayList<>();
        line("| Signal | Samples | Counts |");
        line("|---|---|---|");
        for (LaunchPage.Strip strip : strips.strips()) {
            // only these signs, and a blank would be lost at either end
            line("| " + Markdown.escaped(strip.signal()) + " | `"
                    + strip.cells().replace(' ', '_') + "` | " + Markdown.escaped(strip.counts()) + " |");
        }
        strips.marks().forEach(mark -> rows.add(List.of(mark.label(), mark.at().text())));
        if (!rows.isEmpty()) {
            line("");
            rows.forEach(row -> line("- **" + row.get(0) + "**: " + row.get(1)));
        }
    }

    private void table(List<String> columns, List<List<String>> rows) {
        line("| " + String.join(" | ", columns) + " |");
        line("|" + "---|".repeat(columns.size()));
        for (List<String> row : rows) {
            line("| " + row.stream().map(Markdown::escaped).collect(Collectors.joining(" | ")) + " |");
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
