package dev.golive.aws;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.cloudfront.CloudFrontPort;
import dev.golive.aws.internal.cloudfront.CloudFrontPort.Detail;
import dev.golive.aws.internal.cloudfront.CloudFrontPort.Origin;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A distribution of CloudFront.
 *
 * <pre>{@code
 * Distribution shop = aws.distribution("E2QWRUHAPOMQZL");
 *
 * shop.isDeployed();
 * shop.hasAlias("www.shop.example");
 * shop.servesHttpsOnly();
 * shop.invalidate("/*");
 * }</pre>
 *
 * <p>CloudFront has no regions. Needs {@code software.amazon.awssdk:cloudfront} on the class path. Immutable and
 * thread-safe.
 */
public final class Distribution {

    private static final int MOST_PATHS = 3000;

    private final Aws aws;
    private final String id;

    Distribution(Aws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    /**
     * Whether it is enabled, and its configuration has come everywhere.
     *
     * @return the check
     */
    public Check isDeployed() {
        return check(
                "is deployed and enabled",
                (calls, found) -> found.isEnabled()
                        ? Judge.is("status", "Deployed", found.status()).with(Fact.of("domain", found.domain()))
                        : Outcome.failed("the distribution is disabled", Fact.of("status", found.status())));
    }

    /**
     * Whether it answers for a name, by that name or by one with a star for the first label.
     *
     * @param name the name, for example {@code www.shop.example}
     * @return the check
     */
    public Check hasAlias(String name) {
        String host = Given.text(name, "name").toLowerCase(Locale.ROOT);
        return check(
                "answers for " + name,
                (calls, found) -> Judge.holds(
                        found.aliases().stream().anyMatch(alias -> Certificate.fits(alias, host)),
                        "the distribution does not answer for " + name,
                        Fact.of(
                                "aliases",
                                name,
                                found.aliases().isEmpty() ? "none" : String.join(", ", found.aliases()))));
    }

    /**
     * Whether it uses a certificate of ACM.
     *
     * @param arn the ARN of the certificate
     * @return the check
     */
    public Check usesCertificate(String arn) {
        Given.text(arn, "arn");
        return check(
                "uses the certificate " + arn,
                (calls, found) -> found.certificateArn().isEmpty()
                        ? Outcome.failed(
                                "the distribution uses no certificate of ACM", Fact.of("certificate", arn, "none"))
                        : Judge.is("certificate", arn, found.certificateArn()));
    }

    /**
     * The least version of TLS, as CloudFront calls its policies.
     *
     * @param expected what it should be, for example {@code oneOf("TLSv1.2_2021", "TLSv1.3_2025")}
     * @return the check
     */
    public Check minimumTls(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return check(
                        "has the TLS policy " + expected.sentence(),
                        (calls, found) -> Judge.value(
                                "TLS policy",
                                expected,
                                calls.said(found.leastTls(), "the least version of TLS"),
                                calls.context()))
                .reading(expected);
    }

    /**
     * Whether no request without TLS is answered with content: for every path it is redirected to HTTPS or refused.
     *
     * @return the check
     */
    public Check servesHttpsOnly() {
        return check("answers with content over HTTPS only", (calls, found) -> {
            List<String> open = new ArrayList<>();
            List<Fact> facts = new ArrayList<>();
            found.viewerPolicies().forEach((path, policy) -> {
                facts.add(Fact.of("policy for " + path, "redirect-to-https or https-only", policy));
                if (!policy.equals("redirect-to-https") && !policy.equals("https-only")) {
                    open.add(path);
                }
            });
            return (open.isEmpty()
                            ? Outcome.passed()
                            : Outcome.failed("requests without TLS are answered for " + String.join(", ", open)))
                    .with(facts);
        });
    }

    /**
     * Whether each bucket that it fetches from is read with an origin access control, or with a legacy origin access
     * identity, so that the bucket need not be public. A website endpoint of S3 knows neither and fails; so does a
     * distribution without any bucket.
     *
     * @return the check
     */
    public Check usesOriginAccessControl() {
        return check("reads its buckets with origin access control", (calls, found) -> {
            List<Fact> facts = new ArrayList<>();
            List<String> open = new ArrayList<>();
            for (Origin origin : found.origins()) {
                boolean website = origin.domain().contains(".s3-website");
                if (!website && !origin.isS3() && !isBucket(origin.domain())) {
                    continue;
                }
                String how = website
                        ? "a website endpoint"
                        : !origin.accessControl().isEmpty()
                                ? "origin access control " + origin.accessControl()
                                : !origin.accessIdentity().isEmpty() ? "legacy " + origin.accessIdentity() : "none";
                facts.add(Fact.of("access of " + origin.id(), how));
                if (website || how.equals("none")) {
                    open.add(origin.domain());
                }
            }
            if (facts.isEmpty()) {
                return Outcome.failed("no origin of the distribution is a bucket");
            }
            return (open.isEmpty()
                            ? Outcome.passed()
                            : Outcome.failed("read without access control: " + String.join(", ", open)))
                    .with(facts);
        });
    }

    private static boolean isBucket(String domain) {
        return domain.matches(".+\\.s3[.-][a-z0-9.-]*amazonaws\\.com(\\.cn)?");
    }

    /**
     * Has the caches forget paths, and waits until all have. Within a launch it is asked for once, however often it is
     * repeated.
     *
     * @param path a path that begins with a slash and may end in a star, for example {@code /index.html} or {@code /*}
     * @param more other ones
     * @return the action
     * @throws IllegalArgumentException if a path does not begin with a slash, has a star that is not its end, or there are
     *     more than 3000
     */
    public Action invalidate(String path, String... more) {
        List<String> paths = Given.all(path, "path", more).stream().distinct().toList();
        for (String one : paths) {
            int star = one.indexOf('*');
            if (!one.startsWith("/") || (star >= 0 && star < one.length() - 1)) {
                throw new IllegalArgumentException(
                        "path must begin with a slash and have a star at its end only but was " + one);
            }
        }
        if (paths.size() > MOST_PATHS) {
            throw new IllegalArgumentException(
                    "there must be no more than " + MOST_PATHS + " paths but there were " + paths.size());
        }
        return new DistributionInvalidation(this, paths);
    }

    // ---- for its parts

    private interface Question {
        Outcome of(Calls calls, Detail found) throws Exception;
    }

    private AwsCheck check(String predicate, Question question) {
        return AwsCheck.of(aws, Service.CLOUD_FRONT, this + " " + predicate, calls -> {
                    Optional<Detail> found = CloudFrontPort.of(calls).distribution(id);
                    return found.isEmpty() ? Outcome.failed("there is no " + this) : question.of(calls, found.get());
                })
                .needing("cloudfront:GetDistribution", arn());
    }

    Aws aws() {
        return aws;
    }

    String id() {
        return id;
    }

    String arn() {
        return aws.globalArn("cloudfront", "distribution/" + id);
    }

    /**
     * What it is.
     *
     * @return for example {@code distribution E2QWRUHAPOMQZL}
     */
    @Override
    public String toString() {
        return "distribution " + id;
    }
}
