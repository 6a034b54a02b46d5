package dev.golive.checks;

import static dev.golive.checks.internal.Given.given;
import static dev.golive.checks.internal.Given.text;

import dev.golive.Finding;

/**
 * Something about a certificate or its chain that a person would point out.
 *
 * @param code what kind of flaw it is, stable between versions
 * @param finding how bad it is: {@link Finding#FAILED}, {@link Finding#WARNED}, {@link Finding#UNKNOWN} if it cannot be
 *     decided here, or {@link Finding#PASSED} for a mere remark
 * @param sentence the flaw in words, without a full stop: "the certificate expired 3 days ago, on 2026-11-17"
 */
public record CertificateFlaw(Code code, Finding finding, String sentence) {

    /** The kinds of flaws, those that explain most first. */
    public enum Code {
        /** The server sent no certificate. */
        NO_CERTIFICATE,
        /** Its issuer has revoked a certificate. */
        REVOKED,
        /** A certificate that clients need is past its end. */
        EXPIRED,
        /** A certificate that clients need has not begun. */
        NOT_YET_VALID,
        /** The names in the certificate do not include the host. */
        WRONG_NAME,
        /** The host is named in the subject only, where clients no longer look. */
        NAME_IN_SUBJECT_ONLY,
        /** The server's certificate is signed with its own key, and nobody named it as trusted. */
        SELF_SIGNED,
        /** The server does not send the certificate of its certificate's issuer. */
        MISSING_INTERMEDIATE,
        /** The chain leads to a root that is not among the anchors. */
        UNTRUSTED_ROOT,
        /** A signature does not fit the key of the issuer it names. */
        BAD_SIGNATURE,
        /** A key is too short, or of a kind that no longer serves. */
        WEAK_KEY,
        /** A signature is made with MD5 or SHA-1. */
        WEAK_SIGNATURE,
        /** The certificate is not for servers, or an issuer's is not for issuing such. */
        WRONG_USAGE,
        /** An issuer's certificate is not one of a certificate authority. */
        NOT_A_CA,
        /** The server's own certificate is one of a certificate authority. */
        SERVER_IS_CA,
        /** More intermediates than an issuer allows. */
        PATH_TOO_LONG,
        /** A name that an issuer may not issue for. */
        NAME_CONSTRAINT,
        /** An extension that must be understood and is not. */
        UNKNOWN_EXTENSION,
        /** Anything else that makes path validation (RFC 5280) fail. */
        INVALID_CHAIN,
        /** This Java runtime is configured to refuse an algorithm that is otherwise good. */
        REFUSED_BY_RUNTIME,
        /** The certificate demands a stapled OCSP response, and the server staples none. */
        NOT_STAPLED,
        /** The end is near. */
        EXPIRES_SOON,
        /** Valid for longer than the rules for public authorities allowed on the day of issue. */
        VALID_TOO_LONG,
        /** The certificates are not sent in the order from the server's to the root. */
        DISORDERED,
        /** The trusted root itself is past its end, which some clients mind. */
        ROOT_EXPIRED,
        /** A certificate is sent that no client needs and that is past its end. */
        UNNEEDED_EXPIRED,
        /** A certificate is sent that no client needs. */
        UNNEEDED,
        /** The root is sent, which no client needs. */
        ROOT_SENT
    }

    /**
     * Refuses missing parts.
     *
     * @param code what kind of flaw it is, stable between versions
     * @param finding how bad it is
     * @param sentence the flaw in words, without a full stop
     */
    public CertificateFlaw {
        given(code, "code");
        given(finding, "finding");
        text(sentence, "sentence");
    }

    @Override
    public String toString() {
        return finding + " " + code + ": " + sentence;
    }
}
