package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Expect;
import dev.golive.GoLive;
import dev.golive.Report;
import dev.golive.Verdict;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a list of ordinary size costs, measured in real time. */
class FortyChecksTest {

    @Test
    void in_real_time_forty_checks_take_a_second_once_the_clients_are_there() {
        try (FakeAws fake = FakeAws.start(TimeSource.system());
                GoLive golive = GoLive.builder().network(fake.network()).build()) {
            fake.appRunner("shop-web").variable("MODE", "production");
            fake.secret("shop/key").text("k".repeat(40));
            fake.bucket("shop-state").versioned();
            fake.ecr("shop").image("1.0", "sha256:" + "a".repeat(64));
            Aws aws =
                    Aws.account(fake.account(), fake.region()).credentials(fake.accessKeyId(), fake.secretAccessKey());
            Checklist list = forty(aws);
            Environment environment = Environment.named("test").account("aws", fake.account());
            assertThat(golive.run(list, environment).verdict()).isEqualTo(Verdict.GO);

            long start = System.nanoTime();
            Report report = golive.run(list, environment);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            // and that the account is the right one
            assertThat(report.results()).hasSize(40 + 1);
            // the target is one second on an idle machine, see docs/performance.md; this leaves room for a busy one
            assertThat(took).isLessThan(Duration.ofSeconds(8));
        }
    }

    private static Checklist forty(Aws aws) {
        AppRunnerService web = aws.appRunner("shop-web");
        List<Check> checks = new ArrayList<>(List.of(
                web.isRunning(),
                web.lastOperationSucceeded(),
                web.minInstances(Expect.atLeast(1)),
                aws.secret("shop/key").exists(),
                aws.ecr("shop").hasTag("1.0"),
                aws.bucket("shop-state").isVersioned(),
                aws.bucket("shop-state").isEncrypted(),
                aws.bucket("shop-state").blocksPublicAccess()));
        for (int i = checks.size(); i < 40; i++) {
            checks.add(web.variable("MOCK_" + i).isUnset());
        }
        Checklist.Builder list = Checklist.named("forty");
        checks.forEach(list::require);
        return list.build();
    }
}
