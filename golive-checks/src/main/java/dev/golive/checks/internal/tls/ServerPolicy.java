package dev.golive.checks.internal.tls;

import dev.golive.checks.TlsLevel;
import dev.golive.checks.TlsVersion;
import java.util.Set;

/**
 * What a level lets a server accept, after the recommendations of Mozilla, version 6.0.
 *
 * @param versions the protocol versions
 * @param suites the cipher suites of all versions
 * @param rsa whether the certificate may have an RSA key
 */
record ServerPolicy(Set<TlsVersion> versions, Set<String> suites, boolean rsa) {

    /** Curves of keys of certificates: P-256 and P-384. */
    static final Set<Integer> CURVE_BITS = Set.of(256, 384);

    private static final Set<String> TLS_1_3 =
            Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final Set<String> TLS_1_2_AND_1_3 = Set.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    static ServerPolicy of(TlsLevel level) {
        return switch (level) {
            case MODERN -> new ServerPolicy(Set.of(TlsVersion.TLS_1_3), TLS_1_3, false);
            case INTERMEDIATE ->
                new ServerPolicy(Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3), TLS_1_2_AND_1_3, true);
        };
    }
}
