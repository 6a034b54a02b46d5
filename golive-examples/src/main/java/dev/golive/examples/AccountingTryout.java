package dev.golive.examples;

import dev.golive.testkit.rehearsal.FireDrill;
import dev.golive.testkit.rehearsal.RollbackRehearsal;
import java.math.BigDecimal;
import java.util.Set;

/** How {@link AccountingOnRailway} is tried out. */
final class AccountingTryout {

    /** The runbook with its page, its stage and its troubles. */
    static final Runbook<AccountingStage> RUNBOOK = new Runbook<>(
            "accounting",
            "accounting-on-railway.csv",
            Set.of("http", "dns", "tls", "railway"),
            false,
            AccountingStage::new,
            AccountingStage.PLANNED,
            8,
            AccountingTryout::ways,
            AccountingTryout::explained);

    private AccountingTryout() {}

    private static RollbackRehearsal<AccountingStage> ways(RollbackRehearsal<AccountingStage> rehearsal) {
        return rehearsal
                .coming("unhealthy", stage -> stage.unwell = true)
                .coming("health flickers", stage -> stage.flickering = true)
                .coming("nobody can sign in", stage -> stage.locked = true)
                .coming("sign-in flickers", stage -> stage.stammering = true)
                .coming("many errors", stage -> stage.failingRequests(100))
                .coming("busy", stage -> stage.measured("CPU_USAGE", 1.8))
                .coming("hungry", stage -> stage.measured("MEMORY_USAGE_GB", 1.6))
                .coming("deployed", stage -> stage.unwell = true)
                .coming("smoke", stage -> stage.books.error = new BigDecimal("0.01"));
    }

    private static FireDrill explained(FireDrill drill) {
        return drill;
    }
}
