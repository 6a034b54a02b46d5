package dev.golive.checks.internal.net;

import dev.golive.Finding;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Judges the certificates that a server showed, without a socket. Thread-safe. */
public interface ChainVerdict {

    /**
     * Judges a chain.
     *
     * @param served the certificates in the order in which they were served, the server's own first
     * @param host the host name in ASCII or the literal address that was asked for
     * @param at the instant at which the certificates must be good
     * @param anchors whom to trust
     * @return the judgement
     */
    Judgement judge(List<X509Certificate> served, String host, Instant at, Set<TrustAnchor> anchors);

    /**
     * What came of it.
     *
     * @param finding passed or warned for a chain that is to be trusted
     * @param why the reason, a sentence without a full stop; blank only for passed
     */
    record Judgement(Finding finding, String why) {

        /** Whether to go on and send what is meant for this server only. */
        public boolean trusted() {
            return finding.good();
        }
    }
}
