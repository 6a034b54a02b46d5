package dev.golive.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/**
 * A bucket of S3 in {@link FakeAws}. It is empty, encrypts with AES256, blocks all public access, and keeps no versions,
 * as a new one does.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeBucket {

    /** A version of an object, or the mark that it was deleted. */
    static final class Version {
        final String id;
        final Instant at;
        final byte @Nullable [] content;
        final Map<String, String> metadata;
        final @Nullable String contentType;
        final @Nullable String cacheControl;
        final String etag;

        Version(
                String id,
                Instant at,
                byte @Nullable [] content,
                Map<String, String> metadata,
                @Nullable String contentType,
                @Nullable String cacheControl,
                String etag) {
            this.id = id;
            this.at = at;
            this.content = content;
            this.metadata = Map.copyOf(metadata);
            this.contentType = contentType;
            this.cacheControl = cacheControl;
            this.etag = etag;
        }

        Version agedBy(Duration span) {
            return new Version(id, at.minus(span), content, metadata, contentType, cacheControl, etag);
        }

        Version hollow() {
            byte[] nothing = new byte[0];
            return isDeletion()
                    ? this
                    : new Version(id, at, nothing, metadata, contentType, cacheControl, S3Service.md5(nothing));
        }

        boolean isDeletion() {
            return content == null;
        }

        byte[] content() {
            return Objects.requireNonNull(content);
        }
    }

    private final FakeAws aws;
    private final String name;
    /** Of each key the versions from the oldest to the newest. */
    private final Map<String, List<Version>> versions = new TreeMap<>();

    private final Map<String, Boolean> block = new LinkedHashMap<>();
    private final List<CORSRule> cors = new ArrayList<>();
    private final List<LifecycleRule> lifecycle = new ArrayList<>();
    private @Nullable String encryption = "AES256";
    private @Nullable String versioning;
    private @Nullable Boolean policyPublic;
    private @Nullable String region;
    private String owner;
    private boolean publiclyReadable;

    FakeBucket(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
        this.owner = aws.account();
        for (String setting :
                List.of("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")) {
            block.put(setting, true);
        }
    }

    private FakeBucket with(Runnable change) {
        return aws.within(() -> {
            change.run();
            return this;
        });
    }

    /**
     * How it encrypts.
     *
     * @param algorithm in the words of S3; empty for a bucket without configuration, which AWS has no more
     * @return this
     */
    public FakeBucket encryption(String algorithm) {
        Objects.requireNonNull(algorithm, "algorithm must not be null");
        return with(() -> encryption = algorithm.isEmpty() ? null : algorithm);
    }

    /**
     * Keeps versions from now on.
     *
     * @return this
     */
    public FakeBucket versioned() {
        return with(() -> versioning = "Enabled");
    }

    /**
     * Keeps no further versions from now on, after it has kept some.
     *
     * @return this
     */
    public FakeBucket versioningSuspended() {
        return with(() -> versioning = "Suspended");
    }

    /**
     * Blocks one kind of public access no more.
     *
     * @param setting for example {@code BlockPublicPolicy}
     * @return this
     * @throws IllegalArgumentException if there is no such setting
     */
    public FakeBucket notBlocking(String setting) {
        Objects.requireNonNull(setting, "setting must not be null");
        return with(() -> {
            if (block.replace(setting, false) == null) {
                throw new IllegalArgumentException("setting must be one of " + block.keySet() + " but was " + setting);
            }
        });
    }

    /**
     * Has no configuration of public access any more.
     *
     * @return this
     */
    public FakeBucket withoutAccessBlock() {
        return with(block::clear);
    }

    /**
     * Has a policy.
     *
     * @param isPublic whether it opens the bucket to everybody
     * @return this
     */
    public FakeBucket policy(boolean isPublic) {
        return with(() -> policyPublic = isPublic);
    }

    /**
     * Lets everybody read its objects, or nobody any more.
     *
     * @param readable whether everybody may
     * @return this
     */
    public FakeBucket publiclyReadable(boolean readable) {
        return with(() -> publiclyReadable = readable);
    }

    /**
     * Has one more rule of cross-origin requests, for all header fields and an hour.
     *
     * @param origin the origin, or a pattern for origins
     * @param methods the methods
     * @return this
     */
    public FakeBucket cors(String origin, String... methods) {
        Objects.requireNonNull(origin, "origin must not be null");
        List<String> allowed = List.of(methods);
        return with(() -> cors.add(CORSRule.builder()
                .allowedOrigins(origin)
                .allowedMethods(allowed)
                .allowedHeaders("*")
                .maxAgeSeconds(3600)
                .build()));
    }

    /**
     * Has one more rule that deletes objects.
     *
     * @param id the id of the rule
     * @param prefix what the keys begin with, empty for all
     * @param days after how many days
     * @return this
     */
    public FakeBucket expiring(String id, String prefix, int days) {
        return lifecycle(id, prefix, days, "Enabled");
    }

    /**
     * Has one more rule that deletes objects and is not enabled.
     *
     * @param id the id of the rule
     * @param prefix what the keys begin with, empty for all
     * @param days after how many days
     * @return this
     */
    public FakeBucket expiringDisabled(String id, String prefix, int days) {
        return lifecycle(id, prefix, days, "Disabled");
    }

    private FakeBucket lifecycle(String id, String prefix, int days, String status) {
        Objects.requireNonNull(id, "id must not be null");
        Objects.requireNonNull(prefix, "prefix must not be null");
        return with(() -> lifecycle.add(LifecycleRule.builder()
                .id(id)
                .status(status)
                .filter(filter -> filter.prefix(prefix))
                .expiration(expiration -> expiration.days(days))
                .build()));
    }

    /**
     * Is in another region than the fake; requests that are signed for others are sent away.
     *
     * @param other the region
     * @return this
     */
    public FakeBucket inRegion(String other) {
        Objects.requireNonNull(other, "other must not be null");
        return with(() -> region = other);
    }

    /**
     * Belongs to another account.
     *
     * @param account twelve digits
     * @return this
     */
    public FakeBucket ownedBy(String account) {
        Objects.requireNonNull(account, "account must not be null");
        return with(() -> owner = account);
    }

    /**
     * Has an object, put there now.
     *
     * @param key its key
     * @param text its content
     * @return this
     */
    public FakeBucket object(String key, String text) {
        return object(key, text, aws.time().now());
    }

    /**
     * Has an object.
     *
     * @param key its key
     * @param text its content
     * @param putAt when it was put there
     * @return this
     */
    public FakeBucket object(String key, String text, Instant putAt) {
        Objects.requireNonNull(key, "key must not be null");
        Objects.requireNonNull(putAt, "putAt must not be null");
        byte[] content = Objects.requireNonNull(text, "text must not be null").getBytes(StandardCharsets.UTF_8);
        return with(() -> put(key, content, Map.of(), null, null, putAt));
    }

    /**
     * Has an object that came in two parts, put there now.
     *
     * @param key its key
     * @param text its content
     * @return this
     */
    public FakeBucket objectInParts(String key, String text) {
        Objects.requireNonNull(key, "key must not be null");
        byte[] content = Objects.requireNonNull(text, "text must not be null").getBytes(StandardCharsets.UTF_8);
        Instant now = aws.time().now();
        return with(() -> add(
                key, new Version(nextId(), second(now), content, Map.of(), null, null, S3Service.md5(content) + "-2")));
    }

    /**
     * Loses an object, as if somebody had deleted it now.
     *
     * @param key its key
     * @return this
     */
    public FakeBucket delete(String key) {
        Objects.requireNonNull(key, "key must not be null");
        Instant now = aws.time().now();
        return with(() -> remove(key, now));
    }

    /**
     * Loses every version of an object but the newest.
     *
     * @param key its key
     * @return this
     */
    public FakeBucket prune(String key) {
        Objects.requireNonNull(key, "key must not be null");
        return with(() -> {
            List<Version> all = versions.getOrDefault(key, List.of());
            while (all.size() > 1) {
                all.remove(0);
            }
        });
    }

    /**
     * What is in it.
     *
     * @return the contents of the objects as text by their keys
     */
    public Map<String, String> objects() {
        return aws.within(() -> {
            Map<String, String> all = new TreeMap<>();
            versions.keySet()
                    .forEach(key -> current(key)
                            .ifPresent(version -> all.put(key, new String(version.content(), StandardCharsets.UTF_8))));
            return all;
        });
    }

    /**
     * What is said of an object when it is read.
     *
     * @param key its key
     * @return {@code Content-Type} and {@code Cache-Control} as far as it has them; empty if there is no object
     */
    public Map<String, String> headers(String key) {
        return aws.within(() -> {
            Map<String, String> headers = new TreeMap<>();
            current(key).ifPresent(version -> {
                if (version.contentType != null) {
                    headers.put("Content-Type", version.contentType);
                }
                if (version.cacheControl != null) {
                    headers.put("Cache-Control", version.cacheControl);
                }
            });
            return headers;
        });
    }

    /**
     * How many versions there are of an object, with the marks of its deletions.
     *
     * @param key its key
     * @return how many
     */
    public int versions(String key) {
        return aws.within(() -> versions.getOrDefault(key, List.of()).size());
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = drifts.of("s3", name, "bucket " + name)
                .add("gone", "does not exist", gone)
                .add("elsewhere", "is in another region", () -> inRegion("ap-southeast-2"))
                .add("of somebody else", "belongs to another account", () -> ownedBy("999999999999"));
        if ("Enabled".equals(versioning)) {
            own.add("not versioned", "keeps no versions", this::versioningSuspended);
        }
        if (encryption != null) {
            own.add("not encrypted", "is not encrypted", () -> encryption(""));
        }
        if ("aws:kms".equals(encryption)) {
            own.add("other encryption", "is not encrypted by a key of its own", () -> encryption("AES256"));
        }
        if (block.containsValue(true)) {
            own.add("no access block", "blocks no public access", this::withoutAccessBlock);
        }
        block.forEach((setting, blocking) -> {
            if (blocking) {
                own.add("without " + setting, "does not have " + setting, () -> notBlocking(setting), setting);
            }
        });
        if (!Boolean.TRUE.equals(policyPublic)) {
            own.add("public policy", "has a public policy", () -> policy(true));
        }
        if (!publiclyReadable) {
            own.add("public", "may be read by anybody", () -> publiclyReadable(true));
        }
        for (CORSRule rule : cors) {
            String origin = String.join(",", rule.allowedOrigins());
            own.add(origin + " refused", "does not allow " + origin, () -> with(() -> cors.remove(rule)), origin);
        }
        if (!cors.isEmpty()) {
            own.add("any origin", "allows any origin", () -> cors("*", "GET", "PUT", "POST", "DELETE"), "CORS");
        }
        for (LifecycleRule rule : lifecycle) {
            own.add(
                            rule.id() + " gone",
                            "has no lifecycle rule " + rule.id(),
                            () -> with(() -> lifecycle.remove(rule)),
                            rule.id())
                    .add(
                            rule.id() + " disabled",
                            "has its lifecycle rule " + rule.id() + " disabled",
                            () -> with(() -> lifecycle.replaceAll(one -> one.equals(rule)
                                    ? rule.toBuilder().status("Disabled").build()
                                    : one)),
                            rule.id());
        }
        own.add("expiring", "expires everything after a day", () -> expiring("expire-otherwise", "", 1), "expir");
        if (!versions.isEmpty()) {
            own.add("empty", "is empty", () -> with(versions::clear))
                    .add(
                            "old",
                            "has had no new object for 30 days",
                            () -> contents(version -> version.agedBy(Duration.ofDays(30))))
                    .add("hollow", "has objects without content", () -> contents(Version::hollow));
        }
    }

    private void contents(UnaryOperator<Version> change) {
        with(() -> versions.values().forEach(all -> all.replaceAll(change)));
    }

    String name() {
        return name;
    }

    Optional<String> encryption() {
        return Optional.ofNullable(encryption);
    }

    Optional<String> versioning() {
        return Optional.ofNullable(versioning);
    }

    Map<String, Boolean> block() {
        return block;
    }

    Optional<Boolean> policyPublic() {
        return Optional.ofNullable(policyPublic);
    }

    List<CORSRule> cors() {
        return List.copyOf(cors);
    }

    List<LifecycleRule> lifecycle() {
        return List.copyOf(lifecycle);
    }

    Optional<String> region() {
        return Optional.ofNullable(region);
    }

    String owner() {
        return owner;
    }

    boolean isPubliclyReadable() {
        return publiclyReadable;
    }

    Map<String, List<Version>> versionsByKey() {
        return versions;
    }

    Optional<Version> current(String key) {
        List<Version> all = versions.getOrDefault(key, List.of());
        return all.isEmpty() || all.get(all.size() - 1).isDeletion()
                ? Optional.empty()
                : Optional.of(all.get(all.size() - 1));
    }

    Optional<Version> version(String key, String id) {
        return versions.getOrDefault(key, List.of()).stream()
                .filter(version -> version.id.equals(id))
                .findFirst();
    }

    Version put(
            String key,
            byte[] content,
            Map<String, String> metadata,
            @Nullable String contentType,
            @Nullable String cacheControl,
            Instant now) {
        // what a key of KMS encrypts has no digest for an entity tag
        String etag = "aws:kms".equals(encryption)
                ? S3Service.md5((aws.number() + name).getBytes(StandardCharsets.UTF_8))
                : S3Service.md5(content);
        Version version = new Version(nextId(), second(now), content, metadata, contentType, cacheControl, etag);
        add(key, version);
        return version;
    }

    void remove(String key, Instant now) {
        if (versioning == null) {
            versions.remove(key);
            return;
        }
        add(key, new Version(nextId(), second(now), null, Map.of(), null, null, ""));
    }

    private void add(String key, Version version) {
        List<Version> all = versions.computeIfAbsent(key, none -> new ArrayList<>());
        // there is one version at most that was put there while none were kept
        all.removeIf(other -> version.id.equals("null") && other.id.equals("null"));
        all.add(version);
    }

    private String nextId() {
        return "Enabled".equals(versioning) ? String.format("v%09d", aws.number()) : "null";
    }

    private static Instant second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
