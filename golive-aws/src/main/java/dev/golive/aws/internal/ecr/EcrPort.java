package dev.golive.aws.internal.ecr;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.EnhancedImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ImageScanStatus;

/** What golive asks of ECR. */
public final class EcrPort {

    private static final ClientType<EcrClientBuilder, EcrClient> CLIENT =
            ClientType.of(Service.ECR, EcrClient::builder, EcrClient.serviceMetadata());

    private static final Set<String> NO_IMAGE = Set.of("ImageNotFoundException", "RepositoryNotFoundException");

    private static final Set<String> NO_SCAN =
            Set.of("ScanNotFoundException", "ImageNotFoundException", "RepositoryNotFoundException");

    /**
     * An image in a repository.
     *
     * @param digest for example {@code sha256:..}
     * @param tags its tags
     * @param pushedAt when it was pushed
     */
    public record Image(String digest, List<String> tags, Instant pushedAt) {}

    /**
     * What a scan of an image has found so far.
     *
     * @param status in ECR's words
     * @param description what ECR says about the status, empty if nothing
     * @param completedAt when it was completed, {@code null} if it was not told
     * @param findings how many there are of each severity; one that is not named has none only if the scan is complete
     */
    public record Scan(
            String status, String description, @Nullable Instant completedAt, Map<String, Integer> findings) {

        /** Whether all findings are known: of a scan that was made once, or of one that is repeated all the time. */
        public boolean isComplete() {
            return status.equals("COMPLETE") || status.equals("ACTIVE");
        }
    }

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

    /** The scan of an image, empty if it was never scanned, or is not there. */
    public Optional<Scan> scan(String registry, String repository, String digest) throws Exception {
        return calls.found(NO_SCAN, () -> {
            Scan scan = null;
            Map<String, Integer> counted = new TreeMap<>();
            Map<String, Integer> listed = new TreeMap<>();
            for (DescribeImageScanFindingsResponse page : client.describeImageScanFindingsPaginator(request ->
                    request.registryId(registry).repositoryName(repository).imageId(id -> id.imageDigest(digest)))) {
                ImageScanStatus status = calls.said(page.imageScanStatus(), "the status of the scan");
                String text = calls.said(status.statusAsString(), "the status of the scan");
                String description = status.description() == null ? "" : status.description();
                ImageScanFindings findings = page.imageScanFindings();
                scan = new Scan(text, description, findings == null ? null : findings.imageScanCompletedAt(), Map.of());
                if (scan.isComplete()) {
                    count(calls.said(findings, "the findings of the scan"), counted, listed);
                } else {
                    return scan;
                }
            }
            Scan complete = calls.said(scan, "the scan");
            // what is counted and what is listed should agree; if not, the worse one stands
            listed.forEach((severity, count) -> counted.merge(severity, count, Math::max));
            return new Scan(complete.status(), complete.description(), complete.completedAt(), counted);
        });
    }

    private void count(ImageScanFindings findings, Map<String, Integer> counted, Map<String, Integer> listed) {
        if (!findings.hasFindingSeverityCounts() && !findings.hasFindings() && !findings.hasEnhancedFindings()) {
            throw ApiProblem.incomplete(Service.ECR.title(), "the findings of the scan");
        }
        findings.findingSeverityCountsAsStrings()
                .forEach((severity, count) -> counted.merge(severity, calls.said(count, "a count"), Math::max));
        for (ImageScanFinding finding : findings.findings()) {
            listed.merge(calls.said(finding.severityAsString(), "the severity of a finding"), 1, Integer::sum);
        }
        for (EnhancedImageScanFinding finding : findings.enhancedFindings()) {
            // what somebody has suppressed, or what was repaired, is listed too
            if (finding.status() == null || finding.status().equals("ACTIVE")) {
                listed.merge(calls.said(finding.severity(), "the severity of a finding"), 1, Integer::sum);
            }
        }
    }
}
