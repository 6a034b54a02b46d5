package dev.golive.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** The file of a journal as its writer needs it. */
interface Disk extends Closeable {

    long length() throws IOException;

    /** Writes all bytes at a position that is the end of the file, or fails with some of them written. */
    void write(long at, byte[] bytes) throws IOException;

    /** Returns when everything that was written is on the disk. */
    void force() throws IOException;

    /** Returns when the name of the file is on the disk as well. */
    void forceName() throws IOException;

    void truncate(long length) throws IOException;

    /** The bytes from the first. */
    InputStream read() throws IOException;
}
