package dev.golive.aws.internal.apprunner;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image: where it is kept, and which one it is.
 *
 * @param registry the host, empty if the name has none
 * @param account the account of a private registry of ECR, empty for others
 * @param region the region of that registry, empty for others
 * @param repository the repository
 * @param tag the tag, or the digest with its {@code sha256:}
 */
public record ImageName(String registry, String account, String region, String repository, String tag) {

    private static final Pattern PRIVATE =
            Pattern.compile("([0-9]{12})\\.dkr\\.ecr(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");

    /** Reads the name of an image. */
    public static ImageName of(String identifier) {
        int slash = identifier.indexOf('/');
        String first = slash < 0 ? "" : identifier.substring(0, slash);
        String registry = first.contains(".") || first.contains(":") ? first : "";
        String rest = registry.isEmpty() ? identifier : identifier.substring(slash + 1);
        int at = rest.indexOf('@');
        int colon = at >= 0 ? -1 : rest.lastIndexOf(':');
        String repository = at >= 0 ? rest.substring(0, at) : colon >= 0 ? rest.substring(0, colon) : rest;
        String tag = at >= 0 ? rest.substring(at + 1) : colon >= 0 ? rest.substring(colon + 1) : "latest";
        Matcher ecr = PRIVATE.matcher(registry);
        boolean isPrivate = ecr.matches();
        return new ImageName(registry, isPrivate ? ecr.group(1) : "", isPrivate ? ecr.group(2) : "", repository, tag);
    }

    /** Whether its repository can be asked. */
    public boolean isPrivate() {
        return !account.isEmpty();
    }

    /** Whether it names one image for ever, and not what a tag stands for at the time. */
    public boolean isDigest() {
        return tag.startsWith("sha256:");
    }

    /** The same image in the registry of another, if it names none itself. */
    public ImageName besides(ImageName other) {
        return registry.isEmpty() ? new ImageName(other.registry, other.account, other.region, repository, tag) : this;
    }

    /** The image with a digest in the same repository. */
    public ImageName digest(String digest) {
        return new ImageName(registry, account, region, repository, digest);
    }

    /** As App Runner wants it. */
    public String identifier() {
        return (registry.isEmpty() ? "" : registry + "/") + repository + (isDigest() ? "@" : ":") + tag;
    }
}
