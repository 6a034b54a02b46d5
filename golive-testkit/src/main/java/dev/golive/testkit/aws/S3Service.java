package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** s3. */
final class S3Service extends FakeService {

    private final Map<String, FakeBucket> buckets = new LinkedHashMap<>();

    S3Service(FakeAws aws) {
        super(aws, "s3", "http://s3.amazonaws.com/doc/2006-03-01/");
    }

    FakeBucket bucket(String name) {
        return buckets.computeIfAbsent(name, key -> new FakeBucket(aws(), name));
    }
}
