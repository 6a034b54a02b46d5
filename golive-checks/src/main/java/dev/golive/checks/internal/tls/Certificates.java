package dev.golive.checks.internal.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.jspecify.annotations.Nullable;

/** Reads out of a certificate what a judgement needs. What cannot be parsed reads as absent. */
public final class Certificates {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int STATUS_REQUEST = 5;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");

    private Certificates() {}

    /**
     * The DNS names a certificate is for.
     *
     * @param certificate the certificate
     * @return the names in their order, in the certificate's own spelling
     */
    public static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        for (List<?> entry : alternatives(certificate)) {
            if (Integer.valueOf(DNS_NAME).equals(entry.get(0)) && entry.get(1) instanceof String name) {
                names.add(clean(name));
            }
        }
        return List.copyOf(new LinkedHashSet<>(names));
    }

    /**
     * The IP addresses a certificate is for.
     *
     * @param certificate the certificate
     * @return the addresses in their order
     */
    public static List<InetAddress> addresses(X509Certificate certificate) {
        List<InetAddress> addresses = new ArrayList<>();
        for (List<?> entry : alternatives(certificate)) {
            if (Integer.valueOf(IP_ADDRESS).equals(entry.get(0)) && entry.get(1) instanceof String text) {
                try {
                    addresses.add(InetAddress.getByName(text));
                } catch (UnknownHostException e) {
                    // an entry of the wrong length names no address
                    continue;
                }
            }
        }
        return List.copyOf(addresses);
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> found = certificate.getSubjectAlternativeNames();
            return found == null ? List.of() : found;
        } catch (CertificateParsingException e) {
            // clients that cannot read the names do not accept any either
            return List.of();
        }
    }

    /**
     * The common name of the subject.
     *
     * @param certificate the certificate
     * @return the last CN, empty if there is none
     */
    static Optional<String> commonName(X509Certificate certificate) {
        return attribute(certificate.getSubjectX500Principal().getName(), "CN");
    }

    private static Optional<String> attribute(String distinguishedName, String type) {
        try {
            List<Rdn> parts = new LdapName(distinguishedName).getRdns();
            for (int i = parts.size() - 1; i >= 0; i--) {
                if (parts.get(i).getType().equalsIgnoreCase(type)
                        && parts.get(i).getValue() instanceof String value) {
                    return Optional.of(clean(value));
                }
            }
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * What a person calls the owner of a distinguished name: the common name, else the organisation, else all of it.
     *
     * @param distinguishedName a name in the form of RFC 2253
     * @return the text
     */
    public static String called(String distinguishedName) {
        return attribute(distinguishedName, "CN")
                .or(() -> attribute(distinguishedName, "OU"))
                .or(() -> attribute(distinguishedName, "O"))
                .orElseGet(() -> distinguishedName.isEmpty() ? "(no name)" : clean(distinguishedName));
    }

    static String subject(X509Certificate certificate) {
        return called(certificate.getSubjectX500Principal().getName());
    }

    static String issuer(X509Certificate certificate) {
        return called(certificate.getIssuerX500Principal().getName());
    }

    /** The common name and the organisation of the issuer, as far as it has them. */
    static List<String> issuerNames(X509Certificate certificate) {
        String name = certificate.getIssuerX500Principal().getName();
        List<String> names = new ArrayList<>();
        attribute(name, "CN").ifPresent(names::add);
        attribute(name, "O").ifPresent(names::add);
        return names.isEmpty() ? List.of(called(name)) : names;
    }

    /** Whether the certificate demands that an OCSP response is stapled (RFC 7633). */
    static boolean demandsStaple(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue("1.3.6.1.5.5.7.1.24");
        if (extension == null) {
            return false;
        }
        try {
            ASN1Sequence features = ASN1Sequence.getInstance(
                    ASN1OctetString.getInstance(extension).getOctets());
            for (ASN1Encodable feature : features) {
                if (ASN1Integer.getInstance(feature).hasValue(STATUS_REQUEST)) {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException e) {
            // a malformed extension demands nothing
            return false;
        }
    }

    /** Whoever made a certificate also chose its text: no control characters, not longer than a line. */
    static String clean(String text) {
        String visible = UNPRINTABLE.matcher(text).replaceAll("?");
        return visible.length() <= 120 ? visible : visible.substring(0, 117) + "...";
    }

    static boolean selfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    static boolean selfSigned(X509Certificate certificate) {
        return selfIssued(certificate) && signedBy(certificate, certificate.getPublicKey());
    }

    /** Whether the signature on a certificate was made with the key that belongs to this one. */
    static boolean signedBy(X509Certificate certificate, PublicKey key) {
        try {
            certificate.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // providers throw unchecked exceptions too when keys and signatures are malformed on purpose
            return false;
        }
    }

    static String keyType(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSASSA-PSS" -> "RSA";
            case "EdDSA" -> key instanceof EdECKey ed ? ed.getParams().getName() : "EdDSA";
            default -> key.getAlgorithm();
        };
    }

    static OptionalInt keyBits(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return OptionalInt.of(rsa.getModulus().bitLength());
        }
        if (key instanceof ECKey ec) {
            return OptionalInt.of(ec.getParams().getOrder().bitLength());
        }
        if (key instanceof DSAKey dsa && dsa.getParams() != null) {
            return OptionalInt.of(dsa.getParams().getP().bitLength());
        }
        if (key instanceof EdECKey ed) {
            return OptionalInt.of(ed.getParams().getName().equals("Ed448") ? 448 : 256);
        }
        return OptionalInt.empty();
    }

    static String key(PublicKey key) {
        OptionalInt bits = keyBits(key);
        return keyType(key) + (bits.isPresent() ? " " + bits.getAsInt() : "");
    }

    /** The broken hash that a signature uses, or {@code null}. */
    static @Nullable String brokenHash(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (algorithm.startsWith("MD")) {
            return algorithm.substring(0, Math.min(3, algorithm.length()));
        }
        if (algorithm.startsWith("SHA1") || algorithm.startsWith("SHA-1")) {
            return "SHA-1";
        }
        // RSASSA-PSS without parameters means SHA-1 (RFC 4055 section 3.1)
        if (algorithm.equals("RSASSA-PSS") && !PssHash.isStrong(certificate.getSigAlgParams())) {
            return "SHA-1";
        }
        return null;
    }

    /**
     * Where the certificate of the issuer is published.
     *
     * @param certificate the certificate
     * @return the URL, empty if the certificate names none
     */
    static Optional<String> issuerLocation(X509Certificate certificate) {
        return AuthorityInfo.locations(certificate, AccessDescription.id_ad_caIssuers).stream()
                .findFirst()
                .map(Certificates::clean);
    }

    static Set<String> extendedUsages(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null ? Set.of() : Set.copyOf(usages);
        } catch (CertificateParsingException e) {
            // unreadable: allowed for nothing, which no identifier stands for
            return Set.of("unreadable");
        }
    }
}
