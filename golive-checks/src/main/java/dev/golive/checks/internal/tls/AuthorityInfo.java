package dev.golive.checks.internal.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The URLs in a certificate: of its issuer's certificate, its OCSP responders and its revocation lists. */
final class AuthorityInfo {

    private static final int MOST = 8;

    private AuthorityInfo() {}

    static List<String> locations(X509Certificate certificate, ASN1ObjectIdentifier method) {
        byte[] extension = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        List<String> urls = new ArrayList<>();
        if (extension == null) {
            return urls;
        }
        try {
            byte[] content = ASN1OctetString.getInstance(extension).getOctets();
            for (AccessDescription access :
                    AuthorityInformationAccess.getInstance(content).getAccessDescriptions()) {
                if (access.getAccessMethod().equals(method)) {
                    add(urls, access.getAccessLocation());
                }
            }
        } catch (IllegalArgumentException e) {
            // a malformed extension names nothing
            return urls;
        }
        return urls;
    }

    static List<String> revocationLists(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
        List<String> urls = new ArrayList<>();
        if (extension == null) {
            return urls;
        }
        try {
            byte[] content = ASN1OctetString.getInstance(extension).getOctets();
            for (DistributionPoint point : CRLDistPoint.getInstance(content).getDistributionPoints()) {
                DistributionPointName name = point.getDistributionPoint();
                // a list of one reason or of another issuer would answer only part of the question
                if (name != null
                        && name.getType() == DistributionPointName.FULL_NAME
                        && point.getReasons() == null
                        && point.getCRLIssuer() == null) {
                    for (GeneralName general :
                            GeneralNames.getInstance(name.getName()).getNames()) {
                        add(urls, general);
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            // a malformed extension names nothing
            return urls;
        }
        return urls;
    }

    private static void add(List<String> urls, GeneralName name) {
        if (name.getTagNo() == GeneralName.uniformResourceIdentifier && urls.size() < MOST) {
            urls.add(name.getName().toString());
        }
    }
}
