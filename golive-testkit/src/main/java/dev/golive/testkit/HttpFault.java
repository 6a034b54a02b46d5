package dev.golive.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Something that goes wrong between an {@link HttpFake} and its client, as a value. Its text says what it does.
 *
 * <pre>{@code
 * shop.fault(HttpFault.hangInHandshake());                            // everything, until shop.mend()
 * shop.faultNext(HttpFault.resetBeforeHeaders());                     // once
 * shop.get("/").reply(Reply.text("hello").with(HttpFault.truncatedBody()));
 * }</pre>
 *
 * <p>Every fault does the same on HTTP/1.1 and on HTTP/2, or what comes nearest to it, which its description says.
 * Faults of a body need one: where the answer has none, they use 64 bytes of text instead, and where the request was
 * {@code HEAD} they strike before the headers. A fault that hangs does so for 365 days on the fake's time source, or
 * until the fake is closed or the client has gone.
 *
 * <p>What is merely a bad answer is not a fault but a {@link Reply}: malformed JSON, a missing header, an empty page.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface HttpFault {

    /** A fault of the listening port; concerns every connection. */
    sealed interface OfListener extends HttpFault permits Refuse {}

    /** A fault of a connection before its first request. Those of TLS concern the TLS port only. */
    sealed interface OfConnection extends HttpFault
            permits ResetOnAccept, Silent, HangInHandshake, HandshakeAlert, OldProtocolOnly, OtherCertificate, NoTls {}

    /** A fault of one request and its answer. */
    sealed interface OfExchange extends HttpFault
            permits ResetBeforeHeaders,
                    ResetMidBody,
                    HangBeforeHeaders,
                    HangMidBody,
                    Delay,
                    SlowHeaders,
                    SlowBody,
                    CloseBeforeHeaders,
                    TruncatedBody,
                    WrongContentLength,
                    MalformedStatusLine,
                    MalformedHeader,
                    EndlessHeaders,
                    ManyHeaders,
                    OversizedBody,
                    EndlessBody,
                    ErrorStatus,
                    TooManyRequests,
                    RedirectLoop,
                    CompressionBomb,
                    WrongContentEncoding,
                    CloseAfterAnswer,
                    ResetOnReuse,
                    GoAway,
                    ResetStream,
                    BadFrame {}

    /** The ports do not accept connections, and open ones are reset, as if the process had ended. */
    record Refuse() implements OfListener {
        @Override
        public String toString() {
            return "refuses connections";
        }
    }

    /** The connection is reset as soon as it is open. */
    record ResetOnAccept() implements OfConnection {
        @Override
        public String toString() {
            return "resets the connection as soon as it is open";
        }
    }

    /** The connection opens, and nothing is ever read or sent. */
    record Silent() implements OfConnection {
        @Override
        public String toString() {
            return "opens the connection and stays silent";
        }
    }

    /** The client's first TLS message is read and never answered. On the plain port it does nothing. */
    record HangInHandshake() implements OfConnection {
        @Override
        public String toString() {
            return "hangs in the TLS handshake";
        }
    }

    /**
     * The client's first TLS message is answered with a fatal alert (RFC 8446, section 6.2). On the plain port it does
     * nothing.
     *
     * @param description the alert's number, for example 40 for handshake_failure
     */
    record HandshakeAlert(int description) implements OfConnection {

        /**
         * An alert.
         *
         * @param description the alert's number; 1 to 255
         * @throws IllegalArgumentException if the number is out of range
         */
        public HandshakeAlert {
            if (description < 1 || description > 255) {
                throw new IllegalArgumentException("description must be between 1 and 255, was " + description);
            }
        }

        @Override
        public String toString() {
            return "refuses the TLS handshake with alert " + description;
        }
    }

    /**
     * Only a protocol is spoken that is no longer safe: who offers it gets a server hello, certificate and hello done of
     * that protocol and, after its next message, alert handshake_failure; who does not offer it gets alert
     * protocol_version. On the plain port it does nothing.
     *
     * @param protocol the protocol
     */
    record OldProtocolOnly(OldProtocol protocol) implements OfConnection {

        /**
         * A fault of the protocol.
         *
         * @param protocol the protocol
         */
        public OldProtocolOnly {
            Objects.requireNonNull(protocol, "protocol");
        }

        @Override
        public String toString() {
            return "speaks " + protocol + " only";
        }
    }

    /** A protocol that is no longer safe (RFC 7568, RFC 8996). */
    enum OldProtocol {
        /** SSL 3.0. */
        SSL_3_0(0x300),
        /** TLS 1.0. */
        TLS_1_0(0x301),
        /** TLS 1.1. */
        TLS_1_1(0x302);

        private final int code;

        OldProtocol(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * Another certificate is served than the one of the requested name. On the plain port it does nothing.
     *
     * @param certificate the certificate
     */
    record OtherCertificate(TestCertificate certificate) implements OfConnection {

        /**
         * A fault with that certificate.
         *
         * @param certificate the certificate
         */
        public OtherCertificate {
            Objects.requireNonNull(certificate, "certificate");
        }

        @Override
        public String toString() {
            return "serves another " + certificate;
        }
    }

    /** The TLS port speaks plain HTTP: the client's first message is answered with a readable 400. */
    record NoTls() implements OfConnection {
        @Override
        public String toString() {
            return "speaks plain HTTP on the TLS port";
        }
    }

    /** The connection is reset after the request was read. */
    record ResetBeforeHeaders() implements OfExchange {
        @Override
        public String toString() {
            return "resets the connection before the headers";
        }
    }

    /** The connection is reset after half of the body. */
    record ResetMidBody() implements OfExchange {
        @Override
        public String toString() {
            return "resets the connection in the middle of the body";
        }
    }

    /** The request is read and never answered. */
    record HangBeforeHeaders() implements OfExchange {
        @Override
        public String toString() {
            return "hangs before the headers";
        }
    }

    /** The headers and half of the body are sent, and then nothing. */
    record HangMidBody() implements OfExchange {
        @Override
        public String toString() {
            return "hangs in the middle of the body";
        }
    }

    /**
     * The answer comes late.
     *
     * @param before how long after the request
     */
    record Delay(Duration before) implements OfExchange {

        /**
         * A delay.
         *
         * @param before how long after the request; positive
         * @throws IllegalArgumentException if it is not positive
         */
        public Delay {
            requirePositive(before, "before");
        }

        @Override
        public String toString() {
            return "answers after " + before;
        }
    }

    /**
     * The headers come in pieces. On HTTP/2 each piece is a frame of its own.
     *
     * @param bytes how many bytes at a time
     * @param every how long before each piece
     */
    record SlowHeaders(int bytes, Duration every) implements OfExchange {

        /**
         * A slow head.
         *
         * @param bytes how many bytes at a time; at least 1
         * @param every how long before each piece; positive
         * @throws IllegalArgumentException if an argument is out of range
         */
        public SlowHeaders {
            requireAtLeastOne(bytes, "bytes");
            requirePositive(every, "every");
        }

        @Override
        public String toString() {
            return "drips the headers, " + bytes + " bytes every " + every;
        }
    }

    /**
     * The body comes in pieces.
     *
     * @param bytes how many bytes at a time
     * @param every how long before each piece
     */
    record SlowBody(int bytes, Duration every) implements OfExchange {

        /**
         * A slow body.
         *
         * @param bytes how many bytes at a time; at least 1
         * @param every how long before each piece; positive
         * @throws IllegalArgumentException if an argument is out of range
         */
        public SlowBody {
            requireAtLeastOne(bytes, "bytes");
            requirePositive(every, "every");
        }

        @Override
        public String toString() {
            return "drips the body, " + bytes + " bytes every " + every;
        }
    }

    /** The connection is closed in good order after the request was read, without an answer. */
    record CloseBeforeHeaders() implements OfExchange {
        @Override
        public String toString() {
            return "closes the connection without an answer";
        }
    }

    /**
     * The body ends after half of the length that was announced, and the connection is closed in good order. On HTTP/2
     * only the stream ends.
     */
    record TruncatedBody() implements OfExchange {
        @Override
        public String toString() {
            return "truncates the body";
        }
    }

    /**
     * The announced length is not the one of the body. On HTTP/1.1 an announced length that is greater leaves the client
     * waiting, as the server considers its answer finished; on HTTP/2 the stream ends.
     *
     * @param announced the announced length, in bytes
     */
    record WrongContentLength(long announced) implements OfExchange {

        /**
         * A wrong length.
         *
         * @param announced the announced length, in bytes; not negative
         * @throws IllegalArgumentException if it is negative
         */
        public WrongContentLength {
            if (announced < 0) {
                throw new IllegalArgumentException("announced must not be negative, was " + announced);
            }
        }

        @Override
        public String toString() {
            return "announces a body of " + announced + " bytes";
        }
    }

    /**
     * The status is no number; on HTTP/2 that of the pseudo-header field {@code :status}. On HTTP/1.1 the connection is
     * closed afterwards.
     */
    record MalformedStatusLine() implements OfExchange {
        @Override
        public String toString() {
            return "sends a malformed status";
        }
    }

    /**
     * One header line is none; on HTTP/2 a field name has upper case and a space (RFC 9113, section 8.2.1). On
     * HTTP/1.1 the connection is closed afterwards.
     */
    record MalformedHeader() implements OfExchange {
        @Override
        public String toString() {
            return "sends a malformed header";
        }
    }

    /** Headers that never end, without pause; on HTTP/2 in continuation frames. */
    record EndlessHeaders() implements OfExchange {
        @Override
        public String toString() {
            return "sends headers without end";
        }
    }

    /**
     * More headers than anybody needs.
     *
     * @param count how many
     */
    record ManyHeaders(int count) implements OfExchange {

        /**
         * So many headers.
         *
         * @param count how many; at least 1
         * @throws IllegalArgumentException if it is less
         */
        public ManyHeaders {
            requireAtLeastOne(count, "count");
        }

        @Override
        public String toString() {
            return "sends " + count + " headers";
        }
    }

    /**
     * A huge body of known length, made while it is sent.
     *
     * @param bytes its length
     */
    record OversizedBody(long bytes) implements OfExchange {

        /**
         * A body of that length.
         *
         * @param bytes its length; at least 1
         * @throws IllegalArgumentException if it is less
         */
        public OversizedBody {
            requireAtLeastOne(bytes, "bytes");
        }

        @Override
        public String toString() {
            return "sends a body of " + bytes + " bytes";
        }
    }

    /** A body without announced length that never ends. */
    record EndlessBody() implements OfExchange {
        @Override
        public String toString() {
            return "sends a body without end";
        }
    }

    /**
     * A status instead of the answer.
     *
     * @param status the status
     */
    record ErrorStatus(int status) implements OfExchange {

        /**
         * A status.
         *
         * @param status the status; 400 to 599
         * @throws IllegalArgumentException if it is out of range
         */
        public ErrorStatus {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be between 400 and 599, was " + status);
            }
        }

        @Override
        public String toString() {
            return "answers " + status;
        }
    }

    /**
     * Status 429 (RFC 6585) with the header Retry-After.
     *
     * @param retryAfter when to come back; sent in whole seconds
     */
    record TooManyRequests(Duration retryAfter) implements OfExchange {

        /**
         * Status 429.
         *
         * @param retryAfter when to come back; not negative
         * @throws IllegalArgumentException if it is negative
         */
        public TooManyRequests {
            if (Objects.requireNonNull(retryAfter, "retryAfter").isNegative()) {
                throw new IllegalArgumentException("retryAfter must not be negative, was " + retryAfter);
            }
        }

        @Override
        public String toString() {
            return "answers 429 with Retry-After " + retryAfter.toSeconds() + " s";
        }
    }

    /** Status 302 to the same address. */
    record RedirectLoop() implements OfExchange {
        @Override
        public String toString() {
            return "redirects to itself";
        }
    }

    /**
     * A small body that becomes huge when it is decompressed.
     *
     * @param bytes its length after decompression
     */
    record CompressionBomb(long bytes) implements OfExchange {

        /**
         * A bomb.
         *
         * @param bytes its length after decompression; at least 1
         * @throws IllegalArgumentException if it is less
         */
        public CompressionBomb {
            requireAtLeastOne(bytes, "bytes");
        }

        @Override
        public String toString() {
            return "sends a body that decompresses to " + bytes + " bytes";
        }
    }

    /** The body is said to be compressed and is not. */
    record WrongContentEncoding() implements OfExchange {
        @Override
        public String toString() {
            return "says gzip of a body that is not compressed";
        }
    }

    /**
     * The answer is sound and the connection is closed after it, which was not announced: a client that keeps the
     * connection finds it dead.
     */
    record CloseAfterAnswer() implements OfExchange {
        @Override
        public String toString() {
            return "closes the kept connection after the answer";
        }
    }

    /** The first request of a connection is answered; the connection is reset when another one arrives. */
    record ResetOnReuse() implements OfExchange {
        @Override
        public String toString() {
            return "resets a reused connection";
        }
    }

    /**
     * The HTTP/2 connection is given up with GOAWAY, with the request unprocessed. On HTTP/1.1 the connection is closed
     * without an answer.
     */
    record GoAway() implements OfExchange {
        @Override
        public String toString() {
            return "gives up the connection with GOAWAY";
        }
    }

    /**
     * The HTTP/2 stream is reset and the connection stays. On HTTP/1.1 the connection is reset.
     *
     * @param errorCode the reason's number (RFC 9113, section 7), for example 7 for REFUSED_STREAM
     */
    record ResetStream(int errorCode) implements OfExchange {

        /**
         * A reset.
         *
         * @param errorCode the reason's number; not negative
         * @throws IllegalArgumentException if it is negative
         */
        public ResetStream {
            if (errorCode < 0) {
                throw new IllegalArgumentException("errorCode must not be negative, was " + errorCode);
            }
        }

        @Override
        public String toString() {
            return "resets the stream with error " + errorCode;
        }
    }

    /**
     * A frame that breaks HTTP/2 (DATA on stream 0), after which the connection is closed. On HTTP/1.1 bytes that are no
     * HTTP.
     */
    record BadFrame() implements OfExchange {
        @Override
        public String toString() {
            return "sends bytes that break the protocol";
        }
    }

    /**
     * The ports refuse connections.
     *
     * @return the fault
     */
    static Refuse refuse() {
        return new Refuse();
    }

    /**
     * The connection is reset as soon as it is open.
     *
     * @return the fault
     */
    static ResetOnAccept resetOnAccept() {
        return new ResetOnAccept();
    }

    /**
     * The connection opens, and nothing is ever read or sent.
     *
     * @return the fault
     */
    static Silent silent() {
        return new Silent();
    }

    /**
     * The TLS handshake hangs.
     *
     * @return the fault
     */
    static HangInHandshake hangInHandshake() {
        return new HangInHandshake();
    }

    /**
     * The TLS handshake is refused with an alert.
     *
     * @param description the alert's number; 1 to 255
     * @return the fault
     * @throws IllegalArgumentException if the number is out of range
     */
    static HandshakeAlert handshakeAlert(int description) {
        return new HandshakeAlert(description);
    }

    /**
     * There is no cipher suite that both sides know: alert 40, handshake_failure.
     *
     * @return the fault
     */
    static HandshakeAlert noCommonCipher() {
        return new HandshakeAlert(40);
    }

    /**
     * Nobody of that name is here: alert 112, unrecognized_name.
     *
     * @return the fault
     */
    static HandshakeAlert unrecognizedName() {
        return new HandshakeAlert(112);
    }

    /**
     * Only a protocol is spoken that is no longer safe.
     *
     * @param protocol the protocol
     * @return the fault
     */
    static OldProtocolOnly oldProtocolOnly(OldProtocol protocol) {
        return new OldProtocolOnly(protocol);
    }

    /**
     * Another certificate is served.
     *
     * @param certificate the certificate
     * @return the fault
     */
    static OtherCertificate otherCertificate(TestCertificate certificate) {
        return new OtherCertificate(certificate);
    }

    /**
     * The TLS port speaks plain HTTP.
     *
     * @return the fault
     */
    static NoTls noTls() {
        return new NoTls();
    }

    /**
     * The connection is reset after the request was read.
     *
     * @return the fault
     */
    static ResetBeforeHeaders resetBeforeHeaders() {
        return new ResetBeforeHeaders();
    }

    /**
     * The connection is reset after half of the body.
     *
     * @return the fault
     */
    static ResetMidBody resetMidBody() {
        return new ResetMidBody();
    }

    /**
     * The request is never answered.
     *
     * @return the fault
     */
    static HangBeforeHeaders hangBeforeHeaders() {
        return new HangBeforeHeaders();
    }

    /**
     * Nothing comes after half of the body.
     *
     * @return the fault
     */
    static HangMidBody hangMidBody() {
        return new HangMidBody();
    }

    /**
     * The answer comes late.
     *
     * @param before how long after the request; positive
     * @return the fault
     * @throws IllegalArgumentException if it is not positive
     */
    static Delay delay(Duration before) {
        return new Delay(before);
    }

    /**
     * The headers come in pieces.
     *
     * @param bytes how many bytes at a time; at least 1
     * @param every how long before each piece; positive
     * @return the fault
     * @throws IllegalArgumentException if an argument is out of range
     */
    static SlowHeaders slowHeaders(int bytes, Duration every) {
        return new SlowHeaders(bytes, every);
    }

    /**
     * The body comes in pieces.
     *
     * @param bytes how many bytes at a time; at least 1
     * @param every how long before each piece; positive
     * @return the fault
     * @throws IllegalArgumentException if an argument is out of range
     */
    static SlowBody slowBody(int bytes, Duration every) {
        return new SlowBody(bytes, every);
    }

    /**
     * The connection is closed without an answer.
     *
     * @return the fault
     */
    static CloseBeforeHeaders closeBeforeHeaders() {
        return new CloseBeforeHeaders();
    }

    /**
     * The body ends early.
     *
     * @return the fault
     */
    static TruncatedBody truncatedBody() {
        return new TruncatedBody();
    }

    /**
     * The announced length is not the one of the body.
     *
     * @param announced the announced length, in bytes; not negative
     * @return the fault
     * @throws IllegalArgumentException if it is negative
     */
    static WrongContentLength wrongContentLength(long announced) {
        return new WrongContentLength(announced);
    }

    /**
     * The status is no number.
     *
     * @return the fault
     */
    static MalformedStatusLine malformedStatusLine() {
        return new MalformedStatusLine();
    }

    /**
     * One header is none.
     *
     * @return the fault
     */
    static MalformedHeader malformedHeader() {
        return new MalformedHeader();
    }

    /**
     * Headers that never end.
     *
     * @return the fault
     */
    static EndlessHeaders endlessHeaders() {
        return new EndlessHeaders();
    }

    /**
     * More headers than anybody needs.
     *
     * @param count how many; at least 1
     * @return the fault
     * @throws IllegalArgumentException if it is less
     */
    static ManyHeaders manyHeaders(int count) {
        return new ManyHeaders(count);
    }

    /**
     * A huge body of known length.
     *
     * @param bytes its length; at least 1
     * @return the fault
     * @throws IllegalArgumentException if it is less
     */
    static OversizedBody oversizedBody(long bytes) {
        return new OversizedBody(bytes);
    }

    /**
     * A body that never ends.
     *
     * @return the fault
     */
    static EndlessBody endlessBody() {
        return new EndlessBody();
    }

    /**
     * A status instead of the answer.
     *
     * @param status the status; 400 to 599
     * @return the fault
     * @throws IllegalArgumentException if it is out of range
     */
    static ErrorStatus errorStatus(int status) {
        return new ErrorStatus(status);
    }

    /**
     * Status 429 with Retry-After.
     *
     * @param retryAfter when to come back; not negative
     * @return the fault
     * @throws IllegalArgumentException if it is negative
     */
    static TooManyRequests tooManyRequests(Duration retryAfter) {
        return new TooManyRequests(retryAfter);
    }

    /**
     * A redirect to the same address.
     *
     * @return the fault
     */
    static RedirectLoop redirectLoop() {
        return new RedirectLoop();
    }

    /**
     * A small body that becomes huge when it is decompressed.
     *
     * @param bytes its length after decompression; at least 1
     * @return the fault
     * @throws IllegalArgumentException if it is less
     */
    static CompressionBomb compressionBomb(long bytes) {
        return new CompressionBomb(bytes);
    }

    /**
     * The body is said to be compressed and is not.
     *
     * @return the fault
     */
    static WrongContentEncoding wrongContentEncoding() {
        return new WrongContentEncoding();
    }

    /**
     * A kept connection is closed after the answer.
     *
     * @return the fault
     */
    static CloseAfterAnswer closeAfterAnswer() {
        return new CloseAfterAnswer();
    }

    /**
     * A reused connection is reset.
     *
     * @return the fault
     */
    static ResetOnReuse resetOnReuse() {
        return new ResetOnReuse();
    }

    /**
     * The HTTP/2 connection is given up.
     *
     * @return the fault
     */
    static GoAway goAway() {
        return new GoAway();
    }

    /**
     * The HTTP/2 stream is reset.
     *
     * @param errorCode the reason's number; not negative
     * @return the fault
     * @throws IllegalArgumentException if it is negative
     */
    static ResetStream resetStream(int errorCode) {
        return new ResetStream(errorCode);
    }

    /**
     * The HTTP/2 stream is refused before it was processed: error 7, REFUSED_STREAM.
     *
     * @return the fault
     */
    static ResetStream refusedStream() {
        return new ResetStream(7);
    }

    /**
     * Bytes that break the protocol.
     *
     * @return the fault
     */
    static BadFrame badFrame() {
        return new BadFrame();
    }

    /**
     * One of each fault, with usual parameters: what a fire drill goes through. {@link OtherCertificate} is not among
     * them, since it needs a certificate.
     *
     * @return the faults, always in the same order
     */
    static List<HttpFault> catalogue() {
        return List.of(
                refuse(),
                resetOnAccept(),
                silent(),
                hangInHandshake(),
                noCommonCipher(),
                unrecognizedName(),
                oldProtocolOnly(OldProtocol.TLS_1_0),
                noTls(),
                resetBeforeHeaders(),
                resetMidBody(),
                hangBeforeHeaders(),
                hangMidBody(),
                delay(Duration.ofMinutes(1)),
                slowHeaders(8, Duration.ofSeconds(1)),
                slowBody(1, Duration.ofSeconds(5)),
                closeBeforeHeaders(),
                truncatedBody(),
                wrongContentLength(1),
                malformedStatusLine(),
                malformedHeader(),
                endlessHeaders(),
                manyHeaders(5_000),
                oversizedBody(64L << 20),
                endlessBody(),
                errorStatus(500),
                errorStatus(503),
                tooManyRequests(Duration.ofSeconds(30)),
                redirectLoop(),
                compressionBomb(1L << 30),
                wrongContentEncoding(),
                closeAfterAnswer(),
                resetOnReuse(),
                goAway(),
                refusedStream(),
                badFrame());
    }

    private static void requireAtLeastOne(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }

    private static void requirePositive(Duration value, String name) {
        if (Objects.requireNonNull(value, name).isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
