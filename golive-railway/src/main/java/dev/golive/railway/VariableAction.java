package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.provider.ProviderAction;
import dev.golive.railway.internal.Calls;
import java.util.Set;

/** What a public action is, without showing how it asks. */
abstract class VariableAction extends ProviderAction<Calls> {

    VariableAction(Railway railway, Kind kind, String sentence, Set<Permission> permissions) {
        super(railway.place(), kind, sentence, permissions);
    }

    abstract Observation seen(Calls calls, ActionContext context) throws Exception;

    abstract Receipt begin(Calls calls, ActionContext context) throws Exception;

    @Override
    protected final Observation look(Calls calls, ActionContext context) throws Exception {
        return seen(calls, context);
    }

    @Override
    protected final Receipt send(Calls calls, ActionContext context) throws Exception {
        return begin(calls, context);
    }
}
