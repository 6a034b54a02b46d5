package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

        Image(String digest, Instant pushedAt) {
            this.digest = digest;
            this.pushedAt = pushedAt;
        }
    }

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
