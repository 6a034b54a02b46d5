package dev.golive.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to be the only writer of a file. It ends with the process.
 *
 * <p>The lock is on a file of its own. POSIX drops a process's lock as soon as the process closes any descriptor of the
 * locked file, so a mere reader of the journal would end it.
 */
final class FileLease implements Closeable {

    /**
     * What this process holds. The lock belongs to the whole process, so it cannot keep two owners within it apart; and
     * a second owner that only tried, and then closed the lock's file, would drop the lock of the first.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;

    private FileLease(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /** Takes the lease of a file that exists. */
    static FileLease of(Path file) throws IOException {
        Path key = file.toRealPath();
        if (!HELD.add(key)) {
            throw new JournalException("The journal " + file + " is already open in this process");
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(lockFile(key), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new JournalException("The journal " + file + " is open in another process");
            }
            taken = true;
            return new FileLease(key, channel);
        } catch (OverlappingFileLockException e) {
            // golive loaded a second time by another class loader, which has a HELD of its own; closing the channel
            // may then drop the other's lock, whose owner would notice a change of the file before its next append
            throw new JournalException("The journal " + file + " is already open in this process", e);
        } finally {
            if (!taken) {
                try {
                    if (channel != null) {
                        channel.close();
                    }
                } finally {
                    HELD.remove(key);
                }
            }
        }
    }

    static Path lockFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".lock");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(key);
        }
    }
}
