package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestCaTest {

    private static final Instant NOW = Instant.parse("2027-03-01T09:00:00Z");
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";
    private static final String AUTHORITY_INFO = "1.3.6.1.5.5.7.1.1";
    private static final String CRL_POINTS = "2.5.29.31";

    private final TestCa ca = TestCa.create(new JumpTime(NOW), 1);

    private void validate(TestCertificate certificate) throws Exception {
        validate(certificate.chain());
    }

    private void validate(List<X509Certificate> chain) throws Exception {
        List<X509Certificate> path =
                chain.stream().filter(one -> !one.equals(ca.root())).toList();
        CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
        PKIXParameters parameters = new PKIXParameters(ca.anchors());
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(NOW));
        CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
    }

    @Test
    void a_leaf_is_valid_for_its_names_until_89_days_from_now() throws Exception {
        TestCertificate leaf = ca.leaf("shop.example", "*.shop.example", "192.0.2.7", "2001:db8::7", "bücher.example");
        X509Certificate certificate = leaf.certificate();

        validate(leaf);
        assertThat(leaf.chain()).containsExactly(certificate, ca.intermediate());
        assertThat(leaf.path()).containsExactly(certificate, ca.intermediate(), ca.root());
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(89)));
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly(
                        "shop.example", "*.shop.example", "192.0.2.7", "2001:db8:0:0:0:0:0:7", "xn--bcher-kva.example");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getPublicKey()).isInstanceOf(ECPublicKey.class);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(ca.intermediate().getBasicConstraints()).isZero();
        assertThat(ca.root().getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void the_same_seed_gives_the_same_certificates_and_another_seed_others() {
        TestCa twin = TestCa.create(new JumpTime(NOW), 1);
        TestCa other = TestCa.create(new JumpTime(NOW), 2);
        TestCertificate leaf = ca.leaf("shop.example").withOcsp(URI.create("http://127.0.0.1/ocsp"));
        assertThat(twin.root()).isEqualTo(ca.root());
        assertThat(twin.leaf("shop.example")
                        .withOcsp(URI.create("http://127.0.0.1/ocsp"))
                        .chain())
                .isEqualTo(leaf.chain());
        assertThat(twin.leaf("shop.example").rsa(1_024).certificate())
                .isEqualTo(ca.leaf("shop.example").rsa(1_024).certificate());
        assertThat(other.leaf("shop.example").chain()).isNotEqualTo(leaf.chain());
        assertThat(ca.leaf("shop.example").certificate().getSerialNumber())
                .isNotEqualTo(ca.leaf("shop.example").certificate().getSerialNumber());
        assertThat(TestCa.create(TimeSource.system()).root())
                .isNotEqualTo(TestCa.create(TimeSource.system()).root());
    }

    @Test
    void a_certificate_is_issued_once() {
        TestCertificate leaf = ca.leaf("shop.example");
        assertThat(leaf.certificate()).isSameAs(leaf.certificate());
        assertThat(leaf.serverContext()).isSameAs(leaf.serverContext());
        assertThat(leaf.expired().certificate()).isNotEqualTo(leaf.certificate());
    }

    @Test
    void one_can_be_expired_or_not_yet_valid_or_about_to_expire() throws Exception {
        assertThatThrownBy(() -> validate(ca.leaf("shop.example").expired()))
                .hasCauseInstanceOf(CertificateExpiredException.class);
        assertThatThrownBy(() -> validate(ca.leaf("shop.example").notYetValid()))
                .extracting(e -> ((CertPathValidatorException) e).getReason())
                .isEqualTo(BasicReason.NOT_YET_VALID);
        TestCertificate soon = ca.leaf("shop.example").expiresIn(Duration.ofDays(3));
        validate(soon);
        assertThat(soon.certificate().getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(3)));
        X509Certificate overlong = ca.leaf("shop.example").overlongValidity().certificate();
        assertThat(Duration.between(
                                overlong.getNotBefore().toInstant(),
                                overlong.getNotAfter().toInstant())
                        .toDays())
                .isEqualTo(1_826);
    }

    @Test
    void one_can_be_for_other_names_or_have_none_but_in_its_subject() throws Exception {
        TestCertificate other = ca.leaf("shop.example").forNames("other.example");
        assertThat(other.names()).containsExactly("other.example");
        X509Certificate old = ca.leaf("shop.example").commonNameOnly().certificate();
        assertThat(old.getSubjectAlternativeNames()).isNull();
        assertThat(old.getSubjectX500Principal().getName()).contains("CN=shop.example");
    }

    @Test
    void keys_can_be_weak_or_of_another_kind() throws Exception {
        assertThat(((RSAPublicKey) ca.leaf("a.example").weakKey().certificate().getPublicKey())
                        .getModulus()
                        .bitLength())
                .isEqualTo(1_024);
        validate(ca.leaf("a.example").rsa(2_048));
        assertThat(((ECPublicKey) ca.leaf("a.example").ec("P-384").certificate().getPublicKey())
                        .getParams()
                        .getCurve()
                        .getField()
                        .getFieldSize())
                .isEqualTo(384);
        TestCa rsa = ca.rsa(2_048);
        X509Certificate ofRsa = rsa.leaf("a.example").certificate();
        assertThat(ofRsa.getSigAlgName()).isEqualTo("SHA256withRSA");
        assertThatCode(() -> ofRsa.verify(rsa.intermediate().getPublicKey())).doesNotThrowAnyException();
    }

    @Test
    void a_signature_can_be_sha_1() throws Exception {
        X509Certificate certificate = ca.leaf("shop.example").sha1Signature().certificate();
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA1withECDSA");
        certificate.verify(ca.intermediate().getPublicKey());
    }

    @Test
    void a_chain_can_be_self_signed_incomplete_or_out_of_order() throws Exception {
        TestCertificate self = ca.leaf("shop.example").selfSigned();
        assertThat(self.chain()).containsExactly(self.certificate());
        self.certificate().verify(self.certificate().getPublicKey());
        assertThatThrownBy(() -> validate(self)).isInstanceOf(CertPathValidatorException.class);

        TestCertificate incomplete = ca.leaf("shop.example").missingIntermediate();
        assertThat(incomplete.chain()).containsExactly(incomplete.certificate());
        assertThatThrownBy(() -> validate(incomplete)).isInstanceOf(CertPathValidatorException.class);
        validate(incomplete.path());

        TestCertificate disordered = ca.leaf("shop.example").disorderedChain();
        assertThat(disordered.chain()).containsExactly(disordered.certificate(), ca.root(), ca.intermediate());
        validate(disordered.path());
    }

    @Test
    void usage_can_be_wrong() throws Exception {
        assertThat(ca.leaf("shop.example").withoutServerAuth().certificate().getExtendedKeyUsage())
                .containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(ca.leaf("shop.example").caFlagged().certificate().getBasicConstraints())
                .isNotNegative();
    }

    @Test
    void an_intermediate_can_be_no_authority_or_expired_or_constrained() throws Exception {
        TestCertificate noCa = ca.leaf("shop.example").intermediateWithoutCaFlag();
        assertThatThrownBy(() -> validate(noCa)).hasMessageContaining("basic constraints");
        TestCertificate expired = ca.leaf("shop.example").intermediateExpired();
        assertThatThrownBy(() -> validate(expired)).hasCauseInstanceOf(CertificateExpiredException.class);
        TestCertificate constrained = ca.leaf("shop.example").nameConstraintsViolated();
        assertThatThrownBy(() -> validate(constrained)).hasMessageContaining("name constraints");
        validate(ca.leaf("shop.constrained.invalid").nameConstraintsViolated());
    }

    @Test
    void extensions_point_to_status_and_demand_stapling() {
        TestCertificate leaf = ca.leaf("shop.example")
                .withOcsp(URI.create("http://127.0.0.1:1/ocsp"))
                .withCrl(URI.create("http://127.0.0.1:1/crl"))
                .mustStaple();
        X509Certificate certificate = leaf.certificate();
        assertThat(text(certificate.getExtensionValue(AUTHORITY_INFO))).contains("http://127.0.0.1:1/ocsp");
        assertThat(text(certificate.getExtensionValue(CRL_POINTS))).contains("http://127.0.0.1:1/crl");
        assertThat(certificate.getExtensionValue(TLS_FEATURE)).containsExactly(4, 5, 0x30, 3, 2, 1, 5);
        assertThat(ca.leaf("shop.example").certificate().getNonCriticalExtensionOIDs())
                .doesNotContainAnyElementsOf(Set.of(TLS_FEATURE, AUTHORITY_INFO, CRL_POINTS));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void its_text_says_what_is_special() {
        assertThat(ca.leaf("shop.example").expired().sha1Signature().toString())
                .contains("shop.example")
                .contains("until 2027-02-28")
                .contains("SHA1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void a_blank_name_is_refused(String name) {
        assertThatThrownBy(() -> ca.leaf(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> ca.leaf("a.example").forNames("b.example", name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bad_arguments_are_named() {
        TestCertificate leaf = ca.leaf("shop.example");
        assertThatThrownBy(() -> leaf.rsa(128)).hasMessageContaining("bits");
        assertThatThrownBy(() -> leaf.ec("P-1")).hasMessageContaining("curve");
        assertThatThrownBy(() -> leaf.expiresIn(Duration.ZERO)).hasMessageContaining("left");
        assertThatThrownBy(() -> leaf.validBetween(NOW, NOW)).hasMessageContaining("until");
        assertThatThrownBy(() -> ca.revoke(TestCa.create(new JumpTime(NOW), 2).leaf("shop.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("certificate");
    }
}
