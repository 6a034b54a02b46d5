package dev.golive.aws;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.is;
import static dev.golive.Expect.moreThan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.testkit.Examine;
import dev.golive.testkit.aws.AwsFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BucketTest extends OnFakeAws {

    private static final Duration DAY = Duration.ofHours(26);

    private final Bucket bucket = aws.bucket("shop-state");

    private void passes(Check check) {
        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    private Outcome fails(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        return outcome;
    }

    /** A read without credentials needs no permission, so that none is declared for it. */
    private Outcome examineByEverybody(Check check) {
        return Examine.once(check).through(fake.network()).on(time).outcome();
    }

    private Outcome unknown(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        return outcome;
    }

    /** All that pass for a bucket as {@link #good} makes it. */
    static Stream<Check> checks() {
        Bucket state = Aws.account("123456789012", "eu-north-1").bucket("shop-state");
        return checks(state).stream();
    }

    private static List<Check> checks(Bucket state) {
        return List.of(
                state.exists(),
                state.isEncrypted(),
                state.encryption(is("AES256")),
                state.isVersioned(),
                state.blocksPublicAccess(),
                state.policyIsNotPublic(),
                state.cors().allows("https://shop.example", "PUT"),
                state.cors().allowsOnly("https://shop.example"),
                state.cors().allowsHeader("https://shop.example", "Content-Type"),
                state.cors().maxAgeSeconds("https://shop.example", is(3600)),
                state.hasLifecycleRule("old"),
                state.expiresAfterDays("old/", atLeast(7)),
                state.keepsForever("receipts/"),
                state.newestObject("state/").isYoungerThan(DAY),
                state.newestObject("state/").size(moreThan(0L)));
    }

    private void good() {
        fake.bucket("shop-state")
                .versioned()
                .policy(false)
                .cors("https://shop.example", "PUT", "GET")
                .expiring("old", "old/", 30)
                .object("state/terraform", "{}");
    }

    static Stream<Integer> each() {
        return Stream.iterate(0, i -> i + 1).limit(checks().count());
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_bucket_that_is_as_it_should_be_passes(int which) {
        good();

        passes(checks(bucket).get(which));
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_bucket_that_is_not_there_fails(int which) {
        assertThat(fails(checks(bucket).get(which)).why()).isEqualTo("there is no bucket shop-state in eu-north-1");
    }

    @ParameterizedTest
    @MethodSource("each")
    void what_stands_between_us_and_an_answer_is_unknown(int which) {
        good();

        assertThat(notUnknown("s3", checks(bucket).get(which))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_bucket_in_another_region_is_unknown_and_the_region_is_named(int which) {
        good();
        fake.bucket("shop-state").inRegion("eu-west-1");

        assertThat(unknown(checks(bucket).get(which)).why()).contains("eu-west-1");
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_bucket_of_somebody_else_is_unknown(int which) {
        good();
        fake.bucket("shop-state").ownedBy("999999999999");

        unknown(checks(bucket).get(which));
    }

    @ParameterizedTest
    @MethodSource("each")
    void one_who_is_throttled_waits_and_asks_again(int which) {
        good();
        fake.faultNext(2, "s3", AwsFault.throttled());

        passes(checks(bucket).get(which));
    }

    @ParameterizedTest
    @MethodSource("each")
    void every_check_says_what_it_needs_and_touches(int which) {
        Check check = checks(bucket).get(which);

        assertThat(check.permissions())
                .isNotEmpty()
                .allMatch(permission -> permission.system().equals("aws")
                        && permission.action().startsWith("s3:")
                        && permission.resource().equals("arn:aws:s3:::shop-state"));
        assertThat(check.touches()).isNotEmpty();
        assertThat(check.secrets()).isNotEmpty();
        assertThat(check.sentence()).contains("bucket shop-state in eu-north-1");
    }

    @Test
    void another_algorithm_fails() {
        fake.bucket("shop-state").encryption("aws:kms");

        passes(bucket.isEncrypted());
        assertThat(fails(bucket.encryption(is("AES256"))).why()).contains("aws:kms");
    }

    @Test
    void a_bucket_without_encryption_fails() {
        fake.bucket("shop-state").encryption("");

        fails(bucket.isEncrypted());
        fails(bucket.encryption(is("AES256")));
    }

    @Test
    void a_bucket_that_never_kept_versions_and_one_that_no_longer_does_fail() {
        fake.bucket("shop-state");
        fails(bucket.isVersioned());

        fake.bucket("shop-state").versioningSuspended();
        assertThat(fails(bucket.isVersioned()).why()).contains("Suspended");
    }

    @Test
    void each_of_the_four_settings_counts() {
        for (String setting :
                List.of("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")) {
            fake.bucket(setting.toLowerCase(java.util.Locale.ROOT)).notBlocking(setting);

            assertThat(fails(aws.bucket(setting.toLowerCase(java.util.Locale.ROOT))
                                    .blocksPublicAccess())
                            .why())
                    .isEqualTo(setting + " is off");
        }
    }

    @Test
    void a_bucket_without_settings_blocks_nothing() {
        fake.bucket("shop-state").withoutAccessBlock();

        fails(bucket.blocksPublicAccess());
    }

    @Test
    void a_public_policy_fails_and_none_passes() {
        fake.bucket("shop-state");
        passes(bucket.policyIsNotPublic());

        fake.bucket("shop-state").policy(true);
        fails(bucket.policyIsNotPublic());
    }

    @Test
    void cors_is_judged_by_origin_and_method() {
        fake.bucket("shop-state").cors("https://*.shop.example", "GET");

        passes(bucket.cors().allows("https://www.shop.example", "GET"));
        fails(bucket.cors().allows("https://www.shop.example", "PUT"));
        fails(bucket.cors().allows("https://shop.example", "GET"));
        fails(bucket.cors().allowsOnly("https://www.shop.example"));
        fails(bucket.cors().maxAgeSeconds("https://www.shop.example", is(60)));
        fails(bucket.cors().maxAgeSeconds("https://elsewhere.example", is(3600)));
    }

    @Test
    void a_bucket_without_cors_allows_nothing() {
        fake.bucket("shop-state");

        fails(bucket.cors().allows("https://shop.example", "GET"));
        passes(bucket.cors().allowsOnly("https://shop.example"));
    }

    @Test
    void a_pattern_has_one_star() {
        assertThat(Bucket.Cors.fits("*", "https://a.example")).isTrue();
        assertThat(Bucket.Cors.fits("https://a*a.example", "https://a.example")).isFalse();
        assertThat(Bucket.Cors.fits("https://a.example", "https://a.example.evil"))
                .isFalse();
    }

    @Test
    void rules_of_the_lifecycle_count_where_they_apply() {
        fake.bucket("shop-state").expiring("logs", "logs/", 30).expiringDisabled("all", "", 1);

        passes(bucket.expiresAfterDays("logs/app/", is(30)));
        fails(bucket.expiresAfterDays("logs", is(30)));
        fails(bucket.expiresAfterDays("logs/", is(31)));
        fails(bucket.hasLifecycleRule("all"));
        fails(bucket.hasLifecycleRule("none"));
        passes(bucket.keepsForever("receipts/"));
        fails(bucket.keepsForever("logs/app/"));
        fails(bucket.keepsForever("lo"));
    }

    @Test
    void a_bucket_without_lifecycle_keeps_everything() {
        fake.bucket("shop-state");

        passes(bucket.keepsForever(""));
        fails(bucket.hasLifecycleRule("old"));
        fails(bucket.expiresAfterDays("", is(1)));
    }

    @Test
    void the_newest_object_is_looked_for_on_all_pages() {
        for (int i = 0; i < 5; i++) {
            fake.bucket("shop-state").object("b/" + i, "x", time.now().minus(Duration.ofDays(i == 4 ? 1 : 9)));
        }
        fake.bucket("shop-state").object("other", "x");
        fake.pageSize(2);

        passes(bucket.newestObject("b/").isYoungerThan(DAY));
        assertThat(fake.requests("s3:ListObjectsV2")).hasSize(3);
        assertThat(fails(bucket.newestObject("b/").isYoungerThan(Duration.ofHours(23)))
                        .why())
                .isEqualTo("the newest object is 1 d old");
    }

    @Test
    void an_old_object_none_and_a_folder_are_not_young() {
        fails(bucket.newestObject("").isYoungerThan(DAY));
        fake.bucket("shop-state").object("b/", "");
        assertThat(fails(bucket.newestObject("b/").isYoungerThan(DAY)).why()).contains("no object");

        fake.bucket("shop-state").object("b/1", "", time.now().minus(Duration.ofDays(3)));
        fails(bucket.newestObject("b/").isYoungerThan(DAY));
        fails(bucket.newestObject("b/").size(moreThan(0L)));
    }

    @Test
    void everybody_is_refused_unless_the_bucket_is_open() {
        fake.bucket("shop-state").object("secret", "x");
        passes(bucket.refusesPublicRead("secret"));

        fake.bucket("shop-state").publiclyReadable(true);
        assertThat(examineByEverybody(bucket.refusesPublicRead("secret")).finding())
                .isEqualTo(Finding.FAILED);
    }

    @Test
    void an_empty_object_that_everybody_can_read_is_open_too() {
        fake.bucket("shop-state").object("empty", "").publiclyReadable(true);

        assertThat(examineByEverybody(bucket.refusesPublicRead("empty")).finding())
                .isEqualTo(Finding.FAILED);
    }

    @Test
    void nobody_can_tell_who_may_read_what_is_not_there() {
        fake.bucket("shop-state").object("secret2", "x");

        unknown(bucket.refusesPublicRead("secret"));
    }

    @Test
    void nobody_can_tell_who_may_read_when_nobody_answers() {
        fake.bucket("shop-state").object("secret", "x");
        for (AwsFault fault : List.of(AwsFault.throttled(), AwsFault.internalError(), AwsFault.reset())) {
            fake.fault("s3:GetObject", fault);
            fake.bucket("shop-state").publiclyReadable(true);
            assertThat(examineByEverybody(bucket.refusesPublicRead("secret")).finding())
                    .isEqualTo(Finding.UNKNOWN);
            fake.mend();
        }
    }

    @Test
    void bad_arguments_are_refused() {
        assertThatThrownBy(() -> bucket.newestObject("").isYoungerThan(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bucket.restorePrevious("site"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prefix must be empty or end in a slash but was site");
        assertThatThrownBy(() -> bucket.hasLifecycleRule(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_of_the_customer_is_declared_by_what_puts_and_reads_objects() {
        String key = "arn:aws:kms:eu-north-1:123456789012:key/1";
        Bucket encrypted = bucket.encryptedWith(key);

        for (Set<Permission> declared : List.of(
                encrypted.sync(Path.of("dist"), "").permissions(),
                encrypted.restorePrevious("").permissions(),
                encrypted.trial("").permissions())) {
            assertThat(declared)
                    .filteredOn(permission -> permission.resource().equals(key))
                    .extracting(Permission::action)
                    .containsExactlyInAnyOrder("kms:GenerateDataKey", "kms:Decrypt");
        }
        assertThat(encrypted).hasToString(bucket.toString());
        assertThat(bucket.sync(Path.of("dist"), "").permissions())
                .noneMatch(permission -> permission.action().startsWith("kms:"));
    }
}
