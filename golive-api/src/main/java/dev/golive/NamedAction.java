package dev.golive;

import java.util.List;
import java.util.Set;

/** An action under another id, with another conduct or with tags. */
class NamedAction implements Action {

    private final Action action;
    private final String id;
    private final Conduct conduct;
    private final Set<String> tags;

    NamedAction(Action action, String id, Conduct conduct, Set<String> tags) {
        // one wrapper is enough, however many options were given
        this.action = action instanceof NamedAction named ? named.action : action;
        this.id = id;
        this.conduct = conduct;
        this.tags = tags;
    }

    Action inner() {
        return action;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Conduct conduct() {
        return conduct;
    }

    @Override
    public Set<String> tags() {
        return tags;
    }

    @Override
    public String sentence() {
        return action.sentence();
    }

    @Override
    public Kind kind() {
        return action.kind();
    }

    @Override
    public Observation observe(ActionContext context) throws Exception {
        return action.observe(context);
    }

    @Override
    public Receipt apply(ActionContext context) throws Exception {
        return action.apply(context);
    }

    @Override
    public boolean isConvergent() {
        return action.isConvergent();
    }

    @Override
    public boolean migratesSchema() {
        return action.migratesSchema();
    }

    @Override
    public List<Action> alternatives() {
        return action.alternatives();
    }

    @Override
    public Set<Permission> permissions() {
        return action.permissions();
    }

    @Override
    public Set<Subject> touches() {
        return action.touches();
    }

    @Override
    public Set<Secret> secrets() {
        return action.secrets();
    }

    @Override
    public String toString() {
        return sentence();
    }
}
