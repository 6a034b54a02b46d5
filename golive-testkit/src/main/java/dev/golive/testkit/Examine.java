package dev.golive.testkit;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Finding;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Network;
import dev.golive.Outcome;
import dev.golive.Subject;
import dev.golive.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Examines one check in a test, through the real engine: timeouts, retries, redaction and preconditions are those of a
 * run.
 *
 * <pre>{@code
 * Outcome outcome = Examine.once(check).through(network).outcome();
 * }</pre>
 *
 * <p>Unless said otherwise the environment lists what the check touches, the network leads nowhere, and the clock is the
 * system's. Immutable and thread-safe.
 */
public final class Examine {

    private static final String ID = "examined";

    private final Check check;
    private final @Nullable Environment environment;
    private final Network network;
    private final TimeSource time;
    private final List<Check> given;

    private Examine(
            Check check, @Nullable Environment environment, Network network, TimeSource time, List<Check> given) {
        this.check = check;
        this.environment = environment;
        this.network = network;
        this.time = time;
        this.given = given;
    }

    /**
     * An examination of a check.
     *
     * @param check the check
     * @return the examination, which has not begun
     */
    public static Examine once(Check check) {
        return new Examine(
                Objects.requireNonNull(check, "check must not be null"),
                null,
                FakeNetwork.create(),
                TimeSource.system(),
                List.of());
    }

    /**
     * The same in an environment.
     *
     * @param place the environment
     * @return the new examination
     */
    public Examine in(Environment place) {
        return new Examine(check, Objects.requireNonNull(place, "place must not be null"), network, time, given);
    }

    /**
     * The same through a network.
     *
     * @param port the network
     * @return the new examination
     */
    public Examine through(Network port) {
        return new Examine(check, environment, Objects.requireNonNull(port, "port must not be null"), time, given);
    }

    /**
     * The same on a clock.
     *
     * @param source the time source
     * @return the new examination
     */
    public Examine on(TimeSource source) {
        return new Examine(
                check, environment, network, Objects.requireNonNull(source, "source must not be null"), given);
    }

    /**
     * The same with a value that an earlier item would have captured.
     *
     * @param capture what the check reads
     * @param value its value
     * @param <V> the type of the value
     * @return the new examination
     */
    public <V> Examine given(Capture<V> capture, V value) {
        List<Check> more = new ArrayList<>(given);
        more.add(new Given(
                "given " + capture.name() + " " + (given.size() + 1),
                capture,
                Outcome.passed().capturing(capture, value)));
        return new Examine(check, environment, network, time, List.copyOf(more));
    }

    /**
     * Examines the check.
     *
     * @return what its item came to
     */
    public ItemResult result() {
        Checklist.Builder builder = Checklist.named("one check");
        given.forEach(builder::require);
        Checklist list = builder.require(check.as(ID)).build();
        try (GoLive golive = GoLive.builder().time(time).network(network).build()) {
            return golive.run(list, environment == null ? listing(list) : environment)
                    .result(ID)
                    .orElseThrow();
        }
    }

    /**
     * Examines the check.
     *
     * @return what was found; unknown also if a precondition did not pass
     */
    public Outcome outcome() {
        ItemResult result = result();
        Finding finding =
                result.status().examined() ? Finding.valueOf(result.status().name()) : Finding.UNKNOWN;
        return Outcome.of(finding, result.why(), result.facts());
    }

    /** An environment that lists everything that a check and its preconditions touch. */
    static Environment listing(Checklist list) {
        Environment place = Environment.named("test");
        for (Subject subject : list.touches()) {
            place = subject.isHost() ? place.host(subject.name()) : place.account(subject.system(), subject.name());
        }
        return place;
    }

    private record Given(String sentence, Capture<?> capture, Outcome outcome) implements Check {
        @Override
        public Outcome examine(CheckContext context) {
            return outcome;
        }

        @Override
        public Set<Capture<?>> writes() {
            return Set.of(capture);
        }
    }
}
