package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.provider.ProviderAction;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Volume;
import dev.golive.railway.internal.VolumePort.Workflow;
import java.util.Optional;

/** A change of a volume that is there. */
abstract class VolumeAction extends ProviderAction<Calls> {

    private final RailwayVolume volume;

    VolumeAction(RailwayVolume volume, Kind kind, String sentence, Operation... more) {
        super(volume.railway().place(), kind, sentence, volume.railway().permissions(volume.looking(more)));
        this.volume = volume;
    }

    abstract Observation look(Calls calls, Volume found, ActionContext context) throws Exception;

    abstract Receipt send(Calls calls, Volume found, ActionContext context) throws Exception;

    @Override
    protected final Observation look(Calls calls, ActionContext context) throws Exception {
        Optional<Volume> found = volume.find(calls);
        return found.isEmpty() ? Observation.refused("there is no " + volume) : look(calls, found.get(), context);
    }

    @Override
    protected final Receipt send(Calls calls, ActionContext context) throws Exception {
        Volume found = volume.find(calls).orElseThrow(() -> new GoLiveException("there is no " + volume));
        Observation ready = look(calls, found, context);
        if (ready.state() != Observation.State.NOT_AT_TARGET) {
            throw new GoLiveException(ready.found());
        }
        return send(calls, found, context);
    }

    /** How far what was begun is; empty if it is complete. */
    static Optional<Observation> workflow(Calls calls, String what, String id) throws InterruptedException {
        Workflow workflow = VolumePort.of(calls).workflow(id);
        return switch (workflow.status()) {
            case "Complete" -> Optional.empty();
            case "Running" -> Optional.of(Observation.underWay(what + " is under way"));
            // said of what has just been begun, too
            case "NotFound" -> Optional.of(Observation.underWay(what + " is not known yet"));
            case "Error" ->
                Optional.of(Observation.refused(
                        what + " failed: " + (workflow.error() == null ? "no reason given" : workflow.error())));
            default -> Optional.of(Observation.unknown(what + " is in a state that is not known"));
        };
    }
}
