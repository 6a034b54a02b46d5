package dev.golive.aws.internal.cloudfront;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;
import software.amazon.awssdk.services.cloudfront.model.CacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionResponse;
import software.amazon.awssdk.services.cloudfront.model.GetInvalidationResponse;
import software.amazon.awssdk.services.cloudfront.model.ViewerCertificate;

/** What golive asks of CloudFront. */
public final class CloudFrontPort {

    private static final ClientType<CloudFrontClientBuilder, CloudFrontClient> CLIENT =
            ClientType.of(Service.CLOUD_FRONT, CloudFrontClient::builder, CloudFrontClient.serviceMetadata());

    private static final Set<String> NO_DISTRIBUTION = Set.of("NoSuchDistribution");
    private static final Set<String> NO_INVALIDATION = Set.of("NoSuchInvalidation", "NoSuchDistribution");

    /**
     * A distribution as it is described.
     *
     * @param status its status, in CloudFront's words
     * @param isEnabled whether it answers
     * @param domain its own host name
     * @param aliases the names that it answers for
     * @param certificateArn the ARN of its certificate of ACM, empty if it uses none
     * @param leastTls the least version of TLS, empty if it was not said
     * @param viewerPolicies what it does with requests without TLS, by the paths, of which {@code default} is the rest
     * @param origins where it fetches what it does not have
     */
    public record Detail(
            String status,
            boolean isEnabled,
            String domain,
            List<String> aliases,
            String certificateArn,
            String leastTls,
            Map<String, String> viewerPolicies,
            List<Origin> origins) {}

    /**
     * Where a distribution fetches what it does not have.
     *
     * @param id its id
     * @param domain its host name
     * @param isS3 whether it is a bucket that is asked in the protocol of S3
     * @param accessControl the id of its origin access control, empty if it has none
     * @param accessIdentity its legacy origin access identity, empty if it has none
     */
    public record Origin(String id, String domain, boolean isS3, String accessControl, String accessIdentity) {}

    /**
     * An invalidation.
     *
     * @param id its id
     * @param status its status, in CloudFront's words
     */
    public record Invalidation(String id, String status) {

        /** Whether it has come everywhere. */
        public boolean isCompleted() {
            return status.equals("Completed");
        }
    }

    private final Calls calls;
    private final CloudFrontClient client;

    private CloudFrontPort(Calls calls, CloudFrontClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static CloudFrontPort of(Calls calls) throws Exception {
        return new CloudFrontPort(calls, calls.client(CLIENT));
    }

    /** A distribution, empty if there is none. */
    public Optional<Detail> distribution(String id) throws Exception {
        Optional<GetDistributionResponse> answer =
                calls.found(NO_DISTRIBUTION, () -> client.getDistribution(request -> request.id(id)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        var found = calls.said(answer.get().distribution(), "the distribution");
        DistributionConfig config = calls.said(found.distributionConfig(), "the configuration of the distribution");
        ViewerCertificate certificate = calls.said(config.viewerCertificate(), "the certificate for viewers");
        return Optional.of(new Detail(
                calls.said(found.status(), "the status of the distribution"),
                calls.said(config.enabled(), "whether the distribution is enabled"),
                text(found.domainName()),
                aliases(config),
                text(certificate.acmCertificateArn()),
                text(certificate.minimumProtocolVersionAsString()),
                policies(config),
                origins(config)));
    }

    /** A list without items and without a number of them says nothing. */
    private void counted(@Nullable Integer quantity, int found, String what) {
        if (calls.said(quantity, "the number of " + what) != found) {
            throw ApiProblem.incomplete(Service.CLOUD_FRONT.title(), "all " + what);
        }
    }

    private List<String> aliases(DistributionConfig config) {
        var aliases = calls.said(config.aliases(), "the aliases");
        counted(aliases.quantity(), aliases.items().size(), "aliases");
        return List.copyOf(aliases.items());
    }

    private Map<String, String> policies(DistributionConfig config) {
        Map<String, String> policies = new TreeMap<>();
        policies.put(
                "default",
                calls.said(
                        calls.said(config.defaultCacheBehavior(), "the default cache behaviour")
                                .viewerProtocolPolicyAsString(),
                        "the viewer protocol policy"));
        var behaviors = calls.said(config.cacheBehaviors(), "the cache behaviours");
        counted(behaviors.quantity(), behaviors.items().size(), "cache behaviours");
        for (CacheBehavior behavior : behaviors.items()) {
            policies.put(
                    calls.said(behavior.pathPattern(), "the path of a cache behaviour"),
                    calls.said(behavior.viewerProtocolPolicyAsString(), "the viewer protocol policy"));
        }
        return policies;
    }

    private List<Origin> origins(DistributionConfig config) {
        var found = calls.said(config.origins(), "the origins");
        counted(found.quantity(), found.items().size(), "origins");
        List<Origin> origins = new ArrayList<>();
        for (var origin : found.items()) {
            var s3 = origin.s3OriginConfig();
            origins.add(new Origin(
                    calls.said(origin.id(), "the id of an origin"),
                    calls.said(origin.domainName(), "the host name of an origin"),
                    s3 != null,
                    text(origin.originAccessControlId()),
                    s3 == null ? "" : text(s3.originAccessIdentity())));
        }
        return origins;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Invalidates paths; the same reference with the same paths is the same invalidation. */
    public Invalidation invalidate(String id, List<String> paths, String reference) throws Exception {
        return of(calls.writing(() -> client.createInvalidation(request -> request.distributionId(id)
                        .invalidationBatch(batch -> batch.callerReference(reference)
                                .paths(all -> all.quantity(paths.size()).items(paths)))))
                .invalidation());
    }

    /** An invalidation, empty if there is none. */
    public Optional<Invalidation> invalidation(String distribution, String id) throws Exception {
        Optional<GetInvalidationResponse> answer = calls.found(
                NO_INVALIDATION,
                () -> client.getInvalidation(
                        request -> request.distributionId(distribution).id(id)));
        return answer.isEmpty() ? Optional.empty() : Optional.of(of(answer.get().invalidation()));
    }

    private Invalidation of(software.amazon.awssdk.services.cloudfront.model.@Nullable Invalidation found) {
        var invalidation = calls.said(found, "the invalidation");
        return new Invalidation(
                calls.said(invalidation.id(), "the id of the invalidation"),
                calls.said(invalidation.status(), "the status of the invalidation"));
    }
}
