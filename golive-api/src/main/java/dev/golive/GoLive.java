package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    private GoLive(Engine engine) {
        this.engine = engine;
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
     * A builder that starts with the options of this runner, for one that answers, evidence or the state of a launch
     * set apart. The runner that it builds shares the threads, the connections and the known secrets of this one, and
     * therefore its clock, its network and its executor; closing it ends its own runs and nothing else.
     *
     * @return a new builder
     */
    public Builder derive() {
        return new Builder(engine);
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

    /**
     * Starts to run a list for a release, returns at once, and hands over the report at the end.
     *
     * @param list what to run
     * @param environment where
     * @param release what is examined, or {@code null} if no particular release is
     * @param ended is called with the report on a thread of the run; must be quick and must not throw
     * @return the run, to wait for or to cancel
     * @throws InvalidChecklistException if the list cannot work in this environment, naming every problem
     */
    public Execution start(Checklist list, Environment environment, @Nullable Release release, Consumer<Report> ended) {
        return engine.start(
                Arguments.given(list, "list"),
                Arguments.given(environment, "environment"),
                release,
                Arguments.given(ended, "ended"));
    }

    /**
     * A text without the secret values that this runner knows of, in any of their common encodings. For what reaches a
     * sink on another way than through a report.
     *
     * @param text any text
     * @return the text, with {@code ***} where a secret stood
     */
    public String redacted(String text) {
        return engine.redactor().clean(Arguments.given(text, "text"));
    }

    /**
     * The clock of the runs.
     *
     * @return the time source that the runner was built with
     */
    public TimeSource time() {
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
        private final Map<Capture<?>, Object> given = new LinkedHashMap<>();
        private final Set<String> performed = new LinkedHashSet<>();
        private final List<RunListener> listeners = new ArrayList<>();
        private final @Nullable Engine owner;

        private Builder() {
            this.owner = null;
        }

        private Builder(Engine owner) {
            this.owner = owner;
            Settings settings = owner.settings();
            time = settings.time();
            network = settings.network();
            witness.addAll(settings.witness());
            answers = settings.answers();
            waivers.addAll(settings.waivers());
            evidence.addAll(settings.evidence());
            trialsAllowedIn.addAll(settings.trialsAllowedIn());
            seed = settings.seed();
            concurrency = settings.concurrency();
            deadline = settings.deadline();
            executor = settings.executor();
            vantagePoint = settings.vantagePoint();
            launchAt = settings.launchAt();
            launchedAt = settings.launchedAt();
            given.putAll(settings.given());
            performed.addAll(settings.performed());
            listeners.addAll(settings.listeners());
        }

        /**
         * The clock, the timer and the place to wait; the system's unless said otherwise.
         *
         * @param source the time source
         * @return this builder
         */
        public Builder time(TimeSource source) {
            notDerived("time");
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
            notDerived("network");
            this.network = Arguments.given(port, "port");
            return this;
        }

        /**
         * Checks of something that is independent of what is examined, such as a well-known public host. They pass if
         * our own network works. Only then does a target that refuses or does not answer count as failed; while they do
         * not pass, everything that was not good and depends on the network is unknown, with that one cause. They need
         * not be among the hosts of the environment.
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
         * Where answers of people are found besides the places that are known already.
         *
         * @param port more answers
         * @return this builder
         */
        public Builder answersAlso(Answers port) {
            this.answers = answers.and(Arguments.given(port, "port"));
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
            notDerived("executor");
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
         * Supplies a value that items read and no item captures. The last one given for a key counts.
         *
         * @param key a key made by {@link Capture#given(String, Class)}
         * @param value the value
         * @param <V> the type of the value
         * @return this builder
         * @throws IllegalArgumentException if the key is one that an item captures, or computed from another
         */
        public <V> Builder given(Capture<V> key, V value) {
            Arguments.given(key, "key");
            Arguments.given(value, "value");
            if (!key.isGiven() || key.derived()) {
                throw new IllegalArgumentException(
                        "key must be made by Capture.given(..) and not be computed from another, but was "
                                + key.name());
            }
            given.put(key, value);
            return this;
        }

        /**
         * Says that actions were performed, so that items that wait {@linkplain Item#until until} then are due.
         *
         * @param actions the ids of the actions
         * @return this builder
         */
        public Builder performed(Collection<String> actions) {
            performed.addAll(Arguments.all(actions, "actions"));
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
            Settings settings = new Settings(
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
                    Map.copyOf(given),
                    Set.copyOf(performed),
                    List.copyOf(listeners));
            return new GoLive(owner == null ? new Engine(settings) : new Engine(settings, owner));
        }

        private void notDerived(String option) {
            if (owner != null) {
                throw new IllegalStateException(
                        "a derived runner shares the " + option + " of the one it is derived from");
            }
        }
    }
}
