package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.Observation;
import dev.golive.testkit.railway.RailwayFault;
import dev.golive.testkit.railway.RailwayRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayRestoreTest extends OnFakeRailway {

    private final RailwayVolume volume = railway.volume("postgres-data");
    private final RailwayRestore restore = volume.restore("before 1.4");

    @BeforeEach
    void data() {
        fake.service("postgres").image("postgres:15").deployed("15");
        fake.volume("postgres-data")
                .service("postgres")
                .mountedAt("/var/lib/postgresql/data")
                .backupAt(time.now().minus(Duration.ofHours(5)), "nightly", 400)
                .backupAt(time.now().minus(Duration.ofHours(2)), "before 1.4", 400)
                .backupAt(time.now().minus(Duration.ofHours(1)), "later", 400);
    }

    @Test
    void a_backup_is_staged_and_then_committed() throws Exception {
        String meant = fake.volume("postgres-data").backups().get(1);

        Observation staged = toTheEnd(restore.stage());
        assertThat(staged.state()).as(staged.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(staged.found()).contains("before 1.4").contains("volumeMounts");
        assertThat(fake.volume("postgres-data").restoredTo()).isEmpty();

        Observation committed = toTheEnd(restore.commit());
        assertThat(committed.state()).as(committed.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(committed.found()).contains("READY");
        assertThat(fake.volume("postgres-data").restoredTo()).contains(meant);
        assertThat(fake.mutations())
                .extracting(RailwayRequest::field)
                .containsExactly("volumeInstanceBackupRestore", "environmentPatchCommitStaged");
    }

    @Test
    void both_are_destructive_and_the_first_is_never_repeated_blindly() {
        assertThat(restore.stage().kind()).isEqualTo(Action.Kind.DESTRUCTIVE);
        assertThat(restore.commit().kind()).isEqualTo(Action.Kind.DESTRUCTIVE);
        assertThat(restore.stage().isConvergent()).isFalse();
        assertThat(restore.stage().sentence())
                .isEqualTo("stage the restore of backup before 1.4 of volume postgres-data of Railway shop/production");
    }

    @Test
    void the_newest_before_an_instant_is_taken() throws Exception {
        String nightly = fake.volume("postgres-data").backups().get(0);
        RailwayRestore before = volume.restoreNewestBefore(time.now().minus(Duration.ofHours(3)));

        toTheEnd(before.stage());
        toTheEnd(before.commit());

        assertThat(fake.volume("postgres-data").restoredTo()).contains(nightly);
        assertThat(perform()
                        .observe(volume.restoreNewestBefore(time.now().minus(Duration.ofDays(3)))
                                .stage())
                        .state())
                .isEqualTo(Observation.State.REFUSED);
    }

    @Test
    void a_backup_that_is_not_there_or_not_the_only_one_is_refused() throws Exception {
        fake.volume("postgres-data").backupAt(time.now(), "later", 400);

        assertThat(perform().observe(volume.restore("never").stage()).found()).isEqualTo("there is no backup never");
        assertThat(perform().observe(volume.restore("later").stage()).found()).contains("more than one backup later");
        assertThat(perform()
                        .observe(volume.restore(
                                        fake.volume("postgres-data").backups().get(2))
                                .stage())
                        .state())
                .isEqualTo(Observation.State.NOT_AT_TARGET);
    }

    @Test
    void nothing_is_staged_beside_what_somebody_else_staged() throws Exception {
        fake.in("production").stagedBySomebody("more replicas");

        Observation end = toTheEnd(restore.stage());

        assertThat(end.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(end.found()).contains("something is staged already");
        assertThat(fake.mutations()).isEmpty();
    }

    @Test
    void nothing_is_committed_that_is_not_the_restore() throws Exception {
        assertThat(toTheEnd(restore.commit()).found()).isEqualTo("nothing is staged: stage the restore first");

        fake.in("production").stagedBySomebody("more replicas");

        Observation end = toTheEnd(restore.commit());
        assertThat(end.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(end.found()).contains("not the restore alone").contains("deploy of service");
        assertThat(fake.mutations()).isEmpty();
    }

    @Test
    void a_restore_that_fails_is_refused_with_the_reason() throws Exception {
        fake.volume("postgres-data").failing("the disk is gone");

        Observation end = toTheEnd(restore.stage());

        assertThat(end.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(end.found()).contains("the disk is gone");
    }

    @Test
    void a_commit_of_which_the_answer_was_lost_is_known_again() throws Exception {
        toTheEnd(restore.stage());
        fake.fault("environmentPatchCommitStaged", RailwayFault.lostAnswer(), 1);
        Action commit = restore.commit();

        assertThatThrownBy(() -> perform().apply(commit)).isNotNull();
        Observation end = perform().await(commit);

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.requests("environmentPatchCommitStaged")).hasSize(1);
    }

    @Test
    void a_commit_of_another_launch_is_not_taken_for_ours() throws Exception {
        toTheEnd(restore.stage());
        toTheEnd(restore.commit());

        assertThat(perform().key("another-launch").observe(restore.commit()).state())
                .isEqualTo(Observation.State.REFUSED);
    }

    @Test
    void a_volume_that_is_busy_is_waited_for_and_a_broken_one_is_refused() throws Exception {
        for (String state : List.of("MIGRATING", "UPDATING")) {
            fake.volume("postgres-data").state(state);
            assertThat(perform().observe(restore.stage()).state()).isEqualTo(Observation.State.UNDER_WAY);
        }
        fake.volume("postgres-data").state("ERROR");
        assertThat(perform().observe(restore.stage()).state()).isEqualTo(Observation.State.REFUSED);
    }
}
