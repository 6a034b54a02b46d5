package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.testkit.railway.RailwayFault;
import dev.golive.testkit.railway.RailwayRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    private final Action stage = restore.stage();
    private final Action commit = restore.commit();

    /** Does something with both in one run, which must declare what it asks. */
    private Observation inOneRun(InOneRun.Steps steps) throws Exception {
        return perform().within(Duration.ofHours(2)).observe(new InOneRun(List.of(stage, commit), steps));
    }

    private String service() {
        return fake.service("postgres").id();
    }

    /** A staged change that mounts a volume in the place of ours, as a restore does. */
    private Map<String, Object> mounting(String volumeId, String path) {
        return Map.of(
                "volumes",
                Map.of(volumeId, Map.of("sizeMB", 5000)),
                "services",
                Map.of(service(), Map.of("volumeMounts", Map.of(volumeId, Map.of("mountPath", path)))));
    }

    @Test
    void a_backup_is_staged_and_then_committed() throws Exception {
        String meant = fake.volume("postgres-data").backups().get(1);

        Observation committed = inOneRun(run -> {
            Observation staged = run.toTheEnd(stage);
            assertThat(staged.state()).as(staged.found()).isEqualTo(Observation.State.AT_TARGET);
            assertThat(staged.found()).contains("before 1.4").contains("volumeMounts");
            assertThat(fake.volume("postgres-data").restoredTo()).isEmpty();
            return run.toTheEnd(commit);
        });

        assertThat(committed.state()).as(committed.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(committed.found()).contains("READY");
        assertThat(fake.volume("postgres-data").restoredTo()).contains(meant);
        assertThat(fake.mutations())
                .extracting(RailwayRequest::field)
                .containsExactly("volumeInstanceBackupRestore", "environmentPatchCommitStaged");
        assertThat(examine(volume.isMountedAt("/var/lib/postgresql/data")).why())
                .isEqualTo("no service mounts the volume");
        assertThat(examine(railway.service("postgres").volume().isMountedAt("/var/lib/postgresql/data"))
                        .finding())
                .isEqualTo(Finding.PASSED);
    }

    @Test
    void each_declares_what_it_asks() throws Exception {
        assertThat(toTheEnd(stage).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(toTheEnd(commit).state()).isEqualTo(Observation.State.REFUSED);
        assertThat(commit.permissions())
                .extracting(Permission::action)
                .contains("environment", "environmentStagedChanges", "environmentPatchCommitStaged");
    }

    // ---- nothing else is committed

    @Test
    void what_another_run_has_staged_is_for_a_person_to_look_at() throws Exception {
        toTheEnd(stage);

        Observation end = toTheEnd(commit);

        assertThat(end.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(end.found()).contains("golive was started anew").contains("by hand");
        assertThat(fake.requests("environmentPatchCommitStaged")).isEmpty();
    }

    @Test
    void a_stage_that_is_looked_at_again_after_a_restart_can_be_committed() throws Exception {
        Receipt asked = perform().apply(stage);

        Observation end = inOneRun(run -> {
            assertThat(run.await(stage, asked).state()).isEqualTo(Observation.State.AT_TARGET);
            return run.toTheEnd(commit);
        });

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
    }

    @Test
    void what_was_staged_instead_or_beside_it_is_not_committed() throws Exception {
        Map<String, @Nullable Object> nothing = new HashMap<>();
        nothing.put("11111111-1111-4111-8111-111111111111", null);
        List<Map<String, Object>> all = List.of(
                Map.of("volumes", Map.of("11111111-1111-4111-8111-111111111111", Map.of("isDeleted", true))),
                Map.of("volumes", nothing),
                Map.of("volumes", Map.of("11111111-1111-4111-8111-111111111111", Map.of("sizeMB", 1))),
                mounting("11111111-1111-4111-8111-111111111111", "/var/lib/postgresql/data"),
                mounting("11111111-1111-4111-8111-111111111111", "/elsewhere"),
                Map.of("services", Map.of(service(), nothing)),
                Map.of("services", Map.of(service(), Map.of("volumeMounts", nothing))),
                Map.of("services", Map.of(service(), Map.of("volumeMounts", Map.of("x", Map.of("mountPath", "/x"))))),
                Map.of("services", Map.of(service(), Map.of("variables", Map.of("MODE", Map.of("value", "x"))))),
                Map.of(
                        "services",
                        Map.of("another", Map.of("volumeMounts", Map.of()), "one", Map.of("deploy", Map.of("a", 1)))),
                Map.of("sharedVariables", Map.of("MODE", Map.of("value", "x"))));
        for (Map<String, Object> content : all) {
            Observation end = inOneRun(run -> {
                run.toTheEnd(stage);
                fake.in("production").stagedBySomebody("also", content);
                return run.toTheEnd(commit);
            });
            assertThat(end.state()).as("%s: %s", content, end.found()).isEqualTo(Observation.State.REFUSED);
            assertThat(end.found()).contains("not the restore alone");
            fake.in("production").discardedBySomebody();
            end = inOneRun(run -> {
                run.toTheEnd(stage);
                fake.in("production").discardedBySomebody().stagedBySomebody("instead", content);
                return run.toTheEnd(commit);
            });
            assertThat(end.state()).as("%s: %s", content, end.found()).isEqualTo(Observation.State.REFUSED);
            fake.in("production").discardedBySomebody();
        }
        assertThat(fake.requests("environmentPatchCommitStaged")).isEmpty();
    }

    @Test
    void remains_without_anything_in_them_are_committed_with_it() throws Exception {
        Observation end = inOneRun(run -> {
            run.toTheEnd(stage);
            fake.in("production")
                    .stagedBySomebody(
                            "undone",
                            Map.of(
                                    "services",
                                    Map.of("another", Map.of("variables", Map.of())),
                                    "sharedVariables",
                                    Map.of()));
            return run.toTheEnd(commit);
        });

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
    }

    @Test
    void that_the_old_volume_is_taken_away_from_the_service_belongs_to_it() throws Exception {
        Map<String, @Nullable Object> old = new HashMap<>();
        old.put(fake.volume("postgres-data").id(), null);
        Receipt asked = perform().apply(stage);
        time.advance(Duration.ofMinutes(1));
        fake.in("production")
                .stagedBySomebody(
                        "as Railway may do", Map.of("services", Map.of(service(), Map.of("volumeMounts", old))));

        Observation end = inOneRun(run -> {
            assertThat(run.await(stage, asked).state()).isEqualTo(Observation.State.AT_TARGET);
            return run.toTheEnd(commit);
        });

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
    }

    @Test
    void a_stage_does_not_take_what_somebody_else_staged_for_its_own() throws Exception {
        List<Map<String, Object>> all = List.of(
                Map.of("services", Map.of(service(), Map.of("deploy", Map.of("numReplicas", 2)))),
                mounting(fake.volume("other-data").id(), "/var/lib/postgresql/data"),
                mounting("22222222-2222-4222-8222-222222222222", "/elsewhere"));
        for (Map<String, Object> content : all) {
            Receipt asked = perform().apply(stage);
            time.advance(Duration.ofMinutes(10));
            fake.in("production").discardedBySomebody().stagedBySomebody("instead", content);

            Observation seen = perform().after(asked).observe(stage);

            assertThat(seen.state()).as("%s: %s", content, seen.found()).isEqualTo(Observation.State.REFUSED);
            fake.in("production").discardedBySomebody();
        }
    }

    @Test
    void another_restore_is_not_committed_in_its_name() throws Exception {
        Observation end = inOneRun(run -> {
            run.toTheEnd(volume.restore("nightly").stage());
            return run.toTheEnd(commit);
        });

        assertThat(end.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(end.found()).contains("another restore, that of backup nightly");
    }

    @Test
    void a_volume_that_no_service_mounts_is_refused() throws Exception {
        fake.volume("loose").backupAt(time.now().minus(Duration.ofHours(2)), "before 1.4", 400);

        Observation end = toTheEnd(railway.volume("loose").restore("before 1.4").stage());

        assertThat(end.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(end.found()).contains("no service mounts the volume");
        assertThat(fake.mutations()).isEmpty();
    }

    // ---- what became of it

    @Test
    void the_old_volume_is_not_taken_for_the_restored_one() throws Exception {
        fake.in("production").appliesIn(Duration.ofMinutes(5));

        Observation end = inOneRun(run -> {
            run.toTheEnd(stage);
            Receipt asked = run.apply(commit);
            time.advance(Duration.ofSeconds(10));
            fake.in("production").stagedBySomebody("more replicas");
            assertThat(run.observe(commit, asked).state()).isEqualTo(Observation.State.UNDER_WAY);
            fake.fault("environment", RailwayFault.staleRead(Duration.ofSeconds(30)));
            assertThat(run.observe(commit, asked).state()).isEqualTo(Observation.State.UNDER_WAY);
            fake.mend();
            return run.await(commit, asked);
        });

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.volume("postgres-data").restoredTo()).isPresent();
    }

    @Test
    void a_volume_that_somebody_mounted_in_its_place_is_neither() throws Exception {
        Observation end = inOneRun(run -> {
            run.toTheEnd(stage);
            Receipt asked = run.apply(commit);
            time.advance(Duration.ofMinutes(1));
            fake.volume("other-data").service("postgres").mountedAt("/var/lib/postgresql/data");
            return run.observe(commit, asked);
        });

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.REFUSED);
        assertThat(end.found()).contains("somebody has mounted another one");
    }

    @Test
    void a_commit_of_which_the_answer_was_lost_is_judged_by_the_volume_that_is_mounted() throws Exception {
        fake.fault("environmentPatchCommitStaged", RailwayFault.lostAnswer(), 1);

        Observation end = inOneRun(run -> {
            run.toTheEnd(stage);
            Receipt asked = run.apply(commit);
            time.advance(Duration.ofMinutes(1));
            fake.fault(
                    "environmentStagedChanges",
                    RailwayFault.saying("{\"id\":\"n\",\"status\":\"STAGED\",\"message\":null,"
                            + "\"lastAppliedError\":null,\"patch\":{}}"));
            assertThat(run.observe(commit, null).state())
                    .as("without a receipt")
                    .isEqualTo(Observation.State.AT_TARGET);
            return run.observe(commit, asked);
        });

        assertThat(end.state()).as(end.found()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.requests("environmentPatchCommitStaged")).hasSize(1);
    }

    @Test
    void a_commit_that_never_arrived_is_left_to_a_person() throws Exception {
        fake.fault("environmentPatchCommitStaged", RailwayFault.reset(), 1);

        Observation end = inOneRun(run -> {
            run.toTheEnd(stage);
            return run.await(commit, run.apply(commit));
        });

        assertThat(end.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(end.found()).contains("still staged");
        assertThat(fake.volume("postgres-data").restoredTo()).isEmpty();
    }

    @Test
    void a_commit_is_known_again_after_a_crash() throws Exception {
        perform().key("launch").within(Duration.ofHours(1)).observe(new InOneRun(List.of(stage, commit), run -> {
            Observation staged = run.toTheEnd(stage);
            run.apply(commit);
            return staged;
        }));
        assertThat(perform().key("launch").observe(commit).state()).isEqualTo(Observation.State.UNDER_WAY);
        time.advance(Duration.ofMinutes(1));

        assertThat(perform().key("launch").observe(commit).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(perform().key("another-launch").observe(commit).state()).isEqualTo(Observation.State.REFUSED);
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

        inOneRun(run -> {
            run.toTheEnd(before.stage());
            return run.toTheEnd(before.commit());
        });

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
        assertThat(end.found()).contains("all of it would be committed").contains("deploy of service");
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
    void a_volume_that_is_busy_is_waited_for_and_a_broken_one_is_refused() throws Exception {
        for (String state : List.of("MIGRATING", "UPDATING")) {
            fake.volume("postgres-data").state(state);
            assertThat(perform().observe(restore.stage()).state()).isEqualTo(Observation.State.UNDER_WAY);
        }
        fake.volume("postgres-data").state("ERROR");
        assertThat(perform().observe(restore.stage()).state()).isEqualTo(Observation.State.REFUSED);
    }
}
