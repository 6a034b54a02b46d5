package dev.golive.rollback;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Conditions joined in Kleene's logic. */
final class CombinedTrigger extends Trigger {

    enum Kind {
        ANY,
        ALL,
        NOT
    }

    final Kind kind;
    final Duration within;
    final List<Trigger> conditions;

    private CombinedTrigger(Kind kind, Duration within, List<Trigger> conditions, Options options) {
        super(options);
        this.kind = kind;
        this.within = within;
        this.conditions = conditions;
    }

    static CombinedTrigger of(Kind kind, Duration within, List<Trigger> conditions) {
        return new CombinedTrigger(kind, within, conditions, Options.STANDARD);
    }

    @Override
    public String sentence() {
        String all = conditions.stream()
                .map(condition -> condition instanceof CombinedTrigger combined && combined.kind != Kind.NOT
                        ? "(" + condition.sentence() + ")"
                        : condition.sentence())
                .collect(Collectors.joining(kind == Kind.ANY ? " or " : " and "));
        return kind == Kind.NOT
                ? "not (" + conditions.get(0).sentence() + ")"
                : kind == Kind.ALL && !within.isZero() ? all + ", within " + text(within) : all;
    }

    @Override
    public Set<Signal> signals() {
        Set<Signal> all = new LinkedHashSet<>();
        conditions.forEach(condition -> all.addAll(condition.signals()));
        return all;
    }

    @Override
    String settings() {
        return conditions.stream().map(Trigger::inFull).collect(Collectors.joining("; ", "", "; ")) + super.settings();
    }

    @Override
    CombinedTrigger with(Options changed) {
        return new CombinedTrigger(kind, within, conditions, changed);
    }

    @Override
    public Trigger whenMissing(MissingData policy) {
        return each(condition -> condition.whenMissing(policy));
    }

    @Override
    public Trigger maxGap(Duration gap) {
        return each(condition -> condition.maxGap(gap));
    }

    @Override
    public Trigger maxUnknown(Duration span) {
        return each(condition -> condition.maxUnknown(span));
    }

    private Trigger each(java.util.function.UnaryOperator<Trigger> change) {
        return new CombinedTrigger(kind, within, conditions.stream().map(change).toList(), options);
    }

    @Override
    boolean blocksLaunch() {
        return super.blocksLaunch() || conditions.stream().anyMatch(Trigger::blocksLaunch);
    }

    @Override
    public boolean isOnSomethingElse() {
        return super.isOnSomethingElse() || conditions.stream().anyMatch(Trigger::isOnSomethingElse);
    }

    @Override
    Progress begin(Setting setting) {
        Setting inside = setting.inside(options);
        return CombinedProgress.begin(
                this,
                conditions.stream().map(condition -> condition.begin(inside)).toList(),
                inside);
    }
}
