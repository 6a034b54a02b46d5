package dev.golive.checks.internal.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** OCSP (RFC 6960) without a socket: what to ask, and what an answer is worth. */
final class OcspAnswer {

    /** Clocks of responders go wrong by minutes. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** An answer that does not say when the next one comes is believed for this long. */
    private static final Duration WITHOUT_END = Duration.ofDays(1);

    private static final Map<Integer, String> STATUS = Map.of(
            1, "malformed request", 2, "internal error", 3, "try later", 5, "signature required", 6, "unauthorized");

    private OcspAnswer() {}

    /**
     * The question whether a certificate is revoked, DER. Without a nonce: most responders answer in advance, and
     * freshness is judged by dates.
     */
    static byte[] question(X509Certificate certificate, X509Certificate issuer) throws GeneralSecurityException {
        try {
            CertificateID id = new CertificateID(
                    digests().get(CertificateID.HASH_SHA1),
                    new JcaX509CertificateHolder(issuer),
                    certificate.getSerialNumber());
            return new OCSPReqBuilder().addRequest(id).build().getEncoded();
        } catch (OCSPException | OperatorCreationException | IOException e) {
            throw new GeneralSecurityException("an OCSP request cannot be made for this certificate", e);
        }
    }

    /**
     * Judges an answer: it must be signed by the issuer or by whom the issuer delegated, be about this certificate, and
     * be fresh.
     */
    static RevocationStatus judge(byte[] answer, X509Certificate certificate, X509Certificate issuer, Instant at) {
        try {
            OCSPResp response = new OCSPResp(answer);
            if (response.getStatus() != OCSPResp.SUCCESSFUL) {
                String status = STATUS.getOrDefault(response.getStatus(), "status " + response.getStatus());
                return RevocationStatus.unknown("the OCSP responder answered: " + status);
            }
            if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                return RevocationStatus.unknown("the OCSP response is of an unknown type");
            }
            if (!signedFor(basic, issuer, at)) {
                return RevocationStatus.unknown(
                        "the OCSP response is not signed by the issuer of the certificate or its delegate");
            }
            for (SingleResp single : basic.getResponses()) {
                if (isAbout(single.getCertID(), certificate.getSerialNumber(), issuer)) {
                    return status(single, at);
                }
            }
            return RevocationStatus.unknown("the OCSP response is about another certificate");
        } catch (IOException | OCSPException | GeneralSecurityException | OperatorCreationException e) {
            return RevocationStatus.unknown("the OCSP response cannot be read: " + said(e));
        } catch (RuntimeException e) {
            // Bouncy Castle reports structures that it does not expect by exceptions of many unchecked types
            return RevocationStatus.unknown("the OCSP response is malformed: " + said(e));
        }
    }

    private static RevocationStatus status(SingleResp single, Instant at) {
        Instant from = single.getThisUpdate().toInstant();
        Date next = single.getNextUpdate();
        Instant until = next == null ? from.plus(WITHOUT_END) : next.toInstant();
        if (from.isAfter(at.plus(SKEW))) {
            return RevocationStatus.unknown("the OCSP response begins only " + Lifetime.ahead(from, at));
        }
        if (until.isBefore(at.minus(SKEW))) {
            return RevocationStatus.unknown("the OCSP response is stale: it ended " + Lifetime.ago(until, at));
        }
        CertificateStatus status = single.getCertStatus();
        if (status == CertificateStatus.GOOD) {
            return RevocationStatus.good("not revoked, by OCSP of " + from);
        }
        if (status instanceof RevokedStatus revoked) {
            Instant when = revoked.getRevocationTime().toInstant();
            String reason = revoked.hasRevocationReason() ? reason(revoked.getRevocationReason()) : "";
            return RevocationStatus.revoked("revoked " + Lifetime.ago(when, at) + reason + ", by OCSP");
        }
        return RevocationStatus.unknown("the OCSP responder does not know the certificate");
    }

    /** Reasons of RFC 5280 section 5.3.1. */
    static String reason(int code) {
        return switch (code) {
            case 1 -> " (key compromise)";
            case 2 -> " (authority compromise)";
            case 3 -> " (affiliation changed)";
            case 4 -> " (superseded)";
            case 5 -> " (cessation of operation)";
            case 6 -> " (on hold)";
            case 9 -> " (privilege withdrawn)";
            default -> "";
        };
    }

    private static boolean isAbout(CertificateID id, BigInteger serial, X509Certificate issuer)
            throws GeneralSecurityException, OCSPException, OperatorCreationException {
        return id.getSerialNumber().equals(serial) && id.matchesIssuer(new JcaX509CertificateHolder(issuer), digests());
    }

    private static boolean signedFor(BasicOCSPResp response, X509Certificate issuer, Instant at)
            throws GeneralSecurityException, OCSPException, OperatorCreationException {
        if (verifies(response, issuer)) {
            return true;
        }
        for (X509CertificateHolder holder : response.getCerts()) {
            X509Certificate delegate = new JcaX509CertificateConverter().getCertificate(holder);
            if (delegate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    && Certificates.extendedUsages(delegate).contains(KeyPurposeId.id_kp_OCSPSigning.getId())
                    && Lifetime.of(delegate).contains(at)
                    && Certificates.signedBy(delegate, issuer.getPublicKey())
                    && verifies(response, delegate)) {
                return true;
            }
        }
        return false;
    }

    private static boolean verifies(BasicOCSPResp response, X509Certificate signer)
            throws OCSPException, OperatorCreationException {
        try {
            return response.isSignatureValid(new JcaContentVerifierProviderBuilder().build(signer.getPublicKey()));
        } catch (OCSPException e) {
            // thrown also where the algorithm does not fit the key, which then did not sign this
            return false;
        }
    }

    private static DigestCalculatorProvider digests() throws OperatorCreationException {
        return new JcaDigestCalculatorProviderBuilder().build();
    }

    static String said(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : Certificates.clean(message);
    }
}
