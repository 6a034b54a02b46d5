package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.ProviderAction;
import dev.golive.provider.Words;
import dev.golive.railway.RailwayRestore.Ready;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Problems;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Replacement;
import dev.golive.railway.internal.VolumePort.Staged;
import dev.golive.railway.internal.VolumePort.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commits what was staged in the same run. It is known again by the volume that the service has then, and after a crash by
 * its message.
 */
final class VolumeRestoreCommit extends ProviderAction<Calls> {

    private static final String PATCH = "patch";
    private static final String OLD = "old volume";
    private static final String NEW = "new volume";
    private static final String SERVICE = "service";
    private static final String MOUNT = "mount";
    private static final String ASKED = "asked";
    private static final String KEY = "key";

    /** What a receipt has for an id if the answer was lost. */
    private static final String LOST = "the answer was lost";

    /** Lists are behind by half a minute at most; what is still staged after this was never committed. */
    private static final Duration LATEST = Duration.ofMinutes(2);

    /** What was asked for in this session, also if there is no receipt of it. */
    private record Asked(Map<String, String> details) {}

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
        Optional<Map<String, String>> asked = receipt.isPresent()
                ? receipt.map(Receipt::details)
                : calls.remembered(key(calls), Asked.class)
                        .map(Asked::details)
                        .filter(details -> context.idempotencyKey().equals(details.get(KEY)));
        boolean lost = receipt.map(one -> one.id().equals(LOST)).orElse(true);
        if (asked.isPresent()) {
            boolean isStillTold = staged.id().equals(asked.get().get(PATCH));
            // what is told after ours can no longer take it back
            return isStillTold
                    ? afterwards(calls, staged, asked.get(), receipt.isPresent(), lost)
                    : mounted(calls, asked.get());
        }
        boolean ours = message(context).equals(staged.message());
        return switch (staged.status()) {
            case StagedChanges.STAGED -> ready(calls, staged);
            case StagedChanges.APPLYING -> Observation.underWay("what was staged is being applied");
            case StagedChanges.COMMITTED ->
                ours
                        ? mounted(calls, details(staged))
                        : Observation.refused("nothing is staged: stage the restore first");
            default -> throw StagedChanges.unknown(staged);
        };
    }

    /** What this launch has committed, by what Railway tells of it after a crash. */
    private static Map<String, String> details(Staged staged) {
        Replacement made = staged.replacement()
                .orElseThrow(() -> ApiProblem.undecided("Railway does not tell what was committed"));
        return Map.of(NEW, made.volumeId(), SERVICE, made.serviceId(), MOUNT, made.mountPath());
    }

    private Observation afterwards(
            Calls calls, Staged staged, Map<String, String> asked, boolean isAnswered, boolean lost)
            throws InterruptedException {
        return switch (staged.status()) {
            case StagedChanges.STAGED -> {
                if (staged.error() != null) {
                    yield Observation.refused("what is staged could not be applied: " + staged.error());
                } else if (!isAnswered) {
                    yield ready(calls, staged);
                }
                Instant since = Instant.parse(asked.getOrDefault(ASKED, Instant.MAX.toString()));
                boolean late = calls.context().time().now().isAfter(since.plus(LATEST));
                yield lost && late
                        ? Observation.refused("the answer to the request was lost, and the restore is still staged:"
                                + " somebody has to commit or discard it")
                        : Observation.underWay("what is staged is not applied yet");
            }
            case StagedChanges.APPLYING -> Observation.underWay("what was staged is being applied");
            case StagedChanges.COMMITTED -> mounted(calls, asked);
            default -> throw StagedChanges.unknown(staged);
        };
    }

    /** Whether what is staged is what this run has staged for this restore, and nothing else. */
    private Observation ready(Calls calls, Staged staged) throws InterruptedException {
        if (staged.isEmpty()) {
            return Observation.refused("nothing is staged: stage the restore first");
        } else if (staged.error() != null) {
            return Observation.refused("what is staged could not be applied: " + staged.error());
        }
        String all = ", and all of it would be committed: " + StagedChanges.parts(staged);
        Optional<Ready> own = restore.remembered(calls);
        if (own.isEmpty() || !own.get().patchId().equals(staged.id())) {
            return Observation.refused(
                    "something is staged of which this run does not know that it is the restore, since"
                            + " somebody else staged it, or since golive was started anew" + all
                            + "; look at it, and commit or discard it by hand");
        } else if (!restore.isMeant(own.get())) {
            return Observation.refused(
                    "what is staged is another restore, that of " + own.get().what());
        } else if (!staged.replacement().equals(Optional.of(own.get().made()))) {
            return Observation.refused("what is staged is not the restore alone" + all);
        }
        Replacement made = own.get().made();
        List<String> there = mountedAt(calls, made.serviceId(), made.mountPath()).stream()
                .map(Volume::volumeId)
                .toList();
        return there.equals(List.of(own.get().oldVolumeId()))
                ? Observation.notAtTarget("the restore is staged")
                : Observation.refused("the volume whose place is to be taken is no longer mounted at "
                        + Words.line(made.mountPath()) + ", or not alone");
    }

    private static List<Volume> mountedAt(Calls calls, String service, String path) throws InterruptedException {
        return VolumePort.of(calls).volumes().stream()
                .filter(one -> !one.isPendingDeletion()
                        && service.equals(one.serviceId())
                        && one.mountPath().equals(path))
                .toList();
    }

    /** Whether the service has the new volume where it had the old one, and it is ready. */
    private static Observation mounted(Calls calls, Map<String, String> asked) throws InterruptedException {
        List<Volume> found = mountedAt(calls, asked.getOrDefault(SERVICE, ""), asked.getOrDefault(MOUNT, ""));
        String made = asked.getOrDefault(NEW, "");
        String old = asked.getOrDefault(OLD, "");
        for (Volume one : found) {
            if (!one.volumeId().equals(made)) {
                String words = "volume " + Words.line(one.volumeId()) + " is mounted, and not the restored volume ";
                return old.isEmpty() || one.volumeId().equals(old)
                        ? Observation.underWay(words + Words.line(made) + " alone yet")
                        : Observation.refused(words + Words.line(made) + ": somebody has mounted another one");
            }
        }
        if (found.isEmpty()) {
            return Observation.underWay("the restored volume is not mounted yet");
        }
        String state = RailwayVolume.state(found.get(0));
        String words = "the restored volume " + Words.line(made) + " is " + state;
        if (state.equals("READY")) {
            return Observation.atTarget(words);
        }
        return state.equals("ERROR") ? Observation.refused(words) : Observation.underWay(words);
    }

    @Override
    protected Receipt send(Calls calls, ActionContext context) throws Exception {
        Staged staged = VolumePort.of(calls).staged();
        Observation ready = staged.status().equals(StagedChanges.STAGED)
                ? ready(calls, staged)
                : Observation.refused("nothing is staged: stage the restore first");
        Optional<Ready> own = restore.remembered(calls);
        if (own.isEmpty() || ready.state() != Observation.State.NOT_AT_TARGET) {
            throw new GoLiveException(ready.found());
        }
        Replacement made = own.get().made();
        Map<String, String> details = Map.of(
                PATCH,
                staged.id(),
                OLD,
                own.get().oldVolumeId(),
                NEW,
                made.volumeId(),
                SERVICE,
                made.serviceId(),
                MOUNT,
                made.mountPath(),
                ASKED,
                context.time().now().toString(),
                KEY,
                context.idempotencyKey());
        calls.remember(key(calls), new Asked(details));
        try {
            return new Receipt(VolumePort.of(calls).commit(message(context)), details);
        } catch (ApiProblem e) {
            if (!e.isAmbiguous() || Problems.isItsAnswer(e)) {
                throw e;
            }
            return new Receipt(LOST, details);
        }
    }

    private static String key(Calls calls) throws InterruptedException {
        return "asked to commit a restore in " + calls.scope().environmentId();
    }

    /** The same for all attempts of a launch, so that what was committed is known again. */
    private String message(ActionContext context) {
        return "golive " + context.idempotencyKey();
    }
}
