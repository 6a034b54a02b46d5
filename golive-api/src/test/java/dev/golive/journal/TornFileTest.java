package dev.golive.journal;

import static dev.golive.journal.Journals.drafts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash leaves the beginning of what was written, up to any byte. */
class TornFileTest {

    @TempDir
    Path dir;

    private Path file;
    private byte[] whole;
    private List<Entry> entries;
    private int sinceOpening;

    @BeforeEach
    void write() throws IOException {
        whole = Journals.bytes(dir, 20);
        entries = Journal.read(dir.resolve("sample.journal"));
        file = Files.createFile(dir.resolve("torn.journal"));
    }

    private FileJournal open(MemoryDisk disk) {
        sinceOpening = disk.content.length;
        return FileJournal.open(file, ignored -> disk);
    }

    private static MemoryDisk holding(byte[] content) {
        MemoryDisk disk = new MemoryDisk();
        disk.content = content;
        return disk;
    }

    private static byte[] with(byte[] content, int length, byte... more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(content, 0, length);
        bytes.writeBytes(more);
        return bytes.toByteArray();
    }

    /** After how many bytes the line ends that holds a position, without its line feed. */
    private int endOfLine(int position) {
        int end = position;
        while (whole[end] != '\n') {
            end++;
        }
        return end;
    }

    private int startOfLine(int position) {
        int start = position;
        while (start > 0 && whole[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private boolean isOwner(int start) {
        return new String(whole, start, 3, StandardCharsets.UTF_8).equals("{\"j");
    }

    /** How many entries are whole within so many bytes, not counting a line feed that is missing. */
    private int entriesWithin(int length) {
        int count = 0;
        for (int start = 0; start < length; start = endOfLine(start) + 1) {
            if (endOfLine(start) <= length && !isOwner(start)) {
                count++;
            }
        }
        return count;
    }

    @Test
    void whatever_a_crash_cuts_off_all_entries_before_are_there_and_the_journal_goes_on() {
        for (int length = 0; length <= whole.length; length++) {
            MemoryDisk disk = holding(Arrays.copyOf(whole, length));
            int expected = entriesWithin(length);
            int start = startOfLine(length);
            boolean torn = length > start && (length == whole.length || endOfLine(start) != length);
            try (FileJournal journal = open(disk)) {
                assertThat(journal.size()).as("cut at %s", length).isEqualTo(expected);
                assertThat(journal.tornBytes()).as("cut at %s", length).isEqualTo(torn ? length - start : 0);
                assertThat(journal.entries()).isEqualTo(entries.subList(0, expected));
                if (length % 7 == 0) {
                    journal.append(drafts(1, 1), true);
                    assertThat(journal.verify().intact()).isTrue();
                }
            }
        }
    }

    @Test
    void a_torn_file_can_be_read_and_verified_and_stays_as_it_is() throws IOException {
        for (int length = whole.length - 700; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            Files.write(file, torn);
            int expected = entriesWithin(length);
            assertThat(Journal.read(file)).isEqualTo(entries.subList(0, expected));
            Verification verification = Journal.verify(file);
            assertThat(verification.intact()).isTrue();
            assertThat(verification.entries()).isEqualTo(expected);
            assertThat(Files.readAllBytes(file)).isEqualTo(torn);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 10));
        assertThat(Journal.verify(file).because()).startsWith("the last line is unfinished and does not count: ");
    }

    /** After a power failure a file may be longer than what was written to it. */
    @Test
    void zeros_at_the_end_are_a_torn_line_too() {
        for (int length = 0; length <= whole.length; length += 7) {
            MemoryDisk disk = holding(with(whole, length, new byte[513]));
            try (FileJournal journal = open(disk)) {
                assertThat(journal.size()).as("cut at %s", length).isEqualTo(entriesWithin(length));
                assertThat(journal.verify().intact()).isTrue();
            }
        }
    }

    @Test
    void a_line_that_is_unfinished_anywhere_else_is_damage() {
        for (int length = 1; length < whole.length; length += 2) {
            if (whole[length - 1] == '\n' || whole[length] == '\n') {
                continue;
            }
            byte[] rest = Arrays.copyOfRange(whole, endOfLine(length), whole.length);
            for (byte[] damaged : List.of(with(whole, length, (byte) '\n'), with(whole, length, rest))) {
                MemoryDisk disk = holding(damaged);
                assertThatThrownBy(() -> open(disk))
                        .as("cut at %s", length)
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining(": line ");
                assertThat(disk.calls).as("nothing is changed").isEmpty();
            }
        }
    }

    @Test
    void what_is_not_the_beginning_of_a_line_is_not_cut_off() {
        for (byte[] end : List.of(
                "x".getBytes(StandardCharsets.UTF_8),
                "{\"number\":22".getBytes(StandardCharsets.UTF_8),
                "{\"number\":21 ".getBytes(StandardCharsets.UTF_8),
                "{\"journal\":\"golive\",\"version\":2".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                new byte[] {0, 'x'})) {
            MemoryDisk disk = holding(with(whole, whole.length, end));
            assertThatThrownBy(() -> open(disk))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("line 23 ");
            assertThat(disk.content).hasSize(sinceOpening);
        }
    }
}
