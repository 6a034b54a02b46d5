package dev.golive.report;

import dev.golive.ItemResult;
import dev.golive.Release;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Reports in the Prometheus text exposition format, version 0.0.4.
 *
 * <p>A series is never written twice, since a collector would refuse the whole text: where a report has two results for
 * an item of one list, only what differs in its labels is repeated.
 */
final class Prometheus {

    private final StringBuilder out = new StringBuilder();
    private final Set<String> written = new HashSet<>();

    private Prometheus() {}

    static String render(Report report) {
        Prometheus text = new Prometheus();
        text.write(report);
        return text.out.toString();
    }

    private void write(Report report) {
        String where = label("report", report.title()) + ","
                + label("environment", report.environment().name());

        metric("golive_verdict", "What the report comes to: 1 for the verdict that holds, 0 for the others.");
        for (Verdict verdict : Verdict.values()) {
            sample(
                    "golive_verdict",
                    where + "," + label("verdict", verdict.name()),
                    verdict == report.verdict() ? 1 : 0);
        }
        metric("golive_items", "How many items have a status.");
        for (Status status : Status.values()) {
            sample(
                    "golive_items",
                    where + "," + label("status", status.name()),
                    report.results(status).size());
        }
        metric("golive_items_not_yet_due", "How many of the pending items are not yet due.");
        sample(
                "golive_items_not_yet_due",
                where,
                report.results().stream().filter(ItemResult::isNotYetDue).count());
        metric("golive_report_started_timestamp_seconds", "When the first run of the report began, in Unix time.");
        sample("golive_report_started_timestamp_seconds", where, Words.seconds(report.startedAt()));
        metric("golive_report_duration_seconds", "How long the longest run of the report took.");
        sample("golive_report_duration_seconds", where, Words.seconds(report.took()));

        metric("golive_source_info", "The runs that the report is made of; always 1.");
        for (Report.Source source : report.sources()) {
            Release release = source.release();
            sample(
                    "golive_source_info",
                    where + "," + label("list", source.list()) + ","
                            + label("component", release == null ? "" : release.component()) + ","
                            + label("release", release == null ? "" : release.id()) + ","
                            + label("vantage_point", Objects.requireNonNullElse(source.vantagePoint(), "")),
                    1);
        }

        metric("golive_item_status", "Where an item stands, as a label; always 1.");
        for (ItemResult result : report.results()) {
            sample(
                    "golive_item_status",
                    item(where, result) + "," + label("status", result.status().name()) + ","
                            + label("required", String.valueOf(result.isRequired())) + ","
                            + label("kind", result.kind().name()),
                    1);
        }
        metric("golive_item_duration_seconds", "How long an item took, pauses between attempts included.");
        for (ItemResult result : report.results()) {
            sample("golive_item_duration_seconds", item(where, result), Words.seconds(result.took()));
        }
        metric("golive_item_attempts", "How often an item was examined.");
        for (ItemResult result : report.results()) {
            sample("golive_item_attempts", item(where, result), result.attempts());
        }
        metric("golive_item_started_timestamp_seconds", "When an item was first examined, in Unix time.");
        for (ItemResult result : report.results()) {
            result.startedAt()
                    .ifPresent(at ->
                            sample("golive_item_started_timestamp_seconds", item(where, result), Words.seconds(at)));
        }
    }

    private static String item(String where, ItemResult result) {
        return where + "," + label("list", result.list()) + "," + label("item", result.id());
    }

    private void metric(String name, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(" gauge\n");
    }

    private void sample(String name, String labels, Object value) {
        String series = name + "{" + labels + "}";
        if (written.add(series)) {
            out.append(series).append(' ').append(value).append('\n');
        }
    }

    private static String label(String name, String value) {
        String escaped =
                Words.visible(value).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + "\"";
    }
}
