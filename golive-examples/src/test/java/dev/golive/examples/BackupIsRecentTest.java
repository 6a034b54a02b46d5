package dev.golive.examples;

import static dev.golive.testkit.GoLiveAssertions.assertThat;
import static dev.golive.time.Spans.hours;

import dev.golive.Check;
import dev.golive.testkit.Examine;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.junit.CheckContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// region contract
class BackupIsRecentTest extends CheckContract {

    @TempDir
    Path directory;

    private Path backup;

    @BeforeEach
    void make_a_backup() throws IOException {
        backup = Files.writeString(directory.resolve("orders.dump"), "...");
    }

    @Override
    protected Check check() {
        return new BackupIsRecent(backup, hours(26));
    }

    @Override
    protected Optional<Check> hanging() {
        return Optional.empty(); // it waits for nobody
    }

    @Override
    protected Collection<?> writes() {
        return List.of();
    }

    @Test
    void an_old_backup_fails() throws IOException {
        Files.setLastModifiedTime(backup, FileTime.from(Instant.parse("2027-03-01T06:00:00Z")));

        assertThat(Examine.once(check())
                        .on(VirtualTime.startingAt("2027-03-02T09:00:00Z"))
                        .outcome())
                .hasFailed()
                .hasFact("age", "1 d 3 h");
    }
}
// endregion
