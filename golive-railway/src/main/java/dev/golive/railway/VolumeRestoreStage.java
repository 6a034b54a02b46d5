package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.provider.Words;
import dev.golive.railway.RailwayRestore.Choice;
import dev.golive.railway.RailwayRestore.Ready;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Backup;
import dev.golive.railway.internal.VolumePort.Replacement;
import dev.golive.railway.internal.VolumePort.Staged;
import dev.golive.railway.internal.VolumePort.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Stages a restore. It is known again by its workflow only, so that it is not begun twice. */
final class VolumeRestoreStage extends VolumeAction {

    private static final String BACKUP = "backup";
    private static final String BACKUP_ID = "backup id";
    private static final String SERVICE = "service";
    private static final String MOUNT = "mount";
    private static final String OLD = "old volume";

    /** The volumes that there were before. */
    private static final String KNOWN = "known volumes";

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
            return afterwards(calls, port.staged(), receipt.get().details());
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
        if (found.serviceId() == null) {
            return Observation.refused("no service mounts the volume, so that nothing can take its place");
        }
        Choice choice = restore.choose(calls, found);
        return choice.backup() == null
                ? Observation.refused(choice.why())
                : Observation.notAtTarget("nothing is staged, and there is " + choice.backup());
    }

    /** What has come of it: it is staged, and nothing else is. */
    private Observation afterwards(Calls calls, Staged staged, Map<String, String> asked) throws InterruptedException {
        switch (staged.status()) {
            case StagedChanges.STAGED -> {
                if (staged.isEmpty()) {
                    return Observation.underWay("the restore is complete, and not staged yet");
                }
            }
            case StagedChanges.APPLYING, StagedChanges.COMMITTED -> {
                return Observation.underWay("the restore is complete, and not staged yet");
            }
            default -> throw StagedChanges.unknown(staged);
        }
        String old = asked.getOrDefault(OLD, "");
        Replacement made = staged.replacement().orElse(null);
        boolean ours = made != null
                && made.serviceId().equals(asked.get(SERVICE))
                && made.mountPath().equals(asked.get(MOUNT))
                && Set.of(old).containsAll(made.unmounted())
                && !List.of(asked.getOrDefault(KNOWN, "").split(" ")).contains(made.volumeId());
        if (made == null || !ours) {
            return Observation.refused("what is staged is not the restore alone, and all of it would be committed: "
                    + StagedChanges.parts(staged) + "; look at it and discard it");
        }
        restore.remember(
                calls, new Ready(restore.toString(), asked.getOrDefault(BACKUP_ID, ""), staged.id(), old, made));
        return Observation.atTarget(asked.getOrDefault(BACKUP, "the backup") + " is staged as volume "
                + Words.line(made.volumeId()) + ": " + StagedChanges.parts(staged));
    }

    @Override
    Receipt send(Calls calls, Volume found, ActionContext context) throws Exception {
        Choice choice = restore.choose(calls, found);
        Backup backup = choice.backup();
        if (backup == null) {
            throw new GoLiveException(choice.why());
        }
        Set<String> known = new TreeSet<>();
        VolumePort.of(calls).volumes().forEach(one -> known.add(one.volumeId()));
        Map<String, String> details = Map.of(
                BACKUP,
                backup.toString(),
                BACKUP_ID,
                backup.id(),
                SERVICE,
                Objects.requireNonNull(found.serviceId()),
                MOUNT,
                found.mountPath(),
                OLD,
                found.volumeId(),
                KNOWN,
                String.join(" ", known));
        return new Receipt(VolumePort.of(calls).restore(found.id(), backup.id()), details);
    }
}
