package dev.golive.testkit.railway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A domain of a service in {@link FakeRailway}, of which three things must be right: that it is verified, its records,
 * and its certificate.
 *
 * <pre>{@code
 * fake.service("api").domain("api.shop.example").unverified().certificateFailed("RATE_LIMIT", "too many certificates");
 * }</pre>
 *
 * <p>All is well from the beginning, with a certificate that was issued a month ago for 90 days. Options change this
 * object and return it; they have held since ever. Thread-safe.
 */
public final class FakeRailwayDomain {

    /** A record of DNS that the domain should have. */
    record Entry(String host, String type, String purpose, String required, String current, String status) {}

    /** How it stands with the certificate. */
    record Certificate(
            String status,
            @Nullable String detailed,
            @Nullable String error,
            @Nullable String message,
            boolean retryable,
            @Nullable Instant issuedAt,
            @Nullable Instant expiresAt) {}

    private static final String STATUS = "CERTIFICATE_STATUS_TYPE_";
    private static final String DETAILED = "CERTIFICATE_STATUS_TYPE_DETAILED_";
    private static final Duration VALIDITY = Duration.ofDays(90);

    final List<Entry> records = new ArrayList<>();
    private final FakeRailwayService service;
    private final String name;
    private final String id;
    private final Instant createdAt;
    private final History<Certificate> certificate;
    private boolean verified = true;
    private boolean cloudflare;
    private String syncStatus = "ACTIVE";
    private int targetPort = 8080;
    private Duration issues = Duration.ofMinutes(1);

    FakeRailwayDomain(FakeRailwayService service, String name, String id, Instant now) {
        this.service = service;
        this.name = name;
        this.id = id;
        this.createdAt = now;
        Instant issued = now.minus(Duration.ofDays(30));
        this.certificate = new History<>(valid(issued));
        records.add(traffic(target(), true));
    }

    private static Certificate valid(Instant issuedAt) {
        return new Certificate(
                STATUS + "VALID", DETAILED + "COMPLETE", null, null, false, issuedAt, issuedAt.plus(VALIDITY));
    }

    private Entry traffic(String current, boolean propagated) {
        return new Entry(
                name,
                "DNS_RECORD_TYPE_CNAME",
                "DNS_RECORD_PURPOSE_TRAFFIC_ROUTE",
                target(),
                current,
                "DNS_RECORD_STATUS_" + (propagated ? "PROPAGATED" : "REQUIRES_UPDATE"));
    }

    private String target() {
        return id.substring(0, 8) + ".up.railway.app";
    }

    // ---- what it is like

    /**
     * Its id.
     *
     * @return a UUID
     */
    public String id() {
        return id;
    }

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The token by which its owner proves to be the owner.
     *
     * @return the token, with the prefix of the TXT record
     */
    public String verificationToken() {
        return "railway-verify=" + id.replace("-", "");
    }

    /**
     * Nobody has proved to be its owner.
     *
     * @return this
     */
    public FakeRailwayDomain unverified() {
        return change(() -> verified = false);
    }

    /**
     * The record that should lead to Railway leads elsewhere.
     *
     * @param current where it leads; empty if it is not there
     * @return this
     */
    public FakeRailwayDomain leadsTo(String current) {
        Objects.requireNonNull(current, "current must not be null");
        return change(() -> records.replaceAll(
                one -> one.purpose().endsWith("TRAFFIC_ROUTE") ? traffic(current, current.equals(target())) : one));
    }

    /**
     * A further record that it should have.
     *
     * @param host the name of the record
     * @param type for example {@code TXT}
     * @param purpose for example {@code ACME_DNS01_CHALLENGE}
     * @param required what it should be
     * @param current what it is
     * @param status for example {@code REQUIRES_UPDATE}
     * @return this
     */
    public FakeRailwayDomain record(
            String host, String type, String purpose, String required, String current, String status) {
        Entry made = new Entry(
                Objects.requireNonNull(host, "host must not be null"),
                "DNS_RECORD_TYPE_" + Objects.requireNonNull(type, "type must not be null"),
                "DNS_RECORD_PURPOSE_" + Objects.requireNonNull(purpose, "purpose must not be null"),
                Objects.requireNonNull(required, "required must not be null"),
                Objects.requireNonNull(current, "current must not be null"),
                "DNS_RECORD_STATUS_" + Objects.requireNonNull(status, "status must not be null"));
        return change(() -> records.add(made));
    }

    /**
     * Cloudflare answers in its place.
     *
     * @return this
     */
    public FakeRailwayDomain behindCloudflare() {
        return change(() -> cloudflare = true);
    }

    /**
     * Its certificate is valid.
     *
     * @param issuedAt since when
     * @param expiresAt until when
     * @return this
     */
    public FakeRailwayDomain certificate(Instant issuedAt, Instant expiresAt) {
        Objects.requireNonNull(issuedAt, "issuedAt must not be null");
        Objects.requireNonNull(expiresAt, "expiresAt must not be null");
        return certificate(
                new Certificate(STATUS + "VALID", DETAILED + "COMPLETE", null, null, false, issuedAt, expiresAt));
    }

    /**
     * It has no certificate yet.
     *
     * @param status {@code ISSUING} or {@code VALIDATING_OWNERSHIP}
     * @param detailed for example {@code POLLING_AUTHORIZATIONS}
     * @return this
     */
    public FakeRailwayDomain certificatePending(String status, String detailed) {
        Objects.requireNonNull(status, "status must not be null");
        Objects.requireNonNull(detailed, "detailed must not be null");
        return certificate(new Certificate(STATUS + status, DETAILED + detailed, null, null, false, null, null));
    }

    /**
     * It could get no certificate, and another attempt is possible.
     *
     * @param error for example {@code DNS_VALIDATION}
     * @param message what is said of it
     * @return this
     */
    public FakeRailwayDomain certificateFailed(String error, String message) {
        Objects.requireNonNull(error, "error must not be null");
        Objects.requireNonNull(message, "message must not be null");
        return certificate(new Certificate(
                STATUS + "ISSUE_FAILED",
                DETAILED + "FAILED",
                "CERTIFICATE_ERROR_TYPE_" + error,
                message,
                true,
                null,
                null));
    }

    /**
     * How long it takes to get a certificate that was asked for; 1 min unless said otherwise.
     *
     * @param length how long; not negative
     * @return this
     */
    public FakeRailwayDomain issuesIn(Duration length) {
        if (Objects.requireNonNull(length, "length must not be null").isNegative()) {
            throw new IllegalArgumentException("length must not be negative but was " + length);
        }
        return change(() -> issues = length);
    }

    /**
     * Whether Railway's edge knows of it; {@code ACTIVE} unless said otherwise.
     *
     * @param inItsWords for example {@code UPDATING}
     * @return this
     */
    public FakeRailwayDomain syncStatus(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> syncStatus = inItsWords);
    }

    /**
     * The port of the service that it leads to; 8080 unless said otherwise.
     *
     * @param port the port
     * @return this
     */
    public FakeRailwayDomain targetPort(int port) {
        return change(() -> targetPort = port);
    }

    private FakeRailwayDomain certificate(Certificate one) {
        return change(() -> certificate.always(any -> one));
    }

    // ---- for the fields; all of it within the lock

    FakeRailwayService service() {
        return service;
    }

    Instant createdAt() {
        return createdAt;
    }

    boolean isVerified() {
        return verified;
    }

    boolean isBehindCloudflare() {
        return cloudflare;
    }

    String syncStatus() {
        return syncStatus;
    }

    int targetPort() {
        return targetPort;
    }

    Certificate certificate(Instant at) {
        return certificate.at(at);
    }

    /** Begins to get a certificate, which ends well only for those who lead here. */
    boolean issue(Instant now) {
        Certificate known = certificate.at(now);
        if (!known.status().endsWith("ISSUE_FAILED")) {
            return false;
        }
        boolean right =
                verified && records.stream().allMatch(one -> one.status().endsWith("PROPAGATED"));
        certificate.put(
                now, new Certificate(STATUS + "ISSUING", DETAILED + "CREATING_ORDER", null, null, false, null, null));
        certificate.put(now.plus(issues), right ? valid(now.plus(issues)) : known);
        return true;
    }

    private FakeRailwayDomain change(Runnable change) {
        service.railway().within(() -> {
            change.run();
            return this;
        });
        return this;
    }
}
