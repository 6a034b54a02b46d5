package dev.golive.checks.internal.net;

import java.util.List;

/**
 * What a client offers in its first message of a TLS handshake.
 *
 * @param serverName the name to ask for (SNI, RFC 6066); empty for none, as for a literal address
 * @param applicationProtocols the protocols of ALPN (RFC 7301) in order of preference; empty for none
 * @param versions the TLS versions under their names in JSSE; empty for those of the JVM
 * @param cipherSuites the cipher suites under their names in JSSE; empty for those of the JVM
 */
public record TlsOffer(
        String serverName, List<String> applicationProtocols, List<String> versions, List<String> cipherSuites) {

    /** Copies the lists. */
    public TlsOffer {
        applicationProtocols = List.copyOf(applicationProtocols);
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** What the JVM offers, for one host. */
    public static TlsOffer to(String host, String... applicationProtocols) {
        return new TlsOffer(
                Addresses.literal(host).isPresent() ? "" : host, List.of(applicationProtocols), List.of(), List.of());
    }
}
