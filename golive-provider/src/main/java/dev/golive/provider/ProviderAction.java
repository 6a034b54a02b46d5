package dev.golive.provider;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Subject;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A change at a provider. What stands between it and an answer is unknown, whether it looks or asks. Subclasses are
 * immutable and thread-safe.
 *
 * @param <C> the calls that can be made there
 */
public abstract class ProviderAction<C> implements Action {

    private final Place<C> place;
    private final Kind kind;
    private final String sentence;
    private final Set<Permission> permissions;

    /**
     * An action.
     *
     * @param place where it asks
     * @param kind whether it can be taken back
     * @param sentence what is done, as an imperative
     * @param permissions what must be allowed
     */
    protected ProviderAction(Place<C> place, Kind kind, String sentence, Set<Permission> permissions) {
        this.place = Given.notNull(place, "place");
        this.kind = Given.notNull(kind, "kind");
        this.sentence = Given.text(sentence, "sentence");
        this.permissions = Set.copyOf(permissions);
    }

    /**
     * Looks whether the world is at the target.
     *
     * @param calls the way to look
     * @param context the attempt
     * @return what was found
     * @throws Exception counts as unknown
     */
    protected abstract Observation look(C calls, ActionContext context) throws Exception;

    /**
     * Sends the request.
     *
     * @param calls the way to send
     * @param context the attempt
     * @return what the provider answered
     * @throws Exception fails the attempt
     */
    protected abstract Receipt send(C calls, ActionContext context) throws Exception;

    /**
     * The secrets that it reveals besides the credential.
     *
     * @return none unless said otherwise
     */
    protected Set<Secret> reveals() {
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
            return place.ask(context, calls -> look(calls, context));
        } catch (ApiProblem e) {
            return Observation.unknown(e.why());
        }
    }

    @Override
    public Receipt apply(ActionContext context) throws Exception {
        return place.ask(context, calls -> send(calls, context));
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
