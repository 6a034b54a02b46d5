package dev.golive.testkit;

import dev.golive.testkit.TestCa.Authority;
import dev.golive.testkit.TestCa.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;

/** Makes OCSP responses and revocation lists of an authority. */
final class TestOcsp {

    private static final Duration FRESH = Duration.ofDays(4);
    private static final Duration AGO = Duration.ofHours(1);
    private static final byte[] GARBAGE = "this is no DER".getBytes(StandardCharsets.US_ASCII);

    private final TestCa ca;

    TestOcsp(TestCa ca) {
        this.ca = ca;
    }

    byte[] respond(BigInteger serial, RevocationFake.Ocsp answer) {
        try {
            CertificateID id = new CertificateID(sha1(), ca.issuer().holder(), serial);
            return response(new CertificateID[] {id}, null, answer);
        } catch (OCSPException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make an OCSP response", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode an OCSP response", e);
        }
    }

    /** Answers a request; one that cannot be read is answered as malformed, as RFC 6960 asks. */
    byte[] respond(byte[] request, RevocationFake.Ocsp answer) {
        try {
            OCSPReq parsed;
            try {
                parsed = new OCSPReq(request);
            } catch (IOException | RuntimeException e) {
                return refusal(OCSPRespBuilder.MALFORMED_REQUEST);
            }
            Req[] asked = parsed.getRequestList();
            CertificateID[] ids = new CertificateID[asked.length];
            for (int i = 0; i < asked.length; i++) {
                ids[i] = asked[i].getCertID();
            }
            return response(ids, parsed.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce), answer);
        } catch (OCSPException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make an OCSP response", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode an OCSP response", e);
        }
    }

    private static byte[] refusal(int status) throws OCSPException, IOException {
        return new OCSPRespBuilder().build(status, null).getEncoded();
    }

    private static DigestCalculator sha1() throws OperatorCreationException {
        return new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1);
    }

    private byte[] response(CertificateID[] ids, @Nullable Extension nonce, RevocationFake.Ocsp answer)
            throws OCSPException, IOException, OperatorCreationException {
        switch (answer) {
            case TRY_LATER -> {
                return refusal(OCSPRespBuilder.TRY_LATER);
            }
            case INTERNAL_ERROR -> {
                return refusal(OCSPRespBuilder.INTERNAL_ERROR);
            }
            case UNAUTHORIZED -> {
                return refusal(OCSPRespBuilder.UNAUTHORIZED);
            }
            case GARBAGE -> {
                return GARBAGE.clone();
            }
            default -> {}
        }
        Authority issuer = ca.issuer();
        Instant produced = ca.now().minus(answer == RevocationFake.Ocsp.STALE ? FRESH.multipliedBy(3) : AGO);
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(issuer.name()));
        for (CertificateID id : ids) {
            CertificateID about = answer == RevocationFake.Ocsp.OTHER_SERIAL
                    ? new CertificateID(
                            sha1(), issuer.holder(), id.getSerialNumber().flipBit(0))
                    : id;
            builder.addResponse(about, status(id, answer), Date.from(produced), Date.from(produced.plus(FRESH)), null);
        }
        if (nonce != null) {
            builder.setResponseExtensions(new Extensions(nonce));
        }
        ContentSigner signer = answer == RevocationFake.Ocsp.BAD_SIGNATURE
                ? issuer.keys().wrongSigner()
                : issuer.keys().signer(TestKeys.Hash.SHA256);
        return new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        builder.build(signer, new X509CertificateHolder[0], Date.from(produced)))
                .getEncoded();
    }

    /** The status of one certificate; {@code null} is how Bouncy Castle spells "good". */
    private @Nullable CertificateStatus status(CertificateID id, RevocationFake.Ocsp answer) throws OCSPException {
        return switch (answer) {
            case GOOD -> CertificateStatus.GOOD;
            case REVOKED -> new RevokedStatus(Date.from(ca.now().minus(AGO)), CRLReason.keyCompromise);
            case UNKNOWN -> new UnknownStatus();
            default -> known(id);
        };
    }

    private @Nullable CertificateStatus known(CertificateID id) throws OCSPException {
        Entry entry = id.matchesIssuer(ca.issuer().holder(), new BcDigestCalculatorProvider())
                ? ca.entry(id.getSerialNumber())
                : null;
        if (entry == null) {
            return new UnknownStatus();
        }
        Instant revokedAt = entry.revokedAt();
        return revokedAt == null
                ? CertificateStatus.GOOD
                : new RevokedStatus(Date.from(revokedAt), CRLReason.keyCompromise);
    }

    byte[] list(RevocationFake.Crl answer) {
        if (answer == RevocationFake.Crl.GARBAGE) {
            return GARBAGE.clone();
        }
        Authority issuer = ca.issuer();
        Instant produced = ca.now().minus(answer == RevocationFake.Crl.STALE ? FRESH.multipliedBy(3) : AGO);
        X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer.name(), Date.from(produced));
        builder.setNextUpdate(Date.from(produced.plus(FRESH)));
        for (Entry entry : ca.revoked()) {
            Instant at = entry.revokedAt();
            if (at != null) {
                builder.addCRLEntry(entry.serial(), Date.from(at), CRLReason.keyCompromise);
            }
        }
        ContentSigner signer = answer == RevocationFake.Crl.BAD_SIGNATURE
                ? issuer.keys().wrongSigner()
                : issuer.keys().signer(TestKeys.Hash.SHA256);
        try {
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new BcX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(issuer.keys().publicKey()));
            builder.addExtension(
                    Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(produced.getEpochSecond())));
            return builder.build(signer).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a revocation list", e);
        }
    }
}
