package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** budgets. */
final class BudgetsService extends FakeService {

    private final Map<String, FakeBudget> budgets = new LinkedHashMap<>();

    BudgetsService(FakeAws aws) {
        super(aws, "budgets", "");
    }

    FakeBudget budget(String name) {
        return budgets.computeIfAbsent(name, key -> new FakeBudget(aws(), name));
    }
}
