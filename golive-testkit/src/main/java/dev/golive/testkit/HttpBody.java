package dev.golive.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** The body of a reply: given bytes, or bytes made while they are sent so that a huge body needs no memory. */
abstract class HttpBody {

    static final HttpBody EMPTY = of(new byte[0]);

    private static final byte[] BLOCK = new byte[16 * 1024];

    static {
        Arrays.fill(BLOCK, (byte) 'x');
    }

    /** How many bytes there will be; negative if that is not known beforehand. */
    abstract long length();

    abstract void writeTo(OutputStream out) throws IOException;

    static HttpBody of(byte[] bytes) {
        return new HttpBody() {
            @Override
            long length() {
                return bytes.length;
            }

            @Override
            void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    static HttpBody filler(long count) {
        return new HttpBody() {
            @Override
            long length() {
                return count;
            }

            @Override
            void writeTo(OutputStream out) throws IOException {
                for (long left = count; left > 0; left -= BLOCK.length) {
                    out.write(BLOCK, 0, (int) Math.min(left, BLOCK.length));
                }
            }
        };
    }

    /** Ends only with an exception, when the client or the fake has gone. */
    static HttpBody endless() {
        return new HttpBody() {
            @Override
            long length() {
                return -1;
            }

            @Override
            @SuppressWarnings("InfiniteLoopStatement")
            void writeTo(OutputStream out) throws IOException {
                while (true) {
                    out.write(BLOCK);
                    out.flush();
                }
            }
        };
    }

    static HttpBody compressed(HttpBody body) {
        return new HttpBody() {
            @Override
            long length() {
                return -1;
            }

            @Override
            void writeTo(OutputStream out) throws IOException {
                GZIPOutputStream gzip = new GZIPOutputStream(out, BLOCK.length);
                body.writeTo(gzip);
                gzip.finish();
            }
        };
    }

    /** The same body compressed in memory, which gives it a length; one of unknown length is compressed when sent. */
    HttpBody gzipped() {
        if (length() < 0) {
            return compressed(this);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            compressed(this).writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return of(bytes.toByteArray());
    }

    /** The whole body, if its length is known and at most so many bytes. */
    Optional<byte[]> upTo(long most) {
        if (length() < 0 || length() > most) {
            return Optional.empty();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            writeTo(all);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return Optional.of(all.toByteArray());
    }

    /** The same body, or some text if it is empty, for faults that need a body. */
    HttpBody orStandIn() {
        return length() == 0
                ? of("a body that was cut short ".repeat(3).substring(0, 64).getBytes(StandardCharsets.US_ASCII))
                : this;
    }

    /** The first half of the body; of one of unknown length, some bytes. */
    byte[] half() throws IOException {
        if (length() < 0 || length() > 2L * BLOCK.length) {
            return BLOCK.clone();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        writeTo(all);
        return Arrays.copyOf(all.toByteArray(), all.size() / 2);
    }
}
