package dev.golive.aws;

import static dev.golive.Expect.atLeast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeCertificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateTest extends OnFakeAws {

    private static final String ARN = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d";

    private final Certificate certificate = aws.certificate(ARN);

    private FakeCertificate there() {
        return fake.certificate(ARN);
    }

    private void passes(Check check) {
        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    private Outcome fails(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        return outcome;
    }

    private void unknown(Check check) {
        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
    }

    private static List<Check> checks(Certificate certificate) {
        return List.of(
                certificate.isIssued(),
                certificate.expiresIn(atLeast(Duration.ofDays(21))),
                certificate.covers("shop.example"),
                certificate.isRenewable(),
                certificate.isValidated(),
                certificate.isInRegion("us-east-1"),
                certificate.isUsableByCloudFront());
    }

    static Stream<Integer> each() {
        return Stream.of(0, 1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_good_certificate_passes_and_is_asked_for_in_its_region(int which) {
        there();

        passes(checks(certificate).get(which));
        assertThat(fake.requests("acm:DescribeCertificate"))
                .singleElement()
                .matches(request -> request.region().equals("us-east-1"));
    }

    @ParameterizedTest
    @MethodSource("each")
    void one_that_is_not_there_fails(int which) {
        assertThat(fails(checks(certificate).get(which)).why())
                .isEqualTo("there is no certificate 0a1b2c3d in us-east-1");
    }

    @ParameterizedTest
    @MethodSource("each")
    void what_stands_between_us_and_an_answer_is_unknown(int which) {
        there();

        assertThat(notUnknown("acm", checks(certificate).get(which))).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        there();
        fake.faultNext(2, "acm", AwsFault.throttled());

        passes(certificate.isIssued());
    }

    @Test
    void one_that_waits_for_its_validation_is_not_issued_and_says_what_it_waits_for() throws Exception {
        there().pendingUntil(time.now().plus(Duration.ofMinutes(10)));

        assertThat(fails(certificate.isIssued()).why()).contains("PENDING_VALIDATION");
        fails(certificate.expiresIn(atLeast(Duration.ofDays(21))));
        fails(certificate.isUsableByCloudFront());
        fails(certificate.isRenewable());
        Outcome validation = fails(certificate.isValidated());
        assertThat(validation.why()).isEqualTo("not validated: shop.example");
        assertThat(validation.facts().toString()).contains("_0a.shop.example. CNAME _0b.acm-validations.aws.");

        time.advance(Duration.ofMinutes(10));
        passes(certificate.isIssued());
        passes(certificate.isValidated());
    }

    @Test
    void one_whose_records_are_not_there_yet_is_unknown() {
        there().pendingUntil(time.now().plus(Duration.ofMinutes(10)))
                .recordsFrom(time.now().plus(Duration.ofSeconds(5)));

        unknown(certificate.isValidated());
    }

    @Test
    void one_that_expires_soon_fails() throws Exception {
        there().validUntil(time.now().plus(Duration.ofDays(21)));
        passes(certificate.expiresIn(atLeast(Duration.ofDays(21))));

        time.advance(Duration.ofSeconds(1));
        fails(certificate.expiresIn(atLeast(Duration.ofDays(21))));
        time.advance(Duration.ofDays(22));
        assertThat(fails(certificate.isIssued()).why()).contains("EXPIRED");
    }

    @Test
    void one_that_was_revoked_fails() {
        there().status("REVOKED");

        fails(certificate.isIssued());
        fails(certificate.expiresIn(atLeast(Duration.ofDays(1))));
    }

    @Test
    void one_that_was_imported_is_not_renewed() {
        there().imported();

        fails(certificate.isRenewable());
        unknown(certificate.isValidated());
    }

    @Test
    void a_renewal_that_is_stuck_fails() {
        there().renewal("PENDING_AUTO_RENEWAL");
        passes(certificate.isRenewable());
        there().renewal("PENDING_VALIDATION");
        fails(certificate.isRenewable());
        there().renewal("FAILED");
        fails(certificate.isRenewable());
    }

    @Test
    void cloudfront_uses_those_of_one_region_only() {
        String arn = ARN.replace("us-east-1", "eu-north-1");
        fake.certificate(arn);

        assertThat(fails(aws.certificate(arn).isUsableByCloudFront()).why()).isEqualTo("region is eu-north-1");
        fails(aws.certificate(arn).isInRegion("us-east-1"));
    }

    @Test
    void names_count_in_any_case_and_with_a_dot_at_the_end() {
        there().names("shop.example", "*.shop.example", "xn--bcher-kva.example");

        passes(certificate.covers("WWW.Shop.Example."));
        passes(certificate.covers("bücher.example"));
        fails(certificate.covers("a.b.shop.example"));
        fails(certificate.covers("shop.example.evil"));
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.example, true",
        "*.shop.example, www.shop.example, true",
        "*.shop.example, shop.example, false",
        "*.shop.example, a.b.shop.example, false",
        "*.shop.example, .shop.example, false",
        "w*.shop.example, www.shop.example, false",
        "*, example, false",
        "*.*.example, a.b.example, false",
        "shop.example, wwwshop.example, false"
    })
    void a_star_stands_for_one_label_at_the_beginning(String pattern, String host, boolean fits) {
        assertThat(Certificate.fits(pattern, host)).isEqualTo(fits);
    }

    @Test
    void bad_arguments_are_refused() {
        assertThatThrownBy(() -> aws.certificate("shop.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arn must be the ARN of a certificate");
        assertThatThrownBy(() -> aws.certificate(ARN.replace("123456789012", "999999999999")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("123456789012");
        assertThatThrownBy(() -> certificate.covers("a b")).isInstanceOf(IllegalArgumentException.class);
    }
}
