package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;

/** ACM. */
final class AcmService extends FakeService {

    private final Map<String, FakeCertificate> certificates = new LinkedHashMap<>();

    AcmService(FakeAws aws) {
        super(aws, "acm", "");
        reads("DescribeCertificate", DescribeCertificateRequest::builder, this::describe);
    }

    FakeCertificate certificate(String arn, Instant now) {
        return certificates.computeIfAbsent(arn, key -> new FakeCertificate(aws(), arn, now));
    }

    private DescribeCertificateResponse describe(DescribeCertificateRequest request, Instant now) {
        FakeCertificate certificate = certificates.get(request.certificateArn());
        if (certificate == null) {
            throw new AwsError(
                    400, "ResourceNotFoundException", "Could not find certificate " + request.certificateArn() + ".");
        }
        return DescribeCertificateResponse.builder()
                .certificate(certificate.describe(now))
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        certificates.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> certificates.remove(key, one))));
    }
}
