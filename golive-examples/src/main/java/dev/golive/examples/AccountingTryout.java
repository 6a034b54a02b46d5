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
        String gone = "whether it is gone is looked at afterwards, however the clean-up was answered";
        String redirect = "nobody reads what is said beside a redirect";
        return drill.explained("* region ends", "golive has no check of the regions that Railway gives up")
                .explained(
                        "api rollback impossible", "the way back leads to what is live now, not to what was before it")
                .explained(
                        "api another commit",
                        "what runs before the launch is replaced by it; what runs afterwards must be what was meant")
                .explained("incident", "golive has no check of what Railway says on its status page")
                .explained("GET kestrel-books.example/prices: announces a body of 1 bytes", redirect)
                .explained("GET kestrel-books.example/prices: says gzip *", redirect)
                .explained("GET www.kestrel.example/: announces a body of 1 bytes", redirect)
                .explained("GET www.kestrel.example/: says gzip *", redirect)
                .explained("DELETE api.kestrel.example/v1/*: answers 404", gone)
                .explained("DELETE api.kestrel.example/v1/*: redirects *", gone)
                .explained("DELETE api.kestrel.example/v1/*: empty body", gone)
                .explained("DELETE api.kestrel.example/v1/*: unrelated page", gone)
                .explained("DELETE api.kestrel.example/v1/*: drips the *", gone)
                .explained("DELETE api.kestrel.example/v1/*: announces a body *", gone)
                .explained("DELETE api.kestrel.example/v1/*: sends a body *", gone)
                .explained("DELETE api.kestrel.example/v1/*: says gzip *", gone)
                .explained(
                        "ledger-api.up.railway.example A is *",
                        "nobody is told which addresses are Railway's; a wrong one is seen only where the API is asked at it");
    }
}
