package dev.golive.checks.internal.tls;

/**
 * Whether a certificate is revoked, as far as somebody said so.
 *
 * @param kind what was found
 * @param text in words, to follow "revocation:"
 */
record RevocationStatus(Kind kind, String text) {

    enum Kind {
        GOOD,
        REVOKED,
        /** Nobody could be asked, or the answer does not count. */
        UNKNOWN
    }

    static RevocationStatus good(String text) {
        return new RevocationStatus(Kind.GOOD, text);
    }

    static RevocationStatus revoked(String text) {
        return new RevocationStatus(Kind.REVOKED, text);
    }

    static RevocationStatus unknown(String text) {
        return new RevocationStatus(Kind.UNKNOWN, text);
    }

    boolean isRevoked() {
        return kind == Kind.REVOKED;
    }

    boolean isKnown() {
        return kind != Kind.UNKNOWN;
    }
}
