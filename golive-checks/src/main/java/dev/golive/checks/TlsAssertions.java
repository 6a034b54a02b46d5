package dev.golive.checks;

import static dev.golive.checks.internal.Given.given;
import static dev.golive.checks.internal.Given.text;

import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.checks.internal.tls.HostNames;
import dev.golive.checks.internal.tls.TlsClaim;
import dev.golive.checks.internal.tls.TlsClaims;
import java.time.Duration;

/**
 * What can be asserted about a server's TLS. Each method gives a new {@link TlsCheck} with one assertion more; all must
 * hold, and so must the default verdict that {@link Tls} describes.
 *
 * <p>Immutable and thread-safe.
 */
public abstract sealed class TlsAssertions permits TlsProbe, TlsCheck {

    TlsAssertions() {}

    abstract TlsCheck and(TlsClaim claim);

    /**
     * The default verdict and nothing more.
     *
     * @return a check
     */
    public TlsCheck isValid() {
        return and(TlsClaims.valid());
    }

    /**
     * The certificate is for another host too.
     *
     * @param host a host name or literal address
     * @param more further ones
     * @return a check
     * @throws IllegalArgumentException if one of them is neither
     */
    public TlsCheck covers(String host, String... more) {
        TlsCheck check = and(TlsClaims.covers(HostNames.canonical(given(host, "host"), "host")));
        for (String one : given(more, "more")) {
            check = check.and(TlsClaims.covers(HostNames.canonical(given(one, "more"), "more")));
        }
        return check;
    }

    /**
     * How long clients will accept the certificates: until the first on the verified path ends. Replaces the default
     * warning of a near end.
     *
     * @param left the time left, for example {@code atLeast(days(21))}
     * @return a check
     */
    public TlsCheck expiresIn(Expectation<Duration> left) {
        return and(TlsClaims.expiresIn(given(left, "left")));
    }

    /**
     * How long the server's own certificate is still valid. Replaces the default warning of a near end.
     *
     * @param left the time left, for example {@code atLeast(days(21))}
     * @return a check
     */
    public TlsCheck leafExpiresIn(Expectation<Duration> left) {
        return and(TlsClaims.leafExpiresIn(given(left, "left")));
    }

    /**
     * How long everything that the server sends is still valid, needed or not. Replaces the default warning of a near
     * end.
     *
     * @param left the time left, for example {@code atLeast(days(21))}
     * @return a check
     */
    public TlsCheck servedChainExpiresIn(Expectation<Duration> left) {
        return and(TlsClaims.servedExpiresIn(given(left, "left")));
    }

    /**
     * Who issued the certificate.
     *
     * @param name the common name or the organisation of the issuer, for example {@code "Let's Encrypt"}
     * @return a check
     */
    public TlsCheck issuedBy(String name) {
        return issuedBy(Expect.is(text(name, "name")));
    }

    /**
     * Who issued the certificate.
     *
     * @param name what the common name or the organisation of the issuer should be
     * @return a check
     */
    public TlsCheck issuedBy(Expectation<String> name) {
        return and(TlsClaims.issuer(given(name, "name")));
    }

    /**
     * What kind of key the certificate has.
     *
     * @param type {@code RSA}, {@code EC}, {@code Ed25519} or another name of the JDK
     * @return a check
     */
    public TlsCheck keyType(String type) {
        return keyType(Expect.is(text(type, "type")));
    }

    /**
     * What kind of key the certificate has.
     *
     * @param type what it should be: {@code RSA}, {@code EC}, {@code Ed25519} or another name of the JDK
     * @return a check
     */
    public TlsCheck keyType(Expectation<String> type) {
        return and(TlsClaims.keyType(given(type, "type")));
    }

    /**
     * How long the key of the certificate is.
     *
     * @param bits the size in bits
     * @return a check
     */
    public TlsCheck keySize(Expectation<Integer> bits) {
        return and(TlsClaims.keyBits(given(bits, "bits")));
    }

    /**
     * How the certificate is signed.
     *
     * @param algorithm the algorithm under its name in the JDK, for example {@code SHA256withRSA}
     * @return a check
     */
    public TlsCheck signature(String algorithm) {
        return signature(Expect.is(text(algorithm, "algorithm")));
    }

    /**
     * How the certificate is signed.
     *
     * @param algorithm what it should be, under its name in the JDK, for example {@code SHA256withRSA}
     * @return a check
     */
    public TlsCheck signature(Expectation<String> algorithm) {
        return and(TlsClaims.signature(given(algorithm, "algorithm")));
    }

    /**
     * The server speaks a version; asked on a connection of its own.
     *
     * @param version the version
     * @return a check
     */
    public TlsCheck offers(TlsVersion version) {
        return and(TlsClaims.offers(given(version, "version")));
    }

    /**
     * The server does not speak a version; asked on a connection of its own.
     *
     * @param version the version
     * @return a check
     */
    public TlsCheck refuses(TlsVersion version) {
        return and(TlsClaims.refuses(given(version, "version")));
    }

    /**
     * The server speaks no version before this one; asked on a connection for each of them.
     *
     * @param least the oldest version that it may speak
     * @return a check
     */
    public TlsCheck protocolAtLeast(TlsVersion least) {
        return and(TlsClaims.atLeast(given(least, "least")));
    }

    /**
     * The server accepts no cipher suite without forward secrecy; asked on a few connections of its own.
     *
     * @return a check
     */
    public TlsCheck forwardSecrecy() {
        return and(TlsClaims.forwardSecrecy());
    }

    /**
     * The server accepts nothing that a level does not allow; asked on some ten connections of its own.
     *
     * @param level the level
     * @return a check
     */
    public TlsCheck level(TlsLevel level) {
        return and(TlsClaims.level(given(level, "level")));
    }

    /**
     * The server speaks a protocol over TLS (ALPN, RFC 7301). Nothing else is offered to it; without this assertion,
     * ALPN is not used at all.
     *
     * @param name the name of the protocol, for example {@code h2}
     * @return a check
     * @throws IllegalArgumentException if the name is blank, or a protocol was named before
     */
    public TlsCheck applicationProtocol(String name) {
        return and(TlsClaims.applicationProtocol(text(name, "name")));
    }

    /**
     * The server staples an OCSP response (RFC 6066 section 8) that is fresh, signed by the issuer, and about this
     * certificate.
     *
     * @return a check
     */
    public TlsCheck stapled() {
        return and(TlsClaims.stapled());
    }

    /**
     * The certificate is known not to be revoked: by the stapled response, by an OCSP responder, or by a revocation list,
     * in this order. Unknown if nobody could be asked. The default verdict asks too, for a few seconds, but minds only
     * the answer that it is revoked.
     *
     * @return a check
     */
    public TlsCheck notRevoked() {
        return and(TlsClaims.notRevoked());
    }
}
