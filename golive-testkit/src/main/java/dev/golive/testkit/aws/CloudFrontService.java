package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** cloudfront. */
final class CloudFrontService extends FakeService {

    private final Map<String, FakeDistribution> distributions = new LinkedHashMap<>();

    CloudFrontService(FakeAws aws) {
        super(aws, "cloudfront", "http://cloudfront.amazonaws.com/doc/2020-05-31/");
    }

    FakeDistribution distribution(String id) {
        return distributions.computeIfAbsent(id, key -> new FakeDistribution(aws(), id));
    }
}
