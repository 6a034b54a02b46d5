package dev.golive.report;

import dev.golive.GoLiveException;
import dev.golive.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes reports to files, several formats at once.
 *
 * <pre>{@code
 * Report report = GoLive.create().run(launch, production);
 * Reports.writeAll(report, Path.of("target"));                                 // every format
 * Reports.writeAll(report.forSharing(), Path.of("public"), ReportFormat.HTML); // one, to be sent around
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Reports {

    private static final String NAME = "golive-report";

    private Reports() {}

    /**
     * Writes a report into a directory, as {@code golive-report.html}, {@code .json}, {@code .md}, {@code .xml},
     * {@code .prom} and {@code .txt}. The directory is made if it is missing; files of that name are replaced.
     *
     * @param report the report
     * @param directory where to
     * @param formats which formats; if none is given, {@linkplain ReportFormat#all() all}
     * @return the files, in the order of the formats
     * @throws IllegalArgumentException if two formats would be written to the same file
     * @throws GoLiveException if a file cannot be written
     */
    public static List<Path> writeAll(Report report, Path directory, ReportFormat... formats) {
        Objects.requireNonNull(report, "report must not be null");
        Objects.requireNonNull(directory, "directory must not be null");
        List<ReportFormat> chosen = formats.length == 0 ? ReportFormat.all() : List.of(formats);
        Map<Path, ReportFormat> files = new LinkedHashMap<>();
        for (ReportFormat format : chosen) {
            Path file = directory.resolve(NAME + "." + format.fileExtension());
            ReportFormat other = files.put(file, format);
            if (other != null) {
                throw new IllegalArgumentException("formats must have different file extensions, but " + other.name()
                        + " and " + format.name() + " both have " + format.fileExtension());
            }
        }
        List<Path> written = new ArrayList<>();
        files.forEach((file, format) -> written.add(format.write(report, file)));
        return List.copyOf(written);
    }

    /**
     * What {@link ReportFormat#JSON} conforms to, for whoever reads reports in another language: a JSON Schema, draft
     * 2020-12. It is also the resource {@code dev/golive/report-v1.schema.json} of the jar.
     *
     * @return the schema
     */
    public static String jsonSchema() {
        return schema(Report.class, "report-v1.schema.json");
    }

    static String schema(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the schema " + name + " is missing from golive-api");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema " + name + " cannot be read from golive-api", e);
        }
    }
}
