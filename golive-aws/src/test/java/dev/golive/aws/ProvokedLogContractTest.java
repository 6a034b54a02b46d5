package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Network;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.testkit.junit.CheckContract;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class ProvokedLogContractTest extends CheckContract {

    private final FakeAws fake = FakeAws.start(TimeSource.system());
    private final Aws aws =
            Aws.account(fake.account(), fake.region()).credentials(fake.accessKeyId(), fake.secretAccessKey());

    @AfterEach
    void stop() {
        fake.close();
    }

    @Override
    protected Check check() {
        return aws.logGroup("/shop").isStreaming(Duration.ofSeconds(5), Check.that("the shop answers", context -> {
            fake.logGroup("/shop").log("GET /");
            return Outcome.passed();
        }));
    }

    @Override
    protected Optional<Check> hanging() {
        fake.fault("logs", AwsFault.hanging());
        return Optional.of(check());
    }

    @Override
    protected Collection<?> writes() {
        return List.of();
    }

    @Override
    protected Network network() {
        return fake.network();
    }
}
