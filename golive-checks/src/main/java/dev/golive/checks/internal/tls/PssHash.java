package dev.golive.checks.internal.tls;

import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.jspecify.annotations.Nullable;

/** The hash of an RSASSA-PSS signature, which stands in its parameters and not in its name. */
final class PssHash {

    private PssHash() {}

    static boolean isStrong(byte @Nullable [] parameters) {
        if (parameters == null) {
            return false;
        }
        try {
            return !RSASSAPSSparams.getInstance(parameters)
                    .getHashAlgorithm()
                    .getAlgorithm()
                    .equals(OIWObjectIdentifiers.idSHA1);
        } catch (IllegalArgumentException e) {
            // what cannot be read cannot be called strong
            return false;
        }
    }
}
