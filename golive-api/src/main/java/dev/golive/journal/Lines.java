package dev.golive.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lines of bytes, of which only one at a time is in memory, and no more of it than a line may have. */
final class Lines {

    /** The longest line of a journal in bytes. */
    static final int LONGEST = 16 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long left;
    private int at;
    private int filled;
    private boolean ended;
    private boolean tooLong;

    /** Lines of so many bytes of a stream. */
    Lines(InputStream in, long limit) {
        this.in = in;
        this.left = limit;
    }

    /** Goes to the next line; there is none if the last one ended the bytes. */
    boolean next() throws IOException {
        line.reset();
        ended = false;
        tooLong = false;
        boolean any = false;
        while (!ended && (at < filled || fill())) {
            any = true;
            int from = at;
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            if (line.size() + (at - from) > LONGEST) {
                tooLong = true;
                return true;
            }
            line.write(buffer, from, at - from);
            if (at < filled) {
                at++;
                ended = true;
            }
        }
        return any;
    }

    private boolean fill() throws IOException {
        if (left == 0) {
            return false;
        }
        filled = Math.max(0, in.read(buffer, 0, (int) Math.min(buffer.length, left)));
        at = 0;
        left -= filled;
        return filled > 0;
    }

    /** The line without its line feed. */
    byte[] bytes() {
        return line.toByteArray();
    }

    /** Whether the line has a line feed; only the last one may have none. */
    boolean isEnded() {
        return ended;
    }

    /** Whether the line was given up because no line of a journal is that long. */
    boolean isTooLong() {
        return tooLong;
    }
}
