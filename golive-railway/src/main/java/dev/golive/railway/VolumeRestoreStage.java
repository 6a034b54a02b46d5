package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.railway.RailwayRestore.Choice;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Backup;
import dev.golive.railway.internal.VolumePort.Staged;
import dev.golive.railway.internal.VolumePort.Volume;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Stages a restore. It is known again by its workflow only, so that it is not begun twice. */
final class VolumeRestoreStage extends VolumeAction {

    private static final String BACKUP = "backup";

    private final RailwayRestore restore;

    VolumeRestoreStage(RailwayRestore restore) {
        super(
                restore.volume(),
                Kind.DESTRUCTIVE,
                "stage the restore of " + restore,
                Operation.VOLUME_INSTANCE_BACKUP_LIST,
                Operation.ENVIRONMENT_STAGED_CHANGES,
                Operation.VOLUME_INSTANCE_BACKUP_RESTORE,
                Operation.WORKFLOW_STATUS);
        this.restore = restore;
    }

    @Override
    public Conduct conduct() {
        return Conduct.standard().deadline(Duration.ofHours(1)).observedEvery(Duration.ofSeconds(5));
    }

    @Override
    public boolean isConvergent() {
        return false;
    }

    @Override
    Observation look(Calls calls, Volume found, ActionContext context) throws Exception {
        VolumePort port = VolumePort.of(calls);
        Optional<Receipt> receipt = context.receipt();
        if (receipt.isPresent()) {
            Optional<Observation> open =
                    workflow(calls, "the restore", receipt.get().id());
            if (open.isPresent()) {
                return open.get();
            }
            Staged staged = port.staged();
            return staged.status().equals(StagedChanges.STAGED) && !staged.isEmpty()
                    ? Observation.atTarget(receipt.get().details().getOrDefault(BACKUP, "the backup") + " is staged: "
                            + StagedChanges.parts(staged))
                    : Observation.underWay("the restore is complete, and not staged yet");
        }
        Staged staged = port.staged();
        switch (staged.status()) {
            case StagedChanges.STAGED -> {
                if (!staged.isEmpty()) {
                    return Observation.refused("something is staged already, which would be committed as well: "
                            + StagedChanges.parts(staged) + "; commit or discard it first");
                }
            }
            case StagedChanges.APPLYING -> {
                return Observation.underWay("staged changes are just being applied, which has to end first");
            }
            case StagedChanges.COMMITTED -> {}
            default -> throw StagedChanges.unknown(staged);
        }
        String state = RailwayVolume.state(found);
        if (found.isPendingDeletion() || state.equals("ERROR") || state.startsWith("DELET")) {
            return Observation.refused("the volume is " + (found.isPendingDeletion() ? "about to be deleted" : state));
        } else if (!state.equals("READY")) {
            return Observation.underWay("the volume is " + state + ", which has to end first");
        }
        Choice choice = restore.choose(calls, found);
        return choice.backup() == null
                ? Observation.refused(choice.why())
                : Observation.notAtTarget("nothing is staged, and there is " + choice.backup());
    }

    @Override
    Receipt send(Calls calls, Volume found, ActionContext context) throws Exception {
        Choice choice = restore.choose(calls, found);
        Backup backup = choice.backup();
        if (backup == null) {
            throw new GoLiveException(choice.why());
        }
        return new Receipt(VolumePort.of(calls).restore(found.id(), backup.id()), Map.of(BACKUP, backup.toString()));
    }
}
