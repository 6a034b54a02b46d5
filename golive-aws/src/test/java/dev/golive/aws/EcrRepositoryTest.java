package dev.golive.aws;

import static dev.golive.Expect.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.Release;
import dev.golive.aws.EcrRepository.Severity;
import dev.golive.testkit.Examine;
import dev.golive.testkit.aws.AwsFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EcrRepositoryTest extends OnFakeAws {

    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String TWO = "sha256:" + "2".repeat(64);

    private final EcrRepository shop = aws.ecr("shop");

    @Test
    void a_tag_that_is_there_passes() {
        fake.ecr("shop").image("production", ONE);

        Outcome outcome = examine(shop.hasTag("production"));

        assertThat(outcome).matches(found -> found.finding() == Finding.PASSED);
        assertThat(outcome.facts().toString()).contains(ONE);
    }

    @Test
    void a_tag_that_is_not_there_fails() {
        fake.ecr("shop").image("staging", ONE);

        Outcome outcome = examine(shop.hasTag("production"));

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("there is no image production in repository shop of ECR in eu-north-1");
    }

    @Test
    void a_repository_that_is_not_there_fails() {
        for (Check check : List.of(
                shop.hasTag("production"),
                shop.hasDigest(ONE),
                shop.tag("production").hasDigest(ONE),
                shop.scan("production").hasNoneAbove(Severity.MEDIUM))) {
            assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.FAILED, check.sentence());
        }
    }

    @Test
    void an_image_without_a_tag_is_found_by_its_digest() {
        fake.ecr("shop").image("production", ONE).image("production", TWO);

        assertThat(examine(shop.hasDigest(ONE))).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(shop.tag("production").hasDigest(ONE)))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
        assertThat(examine(shop.tag("production").hasDigest(TWO)))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_tag_stands_for_what_was_deployed() {
        fake.ecr("shop").image("production", ONE);
        Capture<Release> release = Capture.of("release", Release.class);
        Check check = shop.tag("production").hasDigest(is(release.map(String.class, Release::digest)));

        assertThat(Examine.once(check)
                        .given(release, new Release("shop-web", "1", "1.0", ONE))
                        .through(fake.network())
                        .on(time)
                        .outcome())
                .matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(Examine.once(check)
                        .given(release, new Release("shop-web", "2", "2.0", TWO))
                        .through(fake.network())
                        .on(time)
                        .outcome())
                .matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void an_image_that_was_never_scanned_fails() {
        fake.ecr("shop").image("1.5.0", ONE);

        Outcome outcome = examine(shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM));

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("the image was never scanned");
    }

    @Test
    void a_scan_that_goes_on_is_unknown_until_it_is_complete() throws InterruptedException {
        fake.ecr("shop").image("1.5.0", ONE).scanned("1.5.0", Duration.ofMinutes(2));
        Check check = shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM);

        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.UNKNOWN);

        time.advance(Duration.ofMinutes(2));

        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_finding_above_the_limit_fails() {
        fake.ecr("shop")
                .image("1.5.0", ONE)
                .scanned("1.5.0")
                .finds("1.5.0", "CVE-1", "MEDIUM")
                .finds("1.5.0", "CVE-2", "HIGH")
                .finds("1.5.0", "CVE-3", "CRITICAL")
                .finds("1.5.0", "CVE-4", "CRITICAL");

        Outcome outcome = examine(shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM));

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("it has found 2 CRITICAL, 1 HIGH");
        assertThat(examine(shop.scan("1.5.0").hasNoneAbove(Severity.HIGH)).why())
                .isEqualTo("it has found 2 CRITICAL");
        assertThat(examine(shop.scan("1.5.0").hasNoneAbove(Severity.CRITICAL)))
                .matches(found -> found.finding() == Finding.PASSED);
    }

    @Test
    void a_finding_without_a_severity_is_a_warning() {
        fake.ecr("shop").image("1.5.0", ONE).scanned("1.5.0").finds("1.5.0", "CVE-1", "UNDEFINED");

        assertThat(examine(shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM)))
                .matches(outcome -> outcome.finding() == Finding.WARNED);
    }

    @Test
    void an_enhanced_scan_counts_and_what_was_suppressed_does_not() {
        fake.ecr("shop").image("1.5.0", ONE).inspected("1.5.0").findsSuppressed("1.5.0", "CVE-1", "CRITICAL");
        Check check = shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM);

        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.PASSED);

        fake.ecr("shop").finds("1.5.0", "CVE-2", "HIGH");

        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_scan_that_never_becomes_complete_fails_and_any_other_is_unknown() {
        fake.ecr("shop").image("1.5.0", ONE);
        Check check = shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM);
        for (String status : List.of("FAILED", "UNSUPPORTED_IMAGE", "SCAN_ELIGIBILITY_EXPIRED")) {
            fake.ecr("shop").scanStatus("1.5.0", status);
            assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.FAILED, status);
        }
        for (String status : List.of("PENDING", "FINDINGS_UNAVAILABLE", "SOMETHING_NEW")) {
            fake.ecr("shop").scanStatus("1.5.0", status);
            assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.UNKNOWN, status);
        }
    }

    @Test
    void findings_on_three_pages_are_all_read() {
        fake.ecr("shop")
                .image("1.5.0", ONE)
                .scanned("1.5.0")
                .finds("1.5.0", "CVE-1", "LOW")
                .finds("1.5.0", "CVE-2", "LOW")
                .finds("1.5.0", "CVE-3", "HIGH");
        fake.pageSize(1);

        assertThat(examine(shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM)))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
        assertThat(fake.requests("ecr:DescribeImageScanFindings")).hasSize(3);
    }

    @Test
    void an_old_scan_knows_no_new_vulnerabilities() throws InterruptedException {
        fake.ecr("shop").image("1.5.0", ONE).scanned("1.5.0");
        time.advance(Duration.ofDays(8));

        assertThat(examine(shop.scan("1.5.0").isYoungerThan(Duration.ofDays(9))))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(shop.scan("1.5.0").isYoungerThan(Duration.ofDays(8))))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.ecr("shop").image("1.5.0", ONE).scanned("1.5.0");

        for (Check check : List.of(
                shop.hasTag("1.5.0"),
                shop.hasDigest(ONE),
                shop.tag("1.5.0").hasDigest(ONE),
                shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM))) {
            assertThat(notUnknown("ecr", check)).as(check.sentence()).isEmpty();
        }
        assertThat(notUnknown(
                        "ecr:DescribeImageScanFindings", shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM)))
                .isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.ecr("shop").image("1.5.0", ONE).scanned("1.5.0");
        fake.faultNext(2, "ecr:DescribeImageScanFindings", AwsFault.throttled());

        assertThat(examine(shop.scan("1.5.0").hasNoneAbove(Severity.MEDIUM)))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_digest_is_no_tag() {
        assertThatIllegalArgumentException().isThrownBy(() -> shop.hasTag(ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> shop.scan(ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> shop.hasDigest("production"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.tag("production").hasDigest("latest"));
    }
}
