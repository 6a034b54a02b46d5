package dev.golive.aws;

import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.testkit.aws.FakeLambda;
import dev.golive.testkit.junit.ComponentContract;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class LambdaContractTest extends ComponentContract {

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final FakeAws fake = FakeAws.start(time);
    private final LambdaAlias web = Aws.account(fake.account(), fake.region())
            .credentials(fake.accessKeyId(), fake.secretAccessKey())
            .lambda("shop-checkout", "live");
    private final Deploy deploy = web.deploy("3");
    private int before;

    @BeforeEach
    void deployTwice() throws Exception {
        platform()
                .variable("DATABASE", "postgres://shop:hunter2@db")
                .publish()
                .publish()
                .publish();
        perform().toTheEnd(web.deploy("2"));
        before = platform().changes().size();
    }

    @AfterEach
    void stop() {
        fake.close();
        fake.verify();
    }

    private FakeLambda platform() {
        return fake.lambda("shop-checkout", "live");
    }

    @Override
    protected Component component() {
        return web;
    }

    @Override
    protected Release live() {
        return Release.of("shop-checkout:live", "2");
    }

    @Override
    protected Release earlier() {
        return Release.of("shop-checkout:live", "1");
    }

    @Override
    protected Perform perform() {
        return Perform.on(time).through(fake.network());
    }

    @Override
    protected Collection<?> changes() {
        List<FakeLambda.Change> all = platform().changes();
        return all.subList(before, all.size());
    }

    @Override
    protected boolean deployedBySomebody() {
        platform().pointedBySomebody("3");
        return true;
    }

    @Override
    protected boolean prune() {
        platform().delete(1);
        return true;
    }

    @Override
    protected boolean deploying() {
        // an alias is changed at once; a canary is nothing that ends by itself
        return false;
    }

    @Override
    protected boolean failing() {
        fake.fault(AwsFault.internalError());
        return true;
    }

    @Override
    protected Optional<Deploy> deploy() {
        return Optional.of(deploy);
    }
}
