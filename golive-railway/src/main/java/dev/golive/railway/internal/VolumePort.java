package dev.golive.railway.internal;

import dev.golive.provider.ApiJson;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What golive asks about volumes, their backups and what is staged, and what it changes of them. */
public final class VolumePort {

    /**
     * A volume in an environment.
     *
     * @param id the id of what it is in this environment
     * @param volumeId the id of the volume
     * @param name its name
     * @param serviceId the service that mounts it, {@code null} if none does
     * @param mountPath where it is mounted
     * @param sizeMegabytes how large it is
     * @param usedMegabytes how much of that is used
     * @param state its state, {@code null} if it was not told
     * @param isPendingDeletion whether it is about to be deleted
     */
    public record Volume(
            String id,
            String volumeId,
            String name,
            @Nullable String serviceId,
            String mountPath,
            long sizeMegabytes,
            double usedMegabytes,
            @Nullable String state,
            boolean isPendingDeletion) {}

    /**
     * A backup of a volume.
     *
     * @param id its id
     * @param name its name, {@code null} if it has none
     * @param createdAt when it was made
     * @param expiresAt when it will be gone, {@code null} if it is kept
     * @param scheduleId the schedule that made it, {@code null} if a person did
     * @param usedMegabytes how large it is, {@code null} if it was not told
     */
    public record Backup(
            String id,
            @Nullable String name,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable String scheduleId,
            @Nullable Long usedMegabytes) {

        /** Whether it is gone at an instant. */
        public boolean hasExpired(Instant now) {
            return expiresAt != null && !expiresAt.isAfter(now);
        }

        @Override
        public String toString() {
            return "backup " + (name == null ? id : Words.line(name) + " (" + id + ")") + " of " + createdAt;
        }
    }

    /**
     * When backups are made.
     *
     * @param kind how often, in Railway's words
     * @param retentionSeconds how long they are kept, {@code null} if it was not told
     */
    public record Schedule(String kind, @Nullable Long retentionSeconds) {}

    /**
     * How far something is that takes its time.
     *
     * @param status in Railway's words
     * @param error what went wrong, {@code null} if nothing was said
     */
    public record Workflow(String status, @Nullable String error) {}

    /**
     * A volume that is to be mounted, in the place of others perhaps.
     *
     * @param volumeId the id of the volume
     * @param serviceId the service that is to mount it
     * @param mountPath where
     * @param unmounted the ids of volumes that the service is no longer to mount
     */
    public record Replacement(String volumeId, String serviceId, String mountPath, Set<String> unmounted) {}

    /**
     * What is staged, or was committed last.
     *
     * @param id its id
     * @param status how far it is, in Railway's words
     * @param message what whoever committed it said, {@code null} if nothing
     * @param error why it could not be applied, {@code null} if nothing was said
     * @param content what is changed; may hold values of variables
     */
    public record Staged(
            String id,
            String status,
            @Nullable String message,
            @Nullable String error,
            ApiJson content) {

        private static final String MOUNTS = "volumeMounts";

        /** Whether nothing is changed by it. */
        public boolean isEmpty() {
            return parts().isEmpty();
        }

        /**
         * The parts that are changed: names of the parts, and of services their ids with what is changed of them. What is
         * null in a part is taken away, and a change like others; a part without anything in it is what is left of one.
         */
        public List<String> parts() {
            List<String> parts = new ArrayList<>();
            content.members().forEach((part, value) -> {
                if (!value.isPresent() || isEmptyObject(value)) {
                    return;
                } else if (!part.equals("services")) {
                    parts.add(Words.line(part));
                    return;
                }
                value.members().forEach((service, changed) -> {
                    if (!changed.isObject()) {
                        parts.add(all(service));
                        return;
                    }
                    changed.members().forEach((what, change) -> {
                        if (!isEmptyObject(change)) {
                            parts.add(of(what, service));
                        }
                    });
                });
            });
            return parts;
        }

        private static boolean isEmptyObject(ApiJson value) {
            return value.isObject() && value.members().isEmpty();
        }

        /** The volume that is mounted somewhere, if that is all that is staged. */
        public Optional<Replacement> replacement() {
            ApiJson volumes = content.get("volumes");
            if (!volumes.isObject() || volumes.members().size() != 1) {
                return Optional.empty();
            }
            String id = volumes.members().keySet().iterator().next();
            ApiJson made = volumes.get(id);
            ApiJson deleted = made.get("isDeleted");
            if (!made.isObject() || deleted.isPresent() && deleted.flag()) {
                return Optional.empty();
            }
            List<String> others = new ArrayList<>(parts());
            others.remove("volumes");
            for (String service : services()) {
                ApiJson mounts = content.get("services").get(service).get(MOUNTS);
                if (others.equals(List.of(of(MOUNTS, service))) && mounts.isObject()) {
                    return replacement(id, service, mounts.members());
                }
            }
            return Optional.empty();
        }

        private Set<String> services() {
            ApiJson services = content.get("services");
            return services.isObject() ? services.members().keySet() : Set.of();
        }

        private static Optional<Replacement> replacement(String id, String service, Map<String, ApiJson> mounts) {
            Set<String> unmounted = new TreeSet<>();
            Optional<String> path = Optional.empty();
            for (Map.Entry<String, ApiJson> mount : mounts.entrySet()) {
                if (mount.getKey().equals(id)) {
                    path = mount.getValue().get("mountPath").textIfAny();
                } else if (mount.getValue().isPresent()) {
                    return Optional.empty();
                } else {
                    unmounted.add(mount.getKey());
                }
            }
            return path.map(where -> new Replacement(id, service, where, Set.copyOf(unmounted)));
        }

        private static String all(String service) {
            return "service " + Words.line(service);
        }

        /** How a part of a service is called in {@link #parts()}. */
        public static String of(String part, String service) {
            return Words.line(part) + " of " + all(service);
        }
    }

    private final Calls calls;

    private VolumePort(Calls calls) {
        this.calls = calls;
    }

    /** The port of an attempt. */
    public static VolumePort of(Calls calls) {
        return new VolumePort(calls);
    }

    /** The volumes of the environment that were not deleted. */
    public List<Volume> volumes() throws InterruptedException {
        return calls
                .all(
                        Operation.VOLUME_INSTANCES,
                        Map.of("environmentId", calls.scope().environmentId()),
                        "volumeInstances")
                .stream()
                .filter(node -> !node.get("deletedAt").isPresent())
                .map(node -> new Volume(
                        node.get("id").text(),
                        node.get("volumeId").text(),
                        node.get("volume").get("name").text(),
                        node.get("serviceId").textIfAny().orElse(null),
                        node.get("mountPath").text(),
                        node.get("sizeMB").integer(),
                        node.get("currentSizeMB").number(),
                        node.get("state").textIfAny().orElse(null),
                        node.get("isPendingDeletion").flag()))
                .toList();
    }

    /** The backups of a volume. */
    public List<Backup> backups(String volumeInstanceId) throws InterruptedException {
        return calls.ask(Operation.VOLUME_INSTANCE_BACKUP_LIST, volume(volumeInstanceId)).list().stream()
                .map(one -> new Backup(
                        one.get("id").text(),
                        one.get("name").textIfAny().orElse(null),
                        one.get("createdAt").instant(),
                        one.get("expiresAt").maybe().map(ApiJson::instant).orElse(null),
                        one.get("scheduleId").textIfAny().orElse(null),
                        one.get("usedMB").maybe().map(ApiJson::integer).orElse(null)))
                .toList();
    }

    /** When backups of a volume are made. */
    public List<Schedule> schedules(String volumeInstanceId) throws InterruptedException {
        return calls.ask(Operation.VOLUME_INSTANCE_BACKUP_SCHEDULE_LIST, volume(volumeInstanceId)).list().stream()
                .map(one -> new Schedule(
                        one.get("kind").text(),
                        one.get("retentionSeconds")
                                .maybe()
                                .map(ApiJson::integer)
                                .orElse(null)))
                .toList();
    }

    /** Says when backups are made, all of it. */
    public void schedule(String volumeInstanceId, List<String> kinds) throws InterruptedException {
        Map<String, Object> asked = volume(volumeInstanceId);
        asked.put("kinds", kinds);
        if (!calls.ask(Operation.VOLUME_INSTANCE_BACKUP_SCHEDULE_UPDATE, asked).flag()) {
            throw ApiProblem.of(ApiProblem.Kind.REFUSED, "Railway says that it did not change the schedules");
        }
    }

    /** Begins to make a backup, and gives the id of its workflow. */
    public String backup(String volumeInstanceId, String name) throws InterruptedException {
        Map<String, Object> asked = volume(volumeInstanceId);
        asked.put("name", name);
        return calls.ask(Operation.VOLUME_INSTANCE_BACKUP_CREATE, asked)
                .get("workflowId")
                .text();
    }

    /** Begins to stage the restore of a backup, and gives the id of its workflow. */
    public String restore(String volumeInstanceId, String backupId) throws InterruptedException {
        Map<String, Object> asked = volume(volumeInstanceId);
        asked.put("volumeInstanceBackupId", backupId);
        return calls.ask(Operation.VOLUME_INSTANCE_BACKUP_RESTORE, asked)
                .get("workflowId")
                .text();
    }

    /** How far a workflow is. */
    public Workflow workflow(String id) throws InterruptedException {
        ApiJson said = calls.ask(Operation.WORKFLOW_STATUS, Map.of("workflowId", id));
        return new Workflow(
                said.get("status").text(),
                said.get("error").textIfAny().map(Words::line).orElse(null));
    }

    /** What is staged, or was committed last. */
    public Staged staged() throws InterruptedException {
        ApiJson said = calls.askWithValues(
                Operation.ENVIRONMENT_STAGED_CHANGES,
                Map.of("environmentId", calls.scope().environmentId()));
        ApiJson content = said.get("patch").said().unquoted();
        content.members();
        return new Staged(
                said.get("id").text(),
                said.get("status").text(),
                said.get("message").textIfAny().map(Words::line).orElse(null),
                said.get("lastAppliedError").textIfAny().map(Words::line).orElse(null),
                content);
    }

    /** Puts live all that is staged, and gives what Railway answers. */
    public String commit(String message) throws InterruptedException {
        return calls.askWithValues(
                        Operation.ENVIRONMENT_PATCH_COMMIT_STAGED,
                        Map.of("environmentId", calls.scope().environmentId(), "commitMessage", message))
                .text();
    }

    private static Map<String, Object> volume(String volumeInstanceId) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("volumeInstanceId", volumeInstanceId);
        return asked;
    }
}
