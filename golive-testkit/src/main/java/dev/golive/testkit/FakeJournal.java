package dev.golive.testkit;

import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.MemoryJournal;
import dev.golive.journal.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A journal that stands for one on a disk: it is kept in memory, says that it is durable, and counts how often it was
 * told to be. For rehearsals and tests of launches that roll back by themselves, which need a durable journal.
 *
 * <p>What the process before has written is there after {@link #reopen}, as it is on a disk. Thread-safe.
 */
public final class FakeJournal implements Journal {

    private final MemoryJournal memory;
    private long barriers;

    private FakeJournal(MemoryJournal memory) {
        this.memory = memory;
    }

    /**
     * An empty journal.
     *
     * @return the journal
     */
    public static FakeJournal empty() {
        return new FakeJournal(Journal.inMemory());
    }

    /**
     * The same entries for the next owner, as after a restart. The owner before can write no more.
     *
     * @return the journal of the next owner
     */
    public FakeJournal reopen() {
        return new FakeJournal(memory.reopen());
    }

    /**
     * How often entries had to be on the disk before the owner went on.
     *
     * @return the number of durable batches
     */
    public synchronized long barriers() {
        return barriers;
    }

    @Override
    public synchronized List<Entry> append(List<Draft> drafts, boolean durable) {
        List<Entry> entries = memory.append(drafts, durable);
        if (durable) {
            barriers++;
        }
        return entries;
    }

    @Override
    public void read(Consumer<Entry> reader) {
        memory.read(reader);
    }

    @Override
    public Optional<Entry> last() {
        return memory.last();
    }

    @Override
    public long size() {
        return memory.size();
    }

    @Override
    public String head() {
        return memory.head();
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public int epoch() {
        return memory.epoch();
    }

    @Override
    public Verification verify() {
        return memory.verify();
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public void close() {
        memory.close();
    }

    @Override
    public String toString() {
        return "a fake of a durable " + memory;
    }
}
