package dev.golive.checks.internal.tls;

import dev.golive.checks.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The first message of a TLS client, by hand: it offers exactly one version and the given suites, including those that
 * JSSE refuses to speak. No cryptography is needed to see what the server answers.
 */
final class ClientHello {

    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int POINT_FORMATS = 11;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int EXTENDED_MASTER_SECRET = 23;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;

    /** X25519MLKEM768, x25519, secp256r1, secp384r1, secp521r1, x448, ffdhe2048, ffdhe3072 and older curves. */
    private static final int[] GROUPS = {0x11ec, 29, 23, 24, 25, 30, 0x100, 0x101, 22, 21, 19};

    /** ECDSA, EdDSA, RSA-PSS, RSA and, for servers of their time, those with SHA-1 and MD5. */
    private static final int[] SIGNATURES = {
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601,
        0x0301, 0x0203, 0x0201, 0x0202, 0x0402, 0x0101
    };

    private ClientHello() {}

    /**
     * Makes the message.
     *
     * @param version the only version offered
     * @param suites the suites offered
     * @param serverName the name to ask for, empty for none
     * @param random what makes the message unlike others; no secret depends on it
     * @return the bytes to send
     */
    static byte[] bytes(TlsVersion version, List<Integer> suites, String serverName, RandomGenerator random) {
        boolean tls13 = version == TlsVersion.TLS_1_3;
        Bytes hello = new Bytes();
        hello.number(tls13 ? TlsVersion.TLS_1_2.code() : version.code(), 2);
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        hello.writeBytes(nonce);
        // a session id makes a message of TLS 1.3 look like one of TLS 1.2, which some middleboxes insist on
        hello.vector(1, tls13 ? nonce : new byte[0]);
        Bytes offered = new Bytes();
        suites.forEach(suite -> offered.number(suite, 2));
        if (!tls13) {
            offered.number(CipherSuites.RENEGOTIATION_SIGNAL, 2);
        }
        hello.vector(2, offered.toByteArray());
        hello.vector(1, new byte[] {0});
        if (version != TlsVersion.SSL_3) {
            hello.vector(2, extensions(version, serverName));
        }
        Bytes message = new Bytes();
        message.number(ServerHello.CLIENT_HELLO, 1);
        message.vector(3, hello.toByteArray());
        Bytes record = new Bytes();
        record.number(ServerHello.HANDSHAKE, 1);
        record.number(Math.min(version.code(), TlsVersion.TLS_1_0.code()), 2);
        record.vector(2, message.toByteArray());
        return record.toByteArray();
    }

    private static byte[] extensions(TlsVersion version, String serverName) {
        Bytes extensions = new Bytes();
        if (!serverName.isEmpty()) {
            Bytes name = new Bytes();
            name.number(0, 1);
            name.vector(2, serverName.getBytes(StandardCharsets.US_ASCII));
            extensions.extension(SERVER_NAME, vector(2, name.toByteArray()));
        }
        extensions.extension(SUPPORTED_GROUPS, vector(2, numbers(GROUPS)));
        extensions.extension(POINT_FORMATS, vector(1, new byte[] {0}));
        extensions.extension(EXTENDED_MASTER_SECRET, new byte[0]);
        if (version.compareTo(TlsVersion.TLS_1_2) >= 0) {
            extensions.extension(SIGNATURE_ALGORITHMS, vector(2, numbers(SIGNATURES)));
        }
        if (version == TlsVersion.TLS_1_3) {
            extensions.extension(SUPPORTED_VERSIONS, vector(1, numbers(version.code())));
            // no share at all: the server asks for one of its choice, which shows all that is to be seen
            extensions.extension(KEY_SHARE, vector(2, new byte[0]));
        }
        return extensions.toByteArray();
    }

    private static byte[] numbers(int... values) {
        Bytes bytes = new Bytes();
        for (int value : values) {
            bytes.number(value, 2);
        }
        return bytes.toByteArray();
    }

    private static byte[] vector(int lengthBytes, byte[] content) {
        Bytes bytes = new Bytes();
        bytes.vector(lengthBytes, content);
        return bytes.toByteArray();
    }

    /** Big-endian numbers and byte strings with their length before them. */
    private static final class Bytes extends ByteArrayOutputStream {

        void number(int value, int bytes) {
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                write(value >> shift);
            }
        }

        void vector(int lengthBytes, byte[] content) {
            number(content.length, lengthBytes);
            writeBytes(content);
        }

        void extension(int type, byte[] content) {
            number(type, 2);
            vector(2, content);
        }
    }
}
