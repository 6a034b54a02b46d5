package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** acm. */
final class AcmService extends FakeService {

    private final Map<String, FakeCertificate> certificates = new LinkedHashMap<>();

    AcmService(FakeAws aws) {
        super(aws, "acm", "");
    }

    FakeCertificate certificate(String arn) {
        return certificates.computeIfAbsent(arn, key -> new FakeCertificate(aws(), arn));
    }
}
