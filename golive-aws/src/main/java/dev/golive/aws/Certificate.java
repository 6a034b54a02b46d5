package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.acm.AcmPort;
import dev.golive.aws.internal.acm.AcmPort.Detail;
import dev.golive.aws.internal.acm.AcmPort.Validation;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.net.IDN;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate of AWS Certificate Manager.
 *
 * <pre>{@code
 * Certificate certificate = aws.certificate("arn:aws:acm:us-east-1:123456789012:certificate/0a1b..");
 *
 * certificate.isIssued();
 * certificate.expiresIn(atLeast(days(21)));
 * certificate.covers("www.shop.example");
 * certificate.isUsableByCloudFront();
 * }</pre>
 *
 * <p>It is asked for in the region of its ARN, whatever the region of the account is. Needs {@code
 * software.amazon.awssdk:acm} on the class path. Immutable and thread-safe.
 */
public final class Certificate {

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:acm:([a-z]{2}(?:-[a-z]+)+-[0-9]+):([0-9]{12}):certificate/[A-Za-z0-9-]+");

    private final Aws aws;
    private final String arn;

    private Certificate(Aws aws, String arn) {
        this.aws = aws;
        this.arn = arn;
    }

    static Certificate of(Aws aws, String arn) {
        Given.form(arn, "arn", ARN, "the ARN of a certificate of ACM");
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches() || !matcher.group(2).equals(aws.account())) {
            throw new IllegalArgumentException(
                    "arn must be one of account " + aws.account() + ", whose credentials are used, but was " + arn);
        }
        return new Certificate(aws.in(matcher.group(1)), arn);
    }

    /**
     * Whether it is issued, and neither expired nor revoked.
     *
     * @return the check
     */
    public Check isIssued() {
        return check("is issued", (calls, found) -> Judge.is("status", "ISSUED", found.status()));
    }

    /**
     * For how long it is still valid. One that is not issued fails.
     *
     * @param expected what the time should be, for example {@code atLeast(days(21))}
     * @return the check
     */
    public Check expiresIn(Expectation<Duration> expected) {
        Given.notNull(expected, "expected");
        return check("is valid for " + expected.sentence(), (calls, found) -> {
                    if (!found.status().equals("ISSUED")) {
                        return Judge.is("status", "ISSUED", found.status());
                    }
                    Instant end = calls.said(found.notAfter(), "until when the certificate is valid");
                    Expectation<Duration> resolved = expected.resolved(calls.context());
                    Duration left = Duration.between(calls.context().time().now(), end);
                    return Judge.holds(
                            resolved.accepts(left),
                            "it is valid for " + Expect.text(left),
                            Fact.of("time left", resolved.sentence(), Expect.text(left)),
                            Fact.of("valid until", end));
                })
                .reading(expected);
    }

    /**
     * Whether it is for a name. A star in one of its names stands for one whole label at the beginning (RFC 6125).
     *
     * @param name the name, for example {@code www.shop.example}
     * @return the check
     * @throws IllegalArgumentException if it is no name of a host
     */
    public Check covers(String name) {
        String host = ascii(Given.text(name, "name"));
        return check("is for " + name, (calls, found) -> {
            Fact fact = Fact.of("names", name, String.join(", ", found.names()));
            if (found.names().stream().anyMatch(pattern -> fits(pattern, host))) {
                return Outcome.passed(fact);
            }
            calls.listed(found.hasAllNames(), found.names(), "names");
            return Outcome.failed("the certificate is not for " + name, fact);
        });
    }

    private static String ascii(String name) {
        String ascii;
        try {
            ascii = IDN.toASCII(
                    name.endsWith(".") ? name.substring(0, name.length() - 1) : name, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("name must be the name of a host but was " + name, e);
        }
        return ascii.toLowerCase(Locale.ROOT);
    }

    /** Whether a name of a certificate is for a host (RFC 6125, section 6.4.3). */
    static boolean fits(String pattern, String host) {
        String known = pattern.toLowerCase(Locale.ROOT);
        if (!known.startsWith("*.")) {
            return known.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(known.substring(1));
    }

    /**
     * Whether ACM renews it by itself, and no renewal is stuck. ACM does not renew what was imported, nor what nothing
     * uses.
     *
     * @return the check
     */
    public Check isRenewable() {
        return check("is renewed by ACM", (calls, found) -> {
            String eligibility = calls.said(found.eligibility(), "whether the certificate is renewed");
            Fact[] facts = {
                Fact.of("eligibility", "ELIGIBLE", eligibility),
                Fact.of("renewal", found.renewal().isEmpty() ? "none yet" : found.renewal()),
                Fact.of("type", found.type())
            };
            if (!eligibility.equals("ELIGIBLE")) {
                return Outcome.failed("ACM does not renew it", facts);
            }
            boolean stuck = found.renewal().equals("FAILED") || found.renewal().equals("PENDING_VALIDATION");
            return Judge.holds(!stuck, "its renewal is " + found.renewal(), facts);
        });
    }

    /**
     * Whether ACM has seen what proves that its names are ours. What must be in DNS for that stands in the facts.
     *
     * @return the check
     */
    public Check isValidated() {
        return check("is validated for all its names", (calls, found) -> {
            if (found.validations().isEmpty()) {
                // also so in the first seconds after it was asked for
                throw ApiProblem.undecided("ACM does not say how the names are validated");
            }
            List<Fact> facts = new ArrayList<>();
            List<String> open = new ArrayList<>();
            for (Validation validation : found.validations()) {
                String status = calls.said(validation.status(), "the status of a validation");
                if (!status.equals("SUCCESS")) {
                    open.add(validation.name());
                }
                facts.add(Fact.of(
                        "validation of " + validation.name(),
                        "SUCCESS",
                        status + (validation.record().isEmpty() ? "" : ", by " + validation.record())));
            }
            return (open.isEmpty() ? Outcome.passed() : Outcome.failed("not validated: " + String.join(", ", open)))
                    .with(facts);
        });
    }

    /**
     * Whether it is there and in a region.
     *
     * @param region the region
     * @return the check
     */
    public Check isInRegion(String region) {
        Given.text(region, "region");
        return check("is in region " + region, (calls, found) -> Judge.is("region", region, aws.region()));
    }

    /**
     * Whether a distribution of CloudFront can use it: it is issued, in us-east-1.
     *
     * @return the check
     */
    public Check isUsableByCloudFront() {
        return check("can be used by CloudFront", (calls, found) -> {
            Outcome region = Judge.is("region", "us-east-1", aws.region());
            return region.finding() == Finding.FAILED
                    ? region
                    : Judge.is("status", "ISSUED", found.status()).with(Fact.of("region", aws.region()));
        });
    }

    private interface Question {
        Outcome of(Calls calls, Detail found) throws Exception;
    }

    private AwsCheck check(String predicate, Question question) {
        return AwsCheck.of(aws, Service.ACM, this + " " + predicate, calls -> {
                    Optional<Detail> found = AcmPort.of(calls).certificate(arn);
                    return found.isEmpty() ? Outcome.failed("there is no " + this) : question.of(calls, found.get());
                })
                .needing("acm:DescribeCertificate", arn);
    }

    /**
     * What it is.
     *
     * @return for example {@code certificate 0a1b.. in us-east-1}
     */
    @Override
    public String toString() {
        return "certificate " + arn.substring(arn.indexOf('/') + 1) + " in " + aws.region();
    }
}
