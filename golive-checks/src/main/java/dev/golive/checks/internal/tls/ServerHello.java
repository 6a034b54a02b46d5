package dev.golive.checks.internal.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;

/** Reads what a server answers to the first message of a client: the choice it made, or why it made none. */
final class ServerHello {

    static final int HANDSHAKE = 22;
    static final int CLIENT_HELLO = 1;

    private static final int ALERT = 21;
    private static final int FATAL = 2;
    private static final int SERVER_HELLO = 2;
    private static final int SUPPORTED_VERSIONS = 43;

    /** Longer than any record may be (RFC 5246 section 6.2.3) and than any ServerHello is. */
    private static final int MAX_RECORD_BYTES = (1 << 14) + 2048;

    private static final int MAX_BYTES = 1 << 16;

    /** Descriptions of RFC 8446 section 6 and RFC 5246 section 7.2. */
    private static final Map<Integer, String> ALERTS = Map.ofEntries(
            Map.entry(0, "close notify"),
            Map.entry(10, "unexpected message"),
            Map.entry(40, "handshake failure"),
            Map.entry(47, "illegal parameter"),
            Map.entry(50, "decode error"),
            Map.entry(70, "protocol version"),
            Map.entry(71, "insufficient security"),
            Map.entry(80, "internal error"),
            Map.entry(86, "inappropriate fallback"),
            Map.entry(109, "missing extension"),
            Map.entry(112, "unrecognized name"),
            Map.entry(116, "certificate required"));

    /** What came back. */
    sealed interface Answer {}

    /**
     * The server chose.
     *
     * @param version the number of the version
     * @param suite the number of the cipher suite
     */
    record Chosen(int version, int suite) implements Answer {}

    /**
     * The server declined.
     *
     * @param how in words: the alert, or that it hung up
     * @param said whether it said so by an alert; hanging up may mean something else
     */
    record Declined(String how, boolean said) implements Answer {}

    /**
     * Something else speaks there.
     *
     * @param what in words
     */
    record NotTls(String what) implements Answer {}

    private ServerHello() {}

    /**
     * Reads until the server has chosen or declined.
     *
     * @param in what the server sends
     * @return the answer
     * @throws IOException if reading fails, other than by the end of the stream
     */
    static Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int total = 0;
        while (total < MAX_BYTES) {
            byte[] header = in.readNBytes(5);
            if (header.length == 0) {
                return new Declined("it hung up", false);
            }
            int type = header[0] & 0xff;
            if (type < 20 || type > 24 || header.length > 1 && header[1] != 3) {
                return new NotTls("it answered with something that is not TLS");
            }
            int length = header.length < 5 ? -1 : (header[3] & 0xff) << 8 | header[4] & 0xff;
            if (length > MAX_RECORD_BYTES) {
                return new NotTls("it answered with a record that is too long for TLS");
            }
            byte[] content = length < 0 ? new byte[0] : in.readNBytes(length);
            if (content.length < length || length < 0) {
                return new Declined("it hung up in the middle of its answer", false);
            }
            total += 5 + length;
            if (type == ALERT) {
                if (length >= 2 && (content[0] & 0xff) == FATAL) {
                    return new Declined("alert " + alert(content[1] & 0xff), true);
                }
                // a warning, such as "unrecognized name", may come before the choice
                continue;
            }
            if (type == HANDSHAKE) {
                message.writeBytes(content);
                byte[] all = message.toByteArray();
                if (all.length >= 4 && (all[0] & 0xff) != SERVER_HELLO) {
                    return new NotTls("it answered with a message that does not belong there");
                }
                if (all.length >= 4 && all.length - 4 >= length(all)) {
                    return chosen(ByteBuffer.wrap(all, 4, length(all)));
                }
            }
        }
        return new NotTls("it never answered the first message");
    }

    private static int length(byte[] message) {
        return (message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | message[3] & 0xff;
    }

    private static Answer chosen(ByteBuffer hello) {
        try {
            int version = number(hello, 2);
            skip(hello, 32);
            skip(hello, number(hello, 1));
            int suite = number(hello, 2);
            skip(hello, 1);
            if (hello.hasRemaining()) {
                int end = number(hello, 2) + hello.position();
                while (hello.position() < end) {
                    int type = number(hello, 2);
                    int length = number(hello, 2);
                    if (type == SUPPORTED_VERSIONS && length == 2) {
                        version = number(hello, 2);
                    } else {
                        skip(hello, length);
                    }
                }
            }
            return new Chosen(version, suite);
        } catch (BufferUnderflowException e) {
            return new NotTls("it answered with a malformed message");
        }
    }

    private static int number(ByteBuffer from, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | from.get() & 0xff;
        }
        return value;
    }

    private static void skip(ByteBuffer from, int bytes) {
        if (bytes > from.remaining()) {
            throw new BufferUnderflowException();
        }
        from.position(from.position() + bytes);
    }

    private static String alert(int description) {
        return '"' + ALERTS.getOrDefault(description, String.format(Locale.ROOT, "number %d", description)) + '"';
    }
}
