package dev.golive.journal;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A real file. Not written through a {@link FileChannel}: an interrupted thread would close that for good, in the middle
 * of a write.
 */
final class FileDisk implements Disk {

    private final File file;
    private final RandomAccessFile access;

    FileDisk(Path file) throws IOException {
        this.file = file.toFile();
        this.access = new RandomAccessFile(this.file, "rw");
    }

    @Override
    public long length() throws IOException {
        return access.length();
    }

    @Override
    public void write(long at, byte[] bytes) throws IOException {
        access.seek(at);
        access.write(bytes);
    }

    @Override
    public void force() throws IOException {
        access.getFD().sync();
    }

    @Override
    public void forceName() throws IOException {
        if (File.separatorChar == '\\') {
            return; // on Windows a directory cannot be opened, and need not be
        }
        Path directory = file.toPath().toAbsolutePath().getParent();
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    // a directory can be forced in no other way; the interruption is not lost
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void truncate(long length) throws IOException {
        access.setLength(length);
    }

    @Override
    public InputStream read() throws IOException {
        return new FileInputStream(file);
    }

    @Override
    public void close() throws IOException {
        access.close();
    }
}
