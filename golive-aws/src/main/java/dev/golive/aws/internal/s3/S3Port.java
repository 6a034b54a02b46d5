package dev.golive.aws.internal.s3;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** What golive asks of S3, or of a store that speaks its protocol, about one bucket. */
public final class S3Port {

    /** The name of the metadata in which an object that golive has put tells the MD5 digest of its content. */
    public static final String DIGEST = "golive-md5";

    /** The name of the metadata in which an object tells the key of the action that has put it there. */
    private static final String SYNC = "golive-sync";

    private static final ClientType<S3ClientBuilder, S3Client> CLIENT =
            new ClientType<>(Service.S3, S3Client::builder, S3Client.serviceMetadata(), S3Port::configure);

    private static void configure(S3ClientBuilder builder, Boolean elsewhere) {
        builder.forcePathStyle(elsewhere)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build());
    }

    private static final Set<String> NO_BUCKET = Set.of("NoSuchBucket");
    private static final Set<String> NO_OBJECT = Set.of("NoSuchKey");
    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]{1,40})'");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    /**
     * An object as it is listed.
     *
     * @param key its key
     * @param etag its entity tag without quotation marks: of an object of one part that no key of KMS encrypts, the MD5
     *     digest of its content
     * @param size how many bytes it has
     * @param modifiedAt when it was put there
     */
    public record Stored(String key, String etag, long size, Instant modifiedAt) {}

    /**
     * A version of an object, or the mark that it was deleted.
     *
     * @param key its key
     * @param id its id
     * @param etag its entity tag, empty for a mark
     * @param size how many bytes it has
     * @param modifiedAt when it was put there
     * @param isLatest whether it is what is there now
     * @param isDeletion whether it is the mark of a deletion
     */
    public record Version(
            String key, String id, String etag, long size, Instant modifiedAt, boolean isLatest, boolean isDeletion) {}

    /**
     * What an object says of itself.
     *
     * @param digest the MD5 digest that golive has put there, empty if it has none
     * @param sync the key of the action that has put it there, empty if none has
     * @param encryption how it is encrypted, empty if it was not said
     */
    public record Head(String digest, String sync, String encryption) {}

    /**
     * Which public access is blocked.
     *
     * @param settings the four settings by their names
     */
    public record AccessBlock(Map<String, Boolean> settings) {}

    /**
     * A rule of cross-origin requests.
     *
     * @param origins the origins that it allows
     * @param methods the methods
     * @param headers the header fields
     * @param maxAgeSeconds for how long a browser may keep the answer, {@code null} if it is not said
     */
    public record Cors(
            List<String> origins,
            List<String> methods,
            List<String> headers,
            @Nullable Integer maxAgeSeconds) {}

    /**
     * A rule of the life of objects.
     *
     * @param id its id
     * @param isEnabled whether it is applied
     * @param prefix what the keys that it concerns begin with, empty for all
     * @param isNarrower whether it concerns only some of them, by tags or sizes
     * @param expiresAfterDays after how many days objects are deleted, {@code null} if it is not so
     * @param expiresOn the day on which they are, {@code null} if it is not so
     */
    public record Life(
            String id,
            boolean isEnabled,
            String prefix,
            boolean isNarrower,
            @Nullable Integer expiresAfterDays,
            @Nullable Instant expiresOn) {

        /** Whether it deletes objects. */
        public boolean expires() {
            return expiresAfterDays != null || expiresOn != null;
        }
    }

    private final Calls calls;
    private final S3Client client;
    private final String bucket;
    private final @Nullable String owner;

    private S3Port(Calls calls, S3Client client, String bucket, @Nullable String owner) {
        this.calls = calls;
        this.client = client;
        this.bucket = bucket;
        this.owner = owner;
    }

    /**
     * The port that makes these calls.
     *
     * @param owner the account that the bucket must belong to, {@code null} for a store without accounts of AWS: names of
     *     buckets are taken by whoever came first
     */
    public static S3Port of(Calls calls, String bucket, @Nullable String owner) throws Exception {
        return new S3Port(calls, calls.client(CLIENT), bucket, owner);
    }

    /** Calls about a bucket, empty if there is none; one that is in another region says where. */
    public <T> Optional<T> present(Calls.Body<T> body) throws Exception {
        try {
            return calls.found(NO_BUCKET, body);
        } catch (AwsServiceException e) {
            throw elsewhere(e);
        }
    }

    /** A bucket of another region is known, and nothing of it. */
    private Exception elsewhere(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        if (e.statusCode() != 301 && e.statusCode() != 307 && !code.equals("AuthorizationHeaderMalformed")) {
            return e;
        }
        return ApiProblem.undecided("the bucket is not in " + calls.region()
                + region(details)
                        .map(region -> " but in " + region + ": ask aws.in(\"" + region + "\")")
                        .orElse(""));
    }

    private static Optional<String> region(@Nullable AwsErrorDetails details) {
        if (details == null) {
            return Optional.empty();
        }
        SdkHttpResponse response = details.sdkHttpResponse();
        Optional<String> named = response == null
                ? Optional.empty()
                : response.firstMatchingHeader("x-amz-bucket-region")
                        .filter(region -> REGION.matcher(region).matches());
        if (named.isPresent() || details.errorMessage() == null) {
            return named;
        }
        Matcher matcher = EXPECTED_REGION.matcher(details.errorMessage());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** An answer of which everything may be absent is one only if it has a body at all. */
    private <R extends SdkResponse> R answered(R response) {
        if (response.sdkHttpResponse()
                .firstMatchingHeader("Content-Length")
                .filter("0"::equals)
                .isPresent()) {
            throw ApiProblem.incomplete(Service.S3.title(), "a body");
        }
        return response;
    }

    // ---- the bucket

    /** Whether it can be listed; fails with the error of a bucket that is not there. */
    public void touch() {
        ListObjectsV2Response page = client.listObjectsV2(
                request -> request.bucket(bucket).expectedBucketOwner(owner).maxKeys(1));
        calls.said(page.name(), "the name of the bucket");
    }

    /** How it encrypts what is put there, empty if it does not. */
    public Optional<String> encryption() throws Exception {
        Optional<GetBucketEncryptionResponse> answer = calls.found(
                Set.of("ServerSideEncryptionConfigurationNotFoundError"),
                () -> client.getBucketEncryption(
                        request -> request.bucket(bucket).expectedBucketOwner(owner)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        ServerSideEncryptionConfiguration configuration =
                calls.said(answer.get().serverSideEncryptionConfiguration(), "the encryption of the bucket");
        for (ServerSideEncryptionRule rule :
                calls.listed(configuration.hasRules(), configuration.rules(), "rules of encryption")) {
            if (rule.applyServerSideEncryptionByDefault() != null) {
                return Optional.of(
                        calls.said(rule.applyServerSideEncryptionByDefault().sseAlgorithmAsString(), "the algorithm"));
            }
        }
        throw ApiProblem.incomplete(Service.S3.title(), "the algorithm of the encryption");
    }

    /** The state of versioning, empty if it was never on. */
    public Optional<String> versioning() {
        GetBucketVersioningResponse answer = answered(
                client.getBucketVersioning(request -> request.bucket(bucket).expectedBucketOwner(owner)));
        return Optional.ofNullable(answer.statusAsString());
    }

    /** Which public access is blocked, empty if none was ever configured for this bucket. */
    public Optional<AccessBlock> accessBlock() throws Exception {
        Optional<GetPublicAccessBlockResponse> answer = calls.found(
                Set.of("NoSuchPublicAccessBlockConfiguration"),
                () -> client.getPublicAccessBlock(
                        request -> request.bucket(bucket).expectedBucketOwner(owner)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        PublicAccessBlockConfiguration found =
                calls.said(answer.get().publicAccessBlockConfiguration(), "what public access is blocked");
        return Optional.of(new AccessBlock(Map.of(
                "BlockPublicAcls", calls.said(found.blockPublicAcls(), "BlockPublicAcls"),
                "IgnorePublicAcls", calls.said(found.ignorePublicAcls(), "IgnorePublicAcls"),
                "BlockPublicPolicy", calls.said(found.blockPublicPolicy(), "BlockPublicPolicy"),
                "RestrictPublicBuckets", calls.said(found.restrictPublicBuckets(), "RestrictPublicBuckets"))));
    }

    /** Whether its policy makes it public, empty if it has no policy. */
    public Optional<Boolean> isPolicyPublic() throws Exception {
        Optional<GetBucketPolicyStatusResponse> answer = calls.found(
                Set.of("NoSuchBucketPolicy"),
                () -> client.getBucketPolicyStatus(
                        request -> request.bucket(bucket).expectedBucketOwner(owner)));
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(calls.said(
                        calls.said(answer.get().policyStatus(), "the status of the policy")
                                .isPublic(),
                        "whether the policy is public"));
    }

    /** Its rules of cross-origin requests, empty if it has none. */
    public List<Cors> cors() throws Exception {
        var answer = calls.found(
                Set.of("NoSuchCORSConfiguration"),
                () -> client.getBucketCors(request -> request.bucket(bucket).expectedBucketOwner(owner)));
        List<Cors> rules = new ArrayList<>();
        if (answer.isPresent()) {
            for (CORSRule rule :
                    calls.listed(answer.get().hasCorsRules(), answer.get().corsRules(), "rules of CORS")) {
                rules.add(new Cors(
                        List.copyOf(calls.listed(rule.hasAllowedOrigins(), rule.allowedOrigins(), "origins")),
                        List.copyOf(calls.listed(rule.hasAllowedMethods(), rule.allowedMethods(), "methods")),
                        List.copyOf(rule.allowedHeaders()),
                        rule.maxAgeSeconds()));
            }
        }
        return rules;
    }

    /** Its rules of the life of objects, empty if it has none. */
    public List<Life> lifecycle() throws Exception {
        var answer = calls.found(
                Set.of("NoSuchLifecycleConfiguration"),
                () -> client.getBucketLifecycleConfiguration(
                        request -> request.bucket(bucket).expectedBucketOwner(owner)));
        List<Life> rules = new ArrayList<>();
        if (answer.isPresent()) {
            for (LifecycleRule rule :
                    calls.listed(answer.get().hasRules(), answer.get().rules(), "rules of the lifecycle")) {
                rules.add(life(rule));
            }
        }
        return rules;
    }

    private Life life(LifecycleRule rule) {
        LifecycleRuleFilter filter = rule.filter();
        @SuppressWarnings("deprecation") // a rule that was written before there were filters still has it
        String prefix = rule.prefix();
        boolean narrower = false;
        if (filter != null) {
            prefix = filter.and() != null ? filter.and().prefix() : filter.prefix();
            narrower = filter.tag() != null
                    || filter.objectSizeGreaterThan() != null
                    || filter.objectSizeLessThan() != null
                    || filter.and() != null
                            && (filter.and().hasTags()
                                    || filter.and().objectSizeGreaterThan() != null
                                    || filter.and().objectSizeLessThan() != null);
        }
        LifecycleExpiration expiration = rule.expiration();
        return new Life(
                rule.id() == null ? "" : rule.id(),
                calls.said(rule.statusAsString(), "the status of a rule").equals("Enabled"),
                prefix == null ? "" : prefix,
                narrower,
                expiration == null ? null : expiration.days(),
                expiration == null ? null : expiration.date());
    }

    // ---- what is in it

    /** The objects with keys that begin like this, on all pages. */
    public List<Stored> objects(String prefix) {
        List<Stored> objects = new ArrayList<>();
        for (ListObjectsV2Response page : client.listObjectsV2Paginator(
                request -> request.bucket(bucket).expectedBucketOwner(owner).prefix(prefix))) {
            calls.said(page.name(), "the name of the bucket");
            for (S3Object object : page.contents()) {
                objects.add(new Stored(
                        calls.said(object.key(), "the key of an object"),
                        tag(calls.said(object.eTag(), "the entity tag of an object")),
                        calls.said(object.size(), "the size of an object"),
                        calls.said(object.lastModified(), "when an object was put there")));
            }
        }
        return objects;
    }

    /** Whether there is an object of this key. */
    public boolean holds(String key) {
        ListObjectsV2Response page = client.listObjectsV2(request ->
                request.bucket(bucket).expectedBucketOwner(owner).prefix(key).maxKeys(1));
        calls.said(page.name(), "the name of the bucket");
        // keys are listed in their order, so that the key itself comes first
        return !page.contents().isEmpty() && key.equals(page.contents().get(0).key());
    }

    /**
     * The versions of objects with keys that begin like this, those of a key from the newest to the oldest as far as S3
     * tells; no more than are wanted and one.
     */
    public List<Version> versions(String prefix, int most) {
        List<Version> versions = new ArrayList<>();
        for (ListObjectVersionsResponse page : client.listObjectVersionsPaginator(
                request -> request.bucket(bucket).expectedBucketOwner(owner).prefix(prefix))) {
            calls.said(page.name(), "the name of the bucket");
            for (ObjectVersion version : page.versions()) {
                versions.add(new Version(
                        calls.said(version.key(), "the key of a version"),
                        calls.said(version.versionId(), "the id of a version"),
                        tag(calls.said(version.eTag(), "the entity tag of a version")),
                        calls.said(version.size(), "the size of a version"),
                        calls.said(version.lastModified(), "when a version was put there"),
                        calls.said(version.isLatest(), "whether a version is the latest"),
                        false));
            }
            for (DeleteMarkerEntry mark : page.deleteMarkers()) {
                versions.add(new Version(
                        calls.said(mark.key(), "the key of a deletion"),
                        calls.said(mark.versionId(), "the id of a deletion"),
                        "",
                        0,
                        calls.said(mark.lastModified(), "when an object was deleted"),
                        calls.said(mark.isLatest(), "whether a deletion is the latest"),
                        true));
            }
            if (versions.size() > most) {
                break;
            }
        }
        return versions;
    }

    private static String tag(String etag) {
        return etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    /** What an object says of itself. */
    public Head head(String key, @Nullable String versionId) {
        HeadObjectResponse answer = client.headObject(request ->
                request.bucket(bucket).expectedBucketOwner(owner).key(key).versionId(versionId));
        String encryption = answer.serverSideEncryptionAsString();
        return new Head(
                answer.metadata().getOrDefault(DIGEST, ""),
                answer.metadata().getOrDefault(SYNC, ""),
                encryption == null ? "" : encryption);
    }

    /** The content of an object, empty if there is none. */
    public Optional<byte[]> get(String key) throws Exception {
        Optional<ResponseBytes<GetObjectResponse>> answer = calls.found(
                NO_OBJECT,
                () -> client.getObjectAsBytes(request ->
                        request.bucket(bucket).expectedBucketOwner(owner).key(key)));
        return answer.map(ResponseBytes::asByteArray);
    }

    /** The HTTP status that somebody without credentials gets who reads the first byte of an object. */
    public int statusForEverybody(String key) {
        try {
            return client.getObjectAsBytes(request -> request.bucket(bucket)
                            .key(key)
                            .range("bytes=0-0")
                            .overrideConfiguration(
                                    options -> options.credentialsProvider(AnonymousCredentialsProvider.create())))
                    .response()
                    .sdkHttpResponse()
                    .statusCode();
        } catch (AwsServiceException e) {
            int status = e.statusCode();
            if (status == 401 || status == 403 || status == 404 || status == 416) {
                return status;
            }
            throw e;
        }
    }

    /** Puts an object there that says nothing of itself. */
    public void put(String key, byte[] content, String contentType) throws Exception {
        put(key, content, Map.of(), contentType, null);
    }

    /** Puts a file there, by the action with this key. */
    public void put(String key, Folder.Entry file, String sync, @Nullable String cacheControl) throws Exception {
        put(key, file.content(), Map.of(DIGEST, file.digest(), SYNC, sync), file.contentType(), cacheControl);
    }

    private void put(
            String key, byte[] content, Map<String, String> metadata, String contentType, @Nullable String cacheControl)
            throws Exception {
        calls.writing(() -> client.putObject(
                request -> request.bucket(bucket)
                        .expectedBucketOwner(owner)
                        .key(key)
                        .contentType(contentType)
                        .cacheControl(cacheControl)
                        .metadata(metadata),
                RequestBody.fromBytes(content)));
    }

    /** Makes a version of an object the newest one again, with everything that it had. */
    public void restore(String key, String versionId) throws Exception {
        calls.writing(() -> client.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(key)
                .sourceVersionId(versionId)
                .expectedSourceBucketOwner(owner)
                .destinationBucket(bucket)
                .destinationKey(key)
                .expectedBucketOwner(owner)));
    }

    /** Deletes an object; where there are versions, the older ones stay. */
    public void delete(String key) throws Exception {
        calls.writing(() -> client.deleteObject(
                request -> request.bucket(bucket).expectedBucketOwner(owner).key(key)));
    }
}
