package dev.golive.testkit.internal.aws;

import static dev.golive.testkit.internal.aws.WireClient.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.testkit.HttpHeader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationRequest;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationResponse;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionResponse;
import software.amazon.awssdk.services.cloudfront.model.ListDistributionsResponse;
import software.amazon.awssdk.services.cloudfront.model.NoSuchDistributionException;
import software.amazon.awssdk.services.cloudfront.model.UpdateDistributionRequest;
import software.amazon.awssdk.services.cloudfront.model.UpdateDistributionResponse;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutBucketAclRequest;
import software.amazon.awssdk.services.s3.model.PutBucketAclResponse;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

@SuppressWarnings("unchecked") // the builders of the SDK take consumers as varargs
class RestXmlTest {

    private static final String CLOUDFRONT = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    private static WireClient service(
            WireProtocol protocol, String pattern, SdkPojo builder, String operation, SdkPojo output) {
        return new WireClient(request -> {
            Map<String, String> labels = UriPattern.of(pattern)
                    .match(request.rawPath(), request.rawQuery())
                    .orElseThrow();
            protocol.read(request, labels, builder);
            return protocol.write(operation, CLOUDFRONT, output, null, WireClient.REQUEST_ID);
        });
    }

    private static WireClient answering(String operation, SdkPojo output, String body) {
        byte[] bytes = body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8);
        return new WireClient(request -> WireProtocol.REST_XML_S3.write(
                operation, "http://s3.amazonaws.com/doc/2006-03-01/", output, bytes, "id"));
    }

    private static S3Client s3(WireClient wire) {
        S3ClientBuilder builder = S3Client.builder().forcePathStyle(true);
        return wire.as(builder);
    }

    @Test
    void what_cloudfront_is_sent_and_answers_arrives_whole() {
        CreateInvalidationRequest asked = CreateInvalidationRequest.builder()
                .distributionId("E1 2")
                .invalidationBatch(
                        b -> b.callerReference("ref").paths(p -> p.quantity(2).items("/*", "/a?b=<c>")))
                .build();
        CreateInvalidationResponse answered = CreateInvalidationResponse.builder()
                .location("https://api.example/i/1")
                .invalidation(i -> i.id("I1")
                        .status("InProgress")
                        .createTime(Instant.parse("2027-03-01T09:00:00.123Z"))
                        .invalidationBatch(asked.invalidationBatch()))
                .build();
        CreateInvalidationRequest.Builder read = CreateInvalidationRequest.builder();
        WireClient wire = service(
                WireProtocol.REST_XML,
                "/2020-05-31/distribution/{DistributionId}/invalidation",
                read,
                "CreateInvalidation",
                answered);
        assertSame(wire.as(CloudFrontClient.builder()).createInvalidation(asked), answered);
        assertThat(read.build()).isEqualTo(asked);
        assertThat(WireProtocol.naming(wire.requests.get(0), "cloudfront")).isEmpty();
    }

    @Test
    void a_configuration_of_cloudfront_goes_both_ways() {
        UpdateDistributionRequest asked = UpdateDistributionRequest.builder()
                .id("E1")
                .ifMatch("ETAG1")
                .distributionConfig(c -> c.callerReference("ref")
                        .comment("")
                        .enabled(true)
                        .aliases(a -> a.quantity(1).items("shop.example"))
                        .origins(o -> o.quantity(1)
                                .items(i -> i.id("app")
                                        .domainName("app.example")
                                        .customOriginConfig(cc -> cc.httpPort(80)
                                                .httpsPort(443)
                                                .originProtocolPolicy("https-only")
                                                .originSslProtocols(
                                                        s -> s.quantity(1).itemsWithStrings("TLSv1.2")))))
                        .defaultCacheBehavior(d -> d.targetOriginId("app").viewerProtocolPolicy("redirect-to-https"))
                        .viewerCertificate(v -> v.acmCertificateArn("arn:aws:acm:us-east-1:1:certificate/x")
                                .minimumProtocolVersion("TLSv1.2_2021")
                                .sslSupportMethod("sni-only")))
                .build();
        UpdateDistributionRequest.Builder read = UpdateDistributionRequest.builder();
        UpdateDistributionResponse answered = UpdateDistributionResponse.builder()
                .eTag("ETAG2")
                .distribution(d -> d.id("E1").status("InProgress").distributionConfig(asked.distributionConfig()))
                .build();
        assertSame(
                service(
                                WireProtocol.REST_XML,
                                "/2020-05-31/distribution/{Id}/config",
                                read,
                                "UpdateDistribution",
                                answered)
                        .as(CloudFrontClient.builder())
                        .updateDistribution(asked),
                answered);
        assertThat(read.build()).isEqualTo(asked);
    }

    @Test
    void a_list_of_distributions_may_be_empty() {
        ListDistributionsResponse answered = ListDistributionsResponse.builder()
                .distributionList(
                        l -> l.quantity(0).isTruncated(false).maxItems(100).items(List.of()))
                .build();
        WireClient wire = new WireClient(
                request -> WireProtocol.REST_XML.write("ListDistributions", CLOUDFRONT, answered, null, "id"));
        assertSame(wire.as(CloudFrontClient.builder()).listDistributions(), answered);
    }

    @Test
    void what_route_53_is_sent_and_answers_arrives_whole() {
        ChangeResourceRecordSetsRequest asked = ChangeResourceRecordSetsRequest.builder()
                .hostedZoneId("Z1")
                .changeBatch(b -> b.comment("go live")
                        .changes(c -> c.action("UPSERT")
                                .resourceRecordSet(r -> r.name("shop.example.")
                                        .type("TXT")
                                        .ttl(60L)
                                        .resourceRecords(v -> v.value("\"v=1 & <2>\"")))))
                .build();
        ChangeResourceRecordSetsResponse answered = ChangeResourceRecordSetsResponse.builder()
                .changeInfo(
                        c -> c.id("/change/C1").status("PENDING").submittedAt(Instant.parse("2027-03-01T09:00:00Z")))
                .build();
        ChangeResourceRecordSetsRequest.Builder read = ChangeResourceRecordSetsRequest.builder();
        assertThat(service(
                                WireProtocol.REST_XML,
                                "/2013-04-01/hostedzone/{Id}/rrset/",
                                read,
                                "ChangeResourceRecordSets",
                                answered)
                        .as(Route53Client.builder())
                        .changeResourceRecordSets(asked)
                        .changeInfo()
                        .submittedAt())
                .isEqualTo("2027-03-01T09:00:00Z");
        assertThat(read.build()).isEqualTo(asked);

        ListResourceRecordSetsResponse listed = ListResourceRecordSetsResponse.builder()
                .isTruncated(true)
                .maxItems("1")
                .nextRecordName("next.example.")
                .resourceRecordSets(r -> r.name("shop.example.")
                        .type("A")
                        .aliasTarget(a -> a.dnsName("d.example.")
                                .evaluateTargetHealth(false)
                                .hostedZoneId("Z2")))
                .build();
        WireClient listing = new WireClient(
                request -> WireProtocol.REST_XML.write("ListResourceRecordSets", "", listed, null, "id"));
        assertSame(listing.as(Route53Client.builder()).listResourceRecordSets(l -> l.hostedZoneId("Z1")), listed);
    }

    @Test
    void s3_lists_with_parameters_and_flattened_lists() {
        ListObjectsV2Request asked = ListObjectsV2Request.builder()
                .bucket("my.bucket")
                .prefix("a b/+")
                .maxKeys(2)
                .optionalObjectAttributesWithStrings("RestoreStatus", "Other")
                .build();
        ListObjectsV2Response answered = ListObjectsV2Response.builder()
                .name("my.bucket")
                .keyCount(2)
                .isTruncated(true)
                .nextContinuationToken("t")
                .contents(
                        c -> c.key("a b/+1").size(3L).lastModified(Instant.parse("2027-03-01T09:00:00Z")),
                        c -> c.key("a b/+2").eTag("\"e\""))
                .build();
        ListObjectsV2Request.Builder read = ListObjectsV2Request.builder();
        WireClient wire = service(WireProtocol.REST_XML_S3, "/{Bucket}?list-type=2", read, "ListObjectsV2", answered);
        assertSame(s3(wire).listObjectsV2(asked), answered);
        assertThat(read.build()).isEqualTo(asked);
    }

    @Test
    void s3_configurations_go_both_ways() {
        PutBucketLifecycleConfigurationRequest asked = PutBucketLifecycleConfigurationRequest.builder()
                .bucket("b")
                .lifecycleConfiguration(l -> l.rules(r -> r.id("old")
                        .status("Enabled")
                        .filter(f -> f.and(a -> a.prefix("p/")
                                .tags(
                                        t -> t.key("k").value("v"),
                                        t -> t.key("k2").value(""))))
                        .transitions(t -> t.days(30).storageClass("GLACIER"))
                        .expiration(e -> e.date(Instant.parse("2030-01-01T00:00:00Z")))))
                .build();
        PutBucketLifecycleConfigurationRequest.Builder read = PutBucketLifecycleConfigurationRequest.builder();
        s3(service(
                        WireProtocol.REST_XML_S3,
                        "/{Bucket}?lifecycle",
                        read,
                        "PutBucketLifecycleConfiguration",
                        PutBucketLifecycleConfigurationResponse.builder().build()))
                .putBucketLifecycleConfiguration(asked);
        assertThat(read.build().lifecycleConfiguration()).isEqualTo(asked.lifecycleConfiguration());

        GetBucketLifecycleConfigurationResponse kept = GetBucketLifecycleConfigurationResponse.builder()
                .rules(asked.lifecycleConfiguration().rules())
                .build();
        assertSame(
                s3(answering("GetBucketLifecycleConfiguration", kept, ""))
                        .getBucketLifecycleConfiguration(g -> g.bucket("b")),
                kept);
        GetBucketEncryptionResponse encrypted = GetBucketEncryptionResponse.builder()
                .serverSideEncryptionConfiguration(
                        c -> c.rules(r -> r.applyServerSideEncryptionByDefault(d -> d.sseAlgorithm("aws:kms"))))
                .build();
        assertSame(
                s3(answering("GetBucketEncryption", encrypted, "")).getBucketEncryption(g -> g.bucket("b")), encrypted);
        GetBucketVersioningResponse never =
                GetBucketVersioningResponse.builder().build();
        assertSame(s3(answering("GetBucketVersioning", never, "")).getBucketVersioning(g -> g.bucket("b")), never);
        ListBucketsResponse buckets = ListBucketsResponse.builder()
                .buckets(b -> b.name("b").creationDate(Instant.parse("2027-03-01T09:00:00Z")))
                .owner(o -> o.id("o"))
                .build();
        assertSame(s3(answering("ListBuckets", buckets, "")).listBuckets(), buckets);
    }

    @Test
    void grantees_have_their_type_as_an_attribute() {
        PutBucketAclRequest asked = PutBucketAclRequest.builder()
                .bucket("b")
                .accessControlPolicy(p -> p.owner(o -> o.id("o"))
                        .grants(g -> g.permission("READ")
                                .grantee(e -> e.type("Group").uri("http://acs.example/all"))))
                .build();
        PutBucketAclRequest.Builder read = PutBucketAclRequest.builder();
        s3(service(
                        WireProtocol.REST_XML_S3,
                        "/{Bucket}?acl",
                        read,
                        "PutBucketAcl",
                        PutBucketAclResponse.builder().build()))
                .putBucketAcl(asked);
        assertThat(read.build().accessControlPolicy()).isEqualTo(asked.accessControlPolicy());

        GetBucketAclResponse kept = GetBucketAclResponse.builder()
                .grants(asked.accessControlPolicy().grants())
                .build();
        assertSame(s3(answering("GetBucketAcl", kept, "")).getBucketAcl(g -> g.bucket("b")), kept);
    }

    @Test
    void locations_and_policies_are_bare() {
        GetBucketLocationResponse somewhere = GetBucketLocationResponse.builder()
                .locationConstraint("eu-central-1")
                .build();
        assertThat(s3(answering("GetBucketLocation", somewhere, ""))
                        .getBucketLocation(g -> g.bucket("b"))
                        .locationConstraintAsString())
                .isEqualTo("eu-central-1");
        GetBucketLocationResponse oldest = GetBucketLocationResponse.builder().build();
        assertThat(s3(answering("GetBucketLocation", oldest, ""))
                        .getBucketLocation(g -> g.bucket("b"))
                        .locationConstraintAsString())
                .isNullOrEmpty();
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
        GetBucketPolicyResponse allowed =
                GetBucketPolicyResponse.builder().policy(policy).build();
        assertThat(s3(answering("GetBucketPolicy", allowed, ""))
                        .getBucketPolicy(g -> g.bucket("b"))
                        .policy())
                .isEqualTo(policy);
    }

    @Test
    void objects_have_their_metadata_in_headers_and_their_content_in_the_body() throws Exception {
        PutObjectRequest asked = PutObjectRequest.builder()
                .bucket("b")
                .key("folder/a b+c\u20ac.txt")
                .contentType("text/plain")
                .metadata(Map.of("release", "42", "by", "ci"))
                .build();
        PutObjectRequest.Builder read = PutObjectRequest.builder();
        WireClient putting = service(
                WireProtocol.REST_XML_S3,
                "/{Bucket}/{Key+}",
                read,
                "PutObject",
                PutObjectResponse.builder().eTag("\"e\"").versionId("v1").build());
        PutObjectResponse put = s3(putting).putObject(asked, RequestBody.fromString("content"));
        assertThat(put.versionId()).isEqualTo("v1");
        assertThat(read.build().key()).isEqualTo(asked.key());
        assertThat(read.build().metadata()).isEqualTo(asked.metadata());
        assertThat(read.build().contentType()).isEqualTo("text/plain");

        GetObjectResponse kept = GetObjectResponse.builder()
                .contentType("text/plain")
                .lastModified(Instant.parse("2027-03-01T09:00:00Z"))
                .metadata(asked.metadata())
                .build();
        try (var got = s3(answering("GetObject", kept, "content"))
                .getObject(g -> g.bucket("b").key("k"))) {
            assertThat(new String(got.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("content");
            assertSame(got.response(), kept);
        }
        HeadObjectResponse head = HeadObjectResponse.builder()
                .contentLength(7L)
                .metadata(asked.metadata())
                .build();
        HeadObjectResponse headed = s3(answering("HeadObject", head, ""))
                .headObject(h -> h.bucket("b").key("k"));
        assertThat(headed.metadata()).isEqualTo(asked.metadata());
        assertThat(headed.contentLength()).isEqualTo(7);
    }

    @Test
    void errors_arrive_with_their_codes() {
        WireError missing = new WireError(404, "NoSuchDistribution", "The <distribution> is not there.", true);
        CloudFrontClient cloudfront =
                new WireClient(request -> WireProtocol.REST_XML.error(missing, "id-1")).as(CloudFrontClient.builder());
        assertThatThrownBy(() -> cloudfront.getDistribution(g -> g.id("E1")))
                .isInstanceOfSatisfying(NoSuchDistributionException.class, e -> {
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("The <distribution> is not there.");
                    assertThat(e.requestId()).isEqualTo("id-1");
                });
        Route53Client route53 = new WireClient(request -> WireProtocol.REST_XML.error(
                        new WireError(400, "InvalidChangeBatch", "It exists", true), "id-2"))
                .as(Route53Client.builder());
        assertThatThrownBy(() -> route53.changeResourceRecordSets(
                        c -> c.hostedZoneId("Z1").changeBatch(b -> b.changes(x -> x.action("CREATE")))))
                .isInstanceOf(InvalidChangeBatchException.class);
        S3Client s3 = s3(new WireClient(request -> WireProtocol.REST_XML_S3.error(
                new WireError(404, "NoSuchBucketPolicy", "The bucket policy does not exist", true), "id-3")));
        assertThatThrownBy(() -> s3.getBucketPolicy(g -> g.bucket("b")))
                .isInstanceOfSatisfying(S3Exception.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchBucketPolicy");
                    assertThat(e.statusCode()).isEqualTo(404);
                    assertThat(e.requestId()).isEqualTo("id-3");
                });
    }

    @Test
    void an_absent_payload_is_an_empty_body() {
        WireAnswer answer = WireProtocol.REST_XML.write(
                "GetDistribution",
                CLOUDFRONT,
                GetDistributionResponse.builder().eTag("E").build(),
                null,
                "id");
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers())
                .contains(new HttpHeader("ETag", "E"))
                .noneMatch(h -> h.name().equals("Content-Type"));
    }
}
