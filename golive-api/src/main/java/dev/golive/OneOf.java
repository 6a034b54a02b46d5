package dev.golive;

import dev.golive.internal.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Several ways to one end. The engine performs one of them, never this itself. */
final class OneOf implements Action {

    private final List<Action> ways;

    OneOf(Action preferred, Action other, List<Action> more) {
        List<Action> all = new ArrayList<>();
        all.add(Arguments.given(preferred, "preferred"));
        all.add(Arguments.given(other, "other"));
        all.addAll(more);
        Set<String> ids = new LinkedHashSet<>();
        for (Action way : all) {
            if (!way.alternatives().isEmpty()) {
                throw new IllegalArgumentException("an alternative must not have alternatives itself: " + way);
            }
            if (!ids.add(way.id())) {
                throw new IllegalArgumentException("alternatives must have different ids, but two have " + way.id());
            }
        }
        this.ways = List.copyOf(all);
    }

    @Override
    public List<Action> alternatives() {
        return ways;
    }

    @Override
    public String sentence() {
        return ways.stream().map(Action::sentence).collect(Collectors.joining(", or else "));
    }

    @Override
    public Kind kind() {
        return ways.stream().anyMatch(way -> way.kind() == Kind.DESTRUCTIVE) ? Kind.DESTRUCTIVE : Kind.REVERSIBLE;
    }

    @Override
    public Conduct conduct() {
        return ways.get(0).conduct();
    }

    @Override
    public boolean isConvergent() {
        return ways.stream().allMatch(Action::isConvergent);
    }

    @Override
    public boolean migratesSchema() {
        return ways.stream().anyMatch(Action::migratesSchema);
    }

    @Override
    public Observation observe(ActionContext context) throws Exception {
        throw new UnsupportedOperationException("one of the alternatives is observed, not all of them as one");
    }

    @Override
    public Receipt apply(ActionContext context) throws Exception {
        throw new UnsupportedOperationException("one of the alternatives is applied, not all of them as one");
    }

    @Override
    public Set<Permission> permissions() {
        return all(Action::permissions);
    }

    @Override
    public Set<Subject> touches() {
        return all(Action::touches);
    }

    @Override
    public Set<Secret> secrets() {
        return all(Action::secrets);
    }

    private <E> Set<E> all(Function<Action, Set<E>> part) {
        return ways.stream().flatMap(way -> part.apply(way).stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return sentence();
    }
}
