package dev.golive.aws;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import java.util.List;
import java.util.Set;

/** One service of a place, as checks and actions of providers see it. */
record ServicePlace(Place place, Service service) implements dev.golive.provider.Place<Calls> {

    @Override
    public <T> T ask(CheckContext context, Asking<Calls, T> asking) throws Exception {
        return place.ask(service, context, asking::ask);
    }

    @Override
    public List<Check> preconditions(Check check) {
        return place.preconditions(check);
    }

    @Override
    public Set<Secret> secrets() {
        return place.secrets();
    }

    @Override
    public Set<Subject> touches() {
        return place.touches();
    }
}
