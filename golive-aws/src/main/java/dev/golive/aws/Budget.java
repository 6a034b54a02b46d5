package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.AwsProblem;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.costs.BudgetPort;
import dev.golive.aws.internal.costs.BudgetPort.State;
import dev.golive.aws.internal.costs.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A budget of the account. Asking for it costs nothing; AWS looks at the amounts up to three times a day.
 *
 * <p>Immutable and thread-safe.
 */
public final class Budget {

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
                throw AwsProblem.undecided("AWS has no forecast yet");
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
                    Instant end = state.endsAt();
                    if (end != null && end.isBefore(now)) {
                        throw AwsProblem.undecided("the budget has ended on " + end);
                    }
                    Money money = amount.apply(state);
                    Money limit = state.limit();
                    boolean below = money.in(limit.currency()).compareTo(limit.amount()) < 0;
                    List<Fact> facts = new ArrayList<>();
                    facts.add(Fact.of(what, "less than " + limit, money));
                    if (state.updatedAt() != null) {
                        facts.add(Fact.of("as of", state.updatedAt()));
                    }
                    return (below ? Outcome.passed() : Outcome.failed(what + ": " + money + " of " + limit))
                            .with(facts);
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
