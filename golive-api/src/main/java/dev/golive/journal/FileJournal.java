package dev.golive.journal;

import dev.golive.internal.Arguments;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a file, in the format that is described at the {@linkplain dev.golive.journal package}. It holds only the
 * last entry in memory.
 *
 * <p>If entries cannot be written, such as on a full disk, what was written of them is taken back, and later ones may
 * succeed. If that fails too, if the disk fails to confirm a durable append, or if somebody else changed the file, the
 * journal refuses every further append: what is on the disk is not known then, until it is opened anew. Entries of the
 * batch that failed may turn out to be there, as after a crash.
 */
public final class FileJournal implements Journal {

    /** Opens a file for a journal. */
    interface Opening {
        Disk open(Path file) throws IOException;
    }

    private final Path file;
    private final Disk disk;
    private final FileLease lease;
    private final int epoch;
    private final long tornBytes;
    private long length;
    private long size;
    private String head;
    private @Nullable Entry last;
    private boolean forced = true;
    private boolean closed;
    private @Nullable String broken;

    /** Takes over a file that was followed to its end. */
    private FileJournal(Path file, Disk disk, FileLease lease, Chain chain) throws IOException {
        this.file = file;
        this.disk = disk;
        this.lease = lease;
        this.epoch = chain.epoch() + 1;
        this.tornBytes = chain.torn();
        this.size = chain.entries();
        this.head = chain.head();
        this.last = chain.last();
        this.length = chain.good();
        if (disk.length() != length) {
            disk.truncate(length);
        }
        byte[] owner =
                ((chain.isUnended() ? "\n" : "") + Chain.owner(epoch, head) + "\n").getBytes(StandardCharsets.UTF_8);
        boolean written = false;
        try {
            disk.write(length, owner);
            disk.force();
            if (epoch == 1) {
                disk.forceName();
            }
            written = true;
        } finally {
            if (!written) {
                disk.truncate(length);
            }
        }
        length += owner.length;
    }

    static FileJournal open(Path file) {
        return open(file, FileDisk::new);
    }

    static FileJournal open(Path file, Opening opening) {
        onDefaultFileSystem(file);
        FileLease lease = null;
        Disk disk = null;
        FileJournal journal = null;
        try {
            disk = opening.open(file);
            lease = FileLease.of(file);
            Chain chain;
            try (InputStream in = disk.read()) {
                chain = Chain.follow(in, disk.length(), entry -> {});
            }
            String problem = chain.problem();
            if (problem != null) {
                throw damaged(file, problem);
            }
            journal = new FileJournal(file, disk, lease, chain);
            return journal;
        } catch (IOException e) {
            throw new JournalException("The journal " + file + " cannot be opened: " + e.getMessage(), e);
        } finally {
            if (journal == null) {
                closeAll(file, disk, lease);
            }
        }
    }

    private static void onDefaultFileSystem(Path file) {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException("file must be on the default file system but was " + file.toUri());
        }
    }

    private static JournalException damaged(Path file, String problem) {
        return new JournalException("The journal " + file + " cannot be followed: " + problem);
    }

    private static void closeAll(Path file, @Nullable Disk disk, @Nullable FileLease lease) {
        try (FileLease after = lease;
                Disk first = disk) {
            // the file is closed before others may open it
        } catch (IOException e) {
            throw new JournalException("The journal " + file + " cannot be closed: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized List<Entry> append(List<Draft> drafts, boolean durable) {
        List<Draft> all = Arguments.all(drafts, "drafts");
        if (closed) {
            throw new JournalException("The journal " + file + " is closed");
        }
        if (broken != null) {
            throw refused(broken);
        }
        List<Entry> batch = Chain.batch(all, size, epoch, head);
        write(lines(batch), durable);
        if (!batch.isEmpty()) {
            Entry newest = batch.get(batch.size() - 1);
            size = newest.number();
            head = newest.hash();
            last = newest;
        }
        return batch;
    }

    private static byte[] lines(List<Entry> batch) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Entry entry : batch) {
            lines.writeBytes(entry.toJson().getBytes(StandardCharsets.UTF_8));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private void write(byte[] lines, boolean durable) {
        boolean written = false;
        boolean forcing = false;
        try {
            long found = disk.length();
            if (found != length) {
                broken = "somebody else changed the file, it has " + found + " bytes and not " + length;
                throw refused(broken);
            }
            disk.write(length, lines);
            if (durable) {
                forcing = true;
                disk.force();
            }
            written = true;
        } catch (IOException e) {
            throw new JournalException("The journal " + file + " cannot be written: " + e.getMessage(), e);
        } finally {
            // also after an error of the virtual machine; of a file that somebody else changed nothing is ours
            if (!written && broken == null) {
                takeBack(forcing);
            }
        }
        length += lines.length;
        forced = durable || forced && lines.length == 0;
    }

    private void takeBack(boolean forcing) {
        // a disk that failed to confirm once may have dropped what it did not write, and confirm the next time
        broken =
                forcing ? "the disk did not confirm what was written" : "what was written in part cannot be taken back";
        try {
            disk.truncate(length);
            disk.force();
            if (!forcing) {
                broken = null;
            }
        } catch (IOException e) {
            broken += ": " + e.getMessage();
        }
    }

    private JournalException refused(String because) {
        return new JournalException(
                "The journal " + file + " takes no more entries until it is opened anew: " + because);
    }

    @Override
    public void read(Consumer<Entry> reader) {
        Arguments.given(reader, "reader");
        long until;
        long expected;
        synchronized (this) {
            until = length;
            expected = size;
        }
        // without the lock: the reader may take its time, and what is there already does not change
        Chain chain = follow(until, reader);
        String problem = chain.problem();
        if (problem != null) {
            throw damaged(file, problem);
        }
        if (chain.entries() != expected) {
            throw damaged(file, "it ends after entry " + chain.entries() + ", but had " + expected);
        }
    }

    private Chain follow(long until, Consumer<Entry> reader) {
        try (InputStream in = disk.read()) {
            return Chain.follow(in, until, reader);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static JournalException unreadable(Path file, IOException e) {
        return new JournalException("The journal " + file + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public synchronized Optional<Entry> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized String head() {
        return head;
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public int epoch() {
        return epoch;
    }

    /**
     * How much of an unfinished last line, as a crash leaves it, was cut off when this owner opened the journal.
     *
     * @return how many bytes; 0 if the file ended with a whole line
     */
    public long tornBytes() {
        return tornBytes;
    }

    @Override
    public Verification verify() {
        long until;
        long expected;
        String known;
        long behind;
        synchronized (this) {
            until = length;
            expected = size;
            known = head;
            behind = bytesBehind();
        }
        Chain chain = follow(until, entry -> {});
        Verification found = chain.verification();
        if (!found.intact()) {
            return found;
        }
        if (chain.entries() < expected) {
            return bad(chain, "entry " + (chain.entries() + 1) + " is missing, of " + expected + " that were written");
        }
        if (!chain.head().equals(known)) {
            return new Verification(
                    false,
                    0,
                    1,
                    "the chain is not the one that was written: it does not end with the hash " + known,
                    GENESIS);
        }
        return behind == 0 ? found : bad(chain, behind + " bytes follow that this journal did not write");
    }

    private static Verification bad(Chain chain, String because) {
        return new Verification(false, chain.entries(), chain.entries() + 1, because, chain.head());
    }

    /** How many bytes somebody else added. A closed journal may have a next owner, who may do that. */
    private long bytesBehind() {
        try {
            return closed ? 0 : Math.max(0, disk.length() - length);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(file);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!forced && broken == null) {
                disk.force();
            }
        } catch (IOException e) {
            throw new JournalException(
                    "The journal " + file + " is closed, but its end may not be on the disk: " + e.getMessage(), e);
        } finally {
            closeAll(file, disk, lease);
        }
    }

    @Override
    public String toString() {
        return "journal " + file + ", " + size() + " entries";
    }

    static void readFrom(Path file, Consumer<Entry> reader) {
        String problem = followed(file, reader).problem();
        if (problem != null) {
            throw damaged(file, problem);
        }
    }

    static Verification verification(Path file) {
        return followed(file, entry -> {}).verification();
    }

    private static Chain followed(Path file, Consumer<Entry> reader) {
        onDefaultFileSystem(file);
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return Chain.follow(in, file.toFile().length(), reader);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
