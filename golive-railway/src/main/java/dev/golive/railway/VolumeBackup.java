package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Backup;
import dev.golive.railway.internal.VolumePort.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Makes a backup of a name. */
final class VolumeBackup extends VolumeAction {

    /** What is older was made for something else. */
    private static final Duration OURS = Duration.ofHours(24);

    private static final String BEGUN = "begun at";

    private final String name;

    VolumeBackup(RailwayVolume volume, String name) {
        super(
                volume,
                Kind.REVERSIBLE,
                "make backup " + name + " of " + volume,
                Operation.VOLUME_INSTANCE_BACKUP_LIST,
                Operation.VOLUME_INSTANCE_BACKUP_CREATE,
                Operation.WORKFLOW_STATUS);
        this.name = name;
    }

    @Override
    public Conduct conduct() {
        return Conduct.standard().deadline(Duration.ofMinutes(30)).observedEvery(Duration.ofSeconds(5));
    }

    @Override
    Observation look(Calls calls, Volume found, ActionContext context) throws Exception {
        Optional<Receipt> receipt = context.receipt();
        if (receipt.isPresent()) {
            Optional<Observation> open =
                    workflow(calls, "the backup", receipt.get().id());
            if (open.isPresent()) {
                return open.get();
            }
        }
        Optional<Backup> there = RailwayVolume.backups(calls, found).stream()
                .filter(one -> name.equals(one.name()))
                .max(Comparator.comparing(Backup::createdAt));
        if (there.isPresent() && isOurs(there.get(), receipt, calls)) {
            return Observation.atTarget(there.get() + " is complete");
        } else if (receipt.isPresent()) {
            return Observation.underWay("the backup is complete, and not listed yet");
        } else if (there.isPresent()) {
            return Observation.refused("there is an earlier " + there.get() + ": choose another name");
        }
        return found.isPendingDeletion()
                ? Observation.refused("the volume is about to be deleted")
                : Observation.notAtTarget("there is no backup of that name");
    }

    private static boolean isOurs(Backup backup, Optional<Receipt> receipt, Calls calls) {
        Instant from = receipt.map(Receipt::details)
                .map(details -> details.get(BEGUN))
                .map(Instant::parse)
                .orElseGet(() -> calls.context().time().now());
        return backup.createdAt().isAfter(from.minus(OURS));
    }

    @Override
    Receipt send(Calls calls, Volume found, ActionContext context) throws Exception {
        return new Receipt(
                VolumePort.of(calls).backup(found.id(), name),
                Map.of(BEGUN, context.time().now().toString()));
    }
}
