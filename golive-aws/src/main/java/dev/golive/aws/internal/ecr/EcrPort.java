package dev.golive.aws.internal.ecr;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** What golive asks of ECR. */
public final class EcrPort {

    private static final ClientType<EcrClientBuilder, EcrClient> CLIENT =
            ClientType.of(Service.ECR, EcrClient::builder, EcrClient.serviceMetadata());

    private static final Set<String> NO_IMAGE = Set.of("ImageNotFoundException", "RepositoryNotFoundException");

    /**
     * An image in a repository.
     *
     * @param digest for example {@code sha256:..}
     * @param tags its tags
     * @param pushedAt when it was pushed
     */
    public record Image(String digest, List<String> tags, Instant pushedAt) {}

    private final Calls calls;
    private final EcrClient client;

    private EcrPort(Calls calls, EcrClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static EcrPort of(Calls calls) throws Exception {
        return new EcrPort(calls, calls.client(CLIENT));
    }

    /** The image with a tag, or with a digest, in the registry of an account; empty if there is none. */
    public Optional<Image> image(String registry, String repository, String tagOrDigest) throws Exception {
        ImageIdentifier id = tagOrDigest.startsWith("sha256:")
                ? ImageIdentifier.builder().imageDigest(tagOrDigest).build()
                : ImageIdentifier.builder().imageTag(tagOrDigest).build();
        Optional<DescribeImagesResponse> answer = calls.found(
                NO_IMAGE,
                () -> client.describeImages(request ->
                        request.registryId(registry).repositoryName(repository).imageIds(id)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        List<ImageDetail> images = answer.get().imageDetails();
        ImageDetail image = calls.said(images.isEmpty() ? null : images.get(0), "the image");
        return Optional.of(new Image(
                calls.said(image.imageDigest(), "a digest"),
                List.copyOf(image.imageTags()),
                calls.said(image.imagePushedAt(), "when the image was pushed")));
    }
}
