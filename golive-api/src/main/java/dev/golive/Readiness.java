package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.time.Spans;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A checklist that a service runs in the background, so that it can say at any moment whether it is ready and how old
 * that knowledge is.
 *
 * <p>Reading never runs a check and never waits. Start-up never waits for the first run either: until it has ended, and
 * whenever the last report is older than allowed, the verdict is {@link Verdict#UNDECIDED}. One run is under way at a
 * time; the pause between the end of one and the beginning of the next varies by a tenth, so that many instances do not
 * strike together.
 *
 * <p>What belongs in readiness is what this service needs to serve, and what it owns: its database, its queue, its
 * configuration. What does not: other services that would then take this one down with them. Nothing of this belongs in
 * a liveness probe; a service that is restarted because its database is away has two problems. Trials are refused.
 *
 * <p>Thread-safe.
 */
public final class Readiness implements AutoCloseable {

    private final GoLive engine;
    private final boolean ownsEngine;
    private final TimeSource time;
    private final Checklist list;
    private final Environment environment;
    private final Duration every;
    private final Duration maxAge;
    private final SplittableRandom jitter = new SplittableRandom(1);
    private final Object monitor = new Object();
    private @Nullable Report last;
    private @Nullable Duration lastElapsed;
    private @Nullable Instant lastAt;
    private @Nullable Execution running;
    private TimeSource.@Nullable Alarm next;
    private boolean closed;

    private Readiness(
            GoLive engine,
            boolean ownsEngine,
            Checklist list,
            Environment environment,
            Duration every,
            Duration maxAge) {
        this.engine = engine;
        this.ownsEngine = ownsEngine;
        this.time = engine.time();
        this.list = list;
        this.environment = environment;
        this.every = every;
        this.maxAge = maxAge;
    }

    /**
     * Runs a list in the background with a runner of its own, beginning now.
     *
     * @param list what to run; must hold no trials
     * @param environment where
     * @param every the pause between runs, longer than zero
     * @return the readiness, to be closed; its report is too old after three times {@code every}
     * @throws InvalidChecklistException if the list cannot work in this environment, or holds trials
     */
    public static Readiness of(Checklist list, Environment environment, Duration every) {
        GoLive engine = GoLive.create();
        try {
            return started(engine, true, list, environment, every, null);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /**
     * Runs a list in the background with a runner of the host's, beginning now. That runner's executor, network, clock
     * and witness are used; it stays the host's to close, after the readiness.
     *
     * @param engine the runner
     * @param list what to run; must hold no trials
     * @param environment where
     * @param every the pause between runs, longer than zero
     * @param maxAge from which age on the last report no longer counts, longer than {@code every}
     * @return the readiness, to be closed
     * @throws InvalidChecklistException if the list cannot work in this environment, or holds trials
     */
    public static Readiness of(
            GoLive engine, Checklist list, Environment environment, Duration every, Duration maxAge) {
        return started(
                Arguments.given(engine, "engine"), false, list, environment, every, Arguments.given(maxAge, "maxAge"));
    }

    private static Readiness started(
            GoLive engine,
            boolean owns,
            Checklist list,
            Environment environment,
            Duration every,
            @Nullable Duration maxAge) {
        Arguments.given(list, "list");
        Arguments.given(environment, "environment");
        Arguments.positive(every, "every");
        Duration limit = maxAge == null ? every.multipliedBy(3) : Arguments.positive(maxAge, "maxAge");
        if (limit.compareTo(every) <= 0) {
            throw new IllegalArgumentException("maxAge must be longer than every but was " + limit);
        }
        List<String> trials = list.items().stream()
                .filter(item -> item.kind() == Item.Kind.TRIAL)
                .map(item -> item.id() + " is a trial, and trials have no place on a schedule")
                .toList();
        if (!trials.isEmpty()) {
            throw new InvalidChecklistException(list.name(), trials);
        }
        List<String> problems = engine.problems(list, environment);
        if (!problems.isEmpty()) {
            throw new InvalidChecklistException(list.name(), problems);
        }
        Readiness readiness = new Readiness(engine, owns, list, environment, every, limit);
        readiness.schedule(Duration.ZERO);
        return readiness;
    }

    private void schedule(Duration pause) {
        synchronized (monitor) {
            if (!closed) {
                next = time.at(time.now().plus(pause), this::begin);
            }
        }
    }

    private void begin() {
        synchronized (monitor) {
            if (closed || running != null) {
                return;
            }
            try {
                Execution begun = engine.start(list, environment, null, this::ended);
                // a run in which nothing is to be examined has ended by now, and has been told to ended(..)
                running = begun.isDone() ? null : begun;
            } catch (RuntimeException e) {
                System.getLogger(Readiness.class.getName())
                        .log(System.Logger.Level.ERROR, "A readiness run could not be started: " + e.getMessage());
                scheduleAfterPause();
            }
        }
    }

    private void ended(Report report) {
        synchronized (monitor) {
            running = null;
            if (closed) {
                return;
            }
            last = report;
            lastElapsed = time.elapsed();
            lastAt = time.now();
            scheduleAfterPause();
        }
    }

    private void scheduleAfterPause() {
        long tenth = every.toMillis() / 10;
        schedule(every.plusMillis(tenth == 0 ? 0 : jitter.nextLong(-tenth, tenth + 1)));
    }

    /**
     * The last report, with no word about its age. Before the first run has ended, a report in which every item is
     * pending.
     *
     * @return the report
     */
    public Report last() {
        synchronized (monitor) {
            return last == null ? notYetRun() : last;
        }
    }

    /**
     * How old the last report is.
     *
     * @return the time since the last run ended; longer than any limit before the first run has ended
     */
    public Duration age() {
        synchronized (monitor) {
            if (lastElapsed == null || lastAt == null) {
                return Duration.ofDays(36_500);
            }
            Duration byMonotonicClock = time.elapsed().minus(lastElapsed);
            Duration byWallClock = Duration.between(lastAt, time.now());
            // the one stands still while the machine is suspended, the other can be set back
            return byWallClock.compareTo(byMonotonicClock) > 0 ? byWallClock : byMonotonicClock;
        }
    }

    /**
     * The verdict of the last report, if that is fresh enough to count.
     *
     * @return {@link Verdict#UNDECIDED} if there is none or it is too old
     */
    public Verdict verdict() {
        synchronized (monitor) {
            return isTooOld() ? Verdict.UNDECIDED : last().verdict();
        }
    }

    /**
     * Whether the service may take traffic.
     *
     * @return whether the verdict is GO or CONDITIONAL_GO
     */
    public boolean isReady() {
        Verdict verdict = verdict();
        return verdict == Verdict.GO || verdict == Verdict.CONDITIONAL_GO;
    }

    /**
     * Whether the last report no longer counts.
     *
     * @return whether there is none, or it is older than allowed
     */
    public boolean isTooOld() {
        return age().compareTo(maxAge) > 0;
    }

    private Report notYetRun() {
        List<ItemResult> pending = list.entries().stream()
                .map(entry -> {
                    ItemResult.Draft draft =
                            new ItemResult.Draft(entry.item().id(), entry.item().sentence());
                    draft.list = list.name();
                    draft.kind = entry.item().kind();
                    draft.required = entry.required();
                    draft.status = Status.PENDING;
                    draft.why = "waits for the first run to end";
                    return new ItemResult(draft);
                })
                .toList();
        Instant now = time.now();
        return new Report(
                environment,
                List.of(new Report.Source(list.name(), list.digest(), null, null, now, Duration.ZERO)),
                pending,
                List.of());
    }

    /** Stops running the list; a run that is under way is cancelled. The last report stays readable. */
    @Override
    public void close() {
        Execution open;
        synchronized (monitor) {
            closed = true;
            open = running;
            if (next != null) {
                next.close();
                next = null;
            }
        }
        if (open != null) {
            open.cancel("the readiness was closed");
        }
        if (ownsEngine) {
            engine.close();
        }
    }

    /**
     * Where it stands.
     *
     * @return the verdict and the age of the report it is from
     */
    @Override
    public String toString() {
        synchronized (monitor) {
            return list.name() + ": " + verdict()
                    + (lastElapsed == null ? ", not yet run" : ", " + Spans.text(age()) + " old");
        }
    }
}
