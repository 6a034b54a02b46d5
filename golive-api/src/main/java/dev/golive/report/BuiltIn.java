package dev.golive.report;

import dev.golive.Report;
import java.util.Objects;
import java.util.function.Function;

/** A format of golive's own. */
record BuiltIn(String name, String fileExtension, Function<Report, String> rendering) implements ReportFormat {

    @Override
    public String render(Report report) {
        return rendering.apply(Objects.requireNonNull(report, "report must not be null"));
    }

    @Override
    public String toString() {
        return name;
    }
}
