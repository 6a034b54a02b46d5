package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A repository of ECR in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeEcr {

    /** An image by its digest. */
    static final class Image {
        final String digest;
        final Instant pushedAt;
        final List<String> tags = new ArrayList<>();
        final List<Finding> findings = new ArrayList<>();

        @Nullable
        String status;

        @Nullable
        Instant scannedAt;

        Duration scanTakes = Duration.ZERO;
        boolean enhanced;

        Image(String digest, Instant pushedAt) {
            this.digest = digest;
            this.pushedAt = pushedAt;
        }
    }

    /** What a scan finds. */
    record Finding(String name, String severity, boolean suppressed) {}

    private final FakeAws aws;
    private final String name;
    private final Map<String, Image> images = new LinkedHashMap<>();

    FakeEcr(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * Pushes an image under a tag, which another image loses.
     *
     * @param tag the tag
     * @param digest its digest, as {@code sha256:} and 64 hexadecimal digits
     * @return this
     * @throws IllegalArgumentException if the digest has another form
     */
    public FakeEcr image(String tag, String digest) {
        return image(tag, digest, aws.time().now());
    }

    /**
     * Pushes an image under a tag, which another image loses.
     *
     * @param tag the tag
     * @param digest its digest, as {@code sha256:} and 64 hexadecimal digits
     * @param pushedAt when it was pushed
     * @return this
     * @throws IllegalArgumentException if the digest has another form
     */
    public FakeEcr image(String tag, String digest, Instant pushedAt) {
        Objects.requireNonNull(tag, "tag must not be null");
        Objects.requireNonNull(pushedAt, "pushedAt must not be null");
        if (!Objects.requireNonNull(digest, "digest must not be null").matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("digest must be sha256: and 64 hexadecimal digits but was " + digest);
        }
        return aws.within(() -> {
            images.values().forEach(image -> image.tags.remove(tag));
            images.computeIfAbsent(digest, key -> new Image(key, pushedAt)).tags.add(tag);
            return this;
        });
    }

    /**
     * Removes an image.
     *
     * @param tagOrDigest its tag or its digest
     * @return this
     */
    public FakeEcr remove(String tagOrDigest) {
        Objects.requireNonNull(tagOrDigest, "tagOrDigest must not be null");
        return aws.within(() -> {
            find(tagOrDigest).ifPresent(image -> images.remove(image.digest));
            return this;
        });
    }

    /**
     * Begins a basic scan of an image, which finds nothing more than {@link #finds} says.
     *
     * @param tagOrDigest its tag or its digest
     * @return this
     * @throws IllegalArgumentException if there is no such image
     */
    public FakeEcr scanned(String tagOrDigest) {
        return scanned(tagOrDigest, Duration.ZERO);
    }

    /**
     * Begins a basic scan of an image.
     *
     * @param tagOrDigest its tag or its digest
     * @param takes how long it takes until it is complete
     * @return this
     * @throws IllegalArgumentException if there is no such image
     */
    public FakeEcr scanned(String tagOrDigest, Duration takes) {
        Objects.requireNonNull(takes, "takes must not be null");
        Instant now = aws.time().now();
        return change(tagOrDigest, image -> {
            image.scannedAt = now;
            image.scanTakes = takes;
            image.enhanced = false;
            image.status = null;
        });
    }

    /**
     * Lets Amazon Inspector watch an image: an enhanced scan, which stays active.
     *
     * @param tagOrDigest its tag or its digest
     * @return this
     * @throws IllegalArgumentException if there is no such image
     */
    public FakeEcr inspected(String tagOrDigest) {
        Instant now = aws.time().now();
        return change(tagOrDigest, image -> {
            image.scannedAt = now;
            image.enhanced = true;
            image.status = null;
        });
    }

    /**
     * What a scan of an image finds.
     *
     * @param tagOrDigest its tag or its digest
     * @param vulnerability for example {@code CVE-2027-0001}
     * @param severity for example {@code HIGH}
     * @return this
     * @throws IllegalArgumentException if there is no such image
     */
    public FakeEcr finds(String tagOrDigest, String vulnerability, String severity) {
        Objects.requireNonNull(vulnerability, "vulnerability must not be null");
        Objects.requireNonNull(severity, "severity must not be null");
        return change(tagOrDigest, image -> image.findings.add(new Finding(vulnerability, severity, false)));
    }

    /**
     * What an enhanced scan of an image finds, and somebody has suppressed.
     *
     * @param tagOrDigest its tag or its digest
     * @param vulnerability for example {@code CVE-2027-0001}
     * @param severity for example {@code HIGH}
     * @return this
     * @throws IllegalArgumentException if there is no such image
     */
    public FakeEcr findsSuppressed(String tagOrDigest, String vulnerability, String severity) {
        Objects.requireNonNull(vulnerability, "vulnerability must not be null");
        Objects.requireNonNull(severity, "severity must not be null");
        return change(tagOrDigest, image -> image.findings.add(new Finding(vulnerability, severity, true)));
    }

    /**
     * Lets the scan of an image be in a state that it does not come to by itself.
     *
     * @param tagOrDigest its tag or its digest
     * @param status for example {@code FAILED} or {@code UNSUPPORTED_IMAGE}
     * @return this
     * @throws IllegalArgumentException if there is no such image
     */
    public FakeEcr scanStatus(String tagOrDigest, String status) {
        Objects.requireNonNull(status, "status must not be null");
        Instant now = aws.time().now();
        return change(tagOrDigest, image -> {
            image.scannedAt = now;
            image.status = status;
        });
    }

    private FakeEcr change(String tagOrDigest, Consumer<Image> change) {
        Objects.requireNonNull(tagOrDigest, "tagOrDigest must not be null");
        return aws.within(() -> {
            change.accept(find(tagOrDigest)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "tagOrDigest must be an image of " + name + " but was " + tagOrDigest)));
            return this;
        });
    }

    /**
     * The name of an image as App Runner and others want it.
     *
     * @param tagOrDigest its tag or its digest
     * @return the name with the registry
     */
    public String uri(String tagOrDigest) {
        return registry(aws) + "/" + name + (tagOrDigest.startsWith("sha256:") ? "@" : ":") + tagOrDigest;
    }

    static String registry(FakeAws aws) {
        return aws.account() + ".dkr.ecr." + aws.region() + ".amazonaws.com";
    }

    // ---- for the service; all of it within the lock

    /** What fails without the image. */
    private static final List<String> DEPLOYING = List.of(
            "apprunner:UpdateService",
            "apprunner:StartDeployment",
            "ecs:UpdateService",
            "ecs:UpdateExpressGatewayService");

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = drifts.of("ecr", name, "ECR repository " + name);
        own.addAlsoTo(DEPLOYING, "gone", "does not exist", gone);
        Instant then = drifts.now().minus(Duration.ofDays(90));
        for (Image image : images.values()) {
            for (String tag : image.tags) {
                own.addAlsoTo(
                                DEPLOYING,
                                tag + " gone",
                                "has no tag " + tag,
                                () -> aws.within(() -> image.tags.remove(tag)),
                                tag)
                        .add(
                                tag + " older",
                                "has the tag " + tag + " on an image of 90 days ago",
                                () -> image(tag, other(image.digest), then),
                                tag);
                if (image.scannedAt != null) {
                    own.add(
                                    tag + " vulnerable",
                                    "has a critical vulnerability in " + tag,
                                    () -> finds(tag, "CVE-2027-9999", "CRITICAL"),
                                    tag)
                            .add(tag + " not scanned", "could not scan " + tag, () -> scanStatus(tag, "FAILED"), tag)
                            .add(
                                    tag + " scanned long ago",
                                    "has a scan of " + tag + " of 90 days ago",
                                    () -> aws.within(() -> image.scannedAt = then),
                                    tag);
                }
            }
            if (image.tags.isEmpty()) {
                own.addAlsoTo(
                        DEPLOYING,
                        image.digest + " gone",
                        "has no image " + image.digest,
                        () -> remove(image.digest),
                        image.digest);
            }
        }
    }

    /** Another digest than the one there is. */
    private static String other(String digest) {
        return digest.substring(0, digest.length() - 1) + (digest.endsWith("0") ? "1" : "0");
    }

    String name() {
        return name;
    }

    List<Image> images() {
        return List.copyOf(images.values());
    }

    Optional<Image> find(String tagOrDigest) {
        return images.values().stream()
                .filter(image -> image.digest.equals(tagOrDigest) || image.tags.contains(tagOrDigest))
                .findFirst();
    }
}
