package dev.golive.checks.internal.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one handshake has shown, for the assertions to judge. For one attempt of one check, on its thread.
 *
 * @param served the certificates
 * @param judged what is to be thought of them
 * @param at when
 * @param protocol the version agreed upon, under its name in JSSE
 * @param suite the cipher suite agreed upon
 * @param applicationProtocol the protocol agreed upon by ALPN, empty for none
 * @param stapled what the stapled OCSP response says, {@code null} if there was none
 * @param revocation what could be found out about revocation, stapled or asked
 * @param prober asks the same server more
 */
public record Sight(
        List<X509Certificate> served,
        ChainJudge.Judged judged,
        Instant at,
        String protocol,
        String suite,
        String applicationProtocol,
        @Nullable RevocationStatus stapled,
        RevocationStatus revocation,
        Prober prober) {

    X509Certificate leaf() {
        return served.get(0);
    }

    Duration left(List<X509Certificate> certificates) {
        return ChainFacts.left(certificates, at);
    }

    /** The path, or where there is none what was served. */
    List<X509Certificate> pathOrServed() {
        return judged.path().isEmpty() ? served : judged.path();
    }
}
