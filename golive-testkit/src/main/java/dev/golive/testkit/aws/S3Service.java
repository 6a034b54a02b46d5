package dev.golive.testkit.aws;

import dev.golive.testkit.internal.aws.WireRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** S3. */
final class S3Service extends FakeService {

    private static final byte[] NO_BODY = {};

    /** A version and the key that it is of. */
    private record Listed(String key, FakeBucket.Version version, boolean isLatest) {}

    private final Map<String, FakeBucket> buckets = new LinkedHashMap<>();

    S3Service(FakeAws aws) {
        super(aws, "s3", "http://s3.amazonaws.com/doc/2006-03-01/");
        rest("ListObjectsV2", "GET /{Bucket}?list-type=2", ListObjectsV2Request::builder, this::objects);
        rest("ListObjectVersions", "GET /{Bucket}?versions", ListObjectVersionsRequest::builder, this::versions);
        rest("GetBucketEncryption", "GET /{Bucket}?encryption", GetBucketEncryptionRequest::builder, this::encryption);
        rest("GetBucketVersioning", "GET /{Bucket}?versioning", GetBucketVersioningRequest::builder, this::versioning);
        rest(
                "GetPublicAccessBlock",
                "GET /{Bucket}?publicAccessBlock",
                GetPublicAccessBlockRequest::builder,
                this::accessBlock);
        rest(
                "GetBucketPolicyStatus",
                "GET /{Bucket}?policyStatus",
                GetBucketPolicyStatusRequest::builder,
                this::policyStatus);
        rest("GetBucketCors", "GET /{Bucket}?cors", GetBucketCorsRequest::builder, this::cors);
        rest(
                "GetBucketLifecycleConfiguration",
                "GET /{Bucket}?lifecycle",
                GetBucketLifecycleConfigurationRequest::builder,
                this::lifecycle);
        stream("GetObject", "GET /{Bucket}/{Key+}", GetObjectRequest::builder, this::get);
        rest("HeadObject", "HEAD /{Bucket}/{Key+}", HeadObjectRequest::builder, this::head);
        stream("PutObject", "PUT /{Bucket}/{Key+}", PutObjectRequest::builder, this::put);
        rest("CopyObject", "PUT /{Bucket}/{Key+}", CopyObjectRequest::builder, this::copy);
        rest("DeleteObject", "DELETE /{Bucket}/{Key+}", DeleteObjectRequest::builder, this::delete);
    }

    FakeBucket bucket(String name) {
        return buckets.computeIfAbsent(name, key -> new FakeBucket(aws(), name));
    }

    /** A copy is told from a new object by a header field alone. */
    @Override
    boolean isFor(Operation operation, WireRequest request) {
        boolean copies = request.header("x-amz-copy-source").isPresent();
        return switch (operation.name()) {
            case "CopyObject" -> copies;
            case "PutObject" -> !copies;
            default -> true;
        };
    }

    @Override
    boolean admitsAnonymous(WireRequest request) {
        String[] parts = request.rawPath().split("/", 3);
        FakeBucket bucket = parts.length == 3 && !parts[2].isEmpty() ? buckets.get(parts[1]) : null;
        return bucket != null && bucket.isPubliclyReadable() && request.method().equals("GET");
    }

    @Override
    AwsError throttled() {
        return new AwsError(503, "SlowDown", "Please reduce your request rate.");
    }

    @Override
    AwsError denied(String operation) {
        return new AwsError(403, "AccessDenied", "Access Denied");
    }

    @Override
    AwsError expired() {
        return new AwsError(400, "ExpiredToken", "The provided token has expired.");
    }

    @Override
    AwsError broken() {
        return new AwsError(500, "InternalError", "We encountered an internal error. Please try again.");
    }

    @Override
    String unknownKey() {
        return "InvalidAccessKeyId";
    }

    @Override
    String badSignature() {
        return "SignatureDoesNotMatch";
    }

    static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime lacks MD5", e);
        }
    }

    private FakeBucket find(String name, @Nullable String owner) {
        FakeBucket bucket = buckets.get(name);
        if (bucket == null) {
            throw new AwsError(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        if (bucket.region().isPresent()) {
            throw new AwsError(
                    301,
                    "PermanentRedirect",
                    "The bucket you are attempting to access must be addressed using the specified endpoint.",
                    Map.of("x-amz-bucket-region", bucket.region().get()));
        }
        if (owner != null && !owner.equals(bucket.owner())) {
            throw new AwsError(403, "AccessDenied", "Access Denied");
        }
        return bucket;
    }

    private static AwsError none(String code, String message) {
        return new AwsError(404, code, message);
    }

    private ListObjectsV2Response objects(ListObjectsV2Request request, Instant now) {
        FakeBucket bucket = find(request.bucket(), request.expectedBucketOwner());
        String prefix = request.prefix() == null ? "" : request.prefix();
        List<S3Object> all = new ArrayList<>();
        for (String key : bucket.versionsByKey().keySet()) {
            if (key.startsWith(prefix)) {
                bucket.current(key)
                        .ifPresent(version -> all.add(S3Object.builder()
                                .key(key)
                                .eTag('"' + version.etag + '"')
                                .size((long) version.content().length)
                                .lastModified(version.at)
                                .storageClass("STANDARD")
                                .build()));
            }
        }
        Page<S3Object> page = page(all, request.continuationToken(), request.maxKeys(), "InvalidArgument");
        return ListObjectsV2Response.builder()
                .name(bucket.name())
                .prefix(prefix)
                .keyCount(page.items().size())
                .maxKeys(request.maxKeys() == null ? 1000 : request.maxKeys())
                .isTruncated(page.next() != null)
                .nextContinuationToken(page.next())
                .contents(page.items())
                .build();
    }

    private ListObjectVersionsResponse versions(ListObjectVersionsRequest request, Instant now) {
        FakeBucket bucket = find(request.bucket(), request.expectedBucketOwner());
        String prefix = request.prefix() == null ? "" : request.prefix();
        List<Listed> all = new ArrayList<>();
        bucket.versionsByKey().forEach((key, versions) -> {
            for (int i = versions.size() - 1; i >= 0 && key.startsWith(prefix); i--) {
                all.add(new Listed(key, versions.get(i), i == versions.size() - 1));
            }
        });
        Page<Listed> page = page(all, request.versionIdMarker(), request.maxKeys(), "InvalidArgument");
        List<ObjectVersion> versions = new ArrayList<>();
        List<DeleteMarkerEntry> marks = new ArrayList<>();
        for (Listed one : page.items()) {
            if (one.version().isDeletion()) {
                marks.add(DeleteMarkerEntry.builder()
                        .key(one.key())
                        .versionId(one.version().id)
                        .isLatest(one.isLatest())
                        .lastModified(one.version().at)
                        .build());
            } else {
                versions.add(ObjectVersion.builder()
                        .key(one.key())
                        .versionId(one.version().id)
                        .isLatest(one.isLatest())
                        .lastModified(one.version().at)
                        .eTag('"' + one.version().etag + '"')
                        .size((long) one.version().content().length)
                        .build());
            }
        }
        String next = page.next();
        return ListObjectVersionsResponse.builder()
                .name(bucket.name())
                .prefix(prefix)
                .isTruncated(next != null)
                .nextVersionIdMarker(next)
                .nextKeyMarker(
                        next == null
                                ? null
                                : page.items().get(page.items().size() - 1).key())
                .versions(versions)
                .deleteMarkers(marks)
                .build();
    }

    private GetBucketEncryptionResponse encryption(GetBucketEncryptionRequest request, Instant now) {
        String algorithm = find(request.bucket(), request.expectedBucketOwner())
                .encryption()
                .orElseThrow(() -> none(
                        "ServerSideEncryptionConfigurationNotFoundError",
                        "The server side encryption configuration was not found"));
        return GetBucketEncryptionResponse.builder()
                .serverSideEncryptionConfiguration(
                        configuration -> configuration.rules(ServerSideEncryptionRule.builder()
                                .applyServerSideEncryptionByDefault(rule -> rule.sseAlgorithm(algorithm))
                                .bucketKeyEnabled(false)
                                .build()))
                .build();
    }

    private GetBucketVersioningResponse versioning(GetBucketVersioningRequest request, Instant now) {
        return GetBucketVersioningResponse.builder()
                .status(find(request.bucket(), request.expectedBucketOwner())
                        .versioning()
                        .orElse(null))
                .build();
    }

    private GetPublicAccessBlockResponse accessBlock(GetPublicAccessBlockRequest request, Instant now) {
        Map<String, Boolean> block =
                find(request.bucket(), request.expectedBucketOwner()).block();
        if (block.isEmpty()) {
            throw none("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found");
        }
        return GetPublicAccessBlockResponse.builder()
                .publicAccessBlockConfiguration(configuration -> configuration
                        .blockPublicAcls(block.get("BlockPublicAcls"))
                        .ignorePublicAcls(block.get("IgnorePublicAcls"))
                        .blockPublicPolicy(block.get("BlockPublicPolicy"))
                        .restrictPublicBuckets(block.get("RestrictPublicBuckets")))
                .build();
    }

    private GetBucketPolicyStatusResponse policyStatus(GetBucketPolicyStatusRequest request, Instant now) {
        boolean open = find(request.bucket(), request.expectedBucketOwner())
                .policyPublic()
                .orElseThrow(() -> none("NoSuchBucketPolicy", "The bucket policy does not exist"));
        return GetBucketPolicyStatusResponse.builder()
                .policyStatus(status -> status.isPublic(open))
                .build();
    }

    private GetBucketCorsResponse cors(GetBucketCorsRequest request, Instant now) {
        FakeBucket bucket = find(request.bucket(), request.expectedBucketOwner());
        if (bucket.cors().isEmpty()) {
            throw none("NoSuchCORSConfiguration", "The CORS configuration does not exist");
        }
        return GetBucketCorsResponse.builder().corsRules(bucket.cors()).build();
    }

    private GetBucketLifecycleConfigurationResponse lifecycle(
            GetBucketLifecycleConfigurationRequest request, Instant now) {
        FakeBucket bucket = find(request.bucket(), request.expectedBucketOwner());
        if (bucket.lifecycle().isEmpty()) {
            throw none("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
        }
        return GetBucketLifecycleConfigurationResponse.builder()
                .rules(bucket.lifecycle())
                .build();
    }

    private static FakeBucket.Version object(FakeBucket bucket, String key, @Nullable String versionId) {
        return (versionId == null ? bucket.current(key) : bucket.version(key, versionId))
                .filter(version -> !version.isDeletion())
                .orElseThrow(() ->
                        none(versionId == null ? "NoSuchKey" : "NoSuchVersion", "The specified key does not exist."));
    }

    private Streamed get(GetObjectRequest request, byte[] body, Instant now) {
        FakeBucket bucket = find(request.bucket(), request.expectedBucketOwner());
        FakeBucket.Version version = object(bucket, request.key(), request.versionId());
        byte[] content = version.content();
        if (request.range() != null) {
            if (!request.range().equals("bytes=0-0")) {
                throw new AwsError(501, "NotImplemented", "FakeAws knows the range bytes=0-0 only");
            } else if (content.length == 0) {
                throw new AwsError(416, "InvalidRange", "The requested range is not satisfiable");
            }
            content = Arrays.copyOf(content, 1);
        }
        return new Streamed(
                GetObjectResponse.builder()
                        .eTag('"' + version.etag + '"')
                        .lastModified(version.at)
                        .contentType(version.contentType)
                        .cacheControl(version.cacheControl)
                        .metadata(version.metadata)
                        .versionId(bucket.versioning().isPresent() ? version.id : null)
                        .build(),
                content);
    }

    private HeadObjectResponse head(HeadObjectRequest request, Instant now) {
        FakeBucket bucket = find(request.bucket(), request.expectedBucketOwner());
        FakeBucket.Version version = object(bucket, request.key(), request.versionId());
        return HeadObjectResponse.builder()
                .eTag('"' + version.etag + '"')
                .lastModified(version.at)
                .contentType(version.contentType)
                .cacheControl(version.cacheControl)
                .metadata(version.metadata)
                .serverSideEncryption(bucket.encryption().orElse(null))
                .build();
    }

    private Streamed put(PutObjectRequest request, byte[] body, Instant now) {
        FakeBucket bucket = find(request.bucket(), request.expectedBucketOwner());
        FakeBucket.Version version =
                bucket.put(request.key(), body, request.metadata(), request.contentType(), request.cacheControl(), now);
        return new Streamed(
                PutObjectResponse.builder()
                        .eTag('"' + version.etag + '"')
                        .versionId(bucket.versioning().isPresent() ? version.id : null)
                        .build(),
                NO_BODY);
    }

    private SdkPojo copy(CopyObjectRequest request, Instant now) {
        FakeBucket bucket = find(request.destinationBucket(), request.expectedBucketOwner());
        String source = copySource(request);
        int version = source.indexOf("?versionId=");
        String path = URLDecoder.decode(version < 0 ? source : source.substring(0, version), StandardCharsets.UTF_8);
        String[] parts = (path.startsWith("/") ? path.substring(1) : path).split("/", 2);
        FakeBucket from = find(parts[0], request.expectedSourceBucketOwner());
        FakeBucket.Version copied =
                object(from, parts[1], version < 0 ? null : source.substring(version + "?versionId=".length()));
        FakeBucket.Version made = bucket.put(
                request.destinationKey(),
                copied.content(),
                copied.metadata,
                copied.contentType,
                copied.cacheControl,
                now);
        return CopyObjectResponse.builder()
                .copyObjectResult(result -> result.eTag('"' + made.etag + '"').lastModified(made.at))
                .versionId(bucket.versioning().isPresent() ? made.id : null)
                .build();
    }

    @SuppressWarnings("deprecation") // the SDK puts what replaces it together into this on its way
    private static String copySource(CopyObjectRequest request) {
        return request.copySource();
    }

    private DeleteObjectResponse delete(DeleteObjectRequest request, Instant now) {
        find(request.bucket(), request.expectedBucketOwner()).remove(request.key(), now);
        return DeleteObjectResponse.builder().build();
    }

    @Override
    void drifts(Drifts drifts) {
        buckets.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> buckets.remove(key, one))));
    }
}
