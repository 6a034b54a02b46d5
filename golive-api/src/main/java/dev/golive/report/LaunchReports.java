package dev.golive.report;

import dev.golive.GoLiveException;
import dev.golive.launch.LaunchReport;
import dev.golive.report.html.LaunchPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes reports of launches, in three views and four formats.
 *
 * <pre>{@code
 * LaunchReport report = LaunchReport.of(Path.of("launch.journal"));
 * LaunchReports.write(report, View.INCIDENT, ReportFormat.HTML, Path.of("incident.html"));
 * LaunchReports.writeAll(report.forSharing(), Path.of("public"));
 * }</pre>
 *
 * <p>The formats are {@link ReportFormat#HTML}, {@link ReportFormat#JSON}, {@link ReportFormat#MARKDOWN} and
 * {@link ReportFormat#TEXT}. There is no JUnit XML and no Prometheus format of a launch: what a launch was is neither a
 * row of test cases nor a number. The JSON is that of {@link LaunchReport#toJson()} whatever the view, since programs
 * choose by themselves what they read. All times are shown in UTC.
 *
 * <p>Each format keeps its form whatever the report says. Nothing here reads a clock. Thread-safe.
 */
public final class LaunchReports {

    /** What is told of a launch. */
    public enum View {
        /** Everything. */
        LAUNCH,
        /** What went wrong, from the first sign of it on; only of a launch that {@link LaunchReport#hasIncident()}. */
        INCIDENT,
        /** How well the launched release did. */
        SLA
    }

    private static final List<ReportFormat> FORMATS =
            List.of(ReportFormat.HTML, ReportFormat.JSON, ReportFormat.MARKDOWN, ReportFormat.TEXT);

    /** How many parts of time a strip of samples has on a page and in a text. */
    private static final int CELLS_ON_A_PAGE = 240;

    private static final int CELLS_IN_A_TEXT = 60;

    private LaunchReports() {}

    /**
     * The formats in which a launch can be reported.
     *
     * @return HTML, JSON, Markdown and text
     */
    public static List<ReportFormat> formats() {
        return FORMATS;
    }

    /**
     * A view of a launch in a format.
     *
     * @param report the report
     * @param view which view
     * @param format one of {@link #formats()}
     * @return the text
     * @throws IllegalArgumentException if it is another format, or the view is {@link View#INCIDENT} and there was none
     */
    public static String render(LaunchReport report, View view, ReportFormat format) {
        Objects.requireNonNull(report, "report must not be null");
        Objects.requireNonNull(view, "view must not be null");
        supported(format);
        if (view == View.INCIDENT && !report.hasIncident()) {
            throw new IllegalArgumentException(
                    "view must be LAUNCH or SLA, since no rollback was decided and no gate failed, but was INCIDENT");
        }
        if (format == ReportFormat.JSON) {
            return report.toJson();
        }
        if (format == ReportFormat.HTML) {
            return LaunchViews.of(report, view, CELLS_ON_A_PAGE).render();
        }
        LaunchPage page = LaunchViews.of(report, view, CELLS_IN_A_TEXT);
        return format == ReportFormat.MARKDOWN ? LaunchMarkdown.render(page) : LaunchText.render(page);
    }

    /**
     * Writes a view of a launch, as UTF-8. Missing directories are made; whoever reads the file sees the old or the new
     * one, never half of it.
     *
     * @param report the report
     * @param view which view
     * @param format one of {@link #formats()}
     * @param file where to write it; replaced if it exists
     * @return the file
     * @throws IllegalArgumentException as {@link #render}
     * @throws GoLiveException if it cannot be written
     */
    public static Path write(LaunchReport report, View view, ReportFormat format, Path file) {
        Objects.requireNonNull(file, "file must not be null");
        return ReportFormat.write(render(report, view, format), file);
    }

    /**
     * Writes every view that there is into a directory, as {@code golive-launch}, {@code golive-incident} and
     * {@code golive-sla} with the extensions of the formats; JSON once, as {@code golive-launch.json}.
     *
     * @param report the report
     * @param directory where to; made if it is missing
     * @param formats which of {@link #formats()}; if none is given, all of them
     * @return the files
     * @throws IllegalArgumentException if it is another format
     * @throws GoLiveException if a file cannot be written
     */
    public static List<Path> writeAll(LaunchReport report, Path directory, ReportFormat... formats) {
        Objects.requireNonNull(report, "report must not be null");
        Objects.requireNonNull(directory, "directory must not be null");
        List<ReportFormat> chosen = formats.length == 0 ? FORMATS : List.of(formats);
        chosen.forEach(LaunchReports::supported);
        List<Path> written = new ArrayList<>();
        for (View view : View.values()) {
            for (ReportFormat format : chosen) {
                boolean there = view != View.INCIDENT || report.hasIncident();
                if (there && (view == View.LAUNCH || format != ReportFormat.JSON)) {
                    String name = "golive-" + view.name().toLowerCase(Locale.ROOT) + "." + format.fileExtension();
                    written.add(write(report, view, format, directory.resolve(name)));
                }
            }
        }
        return List.copyOf(written);
    }

    /**
     * What {@link ReportFormat#JSON} conforms to: a JSON Schema, draft 2020-12. It is also the resource
     * {@code dev/golive/launch/launch-report-v1.schema.json} of the jar.
     *
     * @return the schema
     */
    public static String jsonSchema() {
        return Reports.schema(LaunchReport.class, "launch-report-v1.schema.json");
    }

    private static void supported(ReportFormat format) {
        if (!FORMATS.contains(Objects.requireNonNull(format, "format must not be null"))) {
            throw new IllegalArgumentException("format must be one of "
                    + FORMATS.stream().map(ReportFormat::name).collect(Collectors.joining(", "))
                    + " for a launch, but was " + format.name());
        }
    }
}
