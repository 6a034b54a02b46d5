package dev.golive.report;

import dev.golive.GoLiveException;
import dev.golive.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * A form in which a report can be read.
 *
 * <pre>{@code
 * String comment = ReportFormat.MARKDOWN.render(report);
 * ReportFormat.HTML.write(report, Path.of("target/launch.html"));
 * ReportFormat headline = ReportFormat.of("headline", "txt", Report::headline);
 * }</pre>
 *
 * <p>Each of golive's formats keeps its form whatever the report says: text from the outside world is escaped, and
 * characters that the format or a terminal cannot carry are shown as {@code U+FFFD}. To leave out addresses, accounts
 * and persons, render {@link Report#forSharing()}.
 *
 * <p>Immutable and thread-safe.
 */
public final class ReportFormat {

    /** For a terminal or a log: the verdict, what is in the way with its facts, then a line for every item. */
    public static final ReportFormat TEXT =
            of("text", "txt", report -> new PlainText(PlainText.Style.PLAIN).whole(report));

    /** For a comment, a wiki or a mail: GitHub Flavored Markdown with tables. */
    public static final ReportFormat MARKDOWN = of("Markdown", "md", Markdown::render);

    /** For programs: {@link Report#toJson()}, which {@link Report#fromJson(String)} reads back. */
    public static final ReportFormat JSON = of("JSON", "json", Report::toJson);

    /**
     * For a CI server: a test suite for each checklist, valid against the JUnit schema of Jenkins.
     *
     * <p>FAILED is a failure; UNKNOWN, STALE and BLOCKED are errors; PENDING and NOT_APPLICABLE are skipped, with the
     * reason; PASSED, WARNED and WAIVED pass. Where the verdict is neither GO nor CONDITIONAL_GO although no item is a
     * failure or an error, a test case for the verdict itself is an error: what is not decided never looks green.
     */
    public static final ReportFormat JUNIT_XML = of("JUnit XML", "xml", JunitXml::render);

    /** For a metrics collector: the Prometheus text exposition format, version 0.0.4. */
    public static final ReportFormat PROMETHEUS = of("Prometheus", "prom", Prometheus::render);

    /** For everybody: one self-contained page that makes no request, for screen, phone and print. */
    public static final ReportFormat HTML = of("HTML", "html", Html::render);

    private final String name;
    private final String fileExtension;
    private final Function<Report, String> rendering;

    private ReportFormat(String name, String fileExtension, Function<Report, String> rendering) {
        this.name = name;
        this.fileExtension = fileExtension;
        this.rendering = rendering;
    }

    /**
     * A format of one's own.
     *
     * @param name what a person calls it
     * @param fileExtension how names of files of this format end: letters and digits, without a dot
     * @param rendering makes the text; any thread may call it
     * @return the format
     * @throws IllegalArgumentException if the name is blank or the extension is anything but letters and digits
     */
    public static ReportFormat of(String name, String fileExtension, Function<Report, String> rendering) {
        if (Objects.requireNonNull(name, "name must not be null").isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (!Objects.requireNonNull(fileExtension, "fileExtension must not be null")
                .matches("[A-Za-z0-9]+")) {
            throw new IllegalArgumentException(
                    "fileExtension must be letters and digits, without a dot, but was " + fileExtension);
        }
        return new ReportFormat(name, fileExtension, Objects.requireNonNull(rendering, "rendering must not be null"));
    }

    /**
     * All formats of golive.
     *
     * @return the formats
     */
    public static List<ReportFormat> all() {
        return List.of(HTML, JSON, MARKDOWN, JUNIT_XML, PROMETHEUS, TEXT);
    }

    /**
     * What a person calls the format.
     *
     * @return for example {@code JUnit XML}
     */
    public String name() {
        return name;
    }

    /**
     * How names of files of this format end.
     *
     * @return for example {@code xml}, without a dot
     */
    public String fileExtension() {
        return fileExtension;
    }

    /**
     * A report in this format.
     *
     * @param report the report
     * @return the text
     */
    public String render(Report report) {
        return rendering.apply(Objects.requireNonNull(report, "report must not be null"));
    }

    /**
     * Writes a report in this format, as UTF-8. Missing directories are made; whoever reads the file sees the old or
     * the new one, never half of it.
     *
     * @param report the report
     * @param file where to write it; replaced if it exists
     * @return the file
     * @throws GoLiveException if it cannot be written
     */
    public Path write(Report report, Path file) {
        return write(render(report), file);
    }

    /** Writes a text; whoever reads the file sees the old or the new one. */
    static Path write(String text, Path file) {
        // not Files.writeString, which refuses text with half a surrogate pair
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Path target = Objects.requireNonNull(file, "file must not be null").toAbsolutePath();
        try {
            Path directory = Objects.requireNonNullElse(target.getParent(), target);
            Files.createDirectories(directory);
            // not Files.createTempFile, whose files nobody else may read
            Path fresh = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                Files.write(fresh, bytes);
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new GoLiveException("The report cannot be written to " + file + ": " + e, e);
        }
        return file;
    }

    @Override
    public String toString() {
        return name;
    }
}
