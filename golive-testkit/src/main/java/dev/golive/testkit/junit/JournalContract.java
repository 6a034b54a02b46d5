package dev.golive.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.JournalException;
import dev.golive.journal.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every journal promises to a launch. Whoever writes one, to keep it in a database for example, extends this class
 * and says how to make it and how to open it again.
 *
 * <pre>{@code
 * class TableJournalContract extends JournalContract {
 *     private final Database database = Database.empty();
 *
 *     protected Journal create() {
 *         return TableJournal.in(database);
 *     }
 *
 *     protected Journal reopen(Journal closed) {
 *         return TableJournal.in(database);
 *     }
 * }
 * }</pre>
 *
 * <p>JUnit makes a new object of the class for each test. The tests close the journals that they open.
 */
public abstract class JournalContract {

    private static final Instant AT = Instant.parse("2027-03-02T09:00:00.123456789Z");

    /** For classes that state how to make their journal. */
    protected JournalContract() {}

    /**
     * A new journal without entries. Called once in a test.
     *
     * @return the journal
     */
    protected abstract Journal create();

    /**
     * The same journal for its next owner.
     *
     * @param closed what {@link #create()} or this method gave, closed
     * @return the journal with all its entries
     */
    protected abstract Journal reopen(Journal closed);

    private static Journal.Draft draft(int number) {
        return new Journal.Draft(
                AT.plusSeconds(number), "kim", "step", "{\"number\": " + number + ", \"text\": \"a \\\"é🚀\\u0000\"}");
    }

    private static List<Journal.Draft> drafts(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(JournalContract::draft).toList();
    }

    /** A new journal is empty, and its first owner has epoch 1. */
    @Test
    @DisplayName("is empty at first")
    public final void isEmptyAtFirst() {
        try (Journal journal = create()) {
            assertEquals(0, journal.size(), "size()");
            assertEquals(Journal.GENESIS, journal.head(), "head() of an empty journal");
            assertEquals(Optional.empty(), journal.last(), "last()");
            assertEquals(List.of(), journal.entries(), "entries()");
            assertEquals(1, journal.epoch(), "epoch() of the first owner");
            assertEquals(new Verification(true, 0, 0, "", Journal.GENESIS), journal.verify(), "verify()");
        }
    }

    /** What is appended is there, in order, chained, and given back. */
    @Test
    @DisplayName("keeps what is appended, in order and chained")
    public final void keepsWhatIsAppended() {
        try (Journal journal = create()) {
            List<Entry> given = new ArrayList<>(journal.append(drafts(1, 3), false));
            given.addAll(journal.append(drafts(4, 4), true));
            given.addAll(journal.append(List.of(), true));
            given.addAll(journal.append(drafts(5, 6), true));
            assertEquals(given, journal.entries(), "entries() must be what append(..) gave back");
            String previous = Journal.GENESIS;
            for (int i = 0; i < 6; i++) {
                Entry entry = given.get(i);
                Journal.Draft draft = draft(i + 1);
                assertEquals(i + 1, entry.number(), "number() must count from 1 without gaps");
                assertEquals(draft.at(), entry.at(), "at() must be that of the draft");
                assertEquals(draft.actor(), entry.actor(), "actor() must be that of the draft");
                assertEquals(draft.type(), entry.type(), "type() must be that of the draft");
                assertEquals(draft.data(), entry.data(), "data() must be that of the draft, in canonical form");
                assertEquals(1, entry.epoch(), "epoch() must be that of the owner");
                assertEquals(previous, entry.previous(), "previous() must be the hash of the entry before");
                assertTrue(entry.isIntact(), () -> "hash() must be that of the other fields: " + entry);
                previous = entry.hash();
            }
            assertEquals(6, journal.size(), "size()");
            assertEquals(previous, journal.head(), "head() must be the hash of the last entry");
            assertEquals(Optional.of(given.get(5)), journal.last(), "last()");
            assertEquals(new Verification(true, 6, 0, "", previous), journal.verify(), "verify()");
        }
    }

    /** The same entries have the same hashes in every journal. */
    @Test
    @DisplayName("has the documented hashes")
    public final void hasTheDocumentedHashes() {
        try (Journal journal = create();
                Journal memory = Journal.inMemory()) {
            assertEquals(
                    memory.append(drafts(1, 3), false),
                    journal.append(drafts(1, 3), false),
                    "the same entries must have the same hashes as in every other journal");
        }
    }

    /** Everything is there for the next owner, who has the next epoch. */
    @Test
    @DisplayName("has everything for the next owner")
    public final void hasEverythingForTheNextOwner() {
        Journal journal = create();
        List<Entry> all = new ArrayList<>();
        for (int epoch = 1; epoch <= 4; epoch++) {
            assertEquals(epoch, journal.epoch(), "epoch() must be one more for each owner");
            assertEquals(all, journal.entries(), "entries() of the owners before");
            if (epoch != 2) { // the second one does nothing, and counts
                all.addAll(journal.append(drafts(epoch, epoch + 2), epoch == 3));
                assertEquals(epoch, all.get(all.size() - 1).epoch(), "epoch() of an entry");
            }
            assertEquals(all.size(), journal.size(), "size()");
            assertTrue(journal.verify().intact(), () -> "verify() must be intact after " + all.size() + " entries");
            journal.close();
            journal = reopen(journal);
        }
        assertEquals(all.get(all.size() - 1).hash(), journal.head(), "head() of the owners before");
        journal.close();
    }

    /** A closed journal refuses to append and can be read. */
    @Test
    @DisplayName("refuses to append when it is closed")
    public final void refusesToAppendWhenClosed() {
        Journal journal = create();
        List<Entry> entries = journal.append(drafts(1, 2), false);
        journal.close();
        assertDoesNotThrow(journal::close, "close() again must do nothing");
        assertThrows(
                JournalException.class, () -> journal.append(drafts(3, 3), true), "append(..) to a closed journal");
        assertEquals(entries, journal.entries(), "a closed journal can be read up to where it ended");
        Journal next = reopen(journal);
        assertThrows(
                JournalException.class,
                () -> journal.append(drafts(3, 3), true),
                "append(..) of an owner whose time is over");
        assertEquals(entries, next.entries(), "what was refused must not be there");
        next.close();
    }

    /** A batch with anything wrong in it leaves nothing. */
    @Test
    @DisplayName("takes a batch as a whole or not at all")
    public final void takesABatchAsAWhole() {
        try (Journal journal = create()) {
            journal.append(drafts(1, 1), false);
            String head = journal.head();
            List<Journal.Draft> bad = new ArrayList<>(drafts(2, 4));
            Collections.addAll(bad, (Journal.Draft) null);
            assertThrows(NullPointerException.class, () -> journal.append(bad, true), "append(..) with a null");
            assertEquals(1, journal.size(), "size() after a batch was refused");
            assertEquals(head, journal.head(), "head() after a batch was refused");
            journal.append(drafts(2, 4), true);
            assertEquals(4, journal.entries().size(), "entries() after the next batch");
        }
    }

    /** A reader sees what was there when it began, and may append. */
    @Test
    @DisplayName("can be appended to while it is read")
    public final void canBeAppendedToWhileItIsRead() {
        try (Journal journal = create()) {
            List<Entry> entries = journal.append(drafts(1, 3), false);
            List<Entry> seen = new ArrayList<>();
            journal.read(entry -> {
                seen.add(entry);
                journal.append(drafts(9, 9), false);
            });
            assertEquals(entries, seen, "read(..) must hand over what was there when it began");
            assertEquals(6, journal.size(), "size() after three appends of the reader");
        }
    }

    /** What a reader throws ends the reading, and reaches the caller. */
    @Test
    @DisplayName("lets a reader stop")
    public final void letsAReaderStop() {
        try (Journal journal = create()) {
            journal.append(drafts(1, 3), false);
            List<Entry> seen = new ArrayList<>();
            IllegalStateException enough = new IllegalStateException("enough");
            assertEquals(
                    enough,
                    assertThrows(
                            IllegalStateException.class,
                            () -> journal.read(entry -> {
                                seen.add(entry);
                                throw enough;
                            })),
                    "what the reader throws must reach the caller");
            assertEquals(1, seen.size(), "nothing may be handed over after that");
            journal.append(drafts(4, 4), true);
        }
    }

    /** Batches of several threads are not mixed. */
    @Test
    @DisplayName("keeps batches of several threads apart")
    public final void keepsBatchesOfSeveralThreadsApart() {
        ConcurrentLinkedQueue<Throwable> problems = new ConcurrentLinkedQueue<>();
        try (Journal journal = create()) {
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(thread -> new Thread(() -> {
                        try {
                            for (int i = 0; i < 25; i++) {
                                journal.append(drafts(thread * 1000 + 1, thread * 1000 + 3), i % 5 == 0);
                            }
                        } catch (RuntimeException | Error e) {
                            problems.add(e);
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                assertDoesNotThrow(() -> thread.join(60_000));
                assertFalse(thread.isAlive(), "append(..) must come back");
            }
            assertEquals(List.of(), List.copyOf(problems), "what append(..) threw");
            List<Entry> entries = journal.entries();
            assertEquals(300, entries.size(), "entries() of 100 batches");
            for (int i = 0; i < 300; i += 3) {
                Instant first = entries.get(i).at();
                assertEquals(
                        List.of(first.plusSeconds(1), first.plusSeconds(2)),
                        List.of(entries.get(i + 1).at(), entries.get(i + 2).at()),
                        "the entries of a batch must stand together");
            }
            assertTrue(journal.verify().intact(), "verify() after appends of several threads");
        }
    }

    /** An interruption neither stops an append nor gets lost. */
    @Test
    @DisplayName("appends from an interrupted thread")
    public final void appendsFromAnInterruptedThread() {
        Thread.currentThread().interrupt();
        boolean interrupted;
        try (Journal journal = create()) {
            journal.append(drafts(1, 2), true);
            journal.append(drafts(3, 4), false);
            assertEquals(4, journal.entries().size(), "entries() that an interrupted thread appended");
            assertTrue(journal.verify().intact(), "verify()");
        } finally {
            interrupted = Thread.interrupted();
        }
        assertTrue(interrupted, "the interruption must not get lost");
    }
}
