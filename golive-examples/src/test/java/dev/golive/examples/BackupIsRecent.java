package dev.golive.examples;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.time.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A check of one's own, as docs/test-suite.md shows it. */
// region check
final class BackupIsRecent implements Check {

    private final Path file;
    private final Duration limit;

    BackupIsRecent(Path file, Duration limit) {
        this.file = file;
        this.limit = limit;
    }

    @Override
    public String sentence() {
        return "The backup " + file + " is at most " + Spans.text(limit) + " old";
    }

    @Override
    public Outcome examine(CheckContext context) throws IOException {
        if (Files.notExists(file)) {
            return Outcome.failed("there is no such file");
        }
        Duration age = Duration.between(
                Files.getLastModifiedTime(file).toInstant(), context.time().now());
        Fact fact = Fact.of("age", "at most " + Spans.text(limit), Spans.text(age));
        return age.compareTo(limit) <= 0
                ? Outcome.passed(fact)
                : Outcome.failed("it is " + Spans.text(age) + " old", fact);
    }

    @Override
    public String toString() {
        return sentence();
    }
}
// endregion
