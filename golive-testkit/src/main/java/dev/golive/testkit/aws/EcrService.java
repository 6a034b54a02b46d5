package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.EnhancedImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ImageScanStatus;

/** ECR. */
final class EcrService extends FakeService {

    private final Map<String, FakeEcr> repositories = new LinkedHashMap<>();

    EcrService(FakeAws aws) {
        super(aws, "ecr", "");
        reads("DescribeImages", DescribeImagesRequest::builder, this::images);
        reads("DescribeImageScanFindings", DescribeImageScanFindingsRequest::builder, this::scan);
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

    private DescribeImageScanFindingsResponse scan(DescribeImageScanFindingsRequest request, Instant now) {
        FakeEcr repository = find(request.repositoryName());
        ImageIdentifier id = request.imageId();
        String which = id.imageDigest() == null ? id.imageTag() : id.imageDigest();
        FakeEcr.Image image = repository
                .find(which)
                .orElseThrow(() -> new AwsError(
                        400,
                        "ImageNotFoundException",
                        "The image with imageId {" + which + "} does not exist within the repository"));
        Instant begun = image.scannedAt;
        if (begun == null || begun.isAfter(now)) {
            throw new AwsError(
                    400, "ScanNotFoundException", "Image scan does not exist for the image with '" + which + "'");
        }
        Instant completed = begun.plus(image.scanTakes);
        String status = image.status;
        if (status == null) {
            status = image.enhanced ? "ACTIVE" : now.isBefore(completed) ? "IN_PROGRESS" : "COMPLETE";
        }
        DescribeImageScanFindingsResponse.Builder answer = DescribeImageScanFindingsResponse.builder()
                .registryId(aws().account())
                .repositoryName(repository.name())
                .imageId(ImageIdentifier.builder().imageDigest(image.digest).build())
                .imageScanStatus(ImageScanStatus.builder().status(status).build());
        if (!status.equals("ACTIVE") && !status.equals("COMPLETE")) {
            return answer.build();
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (FakeEcr.Finding finding : image.findings) {
            if (!finding.suppressed()) {
                counts.merge(finding.severity(), 1, Integer::sum);
            }
        }
        Page<FakeEcr.Finding> page =
                page(image.findings, request.nextToken(), request.maxResults(), "InvalidParameterException");
        ImageScanFindings.Builder findings =
                ImageScanFindings.builder().imageScanCompletedAt(completed).findingSeverityCountsWithStrings(counts);
        if (image.enhanced) {
            findings.enhancedFindings(page.items().stream()
                    .map(finding -> EnhancedImageScanFinding.builder()
                            .title(finding.name())
                            .severity(finding.severity())
                            .status(finding.suppressed() ? "SUPPRESSED" : "ACTIVE")
                            .build())
                    .toList());
        } else {
            findings.findings(page.items().stream()
                    .map(finding -> ImageScanFinding.builder()
                            .name(finding.name())
                            .severity(finding.severity())
                            .build())
                    .toList());
        }
        return answer.imageScanFindings(findings.build()).nextToken(page.next()).build();
    }

    @Override
    void drifts(Drifts drifts) {
        repositories.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> repositories.remove(key, one))));
    }
}
