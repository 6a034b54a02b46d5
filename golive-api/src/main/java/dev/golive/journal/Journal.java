package dev.golive.journal;

import dev.golive.internal.Arguments;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An append-only list of entries, each chained to the one before by its hash. It has one owner at a time: opening it
 * again makes a new owner, with the next {@linkplain #epoch() epoch}.
 *
 * <ul>
 *   <li>Entries are only ever added at the end. Nothing is changed or taken out.
 *   <li>A batch is visible through this journal as a whole or not at all. A crash may leave the first entries of a
 *       batch and not the others: whoever reads a journal after a crash must understand every beginning of every batch.
 *   <li>What was appended durably is there after a crash of the process or of the machine, as far as the disk tells the
 *       truth. What was not, is there after a crash of the process.
 *   <li>A closed journal refuses to append. It can still be read up to where it ended.
 * </ul>
 *
 * <p>Implementations are thread-safe. They are not interrupted: an append from an interrupted thread is an append like
 * every other.
 */
public interface Journal extends AutoCloseable {

    /** What stands in the place of the hash of the entry before the first: 64 zeros. */
    String GENESIS = "0".repeat(64);

    /**
     * An entry to be.
     *
     * @param at when it happened
     * @param actor who did it
     * @param type what kind of event it is
     * @param data one JSON object with everything else, at most 500 levels deep
     */
    record Draft(Instant at, String actor, String type, String data) {

        /**
         * Refuses missing parts, and data that is not one JSON object; brings the data into canonical form.
         *
         * @param at when it happened
         * @param actor who did it
         * @param type what kind of event it is
         * @param data one JSON object with everything else; becomes canonical text
         * @throws IllegalArgumentException if {@code data} is not one JSON object, or another part is blank
         */
        public Draft {
            Arguments.given(at, "at");
            Arguments.text(actor, "actor");
            Arguments.text(type, "type");
            data = Canonical.object(data, "data");
        }
    }

    /**
     * Appends entries in order, as one batch.
     *
     * @param drafts the entries to be; none is allowed, and then makes durable what came before, if that is asked for
     * @param durable whether they, and everything before them, must be on the disk before this returns; without effect
     *     on a journal that is not {@linkplain #isDurable() durable}
     * @return the entries
     * @throws JournalException if they cannot be written; none of them is visible then
     * @throws IllegalArgumentException if an entry is larger than 16 MiB as a line of a file
     */
    List<Entry> append(List<Draft> drafts, boolean durable);

    /**
     * Hands over every entry from the first, one by one, without holding all in memory: the entries that are there when
     * it begins. Each is examined before it is handed over.
     *
     * @param reader takes the entries; may append to this journal
     * @throws JournalException if the journal cannot be read, or when an entry is reached that is not as it was written
     */
    void read(Consumer<Entry> reader);

    /**
     * Every entry, all in memory.
     *
     * @return the entries in order
     * @throws JournalException as {@link #read(Consumer)}
     */
    default List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        read(entries::add);
        return List.copyOf(entries);
    }

    /**
     * The last entry.
     *
     * @return empty if there is none
     */
    Optional<Entry> last();

    /**
     * How many entries there are.
     *
     * @return the number of the last one
     */
    long size();

    /**
     * What stands for everything in this journal: whoever knows it can tell whether anything was changed.
     *
     * @return the hash of the last entry, or {@link #GENESIS}
     */
    String head();

    /**
     * Whether it survives the process.
     *
     * @return {@code false} for one in memory
     */
    boolean isDurable();

    /**
     * Which owner this is.
     *
     * @return 1 for the first, one more each time that the journal is opened again
     */
    int epoch();

    /**
     * Examines the whole chain, and whether it still ends as this owner knows it.
     *
     * @return what was found
     * @throws JournalException if the journal cannot be read
     */
    Verification verify();

    /**
     * Where it is kept.
     *
     * @return the file; empty for one in memory
     */
    Optional<Path> file();

    /**
     * Ends the ownership, so that another can open the journal. What was appended is on the disk after it. Closing
     * again does nothing.
     *
     * @throws JournalException if the end of what was appended cannot be brought to the disk; it is closed nevertheless
     */
    @Override
    void close();

    /**
     * A new journal in memory, for tests and rehearsals. It is lost with the process.
     *
     * @return an empty journal
     */
    static MemoryJournal inMemory() {
        return new MemoryJournal();
    }

    /**
     * A journal in a file, created if there is none. It is examined from its first entry to its last. An unfinished
     * last line, as a crash leaves it, is cut off; whatever else is damaged stays as it is, and the journal is not
     * opened.
     *
     * <p>As long as it is open, nobody else can open it, in this process or another on this machine; the death of the
     * process ends that. The lock is on an empty file beside it, with {@code .lock} added to its name, which stays
     * there. Everybody can {@linkplain #read(Path, Consumer) read} it at any time.
     *
     * @param file the file; its directory must exist
     * @return the journal
     * @throws JournalException if it is open elsewhere, is damaged, has a version that this release does not know, is
     *     not a journal, or cannot be read and written
     * @throws IllegalArgumentException if the file is not on the default file system
     */
    static FileJournal file(Path file) {
        return FileJournal.open(Arguments.given(file, "file"));
    }

    /**
     * Every entry of a journal in a file, all in memory, also while it is open elsewhere.
     *
     * @param file the file
     * @return the entries in order
     * @throws JournalException as {@link #read(Path, Consumer)}
     */
    static List<Entry> read(Path file) {
        List<Entry> entries = new ArrayList<>();
        read(file, entries::add);
        return List.copyOf(entries);
    }

    /**
     * Hands over every entry of a journal in a file, one by one, also while it is open elsewhere. Each is examined
     * before it is handed over. An unfinished last line is left out. Changes nothing.
     *
     * @param file the file
     * @param reader takes the entries
     * @throws JournalException if the file cannot be read, or when a line is reached that is damaged; it names the line
     */
    static void read(Path file, Consumer<Entry> reader) {
        FileJournal.readFrom(Arguments.given(file, "file"), Arguments.given(reader, "reader"));
    }

    /**
     * Examines the whole chain of a journal in a file, also while it is open elsewhere. Changes nothing.
     *
     * @param file the file
     * @return what was found
     * @throws JournalException if the file cannot be read
     */
    static Verification verify(Path file) {
        return FileJournal.verification(Arguments.given(file, "file"));
    }
}
