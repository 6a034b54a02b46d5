package dev.golive.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS client says first (RFC 8446, section 4.1.2; the older ones have the same form).
 *
 * @param version the version of the message itself, which is TLS 1.2 for newer clients too
 * @param suites the cipher suites it offers
 * @param versions the versions it offers in the extension for them; empty if it has none
 * @param serverName the name it asks for
 * @param protocols the application protocols it offers
 */
record ClientHello(
        int version,
        List<Integer> suites,
        List<Integer> versions,
        Optional<String> serverName,
        List<String> protocols) {

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int SERVER_NAME = 0;
    private static final int APPLICATION_PROTOCOLS = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    /**
     * Reads it off the socket and puts every byte back.
     *
     * @return the message, or {@code null} if the client does not begin with a client hello
     */
    static @Nullable ClientHello peek(TappedSocket.Tap in) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            while (message.size() < MESSAGE_HEADER || message.size() < MESSAGE_HEADER + length(message.toByteArray())) {
                byte[] header = exactly(in, RECORD_HEADER, raw);
                if (header[0] != HANDSHAKE) {
                    return null;
                }
                byte[] fragment = exactly(in, uint(header, 3, 2), raw);
                message.writeBytes(fragment);
            }
            return parse(ByteBuffer.wrap(message.toByteArray()));
        } finally {
            in.unread(raw.toByteArray(), raw.size());
        }
    }

    private static byte[] exactly(InputStream in, int count, ByteArrayOutputStream raw) throws IOException {
        byte[] bytes = in.readNBytes(count);
        raw.writeBytes(bytes);
        if (bytes.length < count) {
            throw new EOFException("the client ended the connection within its first TLS message");
        }
        return bytes;
    }

    private static int length(byte[] message) {
        return uint(message, 1, 3);
    }

    static int uint(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = (value << Byte.SIZE) + (bytes[i] & 0xff);
        }
        return value;
    }

    static @Nullable ClientHello parse(ByteBuffer message) throws IOException {
        try {
            if (message.get() != CLIENT_HELLO) {
                return null;
            }
            message.position(MESSAGE_HEADER);
            int version = message.getShort() & 0xffff;
            message.position(message.position() + 32);
            slice(message, message.get() & 0xff);
            List<Integer> suites = shorts(slice(message, message.getShort() & 0xffff));
            slice(message, message.get() & 0xff);
            List<Integer> versions = List.of();
            Optional<String> serverName = Optional.empty();
            List<String> protocols = List.of();
            // SSL 3.0 and early TLS 1.0 clients send no extensions at all.
            ByteBuffer extensions = message.hasRemaining() ? slice(message, message.getShort() & 0xffff) : message;
            while (extensions.hasRemaining()) {
                int type = extensions.getShort() & 0xffff;
                ByteBuffer content = slice(extensions, extensions.getShort() & 0xffff);
                if (type == SERVER_NAME) {
                    serverName = serverName(slice(content, content.getShort() & 0xffff));
                } else if (type == APPLICATION_PROTOCOLS) {
                    protocols = protocols(slice(content, content.getShort() & 0xffff));
                } else if (type == SUPPORTED_VERSIONS) {
                    versions = shorts(slice(content, content.get() & 0xff));
                }
            }
            return new ClientHello(version, suites, versions, serverName, protocols);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("the client's first TLS message is malformed", e);
        }
    }

    private static ByteBuffer slice(ByteBuffer from, int length) {
        ByteBuffer part = from.slice().limit(length);
        from.position(from.position() + length);
        return part;
    }

    private static List<Integer> shorts(ByteBuffer from) {
        List<Integer> values = new ArrayList<>();
        while (from.hasRemaining()) {
            values.add(from.getShort() & 0xffff);
        }
        return List.copyOf(values);
    }

    private static Optional<String> serverName(ByteBuffer names) {
        while (names.hasRemaining()) {
            int type = names.get();
            ByteBuffer name = slice(names, names.getShort() & 0xffff);
            if (type == 0) {
                return Optional.of(StandardCharsets.US_ASCII.decode(name).toString());
            }
        }
        return Optional.empty();
    }

    private static List<String> protocols(ByteBuffer from) {
        List<String> names = new ArrayList<>();
        while (from.hasRemaining()) {
            names.add(StandardCharsets.ISO_8859_1
                    .decode(slice(from, from.get() & 0xff))
                    .toString());
        }
        return List.copyOf(names);
    }

    /** Whether the client would speak this version. */
    boolean offers(int candidate) {
        return versions.isEmpty() ? version >= candidate : versions.contains(candidate);
    }
}
