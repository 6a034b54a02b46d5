package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationRequest;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationResponse;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionRequest;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionResponse;
import software.amazon.awssdk.services.cloudfront.model.GetInvalidationRequest;
import software.amazon.awssdk.services.cloudfront.model.GetInvalidationResponse;
import software.amazon.awssdk.services.cloudfront.model.Invalidation;

/** CloudFront. */
final class CloudFrontService extends FakeService {

    private final Map<String, FakeDistribution> distributions = new LinkedHashMap<>();

    CloudFrontService(FakeAws aws) {
        super(aws, "cloudfront", "http://cloudfront.amazonaws.com/doc/2020-05-31/");
        rest(
                "GetDistribution",
                "GET /2020-05-31/distribution/{Id}",
                GetDistributionRequest::builder,
                this::distribution);
        rest(
                "CreateInvalidation",
                "POST /2020-05-31/distribution/{DistributionId}/invalidation",
                CreateInvalidationRequest::builder,
                this::invalidate);
        rest(
                "GetInvalidation",
                "GET /2020-05-31/distribution/{DistributionId}/invalidation/{Id}",
                GetInvalidationRequest::builder,
                this::invalidation);
    }

    FakeDistribution distribution(String id, Instant now) {
        return distributions.computeIfAbsent(id, key -> new FakeDistribution(aws(), key, now));
    }

    private FakeDistribution find(String id) {
        FakeDistribution distribution = distributions.get(id);
        if (distribution == null) {
            throw new AwsError(404, "NoSuchDistribution", "The specified distribution does not exist.");
        }
        return distribution;
    }

    private GetDistributionResponse distribution(GetDistributionRequest request, Instant now) {
        return GetDistributionResponse.builder()
                .distribution(find(request.id()).describe(now))
                .eTag("E1")
                .build();
    }

    private CreateInvalidationResponse invalidate(CreateInvalidationRequest request, Instant now) {
        FakeDistribution.Invalidation made = find(request.distributionId())
                .invalidate(
                        request.invalidationBatch().callerReference(),
                        request.invalidationBatch().paths().items(),
                        now);
        return CreateInvalidationResponse.builder()
                .invalidation(described(made, now))
                .build();
    }

    private GetInvalidationResponse invalidation(GetInvalidationRequest request, Instant now) {
        FakeDistribution.Invalidation found = find(request.distributionId())
                .invalidation(request.id())
                .orElseThrow(
                        () -> new AwsError(404, "NoSuchInvalidation", "The specified invalidation does not exist."));
        return GetInvalidationResponse.builder()
                .invalidation(described(found, now))
                .build();
    }

    private static Invalidation described(FakeDistribution.Invalidation found, Instant now) {
        return Invalidation.builder()
                .id(found.id)
                .status(found.status(now))
                .createTime(found.madeAt)
                .invalidationBatch(batch -> batch.callerReference(found.reference)
                        .paths(paths -> paths.quantity(found.paths.size()).items(found.paths)))
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        distributions.forEach((key, one) ->
                one.drifts(drifts, () -> aws().within(() -> distributions.remove(key, one))));
    }
}
