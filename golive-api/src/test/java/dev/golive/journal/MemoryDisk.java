package dev.golive.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A disk that can be full, broken, and asked what was done to it. */
final class MemoryDisk implements Disk {

    byte[] content = new byte[0];
    final List<String> calls = new ArrayList<>();
    long capacity = Long.MAX_VALUE;
    boolean failsToForce;
    boolean failsToForceOnce;
    boolean failsToTruncate;
    boolean closed;

    @Override
    public long length() {
        return content.length;
    }

    @Override
    public void write(long at, byte[] bytes) throws IOException {
        calls.add("write");
        if (at != content.length) {
            throw new IllegalStateException("written at " + at + " and not at the end " + content.length);
        }
        int fits = (int) Math.min(bytes.length, capacity - content.length);
        content = Arrays.copyOf(content, content.length + fits);
        System.arraycopy(bytes, 0, content, (int) at, fits);
        if (fits < bytes.length) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void force() throws IOException {
        calls.add("force");
        if (failsToForce || failsToForceOnce) {
            failsToForceOnce = false;
            throw new IOException("Input/output error");
        }
    }

    @Override
    public void forceName() {
        calls.add("forceName");
    }

    @Override
    public void truncate(long length) throws IOException {
        calls.add("truncate");
        if (failsToTruncate) {
            throw new IOException("Read-only file system");
        }
        content = Arrays.copyOf(content, (int) length);
    }

    @Override
    public InputStream read() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public void close() {
        closed = true;
    }
}
