package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509CRL;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Judged by the JDK's own revocation checker, which shares no code with the responder. */
@Timeout(60)
class RevocationFakeTest {

    private final TimeSource time = TimeSource.system();
    private final TestCa ca = TestCa.create(time, 3);
    private final RevocationFake revocation = RevocationFake.start(time, ca);

    @AfterEach
    void close() {
        revocation.close();
    }

    private TestCertificate leaf() {
        return ca.leaf("shop.example").withOcsp(revocation.ocsp());
    }

    private void validate(TestCertificate certificate, byte[] staple, Option... options) throws Exception {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(certificate.chain());
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        EnumSet<Option> all = EnumSet.of(Option.NO_FALLBACK, Option.ONLY_END_ENTITY);
        all.addAll(List.of(options));
        checker.setOptions(all);
        if (staple.length > 0) {
            checker.setOcspResponses(Map.of(certificate.certificate(), staple));
        } else if (!all.contains(Option.PREFER_CRLS)) {
            checker.setOcspResponder(revocation.ocsp());
        }
        PKIXParameters parameters = new PKIXParameters(ca.anchors());
        parameters.addCertPathChecker(checker);
        validator.validate(path, parameters);
    }

    private static void assertRevoked(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(CertPathValidatorException.class)
                .extracting(e -> ((CertPathValidatorException) e).getReason())
                .isEqualTo(BasicReason.REVOKED);
    }

    @Test
    void a_good_certificate_is_good() throws Exception {
        validate(leaf(), new byte[0]);
        assertThat(revocation.http().requests()).hasSize(1);
    }

    @Test
    void a_revoked_certificate_is_revoked() {
        assertRevoked(() -> validate(leaf().revoked(), new byte[0]));
        TestCertificate later = leaf();
        ca.revoke(later);
        assertRevoked(() -> validate(later, new byte[0]));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"BY_STATUS", "GOOD"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_other_answer_is_refused(RevocationFake.Ocsp answer) {
        revocation.answering(answer);
        assertThatThrownBy(() -> validate(leaf(), new byte[0])).isInstanceOf(CertPathValidatorException.class);
        assertThatThrownBy(() -> validate(leaf(), ca.ocspResponse(leaf(), answer)))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void the_answer_can_be_good_whatever_is_known() throws Exception {
        revocation.answering(RevocationFake.Ocsp.GOOD);
        validate(leaf().revoked(), new byte[0]);
    }

    @Test
    void a_response_can_be_had_as_bytes_for_stapling() throws Exception {
        TestCertificate good = leaf();
        validate(good, ca.ocspResponse(good, RevocationFake.Ocsp.BY_STATUS));
        TestCertificate revoked = leaf().revoked();
        assertRevoked(() -> validate(revoked, ca.ocspResponse(revoked, RevocationFake.Ocsp.BY_STATUS)));
        assertThat(revocation.http().requests()).isEmpty();
    }

    @Test
    void a_response_is_the_same_each_time() {
        JumpTime still = new JumpTime(time.now());
        TestCa one = TestCa.create(still, 5);
        TestCa two = TestCa.create(still, 5);
        assertThat(one.ocspResponse(one.leaf("shop.example"), RevocationFake.Ocsp.BY_STATUS))
                .isEqualTo(two.ocspResponse(two.leaf("shop.example"), RevocationFake.Ocsp.BY_STATUS));
        assertThat(one.crl(RevocationFake.Crl.BY_STATUS)).isEqualTo(two.crl(RevocationFake.Crl.BY_STATUS));
    }

    @Test
    void a_certificate_of_somebody_else_is_unknown() {
        TestCertificate foreign = TestCa.create(time, 4).leaf("shop.example").withOcsp(revocation.ocsp());
        assertThatThrownBy(() -> validate(foreign, new byte[0])).isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void a_request_that_is_none_is_answered_as_malformed() throws Exception {
        byte[] answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(revocation.ocsp())
                                .POST(BodyPublishers.ofString("what?"))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
        assertThat(new OCSPResp(answer).getStatus()).isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    }

    @Test
    void the_list_names_the_revoked_certificates() throws Exception {
        TestCertificate good = leaf();
        TestCertificate revoked = leaf().revoked();
        revoked.certificate();
        X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(revocation.crl().toURL().openStream());
        list.verify(ca.intermediate().getPublicKey());
        assertThat(list.isRevoked(revoked.certificate())).isTrue();
        assertThat(list.isRevoked(good.certificate())).isFalse();
        assertThat(list.getNextUpdate().toInstant()).isAfter(time.now());
    }

    @Test
    void the_list_can_be_stale_wrongly_signed_or_garbage() throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509CRL stale = (X509CRL) factory.generateCRL(new ByteArrayInputStream(ca.crl(RevocationFake.Crl.STALE)));
        assertThat(stale.getNextUpdate().toInstant()).isBefore(time.now());
        X509CRL wrong =
                (X509CRL) factory.generateCRL(new ByteArrayInputStream(ca.crl(RevocationFake.Crl.BAD_SIGNATURE)));
        assertThatThrownBy(() -> wrong.verify(ca.intermediate().getPublicKey()))
                .isInstanceOf(java.security.SignatureException.class);
        revocation.listing(RevocationFake.Crl.GARBAGE);
        assertThatThrownBy(() -> factory.generateCRL(revocation.crl().toURL().openStream()))
                .isInstanceOf(java.security.cert.CRLException.class);
    }

    @Test
    void a_responder_that_is_not_there_is_a_fault_of_its_server() {
        revocation.http().fault(HttpFault.refuse());
        assertThatThrownBy(() -> validate(leaf(), new byte[0])).isInstanceOf(CertPathValidatorException.class);
        assertThat(Set.copyOf(revocation.http().requests())).isEmpty();
    }
}
