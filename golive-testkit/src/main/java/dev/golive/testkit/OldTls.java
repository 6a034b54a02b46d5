package dev.golive.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the beginning of a TLS version that JSSE refuses to speak, without any cryptography: enough for a client to see
 * that it is there.
 */
final class OldTls {

    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int FATAL = 2;
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int PROTOCOL_VERSION = 70;
    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int SERVER_HELLO_DONE = 14;
    private static final int RANDOM = 32;

    /** RSA key exchange with AES-128-CBC, which every client of that time knows, and no key exchange message follows. */
    private static final int USUAL_SUITE = 0x002f;

    private final int version;

    OldTls(HttpFault.OldProtocol protocol) {
        this.version = protocol.code();
    }

    void speak(@Nullable ClientHello hello, TestCertificate certificate, InputStream in, OutputStream out)
            throws IOException {
        if (hello == null || !hello.offers(version)) {
            out.write(alert(version, PROTOCOL_VERSION));
            return;
        }
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        flight.writeBytes(record(HANDSHAKE, version, message(SERVER_HELLO, serverHello(hello))));
        flight.writeBytes(record(HANDSHAKE, version, message(CERTIFICATE, chain(certificate))));
        flight.writeBytes(record(HANDSHAKE, version, message(SERVER_HELLO_DONE, new byte[0])));
        out.write(flight.toByteArray());
        // The client now sends its key or an alert, or goes; without cryptography this is as far as it gets.
        byte[] header = in.readNBytes(5);
        if (header.length == 5) {
            in.skipNBytes(ClientHello.uint(header, 3, 2));
            out.write(alert(version, HANDSHAKE_FAILURE));
        }
    }

    static byte[] alert(int description) {
        return alert(0x303, description);
    }

    private static byte[] alert(int version, int description) {
        return record(ALERT, version, new byte[] {FATAL, (byte) description});
    }

    private byte[] serverHello(ClientHello hello) {
        int suite = hello.suites().contains(USUAL_SUITE) || hello.suites().isEmpty()
                ? USUAL_SUITE
                : hello.suites().get(0);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        uint(body, version, 2);
        body.writeBytes(new byte[RANDOM]);
        body.write(0);
        uint(body, suite, 2);
        body.write(0);
        return body.toByteArray();
    }

    private static byte[] chain(TestCertificate certificate) throws IOException {
        ByteArrayOutputStream chain = new ByteArrayOutputStream();
        for (X509Certificate one : certificate.chain()) {
            try {
                byte[] der = one.getEncoded();
                uint(chain, der.length, 3);
                chain.writeBytes(der);
            } catch (CertificateEncodingException e) {
                throw new IOException("cannot encode " + certificate, e);
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        uint(body, chain.size(), 3);
        body.writeBytes(chain.toByteArray());
        return body.toByteArray();
    }

    private static byte[] message(int type, byte[] body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(type);
        uint(message, body.length, 3);
        message.writeBytes(body);
        return message.toByteArray();
    }

    private static byte[] record(int type, int version, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(type);
        uint(bytes, version, 2);
        uint(bytes, content.length, 2);
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static void uint(ByteArrayOutputStream out, int value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write(value >> shift);
        }
    }
}
