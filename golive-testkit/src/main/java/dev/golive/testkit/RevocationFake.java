package dev.golive.testkit;

import dev.golive.time.TimeSource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Tells on loopback which certificates of a {@link TestCa} are revoked: an OCSP responder (RFC 6960, by GET and by POST)
 * and a certificate revocation list (RFC 5280).
 *
 * <pre>{@code
 * try (RevocationFake revocation = RevocationFake.start(time, ca)) {
 *     TestCertificate leaf = ca.leaf("shop.example").withOcsp(revocation.ocsp()).withCrl(revocation.crl());
 *     ca.revoke(leaf);
 *     revocation.answering(RevocationFake.Ocsp.TRY_LATER);
 * }
 * }</pre>
 *
 * <p>A responder that cannot be reached, or hangs, is a fault of {@link #http()}, as of any other server.
 *
 * <p>Thread-safe.
 */
public final class RevocationFake implements AutoCloseable {

    /** What the responder answers. */
    public enum Ocsp {
        /** What the authority knows: good, revoked, or unknown. */
        BY_STATUS,
        /** Good, whatever the authority knows. */
        GOOD,
        /** Revoked an hour ago, whatever the authority knows. */
        REVOKED,
        /** Unknown, whatever the authority knows. */
        UNKNOWN,
        /** What the authority knows, in a response whose next update is eight days ago. */
        STALE,
        /** What the authority knows, with a signature that does not fit. */
        BAD_SIGNATURE,
        /** What the authority knows, about another serial number than the one asked about. */
        OTHER_SERIAL,
        /** An unsigned refusal: try later. */
        TRY_LATER,
        /** An unsigned refusal: internal error. */
        INTERNAL_ERROR,
        /** An unsigned refusal: the responder does not answer for this certificate or client. */
        UNAUTHORIZED,
        /** Bytes that are no OCSP response. */
        GARBAGE
    }

    /** What kind of revocation list is served. */
    public enum Crl {
        /** What the authority knows. */
        BY_STATUS,
        /** What the authority knows, in a list whose next update is eight days ago. */
        STALE,
        /** What the authority knows, with a signature that does not fit. */
        BAD_SIGNATURE,
        /** Bytes that are no revocation list. */
        GARBAGE
    }

    private final HttpFake http;
    private volatile Ocsp ocspAnswer = Ocsp.BY_STATUS;
    private volatile Crl crlAnswer = Crl.BY_STATUS;

    private RevocationFake(TimeSource time, TestCa ca) {
        TestOcsp ocsp = new TestOcsp(ca);
        this.http = HttpFake.start(time);
        http.post("/ocsp").reply(request -> response(ocsp.respond(request.body(), ocspAnswer)));
        http.get("/ocsp/*").reply(request -> {
            // Base64 has a plus, which URL decoding takes for a space unless the client has escaped it.
            String escaped = request.path().substring("/ocsp/".length()).replace("+", "%2B");
            try {
                String encoded = URLDecoder.decode(escaped, StandardCharsets.US_ASCII);
                return response(ocsp.respond(Base64.getDecoder().decode(encoded), ocspAnswer));
            } catch (IllegalArgumentException e) {
                return Reply.text(400, "the path is not the Base64 of an OCSP request: " + e.getMessage());
            }
        });
        http.get("/crl").reply(request -> Reply.bytes(200, "application/pkix-crl", ocsp.list(crlAnswer)));
    }

    /**
     * Starts a responder that tells what the authority knows.
     *
     * @param time the time source of the server
     * @param ca the authority
     * @return a running responder
     */
    public static RevocationFake start(TimeSource time, TestCa ca) {
        return new RevocationFake(Objects.requireNonNull(time, "time"), Objects.requireNonNull(ca, "ca"));
    }

    private static Reply response(byte[] der) {
        return Reply.bytes(200, "application/ocsp-response", der);
    }

    /**
     * Answers questions about a status like this from now on.
     *
     * @param answer what to answer
     * @return this
     */
    public RevocationFake answering(Ocsp answer) {
        this.ocspAnswer = Objects.requireNonNull(answer, "answer");
        return this;
    }

    /**
     * Serves this kind of revocation list from now on.
     *
     * @param answer what kind of list
     * @return this
     */
    public RevocationFake listing(Crl answer) {
        this.crlAnswer = Objects.requireNonNull(answer, "answer");
        return this;
    }

    /**
     * Where the responder is, for {@link TestCertificate#withOcsp}.
     *
     * @return its address
     */
    public URI ocsp() {
        return http.uri("/ocsp");
    }

    /**
     * Where the revocation list is, for {@link TestCertificate#withCrl}.
     *
     * @return its address
     */
    public URI crl() {
        return http.uri("/crl");
    }

    /**
     * The server underneath: what it was asked, and its faults.
     *
     * @return the server
     */
    public HttpFake http() {
        return http;
    }

    /** Stops the responder. */
    @Override
    public void close() {
        http.close();
    }
}
