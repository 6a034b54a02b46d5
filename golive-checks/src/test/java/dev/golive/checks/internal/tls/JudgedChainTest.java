package dev.golive.checks.internal.tls;

import static dev.golive.checks.internal.tls.Issued.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.Finding;
import dev.golive.checks.CertificateFlaw;
import dev.golive.checks.CertificateFlaw.Code;
import dev.golive.checks.CertificateJudgement;
import dev.golive.checks.Tls;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JudgedChainTest {

    private static final Issued ROOT = Issued.root("Test Root").issue();
    private static final Issued CA = ROOT.intermediate("Test CA 1").issue();
    private static final Issued GOOD =
            CA.server("shop.example", "www.shop.example").issue();
    private static final Issued OTHER_ROOT = Issued.root("Corporate Root").issue();
    private static final Issued OTHER_CA =
            OTHER_ROOT.intermediate("Corporate CA").issue();

    /** One line of the table: what is served, and what a person would say. */
    record Row(String name, List<X509Certificate> chain, Finding finding, Code code, String sentence, Issued root) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, Issued served, Finding finding, Code code, String sentence) {
        return new Row(name, served.chain(), finding, code, sentence, ROOT);
    }

    private static Row row(String name, List<X509Certificate> chain, Finding finding, Code code, String sentence) {
        return new Row(name, chain, finding, code, sentence, ROOT);
    }

    static Stream<Row> flaws() {
        Issued narrow = ROOT.intermediate("Narrow CA")
                .with(
                        Extension.nameConstraints,
                        new NameConstraints(
                                new GeneralSubtree[] {
                                    new GeneralSubtree(new GeneralName(GeneralName.dNSName, "internal.example"))
                                },
                                null))
                .issue();
        Issued last = ROOT.intermediate("Last CA").ca(0).issue();
        Issued oneTooMany = last.intermediate("One Too Many").issue();
        Issued notCa = CA.server("middle.example").issue();
        Issued weakRoot = Issued.root("Weak Root").key("RSA 1024").issue();
        Issued selfSigned =
                new Issued.Draft("shop.example", null).names("shop.example").issue();
        Issued oldIntermediate = ROOT.intermediate("Old CA").days(-800, -2).issue();
        Issued mute = ROOT.intermediate("Mute CA")
                .with(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                .issue();
        Issued mailCa = ROOT.intermediate("Mail CA")
                .usage(KeyPurposeId.id_kp_emailProtection)
                .issue();
        Issued sha1Ca = ROOT.intermediate("Sha CA").signature("SHA1withECDSA").issue();
        Issued rsaCa = ROOT.intermediate("RSA CA").key("RSA 2048").issue();
        return Stream.of(
                row(
                        "expired",
                        CA.server("shop.example").days(-60, -3).issue(),
                        Finding.FAILED,
                        Code.EXPIRED,
                        "the certificate expired 3 days ago, on 2026-11-17"),
                row(
                        "expired this morning",
                        CA.server("shop.example")
                                .lasting(NOW.minus(Duration.ofDays(60)), NOW.minus(Duration.ofHours(5)))
                                .issue(),
                        Finding.FAILED,
                        Code.EXPIRED,
                        "the certificate expired 5 hours ago, on 2026-11-20 07:00 UTC"),
                row(
                        "expired a second ago",
                        CA.server("shop.example")
                                .lasting(NOW.minus(Duration.ofDays(60)), NOW.minusSeconds(1))
                                .issue(),
                        Finding.FAILED,
                        Code.EXPIRED,
                        "the certificate expired 1 second ago, on 2026-11-20 11:59 UTC"),
                row(
                        "intermediate expired",
                        oldIntermediate.server("shop.example").issue(),
                        Finding.FAILED,
                        Code.EXPIRED,
                        "the intermediate certificate \"Old CA\" expired 2 days ago, on 2026-11-18"),
                row(
                        "not yet valid",
                        CA.server("shop.example").days(2, 60).issue(),
                        Finding.FAILED,
                        Code.NOT_YET_VALID,
                        "the certificate is not valid yet: it begins in 2 days, on 2026-11-22"),
                row(
                        "ends soon",
                        CA.server("shop.example").days(-79, 11).issue(),
                        Finding.WARNED,
                        Code.EXPIRES_SOON,
                        "the certificate expires in 11 days, on 2026-12-01"),
                row(
                        "valid for a year",
                        CA.server("shop.example").days(-20, 345).issue(),
                        Finding.WARNED,
                        Code.VALID_TOO_LONG,
                        "the certificate is valid for 365 days, more than the 200 that are allowed for one issued on 2026-10-31"),
                row(
                        "another name",
                        CA.server("old.example").issue(),
                        Finding.FAILED,
                        Code.WRONG_NAME,
                        "the certificate is for old.example, not for shop.example"),
                row(
                        "many other names",
                        CA.server("a.example", "b.example", "c.example", "d.example", "e.example")
                                .issue(),
                        Finding.FAILED,
                        Code.WRONG_NAME,
                        "the certificate is for a.example, b.example, c.example and 2 more, not for shop.example"),
                row(
                        "an address only",
                        CA.server("192.0.2.7").issue(),
                        Finding.FAILED,
                        Code.WRONG_NAME,
                        "the certificate is for 192.0.2.7, not for shop.example"),
                row(
                        "no name at all",
                        new Issued.Draft("Somebody", CA).issue(),
                        Finding.FAILED,
                        Code.WRONG_NAME,
                        "the certificate is for no host (its common name is Somebody), not for shop.example"),
                row(
                        "common name only",
                        new Issued.Draft("shop.example", CA).issue(),
                        Finding.FAILED,
                        Code.NAME_IN_SUBJECT_ONLY,
                        "the certificate names shop.example in its common name only, where clients no longer look"),
                row(
                        "self-signed",
                        List.of(selfSigned.certificate()),
                        Finding.FAILED,
                        Code.SELF_SIGNED,
                        "the certificate is self-signed"),
                row(
                        "missing intermediate",
                        List.of(CA.server("shop.example")
                                .publishedAt("http://ca.example/1.cer")
                                .issue()
                                .certificate()),
                        Finding.FAILED,
                        Code.MISSING_INTERMEDIATE,
                        "the server does not send the intermediate certificate \"Test CA 1\"; it is published at http://ca.example/1.cer"),
                row(
                        "wrong intermediate",
                        List.of(GOOD.certificate(), OTHER_CA.certificate()),
                        Finding.FAILED,
                        Code.MISSING_INTERMEDIATE,
                        "the server does not send the intermediate certificate \"Test CA 1\""),
                row(
                        "root of somebody",
                        List.of(
                                OTHER_CA.server("shop.example").issue().certificate(),
                                OTHER_CA.certificate(),
                                OTHER_ROOT.certificate()),
                        Finding.FAILED,
                        Code.UNTRUSTED_ROOT,
                        "the chain ends in the root \"Corporate Root\", which is not trusted"),
                row(
                        "root of somebody, not sent",
                        OTHER_CA.server("shop.example").issue(),
                        Finding.FAILED,
                        Code.UNTRUSTED_ROOT,
                        "the chain ends at \"Corporate CA\", whose issuer \"Corporate Root\" is neither sent nor trusted"),
                row(
                        "forged",
                        CA.server("shop.example").forgedBy(OTHER_CA.keys()).issue(),
                        Finding.FAILED,
                        Code.BAD_SIGNATURE,
                        "the certificate names \"Test CA 1\" as its issuer, but the signature is not made with that key"),
                row(
                        "short RSA key",
                        CA.server("shop.example").key("RSA 1024").issue(),
                        Finding.FAILED,
                        Code.WEAK_KEY,
                        "the certificate has an RSA key of only 1024 bits; at least 2048 are needed"),
                row(
                        "tiny RSA key",
                        CA.server("shop.example").key("RSA 512").issue(),
                        Finding.FAILED,
                        Code.WEAK_KEY,
                        "the certificate has an RSA key of only 512 bits; at least 2048 are needed"),
                row(
                        "DSA key",
                        CA.server("shop.example").key("DSA 2048").issue(),
                        Finding.FAILED,
                        Code.WEAK_KEY,
                        "the certificate has a DSA key, which clients no longer accept"),
                new Row(
                        "short key of the root",
                        weakRoot.server("shop.example").issue().chain(),
                        Finding.FAILED,
                        Code.WEAK_KEY,
                        "the root \"Weak Root\" has an RSA key of only 1024 bits; at least 2048 are needed",
                        weakRoot),
                row(
                        "SHA-1",
                        CA.server("shop.example").signature("SHA1withECDSA").issue(),
                        Finding.FAILED,
                        Code.WEAK_SIGNATURE,
                        "the certificate is signed with SHA-1"),
                row(
                        "SHA-1 with RSA",
                        rsaCa.server("shop.example").signature("SHA1withRSA").issue(),
                        Finding.FAILED,
                        Code.WEAK_SIGNATURE,
                        "the certificate is signed with SHA-1"),
                row(
                        "MD5",
                        rsaCa.server("shop.example").signature("MD5withRSA").issue(),
                        Finding.FAILED,
                        Code.WEAK_SIGNATURE,
                        "the certificate is signed with MD5"),
                row(
                        "SHA-1 of an intermediate",
                        sha1Ca.server("shop.example").issue(),
                        Finding.FAILED,
                        Code.WEAK_SIGNATURE,
                        "the intermediate certificate \"Sha CA\" is signed with SHA-1"),
                row(
                        "for clients only",
                        CA.server("shop.example")
                                .usage(KeyPurposeId.id_kp_clientAuth)
                                .issue(),
                        Finding.FAILED,
                        Code.WRONG_USAGE,
                        "the certificate is not for servers: its extended key usage does not include them"),
                row(
                        "key for agreement only",
                        CA.server("shop.example")
                                .with(Extension.keyUsage, new KeyUsage(KeyUsage.keyAgreement))
                                .issue(),
                        Finding.FAILED,
                        Code.WRONG_USAGE,
                        "the key of the certificate may not be used to prove who the server is"),
                row(
                        "RSA key for transport only",
                        CA.server("shop.example")
                                .key("RSA 2048")
                                .with(Extension.keyUsage, new KeyUsage(KeyUsage.keyEncipherment))
                                .issue(),
                        Finding.WARNED,
                        Code.WRONG_USAGE,
                        "the key of the certificate may not sign, so only connections without forward secrecy work"),
                row(
                        "issuer may not sign",
                        mute.server("shop.example").issue(),
                        Finding.FAILED,
                        Code.WRONG_USAGE,
                        "the key of \"Mute CA\" may not be used to sign certificates"),
                row(
                        "issuer for mail",
                        mailCa.server("shop.example").issue(),
                        Finding.FAILED,
                        Code.WRONG_USAGE,
                        "\"Mail CA\" may not issue certificates for servers"),
                row(
                        "issuer is no authority",
                        notCa.server("shop.example").issue(),
                        Finding.FAILED,
                        Code.NOT_A_CA,
                        "\"middle.example\" has issued a certificate but is no certificate authority"),
                row(
                        "server is an authority",
                        CA.server("shop.example")
                                .ca(-1)
                                .with(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                                .issue(),
                        Finding.FAILED,
                        Code.SERVER_IS_CA,
                        "the server's own certificate is one of a certificate authority"),
                row(
                        "path too long",
                        oneTooMany.server("shop.example").issue(),
                        Finding.FAILED,
                        Code.PATH_TOO_LONG,
                        "the path is longer than an issuer allows: \"One Too Many\" is one certificate too many"),
                row(
                        "name constraint",
                        narrow.server("shop.example").issue(),
                        Finding.FAILED,
                        Code.NAME_CONSTRAINT,
                        "the certificate \"shop.example\" is for names that its issuer is not allowed to issue for"),
                row(
                        "unknown critical extension",
                        CA.server("shop.example")
                                .with(new ASN1ObjectIdentifier("1.2.3.4"), DERNull.INSTANCE)
                                .issue(),
                        Finding.FAILED,
                        Code.UNKNOWN_EXTENSION,
                        "the certificate \"shop.example\" has a critical extension that clients do not know"),
                row(
                        "disordered",
                        disordered(),
                        Finding.WARNED,
                        Code.DISORDERED,
                        "the certificates are not sent in their order, each followed by that of its issuer"),
                row(
                        "root sent",
                        List.of(GOOD.certificate(), CA.certificate(), ROOT.certificate()),
                        Finding.PASSED,
                        Code.ROOT_SENT,
                        "the root \"Test Root\" is sent, which no client needs"),
                row(
                        "something else sent",
                        List.of(GOOD.certificate(), CA.certificate(), OTHER_CA.certificate()),
                        Finding.PASSED,
                        Code.UNNEEDED,
                        "the certificate \"Corporate CA\" is sent, which is not needed"),
                row(
                        "something old sent",
                        List.of(GOOD.certificate(), CA.certificate(), oldIntermediate.certificate()),
                        Finding.WARNED,
                        Code.UNNEEDED_EXPIRED,
                        "the certificate \"Old CA\" is sent, which is not needed and expired 2 days ago, on 2026-11-18"),
                row("nothing", List.of(), Finding.FAILED, Code.NO_CERTIFICATE, "the server sends no certificate"));
    }

    private static List<X509Certificate> disordered() {
        Issued second = CA.intermediate("Test CA 2").issue();
        List<X509Certificate> chain =
                new ArrayList<>(second.server("shop.example").issue().chain());
        Collections.swap(chain, 1, 2);
        return chain;
    }

    @ParameterizedTest
    @MethodSource
    void flaws(Row row) {
        CertificateJudgement judgement = Tls.judge(row.chain, "shop.example", NOW, Set.of(row.root.anchor()));

        assertThat(judgement.flaws())
                .as("exactly one flaw: %s", judgement)
                .containsExactly(new CertificateFlaw(row.code, row.finding, row.sentence));
        assertThat(judgement.finding()).isEqualTo(row.finding);
        assertThat(judgement.why()).isEqualTo(row.finding == Finding.PASSED ? "" : row.sentence);
    }

    @Test
    void a_good_chain_has_no_flaw_and_three_different_ends() {
        CertificateJudgement judgement = Tls.judge(
                List.of(GOOD.certificate(), CA.certificate(), OTHER_CA.certificate()),
                "Shop.Example.",
                NOW,
                Set.of(OTHER_ROOT.anchor(), ROOT.anchor()));

        assertThat(judgement.finding()).isEqualTo(Finding.PASSED);
        assertThat(judgement.host()).isEqualTo("shop.example");
        assertThat(judgement.path()).containsExactly(GOOD.certificate(), CA.certificate());
        assertThat(judgement.anchor()).map(TrustAnchor::getTrustedCert).contains(ROOT.certificate());
        assertThat(judgement.leafLeft()).contains(Duration.ofDays(60).minusSeconds(1));
        assertThat(judgement.facts().stream().map(fact -> fact.name() + ": " + fact.found()))
                .contains(
                        "names: shop.example, www.shop.example",
                        "issuer: Test CA 1",
                        "key: EC 256",
                        "days left: 59",
                        "path: shop.example < Test CA 1 < Test Root");
    }

    @Test
    void leaf_served_chain_and_verified_path_end_at_different_times() {
        Issued shortLived = ROOT.intermediate("Short CA").days(-10, 30).issue();
        Issued extra = OTHER_ROOT.intermediate("Extra CA").days(-10, 5).issue();
        Issued leaf = shortLived.server("shop.example").issue();

        CertificateJudgement judgement = Tls.judge(
                List.of(leaf.certificate(), shortLived.certificate(), extra.certificate()),
                "shop.example",
                NOW,
                Set.of(ROOT.anchor()));

        assertThat(judgement.leafLeft()).map(Duration::toDays).contains(59L);
        assertThat(judgement.pathLeft()).contains(Duration.ofDays(30));
        assertThat(judgement.servedLeft()).contains(Duration.ofDays(5));
    }

    @Test
    void several_flaws_are_all_named_the_worst_first() {
        Issued bad = CA.server("old.example").days(-600, -3).key("RSA 1024").issue();

        CertificateJudgement judgement = Tls.judge(bad.chain(), "shop.example", NOW, Set.of(ROOT.anchor()));

        assertThat(judgement.flaws().stream().map(CertificateFlaw::code))
                .containsExactly(Code.EXPIRED, Code.WRONG_NAME, Code.WEAK_KEY, Code.VALID_TOO_LONG);
        assertThat(judgement.why())
                .isEqualTo("the certificate expired 3 days ago, on 2026-11-17; "
                        + "the certificate is for old.example, not for shop.example; "
                        + "the certificate has an RSA key of only 1024 bits; at least 2048 are needed");
    }

    @Test
    void an_expired_chain_still_shows_what_else_is_wrong_with_it() {
        Issued last = ROOT.intermediate("Last CA").ca(0).issue();
        Issued expired = last.intermediate("One Too Many")
                .issue()
                .server("shop.example")
                .days(-60, -3)
                .issue();

        CertificateJudgement judgement = Tls.judge(expired.chain(), "shop.example", NOW, Set.of(ROOT.anchor()));

        assertThat(judgement.flaws().stream().map(CertificateFlaw::code))
                .containsExactly(Code.EXPIRED, Code.PATH_TOO_LONG);
    }

    @Test
    void a_cross_signed_chain_takes_the_path_that_is_still_valid() {
        Issued oldRoot = Issued.root("Old Root").issue();
        X509Certificate crossed = new Issued.Draft("Test Root", oldRoot)
                .ca(-1)
                .days(-900, -10)
                .issue()
                .certificate();

        CertificateJudgement judgement = Tls.judge(
                List.of(GOOD.certificate(), CA.certificate(), crossed),
                "shop.example",
                NOW,
                Set.of(oldRoot.anchor(), ROOT.anchor()));

        assertThat(judgement.path()).containsExactly(GOOD.certificate(), CA.certificate());
        assertThat(judgement.finding()).isEqualTo(Finding.WARNED);
        assertThat(judgement.has(Code.UNNEEDED_EXPIRED)).isTrue();
    }

    @Test
    void a_self_signed_certificate_that_is_named_as_trusted_is_good() {
        Issued own = new Issued.Draft("shop.example", null)
                .names("shop.example")
                .ca(-1)
                .without(Extension.keyUsage)
                .issue();

        CertificateJudgement judgement =
                Tls.judge(List.of(own.certificate()), "shop.example", NOW, Set.of(own.anchor()));

        assertThat(judgement.flaws()).isEmpty();
        assertThat(judgement.path()).containsExactly(own.certificate());
    }

    @Test
    void an_anchor_may_be_a_name_and_a_key() {
        TrustAnchor bare = new TrustAnchor(
                ROOT.certificate().getSubjectX500Principal(), ROOT.keys().getPublic(), null);

        CertificateJudgement judgement = Tls.judge(GOOD.chain(), "shop.example", NOW, Set.of(bare));

        assertThat(judgement.flaws()).isEmpty();
        assertThat(judgement.toString()).startsWith("shop.example at 2026-11-20T12:00:00Z: PASSED");
    }

    @Test
    void an_intermediate_may_be_the_anchor() {
        CertificateJudgement judgement = Tls.judge(GOOD.chain(), "shop.example", NOW, Set.of(CA.anchor()));

        assertThat(judgement.path()).containsExactly(GOOD.certificate());
        assertThat(judgement.has(Code.ROOT_SENT)).isTrue();
    }

    @Test
    void an_expired_root_is_a_warning() {
        Issued oldRoot = Issued.root("Old Root").days(-4000, -4).issue();
        Issued leaf =
                oldRoot.intermediate("Young CA").issue().server("shop.example").issue();

        CertificateJudgement judgement = Tls.judge(leaf.chain(), "shop.example", NOW, Set.of(oldRoot.anchor()));

        assertThat(judgement.finding()).isEqualTo(Finding.WARNED);
        assertThat(judgement.why())
                .isEqualTo("the trusted root \"Old Root\" expired 4 days ago, on 2026-11-16, which some clients mind");
    }

    @Test
    void a_certificate_of_six_days_warns_at_a_quarter_of_its_life() {
        Issued fresh = CA.server("shop.example").days(-4, 2).issue();
        Issued late = CA.server("shop.example").days(-5, 1).issue();

        assertThat(Tls.judge(fresh.chain(), "shop.example", NOW, Set.of(ROOT.anchor()))
                        .flaws())
                .isEmpty();
        assertThat(Tls.judge(late.chain(), "shop.example", NOW, Set.of(ROOT.anchor()))
                        .has(Code.EXPIRES_SOON))
                .isTrue();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({
        "2017-01-01, 1188", "2018-03-01, 825", "2020-08-31, 825", "2020-09-01, 398", "2026-03-14, 398",
        "2026-03-15, 200", "2027-03-15, 100", "2029-03-14, 100", "2029-03-15, 47", "2040-01-01, 47"
    })
    void the_lifetime_allowed_depends_on_the_day_of_issue(String day, int limit) {
        Instant from = Instant.parse(day + "T00:00:00Z");
        Instant at = from.plus(Duration.ofDays(1));
        Issued root = Issued.root("Eternal Root")
                .lasting(from.minus(Duration.ofDays(1)), from.plus(Duration.ofDays(4000)))
                .issue();
        Issued allowed = root.server("shop.example")
                .lasting(from, from.plus(Duration.ofDays(limit)).minusSeconds(1))
                .issue();
        Issued tooLong = root.server("shop.example")
                .lasting(from, from.plus(Duration.ofDays(limit)))
                .issue();

        assertThat(Tls.judge(allowed.chain(), "shop.example", at, Set.of(root.anchor()))
                        .flaws())
                .isEmpty();
        assertThat(Tls.judge(tooLong.chain(), "shop.example", at, Set.of(root.anchor()))
                        .has(Code.VALID_TOO_LONG))
                .isTrue();
    }

    @Test
    void text_from_a_certificate_cannot_break_out_of_its_line() {
        Issued hostile = CA.server("evil\u0007\n\u202e.example").issue();

        CertificateJudgement judgement = Tls.judge(hostile.chain(), "shop.example", NOW, Set.of(ROOT.anchor()));

        assertThat(judgement.why()).doesNotContain("\n", "\u0007", "\u202e");
    }

    @Test
    void a_bad_argument_is_named() {
        Set<TrustAnchor> none = Set.of();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.judge(List.of(), "https://shop.example", NOW, none))
                .withMessageContaining("host must be a host name");
        assertThatIllegalArgumentException().isThrownBy(() -> Tls.judge(List.of(), "*.shop.example", NOW, none));
        assertThatNullPointerException()
                .isThrownBy(() -> Tls.judge(List.of(), null, NOW, none))
                .withMessageContaining("host");
    }
}
