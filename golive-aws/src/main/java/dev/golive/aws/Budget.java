package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.costs.BudgetPort;
import dev.golive.aws.internal.costs.BudgetPort.State;
import dev.golive.aws.internal.costs.Money;
import dev.golive.provider.ApiProblem;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A budget of the account, for costs or for usage. Asking for it costs nothing; AWS looks at the amounts up to three
 * times a day, and does not tell when it did. The limit of a budget of another type is a percentage to stay above, so that
 * its checks are unknown.
 *
 * <p>Immutable and thread-safe.
 */
public final class Budget {

    /** The types of budgets of which the limit is not to be exceeded. */
    private static final Set<String> LIMITING = Set.of("COST", "USAGE");

    private final Aws aws;
    private final String name;

    Budget(Aws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * Whether less was spent in the current period than the limit.
     *
     * @return the check
     */
    public Check isBelowLimit() {
        return check(this + " is below its limit", "spent", State::spent);
    }

    /**
     * Whether less will be spent in the current period than the limit, as AWS reckons. A new account has no forecast for
     * some weeks, so that the check is unknown.
     *
     * @return the check
     */
    public Check isForecastBelowLimit() {
        return check("the forecast of " + this + " is below its limit", "forecast", state -> {
            Money forecast = state.forecast();
            if (forecast == null) {
                throw ApiProblem.undecided("AWS has no forecast yet");
            }
            return forecast;
        });
    }

    private Check check(String sentence, String what, Function<State, Money> amount) {
        return AwsCheck.of(aws, Service.BUDGETS, sentence, calls -> {
                    Instant now = calls.context().time().now();
                    Optional<State> found = BudgetPort.of(calls).budget(aws.account(), name, now);
                    if (found.isEmpty()) {
                        return Outcome.failed("there is no " + this);
                    }
                    State state = found.get();
                    if (!LIMITING.contains(state.type())) {
                        throw ApiProblem.undecided(
                                "the budget is one of type " + state.type() + ", not of COST or USAGE");
                    }
                    Instant end = state.endsAt();
                    if (end != null && end.isBefore(now)) {
                        throw ApiProblem.undecided("the budget has ended on " + end);
                    }
                    Money money = amount.apply(state);
                    Money limit = state.limit();
                    boolean below = money.in(limit.currency()).compareTo(limit.amount()) < 0;
                    return (below ? Outcome.passed() : Outcome.failed(what + ": " + money + " of " + limit))
                            .with(Fact.of(what, "less than " + limit, money));
                })
                .needing("budgets:ViewBudget", aws.globalArn("budgets", "budget/" + name));
    }

    /**
     * What it is.
     *
     * @return for example {@code budget shop of 123456789012}
     */
    @Override
    public String toString() {
        return "budget " + name + " of " + aws.account();
    }
}
