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
        return rehearsal
                .coming("unhealthy", stage -> stage.unwell = true)
                .coming("unhealthy now and then", stage -> stage.flickering = true)
                .coming("many errors", stage -> stage.measured("5xxStatusResponses", 150))
                .coming("errors", stage -> stage.measured("5xxStatusResponses", 6))
                .coming("no landing page", stage -> stage.faceless = true)
                .coming("logins fail", stage -> stage.measured("LoginsFailed", 3))
                .coming("identities are refused", stage -> stage.measured("VerificationsRefused", 5))
                .coming("slow", stage -> stage.measured("RequestLatency", 4000))
                .coming("soft launch", stage -> stage.wrongCards = true)
                .refused("end to end", "balance-shown");
    }

    private static FireDrill explained(FireDrill drill) {
        return drill.explained(
                        "apprunner tern-wallet small",
                        "golive has no check of processor and memory; too little of them shows in the latency")
                .explained(
                        "ec2 sg-0db tcp 5432 closed",
                        "a database that cannot be reached shows in the health, which the stage does not play")
                .explained(
                        "ecr tern-wallet 41 older",
                        "the way back names its image by the digest that was live, and not by the tag")
                .explained(
                        "monitoring tern-wallet-* other action",
                        "golive has no check of whom an alarm tells; the test alert is seen to arrive")
                .explained("monitoring Logins tenfold", "more users are no harm")
                .explained("monitoring Requests of tern-wallet tenfold", "more users are no harm")
                .explained("monitoring Verifications tenfold", "more users are no harm")
                .explained("monitoring LoginsFailed tenfold", "ten times nothing is nothing")
                .explained("monitoring 5xxStatusResponses of tern-wallet tenfold", "ten times nothing is nothing")
                .explained("monitoring Requests of tern-wallet high", "more users are no harm")
                .explained("monitoring Logins high", "more users are no harm")
                .explained("monitoring Verifications high", "more users are no harm")
                .explained(
                        "monitoring 5xxStatusResponses of tern-wallet silent",
                        "App Runner writes nothing while there is no error, so that none is the same as no data")
                .explained("monitoring 5xxStatusResponses of tern-wallet zero", "no error is as it should be")
                .explained("monitoring LoginsFailed zero", "no login that fails is as it should be")
                .explained("monitoring VerificationsRefused zero", "no identity that is refused is as it should be");
    }
}
