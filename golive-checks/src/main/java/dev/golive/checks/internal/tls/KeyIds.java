package dev.golive.checks.internal.tls;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/** The identifiers by which certificates tell keys of one owner apart (RFC 5280 sections 4.2.1.1 and 4.2.1.2). */
final class KeyIds {

    private KeyIds() {}

    /** Whether the identifiers allow that a certificate was issued with the key of this one; saying nothing does. */
    static boolean mayBeIssuer(X509Certificate certificate, X509Certificate issuer) {
        byte[] wanted = ofIssuer(certificate);
        byte[] there = ofSubject(issuer);
        return wanted == null || there == null || Arrays.equals(wanted, there);
    }

    private static byte @Nullable [] ofIssuer(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.authorityKeyIdentifier.getId());
        try {
            return extension == null
                    ? null
                    : AuthorityKeyIdentifier.getInstance(
                                    ASN1OctetString.getInstance(extension).getOctets())
                            .getKeyIdentifierOctets();
        } catch (IllegalArgumentException e) {
            // a malformed identifier says nothing
            return null;
        }
    }

    private static byte @Nullable [] ofSubject(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        try {
            return extension == null
                    ? null
                    : SubjectKeyIdentifier.getInstance(
                                    ASN1OctetString.getInstance(extension).getOctets())
                            .getKeyIdentifier();
        } catch (IllegalArgumentException e) {
            // a malformed identifier says nothing
            return null;
        }
    }
}
