package dev.golive.aws;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.is;
import static dev.golive.Expect.startingWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeRds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RdsInstanceTest extends OnFakeAws {

    private static final Predicate<Outcome> PASSED = outcome -> outcome.finding() == Finding.PASSED;
    private static final Predicate<Outcome> FAILED = outcome -> outcome.finding() == Finding.FAILED;
    private static final Predicate<Outcome> UNKNOWN = outcome -> outcome.finding() == Finding.UNKNOWN;

    private final RdsInstance db = aws.rds("shop-db");

    private FakeRds there() {
        return fake.rds("shop-db");
    }

    @Test
    void an_instance_that_is_available_is_available() {
        there();

        assertThat(examine(db.isAvailable())).matches(PASSED);
        assertThat(db.isAvailable().sentence()).isEqualTo("RDS instance shop-db in eu-north-1 is available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backing-up", "modifying", "storage-optimization", "stopped", "failed", "something-new"})
    void every_other_status_is_not_available_and_is_said(String status) {
        there().status(status);

        Outcome outcome = examine(db.isAvailable());

        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("status is " + status);
    }

    @Test
    void an_instance_that_is_not_there_fails() {
        assertThat(examine(db.isAvailable()).why()).isEqualTo("there is no RDS instance shop-db in eu-north-1");
        assertThat(examine(db.isClosedToTheWorld())).matches(FAILED);
        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(FAILED);
    }

    @Test
    void ids_are_the_same_in_letters_of_either_case() {
        there();

        assertThat(examine(aws.rds("Shop-DB").isAvailable())).matches(PASSED);
    }

    static Stream<Check> all() {
        RdsInstance db = Aws.account("123456789012", "eu-north-1").rds("shop-db");
        return Stream.of(
                db.isAvailable(),
                db.engine(is("postgres")),
                db.version(startingWith("15.")),
                db.isNotPubliclyAccessible(),
                db.isEncrypted(),
                db.isMultiAz(),
                db.isDeletionProtected(),
                db.backupRetentionDays(atLeast(7)),
                db.isClosedToTheWorld(),
                db.latestAutomatedSnapshot().isRecent(),
                db.latestAutomatedSnapshot().isYoungerThan(Duration.ofHours(26)),
                db.latestRestorableTime().isYoungerThan(Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_check_declares_what_must_be_allowed_and_what_it_touches(Check check) {
        assertThat(check.permissions())
                .extracting(Object::toString)
                .anyMatch(text -> text.contains("rds:DescribeDBInstances")
                        && text.contains("arn:aws:rds:eu-north-1:123456789012:db:shop-db"));
        assertThat(check.touches()).hasSize(1);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown_for_every_check() {
        there().automatedSnapshot(time.now());
        List<Check> checks = List.of(
                db.isAvailable(),
                db.isEncrypted(),
                db.backupRetentionDays(atLeast(7)),
                db.isClosedToTheWorld(),
                db.latestAutomatedSnapshot().isRecent(),
                db.latestRestorableTime().isYoungerThan(Duration.ofMinutes(10)));
        for (Check check : checks) {
            assertThat(notUnknown("rds", check)).as(check.sentence()).isEmpty();
        }
        assertThat(notUnknown("ec2", db.isClosedToTheWorld())).isEmpty();
        assertThat(notUnknown(
                        "rds:DescribeDBSnapshots", db.latestAutomatedSnapshot().isRecent()))
                .isEmpty();
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                silence("DBInstanceStatus", RdsInstance::isAvailable),
                silence("Engine", one -> one.engine(is("postgres"))),
                silence("EngineVersion", one -> one.version(startingWith("15."))),
                silence("PubliclyAccessible", RdsInstance::isNotPubliclyAccessible),
                silence("StorageEncrypted", RdsInstance::isEncrypted),
                silence("MultiAZ", RdsInstance::isMultiAz),
                silence("DeletionProtection", RdsInstance::isDeletionProtected),
                silence("BackupRetentionPeriod", one -> one.backupRetentionDays(atLeast(0))),
                silence("Endpoint", RdsInstance::isClosedToTheWorld),
                silence("VpcSecurityGroups", RdsInstance::isClosedToTheWorld),
                silence(
                        "PreferredBackupWindow",
                        one -> one.latestAutomatedSnapshot().isRecent()),
                silence("DbiResourceId", one -> one.latestAutomatedSnapshot().isRecent()),
                silence(
                        "LatestRestorableTime",
                        one -> one.latestRestorableTime().isYoungerThan(Duration.ofHours(1))));
    }

    private static Arguments silence(String member, Function<RdsInstance, Check> check) {
        return Arguments.of(member, check);
    }

    @ParameterizedTest
    @MethodSource("silences")
    void what_RDS_does_not_tell_is_unknown(String member, Function<RdsInstance, Check> check) {
        there().automatedSnapshot(time.now()).encrypted().multiAz().deletionProtection();
        assertThat(examine(check.apply(db))).matches(PASSED);

        there().silentAbout(member);

        assertThat(examine(check.apply(db))).matches(UNKNOWN);
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        there();
        fake.faultNext(2, "rds:DescribeDBInstances", AwsFault.throttled());

        assertThat(examine(db.isAvailable())).matches(PASSED);
        assertThat(fake.requests("rds:DescribeDBInstances")).hasSize(3);
    }

    @Test
    void engine_version_and_retention_are_judged_by_what_is_expected() {
        there().engine("postgres", "15.4").backupRetentionDays(3);

        assertThat(examine(db.engine(is("postgres")))).matches(PASSED);
        assertThat(examine(db.engine(is("mysql")))).matches(FAILED);
        assertThat(examine(db.version(startingWith("15.")))).matches(PASSED);
        assertThat(examine(db.version(startingWith("16.")))).matches(FAILED);
        assertThat(examine(db.backupRetentionDays(atLeast(3)))).matches(PASSED);
        Outcome outcome = examine(db.backupRetentionDays(atLeast(7)));
        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("backup retention is 3, not at least 7");
    }

    @Test
    void what_is_switched_on_and_off_is_told_apart() {
        there();

        assertThat(examine(db.isNotPubliclyAccessible())).matches(PASSED);
        assertThat(examine(db.isEncrypted())).matches(FAILED);
        assertThat(examine(db.isMultiAz())).matches(FAILED);
        assertThat(examine(db.isDeletionProtected())).matches(FAILED);

        there().publiclyAccessible().encrypted().multiAz().deletionProtection();

        assertThat(examine(db.isNotPubliclyAccessible())).matches(FAILED);
        assertThat(examine(db.isEncrypted())).matches(PASSED);
        assertThat(examine(db.isMultiAz())).matches(PASSED);
        assertThat(examine(db.isDeletionProtected())).matches(PASSED);
    }

    // ---- who reaches it

    @Test
    void an_instance_of_which_no_group_opens_the_port_is_closed() {
        there().securityGroups("sg-a", "sg-b").port(5433);
        fake.securityGroup("sg-a").ingress(5432, "0.0.0.0/0");
        fake.securityGroup("sg-b").ingressFromGroup(5433, "sg-web");

        assertThat(examine(db.isClosedToTheWorld())).matches(PASSED);
    }

    @Test
    void one_group_of_several_opens_the_port_and_is_named() {
        there().securityGroups("sg-a", "sg-b");
        fake.securityGroup("sg-a");
        fake.securityGroup("sg-b").ingress(5432, "::/0");

        Outcome outcome = examine(db.isClosedToTheWorld());

        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("port 5432 is open to the world: sg-b admits tcp 5432 from ::/0");
    }

    @Test
    void groups_together_may_open_what_none_opens_alone() {
        there().securityGroups("sg-a", "sg-b");
        fake.securityGroup("sg-a").ingress(5432, "44.0.0.0/8");
        fake.securityGroup("sg-b").ingress(5432, "45.0.0.0/8");

        assertThat(examine(db.isClosedToTheWorld())).matches(FAILED);
    }

    @Test
    void groups_on_the_third_page_count_too() {
        there().securityGroups("sg-a", "sg-b", "sg-c");
        fake.securityGroup("sg-a");
        fake.securityGroup("sg-b");
        fake.securityGroup("sg-c").ingress(5432, "0.0.0.0/0");
        fake.pageSize(1);

        assertThat(examine(db.isClosedToTheWorld())).matches(FAILED);
        assertThat(fake.requests("ec2:DescribeSecurityGroups")).hasSize(3);
    }

    @Test
    void a_group_that_EC2_does_not_know_is_unknown() {
        there().securityGroups("sg-gone");

        assertThat(examine(db.isClosedToTheWorld())).matches(UNKNOWN);
    }

    @Test
    void an_instance_without_groups_or_without_an_endpoint_is_unknown() {
        there().securityGroups();

        assertThat(examine(db.isClosedToTheWorld())).matches(UNKNOWN);
    }

    @Test
    void an_instance_that_is_told_no_group_is_in_one_that_is_closed() {
        there();

        assertThat(examine(db.isClosedToTheWorld())).matches(PASSED);
    }

    // ---- snapshots

    @Test
    void the_newest_automated_snapshot_counts_wherever_it_is_listed() {
        Instant now = time.now();
        there().automatedSnapshot(now.minus(Duration.ofHours(49)))
                .automatedSnapshot(now.minus(Duration.ofHours(25)))
                .automatedSnapshot(now.minus(Duration.ofHours(73)));
        fake.pageSize(1);

        assertThat(examine(db.latestAutomatedSnapshot().isYoungerThan(Duration.ofHours(26))))
                .matches(PASSED);
        Outcome outcome = examine(db.latestAutomatedSnapshot().isYoungerThan(Duration.ofHours(25)));
        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("the newest one is 1 d 1 h old");
    }

    @Test
    void a_recent_one_is_no_older_than_a_day_and_the_backup_window() {
        Instant now = time.now();
        there().automatedSnapshot(now.minus(Duration.ofMinutes(24 * 60 + 20)));

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(PASSED);

        there().backupWindow("23:50-00:05");

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(FAILED);

        there().backupWindow("whenever");

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(UNKNOWN);
    }

    @Test
    void snapshots_of_AWS_Backup_count_too() {
        there().backupSnapshot(time.now().minus(Duration.ofHours(2)));

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(PASSED);
    }

    @Test
    void a_copy_is_as_old_as_what_it_was_copied_from() {
        Instant now = time.now();
        there().copiedBackupSnapshot(now.minus(Duration.ofHours(1)), now.minus(Duration.ofDays(30)));

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(FAILED);
    }

    @Test
    void manual_snapshots_do_not_count() {
        there().manualSnapshot("by-hand", time.now());

        Outcome outcome = examine(db.latestAutomatedSnapshot().isRecent());

        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("there is no automated snapshot");
    }

    @Test
    void one_that_is_being_made_or_has_failed_does_not_count() {
        Instant now = time.now();
        there().automatedSnapshotInTheMaking().automatedSnapshot(now.minus(Duration.ofHours(1)), "failed");

        Outcome outcome = examine(db.latestAutomatedSnapshot().isRecent());

        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("there is no automated snapshot that counts");
        assertThat(outcome.facts()).anyMatch(fact -> fact.found().contains("failed"));

        there().automatedSnapshot(now.minus(Duration.ofHours(2)));

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(PASSED);
    }

    @Test
    void snapshots_of_an_earlier_instance_of_the_same_id_do_not_count() {
        there().automatedSnapshot(time.now().minus(Duration.ofHours(1))).madeAnew();

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(FAILED);
    }

    @Test
    void a_snapshot_from_the_future_proves_nothing() {
        there().automatedSnapshot(time.now().plus(Duration.ofHours(1)));

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(UNKNOWN);
    }

    @Test
    void a_clock_that_is_a_little_ahead_is_forgiven() {
        there().automatedSnapshot(time.now().plus(Duration.ofSeconds(30)));

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(PASSED);
    }

    @Test
    void backups_of_a_cluster_are_not_examined() {
        there().ofCluster("shop-cluster").automatedSnapshot(time.now());

        assertThat(examine(db.latestAutomatedSnapshot().isRecent())).matches(UNKNOWN);
        assertThat(examine(db.latestRestorableTime().isYoungerThan(Duration.ofHours(1))))
                .matches(UNKNOWN);
    }

    @Test
    void the_latest_restorable_time_may_be_some_minutes_ago() {
        there().restorableUpTo(Duration.ofMinutes(7));

        assertThat(examine(db.latestRestorableTime().isYoungerThan(Duration.ofMinutes(8))))
                .matches(PASSED);
        assertThat(examine(db.latestRestorableTime().isYoungerThan(Duration.ofMinutes(7))))
                .matches(FAILED);
    }

    @Test
    void without_backups_nothing_can_be_restored_and_without_a_time_it_is_unknown() {
        there().withoutRestorableTime();

        assertThat(examine(db.latestRestorableTime().isYoungerThan(Duration.ofMinutes(8))))
                .matches(UNKNOWN);

        there().backupRetentionDays(0);

        Outcome outcome = examine(db.latestRestorableTime().isYoungerThan(Duration.ofMinutes(8)));
        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("automated backups are switched off");
    }

    @Test
    void bad_arguments_are_refused_at_once() {
        assertThatThrownBy(() -> db.latestAutomatedSnapshot().isYoungerThan(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be longer than zero but was PT0S");
        for (String prefix : List.of("", "Pre", "-pre", "pre-", "pre--launch", "9pre", "pre launch", "x".repeat(201))) {
            assertThatThrownBy(() -> db.snapshot(prefix)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String id : List.of("", "-a", "a-", "a--b", "shop_db", "SHOP-DB", "x".repeat(64))) {
            assertThatThrownBy(() -> db.restoreToLatest(id)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> db.restoreTo(Instant.ofEpochMilli(1500), "new"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole seconds");
    }
}
