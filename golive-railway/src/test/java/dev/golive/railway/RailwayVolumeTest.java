package dev.golive.railway;

import static dev.golive.Expect.atLeast;
import static dev.golive.railway.BackupKind.DAILY;
import static dev.golive.railway.BackupKind.MONTHLY;
import static dev.golive.railway.BackupKind.WEEKLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.testkit.railway.RailwayFault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayVolumeTest extends OnFakeRailway {

    private final RailwayVolume volume = railway.volume("postgres-data");

    @BeforeEach
    void data() {
        fake.service("postgres").image("postgres:15").deployed("15");
        fake.volume("postgres-data")
                .service("postgres")
                .mountedAt("/var/lib/postgresql/data")
                .size(5000, 2000);
    }

    private Finding finding(Check check) {
        return examine(check).finding();
    }

    @Test
    void a_volume_is_found_by_its_name_its_id_or_its_service() {
        assertThat(finding(volume.exists())).isEqualTo(Finding.PASSED);
        assertThat(finding(railway.volume(fake.volume("postgres-data").id()).exists()))
                .isEqualTo(Finding.PASSED);
        assertThat(finding(railway.service("postgres").volume().exists())).isEqualTo(Finding.PASSED);
        assertThat(finding(railway.volume("other").exists())).isEqualTo(Finding.FAILED);
        assertThat(finding(railway.service("gone").volume().exists())).isEqualTo(Finding.FAILED);
        assertThat(railway.service("postgres").volume())
                .hasToString("volume of Railway service postgres of shop/production");
    }

    @Test
    void a_volume_of_another_environment_or_one_that_is_deleted_is_not_there() {
        fake.in("staging").volume("elsewhere");
        assertThat(finding(railway.volume("elsewhere").exists())).isEqualTo(Finding.FAILED);

        fake.volume("postgres-data").deleted();
        assertThat(finding(volume.exists())).isEqualTo(Finding.FAILED);
    }

    @Test
    void of_two_volumes_of_a_service_none_is_meant() {
        fake.volume("more").service("postgres");

        assertThat(finding(railway.service("postgres").volume().isReady())).isEqualTo(Finding.UNKNOWN);
        assertThat(finding(volume.isReady())).isEqualTo(Finding.PASSED);
    }

    @Test
    void a_volume_beyond_the_first_page_is_found() {
        fake.pageSize(1);
        fake.volume("more");

        assertThat(finding(railway.volume("more").exists())).isEqualTo(Finding.PASSED);
    }

    @Test
    void a_volume_is_ready_in_one_state_only() {
        assertThat(finding(volume.isReady())).isEqualTo(Finding.PASSED);
        for (String state : List.of("RESTORING", "MIGRATING", "ERROR", "DELETING")) {
            fake.volume("postgres-data").state(state);
            assertThat(finding(volume.isReady())).as(state).isEqualTo(Finding.FAILED);
        }
    }

    @Test
    void a_state_that_nobody_knows_proves_nothing() throws Exception {
        fake.volume("postgres-data").state("HIBERNATING");

        assertThat(finding(volume.isReady())).isEqualTo(Finding.UNKNOWN);
        assertThat(perform().observe(volume.restore("a").stage()).state()).isEqualTo(Observation.State.UNKNOWN);
    }

    @Test
    void a_volume_that_is_about_to_be_deleted_is_not_ready() {
        fake.volume("postgres-data").pendingDeletion();

        assertThat(finding(volume.isReady())).isEqualTo(Finding.FAILED);
        assertThat(finding(volume.exists())).isEqualTo(Finding.FAILED);
    }

    @Test
    void its_size_and_use_are_judged() {
        assertThat(finding(volume.sizeMegabytes(atLeast(5000L)))).isEqualTo(Finding.PASSED);
        assertThat(finding(volume.sizeMegabytes(atLeast(5001L)))).isEqualTo(Finding.FAILED);
        assertThat(finding(volume.isUsedLessThan(41))).isEqualTo(Finding.PASSED);
        assertThat(examine(volume.isUsedLessThan(40)).why()).isEqualTo("40 % of the volume are used");
        fake.volume("postgres-data").size(0, 0);
        assertThat(finding(volume.isUsedLessThan(40))).isEqualTo(Finding.UNKNOWN);
        assertThatThrownBy(() -> volume.isUsedLessThan(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_is_mounted_at_a_path_by_a_service() {
        assertThat(finding(volume.isMountedAt("/var/lib/postgresql/data"))).isEqualTo(Finding.PASSED);
        assertThat(finding(volume.isMountedAt("/data"))).isEqualTo(Finding.FAILED);
        fake.volume("loose").mountedAt("/data");
        assertThat(examine(railway.volume("loose").isMountedAt("/data")).why())
                .isEqualTo("no service mounts the volume");
    }

    @Test
    void schedules_are_there_or_missing() {
        assertThat(finding(volume.backupSchedule().has(DAILY))).isEqualTo(Finding.FAILED);
        fake.volume("postgres-data").schedules("DAILY", "MONTHLY");

        assertThat(finding(volume.backupSchedule().has(DAILY))).isEqualTo(Finding.PASSED);
        assertThat(examine(volume.backupSchedule().has(DAILY, WEEKLY)).why()).isEqualTo("there is no schedule WEEKLY");
    }

    @Test
    void daily_backups_alone_reach_back_six_days() {
        assertThat(finding(volume.backupSchedule().reachBack(Duration.ofDays(1))))
                .isEqualTo(Finding.FAILED);
        fake.volume("postgres-data").schedules("DAILY");
        assertThat(finding(volume.backupSchedule().reachBack(Duration.ofDays(6))))
                .isEqualTo(Finding.PASSED);
        assertThat(finding(volume.backupSchedule().reachBack(Duration.ofDays(7))))
                .isEqualTo(Finding.FAILED);
        fake.volume("postgres-data").schedules("DAILY", "MONTHLY");
        assertThat(finding(volume.backupSchedule().reachBack(Duration.ofDays(90))))
                .isEqualTo(Finding.PASSED);
    }

    @Test
    void the_latest_backup_is_young_enough_or_not() {
        assertThat(finding(volume.latestBackup().exists())).isEqualTo(Finding.FAILED);
        fake.volume("postgres-data")
                .scheduledBackupAt(time.now().minus(Duration.ofHours(50)), "DAILY")
                .scheduledBackupAt(time.now().minus(Duration.ofHours(23)), "DAILY");

        assertThat(finding(volume.latestBackup().exists())).isEqualTo(Finding.PASSED);
        assertThat(finding(volume.latestBackup().isYoungerThan(Duration.ofHours(24))))
                .isEqualTo(Finding.PASSED);
        assertThat(finding(volume.latestBackup().isYoungerThan(Duration.ofHours(23))))
                .isEqualTo(Finding.FAILED);
    }

    @Test
    void what_is_no_answer_is_unknown() {
        fake.volume("postgres-data").schedules("DAILY").backupAt(time.now());

        assertThat(notUnknown(volume.exists())).isEmpty();
        assertThat(notUnknown(volume.isUsedLessThan(99))).isEmpty();
        assertThat(notUnknown(volume.backupSchedule().has(DAILY))).isEmpty();
        assertThat(notUnknown(volume.backupSchedule().reachBack(Duration.ofDays(1))))
                .isEmpty();
        assertThat(notUnknown(volume.latestBackup().isYoungerThan(Duration.ofHours(24))))
                .isEmpty();
        assertThat(notUnknown(railway.hasNoStagedChanges())).isEmpty();
    }

    @Test
    void nothing_or_something_is_staged() {
        assertThat(finding(railway.hasNoStagedChanges())).isEqualTo(Finding.PASSED);

        fake.in("production").stagedBySomebody("more replicas");

        assertThat(examine(railway.hasNoStagedChanges()).why()).contains("deploy of service");
        assertThat(finding(railway.hasNoStagedChanges())).isEqualTo(Finding.FAILED);
    }

    @Test
    void what_is_left_of_a_change_without_anything_in_it_is_nothing() {
        fake.in("production")
                .stagedBySomebody(
                        "undone",
                        Map.of(
                                "services",
                                Map.of(
                                        fake.service("postgres").id(),
                                        Map.of("variables", Map.of()),
                                        "another",
                                        Map.of()),
                                "volumes",
                                Map.of()));
        assertThat(finding(railway.hasNoStagedChanges())).isEqualTo(Finding.PASSED);

        Map<String, @Nullable Object> deleted = new HashMap<>();
        deleted.put("variables", null);
        fake.in("production").stagedBySomebody("all variables", Map.of("services", Map.of("another", deleted)));
        assertThat(finding(railway.hasNoStagedChanges())).isEqualTo(Finding.FAILED);
    }

    // ---- actions

    @Test
    void a_backup_is_made_and_waited_for() throws Exception {
        Action action = volume.backup("before 1.4");

        Observation end = toTheEnd(action);

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(end.found()).contains("before 1.4");
        assertThat(fake.volume("postgres-data").backups()).hasSize(1);
        assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void a_backup_of_an_earlier_launch_never_passes_for_a_new_one() throws Exception {
        for (Duration ago : List.of(Duration.ofDays(2), Duration.ofHours(23), Duration.ofSeconds(1))) {
            int before = fake.volume("postgres-data")
                    .backupAt(time.now().minus(ago), "before 1.4", 400)
                    .backups()
                    .size();

            Observation first = perform().observe(volume.backup("before 1.4"));
            assertThat(first.state()).as(first.found()).isEqualTo(Observation.State.NOT_AT_TARGET);
            assertThat(first.found()).contains("which do not count");

            Observation end = toTheEnd(volume.backup("before 1.4"));
            assertThat(end.state()).isEqualTo(Observation.State.AT_TARGET);
            List<String> now = fake.volume("postgres-data").backups();
            assertThat(now).hasSize(before + 1);
            assertThat(end.found()).contains(now.get(now.size() - 1));
        }
    }

    @Test
    void a_backup_is_not_begun_again_after_a_crash_without_a_person() throws Exception {
        Action action = volume.backup("before 1.5");
        assertThat(action.isConvergent()).isFalse();
        var asked = perform().apply(action);

        time.advance(Duration.ofSeconds(5));
        assertThat(perform().after(asked).observe(action).state()).isEqualTo(Observation.State.UNDER_WAY);
        time.advance(Duration.ofMinutes(1));
        assertThat(perform().after(asked).observe(action).state()).isEqualTo(Observation.State.AT_TARGET);
    }

    @Test
    void of_two_backups_of_a_name_a_run_brings_back_its_own() throws Exception {
        fake.volume("postgres-data").backupAt(time.now().minus(Duration.ofHours(23)), "before 1.4", 400);
        Action backup = volume.backup("before 1.4");
        Action stage = volume.restore("before 1.4").stage();

        Observation end = perform().observe(new InOneRun(List.of(backup, stage), run -> {
            run.toTheEnd(backup);
            fake.volume("postgres-data").backupAt(time.now(), "before 1.4", 400);
            return run.toTheEnd(stage);
        }));

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(end.found()).contains(fake.volume("postgres-data").backups().get(1));
        fake.in("production").discardedBySomebody();
        Observation later = perform().observe(stage);
        assertThat(later.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(later.found())
                .contains("more than one backup before 1.4")
                .contains(fake.volume("postgres-data").backups());
    }

    @Test
    void a_backup_that_fails_is_refused_with_the_reason() throws Exception {
        fake.volume("postgres-data").size(5000, 2600);

        Observation end = toTheEnd(volume.backup("before 1.4"));

        assertThat(end.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(end.found()).contains("50%");
    }

    @Test
    void a_backup_of_which_the_answer_was_lost_is_found_again() throws Exception {
        fake.volume("postgres-data").backupAt(time.now().minus(Duration.ofHours(1)), "before 1.4", 400);
        fake.fault("volumeInstanceBackupCreate", RailwayFault.lostAnswer(), 1);
        Action action = volume.backup("before 1.4");

        var asked = perform().apply(action);
        assertThat(perform().after(asked).observe(action).state()).isEqualTo(Observation.State.UNDER_WAY);
        time.advance(Duration.ofMinutes(1));

        assertThat(perform().after(asked).observe(action).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.mutations()).hasSize(1);
    }

    @Test
    void schedules_are_set_all_of_them() throws Exception {
        fake.volume("postgres-data").schedules("MONTHLY");

        assertThat(toTheEnd(volume.scheduleBackups(DAILY, WEEKLY)).state()).isEqualTo(Observation.State.AT_TARGET);

        assertThat(finding(volume.backupSchedule().has(DAILY, WEEKLY))).isEqualTo(Finding.PASSED);
        assertThat(finding(volume.backupSchedule().has(MONTHLY))).isEqualTo(Finding.FAILED);
        toTheEnd(volume.scheduleBackups(WEEKLY, DAILY));
        assertThat(fake.mutations()).hasSize(1);
    }

    @Test
    void actions_see_nothing_without_an_answer() throws Exception {
        for (RailwayFault fault : RailwayFault.noAnswers()) {
            for (Action action : List.of(
                    volume.backup("a"),
                    volume.scheduleBackups(DAILY),
                    volume.restore("a").stage(),
                    volume.restore("a").commit())) {
                fake.fault(fault);
                assertThat(perform().observe(action).state())
                        .as("%s: %s", fault, action)
                        .isEqualTo(Observation.State.UNKNOWN);
                fake.mend();
            }
        }
    }
}
