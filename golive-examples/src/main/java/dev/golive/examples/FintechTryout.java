package dev.golive.examples;

import dev.golive.testkit.rehearsal.FireDrill;
import dev.golive.testkit.rehearsal.RollbackRehearsal;
import java.util.Set;

/** How {@link FintechOnAppRunner} is tried out. */
final class FintechTryout {

    /** The runbook with its page, its stage and its troubles. */
    static final Runbook<AppRunnerStage> RUNBOOK = new Runbook<>(
            "fintech",
            "fintech-on-app-runner.csv",
            Set.of("http", "dns", "tls", "aws-apprunner", "aws-ec2", "aws-ecr", "aws-logs", "aws-rds", "aws-secrets"),
            true,
            AppRunnerStage::new,
            AppRunnerStage.PLANNED,
            8,
            FintechTryout::ways,
            FintechTryout::explained);

    private FintechTryout() {}

    private static RollbackRehearsal<AppRunnerStage> ways(RollbackRehearsal<AppRunnerStage> rehearsal) {
        return rehearsal;
    }

    private static FireDrill explained(FireDrill drill) {
        return drill;
    }
}
