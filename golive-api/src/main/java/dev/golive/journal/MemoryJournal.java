package dev.golive.journal;

import dev.golive.internal.Arguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A journal in memory, for tests and rehearsals. Its entries have the same hashes as in a file. A next owner can
 * {@linkplain #reopen() take it over}, as after a restart.
 */
public final class MemoryJournal implements Journal {

    /** What all owners of one journal share; guarded by itself. */
    private static final class Shared {
        private final List<Entry> entries = new ArrayList<>();
        /** How many entries there were when each owner's time ended. */
        private final List<Integer> ends = new ArrayList<>();
    }

    private final Shared shared;
    private final int epoch;
    private boolean closed;

    MemoryJournal() {
        this(new Shared(), 1);
    }

    private MemoryJournal(Shared shared, int epoch) {
        this.shared = shared;
        this.epoch = epoch;
    }

    /**
     * The next owner of the same entries. An owner that is not closed is fenced off: it can append no more, like a
     * process that died.
     *
     * @return the same journal with the next epoch
     */
    public MemoryJournal reopen() {
        synchronized (shared) {
            shared.ends.add(shared.entries.size());
            return new MemoryJournal(shared, shared.ends.size() + 1);
        }
    }

    @Override
    public List<Entry> append(List<Draft> drafts, boolean durable) {
        List<Draft> all = Arguments.all(drafts, "drafts");
        synchronized (shared) {
            if (closed) {
                throw new JournalException("The journal in memory is closed");
            }
            if (shared.ends.size() >= epoch) {
                throw new JournalException("The journal in memory has a later owner, with epoch "
                        + (shared.ends.size() + 1) + "; this one has epoch " + epoch);
            }
            List<Entry> batch = Chain.batch(all, size(), epoch, head());
            shared.entries.addAll(batch);
            return batch;
        }
    }

    @Override
    public void read(Consumer<Entry> reader) {
        Arguments.given(reader, "reader");
        visible().forEach(reader);
    }

    private List<Entry> visible() {
        synchronized (shared) {
            return List.copyOf(shared.entries.subList(0, (int) size()));
        }
    }

    @Override
    public Optional<Entry> last() {
        synchronized (shared) {
            int size = (int) size();
            return size == 0 ? Optional.empty() : Optional.of(shared.entries.get(size - 1));
        }
    }

    @Override
    public long size() {
        synchronized (shared) {
            return shared.ends.size() < epoch ? shared.entries.size() : shared.ends.get(epoch - 1);
        }
    }

    @Override
    public String head() {
        return last().map(Entry::hash).orElse(GENESIS);
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public Verification verify() {
        long entries = 0;
        String head = GENESIS;
        for (Entry entry : visible()) {
            if (entry.number() != entries + 1 || !entry.previous().equals(head) || !entry.isIntact()) {
                return new Verification(
                        false, entries, entries + 1, "entry " + (entries + 1) + " is not as it was written", head);
            }
            entries++;
            head = entry.hash();
        }
        return new Verification(true, entries, 0, "", head);
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public void close() {
        synchronized (shared) {
            closed = true;
        }
    }

    @Override
    public String toString() {
        return "journal in memory, " + size() + " entries";
    }
}
