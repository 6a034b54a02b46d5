package dev.golive.journal;

import static dev.golive.journal.Journals.drafts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingDiskTest {

    @TempDir
    Path dir;

    private final MemoryDisk disk = new MemoryDisk();
    private Path file;

    @BeforeEach
    void create() throws IOException {
        // the lease needs a file to hold on to
        file = Files.createFile(dir.resolve("shop.journal"));
    }

    private FileJournal open() {
        return FileJournal.open(file, ignored -> disk);
    }

    @Test
    void a_new_journal_is_on_the_disk_with_its_name() {
        open().close();
        assertThat(disk.calls).containsExactly("write", "force", "forceName");
        disk.calls.clear();
        open().close();
        assertThat(disk.calls).containsExactly("write", "force");
    }

    @Test
    void a_batch_is_one_write_and_only_a_durable_one_is_forced() {
        try (Journal journal = open()) {
            disk.calls.clear();
            journal.append(drafts(1, 5), false);
            assertThat(disk.calls).containsExactly("write");
            journal.append(drafts(6, 9), true);
            assertThat(disk.calls).containsExactly("write", "write", "force");
        }
        assertThat(disk.calls).as("closing: nothing is left to force").hasSize(3);
    }

    @Test
    void nothing_appended_durably_forces_what_came_before() {
        try (Journal journal = open()) {
            journal.append(drafts(1, 5), false);
            disk.calls.clear();
            assertThat(journal.append(List.of(), true)).isEmpty();
            assertThat(disk.calls).endsWith("force");
            assertThat(journal.size()).isEqualTo(5);
        }
    }

    @Test
    void closing_forces_what_is_not_yet() {
        try (Journal journal = open()) {
            journal.append(drafts(1, 5), false);
            disk.calls.clear();
        }
        assertThat(disk.calls).containsExactly("force");
        assertThat(disk.closed).isTrue();
    }

    @Test
    void on_a_full_disk_a_batch_is_taken_back_and_the_next_may_succeed() {
        try (Journal journal = open()) {
            journal.append(drafts(1, 2), true);
            String head = journal.head();
            byte[] before = disk.content;
            for (int room = 0; room < 700; room += 13) {
                disk.capacity = before.length + room;
                boolean durable = room % 2 == 0;
                assertThatThrownBy(() -> journal.append(drafts(3, 5), durable))
                        .isInstanceOf(JournalException.class)
                        .hasMessage("The journal " + file + " cannot be written: No space left on device");
                assertThat(disk.content).isEqualTo(before);
                assertThat(journal.size()).isEqualTo(2);
                assertThat(journal.head()).isEqualTo(head);
                assertThat(journal.last().orElseThrow().hash()).isEqualTo(head);
            }
            disk.capacity = Long.MAX_VALUE;
            journal.append(drafts(3, 5), true);
            assertThat(journal.verify()).isEqualTo(new Verification(true, 5, 0, "", journal.head()));
        }
    }

    @Test
    void what_cannot_be_taken_back_ends_all_appending() {
        FileJournal journal = open();
        journal.append(drafts(1, 2), true);
        disk.capacity = disk.content.length + 100L;
        disk.failsToTruncate = true;
        assertThatThrownBy(() -> journal.append(drafts(3, 5), true)).hasMessageContaining("No space left");
        disk.capacity = Long.MAX_VALUE;
        disk.failsToTruncate = false;
        assertThatThrownBy(() -> journal.append(drafts(3, 5), true))
                .isInstanceOf(JournalException.class)
                .hasMessage("The journal " + file + " takes no more entries until it is opened anew: "
                        + "what was written in part cannot be taken back: Read-only file system");
        assertThat(journal.entries()).hasSize(2);
        journal.close();

        try (FileJournal next = open()) {
            assertThat(next.tornBytes()).isEqualTo(100);
            assertThat(next.entries()).hasSize(2);
            next.append(drafts(3, 5), true);
            assertThat(next.verify().intact()).isTrue();
        }
    }

    @Test
    void a_disk_that_does_not_confirm_ends_all_appending_even_if_it_confirms_the_next_time() {
        FileJournal journal = open();
        journal.append(drafts(1, 2), true);
        disk.failsToForceOnce = true;
        assertThatThrownBy(() -> journal.append(drafts(3, 3), true))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("Input/output error");
        assertThat(journal.size()).isEqualTo(2);
        for (boolean durable : List.of(true, false)) {
            assertThatThrownBy(() -> journal.append(drafts(3, 3), durable))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("the disk did not confirm what was written");
        }
        journal.close();
        try (Journal next = open()) {
            assertThat(next.size()).isEqualTo(2);
        }
    }

    @Test
    void a_disk_that_does_not_confirm_at_closing_is_reported_and_the_journal_is_closed() {
        FileJournal journal = open();
        journal.append(drafts(1, 2), false);
        disk.failsToForce = true;
        assertThatThrownBy(journal::close)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("its end may not be on the disk");
        assertThat(disk.closed).isTrue();
        journal.close();
        disk.failsToForce = false;
        open().close();
    }

    @Test
    void opening_on_a_full_disk_leaves_the_journal_as_it_was_and_unlocked() {
        try (Journal journal = open()) {
            journal.append(drafts(1, 2), true);
        }
        byte[] before = disk.content;
        disk.capacity = before.length + 20L;
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("cannot be opened: No space left on device");
        assertThat(disk.content).isEqualTo(before);
        disk.capacity = Long.MAX_VALUE;
        try (Journal journal = open()) {
            assertThat(journal.epoch()).isEqualTo(2);
        }
    }
}
