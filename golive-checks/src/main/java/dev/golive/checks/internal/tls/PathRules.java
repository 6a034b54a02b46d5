package dev.golive.checks.internal.tls;

import dev.golive.Finding;
import dev.golive.checks.CertificateFlaw;
import dev.golive.checks.CertificateFlaw.Code;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Path validation of RFC 5280 by the Java runtime, with its objections in words. */
final class PathRules {

    private static final Map<Reason, Code> CODES = Map.of(
            BasicReason.EXPIRED, Code.EXPIRED,
            BasicReason.NOT_YET_VALID, Code.NOT_YET_VALID,
            BasicReason.INVALID_SIGNATURE, Code.BAD_SIGNATURE,
            BasicReason.ALGORITHM_CONSTRAINED, Code.REFUSED_BY_RUNTIME,
            PKIXReason.NOT_CA_CERT, Code.NOT_A_CA,
            PKIXReason.PATH_TOO_LONG, Code.PATH_TOO_LONG,
            PKIXReason.INVALID_KEY_USAGE, Code.WRONG_USAGE,
            PKIXReason.INVALID_NAME, Code.NAME_CONSTRAINT,
            PKIXReason.UNRECOGNIZED_CRIT_EXT, Code.UNKNOWN_EXTENSION);

    private PathRules() {}

    /**
     * Validates a path.
     *
     * @param path from the server's certificate upwards, without the anchor
     * @param anchor where it ends
     * @param at the instant for which the certificates must be valid
     * @return the first objection, empty if there is none
     */
    static Optional<CertificateFlaw> objection(List<X509Certificate> path, TrustAnchor anchor, Instant at) {
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setDate(Date.from(at));
            // revocation is asked by golive itself, over the network of the run
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(flaw(path, e));
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("This Java runtime cannot validate certification paths", e);
        } catch (CertificateException e) {
            return Optional.of(new CertificateFlaw(
                    Code.INVALID_CHAIN, Finding.FAILED, "the certificates do not form a chain: " + message(e)));
        }
    }

    private static CertificateFlaw flaw(List<X509Certificate> path, CertPathValidatorException e) {
        Code code = CODES.getOrDefault(e.getReason(), Code.INVALID_CHAIN);
        X509Certificate culprit = path.get(Math.max(0, Math.min(e.getIndex(), path.size() - 1)));
        String which = "\"" + Certificates.subject(culprit) + "\"";
        Finding finding = code == Code.REFUSED_BY_RUNTIME ? Finding.UNKNOWN : Finding.FAILED;
        return new CertificateFlaw(
                code,
                finding,
                switch (code) {
                    case NOT_A_CA -> which + " has issued a certificate but is no certificate authority";
                    case PATH_TOO_LONG ->
                        "the path is longer than an issuer allows: " + which + " is one certificate too many";
                    case WRONG_USAGE -> "the key of " + which + " may not be used to sign certificates";
                    case NAME_CONSTRAINT ->
                        "the certificate " + which + " is for names that its issuer is not allowed to issue for";
                    case UNKNOWN_EXTENSION ->
                        "the certificate " + which + " has a critical extension that clients do not know";
                    case BAD_SIGNATURE -> "the signature on the certificate " + which + " is wrong";
                    case REFUSED_BY_RUNTIME ->
                        "this Java runtime is configured to refuse the certificate " + which + ": " + message(e);
                    default -> "the certificate " + which + " is not valid here: " + message(e);
                });
    }

    private static String message(GeneralSecurityException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : Certificates.clean(message);
    }
}
