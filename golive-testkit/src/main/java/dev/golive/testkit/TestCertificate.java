package dev.golive.testkit;

import java.net.IDN;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A server certificate of a {@link TestCa} (RFC 5280), with its private key and the chain that a server would send.
 *
 * <p>A sound one comes from {@link TestCa#leaf}; each option returns another certificate that has that one defect or
 * property more, so that a test reads as what is wrong:
 *
 * <pre>{@code
 * shop.tls(ca.leaf("shop.example", "www.shop.example").expired());
 * shop.tls(ca.leaf("shop.example").missingIntermediate());
 * }</pre>
 *
 * <p>It is issued when its chain or key is first asked for: until then an option costs nothing. Validity is counted
 * from the instant at which {@link TestCa#leaf} was called, in whole seconds. The same seed, the same order of calls and
 * the same options give the same key, serial number and signature.
 *
 * <p>Immutable and thread-safe.
 */
public final class TestCertificate {

    /** What distinguishes a certificate from a sound one and needs no value. */
    enum Trait {
        COMMON_NAME_ONLY,
        SHA1,
        SELF_SIGNED,
        MISSING_INTERMEDIATE,
        DISORDERED,
        WITHOUT_SERVER_AUTH,
        CA_FLAGGED,
        INTERMEDIATE_WITHOUT_CA_FLAG,
        INTERMEDIATE_EXPIRED,
        NAME_CONSTRAINTS_VIOLATED,
        MUST_STAPLE,
        REVOKED
    }

    /** Everything a certificate is made from. */
    record Order(
            int number,
            Instant at,
            List<String> names,
            Instant from,
            Instant until,
            TestKeys.Kind key,
            Set<Trait> traits,
            @Nullable URI ocsp,
            @Nullable URI crl) {

        boolean has(Trait trait) {
            return traits.contains(trait);
        }

        Order with(Trait trait) {
            EnumSet<Trait> more = EnumSet.of(trait);
            more.addAll(traits);
            return new Order(number, at, names, from, until, key, Collections.unmodifiableSet(more), ocsp, crl);
        }

        Order named(List<String> others) {
            return new Order(number, at, others, from, until, key, traits, ocsp, crl);
        }

        Order valid(Instant since, Instant to) {
            return new Order(number, at, names, since, to, key, traits, ocsp, crl);
        }

        Order keyed(TestKeys.Kind other) {
            return new Order(number, at, names, from, until, other, traits, ocsp, crl);
        }

        Order pointing(@Nullable URI ocspUri, @Nullable URI crlUri) {
            return new Order(number, at, names, from, until, key, traits, ocspUri, crlUri);
        }
    }

    /** What issuing gives. */
    record Issued(TestKeys keys, List<X509Certificate> served, List<X509Certificate> path) {}

    private static final Duration ALLOWED_VALIDITY = Duration.ofDays(398);

    private final TestCa ca;
    private final Order order;
    private final Object lock = new Object();
    private @Nullable Issued issued;
    private @Nullable SSLContext context;

    TestCertificate(TestCa ca, Order order) {
        this.ca = ca;
        this.order = order;
    }

    private TestCertificate with(Trait trait) {
        return new TestCertificate(ca, order.with(trait));
    }

    /** Whether it says where to ask whether it is revoked. */
    boolean canBeRevoked() {
        return order.ocsp() != null || order.crl() != null;
    }

    /**
     * The same certificate, whose last day was yesterday.
     *
     * @return another certificate
     */
    public TestCertificate expired() {
        return validBetween(order.at().minus(Duration.ofDays(91)), order.at().minus(Duration.ofDays(1)));
    }

    /**
     * The same certificate, whose first day is tomorrow.
     *
     * @return another certificate
     */
    public TestCertificate notYetValid() {
        return validBetween(order.at().plus(Duration.ofDays(1)), order.at().plus(Duration.ofDays(91)));
    }

    /**
     * The same certificate, which ends that long after it was ordered.
     *
     * @param left how long it is still valid; positive, at least a second
     * @return another certificate
     * @throws IllegalArgumentException if {@code left} is shorter than a second
     */
    public TestCertificate expiresIn(Duration left) {
        Objects.requireNonNull(left, "left");
        if (left.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("left must be at least a second, was " + left);
        }
        return validBetween(order.from(), order.at().plus(left));
    }

    /**
     * The same certificate, valid between two instants, in whole seconds. A stock JSSE client judges by the machine's
     * clock: in virtual time choose a span that covers both.
     *
     * @param from the first instant at which it is valid
     * @param until the last instant at which it is valid; after {@code from}
     * @return another certificate
     * @throws IllegalArgumentException if {@code until} is not after {@code from}
     */
    public TestCertificate validBetween(Instant from, Instant until) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("until must be after from (" + from + "), was " + until);
        }
        return new TestCertificate(ca, order.valid(from, until));
    }

    /**
     * The same certificate, valid for five years: longer than the 398 days that browsers accept.
     *
     * @return another certificate
     */
    public TestCertificate overlongValidity() {
        return validBetween(order.from(), order.from().plus(ALLOWED_VALIDITY).plus(Duration.ofDays(1_428)));
    }

    /**
     * The same certificate for other names than the ones it is served for: a certificate that does not fit its host.
     *
     * @param name a host name (also a wildcard, or internationalized) or an IP address
     * @param more further names
     * @return another certificate
     * @throws IllegalArgumentException if a name is blank
     */
    public TestCertificate forNames(String name, String... more) {
        return new TestCertificate(ca, order.named(names(name, more)));
    }

    /**
     * The same certificate, with its name in the subject's common name only and without a subject alternative name, as
     * RFC 9525 no longer allows.
     *
     * @return another certificate
     */
    public TestCertificate commonNameOnly() {
        return with(Trait.COMMON_NAME_ONLY);
    }

    /**
     * The same certificate on an RSA key of 1,024 bits.
     *
     * @return another certificate
     */
    public TestCertificate weakKey() {
        return rsa(1_024);
    }

    /**
     * The same certificate on an RSA key. Making one of 2,048 bits takes some 100 ms.
     *
     * @param bits the size of the modulus; 512 to 8,192
     * @return another certificate
     * @throws IllegalArgumentException if {@code bits} is out of range
     */
    public TestCertificate rsa(int bits) {
        return new TestCertificate(ca, order.keyed(TestKeys.Kind.rsa(bits)));
    }

    /**
     * The same certificate on a key of another elliptic curve than P-256.
     *
     * @param curve the curve's name, for example {@code P-384}
     * @return another certificate
     * @throws IllegalArgumentException if there is no such curve
     */
    public TestCertificate ec(String curve) {
        return new TestCertificate(ca, order.keyed(TestKeys.Kind.ec(Objects.requireNonNull(curve, "curve"))));
    }

    /**
     * The same certificate, signed with SHA-1.
     *
     * @return another certificate
     */
    public TestCertificate sha1Signature() {
        return with(Trait.SHA1);
    }

    /**
     * The same certificate, signed by its own key instead of by the authority.
     *
     * @return another certificate
     */
    public TestCertificate selfSigned() {
        return with(Trait.SELF_SIGNED);
    }

    /**
     * The same certificate, served without the intermediate certificate that links it to the root.
     *
     * @return another certificate
     */
    public TestCertificate missingIntermediate() {
        return with(Trait.MISSING_INTERMEDIATE);
    }

    /**
     * The same certificate, served with the root before the intermediate certificate instead of in issuing order.
     *
     * @return another certificate
     */
    public TestCertificate disorderedChain() {
        return with(Trait.DISORDERED);
    }

    /**
     * The same certificate, whose extended key usage allows clients only.
     *
     * @return another certificate
     */
    public TestCertificate withoutServerAuth() {
        return with(Trait.WITHOUT_SERVER_AUTH);
    }

    /**
     * The same certificate, which calls itself a certificate authority.
     *
     * @return another certificate
     */
    public TestCertificate caFlagged() {
        return with(Trait.CA_FLAGGED);
    }

    /**
     * The same certificate, issued by an intermediate certificate that is not marked as an authority.
     *
     * @return another certificate
     */
    public TestCertificate intermediateWithoutCaFlag() {
        return with(Trait.INTERMEDIATE_WITHOUT_CA_FLAG);
    }

    /**
     * The same certificate, issued by an intermediate certificate whose last day was yesterday.
     *
     * @return another certificate
     */
    public TestCertificate intermediateExpired() {
        return with(Trait.INTERMEDIATE_EXPIRED);
    }

    /**
     * The same certificate, issued by an intermediate certificate that may only issue for {@code constrained.invalid}.
     *
     * @return another certificate
     */
    public TestCertificate nameConstraintsViolated() {
        return with(Trait.NAME_CONSTRAINTS_VIOLATED);
    }

    /**
     * The same certificate, which demands a stapled OCSP response (RFC 7633). The fake's TLS never staples one: JSSE
     * does so only by a setting of the whole JVM, which a library must not touch. {@link TestCa#ocspResponse} gives the
     * bytes that would be stapled.
     *
     * @return another certificate
     */
    public TestCertificate mustStaple() {
        return with(Trait.MUST_STAPLE);
    }

    /**
     * The same certificate, which the authority has revoked (reason: key compromise).
     *
     * @return another certificate
     */
    public TestCertificate revoked() {
        return with(Trait.REVOKED);
    }

    /**
     * The same certificate, which says where to ask for its status (RFC 6960).
     *
     * @param responder the responder's address, usually {@link RevocationFake#ocsp()}
     * @return another certificate
     */
    public TestCertificate withOcsp(URI responder) {
        return new TestCertificate(ca, order.pointing(Objects.requireNonNull(responder, "responder"), order.crl()));
    }

    /**
     * The same certificate, which says where the authority's revocation list is.
     *
     * @param list the list's address, usually {@link RevocationFake#crl()}
     * @return another certificate
     */
    public TestCertificate withCrl(URI list) {
        return new TestCertificate(ca, order.pointing(order.ocsp(), Objects.requireNonNull(list, "list")));
    }

    /**
     * The names it is issued for, internationalized ones in their ASCII form.
     *
     * @return the names; at least one
     */
    public List<String> names() {
        return order.names();
    }

    /**
     * The server's own certificate.
     *
     * @return the first certificate of the chain
     */
    public X509Certificate certificate() {
        return issued().path().get(0);
    }

    /**
     * The certificates that a server sends, in the order in which it sends them.
     *
     * @return the served chain; usually the certificate and the intermediate, without the root
     */
    public List<X509Certificate> chain() {
        return issued().served();
    }

    /**
     * The certificates from the server's own to the root, whatever a server sends of them.
     *
     * @return the whole path in issuing order; one certificate if it is self-signed
     */
    public List<X509Certificate> path() {
        return issued().path();
    }

    /**
     * The private key of the certificate.
     *
     * @return the private key
     */
    public PrivateKey privateKey() {
        return issued().keys().privateKey();
    }

    /**
     * A TLS context of the JDK's own provider for a server with this certificate. It is made once and shared, so that
     * sessions are resumed across connections.
     *
     * @return the context
     */
    public SSLContext serverContext() {
        Issued now = issued();
        synchronized (lock) {
            if (context == null) {
                try {
                    SSLContext made = SSLContext.getInstance("TLS");
                    made.init(new KeyManager[] {new OneKey(now)}, null, null);
                    context = made;
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("cannot set up TLS with " + this, e);
                }
            }
            return context;
        }
    }

    private Issued issued() {
        synchronized (lock) {
            if (issued == null) {
                issued = ca.issue(order);
            }
            return issued;
        }
    }

    static List<String> names(String name, String... more) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(more, "more");
        String[] all = new String[more.length + 1];
        all[0] = name;
        System.arraycopy(more, 0, all, 1, more.length);
        for (int i = 0; i < all.length; i++) {
            if (Objects.requireNonNull(all[i], "name").isBlank()) {
                throw new IllegalArgumentException("name must be a host name or an IP address, was blank");
            }
            all[i] = all[i].indexOf(':') >= 0 ? all[i] : IDN.toASCII(all[i]);
        }
        return List.of(all);
    }

    /**
     * The certificate in words.
     *
     * @return its names and what is special about it
     */
    @Override
    public String toString() {
        return "certificate for " + String.join(", ", order.names()) + ", valid from " + order.from() + " until "
                + order.until() + (order.traits().isEmpty() ? "" : ", " + order.traits());
    }

    /**
     * Gives JSSE exactly the chain that was ordered. A key store would refuse a chain that is out of order.
     */
    private static final class OneKey extends X509ExtendedKeyManager {

        private static final String ALIAS = "server";

        private final Issued issued;

        OneKey(Issued issued) {
            this.issued = issued;
        }

        private @Nullable String alias(String keyType) {
            // JSSE asks for EC, RSA, RSASSA-PSS and others in turn and goes on until one fits.
            return keyType.equals(issued.keys().isRsa() ? "RSA" : "EC") ? ALIAS : null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return alias(keyType) == null ? null : new String[] {ALIAS};
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return alias(keyType);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return alias(keyType);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return issued.served().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return issued.keys().privateKey();
        }
    }
}
