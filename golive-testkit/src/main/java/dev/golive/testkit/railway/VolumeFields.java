package dev.golive.testkit.railway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Volumes, their backups, and what goes on by itself. */
final class VolumeFields extends RailwayFields {

    VolumeFields(FakeRailway railway) {
        super(railway);
    }

    @Override
    void register(Map<String, RailwayGraph.Handler> handlers) {
        handlers.put("volumeInstance", (args, asking) -> instance(volume(args.text("id"), asking), asking.seen()));
        handlers.put("volumeInstanceBackupList", this::backups);
        handlers.put("volumeInstanceBackupScheduleList", this::schedules);
        handlers.put("volumeInstanceBackupScheduleUpdate", this::schedule);
        handlers.put(
                "volumeInstanceBackupCreate",
                (args, asking) -> workflow(volume(args, asking).create(args.maybe("name"), asking.now())));
        handlers.put("volumeInstanceBackupDelete", this::delete);
        handlers.put("volumeInstanceBackupLock", this::lock);
        handlers.put("volumeInstanceBackupRestore", (args, asking) -> {
            FakeRailwayVolume volume = volume(args, asking);
            return workflow(volume.restore(backup(volume, args, asking), asking.now()));
        });
        handlers.put("workflowStatus", this::status);
    }

    /** What is told of a volume in an environment. */
    static Map<String, @Nullable Object> instance(FakeRailwayVolume volume, Instant seen) {
        return object(
                "id", volume.instanceId(),
                "volumeId", volume.id(),
                "serviceId", volume.serviceId(seen),
                "environmentId", volume.environment().id(),
                "mountPath", volume.mountPath(),
                "region", volume.region(),
                "sizeMB", volume.sizeMb(),
                "currentSizeMB", volume.usedMb(),
                "state", volume.state(seen),
                "externalId", "vol_" + volume.instanceId().replace("-", ""),
                "isPendingDeletion", volume.isPendingDeletion(),
                "createdAt", volume.createdAt(),
                "deletedAt", volume.deletedAt(seen),
                "volume",
                        object(
                                "id", volume.id(),
                                "name", volume.name(),
                                "projectId", volume.environment().railway().projectId(),
                                "createdAt", volume.createdAt()));
    }

    private FakeRailwayVolume volume(Args args, Asking asking) {
        return volume(args.text("volumeInstanceId"), asking);
    }

    private FakeRailwayVolume volume(String id, Asking asking) {
        asking.caller().inProject();
        for (FakeRailwayEnvironment environment : railway.allEnvironments()) {
            for (FakeRailwayVolume one : environment.volumes.values()) {
                if (one.instanceId().equals(id)) {
                    environment(environment.id(), asking);
                    if (!one.isListed(asking.seen())) {
                        throw RailwayError.notAuthorized();
                    }
                    return one;
                }
            }
        }
        throw asking.caller().missing("VolumeInstance");
    }

    private static FakeRailwayVolume.Backup backup(FakeRailwayVolume volume, Args args, Asking asking) {
        return volume.backup(args.text("volumeInstanceBackupId"), asking.now()).orElseThrow(RailwayError::problem);
    }

    private static Object workflow(FakeRailwayVolume.Workflow workflow) {
        return object("workflowId", workflow.id());
    }

    private Object backups(Args args, Asking asking) {
        List<Object> all = new ArrayList<>();
        for (FakeRailwayVolume.Backup one : volume(args, asking).backups(asking.seen())) {
            if (one.isThere(asking.seen())) {
                all.add(object(
                        "id", one.id,
                        "name", one.name,
                        "createdAt", one.at,
                        "expiresAt", one.locked ? null : one.expiresAt,
                        "externalId", "bak_" + one.id.replace("-", ""),
                        "usedMB", one.usedMb,
                        "referencedMB", one.usedMb,
                        "volumeInstanceSizeMB", one.sizeMb,
                        "scheduleId", one.scheduleId,
                        "creatorId", one.scheduleId == null ? FakeRailway.uuid(0xa1, 1) : null));
            }
        }
        return all;
    }

    private Object schedules(Args args, Asking asking) {
        FakeRailwayVolume volume = volume(args, asking);
        List<Object> all = new ArrayList<>();
        for (String kind : new TreeSet<>(volume.schedules.at(asking.seen()))) {
            FakeRailwayVolume.Schedule schedule = FakeRailwayVolume.Schedule.valueOf(kind);
            all.add(object(
                    "id",
                    volume.scheduleId(kind),
                    "name",
                    kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT),
                    "kind",
                    kind,
                    "cron",
                    schedule.cron,
                    "retentionSeconds",
                    Math.toIntExact(schedule.retention.toSeconds()),
                    "createdAt",
                    volume.createdAt()));
        }
        return all;
    }

    private Object schedule(Args args, Asking asking) {
        volume(args, asking).schedules.put(asking.now(), Set.copyOf(args.texts("kinds")));
        return true;
    }

    private Object delete(Args args, Asking asking) {
        FakeRailwayVolume volume = volume(args, asking);
        FakeRailwayVolume.Backup backup = backup(volume, args, asking);
        if (backup.locked) {
            throw RailwayError.problem();
        }
        return workflow(volume.delete(backup, asking.now()));
    }

    private Object lock(Args args, Asking asking) {
        backup(volume(args, asking), args, asking).locked = true;
        return true;
    }

    private Object status(Args args, Asking asking) {
        asking.caller().inProject();
        FakeRailwayVolume.Workflow workflow = railway.workflows().get(args.text("workflowId"));
        if (workflow == null) {
            return object("status", "NotFound", "error", null);
        }
        String status = workflow.status(asking.seen());
        return object("status", status, "error", status.equals("Error") ? workflow.error() : null);
    }
}
