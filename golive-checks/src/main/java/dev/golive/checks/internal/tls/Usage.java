package dev.golive.checks.internal.tls;

import java.security.cert.X509Certificate;
import java.util.Set;

/** What a certificate says its key is for (RFC 5280 sections 4.2.1.3 and 4.2.1.12). Saying nothing allows everything. */
final class Usage {

    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ANY = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int CERTIFICATE_SIGNING = 5;

    private Usage() {}

    static boolean allowsServer(X509Certificate certificate) {
        Set<String> usages = Certificates.extendedUsages(certificate);
        return usages.isEmpty() || usages.contains(SERVER_AUTHENTICATION) || usages.contains(ANY);
    }

    static boolean allowsSigning(X509Certificate certificate) {
        return allows(certificate, DIGITAL_SIGNATURE);
    }

    static boolean allowsKeyTransport(X509Certificate certificate) {
        return certificate.getPublicKey().getAlgorithm().equals("RSA") && allows(certificate, KEY_ENCIPHERMENT);
    }

    static boolean allowsIssuing(X509Certificate certificate) {
        return allows(certificate, CERTIFICATE_SIGNING);
    }

    private static boolean allows(X509Certificate certificate, int bit) {
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || bit < usage.length && usage[bit];
    }
}
