package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.ecr.EcrPort;
import dev.golive.aws.internal.ecr.EcrPort.Image;
import dev.golive.aws.internal.ecr.EcrPort.Scan;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A repository of ECR in the account.
 *
 * <pre>{@code
 * EcrRepository shop = aws.ecr("shop");
 *
 * shop.hasTag("1.4.0");                                       // what a rollback needs is still there
 * shop.tag("production").hasDigest(is(deploy.release().map(String.class, Release::digest)));
 * shop.scan("1.5.0").hasNoneAbove(EcrRepository.Severity.MEDIUM);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class EcrRepository {

    /** How bad a finding of a scan is, in order. */
    public enum Severity {
        /** Nothing to be done. */
        INFORMATIONAL,
        /** Low. */
        LOW,
        /** Medium. */
        MEDIUM,
        /** High. */
        HIGH,
        /** Critical. */
        CRITICAL
    }

    private static final List<Severity> WORST_FIRST =
            List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFORMATIONAL);

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** What does not become complete by waiting. */
    private static final Set<String> NEVER_COMPLETE =
            Set.of("FAILED", "UNSUPPORTED_IMAGE", "SCAN_ELIGIBILITY_EXPIRED", "IMAGE_ARCHIVED");

    private final Aws aws;
    private final String repository;

    EcrRepository(Aws aws, String repository) {
        this.aws = aws;
        this.repository = repository;
    }

    /**
     * Whether there is an image with a tag.
     *
     * @param tag the tag
     * @return the check
     */
    public Check hasTag(String tag) {
        return tag(tag).exists();
    }

    /**
     * Whether there is an image with a digest, with whatever tags.
     *
     * @param digest {@code sha256:} and 64 hexadecimal digits
     * @return the check
     * @throws IllegalArgumentException if the digest has another form
     */
    public Check hasDigest(String digest) {
        Given.form(digest, "digest", DIGEST, "sha256: and 64 hexadecimal digits");
        return imaging(this + " has image " + digest, digest, (calls, image) -> Outcome.passed(facts(image)));
    }

    /**
     * A tag of the repository.
     *
     * @param tag the tag
     * @return the tag
     */
    public Tag tag(String tag) {
        return new Tag(this, notDigest(tag));
    }

    /**
     * The scan for vulnerabilities of the image that a tag stands for.
     *
     * @param tag the tag
     * @return the scan
     */
    public ImageScan scan(String tag) {
        return new ImageScan(this, notDigest(tag));
    }

    private static String notDigest(String tag) {
        if (Given.text(tag, "tag").contains(":")) {
            throw new IllegalArgumentException("tag must be a tag and no digest but was " + tag);
        }
        return tag;
    }

    /** What is asked of an image that is there. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, Image image) throws Exception;
    }

    private AwsCheck imaging(String sentence, String tagOrDigest, Question question) {
        return AwsCheck.of(aws, Service.ECR, sentence, calls -> {
                    Optional<Image> image = EcrPort.of(calls).image(aws.account(), repository, tagOrDigest);
                    return image.isEmpty()
                            ? Outcome.failed("there is no image " + tagOrDigest + " in " + this)
                            : question.of(calls, image.get());
                })
                .needing("ecr:DescribeImages", aws.arn("ecr", "repository/" + repository));
    }

    private static Fact[] facts(Image image) {
        return new Fact[] {Fact.of("digest", image.digest()), Fact.of("pushed", image.pushedAt())};
    }

    /**
     * What it is.
     *
     * @return for example {@code repository shop of ECR in eu-north-1}
     */
    @Override
    public String toString() {
        return "repository " + repository + " of ECR in " + aws.region();
    }

    /** A tag of a repository, which stands for one image at a time. Immutable and thread-safe. */
    public static final class Tag {

        private final EcrRepository repository;
        private final String tag;

        private Tag(EcrRepository repository, String tag) {
            this.repository = repository;
            this.tag = tag;
        }

        /**
         * Whether there is an image with this tag.
         *
         * @return the check
         */
        public Check exists() {
            return repository.imaging(this + " exists", tag, (calls, image) -> Outcome.passed(facts(image)));
        }

        /**
         * Which image it stands for.
         *
         * @param expected what the digest should be, for example that of the release that was deployed
         * @return the check
         */
        public Check hasDigest(Expectation<String> expected) {
            Given.notNull(expected, "expected");
            return repository
                    .imaging(
                            "the digest of " + this + " is " + expected.sentence(),
                            tag,
                            (calls, image) -> Judge.value("digest", expected, image.digest(), calls.context())
                                    .with(Fact.of("pushed", image.pushedAt())))
                    .reading(expected);
        }

        /**
         * Which image it stands for.
         *
         * @param digest {@code sha256:} and 64 hexadecimal digits
         * @return the check
         * @throws IllegalArgumentException if the digest has another form
         */
        public Check hasDigest(String digest) {
            return hasDigest(Expect.is(Given.form(digest, "digest", DIGEST, "sha256: and 64 hexadecimal digits")));
        }

        /**
         * What it is.
         *
         * @return for example {@code tag production of repository shop of ECR in eu-north-1}
         */
        @Override
        public String toString() {
            return "tag " + tag + " of " + repository;
        }
    }

    /**
     * The scan for vulnerabilities of the image that a tag stands for.
     *
     * <ul>
     *   <li>Both kinds count: the basic scan, which is made once and ends {@code COMPLETE}, and the enhanced one by Amazon
     *       Inspector, which goes on and is {@code ACTIVE}.
     *   <li>While a scan goes on a check is unknown. An image that was never scanned, or cannot be, fails it.
     *   <li>Findings that somebody has suppressed do not count.
     * </ul>
     *
     * <p>Immutable and thread-safe.
     */
    public static final class ImageScan {

        private final EcrRepository repository;
        private final String tag;

        private ImageScan(EcrRepository repository, String tag) {
            this.repository = repository;
            this.tag = tag;
        }

        /**
         * Whether it is complete and has found nothing worse than this. Findings that ECR has no severity for make it a
         * warning.
         *
         * @param severity the worst that is accepted
         * @return the check
         */
        public Check hasNoneAbove(Severity severity) {
            Given.notNull(severity, "severity");
            return scanning(
                    this + " has found nothing above " + severity,
                    (calls, scan) -> judge(severity, new TreeMap<>(scan.findings())));
        }

        private static Outcome judge(Severity accepted, Map<String, Integer> findings) {
            List<Fact> facts = new ArrayList<>();
            List<String> worse = new ArrayList<>();
            for (Severity severity : WORST_FIRST) {
                Integer known = findings.remove(severity.name());
                int count = known == null ? 0 : known;
                boolean bad = severity.compareTo(accepted) > 0;
                facts.add(bad ? Fact.of(severity.name(), 0, count) : Fact.of(severity.name(), count));
                if (bad && count > 0) {
                    worse.add(count + " " + severity);
                }
            }
            int unsorted = 0;
            for (Map.Entry<String, Integer> other : findings.entrySet()) {
                unsorted += other.getValue();
                facts.add(Fact.of(other.getKey(), other.getValue()));
            }
            if (!worse.isEmpty()) {
                return Outcome.failed("it has found " + String.join(", ", worse))
                        .with(facts);
            }
            return (unsorted == 0 ? Outcome.passed() : Outcome.warned("findings without a severity: " + unsorted))
                    .with(facts);
        }

        /**
         * Whether it was completed lately, since new vulnerabilities become known every day.
         *
         * @param span how long ago is too long
         * @return the check
         * @throws IllegalArgumentException if the span is not longer than zero
         */
        public Check isYoungerThan(Duration span) {
            Given.positive(span, "span");
            return scanning(this + " is younger than " + Spans.text(span), (calls, scan) -> {
                Instant completed = scan.completedAt();
                if (completed == null) {
                    throw ApiProblem.incomplete(Service.ECR.title(), "when the scan was completed");
                }
                return Judge.younger("the scan", completed, span, calls.context())
                        .with(Fact.of("completed", completed));
            });
        }

        /** What is asked of a scan that is complete. */
        @FunctionalInterface
        private interface ScanQuestion {
            Outcome of(Calls calls, Scan scan) throws Exception;
        }

        private Check scanning(String sentence, ScanQuestion question) {
            return repository
                    .imaging(sentence, tag, (calls, image) -> {
                        Optional<Scan> found =
                                EcrPort.of(calls).scan(repository.aws.account(), repository.repository, image.digest());
                        if (found.isEmpty()) {
                            return Outcome.failed("the image was never scanned", facts(image));
                        }
                        Scan scan = found.get();
                        Fact status = Fact.of("scan", scan.status());
                        if (scan.isComplete()) {
                            return question.of(calls, scan).with(status).with(facts(image));
                        }
                        String why = "the scan is " + scan.status();
                        return (NEVER_COMPLETE.contains(scan.status()) ? Outcome.failed(why) : Outcome.unknown(why))
                                .with(status)
                                .with(facts(image));
                    })
                    .needing(
                            "ecr:DescribeImageScanFindings",
                            repository.aws.arn("ecr", "repository/" + repository.repository));
        }

        /**
         * What it is.
         *
         * @return for example {@code the scan of tag 1.5.0 of repository shop of ECR in eu-north-1}
         */
        @Override
        public String toString() {
            return "the scan of tag " + tag + " of " + repository;
        }
    }
}
