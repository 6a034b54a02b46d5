package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Schedule;
import dev.golive.railway.internal.VolumePort.Volume;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Says when backups are made. */
final class VolumeSchedule extends VolumeAction {

    private final Set<BackupKind> kinds;

    VolumeSchedule(RailwayVolume volume, Set<BackupKind> kinds) {
        super(
                volume,
                Kind.REVERSIBLE,
                "schedule " + RailwayVolume.Schedules.words(kinds) + " backups of " + volume,
                Operation.VOLUME_INSTANCE_BACKUP_SCHEDULE_LIST,
                Operation.VOLUME_INSTANCE_BACKUP_SCHEDULE_UPDATE);
        this.kinds = EnumSet.copyOf(kinds);
    }

    @Override
    Observation look(Calls calls, Volume found, ActionContext context) throws Exception {
        List<Schedule> all = VolumePort.of(calls).schedules(found.id());
        Set<BackupKind> there = EnumSet.noneOf(BackupKind.class);
        all.forEach(one -> BackupKind.of(one).ifPresent(there::add));
        String words = "backup schedules: " + RailwayVolume.Schedules.found(all);
        boolean same = there.equals(kinds)
                && all.stream().allMatch(one -> BackupKind.of(one).isPresent());
        if (same) {
            return Observation.atTarget(words);
        }
        return context.receipt().isPresent() ? Observation.underWay(words) : Observation.notAtTarget(words);
    }

    @Override
    Receipt send(Calls calls, Volume found, ActionContext context) throws Exception {
        VolumePort.of(calls)
                .schedule(found.id(), kinds.stream().map(BackupKind::name).toList());
        return Receipt.of("schedules of " + found.id());
    }
}
