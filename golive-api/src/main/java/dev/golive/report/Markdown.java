package dev.golive.report;

import dev.golive.Fact;
import dev.golive.ItemResult;
import dev.golive.Release;
import dev.golive.Report;
import dev.golive.internal.Texts;
import dev.golive.time.Spans;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports as GitHub Flavored Markdown. Text from a report never begins a line, so that only what works within a line
 * needs to be escaped.
 */
final class Markdown {

    private final StringBuilder out = new StringBuilder();

    private Markdown() {}

    static String render(Report report) {
        Markdown text = new Markdown();
        text.write(report);
        return text.out.toString();
    }

    private void write(Report report) {
        line("# " + escaped(report.headline()));
        line("");
        line("**" + escaped(report.title()) + "** in **"
                + escaped(report.environment().name()) + "**, " + Words.utc(report.startedAt()) + ", took "
                + Spans.text(report.took()));
        sources(report);
        reasons(report);
        if (!report.remarks().isEmpty()) {
            line("");
            line("## Remarks");
            line("");
            report.remarks().forEach(remark -> line("- Note: " + escaped(remark)));
        }
        line("");
        line("## Items");
        line("");
        line(escaped(Words.counts(report)));
        line("");
        line("| Status | Item | Why | Due | Owner | Took |");
        line("|---|---|---|---|---|---|");
        report.results().forEach(this::row);
    }

    private void sources(Report report) {
        boolean several = report.sources().size() > 1;
        for (Report.Source source : report.sources()) {
            List<String> parts = new ArrayList<>();
            Release release = source.release();
            if (release != null) {
                parts.add("release " + escaped(release.toString())
                        + (release.commit() == null ? "" : " of commit " + escaped(release.commit())));
            }
            if (source.vantagePoint() != null) {
                parts.add("from " + escaped(source.vantagePoint()));
            }
            if (several) {
                parts.add(Words.utc(source.startedAt()));
                parts.add("took " + Spans.text(source.took()));
            }
            if (!parts.isEmpty()) {
                line("");
                line((several ? "- List " + escaped(source.list()) + ": " : "Examined: ") + String.join(", ", parts));
            }
        }
    }

    private void reasons(Report report) {
        if (report.reasons().isEmpty()) {
            return;
        }
        line("");
        line("## What stands in the way");
        if (report.inTheWay().isEmpty()) {
            line("");
            report.reasons().forEach(reason -> line("- Nothing to show: " + escaped(reason)));
        }
        for (List<ItemResult> group : Words.inTheWay(report)) {
            ItemResult first = group.get(0);
            line("");
            line("- **" + Words.of(first.status()) + "** " + (first.isRequired() ? "" : "(recommended) ")
                    + (group.size() == 1 ? escaped(first.sentence()) : group.size() + " items"));
            if (group.size() == 1) {
                evidence(first);
            } else {
                group.forEach(result -> line("  - Item: " + escaped(result.sentence())));
            }
            if (!first.blockedBy().isEmpty()) {
                line("  - Blocked by: " + escaped(String.join(", ", first.blockedBy())));
            }
        }
    }

    private void evidence(ItemResult result) {
        if (!result.why().isBlank()) {
            line("  - Why: " + escaped(result.why()));
        }
        for (Fact fact : result.facts()) {
            String expected = fact.expected();
            line("  - **" + escaped(fact.name()) + "**: " + escaped(fact.found())
                    + (expected == null ? "" : ", expected " + escaped(expected)));
        }
    }

    private void row(ItemResult result) {
        line("| " + Words.of(result.status())
                + (result.isFlaky() ? ", flaky" : "")
                + " | " + escaped(result.sentence())
                + (result.isRequired() ? "" : " (recommended)")
                + " | " + escaped(result.why())
                + " | " + escaped(result.due().orElse(""))
                + " | " + escaped(result.owner().orElse(""))
                + " | " + (result.attempts() == 0 ? "" : Spans.text(result.took()))
                + " |");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    static String escaped(String text) {
        return Texts.markdown(text);
    }
}
