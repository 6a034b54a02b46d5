package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.MemoryJournal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashingJournalTest {

    @TempDir
    Path dir;

    private static List<Journal.Draft> drafts(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> new Journal.Draft(Instant.EPOCH.plusSeconds(i), "kim", "step", "{\"n\":" + i + "}"))
                .toList();
    }

    /** Appends 1, 2-4, 5, 6-9, 10. */
    private static int append(Journal journal) {
        int calls = 0;
        int[][] batches = {{1, 1}, {2, 4}, {5, 5}, {6, 9}, {10, 10}};
        try (journal) {
            for (int[] batch : batches) {
                journal.append(drafts(batch[0], batch[1]), true);
                calls++;
            }
        } catch (SimulatedCrash expected) {
            return calls;
        }
        return calls;
    }

    @Test
    void after_any_number_of_entries_exactly_these_are_kept() {
        int[] returned = {0, 0, 1, 1, 1, 2, 3, 3, 3, 3, 4};
        for (int kept = 0; kept <= 10; kept++) {
            MemoryJournal inner = Journal.inMemory();
            CrashingJournal journal = CrashingJournal.after(inner, kept);
            assertThat(append(journal)).as("calls that returned, %s", kept).isEqualTo(returned[kept]);
            assertThat(journal.isCrashed()).isTrue();
            assertThat(inner.reopen().entries()).extracting(Entry::number).hasSize(kept);
        }
        MemoryJournal inner = Journal.inMemory();
        assertThat(append(CrashingJournal.after(inner, 11))).isEqualTo(5);
        assertThat(inner.size()).isEqualTo(10);
    }

    @Test
    void before_any_entry_exactly_those_before_it_are_kept() {
        int[] returned = {0, 1, 1, 1, 2, 3, 3, 3, 3, 4, 5};
        for (int kept = 0; kept <= 10; kept++) {
            MemoryJournal inner = Journal.inMemory();
            CrashingJournal journal = CrashingJournal.before(inner, kept + 1);
            assertThat(append(journal)).as("calls that returned, %s", kept).isEqualTo(returned[kept]);
            assertThat(journal.isCrashed()).isEqualTo(kept < 10);
            assertThat(inner.reopen().entries()).hasSize(kept);
        }
    }

    @Test
    void a_file_can_be_opened_by_the_next_owner_at_once() {
        Path file = dir.resolve("shop.journal");
        CrashingJournal crashing = CrashingJournal.after(Journal.file(file), 3);
        assertThat(append(crashing)).isEqualTo(1);
        try (Journal next = Journal.file(file)) {
            assertThat(next.epoch()).isEqualTo(2);
            assertThat(next.entries()).extracting(Entry::data).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
        }
    }

    @Test
    void nothing_answers_after_the_crash() {
        MemoryJournal inner = Journal.inMemory();
        CrashingJournal journal = CrashingJournal.after(inner, 1);
        assertThat(journal.size()).isZero();
        assertThat(journal.append(List.of(), true)).isEmpty();
        assertThatThrownBy(() -> journal.append(drafts(1, 2), false))
                .isInstanceOf(SimulatedCrash.class)
                .hasMessage("the process died after 1 entries");
        List<Runnable> calls = List.of(
                () -> journal.append(List.of(), true),
                () -> journal.read(entry -> {}),
                journal::entries,
                journal::last,
                journal::size,
                journal::head,
                journal::epoch,
                journal::isDurable,
                journal::verify,
                journal::file);
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(SimulatedCrash.class);
        }
        journal.close();
        assertThatThrownBy(() -> inner.append(drafts(1, 1), false)).hasMessageContaining("is closed");
    }

    @Test
    void bad_arguments_are_refused() {
        assertThatThrownBy(() -> CrashingJournal.after(Journal.inMemory(), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("entries must not be negative but was -1");
        assertThatThrownBy(() -> CrashingJournal.before(Journal.inMemory(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("entry must be at least 1 but was 0");
    }
}
