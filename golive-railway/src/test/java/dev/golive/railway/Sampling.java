package dev.golive.railway;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.MetricSource.Counts;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a watch does with a source. */
record Sampling(MetricSource source, Instant from, Instant to, AtomicReference<@Nullable Counts> counts)
        implements Check {

    @Override
    public String sentence() {
        return "the counts of " + source.id();
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        counts.set(source.between(from, to, context));
        return Outcome.passed();
    }

    @Override
    public Set<Subject> touches() {
        return source.touches();
    }

    @Override
    public Set<Secret> secrets() {
        return source.secrets();
    }

    @Override
    public Set<Permission> permissions() {
        return source.permissions();
    }
}
