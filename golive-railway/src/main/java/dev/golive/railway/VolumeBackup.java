package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.provider.ApiProblem;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Problems;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Backup;
import dev.golive.railway.internal.VolumePort.Volume;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a backup of a name. It knows its own by what was not there before the request: one of the same name from an earlier
 * launch never passes for it, so that it is not begun again without being asked for.
 */
final class VolumeBackup extends VolumeAction {

    /** The backups of that name that there were before. */
    private static final String KNOWN = "known backups";

    /** What a receipt has for an id if the answer was lost. */
    private static final String LOST = "the answer was lost";

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
    public boolean isConvergent() {
        return false;
    }

    @Override
    Observation look(Calls calls, Volume found, ActionContext context) throws Exception {
        Optional<Receipt> receipt = context.receipt();
        if (receipt.isPresent()) {
            return afterwards(calls, found, receipt.get());
        } else if (found.isPendingDeletion()) {
            return Observation.refused("the volume is about to be deleted");
        }
        int before = named(calls, found).size();
        return Observation.notAtTarget("this launch has made no backup of that name"
                + (before == 0 ? "" : "; there are " + before + " from before, which do not count"));
    }

    private Observation afterwards(Calls calls, Volume found, Receipt receipt) throws InterruptedException {
        boolean lost = receipt.id().equals(LOST);
        if (!lost) {
            Optional<Observation> open = workflow(calls, "the backup", receipt.id());
            if (open.isPresent()) {
                return open.get();
            }
        }
        List<String> known = List.of(receipt.details().getOrDefault(KNOWN, "").split(" "));
        Optional<Backup> own = named(calls, found).stream()
                .filter(one -> !known.contains(one.id()))
                .max(Comparator.comparing(Backup::createdAt));
        if (own.isEmpty()) {
            return Observation.underWay(
                    lost
                            ? "the answer to the request was lost, and the backup is not listed yet"
                            : "the backup is complete, and not listed yet");
        }
        calls.remember(key(found, name), own.get().id());
        return Observation.atTarget(own.get() + " is complete");
    }

    private List<Backup> named(Calls calls, Volume found) throws InterruptedException {
        return RailwayVolume.backups(calls, found).stream()
                .filter(one -> name.equals(one.name()))
                .toList();
    }

    private static String key(Volume found, String name) {
        return "made backup " + found.id() + " " + name;
    }

    /** The id of the backup of a name that was made in this session. */
    static Optional<String> made(Calls calls, Volume found, String name) {
        return calls.remembered(key(found, name), String.class);
    }

    @Override
    Receipt send(Calls calls, Volume found, ActionContext context) throws Exception {
        Map<String, String> details = Map.of(
                KNOWN,
                String.join(" ", named(calls, found).stream().map(Backup::id).toList()));
        try {
            return new Receipt(VolumePort.of(calls).backup(found.id(), name), details);
        } catch (ApiProblem e) {
            if (!e.isAmbiguous() || Problems.isItsAnswer(e)) {
                throw e;
            }
            return new Receipt(LOST, details);
        }
    }
}
