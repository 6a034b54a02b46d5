package dev.golive;

import java.util.List;
import java.util.Set;

/** An action under another id or with another conduct. */
class NamedAction implements Action {

    private final Action action;
    private final String id;
    private final Conduct conduct;

    NamedAction(Action action, String id, Conduct conduct) {
        // one wrapper is enough, however many options were given
        this.action = action instanceof NamedAction named ? named.action : action;
        this.id = id;
        this.conduct = conduct;
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
