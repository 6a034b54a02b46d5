package dev.golive.aws.internal.acm;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.AcmClientBuilder;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;
import software.amazon.awssdk.services.acm.model.DomainValidation;
import software.amazon.awssdk.services.acm.model.ResourceRecord;

/** What golive asks of ACM. */
public final class AcmPort {

    private static final ClientType<AcmClientBuilder, AcmClient> CLIENT =
            ClientType.of(Service.ACM, AcmClient::builder, AcmClient.serviceMetadata());

    private static final Set<String> NO_CERTIFICATE = Set.of("ResourceNotFoundException");

    /**
     * A certificate as it is described.
     *
     * @param status its status, in ACM's words
     * @param type who issued it, in ACM's words, empty if it was not said
     * @param names the names that it is for; empty if they were not said
     * @param hasAllNames whether its alternative names were said
     * @param notAfter until when it is valid, {@code null} as long as it is not issued
     * @param eligibility whether ACM renews it, in ACM's words, empty if it was not said
     * @param renewal how its renewal stands, empty if there was none yet
     * @param validations how its names are validated; empty if it was not said
     */
    public record Detail(
            String status,
            String type,
            List<String> names,
            boolean hasAllNames,
            @Nullable Instant notAfter,
            String eligibility,
            String renewal,
            List<Validation> validations) {}

    /**
     * How a name of a certificate is validated.
     *
     * @param name the name
     * @param status in ACM's words, empty if it was not said
     * @param record what must be in DNS, empty if nothing was said of it
     */
    public record Validation(String name, String status, String record) {}

    private final Calls calls;
    private final AcmClient client;

    private AcmPort(Calls calls, AcmClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static AcmPort of(Calls calls) throws Exception {
        return new AcmPort(calls, calls.client(CLIENT));
    }

    /** A certificate, empty if there is none. */
    public Optional<Detail> certificate(String arn) throws Exception {
        Optional<DescribeCertificateResponse> answer =
                calls.found(NO_CERTIFICATE, () -> client.describeCertificate(request -> request.certificateArn(arn)));
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(detail(calls.said(answer.get().certificate(), "the certificate")));
    }

    private Detail detail(CertificateDetail found) {
        List<String> names = new ArrayList<>(found.subjectAlternativeNames());
        if (found.domainName() != null) {
            names.add(found.domainName());
        }
        List<Validation> validations = new ArrayList<>();
        for (DomainValidation validation : found.domainValidationOptions()) {
            ResourceRecord record = validation.resourceRecord();
            validations.add(new Validation(
                    calls.said(validation.domainName(), "the name that is validated"),
                    text(validation.validationStatusAsString()),
                    record == null ? "" : record.name() + " " + record.typeAsString() + " " + record.value()));
        }
        return new Detail(
                calls.said(found.statusAsString(), "the status of the certificate"),
                text(found.typeAsString()),
                names.stream().distinct().toList(),
                found.hasSubjectAlternativeNames(),
                found.notAfter(),
                text(found.renewalEligibilityAsString()),
                found.renewalSummary() == null
                        ? ""
                        : text(found.renewalSummary().renewalStatusAsString()),
                validations);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
