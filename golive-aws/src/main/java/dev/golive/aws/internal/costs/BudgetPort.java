package dev.golive.aws.internal.costs;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.budgets.BudgetsClient;
import software.amazon.awssdk.services.budgets.BudgetsClientBuilder;
import software.amazon.awssdk.services.budgets.model.Budget;
import software.amazon.awssdk.services.budgets.model.CalculatedSpend;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetResponse;
import software.amazon.awssdk.services.budgets.model.Spend;

/** What golive asks of Budgets. */
public final class BudgetPort {

    private static final ClientType<BudgetsClientBuilder, BudgetsClient> CLIENT =
            ClientType.of(Service.BUDGETS, BudgetsClient::builder, BudgetsClient.serviceMetadata());

    private static final Set<String> NO_BUDGET = Set.of("NotFoundException");

    /**
     * A budget.
     *
     * @param type what it is for, in the words of AWS
     * @param limit how much may be spent in the current period
     * @param spent how much was spent in it
     * @param forecast how much will be spent in it, {@code null} if AWS does not know
     * @param endsAt when the budget itself ends, {@code null} if it does not
     */
    public record State(
            String type,
            Money limit,
            Money spent,
            @Nullable Money forecast,
            @Nullable Instant endsAt) {}

    private final Calls calls;
    private final BudgetsClient client;

    private BudgetPort(Calls calls, BudgetsClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static BudgetPort of(Calls calls) throws Exception {
        return new BudgetPort(calls, calls.client(CLIENT));
    }

    /** The budget of a name, empty if there is none. */
    public Optional<State> budget(String account, String name, Instant now) throws Exception {
        Optional<DescribeBudgetResponse> answer = calls.found(
                NO_BUDGET,
                () -> client.describeBudget(
                        request -> request.accountId(account).budgetName(name)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Budget budget = calls.said(answer.get().budget(), "the budget");
        String type = calls.said(budget.budgetTypeAsString(), "the type of the budget");
        CalculatedSpend calculated = calls.said(budget.calculatedSpend(), "what was spent");
        return Optional.of(new State(
                type,
                money(limit(budget, now), "the limit of the budget"),
                money(calculated.actualSpend(), "what was spent"),
                calculated.forecastedSpend() == null ? null : money(calculated.forecastedSpend(), "the forecast"),
                budget.timePeriod() == null ? null : budget.timePeriod().end()));
    }

    /** The limit; a budget with a plan has one for each of its periods, by the seconds at which they begin. */
    private @Nullable Spend limit(Budget budget, Instant now) {
        if (budget.budgetLimit() != null) {
            return budget.budgetLimit();
        }
        TreeMap<Long, Spend> planned = new TreeMap<>();
        budget.plannedBudgetLimits().forEach((from, limit) -> {
            if (from.matches("[0-9]{1,12}")) {
                planned.put(Long.valueOf(from), limit);
            }
        });
        Map.Entry<Long, Spend> current = planned.floorEntry(now.getEpochSecond());
        return current == null ? null : current.getValue();
    }

    private Money money(@Nullable Spend spend, String what) {
        Spend said = calls.said(spend, what);
        return new Money(calls.said(said.amount(), what), calls.said(said.unit(), what));
    }
}
