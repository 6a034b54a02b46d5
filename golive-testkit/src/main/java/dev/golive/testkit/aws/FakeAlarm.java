package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An alarm of CloudWatch in {@link FakeAws}.
 *
 * <p>A new one is in state {@code INSUFFICIENT_DATA}, on a metric, with its actions enabled and without any. Options change
 * this object and return it. Thread-safe.
 */
public final class FakeAlarm {

    private static final List<String> STATES = List.of("OK", "ALARM", "INSUFFICIENT_DATA");

    private final FakeAws aws;
    private final String name;
    private final TreeMap<Instant, String> states = new TreeMap<>();
    private final List<String> actions = new ArrayList<>();
    private boolean actionsEnabled = true;
    private boolean composite;

    FakeAlarm(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
        states.put(Instant.EPOCH, "INSUFFICIENT_DATA");
    }

    /**
     * Which state it is in, from now on.
     *
     * @param state {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
     * @return this
     * @throws IllegalArgumentException if the state is none of them
     */
    public FakeAlarm state(String state) {
        return state(state, aws.time().now());
    }

    /**
     * Which state it is in from an instant on, until that of another state.
     *
     * @param state {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
     * @param at since when
     * @return this
     * @throws IllegalArgumentException if the state is none of them
     */
    public FakeAlarm state(String state, Instant at) {
        Objects.requireNonNull(at, "at must not be null");
        if (!STATES.contains(Objects.requireNonNull(state, "state must not be null"))) {
            throw new IllegalArgumentException("state must be one of " + STATES + " but was " + state);
        }
        return aws.within(() -> {
            states.put(at, state);
            return this;
        });
    }

    /**
     * What takes place when it goes off, besides what is there already.
     *
     * @param arn for example the ARN of a topic
     * @return this
     */
    public FakeAlarm action(String arn) {
        Objects.requireNonNull(arn, "arn must not be null");
        return aws.within(() -> {
            actions.add(arn);
            return this;
        });
    }

    /**
     * Whether its actions take place.
     *
     * @param enabled whether they do
     * @return this
     */
    public FakeAlarm actionsEnabled(boolean enabled) {
        return aws.within(() -> {
            actionsEnabled = enabled;
            return this;
        });
    }

    /**
     * Makes it one that is composed of others, which CloudWatch lists apart.
     *
     * @return this
     */
    public FakeAlarm composite() {
        return aws.within(() -> {
            composite = true;
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        String state = stateAt(drifts.now()).getValue();
        Drifts.Of own = drifts.of("monitoring", name, "alarm " + name).add("gone", "does not exist", gone);
        if (!state.equals("ALARM")) {
            own.add("alarming", "is in ALARM", () -> state("ALARM"));
        }
        if (state.equals("OK")) {
            own.add("without data", "has too little data", () -> state("INSUFFICIENT_DATA"));
        }
        if (!actions.isEmpty()) {
            own.add(
                            "without action",
                            "has no action",
                            () -> aws.within(() -> {
                                actions.clear();
                                return this;
                            }))
                    .add(
                            "other action",
                            "tells another topic",
                            () -> aws.within(() -> {
                                actions.replaceAll(Drifts::otherThan);
                                return this;
                            }));
            if (actionsEnabled) {
                own.add("disabled", "has its actions disabled", () -> actionsEnabled(false));
            }
        }
    }

    String name() {
        return name;
    }

    Map.Entry<Instant, String> stateAt(Instant now) {
        return Objects.requireNonNull(states.floorEntry(now));
    }

    List<String> actions() {
        return actions;
    }

    boolean hasActionsEnabled() {
        return actionsEnabled;
    }

    boolean isComposite() {
        return composite;
    }
}
