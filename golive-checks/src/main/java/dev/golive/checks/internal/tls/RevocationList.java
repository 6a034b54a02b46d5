package dev.golive.checks.internal.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;

/** Certificate revocation lists (RFC 5280 section 5) without a socket: what a list is worth. */
final class RevocationList {

    private static final Set<String> UNDERSTOOD = Set.of(Extension.issuingDistributionPoint.getId());

    private RevocationList() {}

    /** Judges a list: it must be signed by the issuer, be for this certificate, and be fresh. */
    static RevocationStatus judge(
            byte[] list, String url, X509Certificate certificate, X509Certificate issuer, Instant at) {
        try {
            if (!(CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(list))
                    instanceof X509CRL crl)) {
                return RevocationStatus.unknown("the revocation list is of an unknown type");
            }
            if (!crl.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()) || !signed(crl, issuer)) {
                return RevocationStatus.unknown("the revocation list is not signed by the issuer of the certificate");
            }
            if (!covers(crl, url)) {
                return RevocationStatus.unknown("the revocation list is not the one for this certificate");
            }
            return status(crl, certificate, at);
        } catch (GeneralSecurityException e) {
            return RevocationStatus.unknown("the revocation list cannot be read: " + OcspAnswer.said(e));
        } catch (RuntimeException e) {
            // malformed extensions surface as unchecked exceptions of many types
            return RevocationStatus.unknown("the revocation list is malformed: " + OcspAnswer.said(e));
        }
    }

    private static RevocationStatus status(X509CRL crl, X509Certificate certificate, Instant at) {
        Instant from = crl.getThisUpdate().toInstant();
        Date next = crl.getNextUpdate();
        if (from.isAfter(at)) {
            return RevocationStatus.unknown("the revocation list begins only " + Lifetime.ahead(from, at));
        }
        if (next == null || next.toInstant().isBefore(at)) {
            return RevocationStatus.unknown("the revocation list is stale: "
                    + (next == null ? "it names no next one" : "it ended " + Lifetime.ago(next.toInstant(), at)));
        }
        X509CRLEntry entry = crl.getRevokedCertificate(certificate.getSerialNumber());
        if (entry == null) {
            return RevocationStatus.good("not revoked, by the list of " + from);
        }
        CRLReason reason = entry.getRevocationReason();
        return RevocationStatus.revoked(
                "revoked " + Lifetime.ago(entry.getRevocationDate().toInstant(), at)
                        + (reason == null ? "" : OcspAnswer.reason(reason.ordinal())) + ", by the revocation list");
    }

    private static boolean signed(X509CRL crl, X509Certificate issuer) {
        try {
            crl.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** A list may be one of many of its issuer; then it says which, or another one could be passed off for it. */
    private static boolean covers(X509CRL crl, String url) {
        Set<String> critical = crl.getCriticalExtensionOIDs();
        if (critical != null && !UNDERSTOOD.containsAll(critical)) {
            return false;
        }
        byte[] extension = crl.getExtensionValue(Extension.issuingDistributionPoint.getId());
        if (extension == null) {
            return true;
        }
        IssuingDistributionPoint point = IssuingDistributionPoint.getInstance(
                ASN1OctetString.getInstance(extension).getOctets());
        return !point.isIndirectCRL()
                && !point.onlyContainsCACerts()
                && !point.onlyContainsAttributeCerts()
                && point.getOnlySomeReasons() == null
                && isAt(point.getDistributionPoint(), url);
    }

    private static boolean isAt(@Nullable DistributionPointName name, String url) {
        return name == null
                || name.getType() == DistributionPointName.FULL_NAME
                        && Arrays.stream(
                                        GeneralNames.getInstance(name.getName()).getNames())
                                .anyMatch(one -> one.getTagNo() == GeneralName.uniformResourceIdentifier
                                        && one.getName().toString().equals(url));
    }
}
