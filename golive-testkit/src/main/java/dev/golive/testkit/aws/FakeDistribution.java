package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudfront.model.CacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.Distribution;
import software.amazon.awssdk.services.cloudfront.model.Origin;

/**
 * A distribution of CloudFront in {@link FakeAws}: enabled and deployed, with the certificate of CloudFront, without
 * aliases, redirecting to HTTPS, and fetching from nowhere yet. An invalidation takes a minute.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeDistribution {

    /** Somebody asked the caches to forget. */
    static final class Invalidation {
        final String id;
        final String reference;
        final List<String> paths;
        final Instant madeAt;
        final Instant completedAt;

        Invalidation(String id, String reference, List<String> paths, Instant madeAt, Instant completedAt) {
            this.id = id;
            this.reference = reference;
            this.paths = List.copyOf(paths);
            this.madeAt = madeAt;
            this.completedAt = completedAt;
        }

        String status(Instant now) {
            return now.isBefore(completedAt) ? "InProgress" : "Completed";
        }
    }

    private final FakeAws aws;
    private final String id;
    private final List<String> aliases = new ArrayList<>();
    private final Map<String, String> policies = new LinkedHashMap<>();
    private final List<Origin> origins = new ArrayList<>();
    private final List<Invalidation> invalidations = new ArrayList<>();
    private Instant deployedAt;
    private boolean enabled = true;
    private @Nullable String certificate;
    private String tls = "TLSv1";
    private Duration invalidationsTake = Duration.ofMinutes(1);
    private int invalidationsAtOnce = 15;

    FakeDistribution(FakeAws aws, String id, Instant now) {
        this.aws = aws;
        this.id = id;
        this.deployedAt = now.minus(Duration.ofDays(1));
        policies.put("default", "redirect-to-https");
    }

    private FakeDistribution with(Runnable change) {
        return aws.within(() -> {
            change.run();
            return this;
        });
    }

    /**
     * Is being deployed until an instant.
     *
     * @param then the instant
     * @return this
     */
    public FakeDistribution inProgressUntil(Instant then) {
        Objects.requireNonNull(then, "then must not be null");
        return with(() -> deployedAt = then);
    }

    /**
     * Answers nobody.
     *
     * @return this
     */
    public FakeDistribution disabled() {
        return with(() -> enabled = false);
    }

    /**
     * Answers for one more name.
     *
     * @param name the name
     * @return this
     */
    public FakeDistribution alias(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return with(() -> aliases.add(name));
    }

    /**
     * Uses a certificate of ACM.
     *
     * @param arn its ARN
     * @param minimumTls for example {@code TLSv1.2_2021}
     * @return this
     */
    public FakeDistribution certificate(String arn, String minimumTls) {
        Objects.requireNonNull(arn, "arn must not be null");
        Objects.requireNonNull(minimumTls, "minimumTls must not be null");
        return with(() -> {
            certificate = arn;
            tls = minimumTls;
        });
    }

    /**
     * What it does with requests without TLS.
     *
     * @param path a path, or {@code default} for all others
     * @param policy for example {@code allow-all}
     * @return this
     */
    public FakeDistribution viewerPolicy(String path, String policy) {
        Objects.requireNonNull(path, "path must not be null");
        Objects.requireNonNull(policy, "policy must not be null");
        return with(() -> policies.put(path, policy));
    }

    /**
     * Fetches from one more bucket.
     *
     * @param domain its host name
     * @param accessControl the id of the origin access control, empty for none
     * @param accessIdentity the legacy origin access identity, empty for none
     * @return this
     */
    public FakeDistribution bucket(String domain, String accessControl, String accessIdentity) {
        Objects.requireNonNull(domain, "domain must not be null");
        Objects.requireNonNull(accessControl, "accessControl must not be null");
        Objects.requireNonNull(accessIdentity, "accessIdentity must not be null");
        return with(() -> origins.add(Origin.builder()
                .id("origin-" + origins.size())
                .domainName(domain)
                .originAccessControlId(accessControl)
                .s3OriginConfig(config -> config.originAccessIdentity(accessIdentity))
                .build()));
    }

    /**
     * Fetches from one more server that is no bucket.
     *
     * @param domain its host name
     * @return this
     */
    public FakeDistribution server(String domain) {
        Objects.requireNonNull(domain, "domain must not be null");
        return with(() -> origins.add(Origin.builder()
                .id("origin-" + origins.size())
                .domainName(domain)
                .originAccessControlId("")
                .customOriginConfig(config -> config.httpPort(80).httpsPort(443).originProtocolPolicy("https-only"))
                .build()));
    }

    /**
     * How long an invalidation takes from now on.
     *
     * @param span how long
     * @return this
     */
    public FakeDistribution invalidationsTake(Duration span) {
        Objects.requireNonNull(span, "span must not be null");
        return with(() -> invalidationsTake = span);
    }

    /**
     * How many invalidations there may be at once; another is refused.
     *
     * @param most how many
     * @return this
     */
    public FakeDistribution invalidationsAtOnce(int most) {
        return with(() -> invalidationsAtOnce = most);
    }

    /**
     * The paths that were invalidated.
     *
     * @return one list of paths for each invalidation, in their order
     */
    public List<List<String>> invalidated() {
        return aws.within(() -> invalidations.stream().map(one -> one.paths).toList());
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = drifts.of("cloudfront", id, "distribution " + id)
                .add("gone", "does not exist", gone)
                .add("in progress", "is being deployed, without end", () -> inProgressUntil(Instant.MAX));
        if (enabled) {
            own.add("disabled", "is disabled", this::disabled);
        }
        for (String alias : aliases) {
            own.add(alias + " gone", "has no alias " + alias, () -> with(() -> aliases.remove(alias)), alias);
        }
        String known = certificate;
        if (known != null) {
            own.add(
                            "own certificate",
                            "has the certificate of CloudFront",
                            () -> with(() -> certificate = null),
                            "certificate")
                    .add(
                            "other certificate",
                            "has another certificate",
                            () -> certificate(Drifts.otherThan(known), tls),
                            "certificate");
            if (!tls.equals("TLSv1")) {
                own.add("old TLS", "allows TLS 1.0", () -> certificate(known, "TLSv1"), "TLS");
            }
        }
        policies.forEach((path, policy) -> {
            if (!policy.equals("allow-all")) {
                own.add(
                        path + " over HTTP",
                        "serves " + path + " over HTTP as well",
                        () -> viewerPolicy(path, "allow-all"),
                        "HTTP");
            }
        });
        for (Origin origin : origins) {
            if (!origin.originAccessControlId().isEmpty()) {
                own.add(
                        origin.domainName() + " open",
                        "needs " + origin.domainName() + " to be public",
                        () -> with(() -> origins.replaceAll(one -> one.equals(origin)
                                ? origin.toBuilder().originAccessControlId("").build()
                                : one)),
                        origin.domainName());
            }
            own.add(
                    origin.domainName() + " otherwise",
                    "takes its content from elsewhere than " + origin.domainName(),
                    () -> with(() -> origins.replaceAll(one -> one.equals(origin)
                            ? origin.toBuilder().domainName("otherwise.example").build()
                            : one)),
                    origin.domainName());
        }
    }

    Distribution describe(Instant now) {
        List<CacheBehavior> behaviors = new ArrayList<>();
        policies.forEach((path, policy) -> {
            if (!path.equals("default")) {
                behaviors.add(CacheBehavior.builder()
                        .pathPattern(path)
                        .targetOriginId("origin-0")
                        .viewerProtocolPolicy(policy)
                        .build());
            }
        });
        return Distribution.builder()
                .id(id)
                .arn("arn:aws:cloudfront::" + aws.account() + ":distribution/" + id)
                .status(now.isBefore(deployedAt) ? "InProgress" : "Deployed")
                .domainName("d" + id.toLowerCase(Locale.ROOT) + ".cloudfront.net")
                .inProgressInvalidationBatches((int) running(now))
                .lastModifiedTime(deployedAt)
                .distributionConfig(config -> config.callerReference("fake")
                        .comment("")
                        .enabled(enabled)
                        .aliases(all -> {
                            all.quantity(aliases.size());
                            if (!aliases.isEmpty()) {
                                all.items(aliases);
                            }
                        })
                        .origins(all -> all.quantity(origins.size()).items(origins))
                        .defaultCacheBehavior(behavior ->
                                behavior.targetOriginId("origin-0").viewerProtocolPolicy(policies.get("default")))
                        .cacheBehaviors(all -> {
                            all.quantity(behaviors.size());
                            if (!behaviors.isEmpty()) {
                                all.items(behaviors);
                            }
                        })
                        .viewerCertificate(viewer -> {
                            viewer.cloudFrontDefaultCertificate(certificate == null)
                                    .minimumProtocolVersion(tls);
                            if (certificate != null) {
                                viewer.acmCertificateArn(certificate).sslSupportMethod("sni-only");
                            }
                        }))
                .build();
    }

    private long running(Instant now) {
        return invalidations.stream()
                .filter(one -> one.status(now).equals("InProgress"))
                .count();
    }

    Invalidation invalidate(String reference, List<String> paths, Instant now) {
        Optional<Invalidation> known = invalidations.stream()
                .filter(one -> one.reference.equals(reference))
                .findFirst();
        if (known.isPresent()) {
            if (!known.get().paths.equals(paths)) {
                throw new AwsError(
                        400,
                        "InvalidArgument",
                        "Your request contains a caller reference that was used for other paths");
            }
            return known.get();
        }
        if (running(now) >= invalidationsAtOnce) {
            throw new AwsError(
                    400,
                    "TooManyInvalidationsInProgress",
                    "Processing your request will cause you to exceed the maximum number of in-progress invalidations");
        }
        Invalidation made = new Invalidation(
                String.format("I%013d", aws.number()), reference, paths, now, now.plus(invalidationsTake));
        invalidations.add(made);
        return made;
    }

    Optional<Invalidation> invalidation(String invalidation) {
        return invalidations.stream().filter(one -> one.id.equals(invalidation)).findFirst();
    }

    @Override
    public String toString() {
        return id + " of " + aws.account();
    }
}
