package dev.golive.testkit;

import dev.golive.testkit.TestCertificate.Issued;
import dev.golive.testkit.TestCertificate.Order;
import dev.golive.testkit.TestCertificate.Trait;
import dev.golive.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority for tests (RFC 5280): a root, an intermediate, and server certificates in every state of
 * repair.
 *
 * <pre>{@code
 * TestCa ca = TestCa.create(time);
 * shop.tls(ca.leaf("shop.example", "www.shop.example"));
 * HttpClient client = HttpClient.newBuilder().sslContext(ca.clientContext()).build();
 * }</pre>
 *
 * <ul>
 *   <li>Keys are P-256 unless told otherwise.
 *   <li>Nothing of the JVM is changed: no provider is registered, and nobody trusts the root who was not given it.
 *   <li>With a seed, keys, serial numbers and signatures are the same in every run, as far as the order of calls is.
 *   <li>Root and intermediate are valid from five years before their making to twenty years after.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class TestCa {

    private static final Duration CA_SINCE = Duration.ofDays(5 * 365);
    private static final Duration CA_LEFT = Duration.ofDays(20 * 365);
    private static final Duration LEAF_SINCE = Duration.ofDays(1);
    private static final Duration LEAF_LEFT = Duration.ofDays(89);
    private static final ASN1ObjectIdentifier TLS_FEATURE = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24");
    private static final int STATUS_REQUEST = 5;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Someone who signs certificates. */
    record Authority(X500Name name, TestKeys keys, X509CertificateHolder holder, X509Certificate certificate) {}

    /** What the authority remembers of a certificate that it issued. */
    record Entry(BigInteger serial, @Nullable Instant revokedAt) {}

    private final TimeSource time;
    private final byte[] seed;
    private final TestKeys.Kind kind;
    private final Instant created;
    private final Authority root;
    private final Authority intermediate;
    private final Map<Trait, Authority> oddIntermediates = new HashMap<>();
    private final Map<BigInteger, Entry> entries = new HashMap<>();
    private final AtomicInteger orders = new AtomicInteger();

    private TestCa(TimeSource time, byte[] seed, TestKeys.Kind kind) {
        this.time = time;
        this.seed = seed;
        this.kind = kind;
        this.created = time.now().truncatedTo(ChronoUnit.SECONDS);
        this.root = authority("golive test root", null, null);
        this.intermediate = authority("golive test intermediate", root, null);
    }

    /**
     * An authority whose keys differ each time.
     *
     * @param time tells what is now for validity, revocation and responses
     * @return a new authority
     */
    public static TestCa create(TimeSource time) {
        return new TestCa(Objects.requireNonNull(time, "time"), SecureRandom.getSeed(Long.BYTES), TestKeys.Kind.P256);
    }

    /**
     * An authority whose keys, serial numbers and signatures follow from a seed.
     *
     * @param time tells what is now for validity, revocation and responses
     * @param seed the seed; the same one gives the same keys
     * @return a new authority
     */
    public static TestCa create(TimeSource time, long seed) {
        return new TestCa(
                Objects.requireNonNull(time, "time"),
                ByteBuffer.allocate(Long.BYTES).putLong(seed).array(),
                TestKeys.Kind.P256);
    }

    /**
     * Another authority, with RSA keys of its own for root and intermediate. Making them takes some 100 ms at 2,048
     * bits.
     *
     * @param bits the size of the modulus; 512 to 8,192
     * @return a new authority that shares nothing with this one but seed and time source
     * @throws IllegalArgumentException if {@code bits} is out of range
     */
    public TestCa rsa(int bits) {
        return new TestCa(time, seed, TestKeys.Kind.rsa(bits));
    }

    /**
     * A sound server certificate: P-256, valid since yesterday and for 89 days more, served with the intermediate.
     *
     * @param name a host name (also a wildcard, or internationalized) or an IP address
     * @param more further names
     * @return the certificate, to which options can be added
     * @throws IllegalArgumentException if a name is blank
     */
    public TestCertificate leaf(String name, String... more) {
        Instant now = time.now().truncatedTo(ChronoUnit.SECONDS);
        return new TestCertificate(
                this,
                new Order(
                        orders.incrementAndGet(),
                        now,
                        TestCertificate.names(name, more),
                        now.minus(LEAF_SINCE),
                        now.plus(LEAF_LEFT),
                        TestKeys.Kind.P256,
                        Set.of(),
                        null,
                        null));
    }

    /**
     * The root certificate.
     *
     * @return the self-signed root
     */
    public X509Certificate root() {
        return root.certificate();
    }

    /**
     * The certificate that issues the server certificates.
     *
     * @return the intermediate, issued by the root
     */
    public X509Certificate intermediate() {
        return intermediate.certificate();
    }

    /**
     * What somebody trusts who trusts this authority.
     *
     * @return the root as the only trust anchor
     */
    public Set<TrustAnchor> anchors() {
        return Set.of(new TrustAnchor(root.certificate(), null));
    }

    /**
     * A TLS context of the JDK's own provider for a client that trusts this authority and nobody else. It judges
     * validity by the machine's clock.
     *
     * @return a new context
     */
    public SSLContext clientContext() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("root", root.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot set up a client's TLS", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make an empty key store", e);
        }
    }

    /**
     * Revokes a certificate now (reason: key compromise). Revoking it again has no effect.
     *
     * @param certificate a certificate of this authority
     * @throws IllegalArgumentException if the certificate is of another authority
     */
    public void revoke(TestCertificate certificate) {
        BigInteger serial =
                Objects.requireNonNull(certificate, "certificate").certificate().getSerialNumber();
        synchronized (entries) {
            Entry entry = entries.get(serial);
            if (entry == null) {
                throw new IllegalArgumentException("certificate must be one of this authority, was " + certificate);
            }
            if (entry.revokedAt() == null) {
                entries.put(serial, new Entry(serial, time.now().truncatedTo(ChronoUnit.SECONDS)));
            }
        }
    }

    /**
     * An OCSP response (RFC 6960) about a certificate, as a responder would send it and a server would staple it.
     *
     * @param certificate the certificate asked about
     * @param answer what to answer
     * @return the response, DER
     */
    public byte[] ocspResponse(TestCertificate certificate, RevocationFake.Ocsp answer) {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(answer, "answer");
        return new TestOcsp(this).respond(certificate.certificate().getSerialNumber(), answer);
    }

    /**
     * The revocation list of the intermediate (RFC 5280, section 5).
     *
     * @param answer what kind of list to make
     * @return the list, DER
     */
    public byte[] crl(RevocationFake.Crl answer) {
        return new TestOcsp(this).list(Objects.requireNonNull(answer, "answer"));
    }

    Authority issuer() {
        return intermediate;
    }

    Instant now() {
        return time.now().truncatedTo(ChronoUnit.SECONDS);
    }

    TimeSource time() {
        return time;
    }

    @Nullable
    Entry entry(BigInteger serial) {
        synchronized (entries) {
            return entries.get(serial);
        }
    }

    /** All revoked certificates, by serial number so that the list is the same each time. */
    List<Entry> revoked() {
        synchronized (entries) {
            return entries.values().stream()
                    .filter(entry -> entry.revokedAt() != null)
                    .sorted((a, b) -> a.serial().compareTo(b.serial()))
                    .toList();
        }
    }

    Issued issue(Order order) {
        String label = "leaf " + order.number() + order.names() + order.key() + order.traits();
        SecureRandom random = TestKeys.random(seed, label);
        TestKeys keys = TestKeys.of(order.key(), seed, label);
        BigInteger serial = serial(random);
        X500Name subject = name(order.names().get(0));
        Authority issuer = issuerOf(order);
        boolean selfSigned = order.has(Trait.SELF_SIGNED);
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                selfSigned ? subject : issuer.name(),
                serial,
                Date.from(order.from()),
                Date.from(order.until()),
                subject,
                keys.publicKey());
        try {
            describe(builder, order, keys, selfSigned ? null : issuer);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode an extension of " + order, e);
        }
        TestKeys.Hash hash = order.has(Trait.SHA1) ? TestKeys.Hash.SHA1 : TestKeys.Hash.SHA256;
        ContentSigner signer = (selfSigned ? keys : issuer.keys()).signer(hash);
        X509Certificate leaf = parse(builder.build(signer));
        synchronized (entries) {
            entries.put(serial, new Entry(serial, order.has(Trait.REVOKED) ? order.at() : null));
        }
        if (selfSigned) {
            return new Issued(keys, List.of(leaf), List.of(leaf));
        }
        List<X509Certificate> served = new ArrayList<>(List.of(leaf));
        if (order.has(Trait.DISORDERED)) {
            served.add(root.certificate());
        }
        if (!order.has(Trait.MISSING_INTERMEDIATE)) {
            served.add(issuer.certificate());
        }
        return new Issued(keys, List.copyOf(served), List.of(leaf, issuer.certificate(), root.certificate()));
    }

    private static void describe(
            X509v3CertificateBuilder builder, Order order, TestKeys keys, @Nullable Authority issuer)
            throws IOException {
        BcX509ExtensionUtils ids = new BcX509ExtensionUtils();
        int usage = KeyUsage.digitalSignature | (keys.isRsa() ? KeyUsage.keyEncipherment : 0);
        if (order.has(Trait.CA_FLAGGED)) {
            usage |= KeyUsage.keyCertSign;
        }
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(order.has(Trait.CA_FLAGGED)));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(
                        order.has(Trait.WITHOUT_SERVER_AUTH)
                                ? KeyPurposeId.id_kp_clientAuth
                                : KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.publicKey()));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                ids.createAuthorityKeyIdentifier(
                        issuer == null ? keys.publicKey() : issuer.keys().publicKey()));
        if (!order.has(Trait.COMMON_NAME_ONLY)) {
            GeneralName[] names =
                    order.names().stream().map(TestCa::generalName).toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        URI ocsp = order.ocsp();
        if (ocsp != null) {
            builder.addExtension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, uri(ocsp)));
        }
        URI crl = order.crl();
        if (crl != null) {
            DistributionPointName where = new DistributionPointName(new GeneralNames(uri(crl)));
            builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(where, null, null)
            }));
        }
        if (order.has(Trait.MUST_STAPLE)) {
            ASN1EncodableVector features = new ASN1EncodableVector();
            features.add((ASN1Encodable) new ASN1Integer(STATUS_REQUEST));
            builder.addExtension(TLS_FEATURE, false, new DERSequence(features));
        }
    }

    private Authority issuerOf(Order order) {
        for (Trait odd : List.of(
                Trait.INTERMEDIATE_WITHOUT_CA_FLAG, Trait.INTERMEDIATE_EXPIRED, Trait.NAME_CONSTRAINTS_VIOLATED)) {
            if (order.has(odd)) {
                synchronized (oddIntermediates) {
                    return oddIntermediates.computeIfAbsent(
                            odd, trait -> authority("golive test " + title(trait), root, trait));
                }
            }
        }
        return intermediate;
    }

    private static String title(Trait trait) {
        return switch (trait) {
            case INTERMEDIATE_WITHOUT_CA_FLAG -> "intermediate that is no CA";
            case INTERMEDIATE_EXPIRED -> "expired intermediate";
            default -> "constrained intermediate";
        };
    }

    private Authority authority(String commonName, @Nullable Authority issuer, @Nullable Trait odd) {
        String label = "authority " + commonName + " " + kind;
        SecureRandom random = TestKeys.random(seed, label);
        TestKeys keys = TestKeys.of(kind, seed, label);
        X500Name name = name(commonName);
        Instant until = odd == Trait.INTERMEDIATE_EXPIRED ? created.minus(Duration.ofDays(1)) : created.plus(CA_LEFT);
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer == null ? name : issuer.name(),
                serial(random),
                Date.from(created.minus(CA_SINCE)),
                Date.from(until),
                name,
                keys.publicKey());
        BcX509ExtensionUtils ids = new BcX509ExtensionUtils();
        try {
            BasicConstraints constraints = issuer == null ? new BasicConstraints(true) : new BasicConstraints(0);
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    odd == Trait.INTERMEDIATE_WITHOUT_CA_FLAG ? new BasicConstraints(false) : constraints);
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
            if (odd == Trait.NAME_CONSTRAINTS_VIOLATED) {
                GeneralName only = new GeneralName(GeneralName.dNSName, "constrained.invalid");
                builder.addExtension(
                        Extension.nameConstraints,
                        true,
                        new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(only)}, null));
            }
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.publicKey()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    ids.createAuthorityKeyIdentifier((issuer == null ? keys : issuer.keys()).publicKey()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode an extension of " + commonName, e);
        }
        X509CertificateHolder holder =
                builder.build((issuer == null ? keys : issuer.keys()).signer(TestKeys.Hash.SHA256));
        return new Authority(name, keys, holder, parse(holder));
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "golive testkit")
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static GeneralName generalName(String name) {
        boolean address = name.indexOf(':') >= 0 || IPV4.matcher(name).matches();
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static GeneralName uri(URI uri) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, uri.toString());
    }

    /** 127 random bits: positive, and too many to meet by chance. */
    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(127, random).setBit(126);
    }

    private static X509Certificate parse(X509CertificateHolder holder) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot read the certificate of " + holder.getSubject(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode the certificate of " + holder.getSubject(), e);
        }
    }
}
