package dev.golive.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherProcessTest {

    @TempDir
    Path dir;

    private Path file;
    private @Nullable Process process;

    @BeforeEach
    void name() {
        file = dir.resolve("shop.journal");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** The first line that another process prints. */
    private String other(String does, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), OtherOwner.class.getName(), does, file.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return String.valueOf(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    @Test
    void a_second_process_cannot_open_what_this_one_owns_and_can_read_it() throws Exception {
        try (Journal journal = Journal.file(file)) {
            journal.append(Journals.drafts(1, 3), false);
            assertThat(other("read")).isEqualTo("read 3 true");
            stop();

            // reading within this process must not have ended the lock
            assertThat(Journal.read(file)).hasSize(3);
            assertThatThrownBy(() -> Journal.file(file)).isInstanceOf(JournalException.class);
            assertThat(other("own")).isEqualTo("The journal " + file + " is open in another process");
            stop();
            journal.append(Journals.drafts(4, 4), true);
        }
        assertThat(other("own")).isEqualTo("owns it in epoch 2");
        assertThat(Journal.read(file)).hasSize(6);
    }

    @Test
    void a_process_that_is_killed_leaves_its_entries_and_no_lock() throws Exception {
        assertThat(other("own")).isEqualTo("owns it in epoch 1");
        assertThatThrownBy(() -> Journal.file(file))
                .isInstanceOf(JournalException.class)
                .hasMessage("The journal " + file + " is open in another process");
        assertThat(Journal.read(file)).hasSize(2);
        stop();

        try (Journal journal = Journal.file(file)) {
            assertThat(journal.epoch()).isEqualTo(2);
            assertThat(journal.entries()).hasSize(2);
        }
    }

    /** The entries alone are 30 MB on the disk, and more than twice that as objects. */
    @Test
    void a_hundred_thousand_entries_are_written_and_read_within_16_mb() throws Exception {
        assertThat(other("many", "-Xmx16m")).isEqualTo("read 100000");
    }
}
