package dev.golive;

import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs checklists.
 *
 * <p>Items run side by side, at most 64 at once; each attempt ends by its timeout and the whole run by its deadline,
 * whatever a check does. A run never throws for what it finds out: that is the {@link Report}. It throws
 * {@link InvalidChecklistException} before its first request if the list cannot work as it is.
 *
 * <p>One object serves any number of runs, also at the same time, and is thread-safe. Closing it closes everything that
 * checks shared and ends its threads.
 */
public final class GoLive implements AutoCloseable {

    private final Engine engine;

    private GoLive(Settings settings) {
        this.engine = new Engine(settings);
    }

    /**
     * A runner with the system clock, the real network, no answers of people and no witness.
     *
     * @return a new runner, to be closed
     */
    public static GoLive create() {
        return builder().build();
    }

    /**
     * A runner with options.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs a list and waits for the end. If the thread is interrupted, the run is cancelled, the report says so, and
     * the thread's interrupt status is set.
     *
     * @param list what to run
     * @param environment where
     * @return what was found
     * @throws InvalidChecklistException if the list cannot work in this environment, naming every problem
     */
    public Report run(Checklist list, Environment environment) {
        return run(list, environment, null);
    }

    /**
     * Runs a list for a release and waits for the end; the report is evidence for that release alone.
     *
     * @param list what to run
     * @param environment where
     * @param release what is examined, or {@code null} if no particular release is
     * @return what was found
     * @throws InvalidChecklistException if the list cannot work in this environment, naming every problem
     */
    public Report run(Checklist list, Environment environment, @Nullable Release release) {
        Arguments.given(list, "list");
        Arguments.given(environment, "environment");
        try (TimeSource.Turn turn = engine.time().join("run of " + list)) {
            return engine.start(list, environment, release).awaitReport();
        }
    }

    /**
     * Starts to run a list and returns at once.
     *
     * @param list what to run
     * @param environment where
     * @return the run, to wait for or to cancel
     * @throws InvalidChecklistException if the list cannot work in this environment, naming every problem
     */
    public Execution start(Checklist list, Environment environment) {
        return start(list, environment, null);
    }

    /**
     * Starts to run a list for a release and returns at once.
     *
     * @param list what to run
     * @param environment where
     * @param release what is examined, or {@code null} if no particular release is
     * @return the run, to wait for or to cancel
     * @throws InvalidChecklistException if the list cannot work in this environment, naming every problem
     */
    public Execution start(Checklist list, Environment environment, @Nullable Release release) {
        return engine.start(Arguments.given(list, "list"), Arguments.given(environment, "environment"), release);
    }

    /**
     * What would keep a list from being run, without running it: hosts and accounts that the environment does not list,
     * secrets that are not there, checks that cannot end before the run's deadline.
     *
     * @param list the list
     * @param environment where it would run
     * @return a sentence for each problem, empty if there is none
     */
    public List<String> problems(Checklist list, Environment environment) {
        return engine.problems(Arguments.given(list, "list"), Arguments.given(environment, "environment"));
    }

    /** Starts a run whose end is told to a listener of its own. */
    Execution startBackground(Checklist list, Environment environment, Consumer<Report> ended) {
        return engine.start(list, environment, null, ended);
    }

    /** The clock of the runs. */
    TimeSource time() {
        return engine.time();
    }

    /** Ends every run that is still going on, closes what checks shared, and ends all threads. */
    @Override
    public void close() {
        engine.close();
    }

    /** Collects options; every one may be left out. Not thread-safe. */
    public static final class Builder {

        private TimeSource time = TimeSource.system();
        private Network network = Network.real();
        private final List<Check> witness = new ArrayList<>();
        private Answers answers = Answers.none();
        private final List<Waiver> waivers = new ArrayList<>();
        private final List<Report> evidence = new ArrayList<>();
        private final Set<Environment> trialsAllowedIn = new LinkedHashSet<>();
        private long seed = 1;
        private int concurrency = 64;
        private Duration deadline = Duration.ofMinutes(10);
        private @Nullable Executor executor;
        private @Nullable String vantagePoint;
        private @Nullable ZonedDateTime launchAt;
        private @Nullable Instant launchedAt;
        private final List<RunListener> listeners = new ArrayList<>();

        private Builder() {}

        /**
         * The clock, the timer and the place to wait; the system's unless said otherwise.
         *
         * @param source the time source
         * @return this builder
         */
        public Builder time(TimeSource source) {
            this.time = Arguments.given(source, "source");
            return this;
        }

        /**
         * The way to the world; the real network unless said otherwise.
         *
         * @param port the network
         * @return this builder
         */
        public Builder network(Network port) {
            this.network = Arguments.given(port, "port");
            return this;
        }

        /**
         * Checks of something that is independent of what is examined, such as a well-known public host. They pass if
         * our own network works. They need not be among the hosts of the environment. Only then does a target that refuses or does not answer count as failed; while they do
         * not pass, everything that was not good and depends on the network is unknown, with that one cause.
         *
         * @param ownNetwork the checks, all of which must pass
         * @return this builder
         */
        public Builder witness(Check... ownNetwork) {
            witness.addAll(Arguments.all(ownNetwork, "ownNetwork"));
            return this;
        }

        /**
         * Where answers of people are found; nowhere unless said otherwise.
         *
         * @param port the answers
         * @return this builder
         */
        public Builder answers(Answers port) {
            this.answers = Arguments.given(port, "port");
            return this;
        }

        /**
         * Adds waivers.
         *
         * @param more the waivers
         * @return this builder
         */
        public Builder waivers(Waiver... more) {
            waivers.addAll(Arguments.all(more, "more"));
            return this;
        }

        /**
         * Carries over what earlier runs of the same list found by trials, so that they are not performed again: as long
         * as it is fresh, and of the same environment and release. Checks are never carried over.
         *
         * @param earlier reports of earlier runs, the newest last
         * @return this builder
         */
        public Builder evidence(Report... earlier) {
            evidence.addAll(Arguments.all(earlier, "earlier"));
            return this;
        }

        /**
         * Lets trials write their test data in an environment. Elsewhere they are pending.
         *
         * @param environment the environment
         * @return this builder
         */
        public Builder allowTrials(Environment environment) {
            trialsAllowedIn.add(Arguments.given(environment, "environment"));
            return this;
        }

        /**
         * What jitter and random values are drawn from; 1 unless said otherwise.
         *
         * @param value any number
         * @return this builder
         */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /**
         * How many items of a run are examined at once.
         *
         * @param most between 1 and 1,000; 64 unless said otherwise
         * @return this builder
         */
        public Builder concurrency(int most) {
            this.concurrency = Arguments.between(most, 1, 1_000, "most");
            return this;
        }

        /**
         * How long a run may take in all. What is not finished by then is unknown.
         *
         * @param total longer than zero; 10 minutes unless said otherwise
         * @return this builder
         */
        public Builder deadline(Duration total) {
            this.deadline = Arguments.positive(total, "total");
            return this;
        }

        /**
         * Runs checks on threads of the host instead of own ones. Must not run them on the calling thread, and should
         * offer at least as many threads as {@link #concurrency}.
         *
         * @param host the executor, which stays the host's to close
         * @return this builder
         */
        public Builder executor(Executor host) {
            this.executor = Arguments.given(host, "host");
            return this;
        }

        /**
         * The name of the place that runs look from; items that must be examined {@linkplain Item#from from} another
         * one are pending.
         *
         * @param name the name, for example {@code vpc}
         * @return this builder
         */
        public Builder vantagePoint(String name) {
            this.vantagePoint = Arguments.text(name, "name");
            return this;
        }

        /**
         * The planned instant of the launch, which makes items with a later {@linkplain Item#due due time} "not yet
         * due". Without it, everything is due.
         *
         * @param planned the instant and zone of T
         * @return this builder
         */
        public Builder launchAt(ZonedDateTime planned) {
            this.launchAt = Arguments.given(planned, "planned");
            return this;
        }

        /**
         * The instant at which the first deploying action was confirmed. Until it is known, items due after H are not
         * yet due.
         *
         * @param confirmed the instant H
         * @return this builder
         */
        public Builder launchedAt(Instant confirmed) {
            this.launchedAt = Arguments.given(confirmed, "confirmed");
            return this;
        }

        /**
         * Adds listeners, which hear of everything as it happens.
         *
         * @param more the listeners
         * @return this builder
         */
        public Builder listener(RunListener... more) {
            listeners.addAll(Arguments.all(more, "more"));
            return this;
        }

        /**
         * The runner.
         *
         * @return a new runner, to be closed
         */
        public GoLive build() {
            return new GoLive(new Settings(
                    time,
                    network,
                    List.copyOf(witness),
                    answers,
                    List.copyOf(waivers),
                    List.copyOf(evidence),
                    Set.copyOf(trialsAllowedIn),
                    seed,
                    concurrency,
                    deadline,
                    executor,
                    vantagePoint,
                    launchAt,
                    launchedAt,
                    List.copyOf(listeners)));
        }
    }
}
