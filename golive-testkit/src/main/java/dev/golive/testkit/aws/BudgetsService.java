package dev.golive.testkit.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.budgets.model.Budget;
import software.amazon.awssdk.services.budgets.model.CalculatedSpend;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetRequest;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetResponse;
import software.amazon.awssdk.services.budgets.model.Spend;
import software.amazon.awssdk.services.budgets.model.TimePeriod;
import software.amazon.awssdk.services.budgets.model.TimeUnit;

/** Budgets. */
final class BudgetsService extends FakeService {

    private final Map<String, FakeBudget> budgets = new LinkedHashMap<>();

    BudgetsService(FakeAws aws) {
        super(aws, "budgets", "");
        reads("DescribeBudget", DescribeBudgetRequest::builder, this::describe);
    }

    FakeBudget budget(String name) {
        return budgets.computeIfAbsent(name, key -> new FakeBudget(aws(), name));
    }

    private static @Nullable Spend spend(@Nullable BigDecimal amount) {
        return amount == null
                ? null
                : Spend.builder().amount(amount).unit("USD").build();
    }

    private DescribeBudgetResponse describe(DescribeBudgetRequest request, Instant now) {
        FakeBudget budget = budgets.get(request.budgetName());
        if (budget == null || !aws().account().equals(request.accountId())) {
            throw new AwsError(
                    400,
                    "NotFoundException",
                    "Unable to get budget: " + request.budgetName() + " - the budget doesn't exist.");
        }
        Map.Entry<Instant, BigDecimal> spent = budget.spentAt(now);
        Budget.Builder answer = Budget.builder()
                .budgetName(budget.name())
                .budgetType(budget.type())
                .timeUnit(TimeUnit.MONTHLY)
                .timePeriod(TimePeriod.builder()
                        .start(Instant.EPOCH)
                        .end(budget.endsAt())
                        .build())
                .budgetLimit(spend(budget.limit()))
                .calculatedSpend(CalculatedSpend.builder()
                        .actualSpend(spend(spent.getValue()))
                        .forecastedSpend(spend(budget.forecast()))
                        .build())
                .lastUpdatedTime(Instant.EPOCH);
        if (!budget.planned().isEmpty()) {
            Map<String, Spend> limits = new LinkedHashMap<>();
            budget.planned()
                    .forEach((from, amount) -> limits.put(
                            String.valueOf(from.getEpochSecond()),
                            Spend.builder().amount(amount).unit("USD").build()));
            answer.plannedBudgetLimits(limits);
        }
        return DescribeBudgetResponse.builder().budget(answer.build()).build();
    }

    @Override
    void drifts(Drifts drifts) {
        budgets.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> budgets.remove(key, one))));
    }
}
