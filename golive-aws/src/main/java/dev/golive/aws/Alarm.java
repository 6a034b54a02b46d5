package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.cloudwatch.CloudWatchPort;
import dev.golive.aws.internal.cloudwatch.CloudWatchPort.State;
import dev.golive.provider.ApiProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One alarm of CloudWatch, or several that are asked about together: alarms on a metric, and those composed of others.
 *
 * <pre>{@code
 * aws.alarms("shop-5xx", "shop-latency", "shop-db-cpu").isOk();
 * }</pre>
 *
 * <ul>
 *   <li>A check of several alarms has a fact for each, and fails if one of them does.
 *   <li>{@code cloudwatch:DescribeAlarms} is needed on all alarms: with less, CloudWatch leaves out composite alarms as
 *       if there were none.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class Alarm {

    private static final Set<String> STATES = Set.of("OK", "ALARM", "INSUFFICIENT_DATA");

    private final Aws aws;
    private final List<String> names;

    Alarm(Aws aws, List<String> names) {
        this.aws = aws;
        this.names = List.copyOf(names);
    }

    /**
     * Whether it is there.
     *
     * @return the check
     */
    public Check exists() {
        return check(
                names.size() == 1 ? "exists" : "exist", state -> null, state -> Fact.of(state.name(), state.state()));
    }

    /**
     * Whether it is in state {@code OK}. One with insufficient data is not: nobody knows what it would say.
     *
     * @return the check
     */
    public Check isOk() {
        return check(
                names.size() == 1 ? "is OK" : "are OK",
                state -> {
                    if (!STATES.contains(state.state())) {
                        throw ApiProblem.undecided(
                                "alarm " + state.name() + " is in the unknown state " + state.state());
                    }
                    return state.state().equals("OK") ? null : "is in state " + state.state();
                },
                state -> Fact.of(
                        state.name(), "OK", state.state() + (state.since() == null ? "" : " since " + state.since())));
    }

    /**
     * Whether somebody hears of it: its actions are enabled, and there is at least one for when it goes off. Whether the
     * action reaches anybody is another question, see {@link SnsTopic#hasConfirmedSubscription()}.
     *
     * @return the check
     */
    public Check hasActions() {
        return check(
                names.size() == 1 ? "has actions" : "have actions",
                state -> {
                    if (state.actions().isEmpty()) {
                        return "has no action";
                    }
                    return state.actionsEnabled() ? null : "has its actions disabled";
                },
                state -> Fact.of(
                        state.name(),
                        state.actions().isEmpty()
                                ? "no action"
                                : String.join(", ", state.actions())
                                        + (state.actionsEnabled() ? "" : ", which are disabled")));
    }

    /** The problem of an alarm is {@code null} if there is none. */
    private Check check(String predicate, Function<State, @Nullable String> problem, Function<State, Fact> fact) {
        return AwsCheck.of(aws, Service.CLOUD_WATCH, this + " " + predicate, calls -> {
                    Map<String, State> found = CloudWatchPort.of(calls).alarms(names);
                    List<String> problems = new ArrayList<>();
                    List<Fact> facts = new ArrayList<>();
                    for (String name : names) {
                        State state = found.get(name);
                        if (state == null) {
                            problems.add("there is no alarm " + name);
                            facts.add(Fact.of(name, "not there"));
                            continue;
                        }
                        facts.add(fact.apply(state));
                        String wrong = problem.apply(state);
                        if (wrong != null) {
                            problems.add("alarm " + name + " " + wrong);
                        }
                    }
                    return (problems.isEmpty() ? Outcome.passed() : Outcome.failed(String.join(", ", problems)))
                            .with(facts);
                })
                .needing("cloudwatch:DescribeAlarms", "*");
    }

    /**
     * What it is.
     *
     * @return for example {@code alarm shop-5xx in eu-north-1}
     */
    @Override
    public String toString() {
        return (names.size() == 1 ? "alarm " : "alarms ") + String.join(", ", names) + " in " + aws.region();
    }
}
