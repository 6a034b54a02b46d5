package dev.golive.rollback;

import java.util.ArrayList;
import java.util.List;

/** What is wrong or doubtful about a policy. */
final class PolicyRules {

    private PolicyRules() {}

    static List<String> problems(RollbackPolicy.Builder told) {
        return new ArrayList<>(told.mistakes);
    }

    static List<String> warnings(RollbackPolicy.Builder told) {
        return told.rules.isEmpty() ? List.of() : List.of();
    }
}
