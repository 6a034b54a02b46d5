package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.DomainValidation;

/**
 * A certificate of ACM in {@link FakeAws}: issued by Amazon for {@code shop.example}, valid for 395 days from the time at
 * which it was first asked for, and renewed by ACM.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeCertificate {

    private final FakeAws aws;
    private final String arn;
    private final List<String> names = new ArrayList<>(List.of("shop.example"));
    private @Nullable String status;
    private Instant issuedAt;
    private Instant recordsFrom;
    private Instant notAfter;
    private String type = "AMAZON_ISSUED";
    private String eligibility = "ELIGIBLE";
    private @Nullable String renewal;

    FakeCertificate(FakeAws aws, String arn, Instant now) {
        this.aws = aws;
        this.arn = arn;
        this.issuedAt = now.minus(Duration.ofDays(1));
        this.recordsFrom = issuedAt;
        this.notAfter = now.plus(Duration.ofDays(395));
    }

    private FakeCertificate with(Runnable change) {
        return aws.within(() -> {
            change.run();
            return this;
        });
    }

    /**
     * The names that it is for.
     *
     * @param first its main name
     * @param more others
     * @return this
     */
    public FakeCertificate names(String first, String... more) {
        Objects.requireNonNull(first, "first must not be null");
        List<String> others = List.of(more);
        return with(() -> {
            names.clear();
            names.add(first);
            names.addAll(others);
        });
    }

    /**
     * Waits for its validation until an instant, and is issued from then on.
     *
     * @param then the instant
     * @return this
     */
    public FakeCertificate pendingUntil(Instant then) {
        Objects.requireNonNull(then, "then must not be null");
        return with(() -> issuedAt = then);
    }

    /**
     * Says how its names are validated from an instant on only, as just after it was asked for.
     *
     * @param then the instant
     * @return this
     */
    public FakeCertificate recordsFrom(Instant then) {
        Objects.requireNonNull(then, "then must not be null");
        return with(() -> recordsFrom = then);
    }

    /**
     * Has a status whatever the time is.
     *
     * @param word for example {@code REVOKED}
     * @return this
     */
    public FakeCertificate status(String word) {
        Objects.requireNonNull(word, "word must not be null");
        return with(() -> status = word);
    }

    /**
     * Until when it is valid.
     *
     * @param end the instant
     * @return this
     */
    public FakeCertificate validUntil(Instant end) {
        Objects.requireNonNull(end, "end must not be null");
        return with(() -> notAfter = end);
    }

    /**
     * Was imported, so that ACM does not renew it.
     *
     * @return this
     */
    public FakeCertificate imported() {
        return with(() -> {
            type = "IMPORTED";
            eligibility = "INELIGIBLE";
        });
    }

    /**
     * Is being renewed.
     *
     * @param word how that stands, for example {@code PENDING_VALIDATION}
     * @return this
     */
    public FakeCertificate renewal(String word) {
        Objects.requireNonNull(word, "word must not be null");
        return with(() -> renewal = word);
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Instant now = drifts.now();
        String id = arn.substring(arn.indexOf('/') + 1);
        Drifts.Of own = drifts.of("acm", id, "certificate " + id, arn)
                .add("gone", "does not exist", gone)
                .add("other names", "is for another name", () -> names("otherwise.example"), names.get(0));
        if (status == null && !now.isBefore(issuedAt) && now.isBefore(notAfter)) {
            own.add("pending", "waits to be validated", () -> pendingUntil(Instant.MAX))
                    .add("revoked", "is revoked", () -> status("REVOKED"))
                    .add("expired", "has expired", () -> validUntil(now.minus(Duration.ofDays(1))))
                    .add("expiring", "expires in three days", () -> validUntil(now.plus(Duration.ofDays(3))));
        }
        if (names.size() > 1) {
            for (String name : names) {
                own.add(name + " missing", "is not for " + name, () -> with(() -> names.remove(name)), name);
            }
        }
        if (eligibility.equals("ELIGIBLE")) {
            own.add(
                            "not used",
                            "is not in use, so that it is not renewed",
                            () -> with(() -> eligibility = "INELIGIBLE"))
                    .add("not renewed", "could not be renewed", () -> renewal("FAILED"));
        }
    }

    CertificateDetail describe(Instant now) {
        boolean issued = !now.isBefore(issuedAt);
        String word = status;
        if (word == null) {
            word = !issued ? "PENDING_VALIDATION" : now.isBefore(notAfter) ? "ISSUED" : "EXPIRED";
        }
        CertificateDetail.Builder detail = CertificateDetail.builder()
                .certificateArn(arn)
                .domainName(names.get(0))
                .subjectAlternativeNames(names)
                .status(word)
                .type(type)
                .renewalEligibility(issued ? eligibility : "INELIGIBLE");
        if (issued) {
            detail.issuedAt(issuedAt).notBefore(issuedAt).notAfter(notAfter);
        }
        String renewing = renewal;
        if (renewing != null) {
            detail.renewalSummary(summary -> summary.renewalStatus(renewing));
        }
        if (type.equals("AMAZON_ISSUED") && !now.isBefore(recordsFrom)) {
            detail.domainValidationOptions(names.stream()
                    .map(name -> DomainValidation.builder()
                            .domainName(name)
                            .validationMethod("DNS")
                            .validationStatus(issued ? "SUCCESS" : "PENDING_VALIDATION")
                            .resourceRecord(record -> record.name("_0a." + name.replace("*.", "") + ".")
                                    .type("CNAME")
                                    .value("_0b.acm-validations.aws."))
                            .build())
                    .toList());
        }
        return detail.build();
    }

    @Override
    public String toString() {
        return arn + " of " + aws.account();
    }
}
