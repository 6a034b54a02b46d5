package dev.golive.testkit;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.rollback.MetricSource;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks a source of metrics once, as a watch does, for tests of sources: as a check, which {@link Examine} examines with
 * everything that a run gives to a source.
 *
 * <pre>{@code
 * Sampling sampling = Sampling.of(source, slot, slot.plus(source.slot()));
 * Outcome outcome = Examine.once(sampling).through(network).on(time).outcome();
 * assertThat(sampling.counts()).contains(Counts.of(6, 120));
 * }</pre>
 *
 * <p>The check has passed if the source had an answer, whatever that is. Thread-safe.
 */
public final class Sampling implements Check {

    private final MetricSource source;
    private final Instant from;
    private final Instant to;
    private final AtomicReference<MetricSource.@Nullable Counts> counts = new AtomicReference<>();

    private Sampling(MetricSource source, Instant from, Instant to) {
        this.source = source;
        this.from = from;
        this.to = to;
    }

    /**
     * Asks for the numbers of a span.
     *
     * @param source the source
     * @param from the beginning of the span
     * @param to the end of the span
     * @return the check
     */
    public static Sampling of(MetricSource source, Instant from, Instant to) {
        return new Sampling(
                Objects.requireNonNull(source, "source must not be null"),
                Objects.requireNonNull(from, "from must not be null"),
                Objects.requireNonNull(to, "to must not be null"));
    }

    /**
     * What the source said last.
     *
     * @return the numbers, empty if it was not asked yet or never had an answer
     */
    public Optional<MetricSource.Counts> counts() {
        return Optional.ofNullable(counts.get());
    }

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
