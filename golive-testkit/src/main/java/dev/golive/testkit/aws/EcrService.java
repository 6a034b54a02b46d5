package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** ECR. */
final class EcrService extends FakeService {

    private final Map<String, FakeEcr> repositories = new LinkedHashMap<>();

    EcrService(FakeAws aws) {
        super(aws, "ecr", "");
        reads("DescribeImages", DescribeImagesRequest::builder, this::images);
    }

    FakeEcr named(String name) {
        return repositories.computeIfAbsent(name, key -> new FakeEcr(aws(), key));
    }

    /** Whether an image is there, given by its name with the registry. */
    boolean holds(String identifier) {
        return repositories.values().stream()
                .anyMatch(repository -> repository.images().stream()
                        .anyMatch(image -> repository.uri(image.digest).equals(identifier)
                                || image.tags.stream()
                                        .anyMatch(tag -> repository.uri(tag).equals(identifier))));
    }

    /** The digest that the name of an image stands for, empty if it is not one of these repositories. */
    Optional<String> digest(String identifier) {
        return repositories.values().stream()
                .flatMap(repository -> repository.images().stream()
                        .filter(image -> repository.uri(image.digest).equals(identifier)
                                || image.tags.stream()
                                        .anyMatch(tag -> repository.uri(tag).equals(identifier)))
                        .map(image -> image.digest))
                .findFirst();
    }

    FakeEcr find(String name) {
        FakeEcr repository = repositories.get(name);
        if (repository == null) {
            throw new AwsError(
                    400,
                    "RepositoryNotFoundException",
                    "The repository with name '" + name + "' does not exist in the registry with id '" + aws().account()
                            + "'");
        }
        return repository;
    }

    private DescribeImagesResponse images(DescribeImagesRequest request, Instant now) {
        FakeEcr repository = find(request.repositoryName());
        List<FakeEcr.Image> found = new ArrayList<>();
        if (request.imageIds().isEmpty()) {
            found.addAll(repository.images());
        }
        for (ImageIdentifier id : request.imageIds()) {
            String which = id.imageDigest() == null ? id.imageTag() : id.imageDigest();
            found.add(repository
                    .find(which)
                    .orElseThrow(() -> new AwsError(
                            400,
                            "ImageNotFoundException",
                            "The image with imageId {" + which + "} does not exist within the repository")));
        }
        Page<FakeEcr.Image> page = page(found, request.nextToken(), request.maxResults(), "InvalidParameterException");
        return DescribeImagesResponse.builder()
                .imageDetails(page.items().stream()
                        .map(image -> ImageDetail.builder()
                                .registryId(aws().account())
                                .repositoryName(repository.name())
                                .imageDigest(image.digest)
                                .imageTags(image.tags)
                                .imagePushedAt(image.pushedAt)
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }
}
