package dev.golive.checks;

import static dev.golive.checks.internal.Given.given;

import dev.golive.checks.internal.tls.ChainJudge;
import dev.golive.checks.internal.tls.HostNames;
import dev.golive.checks.internal.tls.TlsTarget;
import dev.golive.checks.internal.tls.ValidPaths;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Questions about TLS and certificates.
 *
 * <pre>{@code
 * Tls.of("shop.example").covers("www.shop.example").expiresIn(atLeast(days(21)))
 * Tls.of("shop.example").at("203.0.113.10").isValid()
 * Tls.of("mail.shop.example").port(993).refuses(TLS_1_0).refuses(TLS_1_1)
 * Tls.of("db.internal").port(6432).trusting(ourRoot).isValid()
 * }</pre>
 *
 * <p>Whatever is asserted, the default verdict must hold too: what {@link #judge} says of the certificates, for the host
 * asked for and at the instant of the run; revoked certificates fail, as told by a stapled OCSP response or by asking
 * those whom the certificate names, if they answer within a few seconds; a connection without forward secrecy warns.
 *
 * <p>All methods are thread-safe.
 */
public final class Tls {

    private Tls() {}

    /**
     * The TLS of a host on port 443.
     *
     * @param host a host name (internationalized ones in either form) or a literal address
     * @return what assertions are made about
     * @throws NullPointerException if {@code host} is {@code null}
     * @throws IllegalArgumentException if it is neither
     */
    public static TlsProbe of(String host) {
        return new TlsProbe(TlsTarget.of(HostNames.canonical(given(host, "host"), "host")));
    }

    /**
     * Judges a server's certificates without a socket and without a clock.
     *
     * <p>The judgement is stricter than that of a Java runtime: it fails short keys (RSA under 2048 bits, EC under 256),
     * signatures with MD5 or SHA-1 under any root, names that stand in the common name only, and a server's certificate
     * that is one of an authority. It warns of a near end (under 21 days, or a quarter of the lifetime if that is
     * less), a lifetime beyond what the CA/Browser Forum allowed on the day of issue, and a disordered chain. Names are
     * compared as in RFC 9525, paths are validated as in RFC 5280. Revocation is not looked at.
     *
     * @param chain the certificates in the order in which the server sent them, its own first; may be empty
     * @param host the host name or literal address that the server answered for
     * @param at the instant to judge for
     * @param anchors whom to trust; may be empty
     * @return the judgement
     * @throws NullPointerException if an argument is {@code null}
     * @throws IllegalArgumentException if {@code host} is no host name or address
     */
    public static CertificateJudgement judge(
            List<X509Certificate> chain, String host, Instant at, Set<TrustAnchor> anchors) {
        List<X509Certificate> served = List.copyOf(given(chain, "chain"));
        String name = HostNames.canonical(given(host, "host"), "host");
        given(at, "at");
        Set<TrustAnchor> trusted = Set.copyOf(given(anchors, "anchors"));
        return new CertificateJudgement(
                name, at, served, ChainJudge.judge(served, name, at, trusted, true, new ValidPaths(0)));
    }
}
