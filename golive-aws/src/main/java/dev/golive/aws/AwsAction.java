package dev.golive.aws;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.aws.internal.AwsProblem;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import java.util.LinkedHashSet;
import java.util.Set;

/** A change at one service of AWS. What stands between it and an answer is unknown, whether it looks or asks. */
abstract class AwsAction implements Action {

    private final Place place;
    private final Service service;
    private final Kind kind;
    private final String sentence;
    private final Set<Permission> permissions;

    AwsAction(Aws aws, Service service, Kind kind, String sentence, Set<Permission> permissions) {
        this(aws.place(), service, kind, sentence, permissions);
    }

    AwsAction(Place place, Service service, Kind kind, String sentence, Set<Permission> permissions) {
        this.place = place;
        this.service = service;
        this.kind = kind;
        this.sentence = sentence;
        this.permissions = Set.copyOf(permissions);
    }

    /** Looks whether the world is at the target. */
    abstract Observation look(Calls calls, ActionContext context) throws Exception;

    /** Sends the request. */
    abstract Receipt send(Calls calls, ActionContext context) throws Exception;

    /** The secrets that it reveals besides the credentials. */
    Set<Secret> reveals() {
        return Set.of();
    }

    @Override
    public String sentence() {
        return sentence;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Observation observe(ActionContext context) throws Exception {
        try {
            return place.ask(service, context, calls -> look(calls, context));
        } catch (AwsProblem e) {
            return Observation.unknown(e.why());
        }
    }

    @Override
    public Receipt apply(ActionContext context) throws Exception {
        return place.ask(service, context, calls -> send(calls, context));
    }

    @Override
    public Set<Permission> permissions() {
        return permissions;
    }

    @Override
    public Set<Subject> touches() {
        return place.touches();
    }

    @Override
    public Set<Secret> secrets() {
        Set<Secret> all = new LinkedHashSet<>(place.secrets());
        all.addAll(reveals());
        return all;
    }

    @Override
    public String toString() {
        return sentence;
    }
}
