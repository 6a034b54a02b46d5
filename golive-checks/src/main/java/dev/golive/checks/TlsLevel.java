package dev.golive.checks;

/**
 * How much a server's configuration excludes, as in version 6.0 of Mozilla's recommendations for server side TLS.
 *
 * <p>What is compared: the protocol versions and cipher suites that the server accepts, and the key and signature of its
 * certificate. What is not: preference and order, groups of the key exchange, stapling, lifetime.
 */
public enum TlsLevel {
    /** TLS 1.3 only, with its AES-GCM and ChaCha20 suites, and a certificate with a P-256 or P-384 key. */
    MODERN("modern"),
    /**
     * TLS 1.2 and 1.3 only, in TLS 1.2 nothing but ephemeral elliptic curves with AES-GCM or ChaCha20, and a certificate
     * with a P-256, P-384 or RSA key of 2048 bits or more.
     */
    INTERMEDIATE("intermediate");

    private final String text;

    TlsLevel(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
