package dev.golive.checks.internal.tls;

import java.time.Instant;

/**
 * Whether a certificate is revoked, as far as somebody said so.
 *
 * @param kind what was found
 * @param text in words, to follow "revocation:"
 * @param until when the answer must be asked for again
 */
record RevocationStatus(Kind kind, String text, Instant until) {

    enum Kind {
        GOOD,
        REVOKED,
        /** Nobody could be asked, or the answer does not count. */
        UNKNOWN
    }

    static RevocationStatus good(String text, Instant until) {
        return new RevocationStatus(Kind.GOOD, text, until);
    }

    static RevocationStatus revoked(String text, Instant until) {
        return new RevocationStatus(Kind.REVOKED, text, until);
    }

    static RevocationStatus unknown(String text) {
        return new RevocationStatus(Kind.UNKNOWN, text, Instant.MIN);
    }

    boolean isRevoked() {
        return kind == Kind.REVOKED;
    }

    boolean isKnown() {
        return kind != Kind.UNKNOWN;
    }
}
