package dev.golive.testkit;

import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.JournalException;
import dev.golive.journal.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A journal whose process dies at a chosen entry. To show that a launch survives a crash at any point, run it with each
 * number of entries in turn, both with {@link #after} and {@link #before}, open the inner journal again, and go on.
 *
 * <pre>{@code
 * MemoryJournal journal = Journal.inMemory();
 * assertThatThrownBy(() -> run(CrashingJournal.after(journal, 7))).isInstanceOf(SimulatedCrash.class);
 * run(journal.reopen());
 * }</pre>
 *
 * <ul>
 *   <li>Batches are not atomic across a crash: one in which the crash lies is kept up to that entry.
 *   <li>The crash closes the inner journal, as the death of a process releases its lock. From then on every call throws
 *       {@link SimulatedCrash} anew, except for {@link #close()}, which does nothing, and {@link #isCrashed()}.
 *   <li>Only entries appended through this journal are counted, not those that were there before.
 * </ul>
 *
 * <p>Thread-safe, if the inner journal is.
 */
public final class CrashingJournal implements Journal {

    private final Journal inner;
    private final long kept;
    private final boolean afterwards;
    private long appended;
    private boolean crashed;

    private CrashingJournal(Journal inner, long kept, boolean afterwards) {
        this.inner = Objects.requireNonNull(inner, "inner must not be null");
        this.kept = kept;
        this.afterwards = afterwards;
    }

    /**
     * Dies as soon as so many entries are kept, before the call that appended the last of them returns: what was to be
     * done once it is written is not done.
     *
     * @param inner where the entries are kept
     * @param entries how many are kept; with 0 the first append dies and keeps nothing
     * @return the journal
     * @throws IllegalArgumentException if {@code entries} is negative
     */
    public static CrashingJournal after(Journal inner, long entries) {
        if (entries < 0) {
            throw new IllegalArgumentException("entries must not be negative but was " + entries);
        }
        return new CrashingJournal(inner, entries, true);
    }

    /**
     * Dies when an entry is to be appended, and does not keep it: what was done before it is done, and nothing says so.
     *
     * @param inner where the entries are kept
     * @param entry which entry is never written, counted from 1
     * @return the journal
     * @throws IllegalArgumentException if {@code entry} is less than 1
     */
    public static CrashingJournal before(Journal inner, long entry) {
        if (entry < 1) {
            throw new IllegalArgumentException("entry must be at least 1 but was " + entry);
        }
        return new CrashingJournal(inner, entry - 1, false);
    }

    /**
     * Whether it happened.
     *
     * @return {@code false} as long as the entry was not reached
     */
    public synchronized boolean isCrashed() {
        return crashed;
    }

    @Override
    public synchronized List<Entry> append(List<Draft> drafts, boolean durable) {
        alive();
        long left = kept - appended;
        boolean dies = afterwards ? drafts.size() >= left : drafts.size() > left;
        if (!dies || drafts.isEmpty()) {
            List<Entry> entries = inner.append(drafts, durable);
            appended += entries.size();
            return entries;
        }
        try {
            if (left > 0) {
                inner.append(drafts.subList(0, (int) left), durable);
            }
        } finally {
            crashed = true;
            inner.close();
        }
        throw crash();
    }

    private synchronized Journal alive() {
        if (crashed) {
            throw crash();
        }
        return inner;
    }

    /** Anew each time: an exception cannot be suppressed by itself when a try-with-resources closes what it ended. */
    private SimulatedCrash crash() {
        return new SimulatedCrash("the process died " + (afterwards ? "after " : "before ")
                + (afterwards ? kept + " entries" : "entry " + (kept + 1)));
    }

    @Override
    public void read(Consumer<Entry> reader) {
        alive().read(reader);
    }

    @Override
    public Optional<Entry> last() {
        return alive().last();
    }

    @Override
    public long size() {
        return alive().size();
    }

    @Override
    public String head() {
        return alive().head();
    }

    @Override
    public boolean isDurable() {
        return alive().isDurable();
    }

    @Override
    public int epoch() {
        return alive().epoch();
    }

    @Override
    public Verification verify() {
        return alive().verify();
    }

    @Override
    public Optional<Path> file() {
        return alive().file();
    }

    /**
     * Closes the inner journal, if the process is alive.
     *
     * @throws JournalException as the inner journal does
     */
    @Override
    public synchronized void close() {
        if (!crashed) {
            inner.close();
        }
    }

    @Override
    public String toString() {
        return inner + ", which dies " + (afterwards ? "after " + kept + " entries" : "before entry " + (kept + 1));
    }
}
