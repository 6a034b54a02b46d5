package dev.golive.checks.internal.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
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
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate with its key, issued for a test; every oddity can be asked for. */
record Issued(
        X509Certificate certificate, KeyPair keys, @Nullable Issued issuer) {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();

    /** From this certificate up to the root, without the root. */
    List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>();
        for (Issued one = this; one != null && one.issuer != null; one = one.issuer) {
            chain.add(one.certificate);
        }
        return chain;
    }

    TrustAnchor anchor() {
        return new TrustAnchor(certificate, null);
    }

    static Draft root(String name) {
        return new Draft(name, null).ca(-1).days(-1000, 3650);
    }

    Draft intermediate(String name) {
        return new Draft(name, this).ca(-1).days(-500, 1000);
    }

    Draft server(String... names) {
        return new Draft(names.length == 0 ? "nameless" : names[0], this).names(names);
    }

    /** A certificate being made. */
    static final class Draft {
        private final String name;
        private final @Nullable Issued issuer;
        private final Map<ASN1ObjectIdentifier, ASN1Encodable> extensions = new HashMap<>();
        private Instant from = NOW.minus(Duration.ofDays(20));
        private Instant until = NOW.plus(Duration.ofDays(60)).minusSeconds(1);
        private String key = "EC secp256r1";
        private @Nullable String signature;
        private @Nullable KeyPair signer;

        Draft(String name, @Nullable Issued issuer) {
            this.name = name;
            this.issuer = issuer;
        }

        Draft ca(int pathLength) {
            extensions.put(
                    Extension.basicConstraints,
                    pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength));
            extensions.put(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return this;
        }

        Draft names(String... names) {
            List<GeneralName> all = new ArrayList<>();
            for (String one : names) {
                boolean address = one.matches("[0-9.]+|.*:.*");
                all.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, one));
            }
            if (names.length > 0) {
                extensions.put(Extension.subjectAlternativeName, new GeneralNames(all.toArray(GeneralName[]::new)));
            }
            return this;
        }

        Draft days(long fromNow, long untilNow) {
            return lasting(NOW.plus(Duration.ofDays(fromNow)), NOW.plus(Duration.ofDays(untilNow)));
        }

        Draft lasting(Instant newFrom, Instant newUntil) {
            from = newFrom;
            until = newUntil;
            return this;
        }

        /** "RSA 2048" or "EC secp256r1". */
        Draft key(String newKey) {
            key = newKey;
            return this;
        }

        Draft signature(String algorithm) {
            signature = algorithm;
            return this;
        }

        /** Signed with another key than that of the issuer it names. */
        Draft forgedBy(KeyPair other) {
            signer = other;
            return this;
        }

        Draft with(ASN1ObjectIdentifier id, ASN1Encodable value) {
            extensions.put(id, value);
            return this;
        }

        Draft without(ASN1ObjectIdentifier id) {
            extensions.remove(id);
            return this;
        }

        Draft usage(KeyPurposeId... purposes) {
            return with(Extension.extendedKeyUsage, new ExtendedKeyUsage(purposes));
        }

        Draft publishedAt(String issuerUrl) {
            return with(
                    Extension.authorityInfoAccess,
                    new AuthorityInformationAccess(
                            AccessDescription.id_ad_caIssuers,
                            new GeneralName(GeneralName.uniformResourceIdentifier, issuerUrl)));
        }

        Draft ocsp(String url) {
            return with(
                    Extension.authorityInfoAccess,
                    new AuthorityInformationAccess(
                            AccessDescription.id_ad_ocsp, new GeneralName(GeneralName.uniformResourceIdentifier, url)));
        }

        Draft crl(String url) {
            return with(Extension.cRLDistributionPoints, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(
                        new DistributionPointName(
                                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url))),
                        null,
                        null)
            }));
        }

        Issued issue() {
            try {
                KeyPair keys = key.startsWith("new ") ? generate(key.substring(4)) : keys(key, name);
                KeyPair signing = signer != null ? signer : issuer == null ? keys : issuer.keys;
                String algorithm = signature != null
                        ? signature
                        : signing.getPublic().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
                X500Name subject = new X500Name(name.isEmpty() ? "" : "CN=" + name.replace(",", "\\,"));
                X500Name by = issuer == null
                        ? subject
                        : X500Name.getInstance(
                                issuer.certificate.getSubjectX500Principal().getEncoded());
                X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        by,
                        BigInteger.valueOf(SERIAL.getAndIncrement()),
                        Date.from(from),
                        Date.from(until),
                        subject,
                        keys.getPublic());
                for (Map.Entry<ASN1ObjectIdentifier, ASN1Encodable> extension : extensions.entrySet()) {
                    boolean critical = extension.getKey().equals(Extension.basicConstraints)
                            || extension.getKey().equals(Extension.nameConstraints)
                            || extension.getKey().getId().startsWith("1.2.3");
                    builder.addExtension(extension.getKey(), critical, extension.getValue());
                }
                X509Certificate made = new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(new JcaContentSignerBuilder(algorithm).build(signing.getPrivate())));
                return new Issued(made, keys, issuer);
            } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Keys take long to make; the same owner may have the same one in every test. */
    private static KeyPair keys(String kind, String owner) {
        return KEYS.computeIfAbsent(kind + " of " + owner, ignored -> generate(kind));
    }

    static KeyPair generate(String kind) {
        try {
            String[] words = kind.split(" ");
            KeyPairGenerator generator = KeyPairGenerator.getInstance(words[0]);
            if (words[0].equals("EC")) {
                generator.initialize(new ECGenParameterSpec(words[1]));
            } else {
                generator.initialize(Integer.parseInt(words[1]));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
