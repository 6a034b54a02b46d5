package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.provider.ProviderAction;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Staged;
import dev.golive.railway.internal.VolumePort.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Commits a restore that is staged. It is known again by the id of what was staged, and by its message if the answer was
 * lost. The volume that takes the place of the old one may have another name: it is the one that the service has.
 */
final class VolumeRestoreCommit extends ProviderAction<Calls> {

    private static final String PATCH = "patch";
    private static final String SERVICE = "service";
    private static final String MOUNT = "mount";

    private final RailwayRestore restore;

    VolumeRestoreCommit(RailwayRestore restore) {
        super(
                restore.volume().railway().place(),
                Kind.DESTRUCTIVE,
                "commit the restore of " + restore,
                restore.volume()
                        .railway()
                        .permissions(restore.volume()
                                .looking(
                                        Operation.ENVIRONMENT_STAGED_CHANGES,
                                        Operation.ENVIRONMENT_PATCH_COMMIT_STAGED)));
        this.restore = restore;
    }

    @Override
    public Conduct conduct() {
        return Conduct.standard().deadline(Duration.ofMinutes(30)).observedEvery(Duration.ofSeconds(5));
    }

    @Override
    protected Observation look(Calls calls, ActionContext context) throws Exception {
        Staged staged = VolumePort.of(calls).staged();
        Optional<Receipt> receipt = context.receipt();
        boolean ours = message(context).equals(staged.message());
        if (receipt.isPresent()) {
            ours = staged.id().equals(receipt.get().details().get(PATCH));
            if (!ours) {
                // what is told now came after ours, which can no longer be taken back
                return volume(calls, receipt.get().details());
            }
        }
        return switch (staged.status()) {
            case StagedChanges.STAGED -> {
                if (staged.error() != null) {
                    yield Observation.refused("what is staged could not be applied: " + staged.error());
                }
                yield receipt.isPresent()
                        ? Observation.underWay("what is staged is not applied yet")
                        : ready(calls, staged);
            }
            case StagedChanges.APPLYING -> Observation.underWay("what was staged is being applied");
            case StagedChanges.COMMITTED ->
                ours
                        ? volume(calls, receipt.map(Receipt::details).orElse(Map.of()))
                        : Observation.refused("nothing is staged: stage the restore first");
            default -> throw StagedChanges.unknown(staged);
        };
    }

    /** Whether what is staged is a volume for the service that has this one, and nothing else. */
    private Observation ready(Calls calls, Staged staged) throws InterruptedException {
        if (staged.isEmpty()) {
            return Observation.refused("nothing is staged: stage the restore first");
        }
        Optional<Volume> found = restore.volume().find(calls);
        if (found.isEmpty()) {
            return Observation.refused("there is no " + restore.volume());
        }
        String service = found.get().serviceId();
        List<String> others = new ArrayList<>(staged.parts());
        others.remove("volumes");
        if (service != null) {
            others.remove(Staged.of("volumeMounts", service));
        }
        if (!others.isEmpty() || !staged.parts().contains("volumes")) {
            return Observation.refused("what is staged is not the restore alone, and all of it would be committed: "
                    + StagedChanges.parts(staged));
        }
        return Observation.notAtTarget("the restore is staged");
    }

    /** Whether the volume is ready that the service has now, where it had the old one. */
    private Observation volume(Calls calls, Map<String, String> before) throws InterruptedException {
        Optional<Volume> found = before.containsKey(SERVICE)
                ? VolumePort.of(calls).volumes().stream()
                        .filter(one -> !one.isPendingDeletion()
                                && Objects.equals(one.serviceId(), before.get(SERVICE))
                                && one.mountPath().equals(before.get(MOUNT)))
                        .findFirst()
                : restore.volume().find(calls);
        if (found.isEmpty()) {
            return Observation.underWay("the restored volume is not mounted yet");
        }
        String state = RailwayVolume.state(found.get());
        String words = "the restored volume " + found.get().volumeId() + " is " + state;
        if (state.equals("READY")) {
            return Observation.atTarget(words);
        }
        return state.equals("ERROR") ? Observation.refused(words) : Observation.underWay(words);
    }

    @Override
    protected Receipt send(Calls calls, ActionContext context) throws Exception {
        Staged staged = VolumePort.of(calls).staged();
        Observation ready = ready(calls, staged);
        if (!staged.status().equals(StagedChanges.STAGED) || ready.state() != Observation.State.NOT_AT_TARGET) {
            throw new GoLiveException(ready.found());
        }
        Volume found =
                restore.volume().find(calls).orElseThrow(() -> new GoLiveException("there is no " + restore.volume()));
        Map<String, String> details = found.serviceId() == null
                ? Map.of(PATCH, staged.id())
                : Map.of(PATCH, staged.id(), SERVICE, found.serviceId(), MOUNT, found.mountPath());
        return new Receipt(VolumePort.of(calls).commit(message(context)), details);
    }

    /** The same for all attempts of a launch, so that what was committed is known again. */
    private String message(ActionContext context) {
        return "golive " + context.idempotencyKey();
    }
}
