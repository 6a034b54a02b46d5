package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ProviderAction;
import java.util.Set;

/** A change at one service of AWS. */
abstract class AwsAction extends ProviderAction<Calls> {

    AwsAction(Aws aws, Service service, Kind kind, String sentence, Set<Permission> permissions) {
        this(aws.place(), service, kind, sentence, permissions);
    }

    AwsAction(Place place, Service service, Kind kind, String sentence, Set<Permission> permissions) {
        super(new ServicePlace(place, service), kind, sentence, permissions);
    }

    // not those of the super class, which would show the calls to whoever looks at a public action

    /** Looks whether the world is at the target. */
    abstract Observation seen(Calls calls, ActionContext context) throws Exception;

    /** Sends the request. */
    abstract Receipt sent(Calls calls, ActionContext context) throws Exception;

    @Override
    protected final Observation look(Calls calls, ActionContext context) throws Exception {
        return seen(calls, context);
    }

    @Override
    protected final Receipt send(Calls calls, ActionContext context) throws Exception {
        return sent(calls, context);
    }
}
