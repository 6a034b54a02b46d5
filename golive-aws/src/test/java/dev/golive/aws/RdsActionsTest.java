package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.Observation.State;
import dev.golive.Receipt;
import dev.golive.testkit.Perform;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeRds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RdsActionsTest extends OnFakeAws {

    private final RdsInstance db = aws.rds("shop-db");
    private final Action snapshot = db.snapshot("pre-launch");
    private final Action restore = db.restoreTo(Instant.parse("2027-03-02T08:00:00Z"), "shop-db-2");

    @BeforeEach
    void make() {
        there();
    }

    private FakeRds there() {
        return fake.rds("shop-db");
    }

    private Perform patiently() {
        return perform().within(Duration.ofHours(4));
    }

    private void pass(Duration span) throws InterruptedException {
        time.sleepUntil(time.now().plus(span));
    }

    // ---- snapshots

    @Test
    void a_snapshot_has_a_stamp_in_its_name_and_is_waited_for() throws Exception {
        Observation end = patiently().toTheEnd(snapshot);

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(there().manualSnapshotsNow())
                .singleElement()
                .asString()
                .matches("pre-launch-20270302-09000[0-9]-[0-9a-f]{8}");
        assertThat(time.now()).isAfterOrEqualTo(Instant.parse("2027-03-02T09:05:00Z"));
        assertThat(snapshot.kind()).isEqualTo(Action.Kind.REVERSIBLE);
    }

    @Test
    void meanwhile_it_says_how_far_it_is() throws Exception {
        Receipt receipt = perform().apply(snapshot);
        pass(Duration.ofMinutes(2));

        Observation found = perform().after(receipt).observe(snapshot);

        assertThat(found.state()).isEqualTo(State.UNDER_WAY);
        assertThat(found.found()).isEqualTo("snapshot " + receipt.id() + " is creating, 40 % done");
        assertThat(examine(db.isAvailable())).matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_lost_answer_is_found_by_looking_and_no_second_one_is_made() throws Exception {
        fake.faultNext(1, "rds:CreateDBSnapshot", AwsFault.lostAnswer());
        assertThatThrownBy(() -> perform().apply(snapshot)).hasMessageContaining("RDS");
        pass(Duration.ofSeconds(90));

        assertThat(perform().observe(snapshot).state()).isEqualTo(State.UNDER_WAY);
        Receipt receipt = perform().apply(snapshot);

        assertThat(there().manualSnapshotsNow()).containsExactly(receipt.id());
        assertThat(fake.requests("rds:CreateDBSnapshot")).hasSize(1);
        assertThat(patiently().after(receipt).await(snapshot).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void another_request_makes_another_one() throws Exception {
        perform().key("first").apply(snapshot);
        pass(Duration.ofMinutes(6));

        assertThat(perform().key("second").observe(snapshot).state()).isEqualTo(State.NOT_AT_TARGET);
        perform().key("second").apply(snapshot);

        assertThat(there().manualSnapshotsNow()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void one_that_fails_is_refused_and_another_attempt_makes_a_new_one() throws Exception {
        there().failingSnapshots();
        Receipt receipt = perform().apply(snapshot);
        pass(Duration.ofMinutes(6));

        Observation found = perform().after(receipt).observe(snapshot);
        assertThat(found.state()).isEqualTo(State.REFUSED);
        assertThat(found.found()).isEqualTo("snapshot " + receipt.id() + " is failed");

        there().mend();
        Receipt second = perform().after(receipt).apply(snapshot);
        assertThat(second.id()).isNotEqualTo(receipt.id());
        assertThat(patiently().after(second).await(snapshot).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void what_failed_before_a_person_wanted_it_tried_again_counts_no_more() throws Exception {
        there().failingSnapshots();
        Receipt receipt = perform().apply(snapshot);
        pass(Duration.ofMinutes(6));
        there().mend();

        assertThat(perform().key("reopened").after(receipt).observe(snapshot).state())
                .isEqualTo(State.NOT_AT_TARGET);
    }

    @Test
    void a_snapshot_on_the_third_page_is_found() throws Exception {
        there().manualSnapshot("a", time.now()).manualSnapshot("b", time.now());
        Receipt receipt = perform().apply(snapshot);
        fake.pageSize(1);

        assertThat(perform().after(receipt).observe(snapshot).state()).isEqualTo(State.UNDER_WAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backing-up", "modifying", "rebooting", "something-new"})
    void what_ends_by_itself_is_waited_for(String status) throws Exception {
        there().status(status);

        assertThat(perform().observe(snapshot).state()).isEqualTo(State.UNDER_WAY);
        assertThatThrownBy(() -> perform().apply(snapshot)).hasMessageContaining(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stopped", "failed", "deleting", "incompatible-parameters", "storage-full"})
    void what_does_not_end_by_itself_is_refused(String status) throws Exception {
        there().status(status);

        Observation found = perform().observe(snapshot);

        assertThat(found.state()).isEqualTo(State.REFUSED);
        assertThat(found.found()).isEqualTo("the instance is " + status);
    }

    @Test
    void a_snapshot_can_be_made_while_the_storage_is_being_optimised() throws Exception {
        there().status("storage-optimization");

        assertThat(patiently().toTheEnd(snapshot).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void an_instance_that_is_not_there_and_one_of_a_cluster_are_refused() throws Exception {
        assertThat(perform().observe(aws.rds("other").snapshot("pre-launch")).state())
                .isEqualTo(State.REFUSED);
        there().engine("aurora-postgresql", "15.4").ofCluster("shop");
        assertThat(perform().observe(snapshot).state()).isEqualTo(State.REFUSED);
        assertThat(perform().observe(restore).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void a_full_quota_fails_the_attempt_with_RDS_own_words() {
        there().snapshotQuotaReached();

        assertThatThrownBy(() -> perform().apply(snapshot)).hasMessageContaining("SnapshotQuotaExceeded");
        assertThat(there().manualSnapshotsNow()).isEmpty();
    }

    @Test
    void a_service_that_gives_no_answer_leaves_it_unknown() throws Exception {
        Receipt receipt = perform().apply(snapshot);
        for (AwsFault fault : AwsFault.noAnswers()) {
            fake.fault("rds", fault);
            assertThat(perform().after(receipt).observe(snapshot).state())
                    .as(fault.toString())
                    .isEqualTo(State.UNKNOWN);
            assertThat(perform().observe(restore).state()).as(fault.toString()).isEqualTo(State.UNKNOWN);
            fake.mend();
        }
    }

    // ---- restores

    @Test
    void a_restored_instance_is_a_new_one_that_is_reached_as_the_old_one_was() throws Exception {
        there().securityGroups("sg-a", "sg-b")
                .subnetGroup("private")
                .parameterGroup("shop-pg15")
                .multiAz()
                .deletionProtection()
                .iamAuthentication();

        Observation end = patiently().toTheEnd(restore);

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(end.found()).startsWith("RDS instance shop-db-2 is available at shop-db-2.");
        assertThat(time.now()).isAfterOrEqualTo(Instant.parse("2027-03-02T09:20:00Z"));
        assertThat(fake.rds("shop-db-2").restoredFrom()).contains("shop-db");
        assertThat(fake.rds("shop-db-2").restoredTo()).contains(Instant.parse("2027-03-02T08:00:00Z"));
        assertThat(fake.rds("shop-db-2").securityGroupsNow()).containsExactly("sg-a", "sg-b");
        Map<String, Object> request =
                fake.requests("rds:RestoreDBInstanceToPointInTime").get(0).parameters();
        assertThat(request)
                .containsEntry("DBSubnetGroupName", "private")
                .containsEntry("DBParameterGroupName", "shop-pg15")
                .containsEntry("PubliclyAccessible", false)
                .containsEntry("MultiAZ", true)
                .containsEntry("DeletionProtection", true)
                .containsEntry("EnableIAMDatabaseAuthentication", true)
                .doesNotContainKey("UseLatestRestorableTime");
        assertThat(restore.kind()).isEqualTo(Action.Kind.DESTRUCTIVE);
        assertThat(examine(aws.rds("shop-db-2").isMultiAz())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void the_latest_restorable_time_can_be_restored_to() throws Exception {
        Action latest = db.restoreToLatest("shop-db-2");

        assertThat(patiently().toTheEnd(latest).state()).isEqualTo(State.AT_TARGET);
        assertThat(fake.requests("rds:RestoreDBInstanceToPointInTime").get(0).parameters())
                .containsEntry("UseLatestRestorableTime", true)
                .doesNotContainKey("RestoreTime");
        assertThat(latest.sentence())
                .isEqualTo("restore RDS instance shop-db in eu-north-1 to the latest restorable time as shop-db-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-02-23T08:59:59Z", "2027-03-02T10:00:00Z", "2000-01-01T00:00:00Z"})
    void an_instant_outside_of_the_window_is_refused(String instant) throws Exception {
        Action outside = db.restoreTo(Instant.parse(instant), "shop-db-2");

        assertThat(perform().observe(outside).state()).isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> perform().apply(outside)).hasMessageContaining("cannot be restored");
        assertThat(fake.requests("rds:RestoreDBInstanceToPointInTime")).isEmpty();
    }

    @Test
    void an_instant_that_RDS_has_not_reached_yet_is_waited_for() throws Exception {
        Action soon = db.restoreTo(Instant.parse("2027-03-02T08:59:00Z"), "shop-db-2");

        assertThat(perform().observe(soon).state()).isEqualTo(State.UNDER_WAY);
        assertThat(patiently().toTheEnd(soon).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void an_instant_that_RDS_has_stopped_moving_towards_is_refused() throws Exception {
        there().restorableUpTo(Duration.ofHours(2));

        assertThat(perform().observe(restore).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void without_backups_it_is_refused() throws Exception {
        there().backupRetentionDays(0);

        Observation found = perform().observe(restore);

        assertThat(found.state()).isEqualTo(State.REFUSED);
        assertThat(found.found()).isEqualTo("automated backups of the instance are switched off");
    }

    @Test
    void another_instance_of_that_id_is_never_touched() throws Exception {
        fake.rds("shop-db-2");

        assertThat(perform().observe(restore).state()).isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> perform().apply(restore)).hasMessage("there is another RDS instance shop-db-2");
    }

    @Test
    void one_that_was_restored_by_another_request_is_not_ours() throws Exception {
        perform().key("somebody-else").apply(restore);

        assertThat(perform().observe(restore).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void one_that_was_made_anew_by_somebody_is_somewhere_else() throws Exception {
        Receipt receipt = perform().apply(restore);
        fake.rds("shop-db-2").madeAnew();

        assertThat(perform().after(receipt).observe(restore).state()).isEqualTo(State.SOMEWHERE_ELSE);
    }

    @Test
    void a_lost_answer_is_found_by_its_tag() throws Exception {
        fake.faultNext(1, "rds:RestoreDBInstanceToPointInTime", AwsFault.lostAnswer());
        assertThatThrownBy(() -> perform().apply(restore)).hasMessageContaining("RDS");

        Observation found = perform().observe(restore);
        assertThat(found.state()).isEqualTo(State.UNDER_WAY);
        assertThat(found.found()).isEqualTo("RDS instance shop-db-2 is creating");
        Receipt receipt = perform().apply(restore);
        assertThat(fake.requests("rds:RestoreDBInstanceToPointInTime")).hasSize(1);
        assertThat(patiently().after(receipt).await(restore).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void one_that_comes_to_nothing_is_refused() throws Exception {
        there().failingRestores();

        Observation end = patiently().toTheEnd(restore);

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).isEqualTo("RDS instance shop-db-2 is incompatible-restore");
    }

    @Test
    void what_must_be_allowed_is_declared() {
        assertThat(snapshot.permissions())
                .extracting(Object::toString)
                .anyMatch(text -> text.contains("rds:CreateDBSnapshot") && text.contains("snapshot:pre-launch-*"));
        assertThat(restore.permissions())
                .extracting(Object::toString)
                .anyMatch(text -> text.contains("rds:RestoreDBInstanceToPointInTime") && text.contains("db:shop-db-2"));
        assertThat(List.of(snapshot, restore))
                .allMatch(action -> action.touches().size() == 1);
    }
}
