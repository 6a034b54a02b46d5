package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Volumes, their backups, and going back to one. */
class FakeRailwayVolumeTest extends OnFakeRailway {

    private static final String BACKUPS =
            "query($v: String!) { volumeInstanceBackupList(volumeInstanceId: $v) { id name createdAt expiresAt scheduleId"
                    + " usedMB } }";
    private static final String CREATE = "mutation($v: String!, $name: String) { volumeInstanceBackupCreate("
            + "volumeInstanceId: $v, name: $name) { workflowId } }";
    private static final String RESTORE = "mutation($v: String!, $b: String!) { volumeInstanceBackupRestore("
            + "volumeInstanceId: $v, volumeInstanceBackupId: $b) { workflowId } }";
    private static final String DELETE = "mutation($v: String!, $b: String!) { volumeInstanceBackupDelete("
            + "volumeInstanceId: $v, volumeInstanceBackupId: $b) { workflowId } }";
    private static final String LOCK = "mutation($v: String!, $b: String!) { volumeInstanceBackupLock("
            + "volumeInstanceId: $v, volumeInstanceBackupId: $b) }";
    private static final String STAGED = "query($e: String!) { environmentStagedChanges(environmentId: $e) { status"
            + " appliedAt patch } environment(id: $e) { unmergedChangesCount } }";
    private static final String COMMIT = "mutation($e: String!) { environmentPatchCommitStaged(environmentId: $e) }";

    private final FakeRailwayService postgres =
            fake.service("postgres").image("postgres:16").deployed("v1");
    private final FakeRailwayVolume volume = fake.volume("postgres-data")
            .service("postgres")
            .mountedAt("/var/lib/postgresql/data")
            .backupAt(START.minus(Duration.ofHours(30)), "before", 100)
            .backupAt(START.minus(Duration.ofHours(6)));

    private JsonNode backups() throws Exception {
        return ask(BACKUPS, "v", volume.instanceId()).get("volumeInstanceBackupList");
    }

    private String workflow(String document, Object... namesAndValues) throws Exception {
        return ask(document, namesAndValues).findValue("workflowId").asText();
    }

    private String status(String workflow) throws Exception {
        return ask("query($w: String!) { workflowStatus(workflowId: $w) { status error } }", "w", workflow)
                .at("/workflowStatus/status")
                .asText();
    }

    private String staged() throws Exception {
        JsonNode answer = ask(STAGED, "e", fake.environmentId());
        return answer.at("/environmentStagedChanges/status").asText()
                + " "
                + answer.at("/environment/unmergedChangesCount").asInt();
    }

    @Test
    void a_volume_is_told_with_its_service() throws Exception {
        JsonNode told = ask(
                        "query($id: String!) { volumeInstance(id: $id) { mountPath serviceId sizeMB currentSizeMB state"
                                + " volume { name } } }",
                        "id",
                        volume.instanceId())
                .get("volumeInstance");

        assertThat(told.get("mountPath").asText()).isEqualTo("/var/lib/postgresql/data");
        assertThat(told.get("serviceId").asText()).isEqualTo(postgres.id());
        assertThat(told.get("state").asText()).isEqualTo("READY");
        assertThat(told.at("/volume/name").asText()).isEqualTo("postgres-data");
        JsonNode listed = ask(
                "query($p: String!) { project(id: $p) { volumes { edges { node { name } } } services { edges { node { name"
                        + " } } } } }",
                "p",
                fake.projectId());
        assertThat(listed.at("/project/volumes/edges/0/node/name").asText()).isEqualTo("postgres-data");
        assertThat(listed.at("/project/services/edges/0/node/name").asText()).isEqualTo("postgres");
    }

    @Test
    void a_backup_is_there_when_its_workflow_has_ended() throws Exception {
        String workflow = workflow(CREATE, "v", volume.instanceId(), "name", "by hand");

        assertThat(status(workflow)).isEqualTo("NotFound");
        pass(1);
        assertThat(status(workflow)).isEqualTo("Running");
        assertThat(backups()).hasSize(2);
        pass(19);
        assertThat(status(workflow)).isEqualTo("Complete");
        assertThat(backups()).hasSize(3);
        assertThat(backups().at("/2/name").asText()).isEqualTo("by hand");
        assertThat(status("unknown")).isEqualTo("NotFound");
    }

    @Test
    void a_backup_of_more_than_half_of_the_volume_fails() throws Exception {
        volume.size(1000, 501);
        String workflow = workflow(CREATE, "v", volume.instanceId());
        pass(20);

        assertThat(status(workflow)).isEqualTo("Error");
        assertThat(backups()).hasSize(2);
    }

    @Test
    void a_workflow_may_fail_with_a_reason() throws Exception {
        volume.failing("disk on fire");
        String workflow = workflow(
                RESTORE, "v", volume.instanceId(), "b", volume.backups().get(0));
        pass(20);

        assertThat(ask("query($w: String!) { workflowStatus(workflowId: $w) { error } }", "w", workflow)
                        .at("/workflowStatus/error")
                        .asText())
                .isEqualTo("disk on fire");
        assertThat(staged()).isEqualTo("STAGED 0");
    }

    @Test
    void what_is_restored_is_staged_and_goes_live_once_it_is_committed() throws Exception {
        List<String> before = volume.backups();
        String workflow = workflow(RESTORE, "v", volume.instanceId(), "b", before.get(0));
        assertThat(staged()).isEqualTo("STAGED 0");
        pass(20);
        assertThat(status(workflow)).isEqualTo("Complete");
        assertThat(staged()).isEqualTo("STAGED 1");
        assertThat(volumes()).containsExactly("READY of " + postgres.id(), "READY of null");
        assertThat(ask(STAGED, "e", fake.environmentId()).toString()).contains("/var/lib/postgresql/data");
        assertThat(volume.restoredTo()).isEmpty();

        ask(COMMIT, "e", fake.environmentId());
        assertThat(staged()).isEqualTo("APPLYING 0");
        assertThat(volumes()).containsExactly("READY of " + postgres.id(), "RESTORING of null");
        pass(5);
        assertThat(volumes()).containsExactly("READY of null", "READY of " + postgres.id());
        assertThat(staged()).isEqualTo("COMMITTED 0");
        assertThat(volume.restoredTo()).contains(before.get(0));
        assertThat(volume.backups()).containsExactly(before.get(0));
        assertThat(deployments(postgres)).hasSize(2);
        pass(22);
        assertThat(postgres.live()).get().extracting(RailwayDeployment::status).isEqualTo("SUCCESS");
        assertThat(postgres.live().orElseThrow().id())
                .isNotEqualTo(postgres.deployments().get(1).id());
    }

    /** The state of each volume, and the service that mounts it. */
    private List<String> volumes() throws Exception {
        List<String> all = new ArrayList<>();
        ask(
                        "query($e: String!) { environment(id: $e) { volumeInstances { edges { node { state serviceId } } } } }",
                        "e",
                        fake.environmentId())
                .at("/environment/volumeInstances/edges")
                .forEach(edge -> all.add(edge.at("/node/state").asText() + " of "
                        + edge.at("/node/serviceId").asText("null")));
        return all;
    }

    @Test
    void an_environment_has_one_staged_change_which_somebody_may_discard() throws Exception {
        fake.in("production")
                .stagedBySomebody("one", Map.of("services", Map.of("a", Map.of("deploy", Map.of("x", 1)))));
        fake.in("production").stagedBySomebody("two", Map.of("services", Map.of("a", Map.of("build", Map.of()))));
        assertThat(staged()).isEqualTo("STAGED 1");
        assertThat(ask(STAGED, "e", fake.environmentId()).toString())
                .contains("deploy")
                .contains("build");

        fake.in("production").discardedBySomebody();
        assertThat(staged()).isEqualTo("STAGED 0");
    }

    @Test
    void there_is_nothing_to_commit_where_nothing_is_staged() throws Exception {
        assertThat(refusal(COMMIT, "e", fake.environmentId())).isEqualTo("Problem processing request");
        fake.in("production").stagedBySomebody("more memory");
        assertThat(staged()).isEqualTo("STAGED 1");
        ask(COMMIT, "e", fake.environmentId());
        assertThat(refusal(COMMIT, "e", fake.environmentId())).isEqualTo("Problem processing request");
    }

    @Test
    void a_backup_is_deleted_unless_it_is_locked() throws Exception {
        List<String> before = volume.backups();
        ask(LOCK, "v", volume.instanceId(), "b", before.get(0));
        assertThat(refusal(DELETE, "v", volume.instanceId(), "b", before.get(0)))
                .isEqualTo("Problem processing request");
        workflow(DELETE, "v", volume.instanceId(), "b", before.get(1));
        pass(20);

        assertThat(volume.backups()).containsExactly(before.get(0));
        assertThat(refusal(RESTORE, "v", volume.instanceId(), "b", before.get(1)))
                .isEqualTo("Problem processing request");
    }

    @Test
    void a_backup_of_a_schedule_is_kept_for_its_time() throws Exception {
        volume.schedules("DAILY").scheduledBackupAt(START, "DAILY");
        JsonNode schedules = ask(
                        "query($v: String!) { volumeInstanceBackupScheduleList(volumeInstanceId: $v) { id kind"
                                + " retentionSeconds } }",
                        "v",
                        volume.instanceId())
                .get("volumeInstanceBackupScheduleList");
        assertThat(schedules.at("/0/kind").asText()).isEqualTo("DAILY");
        assertThat(backups().at("/2/scheduleId")).isEqualTo(schedules.at("/0/id"));
        pass(Duration.ofDays(6));
        assertThat(backups()).hasSize(2);
        ask(
                "mutation($v: String!) { volumeInstanceBackupScheduleUpdate(volumeInstanceId: $v, kinds: [WEEKLY, MONTHLY])"
                        + " }",
                "v",
                volume.instanceId());
        assertThat(ask(
                                "query($v: String!) { volumeInstanceBackupScheduleList(volumeInstanceId: $v) { kind } }",
                                "v",
                                volume.instanceId())
                        .findValuesAsText("kind"))
                .containsExactly("MONTHLY", "WEEKLY");
        assertThatThrownBy(() -> volume.schedules("HOURLY")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_volume_that_was_deleted_is_not_authorized() throws Exception {
        volume.deleted();

        assertThat(refusal(BACKUPS, "v", volume.instanceId())).isEqualTo("Not Authorized");
    }
}
