package dev.golive.aws;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Trial;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.s3.S3Port;
import dev.golive.aws.internal.s3.S3Port.AccessBlock;
import dev.golive.aws.internal.s3.S3Port.Life;
import dev.golive.aws.internal.s3.S3Port.Stored;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of S3, or of a store that speaks its protocol: how it is set up, how fresh its objects are, and how a folder
 * is put into it and taken back.
 *
 * <pre>{@code
 * Bucket state = aws.bucket("shop-state");
 *
 * state.isVersioned();
 * state.encryption(is("AES256"));
 * state.blocksPublicAccess();
 * aws.bucket("shop-backups").newestObject("postgres/").isYoungerThan(hours(26));
 * aws.bucket("shop-web").sync(Path.of("dist"), "").cacheControl("*.html", "no-cache");
 * }</pre>
 *
 * <ul>
 *   <li>A bucket of an account of AWS must belong to that account; one of somebody else is not examined.
 *   <li>A bucket in another region is unknown, and the region is named.
 *   <li>What a store other than AWS does not know, such as versions, is unknown there.
 * </ul>
 *
 * <p>Needs {@code software.amazon.awssdk:s3} on the class path. Immutable and thread-safe.
 */
public final class Bucket {

    private final Place place;
    private final String arn;
    private final @Nullable String owner;
    private final String name;
    private final @Nullable String kmsKey;

    Bucket(Place place, String arnPrefix, @Nullable String owner, String name) {
        this(place, arnPrefix + name, owner, name, null);
    }

    private Bucket(Place place, String arn, @Nullable String owner, String name, @Nullable String kmsKey) {
        this.place = place;
        this.arn = arn;
        this.owner = owner;
        this.name = name;
        this.kmsKey = kmsKey;
    }

    /**
     * The same, encrypted with a key of the customer, so that putting and reading objects needs
     * {@code kms:GenerateDataKey} and {@code kms:Decrypt} on it. Only the stated permissions change.
     *
     * @param keyArn the ARN of the key
     * @return the new bucket
     */
    public Bucket encryptedWith(String keyArn) {
        return new Bucket(place, arn, owner, name, Given.text(keyArn, "keyArn"));
    }

    // ---- how it is set up

    /**
     * Whether it is there, and may be listed.
     *
     * @return the check
     */
    public Check exists() {
        return check("exists", "s3:ListBucket", (calls, port) -> {
            port.touch();
            return Outcome.passed();
        });
    }

    /**
     * Whether it encrypts what is put into it, however it does.
     *
     * @return the check
     */
    public Check isEncrypted() {
        return check("is encrypted", "s3:GetEncryptionConfiguration", (calls, port) -> {
            Optional<String> algorithm = port.encryption();
            return algorithm.isEmpty() ? unencrypted() : Outcome.passed(Fact.of("encryption", algorithm.get()));
        });
    }

    private static Outcome unencrypted() {
        return Outcome.failed("no encryption is configured", Fact.of("encryption", "none"));
    }

    /**
     * How it encrypts what is put into it.
     *
     * @param expected what the algorithm should be, in the words of S3: {@code AES256} or {@code aws:kms}
     * @return the check
     */
    public Check encryption(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return check("has the encryption " + expected.sentence(), "s3:GetEncryptionConfiguration", (calls, port) -> {
                    Optional<String> algorithm = port.encryption();
                    return algorithm.isEmpty()
                            ? unencrypted()
                            : Judge.value("encryption", expected, algorithm.get(), calls.context());
                })
                .reading(expected);
    }

    /**
     * Whether it keeps versions. One in which versioning was suspended does not.
     *
     * @return the check
     */
    public Check isVersioned() {
        return check(
                "keeps versions",
                "s3:GetBucketVersioning",
                (calls, port) ->
                        Judge.is("versioning", "Enabled", port.versioning().orElse("off")));
    }

    /**
     * Whether it blocks all public access with all four settings of its own. What the account blocks is not looked at.
     *
     * @return the check
     */
    public Check blocksPublicAccess() {
        return check("blocks all public access", "s3:GetBucketPublicAccessBlock", (calls, port) -> {
            Optional<AccessBlock> block = port.accessBlock();
            if (block.isEmpty()) {
                return Outcome.failed("the bucket blocks no public access", Fact.of("public access block", "none"));
            }
            List<Fact> facts = new ArrayList<>();
            List<String> off = new ArrayList<>();
            new TreeMap<>(block.get().settings()).forEach((setting, on) -> {
                facts.add(Fact.of(setting, true, on));
                if (!on) {
                    off.add(setting);
                }
            });
            return (off.isEmpty() ? Outcome.passed() : Outcome.failed(String.join(", ", off) + " is off")).with(facts);
        });
    }

    /**
     * Whether its policy opens it to nobody in particular. One without a policy is not public by it.
     *
     * @return the check
     */
    public Check policyIsNotPublic() {
        return check("has no policy that makes it public", "s3:GetBucketPolicyStatus", (calls, port) -> {
            Optional<Boolean> open = port.isPolicyPublic();
            return Judge.holds(
                    !open.orElse(false),
                    "the policy of the bucket makes it public",
                    Fact.of("policy", open.isEmpty() ? "none" : open.get() ? "public" : "not public"));
        });
    }

    /**
     * Whether somebody without credentials who reads an object is refused. Needs an object that is there: about others
     * AWS refuses to say anything.
     *
     * @param key the key of an object that nobody may read without credentials
     * @return the check
     */
    public Check refusesPublicRead(String key) {
        Given.text(key, "key");
        return check("refuses everybody who reads " + key, "s3:ListBucket", (calls, port) -> {
            if (!port.holds(key)) {
                throw ApiProblem.undecided("there is no object " + key + ", so that nobody could read it anyway");
            }
            int status = port.statusForEverybody(key);
            Fact fact = Fact.of("status without credentials", "401 or 403", status);
            if (status == 404) {
                return Outcome.unknown("the object was not found without credentials")
                        .with(List.of(fact));
            }
            return Judge.holds(status == 401 || status == 403, "everybody can read the object", fact);
        });
    }

    /**
     * Which requests of pages from elsewhere it answers.
     *
     * @return its rules of cross-origin requests
     */
    public Cors cors() {
        return new Cors(this);
    }

    /**
     * Whether a rule of its lifecycle is there and enabled.
     *
     * @param id the id of the rule
     * @return the check
     */
    public Check hasLifecycleRule(String id) {
        Given.text(id, "id");
        return check("applies the lifecycle rule " + id, "s3:GetLifecycleConfiguration", (calls, port) -> {
            List<Life> rules = port.lifecycle();
            Optional<Life> rule =
                    rules.stream().filter(one -> one.id().equals(id)).findFirst();
            Fact[] facts = facts(rules);
            if (rule.isEmpty()) {
                return Outcome.failed("there is no lifecycle rule " + id, facts);
            }
            return Judge.holds(rule.get().isEnabled(), "the rule is not enabled", facts);
        });
    }

    /**
     * After how many days a rule of its lifecycle deletes objects. Only rules count that are enabled and concern all
     * objects under the prefix.
     *
     * @param prefix what their keys begin with, empty for all
     * @param expected what the number of days should be
     * @return the check
     */
    public Check expiresAfterDays(String prefix, Expectation<Integer> expected) {
        Given.notNull(prefix, "prefix");
        Given.notNull(expected, "expected");
        return check(
                        "deletes what is under \"" + prefix + "\" after " + expected.sentence() + " days",
                        "s3:GetLifecycleConfiguration",
                        (calls, port) -> {
                            List<Life> rules = port.lifecycle();
                            Integer first = null;
                            for (Life rule : rules) {
                                Integer days = rule.expiresAfterDays();
                                if (days != null
                                        && rule.isEnabled()
                                        && !rule.isNarrower()
                                        && prefix.startsWith(rule.prefix())
                                        && (first == null || days < first)) {
                                    first = days;
                                }
                            }
                            return first == null
                                    ? Outcome.failed("no enabled rule deletes all of it", facts(rules))
                                    : Judge.value("days", expected, first, calls.context());
                        })
                .reading(expected);
    }

    /**
     * Whether no rule of its lifecycle deletes anything under a prefix: neither all of it nor a part. Rules for versions
     * that were replaced do not count.
     *
     * @param prefix what the keys begin with, empty for all
     * @return the check
     */
    public Check keepsForever(String prefix) {
        Given.notNull(prefix, "prefix");
        return check("deletes nothing under \"" + prefix + "\"", "s3:GetLifecycleConfiguration", (calls, port) -> {
            List<Life> rules = port.lifecycle();
            List<String> deleting = new ArrayList<>();
            for (Life rule : rules) {
                if (rule.isEnabled()
                        && rule.expires()
                        && (prefix.startsWith(rule.prefix()) || rule.prefix().startsWith(prefix))) {
                    deleting.add(rule.id());
                }
            }
            return Judge.holds(
                    deleting.isEmpty(), "it is deleted by rule " + String.join(", ", deleting), facts(rules));
        });
    }

    private static Fact[] facts(List<Life> rules) {
        if (rules.isEmpty()) {
            return new Fact[] {Fact.of("lifecycle rules", "none")};
        }
        return rules.stream()
                .map(rule -> Fact.of(
                        "lifecycle rule " + rule.id(),
                        (rule.isEnabled() ? "enabled" : "disabled") + ", prefix \"" + rule.prefix() + "\""
                                + (rule.isNarrower() ? ", only some of them" : "")
                                + (rule.expiresAfterDays() == null
                                        ? ""
                                        : ", deletes after " + rule.expiresAfterDays() + " d")
                                + (rule.expiresOn() == null ? "" : ", deletes on " + rule.expiresOn())))
                .toArray(Fact[]::new);
    }

    // ---- what is in it

    /**
     * The object that was put there last.
     *
     * @param prefix what its key begins with, empty for any
     * @return the object, of which it does not matter which it is
     */
    public Newest newestObject(String prefix) {
        return new Newest(this, Given.notNull(prefix, "prefix"));
    }

    /**
     * Writes a small object, reads it again, compares and deletes it. Where versions are kept, what was deleted remains
     * as one.
     *
     * @param prefix what its key begins with, for example {@code trials/}
     * @return the trial; two that run at the same time with the same prefix are in each other's way
     */
    public Trial trial(String prefix) {
        return new BucketTrial(this, Given.notNull(prefix, "prefix") + "golive-trial");
    }

    // ---- actions

    /**
     * Puts the files of a folder into the bucket: what is not there yet and what differs.
     *
     * @param folder the folder; links in it are refused
     * @param prefix what the keys begin with: empty, or a path that ends in a slash
     * @return the action, which deletes nothing unless asked to
     * @throws IllegalArgumentException if the prefix is something else
     */
    public BucketSync sync(Path folder, String prefix) {
        return BucketSync.of(this, Given.notNull(folder, "folder"), path(prefix));
    }

    /**
     * Takes back what the last {@link #sync} by the same {@code GoLive} to the same prefix has changed: objects that it
     * replaced or deleted are there again, objects that it added are deleted; all others stay as they are. In another process, or after a crash, nobody
     * knows what was there before, so that it is refused; then {@link #restoreTo} helps, with the instant in the receipt
     * of the sync.
     *
     * @param prefix the prefix that was given to the sync
     * @return the action, which needs versions; it loses none
     * @throws IllegalArgumentException if the prefix is neither empty nor ends in a slash
     */
    public Action restorePrevious(String prefix) {
        return new BucketRestore(this, path(prefix), null);
    }

    /**
     * Brings back what was under a prefix at an instant: other versions are replaced by those of then, what came later is
     * deleted, what was deleted is there again.
     *
     * @param instant the instant on the clock of S3, of which objects know the second only
     * @param prefix what the keys begin with: empty, or a path that ends in a slash
     * @return the action, which needs versions; it loses none
     * @throws IllegalArgumentException if the prefix is something else
     */
    public Action restoreTo(Instant instant, String prefix) {
        return new BucketRestore(this, path(prefix), Given.notNull(instant, "instant"));
    }

    private static String path(String prefix) {
        if (!Given.notNull(prefix, "prefix").isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("prefix must be empty or end in a slash but was " + prefix);
        }
        return prefix;
    }

    // ---- for its parts

    /** What is asked of a bucket that is there. */
    @FunctionalInterface
    interface Question {
        Outcome of(Calls calls, S3Port port) throws Exception;
    }

    AwsCheck check(String predicate, String permission, Question question) {
        return AwsCheck.of(place, Service.S3, this + " " + predicate, calls -> {
                    S3Port port = port(calls);
                    return port.present(() -> question.of(calls, port)).orElseGet(this::missing);
                })
                .needing(permission, arn);
    }

    S3Port port(Calls calls) throws Exception {
        return S3Port.of(calls, name, owner);
    }

    Outcome missing() {
        return Outcome.failed("there is no " + this);
    }

    Place place() {
        return place;
    }

    String arn() {
        return arn;
    }

    /** What its key needs, so that objects can be put there and read. */
    Set<Permission> keyPermissions() {
        return kmsKey == null
                ? Set.of()
                : Set.of(place.permission("kms:GenerateDataKey", kmsKey), place.permission("kms:Decrypt", kmsKey));
    }

    String name() {
        return name;
    }

    /**
     * What it is.
     *
     * @return for example {@code bucket shop-state in eu-north-1}
     */
    @Override
    public String toString() {
        return "bucket " + name + place.whereabouts();
    }

    /** The object of a bucket that was put there last. Immutable and thread-safe. */
    public static final class Newest {

        private final Bucket bucket;
        private final String prefix;

        private Newest(Bucket bucket, String prefix) {
            this.bucket = bucket;
            this.prefix = prefix;
        }

        /**
         * Whether it was put there a short time ago. Fails if there is none.
         *
         * @param age less than this, longer than zero
         * @return the check
         * @throws IllegalArgumentException if {@code age} is not longer than zero
         */
        public Check isYoungerThan(Duration age) {
            Given.positive(age, "age");
            return check(
                    "is younger than " + Expect.text(age),
                    (calls, newest) -> Judge.younger("the newest object", newest.modifiedAt(), age, calls.context())
                            .with(Fact.of("put there", newest.modifiedAt()), Fact.of("size", newest.size() + " B")));
        }

        /**
         * How many bytes it has. Fails if there is none.
         *
         * @param expected what the number should be; a backup is more than 0
         * @return the check
         */
        public Check size(Expectation<Long> expected) {
            Given.notNull(expected, "expected");
            return check(
                            "has a size in bytes of " + expected.sentence(),
                            (calls, newest) -> Judge.value("size", expected, newest.size(), calls.context()))
                    .reading(expected);
        }

        private interface Judging {
            Outcome of(Calls calls, Stored newest);
        }

        private AwsCheck check(String predicate, Judging judging) {
            return AwsCheck.of(bucket.place, Service.S3, this + " " + predicate, calls -> {
                        S3Port port = bucket.port(calls);
                        Optional<List<Stored>> objects = port.present(() -> port.objects(prefix));
                        if (objects.isEmpty()) {
                            return bucket.missing();
                        }
                        Stored newest = null;
                        for (Stored object : objects.get()) {
                            boolean folder = object.key().endsWith("/") && object.size() == 0;
                            if (!folder
                                    && (newest == null || object.modifiedAt().isAfter(newest.modifiedAt()))) {
                                newest = object;
                            }
                        }
                        return newest == null
                                ? Outcome.failed("there is no object under \"" + prefix + "\"")
                                : judging.of(calls, newest).with(Fact.of("newest object", newest.key()));
                    })
                    .needing("s3:ListBucket", bucket.arn);
        }

        /**
         * What it is.
         *
         * @return for example {@code the newest object under "postgres/" of bucket shop-backups in eu-north-1}
         */
        @Override
        public String toString() {
            return "the newest object under \"" + prefix + "\" of " + bucket;
        }
    }

    /** Which requests of pages from elsewhere a bucket answers. Immutable and thread-safe. */
    public static final class Cors {

        private final Bucket bucket;

        private Cors(Bucket bucket) {
            this.bucket = bucket;
        }

        /**
         * Whether a page of an origin may send it requests with a method. An origin that a rule allows by a pattern, or
         * by allowing any, is allowed.
         *
         * @param origin the origin, for example {@code https://shop.example}
         * @param method the method, for example {@code PUT}
         * @return the check
         */
        public Check allows(String origin, String method) {
            Given.text(origin, "origin");
            Given.text(method, "method");
            return check("allows " + method + " from " + origin, rules -> {
                boolean allowed = rules.stream()
                        .anyMatch(rule -> rule.methods().contains(method)
                                && rule.origins().stream().anyMatch(pattern -> fits(pattern, origin)));
                return Judge.holds(allowed, "no rule allows " + method + " from " + origin, facts(rules));
            });
        }

        /**
         * Whether pages of other origins may send it requests from nowhere but these: no rule allows any other origin, by
         * name or by pattern.
         *
         * @param origin an origin, for example {@code https://shop.example}
         * @param more other ones
         * @return the check
         */
        public Check allowsOnly(String origin, String... more) {
            List<String> origins = Given.all(origin, "origin", more);
            return check("allows no origins but " + String.join(", ", origins), rules -> {
                List<String> others = rules.stream()
                        .flatMap(rule -> rule.origins().stream())
                        .filter(found -> !origins.contains(found))
                        .distinct()
                        .toList();
                return Judge.holds(others.isEmpty(), "it also allows " + String.join(", ", others), facts(rules));
            });
        }

        /**
         * For how many seconds browsers may keep what it allows an origin; that of the first rule for it.
         *
         * @param origin the origin
         * @param expected what the number of seconds should be
         * @return the check
         */
        public Check maxAgeSeconds(String origin, Expectation<Integer> expected) {
            Given.text(origin, "origin");
            Given.notNull(expected, "expected");
            return bucket.check(
                            "lets browsers keep CORS answers for " + origin + " for " + expected.sentence()
                                    + " seconds",
                            "s3:GetBucketCORS",
                            (calls, port) -> {
                                List<S3Port.Cors> rules = port.cors();
                                for (S3Port.Cors rule : rules) {
                                    if (rule.origins().stream().anyMatch(pattern -> fits(pattern, origin))) {
                                        Integer age = rule.maxAgeSeconds();
                                        return age == null
                                                ? Outcome.failed("the rule says no age", facts(rules))
                                                : Judge.value("max age", expected, age, calls.context());
                                    }
                                }
                                return Outcome.failed("no rule is for " + origin, facts(rules));
                            })
                    .reading(expected);
        }

        /**
         * Whether it lets pages of an origin send header fields with their requests.
         *
         * @param origin the origin
         * @param header the name of the field, in any case
         * @return the check
         */
        public Check allowsHeader(String origin, String header) {
            Given.text(origin, "origin");
            Given.text(header, "header");
            return check("allows the header " + header + " from " + origin, rules -> {
                boolean allowed = rules.stream()
                        .anyMatch(rule -> rule.origins().stream().anyMatch(pattern -> fits(pattern, origin))
                                && rule.headers().stream()
                                        .anyMatch(pattern -> fits(
                                                pattern.toLowerCase(Locale.ROOT), header.toLowerCase(Locale.ROOT))));
                return Judge.holds(allowed, "no rule allows the header " + header, facts(rules));
            });
        }

        private AwsCheck check(String predicate, Function<List<S3Port.Cors>, Outcome> judge) {
            return bucket.check(predicate, "s3:GetBucketCORS", (calls, port) -> judge.apply(port.cors()));
        }

        /** A pattern has one star at most, which stands for any number of characters. */
        static boolean fits(String pattern, String text) {
            int star = pattern.indexOf('*');
            return star < 0
                    ? pattern.equals(text)
                    : text.length() >= pattern.length() - 1
                            && text.startsWith(pattern.substring(0, star))
                            && text.endsWith(pattern.substring(star + 1));
        }

        private static Fact[] facts(List<S3Port.Cors> rules) {
            if (rules.isEmpty()) {
                return new Fact[] {Fact.of("CORS rules", "none")};
            }
            return rules.stream()
                    .map(rule -> Fact.of(
                            "CORS rule",
                            String.join(", ", rule.methods()) + " from " + String.join(", ", rule.origins())))
                    .toArray(Fact[]::new);
        }

        /**
         * What it is.
         *
         * @return for example {@code CORS of bucket shop-uploads in eu-north-1}
         */
        @Override
        public String toString() {
            return "CORS of " + bucket;
        }
    }
}
